//! Folders that lie over one another: the national rules, and what places put over them.
//!
//! Each is a release of its own, with its own digest and list of files. Laid together their files form one set, in which those of
//! an overlay stand below `overlays/FOLDER/`; that is what is checked and compiled.

use std::path::{Path, PathBuf};

use ansinh_engine::read::{overlay_of, path_in_overlay};

use crate::listing::extends;
use crate::{Files, HEAD, ReleaseError, built_in_files, digest_of, read_folder};

/// Rule files of several folders, laid over one another.
#[derive(Debug)]
pub struct Layers {
    /// All files, as they are compiled.
    pub files: Files,
    /// The folder of the national rules; none for those built in.
    pub base: Option<PathBuf>,
    /// The folders over it, each with the name it goes by in `files`.
    pub overlays: Vec<(String, PathBuf)>,
}

impl Layers {
    /// Returns where a file of `files` lies on this machine; for rules built in, its path alone.
    #[must_use]
    pub fn place_of(&self, path: &str) -> PathBuf {
        match overlay_of(path) {
            Some((name, own_path)) => {
                let folder = self.overlays.iter().find(|(known, _)| known == name);
                folder.map_or_else(|| PathBuf::from(path), |(_, folder)| folder.join(own_path))
            }
            None => self
                .base
                .as_deref()
                .map_or_else(|| PathBuf::from(path), |base| base.join(path)),
        }
    }
}

/// Reads folders of rules: first the national one, where it is given, then overlays.
///
/// Without the national folder the one beside the first overlay is taken that has the id it `extends`, or the rules built in
/// where they have that id. No folder at all means the rules built in.
///
/// # Errors
/// What [`read_folder`] refuses; [`ReleaseError::NoBase`] when the rules to lie over are nowhere, [`ReleaseError::Twice`] and
/// [`ReleaseError::Nested`] when the folders cannot be laid over one another.
pub fn read_layers(folders: &[PathBuf]) -> Result<Layers, ReleaseError> {
    let mut read: Vec<(&Path, Files)> = Vec::new();
    for folder in folders {
        read.push((folder, read_folder(folder)?));
    }
    let (base, base_files) = match read.first() {
        None => (None, built_in_files()),
        Some((folder, files)) => match extends(files) {
            Some(id) => beside(folder, &id)?,
            None => {
                let (folder, files) = read.remove(0);
                (Some(folder.to_path_buf()), files)
            }
        },
    };
    let mut overlays = Vec::new();
    let mut over = Vec::new();
    for (folder, files) in read {
        let name = name_of(folder)?;
        overlays.push((name.clone(), folder.to_path_buf()));
        over.push((name, files));
    }
    Ok(Layers {
        files: laid_over(base_files, over)?,
        base,
        overlays,
    })
}

/// Lays the files of overlays, each with the name of its folder, over those of the national rules.
///
/// # Errors
/// [`ReleaseError::Nested`] when files lie below `overlays/` already, [`ReleaseError::Twice`] when two have the same name.
pub fn laid_over(base: Files, overlays: Vec<(String, Files)>) -> Result<Files, ReleaseError> {
    let mut all = base;
    let mut names: Vec<String> = Vec::new();
    let nested = |files: &Files| {
        files
            .iter()
            .find(|(path, _)| path.starts_with("overlays/"))
            .map(|(path, _)| path.clone())
    };
    if let Some(path) = nested(&all) {
        return Err(ReleaseError::Nested { path });
    }
    for (name, files) in overlays {
        if let Some(path) = nested(&files) {
            return Err(ReleaseError::Nested { path });
        }
        if names.contains(&name) {
            return Err(ReleaseError::Twice { name });
        }
        all.extend(
            files
                .into_iter()
                .map(|(path, bytes)| (path_in_overlay(&name, &path), bytes)),
        );
        names.push(name);
    }
    all.sort();
    Ok(all)
}

/// Takes files laid over one another apart: the national ones, then each overlay by the name of its folder.
pub fn apart(files: &Files) -> Vec<(Option<String>, Files)> {
    let mut layers: Vec<(Option<String>, Files)> = vec![(None, Files::new())];
    for (path, bytes) in files {
        let (name, own_path) = match overlay_of(path) {
            Some((name, own_path)) => (Some(name.to_owned()), own_path),
            None => (None, path.as_str()),
        };
        let file = (own_path.to_owned(), bytes.clone());
        match layers.iter_mut().find(|(known, _)| *known == name) {
            Some((_, files)) => files.push(file),
            None => layers.push((name, vec![file])),
        }
    }
    // The order in which they are compiled.
    layers.sort_by(|a, b| a.0.cmp(&b.0));
    layers
}

/// Returns the digest of each overlay, by the name of its folder.
pub(crate) fn digests(files: &Files) -> Vec<(String, String)> {
    let layers = apart(files).into_iter();
    layers
        .filter_map(|(name, files)| Some((name?, digest_of(&files))))
        .collect()
}

fn name_of(folder: &Path) -> Result<String, ReleaseError> {
    // The folder itself may be named by a link or by `.`.
    let whole = folder
        .canonicalize()
        .map_err(|source| crate::folder::io_error(folder, source))?;
    let name = whole.file_name().and_then(|name| name.to_str()).map(str::to_owned);
    name.ok_or_else(|| ReleaseError::Name {
        path: folder.to_path_buf(),
    })
}

/// Returns the rules of that id: those in the folder beside, or those built in.
fn beside(folder: &Path, id: &str) -> Result<(Option<PathBuf>, Files), ReleaseError> {
    let whole = folder
        .canonicalize()
        .map_err(|source| crate::folder::io_error(folder, source))?;
    if let Some(parent) = whole.parent() {
        let candidate = parent.join(id.replace('_', "-"));
        if candidate.join(HEAD).is_file() {
            // Named as the overlay was, so that findings show the path the user knows.
            let named = folder.parent().map(|parent| parent.join(id.replace('_', "-")));
            let named = named.filter(|named| named.join(HEAD).is_file());
            let files = read_folder(&candidate)?;
            return Ok((Some(named.unwrap_or(candidate)), files));
        }
    }
    let built_in = built_in_files();
    match crate::listing::id_of(&built_in) {
        Some(known) if known == id => Ok((None, built_in)),
        _ => Err(ReleaseError::NoBase { id: id.to_owned() }),
    }
}
