//! One household: who lives there, what is asked, and what follows from it, side by side on a wide window and behind
//! tabs on a narrow one.

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { DossierScreen } from "../dossier/DossierScreen";
import { HouseholdDossiers } from "../dossier/HouseholdDossiers";
import { keyOf } from "../facts";
import { formatMoment, formatMonth } from "../format";
import type { CaseFile, FactRef, Screening } from "../host";
import { PaperScreen } from "../papers/PaperScreen";
import { PrintIcon, WarnIcon } from "../parts/icons";
import { focusOn, useWindowKeys } from "../parts/keys";
import { Failed, Loading } from "../parts/Waiting";
import { PrintScreen } from "../print/PrintScreen";
import { useCaseFile, useScreening } from "../queries";
import { Detail } from "../results/Detail";
import { Results, resultsHeading, rowPlace } from "../results/Results";
import { go, type View } from "../route";
import { useSpeech, useText } from "../text";
import { isOpen, questionsIn, questionsOf } from "./arrange";
import { Interview, type Target } from "./Interview";
import { MonthPicker } from "./MonthPicker";
import { type PaneName, Panes } from "./Panes";
import { Roster } from "./Roster";
import { useWork } from "./work";

export function HouseholdScreen({ household, view }: { household: string; view: View }) {
  const { t, language } = useSpeech();
  const { month } = useWork();
  const caseFile = useCaseFile(household, language);
  const screening = useScreening(household, month, language);

  useEffect(() => {
    if (caseFile.data) document.title = `${titleOf(caseFile.data, t.household.title)} – ${t.app}`;
    return () => {
      document.title = t.app;
    };
  }, [caseFile.data, t]);

  if (caseFile.isPending) return <Loading text={t.household.opening} />;
  if (caseFile.isError) {
    return (
      <div className="page">
        <h1>{t.household.failed}</h1>
        <Failed title={t.household.failed} error={caseFile.error} retry={() => void caseFile.refetch()} />
      </div>
    );
  }
  if (view.is === "dossier") {
    return <DossierScreen key={view.dossier} household={household} dossier={view.dossier} />;
  }
  if (view.is === "print" && view.paper !== undefined && view.paper !== "summary" && view.of !== undefined) {
    const title = titleOf(caseFile.data, t.household.title);
    return <PaperScreen key={view.of} household={household} title={title} kind={view.paper} of={view.of} />;
  }
  if (view.is === "print") {
    return <PrintScreen caseFile={caseFile.data} title={titleOf(caseFile.data, t.household.title)} />;
  }
  if (screening.isError && !screening.data) {
    return (
      <div className="household">
        <HouseholdHead file={caseFile.data} />
        <Failed
          title={t.results.failed}
          error={screening.error}
          hint={t.results.failedHint}
          retry={() => void screening.refetch()}
        />
      </div>
    );
  }
  if (!screening.data) {
    return (
      <div className="household">
        <HouseholdHead file={caseFile.data} />
        <Loading text={t.results.counting} />
      </div>
    );
  }
  return (
    <OpenHousehold
      file={caseFile.data}
      screening={screening.data}
      stale={screening.isPlaceholderData || screening.isFetching}
      view={view}
    />
  );
}

