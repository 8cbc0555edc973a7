//! How long bars are: the longest takes the whole width, and what is there is never invisible.

import type { CoverageLine } from "../host";

const least = 2;

export function bars(lines: readonly CoverageLine[], width: number) {
  const longest = Math.max(1, ...lines.map((line) => line.n_received + line.n_gap));
  const length = (n: number) =>
    n === 0 ? 0 : Math.max(least, Math.round((n / longest) * (width - 2 * least)));
  return lines.map((line) => ({ line, received: length(line.n_received), gap: length(line.n_gap) }));
}
