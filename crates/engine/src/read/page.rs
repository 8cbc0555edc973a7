//! One file being read: its text, and the list its findings go to.

use std::cell::RefCell;
use std::ops::Range;

use crate::diagnostic::{Findings, Span};
use crate::syntax::{self, Expr};

/// A file being read.
pub(super) struct Page<'f> {
    file: u32,
    text: &'f str,
    // Shared by every table and item of the file; borrowed only for one finding or one expression at a time.
    findings: RefCell<&'f mut Findings>,
}

impl<'f> Page<'f> {
    pub(super) fn new(file: u32, text: &'f str, findings: &'f mut Findings) -> Self {
        Self {
            file,
            text,
            findings: RefCell::new(findings),
        }
    }

    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    pub(super) fn raw(&self, range: Range<usize>) -> &'f str {
        self.text.get(range).unwrap_or_default()
    }

    pub(super) fn error(
        &self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.findings.borrow_mut().error_with(code, span, message, hint);
    }

    pub(super) fn warning(
        &self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<Option<String>>,
    ) {
        self.findings.borrow_mut().warning(code, span, message, hint);
    }

    /// The place of a string's content, without its quotes, when it is written without escapes; else of the whole string.
    pub(super) fn content(&self, range: Range<usize>, content: &str) -> Span {
        let raw = self.raw(range.clone());
        let long = raw.starts_with("\"\"\"") || raw.starts_with("'''");
        let mut skip = if long { 3 } else { 1 };
        if long {
            let first = raw.get(skip..).unwrap_or_default();
            skip += if first.starts_with("\r\n") {
                2
            } else {
                usize::from(first.starts_with('\n'))
            };
        }
        let start = range.start + skip;
        let inner = start..start + content.len();
        if self.raw(inner.clone()) == content {
            self.span(inner)
        } else {
            self.span(range)
        }
    }

    pub(super) fn expr(&self, text: &str, at: Span) -> Expr {
        let findings: &mut Findings = &mut self.findings.borrow_mut();
        syntax::parse(text, at, findings)
    }
}
