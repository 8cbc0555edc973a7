//! Papers for many households in one file: what and for whom, the first of them, and how far the making has come.

import { useEffect, useRef, useState } from "react";
import type { BatchPaper, Language } from "../host";
import { useWork } from "../household/work";
import type { PageProps } from "../pages";
import { Field } from "../parts/Field";
import { PrintIcon } from "../parts/icons";
import { Saved } from "../parts/Saved";
import { Failed } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { Pages, PaperLanguage } from "./Pages";
import { handOver, useBatchPreview, usePrintBatch } from "./queries";
import { text } from "./text";

const kinds: readonly BatchPaper[] = ["summary", "letter", "visits"];

export function BatchScreen({ session }: PageProps) {
  const t = useTextOf(text);
  const { language: spoken } = useSpeech();
  const { month } = useWork();
  const [language, setLanguage] = useState<Language>(spoken);
  const [paper, setPaper] = useState<BatchPaper>("visits");
  const [hamlet, setHamlet] = useState("");
  const [purpose, setPurpose] = useState("");
  const request = {
    paper,
    hamlet: hamlet === "" ? null : hamlet,
    households: [],
    purpose: purpose.normalize("NFC").trim(),
    month,
    language,
  };
  // What is still being typed does not change the pages with each letter.
  const [shown, setShown] = useState(request.purpose);
  const preview = useBatchPreview({ ...request, purpose: shown });
  const print = usePrintBatch();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const found = preview.data;
  const isPossible = found !== undefined && found.n_papers > 0 && found.n_papers <= found.most;

  async function make() {
    if (print.isPending || !isPossible) return;
    const made = await print.mutateAsync(request).catch(() => null);
    if (made) await handOver(made);
  }

  return (
    <div className="print">
      <div className="print-side">
        <h1 ref={heading} tabIndex={-1}>
          {t.batch}
        </h1>
        <p>{t.batchHint}</p>
        <fieldset>
          <legend>{t.what}</legend>
          {kinds.map((kind) => (
            <label key={kind} className="tick">
              <input
                type="radio"
                name="batch-kind"
                checked={paper === kind}
                onChange={() => setPaper(kind)}
              />
              {t.kinds[kind]}
            </label>
          ))}
        </fieldset>
        <Field label={t.hamlet}>
          {(wiring) => (
            <select {...wiring} value={hamlet} onChange={(event) => setHamlet(event.target.value)}>
              <option value="">{t.allHamlets}</option>
              {session.hamlets.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          )}
        </Field>
        {paper === "visits" && (
          <Field label={t.purpose} hint={t.purposeHint}>
            {(wiring) => (
              <input
                {...wiring}
                autoComplete="off"
                value={purpose}
                onChange={(event) => setPurpose(event.target.value)}
                onBlur={() => setShown(request.purpose)}
              />
            )}
          </Field>
        )}
        <PaperLanguage language={language} onChoose={setLanguage} />
        {found && (
          <p role="status">
            {found.n_papers === 0
              ? t.nothing
              : found.n_papers > found.most
                ? `${t.chosen(found.n_papers, found.n_households)} ${t.tooMany(found.most)}`
                : t.chosen(found.n_papers, found.n_households)}
          </p>
        )}
        <button
          type="button"
          className="main-action"
          aria-disabled={print.isPending || !isPossible}
          onClick={() => void make()}
        >
          <PrintIcon />
          {print.isPending ? t.saving : t.make}
        </button>
        {print.progress && (
          <div className="batch-progress">
            <label>
              {t.progress(print.progress.nDone, print.progress.nInAll)}
              <progress value={print.progress.nDone} max={Math.max(print.progress.nInAll, 1)} />
            </label>
            <button type="button" onClick={print.stop}>
              {t.stop}
            </button>
          </div>
        )}
        {print.error && print.error.code !== "stopped" && <Failed title={t.notMade} error={print.error} />}
        {print.data && !print.isPending && (
          <Saved file={print.data.file}>
            <p>{t.made(print.data.n_papers, print.data.n_pages)}</p>
          </Saved>
        )}
        <p className="hint">{t.hint}</p>
      </div>
      {found?.n_papers === 0 ? (
        <div className="page">
          <div className="empty">
            <p>{t.nothing}</p>
            {paper === "letter" && <p className="quiet">{t.nothingHint}</p>}
          </div>
        </div>
      ) : (
        <Pages
          pages={found?.pages}
          error={preview.error}
          retry={() => void preview.refetch()}
          label={t.first}
        />
      )}
    </div>
  );
}
