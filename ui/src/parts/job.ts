//! Long work of the backend: started by a command, asked after until it is done, stopped when somebody wants it.

import { useMutation } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { type CallError, call, type JobReport, type JobStarted } from "../host";

const pause = 150;

export type JobState = { nDone: number; nInAll: number };

/**
 * Starts a job with a command and follows it. `progress` is null while nothing runs; `stop` asks it to end, which it does
 * with what it has or with the failure `stopped`.
 */
export function useJob<Answer, Request extends object>(command: string) {
  const [progress, setProgress] = useState<JobState | null>(null);
  const running = useRef<number | null>(null);
  const mutation = useMutation<Answer, CallError, Request>({
    mutationFn: async (request) => {
      const { job } = await call<JobStarted>(command, request);
      running.current = job;
      setProgress({ nDone: 0, nInAll: 0 });
      try {
        for (;;) {
          const report = await call<JobReport>("job", { job });
          if (report.answer !== null) return report.answer as Answer;
          setProgress({ nDone: report.n_done, nInAll: report.n_in_all });
          await new Promise((resolve) => setTimeout(resolve, pause));
        }
      } finally {
        running.current = null;
        setProgress(null);
      }
    },
  });
  // The same function at every drawing: who stops when it leaves does not stop when it is drawn again.
  const stop = useCallback(() => {
    if (running.current !== null) void call("stop_job", { job: running.current }).catch(() => undefined);
  }, []);
  return { ...mutation, progress, stop };
}
