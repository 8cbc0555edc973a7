//! One application: what it asks for, its papers, its clock, what happens next, and all that happened.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { formatDay, formatMoment, formatMonth, formatNumber } from "../format";
import type { Dossier, DossierEvent, DossierStep, FactRef, PaperState } from "../host";
import { useWork } from "../household/work";
import { LeftIcon, PrintIcon, StateIcon, WarnIcon } from "../parts/icons";
import { useWindowKeys } from "../parts/keys";
import { Failed, Loading } from "../parts/Waiting";
import { useSaveFact } from "../queries";
import { Articles } from "../results/Criteria";
import { go } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useDossier, useTickPaper, useUndoDossier } from "./queries";
import { StepForm } from "./StepForm";
import { text } from "./text";
import { clockText, urgency } from "./words";

export function DossierScreen({ household, dossier: id }: { household: string; dossier: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const dossier = useDossier(id, language);
  const back = () => go({ at: "household", household, view: { is: "interview" } });
  useWindowKeys((event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) back();
  });
  return (
    <div className="page dossier">
      <div className="dossier-ways">
        <button type="button" className="plain back" onClick={back}>
          <LeftIcon />
          {t.back} <kbd>Esc</kbd>
        </button>
        <a href="#/dossiers">{t.list}</a>
      </div>
      {dossier.isPending && <Loading text={t.loading} />}
      {dossier.isError && (
        <Failed title={t.failed} error={dossier.error} retry={() => void dossier.refetch()} />
      )}
      {dossier.data && <Whole household={household} dossier={dossier.data} />}
    </div>
  );
}

function Whole({ household, dossier }: { household: string; dossier: Dossier }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const { line } = dossier;
  const heading = useRef<HTMLHeadingElement>(null);
  const [doing, setDoing] = useState<DossierStep | null>(null);
  const [said, setSaid] = useState("");
  const undo = useUndoDossier();
  useEffect(() => heading.current?.focus(), []);
  const close = (kept: Dossier | null) => {
    setDoing(null);
    if (kept) setSaid(t.kept(t.state[kept.line.state]));
  };

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {line.title} <span className="detail-who">{line.who}</span>
      </h1>
      <p className="quiet">
        {line.number} · {line.head} · {line.hamlet} · {t.judged(formatMonth(dossier.month))}
      </p>
      <div className={`dossier-clock clock-${urgency(line.clock.state)}`}>
        <p>
          {urgency(line.clock.state) !== "calm" && <WarnIcon />}
          <b>{capital(t.state[line.state])}</b> ({formatDay(line.since)})
        </p>
        <p>{clockText(line.clock, t)}</p>
        {dossier.line.clock.days !== null && <p className="quiet">{t.days(dossier.line.clock.days)}</p>}
      </div>
      <p className="unseen" role="status">
        {said}
      </p>
      {dossier.propose && <Proposal household={household} fact={dossier.propose} />}
      <div className="dossier-columns">
        <section aria-labelledby="dossier-papers">
          <h2 id="dossier-papers">
            {t.papers}{" "}
            <span className="quiet">
              {dossier.papers.length > 0 && t.papersReady(line.n_ready, line.n_papers)}
            </span>
          </h2>
          <Papers dossier={dossier} />
        </section>
        <section aria-labelledby="dossier-next">
          <h2 id="dossier-next">{t.next}</h2>
          {dossier.next.length === 0 && <p className="quiet">{t.nothingNext}</p>}
          {dossier.next.includes("hand_in") && line.n_ready < line.n_papers && (
            <p className="notice">{t.missingPapers(line.n_papers - line.n_ready)}</p>
          )}
          <div className="actions">
            {dossier.next.map((step, at) => (
              <button
                key={step}
                type="button"
                className={at === 0 ? "main-action" : undefined}
                onClick={() => setDoing(step)}
              >
                {t.step[step]}
              </button>
            ))}
          </div>
          {dossier.can_undo && (
            <button
              type="button"
              className="plain"
              onClick={() => {
                if (!undo.isPending)
                  undo.mutate(
                    { dossier: line.dossier, language },
                    { onSuccess: (after) => setSaid(t.kept(t.state[after.line.state])) },
                  );
              }}
            >
              {t.undo}
            </button>
          )}
          {undo.error && <Failed title={t.notKept} error={undo.error} />}
          <About dossier={dossier} />
        </section>
      </div>
      <section aria-labelledby="dossier-history">
        <h2 id="dossier-history">{t.history}</h2>
        <History events={dossier.events} />
      </section>
      {doing && <StepForm dossier={dossier} step={doing} onClose={close} />}
    </>
  );
}

