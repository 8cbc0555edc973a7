//! The questions of one person or of the household: what is still open first, what was answered below it, both always
//! changeable.

import { type RefObject, useCallback, useEffect, useRef, useState } from "react";
import { type DraftAction, draftOf } from "../drafts";
import { type FactKey, keyOf, placeOf } from "../facts";
import { formatTime } from "../format";
import type { CaseFile, Question } from "../host";
import { Announcer } from "../parts/Announcer";
import { PenIcon, RightIcon, StateIcon } from "../parts/icons";
import { focusOn } from "../parts/keys";
import { useText } from "../text";
import { useAnswering } from "./answering";
import { isOpen, isUncertain, keepOrder, openAtFirst, questionsOf } from "./arrange";
import { QuestionCard } from "./QuestionCard";
import { useWork } from "./work";

/** Where the focus should go: the first open question, or one fact. */
export type Target = { at: "first"; nonce: number } | { at: "fact"; key: FactKey; nonce: number };

export function Interview({
  file,
  questions,
  total,
  subject,
  target,
  reached,
  onChoose,
  nOpen,
  onFinish,
}: InterviewProps) {
  const t = useText();
  const { today, drafts, draft, saving } = useWork();
  const save = useAnswering(file.household);
  const own = withBasics(questionsOf(questions, subject), file, subject);
  const held = useRef<FactKey | null>(null);
  const [standing, setStanding] = useState(() => openAtFirst(own));
  const [opened, setOpened] = useState<readonly FactKey[]>([]);
  const [missing, setMissing] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);

  const order = keepOrder(standing, own, held.current);
  if (order.join("\n") !== standing.join("\n")) setStanding(order);
  const byKey = new Map(own.map((question) => [keyOf(question), question]));
  const asked = order.flatMap((key) => byKey.get(key) ?? []);
  const others = own.filter((question) => !order.includes(keyOf(question)));
  const answered = others.filter((question) => question.answer !== null);
  const unneeded = others.filter((question) => question.answer === null);
  const next = nextSubject(file, subject, nOpen);
  const mine = drafts[file.household] ?? {};

  const wanted = target.at === "fact" ? target.key : null;
  const known = wanted !== null && byKey.has(wanted);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a target is gone to once, when it is set
  useEffect(() => {
    if (reached.current === target.nonce) return;
    reached.current = target.nonce;
    setMissing(wanted !== null && !known);
    if (wanted !== null && known) setOpened((before) => [...before, wanted]);
    const place =
      wanted === null || !known ? pane.current?.querySelector("[data-question]") : byPlace(wanted, own);
    if (!place || !focusOn(firstControl(place))) focusOn(heading.current);
    place?.scrollIntoView?.({ block: "nearest" });
  }, [target.nonce, wanted]);

  const tell = useCallback(
    (action: DraftAction) => draft({ household: file.household, action }),
    [file.household, draft],
  );
  const onHold = useCallback((key: FactKey) => {
    held.current = key;
  }, []);
  const onNext = useCallback(
    (key: FactKey) => {
      const cards = [...(pane.current?.querySelectorAll<HTMLElement>("[data-question]") ?? [])];
      const here = cards.findIndex((card) => card.dataset.question === key);
      const after = cards[here + 1];
      const control = after ? firstControl(after) : pane.current?.querySelector(".next-subject");
      if (!control) return onFinish();
      focusOn(control);
      after?.scrollIntoView?.({ block: "nearest" });
    },
    [onFinish],
  );

  function card(question: Question) {
    const key = keyOf(question);
    return (
      <QuestionCard
        key={key}
        question={question}
        draft={draftOf(mine, key)}
        today={today}
        tell={tell}
        onSave={save}
        onNext={onNext}
        onHold={onHold}
      />
    );
  }

  function list(title: string, listed: readonly Question[]) {
    if (listed.length === 0) return null;
    return (
      <section className="answered">
        <h3>{title}</h3>
        <ul>
          {listed.map((question) => (
            <li key={keyOf(question)}>
              {opened.includes(keyOf(question)) || wanted === keyOf(question) ? (
                card(question)
              ) : (
                <AnsweredRow question={question} onEdit={() => edit(question)} />
              )}
            </li>
          ))}
        </ul>
      </section>
    );
  }

  function edit(question: Question) {
    setOpened([...opened, keyOf(question)]);
    setTimeout(() => {
      const place = document.getElementById(placeOf(question));
      if (place) focusOn(firstControl(place));
    }, 0);
  }

  const who = file.persons.find((person) => person.person === subject)?.name;
  const n_open = asked.filter(isOpen).length;
  const uncertain = own.filter(isUncertain).map((question) => question.title);
  const n_uncertain = uncertain.length;
  return (
    <div className="interview" ref={pane}>
      <div className="interview-head">
        <h2 ref={heading} tabIndex={-1}>
          {who === undefined ? t.interview.ofHousehold : t.interview.of(who)}
        </h2>
        <p className="hint">{t.interview.keys}</p>
      </div>
      {missing && (
        <p className="notice" role="status">
          {t.interview.notHere}
        </p>
      )}
      {asked.map(card)}
      {n_open === 0 && (
        <div className="nothing-open">
          <p>
            <StateIcon state="yes" />
            {next !== null || n_uncertain > 0 ? t.interview.nothingOpen : t.interview.allDone}
          </p>
          {n_uncertain > 0 && <p>{t.interview.toFindOut(uncertain.join(", "))}</p>}
          {next !== null && <p className="quiet">{t.interview.nothingOpenHint}</p>}
        </div>
      )}
      {next !== null && (
        <button type="button" className="next-subject" onClick={() => onChoose(next.person)}>
          {t.interview.next(next.name ?? t.roster.whole.toLocaleLowerCase(), next.count)}
          <RightIcon />
        </button>
      )}
      {list(`${t.interview.answered} (${answered.length})`, answered)}
      {list(t.interview.notNeeded, unneeded)}
      <Announcer text={saving.is === "saved" ? t.interview.announce(formatTime(saving.at), total) : ""} />
    </div>
  );
}

