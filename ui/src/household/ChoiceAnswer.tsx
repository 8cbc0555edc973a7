//! An answer chosen from a list: radio buttons that also take the number keys.

import type { KeyboardEvent } from "react";
import type { Given } from "../answers";
import type { Question } from "../host";
import type { Text } from "../text";

export type Option = { label: string; given: Given; aside: boolean };

/** Returns what can be chosen: the list, then "there is none" and "not known", which always stand apart. */
export function optionsOf(question: Question, t: Text): Option[] {
  return [...valuesOf(question, t), ...asidesOf(question, t)];
}

/** Returns the answers that are no value. */
export function asidesOf(question: Question, t: Text): Option[] {
  const absent: Option[] = question.can_be_absent
    ? [{ label: t.interview.absent, given: { is: "absent" }, aside: true }]
    : [];
  return [...absent, { label: t.interview.unsure, given: { is: "unsure" }, aside: true }];
}

function valuesOf(question: Question, t: Text): Option[] {
  const value = (label: string, plain: unknown): Option => ({
    label,
    given: { is: "value", value: plain, proof: null },
    aside: false,
  });
  switch (question.kind.kind) {
    case "yes_no":
      return [value(t.interview.yes, true), value(t.interview.no, false)];
    case "choice":
      return question.kind.choices.map((choice) => value(choice.label, choice.value));
    case "date":
    case "number":
      return [];
  }
}

export function ChoiceAnswer({ name, options, given, onChoose }: ChoiceProps) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const option = options[Number(event.key) - 1];
    if (!option) return;
    event.preventDefault();
    onChoose(option.given);
    const radios = event.currentTarget.querySelectorAll<HTMLInputElement>("input[type=radio]");
    radios[Number(event.key) - 1]?.focus();
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the radio buttons inside
    <div className="choices" onKeyDown={onKeyDown}>
      {options.map((option, index) => (
        <label key={option.label} className={option.aside ? "choice aside" : "choice"}>
          <input
            type="radio"
            name={name}
            checked={isSame(option.given, given)}
            onChange={() => onChoose(option.given)}
          />
          <span>{option.label}</span>
          {index < 9 && <NumberKey number={index + 1} />}
        </label>
      ))}
    </div>
  );
}

/** The key that chooses the answer; said once above the questions, so hidden from screen readers here. */
function NumberKey({ number }: { number: number }) {
  return (
    <span className="number-key" aria-hidden="true">
      {number}
    </span>
  );
}

type ChoiceProps = {
  name: string;
  options: readonly Option[];
  given: Given;
  onChoose: (given: Given) => void;
};

function isSame(option: Given, given: Given): boolean {
  if (option.is !== given.is) return false;
  return option.is !== "value" || (given.is === "value" && option.value === given.value);
}
