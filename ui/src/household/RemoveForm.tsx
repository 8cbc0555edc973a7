//! Takes a person off the household's list, with a reason; it can be undone.

import { type FormEvent, useState } from "react";
import type { RosterPerson } from "../host";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { Failed } from "../parts/Waiting";
import { useRemovePerson } from "../queries";
import { useSpeech } from "../text";

const other = "other";

export function RemoveForm({ household, person, onClose, onRemoved }: RemoveProps) {
  const { t, language } = useSpeech();
  const remove = useRemovePerson(language);
  const [choice, setChoice] = useState("");
  const [text, setText] = useState("");
  const [checked, setChecked] = useState(false);
  const reason = (choice === other ? text : choice).normalize("NFC").trim();

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (reason === "" || remove.isPending) return;
    const done = await remove.mutateAsync({ household, person: person.person, reason }).catch(() => null);
    if (done) onRemoved(reason);
  }

  return (
    <Dialog title={t.roster.removeTitle(person.name)} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p>{t.roster.removeHint}</p>
        <fieldset>
          <legend>{t.roster.reason}</legend>
          {[...t.roster.reasons, other].map((each) => (
            <label key={each} className="tick">
              <input
                type="radio"
                name="reason"
                value={each}
                checked={choice === each}
                onChange={() => setChoice(each)}
              />
              {each === other ? t.roster.otherReason : each}
            </label>
          ))}
        </fieldset>
        {choice === other && (
          <Field label={t.roster.reasonText}>
            {(wiring) => <input {...wiring} value={text} onChange={(event) => setText(event.target.value)} />}
          </Field>
        )}
        {checked && reason === "" && (
          <p className="error" role="alert">
            {t.required}
          </p>
        )}
        {remove.error && <Failed title={t.interview.notSaved} error={remove.error} />}
        <div className="actions">
          <button type="submit" className="danger">
            {t.roster.removeAction}
          </button>
          <button type="button" onClick={onClose}>
            {t.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type RemoveProps = {
  household: string;
  person: RosterPerson;
  onClose: () => void;
  onRemoved: (reason: string) => void;
};
