import { expect, test } from "vitest";
import { formatDay, formatMoment, formatNumber, formatTime, readNumber, shiftMonth } from "./format";

test("days, months and times are written the Vietnamese way", () => {
  expect(formatDay("1951-03-12")).toBe("12/03/1951");
  expect(formatDay("1951")).toBe("1951");
  expect(formatTime("14:02:31")).toBe("14:02");
  expect(formatMoment("2026-11-22 14:02")).toBe("22/11/2026 14:02");
});

test("numbers are grouped in each language and read back exactly", () => {
  for (const language of ["vi", "en"] as const) {
    for (const plain of ["0", "7", "1500", "1500000", "12.5", "-3"]) {
      expect(readNumber(formatNumber(plain, language), language), `${plain} in ${language}`).toBe(plain);
    }
  }
  expect(formatNumber("1500000", "vi")).toBe("1.500.000");
  expect(readNumber("1500000", "vi")).toBe("1500000");
  expect(readNumber("1 500 000", "vi")).toBe("1500000");
  expect(readNumber("một triệu", "vi")).toBeNull();
});

test("months step over the turn of the year", () => {
  expect(shiftMonth("2026-01", -1)).toBe("2025-12");
  expect(shiftMonth("2026-12", 1)).toBe("2027-01");
});
