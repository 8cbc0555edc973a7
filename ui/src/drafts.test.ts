import { describe, expect, test } from "vitest";
import { type Drafts, draftOf, reduceDrafts } from "./drafts";
import { CallError } from "./host";

const key = "p1:birth_date";
const year = { is: "value", value: "1951", proof: null } as const;
const storage = new CallError({ code: "storage", values: {}, problems: [] });

function draftAfter(...actions: Parameters<typeof reduceDrafts>[1][]) {
  return draftOf(actions.reduce<Drafts>(reduceDrafts, {}), key);
}

describe("a draft", () => {
  test("keeps what was typed when it is not understood", () => {
    const draft = draftAfter(
      { do: "type", key, text: "31/02/1950" },
      { do: "refuse", key, mistake: { at: "date", mistake: "no_such_day" } },
      { do: "settle", key },
    );
    expect(draft.text).toBe("31/02/1950");
    expect(draft.state.is).toBe("refused");
  });

  test("keeps what was typed when saving fails", () => {
    const draft = draftAfter(
      { do: "type", key, text: "1951" },
      { do: "save", key, given: year, turn: 1 },
      { do: "fail", key, error: storage, turn: 1 },
    );
    expect(draft).toMatchObject({ text: "1951", given: year, state: { is: "failed" } });
  });

  test("gives way to the record once it is saved", () => {
    const draft = draftAfter(
      { do: "type", key, text: "1951" },
      { do: "save", key, given: year, turn: 1 },
      { do: "saved", key, at: "14:02:31", turn: 1 },
    );
    expect(draft).toMatchObject({ text: null, given: null, state: { is: "saved", at: "14:02:31" } });
  });

  test("listens to the newest save only", () => {
    const draft = draftAfter(
      { do: "save", key, given: year, turn: 1 },
      { do: "save", key, given: { is: "unsure" }, turn: 2 },
      { do: "saved", key, at: "14:02:31", turn: 1 },
    );
    expect(draft).toMatchObject({ given: { is: "unsure" }, state: { is: "saving" } });
  });

  test("does not lose letters typed while a save is under way", () => {
    const draft = draftAfter(
      { do: "type", key, text: "1951" },
      { do: "save", key, given: year, turn: 1 },
      { do: "type", key, text: "03/1951" },
      { do: "saved", key, at: "14:02:31", turn: 1 },
    );
    expect(draft).toMatchObject({ text: "03/1951", given: null, state: { is: "typing" } });
  });

  test("shows the record again when a field was only touched", () => {
    expect(draftAfter({ do: "type", key, text: "" }, { do: "settle", key })).toMatchObject({
      text: null,
      state: { is: "untouched" },
    });
  });
});
