//! The national rules this program was built with.

use std::sync::OnceLock;

use include_dir::{Dir, include_dir};

use crate::{Files, Release, ReleaseError};

static NATIONAL: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../rules/vn");

/// Returns the national rules built into the program, compiled at the first call, without their worked cases.
///
/// # Errors
/// As for a folder; a program whose own rules do not compile was never tested.
pub fn built_in() -> Result<&'static Release, ReleaseError> {
    static RELEASE: OnceLock<Release> = OnceLock::new();
    if let Some(release) = RELEASE.get() {
        return Ok(release);
    }
    let release = Release::compile_without_cases(built_in_files())?;
    Ok(RELEASE.get_or_init(|| release))
}

/// Returns the files of the national rules built into the program, by path.
pub fn built_in_files() -> Files {
    let mut files = Files::new();
    gather(&NATIONAL, &mut files);
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
