//! A set of rules comes, is looked at, is in force, and is rolled back; a hostile one is refused. By keyboard.
//!
//! The file is signed here, by another implementation of the signature than the one that verifies it.

import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, type Locator, type Page, test } from "../../ui/browser";
import { expectAccessible, signInAsSupervisor } from "./steps";

const rules = fileURLToPath(new URL("../../rules/vn", import.meta.url));

type Key = { number: Buffer; secret: KeyObject; line: string };

function makeKey(): Key {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const number = randomBytes(8);
  return {
    number,
    secret: privateKey,
    line: Buffer.concat([Buffer.from("Ed"), number, raw]).toString("base64"),
  };
}

const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");

/** The rules of this repository with one amount changed, as a signed file. */
function signedRules(key: Key, number: number, from: string): Buffer {
  const paths = readdirSync(rules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".toml"))
    .map((entry) => relative(rules, join(entry.parentPath, entry.name)).replaceAll("\\", "/"));
  const files = new Map(paths.map((path) => [path, readFileSync(join(rules, path), "utf8")]));
  const levels = files.get("parameters/levels.toml") ?? "";
  expect(levels, "the level that is changed").toContain("540_000");
  files.set("parameters/levels.toml", levels.replaceAll("540_000", "541_000"));
  const inOrder = (a: string, b: string) => (Buffer.from(a).compare(Buffer.from(b)) < 0 ? -1 : 1);
  const others = [...files.keys()].filter((path) => path !== "release.toml").sort(inOrder);
  const head = (files.get("release.toml") ?? "")
    .replace(/\[files\][\s\S]*$/, "")
    .replace(/number\s*=\s*\d+/, `number = ${number}`)
    .concat(
      `from = ${from}\nsummary = { vi = "Mức chuẩn 541.000 đồng", en = "A level of 541,000 đồng" }\n\n`,
    );
  const listed = others.map((path) => `"${path}" = "${sha256(files.get(path) ?? "")}"\n`).join("");
  files.set("release.toml", `${head}[files]\n${listed}`);
  const listing = others.map((path) => `${sha256(files.get(path) ?? "")}  ${path}\n`).join("");
  const digest = sha256(listing + head);
  const parts = [...files.keys()].sort(inOrder).map((path) => {
    const text = files.get(path) ?? "";
    return `file ${Buffer.byteLength(text)} ${path}\n${text}\n`;
  });
  const packed = Buffer.from(`${parts.join("")}end ${files.size}\n`);
  const signature = sign(null, createHash("blake2b512").update(packed).digest(), key.secret);
  const comment = `ansinh id=vn number=${number} from=${from} digest=${digest}`;
  const whole = sign(null, Buffer.concat([signature, Buffer.from(comment)]), key.secret);
  const line = Buffer.concat([Buffer.from("ED"), key.number, signature]).toString("base64");
  const front = `ansinh release 1\nuntrusted comment: a test\n${line}\ntrusted comment: ${comment}\n${whole.toString("base64")}\n`;
  return Buffer.concat([Buffer.from(front), packed]);
}

async function press(page: Page, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press("Enter");
}

async function type(page: Page, field: Locator, text: string): Promise<void> {
  await field.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(text);
}

test("a set of rules is received, is in force, and is rolled back, without a mouse", async ({ page }) => {
  const key = makeKey();
  await signInAsSupervisor(page);
  const today = (await (await page.request.post("/call/status", { data: {} })).json()).today as string;
  const known = (await (await page.request.post("/call/releases", { data: { language: "vi" } })).json())
    .releases as { number: number }[];
  const next = Math.max(...known.map((release) => release.number)) + 1;
  const bytes = signedRules(key, next, today);
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel("Tệp .ansinh").setInputFiles({ name, mimeType: "application/octet-stream", buffer });

  await page.goto("/#/rules");
  await expect(page.getByRole("heading", { level: 1, name: "Bộ quy tắc" })).toBeVisible();
  await expect(page.getByText("đi kèm chương trình").first()).toBeVisible();
  await expectAccessible(page, "rules");

  await test.step("what nobody here trusts is refused", async () => {
    await choose("vn.ansinh", bytes);
    await expect(page.getByRole("alert")).toContainText("chưa được tin cậy trên máy này");
    await expect(page.getByRole("alert")).toContainText("đang có hiệu lực giữ nguyên");
  });

  await test.step("its key is trusted", async () => {
    await type(page, page.getByLabel("Khóa công khai"), key.line);
    await type(page, page.getByLabel("Khóa của ai").first(), "Sở Y tế");
    await press(page, page.getByRole("button", { name: "Tin cậy khóa này" }));
    await expect(page.getByText("Sở Y tế").first()).toBeVisible();
  });

  await test.step("what was changed after it was signed is refused in other words", async () => {
    await choose("vn.ansinh", Buffer.from(bytes.toString("utf8").replace("541_000", "951_000")));
    await expect(page.getByRole("alert")).toContainText("Chữ ký không khớp");
    await choose("vn.ansinh", Buffer.from("PK\u0003\u0004"));
    await expect(page.getByRole("alert")).toContainText("không phải tệp bộ quy tắc");
  });

  await test.step("the real one is looked at and taken", async () => {
    await choose("vn.ansinh", bytes);
    await expect(page.getByText("Chữ ký đúng, nội dung nguyên vẹn")).toBeVisible();
    await expect(page.getByText(/541\.000/).first()).toBeVisible();
    await expectAccessible(page, "a release");
    await press(page, page.getByRole("button", { name: "Nhận: có hiệu lực ngay" }));
    await expect(page.getByRole("status").filter({ hasText: "Đã có hiệu lực." })).toBeVisible();
    await expect(page.getByRole("contentinfo")).toContainText(`số ${next}`);
    await expect(page.getByRole("contentinfo")).toContainText("Sở Y tế ký");
  });

  await test.step("a key is made and the content of before comes back", async () => {
    await type(page, page.getByLabel("Khóa của ai").last(), "Phụ trách");
    await type(page, page.getByLabel("Mật khẩu của khóa"), "mật khẩu của khóa");
    await press(page, page.getByRole("button", { name: "Tạo khóa", exact: true }));
    await expect(page.getByText("khóa của máy này")).toBeVisible();
    const before = page.getByRole("listitem").filter({ hasText: "đi kèm chương trình" });
    await press(page, before.getByRole("button", { name: "Khôi phục nội dung bộ này" }));
    const dialog = page.getByRole("dialog");
    await type(page, dialog.getByLabel("Lý do (tiếng Việt)"), "Sai mức chuẩn");
    await type(page, dialog.getByLabel("Mật khẩu của khóa"), "mật khẩu khác");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("alert")).toContainText("Sai mật khẩu của khóa");
    await expectAccessible(page, "roll back");
    await type(page, dialog.getByLabel("Mật khẩu của khóa"), "mật khẩu của khóa");
    const download = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    expect((await download).suggestedFilename()).toBe(`vn-${next + 1}.ansinh`);
    await expect(dialog).toContainText("Đã ký và xếp lịch bộ mới.");
    await press(page, dialog.getByRole("button", { name: "Đóng", exact: true }));
    await expect(page.getByRole("contentinfo")).toContainText(`số ${next + 1}`);
    await expect(page.getByText("Khôi phục nội dung số 1: Sai mức chuẩn")).toBeVisible();
    await expectAccessible(page, "rolled back");
  });
});
