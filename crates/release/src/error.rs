//! Why a release was not loaded, or is not what it says.

use std::fmt;
use std::io;
use std::path::PathBuf;

use ansinh_engine::diagnostic::Diagnostic;
use thiserror::Error;

/// Why a release was not loaded, verified or written.
#[derive(Debug, Error)]
pub enum ReleaseError {
    /// A file or folder could not be read or written.
    #[error("`{}` cannot be read or written: {source}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What is to be loaded is no folder.
    #[error("`{}` is not a folder", path.display())]
    NotAFolder {
        /// Which.
        path: PathBuf,
    },
    /// A link: where it leads can be changed, or lies outside.
    #[error("`{}` is a link; a folder of rules holds plain files and folders", path.display())]
    Link {
        /// Which.
        path: PathBuf,
    },
    /// Neither file nor folder: a pipe, a device.
    #[error("`{}` is neither a file nor a folder", path.display())]
    NotAFile {
        /// Which.
        path: PathBuf,
    },
    /// A name that is no Unicode text, or holds control characters or backslashes.
    #[error("`{}` has a name that rule files cannot have", path.display())]
    Name {
        /// Which.
        path: PathBuf,
    },
    /// More files, deeper folders or more bytes than rules ever need.
    #[error("`{}` is too large for a folder of rules: more than {limit}", path.display())]
    TooLarge {
        /// Where the limit was passed.
        path: PathBuf,
        /// Which limit, in words.
        limit: String,
    },
    /// No `release.toml`.
    #[error("there is no `release.toml`: this is not a folder of rules")]
    NoHead,
    /// An overlay, and the rules it lies over are neither beside it nor built in.
    #[error("the rules `{id}` that it extends are not here; name their folder first")]
    NoBase {
        /// The id of the rules.
        id: String,
    },
    /// Two overlays in folders of the same name.
    #[error("two folders are called `{name}`")]
    Twice {
        /// The name.
        name: String,
    },
    /// A folder of rules with overlays inside: each is a release of its own.
    #[error("`{path}`: an overlay lies in a folder beside the rules it extends, not in theirs")]
    Nested {
        /// A file of it.
        path: String,
    },
    /// `release.toml` cannot be divided into a head and `[files]`.
    #[error("`release.toml` must be TOML, hold a table `[files]` of texts, and nothing behind it")]
    Head,
    /// Files differ from what `[files]` says.
    #[error("{}", list(.0))]
    Digests(Vec<Mismatch>),
    /// The rules have errors; all findings, warnings too.
    #[error("the rules have {} findings", .0.len())]
    Rules(Vec<Diagnostic>),
}

/// One file that is not as `[files]` of its release says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mismatch {
    /// Other bytes.
    Changed {
        /// Path of the file.
        path: String,
        /// The digest written in `[files]`.
        listed: String,
        /// The digest of the file.
        found: String,
    },
    /// A file that `[files]` does not name.
    NotListed {
        /// Path of the file.
        path: String,
    },
    /// A file that is named and not there.
    Missing {
        /// Path of the file.
        path: String,
    },
}

impl Mismatch {
    /// Returns the same for the file at another path.
    pub(crate) fn at(self, place: impl Fn(&str) -> String) -> Mismatch {
        match self {
            Mismatch::Changed { path, listed, found } => Mismatch::Changed {
                path: place(&path),
                listed,
                found,
            },
            Mismatch::NotListed { path } => Mismatch::NotListed { path: place(&path) },
            Mismatch::Missing { path } => Mismatch::Missing { path: place(&path) },
        }
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Mismatch::Changed { path, .. } | Mismatch::NotListed { path } | Mismatch::Missing { path } => path,
        }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mismatch::Changed { path, .. } => write!(f, "`{path}` was changed"),
            Mismatch::NotListed { path } => write!(f, "`{path}` is not listed"),
            Mismatch::Missing { path } => write!(f, "`{path}` is listed and not there"),
        }
    }
}

fn list(mismatches: &[Mismatch]) -> String {
    let all: Vec<String> = mismatches.iter().map(Mismatch::to_string).collect();
    all.join("; ")
}
