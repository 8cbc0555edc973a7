//! What the lists of the commune have in common: how far the screening is, whose line it is, filters and pages.

import { useEffect, useId, useRef } from "react";
import { formatNumber } from "../format";
import { CallError, type ListedOf } from "../host";
import { Failed } from "../parts/Waiting";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useRosterScreening, useSteerScreening } from "./queries";
import { text } from "./text";

/** Returns how a count is written in the chosen language. */
export function useCount(): (n: number) => string {
  const { language } = useSpeech();
  return (n) => formatNumber(String(n), language);
}

/** The heading of a screen, which takes the focus when the screen is opened. */
export function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}

/** Says how far the screening of the roster is, without which a list is not complete. */
export function ScreeningState() {
  const t = useTextOf(text);
  const count = useCount();
  const state = useRosterScreening();
  const steer = useSteerScreening();
  if (!state.data) return null;
  const { n_households, n_current, working, stopped, failure } = state.data;
  if (n_households === 0) return <p className="notice">{t.noHouseholds}</p>;
  const [done, all] = [count(n_current), count(n_households)];
  const isDone = n_current === n_households;
  const said = isDone
    ? t.screening.done(all)
    : stopped
      ? t.screening.stopped(done, all)
      : working
        ? t.screening.going(done, all)
        : t.screening.waiting(done, all);
  return (
    <section className="screening-state" aria-label={t.screening.title}>
      <p role="status">{said}</p>
      {!isDone && <progress aria-label={t.screening.title} max={n_households} value={n_current} />}
      {!isDone && (
        <button type="button" onClick={() => steer.mutate(stopped ? "resume_screening" : "stop_screening")}>
          {stopped ? t.screening.resume : t.screening.stop}
        </button>
      )}
      {failure && <Failed title={t.screening.failed} error={new CallError(failure)} />}
      {steer.error && <Failed title={t.screening.failed} error={steer.error} />}
    </section>
  );
}

/** Whom a line is about, as the way to the household or to one programme of it. */
export function Who({ of, programme, title }: { of: ListedOf; programme?: string | null; title?: string }) {
  const view =
    programme == null
      ? ({ is: "interview" } as const)
      : ({ is: "programme", programme, person: of.person } as const);
  return (
    <>
      <a href={toHash({ at: "household", household: of.household, view })}>
        {of.person === null ? of.head : of.who}
        {title ? ` – ${title}` : ""}
      </a>
      <span className="quiet list-where">
        {of.person === null ? `${of.who} · ` : of.head === of.who ? "" : `${of.head} · `}
        {of.number} · {of.hamlet}
      </span>
    </>
  );
}

/** One of several choices, or all of them when the value is empty. */
export function Filter({ label, value, all, choices, onChange }: FilterProps) {
  const id = useId();
  return (
    <div className="list-filter">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{all}</option>
        {choices.map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}

type FilterProps = {
  label: string;
  value: string;
  all: string;
  choices: readonly (readonly [string, string])[];
  onChange: (value: string) => void;
};

/** So many lines come at once. */
export const pageSize = 100;

export function Pages({
  offset,
  nInAll,
  onGo,
}: {
  offset: number;
  nInAll: number;
  onGo: (to: number) => void;
}) {
  const t = useTextOf(text);
  const count = useCount();
  const last = Math.min(offset + pageSize, nInAll);
  return (
    <div className="list-pages">
      <p role="status">
        {nInAll <= pageSize ? t.count(count(nInAll)) : t.page(count(offset + 1), count(last), count(nInAll))}
      </p>
      {nInAll > pageSize && (
        <>
          <button type="button" disabled={offset === 0} onClick={() => onGo(Math.max(0, offset - pageSize))}>
            {t.previous}
          </button>
          <button type="button" disabled={last >= nInAll} onClick={() => onGo(offset + pageSize)}>
            {t.next}
          </button>
        </>
      )}
    </div>
  );
}
