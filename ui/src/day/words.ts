//! The reasons in the order in which they are offered, beside the sentences.

import type { GapReason } from "../host";

export { text } from "./text";

export const reasons: readonly GapReason[] = [
  "not_told",
  "papers_missing",
  "in_process",
  "refuses",
  "moved",
  "other",
];
