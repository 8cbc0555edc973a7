//! What the screen of releases asks, and what it changes. Whatever changes the rules in force changes every result.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type CallError,
  call,
  type Differences,
  type Language,
  type ReleaseFile,
  type ReleaseList,
  type ReleasePreview,
  type RollBackRequest,
  type SignDraftRequest,
  type SignedRelease,
} from "../host";

const key = (language: Language) => ["releases", language];

export function useReleases(language: Language) {
  return useQuery<ReleaseList, CallError>({
    queryKey: key(language),
    queryFn: () => call("releases", { language }),
    staleTime: 0,
  });
}

/** Takes over a new list; the rules in force may be others, so that nothing else that was read before still holds. */
function useTakeOver(language: Language) {
  const client = useQueryClient();
  return async (list: ReleaseList) => {
    client.setQueryData(key(language), list);
    client.removeQueries({
      predicate: ({ queryKey }) => queryKey[0] !== "status" && queryKey[0] !== "releases",
      type: "inactive",
    });
    await client.invalidateQueries({ queryKey: ["status"] });
  };
}

/** Gives one of the commands that answer the list anew. */
export function useDecision<Request extends object>(command: string, language: Language) {
  const takeOver = useTakeOver(language);
  return useMutation<ReleaseList, CallError, Request>({
    mutationFn: (request) => call(command, { ...request, language }),
    onSuccess: takeOver,
  });
}

export function useReadRelease(language: Language) {
  return useMutation<ReleasePreview, CallError, string>({
    mutationFn: (bytes) => call("read_release", { bytes, language }),
  });
}

export function useChanges(digest: string, language: Language) {
  return useQuery<Differences, CallError>({
    queryKey: ["release_changes", digest, language],
    queryFn: () => call("release_changes", { digest, language }),
  });
}

export function useRollBack(language: Language) {
  const takeOver = useTakeOver(language);
  return useMutation<SignedRelease, CallError, Omit<RollBackRequest, "language">>({
    mutationFn: (request) => call("roll_back", { ...request, language }),
    onSuccess: (done) => takeOver(done.list),
  });
}

export function useSignDraft(language: Language) {
  const takeOver = useTakeOver(language);
  return useMutation<SignedRelease, CallError, Omit<SignDraftRequest, "language">>({
    mutationFn: (request) => call("sign_draft", { ...request, language }),
    onSuccess: (done) => takeOver(done.list),
  });
}

export function useFile(command: "release_file" | "key_file") {
  return useMutation<ReleaseFile, CallError, object>({ mutationFn: (request) => call(command, request) });
}

/** Returns the bytes of a file in base64. */
export async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step)
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(text);
}
