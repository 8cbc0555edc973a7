import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";

beforeEach(() => {
  resetFake({ signedIn: true });
  window.location.hash = "#/household/h1";
});

const pension = /Đang hưởng lương hưu/;

function saved(calls: { name: string; args: Record<string, unknown> }[]) {
  return calls.filter((call) => call.name === "save_fact").map((call) => call.args.answer);
}

describe("the interview", () => {
  test("starts at the first open question and takes number keys", async () => {
    const { user, calls } = show(<App />);
    const question = await screen.findByRole("group", { name: pension });
    await waitFor(() => expect(question.contains(document.activeElement)).toBe(true));
    await user.keyboard("1");
    await within(question).findByText("đã lưu 14:02");
    expect(saved(calls)).toEqual(["none"]);
    expect(within(question).getByRole("radio", { name: "Không có khoản nào" })).toHaveProperty(
      "checked",
      true,
    );
  });

  test("goes on to the results after the very last question", async () => {
    resetFake({ signedIn: true });
    window.location.hash = "#/household/h2";
    const { user } = show(<App />);
    const date = await screen.findByRole("textbox", { name: "Sinh ngày nào?" });
    await user.type(date, "02/05/1947{Enter}");
    for (let n_answered = 0; n_answered < 3; n_answered += 1) await user.keyboard("1{Enter}");
    await user.click(await screen.findByRole("button", { name: /^Tiếp: cả hộ/ }));
    await waitFor(() => expect(document.activeElement?.tagName).toBe("INPUT"));
    await user.keyboard("1{Enter}");
    await user.keyboard("1500000{Enter}");
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole("heading", { name: "Kết quả", level: 2 })),
    );
  });

  test("records a paper that was seen, with today's date", async () => {
    const { user, calls } = show(<App />);
    const question = await screen.findByRole("group", { name: pension });
    await user.click(within(question).getByRole("radio", { name: "Không có khoản nào" }));
    await user.selectOptions(within(question).getByLabelText("Nguồn"), "pension_statement");
    await waitFor(() =>
      expect(saved(calls)).toEqual([
        "none",
        { is: "none", paper: "pension_statement", seen_on: "2026-11-22" },
      ]),
    );
  });

  test("takes an answer back to not asked", async () => {
    const { user, calls } = show(<App />);
    const question = await screen.findByRole("group", { name: pension });
    await user.click(within(question).getByRole("radio", { name: "Chưa rõ" }));
    await user.click(await within(question).findByRole("button", { name: "Bỏ câu trả lời" }));
    await waitFor(() => expect(saved(calls)).toEqual([{ unsure: true }, null]));
  });

  test("keeps a date that is not understood and says what is accepted", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: /^Trần Thị Ví Dụ/ }));
    const field = await screen.findByRole("textbox", { name: "Sinh ngày nào?" });
    await user.type(field, "31/02/1950");
    await user.tab();
    expect((await screen.findByRole("alert")).textContent).toContain("không có ngày này");
    expect(field).toHaveProperty("value", "31/02/1950");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    await user.clear(field);
    await user.type(field, "khoảng 1951{Enter}");
    await waitFor(() => expect(saved(calls)).toEqual([{ about: 1951 }]));
  });

  test("waits for a Vietnamese input method to finish its letter", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: /^Trần Thị Ví Dụ/ }));
    const field = await screen.findByRole("textbox", { name: "Sinh ngày nào?" });
    field.focus();
    fireEvent.compositionStart(field);
    fireEvent.change(field, { target: { value: "khoa" } });
    fireEvent.keyDown(field, { key: "Enter", isComposing: true, keyCode: 229 });
    expect(saved(calls), "Enter chooses the composed letter and saves nothing").toEqual([]);
    fireEvent.change(field, { target: { value: "khoảng".normalize("NFD") } });
    fireEvent.compositionEnd(field);
    fireEvent.change(field, { target: { value: `${"khoảng".normalize("NFD")} 1951` } });
    fireEvent.keyDown(field, { key: "Enter" });
    await waitFor(() => expect(saved(calls)).toEqual([{ about: 1951 }]));
  });

  test("keeps the answer on the screen when the disk is full", async () => {
    const state = resetFake({ signedIn: true });
    state.refuse.save_fact = { code: "storage", values: {}, problems: [] };
    const { user } = show(<App />);
    const question = await screen.findByRole("group", { name: pension });
    await user.click(within(question).getByRole("radio", { name: "Không có khoản nào" }));
    expect((await within(question).findByRole("alert")).textContent).toContain("Chưa ghi được vào ổ đĩa");
    expect(within(question).getByRole("radio", { name: "Không có khoản nào" })).toHaveProperty(
      "checked",
      true,
    );
    state.refuse = {};
    await user.click(within(question).getByRole("button", { name: "Thử lại" }));
    await within(question).findByText("đã lưu 14:02");
  });

  test("reads money with dots and refuses what is out of range", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: /^Cả hộ/ }));
    const field = await screen.findByRole("textbox", { name: /Thu nhập của cả hộ/ });
    await user.type(field, "999.000.000{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("200.000.000");
    await user.clear(field);
    await user.type(field, "1.500.000{Enter}");
    await waitFor(() => expect(saved(calls)).toEqual([1_500_000]));
  });
});

