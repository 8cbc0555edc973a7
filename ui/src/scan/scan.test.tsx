import { screen, waitFor, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { App } from "../App";
import { resetFake } from "../test/fake";
import { show } from "../test/show";
import { looksLikeCard } from "./handoff";

const card = "001051000123|012345678|Nguyễn Văn Mới|1951-03-12|male";

beforeEach(() => {
  resetFake({ signedIn: true });
  window.location.hash = "#/scan";
});

test("the text of a card is told from what people type", () => {
  const typed = ["nguyen van an", "001051000123", "0042", "1951", "0912 345 678", "001051000123 an", "a|b|c"];
  for (const each of typed) expect(looksLikeCard(each), each).toBe(false);
  for (const each of [
    card,
    "123456789|x",
    "001051000123~012345678~Nguyễn",
    "001051000123NguyenVanAn12031951NamThon3XaMau",
  ]) {
    expect(looksLikeCard(each), each).toBe(true);
  }
});

describe("scanning", () => {
  test("a card typed into the search box is read, never searched for, and stays out of the address", async () => {
    window.location.hash = "#/";
    const { user, calls } = show(<App />);
    await user.type(await screen.findByRole("combobox"), `${card}{Enter}`);
    await screen.findByRole("heading", { name: "Trên thẻ và trong hồ sơ" });
    const searched = calls.filter((call) => call.name === "search").map((call) => call.args.text);
    expect(searched).not.toContain(card);
    expect(window.location.hash).toBe("#/scan");
    expect(calls.filter((call) => call.name === "read_card").map((call) => call.args.text)).toEqual([card]);
  });

  test("only what is ticked is recorded, with the text as it came", async () => {
    const { user, calls } = show(<App />);
    await user.type(await screen.findByLabelText(/^Bấm vào ô này/), `${card}{Enter}`);
    await user.click(await screen.findByRole("checkbox", { name: "Ghi: Ngày sinh" }));
    await user.click(screen.getByRole("button", { name: "Tạo hộ" }));
    expect((await screen.findByRole("alert")).textContent).toContain("Chọn thôn");
    await user.selectOptions(screen.getByLabelText("Thôn, tổ dân phố của hộ mới"), "Thôn Suối Thử");
    await user.click(screen.getByRole("button", { name: "Tạo hộ" }));
    await screen.findByRole("heading", { level: 1, name: /Nguyễn Văn Mới/ });
    const sent = calls.find((call) => call.name === "accept_card")?.args;
    expect(sent).toMatchObject({
      text: card,
      accepted: {
        id_number: "001051000123",
        old_id_number: "012345678",
        full_name: "Nguyễn Văn Mới",
        sex: "male",
      },
      hamlet: "Thôn Suối Thử",
      person: null,
    });
    expect(Object.keys(sent?.accepted ?? {})).not.toContain("birth_date");
  });

  test("what differs from the record is shown old and new, and not ticked", async () => {
    const state = resetFake({ signedIn: true });
    for (const each of state.households) each.identities = { p1: { id_number: "001051000123" } };
    const { user } = show(<App />);
    await user.type(await screen.findByLabelText(/^Bấm vào ô này/), `${card}{Enter}`);
    await screen.findByRole("heading", { name: "Đã có người mang số này trong hồ sơ" });
    const name = screen.getByRole("row", { name: /Họ và tên/ });
    expect(name.textContent).toContain("Nguyễn Văn Mẫu → Nguyễn Văn Mới");
    expect(within(name).getByRole("checkbox")).toHaveProperty("checked", false);
    expect(screen.getByRole("checkbox", { name: "Ghi: Số định danh" })).toHaveProperty("checked", true);
  });

  test("a scan that an input method damaged is kept, with advice", async () => {
    const { user } = show(<App />);
    await user.type(await screen.findByLabelText(/^Bấm vào ô này/), "001051000123nguyễn{Enter}");
    expect((await screen.findByRole("alert")).textContent).toContain("tắt bộ gõ rồi quét lại");
    expect(screen.getByText("001051000123nguyễn", { selector: "pre" })).toBeTruthy();
  });
});

test("the form of a person keeps the number, and refuses one that has not twelve digits", async () => {
  window.location.hash = "#/household/h1";
  const { user, calls } = show(<App />);
  await user.click(await screen.findByRole("button", { name: "Sửa Trần Thị Ví Dụ" }));
  const number = screen.getByLabelText("Số định danh");
  await user.type(number, "00115300032");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  expect(number.getAttribute("aria-invalid")).toBe("true");
  await user.type(number, "1");
  await user.click(screen.getByRole("checkbox", { name: /^Đang vắng nhà/ }));
  await user.type(screen.getByLabelText("Vắng từ ngày"), "01/05/2026");
  await user.click(screen.getByRole("button", { name: "Lưu" }));
  await waitFor(() =>
    expect(calls.find((call) => call.name === "save_person")?.args.identity).toMatchObject({
      id_number: "001153000321",
      is_away: true,
      away_since: "2026-05-01",
    }),
  );
});
