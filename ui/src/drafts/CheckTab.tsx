//! Every check of a draft: findings, worked cases, what no case tests.

import { useEffect } from "react";
import type { DraftCheck, Language } from "../host";
import { StateIcon, WarnIcon } from "../parts/icons";
import { useJob } from "../parts/job";
import { Failed } from "../parts/Waiting";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { Findings } from "./Findings";
import { text } from "./text";

const mostMissing = 100;

export function CheckTab({ draft }: { draft: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const job = useJob<DraftCheck, { draft: string; language: Language }>("check_draft");
  const { stop } = job;
  useEffect(() => () => stop(), [stop]);
  const found = job.data;
  return (
    <section className="draft-stack" aria-label={t.tabs.check}>
      <p className="quiet">{t.checkHint}</p>
      <div className="actions">
        <button
          type="button"
          className="main-action"
          aria-disabled={job.isPending}
          onClick={() => !job.isPending && job.mutate({ draft, language })}
        >
          {t.check}
        </button>
        {job.progress && (
          <>
            <button type="button" onClick={job.stop}>
              {t.stop}
            </button>
            <span role="status">
              {job.progress.nInAll === 0 ? t.starting : t.checking(job.progress.nDone, job.progress.nInAll)}
            </span>
          </>
        )}
      </div>
      {job.isError && <Failed title={t.notDone} error={job.error} />}
      {found && (
        <>
          <p className="draft-verdict" role="status">
            {found.is_green ? <StateIcon state="yes" /> : <WarnIcon />}
            <b>{found.partial ? t.partialCheck : found.is_green ? t.green : t.red}</b>
          </p>
          <Findings
            draft={draft}
            findings={found.found.findings}
            counts={t.counts(found.found.n_errors, found.found.n_warnings)}
            isKnown
          />
          {found.cases && <Cases draft={draft} cases={found.cases} />}
        </>
      )}
    </section>
  );
}

function Cases({ draft, cases }: { draft: string; cases: NonNullable<DraftCheck["cases"]> }) {
  const t = useTextOf(text);
  const at = (path: string, line: number) =>
    toHash({ at: "page", page: "drafts", rest: [draft, "edit", "file", path, String(line)] });
  return (
    <>
      <p>{t.cases(cases.n_passed, cases.failed.length)}</p>
      <ul className="draft-cases">
        {cases.failed.map((failed) => (
          <li key={`${failed.path}:${failed.line}`}>
            <a href={at(failed.path, failed.line)}>{failed.title}</a>{" "}
            <span className="quiet">
              {failed.path}, {t.line(failed.line)}
            </span>
            <ul>
              {failed.differences.map((difference) => (
                <li key={`${difference.line}:${difference.says}`}>
                  {t.line(difference.line)}: {difference.says}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <p>{t.covered(cases.n_covered, cases.n_parts)}</p>
      {cases.missing.length > 0 && (
        <details>
          <summary>
            {t.missing} {t.n(cases.missing.length)}
          </summary>
          <ul>
            {cases.missing.slice(0, mostMissing).map((part) => (
              <li key={`${part.path}:${part.line}:${part.text}`}>
                <a href={at(part.path, part.line)}>
                  {part.path}, {t.line(part.line)}
                </a>{" "}
                <code>{part.text}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
