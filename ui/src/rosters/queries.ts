//! What changes rosters beyond one person. Afterwards every household is read anew: more than one changed.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CallError,
  type Comparison,
  call,
  type Duplicate,
  type FindDuplicatesRequest,
  type Language,
  type MergeHouseholdsRequest,
  type MergePersonsRequest,
  type MovePersonsRequest,
  type RosterChanged,
  type SplitHouseholdRequest,
  type TellApartRequest,
  type UndoActRequest,
} from "../host";

export type Change =
  | { command: "move_persons"; request: MovePersonsRequest }
  | { command: "split_household"; request: SplitHouseholdRequest }
  | { command: "merge_households"; request: MergeHouseholdsRequest }
  | { command: "merge_persons"; request: MergePersonsRequest };

const changed = ["case_file", "screening", "explanation", "preview", "search", "duplicates"];

function useChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(changed.map((key) => client.invalidateQueries({ queryKey: [key], refetchType: "active" })));
}

export function useChange() {
  const after = useChanged();
  return useMutation<RosterChanged, CallError, Change>({
    mutationFn: ({ command, request }) => call(command, request),
    onSuccess: after,
  });
}

export function useUndoAct() {
  const after = useChanged();
  return useMutation<unknown, CallError, UndoActRequest>({
    mutationFn: (request) => call("undo_act", request),
    onSuccess: after,
  });
}

export function useTellApart() {
  const client = useQueryClient();
  return useMutation<unknown, CallError, TellApartRequest>({
    mutationFn: (request) => call("tell_apart", request),
    onSuccess: () => client.invalidateQueries({ queryKey: ["duplicates"] }),
  });
}

/** Who is recorded so much like this that both may be one person. Asked only where there is something to compare. */
export function useDuplicates(request: FindDuplicatesRequest) {
  const hasBirth = request.birth_date !== null && request.name.trim() !== "";
  return useQuery<Duplicate[], CallError>({
    queryKey: ["duplicates", request],
    queryFn: () => call("find_duplicates", request),
    enabled: hasBirth || /^\d{12}$/.test(request.id_number.replace(/[\s.]/g, "")),
    staleTime: 0,
    gcTime: 30_000,
  });
}

export type Ref = { household: string; person: string };

export function useComparison(one: Ref, other: Ref, language: Language) {
  return useQuery<Comparison, CallError>({
    queryKey: ["duplicates", "compare", one, other, language],
    queryFn: () => call("compare_persons", { one, other, language }),
    staleTime: 0,
  });
}
