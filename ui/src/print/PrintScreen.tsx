//! The paper before it is paper: the pages as they will be printed, and the one button that makes the PDF.

import { useEffect, useRef, useState } from "react";
import { formatMonth } from "../format";
import type { CaseFile, Language } from "../host";
import { MonthPicker } from "../household/MonthPicker";
import { useWork } from "../household/work";
import { Pages, PaperLanguage } from "../papers/Pages";
import { text } from "../papers/text";
import { offer } from "../parts/download";
import { LeftIcon, PrintIcon } from "../parts/icons";
import { useWindowKeys } from "../parts/keys";
import { Saved } from "../parts/Saved";
import { Failed } from "../parts/Waiting";
import { usePreview, usePrintSummary } from "../queries";
import { go, toHash } from "../route";
import { useSpeech, useTextOf } from "../text";

export function PrintScreen({ caseFile, title }: { caseFile: CaseFile; title: string }) {
  const { t, language: spoken } = useSpeech();
  const papers = useTextOf(text);
  const { month } = useWork();
  const [language, setLanguage] = useState<Language>(spoken);
  const { household } = caseFile;
  const [reasons, setReasons] = useState(false);
  const request = { household, month, language, reasons };
  const preview = usePreview(request);
  const print = usePrintSummary();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const back = () => go({ at: "household", household, view: { is: "interview" } });

  useWindowKeys((event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) back();
    if (event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey)) event.preventDefault();
  });

  async function save() {
    if (print.isPending) return;
    const printed = await print.mutateAsync(request).catch(() => null);
    if (printed) offer(printed.file);
  }

  return (
    <div className="print">
      <div className="print-side">
        <button type="button" className="plain back" onClick={back}>
          <LeftIcon />
          {t.print.backToHousehold} <kbd>Esc</kbd>
        </button>
        <h1 ref={heading} tabIndex={-1}>
          {t.print.title}
        </h1>
        <p>
          {title} · {t.results.month(formatMonth(month))}
        </p>
        <MonthPicker />
        <PaperLanguage language={language} onChoose={setLanguage} />
        <label className="tick">
          <input type="checkbox" checked={reasons} onChange={() => setReasons(!reasons)} />
          {t.print.reasons}
        </label>
        <button
          type="button"
          className="main-action"
          aria-disabled={print.isPending}
          onClick={() => void save()}
        >
          <PrintIcon />
          {print.isPending ? t.print.saving : t.print.save}
        </button>
        <p className="hint">{t.print.hint}</p>
        {print.error && <Failed title={t.failures.print({})} error={print.error} retry={() => void save()} />}
        {print.data && (
          <Saved file={print.data.file}>
            <p>
              {t.print.code} <code>{print.data.code}</code>
            </p>
          </Saved>
        )}
        <nav aria-label={papers.more}>
          <b>{papers.more}</b>
          <ul className="paper-links">
            {caseFile.persons.map((each) => (
              <li key={each.person}>
                <a
                  href={toHash({
                    at: "household",
                    household,
                    view: { is: "print", paper: "card", of: each.person },
                  })}
                >
                  {papers.cardOf(each.name)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <p className="disclaimer">{t.disclaimer}</p>
      </div>
      <Pages
        pages={preview.data?.pages}
        error={preview.error}
        retry={() => void preview.refetch()}
        label={t.print.preview}
      />
    </div>
  );
}
