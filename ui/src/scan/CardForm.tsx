//! What a card says, field beside field with what is recorded: each is accepted by itself, and what differs from the record
//! is never ticked beforehand.

import { type FormEvent, useEffect, useRef, useState } from "react";
import { readDate } from "../dates";
import { formatDay } from "../format";
import type { CardField, CardMatch, CardReading, ReadField, Relation, Session } from "../host";
import { Field } from "../parts/Field";
import { WarnIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { DuplicateHints } from "../rosters/DuplicateHints";
import { go } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useAcceptCard } from "./queries";
import { text } from "./text";

type Target = { is: "match"; match: CardMatch } | { is: "household" } | { is: "new" };
type Entry = { text: string; accept: boolean };

export function CardForm({ session, reading, household, head, onAgain }: CardFormProps) {
  const { t: all, language } = useSpeech();
  const t = useTextOf(text);
  const accept = useAcceptCard();
  const targets: Target[] = [
    ...reading.matches.map((match): Target => ({ is: "match", match })),
    ...(household === null ? [] : [{ is: "household" } as const]),
    { is: "new" },
  ];
  const [chosen, setChosen] = useState(0);
  const target = targets[chosen] ?? { is: "new" };
  const recorded = target.is === "match" ? target.match.recorded : {};
  const fields = reading.fields.filter((each) => each.field !== "extra");
  const extras = reading.fields.filter((each) => each.field === "extra" && each.text !== "");
  const [entries, setEntries] = useState(() => entriesOf(fields, recorded));
  const [hamlet, setHamlet] = useState(session.hamlets.length === 1 ? (session.hamlets[0] ?? "") : "");
  const [relation, setRelation] = useState<Relation>("child");
  const [checked, setChecked] = useState(false);
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);

  const birth = readDate(entries.birth_date?.text ?? "");
  const accepted = Object.entries(entries).filter(([, entry]) => entry.accept && entry.text.trim() !== "");
  const hasName = entries.full_name?.accept === true && entries.full_name.text.trim() !== "";
  const mistake =
    accepted.length === 0
      ? t.nothing
      : target.is !== "match" && !hasName
        ? t.needsName
        : target.is === "new" && hamlet === ""
          ? all.find.chooseHamlet
          : null;

  function choose(index: number) {
    setChosen(index);
    const next = targets[index];
    setEntries(entriesOf(fields, next?.is === "match" ? next.match.recorded : {}));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (mistake !== null || accept.isPending) return;
    const done = await accept
      .mutateAsync({
        text: reading.raw,
        accepted: Object.fromEntries(accepted.map(([field, entry]) => [field, entry.text.trim()])),
        household:
          target.is === "match" ? target.match.household : target.is === "household" ? household : null,
        person: target.is === "match" ? target.match.person : null,
        hamlet: target.is === "new" ? hamlet : null,
        relation: target.is === "household" ? relation : null,
      })
      .catch(() => null);
    if (done) go({ at: "household", household: done.household, view: { is: "interview" } });
  }

  return (
    <form className="card-form" onSubmit={submit} noValidate>
      {reading.matches.length > 0 && (
        <div className="card-found" role="status">
          <h2>{t.found(reading.matches.length)}</h2>
          <ul>
            {reading.matches.map((match) => (
              <li key={match.person}>
                <span>{t.foundLine(match.name, match.number, match.hamlet)}</span>
                <a href={`#/household/${encodeURIComponent(match.household)}`}>{t.open(match.name)}</a>
              </li>
            ))}
          </ul>
        </div>
      )}
      {reading.advice.length > 0 && (
        <div className="notice card-advice" role="alert">
          <p>
            <WarnIcon />
            <b>{t.advice}</b>
          </p>
          <ul>
            {reading.advice.map((each) => (
              <li key={each.en}>{each[language]}</li>
            ))}
          </ul>
        </div>
      )}
      <h2 ref={top} tabIndex={-1} id="card-fields">
        {t.fields}
      </h2>
      <table className="card-fields" aria-labelledby="card-fields">
        <thead>
          <tr>
            <th scope="col">{t.accept}</th>
            <th scope="col">{t.field}</th>
            <th scope="col">{t.onCard}</th>
            <th scope="col">{t.recorded}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((each) => (
            <FieldRow
              key={each.field}
              read={each}
              entry={entries[each.field] ?? { text: "", accept: false }}
              recorded={recorded[each.field]}
              onChange={(entry) => setEntries({ ...entries, [each.field]: entry })}
            />
          ))}
          {extras.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: fields without a name stand in the order of the card
            <tr key={index}>
              <td />
              <th scope="row">{t.labels.extra}</th>
              <td>{each.text}</td>
              <td className="quiet">{t.kept}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {reading.place && (
        <p className="notice">
          {reading.place.is_new
            ? t.place(reading.place.printed, reading.place.province)
            : t.placeSame(reading.place.province)}{" "}
          <span className="quiet">{t.placeHint}</span>
        </p>
      )}
      {target.is !== "match" && reading.matches.length === 0 && (
        <DuplicateHints
          of={null}
          name={entries.full_name?.text ?? ""}
          birthDate={birth.ok ? birth.answer : null}
          idNumber={entries.id_number?.text ?? ""}
          hamlet={hamlet}
        />
      )}
      <details className="card-raw">
        <summary>{t.raw}</summary>
        <pre>{reading.raw}</pre>
      </details>
      <div className="columns">
        {targets.length > 1 && (
          <fieldset>
            <legend>{t.to}</legend>
            {targets.map((each, index) => (
              <label key={each.is === "match" ? each.match.person : each.is} className="tick">
                <input
                  type="radio"
                  name="card-target"
                  checked={index === chosen}
                  onChange={() => choose(index)}
                />
                {each.is === "match"
                  ? t.toMatch(each.match.name, each.match.number)
                  : each.is === "household"
                    ? t.toHousehold(head)
                    : t.toNew}
              </label>
            ))}
          </fieldset>
        )}
        {target.is === "new" && (
          <Field label={t.hamlet} error={checked && hamlet === "" ? all.required : undefined}>
            {(wiring) => (
              <select {...wiring} value={hamlet} onChange={(event) => setHamlet(event.target.value)}>
                <option value="">{all.find.chooseHamlet}</option>
                {session.hamlets.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            )}
          </Field>
        )}
        {target.is === "household" && (
          <Field label={all.roster.relation}>
            {(wiring) => (
              <select
                {...wiring}
                value={relation}
                onChange={(event) => setRelation(event.target.value as Relation)}
              >
                {(Object.keys(all.relations) as Relation[])
                  .filter((each) => each !== "head")
                  .map((each) => (
                    <option key={each} value={each}>
                      {all.relations[each]}
                    </option>
                  ))}
              </select>
            )}
          </Field>
        )}
      </div>
      {checked && mistake !== null && (
        <p className="error" role="alert">
          <WarnIcon />
          {mistake}
        </p>
      )}
      {accept.error && <Failed title={all.interview.notSaved} error={accept.error} />}
      <div className="actions">
        <button type="submit" className="main-action">
          {accept.isPending ? t.saving : target.is === "new" ? t.saveNew : t.save}
        </button>
        <button type="button" onClick={onAgain}>
          {t.again}
        </button>
      </div>
    </form>
  );
}

