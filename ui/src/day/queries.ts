//! What is known of the whole commune: its worklists, its calendar, the gap and its figures.

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import {
  type CallError,
  call,
  type Gap,
  type GapPlan,
  type GapReasonsRequest,
  type GapRequest,
  type Language,
  type LifeCycle,
  type LifeCycleRequest,
  type Overview,
  type RosterScreening,
  type Today,
} from "../host";

const screeningKey = ["roster screening"];
const listsKey = ["lists"];
/** While the roster is being screened, lists are asked for anew this often. */
const pause = 1500;

function isGoingOn({ n_current, n_households, stopped }: RosterScreening): boolean {
  return n_current < n_households && !stopped;
}

/** How far the screening of the roster is. While it goes on, the lists follow it. */
export function useRosterScreening() {
  const client = useQueryClient();
  const state = useQuery<RosterScreening, CallError>({
    queryKey: screeningKey,
    queryFn: () => call("roster_screening", {}),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isGoingOn(state.data) ? pause : false),
  });
  const nCurrent = state.data?.n_current;
  const before = useRef(nCurrent);
  useEffect(() => {
    if (before.current !== undefined && nCurrent !== before.current) {
      void client.invalidateQueries({ queryKey: listsKey });
    }
    before.current = nCurrent;
  }, [client, nCurrent]);
  return state;
}

/** Stops the screening of the roster, or lets it go on. */
export function useSteerScreening() {
  const client = useQueryClient();
  return useMutation<RosterScreening, CallError, "stop_screening" | "resume_screening">({
    mutationFn: (command) => call(command, {}),
    onSuccess: (state) => client.setQueryData(screeningKey, state),
  });
}

export function useToday(language: Language) {
  return useQuery<Today, CallError>({
    queryKey: [...listsKey, "today", language],
    queryFn: () => call("today", { language }),
    staleTime: 0,
  });
}

export function useLifeCycle(request: LifeCycleRequest) {
  return useQuery<LifeCycle, CallError>({
    queryKey: [...listsKey, "life cycle", request],
    queryFn: () => call("life_cycle", request),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}

export function useGap(request: GapRequest) {
  return useQuery<Gap, CallError>({
    queryKey: [...listsKey, "gap", request],
    queryFn: () => call("gap", request),
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** What would be written; nothing is. */
export function usePreviewReasons() {
  return useMutation<GapPlan, CallError, GapReasonsRequest>({
    mutationFn: (request) => call("preview_gap_reasons", request),
  });
}

export function useSetReasons() {
  const client = useQueryClient();
  return useMutation<GapPlan, CallError, GapReasonsRequest>({
    mutationFn: (request) => call("set_gap_reasons", request),
    onSuccess: () => client.invalidateQueries({ queryKey: listsKey }),
  });
}

export function useOverview(language: Language) {
  return useQuery<Overview, CallError>({
    queryKey: [...listsKey, "overview", language],
    queryFn: () => call("overview", { language }),
    staleTime: 0,
  });
}
