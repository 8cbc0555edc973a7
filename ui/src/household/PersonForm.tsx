//! Adds a person to the household or changes one: who they are, to whom they belong, and when they died or left.

import { type FormEvent, useRef, useState } from "react";
import { type Given, notAsked, writeAnswer } from "../answers";
import { type DateMistake, readDate, readDay } from "../dates";
import { formatDay } from "../format";
import type { CaseFile, Identity, Question, Relation, RosterPerson } from "../host";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { Failed } from "../parts/Waiting";
import { useSaveFact, useSavePerson } from "../queries";
import { DuplicateHints } from "../rosters/DuplicateHints";
import { text as scanText } from "../scan/text";
import { useSpeech, useTextOf } from "../text";
import { ChoiceAnswer, optionsOf } from "./ChoiceAnswer";
import { IdentityFields, nobody } from "./IdentityFields";
import { RemoveForm } from "./RemoveForm";
import { useWork } from "./work";

export function PersonForm({ file, person, onClose, onAdded, onRemoved }: PersonFormProps) {
  const { t, language } = useSpeech();
  const scan = useTextOf(scanText);
  const { month } = useWork();
  const save = useSavePerson(language);
  const saveFact = useSaveFact(file.household);
  const [name, setName] = useState(person?.name ?? "");
  const [relation, setRelation] = useState<Relation>(person?.relation ?? "child");
  const [parents, setParents] = useState<string[]>(person?.parents ?? []);
  const [partner, setPartner] = useState(person?.partner ?? "");
  const [diedOn, setDiedOn] = useState(person?.died_on ? formatDay(person.died_on) : "");
  const [identity, setIdentity] = useState<Identity>(person?.identity ?? nobody);
  const [awaySince, setAwaySince] = useState(
    person?.identity.away_since ? formatDay(person.identity.away_since) : "",
  );
  const [dates, setDates] = useState<Record<string, string>>({});
  const [choices, setChoices] = useState<Record<string, Given>>({});
  const [checked, setChecked] = useState(false);
  const [removing, setRemoving] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const adding = person === null;
  const isHead = person?.relation === "head";
  const basics = adding ? (file.persons[0]?.basics ?? []) : [];
  const others = file.persons.filter((each) => each.person !== person?.person);
  const relations = (Object.keys(t.relations) as Relation[]).filter((each) => isHead || each !== "head");

  const typedBirth = readDate(dates.birth_date ?? "");
  const knownBirth = person?.basics.find((each) => each.fact === "birth_date")?.answer?.raw ?? null;
  const birthDate = adding ? (typedBirth.ok ? typedBirth.answer : null) : knownBirth;
  const died = diedOn.trim() === "" ? null : readDay(diedOn);
  const away = !identity.is_away || awaySince.trim() === "" ? null : readDay(awaySince);
  const mistakes: Record<string, DateMistake | "required" | "id_number" | undefined> = {
    name: name.trim() === "" ? "required" : undefined,
    died: died !== null && !died.ok ? died.mistake : undefined,
    id_number: /^(\d{12})?$/.test(identity.id_number.replace(/[\s.]/g, "")) ? undefined : "id_number",
    away: away !== null && !away.ok ? away.mistake : undefined,
  };
  for (const basic of basics) {
    const text = dates[basic.fact]?.trim() ?? "";
    const read = readDate(text);
    if (text !== "" && !read.ok) mistakes[basic.fact] = read.mistake;
  }
  const sentence = (field: string): string | undefined => {
    const mistake = mistakes[field];
    if (!checked || mistake === undefined) return undefined;
    if (mistake === "id_number") return scan.wrongNumber;
    return mistake === "required" ? t.required : t.mistakes[mistake];
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const wrong = Object.keys(mistakes).find((field) => mistakes[field] !== undefined);
    if (wrong !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
      return;
    }
    if (save.isPending) return;
    const saved = await save
      .mutateAsync({
        household: file.household,
        person: person?.person ?? null,
        name: name.normalize("NFC").trim(),
        relation,
        parents: adding ? null : parents,
        partner: adding || partner === "" ? null : partner,
        died_on: died?.ok ? died.day : null,
        identity: { ...identity, away_since: away?.ok ? away.day : null },
      })
      .catch(() => null);
    if (!saved) return;
    if (!adding) {
      onClose();
      return;
    }
    const known = new Set(file.persons.map((each) => each.person));
    const added = saved.persons.find((each) => !known.has(each.person));
    if (!added) return onClose();
    for (const basic of basics) {
      const answer = writeAnswer(givenOf(basic, dates, choices));
      if (answer === null) continue;
      const { household } = file;
      // A basic that could not be saved is simply still open in the interview.
      await saveFact
        .mutateAsync({ household, person: added.person, fact: basic.fact, answer, month, language })
        .catch(() => null);
    }
    onAdded(added.person);
  }

  if (removing && person) {
    return (
      <RemoveForm
        household={file.household}
        person={person}
        onClose={() => setRemoving(false)}
        onRemoved={(reason) => onRemoved(person, reason)}
      />
    );
  }

  return (
    <Dialog title={adding ? t.roster.addTitle : t.roster.changeTitle} onClose={onClose}>
      <form ref={form} onSubmit={submit} noValidate className="person-form">
        <div className="columns">
          <Field label={t.roster.name} error={sentence("name")}>
            {(wiring) => (
              <input
                {...wiring}
                name="name"
                autoComplete="off"
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t.roster.relation}>
            {(wiring) => (
              <select
                {...wiring}
                value={relation}
                disabled={isHead}
                onChange={(event) => setRelation(event.target.value as Relation)}
              >
                {relations.map((each) => (
                  <option key={each} value={each}>
                    {t.relations[each]}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        {basics.map((basic) =>
          basic.kind.kind === "date" ? (
            <Field
              key={basic.fact}
              label={basic.title}
              hint={`${t.interview.dateHint}. ${t.roster.later}`}
              error={sentence(basic.fact)}
            >
              {(wiring) => (
                <input
                  {...wiring}
                  name={basic.fact}
                  autoComplete="off"
                  value={dates[basic.fact] ?? ""}
                  onChange={(event) => setDates({ ...dates, [basic.fact]: event.target.value })}
                />
              )}
            </Field>
          ) : (
            <fieldset key={basic.fact}>
              <legend>{basic.title}</legend>
              <ChoiceAnswer
                name={`new-${basic.fact}`}
                options={optionsOf(basic, t)}
                given={choices[basic.fact] ?? notAsked}
                onChoose={(given) => setChoices({ ...choices, [basic.fact]: given })}
              />
            </fieldset>
          ),
        )}
        {!adding && others.length > 0 && (
          <>
            <fieldset>
              <legend>{t.roster.parents}</legend>
              {others.map((each) => (
                <label key={each.person} className="tick">
                  <input
                    type="checkbox"
                    checked={parents.includes(each.person)}
                    onChange={(event) =>
                      setParents(
                        event.target.checked
                          ? [...parents, each.person]
                          : parents.filter((parent) => parent !== each.person),
                      )
                    }
                  />
                  {each.name}
                </label>
              ))}
            </fieldset>
            <Field label={t.roster.partner}>
              {(wiring) => (
                <select {...wiring} value={partner} onChange={(event) => setPartner(event.target.value)}>
                  <option value="">{t.roster.nobody}</option>
                  {others.map((each) => (
                    <option key={each.person} value={each.person}>
                      {each.name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </>
        )}
        {!adding && (
          <Field label={t.roster.diedOn} hint={t.roster.diedHint} error={sentence("died")}>
            {(wiring) => (
              <input
                {...wiring}
                name="died"
                autoComplete="off"
                value={diedOn}
                onChange={(event) => setDiedOn(event.target.value)}
              />
            )}
          </Field>
        )}
        <DuplicateHints
          of={person ? { household: file.household, person: person.person } : null}
          name={name}
          birthDate={birthDate}
          idNumber={identity.id_number}
          hamlet={file.hamlet}
          onMerged={onClose}
        />
        <IdentityFields
          identity={identity}
          onChange={setIdentity}
          awaySince={awaySince}
          onAwaySince={setAwaySince}
          sentence={sentence}
        />
        {save.error && <Failed title={t.interview.notSaved} error={save.error} />}
        <div className="actions">
          <button type="submit" className="main-action">
            {save.isPending ? t.roster.saving : adding ? t.roster.addAction : t.roster.save}
          </button>
          <button type="button" onClick={onClose}>
            {t.cancel}
          </button>
          {person && !isHead && (
            <button type="button" className="danger" onClick={() => setRemoving(true)}>
              {t.roster.remove}…
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

type PersonFormProps = {
  file: CaseFile;
  person: RosterPerson | null;
  onClose: () => void;
  onAdded: (person: string) => void;
  onRemoved: (person: RosterPerson, reason: string) => void;
};

function givenOf(basic: Question, dates: Record<string, string>, choices: Record<string, Given>): Given {
  if (basic.kind.kind !== "date") return choices[basic.fact] ?? notAsked;
  const read = readDate(dates[basic.fact] ?? "");
  return read.ok ? { is: "value", value: read.answer, proof: null } : notAsked;
}
