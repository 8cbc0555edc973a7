//! What one sitting holds in mind beside the saved data: the month judged, the drafts, who is being asked, and whether
//! saving works. It lives above the screens, so that looking something up loses nothing.

import {
  createContext,
  type Dispatch,
  type ReactNode,
  useCallback,
  useContext,
  useMemo,
  useReducer,
  useState,
} from "react";
import { type DraftAction, type Drafts, reduceDrafts } from "../drafts";

/** Whether what was answered is on the disk. */
export type Saving = { is: "quiet" } | { is: "saving" } | { is: "saved"; at: string } | { is: "failed" };

type Work = {
  today: string;
  month: string;
  setMonth: (month: string) => void;
  drafts: Record<string, Drafts>;
  draft: Dispatch<{ household: string; action: DraftAction }>;
  /** Who is being asked, per household: a person id, or `null` for the household. */
  subjects: Record<string, string | null>;
  setSubject: (household: string, person: string | null) => void;
  saving: Saving;
  setSaving: (saving: Saving) => void;
};

const WorkContext = createContext<Work | null>(null);

export function WorkProvider({ today, children }: { today: string; children: ReactNode }) {
  const [month, setMonth] = useState(today.slice(0, 7));
  const [drafts, draft] = useReducer(reduceAll, {});
  const [subjects, setSubjects] = useState<Record<string, string | null>>({});
  const [saving, setSaving] = useState<Saving>({ is: "quiet" });
  const setSubject = useCallback(
    (household: string, person: string | null) =>
      setSubjects((before) => ({ ...before, [household]: person })),
    [],
  );
  const work = useMemo<Work>(
    () => ({
      today,
      month,
      setMonth,
      drafts,
      draft,
      subjects,
      setSubject,
      saving,
      setSaving,
    }),
    [today, month, drafts, subjects, setSubject, saving],
  );
  return <WorkContext value={work}>{children}</WorkContext>;
}

export function useWork(): Work {
  const work = useContext(WorkContext);
  if (!work) throw new Error("useWork stands outside WorkProvider");
  return work;
}

function reduceAll(
  all: Record<string, Drafts>,
  change: { household: string; action: DraftAction },
): Record<string, Drafts> {
  const before = all[change.household] ?? {};
  const after = reduceDrafts(before, change.action);
  return after === before ? all : { ...all, [change.household]: after };
}
