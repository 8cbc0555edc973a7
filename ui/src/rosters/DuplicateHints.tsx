//! While somebody is written down: who is recorded so much like them that both may be one person. A hint, never a refusal.

import { useState } from "react";
import type { Duplicate } from "../host";
import { WarnIcon } from "../parts/icons";
import { useTextOf } from "../text";
import { CompareDialog } from "./CompareDialog";
import { type Ref, useDuplicates, useTellApart } from "./queries";
import { text } from "./text";

export function DuplicateHints({ of, name, birthDate, idNumber, hamlet, onMerged }: HintsProps) {
  const t = useTextOf(text);
  const [dismissed, setDismissed] = useState<string[]>([]);
  const [comparing, setComparing] = useState<Duplicate | null>(null);
  const apart = useTellApart();
  const found = useDuplicates({
    person: of?.person ?? null,
    name: name.normalize("NFC").trim(),
    birth_date: birthDate,
    id_number: idNumber,
    hamlet,
  });
  const shown = (found.data ?? []).filter((each) => !dismissed.includes(each.person));
  if (comparing && of) {
    return (
      <CompareDialog
        one={of}
        other={comparing}
        onClose={() => setComparing(null)}
        onMerged={(household) => {
          setComparing(null);
          onMerged?.(household);
        }}
      />
    );
  }
  if (shown.length === 0) return null;
  return (
    <div className="duplicates" role="status">
      <p>
        <WarnIcon />
        <b>{t.duplicates}</b>
      </p>
      <ul>
        {shown.map((each) => (
          <li key={each.person}>
            <span>
              {t.line(each.name, each.birth_year, each.number, each.hamlet)} ·{" "}
              <b>{t.likeness[each.likeness]}</b>
            </span>
            <span className="actions">
              {of && (
                <button type="button" className="small" onClick={() => setComparing(each)}>
                  {t.compare(each.name)}
                </button>
              )}
              <a href={`#/household/${encodeURIComponent(each.household)}`}>{t.open(each.name)}</a>
              <button
                type="button"
                className="small"
                onClick={() => {
                  // Of somebody who is not saved yet there is nothing to remember.
                  if (of) apart.mutate({ one: of.person, other: each.person });
                  setDismissed([...dismissed, each.person]);
                }}
              >
                {t.notSame(each.name)}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

type HintsProps = {
  /** Whom it is about; nobody while they are not saved yet. */
  of: Ref | null;
  name: string;
  birthDate: unknown;
  idNumber: string;
  hamlet: string;
  onMerged?: (household: string) => void;
};
