//! Whom a draft changes in a month, by name, and what it costs.

import { useEffect, useMemo, useState } from "react";
import { formatNumber } from "../format";
import type {
  Impact,
  ImpactAnswer,
  ImpactBy,
  ImpactChange,
  ImpactKind,
  ImpactRequest,
  Language,
  Session,
} from "../host";
import { Field } from "../parts/Field";
import { StateIcon, WarnIcon } from "../parts/icons";
import { useJob } from "../parts/job";
import { Failed } from "../parts/Waiting";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useCaseOfHousehold } from "./queries";
import { text } from "./text";

const kinds: readonly ImpactKind[] = ["gains", "loses", "amount", "open", "failed"];
const groupings: readonly ImpactBy[] = ["programme", "hamlet", "sex", "age"];
const page = 100;

export function ImpactTab({ draft, session, today }: { draft: string; session: Session; today: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [month, setMonth] = useState(today.slice(0, 7));
  const job = useJob<Impact, ImpactRequest>("draft_impact");
  const { stop } = job;
  useEffect(() => () => stop(), [stop]);
  return (
    <section className="draft-stack" aria-label={t.tabs.impact}>
      <p className="quiet">{t.impactHint}</p>
      <div className="actions">
        <Field label={t.month}>
          {(wiring) => (
            <input
              {...wiring}
              type="month"
              required
              value={month}
              onChange={(event) => setMonth(event.target.value)}
            />
          )}
        </Field>
        <button
          type="button"
          className="main-action"
          aria-disabled={job.isPending}
          onClick={() => !job.isPending && job.mutate({ draft, month, language })}
        >
          {t.compare}
        </button>
        {job.progress && (
          <>
            <button type="button" onClick={job.stop}>
              {t.stop}
            </button>
            <span role="status">
              {job.progress.nInAll === 0 ? t.starting : t.judging(job.progress.nDone, job.progress.nInAll)}
            </span>
            <progress aria-label={t.compare} max={job.progress.nInAll || 1} value={job.progress.nDone} />
          </>
        )}
      </div>
      {job.isError && <Failed title={t.notDone} error={job.error} />}
      {job.data && <Found draft={draft} impact={job.data} session={session} />}
    </section>
  );
}

type FoundProps = { draft: string; impact: Impact; session: Session };

function Found({ draft, impact, session }: FoundProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const seconds = formatNumber((impact.millis / 1000).toFixed(1), language);
  return (
    <>
      <p className="draft-verdict" role="status">
        {impact.partial ? <WarnIcon /> : <StateIcon state="yes" />}
        <span>
          {impact.partial && <b>{t.partial} </b>}
          {t.judged(impact.n_judged, impact.n_households, seconds)} {t.unchanged(impact.n_unchanged)}
        </span>
      </p>
      {impact.programmes.length === 0 ? (
        <p className="empty">{t.sameRules}</p>
      ) : (
        <details>
          <summary>
            {t.compared} {t.n(impact.programmes.length)}
          </summary>
          <ul>
            {impact.programmes.map((title) => (
              <li key={title}>{title}</li>
            ))}
          </ul>
        </details>
      )}
      {impact.costs.length > 0 && <Costs impact={impact} language={language} />}
      {impact.changes.length > 0 && <Summary impact={impact} />}
      {impact.programmes.length > 0 && <List draft={draft} impact={impact} session={session} />}
    </>
  );
}

function Costs({ impact, language }: { impact: Impact; language: Language }) {
  const t = useTextOf(text);
  const money = (low: number, high: number) => {
    const say = (amount: number) => formatNumber(String(amount), language);
    return low === high ? say(low) : t.to(say(low), say(high));
  };
  return (
    <>
      <h2>{t.cost}</h2>
      <table className="draft-table">
        <thead>
          <tr>
            <th scope="col">{t.costColumns.every}</th>
            <th scope="col">{t.costColumns.before}</th>
            <th scope="col">{t.costColumns.after}</th>
            <th scope="col">{t.costColumns.more}</th>
          </tr>
        </thead>
        <tbody>
          {impact.costs.map((cost) => (
            <tr key={cost.every}>
              <th scope="row">{t.every[cost.every]}</th>
              <td className="number">{money(cost.before_low, cost.before_high)}</td>
              <td className="number">{money(cost.after_low, cost.after_high)}</td>
              <td className="number">
                {money(
                  Math.min(cost.after_low - cost.before_low, cost.after_high - cost.before_high),
                  Math.max(cost.after_low - cost.before_low, cost.after_high - cost.before_high),
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Summary({ impact }: { impact: Impact }) {
  const t = useTextOf(text);
  const [by, setBy] = useState<ImpactBy>("programme");
  const counts = impact.counts.filter((count) => count.by === by);
  const name = (value: string) => {
    if (value === "") return t.whole;
    if (by === "sex") return t.sex[value] ?? value;
    return by === "age" ? t.ages(Number(value)) : value;
  };
  return (
    <>
      <div className="draft-file-head">
        <h2>{t.summary}</h2>
        <label>
          {t.grouping}{" "}
          <select value={by} onChange={(event) => setBy(event.target.value as ImpactBy)}>
            {groupings.map((each) => (
              <option key={each} value={each}>
                {t.groupings[each]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <table className="draft-table">
        <thead>
          <tr>
            <th scope="col">{t.groupings[by]}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {t.kind[kind]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {counts.map((count) => (
            <tr key={count.value}>
              <th scope="row">{name(count.value)}</th>
              {kinds.map((kind) => (
                <td key={kind} className="number">
                  {count[kind]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function List({ draft, impact, session }: FoundProps) {
  const t = useTextOf(text);
  const [kind, setKind] = useState("");
  const [hamlet, setHamlet] = useState("");
  const [programme, setProgramme] = useState("");
  const [shown, setShown] = useState(page);
  const programmes = useMemo(
    () => [...new Map(impact.changes.map((change) => [change.programme, change.title]))],
    [impact],
  );
  const found = impact.changes.filter(
    (change) =>
      (kind === "" || change.kind === kind) &&
      (hamlet === "" || change.hamlet === hamlet) &&
      (programme === "" || change.programme === programme),
  );
  const pick = (label: string, value: string, set: (value: string) => void, options: [string, string][]) => (
    <label>
      {label}{" "}
      <select
        value={value}
        onChange={(event) => {
          set(event.target.value);
          setShown(page);
        }}
      >
        <option value="">{t.all}</option>
        {options.map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
  if (impact.changes.length === 0) return <p className="empty">{t.noOne}</p>;
  return (
    <>
      <div className="draft-file-head">
        <h2>{t.list}</h2>
        {pick(
          t.filterKind,
          kind,
          setKind,
          kinds.map((each) => [each, t.kind[each]]),
        )}
        {pick(
          t.filterHamlet,
          hamlet,
          setHamlet,
          session.hamlets.map((each) => [each, each]),
        )}
        {pick(t.filterProgramme, programme, setProgramme, programmes)}
        <span role="status">{t.nChanges(found.length)}</span>
      </div>
      <table className="draft-table">
        <thead>
          <tr>
            <th scope="col">{t.listColumns.who}</th>
            <th scope="col">{t.listColumns.household}</th>
            <th scope="col">{t.listColumns.programme}</th>
            <th scope="col">{t.listColumns.kind}</th>
            <th scope="col">{t.listColumns.before}</th>
            <th scope="col">{t.listColumns.after}</th>
            <th scope="col">{t.listColumns.asCase}</th>
          </tr>
        </thead>
        <tbody>
          {found.slice(0, shown).map((change) => (
            <Row
              key={`${change.household}:${change.programme}:${change.person}`}
              draft={draft}
              month={impact.month}
              change={change}
            />
          ))}
        </tbody>
      </table>
      {found.length > shown && (
        <div className="actions">
          <button type="button" onClick={() => setShown(shown + page)}>
            {t.showMore(Math.min(page, found.length - shown))}
          </button>
        </div>
      )}
    </>
  );
}

function Row({ draft, month, change }: { draft: string; month: string; change: ImpactChange }) {
  const t = useTextOf(text);
  return (
    <tr>
      <th scope="row">
        <a href={toHash({ at: "household", household: change.household, view: { is: "interview" } })}>
          {change.name ?? t.household}
        </a>
      </th>
      <td>
        {change.number} · {change.head} <span className="quiet">{change.hamlet}</span>
      </td>
      <td>{change.title}</td>
      <td>{t.kind[change.kind]}</td>
      <td>
        <Answer answer={change.before} />
      </td>
      <td>
        <Answer answer={change.after} />
      </td>
      <td>
        <AsCase draft={draft} month={month} change={change} />
      </td>
    </tr>
  );
}

function AsCase({ draft, month, change }: { draft: string; month: string; change: ImpactChange }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const write = useCaseOfHousehold(draft);
  if (write.isError) return <Failed title={t.notDone} error={write.error} />;
  if (write.data) {
    const { path, at } = write.data;
    const rest = [draft, "edit", "file", path, String(at)];
    return <a href={toHash({ at: "page", page: "drafts", rest })}>{t.seeCase}</a>;
  }
  const { household, person, programme } = change;
  return (
    <button
      type="button"
      aria-label={t.makeCaseOf(change.name ?? change.head)}
      aria-disabled={write.isPending}
      onClick={() =>
        !write.isPending && write.mutate({ draft, household, person, programme, month, language })
      }
    >
      {t.makeCase}
    </button>
  );
}

function Answer({ answer }: { answer: ImpactAnswer }) {
  const t = useTextOf(text);
  if (answer.gives && answer.answer === "entitled") return answer.gives;
  const word = answer.answer === null ? t.nothing : t.answer[answer.answer];
  return answer.gives ? `${word} (${answer.gives})` : word;
}
