//! Draws every screen in both languages, for the guide and to be looked at: `cargo xtask pictures`.

import { join } from "node:path";
import { expect, type Page, test } from "../../ui/browser";
import { openSignIn, signInAsSupervisor, throughTheRail } from "./steps";

const folder = process.env.ANSINH_PICTURES ?? "";
const languages = [
  { code: "vi", button: null },
  { code: "en", button: "English" },
] as const;

for (const { code, button } of languages) {
  test(`the screens in ${code}`, async ({ page }) => {
    test.setTimeout(300_000);
    const draw = (name: string) => page.screenshot({ path: join(folder, `${code}-${name}.png`) });
    const speak = async () => {
      const change = page.getByRole("button", { name: button ?? "" });
      if (button !== null && (await change.count()) > 0) await change.first().click();
    };
    await openSignIn(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await speak();
    await draw("sign-in");

    // The language is remembered; the steps speak Vietnamese.
    await page.evaluate(() => localStorage.clear());
    await signInAsSupervisor(page);
    await speak();
    await expect(page.getByRole("option").first()).toBeVisible();
    await throughTheRail(page, async (name) => {
      await draw(name);
    });
    await household(page, draw);
  });
}

/** A household of the sample commune: interview and results, a programme, the paper. */
async function household(page: Page, draw: (name: string) => Promise<unknown>): Promise<void> {
  await page.goto("/#/");
  await page.getByRole("combobox").fill("00004");
  await page.getByRole("option", { name: /00004/ }).first().click();
  await expect(page.locator(".totals")).toBeVisible();
  await draw("household");
  await page.locator(".row").first().click();
  await expect(page.getByRole("article")).toBeVisible();
  await expect(page.locator("main .waiting")).toHaveCount(0, { timeout: 30_000 });
  await draw("programme");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+p");
  await expect(page.locator(".pages img").first()).toBeVisible({ timeout: 30_000 });
  await draw("print");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await draw("palette");
  await page.keyboard.press("Escape");
}
