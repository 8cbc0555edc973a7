import { screen, within } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";
import { faults, withColumn } from "./mapping";

test("a column that is missing or said twice stands against a preview", () => {
  expect(faults(["name", "relation", null, null])).toEqual([]);
  expect(faults(["name", "name", null])).toEqual([
    { kind: "twice", target: "name" },
    { kind: "lacks", target: "relation" },
  ]);
  expect(withColumn(["name", null], 1, "relation")).toEqual(["name", "relation"]);
});

beforeEach(() => {
  resetFake({ signedIn: true });
  window.location.hash = "#/intake";
});

test("a column is said by hand, the list is previewed with what is wrong, brought in and taken back", async () => {
  const { user, calls } = show(<App />);
  expect(await screen.findByText("Chưa nhập danh sách nào.")).toBeDefined();
  await user.upload(screen.getByLabelText("Tệp danh sách"), new File(["a,b"], "danh-sach.csv"));
  const preview = await screen.findByRole("button", { name: "Xem trước" });
  expect(screen.getByText("Chưa có cột nào là “Quan hệ với chủ hộ”.")).toBeDefined();
  await user.click(preview);
  expect(
    calls.some((call) => call.name === "preview_import"),
    "nothing is asked before the columns are said",
  ).toBe(false);

  await user.selectOptions(screen.getByLabelText("Cột Với chủ hộ là là"), "Quan hệ với chủ hộ");
  await user.click(preview);
  const wrong = await screen.findByRole("row", { name: /^5 / });
  expect(within(wrong).getByText("Dùng: Chủ hộ, Vợ.")).toBeDefined();
  expect(within(wrong).getByText("để lại")).toBeDefined();
  expect(
    calls.some((call) => call.name === "import_roster"),
    "nothing is written before it is confirmed",
  ).toBe(false);

  await user.click(screen.getByRole("button", { name: "Xác nhận nhập 1 hộ" }));
  expect(await screen.findByText("Đã nhập 1 hộ với 2 người.")).toBeDefined();
  const asked = calls.find((call) => call.name === "import_roster")?.args;
  expect(asked).toMatchObject({
    file_name: "danh-sach.csv",
    digest: "name,relation",
    list: { header_row: 2, bytes: btoa("a,b") },
  });
  await user.click(await screen.findByRole("button", { name: "Hoàn tác lần nhập danh-sach.csv" }));
  expect(await screen.findByText(/^đã hoàn tác/)).toBeDefined();
});

test("what was previewed is gone once another column is said", async () => {
  const { user } = show(<App />);
  await user.upload(await screen.findByLabelText("Tệp danh sách"), new File(["a,b"], "danh-sach.csv"));
  const relation = await screen.findByLabelText("Cột Với chủ hộ là là");
  await user.selectOptions(relation, "Quan hệ với chủ hộ");
  await user.click(screen.getByRole("button", { name: "Xem trước" }));
  expect(await screen.findByRole("button", { name: "Xác nhận nhập 1 hộ" })).toBeDefined();
  await user.selectOptions(relation, "Không dùng");
  expect(screen.queryByRole("button", { name: "Xác nhận nhập 1 hộ" })).toBeNull();
});