type InterviewProps = {
  file: CaseFile;
  questions: readonly Question[];
  /** The monthly total in words, said aloud after each answer. */
  total: string;
  subject: string | null;
  target: Target;
  /** The last target gone to: coming back from a programme does not go there again. */
  reached: RefObject<number>;
  onChoose: (person: string | null) => void;
  nOpen: (person: string | null) => number;
  /** Enter after the very last question. */
  onFinish: () => void;
};

function AnsweredRow({ question, onEdit }: { question: Question; onEdit: () => void }) {
  const t = useText();
  return (
    <div className="answered-row">
      <span className="answered-title">{question.title}</span>
      <span className={question.answer?.unsure ? "answered-text unsure" : "answered-text"}>
        {question.answer?.unsure && <StateIcon state="open" />}
        <span>
          {question.answer?.text ?? <span className="quiet">{t.interview.notAsked}</span>}
          {question.answer && <span className="answered-source">{question.answer.source}</span>}
        </span>
      </span>
      <button
        type="button"
        className="plain small"
        aria-label={t.interview.editOf(question.title)}
        onClick={onEdit}
      >
        <PenIcon />
        {t.interview.edit}
      </button>
    </div>
  );
}

/** The roster's own facts can always be looked at and changed, whether they matter now or not. */
function withBasics(questions: Question[], file: CaseFile, subject: string | null): Question[] {
  const basics = file.persons.find((person) => person.person === subject)?.basics ?? [];
  const asked = new Set(questions.map((question) => question.fact));
  const basic = new Set(basics.map((question) => question.fact));
  const first = questions.filter((question) => basic.has(question.fact));
  const rest = questions.filter((question) => !basic.has(question.fact));
  return [...first, ...basics.filter((question) => !asked.has(question.fact)), ...rest];
}

function nextSubject(file: CaseFile, subject: string | null, nOpen: (person: string | null) => number) {
  const ring = [...file.persons.map(({ person, name }) => ({ person, name })), { person: null, name: null }];
  const here = ring.findIndex((each) => each.person === subject);
  const ahead = [...ring.slice(here + 1), ...ring.slice(0, here)];
  const found = ahead.find((each) => nOpen(each.person) > 0);
  return found ? { ...found, count: nOpen(found.person) } : null;
}

function byPlace(key: FactKey, questions: readonly Question[]): HTMLElement | null {
  const question = questions.find((each) => keyOf(each) === key);
  return question ? document.getElementById(placeOf(question)) : null;
}

function firstControl(place: Element): HTMLElement | null {
  return (
    place.querySelector<HTMLElement>("input:checked") ??
    place.querySelector<HTMLElement>("input:not([type=hidden]), select, button")
  );
}
