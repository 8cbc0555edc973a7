//! Whose sets of rules are accepted here, and the key with which the supervisor signs.

import { type FormEvent, useState } from "react";
import { formatMoment } from "../format";
import type { KeyLine, ReleaseList } from "../host";
import { offer } from "../parts/download";
import { Field } from "../parts/Field";
import { Saved } from "../parts/Saved";
import { Failed } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { useDecision, useFile } from "./queries";
import { ReasonDialog } from "./ReasonDialog";
import { text } from "./text";

export function Keys({ list }: { list: ReleaseList }) {
  const t = useTextOf(text);
  return (
    <section aria-labelledby="releases-keys">
      <h2 id="releases-keys">{t.keys}</h2>
      <p className="quiet">{t.keysHint}</p>
      {list.keys.length === 0 && <p className="empty">{t.noKeys}</p>}
      <ul className="key-list">
        {list.keys.map((key) => (
          <Key key={key.key} line={key} isOwn={list.own_keys.some((own) => own.key === key.key)} />
        ))}
      </ul>
      <div className="columns">
        <Trust />
        <Make />
      </div>
    </section>
  );
}

function Key({ line, isOwn }: { line: KeyLine; isOwn: boolean }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [asks, setAsks] = useState(false);
  const distrust = useDecision<{ key: string; reason: string }>("distrust_key", language);
  const save = useFile("key_file");
  return (
    <li>
      <p>
        <b>{line.name}</b> {isOwn && <span className="quiet">({t.own})</span>} –{" "}
        {line.is_trusted ? t.trusted : t.distrusted(line.reason)}{" "}
        <span className="quiet">{t.since(formatMoment(line.at), line.by)}</span>
      </p>
      <p className="quiet">
        {t.keyNumber} <code>{line.key}</code>
      </p>
      <div className="actions">
        <button
          type="button"
          onClick={() => save.mutate({ key: line.key }, { onSuccess: (answer) => offer(answer.file) })}
        >
          {t.keyFile}
        </button>
        {line.is_trusted && (
          <button type="button" onClick={() => setAsks(true)}>
            {t.distrust}
          </button>
        )}
      </div>
      {save.data && <Saved file={save.data.file} />}
      {asks && (
        <ReasonDialog
          title={t.distrustTitle(line.name)}
          hint={t.distrustHint}
          action={t.distrust}
          decision={distrust}
          onReason={(reason) =>
            distrust.mutate({ key: line.key, reason }, { onSuccess: () => setAsks(false) })
          }
          onClose={() => setAsks(false)}
        />
      )}
    </li>
  );
}

function Trust() {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [publicKey, setPublicKey] = useState("");
  const [name, setName] = useState("");
  const [isSent, setSent] = useState(false);
  const trust = useDecision<{ public: string; name: string }>("trust_key", language);
  const missing = (value: string) => (isSent && value.trim() === "" ? t.needed : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (publicKey.trim() === "" || name.trim() === "") return;
    trust.mutate(
      { public: publicKey, name },
      {
        onSuccess: () => {
          setPublicKey("");
          setName("");
          setSent(false);
        },
      },
    );
  };
  return (
    <form className="key-form" onSubmit={submit}>
      <h3>{t.trust}</h3>
      <Field label={t.publicKey} hint={t.publicKeyHint} error={missing(publicKey)}>
        {(wiring) => (
          <textarea
            {...wiring}
            rows={3}
            spellCheck={false}
            value={publicKey}
            onChange={(event) => setPublicKey(event.target.value)}
          />
        )}
      </Field>
      <Field label={t.keyName} hint={t.keyNameHint} error={missing(name)}>
        {(wiring) => <input {...wiring} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      {trust.isError && <Failed title={t.trust} error={trust.error} />}
      <div className="actions">
        <button type="submit" disabled={trust.isPending}>
          {t.trustAction}
        </button>
      </div>
    </form>
  );
}

function Make() {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [isSent, setSent] = useState(false);
  const make = useDecision<{ name: string; password: string }>("make_key", language);
  const missing = (value: string) => (isSent && value.trim() === "" ? t.needed : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setSent(true);
    if (name.trim() === "" || password === "") return;
    make.mutate(
      { name, password },
      {
        onSuccess: () => {
          setName("");
          setPassword("");
          setSent(false);
        },
      },
    );
  };
  return (
    <form className="key-form" onSubmit={submit}>
      <h3>{t.makeKey}</h3>
      <p className="quiet">{t.makeKeyHint}</p>
      <Field label={t.keyName} error={missing(name)}>
        {(wiring) => <input {...wiring} value={name} onChange={(event) => setName(event.target.value)} />}
      </Field>
      <Field label={t.keyPassword} hint={t.keyPasswordHint} error={missing(password)}>
        {(wiring) => (
          <input
            {...wiring}
            type="password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {make.isError && <Failed title={t.makeKey} error={make.error} />}
      <div className="actions">
        <button type="submit" disabled={make.isPending}>
          {make.isPending ? t.working : t.makeKeyAction}
        </button>
      </div>
    </form>
  );
}
