import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import type { Role, Session, Status } from "../host";
import { resetFake } from "../test/fake";
import { show } from "../test/show";
import { refusal, refusalWords } from "../text/refusals";
import { ReleasesScreen } from "./ReleasesScreen";
import { isoOf } from "./SignForm";

beforeEach(() => {
  resetFake({ signedIn: true });
});

const showTo = (role: Role) =>
  show(<ReleasesScreen session={{ role } as Session} status={{ today: "2026-11-22" } as Status} rest={[]} />);

test.each([
  ["1/12/2026", "2026-12-01"],
  ["01.12.2026", "2026-12-01"],
  ["31/11/2026", null],
  ["12/2026", null],
  ["", null],
])("reads %s as a day", (typed, day) => {
  expect(isoOf(typed)).toBe(day);
});

test.each(["vi", "en"] as const)("says each refusal in words of its own (%s)", (language) => {
  const values = {
    path: "a.toml",
    key: "K",
    number: "2",
    known: "3",
    at_most: "64",
    found: "2",
    supported: "1",
    id: "x",
  };
  const said = refusalWords.map((why) => refusal(language, { ...values, why }));
  expect(new Set(said).size).toBe(refusalWords.length);
  expect(said.filter((sentence) => /undefined/.test(sentence))).toEqual([]);
});

test("an officer sees what is in force and is offered nothing to decide", async () => {
  showTo("officer");
  expect(await screen.findByRole("heading", { name: /vn số 1/ })).toBeDefined();
  expect(screen.getByText(/đi kèm chương trình/)).toBeDefined();
  expect(screen.queryByLabelText("Tệp .ansinh")).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a file that is refused says why, with what is wrong in it, and that the set in force stays", async () => {
  const problems = [{ path: "$", vi: "a.toml: bị thiếu", en: "a.toml: is missing" }];
  resetFake({
    signedIn: true,
    refuse: { read_release: { code: "release_refused", values: { why: "files" }, problems } },
  });
  const { user, calls } = showTo("supervisor");
  const file = new File(["ansinh release 1\n"], "vn-2.ansinh");
  await user.upload(await screen.findByLabelText("Tệp .ansinh"), file);
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("không khớp với danh mục");
  expect(alert.textContent).toContain("a.toml: bị thiếu");
  expect(alert.textContent).toContain("đang có hiệu lực giữ nguyên");
  expect(calls.at(-1)).toEqual({
    name: "read_release",
    args: { bytes: btoa("ansinh release 1\n"), language: "vi" },
  });
});

test("a key is trusted only with its holder's name", async () => {
  const { user, calls } = showTo("supervisor");
  await user.type(await screen.findByLabelText("Khóa công khai"), "RWQmau");
  await user.click(screen.getByRole("button", { name: "Tin cậy khóa này" }));
  expect(screen.getByText("Cần điền mục này.")).toBeDefined();
  expect(calls.map((call) => call.name)).not.toContain("trust_key");
});
