//! Papers: what is to be said in, a PDF or page images out. First the household summary; the others are in `papers`.
//!
//! Only this crate knows Typst. It lays out the finished sentences of a [`Report`] and adds the fixed words of the
//! page; it judges nothing, computes no amount, and reads no clock, file, network or installed font. The same sheet
//! gives the same bytes.

use ansinh_engine::report::Report;
use thiserror::Error;

mod labels;
mod mark;
mod papers;
mod typeset;
mod view;

pub use papers::{
    Application, Batch, Card, DossierSheet, Head, Home, Known, Letter, Needed, Paper, Round, Visit, VisitList,
};

/// Everything that is on one household summary.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The screening, already in words, in the language of the page.
    pub report: &'a Report,
    /// Whether it says why for each programme that gives nothing this month, or only how many there are.
    pub reasons: bool,
    /// The commune's full name: "Xã Suối Mơ".
    pub commune: &'a str,
    /// The province's full name: "Tỉnh Phú Thọ".
    pub province: &'a str,
    /// The hamlet; empty when unknown.
    pub hamlet: &'a str,
    /// The officer who screened.
    pub officer: &'a str,
    /// The household's number in the commune; empty when it has none.
    pub household_number: &'a str,
    /// The day of printing, `2026-11-22`.
    pub printed_on: &'a str,
    /// The short code a person can read out: `K7QF-2M9D`.
    pub code: &'a str,
    /// What the QR code says.
    pub verify: &'a str,
}

/// Why no page could be made.
#[derive(Debug, Error)]
pub enum PrintError {
    /// The day of printing is no day of the calendar.
    #[error("`{found}` is no day like 2026-11-22")]
    Day {
        /// What was given.
        found: String,
    },
    /// The text to verify does not fit into a QR code.
    #[error("{n_bytes} bytes do not fit into a QR code")]
    MarkTooLong {
        /// How long the text is.
        n_bytes: usize,
    },
    /// The page's content could not be written down for the typesetter.
    #[error("the page's content could not be written down")]
    Content(#[from] serde_json::Error),
    /// The typesetter refused; an error in this crate's template.
    #[error("the page could not be typeset: {}", .problems.join("; "))]
    Typesetting {
        /// What it said.
        problems: Vec<String>,
    },
}

/// Returns the summary as a PDF with its fonts inside.
pub fn pdf(sheet: &Sheet<'_>) -> Result<Vec<u8>, PrintError> {
    Paper::Summary(*sheet).pdf()
}

/// Returns the summary's pages as SVG images, for a preview.
pub fn pages(sheet: &Sheet<'_>) -> Result<Vec<String>, PrintError> {
    Paper::Summary(*sheet).pages()
}
