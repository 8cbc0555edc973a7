import { expect, test } from "vitest";
import { fromHash, type Place, toHash } from "./route";

test("every place has an address that leads back to it", () => {
  const places: Place[] = [
    { at: "find" },
    { at: "help" },
    { at: "page", page: "rules", rest: [] },
    { at: "page", page: "rules", rest: ["a b", "c/d"] },
    { at: "household", household: "h 1/2", view: { is: "interview" } },
    { at: "household", household: "h1", view: { is: "print" } },
    { at: "household", household: "h1", view: { is: "programme", programme: "pension", person: "p/1" } },
    { at: "household", household: "h1", view: { is: "programme", programme: "pension", person: null } },
  ];
  for (const place of places) expect(fromHash(toHash(place))).toEqual(place);
  expect(fromHash("#/household")).toEqual({ at: "find" });
});
