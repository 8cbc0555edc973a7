//! Every value the screens show comes from here: one query per question to the backend, one mutation per change.

import {
  keepPreviousData,
  notifyManager,
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import {
  CallError,
  type CaseFile,
  type CreateHouseholdRequest,
  call,
  type Language,
  type Preview,
  type PrintedFile,
  type PrintRequest,
  type ProvinceChoice,
  type RecoverRequest,
  type RemovePersonRequest,
  type Row,
  type SaveFactRequest,
  type SavePersonRequest,
  type Screening,
  type SearchResult,
  type Session,
  type SetUpDone,
  type SetUpRequest,
  type SignInRequest,
  type Status,
} from "./host";

const keys = {
  status: ["status"],
  provinces: ["provinces"],
  search: ["search"],
  caseFiles: (household: string) => ["case_file", household],
  caseFile: (household: string, language: Language) => ["case_file", household, language],
  screenings: (household: string) => ["screening", household],
  screening: (household: string, month: string, language: Language) => [
    "screening",
    household,
    month,
    language,
  ],
  explanations: (household: string) => ["explanation", household],
  preview: (request: PrintRequest) => [
    "preview",
    request.household,
    request.month,
    request.language,
    request.reasons,
  ],
};

/** Returns a client that never refetches by itself: what is on this machine changes only when this window changes it. */
export function makeClient(): QueryClient {
  // An answer is shown in the turn in which it arrives, not after the next timer.
  notifyManager.setScheduler(queueMicrotask);
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
  const lockOnSignOut = (error: unknown) => {
    if (error instanceof CallError && error.code === "not_signed_in") {
      void client.invalidateQueries({ queryKey: keys.status });
    }
  };
  client.getQueryCache().config.onError = lockOnSignOut;
  client.getMutationCache().config.onError = lockOnSignOut;
  return client;
}

export function useStatus() {
  return useQuery<Status, CallError>({ queryKey: keys.status, queryFn: () => call("status", {}) });
}

/** The provinces and cities of today, for set-up. */
export function useProvinces(language: Language) {
  return useQuery<ProvinceChoice[], CallError>({
    queryKey: [...keys.provinces, language],
    queryFn: () => call("provinces", { language }),
  });
}

export function useSetUp() {
  return useMutation<SetUpDone, CallError, SetUpRequest>({
    mutationFn: (request) => call("set_up", request),
  });
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation<Session, CallError, SignInRequest>({
    mutationFn: (request) => call("sign_in", request),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.status }),
  });
}

/** Gives a user a new password by the recovery key, and signs them in. */
export function useRecover() {
  const client = useQueryClient();
  return useMutation<Session, CallError, RecoverRequest>({
    mutationFn: (request) => call("recover", request),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.status }),
  });
}

/** Ends the session and forgets everything read during it. */
export function useSignOut() {
  const client = useQueryClient();
  return useMutation<unknown, CallError, void>({
    mutationFn: () => call("sign_out", {}),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.status });
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== "status" });
    },
  });
}

export function useRefreshStatus() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.status });
}

export function useSearch(text: string) {
  return useQuery<SearchResult, CallError>({
    queryKey: [...keys.search, text],
    queryFn: () => call("search", { text }),
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 30_000,
  });
}

export function useCreateHousehold(language: Language) {
  const client = useQueryClient();
  return useMutation<CaseFile, CallError, CreateHouseholdRequest>({
    mutationFn: (request) => call("create_household", { ...request, language }),
    onSuccess: (file) => {
      client.setQueryData(keys.caseFile(file.household, language), file);
      void client.invalidateQueries({ queryKey: keys.search });
    },
  });
}

export function useCaseFile(household: string, language: Language) {
  return useQuery<CaseFile, CallError>({
    queryKey: keys.caseFile(household, language),
    queryFn: () => call("open_household", { household, language }),
    placeholderData: keepPreviousData,
  });
}

/** Of no household nothing is asked. */
export function useScreening(household: string, month: string, language: Language) {
  return useQuery<Screening, CallError>({
    queryKey: keys.screening(household, month, language),
    queryFn: () => call("screen", { household, month, language }),
    enabled: household !== "",
    placeholderData: keepPreviousData,
  });
}

