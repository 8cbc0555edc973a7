//! Makes a new household from a name and a hamlet; everything else is asked afterwards.

import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Session } from "../host";
import { Field } from "../parts/Field";
import { Failed } from "../parts/Waiting";
import { useCreateHousehold } from "../queries";
import { useSpeech } from "../text";

export function CreateHousehold({ session, head, onCancel, onCreated }: CreateProps) {
  const { t, language } = useSpeech();
  const create = useCreateHousehold(language);
  const [name, setName] = useState(() =>
    head.replace(/(^|\s)\p{Ll}/gu, (letter) => letter.toLocaleUpperCase("vi")),
  );
  const [hamlet, setHamlet] = useState(session.hamlets.length === 1 ? (session.hamlets[0] ?? "") : "");
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    const [first, second] = form.current?.querySelectorAll<HTMLElement>("input, select") ?? [];
    (head === "" ? first : second)?.focus();
  }, [head]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const wrong = name.trim() === "" ? "input" : hamlet === "" ? "select" : null;
    if (wrong !== null) {
      form.current?.querySelector<HTMLElement>(wrong)?.focus();
      return;
    }
    if (create.isPending) return;
    const file = await create.mutateAsync({ head: name.normalize("NFC").trim(), hamlet }).catch(() => null);
    if (file) onCreated(file.household);
  }

  return (
    <form
      ref={form}
      className="create"
      noValidate
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }
      }}
    >
      <h2>{t.find.create}</h2>
      <div className="columns">
        <Field label={t.find.headName} error={checked && name.trim() === "" ? t.required : undefined}>
          {(wiring) => (
            <input
              {...wiring}
              value={name}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t.find.hamlet} error={checked && hamlet === "" ? t.required : undefined}>
          {(wiring) => (
            <select {...wiring} value={hamlet} onChange={(event) => setHamlet(event.target.value)}>
              <option value="">{t.find.chooseHamlet}</option>
              {session.hamlets.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {create.error && <Failed title={t.find.create} error={create.error} />}
      <div className="actions">
        <button type="submit" className="main-action">
          {create.isPending ? t.find.creating : t.find.createAction}
        </button>
        <button type="button" onClick={onCancel}>
          {t.cancel} <kbd>Esc</kbd>
        </button>
      </div>
    </form>
  );
}

type CreateProps = {
  session: Session;
  head: string;
  onCancel: () => void;
  onCreated: (household: string) => void;
};
