//! Cards of the invented backend.

import type { CardField, CardReading, Identity } from "../../host/types";
import type { FakeHousehold } from "./state";

/** Takes a card apart by place alone; somebody with its number is a match whose name may be another. */
export function readingOf(raw: string, households: FakeHousehold[]): CardReading {
  const names: CardField[] = ["id_number", "old_id_number", "full_name", "birth_date", "sex"];
  const pieces = raw.split("|");
  const isCard = pieces.length > 1;
  const matches = households.flatMap((each) =>
    each.persons
      .filter((one) => each.identities[one.person]?.id_number === pieces[0])
      .map((one) => ({
        household: each.household,
        number: each.number,
        hamlet: each.hamlet,
        person: one.person,
        name: one.name,
        recorded: { id_number: pieces[0] ?? "", full_name: one.name },
      })),
  );
  return {
    raw,
    fields: pieces.map((piece, at) => ({
      field: isCard ? (names[at] ?? "extra") : "extra",
      text: piece,
      value: piece === "" ? null : piece,
      problem: null,
    })),
    advice: isCard ? [] : [{ path: "$", vi: "tắt bộ gõ rồi quét lại", en: "switch it off and scan again" }],
    place: null,
    matches,
  };
}

export const nobody: Identity = {
  id_number: "",
  old_id_number: "",
  phone: "",
  is_away: false,
  away_since: null,
  card: null,
};
