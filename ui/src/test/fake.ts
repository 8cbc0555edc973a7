//! A small invented backend for unit tests and for drawing screens: it keeps answers, knows no law, and gives just
//! enough of each type to show every state. Never part of a build.

import type {
  Ask,
  CardField,
  CardReading,
  CaseFile,
  Criterion,
  Dossier,
  Failure,
  Hit,
  Identity,
  PaperCheck,
  PaperFile,
  Question,
  ReleaseLine,
  ResultRow,
  Results,
  Row,
  Screening,
  Standing,
  Status,
} from "../host/types";
import { answerDay, resetDay } from "./day";

type Reply = { status: number; body: unknown };
type FakePerson = {
  person: string;
  name: string;
  relation: CaseFile["persons"][number]["relation"];
  died_on: string | null;
};
type FakeHousehold = {
  household: string;
  number: string;
  hamlet: string;
  persons: FakePerson[];
  removed: FakePerson[];
  answers: Record<string, unknown>;
  identities: Record<string, Partial<Identity>>;
  saved_at: string | null;
};

export type FakeState = {
  gate: Status["gate"];
  signedIn: boolean;
  sample: Status["sample"];
  households: FakeHousehold[];
  refuse: Partial<Record<string, Failure>>;
  /** What is to be saved waits for this. */
  disk: Promise<void>;
};

const digest = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";

export function freshState(): FakeState {
  return {
    gate: process.env.FAKE_GATE === "set_up" ? "set_up" : "locked",
    signedIn: false,
    sample: { user: "mau", password: "an-sinh-mau" },
    refuse: {},
    disk: Promise.resolve(),
    households: [
      household("h1", "0042", "Thôn Đồng Mẫu", [
        { person: "p1", name: "Nguyễn Văn Mẫu", relation: "head", died_on: null },
        { person: "p2", name: "Trần Thị Ví Dụ", relation: "spouse", died_on: null },
        { person: "p3", name: "Nguyễn Thị Thử", relation: "child", died_on: null },
      ]),
      household("h2", "0107", "Thôn Suối Thử", [
        { person: "q1", name: "Đặng Ngọc Giả", relation: "head", died_on: null },
      ]),
    ],
  };
}

function household(id: string, number: string, hamlet: string, persons: FakePerson[]): FakeHousehold {
  const answers: Record<string, unknown> =
    id === "h1"
      ? { "p1:birth_date": "1947-05-02", "p1:sex": "male", "p3:birth_date": "2019", "p2:sex": "female" }
      : {};
  return { household: id, number, hamlet, persons, removed: [], answers, identities: {}, saved_at: null };
}

let shared: FakeState = freshState();

/** Starts again with the invented households. */
export function resetFake(change: Partial<FakeState> = {}): FakeState {
  shared = { ...freshState(), ...change };
  dossiers = [];
  resetDay();
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
      return ok({ n_done: 2, n_in_all: 2, answer: paperFile("den-tham.pdf", null) });
    case "print_paper":
      return ok(paperFile("the-an-sinh-0042.pdf", "K7Q2-M9"));
    case "handed_over":
      return ok(null);
    case "check_paper":
      return ok(checked(args.text));
    case "make_dossier": {
      const known = dossiers.find((each) => each.line.programme === args.programme);
      const made = known ?? dossierOf(args.household, args.programme, args.person, state.households);
      if (!known) dossiers.push(made);
      return ok(made);
    }
    case "dossier":
    case "step_dossier":
    case "tick_paper":
    case "undo_dossier": {
      const dossier = dossiers.find((each) => each.line.dossier === args.dossier);
      if (!dossier) return fail("not_found");
      change(dossier, name, args);
      return ok(structuredClone(dossier));
    }
    case "dossiers_of":
      return ok({
        lines: dossiers.map((each) => each.line).filter((line) => line.household === args.household),
        receipts: [],
      });
    case "dossiers":
      return ok({ lines: dossiers.map((each) => each.line) });
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
      const lists = answerDay(name, args);
      return lists === null ? fail("bad_request") : ok(lists);
    }
  }
}

function paperFile(file_name: string, code: string | null): PaperFile {
  const file = { file_name, media_type: "application/pdf", bytes: btoa("%PDF-1.7 fake"), saved_to: null };
  return { file, paper: 7, code, n_papers: 2, n_pages: 3 };
}

