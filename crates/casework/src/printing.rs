//! The summary on paper, and the determination that is kept of it for ever.
//!
//! What is kept is what the paper is sealed with: see [`crate::seal`].

use std::sync::Arc;

use ansinh_engine::report::Report;
use ansinh_print::{PrintError, Sheet, pages, pdf};
use ansinh_store::{Determination, HouseholdId, NewDetermination};

use crate::clock;
use crate::screening::{month_of, report_of};
use crate::seal::{Seal, code_of, seal};
use crate::session::Session;
use crate::wire::{Failure, OutFile, Preview, PrintRequest, Printed, PrintedFile};

pub(crate) const PURPOSE: &str = "printed";
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
        let (code, file_name) = (paper.seal.code.clone(), paper.file_name());
        let new = NewDetermination {
            household: paper.household,
            month: request.month,
            release_digest: paper.report.release.digest.clone(),
            bytes: paper.seal.bytes.clone(),
            purpose: PURPOSE.to_owned(),
        };
        // First the page: what could not be printed is not kept as printed.
        let pdf = away(move || pdf(&paper.sheet())).await?;
        self.store.append_determination(new, &stamp).await?;
        Ok(PrintedFile {
            file: OutFile::new(file_name, "application/pdf", &pdf),
            code,
        })
    }

    async fn paper(&mut self, request: &PrintRequest) -> Result<Paper, Failure> {
        let month = month_of(&request.month)?;
        let rules = &Arc::clone(&self.rules);
        let (officer, commune) = (self.user.full_name.clone(), self.commune.clone());
        let file = self.open(&request.household).await?;
        let report = report_of(rules, file, month, request.language);
        let household = file.stored.id;
        Ok(Paper {
            seal: seal(&household.to_string(), &report)?,
            household,
            number: file.stored.number.clone(),
            hamlet: file.stored.hamlet.clone(),
            commune: commune.commune,
            province: commune.province,
            officer,
            printed_on: clock::today().to_string(),
            report,
            reasons: request.reasons,
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
    reasons: bool,
    seal: Seal,
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
            reasons: self.reasons,
            commune: &self.commune,
            province: &self.province,
            hamlet: &self.hamlet,
            officer: &self.officer,
            household_number: &self.number,
            printed_on: &self.printed_on,
            code: &self.seal.code,
            verify: &self.seal.verify,
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
pub(crate) async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PrintError> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    Ok(done.map_err(|error| Failure::work_lost(&error))??)
}
