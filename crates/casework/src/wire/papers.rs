//! Papers: a person's card, letters, the sheets of dossiers, lists of visits, many at once; and a paper held against what was
//! kept of it.

use ansinh_engine::report::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::OutFile;

/// `preview_paper`: a paper of a household as pages. Answers [`super::Preview`]. `print_paper` takes the same and answers [`PaperFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PaperRequest {
    /// Household id.
    pub household: String,
    /// Which paper.
    pub paper: PaperOf,
    /// Month judged, `2026-11`.
    pub month: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// Which paper of a household.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum PaperOf {
    /// The card of a person.
    Card {
        /// Person id.
        person: String,
    },
    /// The letter about a dossier.
    Letter {
        /// The dossier.
        dossier: String,
    },
    /// The sheet of a dossier.
    Dossier {
        /// The dossier.
        dossier: String,
    },
}

/// A paper that was made.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PaperFile {
    /// The PDF.
    pub file: OutFile,
    /// What `handed_over` is told when somebody has it.
    #[ts(type = "number")]
    pub paper: u64,
    /// The short code on it, where it has one.
    pub code: Option<String>,
    /// How many papers are in it.
    pub n_papers: usize,
    /// How many pages they have.
    pub n_pages: usize,
}

/// `handed_over`: a paper was saved or downloaded, and so counts as printed.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct HandedOverRequest {
    /// As [`PaperFile`] names it.
    #[ts(type = "number")]
    pub paper: u64,
}

/// `preview_batch`: how many papers it would be, and the first of them. Answers [`BatchPreview`]. `print_batch` takes the same and
/// starts a job that answers [`PaperFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct BatchRequest {
    /// Which papers.
    pub paper: BatchPaper,
    /// Only of this hamlet.
    pub hamlet: Option<String>,
    /// Only of these households, where any is named.
    pub households: Vec<String>,
    /// What visits are for, as it stands on the list.
    pub purpose: String,
    /// Month judged, `2026-11`.
    pub month: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// What is printed for many households.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BatchPaper {
    /// The summary of each.
    Summary,
    /// A letter for each dossier that is being prepared or was returned and still lacks a paper.
    Letter,
    /// One list of visits for each hamlet.
    Visits,
}

/// Answer of `preview_batch`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BatchPreview {
    /// How many papers there are.
    pub n_papers: usize,
    /// How many households they are about.
    pub n_households: usize,
    /// How many papers are made at once at most.
    pub most: usize,
    /// The pages of the first paper, one SVG each.
    pub pages: Vec<String>,
}

/// `check_paper`: what a QR code says, or the short code read out. Answers [`PaperCheck`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CheckPaperRequest {
    /// As it was scanned, pasted or typed.
    pub text: String,
}

/// What is known of a paper.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PaperCheck {
    /// Whether it is genuine.
    pub verdict: Verdict,
    /// Every time a paper like this was printed here, newest first.
    pub prints: Vec<KnownPrint>,
}

/// Whether a paper is genuine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All that it says is as it was kept here.
    Genuine,
    /// Only the short code was given, and it was printed here: compare what the paper says.
    CodeKnown,
    /// The code is known here, and what else it says is not what was kept.
    Altered,
    /// It is well formed, and nothing like it was printed here.
    NotFromHere,
    /// It is no code of An Sinh.
    NotACode,
}

/// One time a paper was printed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KnownPrint {
    /// Household id.
    pub household: String,
    /// The household's number.
    pub number: String,
    /// The head.
    pub head: String,
    /// When, `2026-11-22 14:02`.
    pub at: String,
    /// The user name of who printed it.
    pub by: String,
    /// The month judged.
    pub month: String,
    /// The short code.
    pub code: String,
    /// The digest of the rules that answered.
    pub release: String,
    /// Whether those are the rules in use now.
    pub is_current: bool,
}
