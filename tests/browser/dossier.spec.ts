//! From a result to a decision, by keyboard alone: an application is made, ticked, handed in and granted, and what was granted
//! is recorded.

import { expect, type Locator, type Page, test } from "../../ui/browser";
import { createHousehold, expectAccessible, expectSaved, signIn } from "./steps";

/** Answers every open question under the cursor: "no", or the first of the list. */
async function answerAll(page: Page): Promise<void> {
  const interview = page.getByRole("region", { name: "Phỏng vấn" });
  for (let n_asked = 0; n_asked < 40; n_asked += 1) {
    const focused = interview.locator("fieldset:focus-within");
    if ((await focused.count()) === 0) break;
    const radios = focused.getByRole("radio");
    if ((await radios.count()) > 0 && (await focused.getByRole("radio", { checked: true }).count()) === 0) {
      const isYesNo = (await focused.getByRole("radio", { name: "Có", exact: true }).count()) > 0;
      await page.keyboard.press(isYesNo && (await radios.count()) > 1 ? "2" : "1");
      await expect(focused.getByText(/^đã lưu/)).toBeVisible();
    }
    await page.keyboard.press("Enter");
  }
}

async function press(page: Page, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press("Enter");
}

test("an application is followed from the result to what is received, without a mouse", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Nguyễn Văn Hồ Sơ");
  await test.step("a man of 79 without a pension may claim", async () => {
    await page.getByRole("region", { name: "Phỏng vấn" }).getByRole("textbox").first().focus();
    await page.keyboard.type("02/05/1947");
    await page.keyboard.press("Enter");
    await expectSaved(page);
    await answerAll(page);
    const row = page
      .getByRole("region", { name: "Kết quả xét" })
      .getByRole("link", { name: /hưu trí xã hội/ })
      .first();
    await press(page, row);
    await expect(page.getByRole("article").getByRole("heading", { name: "Vì sao" })).toBeVisible();
  });

  await test.step("a dossier is made, with the papers the rule names", async () => {
    await press(page, page.getByRole("button", { name: "Lập hồ sơ đề nghị" }));
    await expect(page.getByRole("heading", { level: 1, name: /hưu trí xã hội/ })).toBeFocused();
    await expect(page.getByText("Chưa nộp, thời hạn chưa tính.")).toBeVisible();
    await expectAccessible(page, "a dossier");
  });

  await test.step("its papers are ticked", async () => {
    const papers = page.getByRole("region", { name: /^Giấy tờ/ }).getByRole("group");
    for (let at = 0; at < (await papers.count()); at += 1) {
      const missing = papers.nth(at).getByRole("radio", { name: "còn thiếu" });
      if (!(await missing.isChecked())) continue;
      await missing.focus();
      await page.keyboard.press("ArrowRight");
      await expect(papers.nth(at).getByRole("radio", { name: "đã có" })).toBeChecked();
    }
    await expect(page.getByText(/Còn thiếu/)).toHaveCount(0);
  });

  await test.step("it is handed in, and the last day is shown", async () => {
    await press(page, page.getByRole("button", { name: "Đã nộp", exact: true }));
    await expect(page.getByLabel("Ngày", { exact: true })).toBeFocused();
    await expectAccessible(page, "the form of a step");
    await page.keyboard.press("Enter");
    await expect(
      page.getByText(/^Hạn trả kết quả \d\d\/\d\d\/\d{4}, còn \d+ ngày làm việc\.$/),
    ).toBeVisible();
  });

  await test.step("it stands in the list of the commune", async () => {
    await press(page, page.getByRole("link", { name: "Danh sách hồ sơ đề nghị" }));
    await expect(page.getByRole("heading", { level: 1, name: "Hồ sơ đề nghị" })).toBeFocused();
    const row = page.getByRole("row", { name: /Nguyễn Văn Hồ Sơ/ });
    await expect(row).toContainText("đã nộp, chờ quyết định");
    await expectAccessible(page, "the list of dossiers");
    await press(page, row.getByRole("link").first());
  });

  await test.step("it is granted, and what was granted is recorded", async () => {
    await press(page, page.getByRole("button", { name: "Được duyệt", exact: true }));
    await expect(page.getByLabel("Ngày", { exact: true })).toBeFocused();
    await page.getByLabel("Số tiền được duyệt (đồng)").focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("650.000");
    await page.keyboard.press("Enter");
    await expect(page.getByText(/^Quyết định đúng hạn/)).toBeVisible();
    await press(page, page.getByRole("button", { name: "Ghi nhận đang hưởng" }));
    await expect(page.getByRole("button", { name: "Ghi nhận đang hưởng" })).toHaveCount(0);
    await press(page, page.getByRole("button", { name: "Đã chi trả", exact: true }));
    await expect(page.getByLabel("Ngày", { exact: true })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Không còn bước nào.")).toBeVisible();
  });

  await test.step("the household says what it receives and since when", async () => {
    await page.keyboard.press("Escape");
    const receiving = page.getByRole("region", { name: "Đang hưởng" });
    await expect(receiving).toContainText(/hưu trí xã hội.*650\.000 đồng · từ tháng \d\d\/\d{4}/);
    await expectAccessible(page, "a household with dossiers");
  });
});
