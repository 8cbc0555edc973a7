//! How long it takes from the key press on an answer to the new results: until the page has them, until the next frame is
//! painted, and how many frames are shown without them after the one that shows the key press. Measured and printed; it
//! fails when results do not follow an answer, not when they are slow.

import { expect, type Page, test } from "../../ui/browser";
import type { CaseFile, Question, Screening } from "../../ui/src/host/types";
import { createHousehold, expectSaved, signIn } from "./steps";

const n_answers = 30;

test("results follow an answer in a household of one", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Phạm Văn Đo Lường");
  await answerBirth(page, "02/05/1947");
  await measure(page, "household of 1");
});

test("results follow an answer in a household of five", async ({ page }) => {
  await signIn(page);
  await createHousehold(page, "Phạm Thị Đo Lường");
  await fillFour(page);
  await page.reload();
  await answerBirth(page, "07/11/1985");
  await measure(page, "household of 5");
});

async function answerBirth(page: Page, text: string) {
  const birth = page.getByRole("region", { name: "Phỏng vấn" }).getByRole("textbox").first();
  await birth.fill(text);
  await birth.press("Enter");
  await expectSaved(page);
}

/** Adds four members, and answers of them and of the household all that is asked, until nothing of theirs is open. */
async function fillFour(page: Page) {
  const household = /household\/([^/]+)/.exec(page.url())?.[1] ?? "";
  const call = async <Answer>(name: string, args: object): Promise<Answer> => {
    const response = await page.request.post(`/call/${name}`, { data: { household, ...args } });
    expect(response.ok(), `${name}: ${await response.text()}`).toBe(true);
    return response.json();
  };
  const judged = { month: new Date().toISOString().slice(0, 7), language: "vi" };
  const save = ({ person, fact }: { person: string | null; fact: string }, answer: unknown) =>
    call<Screening>("save_fact", { person, fact, answer, ...judged });
  const members = [
    { name: "Trần Văn Chồng", relation: "spouse", born: "1983-07-21", sex: "male" },
    { name: "Phạm Thị Bà", relation: "parent", born: "1950-01-15", sex: "female" },
    { name: "Trần Thị Lớn", relation: "child", born: "2012-09-09", sex: "female" },
    { name: "Trần Văn Nhỏ", relation: "child", born: "2024-11-30", sex: "male" },
  ];
  for (const { name, relation, born, sex } of members) {
    const file = await call<CaseFile>("save_person", {
      person: null,
      name,
      relation,
      parents: null,
      died_on: null,
    });
    const person = file.persons.find((each) => each.name === name)?.person ?? "";
    await save({ person, fact: "birth_date" }, born);
    await save({ person, fact: "sex" }, sex);
  }
  const head = (await call<CaseFile>("open_household", {})).persons[0]?.person;
  let screening = await call<Screening>("screen", judged);
  for (let n_asked = 0; n_asked < 400; n_asked += 1) {
    const next = screening.questions.find(
      (each) => each.person !== head && each.matters && each.answer === null,
    );
    if (next === undefined) return;
    screening = await save(next, plainAnswer(next));
  }
  throw new Error("the questions of four members never end");
}

/** No where it is a yes-or-no question, otherwise the first of the list or the lowest number. */
function plainAnswer({ kind }: Question): unknown {
  switch (kind.kind) {
    case "yes_no":
      return false;
    case "choice":
      return kind.choices[0]?.value;
    case "number":
      return Number(kind.low);
    case "date":
      return "2020-01-01";
  }
}

/** Answers one question of two minds, back and forth, and prints how long each of both moments took. */
async function measure(page: Page, what: string) {
  // The clock runs inside the page, from the keydown event until the text of the results is another.
  await page.evaluate(() => {
    const results = document.querySelector("[data-pane=results]") as Element;
    let pressed: { at: number; text: string } | null = null;
    let n_frames = 0;
    const count = () => {
      n_frames += 1;
      if (pressed !== null) requestAnimationFrame(count);
    };
    const begin = () => {
      pressed = { at: performance.now(), text: results.textContent };
      n_frames = 0;
      requestAnimationFrame(count);
    };
    addEventListener("keydown", begin, { capture: true });
    new MutationObserver(() => {
      if (pressed === null || results.textContent === pressed.text) return;
      const start = pressed.at;
      pressed = null;
      performance.measure("changed", { start });
      // The first frame after a key press shows the answer as given; every further one is one without results.
      performance.measure("late", { start: 0, end: Math.max(0, n_frames - 1) });
      requestAnimationFrame(() => {
        const painted = new MessageChannel();
        painted.port1.onmessage = () => performance.measure("painted", { start });
        painted.port2.postMessage(null);
      });
    }).observe(results, { subtree: true, childList: true, characterData: true });
  });

  // None and severe, which give different results.
  const question = page.getByRole("group", { name: "Mức độ ghi trên giấy xác nhận khuyết tật?" });
  await question.getByRole("radio").first().focus();
  for (let n = 0; n < n_answers; n += 1) {
    await page.keyboard.press(n % 2 === 0 ? "1" : "3");
    await page.waitForFunction((n_done) => performance.getEntriesByName("painted").length > n_done, n);
    await expect(question.getByText(/^đã lưu/)).toBeVisible();
  }
  for (const moment of ["changed", "painted", "late"]) {
    const times = await page.evaluate(
      (name) => performance.getEntriesByName(name).map((entry) => entry.duration),
      moment,
    );
    const sorted = times.toSorted((a, b) => a - b);
    const [median, slowest] = [sorted[Math.floor(sorted.length / 2)], sorted.at(-1)];
    expect(times).toHaveLength(n_answers);
    if (moment === "late") {
      const late = times.filter((n) => n > 0).length;
      process.stdout.write(
        `    ${what}: in the frame of the answer or the next in ${n_answers - late} of ${n_answers}\n`,
      );
      continue;
    }
    process.stdout.write(
      `    ${what}, answer to results ${moment}: median ${median?.toFixed(1)} ms, slowest ${slowest?.toFixed(1)} ms of ${n_answers}\n`,
    );
  }
}
