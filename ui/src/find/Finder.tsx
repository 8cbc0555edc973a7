//! One box that finds a household as one types, with or without tone marks, and makes a new one from what was typed.
//! The finding itself is the backend's; this only shows it.

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { formatNumber } from "../format";
import type { Hit, Session } from "../host";
import { Announcer } from "../parts/Announcer";
import { HouseholdIcon, PlusIcon, SearchIcon } from "../parts/icons";
import { isComposing } from "../parts/keys";
import { Failed, Loading } from "../parts/Waiting";
import { useSearch } from "../queries";
import { go } from "../route";
import { handOver, looksLikeCard } from "../scan/handoff";
import { text as scanText } from "../scan/text";
import { useSpeech, useTextOf } from "../text";
import { CreateHousehold } from "./CreateHousehold";
import type { PaletteCommand } from "./commands";

/** The place of "create a new household" in the list. */
const createNew = -1;
/** The place of the first screen or action; the others follow downwards. */
const firstCommand = -2;
const mostCommands = 6;

type FinderProps = { session: Session; onDone: () => void; commands?: readonly PaletteCommand[] };

export function Finder({ session, onDone, commands = [] }: FinderProps) {
  const { t, language } = useSpeech();
  const scan = useTextOf(scanText);
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const [creating, setCreating] = useState<string | null>(null);
  const [entering, setEntering] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const listId = useId();
  // What a scanner types here is read as a card when it ends with Enter.
  const isCard = looksLikeCard(text);
  const search = useSearch(isCard ? "" : text.normalize("NFC").trim());
  const hits = search.data?.hits ?? [];
  const found = search.data?.has_more ? t.find.foundMore(hits.length) : t.find.found(hits.length);
  const wanted = isCard ? "" : text.trim();
  const offersNew = wanted !== "" && search.data !== undefined;
  const offered = wanted === "" ? [] : commands.filter((each) => each.fits(wanted)).slice(0, mostCommands);
  // "Create" comes after the hits, whatever their number turns out to be.
  // Where nothing was found, a screen or action of that name comes first.
  const place = chosen >= hits.length ? (offered.length > 0 ? firstCommand : createNew) : chosen;
  const isNew = place === createNew;
  const command = place <= firstCommand ? offered[firstCommand - place] : undefined;
  const activeId = isNew ? (offersNew ? `${listId}-new` : undefined) : `${listId}-${place}`;

  useEffect(() => box.current?.focus(), []);

  function open(index: number) {
    const hit = hits[index];
    if (!hit) return;
    onDone();
    go({ at: "household", household: hit.household, view: { is: "interview" } });
  }

  function run(command: PaletteCommand) {
    if (command.creates) return setCreating("");
    onDone();
    command.run();
  }

  function enter() {
    if (isNew && offersNew) setCreating(wanted);
    else if (command) run(command);
    else if (!isNew) open(place);
  }

  // What is on the screen may still belong to fewer letters than were typed: Enter waits for the whole text.
  const isBehind = search.isPlaceholderData && chosen >= 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the wish is granted once, when the answer is there
  useEffect(() => {
    if (!entering || isBehind) return;
    setEntering(false);
    enter();
  }, [entering, isBehind]);

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const places = [
        ...hits.keys(),
        ...offered.map((_, n) => firstCommand - n),
        ...(offersNew ? [createNew] : []),
      ];
      const here = places.indexOf(place);
      const step = event.key === "ArrowDown" ? 1 : places.length - 1;
      setChosen(places[(here + step) % places.length] ?? 0);
    } else if (event.key === "Enter" && isCard) {
      event.preventDefault();
      handOver(text);
      onDone();
      go({ at: "page", page: "scan", rest: [] });
    } else if (event.key === "Enter") {
      event.preventDefault();
      setEntering(true);
    } else if (event.key === "Escape" && text !== "") {
      event.preventDefault();
      event.stopPropagation();
      setText("");
      setChosen(0);
    }
  }

  if (creating !== null) {
    return (
      <CreateHousehold
        session={session}
        head={creating}
        onCancel={() => setCreating(null)}
        onCreated={(household) => {
          onDone();
          go({ at: "household", household, view: { is: "interview" } });
        }}
      />
    );
  }

  return (
    <div className="finder">
      <label className="find-label" htmlFor="find-box">
        {t.find.label}
      </label>
      <div className="find-field">
        <SearchIcon />
        <input
          id="find-box"
          ref={box}
          type="text"
          role="combobox"
          aria-expanded={activeId !== undefined}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          autoComplete="off"
          spellCheck={false}
          placeholder={t.find.placeholder}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
            setEntering(false);
          }}
          onKeyDown={onKeyDown}
        />
        <kbd>/</kbd>
      </div>
      {isCard && (
        <p className="card-notice" role="status">
          {scan.readAsCard}
        </p>
      )}
      {search.isError && (
        <Failed title={t.find.failed} error={search.error} retry={() => void search.refetch()} />
      )}
      {search.isPending && <Loading />}
      {search.data && (
        <>
          <div className="find-caption">
            <h2>{wanted === "" ? t.find.recent : found}</h2>
            <Announcer text={wanted === "" ? "" : found} />
            <p className="quiet">
              {t.find.total(formatNumber(`${search.data.n_households}`, language))} · {t.find.keys}
            </p>
          </div>
          {wanted === "" && hits.length === 0 && (
            <div className="empty">
              <p>{t.find.empty}</p>
              <p className="quiet">{t.find.emptyHint}</p>
            </div>
          )}
          {wanted !== "" && hits.length === 0 && (
            <p className="not-found">
              {t.find.notFound(wanted)} {t.find.createAsk}
            </p>
          )}
          <div id={listId} role="listbox" aria-label={t.find.title} className="hits">
            {hits.map((hit, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the box; the list is its popup
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's
              <div
                key={`${hit.household} ${hit.person ?? ""}`}
                id={`${listId}-${index}`}
                role="option"
                aria-selected={index === place}
                className="hit"
                ref={index === place ? keepInView : undefined}
                onMouseMove={() => index !== chosen && setChosen(index)}
                onClick={() => open(index)}
              >
                <HitLine hit={hit} />
              </div>
            ))}
            {offered.map((each, n) => (
              // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the box; the list is its popup
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's
              <div
                key={each.name}
                id={`${listId}-${firstCommand - n}`}
                role="option"
                aria-selected={place === firstCommand - n}
                className="hit hit-command"
                ref={place === firstCommand - n ? keepInView : undefined}
                onClick={() => run(each)}
              >
                <each.Icon />
                <span className="hit-name">
                  <b>{each.title}</b> <span className="quiet">{each.kind}</span>
                </span>
              </div>
            ))}
            {offersNew && (
              // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the box; the list is its popup
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's
              <div
                id={`${listId}-new`}
                role="option"
                aria-selected={isNew}
                className="hit hit-new"
                onClick={() => setCreating(wanted)}
              >
                <PlusIcon />
                <span>{t.find.createWith(wanted)}</span>
              </div>
            )}
          </div>
          {wanted === "" && (
            <button type="button" className="find-create" onClick={() => setCreating("")}>
              <PlusIcon />
              {t.find.create}
            </button>
          )}
        </>
      )}
    </div>
  );
}

function HitLine({ hit }: { hit: Hit }) {
  const { t } = useSpeech();
  return (
    <>
      <HouseholdIcon />
      <span className="hit-name">
        <b>{hit.person ?? hit.head}</b>
        {hit.birth_year !== "" && (
          <span className="quiet"> {t.find.born(hit.birth_year.replace("~", `${t.interview.about} `))}</span>
        )}
        {hit.is_near && <span className="quiet"> · {t.find.near}</span>}
        {hit.person !== null && <span className="quiet"> · {t.find.head(hit.head)}</span>}
      </span>
      <span className="hit-hamlet">{hit.hamlet}</span>
      <span className="hit-count quiet">{t.find.persons(hit.n_persons)}</span>
      <span className="hit-number quiet">{t.find.number(hit.number)}</span>
    </>
  );
}

function keepInView(element: HTMLElement | null) {
  element?.scrollIntoView?.({ block: "nearest" });
}
