import { describe, expect, it } from "vitest";
import { listed, matches } from "./match";
import { text } from "./text";

describe("finding a part of the rules", () => {
  it("needs no tone marks, and every word typed", () => {
    expect(matches("muc chuan", "Mức chuẩn trợ giúp xã hội standard_level")).toBe(true);
    expect(matches("đường", "duong")).toBe(true);
    expect(matches("chuẩn huyện", "Mức chuẩn")).toBe(false);
    expect(matches("", "Mức chuẩn")).toBe(true);
  });

  it("takes citations apart where the sign stands between", () => {
    expect(listed(" ND335 Đ4.2 ; ;ND20 Đ5", /;/)).toEqual(["ND335 Đ4.2", "ND20 Đ5"]);
  });
});

describe("the sentences of drafts", () => {
  it("say in both languages how many", () => {
    expect(text.vi.counts(1, 2)).toContain("1");
    expect(text.en.judging(3, 9)).toContain("9");
    expect(text.vi.ages(60)).toBe("60–69 tuổi");
  });
});
