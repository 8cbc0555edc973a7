//! The form by which something is signed: from which day, in which words, with which key.

import { type FormEvent, type ReactNode, useState } from "react";
import { formatDay } from "../format";
import type { OwnKeyLine } from "../host";
import { Field } from "../parts/Field";
import { useTextOf } from "../text";
import { text } from "./text";

/** What was signed with: a day as `2026-12-01`, words in both languages, a key and its password. */
export type Signing = { from: string; vi: string; en: string; key: string; password: string };

type Props = {
  keys: readonly OwnKeyLine[];
  today: string;
  labels: { vi: string; en: string; action: string };
  isPending: boolean;
  onSign: (signing: Signing) => void;
  /** What stands between the fields and the buttons, and beside the button. */
  children?: ReactNode;
  beside?: ReactNode;
};

export function SignForm({ keys, today, labels, isPending, onSign, children, beside }: Props) {
  const t = useTextOf(text);
  const [typed, setTyped] = useState(formatDay(today));
  const [vi, setVi] = useState("");
  const [en, setEn] = useState("");
  const [chosen, setKey] = useState<string | null>(null);
  const [password, setPassword] = useState("");
  const [isSent, setSent] = useState(false);
  const key = chosen ?? keys.at(-1)?.key ?? "";
  const day = isoOf(typed);
  const missing = (value: string) => (isSent && value.trim() === "" ? t.needed : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (isPending || day === null || vi.trim() === "" || key === "" || password === "") return;
    onSign({ from: day, vi, en, key, password });
  };
  return (
    <form onSubmit={submit}>
      <Field label={t.effectiveFrom} hint={t.dayHint} error={isSent && day === null ? t.dayWrong : undefined}>
        {(wiring) => (
          <input
            {...wiring}
            inputMode="numeric"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <Field label={labels.vi} error={missing(vi)}>
        {(wiring) => <input {...wiring} value={vi} onChange={(event) => setVi(event.target.value)} />}
      </Field>
      <Field label={labels.en}>
        {(wiring) => <input {...wiring} value={en} onChange={(event) => setEn(event.target.value)} />}
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
      {children}
      <div className="actions">
        <button type="submit" className="main-action" disabled={isPending || keys.length === 0}>
          {isPending ? t.working : labels.action}
        </button>
        {beside}
      </div>
    </form>
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
