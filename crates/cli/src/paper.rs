//! The summary a household takes home, as a PDF.

use std::fs;
use std::path::Path;

use ansinh_casework::{seal, today};
use ansinh_engine::Household;
use ansinh_engine::report::Report;
use ansinh_print::{Sheet, pdf};

use crate::failure::Failure;

/// Typesets a report and writes it to a file.
pub(crate) fn write(file: &Path, report: &Report, household: &Household, reasons: bool) -> Result<(), Failure> {
    let seal = seal(&household.id, report).map_err(|error| Failure::internal(error.to_string()))?;
    let place = &household.place;
    let sheet = Sheet {
        report,
        reasons,
        commune: &place.commune,
        province: &place.province,
        hamlet: &place.hamlet,
        // Nobody is signed in at a terminal: the line stays free for a name and a signature.
        officer: "",
        // A file's id is no number of the commune.
        household_number: "",
        printed_on: &today().to_string(),
        code: &seal.code,
        verify: &seal.verify,
    };
    let bytes = pdf(&sheet).map_err(|error| Failure::internal(error.to_string()))?;
    fs::write(file, bytes).map_err(|error| Failure::internal(format!("{}: {error}", file.display())))
}
