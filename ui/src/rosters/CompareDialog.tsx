//! Two records side by side: one person, two people, or decide later.

import { useState } from "react";
import type { Comparison } from "../host";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { Failed, Loading } from "../parts/Waiting";
import { useSpeech, useTextOf } from "../text";
import { type Ref, useChange, useComparison, useTellApart } from "./queries";
import { text } from "./text";

export function CompareDialog({ one, other, onClose, onMerged }: CompareProps) {
  const { language } = useSpeech();
  const t = useTextOf(text);
  const comparison = useComparison(
    { household: one.household, person: one.person },
    { household: other.household, person: other.person },
    language,
  );
  return (
    <Dialog title={t.compareTitle} onClose={onClose} wide>
      {comparison.isPending && <Loading />}
      {comparison.isError && <Failed title={t.failed} error={comparison.error} />}
      {comparison.data && <Compared comparison={comparison.data} onClose={onClose} onMerged={onMerged} />}
    </Dialog>
  );
}

function Compared({ comparison, onClose, onMerged }: ComparedProps) {
  const { t: all } = useSpeech();
  const t = useTextOf(text);
  const merge = useChange();
  const apart = useTellApart();
  const [keepsOne, setKeepsOne] = useState(true);
  const [fromOne, setFromOne] = useState<Record<string, boolean>>({});
  const [newHead, setNewHead] = useState("");
  const [checked, setChecked] = useState(false);
  const { one, other, rows } = comparison;
  const [keep, lose] = keepsOne ? [one, other] : [other, one];
  const needsHead = lose.relation === "head" && lose.with.length > 0;
  const staying = lose.with;
  const titleOf = (field: string, title: string) =>
    title !== "" ? title : (t.fields[field as keyof typeof t.fields] ?? field);

  async function same() {
    setChecked(true);
    if (merge.isPending || (needsHead && newHead === "")) return;
    const take = rows
      .filter((row) => row.one !== null && row.other !== null && row.one !== row.other)
      .map((row) => row.field)
      .filter((field) => (fromOne[field] ?? keepsOne) !== keepsOne);
    const ref = ({ household, person }: Ref) => ({ household, person });
    const done = await merge
      .mutateAsync({
        command: "merge_persons",
        request: { keep: ref(keep), lose: ref(lose), take, new_head: needsHead ? newHead : null },
      })
      .catch(() => null);
    if (done) onMerged(done.household);
  }

  return (
    <div className="compare">
      <p className="hint">{t.mergeHint}</p>
      <table className="compare-table">
        <thead>
          <tr>
            <th scope="col">{t.item}</th>
            {[one, other].map((each) => (
              <th key={each.person} scope="col">
                {each.name} · {t.keepThis(each.number)}
                <span className="quiet">
                  {all.relations[each.relation]} · {each.hamlet}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const title = titleOf(row.field, row.title);
            const differs = row.one !== null && row.other !== null && row.one !== row.other;
            const isOne = fromOne[row.field] ?? keepsOne;
            return (
              <tr key={row.field}>
                <th scope="row">{title}</th>
                {[true, false].map((ofOne) => {
                  const value = ofOne ? row.one : row.other;
                  return (
                    <td key={`${ofOne}`}>
                      {differs ? (
                        <label className="tick">
                          <input
                            type="radio"
                            name={`take-${row.field}`}
                            aria-label={`${t.take(title, t.keepThis((ofOne ? one : other).number))}: ${value}`}
                            checked={isOne === ofOne}
                            onChange={() => setFromOne({ ...fromOne, [row.field]: ofOne })}
                          />
                          {value}
                        </label>
                      ) : (
                        (value ?? t.nothing)
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
      <fieldset>
        <legend>{t.keep}</legend>
        {[true, false].map((ofOne) => {
          const each = ofOne ? one : other;
          return (
            <label key={each.person} className="tick">
              <input
                type="radio"
                name="keep"
                checked={keepsOne === ofOne}
                onChange={() => setKeepsOne(ofOne)}
              />
              {each.name} · {t.keepThis(each.number)}
            </label>
          );
        })}
      </fieldset>
      {needsHead && (
        <Field label={t.newHead} error={checked && newHead === "" ? t.needsNewHead : undefined}>
          {(wiring) => (
            <select {...wiring} value={newHead} onChange={(event) => setNewHead(event.target.value)}>
              <option value="">{t.choose}</option>
              {staying.map((each) => (
                <option key={each.value} value={each.value}>
                  {each.label}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {merge.error && <Failed title={t.failed} error={merge.error} />}
      {apart.error && <Failed title={t.failed} error={apart.error} />}
      <div className="actions">
        <button type="button" className="main-action" onClick={() => void same()}>
          {t.same}
        </button>
        <button
          type="button"
          onClick={async () => {
            const done = await apart.mutateAsync({ one: one.person, other: other.person }).catch(() => null);
            if (done) onClose();
          }}
        >
          {t.different}
        </button>
        <button type="button" onClick={onClose}>
          {t.later}
        </button>
      </div>
    </div>
  );
}

type CompareProps = { one: Ref; other: Ref; onClose: () => void; onMerged: (household: string) => void };
type ComparedProps = { comparison: Comparison; onClose: () => void; onMerged: (household: string) => void };
