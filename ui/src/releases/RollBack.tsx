//! Brings an earlier content back: a new set with a higher number, signed here, with its reason.

import { type FormEvent, useState } from "react";
import { formatDay } from "../format";
import type { OwnKeyLine, ReleaseLine } from "../host";
import { Dialog } from "../parts/Dialog";
import { offer } from "../parts/download";
import { Field } from "../parts/Field";
import { Saved } from "../parts/Saved";
import { Failed } from "../parts/Waiting";
import { useSpeech, useText, useTextOf } from "../text";
import { useRollBack } from "./queries";
import { text } from "./text";

type Props = { release: ReleaseLine; keys: OwnKeyLine[]; today: string; onClose: () => void };

export function RollBack({ release, keys, today, onClose }: Props) {
  const t = useTextOf(text);
  const common = useText();
  const { language } = useSpeech();
  const [typed, setTyped] = useState(formatDay(today));
  const [whyVi, setWhyVi] = useState("");
  const [whyEn, setWhyEn] = useState("");
  const [key, setKey] = useState(keys.at(-1)?.key ?? "");
  const [password, setPassword] = useState("");
  const [isSent, setSent] = useState(false);
  const rollBack = useRollBack(language);
  const day = isoOf(typed);
  const missing = (value: string) => (isSent && value.trim() === "" ? t.needed : undefined);
  const title = t.rollBackTitle(t.number(release.id, release.number));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (day === null || whyVi.trim() === "" || key === "" || password === "") return;
    rollBack.mutate(
      { digest: release.digest, from: day, why_vi: whyVi, why_en: whyEn, key, password },
      { onSuccess: (done) => offer(done.file) },
    );
  };
  if (rollBack.data) {
    return (
      <Dialog title={title} onClose={onClose}>
        <p>{t.rolledBack}</p>
        <Saved file={rollBack.data.file} />
        <div className="actions">
          <button type="button" className="main-action" onClick={onClose}>
            {common.close}
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={submit}>
        <p>{t.rollBackHint}</p>
        <Field
          label={t.effectiveFrom}
          hint={t.dayHint}
          error={isSent && day === null ? t.dayWrong : undefined}
        >
          {(wiring) => (
            <input
              {...wiring}
              inputMode="numeric"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <Field label={t.whyVi} error={missing(whyVi)}>
          {(wiring) => <input {...wiring} value={whyVi} onChange={(event) => setWhyVi(event.target.value)} />}
        </Field>
        <Field label={t.whyEn}>
          {(wiring) => <input {...wiring} value={whyEn} onChange={(event) => setWhyEn(event.target.value)} />}
        </Field>
        <Field label={t.signWith} error={keys.length === 0 ? t.needKey : undefined}>
          {(wiring) => (
            <select {...wiring} value={key} onChange={(event) => setKey(event.target.value)}>
              {keys.map((own) => (
                <option key={own.key} value={own.key}>
                  {own.name} · {own.key}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t.keyPassword} error={missing(password)}>
          {(wiring) => (
            <input
              {...wiring}
              type="password"
              autoComplete="off"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {rollBack.isError && <Failed title={title} error={rollBack.error} hint={t.staysInForce} />}
        <div className="actions">
          <button type="submit" className="main-action" disabled={rollBack.isPending || keys.length === 0}>
            {rollBack.isPending ? t.working : t.rollBackAction}
          </button>
          <button type="button" onClick={onClose}>
            {common.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** `1/12/2026` → `2026-12-01`; `null` where it is no day. */
export function isoOf(typed: string): string | null {
  const found = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(typed);
  if (!found) return null;
  const [, day = "", month = "", year = ""] = found;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : null;
}