function checked(text: string): PaperCheck {
  if (text !== "K7QF-2M9D") return { verdict: "not_from_here", prints: [] };
  const print = {
    household: "h1",
    number: "0042",
    head: "Nguyễn Văn Mẫu",
    at: "2026-11-22 14:02",
    by: "mau",
    month: "2026-11",
    code: text,
    release: digest,
    is_current: false,
  };
  return { verdict: "code_known", prints: [print] };
}

let dossiers: Dossier[] = [];

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
    gives: "540.000 đồng mỗi tháng",
    starts: null,
    amount: 540_000,
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

const nobody: Identity = {
  id_number: "",
  old_id_number: "",
  phone: "",
  is_away: false,
  away_since: null,
  card: null,
};

/** Takes a card apart by place alone; somebody with its number is a match whose name may be another. */
function readingOf(raw: string, households: FakeHousehold[]): CardReading {
  const names: CardField[] = ["id_number", "old_id_number", "full_name", "birth_date", "sex"];
  const pieces = raw.split("|");
  const isCard = pieces.length > 1;
  const matches = households.flatMap((each) =>
    each.persons
      .filter((one) => each.identities[one.person]?.id_number === pieces[0])
      .map((one) => ({
        household: each.household,
        number: each.number,
        hamlet: each.hamlet,
        person: one.person,
        name: one.name,
        recorded: { id_number: pieces[0] ?? "", full_name: one.name },
      })),
  );
  return {
    raw,
    fields: pieces.map((piece, at) => ({
      field: isCard ? (names[at] ?? "extra") : "extra",
      text: piece,
      value: piece === "" ? null : piece,
      problem: null,
    })),
    advice: isCard ? [] : [{ path: "$", vi: "tắt bộ gõ rồi quét lại", en: "switch it off and scan again" }],
    place: null,
    matches,
  };
}

function hitOf(each: FakeHousehold, wanted: string): Hit[] {
  const person = each.persons.find((one) =>
    fold(`${one.name} ${each.number} ${each.hamlet}`).includes(wanted),
  );
  const head = each.persons[0];
  if (!person || !head) return [];
  return [
    {
      household: each.household,
      number: each.number,
      head: head.name,
      person: person === head ? null : person.name,
      birth_year: person.person === "p1" ? "1947" : "",
      hamlet: each.hamlet,
      n_persons: each.persons.length,
      invented: true,
      is_near: false,
    },
  ];
}

function fileOf(each: FakeHousehold, language = "vi"): CaseFile {
  return {
    household: each.household,
    number: each.number,
    hamlet: each.hamlet,
    invented: true,
    persons: each.persons.map((one) => ({
      ...one,
      parents: [],
      partner: null,
      identity: { ...nobody, ...each.identities[one.person] },
      basics: questionsFor(each, one, language).slice(0, 2),
    })),
    saved_at: each.saved_at,
    printed: [],
    acts: [],
    closed_into: null,
  };
}

type Asked = Omit<Question, "who" | "person" | "answer" | "n_answers" | "matters">;

