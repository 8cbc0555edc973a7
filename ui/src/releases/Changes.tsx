//! What differs between two sets of rules, in words; the files that differ stand behind it.

import type { Differences } from "../host";
import { useTextOf } from "../text";
import { text } from "./text";

export function Changes({ differences }: { differences: Differences }) {
  const t = useTextOf(text);
  const { rules, files } = differences;
  return (
    <div className="changes">
      <p>
        <b>{rules.length === 0 ? t.sameRules : t.nRules(rules.length)}</b>
      </p>
      <ul className="changed-rules">
        {rules.map((rule) => (
          <li key={`${rule.kind} ${rule.id} ${rule.from}`}>
            <p>{rule.says}</p>
            {rule.parts.length > 0 && (
              <dl>
                {rule.parts.map((part) => (
                  <div key={part.part}>
                    <dt>{part.part}</dt>
                    <dd>
                      {part.before !== null && (
                        <span>
                          <span className="quiet">{t.before}:</span> <del>{part.before}</del>
                        </span>
                      )}
                      {part.after !== null && (
                        <span>
                          <span className="quiet">{t.after}:</span> <ins>{part.after}</ins>
                        </span>
                      )}
                    </dd>
                  </div>
                ))}
              </dl>
            )}
          </li>
        ))}
      </ul>
      <details>
        <summary>{t.nFiles(files.length)}</summary>
        <ul className="changed-files">
          {files.map((file) => (
            <li key={file.path}>
              <code>{file.path}</code> {t.became[file.became]}
            </li>
          ))}
        </ul>
      </details>
    </div>
  );
}
