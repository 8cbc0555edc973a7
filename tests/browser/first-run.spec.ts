//! The first run on an empty folder: set-up, recovery key, sign-in, the first household.

import { expect, type Page, test } from "../../ui/browser";
import { expectAccessible } from "./steps";

test("a commune sets up its computer and creates its first household", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Thiết lập lần đầu" })).toBeVisible();
  await expectAccessible(page, "set-up");

  await page.getByRole("button", { name: "Tạo dữ liệu cho xã" }).click();
  await expect(page.getByRole("alert")).toContainText("chỗ cần sửa");
  await expect(page.getByLabel("Tỉnh, thành phố")).toBeFocused();
  await expectAccessible(page, "set-up with mistakes");

  const province = page.getByLabel("Tỉnh, thành phố");
  await province.selectOption({ label: "Tuyên Quang (gồm Hà Giang)" });
  await expect(page.getByText("chưa có quy định riêng")).toBeVisible();
  await province.selectOption({ label: "Hà Nội" });
  await expect(page.getByText("Quy định riêng của địa phương này")).toBeVisible();
  await page.getByLabel("Xã, phường, đặc khu").fill("Xã Mẫu An");
  await page.getByLabel("Thôn, tổ dân phố").fill("Thôn Một\nThôn Hai");
  const people = [
    { group: "Người phụ trách đầu tiên", name: "Phạm Thị Phụ Trách", user: "phutrach" },
    { group: "Cán bộ đầu tiên", name: "Lê Văn Cán Bộ", user: "canbo" },
  ];
  for (const { group, name, user } of people) {
    const fields = page.getByRole("group", { name: group });
    await fields.getByLabel("Họ và tên").fill(name);
    await fields.getByLabel("Tên đăng nhập").fill(user);
    await fields.getByLabel("Mật khẩu").fill(`mật khẩu của ${user}`);
  }
  await page.getByRole("button", { name: "Tạo dữ liệu cho xã" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "Mã khôi phục" })).toBeVisible({
    timeout: 30_000,
  });
  await expectAccessible(page, "recovery key");
  const recoveryKey = (await page.getByRole("status").textContent()) ?? "";
  expect(recoveryKey).toMatch(/^(\w{4}-){7}\w{4}$/);
  await page.getByRole("button", { name: "Tiếp tục đăng nhập" }).click();
  await expect(page.getByRole("alert")).toContainText("đánh dấu");
  await page.getByLabel("Tôi đã chép mã ra giấy").check();
  await page.getByRole("button", { name: "Tiếp tục đăng nhập" }).click();

  await page.getByRole("radio", { name: /Lê Văn Cán Bộ/ }).check();
  await page.getByLabel("Mật khẩu", { exact: true }).fill("mật khẩu sai");
  await page.getByRole("button", { name: "Vào làm việc" }).click();
  await expect(page.getByRole("alert")).toContainText("Sai tên đăng nhập hoặc mật khẩu");
  await page.getByLabel("Mật khẩu", { exact: true }).fill("mật khẩu của canbo");
  await page.getByRole("button", { name: "Vào làm việc" }).click();

  await expect(page.getByText("Chưa có hộ nào trên máy này.")).toBeVisible();
  await expect(page.getByRole("contentinfo")).toContainText("cùng vn_01_ha_noi số 1");
  await expectAccessible(page, "no household yet");
  await page.getByRole("combobox").fill("Nguyễn Thị Đầu Tiên");
  await page.getByRole("combobox").press("Enter");
  await page.getByLabel("Thôn, tổ dân phố").selectOption("Thôn Hai");
  await page.getByRole("button", { name: "Tạo hộ", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Nguyễn Thị Đầu Tiên/ })).toBeVisible();
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await expect(page.getByRole("heading", { name: "Đăng nhập" })).toBeVisible();
  await recover(page, recoveryKey);
});

/** The officer has forgotten the password: by keyboard alone from the link to the work. */
async function recover(page: Page, recoveryKey: string) {
  await page.getByRole("radio", { name: /Lê Văn Cán Bộ/ }).check();
  await page.getByRole("button", { name: "Quên mật khẩu?" }).press("Enter");
  await expect(page.getByRole("heading", { name: "Đặt lại mật khẩu" })).toBeFocused();
  await expect(page.getByRole("radio", { name: /Lê Văn Cán Bộ/ })).toBeChecked();
  await expectAccessible(page, "new password");
  const key = page.getByLabel("Mã khôi phục");
  await key.fill(`${recoveryKey.slice(0, -1)}${recoveryKey.endsWith("A") ? "C" : "A"}`);
  await page.getByLabel("Mật khẩu mới").fill("mật khẩu lần hai");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/Mã khôi phục gõ chưa đúng/)).toBeVisible();
  await expect(key).toBeFocused();
  await expectAccessible(page, "mistyped recovery key");
  await key.fill(recoveryKey.toLowerCase().replaceAll("-", " "));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Lê Văn Cán Bộ")).toBeVisible();
  const household = page.getByRole("heading", { level: 1, name: /Nguyễn Thị Đầu Tiên/ });
  await expect(household).toBeVisible();

  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await page.getByRole("radio", { name: /Lê Văn Cán Bộ/ }).check();
  const password = page.getByLabel("Mật khẩu", { exact: true });
  await password.fill("mật khẩu của canbo");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("Sai tên đăng nhập hoặc mật khẩu");
  await password.fill("mật khẩu lần hai");
  await page.keyboard.press("Enter");
  await expect(household).toBeVisible();
}
