//! Who may be entitled and does not receive, by name; why not is recorded for one or many at a time, after a preview.

import { useState } from "react";
import { formatDay, formatMoment } from "../format";
import type { BenefitRef, GapLine, GapReason, ReasonFilter } from "../host";
import type { PageProps } from "../pages";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { Filter, Heading, Pages, ScreeningState, useCount, Who } from "./parts";
import { useGap } from "./queries";
import { ReasonForm } from "./ReasonForm";
import { reasons, text } from "./words";

const everything = { hamlet: "", programme: "", reason: "" as ReasonFilter | "", unasked: false, offset: 0 };

export function keyOf(line: Pick<GapLine, "of" | "programme">): string {
  return [line.of.household, line.of.person ?? "", line.programme].join(" ");
}

export function GapScreen({ session }: PageProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const count = useCount();
  const [wanted, setWanted] = useState(everything);
  const [chosen, setChosen] = useState<ReadonlyMap<string, BenefitRef>>(new Map());
  const [giving, setGiving] = useState(false);
  const [said, setSaid] = useState("");
  const found = useGap({
    hamlet: wanted.hamlet || null,
    programme: wanted.programme || null,
    reason: wanted.reason || null,
    with_unasked: wanted.unasked,
    offset: wanted.offset,
    language,
  });
  const want = (part: Partial<typeof everything>) => {
    setWanted({ ...wanted, offset: 0, ...part });
    setChosen(new Map());
  };
  const gap = found.data;
  const nOf = (reason: GapReason | null) => gap?.reasons.find((each) => each.reason === reason)?.n ?? 0;
  return (
    <div className="page day">
      <Heading>{t.gap}</Heading>
      <p className="quiet">{t.gapHint}</p>
      <ScreeningState />
      <fieldset className="list-filters">
        <legend className="unseen">{t.filters}</legend>
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
          choices={(gap?.programmes ?? []).map(({ programme, title, n }) => [
            programme,
            t.monthWith(title, count(n)),
          ])}
          onChange={(programme) => want({ programme })}
        />
        <Filter
          label={t.reason}
          value={wanted.reason}
          all={t.allReasons}
          choices={[
            ["none", t.monthWith(t.noReason, count(nOf(null)))],
            ...reasons.map((each) => [each, t.monthWith(t.reasons[each], count(nOf(each)))] as const),
          ]}
          onChange={(reason) => want({ reason: reason as ReasonFilter | "" })}
        />
        <label className="tick">
          <input
            type="checkbox"
            checked={wanted.unasked}
            onChange={(event) => want({ unasked: event.target.checked })}
          />
          {t.withUnasked}
        </label>
      </fieldset>
      {found.isPending && <Loading />}
      {found.isError && <Failed title={t.failed} error={found.error} retry={() => void found.refetch()} />}
      {gap && (
        <>
          <p className="notice">
            {t.forgone}:{" "}
            <b>{[gap.month, gap.year, gap.once].flatMap((each) => (each ? [each.text] : [])).join(" · ")}</b>
          </p>
          <div className="list-bar">
            <Pages
              offset={wanted.offset}
              nInAll={gap.n_in_all}
              onGo={(offset) => setWanted({ ...wanted, offset })}
            />
            {gap.lines.length > 0 && (
              <button
                type="button"
                onClick={() => setChosen(new Map(gap.lines.map((line) => [keyOf(line), benefitOf(line)])))}
              >
                {t.selectAll}
              </button>
            )}
            <span role="status">{chosen.size > 0 ? t.selected(count(chosen.size)) : said}</span>
            <button
              type="button"
              className="main-action"
              disabled={chosen.size === 0}
              onClick={() => setGiving(true)}
            >
              {t.giveReason}
            </button>
          </div>
          {gap.lines.length === 0 ? (
            <p className="empty">{t.none}</p>
          ) : (
            <Table
              lines={gap.lines}
              chosen={chosen}
              onChoose={(line, isChosen) => {
                const next = new Map(chosen);
                if (isChosen) next.set(keyOf(line), benefitOf(line));
                else next.delete(keyOf(line));
                setChosen(next);
              }}
            />
          )}
        </>
      )}
      {giving && (
        <ReasonForm
          benefits={[...chosen.values()]}
          onClose={(nWritten) => {
            setGiving(false);
            if (nWritten === null) return;
            setSaid(t.written(count(nWritten)));
            setChosen(new Map());
          }}
        />
      )}
    </div>
  );
}

function benefitOf({ of, programme }: GapLine): BenefitRef {
  return { household: of.household, person: of.person, programme };
}

function Table({ lines, chosen, onChoose }: TableProps) {
  const t = useTextOf(text);
  return (
    <table className="list-table">
      <thead>
        <tr>
          <td />
          <th scope="col">{t.who}</th>
          <th scope="col">{t.programme}</th>
          <th scope="col">{t.gives}</th>
          <th scope="col">{t.found}</th>
          <th scope="col">{t.reason}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={keyOf(line)}>
            <td>
              <input
                type="checkbox"
                aria-label={t.select(line.of.person === null ? line.of.head : line.of.who, line.title)}
                checked={chosen.has(keyOf(line))}
                onChange={(event) => onChoose(line, event.target.checked)}
              />
            </td>
            <th scope="row">
              <Who of={line.of} programme={line.programme} />
            </th>
            <td>{line.title}</td>
            <td>{line.gives}</td>
            <td>{formatDay(line.found_on)}</td>
            <td>
              {line.reason === null ? <span className="quiet">{t.noReason}</span> : t.reasons[line.reason]}
              {line.note !== "" && <span className="list-where">{line.note}</span>}
              {line.reason !== null && (
                <span className="quiet list-where">{t.by(line.said_by, formatMoment(line.said_at))}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type TableProps = {
  lines: readonly GapLine[];
  chosen: ReadonlyMap<string, BenefitRef>;
  onChoose: (line: GapLine, isChosen: boolean) => void;
};
