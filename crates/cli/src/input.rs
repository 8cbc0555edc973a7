//! What a command reads: rules, a household, the month.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ansinh_casework::today;
use ansinh_engine::household::read_household;
use ansinh_engine::{Household, Language, Month, RuleSet};
use ansinh_release::{Release, built_in, load_folder};

use crate::failure::Failure;

/// A household file is at most so many bytes long; thirty persons with every fact and paper take a hundredth of it.
const LARGEST_HOUSEHOLD: u64 = 8 * 1024 * 1024;

/// Returns the rules of a folder, or those built in.
pub(crate) fn release(folder: Option<&Path>) -> Result<&'static Release, Failure> {
    match folder {
        // Lives as long as the process, like the rules built in.
        Some(folder) => Ok(Box::leak(Box::new(load_folder(folder)?))),
        None => Ok(built_in()?),
    }
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
