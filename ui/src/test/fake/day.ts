//! The lists of the commune in the fake backend: one benefit that is not received, one list that fails.

import type { Gap, GapPlan, GapReason, Overview, RosterScreening, Today } from "../../host";

const of = {
  household: "h1",
  number: "0042",
  head: "Nguyễn Văn Thử",
  hamlet: "Thôn Gò Thử",
  person: "p1",
  who: "Nguyễn Văn Thử",
};

let reason: GapReason | null = null;
let note = "";

export function resetDay(): void {
  reason = null;
  note = "";
}

// biome-ignore lint/suspicious/noExplicitAny: the fake takes whatever a test sends
export function answerDay(name: string, args: any): unknown {
  switch (name) {
    case "roster_screening":
    case "resume_screening":
      return screening(false);
    case "stop_screening":
      return screening(true);
    case "today":
      return today;
    case "life_cycle":
      return { months: [{ month: "2026-12", n: 0 }], programmes: [], lines: [], n_in_all: 0 };
    case "gap":
      return gap();
    case "preview_gap_reasons":
      return plan(args.reason);
    case "set_gap_reasons": {
      const planned = plan(args.reason);
      reason = args.reason;
      note = args.note;
      return planned;
    }
    case "overview":
      return overview;
    default:
      return null;
  }
}

function screening(stopped: boolean): RosterScreening {
  return {
    month: "2026-11",
    n_households: 2,
    n_current: 1,
    n_never: 1,
    working: !stopped,
    stopped,
    failure: null,
  };
}

const today: Today = {
  on: "2026-11-22",
  lists: [
    {
      kind: "thresholds",
      lines: [],
      n_in_all: 0,
      failure: { code: "storage", values: { detail: "thử" }, problems: [] },
    },
    {
      kind: "gap",
      lines: [
        { of, programme: "sample_pension", title: "Chính sách mẫu", text: "mức mẫu", on: "2026-11-20" },
      ],
      n_in_all: 1,
      failure: null,
    },
  ],
};

function gap(): Gap {
  const month = { low: 7, high: 7, every: "month" as const, text: "7 đồng mẫu mỗi tháng" };
  return {
    lines: [
      {
        of,
        programme: "sample_pension",
        title: "Chính sách mẫu",
        gives: "7 đồng mẫu",
        found_on: "2026-11-20",
        reason,
        note,
        said_at: reason ? "2026-11-22 14:02" : "",
        said_by: reason ? "canbo" : "",
      },
    ],
    n_in_all: 1,
    month,
    year: null,
    once: null,
    reasons: [{ reason, n: 1 }],
    programmes: [{ programme: "sample_pension", title: "Chính sách mẫu", n: 1 }],
  };
}

function plan(after: GapReason | null): GapPlan {
  return { lines: [{ of, title: "Chính sách mẫu", before: reason, after }], n_gone: 0 };
}

const nothing = { forgone_a_year: 0, forgone_once: 0 };
const line = { label: "", n_received: 3, n_gap: 1, paid_a_month: 21, forgone_a_month: 7, ...nothing };

const overview: Overview = {
  month: "2026-11",
  total: line,
  breakdowns: [
    {
      by: "age",
      lines: [{ ...line, label: "75+" }, line],
    },
  ],
  quality: { n_households: 2, n_persons: 4, n_current: 1, n_never: 1, n_open: 1, n_missing: 9, n_undated: 1 },
};
