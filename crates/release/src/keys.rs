//! Keys that sign releases, and signatures, in the formats of minisign: what is signed here, the standard tool verifies.
//!
//! A secret key is kept only wrapped with a password (scrypt, as minisign wraps it). It is never shown, not even by `Debug`.

use std::fmt;
use std::io::Cursor;

use data_encoding::BASE64;
use minisign::{KeyPair, SecretKeyBox, SignatureBox};
use thiserror::Error;

/// A signature in base64 has so many bytes behind it: algorithm, key number, signature.
const SIGNATURE_BYTES: usize = 74;
/// That of the comment.
const COMMENT_SIGNATURE_BYTES: usize = 64;
/// A wrapped secret key says how much work it takes to unwrap; what asks for more than this is no key of ours.
const LONGEST_KEY: usize = 1024;

/// Why a key was not made, read or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Not a public key of minisign.
    #[error("this is not a public key of minisign")]
    NotPublic,
    /// Not a secret key of minisign wrapped with a password.
    #[error("this is not a secret key of minisign protected by a password")]
    NotSecret,
    /// The password does not unwrap the key.
    #[error("the password does not open this key")]
    WrongPassword,
    /// The password is too short to protect a key.
    #[error("a password needs at least {at_least} characters")]
    ShortPassword {
        /// How many are needed.
        at_least: usize,
    },
    /// The system gave no random numbers, or no memory.
    #[error("the key could not be made")]
    NotMade,
}

/// A new key has a password of at least so many characters.
pub const SHORTEST_PASSWORD: usize = 8;

/// The key by which a signature is verified.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(minisign::PublicKey);

impl PublicKey {
    /// Reads a key from its two lines, or from the second alone.
    ///
    /// # Errors
    /// [`KeyError::NotPublic`]
    pub fn read(text: &str) -> Result<PublicKey, KeyError> {
        let line = text.lines().map(str::trim).rfind(|line| !line.is_empty());
        let key = minisign::PublicKey::from_base64(line.ok_or(KeyError::NotPublic)?);
        key.map(PublicKey).map_err(|_| KeyError::NotPublic)
    }

    /// Returns the number by which keys are told apart, as minisign writes it.
    #[must_use]
    pub fn id(&self) -> String {
        key_id(self.0.keynum())
    }

    /// Returns the key in one line.
    #[must_use]
    pub fn line(&self) -> String {
        self.0.to_base64()
    }

    /// Returns the key as its file: a comment and the line.
    #[must_use]
    pub fn file(&self) -> String {
        format!(
            "untrusted comment: minisign public key {}\n{}\n",
            self.id(),
            self.line()
        )
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.id())
    }
}

/// A secret key, unwrapped.
pub struct SigningKey(minisign::SecretKey);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", key_id(self.0.keynum()))
    }
}

/// A key as it is kept: the public half, and the secret half wrapped with a password.
#[derive(Clone)]
pub struct NewKey {
    /// The public half.
    pub public: PublicKey,
    /// The secret half, as its file.
    pub secret: String,
}

impl fmt::Debug for NewKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewKey({})", self.public.id())
    }
}

/// Makes a key and wraps it with a password.
///
/// # Errors
/// [`KeyError::ShortPassword`], [`KeyError::NotMade`]
pub fn new_key(password: &str) -> Result<NewKey, KeyError> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(KeyError::ShortPassword {
            at_least: SHORTEST_PASSWORD,
        });
    }
    let made = KeyPair::generate_encrypted_keypair(Some(password.to_owned())).map_err(|_| KeyError::NotMade)?;
    let secret = made.sk.to_box(Some("an sinh: secret key, protected by a password"));
    Ok(NewKey {
        public: PublicKey(made.pk),
        secret: secret.map_err(|_| KeyError::NotMade)?.to_string(),
    })
}

impl SigningKey {
    /// Unwraps a secret key.
    ///
    /// # Errors
    /// [`KeyError::NotSecret`], [`KeyError::WrongPassword`]
    pub fn open(secret: &str, password: &str) -> Result<SigningKey, KeyError> {
        let is_key = secret.len() <= LONGEST_KEY && secret.starts_with("untrusted comment:");
        if !is_key {
            return Err(KeyError::NotSecret);
        }
        let boxed = SecretKeyBox::from_string(secret).map_err(|_| KeyError::NotSecret)?;
        match boxed.into_secret_key(Some(password.to_owned())) {
            Ok(key) => Ok(SigningKey(key)),
            Err(error) if matches!(error.kind(), minisign::ErrorKind::Verify) => Err(KeyError::WrongPassword),
            Err(_) => Err(KeyError::NotSecret),
        }
    }

    /// Returns the number of the key.
    #[must_use]
    pub fn id(&self) -> String {
        key_id(self.0.keynum())
    }

    /// Signs bytes; the comment is signed with them. Returns the four lines of the signature.
    pub(crate) fn sign(&self, bytes: &[u8], comment: &str) -> Result<String, KeyError> {
        let said = "an sinh: a release of rules";
        let signed = minisign::sign(None, &self.0, Cursor::new(bytes), Some(comment), Some(said));
        Ok(signed.map_err(|_| KeyError::NotMade)?.into_string())
    }
}

/// A signature that was read and not compared with anything yet.
pub(crate) struct Signature {
    boxed: SignatureBox,
}

impl Signature {
    /// Reads the four lines. The crate that verifies trusts their lengths, so they are looked at here.
    pub(crate) fn read(text: &str) -> Option<Signature> {
        let lines: Vec<&str> = text.lines().collect();
        let [_, signature, _, comment_signature] = lines.as_slice() else {
            return None;
        };
        let long = |line: &str| BASE64.decode(line.as_bytes()).map_or(0, |bytes| bytes.len());
        if long(signature) != SIGNATURE_BYTES || long(comment_signature) != COMMENT_SIGNATURE_BYTES {
            return None;
        }
        let boxed = SignatureBox::from_string(text).ok()?;
        boxed.is_prehashed().then_some(Signature { boxed })
    }

    /// The number of the key that made it, as it says.
    pub(crate) fn key_id(&self) -> String {
        key_id(self.boxed.keynum())
    }

    /// Returns the signed comment, when bytes and comment are as they were signed with that key.
    pub(crate) fn verified(&self, key: &PublicKey, bytes: &[u8]) -> Option<String> {
        minisign::verify(&key.0, &self.boxed, Cursor::new(bytes), true, false, false).ok()?;
        self.boxed.trusted_comment().ok()
    }
}

/// Little-endian, in upper-case hexadecimal, as minisign prints it.
fn key_id(number: &[u8]) -> String {
    number.iter().rev().map(|byte| format!("{byte:02X}")).collect()
}
