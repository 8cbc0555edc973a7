//! The register of instruments: which legal texts the rule files name, what rests on each, and what is due for another look.
//!
//! It says what stands in the files and nothing more: a text that no file declares is not in it, and where no file gives an
//! end, none is known. It reads no law and knows no day of its own: which day is today is asked of the caller.

mod article;
mod due;
mod entries;
mod page;
mod uses;

use jiff::civil::Date;

use crate::read::{InstrumentFile, ParameterFile, ProgrammeFile, RuleFiles};

pub use article::{ArticleError, ArticleReport, citation_in};
pub use due::{Due, DueKind, DueReason, Ending, ToCheck};
pub use entries::{Entries, Entry, Named, ParameterUse, ProgrammeUse, ValueUse, VersionUse};
pub use page::stage_words;
pub use uses::{Kind, Resting, RulePart};
use uses::{Use, uses};

/// Returns the stages of life, and other times of need, in the order in which they are shown.
pub fn stages() -> &'static [&'static str] {
    &crate::read::STAGES
}

/// Rule files, read, and every place in them that cites a legal text.
#[derive(Debug)]
pub struct Register<'f> {
    rules: &'f RuleFiles,
    files: &'f [(String, Vec<u8>)],
    uses: Vec<Use<'f>>,
}

impl<'f> Register<'f> {
    /// Returns the register of rule files; `rules` was read from `files`.
    #[must_use]
    pub fn new(rules: &'f RuleFiles, files: &'f [(String, Vec<u8>)]) -> Self {
        Self {
            rules,
            files,
            uses: uses(rules),
        }
    }

    /// Returns the path of the file in which a place lies, and its line from 1.
    fn place(&self, span: crate::diagnostic::Span) -> (String, usize) {
        let file = usize::try_from(span.file).ok().and_then(|at| self.files.get(at));
        let Some((path, bytes)) = file else {
            return (String::new(), 0);
        };
        let start = usize::try_from(span.start).unwrap_or(usize::MAX);
        let before = bytes.get(..start).unwrap_or(bytes);
        (path.clone(), before.iter().filter(|byte| **byte == b'\n').count() + 1)
    }

    fn instrument(&self, id: &str) -> Option<&'f InstrumentFile> {
        self.rules.instruments.iter().find(|known| known.id.value == id)
    }
}

/// Returns the first day on which a version holds no longer: the end it gives, or the first day of the next.
fn end_of_version(rules: &RuleFiles, version: &ProgrammeFile) -> Option<Date> {
    let same = rules
        .programmes
        .iter()
        .filter(|other| other.id.value == version.id.value);
    let next = same.map(|other| other.from).filter(|from| *from > version.from).min();
    [version.ends, next].into_iter().flatten().min()
}

/// Returns the first day on which the value at that position holds no longer.
fn end_of_value(dated: &[crate::read::DatedValue], at: usize) -> Option<Date> {
    let until = dated
        .get(at)
        .and_then(|value| value.until.as_ref())
        .map(|until| until.value);
    let next = dated.get(at + 1).map(|next| next.from.value);
    [until, next].into_iter().flatten().min()
}

/// Returns the parameter of that name.
fn parameter_named<'f>(rules: &'f RuleFiles, name: &str) -> Option<&'f ParameterFile> {
    rules.parameters.iter().find(|parameter| parameter.name.value == name)
}

#[cfg(test)]
mod tests;
