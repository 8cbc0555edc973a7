//! The forms of a text that a search compares.
//!
//! Every word begins with a space, so that looking for `" an"` finds words that begin with *an*. A query and a stored text
//! pass through the same functions.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the words of a text in small letters, tone marks kept: `Nguyễn Văn  An` gives `nguyễn`, `văn`, `an`.
pub(crate) fn words(text: &str) -> Vec<String> {
    let text: String = text.nfc().flat_map(char::to_lowercase).nfc().collect();
    text.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Returns a word without tone marks, hooks and bars: `nguyễn` gives `nguyen`, `đức` gives `duc`.
pub(crate) fn fold(word: &str) -> String {
    word.nfd()
        .filter(|c| !is_combining_mark(*c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

/// Returns the words of a text as one search key with tone marks.
pub(crate) fn exact_key(text: &str) -> String {
    words(text).iter().map(|word| format!(" {word}")).collect()
}

/// Returns the words of a text as one search key without tone marks: `Đông  Anh` gives ` dong anh`. Two texts with the same key
/// are the same to a search.
pub fn folded_key(text: &str) -> String {
    words(text).iter().map(|word| format!(" {}", fold(word))).collect()
}

/// Returns the first letters of the words: `Nguyễn Văn An` gives `nva`.
pub(crate) fn initials(text: &str) -> String {
    words(text)
        .iter()
        .filter_map(|word| fold(word).chars().next())
        .collect()
}

#[cfg(test)]
mod tests;
