//! What is wrong with a rule file, where, and a way out.
//!
//! A message is one lower-case phrase without a full stop, the author's words in backticks; advice goes into the hint.
//! Nothing is printed here: who shows a finding decides how.

use std::fmt;

/// A stretch of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Index of the file in the order given to [`crate::read`].
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Returns the place of bytes `start` to `end` of a file; places beyond 4 GiB do not occur, as such files are refused.
    #[must_use]
    pub fn new(file: u32, start: usize, end: usize) -> Self {
        let short = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            file,
            start: short(start),
            end: short(end),
        }
    }

    /// Returns the stretch from the start of this one to the end of another of the same file.
    #[must_use]
    pub fn to(self, last: Self) -> Self {
        Self {
            end: last.end.max(self.end),
            ..self
        }
    }
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The files are refused.
    Error,
    /// The files are accepted; somebody should look.
    Warning,
    /// Nothing is wrong that is known: something could not be checked.
    Note,
}

/// One finding in a rule file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, `E0101`; see [`crate::codes`].
    pub code: &'static str,
    /// How bad.
    pub severity: Severity,
    /// Path of the file, with `/`.
    pub path: String,
    /// The smallest place that shows it.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// A way out.
    pub hint: Option<String>,
    /// A household that shows it, as a worked case in TOML.
    pub household: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.path, self.code, self.message)
    }
}

/// Findings being gathered over a set of files; the only way to make a [`Diagnostic`], so that path and place agree.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    paths: Vec<String>,
    found: Vec<Diagnostic>,
}

impl Findings {
    /// Returns an empty list for files with these paths; `Span::file` counts in their order.
    pub fn new<P: Into<String>>(paths: impl IntoIterator<Item = P>) -> Self {
        Self {
            paths: paths.into_iter().map(Into::into).collect(),
            found: Vec::new(),
        }
    }

    /// Adds an error.
    pub fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.push(code, Severity::Error, span, message.into(), None);
    }

    /// Adds an error with a way out, if there is one.
    pub fn error_with(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.push(code, Severity::Error, span, message.into(), hint.into());
    }

    /// Adds a warning, with a way out if there is one.
    pub fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.push(code, Severity::Warning, span, message.into(), hint.into());
    }

    /// Adds a note, with a way out if there is one.
    pub fn note(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.push(code, Severity::Note, span, message.into(), hint.into());
    }

    /// Adds to the finding added last the household that shows it, as a worked case in TOML.
    pub fn shown_by(&mut self, household: String) {
        if let Some(last) = self.found.last_mut() {
            last.household = Some(household);
        }
    }

    /// Whether an error was found.
    #[must_use]
    pub fn any_error(&self) -> bool {
        self.found.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Whether an error was found whose code begins so: `E01`.
    #[must_use]
    pub fn any_error_in(&self, codes: &str) -> bool {
        let refused = |finding: &Diagnostic| finding.severity == Severity::Error && finding.code.starts_with(codes);
        self.found.iter().any(refused)
    }

    /// Returns what was found, by path and place.
    #[must_use]
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.found
            .sort_by(|a, b| (&a.path, a.span, a.code).cmp(&(&b.path, b.span, b.code)));
        // What stands in several stretches of time is compiled for each, and told once.
        self.found.dedup();
        self.found
    }

    fn push(&mut self, code: &'static str, severity: Severity, span: Span, message: String, hint: Option<String>) {
        let place = usize::try_from(span.file).unwrap_or(usize::MAX);
        let path = self.paths.get(place).cloned().unwrap_or_default();
        self.found.push(Diagnostic {
            code,
            severity,
            path,
            span,
            message,
            hint,
            household: None,
        });
    }
}

/// Returns the word among `known` that was probably meant, the first of the nearest.
#[must_use]
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let letters: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let allowed = match letters.len() {
        0 => return None,
        1..=2 => 1,
        3..=7 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let other: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        let begun = letters.len() >= 3 && other.starts_with(&letters);
        let steps = if begun {
            allowed
        } else {
            steps_between(&letters, &other)
        };
        // A word of which everything was replaced is another word, not a slip.
        let near = steps <= allowed && steps < other.len().min(letters.len());
        if near && best.is_none_or(|(least, _)| steps < least) {
            best = Some((steps, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Returns the hint "did you mean `x`?" for the nearest of `known`.
#[must_use]
pub fn did_you_mean<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    nearest(word, known).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// Counts letters to insert, drop, replace or swap with a neighbour.
fn steps_between(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..width).collect();
    let mut previous: Option<char> = None;
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        let mut left_letter: Option<char> = None;
        for (j, &y) in b.iter().enumerate() {
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let replace = get(&above, j) + usize::from(x != y);
            let mut least = replace.min(get(&above, j + 1) + 1).min(get(&row, j) + 1);
            if previous == Some(y) && left_letter == Some(x) && j > 0 {
                least = least.min(get(&before, j - 1) + 1);
            }
            row.push(least);
            left_letter = Some(y);
        }
        before = above;
        above = row;
        previous = Some(x);
    }
    above.last().copied().unwrap_or(a.len())
}
