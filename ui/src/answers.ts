//! Takes an answer apart as it is recorded in a household file, and puts it together again for saving.

/** What is recorded of a fact: not asked, unsure, absent, a value with its source, or something the field cannot edit. */
export type Given =
  | { is: "not_asked" }
  | { is: "unsure" }
  | { is: "absent" }
  | { is: "value"; value: unknown; proof: Proof | null };

/** The paper that was seen. */
export type Proof = { paper: string; seen_on: string | null; until: string | null };

export const notAsked: Given = { is: "not_asked" };

/** Reads the recorded form. */
export function readAnswer(raw: unknown): Given {
  if (raw === null || raw === undefined) return notAsked;
  if (typeof raw !== "object") return { is: "value", value: raw, proof: null };
  if ("unsure" in raw && raw.unsure === true) return { is: "unsure" };
  if ("absent" in raw && raw.absent === true) return { is: "absent" };
  if ("is" in raw) {
    const { is, paper, seen_on, until } = raw as Record<string, unknown>;
    const proof =
      typeof paper === "string" ? { paper, seen_on: textOr(seen_on), until: textOr(until) } : null;
    return { is: "value", value: is, proof };
  }
  return { is: "value", value: raw, proof: null };
}

/** Writes the form that is saved; `null` takes the answer back to not asked. */
export function writeAnswer(given: Given): unknown {
  switch (given.is) {
    case "not_asked":
      return null;
    case "unsure":
      return { unsure: true };
    case "absent":
      return { absent: true };
    case "value":
      return given.proof === null ? given.value : { is: given.value, ...onlyKnown(given.proof) };
  }
}

function onlyKnown(proof: Proof): Record<string, string> {
  return {
    paper: proof.paper,
    ...(proof.seen_on === null ? {} : { seen_on: proof.seen_on }),
    ...(proof.until === null ? {} : { until: proof.until }),
  };
}

function textOr(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
