//! The whole text of a rule file, with line numbers, colours, search, undo, and what is wrong where it is wrong.

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { toml } from "@codemirror/legacy-modes/mode/toml";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { useEffect, useRef } from "react";
import type { DraftFinding } from "../host";

const colours = HighlightStyle.define([
  { tag: tags.comment, class: "toml-comment" },
  { tag: tags.string, class: "toml-string" },
  { tag: [tags.number, tags.atom], class: "toml-number" },
  { tag: tags.propertyName, class: "toml-key" },
]);

type EditorProps = {
  label: string;
  text: string;
  findings: readonly DraftFinding[];
  /** The line to go to; another object goes there again. */
  target: { line: number } | null;
  onChange: (text: string) => void;
};

export function Editor({ label, text, findings, target, onChange }: EditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const first = useRef(text);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  }, [onChange]);
  useEffect(() => {
    if (!place.current) return;
    const made = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: first.current,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          search({ top: true }),
          lintGutter(),
          StreamLanguage.define(toml),
          syntaxHighlighting(colours),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", tabindex: "0" }),
          // Tab leaves the editor, as it leaves every other field.
          keymap.of([...searchKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, [label]);
  useEffect(() => {
    const now = view.current;
    if (now && now.state.doc.toString() !== text) {
      now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: text } });
    }
  }, [text]);
  useEffect(() => {
    const now = view.current;
    if (now) now.dispatch(setDiagnostics(now.state, diagnostics(now.state, findings)));
  }, [findings]);
  useEffect(() => {
    const now = view.current;
    if (!now || target === null) return;
    const line = now.state.doc.line(Math.min(Math.max(target.line, 1), now.state.doc.lines));
    now.dispatch({
      selection: { anchor: line.from },
      effects: EditorView.scrollIntoView(line.from, { y: "center" }),
    });
    now.focus();
  }, [target]);
  return <div className="toml-editor" ref={place} />;
}

function diagnostics(state: EditorState, findings: readonly DraftFinding[]): Diagnostic[] {
  const at = (line: number, column: number) => {
    const found = state.doc.line(Math.min(Math.max(line, 1), state.doc.lines));
    return Math.min(found.from + column, found.to);
  };
  return findings.map((finding) => {
    const from = at(finding.line, finding.column);
    return {
      from,
      to: Math.max(from, at(finding.end_line, finding.end_column)),
      severity: finding.severity === "note" ? "info" : finding.severity,
      message: [`${finding.code}: ${finding.message}`, finding.hint ?? ""].filter(Boolean).join("\n"),
    };
  });
}
