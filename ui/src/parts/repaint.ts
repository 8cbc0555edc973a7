//! Makes WebKit paint what the page says. When the text of an element changes to another of the same length, WebKitGTK
//! 2.50 may go on painting the old letters: 540.000 stays on the screen where the page says 500.000. Made longer
//! by a letter of no width, laid out and made shorter again before the next frame, the text is always painted anew.

const noWidth = "\u2060";

/** Watches the page for text that changes in place. */
export function repaintChangedText(page: Node): void {
  const observer = new MutationObserver((changes) => {
    const texts = new Set(changes.flatMap(({ target }) => (target instanceof Text ? [target] : [])));
    const changed = [...texts].filter((text) => text.isConnected).map((text) => ({ text, says: text.data }));
    for (const { text, says } of changed) text.data = says + noWidth;
    // Asking for a measure lays the page out.
    document.documentElement.getBoundingClientRect();
    for (const { text, says } of changed) text.data = says;
    // What was just done here is no news.
    observer.takeRecords();
  });
  observer.observe(page, { characterData: true, subtree: true });
}
