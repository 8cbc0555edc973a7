//! Lets the browser journeys, which live beside the crates, use the test runner installed here.

export { type APIRequestContext, expect, type Locator, type Page, test } from "@playwright/test";
