//! The supervisor's day by keyboard: somebody new may sign in, a backup is made and restored for trial, the log tells of both.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "../../ui/browser";
import { expectAccessible, signInAsSupervisor } from "./steps";

/** Opens a screen of the rail by keyboard. */
async function open(page: Page, name: string): Promise<void> {
  const link = page.getByRole("navigation").first().getByRole("link", { name, exact: true });
  await link.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("a supervisor lets somebody in, backs up, and reads both in the log", async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), "sao-luu-"));
  try {
    await signInAsSupervisor(page);

    await open(page, "Người dùng");
    await page.getByRole("button", { name: "Thêm người dùng" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByLabel("Họ và tên")).toBeFocused();
    await page.keyboard.type("Phạm Thị Lan");
    await page.keyboard.press("Tab");
    const user = `lan${Date.now()}`;
    await page.keyboard.type(user);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ngắn");
    await page.keyboard.press("Enter");
    await expect(page.getByText("Mật khẩu cần ít nhất 8 ký tự.")).toBeVisible();
    await expectAccessible(page, "add a user");
    await page.getByLabel("Mật khẩu ban đầu").focus();
    await page.keyboard.type(" và đủ dài");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: "Đã thêm Phạm Thị Lan." })).toBeVisible();
    await expectAccessible(page, "users");

    await open(page, "Sao lưu");
    await expect(page.getByText("Chưa sao lưu lần nào")).toBeVisible();
    await page.getByLabel("Thư mục", { exact: true }).focus();
    await page.keyboard.type(folder);
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Đã lưu\. Tự sao lưu/)).toBeVisible();
    await page.getByRole("button", { name: "Sao lưu ngay" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Bản tốt gần nhất/)).toBeVisible({ timeout: 30_000 });
    await page.getByRole("button", { name: /^Khôi phục thử: ansinh-/ }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Bản sao lưu còn nguyên vẹn/)).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, "backup");

    await open(page, "Nhật ký");
    await page.getByLabel("Việc gì").focus();
    await page.getByLabel("Việc gì").selectOption({ label: "sao lưu" });
    await expect(page.getByRole("row").filter({ hasText: ".ansinh-backup" }).first()).toBeVisible();
    await page.getByLabel("Việc gì").selectOption({ label: "thêm người dùng" });
    await expect(page.getByRole("cell", { name: user })).toBeVisible();
    await page.getByRole("button", { name: "Kiểm tra nhật ký" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Nguyên vẹn/)).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, "log");
  } finally {
    // The next journeys begin without a plan: nothing is backed up into a folder that is gone.
    await page.request.post("/call/save_backup_plan", { data: { folder: null, keep: 14 } });
    rmSync(folder, { recursive: true, force: true });
  }
});
