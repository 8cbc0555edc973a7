//! A programme of a draft in words, and what rests on an article.

import { type FormEvent, useState } from "react";
import { formatDay } from "../format";
import type { ArticlePlace, OpenDraft } from "../host";
import { Field } from "../parts/Field";
import { Failed, Loading } from "../parts/Waiting";
import { toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { useArticle, useTold } from "./queries";
import { text } from "./text";

export function ProseTab({ draft, open }: { draft: string; open: OpenDraft }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [programme, setProgramme] = useState(open.programmes[0]?.id ?? "");
  const folder = open.programmes.find((each) => each.id === programme)?.folder ?? "";
  const told = useTold(draft, programme, language);
  return (
    <section className="draft-stack" aria-label={t.tabs.prose}>
      <p className="quiet">{t.proseHint}</p>
      <ArticleSearch draft={draft} />
      <Field label={t.programme}>
        {(wiring) => (
          <select {...wiring} value={programme} onChange={(event) => setProgramme(event.target.value)}>
            {open.programmes.map((each) => (
              <option key={each.id} value={each.id}>
                {each.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      {told.isError && <Failed title={t.notDone} error={told.error} />}
      {told.isPending && <Loading />}
      {told.data?.map((version, at) => (
        <details key={version.from} open={at === 0} className="draft-card">
          <summary>
            {version.title} ·{" "}
            {t.versionFrom(formatDay(version.from), version.until && formatDay(version.until))}
          </summary>
          <p>
            <a
              href={toHash({
                at: "page",
                page: "drafts",
                rest: [draft, "edit", "file", `${folder}/${version.from}.toml`],
              })}
            >
              {t.openFile}
            </a>
          </p>
          <dl className="draft-prose">
            {version.lines.map((line) => (
              <div key={`${line.part}:${line.says}`}>
                <dt>{line.part}</dt>
                <dd>{line.says}</dd>
              </div>
            ))}
          </dl>
        </details>
      ))}
    </section>
  );
}

function ArticleSearch({ draft }: { draft: string }) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const [typed, setTyped] = useState("");
  const found = useArticle();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    found.mutate({ draft, article: typed, language });
  };
  return (
    <form className="draft-card" onSubmit={submit}>
      <Field label={t.article} hint={t.articleHint}>
        {(wiring) => (
          <input {...wiring} required value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
      </Field>
      <div className="actions">
        <button type="submit">{t.articleDo}</button>
      </div>
      {found.isError && <Failed title={t.notDone} error={found.error} />}
      {found.data && (
        <div role="status">
          <p>
            <b>{found.data.text}</b> {found.data.title}
          </p>
          {found.data.inside.length === 0 && <p>{t.noResting}</p>}
          <Places draft={draft} title={t.resting} places={found.data.inside} />
          <Places draft={draft} title={t.around} places={found.data.around} />
        </div>
      )}
    </form>
  );
}

function Places({ draft, title, places }: { draft: string; title: string; places: readonly ArticlePlace[] }) {
  const t = useTextOf(text);
  if (places.length === 0) return null;
  return (
    <>
      <h3>
        {title} {t.n(places.length)}
      </h3>
      <ul>
        {places.map((place) => (
          <li key={`${place.path}:${place.line}:${place.citation}:${place.says}`}>
            <a
              href={toHash({
                at: "page",
                page: "drafts",
                rest: [draft, "edit", "file", place.path, String(place.line)],
              })}
            >
              {place.citation}
            </a>{" "}
            {place.says}
          </li>
        ))}
      </ul>
    </>
  );
}
