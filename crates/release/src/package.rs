//! A release as one file, `NAME.ansinh`: its rule files in one line of bytes, and the signature over them.
//!
//! ```text
//! ansinh release 1
//! untrusted comment: …                  the four lines of a signature of minisign
//! (base64)
//! trusted comment: ansinh id=vn number=2 from=2026-12-01 digest=…
//! (base64)
//! file 1234 facts/person.toml           from here on everything is signed
//! (1234 bytes)
//! file …
//! end 237
//! ```
//!
//! Why not an archive: rules are texts of two megabytes in all, so nothing is gained by packing them, and everything that
//! makes archives dangerous – two lists of contents that differ, links, folders, names in several forms, sizes that are
//! found out while unpacking – has no place in this form. Files stand in the order of their paths, each once, and there is
//! exactly one way to write a set of files: what was read and is written again is the same bytes. It is text, so that a
//! person can look inside, and two tools that every system has take it apart for the standard `minisign`:
//!
//! ```text
//! sed -n 2,5p R.ansinh > R.minisig; tail -n +6 R.ansinh > R; minisign -Vm R -P KEY
//! ```
//!
//! Nothing behind the signature is looked at before it was verified. The reader writes nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::keys::{PublicKey, Signature, SigningKey};
use crate::{Files, Head, KeyError, LARGEST_FOLDER, MOST_FILES, PackageError, digest_of};

/// How the name of a package ends.
pub const PACKAGE_ENDING: &str = "ansinh";

/// The form written here.
const FORM: u32 = 1;
const MARK: &str = "ansinh release ";
/// The lines before the rule files: the mark and a signature.
const LINES_BEFORE: usize = 5;
/// Mark and signature together; the real ones take a third of it.
const LONGEST_FRONT: usize = 2048;
const LONGEST_PATH: usize = 200;
const DEEPEST: usize = 4;

/// A package whose signature was verified, and whose files are readable. Whether they are rules was not looked at.
#[derive(Clone, Debug)]
pub struct Unpacked {
    /// The rule files, by path.
    pub files: Files,
    /// The number of the key that signed.
    pub key: String,
    /// The comment that was signed with it.
    pub comment: String,
}

/// Returns what the signed comment says of a release.
pub(crate) fn comment_of(head: &Head, digest: &str) -> String {
    let from = head.from.map(|day| day.to_string()).unwrap_or_default();
    format!(
        "ansinh id={} number={} from={from} digest={digest}",
        head.id, head.number
    )
}

/// Signs the files of one release and packs them. Number and day stand in their head: see [`crate::issued`].
///
/// # Errors
/// What [`Head::of`] refuses, as [`PackageError::Release`]; [`PackageError::NoDay`] without a day; what [`pack`] refuses.
pub fn sign(files: &Files, key: &SigningKey) -> Result<Vec<u8>, PackageError> {
    let head = Head::of(files)?;
    if head.from.is_none() {
        return Err(PackageError::NoDay);
    }
    let packed = pack(files)?;
    seal(&packed, &comment_of(&head, &digest_of(files)), key).map_err(PackageError::Key)
}

/// Puts mark and signature in front of packed files.
pub(crate) fn seal(packed: &[u8], comment: &str, key: &SigningKey) -> Result<Vec<u8>, KeyError> {
    let mut bytes = format!("{MARK}{FORM}\n{}", key.sign(packed, comment)?).into_bytes();
    bytes.extend_from_slice(packed);
    Ok(bytes)
}

/// Writes files in one line of bytes. The order in which they are given does not matter.
///
/// # Errors
/// A path or a bulk that [`unpack`] would refuse.
pub fn pack(files: &Files) -> Result<Vec<u8>, PackageError> {
    let mut sorted: Vec<&(String, Vec<u8>)> = files.iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    let mut out = Vec::new();
    for (path, bytes) in &sorted {
        out.extend_from_slice(format!("file {} {path}\n", bytes.len()).as_bytes());
        out.extend_from_slice(bytes);
        out.push(b'\n');
    }
    out.extend_from_slice(format!("end {}\n", sorted.len()).as_bytes());
    // One place says what a package may hold.
    unpack(&out)?;
    Ok(out)
}

/// Reads a package that one of the keys signed.
///
/// # Errors
/// Everything that is not exactly a package; see [`PackageError`].
pub fn open(bytes: &[u8], keys: &[PublicKey]) -> Result<Unpacked, PackageError> {
    let (signature, packed) = taken_apart(bytes)?;
    let id = signature.key_id();
    let mut known = keys.iter().filter(|key| key.id() == id).peekable();
    if known.peek().is_none() {
        return Err(PackageError::UnknownKey { key: id });
    }
    let comment = known.find_map(|key| signature.verified(key, packed));
    let comment = comment.ok_or(PackageError::BadSignature)?;
    Ok(Unpacked {
        files: unpack(packed)?,
        key: id,
        comment,
    })
}

/// Returns the number of the key that a package says it was signed with. Nothing was verified.
///
/// # Errors
/// What is no package.
pub fn signer_of(bytes: &[u8]) -> Result<String, PackageError> {
    Ok(taken_apart(bytes)?.0.key_id())
}

