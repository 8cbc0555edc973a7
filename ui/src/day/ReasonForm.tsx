//! Records why benefits are not received: what will be written is shown before it is.

import { type FormEvent, useState } from "react";
import type { BenefitRef, GapReason } from "../host";
import { Dialog } from "../parts/Dialog";
import { Failed } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { useCount } from "./parts";
import { usePreviewReasons, useSetReasons } from "./queries";
import { reasons, text } from "./words";

export function ReasonForm({ benefits, onClose }: ReasonFormProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const count = useCount();
  const [reason, setReason] = useState<GapReason | "">("not_told");
  const [note, setNote] = useState("");
  const preview = usePreviewReasons();
  const write = useSetReasons();
  const request = { benefits: [...benefits], reason: reason || null, note, language };
  const word = (each: GapReason | null) => (each === null ? t.noReason : t.reasons[each]);
  function look(event: FormEvent) {
    event.preventDefault();
    preview.mutate(request);
  }
  function change(say: () => void) {
    say();
    preview.reset();
  }
  return (
    <Dialog title={t.giveTitle(count(benefits.length))} onClose={() => onClose(null)}>
      <form className="reason-form" onSubmit={look}>
        <label>
          {t.reason}
          <select
            value={reason}
            onChange={(event) => change(() => setReason(event.target.value as GapReason | ""))}
          >
            {reasons.map((each) => (
              <option key={each} value={each}>
                {t.reasons[each]}
              </option>
            ))}
            <option value="">{t.takeBack}</option>
          </select>
        </label>
        <label>
          {t.note}
          <input
            value={note}
            maxLength={300}
            onChange={(event) => change(() => setNote(event.target.value))}
          />
        </label>
        {preview.error && <Failed title={t.notWritten} error={preview.error} />}
        {!preview.data && (
          <div className="actions">
            <button type="submit" className="main-action">
              {t.preview}
            </button>
            <button type="button" onClick={() => onClose(null)}>
              {t.cancel}
            </button>
          </div>
        )}
      </form>
      {preview.data && (
        <section aria-label={t.planned}>
          <p role="status">{t.planned}</p>
          <ul className="reason-plan">
            {preview.data.lines.map((line) => (
              <li key={[line.of.household, line.of.person, line.title].join(" ")}>
                <b>{line.of.person === null ? line.of.head : line.of.who}</b> – {line.title}:{" "}
                {word(line.before)} → <b>{word(line.after)}</b>
              </li>
            ))}
          </ul>
          {preview.data.n_gone > 0 && <p className="notice">{t.gone(count(preview.data.n_gone))}</p>}
          {write.error && <Failed title={t.notWritten} error={write.error} />}
          <div className="actions">
            <button
              type="button"
              className="main-action"
              // biome-ignore lint/a11y/noAutofocus: the preview answers the key press that asked for it
              autoFocus
              disabled={preview.data.lines.length === 0}
              onClick={() => {
                if (!write.isPending)
                  write.mutate(request, { onSuccess: (plan) => onClose(plan.lines.length) });
              }}
            >
              {t.write(count(preview.data.lines.length))}
            </button>
            <button type="button" onClick={() => onClose(null)}>
              {t.cancel}
            </button>
          </div>
        </section>
      )}
    </Dialog>
  );
}

type ReasonFormProps = {
  benefits: readonly BenefitRef[];
  /** With how many lines were written; none when it was left. */
  onClose: (nWritten: number | null) => void;
};
