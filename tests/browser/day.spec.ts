//! The day of the whole commune by keyboard alone: today's work, the calendar, the gap with a reason, the overview.

import { expect, type Page, test } from "../../ui/browser";
import { expectAccessible, signIn } from "./steps";

/** The roster is screened in the background: lists fill within this time. */
const filled = { timeout: 60_000 };

async function goTo(page: Page, name: string): Promise<void> {
  await page.getByRole("navigation").first().getByRole("link", { name }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name })).toBeFocused();
}

test("from today's work to the figures of the commune, without a mouse", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page);

  await test.step("today shows what is to be done", async () => {
    await goTo(page, "Hôm nay");
    const gap = page.getByRole("region", { name: /^Đủ điều kiện mà chưa hưởng/ });
    await expect(gap.getByRole("link").first()).toBeVisible(filled);
    const unfinished = page.getByRole("region", { name: /^Phỏng vấn chưa xong/ });
    await expect(unfinished.getByRole("listitem").first()).toContainText("câu hỏi");
    await expectAccessible(page, "today");
  });

  await test.step("the calendar is filtered by month", async () => {
    await goTo(page, "Lịch vòng đời");
    await expect(page.getByRole("row").nth(1)).toBeVisible(filled);
    await page.getByLabel("Tháng", { exact: true }).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const month = await page.getByLabel("Tháng", { exact: true }).inputValue();
    await expect(page.getByRole("cell", { name: /^\d\d\/\d\d\/\d{4}$/ }).first()).toContainText(
      month.split("-").reverse().join("/"),
    );
    await expectAccessible(page, "the calendar");
  });

  await test.step("somebody in the gap gets a reason, after a preview", async () => {
    await goTo(page, "Chưa được hưởng");
    await expect(page.getByText(/^Đang bỏ lỡ/)).toBeVisible();
    const first = page.getByRole("row").getByRole("checkbox").first();
    await expect(first).toBeVisible(filled);
    await page
      .getByRole("button", { name: "Tạm dừng" })
      .or(page.getByText(/^Đã xét cả/))
      .first()
      .waitFor();
    await first.focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Ghi lý do…" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByLabel("Lý do chưa hưởng")).toBeFocused();
    await dialog.getByLabel("Lý do chưa hưởng").press("ArrowDown");
    await expectAccessible(page, "the form of a reason");
    await dialog.getByLabel("Ghi chú").focus();
    await page.keyboard.type("thiếu giấy khai sinh");
    await page.keyboard.press("Enter");
    await expect(dialog.getByText(/chưa ghi lý do → thiếu giấy tờ/)).toBeVisible();
    await expect(dialog.getByRole("button", { name: "Ghi 1 dòng" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Đã ghi lý do cho 1 dòng.")).toBeVisible();
    await page.getByLabel("Lý do chưa hưởng").focus();
    await page.getByLabel("Lý do chưa hưởng").selectOption("papers_missing");
    await expect(page.getByRole("row", { name: /thiếu giấy khai sinh/ })).toHaveCount(1);
    await expectAccessible(page, "the gap");
  });

  await test.step("the overview has figures beside its bars", async () => {
    await goTo(page, "Tổng quan xã");
    const ages = page.getByRole("region", { name: "Theo nhóm tuổi" });
    await expect(ages.getByRole("row").nth(1)).toBeVisible();
    await expect(ages.getByRole("img")).toBeVisible();
    await expectAccessible(page, "the overview");
  });
});
