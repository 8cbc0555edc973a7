//! By keyboard alone: a card is scanned into the search box, becomes a household, is known at the second scan; somebody moves
//! and comes back.

import { expect, test } from "../../ui/browser";
import { createHousehold, expectAccessible, signIn } from "./steps";

const n = String(Date.now()).slice(-6);
const card = `001051${n}|01${n}1|Nguyễn Văn Thẻ|12031951|Nam|Thôn 3, Xã Mẫu, Huyện Thử, Hà Giang|01072021`;

test("from a scanned card to a household, and a move that is taken back", async ({ page }) => {
  test.setTimeout(60_000);
  await signIn(page);

  await test.step("the card is read, accepted and becomes a household", async () => {
    await page.keyboard.insertText(card);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Trên thẻ và trong hồ sơ" })).toBeFocused();
    await expect(page.getByText("nay thuộc Tuyên Quang")).toBeVisible();
    await expectAccessible(page, "a scanned card");
    const hamlet = page.getByLabel("Thôn, tổ dân phố của hộ mới");
    await hamlet.focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("button", { name: "Tạo hộ", exact: true }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: /Nguyễn Văn Thẻ/ })).toBeVisible();
    await expect(page.getByRole("button", { name: /^Nguyễn Văn Thẻ/ })).toContainText("12/03/1951");
  });

  await test.step("the second scan finds who is recorded", async () => {
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText(card);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Đã có người mang số này trong hồ sơ" })).toBeVisible();
    await expect(page.getByRole("row", { name: /Họ và tên/ })).toContainText("giống nhau");
    await page.getByRole("link", { name: "Mở hồ sơ của Nguyễn Văn Thẻ" }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: /Nguyễn Văn Thẻ/ })).toBeVisible();
  });

  await test.step("a member moves to another household and comes back", async () => {
    await page.goto("/");
    await expect(page.getByRole("combobox")).toBeFocused();
    await createHousehold(page, `Lê Thị Nhận ${n}`);
    await page.getByRole("button", { name: "Thêm người" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.type("Lê Văn Chuyển");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: /^Lê Văn Chuyển/ })).toBeVisible();
    // The first question about somebody new takes the focus.
    await expect(page.getByRole("region", { name: "Phỏng vấn" }).locator("input:focus")).toBeVisible();
    await page.getByRole("button", { name: "Chuyển, tách, gộp…" }).focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("checkbox", { name: /^Lê Văn Chuyển/ }).focus();
    await page.keyboard.press("Space");
    await dialog.getByLabel("Tìm hộ sẽ nhận").focus();
    await page.keyboard.type(`001051${n}`);
    const into = dialog.getByRole("radio", { name: /Nguyễn Văn Thẻ/ }).first();
    await into.focus();
    await page.keyboard.press("Space");
    await expectAccessible(page, "moving somebody");
    await dialog.getByRole("button", { name: "Thực hiện" }).focus();
    await page.keyboard.press("Enter");
    await expect(dialog).toHaveCount(0);
    await expect(page.getByRole("button", { name: /^Lê Văn Chuyển/ })).toHaveCount(0);
    await page.getByRole("button", { name: /^Hoàn tác: Lê Văn Chuyển/ }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("button", { name: /^Lê Văn Chuyển/ })).toBeVisible();
    await expectAccessible(page, "a household with changes");
  });
});
