//! The national rules this program was built with.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use include_dir::{Dir, include_dir};

use crate::digest::digest_as_listed;
use crate::listing::area;
use crate::{Files, Release, ReleaseError, laid_over};

static NATIONAL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../rules/vn");

/// The rules of places over them, by folder.
static LOCAL: [(&str, Dir<'_>); 5] = [
    (
        "vn-01-ha-noi",
        include_dir!("$CARGO_MANIFEST_DIR/../../rules/vn-01-ha-noi"),
    ),
    (
        "vn-22-quang-ninh",
        include_dir!("$CARGO_MANIFEST_DIR/../../rules/vn-22-quang-ninh"),
    ),
    (
        "vn-31-hai-phong",
        include_dir!("$CARGO_MANIFEST_DIR/../../rules/vn-31-hai-phong"),
    ),
    (
        "vn-48-da-nang",
        include_dir!("$CARGO_MANIFEST_DIR/../../rules/vn-48-da-nang"),
    ),
    (
        "vn-79-ho-chi-minh",
        include_dir!("$CARGO_MANIFEST_DIR/../../rules/vn-79-ho-chi-minh"),
    ),
];

/// Returns the national rules built into the program, compiled at the first call, without their worked cases.
///
/// # Errors
/// As for a folder; a program whose own rules do not compile was never tested.
pub fn built_in() -> Result<&'static Release, ReleaseError> {
    static RELEASE: OnceLock<Release> = OnceLock::new();
    if let Some(release) = RELEASE.get() {
        return Ok(release);
    }
    let files = built_in_files();
    // A test sees to it that what is listed is what is built in: an old computer takes long to compare three megabytes.
    let release = match digest_as_listed(&files) {
        Some(digest) => Release::without_cases(files, digest)?,
        None => Release::compile_without_cases(files)?,
    };
    Ok(RELEASE.get_or_init(|| release))
}

/// Returns the rules for a province, by its code: the national ones with those of the province over them, where the program
/// has any. Compiled at the first call for a province, without worked cases.
///
/// # Errors
/// As for a folder; a program whose own rules do not compile was never tested.
pub fn built_in_for(province: &str) -> Result<&'static Release, ReleaseError> {
    static RELEASES: Mutex<BTreeMap<&str, &Release>> = Mutex::new(BTreeMap::new());
    let of_province = |(_, dir): &&(&str, Dir<'_>)| area(&files_of(dir)).as_deref() == Some(province);
    let Some((folder, dir)) = LOCAL.iter().find(of_province) else {
        return built_in();
    };
    let mut releases = RELEASES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(release) = releases.get(folder) {
        return Ok(release);
    }
    let files = laid_over(built_in_files(), vec![((*folder).to_owned(), files_of(dir))])?;
    // Lives as long as the process, like the national rules.
    let release: &Release = Box::leak(Box::new(Release::compile_without_cases(files)?));
    releases.insert(folder, release);
    Ok(release)
}

/// Returns the rules of a province over the national ones, where the program has any: the name of their folder, and their
/// files.
pub fn built_in_overlay(province: &str) -> Option<(String, Files)> {
    let all = LOCAL.iter().map(|(folder, dir)| ((*folder).to_owned(), files_of(dir)));
    all.into_iter()
        .find(|(_, files)| area(files).as_deref() == Some(province))
}

/// Returns the codes of the provinces that have rules of their own in this program.
pub fn provinces_with_rules() -> Vec<String> {
    LOCAL.iter().filter_map(|(_, dir)| area(&files_of(dir))).collect()
}

/// Returns the files of the national rules built into the program, by path.
pub fn built_in_files() -> Files {
    files_of(&NATIONAL)
}

fn files_of(dir: &Dir<'_>) -> Files {
    let mut files = Files::new();
    gather(dir, &mut files);
    files.sort();
    files
}

fn gather(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        // A path with the separator of the system the program was built on.
        let path = file.path().to_string_lossy().replace('\\', "/");
        if path.ends_with(".toml") {
            files.push((path, file.contents().to_vec()));
        }
    }
    dir.dirs().for_each(|below| gather(below, files));
}
