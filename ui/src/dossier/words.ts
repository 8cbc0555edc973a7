//! A dossier's clock in words, and how urgent it is.

import { formatDay } from "../format";
import type { ClockState, DossierClock } from "../host";
import type { DossierText } from "./text";

export function clockText(clock: DossierClock, t: DossierText): string {
  const due = clock.due === null ? "" : formatDay(clock.due);
  const n = clock.working_days ?? 0;
  switch (clock.state) {
    case "running":
    case "due_soon":
    case "overdue":
    case "late":
      return t.clock[clock.state](due, n);
    case "in_time":
      return t.clock.in_time(due);
    case "no_calendar":
      return t.clock.no_calendar(clock.days ?? 0);
    case "no_period":
    case "stopped":
    case "not_begun":
    case "over":
      return t.clock[clock.state]();
  }
}

/** How a clock is drawn: the words always stand beside it. */
export function urgency(state: ClockState): "late" | "near" | "calm" {
  switch (state) {
    case "overdue":
    case "late":
      return "late";
    case "due_soon":
      return "near";
    default:
      return "calm";
  }
}
