import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";

beforeEach(() => {
  resetFake({ signedIn: true });
  window.location.hash = "#/household/h1/print";
});

test("shows the pages as pictures and hands over the PDF", async () => {
  URL.createObjectURL = vi.fn(() => "blob:paper");
  const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockReturnValue();
  const { user, calls } = show(<App />);
  const page = await screen.findByRole("img", { name: "Trang 1 trên 1" });
  expect(page.getAttribute("src")).toMatch(/^data:image\/svg\+xml/);
  await user.click(screen.getByLabelText("English"));
  await user.click(screen.getByLabelText("Kèm lý do của các chính sách chưa đủ điều kiện"));
  await user.click(screen.getByRole("button", { name: "Lưu PDF" }));
  expect(await screen.findByText("Đã tải về tom-tat-0042.pdf")).toBeDefined();
  expect(click).toHaveBeenCalledOnce();
  expect(screen.getByText("K7Q2-M9")).toBeDefined();
  expect(calls.find((call) => call.name === "print_summary")?.args).toMatchObject({
    language: "en",
    reasons: true,
  });
});

test("says so when the paper cannot be made", async () => {
  resetFake({ signedIn: true, refuse: { preview: { code: "print", values: {}, problems: [] } } });
  show(<App />);
  expect((await screen.findByRole("alert")).textContent).toContain("Chưa tạo được bản in");
});
