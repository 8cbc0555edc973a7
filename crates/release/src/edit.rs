//! Changes of rule files by form: a dated value, a legal text, a sentence, a new version of a programme, a file as it is typed.
//!
//! Files in, files out. What changes is cut into the text at its place, so that every other byte stays as it is, comments and
//! alignment too; a file that was in the form of `ansinh fmt` still is. Whether the rules then hold is not asked here: the
//! checks say that.

mod case;
mod place;
mod value;

use ansinh_engine::format::format;
use ansinh_engine::read::{LARGEST_FILE, Text, overlay_of};
use jiff::civil::Date;
use rust_decimal::Decimal;
use thiserror::Error;

use crate::{Files, HEAD};
use place::{Found, TextPlace};

pub use case::{CasePerson, NewCase, add_case};
pub use place::TextAt;

/// A dated value of a parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct NewValue {
    /// The parameter's name.
    pub parameter: String,
    /// First day.
    pub from: Date,
    /// The value.
    pub is: Decimal,
    /// Where it stands, as in rule files: `ND335 Đ4.2`.
    pub cite: Vec<String>,
    /// When somebody compared it with the text.
    pub checked: Option<Date>,
    /// First day on which it no longer holds.
    pub until: Option<Date>,
}

/// A legal text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewInstrument {
    /// `ND335`
    pub id: String,
    /// law, decree, circular, decision, resolution.
    pub kind: String,
    /// `335/2026/NĐ-CP`
    pub number: String,
    /// Its title.
    pub title: Text,
    /// When it was issued.
    pub issued: Date,
    /// First day in force.
    pub in_force: Date,
    /// Instruments it amends, by id.
    pub amends: Vec<String>,
    /// Instruments it replaces, by id.
    pub replaces: Vec<String>,
    /// When somebody looked whether all this holds.
    pub checked: Option<Date>,
}

/// Why files were not changed.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum EditError {
    /// No such file.
    #[error("there is no file `{path}`")]
    NoFile {
        /// Its path.
        path: String,
    },
    /// The file is not TOML, so that nothing can be found in it.
    #[error("`{path}` cannot be read at line {line}: {message}")]
    Unreadable {
        /// Its path.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// What is to be changed is nowhere.
    #[error("there is no `{name}`")]
    Unknown {
        /// What was looked for.
        name: String,
    },
    /// Something of that name or day stands there already.
    #[error("`{name}` is there already, in `{path}` at line {line}")]
    Taken {
        /// Its name or day.
        name: String,
        /// Its file.
        path: String,
        /// The line, from 1.
        line: usize,
    },
    /// A value that was in force already: what was paid by it stays what it was.
    #[error("the value from {from} is in force already, in `{path}` at line {line}")]
    InForce {
        /// Its first day.
        from: Date,
        /// Its file.
        path: String,
        /// The line, from 1.
        line: usize,
    },
    /// A version must begin after the newest one.
    #[error("the newest version is of {newest}; a new one begins later")]
    TooEarly {
        /// The newest one's day.
        newest: Date,
    },
    /// A name that a rule file or a declaration cannot have.
    #[error("`{name}` is no name for this")]
    Name {
        /// As given.
        name: String,
    },
    /// More bytes than a rule file may have.
    #[error("`{path}` would be too large for a rule file")]
    TooLarge {
        /// Its path.
        path: String,
    },
}

/// Files after a change, and which of them were changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// All files, by path.
    pub files: Files,
    /// The path of the file in which something changed.
    pub path: String,
    /// The line at which it did, from 1.
    pub line: usize,
}

/// Puts a dated value at its place among those of its parameter; corrects the one of that day, unless it is in force on `today`.
///
/// # Errors
/// [`EditError::Unknown`] without such a parameter, [`EditError::InForce`], [`EditError::Unreadable`].
pub fn set_value(files: &Files, new: &NewValue, today: Date) -> Result<Edited, EditError> {
    for (path, text) in texts_below(files, "parameters/") {
        let document = place::parse(path, text)?;
        let Some(parameter) = document.at(&[&new.parameter]) else {
            continue;
        };
        let after = value::put(path, text, &parameter, new, today)?;
        return changed(files, path, text, after);
    }
    Err(EditError::Unknown {
        name: new.parameter.clone(),
    })
}

