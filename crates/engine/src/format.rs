//! The form of rule files: spaces, blank lines and alignment, and nothing else.
//!
//! The file is taken apart into words and signs and put together again, so that every comment stays where it stands and no word
//! changes but for `_` between thousands. A TOML writer is not used, since it moves `labels.…` keys that stand apart together.
//!
//! - One space inside braces, behind commas and around `=`; a list over several lines keeps its lines, two spaces deeper.
//! - Keys in lines that follow each other line up on the first of them where the author lined up any; a longer key juts out.
//! - At most one blank line in a row, none at the ends; no space at the end of a line.
//! - Expressions have one space around signs, unless they hold a comment.

use crate::syntax::{grouped, tidy};

/// Returns a rule file in its proper form; the path says what it holds. None when it is not TOML.
#[must_use]
pub fn format(path: &str, text: &str) -> Option<String> {
    toml::de::DeTable::parse(text).ok()?;
    let mut lines = lines(text, expressions(path));
    line_up(&mut lines);
    let mut out = String::new();
    let mut blank = false;
    for line in &lines {
        match line {
            Line::Blank => {
                blank = true;
                continue;
            }
            Line::Other(text) => begin(&mut out, &mut blank).push_str(text),
            Line::Entry(entry) => {
                let out = begin(&mut out, &mut blank);
                out.push_str(entry.key);
                out.extend(std::iter::repeat_n(' ', entry.spaces));
                out.push_str("= ");
                out.push_str(&entry.value);
            }
        }
        out.push('\n');
    }
    Some(out)
}

/// Puts the blank line that stood before, except at the start of the file.
fn begin<'o>(out: &'o mut String, blank: &mut bool) -> &'o mut String {
    if std::mem::take(blank) && !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The keys whose strings are expressions in a file with this path.
fn expressions(path: &str) -> &'static [&'static str] {
    let mut parts = path.rsplit('/');
    let (file, folder, above) = (parts.next(), parts.next(), parts.next());
    match (above, folder, file) {
        (_, Some("terms"), _) => &["is"],
        (_, Some("facts"), _) => &["proof"],
        (Some("programmes"), _, file) if file != Some("cases.toml") => &["when", "amount"],
        _ => &[],
    }
}

/// A statement of a file, with what stands behind it.
enum Line<'t> {
    Blank,
    /// A comment of its own, or the header of a table.
    Other(String),
    Entry(Entry<'t>),
}

struct Entry<'t> {
    key: &'t str,
    /// Before the `=`.
    spaces: usize,
    /// With the comment behind it, perhaps over several lines.
    value: String,
}

/// A word or sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece<'t> {
    /// A bare word or a string.
    Word(&'t str),
    Open(char),
    Close(char),
    Comma,
    Equals,
    Comment(&'t str),
    NewLine,
}

/// Text being read; `at` always lies between two letters.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Passes spaces and returns how many there were.
    fn spaces(&mut self) -> usize {
        let rest = self.rest();
        let n = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
        self.at += n;
        n
    }

    fn take(&mut self, length: usize) -> &'t str {
        let taken = self.rest().get(..length).unwrap_or_default();
        self.at += taken.len().max(1);
        taken
    }

    fn next(&mut self) -> Option<Piece<'t>> {
        let rest = self.rest();
        let first = rest.chars().next()?;
        Some(match first {
            '\n' => {
                self.at += 1;
                Piece::NewLine
            }
            '#' => Piece::Comment(self.take(rest.find('\n').unwrap_or(rest.len())).trim_end()),
            '[' | '{' => {
                self.at += 1;
                Piece::Open(first)
            }
            ']' | '}' => {
                self.at += 1;
                Piece::Close(first)
            }
            ',' => {
                self.at += 1;
                Piece::Comma
            }
            '=' => {
                self.at += 1;
                Piece::Equals
            }
            '"' | '\'' => Piece::Word(self.take(string_length(rest))),
            _ => {
                let ends =
                    |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '{' | '}' | ',' | '=' | '#' | '"' | '\'');
                Piece::Word(self.take(rest.find(ends).unwrap_or(rest.len())))
            }
        })
    }
}

