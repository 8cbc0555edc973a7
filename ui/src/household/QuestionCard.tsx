//! One question: what is asked and why, the answer, where it comes from, and whether it is saved.

import { type KeyboardEvent, memo, useId, useRef } from "react";
import { type Given, notAsked, readAnswer } from "../answers";
import { type Draft, type DraftAction, draftOf, type Mistake } from "../drafts";
import { keyOf, placeOf } from "../facts";
import { formatTime } from "../format";
import type { FactRef, Question } from "../host";
import { DiskIcon, LockIcon, WarnIcon } from "../parts/icons";
import { isComposing } from "../parts/keys";
import { type Text, useFailureText, useSpeech } from "../text";
import { asidesOf, ChoiceAnswer, optionsOf } from "./ChoiceAnswer";
import { Source } from "./Source";
import { readTyped, TextAnswer } from "./TextAnswer";

export const QuestionCard = memo(function QuestionCard({
  question,
  draft = draftOf({}, ""),
  today,
  tell,
  onSave,
  onNext,
  onHold,
}: CardProps) {
  const { t, language } = useSpeech();
  const id = useId();
  const ids = { title: `${id}-title`, hint: `${id}-hint`, error: `${id}-error`, about: `${id}-about` };
  const key = keyOf(question);
  const { kind } = question;
  const recorded = readAnswer(question.answer?.raw);
  const given = draft.given ?? recorded;
  // Enter saves and moves on; the blur that follows must not save a second time.
  const handled = useRef<string | null>(null);

  function save(next: Given) {
    onSave(question, next);
  }

  /** Takes over what was typed. Returns false while it is not understood. */
  function commit(): boolean {
    if ((kind.kind !== "date" && kind.kind !== "number") || draft.text === null) return true;
    if (draft.state.is === "saving" || handled.current === draft.text) return true;
    if (draft.text.trim() === "") {
      if (given.is === "value") save(notAsked);
      tell({ do: "settle", key });
      return true;
    }
    const read = readTyped(kind, draft.text, language);
    if (!read.ok) {
      tell({ do: "refuse", key, mistake: read.mistake });
      return false;
    }
    handled.current = draft.text;
    const proof = given.is === "value" ? given.proof : null;
    if (given.is === "value" && JSON.stringify(given.value) === JSON.stringify(read.value))
      tell({ do: "settle", key });
    else save({ is: "value", value: read.value, proof });
    return true;
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "Enter" || isComposing(event)) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    onNext(key);
  }

  return (
    <fieldset
      id={placeOf(question)}
      className={`question ${draft.state.is === "refused" || draft.state.is === "failed" ? "wrong" : ""}`}
      data-question={key}
      aria-describedby={ids.about}
      onKeyDown={onKeyDown}
      onFocus={() => onHold(key)}
    >
      <legend id={ids.title}>{question.ask}</legend>
      <SaveState draft={draft} t={t} />
      <p className="question-about" id={ids.about}>
        {question.sensitive && (
          <span className="sensitive">
            <LockIcon />
            {t.interview.sensitive}
          </span>
        )}
        {question.why !== null && (
          <span>
            {t.interview.why} {question.why}
          </span>
        )}
        {question.judged_by !== null && (
          <span>
            {t.interview.judgedBy} {question.judged_by} — {t.interview.judgedHint}
          </span>
        )}
      </p>
      {kind.kind === "date" || kind.kind === "number" ? (
        <div className="typed-row">
          <TextAnswer
            kind={kind}
            ids={ids}
            given={given}
            draft={draft}
            onType={(text) => {
              handled.current = null;
              tell({ do: "type", key, text });
            }}
            onLeave={commit}
            onEnter={() => commit() && onNext(key)}
          />
          {asidesOf(question, t).map((aside) => (
            <button
              key={aside.label}
              type="button"
              className="aside-button"
              aria-pressed={given.is === aside.given.is}
              onClick={() => save(given.is === aside.given.is ? notAsked : aside.given)}
            >
              {aside.label}
            </button>
          ))}
        </div>
      ) : (
        <ChoiceAnswer
          name={placeOf(question)}
          options={optionsOf(question, t)}
          given={given}
          onChoose={(next) => {
            const proof = given.is === "value" ? given.proof : null;
            save(next.is === "value" ? { ...next, proof } : next);
          }}
        />
      )}
      <Trouble draft={draft} id={ids.error} onRetry={() => draft.given && save(draft.given)} />
      {given.is !== "not_asked" && (
        <div className="question-foot">
          {given.is === "value" && question.papers.length > 0 && !isApproximate(given.value) && (
            <Source papers={question.papers} given={given} today={today} onChange={save} />
          )}
          {given.is === "unsure" && <span className="quiet">{t.interview.unsureHint}</span>}
          <span className="spacer" />
          <button type="button" className="plain small" onClick={() => save(notAsked)}>
            {t.interview.clear}
          </button>
        </div>
      )}
    </fieldset>
  );
});

type CardProps = {
  question: Question;
  draft?: Draft;
  today: string;
  tell: (action: DraftAction) => void;
  onSave: (at: FactRef, given: Given) => void;
  onNext: (key: string) => void;
  onHold: (key: string) => void;
};

function SaveState({ draft, t }: { draft: Draft; t: Text }) {
  switch (draft.state.is) {
    case "saving":
      return <span className="save-state">{t.interview.saving}</span>;
    case "saved":
      return (
        <span className="save-state good">
          <DiskIcon />
          {t.interview.savedAt(formatTime(draft.state.at))}
        </span>
      );
    case "failed":
      return <span className="save-state bad">{t.interview.notSaved}</span>;
    case "untouched":
    case "typing":
    case "refused":
      return null;
  }
}

function Trouble({ draft, id, onRetry }: { draft: Draft; id: string; onRetry: () => void }) {
  const { t } = useSpeech();
  const say = useFailureText();
  if (draft.state.is === "refused") {
    return (
      <p className="error" id={id} role="alert">
        <WarnIcon />
        {mistakeText(draft.state.mistake, t)} <span className="quiet">{t.kept}</span>
      </p>
    );
  }
  if (draft.state.is === "failed") {
    const { sentence, problems } = say(draft.state.error);
    return (
      <p className="error" id={id} role="alert">
        <WarnIcon />
        {[sentence, ...problems].join(" ")} {t.kept}{" "}
        <button type="button" className="small" onClick={onRetry}>
          {t.retry}
        </button>
      </p>
    );
  }
  return null;
}

function mistakeText(mistake: Mistake, t: Text): string {
  return mistake.at === "date" ? t.mistakes[mistake.mistake] : t.numberMistake(mistake.low, mistake.high);
}

function isApproximate(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
