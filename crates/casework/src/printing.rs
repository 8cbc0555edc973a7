//! The summary on paper, and the determination that is kept of it for ever.
//!
//! What is kept is the bytes of the printed report; the short code and the QR code on the paper are made of their digest, so
//! that a paper can be held against them later.

use ansinh_engine::report::Report;
use ansinh_print::{PrintError, Sheet, pages, pdf};
use ansinh_store::{Determination, HouseholdId, NewDetermination};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::clock;
use crate::screening::{month_of, report_of};
use crate::session::Session;
use crate::wire::{Failure, Preview, PrintRequest, Printed, PrintedFile};

const PURPOSE: &str = "printed";
const MOST_PRINTS: usize = 10;

impl Session {
    pub(crate) async fn preview(&mut self, request: PrintRequest) -> Result<Preview, Failure> {
        let paper = self.paper(&request).await?;
        let pages = away(move || pages(&paper.sheet())).await?;
        Ok(Preview { pages })
    }

    pub(crate) async fn print_summary(&mut self, request: PrintRequest) -> Result<PrintedFile, Failure> {
        let stamp = self.stamp();
        let paper = self.paper(&request).await?;
        let (code, file_name) = (paper.code.clone(), paper.file_name());
        let new = NewDetermination {
            household: paper.household,
            month: request.month,
            release_digest: paper.report.release.digest.clone(),
            bytes: paper.bytes.clone(),
            purpose: PURPOSE.to_owned(),
        };
        // First the page: what could not be printed is not kept as printed.
        let pdf = away(move || pdf(&paper.sheet())).await?;
        self.store.append_determination(new, &stamp).await?;
        Ok(PrintedFile {
            file_name,
            pdf: Some(BASE64.encode(&pdf)),
            saved_to: None,
            code,
        })
    }

    async fn paper(&mut self, request: &PrintRequest) -> Result<Paper, Failure> {
        let month = month_of(&request.month)?;
        let rules = self.rules;
        let (officer, commune) = (self.user.full_name.clone(), self.commune.clone());
        let file = self.open(&request.household).await?;
        let report = report_of(rules, file, month, request.language);
        let household = file.stored.id;
        let bytes = bytes_of(household, &report)?;
        let digest = HEXLOWER.encode(&Sha256::digest(&bytes));
        let code = code_of(&digest);
        Ok(Paper {
            verify: verify(&code, &report, &digest),
            code,
            bytes,
            household,
            number: file.stored.number.clone(),
            hamlet: file.stored.hamlet.clone(),
            commune: commune.commune,
            province: commune.province,
            officer,
            printed_on: clock::today(),
            report,
        })
    }
}

/// Returns the newest prints of a household.
pub(crate) fn printed(determinations: Vec<Determination>) -> Vec<Printed> {
    determinations
        .into_iter()
        .filter(|determination| determination.purpose == PURPOSE)
        .take(MOST_PRINTS)
        .map(|determination| Printed {
            at: clock::moment(determination.made_at),
            month: determination.month,
            code: code_of(&determination.digest),
        })
        .collect()
}

/// A summary ready to be set.
struct Paper {
    report: Report,
    bytes: Vec<u8>,
    code: String,
    verify: String,
    household: HouseholdId,
    number: String,
    hamlet: String,
    commune: String,
    province: String,
    officer: String,
    printed_on: String,
}

impl Paper {
    fn sheet(&self) -> Sheet<'_> {
        Sheet {
            report: &self.report,
            commune: &self.commune,
            province: &self.province,
            hamlet: &self.hamlet,
            officer: &self.officer,
            household_number: &self.number,
            printed_on: &self.printed_on,
            code: &self.code,
            verify: &self.verify,
        }
    }

    /// No name of a person: file names are seen by everybody at the computer.
    fn file_name(&self) -> String {
        let kind = self.report.language.pick("tom-tat", "summary");
        let number: String = self.number.chars().filter(|c| c.is_alphanumeric()).collect();
        format!("{kind}-{number}-{}.pdf", self.report.month)
    }
}

/// Typesetting runs where it does not hold up other commands.
async fn away<T: Send + 'static>(work: impl FnOnce() -> Result<T, PrintError> + Send + 'static) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Failure::work_lost(&error))??)
}

/// Returns the bytes that are kept: JSON without spaces, keys sorted, nothing of the clock in it.
fn bytes_of(household: HouseholdId, report: &Report) -> Result<Vec<u8>, Failure> {
    let mut determination = json!({
        "format": 1,
        "household": household.to_string(),
        "month": report.month,
        "release": report.release.digest,
        "report": report,
    });
    determination.sort_all_objects();
    serde_json::to_vec(&determination).map_err(|error| Failure::of("print").with("detail", error))
}

/// Letters and digits that nobody takes for another: no I, O, 0 and 1.
const LETTERS: [char; 32] = [
    '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q',
    'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
];

/// Returns the code a person can read out: the first 40 bits of the digest.
fn code_of(digest: &str) -> String {
    let bits = digest
        .get(..10)
        .and_then(|hex| u64::from_str_radix(hex, 16).ok())
        .unwrap_or_default();
    let letter = |n: u32| {
        usize::try_from(bits >> (5 * n) & 31)
            .ok()
            .and_then(|at| LETTERS.get(at))
    };
    let letters: Vec<&char> = (0..8).rev().filter_map(letter).collect();
    let (first, last) = letters.split_at(letters.len().min(4));
    format!(
        "{}-{}",
        first.iter().copied().collect::<String>(),
        last.iter().copied().collect::<String>()
    )
}

/// Returns what the QR code says.
fn verify(code: &str, report: &Report, digest: &str) -> String {
    let start = |text: &str, n: usize| text.chars().take(n).collect::<String>();
    let release = start(&report.release.digest, 16);
    format!("ansinh:1:{code}:{}:{release}:{}", report.month, start(digest, 32))
}
