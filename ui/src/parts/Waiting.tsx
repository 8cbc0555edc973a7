//! The two states every screen has before it has anything to show: still loading, and failed.

import { type ReactNode, useEffect, useState } from "react";
import type { CallError } from "../host";
import { useFailureText, useText } from "../text";
import { WarnIcon } from "./icons";

/** Says that something loads, but only when it takes long enough to be noticed. */
export function Loading({ text }: { text?: string }) {
  const t = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="waiting" role="status">
      {late ? (text ?? t.loading) : ""}
    </p>
  );
}

/** Says what failed, why, and how to try again. */
export function Failed({ title, error, hint, retry, children }: FailedProps) {
  const t = useText();
  const say = useFailureText()(error);
  return (
    <div className="failed" role="alert">
      <p className="failed-title">
        <WarnIcon />
        {title}
      </p>
      <p>{say.sentence}</p>
      {say.problems.length > 0 && (
        <ul>
          {say.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {hint && <p className="quiet">{hint}</p>}
      {retry && (
        <button type="button" onClick={retry}>
          {t.retry}
        </button>
      )}
      {children}
    </div>
  );
}

type FailedProps = {
  title: string;
  error: CallError;
  hint?: string;
  retry?: () => void;
  children?: ReactNode;
};
