//! Backups: the last good one, where they go by themselves, one now, and the trial of any of them.

import { type FormEvent, useEffect, useState } from "react";
import { formatMoment } from "../format";
import type { BackupExport, BackupState, GoodBackup } from "../host";
import { offer } from "../parts/download";
import { Field } from "../parts/Field";
import { StateIcon, WarnIcon } from "../parts/icons";
import { useJob } from "../parts/job";
import { Saved } from "../parts/Saved";
import { Failed, Loading } from "../parts/Waiting";
import { useTextOf } from "../text";
import { useBackupState, useRefreshBackups, useSaveBackupPlan } from "./queries";
import { text } from "./text";

export function BackupScreen() {
  const t = useTextOf(text);
  const state = useBackupState();
  return (
    <div className="page keeping">
      <h1>{t.title}</h1>
      <p className="quiet">{t.hint}</p>
      {state.isPending && <Loading />}
      {state.error && <Failed title={t.title} error={state.error} retry={() => void state.refetch()} />}
      {state.data && <Backups state={state.data} />}
    </div>
  );
}

function Backups({ state }: { state: BackupState }) {
  const t = useTextOf(text);
  const refresh = useRefreshBackups();
  const make = useJob<GoodBackup, object>("make_backup");
  const save = useJob<BackupExport, object>("export_backup");
  const tried = useJob<GoodBackup, { path: string }>("try_backup");
  const [path, setPath] = useState("");
  const { last } = state;
  const busy = make.isPending || save.isPending || tried.isPending;

  return (
    <>
      <section className="keeping-part" aria-label={t.now}>
        <h2>{t.now}</h2>
        {last === null ? (
          <p className="notice">
            <WarnIcon />
            {t.never}
          </p>
        ) : (
          <div className="notice good-notice">
            <StateIcon state="yes" />
            <p>
              {t.lastGood(formatMoment(last.at))}
              <br />
              <span className="quiet">{t.found(last.n_households, last.n_persons, last.n_entries)}</span>
              <br />
              <code>{last.path}</code>
            </p>
          </div>
        )}
        {state.failed !== null && (
          <p className="notice bad-notice" role="alert">
            <WarnIcon />
            {t.lastFailed(state.failed)}
          </p>
        )}
        <div className="actions">
          {state.folder !== null && (
            <button
              type="button"
              className="main-action"
              aria-disabled={busy}
              onClick={() => !busy && make.mutate({}, { onSettled: () => void refresh() })}
            >
              {make.isPending ? t.working : t.make}
            </button>
          )}
          <button
            type="button"
            aria-disabled={busy}
            onClick={() => !busy && save.mutate({}, { onSuccess: ({ file }) => offer(file) })}
          >
            {save.isPending ? t.working : t.saveAs}
          </button>
        </div>
        <div role="status">{make.data && t.made(make.data.path)}</div>
        {make.error && <Failed title={t.notMade} error={make.error} />}
        {save.error && <Failed title={t.notMade} error={save.error} />}
        {save.data && <Saved file={save.data.file} />}
      </section>
      <Plan state={state} />
      <section className="keeping-part" aria-label={t.trial}>
        <h2>{t.trial}</h2>
        <p className="quiet">{t.trialHint}</p>
        {state.files.length > 0 && (
          <div className="sheet">
            <table className="lines">
              <thead>
                <tr>
                  <th scope="col">{t.file}</th>
                  <th scope="col">{t.size}</th>
                  <th scope="col">{t.trial}</th>
                </tr>
              </thead>
              <tbody>
                {state.files.map((file) => (
                  <tr key={file.path}>
                    <th scope="row">{file.name}</th>
                    <td className="number">{t.megabytes(file.n_bytes)}</td>
                    <td>
                      <button
                        type="button"
                        className="small"
                        aria-disabled={busy}
                        aria-label={`${t.tryIt}: ${file.name}`}
                        onClick={() => !busy && tried.mutate({ path: file.path })}
                      >
                        {t.tryIt}
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (path.trim() && !busy) tried.mutate({ path: path.trim() });
          }}
        >
          <Field label={t.otherFile}>
            {(wiring) => <input {...wiring} value={path} onChange={(event) => setPath(event.target.value)} />}
          </Field>
          <button type="submit" aria-disabled={busy}>
            {t.tryIt}
          </button>
        </form>
        <div role="status">
          {tried.isPending && t.working}
          {tried.data && (
            <p className="notice good-notice">
              <StateIcon state="yes" />
              {t.trialGood} {t.found(tried.data.n_households, tried.data.n_persons, tried.data.n_entries)}
            </p>
          )}
        </div>
        {tried.error && <Failed title={t.trialBad} error={tried.error} />}
      </section>
      <p className="quiet">{t.restoreHint}</p>
    </>
  );
}

function Plan({ state }: { state: BackupState }) {
  const t = useTextOf(text);
  const save = useSaveBackupPlan();
  const [folder, setFolder] = useState(state.folder ?? "");
  const [keep, setKeep] = useState(String(state.keep));
  useEffect(() => setFolder(state.folder ?? ""), [state.folder]);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!save.isPending)
      save.mutate({ folder: folder.trim() || null, keep: Math.max(1, Number.parseInt(keep, 10) || 1) });
  }

  return (
    <section className="keeping-part" aria-label={t.plan}>
      <h2>{t.plan}</h2>
      <form onSubmit={submit}>
        <Field label={t.folder} hint={t.folderHint}>
          {(wiring) => (
            <input {...wiring} value={folder} onChange={(event) => setFolder(event.target.value)} />
          )}
        </Field>
        <Field label={t.keep}>
          {(wiring) => (
            <input
              {...wiring}
              type="number"
              min="1"
              max="400"
              value={keep}
              onChange={(event) => setKeep(event.target.value)}
            />
          )}
        </Field>
        <button type="submit" aria-disabled={save.isPending}>
          {t.savePlan}
        </button>
      </form>
      <div role="status">{save.isSuccess && t.planSaved}</div>
      {save.error && <Failed title={t.planNotSaved} error={save.error} />}
    </section>
  );
}
