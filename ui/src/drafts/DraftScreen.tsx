//! One draft: its parts, and the way from changing it to seeing whom it changes.

import { useEffect, useRef, useState } from "react";
import type { Session } from "../host";
import { Dialog } from "../parts/Dialog";
import { LeftIcon } from "../parts/icons";
import { Failed, Loading } from "../parts/Waiting";
import { go, toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { ChangesTab } from "./ChangesTab";
import { CheckTab } from "./CheckTab";
import { EditTab } from "./EditTab";
import { ImpactTab } from "./ImpactTab";
import { ProseTab } from "./ProseTab";
import { useMoveDraft, useOpenDraft, useRemoveDraft } from "./queries";
import { SignTab } from "./SignTab";
import { text } from "./text";

const tabs = ["edit", "changes", "check", "impact", "prose", "sign"] as const;
type Tab = (typeof tabs)[number];

type DraftScreenProps = { draft: string; rest: readonly string[]; session: Session; today: string };

export function DraftScreen({ draft, rest, session, today }: DraftScreenProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [first, ...inside] = rest;
  const tab: Tab = tabs.find((known) => known === first) ?? "edit";
  const heading = useRef<HTMLHeadingElement>(null);
  const found = useOpenDraft(draft, language);
  const isThere = found.data !== undefined;
  useEffect(() => {
    if (isThere) heading.current?.focus();
  }, [isThere]);
  const move = useMoveDraft(draft);
  const [asking, setAsking] = useState(false);
  const remove = useRemoveDraft();
  const at = (...more: string[]) => toHash({ at: "page", page: "drafts", rest: [draft, ...more] });
  if (found.isError && !found.data) {
    return (
      <div className="page drafts">
        <Failed title={t.failed} error={found.error} retry={() => void found.refetch()} />
        <a href={toHash({ at: "page", page: "drafts", rest: [] })}>{t.back}</a>
      </div>
    );
  }
  if (!found.data) return <Loading />;
  const { line } = found.data;
  return (
    <div className="page drafts">
      <div className="draft-head">
        <a href={toHash({ at: "page", page: "drafts", rest: [] })}>
          <LeftIcon />
          {t.back}
        </a>
        <h1 ref={heading} tabIndex={-1}>
          {line.title}
        </h1>
        <span className="spacer" />
        <button
          type="button"
          aria-disabled={line.n_steps === 0}
          onClick={() => line.n_steps > 0 && move.mutate("back")}
        >
          {t.undo} {t.n(line.n_steps)}
        </button>
        <button
          type="button"
          aria-disabled={line.n_ahead === 0}
          onClick={() => line.n_ahead > 0 && move.mutate("ahead")}
        >
          {t.redo} {t.n(line.n_ahead)}
        </button>
        <button type="button" className="danger" onClick={() => setAsking(true)}>
          {t.remove}
        </button>
      </div>
      {move.isError && <Failed title={t.notDone} error={move.error} />}
      <nav className="draft-tabs" aria-label={t.sections}>
        {tabs.map((each) => (
          <a key={each} href={at(each)} aria-current={each === tab ? "page" : undefined}>
            {t.tabs[each]}
          </a>
        ))}
      </nav>
      {tab === "edit" && <EditTab draft={draft} open={found.data} rest={inside} />}
      {tab === "changes" && <ChangesTab draft={draft} />}
      {tab === "check" && <CheckTab draft={draft} />}
      {tab === "impact" && <ImpactTab draft={draft} session={session} today={today} />}
      {tab === "prose" && <ProseTab draft={draft} open={found.data} />}
      {tab === "sign" && <SignTab draft={draft} today={today} />}
      {asking && (
        <Dialog title={t.remove} onClose={() => setAsking(false)}>
          <p>{t.removeSure}</p>
          {remove.isError && <Failed title={t.notDone} error={remove.error} />}
          <div className="actions">
            <button type="button" onClick={() => setAsking(false)}>
              {t.keep}
            </button>
            <button
              type="button"
              className="danger"
              onClick={() =>
                remove.mutate(
                  { draft, language },
                  { onSuccess: () => go({ at: "page", page: "drafts", rest: [] }) },
                )
              }
            >
              {t.remove}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
