//! The seal of a determination: the bytes that are kept, and what a paper says of them, so that it can be held against them
//! later. Every door that prints seals in the same way.

use ansinh_engine::report::Report;
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::wire::Failure;

/// What is kept of a determination, and what stands on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// What is kept: JSON without spaces, keys sorted, nothing of the clock in it.
    pub bytes: Vec<u8>,
    /// The short code that a person can read out: `K7QF-2M9D`.
    pub code: String,
    /// What the QR code says.
    pub verify: String,
}

/// Seals the report of a household. The same facts, rules and month give the same seal.
///
/// # Errors
/// Fails when the report cannot be written as JSON.
pub fn seal(household: &str, report: &Report) -> Result<Seal, Failure> {
    let failed = |error| Failure::of("print").with("detail", error);
    let said = serde_json::to_value(report).map_err(failed)?;
    let mut determination = json!({
        "format": 1,
        "household": household,
        "month": report.month,
        "release": report.release.digest,
        "report": said,
    });
    determination.sort_all_objects();
    let bytes = serde_json::to_vec(&determination).map_err(failed)?;
    let digest = HEXLOWER.encode(&Sha256::digest(&bytes));
    let code = code_of(&digest);
    Ok(Seal {
        verify: verify(&code, report, &digest),
        code,
        bytes,
    })
}

/// Letters and digits that nobody takes for another: no I, O, 0 and 1.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Returns the code a person can read out, of the first 40 bits of a digest.
pub(crate) fn code_of(digest: &str) -> String {
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