function asked(language: string): { person: Asked[]; household: Asked[] } {
  const vi = language === "vi";
  const plain = { why: null, can_be_absent: false, judged_by: null, sensitive: false, papers: [] };
  const choice = (value: string, vietnamese: string, english: string) => ({
    value,
    label: vi ? vietnamese : english,
  });
  return {
    person: [
      {
        ...plain,
        fact: "birth_date",
        title: vi ? "Ngày sinh" : "Birth date",
        ask: vi ? "Sinh ngày nào?" : "When was this person born?",
        kind: { kind: "date" },
        papers: [
          choice("id_card", "Căn cước", "Identity card"),
          choice("birth_certificate", "Giấy khai sinh", "Birth certificate"),
        ],
      },
      {
        ...plain,
        fact: "sex",
        title: vi ? "Giới tính" : "Sex",
        ask: vi ? "Nam hay nữ?" : "Male or female?",
        kind: { kind: "choice", choices: [choice("male", "Nam", "Male"), choice("female", "Nữ", "Female")] },
      },
      {
        ...plain,
        fact: "pension",
        title: vi ? "Lương hưu, trợ cấp" : "Pension",
        ask: vi
          ? "Đang hưởng lương hưu hoặc trợ cấp bảo hiểm xã hội hằng tháng không?"
          : "Is a pension or monthly social-insurance allowance received?",
        why: vi
          ? "Người không có lương hưu có thể được trợ cấp."
          : "People without a pension may be supported.",
        kind: {
          kind: "choice",
          choices: [
            choice("none", "Không có khoản nào", "None"),
            choice("pension", "Lương hưu", "A pension"),
            choice("allowance", "Trợ cấp bảo hiểm xã hội hằng tháng", "A monthly social-insurance allowance"),
          ],
        },
        papers: [
          choice(
            "pension_statement",
            "Xác nhận của cơ quan bảo hiểm xã hội",
            "Statement of the insurance office",
          ),
        ],
      },
      {
        ...plain,
        fact: "disability_degree",
        title: vi ? "Mức độ khuyết tật" : "Degree of disability",
        ask: vi ? "Mức độ ghi trên giấy xác nhận khuyết tật?" : "Degree on the disability certificate?",
        why: vi
          ? "Người khuyết tật nặng có mức riêng."
          : "Severely disabled people have a level of their own.",
        judged_by: vi ? "Hội đồng xác định mức độ khuyết tật" : "the disability council",
        sensitive: true,
        kind: {
          kind: "choice",
          choices: [
            choice("none", "Không có giấy xác nhận", "No certificate"),
            choice("severe", "Nặng", "Severe"),
            choice("extremely_severe", "Đặc biệt nặng", "Extremely severe"),
          ],
        },
        papers: [choice("disability_certificate", "Giấy xác nhận khuyết tật", "Disability certificate")],
      },
    ],
    household: [
      {
        ...plain,
        fact: "poor",
        title: vi ? "Hộ nghèo" : "Poor household",
        ask: vi
          ? "Hộ có trong danh sách hộ nghèo năm nay không?"
          : "Is the household on this year's poverty list?",
        kind: { kind: "yes_no" },
        papers: [choice("poverty_certificate", "Giấy chứng nhận hộ nghèo", "Poverty certificate")],
      },
      {
        ...plain,
        fact: "income",
        title: vi ? "Thu nhập" : "Income",
        ask: vi
          ? "Thu nhập của cả hộ mỗi tháng khoảng bao nhiêu?"
          : "What does the household earn each month?",
        can_be_absent: true,
        kind: { kind: "number", unit: vi ? "đồng mỗi tháng" : "VND per month", low: "0", high: "200000000" },
      },
    ],
  };
}

function questionsFor(each: FakeHousehold, person: FakePerson | null, language: string): Question[] {
  const list = person ? asked(language).person : asked(language).household;
  return list.map((one) => {
    const raw = each.answers[`${person?.person ?? "household"}:${one.fact}`];
    const unsure = typeof raw === "object" && raw !== null && "unsure" in raw;
    return {
      ...one,
      person: person?.person ?? null,
      who: person?.name ?? "Cả hộ",
      matters: raw === undefined || unsure,
      n_answers: 2,
      answer:
        raw === undefined
          ? null
          : {
              text: textOf(one, raw, language),
              raw,
              unsure,
              source: language === "vi" ? "lời khai" : "statement",
            },
    };
  });
}

function textOf(one: Asked, raw: unknown, language: string): string {
  if (typeof raw === "object" && raw !== null && "unsure" in raw)
    return language === "vi" ? "chưa rõ" : "not known";
  const value = typeof raw === "object" && raw !== null && "is" in raw ? raw.is : raw;
  if (one.kind.kind === "choice")
    return one.kind.choices.find((choice) => choice.value === value)?.label ?? String(value);
  if (one.kind.kind === "yes_no") return value === true ? "Có" : "Không";
  return typeof value === "string" ? value.split("-").reverse().join("/") : JSON.stringify(value);
}

function allQuestions(each: FakeHousehold, language: string): Question[] {
  return [
    ...each.persons.flatMap((person) => questionsFor(each, person, language)),
    ...questionsFor(each, null, language),
  ];
}

function allRows(each: FakeHousehold, language: string): Row[] {
  const questions = allQuestions(each, language);
  return each.persons.flatMap((person) => rowsOf(each, person, questions, language));
}

