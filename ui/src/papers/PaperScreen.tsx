//! A card, a letter or the sheet of a dossier before it is paper, and the one button that makes the PDF.

import { useEffect, useRef, useState } from "react";
import { formatMonth } from "../format";
import type { Language, PaperOf } from "../host";
import { MonthPicker } from "../household/MonthPicker";
import { useWork } from "../household/work";
import { LeftIcon, PrintIcon } from "../parts/icons";
import { useWindowKeys } from "../parts/keys";
import { Saved } from "../parts/Saved";
import { Failed } from "../parts/Waiting";
import { go, type PaperKind, type View } from "../route";
import { useSpeech, useTextOf } from "../text";
import { Pages, PaperLanguage } from "./Pages";
import { usePaperPreview, usePrintPaper } from "./queries";
import { text } from "./text";

export function PaperScreen({ household, title, kind, of }: PaperScreenProps) {
  const t = useTextOf(text);
  const { language: spoken } = useSpeech();
  const { month } = useWork();
  const [language, setLanguage] = useState<Language>(spoken);
  const request = { household, month, language, paper: paperOf(kind, of) };
  const preview = usePaperPreview(request);
  const print = usePrintPaper();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const view: View = kind === "card" ? { is: "interview" } : { is: "dossier", dossier: of };
  const back = () => go({ at: "household", household, view });
  useWindowKeys((event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) back();
  });
  const hints = { card: t.cardHint, letter: t.letterHint, dossier: t.dossierHint };
  return (
    <div className="print">
      <div className="print-side">
        <button type="button" className="plain back" onClick={back}>
          <LeftIcon />
          {t.back} <kbd>Esc</kbd>
        </button>
        <h1 ref={heading} tabIndex={-1}>
          {t.titles[kind]}
        </h1>
        <p>
          {title}
          {kind === "card" && ` · ${formatMonth(month)}`}
        </p>
        {kind === "card" && <MonthPicker />}
        <PaperLanguage language={language} onChoose={setLanguage} />
        <button
          type="button"
          className="main-action"
          aria-disabled={print.isPending}
          onClick={() => {
            if (!print.isPending) print.mutate(request);
          }}
        >
          <PrintIcon />
          {print.isPending ? t.saving : t.save}
        </button>
        <p className="hint">{hints[kind]}</p>
        <p className="hint">{t.hint}</p>
        {print.error && <Failed title={t.notMade} error={print.error} />}
        {print.data && (
          <Saved file={print.data.file}>
            {print.data.code !== null && (
              <p>
                {t.code} <code>{print.data.code}</code>
              </p>
            )}
          </Saved>
        )}
      </div>
      <Pages
        pages={preview.data?.pages}
        error={preview.error}
        retry={() => void preview.refetch()}
        label={t.preview}
      />
    </div>
  );
}

function paperOf(kind: Exclude<PaperKind, "summary">, of: string): PaperOf {
  switch (kind) {
    case "card":
      return { is: "card", person: of };
    case "letter":
      return { is: "letter", dossier: of };
    case "dossier":
      return { is: "dossier", dossier: of };
  }
}

type PaperScreenProps = {
  household: string;
  title: string;
  kind: Exclude<PaperKind, "summary">;
  /** The person or the dossier. */
  of: string;
};
