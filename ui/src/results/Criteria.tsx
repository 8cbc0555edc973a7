//! Why: each group the law names, and each of its conditions with the value that was looked at.

import type { Article, Criterion, FactRef, GroupReport, Row, State } from "../host";
import { StandingIcon, StateIcon } from "../parts/icons";
import { type Text, useText } from "../text";

export function Groups({ row, onJump }: { row: Row; onJump: (at: FactRef) => void }) {
  const t = useText();
  const [first, ...others] = row.groups;
  if (!first) return null;
  const near = others.filter((group) => group.state !== "no");
  const far = others.filter((group) => group.state === "no");
  return (
    <section className="detail-section">
      <h3>{t.detail.why}</h3>
      {[first, ...near].map((group) => (
        <Group key={group.name} group={group} onJump={onJump} />
      ))}
      {far.length > 0 && (
        <details className="other-groups">
          <summary>{t.detail.otherGroups(far.length)}</summary>
          {far.map((group) => (
            <Group key={group.name} group={group} onJump={onJump} />
          ))}
        </details>
      )}
    </section>
  );
}

function Group({ group, onJump }: { group: GroupReport; onJump: (at: FactRef) => void }) {
  const t = useText();
  return (
    <div className="criteria-group">
      <h4>
        <StateIcon state={group.state} />
        <span>
          {group.title} <span className="quiet">— {groupWord(group.state, t)}</span>
        </span>
      </h4>
      <Articles articles={group.articles} />
      <ul className="criteria">
        {group.criteria.map((criterion) => (
          <CriterionLine
            key={criterion.text}
            criterion={criterion}
            isDecided={group.state !== "open"}
            onJump={onJump}
          />
        ))}
      </ul>
    </div>
  );
}

/** What is not known of a part is not needed once the whole is decided without it. */
function CriterionLine({ criterion, isDecided, onJump }: CriterionProps) {
  const t = useText();
  const { fact, parts } = criterion;
  if (isDecided && criterion.state === "open") {
    return (
      <li className="criterion">
        <p className="criterion-text">
          <StandingIcon standing="no" />
          <span className="criterion-word">{t.detail.notNeeded}</span>
          <span>{criterion.text}</span>
        </p>
        <Articles articles={criterion.articles} />
      </li>
    );
  }
  return (
    <li className={`criterion criterion-${criterion.state}`}>
      <p className="criterion-text">
        <StateIcon state={criterion.state} />
        <span className="criterion-word">{t.states[criterion.state]}</span>
        <span>{criterion.text}</span>
      </p>
      {(criterion.value !== "" || fact !== null) && (
        <p className="criterion-value">
          {criterion.value !== "" && (
            <span>
              <span className="quiet">{t.detail.value}:</span> <b>{criterion.value}</b>
            </span>
          )}
          {criterion.source !== "" && (
            <span>
              <span className="quiet">{t.detail.source}:</span> {criterion.source}
            </span>
          )}
          {fact !== null && (
            <button
              type="button"
              className="plain small"
              aria-label={`${criterion.state === "open" ? t.detail.ask : t.detail.fix}: ${criterion.text}`}
              onClick={() => onJump(fact)}
            >
              {criterion.state === "open" ? t.detail.ask : t.detail.fix}
            </button>
          )}
        </p>
      )}
      <Articles articles={criterion.articles} />
      {parts.length > 0 && (
        <>
          <p className="join">{criterion.join === "any" ? t.detail.any : t.detail.all}</p>
          <ul className="criteria">
            {parts.map((part) => (
              <CriterionLine
                key={part.text}
                criterion={part}
                isDecided={isDecided || criterion.state !== "open"}
                onJump={onJump}
              />
            ))}
          </ul>
        </>
      )}
    </li>
  );
}

type CriterionProps = { criterion: Criterion; isDecided: boolean; onJump: (at: FactRef) => void };

export function Articles({ articles }: { articles: readonly Article[] }) {
  if (articles.length === 0) return null;
  return <p className="articles">{articles.map((article) => article.text).join("; ")}</p>;
}

function groupWord(state: State, t: Text): string {
  switch (state) {
    case "yes":
      return t.detail.groupHolds;
    case "no":
      return t.detail.groupFails;
    case "open":
      return t.detail.groupOpen;
  }
}
