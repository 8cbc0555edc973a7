//! The door: first-run set-up, sign-in, or why the data cannot be opened. Nothing of a household is shown here.

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { RestoreForm } from "../backup/RestoreForm";
import { text as backupText } from "../backup/text";
import type { CallError, Status } from "../host";
import { BackupIcon } from "../parts/icons";
import { LanguageButton } from "../parts/LanguageButton";
import { Failed } from "../parts/Waiting";
import { useText, useTextOf } from "../text";
import { Recover } from "./Recover";
import { RecoveryKey } from "./RecoveryKey";
import { SetUp } from "./SetUp";
import { SignIn } from "./SignIn";

export function Gate({
  status,
}: {
  status: Pick<UseQueryResult<Status, CallError>, "data" | "error" | "refetch">;
}) {
  const t = useText();
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null);
  const [restoring, setRestoring] = useState(false);
  const [forgetful, setForgetful] = useState<string | null>(null);
  if (restoring) {
    return (
      <Door>
        <RestoreForm
          onBack={() => setRestoring(false)}
          onDone={async () => {
            await status.refetch();
            setRestoring(false);
          }}
        />
      </Door>
    );
  }
  if (recoveryKey !== null) {
    return (
      <Door>
        <RecoveryKey
          recoveryKey={recoveryKey}
          onDone={async () => {
            await status.refetch();
            setRecoveryKey(null);
          }}
        />
      </Door>
    );
  }
  if (!status.data) {
    return (
      <Door>
        {status.error && (
          <>
            <h1>{t.gate.stopped}</h1>
            <Failed
              title={t.gate.stopped}
              error={status.error}
              hint={t.gate.stoppedHint}
              retry={() => void status.refetch()}
            />
          </>
        )}
      </Door>
    );
  }
  return (
    <Door wide={status.data.gate === "set_up"}>
      {status.data.gate === "set_up" ? (
        <>
          <SetUp onDone={setRecoveryKey} />
          <RestoreButton onRestore={() => setRestoring(true)} />
        </>
      ) : forgetful === null ? (
        <>
          <SignIn status={status.data} onForgot={setForgetful} />
          {!status.data.sample && <RestoreButton onRestore={() => setRestoring(true)} />}
        </>
      ) : (
        <Recover status={status.data} user={forgetful} onBack={() => setForgetful(null)} />
      )}
    </Door>
  );
}

function RestoreButton({ onRestore }: { onRestore: () => void }) {
  const t = useTextOf(backupText);
  return (
    <button type="button" className="plain" onClick={onRestore}>
      <BackupIcon />
      {t.restore}
    </button>
  );
}

function Door({ wide, children }: { wide?: boolean; children: ReactNode }) {
  const t = useText();
  return (
    <div className="door">
      <header className="door-head">
        <img src="./icon.svg" alt="" width="40" height="40" />
        <div>
          <p className="door-name">{t.app}</p>
          <p className="quiet">{t.tagline}</p>
        </div>
        <LanguageButton />
      </header>
      <main className={wide ? "door-card wide" : "door-card"}>{children}</main>
    </div>
  );
}
