import { cleanup } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { resetFake } from "./fake";

beforeEach(() => {
  localStorage.clear();
  window.location.hash = "";
  resetFake();
});

afterEach(cleanup);