/// Adds a legal text at the end of a file of instruments.
///
/// # Errors
/// [`EditError::Taken`] when an instrument has that id, [`EditError::Name`] when the id is none.
pub fn add_instrument(files: &Files, path: &str, new: &NewInstrument) -> Result<Edited, EditError> {
    let is_id = new.id.starts_with(|first: char| first.is_ascii_uppercase())
        && new.id.chars().all(|letter| letter.is_ascii_alphanumeric());
    if !is_id {
        return Err(EditError::Name { name: new.id.clone() });
    }
    let (_, own) = overlay_of(path).unwrap_or(("", path));
    if !own.starts_with("instruments/") {
        return Err(EditError::Name { name: path.to_owned() });
    }
    for (known, text) in texts_below(files, "instruments/") {
        if let Some(found) = place::parse(known, text)?.at(&[&new.id]) {
            return Err(EditError::Taken {
                name: new.id.clone(),
                path: known.to_owned(),
                line: found.line(text),
            });
        }
    }
    let text = text_of(files, path)?.unwrap_or_default();
    let ids = |list: &[String]| value::list(&list.iter().map(|id| value::quoted(id)).collect::<Vec<_>>());
    let mut table = format!(
        "[{}]\nkind     = {}\nnumber   = {}\ntitle    = {}\nissued   = {}\nin_force = {}\namends   = {}\nreplaces = {}\n",
        new.id,
        value::quoted(&new.kind),
        value::quoted(&new.number),
        value::text(&new.title),
        new.issued,
        new.in_force,
        ids(&new.amends),
        ids(&new.replaces),
    );
    if let Some(checked) = new.checked {
        table.push_str(&format!("checked  = {checked}\n"));
    }
    let gap = if text.is_empty() {
        ""
    } else if text.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    changed(files, path, text, format!("{text}{gap}{table}"))
}

/// Puts another sentence, in both languages, in the place of one.
///
/// # Errors
/// [`EditError::Unknown`] when there is no text at that place of the file.
pub fn set_text(files: &Files, path: &str, place: &str, new: &Text) -> Result<Edited, EditError> {
    let text = text_of(files, path)?.ok_or_else(|| EditError::NoFile { path: path.to_owned() })?;
    let document = place::parse(path, text)?;
    let found = document.texts().into_iter().find(|known| known.at.place == place);
    let TextPlace { vi, en, .. } = found.ok_or_else(|| EditError::Unknown { name: place.to_owned() })?;
    let mut cuts = [(vi, value::quoted(&new.vi)), (en, value::quoted(&new.en))];
    cuts.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
    let mut after = text.to_owned();
    for (span, with) in cuts {
        after.replace_range(span, &with);
    }
    changed(files, path, text, after)
}

/// Returns the texts of a file that stand in both languages, with their places.
///
/// # Errors
/// [`EditError::NoFile`], [`EditError::Unreadable`].
pub fn texts(files: &Files, path: &str) -> Result<Vec<TextAt>, EditError> {
    let text = text_of(files, path)?.ok_or_else(|| EditError::NoFile { path: path.to_owned() })?;
    let document = place::parse(path, text)?;
    Ok(document.texts().into_iter().map(|found| found.at).collect())
}

/// Copies the newest version of a programme to a new one that begins on a day.
///
/// # Errors
/// [`EditError::Unknown`] without such a programme, [`EditError::TooEarly`] when a version begins on that day or later.
pub fn new_version(files: &Files, folder: &str, from: Date) -> Result<Edited, EditError> {
    let folder = format!("{}/", folder.trim_end_matches('/'));
    let day = |path: &str| -> Option<Date> { path.strip_prefix(&folder)?.strip_suffix(".toml")?.parse().ok() };
    let versions = files.iter().filter_map(|(path, bytes)| Some((day(path)?, bytes)));
    let (newest, bytes) = versions
        .max_by_key(|(day, _)| *day)
        .ok_or_else(|| EditError::Unknown { name: folder.clone() })?;
    if from <= newest {
        return Err(EditError::TooEarly { newest });
    }
    let path = format!("{folder}{from}.toml");
    let mut files = files.clone();
    files.push((path.clone(), bytes.clone()));
    files.sort();
    Ok(Edited { files, path, line: 1 })
}

