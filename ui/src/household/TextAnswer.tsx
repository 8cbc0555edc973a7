//! An answer that is typed: a date or a number. What was typed stays in the field until it is understood and saved.

import type { KeyboardEvent, Ref } from "react";
import type { Given } from "../answers";
import { readDate, writeDate } from "../dates";
import type { Draft, Mistake } from "../drafts";
import { formatNumber, readNumber } from "../format";
import type { Kind, Language } from "../host";
import { isComposing } from "../parts/keys";
import { useSpeech } from "../text";

export type TypedKind = Extract<Kind, { kind: "date" | "number" }>;
export type ReadTyped = { ok: true; value: unknown } | { ok: false; mistake: Mistake };

export function TextAnswer({ kind, ids, given, draft, ref, onType, onLeave, onEnter }: TextAnswerProps) {
  const { t, language } = useSpeech();
  const hint =
    kind.kind === "date"
      ? t.interview.dateHint
      : t.interview.numberHint(
          kind.unit,
          formatNumber(kind.low, language),
          formatNumber(kind.high, language),
        );
  const refused = draft.state.is === "refused";
  return (
    <div className="typed">
      <input
        ref={ref}
        type="text"
        inputMode={kind.kind === "number" ? "decimal" : "text"}
        autoComplete="off"
        spellCheck={false}
        aria-labelledby={ids.title}
        aria-describedby={refused ? `${ids.hint} ${ids.error}` : ids.hint}
        aria-invalid={refused || undefined}
        value={draft.text ?? writeTyped(kind, given, language, t.interview.about)}
        onChange={(event) => onType(event.target.value)}
        onBlur={onLeave}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== "Enter" || isComposing(event)) return;
          event.preventDefault();
          event.stopPropagation();
          onEnter();
        }}
      />
      <span className="hint" id={ids.hint}>
        {hint}
      </span>
    </div>
  );
}

type TextAnswerProps = {
  kind: TypedKind;
  ids: { title: string; hint: string; error: string };
  given: Given;
  draft: Draft;
  ref?: Ref<HTMLInputElement>;
  onType: (text: string) => void;
  onLeave: () => void;
  onEnter: () => void;
};

/** Reads typed text as the kind of answer the question wants. */
export function readTyped(kind: TypedKind, text: string, language: Language): ReadTyped {
  if (kind.kind === "date") {
    const read = readDate(text);
    return read.ok
      ? { ok: true, value: read.answer }
      : { ok: false, mistake: { at: "date", mistake: read.mistake } };
  }
  const plain = readNumber(text, language);
  const fits = plain !== null && Number(plain) >= Number(kind.low) && Number(plain) <= Number(kind.high);
  if (fits) return { ok: true, value: Number(plain) };
  const [low, high] = [formatNumber(kind.low, language), formatNumber(kind.high, language)];
  return { ok: false, mistake: { at: "number", low, high } };
}

function writeTyped(kind: TypedKind, given: Given, language: Language, about: string): string {
  if (given.is !== "value") return "";
  if (kind.kind === "date") return writeDate(given.value, about) ?? "";
  return typeof given.value === "number" || typeof given.value === "string"
    ? formatNumber(String(given.value), language)
    : "";
}
