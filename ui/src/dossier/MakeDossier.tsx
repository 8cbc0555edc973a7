//! From a result to an application: the button under an explained programme.

import type { Row } from "../host";
import { useWork } from "../household/work";
import { Failed } from "../parts/Waiting";
import { go } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useDossiersOf, useMakeDossier } from "./queries";
import { text } from "./text";

export function MakeDossier({ household, row }: { household: string; row: Row }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const { month } = useWork();
  const known = useDossiersOf(household, language);
  const make = useMakeDossier();
  const open = (dossier: string) => go({ at: "household", household, view: { is: "dossier", dossier } });
  // Whether it may be granted is not decided here: whoever asks is helped to apply.
  if (row.standing === "not_computed" || row.standing === "receiving" || row.apply === null) return null;
  const mine = known.data?.lines.find(
    (line) => line.programme === row.programme && line.person === row.person && isOpen(line.state),
  );

  async function press() {
    if (mine) return open(mine.dossier);
    if (make.isPending) return;
    const { programme, person } = row;
    const made = await make.mutateAsync({ household, month, programme, person, language }).catch(() => null);
    if (made) open(made.line.dossier);
  }

  return (
    <div className="make-dossier">
      <button
        type="button"
        className={row.standing === "can_apply" ? "main-action" : undefined}
        aria-disabled={make.isPending}
        onClick={() => void press()}
      >
        {mine ? t.open : make.isPending ? t.making : t.make}
      </button>
      {mine && <span className="quiet">{t.state[mine.state]}</span>}
      {make.error && <Failed title={t.notKept} error={make.error} />}
    </div>
  );
}

function isOpen(state: string): boolean {
  return state === "preparing" || state === "handed_in" || state === "returned" || state === "granted";
}
