//! Gives every component the sentences of the chosen language, and remembers the choice.

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { Failure, Language } from "../host";
import { CallError } from "../host";
import { en } from "./en";
import { type Text, vi } from "./vi";

export type { Text } from "./vi";

type Speech = { t: Text; language: Language; setLanguage: (language: Language) => void };

const memory = "ansinh.language";
const texts: Record<Language, Text> = { vi, en };
const SpeechContext = createContext<Speech>({ t: vi, language: "vi", setLanguage: () => undefined });

export function Speaking({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(remembered);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(memory, language);
  }, [language]);
  const speech = useMemo(() => ({ t: texts[language], language, setLanguage }), [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

export function useText(): Text {
  return useContext(SpeechContext).t;
}

/** Gives the sentences of one part of the interface, which stand beside it: the same shape in both languages. */
export function useTextOf<T>(texts: { vi: T; en: NoInfer<T> }): T {
  return texts[useContext(SpeechContext).language];
}

export function useSpeech(): Speech {
  return useContext(SpeechContext);
}

/** Returns the sentence for a failure, and each mistake the backend named. */
export function useFailureText(): (error: CallError) => { sentence: string; problems: string[] } {
  const { t, language } = useSpeech();
  return (error) => ({
    sentence: t.failures[error.code](valuesOf(error.failure)),
    problems: error.failure.problems.map((problem) => problem[language]),
  });
}

function valuesOf(failure: Failure): Record<string, string> {
  return { ...failure.values, detail: failure.values.detail ?? failure.code };
}

/** Wraps whatever was thrown, so that a screen has one kind of failure to show. */
export function asCallError(thrown: unknown): CallError {
  return thrown instanceof CallError
    ? thrown
    : new CallError({ code: "unexpected", values: { detail: String(thrown) }, problems: [] });
}

function remembered(): Language {
  return localStorage.getItem(memory) === "en" ? "en" : "vi";
}
