//! Finds by what is typed, with or without tone marks.

export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
}

/** Whether every word typed stands somewhere in the text. */
export function matches(typed: string, text: string): boolean {
  const folded = fold(text);
  return fold(typed)
    .split(/\s+/)
    .every((word) => folded.includes(word));
}

/** Takes a list typed with these signs between apart. */
export function listed(typed: string, between: RegExp): string[] {
  return typed
    .split(between)
    .map((each) => each.trim())
    .filter((each) => each !== "");
}
