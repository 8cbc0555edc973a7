import { screen } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";

describe("the gate", () => {
  test("says when the password is wrong, and lets nobody in", async () => {
    const { user } = show(<App />);
    await user.type(await screen.findByLabelText("Mật khẩu"), "sai{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("Sai tên đăng nhập hoặc mật khẩu");
    expect(screen.queryByRole("navigation")).toBeNull();
  });

  test("opens with the password of the sample commune", async () => {
    const { user } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Điền giúp mật khẩu mẫu" }));
    await user.click(screen.getByRole("button", { name: "Vào làm việc" }));
    expect(await screen.findByRole("heading", { name: "Tìm hoặc tạo hộ" })).toBeDefined();
  });

  test.each([
    ["newer_database", "phiên bản An Sinh mới hơn"],
    ["damaged_database", "bị hỏng"],
    ["in_use", "cửa sổ khác"],
  ])("explains %s in its own words", async (code, words) => {
    resetFake({ refuse: { status: { code, values: {}, problems: [] } } });
    show(<App />);
    expect((await screen.findByRole("alert")).textContent).toContain(words);
  });

  test("sets up, shows the recovery key once, and asks for it to be written down", async () => {
    resetFake({ gate: "set_up" });
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Tạo dữ liệu cho xã" }));
    expect((await screen.findByRole("alert")).textContent).toContain("9 chỗ");
    await user.selectOptions(screen.getByLabelText("Tỉnh, thành phố"), "Mẫu (gồm Thử)");
    expect(screen.getByText(/áp dụng mức chung cả nước/)).toBeDefined();
    await user.type(screen.getByLabelText("Xã, phường, đặc khu"), "Xã Mẫu");
    await user.type(screen.getByLabelText("Thôn, tổ dân phố"), "Thôn Một{Enter}  Thôn Hai{Enter}{Enter}");
    for (const [name, index, word] of [
      ["lan", 0, "Lan"],
      ["hung", 1, "Hùng"],
    ] as const) {
      await user.type(screen.getAllByLabelText("Họ và tên")[index] as HTMLElement, word);
      await user.type(screen.getAllByLabelText("Tên đăng nhập")[index] as HTMLElement, name);
      await user.type(screen.getAllByLabelText("Mật khẩu")[index] as HTMLElement, "mat khau dai");
    }
    await user.click(screen.getByRole("button", { name: "Tạo dữ liệu cho xã" }));
    expect(await screen.findByText("TEST-2345-6789-ABCD-EFGH-JKLM")).toBeDefined();
    expect(calls.find((call) => call.name === "set_up")?.args).toMatchObject({
      province: "98",
      hamlets: ["Thôn Một", "Thôn Hai"],
    });
    await user.click(screen.getByRole("button", { name: "Tiếp tục đăng nhập" }));
    expect(screen.getByRole("alert").textContent).toContain("đánh dấu");
    await user.click(screen.getByLabelText("Tôi đã chép mã ra giấy"));
    await user.click(screen.getByRole("button", { name: "Tiếp tục đăng nhập" }));
    expect(await screen.findByRole("heading", { name: "Đăng nhập" })).toBeDefined();
  });

  test("gives a new password with the recovery key", async () => {
    resetFake({ sample: null });
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Quên mật khẩu?" }));
    const heading = await screen.findByRole("heading", { name: "Đặt lại mật khẩu" });
    expect(document.activeElement).toBe(heading);
    const submit = screen.getByRole("button", { name: "Đặt mật khẩu và vào làm việc" });
    await user.click(submit);
    expect(screen.getByLabelText("Mã khôi phục").getAttribute("aria-invalid")).toBe("true");
    await user.type(screen.getByLabelText("Mã khôi phục"), "TEST-9999");
    await user.type(screen.getByLabelText("Mật khẩu mới"), "ngan");
    await user.click(submit);
    expect(screen.getByText("Mật khẩu cần ít nhất 8 ký tự.")).toBeDefined();
    expect(calls.filter((call) => call.name === "recover")).toEqual([]);
    await user.type(screen.getByLabelText("Mật khẩu mới"), " va dai hon");
    await user.click(submit);
    expect(await screen.findByText(/Mã khôi phục gõ chưa đúng/)).toBeDefined();
    expect(document.activeElement).toBe(screen.getByLabelText("Mã khôi phục"));
    await user.clear(screen.getByLabelText("Mã khôi phục"));
    await user.type(screen.getByLabelText("Mã khôi phục"), "TEST-2345");
    await user.click(submit);
    expect(await screen.findByRole("heading", { name: "Tìm hoặc tạo hộ" })).toBeDefined();
    expect(calls.findLast((call) => call.name === "recover")?.args).toEqual({
      recovery_key: "TEST-2345",
      user: "mau",
      password: "ngan va dai hon",
    });
  });

  test("offers no new password in the sample commune, whose recovery key nobody has", async () => {
    show(<App />);
    expect(await screen.findByLabelText("Mật khẩu")).toBeDefined();
    expect(screen.queryByRole("button", { name: "Quên mật khẩu?" })).toBeNull();
  });

  test("speaks English after one switch, and remembers it", async () => {
    const { user } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "English" }));
    expect(screen.getByRole("heading", { name: "Sign in" })).toBeDefined();
    expect(document.documentElement.lang).toBe("en");
    expect(localStorage.getItem("ansinh.language")).toBe("en");
  });
});
