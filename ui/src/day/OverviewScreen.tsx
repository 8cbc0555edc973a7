//! The commune in figures: bars beside their table, readable in black and white.

import { formatMonth } from "../format";
import type { Breakdown, CoverageLine, DataQuality } from "../host";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { bars } from "./bars";
import { Heading, ScreeningState, useCount } from "./parts";
import { useOverview } from "./queries";
import { text } from "./text";

export function OverviewScreen() {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const overview = useOverview(language);
  return (
    <div className="page day overview">
      <div className="list-bar">
        <Heading>{t.overview}</Heading>
        <button type="button" onClick={() => window.print()}>
          {t.print}
        </button>
      </div>
      {overview.data && <p className="quiet">{t.overviewHint(formatMonth(overview.data.month))}</p>}
      <ScreeningState />
      {overview.isPending && <Loading />}
      {overview.isError && (
        <Failed title={t.failed} error={overview.error} retry={() => void overview.refetch()} />
      )}
      {overview.data && (
        <>
          <Totals total={overview.data.total} />
          {overview.data.breakdowns.map((breakdown) => (
            <Part key={breakdown.by} breakdown={breakdown} />
          ))}
          <Quality quality={overview.data.quality} />
        </>
      )}
    </div>
  );
}

function Totals({ total }: { total: CoverageLine }) {
  const t = useTextOf(text);
  const count = useCount();
  const figures: [number, string][] = [
    [total.n_received, t.totals.received],
    [total.n_gap, t.totals.gap],
    [total.paid_a_month, t.totals.paid],
    [total.forgone_a_month, t.totals.forgone],
    [total.forgone_a_year, t.totals.year],
    [total.forgone_once, t.totals.once],
  ];
  return (
    <ul className="figures">
      {figures.map(([n, what]) => (
        <li key={what}>
          <b>{count(n)}</b> {what}
        </li>
      ))}
    </ul>
  );
}

function Part({ breakdown }: { breakdown: Breakdown }) {
  const t = useTextOf(text);
  const count = useCount();
  const { by, lines } = breakdown;
  if (lines.length === 0) return null;
  const id = `overview-${by}`;
  const label = (line: CoverageLine) => line.label || t.unknown;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{t.by_[by]}</h2>
      {t.byHint[by] && <p className="quiet">{t.byHint[by]}</p>}
      <div className="overview-both">
        <Chart title={t.chart(t.by_[by])} lines={lines.slice(0, 12)} label={label} />
        <table className="list-table">
          <thead>
            <tr>
              <th scope="col">{t.by_[by]}</th>
              <th scope="col">{t.received}</th>
              <th scope="col">{t.notReceived}</th>
              <th scope="col">{t.share}</th>
              <th scope="col">{t.paid}</th>
              <th scope="col">{t.missed}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.label}>
                <th scope="row">{label(line)}</th>
                <td className="figure">{count(line.n_received)}</td>
                <td className="figure">{count(line.n_gap)}</td>
                <td className="figure">{share(line)}</td>
                <td className="figure">{count(line.paid_a_month)}</td>
                <td className="figure">{count(line.forgone_a_month)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function share({ n_received, n_gap }: CoverageLine): string {
  const all = n_received + n_gap;
  return all === 0 ? "–" : `${Math.round((100 * n_received) / all)} %`;
}

/** Dark is what is received, hatched what is not: told apart without colour. */
function Chart({ title, lines, label }: ChartProps) {
  const t = useTextOf(text);
  const row = 34;
  const height = lines.length * row + 26;
  return (
    <svg className="bars" viewBox={`0 0 360 ${height}`} role="img" aria-label={title}>
      <defs>
        <pattern
          id="hatched"
          width="6"
          height="6"
          patternTransform="rotate(45)"
          patternUnits="userSpaceOnUse"
        >
          <rect width="6" height="6" className="bar-ground" />
          <rect width="2" height="6" className="bar-line" />
        </pattern>
      </defs>
      <rect x="0" y="4" width="12" height="12" className="bar-received" />
      <text x="18" y="14">
        {t.received}
      </text>
      <rect x="150" y="4" width="12" height="12" className="bar-gap" />
      <text x="168" y="14">
        {t.notReceived}
      </text>
      {bars(lines, 360).map(({ line, received, gap }, at) => (
        <g key={line.label} transform={`translate(0 ${26 + at * row})`}>
          <text x="0" y="10">
            {shorten(label(line))}
          </text>
          <rect x="0" y="15" width={received} height="13" className="bar-received" />
          <rect x={received} y="15" width={gap} height="13" className="bar-gap" />
        </g>
      ))}
    </svg>
  );
}

type ChartProps = { title: string; lines: readonly CoverageLine[]; label: (line: CoverageLine) => string };

const longest = 52;

function shorten(label: string): string {
  return label.length <= longest ? label : `${label.slice(0, longest - 1)}…`;
}

function Quality({ quality }: { quality: DataQuality }) {
  const t = useTextOf(text);
  const count = useCount();
  const of = t.qualityLines;
  const part = (n: number, all: number) =>
    all === 0 ? count(n) : `${count(n)} (${Math.round((100 * n) / all)} %)`;
  const lines: [string, string][] = [
    [of.households, count(quality.n_households)],
    [of.persons, count(quality.n_persons)],
    [of.current, part(quality.n_current, quality.n_households)],
    [of.never, part(quality.n_never, quality.n_households)],
    [of.open, part(quality.n_open, quality.n_households)],
    [of.missing, count(quality.n_missing)],
    [of.undated, part(quality.n_undated, quality.n_persons)],
  ];
  return (
    <section aria-labelledby="overview-quality">
      <h2 id="overview-quality">{t.quality}</h2>
      <table className="list-table quality">
        <tbody>
          {lines.map(([what, n]) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td className="figure">{n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
