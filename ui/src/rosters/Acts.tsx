//! What was done to the roster of a household beyond one person, and the way back.

import { formatDay } from "../format";
import type { CaseFile, RosterActLine } from "../host";
import { WarnIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { useTextOf } from "../text";
import { useUndoAct } from "./queries";
import { text } from "./text";

export function Acts({ file }: { file: CaseFile }) {
  const t = useTextOf(text);
  const undo = useUndoAct();
  if (file.acts.length === 0) return null;
  const say = (act: RosterActLine) => t.act[act.kind](act.names.join(", "), act.from_number, act.to_number);
  return (
    <details className="acts" open={file.acts.some((act) => !act.is_undone)}>
      <summary>{t.acts}</summary>
      {file.closed_into && (
        <p className="notice">
          <WarnIcon />
          {t.closed(file.closed_into.number)}
        </p>
      )}
      <ul>
        {file.acts.map((act) => {
          const other =
            act.from === file.household
              ? { household: act.to, number: act.to_number }
              : { household: act.from, number: act.from_number };
          return (
            <li key={act.act}>
              <span>
                {say(act)} <span className="quiet">{t.from(formatDay(act.on))}</span>
              </span>
              <span className="actions">
                {other.household !== file.household && (
                  <a href={`#/household/${encodeURIComponent(other.household)}`}>
                    {t.openOther(other.number)}
                  </a>
                )}
                {act.is_undone ? (
                  <span className="quiet">{t.undone}</span>
                ) : (
                  <button
                    type="button"
                    className="small"
                    aria-label={t.undoOf(say(act))}
                    onClick={() => undo.mutate({ act: act.act })}
                  >
                    {t.undo}
                  </button>
                )}
              </span>
            </li>
          );
        })}
      </ul>
      {undo.error && <Failed title={t.failed} error={undo.error} />}
    </details>
  );
}
