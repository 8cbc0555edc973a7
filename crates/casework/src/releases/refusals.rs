//! Why a release was refused, as the screen says it: one word each, with its values. What was in force stays.

use ansinh_engine::diagnostic::Severity;
use ansinh_release::{Mismatch, PackageError, ReleaseError};

use crate::failure::problem;
use crate::wire::{Failure, Problem};

const MOST_FINDINGS: usize = 20;

impl From<PackageError> for Failure {
    fn from(error: PackageError) -> Failure {
        let refused = |why: &str| Failure::of("release_refused").with("why", why);
        match error {
            PackageError::NotAPackage => refused("not_a_package"),
            PackageError::NewerForm { found } => refused("newer_form").with("found", found),
            PackageError::TooLarge { at_most } => refused("too_large").with("at_most", at_most / 1024 / 1024),
            PackageError::GarbledSignature => refused("garbled_signature"),
            PackageError::UnknownKey { key } => refused("unknown_key").with("key", key),
            PackageError::BadSignature => refused("bad_signature"),
            PackageError::OtherComment => refused("other_comment"),
            PackageError::Garbled { at } => refused("garbled").with("at", at),
            PackageError::CutShort { path } => refused("cut_short").with("path", path),
            PackageError::TooMany { at_most } => refused("too_many").with("at_most", at_most),
            PackageError::Path { path } => refused("path").with("path", path),
            PackageError::Twice { path } => refused("twice").with("path", path),
            PackageError::OutOfOrder { path } => refused("out_of_order").with("path", path),
            PackageError::NoDay => refused("no_day"),
            PackageError::NewerLanguage { found, supported } => refused("newer_language")
                .with("found", found)
                .with("supported", supported),
            PackageError::HereAlready => refused("here_already"),
            PackageError::SameNumber { number, known } => {
                refused("same_number").with("number", number).with("known", known)
            }
            PackageError::OlderNumber { number, known } => {
                refused("older_number").with("number", number).with("known", known)
            }
            PackageError::Key(error) => Failure::from(error),
            PackageError::Release(error) => of_release(error),
        }
    }
}

fn of_release(error: ReleaseError) -> Failure {
    let refused = |why: &str| Failure::of("release_refused").with("why", why);
    match error {
        ReleaseError::Digests(mismatches) => Failure {
            problems: mismatches.iter().map(mismatched).collect(),
            ..refused("files")
        },
        ReleaseError::Rules(found) => {
            let errors = found.iter().filter(|found| found.severity == Severity::Error);
            let said = |text: String| problem("$", text.clone(), text);
            Failure {
                problems: errors
                    .take(MOST_FINDINGS)
                    .map(|found| said(found.to_string()))
                    .collect(),
                ..refused("rules")
            }
        }
        ReleaseError::NoHead | ReleaseError::Head => refused("no_head"),
        ReleaseError::Nested { path } => refused("path").with("path", path),
        error @ (ReleaseError::Io { .. }
        | ReleaseError::NotAFolder { .. }
        | ReleaseError::Link { .. }
        | ReleaseError::NotAFile { .. }
        | ReleaseError::Name { .. }
        | ReleaseError::TooLarge { .. }
        | ReleaseError::NoBase { .. }
        | ReleaseError::Twice { .. }) => Failure::from(&error),
    }
}

fn mismatched(mismatch: &Mismatch) -> Problem {
    let path = mismatch.path();
    match mismatch {
        Mismatch::Changed { .. } => problem(
            "$",
            format!("{path}: nội dung đã bị đổi"),
            format!("{path}: was changed"),
        ),
        Mismatch::NotListed { .. } => problem(
            "$",
            format!("{path}: không có trong danh mục"),
            format!("{path}: is not listed"),
        ),
        Mismatch::Missing { .. } => problem("$", format!("{path}: bị thiếu"), format!("{path}: is missing")),
    }
}
