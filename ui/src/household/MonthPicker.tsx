//! Chooses the month that is judged; this month unless somebody changes it.

import { useId, useState } from "react";
import { readDate } from "../dates";
import { formatMonth, shiftMonth } from "../format";
import { LeftIcon, RightIcon } from "../parts/icons";
import { isComposing } from "../parts/keys";
import { useText } from "../text";
import { useWork } from "./work";

export function MonthPicker() {
  const t = useText();
  const { month, setMonth } = useWork();
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  const id = useId();

  function take() {
    if (typed === null) return;
    const read = readDate(typed);
    const understood = read.ok && typeof read.answer === "string" && read.answer.length === 7;
    setWrong(!understood);
    if (!understood) return;
    setMonth(read.answer as string);
    setTyped(null);
  }

  function shift(by: number) {
    setTyped(null);
    setWrong(false);
    setMonth(shiftMonth(month, by));
  }

  return (
    <div className="month">
      <label htmlFor={id}>{t.household.month}</label>
      <div className="month-row">
        <button
          type="button"
          className="icon-only"
          aria-label={t.household.monthBefore}
          onClick={() => shift(-1)}
        >
          <LeftIcon />
        </button>
        <input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={typed ?? formatMonth(month)}
          aria-invalid={wrong || undefined}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={take}
          onKeyDown={(event) => {
            if (isComposing(event)) return;
            if (event.key === "Enter") take();
          }}
        />
        <button
          type="button"
          className="icon-only"
          aria-label={t.household.monthAfter}
          onClick={() => shift(1)}
        >
          <RightIcon />
        </button>
      </div>
      <p id={`${id}-hint`} className={wrong ? "month-wrong" : "unseen"}>
        {wrong ? t.household.monthWrong : t.household.monthHint}
      </p>
    </div>
  );
}
