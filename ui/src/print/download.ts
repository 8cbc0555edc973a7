//! Hands a PDF to the browser's own download, where there is no window with a save dialog.

export function download(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the link after the click; give it time before the bytes go.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
