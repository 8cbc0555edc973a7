//! Releases: numbered bundles of rule files, identified by the digest of their exact bytes.
//!
//! A release comes from a folder or is built into the program; either way what is compiled is what the digest names.
//! Folders are taken for hostile: links, paths that leave the folder, odd names and bulk are refused. This crate
//! decides nothing about the law.
//!
//! A release travels as one signed file: [`sign`], [`verify_package`]. Which keys a machine trusts, and from which day a
//! release is in force there, its caller keeps.
//!
//! # The digest
//!
//! SHA-256 over one line `<sha256 of the file>  <path>\n` for every file but `release.toml`, by path, and behind them
//! the head of `release.toml`: its bytes up to the line `[files]`. With the usual tools of a shell, in the folder:
//!
//! ```text
//! { find * -name '*.toml' ! -path release.toml | LC_ALL=C sort | xargs sha256sum
//!   sed '/^\[files\]/,$d' release.toml; } | sha256sum
//! ```
//!
//! An overlay is a release of its own, with a digest of its own; an answer given under both names both.
//!
//! `[files]` repeats the digest of every other file, so that a reader can see which one was changed: [`verify`]
//! compares. Nothing may stand behind it.

mod accept;
mod built_in;
pub mod diff;
mod digest;
pub mod edit;
mod error;
mod folder;
mod head;
mod keys;
mod layers;
mod listing;
mod package;
mod reach;
mod written;

use std::sync::Arc;

use ansinh_engine::RuleSet;
use ansinh_engine::diagnostic::Diagnostic;

pub use accept::{Earlier, Verified, verify_package};
pub use built_in::{built_in, built_in_files, built_in_for, built_in_overlay, provinces_with_rules};
pub use digest::{digest_of, sha256};
pub use error::{Mismatch, PackageError, ReleaseError};
pub use folder::{LARGEST_FOLDER, MOST_FILES, read_folder};
pub use head::{Head, Issue, Restored, begun, issued};
pub use keys::{KeyError, NewKey, PublicKey, SHORTEST_PASSWORD, SigningKey, new_key};
pub use layers::{Layers, apart, laid_over, read_layers};
pub use listing::{verify, verify_files, write_digests};
pub use package::{PACKAGE_ENDING, Unpacked, open, pack, sign, signer_of, unpack};
pub use reach::programmes_that_may_differ;

/// The path of the file that names the release.
pub const HEAD: &str = "release.toml";

/// Rule files: path with `/` and exact bytes, by path.
pub type Files = Vec<(String, Vec<u8>)>;

/// A release whose rules were checked and compiled. A clone shares them.
#[derive(Clone, Debug)]
pub struct Release {
    /// `vn`, or a province's id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// The digest of the national rules: lower-case hexadecimal SHA-256. Those of overlays stand in the tag of `rules`.
    pub digest: String,
    /// Its files, by path; those of overlays too.
    pub files: Arc<Files>,
    /// What the checker warned of.
    pub warnings: Vec<Diagnostic>,
    /// Its rules.
    pub rules: Arc<RuleSet>,
}

impl Release {
    /// Checks and compiles rule files.
    ///
    /// # Errors
    /// [`ReleaseError::Rules`] with every finding when one of them is an error; [`ReleaseError::NoHead`] without a
    /// `release.toml`. Digests written in `[files]` are not compared: see [`verify`].
    pub fn compile(files: Files) -> Result<Release, ReleaseError> {
        let digest = digest_of_base(&files);
        let compiled = ansinh_engine::compile(&files, &digest);
        Release::compiled(files, digest, compiled)
    }

    /// Checks and compiles rule files without their worked cases, which judge rules and nobody else: three quarters of
    /// the text, and of the time before a first answer.
    ///
    /// # Errors
    /// See [`Release::compile`].
    pub fn compile_without_cases(files: Files) -> Result<Release, ReleaseError> {
        let digest = digest_of_base(&files);
        Release::without_cases(files, digest)
    }

    fn without_cases(files: Files, digest: String) -> Result<Release, ReleaseError> {
        let is_rule = |(path, _): &&(String, Vec<u8>)| !path.ends_with("/cases.toml");
        let rules: Files = files.iter().filter(is_rule).cloned().collect();
        let compiled = ansinh_engine::compile(&rules, &digest);
        Release::compiled(files, digest, compiled)
    }

    fn compiled(
        files: Files,
        digest: String,
        (rules, found): (Option<RuleSet>, Vec<Diagnostic>),
    ) -> Result<Release, ReleaseError> {
        if !files.iter().any(|(path, _)| path == HEAD) {
            return Err(ReleaseError::NoHead);
        }
        let Some(mut rules) = rules else {
            return Err(ReleaseError::Rules(found));
        };
        // In the order of their folders, like the tags.
        for (tag, (_, digest)) in rules.tag.overlays.iter_mut().zip(layers::digests(&files)) {
            tag.digest = digest;
        }
        Ok(Release {
            id: rules.tag.id.clone(),
            number: rules.tag.number,
            digest,
            files: Arc::new(files),
            warnings: found,
            rules: Arc::new(rules),
        })
    }
}

fn digest_of_base(files: &Files) -> String {
    let mut layers = apart(files);
    digest_of(&layers.swap_remove(0).1)
}

/// Loads and compiles the rule files below a folder; of an overlay, together with the rules it extends.
///
/// # Errors
/// See [`read_layers`] and [`Release::compile`].
pub fn load_folder(folder: &std::path::Path) -> Result<Release, ReleaseError> {
    Release::compile(read_layers(&[folder.to_path_buf()])?.files)
}

#[cfg(test)]
mod tests;
