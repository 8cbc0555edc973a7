import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { App } from "../App";
import type { DossierClock } from "../host";
import { resetFake } from "../test/fake";
import { show } from "../test/show";
import { text } from "./text";
import { clockText, urgency } from "./words";

const clock = (state: DossierClock["state"], working_days: number | null = 3): DossierClock => ({
  state,
  days: 22,
  due: "2026-12-23",
  working_days,
});

test.each([
  ["not_begun", "Chưa nộp, thời hạn chưa tính."],
  ["running", "Hạn trả kết quả 23/12/2026, còn 3 ngày làm việc."],
  ["due_soon", "Sắp đến hạn: 23/12/2026, còn 3 ngày làm việc."],
  ["overdue", "Quá hạn 3 ngày làm việc, hạn là 23/12/2026."],
  ["late", "Quyết định chậm 3 ngày làm việc (hạn là 23/12/2026)."],
] as const)("says of a clock that is %s how it stands", (state, said) => {
  expect(clockText(clock(state), text.vi)).toBe(said);
});

test("says of the last day that it is today", () => {
  expect(clockText(clock("due_soon", 0), text.vi)).toBe("Hạn trả kết quả là hôm nay, 23/12/2026.");
  expect(urgency("due_soon")).toBe("near");
});

beforeEach(() => {
  resetFake({ signedIn: true });
});

test("an application is made from a result, ticked, handed in and granted", async () => {
  window.location.hash = "#/household/h1/programme/sample_pension/p1";
  const { user, calls } = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Lập hồ sơ đề nghị" }));
  expect(await screen.findByRole("heading", { level: 1, name: /Chính sách mẫu/ })).toBeDefined();
  expect(window.location.hash).toBe("#/household/h1/dossier/d1");
  expect(screen.getByText(/Còn thiếu 2 giấy tờ/)).toBeDefined();

  const paper = screen.getByRole("group", { name: "Giấy mẫu thứ nhất" });
  await user.click(within(paper).getByLabelText("đã có"));
  expect(await screen.findByText("có 1/2")).toBeDefined();

  await user.click(screen.getByRole("button", { name: "Đã nộp" }));
  const day = await screen.findByLabelText("Ngày");
  await user.clear(day);
  await user.type(day, "30/12/2099");
  await user.click(screen.getByRole("button", { name: "Ghi" }));
  expect(await screen.findByText("Ngày này chưa đến.")).toBeDefined();
  expect(calls.some((call) => call.name === "step_dossier")).toBe(false);
  await user.clear(day);
  await user.type(day, "20/11/2026");
  await user.click(screen.getByRole("button", { name: "Ghi" }));
  expect(await screen.findByText("Hạn trả kết quả 23/12/2026, còn 22 ngày làm việc.")).toBeDefined();

  await user.click(screen.getByRole("button", { name: "Được duyệt" }));
  expect((await screen.findByLabelText<HTMLInputElement>("Số tiền được duyệt (đồng)")).value).toBe("300.000");
  await user.click(screen.getByRole("button", { name: "Ghi" }));
  await user.click(await screen.findByRole("button", { name: "Ghi nhận đang hưởng" }));
  expect(calls.find((call) => call.name === "save_fact")?.args).toMatchObject({
    person: "p1",
    fact: "paid_now.sample",
    answer: true,
  });
  const steps = calls.filter((call) => call.name === "step_dossier").map((call) => call.args);
  expect(steps).toMatchObject([
    { step: "hand_in", on: "2026-11-20", amount: null, from: null },
    { step: "grant", on: "2026-11-22", amount: 300_000, from: "2026-11" },
  ]);
});

test("a refusal is not noted without its reason", async () => {
  window.location.hash = "#/household/h1/programme/sample_pension/p1";
  const { user, calls } = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Lập hồ sơ đề nghị" }));
  await user.click(await screen.findByRole("button", { name: "Hộ rút hồ sơ" }));
  await user.click(screen.getByRole("button", { name: "Ghi" }));
  expect(screen.getByLabelText("Lý do").getAttribute("aria-invalid")).toBe("true");
  expect(calls.some((call) => call.name === "step_dossier")).toBe(false);
});

test("the list of the commune leads to each of them", async () => {
  window.location.hash = "#/dossiers";
  const { user } = show(<App />);
  expect(await screen.findByText("Chưa có hồ sơ nào.")).toBeDefined();
  window.location.hash = "#/household/h1/programme/sample_pension/p1";
  await user.click(await screen.findByRole("button", { name: "Lập hồ sơ đề nghị" }));
  await screen.findByRole("heading", { level: 1, name: /Chính sách mẫu/ });
  window.location.hash = "#/dossiers";
  const table = await screen.findByRole("table");
  const link = within(table).getByRole("link", { name: "Chính sách mẫu" });
  expect(link.getAttribute("href")).toBe("#/household/h1/dossier/d1");
  await user.selectOptions(screen.getByLabelText("Thôn, tổ dân phố"), "Bản Ví Dụ");
  expect(await screen.findByText("Không có hồ sơ nào theo lựa chọn này.")).toBeDefined();
});
