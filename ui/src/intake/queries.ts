//! Imports of lists: which there were, and what changes when one is done or taken back.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type CallError, call, type ImportLine } from "../host";

const key = ["imports"];

export function useImports() {
  return useQuery<ImportLine[], CallError>({ queryKey: key, queryFn: () => call("imports", {}) });
}

/** Reads everything anew: households came or went. */
export function useRefreshAll() {
  const client = useQueryClient();
  return () => client.invalidateQueries();
}

/** Returns the bytes of a file as they travel. */
export function inBase64(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
