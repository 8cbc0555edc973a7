import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { App } from "../App";
import type { CoverageLine } from "../host";
import { resetFake } from "../test/fake";
import { show } from "../test/show";
import { bars } from "./bars";

const line = (n_received: number, n_gap: number): CoverageLine => ({
  label: `${n_received}`,
  n_received,
  n_gap,
  paid_a_month: 0,
  forgone_a_month: 0,
  forgone_a_year: 0,
  forgone_once: 0,
});

test("the longest bar takes the width, and a little is seen beside much", () => {
  const [much, little, none] = bars([line(900, 100), line(1, 0), line(0, 0)], 104);
  expect([much?.received, much?.gap]).toEqual([90, 10]);
  expect(little?.received).toBe(2);
  expect([none?.received, none?.gap]).toEqual([0, 0]);
});

beforeEach(() => {
  resetFake({ signedIn: true });
});

test("a list of the day that failed leaves the others", async () => {
  window.location.hash = "#/today";
  show(<App />);
  const failed = await screen.findByRole("region", { name: /^Sắp đến mốc/ });
  expect(within(failed).getByRole("alert")).toBeDefined();
  const gap = screen.getByRole("region", { name: /^Đủ điều kiện mà chưa hưởng/ });
  expect(within(gap).getByRole("link", { name: "Nguyễn Văn Thử – Chính sách mẫu" })).toBeDefined();
});

test("the screening of the roster is stopped and goes on", async () => {
  window.location.hash = "#/calendar";
  const { user } = show(<App />);
  expect(await screen.findByText("Đang xét danh sách hộ: 1/2. Vẫn làm việc khác được.")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Tạm dừng" }));
  await user.click(await screen.findByRole("button", { name: "Xét tiếp" }));
  expect(await screen.findByRole("button", { name: "Tạm dừng" })).toBeDefined();
  expect(screen.getByText("Không có dòng nào theo lựa chọn này.")).toBeDefined();
});

test("a reason is written only after it was shown what will be", async () => {
  window.location.hash = "#/gap";
  const { user, calls } = show(<App />);
  const names = () => calls.map((call) => call.name).filter((name) => name.endsWith("gap_reasons"));
  await user.click(await screen.findByRole("checkbox", { name: "Chọn Nguyễn Văn Thử, Chính sách mẫu" }));
  await user.click(screen.getByRole("button", { name: "Ghi lý do…" }));
  await user.selectOptions(within(screen.getByRole("dialog")).getByLabelText("Lý do chưa hưởng"), "moved");
  await user.click(screen.getByRole("button", { name: "Xem trước" }));
  const planned = await screen.findByRole("region", { name: "Sẽ ghi như sau:" });
  expect(planned.textContent).toContain("chưa ghi lý do → đã chuyển đi");
  expect(names()).toEqual(["preview_gap_reasons"]);
  await user.click(screen.getByRole("button", { name: "Ghi 1 dòng" }));
  expect(await screen.findByText("Đã ghi lý do cho 1 dòng.")).toBeDefined();
  expect(names()).toEqual(["preview_gap_reasons", "set_gap_reasons"]);
  expect(screen.getByRole("cell", { name: /đã chuyển đi/ })).toBeDefined();
});

test("figures stand in a table beside their bars, what is not known last", async () => {
  window.location.hash = "#/overview";
  show(<App />);
  const ages = await screen.findByRole("region", { name: "Theo nhóm tuổi" });
  const rows = within(ages).getAllByRole("row").slice(1);
  expect(rows.map((row) => row.textContent)).toEqual(["75+3175 %217", "chưa rõ3175 %217"]);
  expect(within(ages).getByRole("img", { name: /Theo nhóm tuổi/ })).toBeDefined();
});
