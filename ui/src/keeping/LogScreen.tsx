//! The log of everything that was done: filters, pages, the check of its chain, and the whole as a file.

import { type FormEvent, useState } from "react";
import { formatMoment } from "../format";
import type { AuditCheck, AuditFile, AuditRequest } from "../host";
import { offer } from "../parts/download";
import { Field } from "../parts/Field";
import { StateIcon, WarnIcon } from "../parts/icons";
import { useJob } from "../parts/job";
import { Saved } from "../parts/Saved";
import { Failed, Loading } from "../parts/Waiting";
import { useTextOf } from "../text";
import { useAudit } from "./queries";
import { text, wordOf } from "./text";

const everything: AuditRequest = {
  by: null,
  action: null,
  number: null,
  from: null,
  until: null,
  before: null,
};

export function LogScreen() {
  const t = useTextOf(text);
  const [request, setRequest] = useState(everything);
  /** The first entries of the pages before this one. */
  const [earlier, setEarlier] = useState<(number | null)[]>([]);
  const [number, setNumber] = useState("");
  const audit = useAudit(request);
  const check = useJob<AuditCheck, object>("check_audit");
  const save = useJob<AuditFile, AuditRequest>("export_audit");
  const page = audit.data;
  const last = page?.entries.at(-1)?.seq ?? null;

  function filter(change: Partial<AuditRequest>) {
    setEarlier([]);
    setRequest({ ...request, ...change, before: null });
  }

  function turn(before: number | null, pages: (number | null)[]) {
    setEarlier(pages);
    setRequest({ ...request, before });
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    filter({ number: number.trim() || null });
  }

  return (
    <div className="page keeping">
      <div className="page-head">
        <h1>{t.log}</h1>
        <div className="actions">
          <button type="button" aria-disabled={check.isPending} onClick={() => check.mutate({})}>
            {check.isPending ? t.checking : t.checkChain}
          </button>
          <button
            type="button"
            aria-disabled={save.isPending}
            onClick={() => save.mutate(request, { onSuccess: (answer) => offer(answer.file) })}
          >
            {t.exportLog}
          </button>
        </div>
      </div>
      {check.error && <Failed title={t.checkChain} error={check.error} />}
      {check.data && (
        <p
          role="status"
          className={check.data.broken_at === null ? "notice good-notice" : "notice bad-notice"}
        >
          {check.data.broken_at === null ? <StateIcon state="yes" /> : <WarnIcon />}
          {check.data.broken_at === null
            ? t.chainWhole(check.data.n_entries)
            : t.chainBroken(check.data.broken_at)}
        </p>
      )}
      {save.error && <Failed title={t.exportLog} error={save.error} />}
      {save.data && <Saved file={save.data.file} />}
      <form className="filters" onSubmit={submit} aria-label={t.filters}>
        <Field label={t.who}>
          {(wiring) => (
            <select
              {...wiring}
              value={request.by ?? ""}
              onChange={(event) => filter({ by: event.target.value || null })}
            >
              <option value="">{t.everybody}</option>
              {page?.users.map((user) => (
                <option key={user}>{user}</option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t.what}>
          {(wiring) => (
            <select
              {...wiring}
              value={request.action ?? ""}
              onChange={(event) => filter({ action: event.target.value || null })}
            >
              <option value="">{t.everything}</option>
              {page?.actions.map((action) => (
                <option key={action} value={action}>
                  {wordOf(t.words, action)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t.householdNumber}>
          {(wiring) => (
            <input
              {...wiring}
              className="short"
              value={number}
              inputMode="numeric"
              onChange={(event) => setNumber(event.target.value)}
              onBlur={() =>
                (request.number ?? "") !== number.trim() && filter({ number: number.trim() || null })
              }
            />
          )}
        </Field>
        <Field label={t.from}>
          {(wiring) => (
            <input
              {...wiring}
              type="date"
              value={request.from ?? ""}
              onChange={(event) => filter({ from: event.target.value || null })}
            />
          )}
        </Field>
        <Field label={t.until}>
          {(wiring) => (
            <input
              {...wiring}
              type="date"
              value={request.until ?? ""}
              onChange={(event) => filter({ until: event.target.value || null })}
            />
          )}
        </Field>
        <button type="submit">{t.show}</button>
      </form>
      {audit.isPending && <Loading />}
      {audit.error && <Failed title={t.log} error={audit.error} retry={() => void audit.refetch()} />}
      {page && page.entries.length === 0 && <p className="empty">{t.noEntries}</p>}
      {page && page.entries.length > 0 && (
        <div className="sheet">
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">{t.at}</th>
                <th scope="col">{t.who}</th>
                <th scope="col">{t.what}</th>
                <th scope="col">{t.whom}</th>
                <th scope="col">{t.detail}</th>
              </tr>
            </thead>
            <tbody>
              {page.entries.map((entry) => (
                <tr key={entry.seq}>
                  <td className="nowrap">{formatMoment(entry.at)}</td>
                  <td>{entry.by}</td>
                  <td>{wordOf(t.words, entry.action)}</td>
                  <td>
                    {entry.household ? (
                      <a href={`#/household/${entry.household}`}>
                        {t.household(entry.number ?? "")}
                        {entry.person && ` · ${entry.person}`}
                      </a>
                    ) : (
                      entry.subject
                    )}
                  </td>
                  <td className="about">{entry.detail}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="actions">
        {earlier.length > 0 && (
          <button type="button" onClick={() => turn(earlier.at(-1) ?? null, earlier.slice(0, -1))}>
            {t.newer}
          </button>
        )}
        {page?.has_more && (
          <button type="button" onClick={() => turn(last, [...earlier, request.before])}>
            {t.older}
          </button>
        )}
      </div>
    </div>
  );
}
