//! The drafts of the rules: all of them, or one that is open.

import { type FormEvent, useEffect, useRef, useState } from "react";
import { formatMoment } from "../format";
import type { DraftLine } from "../host";
import type { PageProps } from "../pages";
import { Field } from "../parts/Field";
import { Failed, Loading } from "../parts/Waiting";
import { go, toHash } from "../route";
import { useTextOf } from "../text";
import { DraftScreen } from "./DraftScreen";
import { useDrafts, useNewDraft } from "./queries";
import { text } from "./text";

export function DraftsScreen({ rest, session, status }: PageProps) {
  const [draft, ...inside] = rest;
  if (draft)
    return <DraftScreen key={draft} draft={draft} rest={inside} session={session} today={status.today} />;
  return <DraftList />;
}

function DraftList() {
  const t = useTextOf(text);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const found = useDrafts();
  return (
    <div className="page drafts">
      <h1 ref={heading} tabIndex={-1}>
        {t.title}
      </h1>
      <p className="quiet">{t.hint}</p>
      {found.isPending && <Loading />}
      {found.isError && <Failed title={t.failed} error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && (
        <div className="empty">
          <p>{t.none}</p>
          <p className="quiet">{t.noneHint}</p>
        </div>
      )}
      {found.data && found.data.length > 0 && <Table drafts={found.data} />}
      {found.data && <NewDraft />}
    </div>
  );
}

function Table({ drafts }: { drafts: readonly DraftLine[] }) {
  const t = useTextOf(text);
  return (
    <table className="draft-table">
      <thead>
        <tr>
          <th scope="col">{t.columns.title}</th>
          <th scope="col">{t.columns.changed}</th>
          <th scope="col">{t.columns.steps}</th>
          <th scope="col">{t.columns.base}</th>
        </tr>
      </thead>
      <tbody>
        {drafts.map((line) => (
          <tr key={line.draft}>
            <th scope="row">
              <a href={toHash({ at: "page", page: "drafts", rest: [line.draft] })}>{line.title}</a>
            </th>
            <td>{t.by(line.updated_by, formatMoment(line.updated_at))}</td>
            <td>{line.n_steps}</td>
            <td>{line.is_current ? t.current : t.notCurrent}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function NewDraft() {
  const t = useTextOf(text);
  const [title, setTitle] = useState("");
  const make = useNewDraft();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    make.mutate(title, {
      onSuccess: (line) => go({ at: "page", page: "drafts", rest: [line.draft] }),
    });
  };
  return (
    <form className="draft-card" onSubmit={submit}>
      <h2>{t.makeTitle}</h2>
      <Field label={t.name} hint={t.nameHint}>
        {(wiring) => (
          <input {...wiring} required value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      {make.isError && <Failed title={t.notDone} error={make.error} />}
      <div className="actions">
        <button type="submit" className="main-action" aria-disabled={make.isPending}>
          {make.isPending ? t.making : t.make}
        </button>
      </div>
    </form>
  );
}
