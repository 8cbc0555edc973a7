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
    await user.type(screen.getByLabelText("Tỉnh, thành phố"), "Tỉnh Mẫu");
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
      hamlets: ["Thôn Một", "Thôn Hai"],
    });
    await user.click(screen.getByRole("button", { name: "Tiếp tục đăng nhập" }));
    expect(screen.getByRole("alert").textContent).toContain("đánh dấu");
    await user.click(screen.getByLabelText("Tôi đã chép mã ra giấy"));
    await user.click(screen.getByRole("button", { name: "Tiếp tục đăng nhập" }));
    expect(await screen.findByRole("heading", { name: "Đăng nhập" })).toBeDefined();
  });

  test("speaks English after one switch, and remembers it", async () => {
    const { user } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "English" }));
    expect(screen.getByRole("heading", { name: "Sign in" })).toBeDefined();
    expect(document.documentElement.lang).toBe("en");
    expect(localStorage.getItem("ansinh.language")).toBe("en");
  });
});
