//! Brings an earlier content back: a new set with a higher number, signed here, with its reason.

import type { OwnKeyLine, ReleaseLine } from "../host";
import { Dialog } from "../parts/Dialog";
import { offer } from "../parts/download";
import { Saved } from "../parts/Saved";
import { Failed } from "../parts/Waiting";
import { useSpeech, useText, useTextOf } from "../text";
import { useRollBack } from "./queries";
import { SignForm } from "./SignForm";
import { text } from "./text";

type Props = { release: ReleaseLine; keys: OwnKeyLine[]; today: string; onClose: () => void };

export function RollBack({ release, keys, today, onClose }: Props) {
  const t = useTextOf(text);
  const common = useText();
  const { language } = useSpeech();
  const rollBack = useRollBack(language);
  const title = t.rollBackTitle(t.number(release.id, release.number));
  if (rollBack.data) {
    return (
      <Dialog title={title} onClose={onClose}>
        <p>{t.rolledBack}</p>
        <Saved file={rollBack.data.file} />
        <div className="actions">
          <button type="button" className="main-action" onClick={onClose}>
            {common.close}
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{t.rollBackHint}</p>
      <SignForm
        keys={keys}
        today={today}
        labels={{ vi: t.whyVi, en: t.whyEn, action: t.rollBackAction }}
        isPending={rollBack.isPending}
        onSign={({ from, vi, en, key, password }) =>
          rollBack.mutate(
            { digest: release.digest, from, why_vi: vi, why_en: en, key, password },
            { onSuccess: (done) => offer(done.file) },
          )
        }
        beside={
          <button type="button" onClick={onClose}>
            {common.cancel}
          </button>
        }
      >
        {rollBack.isError && <Failed title={title} error={rollBack.error} hint={t.staysInForce} />}
      </SignForm>
    </Dialog>
  );
}
