//! Papers by keyboard alone: a person's card that is checked afterwards by its code, and visits for a hamlet in one file.

import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "../../ui/browser";
import { createHousehold, expectAccessible, signIn } from "./steps";

/** Presses a button that makes a PDF, and returns the beginning of what was downloaded. */
async function download(page: Page, button: string): Promise<string> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: button }).focus();
  await page.keyboard.press("Enter");
  const file = await (await waiting).path();
  return (await readFile(file)).subarray(0, 5).toString();
}

test("a card is printed, and its code is known afterwards", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Bế Thị Thẻ Mẫu");
  await page.keyboard.press("Control+p");
  const card = page.getByRole("link", { name: "Thẻ an sinh: Bế Thị Thẻ Mẫu" });
  await expect(card).toBeVisible();
  await card.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "In thẻ an sinh" })).toBeFocused();
  const sheet = page.getByRole("img", { name: "Trang 1 trên 1" });
  await expect(sheet).toBeVisible({ timeout: 30_000 });
  expect(await sheet.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
  await expectAccessible(page, "a card before it is printed");
  expect(await download(page, "Lưu PDF")).toBe("%PDF-");
  const said = page.getByText("Mã trên giấy:").locator("code");
  await expect(said).toBeVisible();
  const code = (await said.textContent()) ?? "";
  expect(code).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);

  await page.getByRole("link", { name: "Kiểm thẻ" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Nội dung mã QR hoặc mã kiểm tra")).toBeFocused();
  await page.keyboard.type(code.toLowerCase());
  await page.keyboard.press("Enter");
  await expect(page.getByText("Có mã này")).toBeVisible();
  await expect(page.getByRole("row", { name: /Bế Thị Thẻ Mẫu/ })).toContainText("đang dùng");
  await expectAccessible(page, "a paper that was checked");
  await page.keyboard.type("ansinh:1:2222-2222:2026-11:aaaaaaaaaaaaaaaa:00000000000000000000000000000000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Không phải của nơi này")).toBeVisible();
});

test("the visits of a hamlet come in one file, after a look at the first page", async ({ page }) => {
  await signIn(page);
  await page.getByRole("link", { name: "In hàng loạt" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "In hàng loạt" })).toBeFocused();
  await page.getByLabel("Thôn, tổ dân phố").focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByText(/^1 bản cho \d+ hộ\.$/)).toBeVisible();
  await expect(page.getByRole("img", { name: /^Trang 1 trên/ })).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page, "many papers");
  expect(await download(page, "Tạo PDF")).toBe("%PDF-");
  await expect(page.getByText(/^1 bản, \d+ trang\.$/)).toBeVisible();
});