/** The explanation of one row. It is asked for when it is opened, so that no answer has to carry it. */
export function useExplanation(
  household: string,
  month: string,
  language: Language,
  programme: string,
  person: string | null,
) {
  return useQuery<Row, CallError>({
    queryKey: [...keys.explanations(household), month, language, programme, person],
    queryFn: () => call("explain", { household, month, language, programme, person }),
    // Of another month the same row stays until the new one is there; another row never stands in for it.
    placeholderData: (before) =>
      before?.programme === programme && before.person === person ? before : undefined,
  });
}

/**
 * Saves one answer. Saves go out one after another, so that the last one typed is the last one kept. The results do not
 * wait for the disk: they follow what the answer would mean, and what was saved when it is.
 */
export function useSaveFact(household: string) {
  const client = useQueryClient();
  const keyOf = ({ month, language }: SaveFactRequest) =>
    keys.screening(household, month, language as Language);
  const lastTried = useRef(0);
  return useMutation<Screening, CallError, SaveFactRequest, { isSettled: boolean }>({
    mutationFn: (request) => call("save_fact", request),
    scope: { id: `facts of ${household}` },
    onMutate: (request) => {
      const attempt = { isSettled: false };
      lastTried.current += 1;
      const tried = lastTried.current;
      const show = (screening: Screening) => {
        if (!attempt.isSettled && tried === lastTried.current) {
          client.setQueryData(keyOf(request), screening);
        }
      };
      // What is refused here is refused again, and told, when it is to be saved.
      call<Screening>("try_fact", request).then(show, () => undefined);
      return attempt;
    },
    onSettled: (_, __, ___, attempt) => {
      if (attempt !== undefined) attempt.isSettled = true;
    },
    onError: (_, request) => client.invalidateQueries({ queryKey: keyOf(request) }),
    onSuccess: async (screening, request) => {
      const language = request.language as Language;
      const key = keyOf(request);
      client.setQueryData(key, screening);
      await client.invalidateQueries({
        queryKey: keys.screenings(household),
        predicate: (query) => query.queryHash !== JSON.stringify(key),
        refetchType: "none",
      });
      client.removeQueries({ queryKey: ["preview", household] });
      void client.invalidateQueries({ queryKey: keys.explanations(household) });
      // What is recorded as received stands beside the dossiers.
      if (request.fact.startsWith("paid_now.")) void client.invalidateQueries({ queryKey: ["dossiers"] });
      if (isInRoster(client.getQueryData(keys.caseFile(household, language)), request)) {
        void client.invalidateQueries({ queryKey: keys.caseFiles(household) });
        void client.invalidateQueries({ queryKey: keys.search });
      }
    },
  });
}

function isInRoster(file: CaseFile | undefined, request: SaveFactRequest): boolean {
  const person = file?.persons.find((each) => each.person === request.person);
  return person?.basics.some((basic) => basic.fact === request.fact) ?? false;
}

export function useSavePerson(language: Language) {
  return useRosterChange<SavePersonRequest>("save_person", language);
}

export function useRemovePerson(language: Language) {
  return useRosterChange<RemovePersonRequest>("remove_person", language);
}

export function useRestorePerson(language: Language) {
  return useRosterChange<RemovePersonRequest>("restore_person", language);
}

function useRosterChange<Request extends { household: string }>(command: string, language: Language) {
  const client = useQueryClient();
  return useMutation<CaseFile, CallError, Request>({
    mutationFn: (request) => call(command, { ...request, language }),
    onSuccess: async (file) => {
      client.removeQueries({ queryKey: keys.caseFiles(file.household), type: "inactive" });
      client.setQueryData(keys.caseFile(file.household, language), file);
      client.removeQueries({ queryKey: ["preview", file.household] });
      void client.invalidateQueries({ queryKey: keys.explanations(file.household) });
      void client.invalidateQueries({ queryKey: keys.search });
      await client.invalidateQueries({ queryKey: keys.screenings(file.household) });
    },
  });
}

export function usePreview(request: PrintRequest) {
  return useQuery<Preview, CallError>({
    queryKey: keys.preview(request),
    queryFn: () => call("preview", request),
  });
}

export function usePrintSummary() {
  const client = useQueryClient();
  return useMutation<PrintedFile, CallError, PrintRequest>({
    mutationFn: (request) => call("print_summary", request),
    onSuccess: (_, request) => client.invalidateQueries({ queryKey: keys.caseFiles(request.household) }),
  });
}
