//! Hands a file to the browser's own download, where there is no window with a save dialog.

import { hasWindow, type OutFile } from "../host";

/** Offers a file of an answer, unless the window has written it already. */
export function offer(file: OutFile): void {
  if (file.bytes === null || hasWindow()) return;
  const bytes = Uint8Array.from(atob(file.bytes), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: file.media_type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.file_name;
  link.click();
  // The browser reads the link after the click; give it time before the bytes go.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
