//! The one place where days, months, numbers and money become text, and where typed numbers are read back.

import type { Language } from "./host";

/** `1951-03-12` → `12/03/1951`; `1951-03` → `03/1951`; `1951` stays. */
export function formatDay(iso: string): string {
  return iso.split("-").reverse().join("/");
}

/** `2026-11` → `11/2026`. */
export function formatMonth(month: string): string {
  return formatDay(month);
}

/** `14:02:31` or `2026-11-22 14:02:31` → `14:02`. */
export function formatTime(clock: string): string {
  return /(\d{1,2}:\d{2})/.exec(clock)?.[1] ?? clock;
}

/** `2026-11-22 14:02` → `22/11/2026 14:02`. */
export function formatMoment(at: string): string {
  const [day = at, ...rest] = at.split(/[T ]/);
  return [formatDay(day), formatTime(rest.join(" "))].join(" ").trim();
}

/** Groups the digits of a plain number: `1500000` → `1.500.000` in Vietnamese, `1,500,000` in English. */
export function formatNumber(plain: string, language: Language): string {
  const [whole = "", fraction] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, language === "vi" ? "." : ",");
  return fraction === undefined ? grouped : `${grouped}${language === "vi" ? "," : "."}${fraction}`;
}

/** Reads a typed number into its plain form, or returns `null` when it is none. */
export function readNumber(typed: string, language: Language): string | null {
  const [group, point] = language === "vi" ? [".", ","] : [",", "."];
  const tidy = typed.trim().replace(/[\s\u00a0_]/g, "");
  const plain = isGrouped(tidy, group)
    ? tidy.split(group).join("").replace(point, ".")
    : tidy.replace(point, ".");
  return /^-?\d+(\.\d+)?$/.test(plain) ? plain : null;
}

function isGrouped(text: string, group: string): boolean {
  const mark = group === "." ? "\\." : group;
  return new RegExp(`^-?\\d{1,3}(${mark}\\d{3})+([.,]\\d+)?$`).test(text);
}

/** Shortens a digest to what a person can compare at a glance. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 8);
}

/** The month before or after: `2026-01`, -1 → `2025-12`. */
export function shiftMonth(month: string, by: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const count = year * 12 + (number - 1) + by;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
}
