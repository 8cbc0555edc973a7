//! The only door to the backend: one function, whether the window or a loopback host answers it.
//! Nothing else in the interface knows which of the two it is.

import type { Failure } from "./generated/Failure";

export type * from "./types";

/** What a screen can act on; anything else is shown as `unexpected`. */
export const failureCodes = [
  "wrong_password",
  "must_wait",
  "mistyped_recovery_key",
  "wrong_recovery_key",
  "newer_database",
  "damaged_database",
  "not_signed_in",
  "not_allowed",
  "in_use",
  "no_mark",
  "already_set_up",
  "not_a_backup",
  "damaged_backup",
  "last_supervisor",
  "stopped",
  "release_refused",
  "password_too_short",
  "not_found",
  "answer_not_understood",
  "list_refused",
  "edit_refused",
  "draft_with_errors",
  "bad_request",
  "storage",
  "print",
  "unreachable",
  "unexpected",
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** A command that did nothing, with the reason the backend gave. */
export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.name = "CallError";
    this.failure = failure;
  }

  /** Returns the code when the interface knows it. */
  get code(): FailureCode {
    return failureCodes.find((code) => code === this.failure.code) ?? "unexpected";
  }
}

type Invoke = (command: string, args: { name: string; args: object }) => Promise<unknown>;

declare global {
  interface Window {
    __TAURI_INTERNALS__?: { invoke: Invoke };
  }
}

/** Calls one command of the casework by name. Throws a `CallError` when it did nothing. */
export async function call<T>(name: string, args: object): Promise<T> {
  const invoke = window.__TAURI_INTERNALS__?.invoke;
  return (invoke ? await callWindow(invoke, name, args) : await callLoopback(name, args)) as T;
}

/** Returns whether a save dialog of the window writes files; in a browser they are downloaded instead. */
export function hasWindow(): boolean {
  return window.__TAURI_INTERNALS__ !== undefined;
}

async function callWindow(invoke: Invoke, name: string, args: object): Promise<unknown> {
  try {
    return await invoke("call", { name, args });
  } catch (thrown) {
    throw new CallError(toFailure(thrown));
  }
}

async function callLoopback(name: string, args: object): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(`/call/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(args),
    });
  } catch (thrown) {
    throw new CallError(failureOf("unreachable", String(thrown)));
  }
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok)
    throw new CallError(body === null ? failureOf("unexpected", `${response.status}`) : toFailure(body));
  return body;
}

function toFailure(thrown: unknown): Failure {
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && typeof thrown.code === "string") {
    const { values, problems } = thrown as Partial<Failure>;
    return { code: thrown.code, values: values ?? {}, problems: problems ?? [] };
  }
  return failureOf("unexpected", String(thrown));
}

function failureOf(code: FailureCode, detail: string): Failure {
  return { code, values: { detail }, problems: [] };
}
