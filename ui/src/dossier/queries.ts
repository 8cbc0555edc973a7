//! What is known of dossiers, and what changes them.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CallError,
  call,
  type Dossier,
  type DossierList,
  type HouseholdDossiers,
  type Language,
  type MakeDossierRequest,
  type StepDossierRequest,
  type TickPaperRequest,
  type WhichDossiers,
} from "../host";

const keys = {
  all: ["dossiers"],
  one: (dossier: string, language: Language) => ["dossiers", "one", dossier, language],
  of: (household: string, language: Language) => ["dossiers", "of", household, language],
  commune: (which: WhichDossiers, language: Language) => ["dossiers", "commune", which, language],
};

export function useDossier(dossier: string, language: Language) {
  return useQuery<Dossier, CallError>({
    queryKey: keys.one(dossier, language),
    queryFn: () => call("dossier", { dossier, language }),
  });
}

/** Those of a household, and what it receives. What it receives follows from facts too, so it is asked for anew when shown. */
export function useDossiersOf(household: string, language: Language) {
  return useQuery<HouseholdDossiers, CallError>({
    queryKey: keys.of(household, language),
    queryFn: () => call("dossiers_of", { household, language }),
    staleTime: 0,
  });
}

export function useDossiers(which: WhichDossiers, language: Language) {
  return useQuery<DossierList, CallError>({
    queryKey: keys.commune(which, language),
    queryFn: () => call("dossiers", { which, language }),
    staleTime: 0,
  });
}

export function useMakeDossier() {
  return useDossierChange<MakeDossierRequest>("make_dossier");
}

export function useStepDossier() {
  return useDossierChange<StepDossierRequest>("step_dossier");
}

/** Ticks go out one after another, so that the last one made is the last one kept. */
export function useTickPaper(dossier: string) {
  return useDossierChange<TickPaperRequest>("tick_paper", `papers of ${dossier}`);
}

export function useUndoDossier() {
  return useDossierChange<{ dossier: string; language: Language }>("undo_dossier");
}

function useDossierChange<Request extends { language: Language }>(command: string, scope?: string) {
  const client = useQueryClient();
  return useMutation<Dossier, CallError, Request>({
    mutationFn: (request) => call(command, request),
    ...(scope ? { scope: { id: scope } } : {}),
    onSuccess: async (dossier, request) => {
      const key = keys.one(dossier.line.dossier, request.language);
      client.setQueryData(key, dossier);
      await client.invalidateQueries({
        queryKey: keys.all,
        predicate: (query) => query.queryHash !== JSON.stringify(key),
      });
    },
  });
}
