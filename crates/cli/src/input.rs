//! What a command reads: rules, a household, the month.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ansinh_casework::today;
use ansinh_engine::household::read_household;
use ansinh_engine::{Household, Language, Month, RuleSet};
use ansinh_release::{Layers, Release, built_in, read_layers};

use crate::failure::Failure;

/// A household file is at most so many bytes long; thirty persons with every fact and paper take a hundredth of it.
const LARGEST_HOUSEHOLD: u64 = 8 * 1024 * 1024;

/// Returns the rules of a folder, or those built in, with what lies over them.
pub(crate) fn release(folder: Option<&Path>, overlays: &[PathBuf]) -> Result<&'static Release, Failure> {
    if folder.is_none() && overlays.is_empty() {
        return Ok(built_in()?);
    }
    let folders: Vec<PathBuf> = folder
        .map(Path::to_path_buf)
        .into_iter()
        .chain(overlays.iter().cloned())
        .collect();
    let layers = read_layers(&folders)?;
    if layers.overlays.len() < overlays.len() {
        let text = "what lies over other rules names them with `extends` in its release.toml";
        return Err(Failure::wrong_use(text));
    }
    // Lives as long as the process, like the rules built in.
    Ok(Box::leak(Box::new(Release::compile(layers.files)?)))
}

/// Returns the rule files of the folders named; else those of `rules/vn` where it is in this folder; else those built in.
pub(crate) fn layers(named: &[PathBuf]) -> Result<Layers, Failure> {
    let usual: Vec<PathBuf> = folder_to_check(None).into_iter().collect();
    Ok(read_layers(if named.is_empty() { &usual } else { named })?)
}

/// Returns the folder named, `rules/vn` where it is in this folder, or none for the rules built in.
pub(crate) fn folder_to_check(named: Option<&Path>) -> Option<PathBuf> {
    let usual = Path::new("rules/vn");
    named
        .map(Path::to_path_buf)
        .or_else(|| usual.join(ansinh_release::HEAD).is_file().then(|| usual.to_path_buf()))
}

/// Reads a household file, or standard input for `-`.
pub(crate) fn household(rules: &RuleSet, file: &Path, language: Language) -> Result<Household, Failure> {
    let mut bytes = Vec::new();
    let limit = LARGEST_HOUSEHOLD + 1;
    let read = if file == Path::new("-") {
        io::stdin().lock().take(limit).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|open| open.take(limit).read_to_end(&mut bytes))
    };
    let n_read = read.map_err(|error| Failure::unreadable(format!("{}: {error}", file.display())))?;
    if u64::try_from(n_read).unwrap_or(u64::MAX) > LARGEST_HOUSEHOLD {
        let text = format!(
            "{}: more than {LARGEST_HOUSEHOLD} bytes are no household",
            file.display()
        );
        return Err(Failure::unreadable(text));
    }
    read_household(rules, &bytes).map_err(|problems| Failure::problems(file, &problems, language))
}

/// Returns the month asked for, or this one.
pub(crate) fn month(asked: Option<Month>) -> Month {
    asked.unwrap_or_else(|| Month::of(today()))
}
