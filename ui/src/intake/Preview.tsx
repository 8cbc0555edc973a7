//! What would come of a list: the households, what is wrong by row, and the word that makes it so.

import { useEffect, useId, useRef } from "react";
import type {
  Imported,
  ImportPreview,
  ImportRosterRequest,
  PreviewImportRequest,
  ProblemsFile,
} from "../host";
import { offer } from "../parts/download";
import { StateIcon, WarnIcon } from "../parts/icons";
import { useJob } from "../parts/job";
import { Saved } from "../parts/Saved";
import { Failed } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { text } from "./text";

export function Preview({ list, fileName, preview, onBack, onDone }: PreviewProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const bring = useJob<Imported, ImportRosterRequest>("import_roster");
  const save = useJob<ProblemsFile, PreviewImportRequest>("import_problems");
  useEffect(() => title.current?.focus(), []);
  const nInAll = preview.n_problems + preview.n_notes;
  const moreHouseholds = preview.n_households - preview.households.length;

  return (
    <section className="keeping-part" aria-labelledby={`${id}-before`}>
      <h2 id={`${id}-before`} ref={title} tabIndex={-1}>
        {t.before}
      </h2>
      <div role="status" className="intake-sums">
        <p>
          <StateIcon state="yes" /> {t.makes(preview.n_households, preview.n_persons)}
        </p>
        {preview.n_rows_left_out > 0 ? (
          <p>
            <WarnIcon /> {t.leaves(preview.n_households_left_out, preview.n_rows_left_out)}
          </p>
        ) : (
          <p>{t.allFine}</p>
        )}
        {preview.n_notes > 0 && <p className="quiet">{t.notes(preview.n_notes)}</p>}
      </div>
      {preview.problems.length > 0 && (
        <>
          <h3 id={`${id}-problems`}>{t.problems}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <section className="sheet intake-rows" tabIndex={0} aria-labelledby={`${id}-problems`}>
            <table className="lines">
              <thead>
                <tr>
                  <th scope="col">{t.row}</th>
                  <th scope="col">{t.weight}</th>
                  <th scope="col">{t.where}</th>
                  <th scope="col">{t.said}</th>
                  <th scope="col">{t.wrong}</th>
                  <th scope="col">{t.way}</th>
                </tr>
              </thead>
              <tbody>
                {preview.problems.map((problem) => (
                  <tr key={`${problem.row} ${problem.column} ${problem.vi}`}>
                    <th scope="row">{problem.row}</th>
                    <td className="nowrap">
                      {problem.leaves_out && <WarnIcon />} {problem.leaves_out ? t.leavesOut : t.toLook}
                    </td>
                    <td>{problem.column}</td>
                    <td className="samples">{problem.said}</td>
                    <td>{language === "vi" ? problem.vi : problem.en}</td>
                    <td>{language === "vi" ? problem.way_vi : problem.way_en}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {nInAll > preview.problems.length && (
            <p className="quiet">{t.more(nInAll - preview.problems.length)}</p>
          )}
          <button
            type="button"
            aria-disabled={save.isPending}
            onClick={() => !save.isPending && save.mutate(list, { onSuccess: ({ file }) => offer(file) })}
          >
            {t.saveProblems}
          </button>
          {save.error && <Failed title={t.notSaved} error={save.error} />}
          {save.data && <Saved file={save.data.file} />}
        </>
      )}
      {preview.households.length > 0 && (
        <>
          <h3 id={`${id}-households`}>{t.households}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard */}
          <section className="sheet intake-rows" tabIndex={0} aria-labelledby={`${id}-households`}>
            <table className="lines">
              <thead>
                <tr>
                  <th scope="col">{t.row}</th>
                  <th scope="col">{t.number}</th>
                  <th scope="col">{t.head}</th>
                  <th scope="col">{t.place}</th>
                  <th scope="col">{t.persons}</th>
                </tr>
              </thead>
              <tbody>
                {preview.households.map((household) => (
                  <tr key={household.row}>
                    <td>{household.row}</td>
                    <td>{household.number ?? t.next}</td>
                    <th scope="row">{household.head}</th>
                    <td>{household.hamlet}</td>
                    <td className="number">{household.n_persons}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {moreHouseholds > 0 && <p className="quiet">{t.moreHouseholds(moreHouseholds)}</p>}
        </>
      )}
      <div className="actions">
        {preview.n_households > 0 && (
          <button
            type="button"
            className="main-action"
            aria-disabled={bring.isPending}
            onClick={() =>
              !bring.isPending &&
              bring.mutate(
                { list, file_name: fileName, digest: preview.digest },
                { onSuccess: (done) => onDone(t.done(done.n_households, done.n_persons)) },
              )
            }
          >
            {bring.isPending ? t.importing : t.confirm(preview.n_households)}
          </button>
        )}
        <button type="button" aria-disabled={bring.isPending} onClick={() => !bring.isPending && onBack()}>
          {t.back}
        </button>
        {bring.isPending && (
          <button type="button" onClick={bring.stop}>
            {t.stop}
          </button>
        )}
      </div>
      {bring.progress !== null && bring.progress.nInAll > 0 && (
        <p role="status">
          <progress aria-label={t.importing} value={bring.progress.nDone} max={bring.progress.nInAll} />{" "}
          {t.progress(bring.progress.nDone, bring.progress.nInAll)}
        </p>
      )}
      {bring.error && <Failed title={t.notImported} error={bring.error} />}
    </section>
  );
}

type PreviewProps = {
  list: PreviewImportRequest;
  fileName: string;
  preview: ImportPreview;
  onBack: () => void;
  onDone: (said: string) => void;
};
