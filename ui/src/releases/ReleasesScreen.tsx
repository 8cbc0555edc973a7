//! The sets of rules of this machine: what is in force, what came, who may sign, and what is brought back.

import { useState } from "react";
import { formatDay, formatMoment, shortDigest } from "../format";
import type { ReleaseLine, ReleaseList } from "../host";
import type { PageProps } from "../pages";
import { offer } from "../parts/download";
import { Saved } from "../parts/Saved";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { Changes } from "./Changes";
import { Keys } from "./Keys";
import { useChanges, useDecision, useFile, useReleases } from "./queries";
import { ReasonDialog } from "./ReasonDialog";
import { Receive } from "./Receive";
import { RollBack } from "./RollBack";
import { text } from "./text";

export function ReleasesScreen({ session, status }: PageProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const releases = useReleases(language);
  const keeps = session.role === "supervisor";
  return (
    <div className="page releases">
      <h1>{t.title}</h1>
      <p className="quiet">{t.intro}</p>
      {releases.isPending && <Loading />}
      {releases.isError && (
        <Failed title={t.failed} error={releases.error} retry={() => void releases.refetch()} />
      )}
      {releases.data && (
        <>
          {keeps && <Receive today={status.today} />}
          <section aria-labelledby="releases-timeline">
            <h2 id="releases-timeline">{t.timeline}</h2>
            <ol className="timeline">
              {releases.data.releases.map((release) => (
                <Line
                  key={release.digest}
                  release={release}
                  list={releases.data}
                  keeps={keeps}
                  today={status.today}
                />
              ))}
            </ol>
          </section>
          {keeps && <Keys list={releases.data} />}
        </>
      )}
    </div>
  );
}

type LineProps = { release: ReleaseLine; list: ReleaseList; keeps: boolean; today: string };

function Line({ release, list, keeps, today }: LineProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [asked, setAsked] = useState<"withdraw" | "roll back" | null>(null);
  const withdraw = useDecision<{ digest: string; reason: string }>("withdraw_release", language);
  const save = useFile("release_file");
  const name = t.number(release.id, release.number);
  const isInForce = release.standing === "in_force";
  return (
    <li className={isInForce ? "release in-force" : "release"}>
      <h3>
        {name} <span className={`standing ${release.standing}`}>{t.standings[release.standing]}</span>
      </h3>
      <p>{release.title}</p>
      <p>
        {[
          release.effective_on !== null && t.from(formatDay(release.effective_on)),
          release.signer ? t.signedBy(release.signer.name) : t.builtIn,
        ]
          .filter(Boolean)
          .join(" · ")}{" "}
        <span className="quiet">
          {release.signer && (
            <>
              {t.keyNumber} <code>{release.signer.key}</code>{" "}
            </>
          )}
          {t.digest} <code title={release.digest}>{shortDigest(release.digest)}</code>
        </span>
      </p>
      {release.summary && <p>{release.summary}</p>}
      {release.restores && <p>{t.restores(release.restores.number, release.restores.why)}</p>}
      {release.history.length > 0 && (
        <details>
          <summary>{t.history}</summary>
          <ol className="history">
            {release.history.map((step) => (
              <li key={`${step.standing} ${step.at}`}>
                {t.step(t.standings[step.standing], formatMoment(step.at), step.by)}
                {step.reason && ` – ${step.reason}`}
              </li>
            ))}
          </ol>
        </details>
      )}
      {!isInForce && <ChangesOf digest={release.digest} />}
      {keeps && (
        <div className="actions">
          {release.standing === "scheduled" && (
            <button type="button" onClick={() => setAsked("withdraw")}>
              {t.withdraw}
            </button>
          )}
          {release.standing === "superseded" && (
            <button type="button" onClick={() => setAsked("roll back")}>
              {t.rollBack}
            </button>
          )}
          {release.signer && (
            <button
              type="button"
              onClick={() =>
                save.mutate({ digest: release.digest }, { onSuccess: (answer) => offer(answer.file) })
              }
            >
              {t.save}
            </button>
          )}
        </div>
      )}
      {save.data && <Saved file={save.data.file} />}
      {save.isError && <Failed title={t.failed} error={save.error} />}
      {asked === "withdraw" && (
        <ReasonDialog
          title={t.withdrawTitle(name)}
          hint={t.withdrawHint}
          action={t.withdraw}
          decision={withdraw}
          onReason={(reason) =>
            withdraw.mutate({ digest: release.digest, reason }, { onSuccess: () => setAsked(null) })
          }
          onClose={() => setAsked(null)}
        />
      )}
      {asked === "roll back" && (
        <RollBack release={release} keys={list.own_keys} today={today} onClose={() => setAsked(null)} />
      )}
    </li>
  );
}

function ChangesOf({ digest }: { digest: string }) {
  const t = useTextOf(text);
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.changes}</summary>
      {isOpen && <ChangesRead digest={digest} />}
    </details>
  );
}

function ChangesRead({ digest }: { digest: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const changes = useChanges(digest, language);
  if (changes.isPending) return <Loading />;
  if (changes.isError) return <Failed title={t.changesFailed} error={changes.error} />;
  return <Changes differences={changes.data} />;
}
