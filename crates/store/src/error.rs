//! Everything that can go wrong in the store, told apart as far as a screen can act on it.

use crate::{DeterminationId, DossierId, DraftId, HouseholdId, PersonId};
use std::path::{Path, PathBuf};

/// Why the store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no database yet: set-up comes first.
    #[error("no database has been set up in this folder")]
    NotSetUp,
    /// The folder already holds a database or its keys; set-up never overwrites them.
    #[error("this folder already holds a database")]
    AlreadySetUp,
    /// Set-up was asked for without anybody who could sign in.
    #[error("a database needs at least one user")]
    NoUsers,
    /// A user name is empty.
    #[error("a user name is empty")]
    UserNameEmpty,
    /// Two users would share a name.
    #[error("the user name `{user_name}` is taken")]
    UserNameTaken {
        /// The name given twice.
        user_name: String,
    },
    /// A new password is too short.
    #[error("a password needs at least {at_least} characters")]
    PasswordTooShort {
        /// How many characters are needed.
        at_least: usize,
    },
    /// The only supervisor cannot be taken away: nobody could add another.
    #[error("the last supervisor cannot be deactivated")]
    LastSupervisor,
    /// Too many wrong passwords: the next one is not tried before some time has passed.
    #[error("too many wrong passwords; wait {seconds} seconds")]
    MustWait {
        /// How long.
        seconds: u64,
    },
    /// A file that was to be restored is no backup of this app.
    #[error("this file is not a backup")]
    NotABackup,
    /// A backup is not whole.
    #[error("the backup is damaged")]
    DamagedBackup,
    /// Restoring is for a supervisor of the day of the backup.
    #[error("only a supervisor restores a backup")]
    NotASupervisor,
    /// Nobody of this name may open the database.
    #[error("there is no user `{user_name}`")]
    UnknownUser {
        /// The name that was given.
        user_name: String,
    },
    /// The password does not open the database.
    #[error("the password is wrong")]
    WrongPassword,
    /// The recovery key was not typed as it was printed: a letter is missing, added or changed.
    #[error("the recovery key has a typing mistake")]
    MistypedRecoveryKey,
    /// The recovery key is well formed and belongs to another database.
    #[error("this recovery key does not belong to this database")]
    WrongRecoveryKey,
    /// `keys.json` is missing or cannot be understood: nobody can sign in until it is restored from a backup.
    #[error("the file of keys is damaged or missing")]
    DamagedKeys,
    /// `keys.json` was written by a newer app.
    #[error("the file of keys has format {found}, this app knows up to {supported}")]
    NewerKeys {
        /// The format of the file.
        found: u32,
        /// The newest format this app reads.
        supported: u32,
    },
    /// The keys are there and the database is not.
    #[error("the database file is missing")]
    DatabaseMissing,
    /// The database cannot be read although its key is right.
    #[error("the database file is damaged")]
    DamagedDatabase,
    /// The database was written by a newer app; it is left as it is.
    #[error("the database has schema {found}, this app knows up to {supported}")]
    NewerSchema {
        /// The schema of the database.
        found: i64,
        /// The newest schema this app reads.
        supported: i64,
    },
    /// Another window or process has this database open.
    #[error("the database is open in another window")]
    OpenElsewhere,
    /// The disk is full: what was being saved is not saved.
    #[error("the disk is full")]
    DiskFull,
    /// Bringing the database up to this app's schema failed; it is as it was before, and so is the copy.
    #[error("the database could not be brought up to date: {detail}")]
    Migration {
        /// What the database said.
        detail: String,
    },
    /// There is no such household.
    #[error("there is no household {id}")]
    NoSuchHousehold {
        /// The household asked for.
        id: HouseholdId,
    },
    /// There is no such person, or not in this household.
    #[error("there is no person {id} in this household")]
    NoSuchPerson {
        /// The person asked for.
        id: PersonId,
    },
    /// There is no such dossier.
    #[error("there is no dossier {id}")]
    NoSuchDossier {
        /// The identifier that was given.
        id: DossierId,
    },
    /// There is no such draft.
    #[error("there is no draft {id}")]
    NoSuchDraft {
        /// The identifier that was given.
        id: DraftId,
    },
    /// A person of a new household names a parent or partner that is not one of its other members.
    #[error("member {member} is tied to {other}, which is not another member of the household")]
    NoSuchMember {
        /// The place of the person in the list, from 0.
        member: usize,
        /// The place it names.
        other: usize,
    },
    /// A person cannot be their own parent or partner.
    #[error("a person cannot be tied to themselves")]
    TiedToSelf,
    /// A household with people has exactly one head.
    #[error("a household would not have exactly one head")]
    NotOneHead,
    /// There is no such act that could be taken back.
    #[error("there is no act {id} to take back")]
    NoSuchAct {
        /// The act asked for.
        id: i64,
    },
    /// Later changes rest on it: they are taken back first.
    #[error("later changes rest on it")]
    BuiltUpon,
    /// Two households would share a number.
    #[error("the household number `{number}` is taken")]
    NumberTaken {
        /// The number given twice.
        number: String,
    },
    /// The answer of a fact is not JSON.
    #[error("the answer of `{name}` is not JSON")]
    AnswerNotJson {
        /// The fact.
        name: String,
    },
    /// A month is not written as `YYYY-MM`.
    #[error("`{month}` is not a month")]
    NotAMonth {
        /// The text given.
        month: String,
    },
    /// A stored determination no longer has the digest it was stored with.
    #[error("determination {id} was altered after it was made")]
    AlteredDetermination {
        /// The determination.
        id: DeterminationId,
    },
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The system gave no random numbers, so no key can be made.
    #[error("the system gave no random numbers")]
    NoRandomness,
    /// Anything else the database said.
    #[error("the database failed: {detail}")]
    Database {
        /// What the database said. It names no person: values travel apart from statements.
        detail: String,
    },
}

impl StoreError {
    pub(crate) fn file(path: &Path, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::File {
                path: path.to_path_buf(),
                source,
            },
        }
    }
}

// SQLite's primary result codes: https://www.sqlite.org/rescode.html
const BUSY: i32 = 5;
const CORRUPT: i32 = 11;
const FULL: i32 = 13;
const NOT_A_DATABASE: i32 = 26;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let code = error
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .and_then(|code| code.parse::<i32>().ok())
            .map(|code| code & 0xff);
        match code {
            Some(CORRUPT | NOT_A_DATABASE) => Self::DamagedDatabase,
            Some(FULL) => Self::DiskFull,
            Some(BUSY) => Self::OpenElsewhere,
            _ => Self::Database {
                detail: error.to_string(),
            },
        }
    }
}

pub(crate) fn is_unique_violation(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

pub(crate) fn is_foreign_key_violation(error: &sqlx::Error) -> bool {
    error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation)
}
