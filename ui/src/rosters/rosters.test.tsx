import { screen, waitFor } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";

beforeEach(() => {
  resetFake({ signedIn: true });
  window.location.hash = "#/household/h1";
});

describe("moving", () => {
  test("asks for a new head where the head goes, and sends what was chosen", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Chuyển, tách, gộp…" }));
    await user.click(screen.getByRole("checkbox", { name: /^Nguyễn Văn Mẫu/ }));
    await user.type(screen.getByLabelText("Tìm hộ sẽ nhận"), "gia");
    await user.click(await screen.findByRole("radio", { name: /^Hộ 0107/ }));
    await user.selectOptions(screen.getByLabelText("Quan hệ của Nguyễn Văn Mẫu với chủ hộ mới"), "parent");
    await user.click(screen.getByRole("button", { name: "Thực hiện" }));
    expect((await screen.findByRole("alert")).textContent).toContain("chọn chủ hộ mới");
    await user.selectOptions(screen.getByLabelText("Chủ hộ mới của những người ở lại"), "p2");
    await user.click(screen.getByRole("button", { name: "Thực hiện" }));
    await waitFor(() =>
      expect(calls.find((call) => call.name === "move_persons")?.args).toEqual({
        household: "h1",
        persons: [{ person: "p1", relation: "parent" }],
        into: "h2",
        new_head: "p2",
        on: "2026-11-22",
      }),
    );
  });

  test("does not move everybody: that is a merger", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Chuyển, tách, gộp…" }));
    for (const each of screen.getAllByRole("checkbox")) await user.click(each);
    await user.click(screen.getByRole("button", { name: "Thực hiện" }));
    expect((await screen.findByRole("alert")).textContent).toContain("gộp hộ");
    expect(calls.some((call) => call.name === "move_persons")).toBe(false);
  });
});

test("who is written down twice is hinted at, and told apart for good", async () => {
  window.location.hash = "#/household/h2";
  const state = resetFake({ signedIn: true });
  const other = state.households[1];
  if (!other?.persons[0]) throw new Error("the fake lost its second household");
  other.persons[0].name = "Nguyen Van Mau";
  other.answers = { "q1:birth_date": "1947-05-02" };
  const { user, calls } = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Sửa Nguyen Van Mau" }));
  await screen.findByText("trùng họ tên và ngày sinh");
  await user.click(screen.getByRole("button", { name: "Không phải Nguyễn Văn Mẫu" }));
  expect(screen.queryByText("trùng họ tên và ngày sinh")).toBeNull();
  expect(calls.find((call) => call.name === "tell_apart")?.args).toEqual({ one: "q1", other: "p1" });
});
