//! Changing a draft: what can be changed by form on the left, the form or the file on the right.

import { useMemo, useState } from "react";
import type { OpenDraft } from "../host";
import { toHash } from "../route";
import { useTextOf } from "../text";
import { FilePane } from "./FilePane";
import { InstrumentForm, ParameterPane, ProgrammePane } from "./forms";
import { matches } from "./match";
import { text } from "./text";

const mostShown = 40;
const kinds = ["parameters", "programmes", "instruments", "files"] as const;
type Kind = (typeof kinds)[number];
type Entry = { key: string; name: string; more: string; rest: string[] };

export function EditTab({ draft, open, rest }: { draft: string; open: OpenDraft; rest: readonly string[] }) {
  const t = useTextOf(text);
  const [what, key = "", line] = rest;
  const parameter = what === "parameter" ? open.parameters.find((each) => each.name === key) : undefined;
  const programme = what === "programme" ? open.programmes.find((each) => each.id === key) : undefined;
  return (
    <div className="draft-edit">
      <Tree draft={draft} open={open} chosen={rest.slice(0, 2).join("/")} />
      <div className="draft-pane">
        {parameter && <ParameterPane key={key} draft={draft} parameter={parameter} />}
        {programme && <ProgrammePane key={key} draft={draft} programme={programme} />}
        {what === "instrument" && <InstrumentForm draft={draft} open={open} />}
        {what === "file" && <FilePane key={key} draft={draft} path={key} line={line ? Number(line) : null} />}
        {!what && <p className="quiet">{t.pick}</p>}
      </div>
    </div>
  );
}

function Tree({ draft, open, chosen }: { draft: string; open: OpenDraft; chosen: string }) {
  const t = useTextOf(text);
  const [typed, setTyped] = useState("");
  const entries = useMemo(() => entriesOf(open, t.changed), [open, t.changed]);
  const at = (inside: readonly string[]) =>
    toHash({ at: "page", page: "drafts", rest: [draft, "edit", ...inside] });
  return (
    <nav className="draft-tree" aria-label={t.find}>
      <label className="field">
        <span>{t.find}</span>
        <input
          type="search"
          placeholder={t.findHint}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      {kinds.map((kind) => {
        const found = entries[kind].filter((entry) => matches(typed, `${entry.name} ${entry.more}`));
        return (
          <details key={kind} open={typed !== "" || kind === "parameters" || undefined}>
            <summary>
              {t.kinds[kind]} {t.n(found.length)}
            </summary>
            <ul>
              {kind === "instruments" && (
                <li>
                  <a href={at(["instrument"])}>+ {t.newInstrument}</a>
                </li>
              )}
              {found.slice(0, mostShown).map((entry) => (
                <li key={entry.key}>
                  <a
                    href={at(entry.rest)}
                    aria-current={entry.rest.slice(0, 2).join("/") === chosen ? "true" : undefined}
                  >
                    {entry.name}
                    <span className="quiet">{entry.more}</span>
                  </a>
                </li>
              ))}
              {found.length > mostShown && (
                <li className="quiet">{t.moreHidden(found.length - mostShown)}</li>
              )}
            </ul>
          </details>
        );
      })}
    </nav>
  );
}

function entriesOf(open: OpenDraft, changed: string): Record<Kind, Entry[]> {
  return {
    parameters: open.parameters.map((each) => ({
      key: each.name,
      name: each.title,
      more: each.name,
      rest: ["parameter", each.name],
    })),
    programmes: open.programmes.map((each) => ({
      key: each.id,
      name: each.title,
      more: each.id,
      rest: ["programme", each.id],
    })),
    instruments: open.instruments.map((each) => ({
      key: each.id,
      name: `${each.id} · ${each.number}`,
      more: each.title,
      rest: ["file", each.path, String(each.line)],
    })),
    files: [...open.files]
      .sort((a, b) => Number(b.changed) - Number(a.changed))
      .map((each) => ({
        key: each.path,
        name: each.path,
        more: each.changed ? changed : "",
        rest: ["file", each.path],
      })),
  };
}
