//! What a key press means, with input methods in mind: a key that belongs to a composition is never ours.

import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useRef } from "react";

/** Returns whether the key press belongs to an input method that is still composing a letter. */
export function isComposing(event: ReactKeyboardEvent | KeyboardEvent): boolean {
  const native = "nativeEvent" in event ? event.nativeEvent : event;
  return native.isComposing || native.keyCode === 229;
}

/** Returns whether plain characters typed there are text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !["radio", "checkbox", "button", "submit"].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** Listens to keys of the whole window while the component is shown. */
export function useWindowKeys(handle: (event: KeyboardEvent) => void): void {
  const newest = useRef(handle);
  newest.current = handle;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!isComposing(event)) newest.current(event);
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
}

/** Puts the focus on the element, once it exists, without scrolling the frame away. */
export function focusOn(element: Element | null | undefined): boolean {
  if (!(element instanceof HTMLElement)) return false;
  element.focus({ preventScroll: true });
  element.scrollIntoView?.({ block: "nearest" });
  return true;
}

/** Moves the focus along the links or buttons of one list. */
export function stepThrough(list: Element | null, selector: string, event: ReactKeyboardEvent): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const items = [...(list?.querySelectorAll<HTMLElement>(selector) ?? [])].filter(
    (item) => item.offsetParent !== null,
  );
  const here = items.indexOf(document.activeElement as HTMLElement);
  const next = items[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here === -1 || !next) return;
  event.preventDefault();
  focusOn(next);
}
