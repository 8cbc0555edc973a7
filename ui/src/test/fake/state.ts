//! What the invented backend remembers, and how it replies.

import type { CaseFile, Failure, Identity, Status } from "../../host/types";

export type FakePerson = {
  person: string;
  name: string;
  relation: CaseFile["persons"][number]["relation"];
  died_on: string | null;
};

export type FakeHousehold = {
  household: string;
  number: string;
  hamlet: string;
  persons: FakePerson[];
  removed: FakePerson[];
  answers: Record<string, unknown>;
  identities: Record<string, Partial<Identity>>;
  saved_at: string | null;
};

export type Reply = { status: number; body: unknown };

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

export function household(id: string, number: string, hamlet: string, persons: FakePerson[]): FakeHousehold {
  const answers: Record<string, unknown> =
    id === "h1"
      ? { "p1:birth_date": "1947-05-02", "p1:sex": "male", "p3:birth_date": "2019", "p2:sex": "female" }
      : {};
  return { household: id, number, hamlet, persons, removed: [], answers, identities: {}, saved_at: null };
}

export type FakeState = {
  gate: Status["gate"];
  signedIn: boolean;
  sample: Status["sample"];
  households: FakeHousehold[];
  refuse: Partial<Record<string, Failure>>;
  /** What is to be saved waits for this. */
  disk: Promise<void>;
};

export const digest = "a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f90";

export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d").trim();
}

export function ok(body: unknown): Reply {
  return { status: 200, body };
}

export function fail(code: string): Reply {
  return { status: 400, body: { code, values: {}, problems: [] } satisfies Failure };
}
