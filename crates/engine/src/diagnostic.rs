//! What is wrong with a rule file, where, and a way out.
//!
//! A message is one lower-case phrase without a full stop, the author's words in backticks; advice goes into the hint.

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

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The files are refused.
    Error,
    /// The files are accepted; somebody should look.
    Warning,
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
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.path, self.code, self.message)
    }
}
