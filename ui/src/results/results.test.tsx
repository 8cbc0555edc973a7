import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";
import { matches } from "./match";

beforeEach(() => {
  resetFake({ signedIn: true });
  window.location.hash = "#/household/h1";
});

describe("the results", () => {
  test("change as soon as an answer is saved", async () => {
    const { user } = show(<App />);
    await screen.findByRole("group", { name: /lương hưu/ });
    expect(screen.queryByRole("heading", { name: /Có thể đề nghị ngay/ })).toBeNull();
    await user.click(screen.getAllByRole("radio", { name: "Không có khoản nào" })[0] as HTMLElement);
    expect(await screen.findByRole("heading", { name: "Có thể đề nghị ngay (1)" })).toBeDefined();
    expect(screen.getByText("300.000 đồng mỗi tháng", { selector: ".totals-text" })).toBeDefined();
  });

  test("do not wait for the disk, and go back when an answer cannot be saved", async () => {
    const state = resetFake({ signedIn: true });
    const { user } = show(<App />);
    const none = (await screen.findAllByRole("radio", { name: "Không có khoản nào" }))[0] as HTMLElement;
    let finish: () => void = () => undefined;
    state.disk = new Promise((resolve) => {
      finish = resolve;
    });
    state.refuse.save_fact = { code: "storage", values: {}, problems: [] };
    await user.click(none);
    expect(await screen.findByRole("heading", { name: "Có thể đề nghị ngay (1)" })).toBeDefined();
    expect(screen.getByText("đang lưu…")).toBeDefined();
    finish();
    expect(await screen.findByRole("alert")).toBeDefined();
    await waitFor(() =>
      expect(screen.queryByRole("heading", { name: "Có thể đề nghị ngay (1)" })).toBeNull(),
    );
  });

  test("answer for every programme, with or without tone marks", async () => {
    const { user } = show(<App />);
    const search = await screen.findByRole("searchbox", { name: /vì sao không có/ });
    expect(screen.queryByRole("link", { name: /mai táng/ })).toBeNull();
    await user.type(search, "mai tang");
    expect(screen.getAllByRole("link", { name: /Hỗ trợ mai táng mẫu/ })).toHaveLength(3);
    await user.clear(search);
    await user.type(search, "xe bay");
    expect(screen.getByText(/Không có chính sách nào tên “xe bay”/)).toBeDefined();
  });

  test("lead to a missing fact", async () => {
    const { user } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Ngày sinh · Trần Thị Ví Dụ" }));
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Sinh ngày nào?" })),
    );
  });
});

describe("the detail of a programme", () => {
  test("says each criterion's state in words, with its value and article", async () => {
    const { user } = show(<App />);
    await user.click(await screen.findByRole("link", { name: /Trợ cấp hưu trí mẫu Nguyễn Văn Mẫu/ }));
    const heading = await screen.findByRole("heading", { name: /Trợ cấp hưu trí mẫu/, level: 2 });
    expect(document.activeElement).toBe(heading);
    const criterion = screen.getByText("Không có lương hưu").closest("li") as HTMLElement;
    expect(within(criterion).getByText("chưa rõ")).toBeDefined();
    expect(within(criterion).getByText("chưa hỏi")).toBeDefined();
    expect(within(criterion).getByText(/khoản 1 Điều 1/)).toBeDefined();
    expect(screen.getByText("sẵn sàng 1/2")).toBeDefined();
    expect(screen.getByText("10 ngày làm việc")).toBeDefined();
  });

  test("does not ask for what is not needed any more", async () => {
    const state = resetFake({ signedIn: true });
    if (state.households[0]) state.households[0].answers["p1:pension"] = "none";
    const { user } = show(<App />);
    await user.click(await screen.findByRole("link", { name: /Trợ cấp hưu trí mẫu Nguyễn Văn Mẫu/ }));
    const decided = (await screen.findByText("Lương hưu thấp hơn mức chuẩn")).closest("li") as HTMLElement;
    expect(within(decided).getByText("chưa cần xét")).toBeDefined();
    expect(within(decided).queryByText("chưa rõ")).toBeNull();
    expect(within(decided).queryByRole("button")).toBeNull();
  });

  test("jumps to the question behind a criterion, even an answered one", async () => {
    const { user } = show(<App />);
    await user.click(await screen.findByRole("link", { name: /Trợ cấp hưu trí mẫu Nguyễn Văn Mẫu/ }));
    await user.click(await screen.findByRole("button", { name: "Sai? Sửa thông tin này: Đủ tuổi" }));
    const field = await screen.findByRole("textbox", { name: "Sinh ngày nào?" });
    await waitFor(() => expect(document.activeElement).toBe(field));
    expect(field).toHaveProperty("value", "02/05/1947");
  });

  test("goes back with Esc to the row it came from", async () => {
    const { user } = show(<App />);
    const row = await screen.findByRole("link", { name: /Trợ cấp hưu trí mẫu Nguyễn Văn Mẫu/ });
    await user.click(row);
    await screen.findByRole("heading", { name: /Trợ cấp hưu trí mẫu/, level: 2 });
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.activeElement?.id).toBe("row-sample_pension-p1"));
  });
});

test("folding finds đ, ơ and ư", () => {
  expect(matches("duong uu", "Đường ưu tiên")).toBe(true);
  expect(matches("tre em", "Trẻ em mồ côi")).toBe(true);
  expect(matches("gia", "Trẻ em")).toBe(false);
});
