//! Shows a component as the window would, with the fake backend behind it.

import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { vi } from "vitest";
import { makeClient } from "../queries";
import { Speaking } from "../text";
import { answerCall } from "./fake";

/** Every call that was made, newest last. */
export type Calls = { name: string; args: Record<string, unknown> }[];

export function show(children: ReactNode): { user: ReturnType<typeof userEvent.setup>; calls: Calls } {
  const calls: Calls = [];
  vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
    const name = url.replace("/call/", "");
    const args = JSON.parse(String(init.body));
    calls.push({ name, args });
    const { status, body } = await answerCall(name, args);
    return new Response(JSON.stringify(body), { status });
  });
  const user = userEvent.setup();
  render(
    <QueryClientProvider client={makeClient()}>
      <Speaking>{children}</Speaking>
    </QueryClientProvider>,
  );
  return { user, calls };
}
