//! The window around every screen: rail, search, language, status bar, and the keys that work everywhere.

import { type ReactNode, useEffect, useRef, useState } from "react";
import { text as backupText } from "../backup/text";
import { useCommands } from "../find/commands";
import { Finder } from "../find/Finder";
import { formatMoment } from "../format";
import type { Session, Status } from "../host";
import { pages } from "../pages";
import { Dialog } from "../parts/Dialog";
import { HelpIcon, HomeIcon, SearchIcon, WarnIcon } from "../parts/icons";
import { takesText, useWindowKeys } from "../parts/keys";
import { LanguageButton } from "../parts/LanguageButton";
import { go, type Place, toHash } from "../route";
import { useSpeech, useTextOf } from "../text";
import { StatusBar } from "./StatusBar";

export function Frame({ status, session, place, children }: FrameProps) {
  const { t, language } = useSpeech();
  const backup = useTextOf(backupText);
  const commands = useCommands(session, place);
  const [finding, setFinding] = useState(false);
  const main = useRef<HTMLElement>(null);
  const where = toHash(place);
  const arrived = useRef(where);

  // A new screen takes the focus at its first heading, unless it has put it somewhere itself.
  useEffect(() => {
    setFinding(false);
    if (arrived.current === where) return;
    arrived.current = where;
    const timer = setTimeout(() => {
      const within =
        main.current?.contains(document.activeElement) && document.activeElement !== main.current;
      if (!within) main.current?.focus({ preventScroll: true });
    }, 50);
    return () => clearTimeout(timer);
  }, [where]);

  useWindowKeys((event) => {
    const find = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (find || (event.key === "/" && !takesText(event.target) && !event.ctrlKey && !event.altKey)) {
      event.preventDefault();
      if (place.at === "find") document.getElementById("find-box")?.focus();
      else setFinding(true);
    } else if (event.key === "F1") {
      event.preventDefault();
      go({ at: "help" });
    }
  });

  return (
    <div className={place.at === "household" ? "frame slim" : "frame"}>
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {t.skipToMain}
      </button>
      <header className="top">
        <p className="top-name">
          <img src="./icon.svg" alt="" width="26" height="26" />
          <span>
            <b>{t.app}</b>
            <span className="top-commune">
              {session.commune}, {session.province}
            </span>
          </span>
        </p>
        {status.sample && (
          <p className="sample-banner">
            <WarnIcon />
            {t.sample}
          </p>
        )}
        <button
          type="button"
          className="find-button"
          aria-keyshortcuts="Control+K /"
          onClick={() =>
            place.at === "find" ? document.getElementById("find-box")?.focus() : setFinding(true)
          }
        >
          <SearchIcon />
          {t.frame.find}
          <kbd>{t.frame.findKeys}</kbd>
        </button>
        <LanguageButton />
      </header>
      <nav className="rail" aria-label={t.frame.navigation}>
        <a href="#/" aria-current={place.at === "find" ? "page" : undefined}>
          <HomeIcon />
          <span>{t.frame.households}</span>
        </a>
        {pages
          .filter((page) => page.roles.includes(session.role))
          .map((page) => (
            <a
              key={page.name}
              href={`#/${page.name}`}
              aria-current={place.at === "page" && place.page === page.name ? "page" : undefined}
            >
              <page.Icon />
              <span>{page.title[language]}</span>
            </a>
          ))}
        <a href="#/help" aria-current={place.at === "help" ? "page" : undefined} aria-keyshortcuts="F1">
          <HelpIcon />
          <span>{t.frame.help}</span>
          <kbd>F1</kbd>
        </a>
      </nav>
      {/* The help page has nothing to stop at, so the page itself must take the arrow keys. */}
      <main id="main" className="main" ref={main} tabIndex={place.at === "help" ? 0 : -1}>
        {status.clock_behind && (
          <p className="clock-warning" role="alert">
            <WarnIcon />
            {backup.clockBehind(formatMoment(status.clock_behind))}
          </p>
        )}
        {children}
      </main>
      <StatusBar status={status} session={session} />
      {finding && (
        <Dialog title={t.find.title} onClose={() => setFinding(false)} wide>
          <Finder session={session} commands={commands} onDone={() => setFinding(false)} />
        </Dialog>
      )}
    </div>
  );
}

type FrameProps = { status: Status; session: Session; place: Place; children: ReactNode };
