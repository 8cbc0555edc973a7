//! Asks why, before something is refused, withdrawn or trusted no longer.

import { type FormEvent, useState } from "react";
import type { CallError } from "../host";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { Failed } from "../parts/Waiting";
import { useText, useTextOf } from "../text";
import { text } from "./text";

type Props = {
  title: string;
  hint: string;
  action: string;
  decision: { isPending: boolean; error: CallError | null };
  onReason: (reason: string) => void;
  onClose: () => void;
};

export function ReasonDialog({ title, hint, action, decision, onReason, onClose }: Props) {
  const t = useTextOf(text);
  const common = useText();
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(reason.trim() === "");
    if (reason.trim() !== "") onReason(reason);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{hint}</p>
        <Field label={t.reason} error={isMissing ? t.reasonNeeded : undefined}>
          {(wiring) => (
            <input {...wiring} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
        {decision.error && <Failed title={title} error={decision.error} />}
        <div className="actions">
          <button type="submit" className="main-action" disabled={decision.isPending}>
            {decision.isPending ? t.working : action}
          </button>
          <button type="button" onClick={onClose}>
            {common.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
