//! Steps that several journeys share, told by what is seen on the screen.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "../../ui/browser";

/** Opens the sign-in screen, whoever worked before. */
export async function openSignIn(page: Page): Promise<void> {
  await page.request.post("/call/sign_out", { data: {} });
  await page.goto("/");
}

/** Signs in as the supervisor of the sample commune, who sees every screen. */
export async function signInAsSupervisor(page: Page): Promise<void> {
  await openSignIn(page);
  await expect(page.getByRole("heading", { name: "Đăng nhập" })).toBeVisible();
  const password = (await page.locator("code").first().textContent()) ?? "";
  await page.request.post("/call/sign_in", { data: { user: "phutrach", password } });
  await page.reload();
  await expect(page.getByRole("combobox")).toBeVisible();
}

/** Opens each screen of the rail in turn and waits until it has nothing left to load. */
export async function throughTheRail(
  page: Page,
  look: (name: string, title: string) => Promise<void>,
): Promise<void> {
  const links = page.getByRole("navigation").first().getByRole("link");
  const n = await links.count();
  expect(n, "there is a way to every screen").toBeGreaterThan(1);
  for (let at = 0; at < n; at += 1) {
    const link = links.nth(at);
    const address = (await link.getAttribute("href")) ?? "";
    const title = (await link.textContent())?.trim() ?? "";
    await link.click();
    await expect(page.locator("main").getByRole("heading").first()).toBeVisible();
    await expect(page.locator("main .waiting")).toHaveCount(0, { timeout: 30_000 });
    await look(address.replace(/^#\/?/, "").replaceAll("/", "-") || "find", title);
  }
}

/** Signs in to the sample commune by keyboard alone. */
export async function signIn(page: Page): Promise<void> {
  await openSignIn(page);
  await expect(page.getByRole("heading", { name: "Đăng nhập" })).toBeVisible();
  const password = (await page.locator("code").first().textContent()) ?? "";
  await expect(page.getByLabel("Mật khẩu", { exact: true })).toBeFocused();
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox")).toBeFocused();
}

/** Creates a household from the search box by keyboard alone, and waits for its first question. */
export async function createHousehold(page: Page, head: string): Promise<void> {
  await page.keyboard.type(head);
  await expect(page.getByRole("option", { name: `Tạo hộ mới với tên “${head}”` })).toBeVisible();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel("Thôn, tổ dân phố")).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Tạo hộ", exact: true })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(head) })).toBeVisible();
  await expect(page.getByRole("region", { name: "Phỏng vấn" }).locator(":focus")).toBeVisible();
}

/** Waits until the question under the cursor says that it is saved. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(page.getByText(/^đã lưu \d\d:\d\d$/).first()).toBeVisible();
}

const axeSource = readFileSync(
  fileURLToPath(new URL("../../ui/node_modules/axe-core/axe.min.js", import.meta.url)),
  "utf8",
);

type AxeRun = {
  violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[];
};

/** Runs axe on what is shown now and expects it to find nothing. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  // Evaluated, not added as a script: the page's own policy forbids inline scripts, and stays in force.
  await page.evaluate(axeSource);
  const run = await page.evaluate<AxeRun>(async () => {
    // biome-ignore lint/suspicious/noExplicitAny: axe puts itself on the window
    const { axe } = window as any;
    return axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    });
  });
  const found = run.violations.map((violation) => ({
    rule: `${violation.id}: ${violation.help}`,
    at: violation.nodes.map((node) => `${node.html}\n${node.failureSummary}`),
  }));
  expect(found, `axe on ${screen}`).toEqual([]);
}
