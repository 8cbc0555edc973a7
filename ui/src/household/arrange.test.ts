import { expect, test } from "vitest";
import type { Question, Screening } from "../host";
import { keepOrder, openAtFirst, questionsIn, wantedNext } from "./arrange";

function question(fact: string, change: Partial<Question> = {}): Question {
  return {
    person: "p1",
    who: "A",
    fact,
    title: fact,
    ask: fact,
    why: null,
    kind: { kind: "yes_no" },
    can_be_absent: false,
    judged_by: null,
    sensitive: false,
    papers: [],
    matters: true,
    n_answers: 1,
    answer: null,
    ...change,
  };
}

const answer = { text: "Có", raw: true, unsure: false, source: "lời khai" };

test("sensitive questions come last, answered ones not at all", () => {
  const questions = [question("hiv", { sensitive: true }), question("pension"), question("sex", { answer })];
  expect(openAtFirst(questions)).toEqual(["p1:pension", "p1:hiv"]);
});

test("an answered question stays where it stands, a new one comes at the end", () => {
  const standing = ["p1:a", "p1:b"];
  const questions = [question("new"), question("a", { answer, matters: false }), question("b")];
  expect(keepOrder(standing, questions, null)).toEqual(["p1:a", "p1:b", "p1:new"]);
});

test("a question that no longer matters leaves, but not from under the cursor", () => {
  const questions = [question("a")];
  expect(keepOrder(["p1:a", "p1:b"], questions, null)).toEqual(["p1:a"]);
  expect(keepOrder(["p1:a", "p1:b"], questions, "p1:b")).toEqual(["p1:a", "p1:b"]);
});

test("a vague answer goes on mattering while the report wants it settled", () => {
  const vague = question("birth_date", { answer, matters: false });
  const settled = question("sex", { answer, matters: false });
  const asks = [{ person: "p1", fact: "birth_date" }];
  const screening = { questions: [vague, settled], results: { asks } } as unknown as Screening;
  expect(questionsIn(screening).map((each) => each.matters)).toEqual([true, false]);
});

test("what was never asked is wanted before what is uncertain, and private things last", () => {
  const questions = [
    question("vague", { answer, n_answers: 9 }),
    question("private", { sensitive: true, n_answers: 9 }),
    question("small", { n_answers: 1 }),
    question("large", { n_answers: 5 }),
    question("settled", { answer, matters: false }),
  ];
  expect(wantedNext(questions).map((each) => each.fact)).toEqual(["large", "small", "private", "vague"]);
});
