//! Sign-in: choose or type who, then the password.

import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Status } from "../host";
import { Field } from "../parts/Field";
import { LockIcon, WarnIcon } from "../parts/icons";
import { useSignIn } from "../queries";
import { useFailureText, useText } from "../text";

const memory = "ansinh.user";
const mostChoices = 8;

export function SignIn({ status }: { status: Status }) {
  const t = useText();
  const say = useFailureText();
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
      localStorage.setItem(memory, user.trim());
    } catch {
      field.current?.select();
      field.current?.focus();
    }
  }

  return (
    <form onSubmit={submit} className="sign-in">
      <h1>{t.gate.signIn}</h1>
      {status.users.length > 0 && status.users.length <= mostChoices ? (
        <fieldset className="who">
          <legend>{t.gate.who}</legend>
          {status.users.map((each) => (
            <label key={each.user} className="who-choice">
              <input
                type="radio"
                name="user"
                value={each.user}
                checked={each.user === user}
                onChange={() => setUser(each.user)}
              />
              <span>
                <b>{each.name}</b>
                <span className="quiet">
                  {t.roles[each.role]} · {each.user}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
      ) : (
        <Field label={t.gate.user}>
          {(wiring) => (
            <input
              {...wiring}
              value={user}
              autoComplete="username"
              onChange={(event) => setUser(event.target.value)}
            />
          )}
        </Field>
      )}
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
        </p>
      )}
      <button type="submit" className="main-action" aria-disabled={signIn.isPending}>
        <LockIcon />
        {signIn.isPending ? t.gate.signingIn : t.gate.signInAction}
      </button>
    </form>
  );
}

function firstUser(status: Status): string {
  const last = localStorage.getItem(memory);
  if (status.sample) return status.sample.user;
  return status.users.find((each) => each.user === last)?.user ?? status.users[0]?.user ?? "";
}
