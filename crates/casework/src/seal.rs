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

/// Returns the first 40 bits of the digest that a code stands for, in hexadecimal; nothing where it is no code. Small letters and
/// a missing hyphen are what people type.
pub(crate) fn digest_of_code(code: &str) -> Option<String> {
    let letters: Vec<u8> = code.bytes().filter(|letter| *letter != b'-').collect();
    if letters.len() != 8 {
        return None;
    }
    let mut bits: u64 = 0;
    for letter in letters {
        let at = LETTERS.iter().position(|known| *known == letter.to_ascii_uppercase())?;
        bits = (bits << 5) | u64::try_from(at).ok()?;
    }
    Some(format!("{bits:010x}"))
}

/// What a QR code says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) code: String,
    month: String,
    release: String,
    /// The first 32 digits of the digest.
    pub(crate) digest: String,
}

impl Said {
    /// Reads it; nothing where it is not one of ours.
    pub(crate) fn read(text: &str) -> Option<Said> {
        let parts: Vec<&str> = text.split(':').collect();
        let [name, format, code, month, release, digest] = parts.as_slice() else {
            return None;
        };
        let is_ours = name.eq_ignore_ascii_case("ansinh") && *format == "1";
        let is_hex = |part: &str, n: usize| part.len() == n && part.bytes().all(|letter| letter.is_ascii_hexdigit());
        (is_ours && is_hex(release, 16) && is_hex(digest, 32)).then(|| Said {
            code: code.to_ascii_uppercase(),
            month: (*month).to_owned(),
            release: release.to_ascii_lowercase(),
            digest: digest.to_ascii_lowercase(),
        })
    }

    /// Returns whether all of it is said of this determination.
    pub(crate) fn is_of(&self, kept: &ansinh_store::Determination) -> bool {
        self.code == code_of(&kept.digest)
            && kept.digest.starts_with(&self.digest)
            && kept.release_digest.starts_with(&self.release)
            && kept.month == self.month
    }
}

fn verify(code: &str, report: &Report, digest: &str) -> String {
    let start = |text: &str, n: usize| text.chars().take(n).collect::<String>();
    let release = start(&report.release.digest, 16);
    format!("ansinh:1:{code}:{}:{release}:{}", report.month, start(digest, 32))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_made_of_the_first_40_bits() {
        assert_eq!(code_of(&"0".repeat(64)), "2222-2222");
        assert_eq!(code_of(&"f".repeat(64)), "ZZZZ-ZZZZ");
        assert_eq!(code_of("0000000001"), "2222-2223");
    }

    #[test]
    fn a_code_leads_back_to_the_digest() {
        for digest in ["0000000000", "ffffffffff", "0123456789", "a1b2c3d4e5"] {
            assert_eq!(digest_of_code(&code_of(digest)).unwrap(), digest);
        }
        assert_eq!(
            digest_of_code("2222-2223").unwrap(),
            digest_of_code("22222223").unwrap()
        );
        assert_eq!(digest_of_code("zzzz-zzzz").unwrap(), "ffffffffff");
        for wrong in ["", "2222-222", "2222-22222", "2222-222O", "ẵẵẵẵ", "ansinh:1"] {
            assert_eq!(digest_of_code(wrong), None, "`{wrong}`");
        }
    }

    #[test]
    fn only_what_we_wrote_is_read() {
        let text = format!("ansinh:1:K7QF-2M9D:2026-11:{}:{}", "a".repeat(16), "0".repeat(32));
        assert!(Said::read(&text).is_some());
        for wrong in [
            text.replace("ansinh", "other"),
            text.replace(":1:", ":2:"),
            format!("{text}:more"),
            text.replace("aaaa", "xxxx"),
            text.trim_end_matches('0').to_owned(),
        ] {
            assert_eq!(Said::read(&wrong), None, "{wrong}");
        }
    }
}
