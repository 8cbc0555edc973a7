//! For unit tests alone: lets the interface take itself for the one in the window.

/** Answers every call as the window would, until the function it returns is called. */
export function pretendWindow(answer: (name: string, args: object) => Promise<unknown>): () => void {
  window.__TAURI_INTERNALS__ = { invoke: (_, { name, args }) => answer(name, args) };
  return () => {
    delete window.__TAURI_INTERNALS__;
  };
}
