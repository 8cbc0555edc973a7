//! What the officer is typing and has typed, question by question. A draft outlives a failed save and an answer that was
//! not understood: nothing typed is lost until it is saved or taken back.

import type { Given } from "./answers";
import type { FactKey } from "./facts";
import type { CallError } from "./host";

/** Why a typed answer cannot be saved as it stands. */
export type Mistake =
  | {
      at: "date";
      mistake: "not_a_date" | "no_such_day" | "no_such_month" | "year_out_of_range" | "day_needed";
    }
  | { at: "number"; low: string; high: string };

export type Draft = {
  /** The text in the field; `null` while the field shows what is recorded. */
  text: string | null;
  /** The answer on its way, shown before it is saved; `null` once the record holds it. */
  given: Given | null;
  state: DraftState;
  /** Counts saves, so that only the newest one speaks. */
  turn: number;
};

export type DraftState =
  | { is: "untouched" }
  | { is: "typing" }
  | { is: "refused"; mistake: Mistake }
  | { is: "saving" }
  | { is: "saved"; at: string }
  | { is: "failed"; error: CallError };

export type Drafts = Record<FactKey, Draft>;

export type DraftAction =
  | { do: "type"; key: FactKey; text: string }
  | { do: "refuse"; key: FactKey; mistake: Mistake }
  | { do: "save"; key: FactKey; given: Given; turn: number }
  | { do: "saved"; key: FactKey; at: string; turn: number }
  | { do: "fail"; key: FactKey; error: CallError; turn: number }
  | { do: "settle"; key: FactKey };

export const untouched: Draft = { text: null, given: null, state: { is: "untouched" }, turn: 0 };

export function draftOf(drafts: Drafts, key: FactKey): Draft {
  return drafts[key] ?? untouched;
}

export function reduceDrafts(drafts: Drafts, action: DraftAction): Drafts {
  const before = draftOf(drafts, action.key);
  const after = next(before, action);
  return after === before ? drafts : { ...drafts, [action.key]: after };
}

function next(draft: Draft, action: DraftAction): Draft {
  switch (action.do) {
    case "type":
      return { ...draft, text: action.text, state: { is: "typing" } };
    case "refuse":
      return { ...draft, state: { is: "refused", mistake: action.mistake } };
    case "save":
      return { ...draft, given: action.given, state: { is: "saving" }, turn: action.turn };
    case "saved":
      if (action.turn !== draft.turn) return draft;
      // Typing that went on while the save was under way stays in the field.
      if (draft.state.is !== "saving") return { ...draft, given: null };
      return { ...draft, text: null, given: null, state: { is: "saved", at: action.at } };
    case "fail":
      return action.turn === draft.turn ? { ...draft, state: { is: "failed", error: action.error } } : draft;
    case "settle":
      // Leaving a field that was only touched shows the record again.
      return draft.state.is === "typing" ? { ...draft, text: null, state: { is: "untouched" } } : draft;
  }
}
