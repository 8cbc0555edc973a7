//! Finds tables, values and texts in a rule file, with the bytes at which they stand.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::EditError;

/// A rule file, taken apart.
pub(super) struct Document<'t> {
    root: Spanned<DeTable<'t>>,
    text: &'t str,
}

/// Something in a file.
pub(super) struct Found<'d, 't> {
    pub(super) value: &'d DeValue<'t>,
    pub(super) span: Range<usize>,
}

/// A text in both languages, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextAt {
    /// Its place in the file: `standard_level.title`, `reading.2.says`.
    pub place: String,
    /// The line, from 1.
    pub line: usize,
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A text with the bytes of its two strings.
pub(super) struct TextPlace {
    pub(super) at: TextAt,
    pub(super) vi: Range<usize>,
    pub(super) en: Range<usize>,
}

pub(super) fn parse<'t>(path: &str, text: &'t str) -> Result<Document<'t>, EditError> {
    let root = DeTable::parse(text).map_err(|error| EditError::Unreadable {
        path: path.to_owned(),
        line: line_of(text.as_bytes(), error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    })?;
    Ok(Document { root, text })
}

/// Returns the line of a byte, from 1.
pub(super) fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes.iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

impl<'t> Document<'t> {
    /// Returns what stands under these keys.
    pub(super) fn at(&self, keys: &[&str]) -> Option<Found<'_, 't>> {
        let (first, rest) = keys.split_first()?;
        let mut found = get(self.root.get_ref(), first)?;
        for key in rest {
            found = found.get(key)?;
        }
        Some(found)
    }

    /// Returns every text in both languages, in the order of the file.
    pub(super) fn texts(&self) -> Vec<TextPlace> {
        let mut all = Vec::new();
        gather(self.root.get_ref(), "", self.text, &mut all);
        all.sort_by_key(|found| found.vi.start.min(found.en.start));
        all
    }
}

impl<'d, 't> Found<'d, 't> {
    pub(super) fn get(&self, key: &str) -> Option<Found<'d, 't>> {
        match self.value {
            DeValue::Table(table) => get(table, key),
            _ => None,
        }
    }

    /// Returns the entries of a list.
    pub(super) fn entries(&self) -> Option<Vec<Found<'d, 't>>> {
        match self.value {
            DeValue::Array(list) => Some(list.iter().map(found).collect()),
            _ => None,
        }
    }

    pub(super) fn line(&self, text: &str) -> usize {
        line_of(text.as_bytes(), self.span.start)
    }
}

fn found<'d, 't>(value: &'d Spanned<DeValue<'t>>) -> Found<'d, 't> {
    Found {
        value: value.get_ref(),
        span: value.span(),
    }
}

fn get<'d, 't>(table: &'d DeTable<'t>, key: &str) -> Option<Found<'d, 't>> {
    let (_, value) = table.iter().find(|(known, _)| known.get_ref() == key)?;
    Some(found(value))
}

fn gather(table: &DeTable<'_>, place: &str, text: &str, all: &mut Vec<TextPlace>) {
    if let (Some(vi), Some(en)) = (get(table, "vi"), get(table, "en"))
        && let (DeValue::String(said_vi), DeValue::String(said_en)) = (vi.value, en.value)
    {
        all.push(TextPlace {
            at: TextAt {
                place: place.to_owned(),
                line: line_of(text.as_bytes(), vi.span.start),
                vi: said_vi.to_string(),
                en: said_en.to_string(),
            },
            vi: vi.span,
            en: en.span,
        });
        return;
    }
    for (key, value) in table.iter() {
        let dot = if place.is_empty() { "" } else { "." };
        let inside = format!("{place}{dot}{}", key.get_ref());
        match value.get_ref() {
            DeValue::Table(table) => gather(table, &inside, text, all),
            DeValue::Array(list) => {
                for (at, entry) in list.iter().enumerate() {
                    if let DeValue::Table(table) = entry.get_ref() {
                        gather(table, &format!("{inside}.{}", at + 1), text, all);
                    }
                }
            }
            _ => {}
        }
    }
}
