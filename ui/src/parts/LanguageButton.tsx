//! The one switch between the two languages, named in the language it leads to.

import { useSpeech } from "../text";
import { GlobeIcon } from "./icons";

export function LanguageButton() {
  const { t, language, setLanguage } = useSpeech();
  const other = language === "vi" ? "en" : "vi";
  return (
    <button type="button" className="plain language" lang={other} onClick={() => setLanguage(other)}>
      <GlobeIcon />
      {t.otherLanguage}
    </button>
  );
}
