//! Papers of the invented backend: one page says as much as a hundred.

import type { PaperCheck, PaperFile } from "../../host/types";
import { digest } from "./state";

export function paperFile(file_name: string, code: string | null): PaperFile {
  const file = { file_name, media_type: "application/pdf", bytes: btoa("%PDF-1.7 fake"), saved_to: null };
  return { file, paper: 7, code, n_papers: 2, n_pages: 3 };
}

export function checked(text: string): PaperCheck {
  if (text !== "K7QF-2M9D") return { verdict: "not_from_here", prints: [] };
  const print = {
    household: "h1",
    number: "0042",
    head: "Nguyễn Văn Mẫu",
    at: "2026-11-22 14:02",
    by: "mau",
    month: "2026-11",
    code: text,
    release: digest,
    is_current: false,
  };
  return { verdict: "code_known", prints: [print] };
}

export const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 595 842"><rect width="595" height="842" fill="#fff"/><text x="60" y="90" font-size="22">Bản tóm tắt mẫu</text></svg>';
