//! Finds a programme in the list on the screen by a few letters, with or without tone marks.

export function matches(wanted: string, text: string): boolean {
  const words = fold(wanted).split(/\s+/).filter(Boolean);
  const folded = fold(text);
  return words.every((word) => folded.includes(word));
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("đ", "d");
}
