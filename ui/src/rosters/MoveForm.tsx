//! Moves people to another household, splits a new one off, or merges the whole household into another.

import { type FormEvent, useState } from "react";
import { readDay } from "../dates";
import { formatDay } from "../format";
import type { CaseFile, Relation } from "../host";
import { useWork } from "../household/work";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { WarnIcon } from "../parts/icons";
import { Failed } from "../parts/Waiting";
import { useSearch, useStatus } from "../queries";
import { useSpeech, useTextOf } from "../text";
import { type Change, useChange } from "./queries";
import { text } from "./text";

type What = "move" | "split" | "merge";

export function MoveForm({ file, onClose }: { file: CaseFile; onClose: () => void }) {
  const { t: all } = useSpeech();
  const t = useTextOf(text);
  const { today } = useWork();
  const hamlets = useStatus().data?.session?.hamlets ?? [];
  const change = useChange();
  const [what, setWhat] = useState<What>("move");
  const [going, setGoing] = useState<string[]>([]);
  const [relations, setRelations] = useState<Record<string, Relation>>({});
  const [wanted, setWanted] = useState("");
  const [into, setInto] = useState("");
  const [head, setHead] = useState("");
  const [newHead, setNewHead] = useState("");
  const [hamlet, setHamlet] = useState(file.hamlet);
  const [on, setOn] = useState(formatDay(today));
  const [checked, setChecked] = useState(false);
  const search = useSearch(wanted.normalize("NFC").trim());
  const hits = (search.data?.hits ?? []).filter((each) => each.household !== file.household).slice(0, 8);

  const movers = what === "merge" ? file.persons : file.persons.filter((each) => going.includes(each.person));
  const stay = file.persons.filter((each) => !movers.includes(each));
  const headGoes = stay.length > 0 && movers.some((each) => each.relation === "head");
  const day = readDay(on);
  const mistake =
    movers.length === 0
      ? t.needsWho
      : what !== "merge" && stay.length === 0
        ? t.needsAll
        : what !== "split" && into === ""
          ? t.needsInto
          : what === "split" && !movers.some((each) => each.person === head)
            ? t.needsHead
            : headGoes && !stay.some((each) => each.person === newHead)
              ? t.needsNewHead
              : day.ok
                ? null
                : all.mistakes[day.mistake];

  async function submit(event: FormEvent) {
    event.preventDefault();
    setChecked(true);
    if (mistake !== null || !day.ok || change.isPending) return;
    const persons = movers.map(({ person }) => ({ person, relation: relations[person] ?? "other" }));
    const common = { household: file.household, on: day.day };
    const new_head = headGoes ? newHead : null;
    const request: Change =
      what === "move"
        ? { command: "move_persons", request: { ...common, persons, into, new_head } }
        : what === "merge"
          ? { command: "merge_households", request: { ...common, persons, into, take: [] } }
          : {
              command: "split_household",
              request: {
                ...common,
                persons: [head, ...movers.map((each) => each.person).filter((each) => each !== head)],
                hamlet,
                new_head,
              },
            };
    const done = await change.mutateAsync(request).catch(() => null);
    if (done) onClose();
  }

  const headOf = (people: CaseFile["persons"], label: string, value: string, set: (id: string) => void) => (
    <Field label={label}>
      {(wiring) => (
        <select {...wiring} value={value} onChange={(event) => set(event.target.value)}>
          <option value="">{t.choose}</option>
          {people.map((each) => (
            <option key={each.person} value={each.person}>
              {each.name}
            </option>
          ))}
        </select>
      )}
    </Field>
  );

  return (
    <Dialog title={t.title} onClose={onClose} wide>
      <form className="move-form" onSubmit={submit} noValidate>
        <fieldset>
          <legend>{t.what}</legend>
          {(["move", "split", "merge"] as const).map((each) => (
            <label key={each} className="tick">
              <input type="radio" name="what" checked={what === each} onChange={() => setWhat(each)} />
              {t[each]}
            </label>
          ))}
        </fieldset>
        <p className="hint">{t.hint}</p>
        {what !== "merge" && (
          <fieldset>
            <legend>{t.who}</legend>
            {file.persons.map((each) => (
              <label key={each.person} className="tick">
                <input
                  type="checkbox"
                  checked={going.includes(each.person)}
                  onChange={(event) =>
                    setGoing(
                      event.target.checked
                        ? [...going, each.person]
                        : going.filter((other) => other !== each.person),
                    )
                  }
                />
                {each.name} <span className="quiet">{all.relations[each.relation]}</span>
              </label>
            ))}
          </fieldset>
        )}
        {what === "split" ? (
          <div className="columns">
            {headOf(movers, t.head, head, setHead)}
            <Field label={t.hamlet}>
              {(wiring) => (
                <select {...wiring} value={hamlet} onChange={(event) => setHamlet(event.target.value)}>
                  {[...new Set([file.hamlet, ...hamlets])].map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
              )}
            </Field>
          </div>
        ) : (
          <>
            <Field label={t.into} hint={t.intoHint}>
              {(wiring) => (
                <input
                  {...wiring}
                  autoComplete="off"
                  value={wanted}
                  onChange={(event) => setWanted(event.target.value)}
                />
              )}
            </Field>
            {wanted.trim() !== "" && hits.length > 0 && (
              <fieldset>
                <legend>{t.hits}</legend>
                {hits.map((each) => (
                  <label key={each.household} className="tick">
                    <input
                      type="radio"
                      name="into"
                      checked={into === each.household}
                      onChange={() => setInto(each.household)}
                    />
                    {t.hit(each.number, each.head, each.hamlet)}
                  </label>
                ))}
              </fieldset>
            )}
            <div className="columns">
              {movers.map((each) => (
                <Field key={each.person} label={t.relationOf(each.name)}>
                  {(wiring) => (
                    <select
                      {...wiring}
                      value={relations[each.person] ?? "other"}
                      onChange={(event) =>
                        setRelations({ ...relations, [each.person]: event.target.value as Relation })
                      }
                    >
                      {(Object.keys(all.relations) as Relation[])
                        .filter((relation) => relation !== "head")
                        .map((relation) => (
                          <option key={relation} value={relation}>
                            {all.relations[relation]}
                          </option>
                        ))}
                    </select>
                  )}
                </Field>
              ))}
            </div>
          </>
        )}
        {headGoes && headOf(stay, t.newHead, newHead, setNewHead)}
        <Field label={t.on}>
          {(wiring) => (
            <input
              {...wiring}
              autoComplete="off"
              value={on}
              onChange={(event) => setOn(event.target.value)}
            />
          )}
        </Field>
        {checked && mistake !== null && (
          <p className="error" role="alert">
            <WarnIcon />
            {mistake}
          </p>
        )}
        {change.error && <Failed title={t.failed} error={change.error} />}
        <div className="actions">
          <button type="submit" className="main-action">
            {change.isPending ? t.doing : t.do}
          </button>
          <button type="button" onClick={onClose}>
            {all.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
