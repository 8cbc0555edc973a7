//! The first run on an empty folder: set-up, recovery key, sign-in, the first household.

import { expect, test } from "../../ui/browser";
import { expectAccessible } from "./steps";

test("a commune sets up its computer and creates its first household", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "Thiết lập lần đầu" })).toBeVisible();
  await expectAccessible(page, "set-up");

  await page.getByRole("button", { name: "Tạo dữ liệu cho xã" }).click();
  await expect(page.getByRole("alert")).toContainText("chỗ cần sửa");
  await expect(page.getByLabel("Tỉnh, thành phố")).toBeFocused();
  await expectAccessible(page, "set-up with mistakes");

  await page.getByLabel("Tỉnh, thành phố").fill("Tỉnh Thử Nghiệm");
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
  await expect(page.getByRole("status")).toHaveText(/\S{16,}/);
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
  await expectAccessible(page, "no household yet");
  await page.getByRole("combobox").fill("Nguyễn Thị Đầu Tiên");
  await page.getByRole("combobox").press("Enter");
  await page.getByLabel("Thôn, tổ dân phố").selectOption("Thôn Hai");
  await page.getByRole("button", { name: "Tạo hộ", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Nguyễn Thị Đầu Tiên/ })).toBeVisible();
  await page.getByRole("button", { name: "Đăng xuất" }).click();
  await expect(page.getByRole("heading", { name: "Đăng nhập" })).toBeVisible();
});
