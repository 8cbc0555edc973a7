//! Why a command gave no answer, and the exit code that says so.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use ansinh_engine::Language;
use ansinh_engine::diagnostic::Severity;
use ansinh_engine::household::Problem;
use ansinh_release::ReleaseError;

use crate::page::Page;

/// Answered, or nothing was found wrong.
pub(crate) const GOOD: u8 = 0;
/// Findings in rules, or worked cases that failed.
pub(crate) const FOUND: u8 = 1;
/// Wrong use.
pub(crate) const WRONG_USE: u8 = 2;
/// Something that cannot be read.
pub(crate) const UNREADABLE: u8 = 3;
/// An error inside the program.
pub(crate) const INTERNAL: u8 = 4;

/// A command that gave no answer: an exit code, and what to tell.
#[derive(Debug)]
pub(crate) struct Failure {
    code: u8,
    text: String,
}

impl Failure {
    pub(crate) fn wrong_use(text: impl Into<String>) -> Failure {
        Failure {
            code: WRONG_USE,
            text: text.into(),
        }
    }

    pub(crate) fn unreadable(text: impl Into<String>) -> Failure {
        Failure {
            code: UNREADABLE,
            text: text.into(),
        }
    }

    pub(crate) fn internal(text: impl Into<String>) -> Failure {
        Failure {
            code: INTERNAL,
            text: text.into(),
        }
    }

    /// Returns the same as a finding in rules.
    pub(crate) fn found(self) -> Failure {
        Failure { code: FOUND, ..self }
    }

    /// Every mistake of a household file, each under its path.
    pub(crate) fn problems(file: &Path, problems: &[Problem], language: Language) -> Failure {
        let n = problems.len();
        let count = match (language, n) {
            (Language::Vi, n) => format!("{n} lỗi, chưa xét được hộ này"),
            (Language::En, 1) => "1 mistake; the household was not screened".to_owned(),
            (Language::En, n) => format!("{n} mistakes; the household was not screened"),
        };
        let mut page = Page::on_stderr();
        page.paragraph("", "  ", &format!("{}: {count}", file.display()));
        for problem in problems {
            page.paragraph("  ", "  ", &problem.path);
            page.paragraph("      ", "      ", language.pick(&problem.vi, &problem.en));
        }
        Failure::unreadable(page.into_text().trim_end())
    }

    /// Says it on standard error and returns the exit code.
    pub(crate) fn tell(self) -> u8 {
        // When even this cannot be written there is nobody left to tell.
        let _ = writeln!(anstream::stderr(), "ansinh: {}", self.text);
        self.code
    }
}

impl From<ReleaseError> for Failure {
    fn from(error: ReleaseError) -> Failure {
        let mut text = error.to_string();
        if let ReleaseError::Rules(found) = &error {
            let errors: Vec<_> = found.iter().filter(|f| f.severity == Severity::Error).collect();
            text = format!("the rules have {} errors (see them with `ansinh check`)", errors.len());
            for finding in errors.iter().take(5) {
                let _ = write!(text, "\n  {finding}");
            }
        }
        Failure::unreadable(text)
    }
}
