//! What follows from the answers: the total, what is missing, and every programme in its group. Shows what the results
//! say and computes nothing.

import { memo, type ReactNode, useRef, useState } from "react";
import { keyOf } from "../facts";
import { formatMonth } from "../format";
import type { FactRef, Results as List, Question, ResultRow, Standing } from "../host";
import { isUncertain, wantedNext } from "../household/arrange";
import { RightIcon, SearchIcon, StandingIcon, StateIcon } from "../parts/icons";
import { stepThrough } from "../parts/keys";
import { toHash } from "../route";
import { useText } from "../text";
import { matches } from "./match";

const standings: readonly Standing[] = [
  "can_apply",
  "receiving",
  "needs_fact",
  "later",
  "no",
  "not_computed",
];
const wantedShown = 3;

/** The id of the heading, where the focus goes when nothing is left to ask. */
export const resultsHeading = "results-heading";

/** The id of a row's element, by which the focus finds its way back. */
export function rowPlace(programme: string, person: string | null): string {
  return `row-${programme}-${person ?? "household"}`;
}

export const Results = memo(function Results({
  household,
  results,
  questions,
  stale,
  selected,
  onJump,
}: ResultsProps) {
  const t = useText();
  const [wanted, setWanted] = useState("");
  const [allOpen, setAllOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const rows = results.rows.filter((row) => matches(wanted, `${row.title} ${row.who}`));
  const count = (standing: Standing) => results.rows.filter((row) => row.standing === standing).length;

  return (
    <div className="results">
      <h2 id={resultsHeading} tabIndex={-1}>
        {t.results.title}
      </h2>
      <Missing questions={questions} onJump={onJump} />
      <div className="totals" aria-busy={stale}>
        <p className="totals-label">{t.results.monthly}</p>
        <p className="totals-text">{results.totals.month.text}</p>
        {results.totals.limited && <p>{results.totals.limited}</p>}
        {[results.totals.year, results.totals.once].map(
          (amount) => amount && <p key={amount.every}>{amount.text}</p>,
        )}
        <p className="quiet">
          {t.results.month(formatMonth(results.month))}
          <span className="stale" role="status">
            {stale ? t.results.waiting : ""}
          </span>
        </p>
        <ul className="counts" aria-label={t.results.summary}>
          {standings.map((standing) => (
            <li key={standing} className={count(standing) === 0 ? "count zero" : "count"}>
              <StandingIcon standing={standing} />
              <span>{t.standings[standing]}</span>
              <b>{count(standing)}</b>
            </li>
          ))}
        </ul>
      </div>
      <div className="results-search">
        <SearchIcon />
        <input
          type="search"
          aria-label={t.results.search}
          placeholder={t.results.search}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Escape" && wanted !== "") {
              event.preventDefault();
              event.stopPropagation();
              setWanted("");
            } else if (event.key === "ArrowDown") {
              event.preventDefault();
              list.current?.querySelector<HTMLElement>(".row")?.focus();
            }
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys move between the links inside */}
      <div ref={list} onKeyDown={(event) => stepThrough(list.current, ".row", event)}>
        {results.rows.length === 0 && <p className="empty">{t.results.empty}</p>}
        {wanted !== "" && rows.length === 0 && <p className="empty">{t.results.noMatch(wanted)}</p>}
        {wanted === "" && <ZeroState results={results} />}
        {standings.map((standing) => {
          const group = rows.filter((row) => row.standing === standing);
          if (group.length === 0) return null;
          const lines = group.map((row) => (
            <RowLine
              key={rowPlace(row.programme, row.person)}
              household={household}
              row={row}
              isSelected={rowPlace(row.programme, row.person) === selected}
            />
          ));
          return (
            <Group key={standing} standing={standing} count={group.length}>
              {standing !== "no" ||
              wanted !== "" ||
              allOpen ||
              group.some((row) => rowPlace(row.programme, row.person) === selected) ? (
                <ul>{lines}</ul>
              ) : (
                <button type="button" className="plain small" onClick={() => setAllOpen(true)}>
                  {t.results.showNo(group.length)}
                </button>
              )}
            </Group>
          );
        })}
      </div>
      <p className="disclaimer">{t.disclaimer}</p>
    </div>
  );
});