describe("the roster", () => {
  test("adds a person with what is known, and asks about them next", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Thêm người" }));
    const dialog = await screen.findByRole("dialog");
    await user.type(within(dialog).getByLabelText("Họ và tên"), "Nguyễn Văn Bé");
    await user.type(within(dialog).getByLabelText("Ngày sinh"), "2022");
    await user.click(within(dialog).getByRole("radio", { name: "Nam" }));
    await user.click(within(dialog).getByRole("button", { name: "Thêm người" }));
    expect(await screen.findByRole("heading", { name: "Hỏi về Nguyễn Văn Bé" })).toBeDefined();
    expect(calls.find((call) => call.name === "save_person")?.args).toMatchObject({
      relation: "child",
      parents: null,
    });
    expect(saved(calls)).toEqual(["2022", "male"]);
  });

  test("takes a person off the list with a reason, and puts them back", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Sửa Nguyễn Thị Thử" }));
    await user.click(await screen.findByRole("button", { name: /Đưa khỏi danh sách…/ }));
    const remove = await screen.findByRole("button", { name: "Đưa khỏi danh sách" });
    await user.click(remove);
    expect((await screen.findByRole("alert")).textContent).toContain("Cần điền");
    await user.click(screen.getByLabelText("Tách hộ"));
    await user.click(remove);
    expect(await screen.findByText("Đã đưa Nguyễn Thị Thử khỏi danh sách.")).toBeDefined();
    expect(calls.find((call) => call.name === "remove_person")?.args.reason).toBe("Tách hộ");
    await user.click(screen.getByRole("button", { name: "Hoàn tác" }));
    expect(await screen.findByRole("button", { name: "Sửa Nguyễn Thị Thử" })).toBeDefined();
  });

  test("records a death with its whole date only", async () => {
    const { user, calls } = show(<App />);
    await user.click(await screen.findByRole("button", { name: "Sửa Trần Thị Ví Dụ" }));
    const field = await screen.findByLabelText("Ngày mất");
    await user.type(field, "2026");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    expect(await screen.findByText(/Cần đủ ngày, tháng, năm/)).toBeDefined();
    await user.clear(field);
    await user.type(field, "05/06/2026");
    await user.click(screen.getByRole("button", { name: "Lưu" }));
    expect(await screen.findByText("Đã mất 05/06/2026")).toBeDefined();
    expect(calls.find((call) => call.name === "save_person")?.args.died_on).toBe("2026-06-05");
  });
});

describe("finding", () => {
  beforeEach(() => {
    window.location.hash = "#/";
  });

  test("opens the chosen household with the arrow keys and Enter", async () => {
    const { user } = show(<App />);
    await user.type(await screen.findByRole("combobox"), "dang ngoc");
    await screen.findByRole("option", { name: /Đặng Ngọc Giả/ });
    await user.keyboard("{Enter}");
    expect(await screen.findByRole("heading", { name: "Hộ 0107 · Đặng Ngọc Giả" })).toBeDefined();
  });

  test("carries the text over into a new household", async () => {
    const { user, calls } = show(<App />);
    await user.type(await screen.findByRole("combobox"), "tran van moi");
    await screen.findByText(/Không tìm thấy “tran van moi”/);
    await user.keyboard("{Enter}");
    expect(await screen.findByLabelText("Họ và tên chủ hộ")).toHaveProperty("value", "Tran Van Moi");
    await user.selectOptions(screen.getByLabelText("Thôn, tổ dân phố"), "Bản Ví Dụ");
    await user.click(screen.getByRole("button", { name: "Tạo hộ" }));
    expect(await screen.findByRole("heading", { name: /Tran Van Moi/, level: 1 })).toBeDefined();
    expect(calls.find((call) => call.name === "create_household")?.args.hamlet).toBe("Bản Ví Dụ");
  });
});
