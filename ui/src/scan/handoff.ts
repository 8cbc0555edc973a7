//! The text of a card on its way from the search box to the screen that reads it. It never stands in the address, where a
//! history would keep it.

import { useSyncExternalStore } from "react";

let waiting: string | null = null;
const listeners = new Set<() => void>();

/** Returns whether a typed text is that of a card: a long number, then a mark that separates. */
export function looksLikeCard(text: string): boolean {
  return /^\s*\d{9,12}\s*[|~¦!;#]/.test(text) || /^\s*\d{12}\D.{24}/s.test(text);
}

/** Leaves a text for the screen that reads cards. */
export function handOver(text: string): void {
  waiting = text;
  for (const listener of listeners) listener();
}

/** The text that waits; `null` once it was taken. */
export function useHandedOver(): string | null {
  return useSyncExternalStore(listen, () => waiting);
}

export function taken(): void {
  waiting = null;
  for (const listener of listeners) listener();
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