function FieldRow({ read, entry, recorded, onChange }: RowProps) {
  const { language } = useSpeech();
  const t = useTextOf(text);
  const label = t.labels[read.field];
  const shown = recorded === undefined ? null : plain(read.field, recorded, t.sexes);
  const now = plain(read.field, entry.text, t.sexes);
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t.acceptOf(label)}
          checked={entry.accept}
          onChange={(event) => onChange({ ...entry, accept: event.target.checked })}
        />
      </td>
      <th scope="row">{label}</th>
      <td>
        {read.field === "sex" ? (
          <select
            aria-label={t.valueOf(label)}
            value={entry.text}
            onChange={(event) => onChange({ text: event.target.value, accept: event.target.value !== "" })}
          >
            <option value="">{t.chooseSex}</option>
            <option value="male">{t.sexes.male}</option>
            <option value="female">{t.sexes.female}</option>
          </select>
        ) : (
          <input
            aria-label={t.valueOf(label)}
            autoComplete="off"
            value={entry.text}
            onChange={(event) => onChange({ text: event.target.value, accept: true })}
          />
        )}
        {read.problem && (
          <p className="error">
            <WarnIcon />
            {read.problem[language]}
            {read.text !== "" && <span className="quiet"> “{read.text}”</span>}
          </p>
        )}
      </td>
      <td className={shown !== null && shown !== now ? "card-differs" : "quiet"}>
        {shown === null ? t.notRecorded : shown === now ? t.same : t.replaces(shown, now)}
      </td>
    </tr>
  );
}

type RowProps = {
  read: ReadField;
  entry: Entry;
  recorded: string | undefined;
  onChange: (entry: Entry) => void;
};

type CardFormProps = {
  session: Session;
  reading: CardReading;
  household: string | null;
  head: string;
  onAgain: () => void;
};

/** Ticks what is understood and stands against nothing that is recorded. */
function entriesOf(
  fields: readonly ReadField[],
  recorded: Partial<Record<CardField, string>>,
): Partial<Record<CardField, Entry>> {
  const entries: Partial<Record<CardField, Entry>> = {};
  for (const { field, value, text: onCard } of fields) {
    const before = recorded[field];
    entries[field] = {
      text: value === null ? (field === "sex" ? "" : onCard) : isDay(field) ? formatDay(value) : value,
      accept: value !== null && (before === undefined || before === value),
    };
  }
  return entries;
}

function isDay(field: CardField): boolean {
  return field === "birth_date" || field === "issued_on";
}

function plain(field: CardField, value: string, sexes: Record<string, string>): string {
  if (field === "sex") return sexes[value] ?? value;
  return isDay(field) && /^\d{4}(-\d{2}){0,2}$/.test(value) ? formatDay(value) : value;
}
