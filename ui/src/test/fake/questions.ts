//! What the invented backend asks.

import type { Question } from "../../host/types";
import type { FakeHousehold, FakePerson } from "./state";

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

export function questionsFor(each: FakeHousehold, person: FakePerson | null, language: string): Question[] {
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

export function allQuestions(each: FakeHousehold, language: string): Question[] {
  return [
    ...each.persons.flatMap((person) => questionsFor(each, person, language)),
    ...questionsFor(each, null, language),
  ];
}
