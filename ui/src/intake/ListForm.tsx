//! One list: what its columns mean, said by hand where need be, and then what would come of it.

import { useEffect, useId, useRef, useState } from "react";
import type { ColumnTarget, ImportPreview, PreviewImportRequest, TableReading, TargetGroup } from "../host";
import { Field } from "../parts/Field";
import { WarnIcon } from "../parts/icons";
import { useJob } from "../parts/job";
import { Failed } from "../parts/Waiting";
import { useTextOf } from "../text";
import { faults, type Mapping, proposed, withColumn } from "./mapping";
import { Preview } from "./Preview";
import { text } from "./text";

export type Chosen = { name: string; bytes: string };

const groups: readonly TargetGroup[] = ["roster", "identity", "person", "household"];

export function ListForm({ file, reading, hamlets, readAgain, onDone }: ListFormProps) {
  const t = useTextOf(text);
  const id = useId();
  const title = useRef<HTMLHeadingElement>(null);
  const [mapping, setMapping] = useState<Mapping>(() => proposed(reading.columns));
  const [hamlet, setHamlet] = useState(reading.hamlet ?? "");
  const [withLookAlikes, setWithLookAlikes] = useState(false);
  const [row, setRow] = useState(String(reading.header_row));
  const preview = useJob<ImportPreview, PreviewImportRequest>("preview_import");
  useEffect(() => title.current?.focus(), []);

  const label = (value: string) =>
    t.roster[value] ?? reading.targets.find((target) => target.value === value)?.label ?? value;
  const wrong = faults(mapping);
  const request: PreviewImportRequest = {
    bytes: file.bytes,
    sheet: reading.sheet,
    header_row: reading.header_row,
    mapping: [...mapping],
    hamlet: hamlet || null,
    with_look_alikes: withLookAlikes,
  };
  /** What was previewed is no longer what is said. */
  const change = (say: () => void) => {
    say();
    preview.reset();
  };

  return (
    <>
      <section className="keeping-part" aria-labelledby={`${id}-columns`}>
        <h2 id={`${id}-columns`} ref={title} tabIndex={-1}>
          {t.columns}
        </h2>
        <p className="quiet">{t.columnsHint(reading.n_rows, reading.header_row)}</p>
        {reading.remembered && <p className="quiet">{t.remembered}</p>}
        <div className="filters">
          {reading.sheets.length > 1 && (
            <Field label={t.sheet}>
              {(wiring) => (
                <select
                  {...wiring}
                  value={reading.sheet}
                  onChange={(event) => readAgain(event.target.value, null)}
                >
                  {reading.sheets.map((sheet) => (
                    <option key={sheet}>{sheet}</option>
                  ))}
                </select>
              )}
            </Field>
          )}
          <Field label={t.headerRow}>
            {(wiring) => (
              <input
                {...wiring}
                className="short"
                inputMode="numeric"
                value={row}
                onChange={(event) => setRow(event.target.value)}
                onBlur={() => {
                  const wanted = Number.parseInt(row, 10);
                  if (wanted > 0 && wanted !== reading.header_row) readAgain(reading.sheet, wanted);
                }}
              />
            )}
          </Field>
          <Field label={t.hamlet} hint={t.hamletHint}>
            {(wiring) => (
              <select
                {...wiring}
                value={hamlet}
                onChange={(event) => change(() => setHamlet(event.target.value))}
              >
                <option value="">{t.byRow}</option>
                {hamlets.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <div className="sheet">
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">{t.column}</th>
                <th scope="col">{t.samples}</th>
                <th scope="col">{t.means}</th>
              </tr>
            </thead>
            <tbody>
              {reading.columns.map((column, at) => (
                <tr key={column.letter}>
                  <th scope="row">
                    <span className="quiet">{column.letter}</span> {column.header}
                  </th>
                  <td className="samples">{column.samples.join(" · ")}</td>
                  <td>
                    <select
                      aria-label={t.meansOf(column.header || column.letter)}
                      value={mapping[at] ?? ""}
                      onChange={(event) =>
                        change(() => setMapping(withColumn(mapping, at, event.target.value || null)))
                      }
                    >
                      <option value="">{t.unused}</option>
                      {groups.map((group) => (
                        <optgroup key={group} label={t.groups[group]}>
                          {reading.targets.filter(isOf(group)).map((target) => (
                            <option key={target.value} value={target.value}>
                              {label(target.value)}
                            </option>
                          ))}
                        </optgroup>
                      ))}
                    </select>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {wrong.length > 0 && (
          <ul className="notice">
            {wrong.map((fault) => (
              <li key={fault.kind + fault.target}>
                <WarnIcon />
                {fault.kind === "twice" ? t.twice(label(fault.target)) : t.lacks(label(fault.target))}
              </li>
            ))}
          </ul>
        )}
        <label className="tick">
          <input
            type="checkbox"
            checked={withLookAlikes}
            onChange={(event) => change(() => setWithLookAlikes(event.target.checked))}
          />
          {t.alike}
        </label>
        <button
          type="button"
          className="main-action"
          aria-disabled={wrong.length > 0 || preview.isPending}
          onClick={() => wrong.length === 0 && !preview.isPending && preview.mutate(request)}
        >
          {preview.isPending ? t.previewing : t.preview}
        </button>
        {preview.error && <Failed title={t.notPreviewed} error={preview.error} />}
      </section>
      {preview.data && (
        <Preview
          list={request}
          fileName={file.name}
          preview={preview.data}
          onBack={() => {
            preview.reset();
            title.current?.focus();
          }}
          onDone={onDone}
        />
      )}
    </>
  );
}

function isOf(group: TargetGroup) {
  return (target: ColumnTarget) => target.group === group;
}

type ListFormProps = {
  file: Chosen;
  reading: TableReading;
  hamlets: readonly string[];
  readAgain: (sheet: string, headerRow: number | null) => void;
  onDone: (said: string) => void;
};
