//! Decides the order in which questions stand on the screen, and keeps it still while somebody answers them.

import { type FactKey, keyOf } from "../facts";
import type { Question, Screening } from "../host";

/** The questions of one person, or of the household. */
export function questionsOf(questions: readonly Question[], person: string | null): Question[] {
  return questions.filter((question) => question.person === person);
}

export function isOpen(question: Question): boolean {
  return question.matters && question.answer === null;
}

/**
 * Returns the questions of a screening. One that was answered vaguely ("about 1951", "not known") still matters as long as
 * the results name it among the facts that would settle something, though it is not asked a second time.
 */
export function questionsIn({ questions, results }: Pick<Screening, "questions" | "results">): Question[] {
  const wanted = new Set(results.asks.map(keyOf));
  return questions.map((question) =>
    question.answer !== null && wanted.has(keyOf(question)) ? { ...question, matters: true } : question,
  );
}

/** Returns whether the question was answered, but not surely enough to settle what depends on it. */
export function isUncertain(question: Question): boolean {
  return question.matters && question.answer !== null;
}

/** Returns what should be known next, most useful first and sensitive last: what was never asked, then what is uncertain. */
export function wantedNext(questions: readonly Question[]): Question[] {
  const rank = (question: Question) => (isUncertain(question) ? 2 : 0) + (question.sensitive ? 1 : 0);
  return questions
    .filter((question) => question.matters)
    .sort((a, b) => rank(a) - rank(b) || b.n_answers - a.n_answers);
}

/** Returns the open questions as they stand when the officer arrives: sensitive ones last, otherwise as the rules rank them. */
export function openAtFirst(questions: readonly Question[]): FactKey[] {
  const open = questions.filter(isOpen);
  const calm = open.filter((question) => !question.sensitive);
  const sensitive = open.filter((question) => question.sensitive);
  return [...calm, ...sensitive].map(keyOf);
}

/**
 * Returns the order after an answer: what stands on the screen stays where it is, even when answered; what no longer
 * matters leaves; what newly matters is added at the end, so that nothing moves under the officer's hand.
 */
export function keepOrder(
  standing: readonly FactKey[],
  questions: readonly Question[],
  held: FactKey | null,
): FactKey[] {
  const known = new Map(questions.map((question) => [keyOf(question), question]));
  const stay = standing.filter((key) => {
    const question = known.get(key);
    return key === held || (question !== undefined && (question.matters || question.answer !== null));
  });
  const fresh = openAtFirst(questions).filter((key) => !stay.includes(key));
  return [...stay, ...fresh];
}
