//! `ansinh fmt`: rule files in their form.

use std::fs;
use std::path::{Path, PathBuf};

use ansinh_engine::format::format;
use ansinh_release::read_folder;

use crate::arguments::Fmt;
use crate::failure::{FOUND, Failure, GOOD};
use crate::input::folder_to_check;
use crate::page::Page;

pub(crate) fn fmt(asked: &Fmt) -> Result<u8, Failure> {
    let mut paths = asked.paths.clone();
    if paths.is_empty() {
        let usual = folder_to_check(None);
        paths.push(usual.ok_or_else(|| Failure::wrong_use("there is no rules/vn here: name a folder or a file"))?);
    }
    let mut files = Vec::new();
    for path in &paths {
        files.extend(files_of(path)?);
    }
    let mut page = Page::new();
    let (mut n_changed, mut n_broken) = (0, 0);
    for (path, bytes) in &files {
        let shown = path.display().to_string();
        let text = std::str::from_utf8(bytes).ok();
        let Some((text, formatted)) = text.and_then(|text| Some((text, format(&with_slashes(path), text)?))) else {
            n_broken += 1;
            page.item(&format!("{shown} is not TOML: see `ansinh check`"));
            continue;
        };
        if text == formatted {
            continue;
        }
        n_changed += 1;
        if asked.check {
            page.item(&format!("{shown} is not in its form"));
        } else {
            replace(path, &formatted)?;
            page.item(&format!("{shown} was put into its form"));
        }
    }
    let n = files.len();
    let what = if asked.check { "not in their form" } else { "changed" };
    page.paragraph("", "  ", &format!("{n} files, {n_changed} {what}, {n_broken} not TOML"));
    page.show()?;
    Ok(if n_broken > 0 || (asked.check && n_changed > 0) {
        FOUND
    } else {
        GOOD
    })
}

/// Returns a file, or the rule files of a folder, with their bytes.
fn files_of(path: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    if path.is_dir() {
        let files = read_folder(path)?;
        return Ok(files
            .into_iter()
            .map(|(name, bytes)| (path.join(name), bytes))
            .collect());
    }
    let bytes = fs::read(path).map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))?;
    Ok(vec![(path.to_path_buf(), bytes)])
}

fn with_slashes(path: &Path) -> String {
    let parts: Vec<_> = path
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/")
}

/// Writes beside the file first, so that a power cut leaves the old one or the new one.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let beside = path.with_extension("toml.new");
    let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| Failure::unreadable(format!("{}: {error}", path.display())))
}
