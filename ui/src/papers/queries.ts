//! Papers beside the summary: their pages, their files, and a paper held against what was kept of it.

import { useMutation, useQuery } from "@tanstack/react-query";
import {
  type BatchPreview,
  type BatchRequest,
  type CallError,
  call,
  hasWindow,
  type PaperCheck,
  type PaperFile,
  type PaperRequest,
  type Preview,
} from "../host";
import { offer } from "../parts/download";
import { useJob } from "../parts/job";

export function usePaperPreview(request: PaperRequest) {
  return useQuery<Preview, CallError>({
    queryKey: ["paper", request],
    queryFn: () => call("preview_paper", request),
    staleTime: 0,
  });
}

export function usePrintPaper() {
  return useMutation<PaperFile, CallError, PaperRequest>({
    mutationFn: (request) => call("print_paper", request),
    onSuccess: handOver,
  });
}

export function useBatchPreview(request: BatchRequest) {
  return useQuery<BatchPreview, CallError>({
    queryKey: ["batch", request],
    queryFn: () => call("preview_batch", request),
    staleTime: 0,
  });
}

export function usePrintBatch() {
  return useJob<PaperFile, BatchRequest>("print_batch");
}

export function useCheckPaper() {
  return useMutation<PaperCheck, CallError, string>({
    mutationFn: (text) => call("check_paper", { text }),
  });
}

/** Offers the file, and says that somebody has it: only then it counts as printed. */
export async function handOver(made: PaperFile): Promise<void> {
  offer(made.file);
  if (!hasWindow() || made.file.saved_to !== null) await call("handed_over", { paper: made.paper });
}
