//! Why a release was not loaded, or is not what it says.

use std::fmt;
use std::io;
use std::path::PathBuf;

use ansinh_engine::diagnostic::Diagnostic;
use thiserror::Error;

use crate::KeyError;

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

/// Why a package was not made, or not accepted. What was in force before stays so.
#[derive(Debug, Error)]
pub enum PackageError {
    /// Not a package at all.
    #[error("this is not a release: it does not begin as one")]
    NotAPackage,
    /// A form of packages that is not known yet.
    #[error("the file has form {found}; a newer version of the program is needed")]
    NewerForm {
        /// The form it says.
        found: u64,
    },
    /// More bytes than rules ever need.
    #[error("the file is too large: more than {at_most} bytes")]
    TooLarge {
        /// The limit.
        at_most: u64,
    },
    /// The lines of the signature cannot be read.
    #[error("the signature at its beginning is garbled or missing")]
    GarbledSignature,
    /// Signed by a key that is not trusted here.
    #[error("it is signed with the key {key}, which is not trusted here")]
    UnknownKey {
        /// The number of the key.
        key: String,
    },
    /// Changed after it was signed, or not signed by the key it names.
    #[error("the signature does not fit: the file was changed after it was signed")]
    BadSignature,
    /// A comment that was signed with other contents.
    #[error("the signed comment speaks of another release than the one in the file")]
    OtherComment,
    /// Something stands where a file or the end should begin.
    #[error("it cannot be read on from byte {at} of its contents")]
    Garbled {
        /// Where, behind the signature.
        at: usize,
    },
    /// The file says it is longer than the package.
    #[error("`{path}` is cut short")]
    CutShort {
        /// Which.
        path: String,
    },
    /// More files than rules ever need.
    #[error("it holds more than {at_most} files")]
    TooMany {
        /// The limit.
        at_most: usize,
    },
    /// A path that leads elsewhere, or that no rule file has.
    #[error("`{path}` is no path of a rule file")]
    Path {
        /// As it was written, with what cannot be shown escaped.
        path: String,
    },
    /// The same file twice.
    #[error("it holds `{path}` twice")]
    Twice {
        /// Which.
        path: String,
    },
    /// Files stand in the order of their paths.
    #[error("`{path}` does not stand in its place")]
    OutOfOrder {
        /// Which.
        path: String,
    },
    /// No day from which it is in force.
    #[error("`release.toml` does not say from which day it is in force")]
    NoDay,
    /// A later version of the rule language.
    #[error(
        "it is written for language {found}, this program knows {supported}; a newer version of the program is needed"
    )]
    NewerLanguage {
        /// The version it says.
        found: u32,
        /// The newest this program knows.
        supported: u32,
    },
    /// This very release is known.
    #[error("this release is here already")]
    HereAlready,
    /// A known number, with other contents.
    #[error("there is another release with number {number}, with the digest {known}")]
    SameNumber {
        /// The number of both.
        number: u32,
        /// The digest of the one that is known.
        known: String,
    },
    /// A number below that of a release that is known.
    #[error("its number {number} lies below {known}, which is here already")]
    OlderNumber {
        /// Its number.
        number: u32,
        /// The highest known.
        known: u32,
    },
    /// No release, files that are not as listed, or rules with errors.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// The key did not sign.
    #[error(transparent)]
    Key(KeyError),
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
