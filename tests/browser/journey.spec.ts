//! The main job from end to end, by keyboard alone: from the password to a PDF on the disk.

import { readFile } from "node:fs/promises";
import { expect, test } from "../../ui/browser";
import { createHousehold, expectSaved, signIn } from "./steps";

test("an officer screens a new household and prints its summary without a mouse", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Nguyễn Văn Thử Nghiệm");

  await test.step("the birth date is asked first and saves itself", async () => {
    const birth = page.getByRole("region", { name: "Phỏng vấn" }).getByRole("textbox").first();
    await birth.focus();
    await page.keyboard.type("02/05/1947");
    await page.keyboard.press("Enter");
    await expectSaved(page);
    await expect(page.getByRole("button", { name: /^Nguyễn Văn Thử Nghiệm/ })).toContainText("02/05/1947");
  });

  await test.step("every open question about him can be answered with number keys and Enter", async () => {
    const interview = page.getByRole("region", { name: "Phỏng vấn" });
    for (let n_asked = 0; n_asked < 40; n_asked += 1) {
      const focused = interview.locator("fieldset:focus-within");
      if ((await focused.count()) === 0) break;
      const radios = focused.getByRole("radio");
      if ((await radios.count()) > 0 && (await focused.getByRole("radio", { checked: true }).count()) === 0) {
        const answers = await radios.count();
        // "No" where it is a yes-or-no question, otherwise the first of the list.
        const isYesNo = (await focused.getByRole("radio", { name: "Có", exact: true }).count()) > 0;
        await page.keyboard.press(isYesNo && answers > 1 ? "2" : "1");
        await expect(focused.getByText(/^đã lưu/)).toBeVisible();
      }
      await page.keyboard.press("Enter");
    }
  });

  const results = page.getByRole("region", { name: "Kết quả xét" });
  await test.step("the results say what he may claim", async () => {
    await expect(results.getByRole("heading", { name: /Có thể đề nghị ngay/ })).toBeVisible();
    await expect(results.getByText("Đây là kết quả sàng lọc, không phải quyết định hưởng.")).toBeVisible();
  });

  await test.step("the detail explains why, and Esc comes back to the row", async () => {
    await page.keyboard.press("F6");
    await expect(page.locator("section:focus")).toHaveAttribute(
      "aria-label",
      /Kết quả xét|Thành viên|Phỏng vấn/,
    );
    const row = results.getByRole("link").first();
    await row.focus();
    await page.keyboard.press("Enter");
    const detail = page.getByRole("article");
    await expect(detail.getByRole("heading", { level: 2 })).toBeFocused();
    await expect(detail.getByRole("heading", { name: "Vì sao" })).toBeVisible();
    await expect(detail.getByText("đạt", { exact: true }).first()).toBeVisible();
    await expect(detail.getByRole("heading", { name: "Căn cứ pháp lý" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(row).toBeFocused();
  });

  await test.step("the paper is previewed and saved", async () => {
    await page.keyboard.press("Control+p");
    const sheet = page.getByRole("img", { name: /^Trang 1/ });
    await expect(sheet).toBeVisible({ timeout: 30_000 });
    expect(await sheet.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(100);
    const waiting = page.waitForEvent("download");
    await page.getByRole("button", { name: "Lưu PDF" }).focus();
    await page.keyboard.press("Enter");
    const file = await (await waiting).path();
    expect((await readFile(file)).subarray(0, 5).toString()).toBe("%PDF-");
    await expect(page.getByText("Mã trên giấy:")).toBeVisible();
  });
});

test("a household is found without tone marks, by its number and by its hamlet", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Đặng Thị Ưỡng Mẫu");
  const number =
    /Hộ (\d+)/.exec((await page.getByRole("heading", { level: 1 }).textContent()) ?? "")?.[1] ?? "";
  for (const text of ["dang thi uong mau", "ĐẶNG THỊ ƯỠNG MẪU", "uong mau", number]) {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeFocused();
    await page.keyboard.type(text);
    await expect(page.getByRole("option", { name: /Đặng Thị Ưỡng Mẫu/ }).first(), text).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
});

test("what was answered is there again after leaving and coming back", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Lê Văn Trở Lại");
  const birth = page.getByRole("region", { name: "Phỏng vấn" }).getByRole("textbox").first();
  await birth.fill("khoảng 1951");
  await birth.press("Enter");
  await expectSaved(page);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Lê Văn Trở Lại/ })).toContainText("khoảng 1951");
});
