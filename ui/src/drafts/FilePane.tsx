//! A file of a draft: its text in the editor, saved as one types, its sentences as a form, what the checks find in it.

import { lazy, Suspense, useEffect, useMemo, useRef, useState } from "react";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { Findings } from "./Findings";
import { SentenceForm } from "./forms";
import { useDraftFile, useEditDraft, useFindings } from "./queries";
import { text } from "./text";

// The editor is the largest part of the interface, and only a supervisor opens it.
const Editor = lazy(() => import("./Editor").then((module) => ({ default: module.Editor })));

/** So long after the last key the text is saved and looked at. */
const pause = 600;

export function FilePane({ draft, path, line }: { draft: string; path: string; line: number | null }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const file = useDraftFile(draft, path);
  const found = useFindings(draft, language);
  const edit = useEditDraft(draft);
  const [typed, setTyped] = useState<string | null>(null);
  const [target, setTarget] = useState(line === null ? null : { line });
  useEffect(() => setTarget(line === null ? null : { line }), [line]);
  const save = edit.mutate;
  const waiting = useRef<string | null>(null);
  const written = file.data?.text;
  useEffect(() => {
    if (typed === null) return;
    // What is kept is no longer held here, so that a step back is seen.
    if (typed === written) return setTyped(null);
    waiting.current = typed;
    const timer = setTimeout(() => {
      waiting.current = null;
      save({ kind: "file", path, text: typed });
    }, pause);
    return () => clearTimeout(timer);
  }, [typed, written, save, path]);
  // What is still to be saved when one leaves is saved on the way.
  useEffect(
    () => () => {
      if (waiting.current !== null) save({ kind: "file", path, text: waiting.current });
    },
    [save, path],
  );
  const here = useMemo(
    () => (found.data?.findings ?? []).filter((finding) => finding.path === path),
    [found.data, path],
  );
  if (file.isError) return <Failed title={t.failed} error={file.error} retry={() => void file.refetch()} />;
  if (!file.data) return <Loading />;
  return (
    <section className="draft-file" aria-label={path}>
      <div className="draft-file-head">
        <h2>{path}</h2>
        <span role="status" className="quiet">
          {edit.isPending ? t.saving : edit.isSuccess ? t.kept : ""}
        </span>
        <button
          type="button"
          onClick={() => {
            if (waiting.current !== null) save({ kind: "file", path, text: waiting.current });
            waiting.current = null;
            setTyped(null);
            save({ kind: "form", path });
          }}
        >
          {t.form}
        </button>
      </div>
      {edit.isError && <Failed title={t.notDone} error={edit.error} />}
      <Suspense fallback={<Loading />}>
        <Editor
          label={t.editor(path)}
          text={typed ?? file.data.text}
          findings={here}
          target={target}
          onChange={setTyped}
        />
      </Suspense>
      <Findings
        draft={draft}
        findings={found.data?.findings ?? []}
        path={path}
        onHere={(finding) => setTarget({ line: finding.line })}
        counts={found.data ? t.counts(found.data.n_errors, found.data.n_warnings) : t.looking}
        isKnown={found.data !== undefined}
      />
      {file.data.sentences.length > 0 && (
        <details className="draft-card">
          <summary>
            {t.sentences} {t.n(file.data.sentences.length)}
          </summary>
          <SentenceForm
            draft={draft}
            path={path}
            sentences={file.data.sentences}
            onSaved={() => setTyped(null)}
          />
        </details>
      )}
    </section>
  );
}
