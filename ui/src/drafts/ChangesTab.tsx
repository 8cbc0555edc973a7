//! What a draft changes, in words and in text.

import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { useDifferences } from "./queries";
import { text } from "./text";

const signs = { both: " ", old: "−", new: "+" };

export function ChangesTab({ draft }: { draft: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const found = useDifferences(draft, language);
  if (found.isError)
    return <Failed title={t.notDone} error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { rules, files } = found.data;
  return (
    <section className="draft-stack" aria-label={t.tabs.changes}>
      <p className="quiet">{t.changesHint}</p>
      {files.length === 0 && <p className="empty">{t.noChanges}</p>}
      {rules.length > 0 && <h2>{t.inWords}</h2>}
      <ul className="draft-changes">
        {rules.map((rule) => (
          <li key={`${rule.kind}:${rule.id}:${rule.from}`} className="draft-card">
            <p>
              <b>{rule.says}</b> <code>{rule.id}</code>
            </p>
            <dl>
              {rule.parts.map((part) => (
                <div key={`${part.part}:${part.before}:${part.after}`}>
                  <dt>{part.part}</dt>
                  {part.before !== null && (
                    <dd>
                      <span aria-hidden="true">−</span> <del>{part.before}</del>
                    </dd>
                  )}
                  {part.after !== null && (
                    <dd>
                      <span aria-hidden="true">+</span> <ins>{part.after}</ins>
                    </dd>
                  )}
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ul>
      {files.length > 0 && <h2>{t.inText}</h2>}
      {files.map((file) => (
        <details key={file.path} open className="draft-card">
          <summary>{file.path}</summary>
          {file.hunks.map((hunk) => {
            const lines = hunk.lines.map(
              (line) => `${signs[line.side]}${String(line.number).padStart(5)} ${line.text}`,
            );
            return (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide text is scrolled from the keyboard
              <pre key={lines[0]} tabIndex={0}>
                {lines.join("\n")}
              </pre>
            );
          })}
        </details>
      ))}
    </section>
  );
}
