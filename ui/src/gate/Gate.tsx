//! The door: first-run set-up, sign-in, or why the data cannot be opened. Nothing of a household is shown here.

import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { CallError, Status } from "../host";
import { LanguageButton } from "../parts/LanguageButton";
import { Failed } from "../parts/Waiting";
import { useText } from "../text";
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
  const [forgetful, setForgetful] = useState<string | null>(null);
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
        <SetUp onDone={setRecoveryKey} />
      ) : forgetful === null ? (
        <SignIn status={status.data} onForgot={setForgetful} />
      ) : (
        <Recover status={status.data} user={forgetful} onBack={() => setForgetful(null)} />
      )}
    </Door>
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
