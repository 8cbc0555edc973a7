//! Shows the recovery key once, and lets nobody past before it is written down.

import { useEffect, useRef, useState } from "react";
import { WarnIcon } from "../parts/icons";
import { useText } from "../text";

export function RecoveryKey({ recoveryKey, onDone }: { recoveryKey: string; onDone: () => void }) {
  const t = useText();
  const [written, setWritten] = useState(false);
  const [reminded, setReminded] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (written) onDone();
        else setReminded(true);
      }}
    >
      <h1 ref={heading} tabIndex={-1}>
        {t.gate.recoveryTitle}
      </h1>
      <p>{t.gate.recoveryHint}</p>
      <output className="recovery-key" aria-label={t.gate.recoveryTitle}>
        {recoveryKey}
      </output>
      <label className="tick">
        <input type="checkbox" checked={written} onChange={(event) => setWritten(event.target.checked)} />
        {t.gate.recoveryWritten}
      </label>
      {reminded && !written && (
        <p className="error" role="alert">
          <WarnIcon />
          {t.gate.pleaseTick}
        </p>
      )}
      <button type="submit" className="main-action">
        {t.gate.recoveryDone}
      </button>
    </form>
  );
}
