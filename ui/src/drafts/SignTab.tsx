//! What a draft changed, signed as a new set of rules that waits here for its day, and saved to be passed on.

import { offer } from "../parts/download";
import { Saved } from "../parts/Saved";
import { Failed, Loading } from "../parts/Waiting";
import { useReleases, useSignDraft } from "../releases/queries";
import { SignForm } from "../releases/SignForm";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { text } from "./text";

export function SignTab({ draft, today }: { draft: string; today: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const releases = useReleases(language);
  const sign = useSignDraft(language);
  const toRules = <a href={toHash({ at: "page", page: "rules", rest: [] })}>{t.toRules}</a>;
  if (releases.isError)
    return <Failed title={t.failed} error={releases.error} retry={() => void releases.refetch()} />;
  if (!releases.data) return <Loading />;
  return (
    <section className="draft-stack" aria-label={t.tabs.sign}>
      <p className="quiet">{t.signHint}</p>
      {sign.data ? (
        <>
          <p role="status">{t.signed}</p>
          <Saved file={sign.data.file} />
          <p>{toRules}</p>
        </>
      ) : (
        <div className="draft-card">
          {releases.data.own_keys.length === 0 && <p className="notice">{toRules}</p>}
          <SignForm
            keys={releases.data.own_keys}
            today={today}
            labels={{ vi: t.saysVi, en: t.saysEn, action: t.signAction }}
            isPending={sign.isPending}
            onSign={({ from, vi, en, key, password }) =>
              sign.mutate(
                { draft, from, says_vi: vi, says_en: en, key, password },
                { onSuccess: (done) => offer(done.file) },
              )
            }
          >
            {sign.isError && <Failed title={t.notDone} error={sign.error} />}
          </SignForm>
        </div>
      )}
    </section>
  );
}
