//! Notes one step of a dossier: the day, and what belongs to it.

import { type FormEvent, useState } from "react";
import { readDate, readDay } from "../dates";
import { formatDay, formatMonth, formatNumber, readNumber } from "../format";
import type { Dossier, DossierStep } from "../host";
import { useWork } from "../household/work";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { Failed } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { useStepDossier } from "./queries";
import { text } from "./text";

export function StepForm({ dossier, step, onClose }: StepFormProps) {
  const t = useTextOf(text);
  const { t: common, language } = useSpeech();
  const { today } = useWork();
  const keep = useStepDossier();
  const isGrant = step === "grant";
  const needsReason = step === "return" || step === "refuse" || step === "withdraw";
  const [on, setOn] = useState(formatDay(today));
  const [reason, setReason] = useState("");
  const [amount, setAmount] = useState(
    isGrant && dossier.amount !== null ? formatNumber(String(dossier.amount), language) : "",
  );
  const [from, setFrom] = useState(isGrant ? formatMonth(today.slice(0, 7)) : "");
  const [checked, setChecked] = useState(false);

  const day = readDay(on);
  const month = readDate(from);
  const dong = readNumber(amount, language);
  const errors = {
    on: !day.ok
      ? t.onWrong
      : day.day > today
        ? t.onLater
        : dossier.not_before !== null && day.day < dossier.not_before
          ? t.onBefore(formatDay(dossier.not_before))
          : undefined,
    reason: needsReason && reason.trim() === "" ? common.required : undefined,
    amount: amount.trim() !== "" && !/^\d{1,15}$/.test(dong ?? "") ? t.amountWrong : undefined,
    from:
      from.trim() !== "" && !(month.ok && typeof month.answer === "string" && month.answer.length === 7)
        ? t.fromWrong
        : undefined,
  };

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (!day.ok || Object.values(errors).some(Boolean) || keep.isPending) return;
    const after = await keep
      .mutateAsync({
        dossier: dossier.line.dossier,
        step,
        on: day.day,
        reason: reason.normalize("NFC").trim(),
        amount: amount.trim() === "" ? null : Number(dong),
        from: from.trim() === "" || !month.ok ? null : (month.answer as string),
        language,
      })
      .catch(() => null);
    if (after) onClose(after);
  }

  const shown = (error: string | undefined) => (checked ? error : undefined);
  return (
    <Dialog title={t.stepTitle(t.step[step])} onClose={() => onClose(null)}>
      <form onSubmit={submit} noValidate className="step-form">
        <Field label={t.on} hint={t.onHint} error={shown(errors.on)}>
          {(wiring) => (
            <input
              {...wiring}
              inputMode="numeric"
              autoComplete="off"
              value={on}
              onChange={(event) => setOn(event.target.value)}
              onFocus={(event) => event.target.select()}
            />
          )}
        </Field>
        {isGrant && (
          <>
            <Field label={t.amount} hint={t.amountHint} error={shown(errors.amount)}>
              {(wiring) => (
                <input
                  {...wiring}
                  inputMode="numeric"
                  autoComplete="off"
                  value={amount}
                  onChange={(event) => setAmount(event.target.value)}
                />
              )}
            </Field>
            <Field label={t.from} hint={t.fromHint} error={shown(errors.from)}>
              {(wiring) => (
                <input
                  {...wiring}
                  inputMode="numeric"
                  autoComplete="off"
                  value={from}
                  onChange={(event) => setFrom(event.target.value)}
                />
              )}
            </Field>
          </>
        )}
        <Field
          label={needsReason ? t.reason : t.note}
          hint={needsReason ? t.reasonHint : undefined}
          error={shown(errors.reason)}
        >
          {(wiring) => (
            <textarea
              {...wiring}
              rows={2}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {keep.error && <Failed title={t.notKept} error={keep.error} />}
        <div className="actions">
          <button type="submit" className="main-action" aria-disabled={keep.isPending}>
            {keep.isPending ? t.keeping : t.keep}
          </button>
          <button type="button" onClick={() => onClose(null)}>
            {common.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type StepFormProps = { dossier: Dossier; step: DossierStep; onClose: (kept: Dossier | null) => void };
