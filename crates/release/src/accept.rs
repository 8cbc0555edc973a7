//! What a machine accepts: a package of a key it trusts, with a number above all before, that holds rules it understands.
//!
//! The order of the checks is that of trust. Nothing of a package is read before its signature is verified, and nothing is
//! compiled before its files are what it lists. What is compiled are the bytes that were verified.

use ansinh_engine::read::LANGUAGE;

use crate::keys::PublicKey;
use crate::package::{Unpacked, comment_of, open};
use crate::{Files, Head, PackageError, Release, digest_of, laid_over, verify_files};

/// A package that was verified: who signed it, and what it says.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The rule files, by path.
    pub files: Files,
    /// Its head; it names a day.
    pub head: Head,
    /// The digest of its files.
    pub digest: String,
    /// The number of the key that signed.
    pub key: String,
}

/// What a machine knows of an earlier release of the same rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// Its number.
    pub number: u32,
    /// Its digest.
    pub digest: String,
}

/// Verifies a package: signed by one of the keys, whole, as it lists, and written in a language this program knows.
///
/// # Errors
/// See [`PackageError`]; nothing of the package was used.
pub fn verify_package(bytes: &[u8], keys: &[PublicKey]) -> Result<Verified, PackageError> {
    let Unpacked { files, key, comment } = open(bytes, keys)?;
    let head = Head::of(&files)?;
    if head.language > LANGUAGE {
        return Err(PackageError::NewerLanguage {
            found: head.language,
            supported: LANGUAGE,
        });
    }
    verify_files(&files)?;
    if head.from.is_none() {
        return Err(PackageError::NoDay);
    }
    let digest = digest_of(&files);
    if comment != comment_of(&head, &digest) {
        return Err(PackageError::OtherComment);
    }
    Ok(Verified {
        files,
        head,
        digest,
        key,
    })
}

impl Verified {
    /// Refuses a number that does not lie above those of all earlier releases of the same rules.
    ///
    /// # Errors
    /// [`PackageError::HereAlready`], [`PackageError::SameNumber`], [`PackageError::OlderNumber`]
    pub fn follows(&self, earlier: &[Earlier]) -> Result<(), PackageError> {
        if earlier.iter().any(|known| known.digest == self.digest) {
            return Err(PackageError::HereAlready);
        }
        let Some(newest) = earlier.iter().max_by_key(|known| known.number) else {
            return Ok(());
        };
        let (number, known) = (self.head.number, newest.number);
        if let Some(same) = earlier.iter().find(|known| known.number == number) {
            let known = same.digest.clone();
            return Err(PackageError::SameNumber { number, known });
        }
        if number < known {
            return Err(PackageError::OlderNumber { number, known });
        }
        Ok(())
    }

    /// Compiles the rules, alone or as they lie over or under others: those of the nation, then those of places.
    ///
    /// # Errors
    /// [`PackageError::Release`] with what the checker found.
    pub fn compile(&self, base: Option<&Files>, over: Vec<(String, Files)>) -> Result<Release, PackageError> {
        let files = match base {
            None => laid_over(self.files.clone(), over)?,
            Some(base) => {
                let mut layers = over;
                layers.push((self.head.id.replace('_', "-"), self.files.clone()));
                laid_over(base.clone(), layers)?
            }
        };
        Ok(Release::compile_without_cases(files)?)
    }
}