type ResultsProps = {
  household: string;
  results: List;
  questions: readonly Question[];
  stale: boolean;
  selected: string | null;
  onJump: (at: FactRef) => void;
};

function Missing({ questions, onJump }: { questions: readonly Question[]; onJump: (at: FactRef) => void }) {
  const t = useText();
  const wanted = wantedNext(questions);
  if (wanted.length === 0) {
    return (
      <p className="missing complete">
        <StateIcon state="yes" />
        {t.results.missingNone}
      </p>
    );
  }
  return (
    <div className="missing">
      <p>
        <StateIcon state="open" />
        <b>{t.results.missing(wanted.length)}</b>
      </p>
      <ul>
        {wanted.slice(0, wantedShown).map((question) => (
          <li key={keyOf(question)}>
            <button type="button" className="small" onClick={() => onJump(question)}>
              {question.title} · {question.who}
              {isUncertain(question) && <span className="quiet"> ({t.roster.uncertain})</span>}
            </button>
          </li>
        ))}
        {wanted.length > wantedShown && (
          <li className="quiet">{t.results.missingMore(wanted.length - wantedShown)}</li>
        )}
      </ul>
    </div>
  );
}

function ZeroState({ results }: { results: List }) {
  const t = useText();
  const settled = results.rows.every((row) => row.standing === "no" || row.standing === "later");
  if (results.rows.length === 0 || !settled) return null;
  const changes = results.rows.flatMap((row) =>
    row.next_change === null ? [] : [{ ...row.next_change, of: `${row.title} – ${row.who}` }],
  );
  const nearest = changes.sort((a, b) => a.on.localeCompare(b.on))[0];
  return (
    <div className="empty">
      <p>{t.results.zero}</p>
      {nearest && (
        <p>
          {t.results.zeroNext} <b>{nearest.of}.</b> {nearest.text}
        </p>
      )}
    </div>
  );
}

function Group({ standing, count, children }: { standing: Standing; count: number; children: ReactNode }) {
  const t = useText();
  return (
    <section className={`group group-${standing}`}>
      <h3>
        <StandingIcon standing={standing} />
        {t.standings[standing]} <span className="quiet">({count})</span>
      </h3>
      {children}
    </section>
  );
}

const RowLine = memo(function RowLine({ household, row, isSelected }: RowProps) {
  const t = useText();
  const place = rowPlace(row.programme, row.person);
  const { programme, person } = row;
  return (
    <li>
      <a
        id={place}
        className="row"
        aria-current={isSelected ? "true" : undefined}
        href={toHash({ at: "household", household, view: { is: "programme", programme, person } })}
      >
        <span className="row-title">{row.title}</span>
        <span className="row-who">{row.who}</span>
        {row.standing !== "no" && row.gives !== "" && <span className="row-gives">{row.gives}</span>}
        <span className="row-next quiet">
          {nextLine(row)}
          {row.standing === "can_apply" && row.n_papers > 0 && (
            <> · {t.results.papers(row.n_seen, row.n_papers)}</>
          )}
        </span>
        <RightIcon />
      </a>
    </li>
  );
});

type RowProps = { household: string; row: ResultRow; isSelected: boolean };

/** The one line that helps most where the row stands. */
function nextLine(row: ResultRow): string {
  switch (row.standing) {
    case "can_apply":
      return row.next_step;
    case "later":
      return row.next_change?.text ?? row.summary;
    case "receiving":
      return row.next_change?.text ?? row.next_step;
    case "needs_fact":
    case "no":
    case "not_computed":
      return row.summary;
  }
}