const paperStates: readonly PaperState[] = ["missing", "have", "handed_in"];

function Papers({ dossier }: { dossier: Dossier }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const tick = useTickPaper(dossier.line.dossier);
  if (dossier.papers.length === 0) return <p className="quiet">{t.noPapers}</p>;
  return (
    <>
      <ul className="dossier-papers">
        {dossier.papers.map((paper, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a paper is its place in the list
          <li key={at}>
            <fieldset>
              <legend>
                <StateIcon state={paper.state === "missing" ? "open" : "yes"} />
                {paper.title}
              </legend>
              {paper.from !== "" && <p className="quiet">{t.paperFrom(paper.from)}</p>}
              <div className="dossier-ticks">
                {paperStates.map((now) => (
                  <label key={now} className="tick">
                    <input
                      type="radio"
                      name={`paper-${at}`}
                      checked={paper.state === now}
                      onChange={() =>
                        tick.mutate({ dossier: dossier.line.dossier, paper: at, now, language })
                      }
                    />
                    {t.paper[now]}
                  </label>
                ))}
                {paper.on !== null && <span className="quiet">{t.ticked(formatDay(paper.on))}</span>}
              </div>
            </fieldset>
          </li>
        ))}
      </ul>
      {tick.error && <Failed title={t.notKept} error={tick.error} />}
    </>
  );
}

function About({ dossier }: { dossier: Dossier }) {
  const t = useTextOf(text);
  const pairs: [string, string | null][] = [
    [t.gives, dossier.gives],
    [t.starts, dossier.starts],
    [t.form, dossier.form === "" ? t.noForm : dossier.form],
    [t.at, dossier.at],
    [t.decides, dossier.decides],
    [t.within, dossier.within],
  ];
  const { household } = dossier.line;
  const print = (paper: "dossier" | "letter") =>
    go({ at: "household", household, view: { is: "print", paper, of: dossier.line.dossier } });
  return (
    <div className="dossier-about">
      <dl className="pairs">
        {pairs
          .filter(([, said]) => said)
          .map(([term, said]) => (
            <Pair key={term} term={term}>
              {said}
            </Pair>
          ))}
      </dl>
      <Articles articles={dossier.articles} />
      <div className="actions">
        <button type="button" onClick={() => print("dossier")}>
          <PrintIcon />
          {t.printDossier}
        </button>
        <button type="button" onClick={() => print("letter")}>
          <PrintIcon />
          {t.printLetter}
        </button>
      </div>
    </div>
  );
}

function Pair({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="pair">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Proposal({ household, fact }: { household: string; fact: FactRef }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const { month } = useWork();
  const save = useSaveFact(household);
  function record() {
    if (save.isPending) return;
    save.mutate({ household, person: fact.person, fact: fact.fact, answer: true, month, language });
  }
  return (
    <div className="notice dossier-propose">
      <p>{t.propose}</p>
      <button type="button" aria-disabled={save.isPending} onClick={record}>
        {t.proposeAction}
      </button>
      {save.error && <Failed title={t.notKept} error={save.error} />}
    </div>
  );
}

function History({ events }: { events: readonly DossierEvent[] }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const said = (event: DossierEvent) =>
    [
      event.paper !== null && event.now !== null ? `${event.paper}: ${t.paper[event.now]}` : "",
      event.amount === null ? "" : t.granted(formatNumber(String(event.amount), language)),
      event.from === null ? "" : t.since(formatMonth(event.from)),
      event.reason,
    ]
      .filter(Boolean)
      .join(" · ");
  return (
    <ol className="dossier-history">
      {events.map((event, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an event is its place in the history
        <li key={at} className={event.undone ? "undone" : undefined}>
          <span className="dossier-day">{formatDay(event.on)}</span>
          <span>
            <b>{t.happened[event.what]}</b>
            {event.undone && <span className="dossier-undone"> ({t.undone})</span>}
            {said(event) !== "" && <> · {said(event)}</>}
            <span className="quiet">
              {" "}
              · {t.by(event.by)}, {formatMoment(event.at)}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
