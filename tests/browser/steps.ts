//! Steps that several journeys share, told by what is seen on the screen.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, type Page } from "../../ui/browser";

/** Opens the sign-in screen, whoever worked before. */
export async function openSignIn(page: Page): Promise<void> {
  await page.request.post("/call/sign_out", { data: {} });
  await page.goto("/");
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
