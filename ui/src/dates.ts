//! Reads what an officer types into a date field. Accepts a day, a month, a year, or "about" a year; refuses the rest
//! with a reason, so that nothing half-understood is ever recorded.

import { formatDay } from "./format";

/** A date as a household file says it. */
export type DateAnswer = string | { about: number };

export type DateMistake = "not_a_date" | "no_such_day" | "no_such_month" | "year_out_of_range" | "day_needed";

export type ReadDate = { ok: true; answer: DateAnswer } | { ok: false; mistake: DateMistake };

const firstYear = 1900;
const lastYear = 2100;

/** Reads `12/03/1951`, `03/1951`, `1951`, `khoảng 1951`, `about 1951`, and the same with `-`, `.` or a space. */
export function readDate(typed: string): ReadDate {
  const text = typed.normalize("NFC").trim().toLowerCase();
  const about = /^(?:khoảng|khoang|độ|chừng|about|around|circa|~)\s*(?:năm\s+)?(\d{4})$/.exec(text);
  if (about?.[1]) {
    const year = Number(about[1]);
    return yearFits(year) ? { ok: true, answer: { about: year } } : refuse("year_out_of_range");
  }
  const parts = text.split(/\s*[/.\-\s]\s*/);
  if (!parts.every((part) => /^\d+$/.test(part))) return refuse("not_a_date");
  const numbers = (parts[0]?.length === 4 ? [...parts].reverse() : parts).map(Number);
  const written = parts[0]?.length === 4 ? parts[0] : parts.at(-1);
  if (written?.length !== 4 || numbers.length > 3) return refuse("not_a_date");
  const [year = 0, month, day] = numbers.reverse();
  if (!yearFits(year)) return refuse("year_out_of_range");
  if (month === undefined) return { ok: true, answer: `${year}` };
  if (month < 1 || month > 12) return refuse("no_such_month");
  if (day === undefined) return { ok: true, answer: `${year}-${two(month)}` };
  if (day < 1 || day > daysIn(year, month)) return refuse("no_such_day");
  return { ok: true, answer: `${year}-${two(month)}-${two(day)}` };
}

/** Reads a whole day only: a date of death, the day a paper was seen. */
export function readDay(typed: string): { ok: true; day: string } | { ok: false; mistake: DateMistake } {
  const read = readDate(typed);
  if (!read.ok) return read;
  return typeof read.answer === "string" && read.answer.length === 10
    ? { ok: true, day: read.answer }
    : refuse("day_needed");
}

/** Writes a recorded date the way it would be typed; `null` when it is not one of the four ways. */
export function writeDate(answer: unknown, aboutWord: string): string | null {
  if (typeof answer === "number") return String(answer);
  if (typeof answer === "string") return formatDay(answer);
  if (typeof answer === "object" && answer !== null && "about" in answer)
    return `${aboutWord} ${String(answer.about)}`;
  return null;
}

function refuse(mistake: DateMistake): { ok: false; mistake: DateMistake } {
  return { ok: false, mistake };
}

function yearFits(year: number): boolean {
  return year >= firstYear && year <= lastYear;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