function lineOf(row: Row): ResultRow {
  const { programme, title, person, who, standing, summary, gives, next_step, next_change } = row;
  const n_seen = row.papers.filter((paper) => paper.seen).length;
  const n_papers = row.papers.length;
  return {
    programme,
    title,
    person,
    who,
    standing,
    summary,
    gives,
    next_step,
    next_change,
    n_papers,
    n_seen,
  };
}

function screen(each: FakeHousehold, month: string, language: string): Screening {
  const questions = allQuestions(each, language);
  const rows = allRows(each, language);
  const order: Standing[] = ["can_apply", "receiving", "needs_fact", "later", "no", "not_computed"];
  rows.sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing));
  const certain = rows.filter((row) => row.standing === "can_apply").length * 300_000;
  const totals: Results["totals"] = {
    month: {
      low: certain,
      high: certain,
      every: "month",
      text:
        language === "vi"
          ? `${certain.toLocaleString("vi")} đồng mỗi tháng`
          : `${certain.toLocaleString("en")} VND a month`,
    },
    year: null,
    once: null,
    limited: null,
  };
  const open = questions.filter((question) => question.matters && question.answer === null);
  return {
    results: {
      month,
      rows: rows.map(lineOf),
      totals,
      asks: open.map(({ person, fact }) => ({ person, fact })),
    },
    questions,
    saved_at: each.saved_at,
    micros: 412,
  };
}

function askOf(question: Question): Ask {
  const { person, fact, who, title, ask, judged_by, sensitive, n_answers } = question;
  return { at: { person, fact }, who, title, question: ask, unsure: false, judged_by, sensitive, n_answers };
}

const article = { id: "MAU Đ1", text: "khoản 1 Điều 1 Văn bản mẫu (không có thật)" };

