//! A list comes in: its file, what its columns mean, what would come of it, and the lists that came before.

import { type ChangeEvent, useId, useRef, useState } from "react";
import { formatMoment } from "../format";
import type { ImportLine, ReadTableRequest, TableReading } from "../host";
import type { PageProps } from "../pages";
import { StateIcon } from "../parts/icons";
import { useJob } from "../parts/job";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { type Chosen, ListForm } from "./ListForm";
import { inBase64, useImports, useRefreshAll } from "./queries";
import { text } from "./text";

export function IntakeScreen({ session }: PageProps) {
  const t = useTextOf(text);
  const { language } = useSpeech();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<Chosen | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const read = useJob<TableReading, ReadTableRequest>("read_table");
  const refresh = useRefreshAll();

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const chosen = event.target.files?.[0];
    setFile(null);
    setDone(null);
    read.reset();
    if (!chosen) return;
    const bytes = await inBase64(chosen);
    setFile({ name: chosen.name, bytes });
    read.mutate({ bytes, language });
  }

  return (
    <div className="page keeping intake">
      <h1>{t.title}</h1>
      <div className="keeping-part">
        <div className="field">
          <label htmlFor={`${id}-file`}>{t.file}</label>
          <input
            ref={input}
            id={`${id}-file`}
            type="file"
            accept=".xlsx,.csv,.tsv,.txt"
            aria-describedby={`${id}-hint`}
            onChange={(event) => void choose(event)}
          />
          <p className="hint" id={`${id}-hint`}>
            {t.hint}
          </p>
        </div>
        {read.isPending && <Loading text={t.reading} />}
        {read.error && <Failed title={t.notRead} error={read.error} />}
        {done !== null && (
          <p className="outcome good" role="status">
            <StateIcon state="yes" />
            {done}
          </p>
        )}
      </div>
      {file !== null && read.data && (
        <ListForm
          key={`${read.data.sheet} ${read.data.header_row}`}
          file={file}
          reading={read.data}
          hamlets={session.hamlets}
          readAgain={(sheet, header_row) =>
            read.mutate({ bytes: file.bytes, language, sheet, ...(header_row ? { header_row } : {}) })
          }
          onDone={(said) => {
            setDone(said);
            setFile(null);
            if (input.current) {
              input.current.value = "";
              input.current.focus();
            }
            void refresh();
          }}
        />
      )}
      <Past onUndone={() => setDone(null)} />
    </div>
  );
}

function Past({ onUndone }: { onUndone: () => void }) {
  const t = useTextOf(text);
  const imports = useImports();
  const refresh = useRefreshAll();
  const undo = useJob<ImportLine[], { import: number }>("undo_import");
  const id = useId();
  return (
    <section className="keeping-part" aria-labelledby={`${id}-past`}>
      <h2 id={`${id}-past`}>{t.past}</h2>
      {imports.isPending && <Loading />}
      {imports.error && <Failed title={t.past} error={imports.error} retry={() => void imports.refetch()} />}
      {imports.data?.length === 0 && <p className="quiet">{t.none}</p>}
      {imports.data && imports.data.length > 0 && (
        <div className="sheet">
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">{t.fileName}</th>
                <th scope="col">{t.when}</th>
                <th scope="col">{t.who}</th>
                <th scope="col">{t.brought}</th>
                <th scope="col">{t.state}</th>
              </tr>
            </thead>
            <tbody>
              {imports.data.map((line) => (
                <tr key={line.import}>
                  <th scope="row">{line.file_name}</th>
                  <td className="nowrap">{formatMoment(line.at)}</td>
                  <td>{line.by}</td>
                  <td>
                    {t.countHouseholds(line.n_households)}
                    {line.n_left_out > 0 && <span className="quiet"> ({t.left(line.n_left_out)})</span>}
                  </td>
                  <td>
                    {line.undone_at !== null && t.undone(formatMoment(line.undone_at))}
                    {line.undone_at === null && line.n_changed > 0 && t.stays(line.n_changed)}
                    {line.undone_at === null && line.n_changed === 0 && (
                      <button
                        type="button"
                        className="small"
                        aria-disabled={undo.isPending}
                        aria-label={t.undoOf(line.file_name)}
                        onClick={() =>
                          !undo.isPending &&
                          undo.mutate(
                            { import: line.import },
                            {
                              onSuccess: () => {
                                onUndone();
                                void refresh();
                              },
                            },
                          )
                        }
                      >
                        {t.undo}
                      </button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div role="status">
        {undo.isPending && t.undoing}
        {undo.data && t.undoneNow}
      </div>
      {undo.error && <Failed title={t.notUndone} error={undo.error} />}
    </section>
  );
}
