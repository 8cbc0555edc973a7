//! What the invented backend finds for a household.

import type {
  Ask,
  Criterion,
  Question,
  ResultRow,
  Results,
  Row,
  Screening,
  Standing,
} from "../../host/types";
import { allQuestions } from "./questions";
import type { FakeHousehold, FakePerson } from "./state";

export function allRows(each: FakeHousehold, language: string): Row[] {
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

export function screen(each: FakeHousehold, month: string, language: string): Screening {
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
