//! A question in front of the screen: the platform's own dialog, which keeps the focus inside and gives it back.

import { type ReactNode, useEffect, useId, useRef } from "react";
import { useText } from "../text";

export function Dialog({ title, onClose, wide, children }: DialogProps) {
  const t = useText();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const opened = dialog.current;
    const before = document.activeElement;
    if (opened && !opened.open) opened.showModal();
    opened?.querySelector<HTMLElement>("input, select, textarea")?.focus();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={wide ? "dialog wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="plain" onClick={onClose}>
          {t.close} <kbd>Esc</kbd>
        </button>
      </div>
      {children}
    </dialog>
  );
}

type DialogProps = { title: string; onClose: () => void; wide?: boolean; children: ReactNode };
