//! Lists that come in, in the fake backend: one file of three columns, of which the last is not understood.

import type { ImportLine, ImportPreview, TableReading } from "../../host";

/** Jobs with these numbers answer what was asked for when they were started. */
const answers: Record<number, unknown> = {};
let lines: ImportLine[] = [];

export function resetIntake(): void {
  lines = [];
}

export function answerOfJob(job: number): unknown {
  return answers[job];
}

function job(number: number, answer: unknown): { job: number } {
  answers[number] = answer;
  return { job: number };
}

// biome-ignore lint/suspicious/noExplicitAny: the fake takes whatever a test sends
export function answerIntake(name: string, args: any): unknown {
  switch (name) {
    case "read_table":
      return job(101, reading);
    case "preview_import":
      return job(102, preview(args.mapping));
    case "import_roster":
      lines = [line];
      return job(103, { import: 1, n_households: 1, n_persons: 2 });
    case "undo_import":
      lines = [{ ...line, undone_at: "2026-11-22 15:00" }];
      return job(104, lines);
    case "imports":
      return lines;
    default:
      return null;
  }
}

const reading: TableReading = {
  sheets: ["Hộ"],
  sheet: "Hộ",
  header_row: 2,
  n_rows: 3,
  columns: [
    { letter: "A", header: "Họ tên", samples: ["Nguyễn Văn Thử", "Trần Thị Mẫu"], target: "name" },
    { letter: "B", header: "Với chủ hộ là", samples: ["Chủ hộ", "Vợ"], target: null },
  ],
  targets: [
    { value: "name", label: "", group: "roster" },
    { value: "relation", label: "", group: "roster" },
    { value: "person.birth_date", label: "Ngày sinh", group: "person" },
  ],
  remembered: false,
  hamlet: null,
};

function preview(mapping: readonly (string | null)[]): ImportPreview {
  return {
    n_rows: 3,
    n_households: 1,
    n_persons: 2,
    n_rows_left_out: 1,
    n_households_left_out: 1,
    households: [{ row: 3, number: null, hamlet: "Thôn Đồng Mẫu", head: "Nguyễn Văn Thử", n_persons: 2 }],
    problems: [
      {
        row: 5,
        column: "Với chủ hộ là",
        said: "Bạn",
        vi: "chưa hiểu quan hệ với chủ hộ",
        en: "the relation to the head is not understood",
        way_vi: "Dùng: Chủ hộ, Vợ.",
        way_en: "Use: head, spouse.",
        leaves_out: true,
      },
    ],
    n_problems: 1,
    n_notes: 0,
    digest: mapping.join(),
  };
}

const line: ImportLine = {
  import: 1,
  file_name: "danh-sach.csv",
  at: "2026-11-22 14:02",
  by: "hoa",
  n_rows: 3,
  n_left_out: 1,
  n_households: 1,
  n_changed: 0,
  undone_at: null,
};
