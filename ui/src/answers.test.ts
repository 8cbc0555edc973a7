import { expect, test } from "vitest";
import { readAnswer, writeAnswer } from "./answers";

test("every recorded form is read and written back the same", () => {
  const recorded = [
    null,
    true,
    "none",
    "1951-03",
    1_500_000,
    { unsure: true },
    { absent: true },
    { about: 1951 },
    { one_of: ["severe", "mild"] },
    { is: "severe", paper: "disability_certificate", seen_on: "2026-11-22" },
    { is: true, paper: "poverty_certificate", seen_on: "2026-11-22", until: "2026-12-31" },
  ];
  for (const raw of recorded) expect(writeAnswer(readAnswer(raw)), JSON.stringify(raw)).toEqual(raw);
});