/// Puts a file as it was typed in the place of what stands there, or adds it. Whatever the text says is taken.
///
/// # Errors
/// [`EditError::Name`] for a path that no rule file can have, [`EditError::TooLarge`].
pub fn set_file(files: &Files, path: &str, text: &str) -> Result<Edited, EditError> {
    if !is_path(path) {
        return Err(EditError::Name { name: path.to_owned() });
    }
    let before = text_of(files, path)?.unwrap_or_default();
    let line = first_difference(before, text);
    with_file(files, path, text.to_owned(), line)
}

/// Gives the release its number.
///
/// # Errors
/// [`EditError::NoFile`] without `release.toml`, [`EditError::Unknown`] when it has no number.
pub fn set_number(files: &Files, path: &str, number: u32) -> Result<Edited, EditError> {
    let text = text_of(files, path)?.ok_or_else(|| EditError::NoFile { path: path.to_owned() })?;
    let document = place::parse(path, text)?;
    let Some(found) = document.at(&["number"]) else {
        return Err(EditError::Unknown { name: "number".into() });
    };
    let mut after = text.to_owned();
    after.replace_range(found.span.clone(), &number.to_string());
    changed(files, path, text, after)
}

/// Whether a rule file can have this path.
fn is_path(path: &str) -> bool {
    let is_name = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .chars()
                .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "._-".contains(letter))
    };
    let name = path.strip_suffix(".toml");
    name.is_some_and(|name| !name.is_empty()) && path.len() <= 200 && path.split('/').all(is_name)
}

fn texts_below<'f>(files: &'f Files, folder: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
    let all = files
        .iter()
        .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)));
    all.filter(move |(path, _)| overlay_of(path).map_or(*path, |(_, own)| own).starts_with(folder))
}

fn text_of<'f>(files: &'f Files, path: &str) -> Result<Option<&'f str>, EditError> {
    let Some((_, bytes)) = files.iter().find(|(known, _)| known == path) else {
        return Ok(None);
    };
    let text = std::str::from_utf8(bytes).map_err(|error| EditError::Unreadable {
        path: path.to_owned(),
        line: bytes
            .get(..error.valid_up_to())
            .map_or(1, |good| place::line_of(good, good.len())),
        message: "not UTF-8".to_owned(),
    });
    text.map(Some)
}

/// Takes a changed text over; where the one before was in its form, the new one is put into it too.
fn changed(files: &Files, path: &str, before: &str, after: String) -> Result<Edited, EditError> {
    let was_formed = before.is_empty() || (path != HEAD && format(path, before).is_some_and(|formed| formed == before));
    let after = match format(path, &after) {
        Some(formed) if was_formed => formed,
        _ => after,
    };
    place::parse(path, &after)?;
    let line = first_difference(before, &after);
    with_file(files, path, after, line)
}

fn with_file(files: &Files, path: &str, text: String, line: usize) -> Result<Edited, EditError> {
    if text.len() > LARGEST_FILE {
        return Err(EditError::TooLarge { path: path.to_owned() });
    }
    let mut files = files.clone();
    match files.iter_mut().find(|(known, _)| known == path) {
        Some((_, bytes)) => *bytes = text.into_bytes(),
        None => files.push((path.to_owned(), text.into_bytes())),
    }
    files.sort();
    Ok(Edited {
        files,
        path: path.to_owned(),
        line,
    })
}

fn first_difference(before: &str, after: &str) -> usize {
    before.lines().zip(after.lines()).take_while(|(a, b)| a == b).count() + 1
}

#[cfg(test)]
mod tests;
