//! From a decree to whom it changes, by keyboard alone: a supervisor begins a draft, puts a new amount into it, sees it told in
//! words, mends what the editor finds, and sees by name who gets another amount.

import { expect, type Locator, type Page, test } from "../../ui/browser";
import { expectAccessible, signInAsSupervisor } from "./steps";

async function press(page: Page, control: Locator): Promise<void> {
  await control.focus();
  await page.keyboard.press("Enter");
}

test("a new amount is drafted, checked as it is typed, and told by name", async ({ page }) => {
  // The whole roster is judged under two sets of rules by a program that is not optimised.
  test.setTimeout(120_000);
  await signInAsSupervisor(page);
  await press(page, page.getByRole("link", { name: "Soạn quy tắc" }));
  await expect(page.getByRole("heading", { name: "Soạn quy tắc", level: 1 })).toBeFocused();
  await expectAccessible(page, "the drafts");

  await test.step("a draft is begun with the rules in force", async () => {
    await page.getByLabel("Để làm gì").focus();
    await page.keyboard.type("Nghị định thử");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "Nghị định thử", level: 1 })).toBeFocused();
  });

  await test.step("a new dated amount by form", async () => {
    await page.getByRole("searchbox").focus();
    await page.keyboard.type("social_pension_level");
    await press(page, page.getByRole("link", { name: /social_pension_level$/ }).first());
    const form = page.getByRole("form", { name: "Giá trị mới theo ngày" });
    await form.getByLabel("Từ ngày").fill("2026-11-30");
    await form.getByLabel(/^Giá trị/).focus();
    await page.keyboard.type("600000");
    await form.getByLabel("Căn cứ").focus();
    await page.keyboard.type("ND335 Đ31");
    await expectAccessible(page, "the form of a parameter");
    await page.keyboard.press("Enter");
    await expect(form.getByText(/^Đã ghi vào parameters\/levels\.toml/)).toBeVisible();
    await expect(page.getByRole("row", { name: /30\/11\/2026.*600\.000/ })).toContainText("chưa có hiệu lực");
  });

  await test.step("what it changes, in words and in text", async () => {
    await press(page, page.getByRole("link", { name: "Thay đổi" }));
    await expect(page.getByText("giá trị từ 30/11/2026")).toBeVisible();
    await expect(page.locator("pre").getByText("600_000")).toBeVisible();
    await expectAccessible(page, "the changes");
  });

  await test.step("what is typed wrong is found at its line, and taken back", async () => {
    await press(page, page.getByRole("link", { name: "Sửa", exact: true }));
    await page.getByRole("searchbox").fill("papers/papers.toml");
    await press(page, page.getByRole("link", { name: "papers/papers.toml" }));
    const editor = page.getByRole("textbox", { name: /papers\/papers\.toml/ });
    await editor.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("khong = ");
    const findings = page.getByRole("region", { name: "Điều phát hiện được" });
    await expect(findings.getByRole("button").first()).toContainText("papers/papers.toml");
    await expectAccessible(page, "the editor with a finding");
    await press(page, findings.getByRole("button").first());
    await expect(editor).toBeFocused();
    await press(page, page.getByRole("button", { name: /^Lùi một bước/ }));
    await expect(findings.getByText("Chưa thấy lỗi nào khi đọc và biên dịch.")).toBeVisible();
    await expect(editor).not.toContainText("khong =");
  });

  await test.step("whom it changes, by name, and what it costs", async () => {
    await press(page, page.getByRole("link", { name: "Tác động" }));
    await page.getByLabel("Tháng xét").fill("2026-12");
    await press(page, page.getByRole("button", { name: "Xem tác động" }));
    await expect(page.getByText(/^Đã xét \d+\/\d+ hộ trong/)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole("row", { name: /mỗi tháng/ }).first()).toBeVisible();
    await page.getByRole("combobox", { name: "Thay đổi" }).selectOption({ label: "Đổi mức" });
    const changed = page.getByRole("row", { name: /hưu trí xã hội.*600\.000/ });
    await expect(changed.first()).toContainText("540.000");
    await expectAccessible(page, "the impact");
    await press(page, changed.first().getByRole("button", { name: /^Làm ca mẫu, bỏ tên/ }));
    await press(page, changed.first().getByRole("link", { name: "Xem ca mẫu" }));
    await expect(page.getByRole("textbox", { name: /cases\.toml/ })).toContainText("Một hộ thật, đã bỏ tên");
  });

  await test.step("a programme in words", async () => {
    await press(page, page.getByRole("link", { name: "Đọc bằng lời" }));
    await page.getByLabel("Chính sách", { exact: true }).selectOption("social_pension");
    await expect(page.getByText("đối tượng").first()).toBeVisible();
    await expectAccessible(page, "the programme in words");
  });

  await test.step("it is signed only with a key, and after the check", async () => {
    await press(page, page.getByRole("link", { name: "Ký", exact: true }));
    await expect(page.getByRole("button", { name: "Ký và xếp lịch" })).toBeDisabled();
    await expectAccessible(page, "the signing of a draft");
    await press(page, page.getByRole("link", { name: /^Đến “Bộ quy tắc”/ }));
    const make = page.locator("form", { hasText: "Tạo khóa ký của tôi" });
    await make.getByLabel("Khóa của ai").fill("Khóa mẫu");
    await make.getByLabel("Mật khẩu của khóa").fill("mật khẩu khóa");
    await press(page, make.getByRole("button"));
    await expect(page.getByText("khóa của máy này")).toBeVisible();
    await page.goBack();
    await page.getByLabel("Thay đổi gì (tiếng Việt)").fill("Mức mới");
    await page.getByLabel("Mật khẩu của khóa").fill("mật khẩu khóa");
    await press(page, page.getByRole("button", { name: "Ký và xếp lịch" }));
    await expect(page.getByText(/chạy “Kiểm tra” trước/)).toBeVisible();
  });

  await press(page, page.getByRole("button", { name: "Bỏ bản nháp" }));
  await press(page, page.getByRole("dialog").getByRole("button", { name: "Bỏ bản nháp" }));
  await expect(page.getByRole("heading", { name: "Soạn quy tắc", level: 1 })).toBeVisible();
});
