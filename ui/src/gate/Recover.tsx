//! A new password with the recovery key, for the day on which nobody remembers the old one. Ends signed in.

import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Status } from "../host";
import { Field } from "../parts/Field";
import { KeyIcon, LeftIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { useRecover } from "../queries";
import { useFailureText, useText } from "../text";
import { isLongEnough, remember } from "./password";
import { WhoFields } from "./Who";

export function Recover({ status, user: first, onBack }: RecoverProps) {
  const t = useText();
  const say = useFailureText();
  const recover = useRecover();
  const [user, setUser] = useState(first);
  const [key, setKey] = useState("");
  const [password, setPassword] = useState("");
  const [checked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const code = recover.error?.code;
  const keyWrong = code === "mistyped_recovery_key" || code === "wrong_recovery_key";
  const keyError =
    checked && key.trim() === ""
      ? t.required
      : keyWrong && recover.error
        ? say(recover.error).sentence
        : undefined;
  const passwordError = checked && !isLongEnough(password) ? t.failures.password_too_short({}) : undefined;

  function focusOn(field: string) {
    form.current?.querySelector<HTMLElement>(`[name=${field}]`)?.focus();
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    const wrong = key.trim() === "" ? "key" : isLongEnough(password) ? null : "password";
    if (wrong !== null) return focusOn(wrong);
    if (recover.isPending) return;
    try {
      await recover.mutateAsync({ recovery_key: key, user: user.trim(), password });
      remember(user);
    } catch {
      focusOn("key");
    }
  }

  return (
    <form ref={form} onSubmit={submit} noValidate className="sign-in">
      <h1 ref={heading} tabIndex={-1}>
        {t.gate.recover}
      </h1>
      <p className="lead">{t.gate.recoverHint}</p>
      <WhoFields status={status} user={user} onUser={setUser} />
      <Field label={t.gate.recoveryTitle} hint={t.gate.recoverKeyHint} error={keyError}>
        {(wiring) => (
          <input
            {...wiring}
            name="key"
            className="recovery-field"
            value={key}
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            onChange={(event) => setKey(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.gate.newPassword} hint={t.gate.passwordHint} error={passwordError}>
        {(wiring) => (
          <input
            {...wiring}
            name="password"
            type="password"
            value={password}
            autoComplete="new-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {recover.error && !keyWrong && <Failed title={t.gate.recover} error={recover.error} />}
      <button type="submit" className="main-action" aria-disabled={recover.isPending}>
        <KeyIcon />
        {recover.isPending ? t.gate.signingIn : t.gate.recoverAction}
      </button>
      <button type="button" className="plain" onClick={onBack}>
        <LeftIcon />
        {t.gate.backToSignIn}
      </button>
    </form>
  );
}

type RecoverProps = {
  status: Status;
  /** Who was chosen at sign-in. */
  user: string;
  onBack: () => void;
};
