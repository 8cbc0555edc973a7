//! What time alone will change, by month, for the whole commune.

import { useState } from "react";
import { formatDay, formatMonth } from "../format";
import type { CalendarLine, ChangeKind } from "../host";
import type { PageProps } from "../pages";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { Filter, Heading, Pages, ScreeningState, useCount, Who } from "./parts";
import { useLifeCycle } from "./queries";
import { text } from "./text";

const kinds: readonly ChangeKind[] = ["gains", "ends", "amount", "asks"];
const everything = { month: "", hamlet: "", programme: "", kind: "" as ChangeKind | "", offset: 0 };

export function CalendarScreen({ session }: PageProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const count = useCount();
  const [wanted, setWanted] = useState(everything);
  const found = useLifeCycle({
    month: wanted.month || null,
    hamlet: wanted.hamlet || null,
    programme: wanted.programme || null,
    kind: wanted.kind || null,
    offset: wanted.offset,
    language,
  });
  const want = (part: Partial<typeof everything>) => setWanted({ ...wanted, offset: 0, ...part });
  const months = found.data?.months ?? [];
  return (
    <div className="page day">
      <Heading>{t.calendar}</Heading>
      <p className="quiet">{t.calendarHint}</p>
      <ScreeningState />
      <fieldset className="list-filters">
        <legend className="unseen">{t.filters}</legend>
        <Filter
          label={t.month}
          value={wanted.month}
          all={t.allMonths}
          choices={months.map(({ month, n }) => [month, t.monthWith(formatMonth(month), count(n))])}
          onChange={(month) => want({ month })}
        />
        <Filter
          label={t.hamlet}
          value={wanted.hamlet}
          all={t.allHamlets}
          choices={session.hamlets.map((each) => [each, each])}
          onChange={(hamlet) => want({ hamlet })}
        />
        <Filter
          label={t.programme}
          value={wanted.programme}
          all={t.allPrograms}
          choices={(found.data?.programmes ?? []).map(({ programme, title, n }) => [
            programme,
            t.monthWith(title, count(n)),
          ])}
          onChange={(programme) => want({ programme })}
        />
        <Filter
          label={t.kindLabel}
          value={wanted.kind}
          all={t.allKinds}
          choices={kinds.map((kind) => [kind, t.kinds[kind]])}
          onChange={(kind) => want({ kind: kind as ChangeKind | "" })}
        />
      </fieldset>
      {found.isPending && <Loading />}
      {found.isError && <Failed title={t.failed} error={found.error} retry={() => void found.refetch()} />}
      {found.data && (
        <>
          <Pages
            offset={wanted.offset}
            nInAll={found.data.n_in_all}
            onGo={(offset) => setWanted({ ...wanted, offset })}
          />
          {found.data.lines.length === 0 ? (
            <p className="empty">{t.none}</p>
          ) : (
            <Table lines={found.data.lines} />
          )}
        </>
      )}
    </div>
  );
}

function Table({ lines }: { lines: readonly CalendarLine[] }) {
  const t = useTextOf(text);
  return (
    <table className="list-table">
      <thead>
        <tr>
          <th scope="col">{t.when}</th>
          <th scope="col">{t.who}</th>
          <th scope="col">{t.programme}</th>
          <th scope="col">{t.what}</th>
          <th scope="col">{t.why}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the list
          <tr key={at}>
            <td>{formatDay(line.on)}</td>
            <th scope="row">
              <Who of={line.of} programme={line.programme} />
            </th>
            <td>{line.title}</td>
            <td>
              <b>{t.kinds[line.kind]}</b>
              <span className="list-where">{line.text}</span>
            </td>
            <td>
              {t.causes[line.cause]}
              <span className="quiet list-where">{line.why}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
