//! The common changes by form: a dated value, a version, a legal text, a sentence.

import { type FormEvent, type ReactNode, useState } from "react";
import { formatDay } from "../format";
import type {
  CallError,
  DraftParameter,
  DraftProgramme,
  DraftSentence,
  EditedDraft,
  OpenDraft,
} from "../host";
import { Field } from "../parts/Field";
import { StateIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { go, toHash } from "../route";
import { useTextOf } from "../text";
import { listed } from "./match";
import { useEditDraft } from "./queries";
import { text } from "./text";

const noValue = { from: "", is: "", cite: "", until: "" };

export function ParameterPane({ draft, parameter }: { draft: string; parameter: DraftParameter }) {
  const t = useTextOf(text);
  const edit = useEditDraft(draft);
  const [form, setForm] = useState(noValue);
  const submit = () =>
    edit.mutate(
      {
        kind: "value",
        parameter: parameter.name,
        from: form.from,
        is: form.is,
        cite: listed(form.cite, /;/),
        until: form.until === "" ? null : form.until,
      },
      { onSuccess: () => setForm(noValue) },
    );
  const input = (key: keyof typeof noValue, label: string, hint?: string) => (
    <Field label={label} hint={hint}>
      {(wiring) => (
        <input
          {...wiring}
          type={key === "from" || key === "until" ? "date" : "text"}
          required={key !== "until"}
          value={form[key]}
          onChange={(event) => setForm({ ...form, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <section aria-labelledby="parameter-title">
      <PaneHead id="parameter-title" title={parameter.title} name={parameter.name}>
        <a href={toHash({ at: "page", page: "drafts", rest: [draft, "edit", "file", parameter.path] })}>
          {t.openFile} {parameter.path}
        </a>
      </PaneHead>
      <table className="draft-table">
        <caption className="unseen">{t.values}</caption>
        <thead>
          <tr>
            <th scope="col">{t.value.from}</th>
            <th scope="col">{t.value.is}</th>
            <th scope="col">{t.value.cite}</th>
            <th scope="col">{t.value.until}</th>
            <th scope="col">{t.value.state}</th>
          </tr>
        </thead>
        <tbody>
          {parameter.values.map((value) => (
            <tr key={value.from}>
              <th scope="row">{formatDay(value.from)}</th>
              <td className="number">
                {value.is} <span className="quiet">{parameter.unit}</span>
              </td>
              <td>{value.cite.join("; ")}</td>
              <td>{value.until ? formatDay(value.until) : ""}</td>
              <td>{value.in_force ? t.inForce : t.later}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <EditForm title={t.newValue} hint={t.newValueHint} submit={submit} edit={edit} action={t.save}>
        <div className="columns">
          {input("from", t.value.from)}
          {input("is", `${t.value.is} (${parameter.unit})`, t.isHint)}
          {input("cite", t.value.cite, t.citeHint)}
          {input("until", t.value.until, t.untilHint)}
        </div>
      </EditForm>
    </section>
  );
}

export function ProgrammePane({ draft, programme }: { draft: string; programme: DraftProgramme }) {
  const t = useTextOf(text);
  const edit = useEditDraft(draft);
  const [from, setFrom] = useState("");
  const file = (path: string) => ({
    at: "page" as const,
    page: "drafts",
    rest: [draft, "edit", "file", path],
  });
  const submit = () =>
    edit.mutate(
      { kind: "version", folder: programme.folder, from },
      { onSuccess: (edited) => go(file(edited.path)) },
    );
  return (
    <section aria-labelledby="programme-title">
      <PaneHead id="programme-title" title={programme.title} name={programme.id} />
      <h3>{t.versions}</h3>
      <ul className="draft-versions">
        {programme.versions.map((version) => (
          <li key={version}>
            <a href={toHash(file(`${programme.folder}/${version}.toml`))}>{formatDay(version)}</a>
          </li>
        ))}
      </ul>
      <EditForm
        title={t.newVersion}
        hint={t.newVersionHint}
        submit={submit}
        edit={edit}
        action={t.newVersionDo}
      >
        <Field label={t.value.from}>
          {(wiring) => (
            <input
              {...wiring}
              type="date"
              required
              value={from}
              onChange={(event) => setFrom(event.target.value)}
            />
          )}
        </Field>
      </EditForm>
    </section>
  );
}

const noInstrument = {
  id: "",
  instrument: "decree" as keyof (typeof text)["vi"]["instrumentKinds"],
  number: "",
  vi: "",
  en: "",
  issued: "",
  in_force: "",
  amends: "",
  replaces: "",
};

export function InstrumentForm({ draft, open }: { draft: string; open: OpenDraft }) {
  const t = useTextOf(text);
  const edit = useEditDraft(draft);
  const paths = open.files.map((file) => file.path).filter((path) => /(^|\/)instruments\//.test(path));
  const [form, setForm] = useState(noInstrument);
  const [path, setPath] = useState(paths.find((each) => each.endsWith("decrees.toml")) ?? paths[0] ?? "");
  const submit = () =>
    edit.mutate(
      {
        kind: "instrument",
        path,
        ...form,
        amends: listed(form.amends, /,/),
        replaces: listed(form.replaces, /,/),
      },
      { onSuccess: () => setForm(noInstrument) },
    );
  const words = t.instrument;
  const input = (key: Exclude<keyof typeof noInstrument, "instrument">, label: string, hint?: string) => (
    <Field label={label} hint={hint}>
      {(wiring) => (
        <input
          {...wiring}
          type={key === "issued" || key === "in_force" ? "date" : "text"}
          required={key !== "amends" && key !== "replaces"}
          value={form[key]}
          onChange={(event) => setForm({ ...form, [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <EditForm title={t.newInstrument} submit={submit} edit={edit} action={t.save}>
      <div className="columns">
        {input("id", words.id, words.idHint)}
        <Field label={words.kind}>
          {(wiring) => (
            <select
              {...wiring}
              value={form.instrument}
              onChange={(event) =>
                setForm({ ...form, instrument: event.target.value as typeof form.instrument })
              }
            >
              {Object.entries(t.instrumentKinds).map(([kind, word]) => (
                <option key={kind} value={kind}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Field>
        {input("number", words.number)}
        {input("vi", words.vi)}
        {input("en", words.en)}
        {input("issued", words.issued)}
        {input("in_force", words.inForce)}
        {input("amends", words.amends, words.idsHint)}
        {input("replaces", words.replaces, words.idsHint)}
        <Field label={words.path}>
          {(wiring) => (
            <select {...wiring} value={path} onChange={(event) => setPath(event.target.value)}>
              {paths.map((each) => (
                <option key={each} value={each}>
                  {each}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
    </EditForm>
  );
}

type SentenceFormProps = {
  draft: string;
  path: string;
  sentences: readonly DraftSentence[];
  onSaved: () => void;
};

export function SentenceForm({ draft, path, sentences, onSaved }: SentenceFormProps) {
  const t = useTextOf(text);
  const edit = useEditDraft(draft);
  const [place, setPlace] = useState(sentences[0]?.place ?? "");
  const [typed, setTyped] = useState<{ vi: string; en: string } | null>(null);
  const known = sentences.find((each) => each.place === place) ?? sentences[0];
  if (!known) return null;
  const shown = typed ?? known;
  const submit = () =>
    edit.mutate(
      { kind: "text", path, place: known.place, vi: shown.vi, en: shown.en },
      {
        onSuccess: () => {
          setTyped(null);
          onSaved();
        },
      },
    );
  return (
    <EditForm title={t.sentences} submit={submit} edit={edit} action={t.save} isInside>
      <Field label={t.sentences}>
        {(wiring) => (
          <select
            {...wiring}
            value={known.place}
            onChange={(event) => {
              setPlace(event.target.value);
              setTyped(null);
            }}
          >
            {sentences.map((each) => (
              <option key={each.place} value={each.place}>
                {each.place}
              </option>
            ))}
          </select>
        )}
      </Field>
      {(["vi", "en"] as const).map((language) => (
        <Field key={language} label={language === "vi" ? t.sentenceVi : t.sentenceEn}>
          {(wiring) => (
            <textarea
              {...wiring}
              required
              rows={2}
              value={shown[language]}
              onChange={(event) => setTyped({ vi: shown.vi, en: shown.en, [language]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </EditForm>
  );
}

function PaneHead({
  id,
  title,
  name,
  children,
}: {
  id: string;
  title: string;
  name: string;
  children?: ReactNode;
}) {
  return (
    <div className="draft-file-head">
      <h2 id={id}>{title}</h2>
      <code>{name}</code>
      {children}
    </div>
  );
}

type EditFormProps = {
  title: string;
  hint?: string;
  action: string;
  submit: () => void;
  edit: { isPending: boolean; error: CallError | null; data: EditedDraft | undefined };
  /** It stands inside something that has its title already. */
  isInside?: boolean;
  children: ReactNode;
};

function EditForm({ title, hint, action, submit, edit, isInside, children }: EditFormProps) {
  const t = useTextOf(text);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!edit.isPending) submit();
  };
  return (
    <form className={isInside ? "draft-form" : "draft-card"} onSubmit={onSubmit} aria-label={title}>
      {!isInside && <h3>{title}</h3>}
      {hint && <p className="quiet">{hint}</p>}
      {children}
      {edit.error && <Failed title={t.notDone} error={edit.error} />}
      {edit.data && !edit.error && (
        <p className="good-line" role="status">
          <StateIcon state="yes" />
          {t.saved(edit.data.path, edit.data.at)}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="main-action" aria-disabled={edit.isPending}>
          {edit.isPending ? t.saving : action}
        </button>
      </div>
    </form>
  );
}
