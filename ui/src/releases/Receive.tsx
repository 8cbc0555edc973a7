//! A file comes: it is verified, what it changes is read, and it is scheduled or refused.

import { type ChangeEvent, useId, useRef, useState } from "react";
import { formatDay } from "../format";
import { StateIcon } from "../parts/icons";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { Changes } from "./Changes";
import { base64Of, useDecision, useReadRelease } from "./queries";
import { ReasonDialog } from "./ReasonDialog";
import { text } from "./text";

export function Receive({ today }: { today: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [bytes, setBytes] = useState<string | null>(null);
  const [asksWhy, setAsksWhy] = useState(false);
  const [done, setDone] = useState<string | null>(null);
  const read = useReadRelease(language);
  const schedule = useDecision<{ bytes: string }>("schedule_release", language);
  const refuse = useDecision<{ bytes: string; reason: string }>("refuse_release", language);

  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    setDone(null);
    schedule.reset();
    refuse.reset();
    if (!file) return;
    const chosen = await base64Of(file);
    setBytes(chosen);
    read.mutate(chosen);
  };
  const finish = (said: string) => {
    setDone(said);
    setBytes(null);
    setAsksWhy(false);
    read.reset();
    if (input.current) {
      input.current.value = "";
      input.current.focus();
    }
  };

  const preview = bytes === null ? undefined : read.data;
  const from = preview?.release.effective_on ?? null;
  const isNow = from !== null && from <= today;
  const name = preview ? t.number(preview.release.id, preview.release.number) : "";
  return (
    <section className="receive" aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{t.receive}</h2>
      <p className="quiet" id={`${id}-hint`}>
        {t.receiveHint}
      </p>
      <div className="field">
        <label htmlFor={`${id}-file`}>{t.file}</label>
        <input
          ref={input}
          id={`${id}-file`}
          type="file"
          aria-describedby={`${id}-hint`}
          onChange={(event) => void choose(event)}
        />
      </div>
      {read.isPending && <Loading text={t.reading} />}
      {read.isError && <Failed title={t.notAccepted} error={read.error} hint={t.staysInForce} />}
      {done !== null && (
        <p className="outcome good" role="status">
          <StateIcon state="yes" />
          {done}
        </p>
      )}
      {preview && bytes !== null && (
        <div className="preview-release">
          <h3>{name}</h3>
          <p className="good">
            <StateIcon state="yes" /> {t.verified}
          </p>
          <p>
            {from !== null && t.from(formatDay(from))}
            {preview.release.signer && (
              <>
                {" · "}
                {t.signedBy(preview.release.signer.name)}{" "}
                <span className="quiet">
                  {t.keyNumber} <code>{preview.release.signer.key}</code>
                </span>
              </>
            )}
          </p>
          {preview.release.summary && <p>{preview.release.summary}</p>}
          {preview.release.restores && (
            <p>{t.restores(preview.release.restores.number, preview.release.restores.why)}</p>
          )}
          <h4>{t.changes}</h4>
          <Changes differences={preview.differences} />
          {schedule.isError && <Failed title={t.notAccepted} error={schedule.error} hint={t.staysInForce} />}
          <div className="actions">
            <button
              type="button"
              className="main-action"
              disabled={schedule.isPending}
              onClick={() =>
                schedule.mutate({ bytes }, { onSuccess: () => finish(isNow ? t.inForceNow : t.scheduled) })
              }
            >
              {schedule.isPending ? t.working : isNow ? t.scheduleNow : t.schedule(formatDay(from ?? ""))}
            </button>
            <button type="button" onClick={() => setAsksWhy(true)}>
              {t.refuse}
            </button>
          </div>
        </div>
      )}
      {asksWhy && bytes !== null && (
        <ReasonDialog
          title={t.refuseTitle(name)}
          hint={t.refuseHint}
          action={t.refuse}
          decision={refuse}
          onReason={(reason) => refuse.mutate({ bytes, reason }, { onSuccess: () => finish(t.refused) })}
          onClose={() => setAsksWhy(false)}
        />
      )}
    </section>
  );
}