function rowsOf(each: FakeHousehold, person: FakePerson, questions: Question[], language: string): Row[] {
  const vi = language === "vi";
  const pension = each.answers[`${person.person}:pension`];
  const born = each.answers[`${person.person}:birth_date`];
  const mine = questions.filter((question) => question.person === person.person && question.answer === null);
  const young = typeof born === "string" && born > "1990";
  const state = young ? "no" : pension === undefined ? "open" : pension === "none" ? "yes" : "no";
  const standing: Standing = young
    ? "later"
    : state === "yes"
      ? "can_apply"
      : state === "open"
        ? "needs_fact"
        : "no";
  const criterion = (
    text: string,
    is: Criterion["state"],
    value: string,
    fact: string | null,
  ): Criterion => ({
    text,
    state: is,
    value,
    source: vi ? "lời khai" : "statement",
    articles: [article],
    fact: fact ? { person: person.person, fact } : null,
    join: "all",
    parts: [],
  });
  const base: Row = {
    programme: "sample_pension",
    title: vi ? "Trợ cấp hưu trí mẫu" : "Sample pension",
    person: person.person,
    who: person.name,
    standing,
    answer: standing === "can_apply" ? "entitled" : standing === "needs_fact" ? "open" : "not_entitled",
    answer_text: vi
      ? `Theo thông tin đã khai, ${person.name} ${standing === "can_apply" ? "có thể đủ điều kiện" : standing === "needs_fact" ? "cần thêm thông tin" : "chưa đủ điều kiện"}.`
      : `By what was declared, ${person.name} ${standing === "can_apply" ? "may be entitled" : standing === "needs_fact" ? "needs a fact" : "is not entitled"}.`,
    summary: vi ? "Chưa biết có lương hưu hay không." : "Whether there is a pension is not known.",
    amount: { low: 300_000, high: 300_000, every: "month", text: "300.000 đồng mỗi tháng" },
    gives: vi ? "300.000 đồng mỗi tháng" : "300,000 VND a month",
    starts: vi ? "Từ tháng có quyết định" : "From the month of the decision",
    next_step: vi
      ? "Nộp mẫu đơn tại Trung tâm Phục vụ hành chính công xã"
      : "Hand in the form at the commune",
    next_change:
      standing === "later"
        ? {
            on: "2094-01-01",
            text: vi ? "Sẽ đủ điều kiện từ năm 2094" : "Will qualify in 2094",
            answer: "entitled",
          }
        : null,
    rule_from: "2026-10-05",
    groups: [
      {
        name: "aged",
        title: vi ? "Người đủ tuổi hưởng theo văn bản mẫu" : "Old enough under the sample text",
        state,
        articles: [article],
        criteria: [
          criterion(
            vi ? "Đủ tuổi" : "Old enough",
            young ? "no" : "yes",
            born === undefined ? "chưa hỏi" : "79 tuổi",
            "birth_date",
          ),
          {
            ...criterion(
              vi ? "Không có thu nhập hằng tháng khác" : "No other monthly income",
              state,
              "",
              null,
            ),
            join: "any",
            parts: [
              criterion(
                vi ? "Không có lương hưu" : "No pension",
                state,
                String(pension ?? "chưa hỏi"),
                "pension",
              ),
              criterion(
                vi ? "Lương hưu thấp hơn mức chuẩn" : "Pension below the level",
                "open",
                "chưa hỏi",
                "pension",
              ),
            ],
          },
        ],
      },
      {
        name: "near",
        title: vi ? "Người thuộc hộ nghèo theo văn bản mẫu" : "Poor under the sample text",
        state: "no",
        articles: [article],
        criteria: [criterion(vi ? "Thuộc hộ nghèo" : "Poor household", "no", "Không", "birth_date")],
      },
    ],
    arithmetic: [
      {
        text: vi ? "Mức chuẩn mẫu: 300.000 đồng mỗi tháng" : "Sample level: 300,000 VND a month",
        articles: [article],
      },
      { text: "300.000 × 1,0 = 300.000 đồng", articles: [article] },
    ],
    articles: [article],
    asks: mine.slice(2, 3).map(askOf),
    presumed: [],
    papers: [
      {
        id: "id_card",
        title: vi ? "Căn cước" : "Identity card",
        from: "Công an",
        proves: vi ? "ngày sinh" : "birth date",
        seen: true,
      },
      { id: "form", title: vi ? "Tờ khai mẫu" : "Sample form", from: "UBND xã", proves: "", seen: false },
    ],
    would_change: [
      {
        by: "find_out",
        on: null,
        text: vi ? "Nếu không có lương hưu: có thể đủ điều kiện" : "Without a pension: may be entitled",
        facts: [{ person: person.person, fact: "pension" }],
      },
      {
        by: "correction",
        on: null,
        text: vi ? "Nếu sinh sau năm 1951: chưa đủ" : "If born after 1951: not entitled",
        facts: [{ person: person.person, fact: "birth_date" }],
      },
    ],
    apply: {
      form: vi ? "Mẫu số 1 (mẫu thử)" : "Form 1 (sample)",
      at: vi ? "Trung tâm Phục vụ hành chính công cấp xã" : "the commune's service centre",
      decides: vi ? "Chủ tịch UBND cấp xã" : "the commune chair",
      days: 10,
      within: null,
      articles: [article],
    },
    combination: vi
      ? "Nếu cùng lúc đủ điều kiện khoản khác thì hưởng khoản cao hơn."
      : "Where another is due, the higher one is paid.",
    notes: [
      {
        text: vi ? "Chưa mã hóa: trường hợp do tỉnh quy định thêm." : "Not encoded: provincial additions.",
        articles: [article],
      },
    ],
  };
  const no: Row = {
    ...base,
    programme: "sample_funeral",
    title: vi ? "Hỗ trợ mai táng mẫu" : "Sample funeral support",
    standing: "no",
    answer: "not_entitled",
    answer_text: vi ? "Chưa đủ điều kiện." : "Not entitled.",
    summary: vi ? "Người này còn sống." : "This person is alive.",
    asks: [],
  };
  const broken: Row = {
    ...base,
    programme: "sample_broken",
    title: vi ? "Chính sách mẫu chưa có quy định" : "Sample without a rule",
    standing: "not_computed",
    answer: "not_covered",
    answer_text: vi ? "Bộ quy tắc chưa có quy định cho tháng này." : "The rules have nothing for this month.",
    summary: vi ? "Bộ quy tắc chưa có quy định cho tháng này." : "The rules have nothing for this month.",
    gives: "",
    groups: [],
    asks: [],
  };
  return person.relation === "head" ? [base, no, broken] : [base, no];
}

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="60" y="90" font-size="22">Bản tóm tắt mẫu</text></svg>';

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").trim();
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function fail(code: string): Reply {
  return { status: 400, body: { code, values: {}, problems: [] } satisfies Failure };
}
