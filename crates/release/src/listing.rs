//! `[files]` of `release.toml`: the digest of every other file, read, compared and written.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, value};

use ansinh_engine::read::path_in_overlay;

use crate::folder::io_error;
use crate::layers::apart;
use crate::{Files, HEAD, Mismatch, Release, ReleaseError, read_folder, sha256};

/// Compares the files of a release with the digests it lists.
///
/// # Errors
/// [`ReleaseError::Digests`] with every file that differs, [`ReleaseError::Head`] when nothing can be compared.
pub fn verify(release: &Release) -> Result<(), ReleaseError> {
    verify_files(&release.files)
}

/// Compares files with the digests in their `release.toml`, whether the rules compile or not; those of overlays with
/// their own.
///
/// # Errors
/// See [`verify`]; also [`ReleaseError::NoHead`].
pub fn verify_files(files: &Files) -> Result<(), ReleaseError> {
    let mut mismatches = Vec::new();
    for (name, files) in apart(files) {
        match verify_layer(&files) {
            Ok(()) => {}
            Err(ReleaseError::Digests(found)) => {
                let of_overlay = |path: &str| {
                    name.as_ref()
                        .map_or(path.to_owned(), |name| path_in_overlay(name, path))
                };
                mismatches.extend(found.into_iter().map(|mismatch| mismatch.at(of_overlay)));
            }
            Err(error) => return Err(error),
        }
    }
    if mismatches.is_empty() {
        Ok(())
    } else {
        Err(ReleaseError::Digests(mismatches))
    }
}

/// Returns the id of the rules that the head of a release says it extends; none for national rules.
pub(crate) fn extends(files: &Files) -> Option<String> {
    word(files, "extends")
}

/// Returns the code of the place that an overlay is for.
pub(crate) fn area(files: &Files) -> Option<String> {
    Some(head(files)?.get("area")?.get("code")?.as_str()?.to_owned())
}

/// Returns the id in the head of a release.
pub(crate) fn id_of(files: &Files) -> Option<String> {
    word(files, "id")
}

/// What does not read as a text is no word here: the checker says what is wrong with it.
fn word(files: &Files, key: &str) -> Option<String> {
    Some(head(files)?.get(key)?.as_str()?.to_owned())
}

fn head(files: &Files) -> Option<toml::Table> {
    let (_, bytes) = files.iter().find(|(path, _)| path == HEAD)?;
    toml::from_str(std::str::from_utf8(bytes).ok()?).ok()
}

fn verify_layer(files: &Files) -> Result<(), ReleaseError> {
    let head = files.iter().find(|(path, _)| path == HEAD);
    let (_, bytes) = head.ok_or(ReleaseError::NoHead)?;
    let (_, mut listed) = split_head(bytes).ok_or(ReleaseError::Head)?;
    let mut mismatches = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path != HEAD) {
        let found = sha256(bytes);
        match listed.remove(path) {
            Some(listed) if listed == found => {}
            Some(listed) => mismatches.push(Mismatch::Changed {
                path: path.clone(),
                listed,
                found,
            }),
            None => mismatches.push(Mismatch::NotListed { path: path.clone() }),
        }
    }
    mismatches.extend(listed.into_keys().map(|path| Mismatch::Missing { path }));
    if mismatches.is_empty() {
        Ok(())
    } else {
        Err(ReleaseError::Digests(mismatches))
    }
}

/// Divides `release.toml` into the text before the line `[files]`, and what `[files]` lists.
///
/// None when there is no such line, or when head and list mean something else together than apart: nothing that is
/// left out of the digest may have a meaning of its own.
pub(crate) fn split_head(bytes: &[u8]) -> Option<(&str, BTreeMap<String, String>)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "[files]" {
            break;
        }
        start += line.len();
    }
    let (head, tail) = text.split_at_checked(start).filter(|(_, tail)| !tail.is_empty())?;
    let head_table = toml::from_str::<toml::Table>(head).ok()?;
    let mut tail_table = toml::from_str::<toml::Table>(tail).ok()?;
    if head_table.contains_key("files") || tail_table.len() != 1 {
        return None;
    }
    let toml::Value::Table(files) = tail_table.remove("files")? else {
        return None;
    };
    let listed = files.into_iter().map(|(path, digest)| match digest {
        toml::Value::String(digest) => Some((path, digest)),
        _ => None,
    });
    Some((head, listed.collect::<Option<_>>()?))
}

/// Writes the digests of all files below a folder into `[files]` of its `release.toml`; everything else in that file
/// stays as it is, comments too. Returns whether something changed.
///
/// # Errors
/// What [`read_folder`] refuses; [`ReleaseError::NoHead`] and [`ReleaseError::Head`] when there is nothing to write to.
pub fn write_digests(folder: &Path) -> Result<bool, ReleaseError> {
    let files = read_folder(folder)?;
    let head = files.iter().find(|(path, _)| path == HEAD);
    let (_, bytes) = head.ok_or(ReleaseError::NoHead)?;
    let before = std::str::from_utf8(bytes).map_err(|_| ReleaseError::Head)?;
    let after = with_digests(before, &files)?;
    if after == before {
        return Ok(false);
    }
    // Beside and then in place: a power cut leaves the old file or the new one.
    let (path, beside) = (folder.join(HEAD), folder.join(".release.toml.new"));
    fs::File::create(&beside)
        .and_then(|mut file| file.write_all(after.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, &path))
        .map_err(|source| io_error(&path, source))?;
    Ok(true)
}

pub(crate) fn with_digests(text: &str, files: &Files) -> Result<String, ReleaseError> {
    let mut document: DocumentMut = text.parse().map_err(|_| ReleaseError::Head)?;
    let item = document.entry("files").or_insert_with(|| Item::Table(Table::new()));
    let table = item.as_table_mut().ok_or(ReleaseError::Head)?;
    table.retain(|path, _| path != HEAD && files.iter().any(|(known, _)| known == path));
    for (path, bytes) in files.iter().filter(|(path, _)| path != HEAD) {
        let digest = sha256(bytes);
        match table.get_mut(path) {
            // Only the text is replaced, so that a comment behind it stays.
            Some(Item::Value(known)) => {
                if known.as_str() != Some(digest.as_str()) {
                    let decor = known.decor().clone();
                    *known = digest.into();
                    *known.decor_mut() = decor;
                }
            }
            _ => {
                table.insert(path, value(digest));
            }
        }
    }
    table.sort_values();
    let after = document.to_string();
    // What was just written must be readable: a table behind `[files]` would not be part of the digest.
    split_head(after.as_bytes()).ok_or(ReleaseError::Head)?;
    Ok(after)
}
