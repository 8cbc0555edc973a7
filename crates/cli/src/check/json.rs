//! Findings as JSON, for editors.

use ansinh_engine::codes;
use ansinh_engine::diagnostic::{Diagnostic, Severity};
use ansinh_release::Layers;
use serde_json::{Value, json};

use super::text_of;

/// Returns a finding: `path` in the rules, `file` where it lies; `start` and `end` (behind the last character) each give the `byte` in the file from 0, the `line` from 1,
/// the `column` in characters from 1 and the column in UTF-16 units from 0, as editors count.
pub(super) fn finding(finding: &Diagnostic, layers: &Layers) -> Value {
    let text = text_of(&finding.path, &layers.files);
    let code = codes::explain(finding.code);
    let page = codes::page(finding.code);
    json!({
        "code": finding.code,
        "severity": match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "path": finding.path,
        "file": layers.place_of(&finding.path).display().to_string(),
        "start": place(text, finding.span.start),
        "end": place(text, finding.span.end),
        "message": {
            "en": finding.message,
            "vi": vietnamese(code.map_or("", |code| code.vi), &finding.message),
        },
        "hint": finding.hint,
        "household": finding.household,
        "page": page.map(|page| json!({ "en": page.en, "vi": page.vi, "wrong": page.wrong, "right": page.right })),
    })
}

fn place(text: &str, byte: u32) -> Value {
    let (line, column) = super::place(text, byte);
    let before = text.get(..usize::try_from(byte).unwrap_or(usize::MAX)).unwrap_or(text);
    let utf16 = before.rsplit('\n').next().unwrap_or_default().encode_utf16().count();
    json!({ "byte": byte, "line": line, "column": column, "utf16": utf16 })
}

/// Returns what the code means, and the author's own words out of the English message.
fn vietnamese(meaning: &str, message: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in message.split('`').skip(1).step_by(2).filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() {
        return meaning.to_owned();
    }
    format!("{meaning}: `{}`", words.join("`, `"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_bytes_characters_and_utf16_units() {
        let text = "a = 1\nchữ 𝛼 x";
        let at = u32::try_from(text.find('x').unwrap_or_default()).unwrap_or_default();
        assert_eq!(
            place(text, at),
            json!({ "byte": 17, "line": 2, "column": 7, "utf16": 7 })
        );
    }

    #[test]
    fn the_vietnamese_message_names_the_words_of_the_author_once() {
        let message = "`a` is not `b`, and `a` is twice here";
        assert_eq!(vietnamese("tên lạ", message), "tên lạ: `a`, `b`");
        assert_eq!(vietnamese("tệp trống", "the file is empty"), "tệp trống");
    }
}
