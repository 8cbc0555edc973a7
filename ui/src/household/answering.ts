//! Sends one answer on its way: shown at once, saved in order, and spoken of only when it is on the disk.

import { useCallback } from "react";
import { type Given, writeAnswer } from "../answers";
import { keyOf } from "../facts";
import type { FactRef } from "../host";
import { useSaveFact } from "../queries";
import { asCallError, useSpeech } from "../text";
import { useWork } from "./work";

let turns = 0;

export function useAnswering(household: string): (at: FactRef, given: Given) => void {
  const { language } = useSpeech();
  const { month, draft, setSaving } = useWork();
  const { mutateAsync } = useSaveFact(household);
  return useCallback(
    (at, given) => {
      turns += 1;
      const turn = turns;
      const key = keyOf(at);
      draft({ household, action: { do: "save", key, given, turn } });
      setSaving({ is: "saving" });
      const { person, fact } = at;
      mutateAsync({ household, person, fact, answer: writeAnswer(given), month, language }).then(
        (screening) => {
          const saved = screening.saved_at ?? "";
          draft({ household, action: { do: "saved", key, at: saved, turn } });
          if (turn === turns) setSaving({ is: "saved", at: saved });
        },
        (thrown) => {
          draft({ household, action: { do: "fail", key, error: asCallError(thrown), turn } });
          setSaving({ is: "failed" });
        },
      );
    },
    [household, month, language, draft, setSaving, mutateAsync],
  );
}
