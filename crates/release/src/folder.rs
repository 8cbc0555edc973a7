//! Rule files from a folder that anybody may have made.
//!
//! Only `.toml` files are read. Links, devices, odd names and bulk are errors: a folder of rules has none of them, so
//! whoever meets one should look.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::{Files, ReleaseError};

/// All rule files of a folder together have at most so many bytes.
pub const LARGEST_FOLDER: u64 = 64 * 1024 * 1024;

/// A folder of rules holds at most so many files and folders, of any kind.
pub const MOST_FILES: usize = 20_000;

/// Rule files lie three folders deep; this leaves room and still ends.
const DEEPEST: usize = 8;

/// Reads the `.toml` files below a folder, by path.
///
/// # Errors
/// What cannot be read, and everything a folder of rules does not have.
pub fn read_folder(folder: &Path) -> Result<Files, ReleaseError> {
    // The folder itself may be reached through links: the user named it.
    let root = fs::canonicalize(folder).map_err(|source| io_error(folder, source))?;
    if !root.is_dir() {
        return Err(ReleaseError::NotAFolder {
            path: folder.to_path_buf(),
        });
    }
    let mut walk = Walk {
        files: Files::new(),
        n_entries: 0,
        n_bytes: 0,
    };
    walk.below(&root, "", 0)?;
    walk.files.sort();
    Ok(walk.files)
}

struct Walk {
    files: Files,
    n_entries: usize,
    n_bytes: u64,
}

impl Walk {
    fn below(&mut self, folder: &Path, prefix: &str, depth: usize) -> Result<(), ReleaseError> {
        let too_large = |limit: String| ReleaseError::TooLarge {
            path: folder.to_path_buf(),
            limit,
        };
        if depth > DEEPEST {
            return Err(too_large(format!("{DEEPEST} folders deep")));
        }
        for entry in fs::read_dir(folder).map_err(|source| io_error(folder, source))? {
            let entry = entry.map_err(|source| io_error(folder, source))?;
            self.n_entries += 1;
            if self.n_entries > MOST_FILES {
                return Err(too_large(format!("{MOST_FILES} files")));
            }
            let path = entry.path();
            let name = entry.file_name();
            // A line break in a name could forge a line of the listing the digest is made of.
            let Some(name) = name
                .to_str()
                .filter(|name| !name.contains(|c: char| c.is_control() || c == '\\'))
            else {
                return Err(ReleaseError::Name { path });
            };
            let kind = entry.file_type().map_err(|source| io_error(&path, source))?;
            if kind.is_symlink() {
                return Err(ReleaseError::Link { path });
            } else if kind.is_dir() {
                self.below(&path, &format!("{prefix}{name}/"), depth + 1)?;
            } else if !kind.is_file() {
                return Err(ReleaseError::NotAFile { path });
            } else if name.ends_with(".toml") {
                self.file(&path, format!("{prefix}{name}"))?;
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: String) -> Result<(), ReleaseError> {
        let left = LARGEST_FOLDER.saturating_sub(self.n_bytes);
        let mut bytes = Vec::new();
        // The limit holds while reading, whatever the file's size was said to be.
        let n_read = File::open(path)
            .and_then(|file| file.take(left + 1).read_to_end(&mut bytes))
            .map_err(|source| io_error(path, source))?;
        self.n_bytes += u64::try_from(n_read).unwrap_or(u64::MAX);
        if self.n_bytes > LARGEST_FOLDER {
            return Err(ReleaseError::TooLarge {
                path: path.to_path_buf(),
                limit: format!("{LARGEST_FOLDER} bytes"),
            });
        }
        self.files.push((name, bytes));
        Ok(())
    }
}

pub(crate) fn io_error(path: &Path, source: io::Error) -> ReleaseError {
    ReleaseError::Io {
        path: path.to_path_buf(),
        source,
    }
}
