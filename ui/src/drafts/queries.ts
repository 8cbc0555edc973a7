//! What is known of drafts, and what changes them.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CallError,
  type CaseOfHouseholdRequest,
  call,
  type Differences,
  type DraftArticle,
  type DraftEdit,
  type DraftFindings,
  type DraftLine,
  type DraftText,
  type EditedDraft,
  type Language,
  type OpenDraft,
  type ToldVersion,
} from "../host";

const keys = {
  all: ["drafts"],
  list: ["drafts", "list"],
  of: (draft: string) => ["drafts", "of", draft],
  open: (draft: string, language: Language) => ["drafts", "of", draft, "open", language],
  file: (draft: string, path: string) => ["drafts", "of", draft, "file", path],
  lint: (draft: string, language: Language) => ["drafts", "of", draft, "lint", language],
  differences: (draft: string, language: Language) => ["drafts", "of", draft, "differences", language],
  told: (draft: string, programme: string, language: Language) => [
    "drafts",
    "of",
    draft,
    "told",
    programme,
    language,
  ],
};

export function useDrafts() {
  return useQuery<DraftLine[], CallError>({ queryKey: keys.list, queryFn: () => call("drafts", {}) });
}

export function useOpenDraft(draft: string, language: Language) {
  return useQuery<OpenDraft, CallError>({
    queryKey: keys.open(draft, language),
    queryFn: () => call("open_draft", { draft, language }),
    placeholderData: (before) => before,
  });
}

export function useDraftFile(draft: string, path: string) {
  return useQuery<DraftText, CallError>({
    queryKey: keys.file(draft, path),
    queryFn: () => call("draft_file", { draft, path }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** What reading and compiling finds; asked anew after each change. */
export function useFindings(draft: string, language: Language) {
  return useQuery<DraftFindings, CallError>({
    queryKey: keys.lint(draft, language),
    queryFn: () => call("lint_draft", { draft, language }),
    placeholderData: (before) => before,
  });
}

export function useDifferences(draft: string, language: Language) {
  return useQuery<Differences, CallError>({
    queryKey: keys.differences(draft, language),
    queryFn: () => call("draft_differences", { draft, language }),
  });
}

export function useTold(draft: string, programme: string, language: Language) {
  return useQuery<ToldVersion[], CallError>({
    queryKey: keys.told(draft, programme, language),
    queryFn: () => call("draft_programme", { draft, programme, language }),
    enabled: programme !== "",
  });
}

export function useArticle() {
  return useMutation<DraftArticle, CallError, { draft: string; article: string; language: Language }>({
    mutationFn: (request) => call("draft_article", request),
  });
}

export function useNewDraft() {
  const client = useQueryClient();
  return useMutation<DraftLine, CallError, string>({
    mutationFn: (title) => call("new_draft", { title }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.list }),
  });
}

/** Changes go out one after another, so that the last one made is the last one kept. */
export function useEditDraft(draft: string) {
  const client = useQueryClient();
  return useMutation<EditedDraft, CallError, DraftEdit>({
    scope: { id: `draft ${draft}` },
    mutationFn: (edit) => call("edit_draft", { draft, edit }),
    onSuccess: (_, edit) => {
      // Who types has the newest text of the file already.
      const typed = edit.kind === "file" ? keys.file(draft, edit.path) : [];
      if (edit.kind === "file")
        client.setQueryData<DraftText>(typed, (file) => file && { ...file, text: edit.text });
      void client.invalidateQueries({ queryKey: keys.list });
      return client.invalidateQueries({
        queryKey: keys.of(draft),
        predicate: (query) => query.queryHash !== JSON.stringify(typed),
      });
    },
  });
}

/** Writes somebody of the list as a worked case of the draft, without names. */
export function useCaseOfHousehold(draft: string) {
  const client = useQueryClient();
  return useMutation<EditedDraft, CallError, CaseOfHouseholdRequest>({
    scope: { id: `draft ${draft}` },
    mutationFn: (request) => call("case_of_household", request),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: keys.list });
      return client.invalidateQueries({ queryKey: keys.of(draft) });
    },
  });
}

export function useMoveDraft(draft: string) {
  const client = useQueryClient();
  return useMutation<DraftLine, CallError, "back" | "ahead">({
    scope: { id: `draft ${draft}` },
    mutationFn: (way) => call("move_draft", { draft, way }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.all }),
  });
}

export function useRemoveDraft() {
  const client = useQueryClient();
  return useMutation<unknown, CallError, { draft: string; language: Language }>({
    mutationFn: (request) => call("remove_draft", request),
    onSuccess: (_, { draft }) => {
      client.removeQueries({ queryKey: keys.of(draft) });
      return client.invalidateQueries({ queryKey: keys.list });
    },
  });
}
