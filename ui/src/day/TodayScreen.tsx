//! The day's work: each list for itself, so that one that failed leaves the others.

import { useDossiers } from "../dossier/queries";
import { text as dossierText } from "../dossier/text";
import { clockText, urgency } from "../dossier/words";
import { formatDay } from "../format";
import { CallError, type TodayKind, type TodayList } from "../host";
import { WarnIcon } from "../parts/icons";
import { Failed, Loading } from "../parts/Waiting";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { Heading, ScreeningState, useCount, Who } from "./parts";
import { useToday } from "./queries";
import { text } from "./text";

const ways: Partial<Record<TodayKind, string>> = { thresholds: "#/calendar", gap: "#/gap" };

export function TodayScreen() {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const today = useToday(language);
  return (
    <div className="page day">
      <Heading>{t.today}</Heading>
      {today.data && <p className="quiet">{formatDay(today.data.on)}</p>}
      <ScreeningState />
      {today.isPending && <Loading />}
      {today.isError && <Failed title={t.failed} error={today.error} retry={() => void today.refetch()} />}
      <div className="day-lists">
        <Due />
        {today.data?.lists.map((list) => (
          <List key={list.kind} list={list} retry={() => void today.refetch()} />
        ))}
      </div>
    </div>
  );
}

function List({ list, retry }: { list: TodayList; retry: () => void }) {
  const t = useTextOf(text);
  const count = useCount();
  const { title, empty } = t.lists[list.kind];
  const way = ways[list.kind];
  const id = `day-${list.kind}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {title} <span className="quiet">({count(list.n_in_all)})</span>
      </h2>
      {list.failure && <Failed title={t.failed} error={new CallError(list.failure)} retry={retry} />}
      {!list.failure && list.lines.length === 0 && <p className="quiet">{empty}</p>}
      {list.lines.length > 0 && (
        <ul className="day-lines">
          {list.lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
            <li key={at}>
              <Who of={line.of} programme={line.programme} title={line.title} />
              <span>
                {line.on && <b>{formatDay(line.on)} </b>}
                {line.text}
              </span>
            </li>
          ))}
        </ul>
      )}
      {way && list.n_in_all > list.lines.length && <a href={way}>{t.more(count(list.n_in_all))}</a>}
    </section>
  );
}

const top = 8;

function Due() {
  const t = useTextOf(text);
  const words = useTextOf(dossierText);
  const { language } = useSpeech();
  const count = useCount();
  const dossiers = useDossiers("open", language);
  const due = (dossiers.data?.lines ?? []).filter((line) => urgency(line.clock.state) !== "calm");
  return (
    <section aria-labelledby="day-due">
      <h2 id="day-due">
        {t.due.title} <span className="quiet">({count(due.length)})</span>
      </h2>
      {dossiers.isError && (
        <Failed title={t.failed} error={dossiers.error} retry={() => void dossiers.refetch()} />
      )}
      {dossiers.data && due.length === 0 && <p className="quiet">{t.due.empty}</p>}
      <ul className="day-lines">
        {due.slice(0, top).map((line) => (
          <li key={line.dossier}>
            <a
              href={toHash({
                at: "household",
                household: line.household,
                view: { is: "dossier", dossier: line.dossier },
              })}
            >
              {line.who} – {line.title}
            </a>
            <span className={`clock-${urgency(line.clock.state)}`}>
              <WarnIcon />
              {clockText(line.clock, words)}
            </span>
          </li>
        ))}
      </ul>
      {due.length > top && <a href="#/dossiers">{t.more(count(due.length))}</a>}
    </section>
  );
}
