//! Every screen in both languages: axe finds nothing, and nothing needs more width than a page zoomed to 200 % has.

import { expect, test } from "../../ui/browser";
import { expectAccessible, openSignIn, signIn, signInAsSupervisor, throughTheRail } from "./steps";

const languages = [
  { name: "Vietnamese", switchTo: null },
  { name: "English", switchTo: "English" },
] as const;

for (const { name, switchTo } of languages) {
  test(`axe finds nothing on any screen in ${name}`, async ({ page }) => {
    await openSignIn(page);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expectAccessible(page, "sign-in");
    await page.keyboard.type("wrong password");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toBeVisible();
    await expectAccessible(page, "wrong password");

    await signIn(page);
    if (switchTo !== null) await page.getByRole("button", { name: switchTo }).click();
    await expect(page.getByRole("option").first()).toBeVisible();
    await expectAccessible(page, "find");
    await page.getByRole("combobox").fill("không có ai tên thế này");
    await expect(page.locator(".not-found")).toBeVisible();
    await expectAccessible(page, "nothing found");
    await page.getByRole("combobox").press("Enter");
    await expectAccessible(page, "create");
    await page.keyboard.press("Escape");

    await page.getByRole("combobox").fill("");
    await page.getByRole("option").first().click();
    await expect(page.locator(".totals")).toBeVisible();
    await expectAccessible(page, "household");

    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page, "find over a household");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: /^(Thêm người|Add a person)$/ }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page, "add a person");
    await page.keyboard.press("Escape");

    await page.locator(".roster").getByRole("button").nth(1).click();
    await expect(page.getByRole("dialog")).toBeVisible();
    await expectAccessible(page, "change a person");
    await page.keyboard.press("Escape");

    const showNo = page.locator(".group-no").getByRole("button");
    if ((await showNo.count()) > 0) await showNo.click();
    await expectAccessible(page, "all results");
    await page.locator(".row").first().click();
    await expect(page.getByRole("article")).toBeVisible();
    for (const more of await page.locator("details summary").all()) await more.click();
    await expectAccessible(page, "programme");
    await page.keyboard.press("Escape");

    await page.keyboard.press("Control+p");
    await expect(page.locator(".pages img").first()).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page, "print");
    await page.keyboard.press("Escape");

    await page.keyboard.press("F1");
    await expect(page.locator(".keys")).toBeVisible();
    await expectAccessible(page, "help");
  });
}

test("at 200 % zoom everything is reached behind tabs, and nothing runs out of the window", async ({
  page,
}) => {
  await page.setViewportSize({ width: 683, height: 384 });
  await signIn(page);
  await page.getByRole("option").first().click();
  for (const tab of ["Thành viên", "Phỏng vấn", "Kết quả"]) {
    await page.getByRole("tab", { name: tab }).click();
    await expect(page.getByRole("tabpanel")).toBeVisible();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${tab} is wider than the window`).toBeLessThanOrEqual(0);
    await expectAccessible(page, `${tab} at 200 %`);
  }
  await page.locator(".row").first().click();
  await expect(page.getByRole("article")).toBeVisible();
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
  ).toBeLessThanOrEqual(0);
});

for (const { name, switchTo } of languages) {
  test(`axe finds nothing on any screen of the rail in ${name}, and none is wider than a page at 200 %`, async ({
    page,
  }) => {
    test.setTimeout(180_000);
    await signInAsSupervisor(page);
    if (switchTo !== null) await page.getByRole("button", { name: switchTo }).click();
    await throughTheRail(page, async (address) => {
      await expectAccessible(page, address);
      await page.setViewportSize({ width: 683, height: 384 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, `${address} is wider than the window`).toBeLessThanOrEqual(0);
      await page.setViewportSize({ width: 1366, height: 768 });
    });
  });
}
