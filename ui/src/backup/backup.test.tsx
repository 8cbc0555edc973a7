import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";
import { waitInWords } from "../text/vi";

beforeEach(() => {
  window.location.hash = "#/";
});

test("a backup is restored before anybody is signed in, and what stood here is named", async () => {
  resetFake({ sample: null });
  const { user, calls } = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Khôi phục từ bản sao lưu" }));
  await user.upload(screen.getByLabelText("Tệp sao lưu"), new File(["ansinh"], "a.ansinh-backup"));
  await user.type(screen.getByLabelText("Tên đăng nhập của người phụ trách"), "binh");
  await user.type(screen.getByLabelText("Mật khẩu vào ngày sao lưu"), "mật khẩu cũ");
  await user.click(screen.getByRole("button", { name: "Khôi phục từ bản sao lưu" }));
  expect(await screen.findByText(/\/du-lieu\/before-restore/)).toBeDefined();
  expect(calls.find((call) => call.name === "restore_backup")?.args).toEqual({
    bytes: btoa("ansinh"),
    path: null,
    user: "binh",
    password: "mật khẩu cũ",
    recovery_key: null,
  });
  await user.click(screen.getByRole("button", { name: "Đến màn hình đăng nhập" }));
  expect(await screen.findByRole("heading", { name: "Đăng nhập" })).toBeDefined();
});

test("whoever stands before damaged data is told of the last good backup", async () => {
  const values = { backup_at: "2026-11-22 14:02", backup_path: "/usb/a.ansinh-backup" };
  resetFake({ refuse: { sign_in: { code: "damaged_database", values, problems: [] } } });
  const { user } = show(<App />);
  await user.type(await screen.findByLabelText("Mật khẩu"), "mật khẩu{Enter}");
  const said = (await screen.findByRole("alert")).textContent;
  expect(said).toContain("14:02");
  expect(said).toContain("/usb/a.ansinh-backup");
});

test("a wait is said in seconds, and in minutes when it is long", () => {
  const said = [1, 30, 90, 91, 900].map((seconds) => waitInWords(seconds, "phút", "giây"));
  expect(said).toEqual(["1 giây", "30 giây", "90 giây", "2 phút", "15 phút"]);
});
