//! Where in the application one is, written in the address, so that "back" works and a reload stays in place.

import { useMemo, useSyncExternalStore } from "react";

export type Place =
  | { at: "find" }
  | { at: "help" }
  | { at: "household"; household: string; view: View }
  | { at: "page"; page: string; rest: readonly string[] };

/** What the middle of a household's screen shows. */
export type View =
  | { is: "interview" }
  | { is: "programme"; programme: string; person: string | null }
  | { is: "dossier"; dossier: string }
  | { is: "print"; paper?: PaperKind; of?: string };

/** What can be printed of a household; all but its summary is of somebody or of a dossier. */
export type PaperKind = "summary" | "card" | "dossier" | "letter";

const paperKinds: readonly PaperKind[] = ["summary", "card", "dossier", "letter"];

export function toHash(place: Place): string {
  switch (place.at) {
    case "find":
      return "#/";
    case "help":
      return "#/help";
    case "page":
      return `#/${[place.page, ...place.rest].map(encodeURIComponent).join("/")}`;
    case "household": {
      const home = `#/household/${encodeURIComponent(place.household)}`;
      switch (place.view.is) {
        case "interview":
          return home;
        case "dossier":
          return `${home}/dossier/${encodeURIComponent(place.view.dossier)}`;
        case "print": {
          const of = place.view.of === undefined ? "" : `/${encodeURIComponent(place.view.of)}`;
          return `${home}/print${place.view.paper === undefined ? "" : `/${place.view.paper}${of}`}`;
        }
        case "programme": {
          const who = place.view.person === null ? "" : `/${encodeURIComponent(place.view.person)}`;
          return `${home}/programme/${encodeURIComponent(place.view.programme)}${who}`;
        }
      }
    }
  }
}

export function fromHash(hash: string): Place {
  const [first, ...rest] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  const [id, view, programme, person] = rest;
  if (first === "help") return { at: "help" };
  if (first && first !== "household") return { at: "page", page: first, rest };
  if (!id) return { at: "find" };
  if (view === "dossier" && programme) {
    return { at: "household", household: id, view: { is: "dossier", dossier: programme } };
  }
  if (view === "print") {
    const paper = paperKinds.find((kind) => kind === programme);
    const of = person === undefined ? {} : { of: person };
    return { at: "household", household: id, view: { is: "print", ...(paper ? { paper, ...of } : {}) } };
  }
  if (view === "programme" && programme) {
    return { at: "household", household: id, view: { is: "programme", programme, person: person ?? null } };
  }
  return { at: "household", household: id, view: { is: "interview" } };
}

export function go(place: Place): void {
  window.location.hash = toHash(place);
}

export function usePlace(): Place {
  const hash = useSyncExternalStore(listen, () => window.location.hash);
  return useMemo(() => fromHash(hash), [hash]);
}

function listen(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}
