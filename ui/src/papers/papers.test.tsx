import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { App } from "../App";
import { pretendWindow } from "../host/pretend";
import { answerCall, resetFake } from "../test/fake";
import { show } from "../test/show";

let click: ReturnType<typeof vi.spyOn>;

beforeEach(() => {
  resetFake({ signedIn: true });
  URL.createObjectURL = vi.fn(() => "blob:paper");
  click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue();
  click.mockClear();
});

test("a card is previewed, saved, and counts as printed once it was handed over", async () => {
  window.location.hash = "#/household/h1/print/card/p1";
  const { user, calls } = show(<App />);
  expect(await screen.findByRole("heading", { level: 1, name: "In thẻ an sinh" })).toBeDefined();
  expect(await screen.findByRole("img", { name: "Trang 1 trên 1" })).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Lưu PDF" }));
  expect(await screen.findByText("K7Q2-M9")).toBeDefined();
  expect(click).toHaveBeenCalledOnce();
  expect(calls.find((call) => call.name === "print_paper")?.args).toMatchObject({
    household: "h1",
    paper: { is: "card", person: "p1" },
  });
  expect(calls.filter((call) => call.name === "handed_over").map((call) => call.args)).toEqual([
    { paper: 7 },
  ]);
});

test("what the window did not save does not count as printed", async () => {
  const calls: string[] = [];
  const leaveWindow = pretendWindow(async (name, args) => {
    calls.push(name);
    return (await answerCall(name, args)).body;
  });
  window.location.hash = "#/household/h1/print/card/p1";
  const { user } = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Lưu PDF" }));
  expect(await screen.findByText("K7Q2-M9")).toBeDefined();
  expect(calls).toContain("print_paper");
  expect(calls).not.toContain("handed_over");
  leaveWindow();
});

test("many papers are counted before they are made", async () => {
  window.location.hash = "#/papers";
  const { user, calls } = show(<App />);
  expect(await screen.findByText("2 bản cho 2 hộ.")).toBeDefined();
  await user.selectOptions(screen.getByLabelText("Thôn, tổ dân phố"), "Bản Ví Dụ");
  await user.click(await screen.findByRole("button", { name: "Tạo PDF" }));
  expect(await screen.findByText("2 bản, 3 trang.")).toBeDefined();
  expect(calls.find((call) => call.name === "print_batch")?.args).toMatchObject({
    paper: "visits",
    hamlet: "Bản Ví Dụ",
  });
  await user.click(screen.getByLabelText(/^Thư mời/));
  expect(await screen.findByText(/Thư mời chỉ in cho hồ sơ/)).toBeDefined();
  const made = calls.filter((call) => call.name === "print_batch").length;
  await user.click(screen.getByRole("button", { name: "Tạo PDF" }));
  expect(calls.filter((call) => call.name === "print_batch").length).toBe(made);
});

test("a code is checked and says when it was printed, by which rules", async () => {
  window.location.hash = "#/check";
  const { user } = show(<App />);
  const box = await screen.findByLabelText("Nội dung mã QR hoặc mã kiểm tra");
  expect(document.activeElement).toBe(box);
  await user.type(box, "K7QF-2M9D{Enter}");
  expect(await screen.findByText("Có mã này")).toBeDefined();
  expect(screen.getByText(/khác bộ đang dùng: nên xét lại/)).toBeDefined();
  await user.clear(box);
  await user.type(box, "another{Enter}");
  expect(await screen.findByText("Không phải của nơi này")).toBeDefined();
});
