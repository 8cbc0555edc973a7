//! A paper held against what was kept of it: its QR mark is scanned or pasted, or its short code typed.

import { type FormEvent, useEffect, useRef, useState } from "react";
import { formatMoment, formatMonth, shortDigest } from "../format";
import type { PaperCheck, State, Verdict } from "../host";
import { Field } from "../parts/Field";
import { StateIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { toHash } from "../route";
import { useTextOf } from "../text";
import { useCheckPaper } from "./queries";
import { text } from "./text";

const states: Record<Verdict, State> = {
  genuine: "yes",
  code_known: "open",
  altered: "no",
  not_from_here: "no",
  not_a_code: "open",
};

export function CheckScreen() {
  const t = useTextOf(text);
  const [typed, setTyped] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const check = useCheckPaper();
  useEffect(() => box.current?.focus(), []);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (typed.trim() === "" || check.isPending) return;
    check.mutate(typed.trim());
    // The next scan takes the place of this one.
    box.current?.select();
  }

  return (
    <div className="page check">
      <h1>{t.check}</h1>
      <form onSubmit={submit} noValidate>
        <Field label={t.checkLabel} hint={t.checkHint}>
          {(wiring) => (
            <input
              {...wiring}
              ref={box}
              autoComplete="off"
              spellCheck={false}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        <div className="actions">
          <button type="submit" className="main-action" aria-disabled={check.isPending}>
            {check.isPending ? t.checking : t.checkAction}
          </button>
        </div>
      </form>
      {check.error && <Failed title={t.checkFailed} error={check.error} />}
      <div role="status">{check.data && <Outcome check={check.data} />}</div>
      <p className="quiet">{t.unsigned}</p>
    </div>
  );
}

function Outcome({ check }: { check: PaperCheck }) {
  const t = useTextOf(text);
  return (
    <>
      <div className={`verdict verdict-${states[check.verdict]}`}>
        <p>
          <StateIcon state={states[check.verdict]} />
          <b>{t.verdictTitle[check.verdict]}</b>
        </p>
        <p>{t.verdict[check.verdict]}</p>
      </div>
      {check.prints.length > 0 && (
        <table className="dossier-table">
          <caption>{t.prints}</caption>
          <thead>
            <tr>
              <th scope="col">{t.columns.household}</th>
              <th scope="col">{t.columns.month}</th>
              <th scope="col">{t.columns.at}</th>
              <th scope="col">{t.columns.by}</th>
              <th scope="col">{t.columns.release}</th>
            </tr>
          </thead>
          <tbody>
            {check.prints.map((print) => (
              <tr key={`${print.at} ${print.household} ${print.code}`}>
                <th scope="row">
                  <a
                    href={toHash({
                      at: "household",
                      household: print.household,
                      view: { is: "interview" },
                    })}
                  >
                    {print.number} · {print.head}
                  </a>
                </th>
                <td>{formatMonth(print.month)}</td>
                <td>{formatMoment(print.at)}</td>
                <td>{print.by}</td>
                <td>
                  <code>{shortDigest(print.release)}</code> ({print.is_current ? t.current : t.older})
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
