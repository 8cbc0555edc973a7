//! The recovery key: printed once at set-up, typed back by hand on the day every password is lost.
//!
//! Sixteen random bytes and four bytes of checksum, as eight groups of four letters and digits. The checksum tells a typing
//! mistake from the key of another database.

use crate::StoreError;
use crate::keys::random;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;
use zeroize::Zeroizing;

const SECRET_LENGTH: usize = 16;
const CHECKSUM_LENGTH: usize = 4;
const GROUP_LENGTH: usize = 4;

/// Opens a database without a password. Shown once; the store keeps no copy.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey(Zeroizing<[u8; SECRET_LENGTH]>);

impl RecoveryKey {
    pub(crate) fn new() -> Result<Self, StoreError> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    pub(crate) fn secret(&self) -> &[u8] {
        self.0.as_slice()
    }
}

fn checksum(secret: &[u8]) -> [u8; CHECKSUM_LENGTH] {
    let digest = Sha256::new_with_prefix(b"ansinh recovery key checksum")
        .chain_update(secret)
        .finalize();
    let mut checksum = [0; CHECKSUM_LENGTH];
    checksum.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    checksum
}

impl fmt::Display for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Zeroizing::new(self.0.to_vec());
        bytes.extend(checksum(self.secret()));
        for (n, letter) in BASE32_NOPAD.encode(&bytes).chars().enumerate() {
            if n > 0 && n % GROUP_LENGTH == 0 {
                f.write_str("-")?;
            }
            write!(f, "{letter}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for RecoveryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryKey(…)")
    }
}

impl FromStr for RecoveryKey {
    type Err = StoreError;

    /// Reads a key as people type it: small letters, missing or other separators, and the digits 0, 1 and 8, which are not
    /// in the alphabet, for O, I and B.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '.' | '_'))
            .map(|c| match c.to_ascii_uppercase() {
                '0' => 'O',
                '1' => 'I',
                '8' => 'B',
                other => other,
            })
            .collect();
        let bytes = BASE32_NOPAD
            .decode(Zeroizing::new(typed).as_bytes())
            .map(Zeroizing::new)
            .map_err(|_| StoreError::MistypedRecoveryKey)?;
        let (secret, sum) = bytes
            .split_first_chunk::<SECRET_LENGTH>()
            .ok_or(StoreError::MistypedRecoveryKey)?;
        if sum == checksum(secret) {
            Ok(Self(Zeroizing::new(*secret)))
        } else {
            Err(StoreError::MistypedRecoveryKey)
        }
    }
}

#[cfg(test)]
mod tests;
