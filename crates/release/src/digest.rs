//! The digest that names a release.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::listing::split_head;
use crate::{Files, HEAD};

/// Returns the digest of a release's files; the order in which they are given does not matter.
pub fn digest_of(files: &Files) -> String {
    let mut sorted: Vec<&(String, Vec<u8>)> = files.iter().collect();
    sorted.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    let mut digest = Sha256::new();
    for (path, bytes) in sorted.iter().filter(|(path, _)| path != HEAD) {
        digest.update(line(path, &sha256(bytes)));
    }
    for (_, bytes) in sorted.iter().filter(|(path, _)| path == HEAD) {
        digest.update(split_head(bytes).map_or(bytes.as_slice(), |(head, _)| head.as_bytes()));
    }
    HEXLOWER.encode(&digest.finalize())
}

/// Returns the digest that files have if each is what their `release.toml` lists, without looking at them; none where nothing is
/// listed.
pub(crate) fn digest_as_listed(files: &Files) -> Option<String> {
    let (_, bytes) = files.iter().find(|(path, _)| path == HEAD)?;
    let (head, listed) = split_head(bytes)?;
    let mut digest = Sha256::new();
    for (path, of_file) in &listed {
        digest.update(line(path, of_file));
    }
    digest.update(head.as_bytes());
    Some(HEXLOWER.encode(&digest.finalize()))
}

fn line(path: &str, digest: &str) -> String {
    format!("{digest}  {path}\n")
}

/// Returns the SHA-256 of bytes in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