function OpenHousehold({ file, screening, stale, view }: OpenProps) {
  const { subjects, setSubject } = useWork();
  const head = file.persons[0]?.person ?? null;
  const chosen = subjects[file.household];
  const subject =
    chosen === undefined || (chosen !== null && !file.persons.some((each) => each.person === chosen))
      ? head
      : chosen;
  const [target, setTarget] = useState<Target>({ at: "first", nonce: 0 });
  const [tab, setTab] = useState<PaneName>(view.is === "programme" ? "results" : "interview");
  const reached = useRef(-1);
  const lastRow = useRef<string | null>(null);
  const home = useCallback(
    () => go({ at: "household", household: file.household, view: { is: "interview" } }),
    [file.household],
  );

  const choose = useCallback(
    (person: string | null) => {
      setSubject(file.household, person);
      setTarget((before) => ({ at: "first", nonce: before.nonce + 1 }));
      setTab("interview");
      home();
    },
    [file.household, home, setSubject],
  );

  const jump = useCallback(
    (at: FactRef) => {
      setSubject(file.household, at.person);
      setTarget((before) => ({ at: "fact", key: keyOf(at), nonce: before.nonce + 1 }));
      setTab("interview");
      home();
    },
    [file.household, home, setSubject],
  );

  // Coming back from a programme, the focus returns to the row it was opened from.
  const programme = view.is === "programme" ? rowPlace(view.programme, view.person) : null;
  useEffect(() => {
    if (programme !== null) {
      lastRow.current = programme;
      setTab("results");
    } else if (lastRow.current !== null) {
      const row = document.getElementById(lastRow.current);
      if (document.activeElement === null || !document.activeElement.closest("[data-pane=interview]"))
        focusOn(row);
      lastRow.current = null;
    }
  }, [programme]);

  useWindowKeys((event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Escape" && view.is === "programme") {
      event.preventDefault();
      home();
    } else if (event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      go({ at: "household", household: file.household, view: { is: "print" } });
    }
  });

  // What an answer left as it was keeps its identity, so that only what changed is drawn anew.
  const { results, questions: asked } = screening;
  const questions = useMemo(() => questionsIn({ results, questions: asked }), [results, asked]);
  const n_open = useCallback(
    (person: string | null) => questionsOf(questions, person).filter(isOpen).length,
    [questions],
  );
  const finish = useCallback(() => {
    setTab("results");
    const arrive = () => focusOn(document.getElementById(resultsHeading));
    // On a narrow window the results are not there before the tab is.
    if (!arrive()) setTimeout(arrive, 0);
  }, []);
  const row =
    view.is === "programme"
      ? results.rows.find((each) => each.programme === view.programme && each.person === view.person)
      : undefined;
  const resultsPane = (
    <Results
      household={file.household}
      results={results}
      questions={questions}
      stale={stale}
      selected={programme}
      onJump={jump}
    />
  );
  const detail = view.is === "programme" && (
    <Detail household={file.household} row={row} onBack={home} onJump={jump} />
  );

  return (
    <div className="household">
      <HouseholdHead file={file} />
      <Panes
        tab={tab}
        onTab={(next) => {
          setTab(next);
          if (view.is === "programme") home();
        }}
        roster={
          <>
            <Roster file={file} questions={questions} subject={subject} onChoose={choose} nOpen={n_open} />
            <HouseholdDossiers household={file.household} />
          </>
        }
        interview={
          <Interview
            key={subject ?? "household"}
            file={file}
            questions={questions}
            total={results.totals.month.text}
            subject={subject}
            target={target}
            reached={reached}
            onChoose={choose}
            nOpen={n_open}
            onFinish={finish}
          />
        }
        results={resultsPane}
        detail={detail || null}
      />
    </div>
  );
}

type OpenProps = { file: CaseFile; screening: Screening; stale: boolean; view: View };

function HouseholdHead({ file }: { file: CaseFile }) {
  const t = useText();
  return (
    <div className="household-head">
      <div>
        <h1>{titleOf(file, t.household.title)}</h1>
        <p className="quiet">
          {file.hamlet}
          {file.invented && (
            <span className="invented">
              <WarnIcon />
              {t.sample}
            </span>
          )}
          {file.printed[0] && (
            <span className="printed">
              {t.household.printed}{" "}
              {t.household.printedLine(
                formatMoment(file.printed[0].at),
                formatMonth(file.printed[0].month),
                file.printed[0].code,
              )}
            </span>
          )}
        </p>
      </div>
      <MonthPicker />
      <button
        type="button"
        aria-keyshortcuts="Control+P"
        onClick={() => go({ at: "household", household: file.household, view: { is: "print" } })}
      >
        <PrintIcon />
        {t.household.print}
      </button>
    </div>
  );
}

function titleOf(file: CaseFile, title: (number: string, head: string) => string): string {
  return title(file.number, file.persons[0]?.name ?? "");
}
