//! Texts made fit for paper: one line each, no invisible directions, and somewhere to break.
//!
//! Nothing that can be seen is taken away.

use serde_json::Value;

/// From how many letters without a space on, a word may be broken inside.
const LONG_WORD: usize = 24;

/// How many letters of a long word stay together: they fit the narrowest column.
const PIECE: usize = 6;

/// Where a line may end though nothing is seen.
const BREAK: char = '\u{200b}';

/// Cleans every text of the content.
pub(super) fn texts(content: &mut Value) {
    match content {
        Value::String(text) => *text = clean(text),
        Value::Array(values) => values.iter_mut().for_each(texts),
        Value::Object(fields) => fields.values_mut().for_each(texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn clean(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|letter| !turns_direction(*letter))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    visible.split_whitespace().map(breakable).collect::<Vec<_>>().join(" ")
}

/// Marks that make a reader see letters in another order than they are stored in.
fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn breakable(word: &str) -> String {
    if word.chars().count() < LONG_WORD {
        return word.to_owned();
    }
    let mut broken = String::with_capacity(word.len() * 2);
    let mut n_together = 0;
    for letter in word.chars() {
        // A combining mark stays with its letter.
        if n_together >= PIECE && !matches!(letter, '\u{300}'..='\u{36f}') {
            broken.push(BREAK);
            n_together = 0;
        }
        broken.push(letter);
        n_together += 1;
    }
    broken
}

#[cfg(test)]
mod tests;
