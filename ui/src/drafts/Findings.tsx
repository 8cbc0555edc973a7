//! What is wrong in a draft, each finding with the way to its line.

import type { DraftFinding } from "../host";
import { StateIcon, WarnIcon } from "../parts/icons";
import { go } from "../route";
import { useTextOf } from "../text";
import { text } from "./text";

type FindingsProps = {
  draft: string;
  findings: readonly DraftFinding[];
  counts: string;
  /** Somebody looked already. */
  isKnown: boolean;
  /** The file that is open; a finding in it is gone to without leaving. */
  path?: string;
  onHere?: (finding: DraftFinding) => void;
};

export function Findings({ draft, findings, counts, isKnown, path, onHere }: FindingsProps) {
  const t = useTextOf(text);
  const goTo = (finding: DraftFinding) => {
    if (finding.path === path && onHere) return onHere(finding);
    const rest = [draft, "edit", "file", finding.path, String(finding.line)];
    go({ at: "page", page: "drafts", rest });
  };
  return (
    <section className="draft-findings" aria-label={t.findings}>
      <h3>
        {t.findings} <span className="quiet">{counts}</span>
      </h3>
      {isKnown && findings.length === 0 && (
        <p className="good-line">
          <StateIcon state="yes" />
          {t.noFindings}
        </p>
      )}
      <ul>
        {findings.map((finding) => (
          <li key={`${finding.path}:${finding.line}:${finding.column}:${finding.code}:${finding.message}`}>
            <button type="button" className="plain" onClick={() => goTo(finding)}>
              <WarnIcon />
              <span>
                <b>
                  {t.severity[finding.severity]} {finding.code}
                </b>{" "}
                {finding.message}{" "}
                <span className="quiet">
                  {finding.path}, {t.line(finding.line)}
                </span>
              </span>
            </button>
            {finding.hint && <p className="hint">{finding.hint}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
