//! The summary a household takes home, as a PDF.

use std::fs;
use std::path::Path;

use ansinh_engine::Household;
use ansinh_engine::report::Report;
use ansinh_print::{Sheet, pdf};
use serde_json::json;

use crate::failure::Failure;
use crate::input::today;

/// Typesets a report and writes it to a file.
pub(crate) fn write(file: &Path, report: &Report, household: &Household) -> Result<(), Failure> {
    let bytes = bytes_of(report, household)?;
    let digest = ansinh_release::sha256(&bytes);
    let code = code_of(&digest);
    let place = &household.place;
    let sheet = Sheet {
        report,
        commune: &place.commune,
        province: &place.province,
        hamlet: &place.hamlet,
        // Nobody is signed in at a terminal: the line stays free for a name and a signature.
        officer: "",
        // A file's id is no number of the commune.
        household_number: "",
        printed_on: &today().to_string(),
        code: &code,
        verify: &verify(&code, report, &digest),
    };
    let bytes = pdf(&sheet).map_err(|error| Failure::internal(error.to_string()))?;
    fs::write(file, bytes).map_err(|error| Failure::internal(format!("{}: {error}", file.display())))
}

/// What the code is made of: JSON without spaces, keys sorted, nothing of the clock in it.
fn bytes_of(report: &Report, household: &Household) -> Result<Vec<u8>, Failure> {
    let mut determination = json!({
        "format": 1,
        "household": household.id,
        "month": report.month,
        "release": report.release.digest,
        "report": report,
    });
    determination.sort_all_objects();
    serde_json::to_vec(&determination).map_err(|error| Failure::internal(error.to_string()))
}

/// Letters and digits that nobody takes for another: no I, O, 0 and 1.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Returns the code a person can read out, of the first 40 bits of a digest: `K7QF-2M9D`.
fn code_of(digest: &str) -> String {
    let bits = digest
        .get(..10)
        .and_then(|hex| u64::from_str_radix(hex, 16).ok())
        .unwrap_or_default();
    let letter = |n: u32| {
        usize::try_from((bits >> (5 * n)) & 31)
            .ok()
            .and_then(|at| LETTERS.get(at))
    };
    let mut code: String = (0..8).rev().filter_map(letter).copied().map(char::from).collect();
    code.insert(4, '-');
    code
}

/// Returns what the QR code says, as on the pages of the window.
fn verify(code: &str, report: &Report, digest: &str) -> String {
    let start = |text: &str, n: usize| text.chars().take(n).collect::<String>();
    let release = start(&report.release.digest, 16);
    format!("ansinh:1:{code}:{}:{release}:{}", report.month, start(digest, 32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_the_first_40_bits() {
        assert_eq!(code_of(&"0".repeat(64)), "2222-2222");
        assert_eq!(code_of(&"f".repeat(64)), "ZZZZ-ZZZZ");
        assert_eq!(code_of("0000000001"), "2222-2223");
    }
}
