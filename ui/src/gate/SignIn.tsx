//! Sign-in: choose or type who, then the password.

import { type FormEvent, useEffect, useRef, useState } from "react";
import { text as backupText } from "../backup/text";
import { formatMoment } from "../format";
import type { Status } from "../host";
import { Field } from "../parts/Field";
import { KeyIcon, LockIcon, WarnIcon } from "../parts/icons";
import { useSignIn } from "../queries";
import { useFailureText, useText, useTextOf } from "../text";
import { lastUser, remember } from "./password";
import { WhoFields } from "./Who";

export function SignIn({ status, onForgot }: { status: Status; onForgot: (user: string) => void }) {
  const t = useText();
  const say = useFailureText();
  const backup = useTextOf(backupText);
  const signIn = useSignIn();
  const [user, setUser] = useState(() => firstUser(status));
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (signIn.isPending) return;
    try {
      await signIn.mutateAsync({ user: user.trim(), password });
      remember(user);
    } catch {
      field.current?.select();
      field.current?.focus();
    }
  }

  return (
    <form onSubmit={submit} className="sign-in">
      <h1>{t.gate.signIn}</h1>
      <WhoFields status={status} user={user} onUser={setUser} />
      <Field label={t.gate.password}>
        {(wiring) => (
          <input
            {...wiring}
            ref={field}
            type={shown ? "text" : "password"}
            value={password}
            autoComplete="current-password"
            required
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <label className="tick">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
        {t.gate.showPassword}
      </label>
      {status.sample && (
        <div className="sample-access">
          <p>
            {t.gate.sampleAccess} <code>{status.sample.password}</code>
          </p>
          <button type="button" className="small" onClick={() => setPassword(status.sample?.password ?? "")}>
            {t.gate.useSample}
          </button>
        </div>
      )}
      {signIn.error && (
        <p className="error" role="alert">
          <WarnIcon />
          {say(signIn.error).sentence}
          {signIn.error.failure.values.backup_at &&
            ` ${backup.lastBefore(
              formatMoment(signIn.error.failure.values.backup_at),
              signIn.error.failure.values.backup_path ?? "",
            )}`}
        </p>
      )}
      <button type="submit" className="main-action" aria-disabled={signIn.isPending}>
        <LockIcon />
        {signIn.isPending ? t.gate.signingIn : t.gate.signInAction}
      </button>
      {!status.sample && (
        <button type="button" className="plain" onClick={() => onForgot(user)}>
          <KeyIcon />
          {t.gate.forgot}
        </button>
      )}
    </form>
  );
}

function firstUser(status: Status): string {
  const last = lastUser();
  if (status.sample) return status.sample.user;
  return status.users.find((each) => each.user === last)?.user ?? status.users[0]?.user ?? "";
}
