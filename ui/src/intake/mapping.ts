//! What is said of the columns of a list, and what still is missing in it.

import type { TableColumn } from "../host";

export type Mapping = readonly (string | null)[];

export function proposed(columns: readonly TableColumn[]): Mapping {
  return columns.map((column) => column.target);
}

export function withColumn(mapping: Mapping, at: number, target: string | null): Mapping {
  return mapping.map((known, place) => (place === at ? target : known));
}

/** What stands against a preview: something said of two columns, or of none that has to be said. */
export type Fault = { kind: "twice" | "lacks"; target: string };

const needed = ["name", "relation"];

export function faults(mapping: Mapping): Fault[] {
  const said = mapping.filter((target) => target !== null);
  const twice = [...new Set(said.filter((target, at) => said.indexOf(target) !== at))];
  const lacking = needed.filter((target) => !said.includes(target));
  return [
    ...twice.map((target) => ({ kind: "twice", target }) as const),
    ...lacking.map((target) => ({ kind: "lacks", target }) as const),
  ];
}
