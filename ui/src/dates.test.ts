import { describe, expect, test } from "vitest";
import { readDate, readDay, writeDate } from "./dates";

function check(typed: string, expected: unknown) {
  const read = readDate(typed);
  expect(read.ok ? read.answer : read.mistake, typed).toEqual(expected);
}

describe("a typed date", () => {
  test("may be a day, a month or a year", () => {
    check("12/03/1951", "1951-03-12");
    check("1/3/1951", "1951-03-01");
    check("12-03-1951", "1951-03-12");
    check("12.3.1951", "1951-03-12");
    check(" 12 3 1951 ", "1951-03-12");
    check("1951-03-12", "1951-03-12");
    check("03/1951", "1951-03");
    check("1951", "1951");
  });

  test("may be about a year, in both languages and in decomposed letters", () => {
    check("khoảng 1951", { about: 1951 });
    check("Khoảng năm 1951", { about: 1951 });
    check("khoảng 1951".normalize("NFD"), { about: 1951 });
    check("about 1951", { about: 1951 });
  });

  test("is refused with its reason", () => {
    check("", "not_a_date");
    check("hôm qua", "not_a_date");
    check("12/03/51", "not_a_date");
    check("31/02/1950", "no_such_day");
    check("29/02/1951", "no_such_day");
    check("29/02/1952", "1952-02-29");
    check("13/1951", "no_such_month");
    check("1/1/1850", "year_out_of_range");
    check("khoảng 1700", "year_out_of_range");
    check("1/2/3/1951", "not_a_date");
  });

  test("must be whole where a day is needed", () => {
    expect(readDay("05/06/2026")).toEqual({ ok: true, day: "2026-06-05" });
    expect(readDay("06/2026")).toEqual({ ok: false, mistake: "day_needed" });
    expect(readDay("khoảng 2026")).toEqual({ ok: false, mistake: "day_needed" });
  });

  test("is written back the way it is typed", () => {
    expect(writeDate("1951-03-12", "khoảng")).toBe("12/03/1951");
    expect(writeDate("1951-03", "khoảng")).toBe("03/1951");
    expect(writeDate(1951, "khoảng")).toBe("1951");
    expect(writeDate({ about: 1951 }, "khoảng")).toBe("khoảng 1951");
    expect(writeDate({ between: ["1950", "1952"] }, "khoảng")).toBeNull();
  });
});
