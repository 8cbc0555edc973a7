//! Lays the parts of a case file side by side, or behind tabs when the window is narrow. F6 goes from part to part.

import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { focusOn, useWindowKeys } from "../parts/keys";
import { useText } from "../text";

export type PaneName = "roster" | "interview" | "results";

const wide = "(min-width: 1101px)";
const order: readonly PaneName[] = ["roster", "interview", "results"];

export function Panes({ tab, onTab, roster, interview, results, detail }: PanesProps) {
  const t = useText();
  const isWide = useMedia(wide);
  const panes = useRef<HTMLDivElement>(null);
  const titles: Record<PaneName, string> = {
    roster: t.roster.title,
    interview: t.interview.title,
    results: t.results.title,
  };

  useWindowKeys((event) => {
    if (event.key !== "F6" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const here = document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset.pane ?? tab;
    const step = event.shiftKey ? order.length - 1 : 1;
    const next = order[(order.indexOf(here as PaneName) + step) % order.length] ?? "interview";
    if (isWide) focusOn(panes.current?.querySelector(`[data-pane=${next}]`));
    else {
      onTab(next);
      focusOn(panes.current?.querySelector(`#tab-${next}`));
    }
  });

  if (isWide) {
    return (
      <div className="panes" ref={panes}>
        <Pane name="roster" label={titles.roster}>
          {roster}
        </Pane>
        <Pane name={detail ? "results" : "interview"} label={detail ? t.detail.why : titles.interview} main>
          {detail ?? interview}
        </Pane>
        <Pane name="results" label={t.results.region}>
          {results}
        </Pane>
      </div>
    );
  }

  const shown: Record<PaneName, ReactNode> = { roster, interview, results: detail ?? results };
  return (
    <div className="panes-narrow" ref={panes}>
      <div
        role="tablist"
        aria-label={t.household.panes}
        className="tabs"
        onKeyDown={(event: KeyboardEvent) => {
          const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? order.length - 1 : 0;
          const next = order[(order.indexOf(tab) + step) % order.length];
          if (step === 0 || next === undefined) return;
          event.preventDefault();
          onTab(next);
          focusOn(panes.current?.querySelector(`#tab-${next}`));
        }}
      >
        {order.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === tab}
            aria-controls={`panel-${name}`}
            tabIndex={name === tab ? 0 : -1}
            onClick={() => onTab(name)}
          >
            {titles[name]}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`panel-${tab}`}
        aria-labelledby={`tab-${tab}`}
        data-pane={tab}
        className="panel"
      >
        {shown[tab]}
      </div>
    </div>
  );
}

function Pane({
  name,
  label,
  main,
  children,
}: {
  name: PaneName;
  label: string;
  main?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      className={main ? "pane pane-main" : `pane pane-${name}`}
      aria-label={label}
      data-pane={name}
      tabIndex={-1}
    >
      {children}
    </section>
  );
}

type PanesProps = {
  tab: PaneName;
  onTab: (tab: PaneName) => void;
  roster: ReactNode;
  interview: ReactNode;
  results: ReactNode;
  detail: ReactNode | null;
};

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const changed = () => setMatches(list.matches);
    changed();
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  }, [query]);
  return matches;
}
