//! The pages of a paper as they will be printed, and the choice of its language.

import type { CallError, Language } from "../host";
import { Failed, Loading } from "../parts/Waiting";
import { useTextOf } from "../text";
import { text } from "./text";

export function Pages({ pages, error, retry, label }: PagesProps) {
  const t = useTextOf(text);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: pages longer than the window scroll by keyboard too
    <section className="pages" aria-label={label} tabIndex={0}>
      {error ? (
        <Failed title={t.failed} error={error} retry={retry} />
      ) : pages === undefined ? (
        <Loading text={t.loading} />
      ) : (
        pages.map((page, index) => (
          <img
            // biome-ignore lint/suspicious/noArrayIndexKey: a page is its place in the paper
            key={index}
            src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(page)}`}
            alt={t.page(index + 1, pages.length)}
          />
        ))
      )}
    </section>
  );
}

type PagesProps = {
  pages: readonly string[] | undefined;
  error: CallError | null;
  retry: () => void;
  label: string;
};

const languages: readonly { language: Language; name: string }[] = [
  { language: "vi", name: "Tiếng Việt" },
  { language: "en", name: "English" },
];

export function PaperLanguage({ language, onChoose }: PaperLanguageProps) {
  const t = useTextOf(text);
  return (
    <fieldset>
      <legend>{t.language}</legend>
      {languages.map((each) => (
        <label key={each.language} className="tick" lang={each.language}>
          <input
            type="radio"
            name="paper-language"
            checked={each.language === language}
            onChange={() => onChoose(each.language)}
          />
          {each.name}
        </label>
      ))}
    </fieldset>
  );
}

type PaperLanguageProps = { language: Language; onChoose: (language: Language) => void };