/// Returns how many bytes the string has with which the text begins.
fn string_length(text: &str) -> usize {
    let quote = if text.starts_with('"') { '"' } else { '\'' };
    let triple: String = [quote; 3].iter().collect();
    let close = if text.starts_with(&triple) {
        triple
    } else {
        quote.to_string()
    };
    let mut at = close.len();
    while let Some(rest) = text.get(at..) {
        if rest.starts_with(&close) {
            at += close.len();
            // Up to two more quotation marks belong to a string of three.
            let more = text
                .get(at..)
                .unwrap_or_default()
                .chars()
                .take_while(|c| *c == quote)
                .count();
            return if close.len() == 3 { at + more.min(2) } else { at };
        }
        let mut letters = rest.chars();
        match letters.next() {
            Some('\\') if quote == '"' => at += 1 + letters.next().map_or(0, char::len_utf8),
            Some(letter) => at += letter.len_utf8(),
            None => break,
        }
    }
    text.len()
}

fn lines<'t>(text: &'t str, expressions: &[&str]) -> Vec<Line<'t>> {
    let mut cursor = Cursor { text, at: 0 };
    let mut lines = Vec::new();
    loop {
        cursor.spaces();
        let start = cursor.at;
        match cursor.next() {
            None => return lines,
            Some(Piece::NewLine) => {
                lines.push(Line::Blank);
                continue;
            }
            Some(Piece::Comment(comment)) => lines.push(Line::Other(comment.to_owned())),
            Some(Piece::Open(_)) => lines.push(Line::Other(header(&mut cursor, start))),
            Some(_) => lines.push(Line::Entry(entry(&mut cursor, start, expressions))),
        }
        cursor.spaces();
        if cursor.rest().starts_with('\n') {
            cursor.at += 1;
        }
    }
}

/// Reads on to the end of the line of a header.
fn header(cursor: &mut Cursor<'_>, start: usize) -> String {
    let mut out = String::new();
    let mut end = cursor.at;
    loop {
        let spaces = cursor.spaces();
        if cursor.rest().is_empty() || cursor.rest().starts_with('\n') {
            break;
        }
        if let Some(Piece::Comment(comment)) = cursor.next() {
            out = format!("{}{comment}", " ".repeat(spaces.max(1)));
            break;
        }
        end = cursor.at;
    }
    cursor.text.get(start..end).unwrap_or_default().to_owned() + &out
}

fn entry<'t>(cursor: &mut Cursor<'t>, start: usize, expressions: &[&str]) -> Entry<'t> {
    let mut key_end = cursor.at;
    let spaces = loop {
        let spaces = cursor.spaces();
        match cursor.next() {
            Some(Piece::Equals) => break spaces,
            None => break 0,
            Some(_) => key_end = cursor.at,
        }
    };
    let key = cursor.text.get(start..key_end).unwrap_or_default();
    let is_expression = expressions.contains(&key);
    Entry {
        key,
        spaces: spaces.max(1),
        value: value(cursor, is_expression),
    }
}

