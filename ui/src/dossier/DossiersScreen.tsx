//! The dossiers of the commune: overdue first, then by their last day, filtered by state and hamlet.

import { useEffect, useRef, useState } from "react";
import type { DossierLine, DossierState } from "../host";
import type { PageProps } from "../pages";
import { WarnIcon } from "../parts/icons";
import { Failed, Loading } from "../parts/Waiting";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useDossiers } from "./queries";
import { text } from "./text";
import { clockText, urgency } from "./words";

const states: readonly DossierState[] = [
  "preparing",
  "handed_in",
  "returned",
  "granted",
  "paid",
  "refused",
  "withdrawn",
];

type Filter = "open" | "all" | DossierState;

export function DossiersScreen({ session }: PageProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [filter, setFilter] = useState<Filter>("open");
  const [hamlet, setHamlet] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const found = useDossiers(filter === "open" ? "open" : "all", language);
  const lines = (found.data?.lines ?? []).filter(
    (line) =>
      (filter === "open" || filter === "all" || line.state === filter) &&
      (hamlet === "" || line.hamlet === hamlet),
  );
  const overdue = lines.filter((line) => line.clock.state === "overdue").length;
  return (
    <div className="page dossiers">
      <h1 ref={heading} tabIndex={-1}>
        {t.title}
      </h1>
      <p className="quiet">{t.pageHint}</p>
      <fieldset className="dossier-filters">
        <legend className="unseen">{t.filters}</legend>
        <label>
          {t.which}
          <select value={filter} onChange={(event) => setFilter(event.target.value as Filter)}>
            <option value="open">{t.openOnes}</option>
            <option value="all">{t.allOnes}</option>
            {states.map((state) => (
              <option key={state} value={state}>
                {t.state[state]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {t.hamlet}
          <select value={hamlet} onChange={(event) => setHamlet(event.target.value)}>
            <option value="">{t.allHamlets}</option>
            {session.hamlets.map((each) => (
              <option key={each} value={each}>
                {each}
              </option>
            ))}
          </select>
        </label>
        {found.data && (
          <p role="status">
            {t.count(lines.length)}
            {overdue > 0 && (
              <span className="clock-word clock-late">
                <WarnIcon />
                {t.overdueCount(overdue)}
              </span>
            )}
          </p>
        )}
      </fieldset>
      {found.isPending && <Loading />}
      {found.isError && <Failed title={t.failed} error={found.error} retry={() => void found.refetch()} />}
      {found.data && lines.length === 0 && (
        <div className="empty">
          <p>{found.data.lines.length === 0 ? t.none : t.noneMatch}</p>
          <p className="quiet">{t.noneHint}</p>
        </div>
      )}
      {lines.length > 0 && <Table lines={lines} />}
    </div>
  );
}

function Table({ lines }: { lines: readonly DossierLine[] }) {
  const t = useTextOf(text);
  return (
    <table className="dossier-table">
      <thead>
        <tr>
          <th scope="col">{t.columns.programme}</th>
          <th scope="col">{t.columns.who}</th>
          <th scope="col">{t.columns.household}</th>
          <th scope="col">{t.columns.state}</th>
          <th scope="col">{t.columns.due}</th>
          <th scope="col">{t.columns.papers}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.dossier}>
            <th scope="row">
              <a
                href={toHash({
                  at: "household",
                  household: line.household,
                  view: { is: "dossier", dossier: line.dossier },
                })}
              >
                {line.title}
              </a>
            </th>
            <td>{line.who}</td>
            <td>
              {line.number} · {line.head}
              <span className="quiet dossier-hamlet">{line.hamlet}</span>
            </td>
            <td>{t.state[line.state]}</td>
            <td className={`clock-${urgency(line.clock.state)}`}>
              {urgency(line.clock.state) !== "calm" && <WarnIcon />}
              {clockText(line.clock, t)}
            </td>
            <td>{line.n_papers > 0 && t.papersReady(line.n_ready, line.n_papers)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
