//! Where an answer comes from: what was said, or a paper that was seen, with its dates.

import { useId, useState } from "react";
import type { Given, Proof } from "../answers";
import { readDay } from "../dates";
import { formatDay } from "../format";
import type { Choice } from "../host";
import { useText } from "../text";

export function Source({ papers, given, today, onChange }: SourceProps) {
  const t = useText();
  const id = useId();
  const proof = given.proof;
  return (
    <div className="source">
      <label htmlFor={id}>{t.interview.source}</label>
      <select
        id={id}
        value={proof?.paper ?? ""}
        onChange={(event) => {
          const paper = event.target.value;
          onChange({ ...given, proof: paper === "" ? null : { paper, seen_on: today, until: null } });
        }}
      >
        <option value="">{t.interview.declared}</option>
        {papers.map((paper) => (
          <option key={paper.value} value={paper.value}>
            {t.interview.seen(paper.label)}
          </option>
        ))}
      </select>
      {proof && (
        <>
          <DayField
            label={t.interview.seenOn}
            day={proof.seen_on}
            onChange={(seen_on) => onChange({ ...given, proof: { ...proof, seen_on } })}
          />
          <DayField
            label={t.interview.until}
            hint={t.interview.untilHint}
            day={proof.until}
            onChange={(until) => onChange({ ...given, proof: { ...proof, until } })}
          />
        </>
      )}
    </div>
  );
}

type SourceProps = {
  papers: readonly Choice[];
  given: Extract<Given, { is: "value" }>;
  today: string;
  onChange: (given: Extract<Given, { is: "value" }>) => void;
};

function DayField({ label, hint, day, onChange }: DayFieldProps) {
  const t = useText();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const read = typed === null || typed.trim() === "" ? null : readDay(typed);
  const [left, setLeft] = useState(false);
  const wrong = left && read !== null && !read.ok;

  function leave() {
    setLeft(true);
    if (typed === null || (read !== null && !read.ok)) return;
    const next = read?.ok ? read.day : null;
    if (next !== day) onChange(next);
    setTyped(null);
  }

  return (
    <div className="source-day">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        autoComplete="off"
        value={typed ?? (day === null ? "" : formatDay(day))}
        aria-invalid={wrong || undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={leave}
      />
      <span id={`${id}-hint`} className={wrong ? "error" : "unseen"}>
        {wrong && read !== null && !read.ok ? t.mistakes[read.mistake] : hint}
      </span>
    </div>
  );
}

type DayFieldProps = {
  label: string;
  hint?: string;
  day: Proof["seen_on"];
  onChange: (day: string | null) => void;
};
