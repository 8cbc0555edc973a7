//! The first run: which commune this is and who works with it. Ends with the recovery key.

import { type FormEvent, useEffect, useReducer, useRef } from "react";
import type { NewUser, ProvinceChoice, SetUpRequest } from "../host";
import { Field } from "../parts/Field";
import { WarnIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { useProvinces, useSetUp } from "../queries";
import { type Text, useSpeech } from "../text";
import { isLongEnough } from "./password";

const fields = [
  "province",
  "commune",
  "hamlets",
  "supervisorName",
  "supervisorUser",
  "supervisorPassword",
  "officerName",
  "officerUser",
  "officerPassword",
] as const;

type FieldName = (typeof fields)[number];
type Entry = { values: Record<FieldName, string>; checked: boolean };
type EntryAction = { do: "type"; field: FieldName; text: string } | { do: "check" };

const empty = Object.fromEntries(fields.map((field) => [field, ""])) as Record<FieldName, string>;

export function reduceEntry(entry: Entry, action: EntryAction): Entry {
  return action.do === "check"
    ? { ...entry, checked: true }
    : { ...entry, values: { ...entry.values, [action.field]: action.text } };
}

export function SetUp({ onDone }: { onDone: (recoveryKey: string) => void }) {
  const { t, language } = useSpeech();
  const setUp = useSetUp();
  const provinces = useProvinces(language);
  const [entry, tell] = useReducer(reduceEntry, { values: empty, checked: false });
  const form = useRef<HTMLFormElement>(null);
  const mistakes = entry.checked ? mistakesOf(entry.values, t) : {};
  const count = Object.keys(mistakes).length;
  useEffect(() => form.current?.querySelector("select")?.focus(), []);

  const all = [...(provinces.data ?? [])].sort((a, b) => a.name.localeCompare(b.name, language));
  const chosen = all.find((province) => province.code === entry.values.province);

  async function submit(event: FormEvent) {
    event.preventDefault();
    tell({ do: "check" });
    const found = fields.find((field) => mistakesOf(entry.values, t)[field]);
    if (found) {
      form.current?.querySelector<HTMLElement>(`[name=${found}]`)?.focus();
      return;
    }
    if (setUp.isPending) return;
    const done = await setUp.mutateAsync(requestOf(entry.values)).catch(() => null);
    if (done) onDone(done.recovery_key);
  }

  function text(field: FieldName, label: string, hint?: string, secret = false) {
    return (
      <Field label={label} hint={hint} error={mistakes[field]}>
        {(wiring) => (
          <input
            {...wiring}
            name={field}
            type={secret ? "password" : "text"}
            autoComplete={secret ? "new-password" : "off"}
            value={entry.values[field]}
            onChange={(event) => tell({ do: "type", field, text: event.target.value })}
          />
        )}
      </Field>
    );
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="set-up">
      <h1>{t.gate.setUp}</h1>
      <p className="lead">{t.gate.setUpHint}</p>
      <fieldset>
        <legend>{t.gate.place}</legend>
        <div className="columns">
          <Field label={t.gate.province} hint={chosen && provinceHint(chosen, t)} error={mistakes.province}>
            {(wiring) => (
              <select
                {...wiring}
                name="province"
                value={entry.values.province}
                onChange={(event) => tell({ do: "type", field: "province", text: event.target.value })}
              >
                <option value="">{t.gate.chooseProvince}</option>
                {all.map((province) => (
                  <option key={province.code} value={province.code}>
                    {province.name}
                    {othersOf(province).length > 0 && ` (${t.gate.withFormer(othersOf(province))})`}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {text("commune", t.gate.commune)}
        </div>
        <Field label={t.gate.hamlets} hint={t.gate.hamletsHint} error={mistakes.hamlets}>
          {(wiring) => (
            <textarea
              {...wiring}
              name="hamlets"
              rows={3}
              value={entry.values.hamlets}
              onChange={(event) => tell({ do: "type", field: "hamlets", text: event.target.value })}
            />
          )}
        </Field>
      </fieldset>
      <div className="columns">
        <fieldset>
          <legend>{t.gate.supervisor}</legend>
          <p className="hint">{t.gate.supervisorHint}</p>
          {text("supervisorName", t.gate.fullName)}
          {text("supervisorUser", t.gate.user, t.gate.userHint)}
          {text("supervisorPassword", t.gate.password, t.gate.passwordHint, true)}
        </fieldset>
        <fieldset>
          <legend>{t.gate.officer}</legend>
          <p className="hint">{t.gate.officerHint}</p>
          {text("officerName", t.gate.fullName)}
          {text("officerUser", t.gate.user, t.gate.userHint)}
          {text("officerPassword", t.gate.password, t.gate.passwordHint, true)}
        </fieldset>
      </div>
      {count > 0 && (
        <p className="error" role="alert">
          <WarnIcon />
          {t.gate.checkForm(count)}
        </p>
      )}
      {provinces.error && <Failed title={t.gate.province} error={provinces.error} />}
      {setUp.error && <Failed title={t.gate.setUp} error={setUp.error} />}
      <button type="submit" className="main-action" aria-disabled={setUp.isPending}>
        {setUp.isPending ? t.gate.creating : t.gate.create}
      </button>
    </form>
  );
}

/** The old provinces that became part of one of another name. */
function othersOf(province: ProvinceChoice): string[] {
  return province.before.filter((name) => name !== province.name);
}

function provinceHint(province: ProvinceChoice, t: Text): string {
  return province.has_rules ? t.gate.ownRules : t.gate.noOwnRules;
}

function mistakesOf(values: Record<FieldName, string>, t: Text): Partial<Record<FieldName, string>> {
  const mistakes: Partial<Record<FieldName, string>> = {};
  for (const field of fields) {
    if (values[field].trim() === "") mistakes[field] = t.required;
  }
  for (const field of ["supervisorPassword", "officerPassword"] as const) {
    if (!isLongEnough(values[field])) mistakes[field] = t.failures.password_too_short({});
  }
  const [first, second] = [values.supervisorUser.trim(), values.officerUser.trim()];
  if (first !== "" && first.toLowerCase() === second.toLowerCase()) mistakes.officerUser = t.gate.sameUser;
  return mistakes;
}

function requestOf(values: Record<FieldName, string>): SetUpRequest {
  const tidy = (field: FieldName) => values[field].normalize("NFC").trim();
  const supervisor: NewUser = {
    user: tidy("supervisorUser"),
    name: tidy("supervisorName"),
    password: values.supervisorPassword,
  };
  const officer: NewUser = {
    user: tidy("officerUser"),
    name: tidy("officerName"),
    password: values.officerPassword,
  };
  const hamlets = tidy("hamlets")
    .split(/\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return { province: tidy("province"), commune: tidy("commune"), hamlets, supervisor, officer };
}
