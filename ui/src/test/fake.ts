//! A small invented backend for unit tests and for drawing screens: it keeps answers, knows no law, and gives just
//! enough of each type to show every state. Never part of a build.

import type { ReleaseLine, Status } from "../host/types";
import { readingOf } from "./fake/cards";
import { answerDay, resetDay } from "./fake/day";
import { answerDossier, resetDossiers } from "./fake/dossiers";
import { fileOf, hitOf } from "./fake/households";
import { answerIntake, answerOfJob, resetIntake } from "./fake/intake";
import { checked, paperFile, svg } from "./fake/papers";
import { allRows, screen } from "./fake/results";
import {
  digest,
  type FakePerson,
  type FakeState,
  fail,
  fold,
  freshState,
  household,
  ok,
  type Reply,
} from "./fake/state";

let shared: FakeState = freshState();

/** Starts again with the invented households. */
export function resetFake(change: Partial<FakeState> = {}): FakeState {
  shared = { ...freshState(), ...change };
  resetDossiers();
  resetDay();
  resetIntake();
  return shared;
}

// biome-ignore lint/suspicious/noExplicitAny: the fake takes whatever a test sends
export async function answerCall(name: string, args: any): Promise<Reply> {
  const state = shared;
  // Whether it can be saved turns out after the disk was asked.
  if (name.startsWith("save_")) await state.disk;
  const refused = state.refuse[name];
  if (refused) return { status: 400, body: refused };
  const found = state.households.find((each) => each.household === args.household);
  switch (name) {
    case "status":
      return ok(statusOf(state));
    case "provinces":
      return ok([{ code: "98", name: "Mẫu", before: ["Mẫu", "Thử"], has_rules: false }]);
    case "set_up":
      state.gate = "locked";
      return ok({ recovery_key: "TEST-2345-6789-ABCD-EFGH-JKLM" });
    case "sign_in":
      if (args.password !== "an-sinh-mau") return fail("wrong_password");
      state.signedIn = true;
      return ok(session);
    case "recover":
      if (args.recovery_key !== "TEST-2345") return fail("mistyped_recovery_key");
      state.signedIn = true;
      return ok(session);
    case "restore_backup":
      return ok({ aside: "/du-lieu/before-restore-20261122-140200" });
    case "sign_out":
      state.signedIn = false;
      return ok(null);
    case "releases":
      return ok({ releases: [builtInRelease], keys: [], own_keys: [] });
    case "search": {
      const hits = state.households.flatMap((each) => hitOf(each, fold(args.text)));
      return ok({ hits, has_more: false, n_households: state.households.length });
    }
    case "create_household": {
      const id = `h${state.households.length + 1}`;
      const made = household(id, `0${200 + state.households.length}`, args.hamlet, [
        { person: `${id}-p1`, name: args.head, relation: "head", died_on: null },
      ]);
      state.households.unshift(made);
      return ok(fileOf(made));
    }
    case "open_household":
      return found ? ok(fileOf(found, args.language)) : fail("not_found");
    case "save_person": {
      if (!found) return fail("not_found");
      const { name: called, relation, died_on } = args;
      const known = found.persons.find((each) => each.person === args.person);
      if (known) {
        Object.assign(known, { name: called, relation, died_on });
        found.identities[known.person] = args.identity;
      } else found.persons.push({ person: `n${found.persons.length + 1}`, name: called, relation, died_on });
      return ok(fileOf(found));
    }
    case "find_duplicates": {
      const same = (one: FakePerson) => fold(one.name) === fold(args.name) && one.person !== args.person;
      const duplicates = state.households.flatMap((each) =>
        each.persons.filter(same).map((one) => ({
          household: each.household,
          number: each.number,
          hamlet: each.hamlet,
          head: each.persons[0]?.name ?? "",
          person: one.person,
          name: one.name,
          birth_year: "1947",
          likeness: "birth",
        })),
      );
      return ok(duplicates);
    }
    case "tell_apart":
    case "undo_act":
      return ok({});
    case "move_persons":
    case "split_household":
    case "merge_households":
    case "merge_persons":
      return ok({ act: 1, household: args.into ?? args.household ?? args.keep.household });
    case "read_card":
      return ok(readingOf(args.text, state.households));
    case "accept_card": {
      const made =
        found ??
        household(`h${state.households.length + 1}`, "0300", args.hamlet, [
          { person: "c1", name: args.accepted.full_name, relation: "head", died_on: null },
        ]);
      if (!found) state.households.unshift(made);
      const person = args.person ?? made.persons[0]?.person;
      made.identities[person] = { id_number: args.accepted.id_number ?? "" };
      return ok({ household: made.household, person });
    }
    case "remove_person": {
      if (!found) return fail("not_found");
      found.removed.push(...found.persons.filter((each) => each.person === args.person));
      found.persons = found.persons.filter((each) => each.person !== args.person);
      return ok(fileOf(found));
    }
    case "restore_person": {
      if (!found) return fail("not_found");
      found.persons.push(...found.removed.splice(0));
      return ok(fileOf(found));
    }
    case "try_fact": {
      if (!found) return fail("not_found");
      const key = `${args.person ?? "household"}:${args.fact}`;
      const answers = { ...found.answers, [key]: args.answer };
      return ok(screen({ ...found, answers }, args.month, args.language));
    }
    case "save_fact": {
      if (!found) return fail("not_found");
      const key = `${args.person ?? "household"}:${args.fact}`;
      if (args.answer === null) delete found.answers[key];
      else found.answers[key] = args.answer;
      found.saved_at = "14:02:31";
      return ok(screen(found, args.month, args.language));
    }
    case "screen":
      return found ? ok(screen(found, args.month, args.language)) : fail("not_found");
    case "explain": {
      const { programme, person } = args;
      const rows = found ? allRows(found, args.language) : [];
      const row = rows.find((each) => each.programme === programme && each.person === person);
      return row ? ok(row) : fail("not_found");
    }
    case "preview_paper":
      return ok({ pages: [svg] });
    case "preview_batch": {
      const n = args.paper === "letter" ? 0 : state.households.length;
      return ok({ n_papers: n, n_households: n, most: 500, pages: n === 0 ? [] : [svg] });
    }
    case "print_batch":
      return ok({ job: 1 });
    case "job":
      return ok({ n_done: 2, n_in_all: 2, answer: answerOfJob(args.job) ?? paperFile("den-tham.pdf", null) });
    case "print_paper":
      return ok(paperFile("the-an-sinh-0042.pdf", "K7Q2-M9"));
    case "handed_over":
      return ok(null);
    case "check_paper":
      return ok(checked(args.text));
    case "preview":
      return ok({ pages: [svg] });
    case "print_summary":
      return ok({
        file: {
          file_name: "tom-tat-0042.pdf",
          media_type: "application/pdf",
          bytes: btoa("%PDF-1.7 fake"),
          saved_to: null,
        },
        code: "K7Q2-M9",
      });
    default: {
      const answer =
        answerDossier(name, args, state.households) ?? answerDay(name, args) ?? answerIntake(name, args);
      return answer === null ? fail("bad_request") : ok(answer);
    }
  }
}

const session = {
  user: "mau",
  name: "Lê Thị Cán Bộ",
  role: "officer",
  commune: "Xã Mẫu An",
  province: "Tỉnh Thử Nghiệm",
  hamlets: ["Thôn Đồng Mẫu", "Thôn Suối Thử", "Bản Ví Dụ"],
};

const builtInRelease: ReleaseLine = {
  digest,
  id: "vn",
  number: 1,
  title: "Bộ quy tắc mẫu",
  standing: "in_force",
  effective_on: null,
  signer: null,
  summary: null,
  restores: null,
  history: [],
};

const release = { id: "vn", number: 1, digest };

function statusOf(state: FakeState): Status {
  return {
    gate: state.signedIn ? "open" : state.gate,
    users: [
      { user: "mau", name: "Lê Thị Cán Bộ", role: "officer" },
      { user: "phutrach", name: "Phạm Văn Phụ Trách", role: "supervisor" },
    ],
    session: state.signedIn ? (session as Status["session"]) : null,
    release,
    signed_by: null,
    sample: state.sample,
    clock_behind: null,
    backup: null,
    today: "2026-11-22",
    version: "0.1.0",
  };
}