/// Reads a value and the comment behind it, up to the end of its last line.
fn value(cursor: &mut Cursor<'_>, is_expression: bool) -> String {
    let mut out = String::new();
    let mut before: Option<Piece<'_>> = None;
    let mut depth = 0;
    loop {
        let spaces = cursor.spaces();
        if depth == 0 && (cursor.rest().is_empty() || cursor.rest().starts_with('\n')) {
            return out;
        }
        let Some(piece) = cursor.next() else { return out };
        if let Piece::Close(_) = piece {
            depth -= 1;
        }
        match (piece, before) {
            (Piece::NewLine, _) => {
                if !out.ends_with("\n\n") {
                    out.push('\n');
                }
                before = Some(piece);
                continue;
            }
            (_, Some(Piece::NewLine)) => out.extend(std::iter::repeat_n(' ', 2 * depth)),
            (Piece::Comment(_), Some(_)) => out.extend(std::iter::repeat_n(' ', spaces.max(1))),
            (_, Some(before)) if is_spaced(before, piece, spaces) => out.push(' '),
            _ => {}
        }
        match piece {
            Piece::Word(word) if is_expression && depth == 0 => out.push_str(&expression(word)),
            Piece::Word(word) => out.push_str(&number(word, cursor)),
            Piece::Open(sign) => {
                depth += 1;
                out.push(sign);
            }
            Piece::Close(sign) => out.push(sign),
            Piece::Comma => out.push(','),
            Piece::Equals => out.push('='),
            Piece::Comment(comment) => out.push_str(comment),
            Piece::NewLine => {}
        }
        before = Some(piece);
    }
}

fn is_spaced(before: Piece<'_>, next: Piece<'_>, spaces: usize) -> bool {
    match (before, next) {
        (Piece::Open('{'), Piece::Close(_)) | (Piece::Open('['), _) | (_, Piece::Close(']') | Piece::Comma) => false,
        // `a.b` is one key, and so is `a . b`.
        (Piece::Word(_), Piece::Word(_)) => spaces > 0,
        _ => true,
    }
}

/// Joins thousands of a whole number that is a value, not a key.
fn number(word: &str, cursor: &Cursor<'_>) -> String {
    let is_key = cursor.rest().trim_start().starts_with(['=', '.']);
    let is_whole = word.len() > 4 && !word.starts_with('0') && word.bytes().all(|b| b.is_ascii_digit());
    if is_whole && !is_key {
        grouped(word)
    } else {
        word.to_owned()
    }
}

/// Tidies an expression that stands in simple quotation marks.
fn expression(word: &str) -> String {
    let quote = if word.starts_with('"') { '"' } else { '\'' };
    let inner = word.strip_prefix(quote).and_then(|word| word.strip_suffix(quote));
    let tidied = inner.filter(|inner| !inner.contains([quote, '\\'])).and_then(tidy);
    tidied.map_or_else(|| word.to_owned(), |inner| format!("{quote}{inner}{quote}"))
}

/// Lines up the keys of entries that follow each other under one name, where any of them has more than one space.
fn line_up(lines: &mut [Line<'_>]) {
    fn under<'k>(entry: &Entry<'k>) -> &'k str {
        match entry.key.rsplit_once('.') {
            Some((name, _)) if !entry.key.contains(['"', '\'']) => name,
            _ => "",
        }
    }
    let mut entries: &mut [Line<'_>] = lines;
    while let Some(at) = entries.iter().position(|line| matches!(line, Line::Entry(_))) {
        let (_, run) = std::mem::take(&mut entries).split_at_mut(at);
        let name = run.first().and_then(|line| match line {
            Line::Entry(entry) => Some(under(entry)),
            Line::Blank | Line::Other(_) => None,
        });
        let belongs = |line: &Line<'_>| matches!(line, Line::Entry(entry) if Some(under(entry)) == name);
        let n = run.iter().position(|line| !belongs(line)).unwrap_or(run.len());
        let (run, rest) = run.split_at_mut(n.max(1));
        entries = rest;
        let mut run: Vec<&mut Entry<'_>> = run
            .iter_mut()
            .filter_map(|line| match line {
                Line::Entry(entry) => Some(entry),
                Line::Blank | Line::Other(_) => None,
            })
            .collect();
        let lined_up = run.iter().any(|entry| entry.spaces > 1);
        let column = run.first().map_or(0, |first| first.key.chars().count() + first.spaces);
        for entry in &mut run {
            let length = entry.key.chars().count();
            entry.spaces = if lined_up {
                column.saturating_sub(length).max(1)
            } else {
                1
            };
        }
    }
}

#[cfg(test)]
mod tests;
