//! How long it takes from the key press on an answer to the new results on the screen. Measured, printed, and held
//! well under the time in which a person notices a delay.

import { expect, test } from "../../ui/browser";
import { createHousehold, signIn } from "./steps";

const n_answers = 30;
const noticed = 100;

test("results follow an answer before anybody notices", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Phạm Văn Đo Lường");
  const birth = page.getByRole("region", { name: "Phỏng vấn" }).getByRole("textbox").first();
  await birth.fill("02/05/1947");
  await birth.press("Enter");
  await expect(page.getByText(/^đã lưu/).first()).toBeVisible();

  // The clock runs inside the page: from the keydown event to the first frame after the results changed.
  await page.evaluate(() => {
    const results = document.querySelector("[data-pane=results]");
    addEventListener("keydown", () => performance.mark("answer"), { capture: true });
    new MutationObserver(() => {
      if (performance.getEntriesByName("answer").length === 0) return;
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => {
          if (performance.getEntriesByName("answer").length === 0) return;
          performance.measure("answer to results", "answer");
          performance.clearMarks("answer");
        };
        painted.port2.postMessage(null);
      });
    }).observe(results as Element, { subtree: true, childList: true, characterData: true, attributes: true });
  });

  const question = page
    .getByRole("region", { name: "Phỏng vấn" })
    .locator("fieldset:has(input[type=radio])")
    .first();
  await question.getByRole("radio").first().focus();
  for (let n = 0; n < n_answers; n += 1) {
    await page.keyboard.press(n % 2 === 0 ? "1" : "2");
    await page.waitForFunction(
      (n_done) => performance.getEntriesByName("answer to results").length > n_done,
      n,
    );
  }
  const times = await page.evaluate(() =>
    performance.getEntriesByName("answer to results").map((entry) => entry.duration),
  );
  const sorted = times.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
  const slowest = sorted.at(-1) ?? Number.POSITIVE_INFINITY;
  process.stdout.write(
    `    answer to results painted: median ${median.toFixed(1)} ms, slowest ${slowest.toFixed(1)} ms of ${times.length}\n`,
  );
  expect(median).toBeLessThan(noticed);
});
