//! Names a fact of one subject by one text, so that drafts, places on the screen and jumps agree.

import type { FactRef } from "./host";

export type FactKey = string;

export function keyOf(at: FactRef): FactKey {
  return `${at.person ?? "household"}:${at.fact}`;
}

/** Returns the id of the question's element on the screen. */
export function placeOf(at: FactRef): string {
  return `question-${keyOf(at)}`;
}