fn taken_apart(bytes: &[u8]) -> Result<(Signature, &[u8]), PackageError> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > LARGEST_FOLDER {
        return Err(PackageError::TooLarge {
            at_most: LARGEST_FOLDER,
        });
    }
    let rest = bytes.strip_prefix(MARK.as_bytes()).ok_or(PackageError::NotAPackage)?;
    let line = rest.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let form = number(line).ok_or(PackageError::NotAPackage)?;
    if form != u64::from(FORM) {
        return Err(PackageError::NewerForm { found: form });
    }
    let mut ends = bytes
        .iter()
        .take(LONGEST_FRONT)
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n');
    let front = ends
        .nth(LINES_BEFORE - 1)
        .map(|(at, _)| at + 1)
        .ok_or(PackageError::GarbledSignature)?;
    let (front, packed) = bytes.split_at_checked(front).ok_or(PackageError::GarbledSignature)?;
    let signature = front.get(MARK.len() + line.len() + 1..).unwrap_or_default();
    let signature = std::str::from_utf8(signature).ok().and_then(Signature::read);
    Ok((signature.ok_or(PackageError::GarbledSignature)?, packed))
}

/// Reads packed files.
///
/// # Errors
/// Everything that [`pack`] does not write: see [`PackageError`].
pub fn unpack(packed: &[u8]) -> Result<Files, PackageError> {
    let mut reader = Reader { packed, at: 0 };
    let mut files = Files::new();
    let mut paths = BTreeSet::new();
    loop {
        let line_at = reader.at;
        let garbled = || PackageError::Garbled { at: line_at };
        let line = reader.line().ok_or_else(garbled)?;
        let mut words = line.splitn(3, ' ');
        match (words.next(), words.next(), words.next()) {
            (Some("file"), Some(size), Some(path)) => {
                if files.len() >= MOST_FILES {
                    return Err(PackageError::TooMany { at_most: MOST_FILES });
                }
                check_path(path)?;
                if !paths.insert(path.to_owned()) {
                    return Err(PackageError::Twice { path: path.to_owned() });
                }
                if paths.last().is_some_and(|last| last != path) {
                    return Err(PackageError::OutOfOrder { path: path.to_owned() });
                }
                let size = number(size.as_bytes()).ok_or_else(garbled)?;
                let bytes = reader
                    .bytes(size)
                    .ok_or_else(|| PackageError::CutShort { path: path.to_owned() })?;
                files.push((path.to_owned(), bytes.to_vec()));
            }
            (Some("end"), Some(count), None) => {
                let count = number(count.as_bytes()).ok_or_else(garbled)?;
                let as_many = usize::try_from(count).is_ok_and(|count| count == files.len());
                return if as_many && reader.at == packed.len() {
                    Ok(files)
                } else {
                    Err(garbled())
                };
            }
            _ => return Err(garbled()),
        }
    }
}

struct Reader<'p> {
    packed: &'p [u8],
    at: usize,
}

impl<'p> Reader<'p> {
    /// Returns a line without its end. No line of ours is long.
    fn line(&mut self) -> Option<&'p str> {
        let rest = self.packed.get(self.at..)?;
        let end = rest.iter().take(LONGEST_PATH + 40).position(|byte| *byte == b'\n')?;
        self.at += end + 1;
        std::str::from_utf8(rest.get(..end)?).ok()
    }

    /// Returns so many bytes and passes the line end behind them. The size is what somebody wrote: nothing is set aside for it.
    fn bytes(&mut self, size: u64) -> Option<&'p [u8]> {
        let end = self.at.checked_add(usize::try_from(size).ok()?)?;
        let bytes = self.packed.get(self.at..end)?;
        (self.packed.get(end) == Some(&b'\n')).then_some(())?;
        self.at = end + 1;
        Some(bytes)
    }
}

/// A number in its one form: digits, no sign, no zero in front.
fn number(digits: &[u8]) -> Option<u64> {
    let fits = !digits.is_empty()
        && digits.len() <= 12
        && digits.iter().all(u8::is_ascii_digit)
        && (digits.len() == 1 || digits.first() != Some(&b'0'));
    fits.then(|| std::str::from_utf8(digits).ok()?.parse().ok()).flatten()
}

/// Paths of rule files and no others: few letters, so that no two paths are the same file on any system.
fn check_path(path: &str) -> Result<(), PackageError> {
    let fits = |part: &str| {
        !part.is_empty()
            && !part.starts_with('.')
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_.".contains(&byte))
    };
    let is_good = path.len() <= LONGEST_PATH
        && path.ends_with(".toml")
        && path.split('/').count() <= DEEPEST
        && path.split('/').all(fits);
    if is_good {
        Ok(())
    } else {
        let mut shown = String::new();
        for c in path.chars().take(LONGEST_PATH) {
            let _ = write!(shown, "{}", c.escape_debug());
        }
        Err(PackageError::Path { path: shown })
    }
}

#[cfg(test)]
mod tests;
