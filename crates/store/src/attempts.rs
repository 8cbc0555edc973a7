//! `attempts.json`: how often a wrong password was tried in a row. It stands beside the keys because the database is closed
//! then, and holds a user name, a count and a time.
//!
//! After the fifth wrong password the next try must wait, and longer each time. Who sets the clock back does not shorten the
//! wait: it begins again. Whoever can write in the folder can remove the file; against them stands the cost of argon2id.

use crate::files::{Files, write_atomically};
use crate::{Store, StoreError, User, user};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// How many may be wrong before the first wait.
const FREE: u32 = 5;
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
const LONGEST_WAIT: SignedDuration = SignedDuration::from_mins(15);

#[derive(Default, Serialize, Deserialize)]
struct Attempts {
    /// By user name; all names nobody has share the empty one, so that the file does not grow.
    wrong: BTreeMap<String, Wrong>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Wrong {
    n: u32,
    /// Seconds since 1970.
    last_at: i64,
}

impl Wrong {
    fn wait(self) -> SignedDuration {
        let Some(beyond) = self.n.checked_sub(FREE) else {
            return SignedDuration::ZERO;
        };
        let wait = 1_i32
            .checked_shl(beyond.min(20))
            .and_then(|times| FIRST_WAIT.checked_mul(times));
        wait.map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT))
    }
}

impl Store {
    /// Opens a database with a user's password, as [`Store::open`], where it may be tried now. Returns also how many wrong
    /// ones there were before.
    pub async fn open_counted(
        folder: &Path,
        user_name: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<(Self, User, u32), StoreError> {
        Self::may_try(folder, user_name, now)?;
        let opened = Self::open(folder, user_name, password).await;
        let n_wrong = Self::count(folder, user_name, &opened, now)?;
        let (store, user) = opened?;
        Ok((store, user, n_wrong))
    }

    /// Checks a password against the open database, as [`Store::sign_in`], where it may be tried now.
    pub async fn sign_in_counted(
        &self,
        user_name: &str,
        password: &str,
        now: Timestamp,
    ) -> Result<(User, u32), StoreError> {
        let folder = self.files.folder();
        Self::may_try(folder, user_name, now)?;
        let user = self.sign_in(user_name, password).await;
        let n_wrong = Self::count(folder, user_name, &user, now)?;
        Ok((user?, n_wrong))
    }

    fn count<T>(
        folder: &Path,
        user_name: &str,
        tried: &Result<T, StoreError>,
        now: Timestamp,
    ) -> Result<u32, StoreError> {
        match tried {
            Ok(_) => Self::forget_wrong_passwords(folder, user_name),
            Err(StoreError::WrongPassword | StoreError::UnknownUser { .. }) => {
                Self::note_wrong_password(folder, user_name, now)?;
                Ok(0)
            }
            Err(_) => Ok(0),
        }
    }

    /// Refuses a password that comes too soon after too many wrong ones.
    pub(crate) fn may_try(folder: &Path, user_name: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut attempts = read(folder);
        let name = known(folder, user_name);
        let Some(wrong) = attempts.wrong.get_mut(&name) else {
            return Ok(());
        };
        let wait = wrong.wait();
        if wait.is_zero() {
            return Ok(());
        }
        let mut passed = now.duration_since(Timestamp::from_second(wrong.last_at).unwrap_or(now));
        if passed.is_negative() {
            wrong.last_at = now.as_second();
            passed = SignedDuration::ZERO;
            write(folder, &attempts)?;
        }
        let left = wait - passed;
        if left.is_positive() {
            // Up to the next whole second, so that nobody is told to wait none.
            let seconds = u64::try_from((left + SignedDuration::from_millis(999)).as_secs()).unwrap_or(0);
            return Err(StoreError::MustWait { seconds });
        }
        Ok(())
    }

    /// Notes that a password was wrong.
    pub(crate) fn note_wrong_password(folder: &Path, user_name: &str, now: Timestamp) -> Result<(), StoreError> {
        let mut attempts = read(folder);
        let wrong = attempts
            .wrong
            .entry(known(folder, user_name))
            .or_insert(Wrong { n: 0, last_at: 0 });
        *wrong = Wrong {
            n: wrong.n.saturating_add(1),
            last_at: now.as_second(),
        };
        write(folder, &attempts)
    }

    /// Forgets the wrong passwords of somebody whose password was right. Returns how many there were.
    pub(crate) fn forget_wrong_passwords(folder: &Path, user_name: &str) -> Result<u32, StoreError> {
        let mut attempts = read(folder);
        let Some(wrong) = attempts.wrong.remove(&known(folder, user_name)) else {
            return Ok(0);
        };
        write(folder, &attempts)?;
        Ok(wrong.n)
    }
}

/// A file that cannot be read counts nothing: it must not keep anybody out.
fn read(folder: &Path) -> Attempts {
    let bytes = std::fs::read(Files::of(folder).attempts()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn write(folder: &Path, attempts: &Attempts) -> Result<(), StoreError> {
    let bytes = serde_json::to_vec(attempts).unwrap_or_default();
    write_atomically(&Files::of(folder).attempts(), &bytes)
}

fn known(folder: &Path, user_name: &str) -> String {
    let name = user::tidy(user_name);
    let users = Store::users(folder).unwrap_or_default();
    if users.iter().any(|user| user.user_name == name) {
        name
    } else {
        String::new()
    }
}

#[cfg(test)]
mod tests;
