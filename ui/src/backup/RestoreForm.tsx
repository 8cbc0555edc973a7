//! Restoring from a backup, before anybody is signed in: a file, and who opens it. What stands here is moved aside.

import { type FormEvent, useEffect, useRef, useState } from "react";
import { Field } from "../parts/Field";
import { LeftIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { useTextOf } from "../text";
import { useRestoreBackup } from "./queries";
import { text } from "./text";

export function RestoreForm({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const t = useTextOf(text);
  const restore = useRestoreBackup();
  const [file, setFile] = useState<File | null>(null);
  const [path, setPath] = useState("");
  const [user, setUser] = useState("");
  const [password, setPassword] = useState("");
  const [recovery, setRecovery] = useState("");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (restore.isPending) return;
    const bytes = file === null ? null : await base64Of(file);
    restore.mutate({
      bytes,
      path: path.trim() || null,
      user: user.trim() || null,
      password: password || null,
      recovery_key: recovery.trim() || null,
    });
  }

  if (restore.data) {
    return (
      <div className="sign-in">
        <h1>{t.restored}</h1>
        <p role="status">
          {restore.data.aside === null ? t.restoredNew : t.restoredAside(restore.data.aside)}
        </p>
        <button type="button" className="main-action" onClick={onDone}>
          {t.toSignIn}
        </button>
      </div>
    );
  }
  return (
    <form className="sign-in" onSubmit={submit}>
      <h1 ref={heading} tabIndex={-1}>
        {t.restore}
      </h1>
      <p className="lead">{t.restoreLead}</p>
      <Field label={t.chooseFile}>
        {(wiring) => (
          <input {...wiring} type="file" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
        )}
      </Field>
      <Field label={t.orPath}>
        {(wiring) => <input {...wiring} value={path} onChange={(event) => setPath(event.target.value)} />}
      </Field>
      <Field label={t.supervisor}>
        {(wiring) => (
          <input
            {...wiring}
            value={user}
            autoComplete="username"
            onChange={(event) => setUser(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.passwordThen}>
        {(wiring) => (
          <input
            {...wiring}
            type="password"
            value={password}
            autoComplete="current-password"
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.orRecovery}>
        {(wiring) => (
          <input
            {...wiring}
            className="recovery-field"
            value={recovery}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setRecovery(event.target.value)}
          />
        )}
      </Field>
      {restore.error && <Failed title={t.notRestored} error={restore.error} />}
      <button type="submit" className="main-action" aria-disabled={restore.isPending}>
        {restore.isPending ? t.working : t.restore}
      </button>
      <button type="button" className="plain" onClick={onBack}>
        <LeftIcon />
        {t.back}
      </button>
    </form>
  );
}

/** Returns the bytes of a file as the backend takes them. */
export async function base64Of(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
