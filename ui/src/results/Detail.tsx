//! One programme for one subject, explained: the answer, why, how much, what to bring, and what would change it.

import { type ReactNode, useEffect, useRef } from "react";
import { MakeDossier } from "../dossier/MakeDossier";
import { keyOf } from "../facts";
import { formatDay } from "../format";
import type { Article, Ask, ChangeBy, FactRef, ResultRow, Row, Step, WouldChange } from "../host";
import { useWork } from "../household/work";
import { ChangeIcon, LeftIcon, StandingIcon, StateIcon } from "../parts/icons";
import { Failed, Loading } from "../parts/Waiting";
import { useExplanation } from "../queries";
import { useSpeech, useText } from "../text";
import { Articles, Groups } from "./Criteria";

const changes: readonly ChangeBy[] = ["find_out", "date", "paper", "correction", "never"];

export function Detail({ household, row, onBack, onJump }: DetailProps) {
  const t = useText();
  const heading = useRef<HTMLHeadingElement>(null);
  const place = row ? `${row.programme} ${row.person ?? ""}` : "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the heading takes the focus once per programme
  useEffect(() => {
    heading.current?.closest("[data-pane]")?.scrollTo?.(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [place]);
  const back = (
    <button type="button" className="plain back" onClick={onBack}>
      <LeftIcon />
      {t.detail.backToResults} <kbd>Esc</kbd>
    </button>
  );
  if (!row) {
    return (
      <div className="detail">
        {back}
        <h2 ref={heading} tabIndex={-1}>
          {t.detail.failed}
        </h2>
        <p>{t.detail.failedHint}</p>
      </div>
    );
  }
  return (
    <article className="detail">
      {back}
      <h2 ref={heading} tabIndex={-1}>
        {row.title} <span className="detail-who">{row.who}</span>
      </h2>
      <Explanation household={household} line={row} onJump={onJump} />
      <p className="disclaimer">{t.disclaimer}</p>
    </article>
  );
}

type DetailProps = {
  household: string;
  /** The line it was opened from; none when there is no such programme for this subject any more. */
  row: ResultRow | undefined;
  onBack: () => void;
  onJump: (at: FactRef) => void;
};

function Explanation({ household, line, onJump }: ExplanationProps) {
  const { t, language } = useSpeech();
  const { month } = useWork();
  const explanation = useExplanation(household, month, language, line.programme, line.person);
  const row = explanation.data;
  if (explanation.isError) {
    return (
      <Failed
        title={t.detail.unexplained}
        error={explanation.error}
        retry={() => void explanation.refetch()}
      />
    );
  }
  if (!row) return <Loading />;
  return (
    <>
      <Head row={row} />
      <MakeDossier household={household} row={row} />
      <Asks asks={row.asks} onJump={onJump} />
      <Groups row={row} onJump={onJump} />
      {row.arithmetic.length > 0 && (
        <Section title={t.detail.arithmetic}>
          <Steps steps={row.arithmetic} />
        </Section>
      )}
      {row.combination !== null && (
        <Section title={t.detail.combination}>
          <p>{row.combination}</p>
        </Section>
      )}
      <Papers row={row} />
      <HowToApply row={row} />
      <Changes changes={row.would_change} onJump={onJump} />
      {row.notes.length > 0 && (
        <Section title={t.detail.notes}>
          <Steps steps={row.notes} />
        </Section>
      )}
      {row.articles.length > 0 && (
        <Section title={t.detail.articles}>
          <ArticleList articles={row.articles} />
          {row.rule_from !== null && <p className="quiet">{t.detail.rule(formatDay(row.rule_from))}</p>}
        </Section>
      )}
    </>
  );
}

type ExplanationProps = { household: string; line: ResultRow; onJump: (at: FactRef) => void };

function Head({ row }: { row: Row }) {
  const t = useText();
  return (
    <div className={`detail-head detail-${row.standing}`}>
      <p className="detail-standing">
        <StandingIcon standing={row.standing} />
        {t.standings[row.standing]}
      </p>
      <p className="detail-answer">{row.answer_text}</p>
      {row.summary !== "" && row.summary !== row.answer_text && <p>{row.summary}</p>}
      <dl>
        {row.gives !== "" && (
          <Pair term={t.detail.gives}>
            <b className="detail-gives">{row.gives}</b>
          </Pair>
        )}
        {row.starts !== null && <Pair term={t.detail.starts}>{row.starts}</Pair>}
        {row.next_change !== null && <Pair term={t.detail.change}>{row.next_change.text}</Pair>}
        {row.next_step !== "" && <Pair term={t.detail.next}>{row.next_step}</Pair>}
      </dl>
    </div>
  );
}

function Asks({ asks, onJump }: { asks: readonly Ask[]; onJump: (at: FactRef) => void }) {
  const t = useText();
  if (asks.length === 0) return null;
  return (
    <Section title={t.detail.asks}>
      <ul className="asks">
        {asks.map((ask) => (
          <li key={keyOf(ask.at)}>
            <StateIcon state="open" />
            <span>
              {ask.question} <span className="quiet">({ask.who})</span>
              {ask.unsure && <span className="quiet"> · {t.detail.findOut}</span>}
              {ask.judged_by !== null && (
                <span className="quiet">
                  {" "}
                  · {t.interview.judgedBy} {ask.judged_by}
                </span>
              )}
            </span>
            <button
              type="button"
              className="small"
              aria-label={`${t.detail.askHere}: ${ask.title}, ${ask.who}`}
              onClick={() => onJump(ask.at)}
            >
              {t.detail.askHere}
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Papers({ row }: { row: Row }) {
  const t = useText();
  if (row.papers.length === 0) return null;
  const seen = row.papers.filter((paper) => paper.seen).length;
  return (
    <Section title={t.detail.papers} aside={t.detail.papersReady(seen, row.papers.length)}>
      <ul className="papers">
        {row.papers.map((paper) => (
          <li key={`${paper.id} ${paper.proves}`}>
            <StateIcon state={paper.seen ? "yes" : "open"} />
            <span>
              <b>{paper.title}</b> — {paper.seen ? t.detail.paperSeen : t.detail.paperMissing}
              <span className="quiet paper-about">
                {paper.from !== "" && (
                  <span>
                    {t.detail.paperFrom} {paper.from}.{" "}
                  </span>
                )}
                {paper.proves === "" ? t.detail.paperAlways : `${t.detail.paperProves} ${paper.proves}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function HowToApply({ row }: { row: Row }) {
  const t = useText();
  const apply = row.apply;
  if (apply === null) return null;
  return (
    <Section title={t.detail.apply}>
      <dl className="pairs">
        <Pair term={t.detail.form}>{apply.form === "" ? t.detail.noForm : apply.form}</Pair>
        <Pair term={t.detail.at}>{apply.at}</Pair>
        <Pair term={t.detail.decides}>{apply.decides}</Pair>
        {apply.days !== null && <Pair term={t.detail.days}>{t.detail.workingDays(apply.days)}</Pair>}
        {apply.within !== null && <Pair term={t.detail.within}>{apply.within}</Pair>}
      </dl>
      <Articles articles={apply.articles} />
    </Section>
  );
}

function Changes({
  changes: all,
  onJump,
}: {
  changes: readonly WouldChange[];
  onJump: (at: FactRef) => void;
}) {
  const t = useText();
  if (all.length === 0) return null;
  return (
    <Section title={t.detail.wouldChange}>
      {changes
        .filter((by) => all.some((change) => change.by === by))
        .map((by) => (
          <div key={by} className="change">
            <h4>
              <ChangeIcon by={by} />
              {t.detail.by[by]}
            </h4>
            <ul>
              {all
                .filter((change) => change.by === by)
                .map((change) => (
                  <li key={change.text}>
                    <span>{change.text}</span>
                    {change.facts[0] && by !== "never" && (
                      <button
                        type="button"
                        className="plain small"
                        aria-label={`${by === "find_out" ? t.detail.ask : t.detail.fix}: ${change.text}`}
                        onClick={() => change.facts[0] && onJump(change.facts[0])}
                      >
                        {by === "find_out" ? t.detail.ask : t.detail.fix}
                      </button>
                    )}
                  </li>
                ))}
            </ul>
          </div>
        ))}
    </Section>
  );
}

function Section({ title, aside, children }: { title: string; aside?: string; children: ReactNode }) {
  return (
    <section className="detail-section">
      <h3>
        {title}
        {aside && <span className="aside-text">{aside}</span>}
      </h3>
      {children}
    </section>
  );
}

function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.text}>
          {step.text}
          <Articles articles={step.articles} />
        </li>
      ))}
    </ol>
  );
}

function ArticleList({ articles }: { articles: readonly Article[] }) {
  return (
    <ul className="article-list">
      {articles.map((article) => (
        <li key={article.id}>{article.text}</li>
      ))}
    </ul>
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
