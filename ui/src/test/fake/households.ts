//! Households of the invented backend as the list and the file show them.

import type { CaseFile, Hit } from "../../host/types";
import { nobody } from "./cards";
import { questionsFor } from "./questions";
import { type FakeHousehold, fold } from "./state";

export function hitOf(each: FakeHousehold, wanted: string): Hit[] {
  const person = each.persons.find((one) =>
    fold(`${one.name} ${each.number} ${each.hamlet}`).includes(wanted),
  );
  const head = each.persons[0];
  if (!person || !head) return [];
  return [
    {
      household: each.household,
      number: each.number,
      head: head.name,
      person: person === head ? null : person.name,
      birth_year: person.person === "p1" ? "1947" : "",
      hamlet: each.hamlet,
      n_persons: each.persons.length,
      invented: true,
      is_near: false,
    },
  ];
}

export function fileOf(each: FakeHousehold, language = "vi"): CaseFile {
  return {
    household: each.household,
    number: each.number,
    hamlet: each.hamlet,
    invented: true,
    persons: each.persons.map((one) => ({
      ...one,
      parents: [],
      partner: null,
      identity: { ...nobody, ...each.identities[one.person] },
      basics: questionsFor(each, one, language).slice(0, 2),
    })),
    saved_at: each.saved_at,
    printed: [],
    acts: [],
    closed_into: null,
  };
}
