//! Opens the real window and drives it as a person at the keyboard would, over the W3C WebDriver protocol that
//! WebKitWebDriver speaks. It knows the protocol and nothing of An Sinh.
//!
//! It never retries an action: a wait ends when what it waits for is there, or fails by name.

mod http;
mod window;

pub use window::{Element, JourneyError, Key, Window};
