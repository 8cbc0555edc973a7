//! A list comes in by keyboard: chosen, understood, previewed with its bad rows, confirmed, found by search, taken back.

import { expect, test } from "../../ui/browser";
import { expectAccessible, signIn } from "./steps";

test("a list is previewed, brought in, found, and taken back", async ({ page }) => {
  await signIn(page);
  const hamlet = await page.evaluate(async () => {
    const answer = await fetch("/call/status", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    return (await answer.json()).session.hamlets[0] as string;
  });
  const rows = [
    "Họ và tên;Quan hệ với chủ hộ;Ngày sinh;Giới tính;Thôn;Số CCCD",
    `Hoàng Thế Khiêm;Chủ hộ;12/03/1951;Nam;${hamlet};001051777888`,
    "Đinh Thị Khuê;Vợ;1955;Nữ;;",
    `Mạc Văn Lỡ;Chủ hộ;31/02/1960;Nam;${hamlet};`,
    "Mạc Thị Lạ;Chủ hộ;1970;Nữ;Thôn Không Có;",
  ];

  const link = page.getByRole("navigation").first().getByRole("link", { name: "Nhập danh sách", exact: true });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Nhập danh sách" })).toBeVisible();
  const file = page.getByLabel("Tệp danh sách");
  await file.focus();
  await expect(file).toBeFocused();
  const buffer = Buffer.from(`\u{feff}${rows.join("\r\n")}\r\n`);
  await file.setInputFiles({ name: "danh-sach.csv", mimeType: "text/csv", buffer });

  await expect(page.getByRole("heading", { name: "1. Cột nào là gì" })).toBeFocused({ timeout: 30_000 });
  await expect(page.getByLabel("Cột Số CCCD là")).toHaveValue("id_number");
  await expectAccessible(page, "columns of a list");
  const sex = page.getByLabel("Cột Giới tính là");
  await expect(sex).toHaveValue("person.sex");
  await page.getByRole("button", { name: "Xem trước" }).focus();
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { name: "2. Xem trước" })).toBeFocused({ timeout: 30_000 });
  await expect(page.getByText("Sẽ tạo 1 hộ với 2 người.")).toBeVisible();
  const wrong = page.getByRole("region", { name: "Chỗ chưa đúng" }).getByRole("row");
  await expect(wrong).toHaveCount(3);
  await expect(wrong.nth(1)).toContainText(/^4.*31\/02\/1960.*không có ngày này trong lịch/);
  await expect(wrong.nth(2)).toContainText(/^5.*Thôn Không Có.*xã này không có thôn/);
  await expectAccessible(page, "preview of a list");
  await page.getByRole("button", { name: "Xác nhận nhập 1 hộ" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Đã nhập 1 hộ với 2 người.")).toBeVisible({ timeout: 30_000 });

  await expect(file, "the next list can be chosen at once").toBeFocused();

  const home = page.getByRole("navigation").first().getByRole("link").first();
  await home.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("combobox").focus();
  await page.keyboard.type("hoang the khiem");
  await expect(page.getByRole("option").filter({ hasText: "Hoàng Thế Khiêm" }).first()).toBeVisible();

  await link.focus();
  await page.keyboard.press("Enter");
  const undo = page.getByRole("button", { name: "Hoàn tác lần nhập danh-sach.csv" });
  await undo.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("Đã hoàn tác: các hộ của lần nhập này không còn trong máy.")).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, "lists brought in");
  await home.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("combobox").focus();
  await page.keyboard.type("001051777888");
  await expect(page.getByRole("option").filter({ hasText: "Hoàng Thế Khiêm" })).toHaveCount(0);
});
