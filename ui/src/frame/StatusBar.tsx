//! The line at the foot: which rules answer, whether the work is saved, and who is working.

import { text as backupText } from "../backup/text";
import { formatTime, shortDigest } from "../format";
import type { Session, Status } from "../host";
import { useWork } from "../household/work";
import { DiskIcon, LockIcon, WarnIcon } from "../parts/icons";
import { useSignOut } from "../queries";
import { useText, useTextOf } from "../text";

function Digest({ of }: { of: string }) {
  const t = useText();
  return (
    <span className="status-digest">
      {t.frame.digest} <code title={of}>{shortDigest(of)}</code>
    </span>
  );
}

export function StatusBar({ status, session }: { status: Status; session: Session }) {
  const t = useText();
  const signOut = useSignOut();
  const { release } = status;
  return (
    <footer className="status">
      <p>
        {t.frame.release(release.id, release.number)}
        <Digest of={release.digest} />
        {release.overlays?.map((overlay) => (
          <span key={overlay.id}>
            {" "}
            {t.frame.overlay(overlay.id, overlay.number)}
            <Digest of={overlay.digest} />
          </span>
        ))}
        <span className="status-signer">
          {status.signed_by === null ? t.frame.builtIn : t.frame.signedBy(status.signed_by)}
        </span>
      </p>
      <BackupHint status={status} />
      <SavingState />
      <p className="status-user">
        <span className="quiet">{t.frame.signedInAs}</span> {session.name} · {t.roles[session.role]}
      </p>
      <button type="button" className="plain" onClick={() => signOut.mutate()}>
        <LockIcon />
        {t.frame.signOut}
      </button>
    </footer>
  );
}

/** Says how old the last backup is, once that matters. */
function BackupHint({ status }: { status: Status }) {
  const t = useTextOf(backupText);
  const hint = status.backup;
  if (!hint || status.sample) return null;
  const isFine = !hint.failed && hint.days !== null && hint.days <= 7;
  if (isFine) return null;
  return (
    <p className="status-saved unsigned">
      <WarnIcon />
      {hint.failed ? t.statusFailed : hint.days === null ? t.statusNever : t.statusOld(hint.days)}
    </p>
  );
}

function SavingState() {
  const t = useText();
  const { saving, drafts } = useWork();
  const isStuck = Object.values(drafts).some((each) =>
    Object.values(each).some(({ state }) => state.is === "failed" || state.is === "refused"),
  );
  if (isStuck) {
    return (
      <p className="status-saved bad">
        <WarnIcon />
        {t.frame.notSaved}
      </p>
    );
  }
  switch (saving.is) {
    case "failed":
    case "quiet":
      return <p className="status-saved">{t.frame.nothingSaved}</p>;
    case "saving":
      return <p className="status-saved">{t.frame.saving}</p>;
    case "saved":
      return (
        <p className="status-saved good">
          <DiskIcon />
          {t.frame.savedAt(formatTime(saving.at))}
        </p>
      );
  }
}
