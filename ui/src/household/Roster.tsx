//! Who lives in the household, who is being asked, and how much is still open for each.

import { memo, useRef, useState } from "react";
import { readAnswer } from "../answers";
import { writeDate } from "../dates";
import { formatDay } from "../format";
import type { CaseFile, Question, RosterPerson } from "../host";
import { CardIcon, HomeIcon, MoveIcon, PenIcon, PlusIcon } from "../parts/icons";
import { stepThrough } from "../parts/keys";
import { Failed } from "../parts/Waiting";
import { useRestorePerson } from "../queries";
import { Acts } from "../rosters/Acts";
import { MoveForm } from "../rosters/MoveForm";
import { text as moveText } from "../rosters/text";
import { go } from "../route";
import { text as scanText } from "../scan/text";
import { type Text, useSpeech, useText, useTextOf } from "../text";
import { isUncertain, questionsOf } from "./arrange";
import { PersonForm } from "./PersonForm";

type Doing =
  | { is: "nothing" }
  | { is: "moving" }
  | { is: "adding" }
  | { is: "changing"; person: RosterPerson };

export const Roster = memo(function Roster({ file, questions, subject, onChoose, nOpen }: RosterProps) {
  const { t, language } = useSpeech();
  const scan = useTextOf(scanText);
  const moves = useTextOf(moveText);
  const [doing, setDoing] = useState<Doing>({ is: "nothing" });
  const [removed, setRemoved] = useState<{ person: string; name: string; reason: string } | null>(null);
  const restore = useRestorePerson(language);
  const list = useRef<HTMLUListElement>(null);
  const uncertain = (person: string | null) => questionsOf(questions, person).some(isUncertain);

  return (
    <div className="roster">
      <h2>{t.roster.title}</h2>
      <ul ref={list} onKeyDown={(event) => stepThrough(list.current, ".roster-person", event)}>
        {file.persons.map((person) => (
          <li key={person.person} className={subject === person.person ? "chosen" : undefined}>
            <button
              type="button"
              className="roster-person"
              aria-current={subject === person.person ? "true" : undefined}
              onClick={() => onChoose(person.person)}
            >
              <b>{person.name}</b>
              <OpenCount count={nOpen(person.person)} isUncertain={uncertain(person.person)} />
              <span className="quiet">
                {t.relations[person.relation]} · {basicsOf(person, questions, t)}
              </span>
              {person.identity.is_away && (
                <span className="quiet">
                  {person.identity.away_since === null
                    ? scan.away
                    : scan.awayFrom(formatDay(person.identity.away_since))}
                </span>
              )}
              {person.died_on !== null && (
                <span className="died">{t.roster.died(formatDay(person.died_on))}</span>
              )}
            </button>
            <button
              type="button"
              className="icon-only plain"
              aria-label={t.roster.change(person.name)}
              title={t.roster.change(person.name)}
              onClick={() => setDoing({ is: "changing", person })}
            >
              <PenIcon />
            </button>
          </li>
        ))}
        <li className={subject === null ? "chosen whole" : "whole"}>
          <button
            type="button"
            className="roster-person"
            aria-current={subject === null ? "true" : undefined}
            onClick={() => onChoose(null)}
          >
            <b>
              <HomeIcon />
              {t.roster.whole}
            </b>
            <OpenCount count={nOpen(null)} isUncertain={uncertain(null)} />
            <span className="quiet">{t.roster.wholeHint}</span>
          </button>
        </li>
      </ul>
      <button type="button" onClick={() => setDoing({ is: "adding" })}>
        <PlusIcon />
        {t.roster.add}
      </button>
      <button type="button" onClick={() => go({ at: "page", page: "scan", rest: [file.household] })}>
        <CardIcon />
        {scan.scanInto}
      </button>
      <button type="button" onClick={() => setDoing({ is: "moving" })}>
        <MoveIcon />
        {moves.change}
      </button>
      <Acts file={file} />
      {removed && (
        <div className="removed" role="status">
          <p>{t.roster.removed(removed.name)}</p>
          <button
            type="button"
            className="small"
            onClick={async () => {
              const { person, reason } = removed;
              const back = await restore
                .mutateAsync({ household: file.household, person, reason })
                .catch(() => null);
              if (back) setRemoved(null);
            }}
          >
            {t.roster.undo}
          </button>
          {restore.error && <Failed title={t.roster.undo} error={restore.error} />}
        </div>
      )}
      {doing.is === "moving" && <MoveForm file={file} onClose={() => setDoing({ is: "nothing" })} />}
      {(doing.is === "adding" || doing.is === "changing") && (
        <PersonForm
          file={file}
          person={doing.is === "changing" ? doing.person : null}
          onClose={() => setDoing({ is: "nothing" })}
          onAdded={(person) => {
            setDoing({ is: "nothing" });
            onChoose(person);
          }}
          onRemoved={(person, reason) => {
            setDoing({ is: "nothing" });
            setRemoved({ person: person.person, name: person.name, reason });
          }}
        />
      )}
    </div>
  );
});

type RosterProps = {
  file: CaseFile;
  questions: readonly Question[];
  subject: string | null;
  onChoose: (person: string | null) => void;
  nOpen: (person: string | null) => number;
};

function OpenCount({ count, isUncertain }: { count: number; isUncertain: boolean }) {
  const t = useText();
  if (count > 0) return <span className="open-count">{t.roster.openCount(count)}</span>;
  if (isUncertain) return <span className="open-count">{t.roster.uncertain}</span>;
  return <span className="open-count none">{t.roster.noneOpen}</span>;
}

/** The roster line of a person: "12/03/1951 · Nam", as recorded, in the language of the screen. */
function basicsOf(person: RosterPerson, questions: readonly Question[], t: Text): string {
  const shown = person.basics.map((basic) => {
    const newest =
      questions.find((each) => each.person === person.person && each.fact === basic.fact) ?? basic;
    return basicText(newest, t);
  });
  return shown.filter((text) => text !== "").join(" · ");
}

function basicText(question: Question, t: Text): string {
  const given = readAnswer(question.answer?.raw);
  if (question.kind.kind === "date") {
    const date = given.is === "value" ? writeDate(given.value, t.interview.about) : null;
    return date ?? question.answer?.text ?? t.roster.unknownBirth;
  }
  if (question.kind.kind === "choice" && given.is === "value") {
    return question.kind.choices.find((choice) => choice.value === given.value)?.label ?? "";
  }
  return question.answer?.text ?? "";
}
