//! Who may sign in, and the log of everything that was done.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{OutFile, Role};

/// `users {}`: everybody who may sign in or once could. Answers [`Accounts`], as do `add_user`, `new_password`,
/// `deactivate_user` and `reactivate_user`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Accounts {
    /// By user name.
    pub accounts: Vec<Account>,
}

/// Somebody who may sign in, or once could.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Account {
    /// User name.
    pub user: String,
    /// Full name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Since when, `2026-11-22 14:02`.
    pub since: String,
    /// Since when no longer.
    pub deactivated_at: Option<String>,
}

/// `add_user`: answers [`Accounts`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AddUserRequest {
    /// User name: what is typed at sign-in.
    pub user: String,
    /// Full name, as printed on papers.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Password, at least eight characters.
    pub password: String,
}

/// `new_password` and `reactivate_user`: answers [`Accounts`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewPasswordRequest {
    /// User name.
    pub user: String,
    /// The new password, at least eight characters.
    pub password: String,
}

/// `deactivate_user`: answers [`Accounts`]. The last supervisor stays, and nobody deactivates themselves.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DeactivateUserRequest {
    /// User name.
    pub user: String,
}

/// `change_password`: of whoever is signed in. Answers `{}`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ChangePasswordRequest {
    /// The password until now.
    pub old: String,
    /// The new one, at least eight characters.
    pub new: String,
}

/// `new_recovery_key`: makes one and forgets the one before. Answers [`super::SetUpDone`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewRecoveryKeyRequest {
    /// The password of whoever is signed in: the screen may have been left alone.
    pub password: String,
}

/// `audit`: what was done, newest first. Answers [`AuditPage`]. `export_audit` takes the same, without regard to `before`,
/// and starts a job that answers [`AuditFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct AuditRequest {
    /// Only by this user.
    pub by: Option<String>,
    /// Only this, as the log calls it.
    pub action: Option<String>,
    /// Only of the household with this number.
    pub number: Option<String>,
    /// From this day on.
    pub from: Option<String>,
    /// Up to this day.
    pub until: Option<String>,
    /// Only what is older than this entry, for the next page.
    #[ts(type = "number | null")]
    pub before: Option<i64>,
}

/// Answer of `audit`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditPage {
    /// Newest first.
    pub entries: Vec<AuditRow>,
    /// Whether there are older ones.
    pub has_more: bool,
    /// What can be asked for, as the log calls it.
    pub actions: Vec<String>,
    /// Everybody who may stand in it.
    pub users: Vec<String>,
}

/// An entry of the log.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditRow {
    /// Its place in the log.
    #[ts(type = "number")]
    pub seq: i64,
    /// When, `2026-11-22 14:02:31`.
    pub at: String,
    /// User name.
    pub by: String,
    /// What was done, as the log calls it.
    pub action: String,
    /// The household concerned, when there is one.
    pub household: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// The person concerned, by their name of now.
    pub person: Option<String>,
    /// What else it concerned: a user name, a file.
    pub subject: String,
    /// What else belongs to it.
    pub detail: String,
}

/// `check_audit {}`: starts a job that answers this.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct AuditCheck {
    /// How many entries there are, where all are as they were written.
    pub n_entries: usize,
    /// The first entry that is not as it was written.
    #[ts(type = "number | null")]
    pub broken_at: Option<i64>,
}

/// Answer of the job `export_audit`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct AuditFile {
    /// The entries as CSV.
    pub file: OutFile,
    /// How many.
    pub n_entries: usize,
}
