//! The head of a release: what `release.toml` says of it, read, and written when it is signed.
//!
//! The engine checks that the head has the right form and uses of it what belongs to the law. From when a release is in
//! force, what it changes and what it brings back belong to who publishes and who receives it: they are read here.

use ansinh_engine::read::Text;
use jiff::civil::Date;
use toml_edit::{DocumentMut, InlineTable, Item, Value, value};

use crate::listing::{split_head, with_digests};
use crate::{Files, HEAD, ReleaseError};

/// What `release.toml` says of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The version of the rule language it is written in.
    pub language: u32,
    /// `vn`, or a province's id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: Text,
    /// The rules it lies over; none for national rules.
    pub extends: Option<String>,
    /// The code of the place it is for; none for national rules.
    pub area: Option<String>,
    /// The first day on which it is in force; none while nobody signed it.
    pub from: Option<Date>,
    /// What it changes, in words.
    pub summary: Option<Text>,
    /// The release whose content it brings back.
    pub restores: Option<Restored>,
}

/// An earlier release whose content comes back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// Its number.
    pub number: u32,
    /// Its digest.
    pub digest: String,
    /// Why.
    pub why: Text,
}

/// What whoever signs says of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its number, above that of every release before it.
    pub number: u32,
    /// The first day on which it is in force.
    pub from: Date,
    /// What it changes, in words.
    pub summary: Option<Text>,
    /// The release whose content it brings back.
    pub restores: Option<Restored>,
}

impl Head {
    /// Reads the head of a release.
    ///
    /// # Errors
    /// [`ReleaseError::NoHead`], and [`ReleaseError::Head`] when it cannot be divided or lacks what every release has.
    pub fn of(files: &Files) -> Result<Head, ReleaseError> {
        let head = files.iter().find(|(path, _)| path == HEAD);
        let (_, bytes) = head.ok_or(ReleaseError::NoHead)?;
        let (text, _) = split_head(bytes).ok_or(ReleaseError::Head)?;
        let table: toml::Table = toml::from_str(text).map_err(|_| ReleaseError::Head)?;
        read(&table).ok_or(ReleaseError::Head)
    }
}

fn read(table: &toml::Table) -> Option<Head> {
    Some(Head {
        language: count(table.get("language")?)?,
        id: word(table.get("id")?)?,
        number: count(table.get("number")?)?,
        title: text(table.get("title")?)?,
        extends: if_there(table, "extends", word)?,
        area: if_there(table, "area", |area| word(area.get("code")?))?,
        from: if_there(table, "from", day)?,
        summary: if_there(table, "summary", text)?,
        restores: if_there(table, "restores", restored)?,
    })
}

/// None where the key stands and its value cannot be read.
fn if_there<T>(table: &toml::Table, key: &str, read: impl Fn(&toml::Value) -> Option<T>) -> Option<Option<T>> {
    match table.get(key) {
        None => Some(None),
        Some(found) => Some(Some(read(found)?)),
    }
}

fn word(value: &toml::Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}

fn count(value: &toml::Value) -> Option<u32> {
    u32::try_from(value.as_integer()?).ok()
}

fn day(value: &toml::Value) -> Option<Date> {
    value.as_datetime()?.to_string().parse().ok()
}

fn text(value: &toml::Value) -> Option<Text> {
    Some(Text {
        vi: word(value.get("vi")?)?,
        en: word(value.get("en")?)?,
    })
}

fn restored(value: &toml::Value) -> Option<Restored> {
    Some(Restored {
        number: count(value.get("number")?)?,
        digest: word(value.get("digest")?)?,
        why: text(value.get("why")?)?,
    })
}

/// Returns the files of a release with another head: its number, day, summary and what it restores are written into
/// `release.toml`, and the digests of all files. Everything else there stays as it is, comments too.
///
/// # Errors
/// [`ReleaseError::NoHead`] and [`ReleaseError::Head`] when there is nothing to write to.
pub fn issued(files: &Files, issue: &Issue) -> Result<Files, ReleaseError> {
    let mut document = document(files)?;
    let from = issue.from.to_string().parse().map_err(|_| ReleaseError::Head)?;
    put(&mut document, "number", Some(i64::from(issue.number).into()));
    put(
        &mut document,
        "from",
        Some(Value::Datetime(toml_edit::Formatted::new(from))),
    );
    put(&mut document, "summary", issue.summary.as_ref().map(written));
    put(&mut document, "restores", issue.restores.as_ref().map(restoring));
    with_head(files, &document)
}

/// Returns the files of a release as the beginning of the one after it: with the next number, and without the day, the summary
/// and what was restored, which belong to the one before.
///
/// # Errors
/// [`ReleaseError::NoHead`] and [`ReleaseError::Head`] when there is nothing to begin with.
pub fn begun(files: &Files) -> Result<Files, ReleaseError> {
    let number = Head::of(files)?.number.checked_add(1).ok_or(ReleaseError::Head)?;
    let mut document = document(files)?;
    put(&mut document, "number", Some(i64::from(number).into()));
    for key in ["from", "summary", "restores"] {
        put(&mut document, key, None);
    }
    with_head(files, &document)
}

fn document(files: &Files) -> Result<DocumentMut, ReleaseError> {
    let head = files.iter().find(|(path, _)| path == HEAD);
    let (_, bytes) = head.ok_or(ReleaseError::NoHead)?;
    let text = std::str::from_utf8(bytes).map_err(|_| ReleaseError::Head)?;
    text.parse().map_err(|_| ReleaseError::Head)
}

fn with_head(files: &Files, document: &DocumentMut) -> Result<Files, ReleaseError> {
    let text = with_digests(&document.to_string(), files)?;
    let mut files = files.clone();
    if let Some((_, bytes)) = files.iter_mut().find(|(path, _)| path == HEAD) {
        *bytes = text.into_bytes();
    }
    files.sort();
    Ok(files)
}

/// Puts a value in place of another, so that a comment behind it stays.
fn put(document: &mut DocumentMut, key: &str, new: Option<Value>) {
    match (new, document.get_mut(key)) {
        (None, _) => {
            document.remove(key);
        }
        (Some(new), Some(Item::Value(known))) => {
            let decor = known.decor().clone();
            *known = new;
            *known.decor_mut() = decor;
        }
        (Some(new), _) => {
            document.insert(key, value(new));
        }
    }
}

fn written(text: &Text) -> Value {
    let mut table = InlineTable::new();
    table.insert("vi", text.vi.as_str().into());
    table.insert("en", text.en.as_str().into());
    Value::InlineTable(table)
}

fn restoring(restored: &Restored) -> Value {
    let mut table = InlineTable::new();
    table.insert("number", i64::from(restored.number).into());
    table.insert("digest", restored.digest.as_str().into());
    table.insert("why", written(&restored.why));
    Value::InlineTable(table)
}
