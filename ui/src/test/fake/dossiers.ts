//! Dossiers of the invented backend.

import type { Dossier } from "../../host/types";
import type { FakeHousehold } from "./state";

let dossiers: Dossier[] = [];

export function resetDossiers(): void {
  dossiers = [];
}

/** The answer to a command about dossiers; null for every other. */
// biome-ignore lint/suspicious/noExplicitAny: the fake takes whatever a test sends
export function answerDossier(name: string, args: any, all: FakeHousehold[]): unknown {
  switch (name) {
    case "make_dossier": {
      const known = dossiers.find((each) => each.line.programme === args.programme);
      const made = known ?? dossierOf(args.household, args.programme, args.person, all);
      if (!known) dossiers.push(made);
      return made;
    }
    case "dossier":
    case "step_dossier":
    case "tick_paper":
    case "undo_dossier": {
      const dossier = dossiers.find((each) => each.line.dossier === args.dossier);
      if (!dossier) return null;
      change(dossier, name, args);
      return structuredClone(dossier);
    }
    case "dossiers_of":
      return {
        lines: dossiers.map((each) => each.line).filter((line) => line.household === args.household),
        receipts: [],
      };
    case "dossiers":
      return { lines: dossiers.map((each) => each.line) };
    default:
      return null;
  }
}

/** An application as it is when it was just made, with two papers. */
function dossierOf(
  household: string,
  programme: string,
  person: string | null,
  all: FakeHousehold[],
): Dossier {
  const of = all.find((each) => each.household === household);
  const paper = (title: string) => ({ title, from: "Nơi cấp mẫu", state: "missing" as const, on: null });
  return {
    line: {
      dossier: `d${dossiers.length + 1}`,
      household,
      number: of?.number ?? "",
      head: of?.persons[0]?.name ?? "",
      hamlet: of?.hamlet ?? "",
      programme,
      title: "Chính sách mẫu",
      person,
      who: of?.persons.find((each) => each.person === person)?.name ?? "Cả hộ",
      state: "preparing",
      since: "2026-11-22",
      clock: { state: "not_begun", days: 22, due: null, working_days: null },
      n_papers: 2,
      n_ready: 0,
    },
    month: "2026-11",
    form: "Mẫu số 01",
    at: "Ủy ban nhân dân cấp xã",
    decides: "Chủ tịch Ủy ban nhân dân cấp xã",
    within: null,
    gives: "300.000 đồng mỗi tháng",
    starts: null,
    amount: 300_000,
    articles: [],
    papers: [paper("Giấy mẫu thứ nhất"), paper("Giấy mẫu thứ hai")],
    events: [],
    next: ["hand_in", "withdraw"],
    can_undo: false,
    not_before: null,
    propose: null,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the fake takes whatever a test sends
function change(dossier: Dossier, name: string, args: any): void {
  if (name === "tick_paper") {
    const paper = dossier.papers[args.paper];
    if (paper) Object.assign(paper, { state: args.now, on: "2026-11-22" });
    dossier.line.n_ready = dossier.papers.filter((each) => each.state !== "missing").length;
  }
  if (name !== "step_dossier") return;
  const states = { hand_in: "handed_in", grant: "granted", pay: "paid" } as const;
  dossier.line.state = states[args.step as keyof typeof states] ?? "returned";
  dossier.next = args.step === "hand_in" ? ["grant", "return", "refuse", "withdraw"] : [];
  dossier.not_before = args.on;
  if (args.step === "hand_in")
    dossier.line.clock = { state: "running", days: 22, due: "2026-12-23", working_days: 22 };
  if (args.step === "grant") dossier.propose = { person: dossier.line.person, fact: "paid_now.sample" };
}
