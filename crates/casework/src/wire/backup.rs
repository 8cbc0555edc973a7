//! Backups: where they go, the last good one, making, trying and restoring them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::OutFile;

/// `backup_state {}`: answers this, as does `save_backup_plan`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupState {
    /// The folder they go to by themselves; none while nobody said.
    pub folder: Option<String>,
    /// How many of the newest are kept there.
    pub keep: u32,
    /// The last one that was restored for trial.
    pub last: Option<GoodBackup>,
    /// Why the last attempt failed.
    pub failed: Option<String>,
    /// The backups in the folder, newest first.
    pub files: Vec<BackupFile>,
}

/// A backup that was restored for trial.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GoodBackup {
    /// When, `2026-11-22 14:02`.
    pub at: String,
    /// Where it was written.
    pub path: String,
    /// Its length.
    #[ts(type = "number")]
    pub n_bytes: u64,
    /// Households in it.
    pub n_households: usize,
    /// Persons in it.
    pub n_persons: usize,
    /// Entries of the log in it.
    pub n_entries: usize,
}

/// A backup in the folder.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupFile {
    /// Where.
    pub path: String,
    /// Its name.
    pub name: String,
    /// Its length.
    #[ts(type = "number")]
    pub n_bytes: u64,
}

/// `save_backup_plan`: answers [`BackupState`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct BackupPlanRequest {
    /// A folder of this computer, or of a stick or share; none ends backups by themselves.
    pub folder: Option<String>,
    /// How many of the newest are kept there.
    pub keep: u32,
}

/// `make_backup {}`: a job that writes into the folder of the plan. `try_backup` takes [`TryBackupRequest`]. Both answer
/// [`GoodBackup`]. `export_backup {}` is a job that answers this.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupExport {
    /// The backup.
    pub file: OutFile,
    /// What is in it.
    pub found: GoodBackup,
}

/// `try_backup`: restores a backup for trial, in a job that answers [`GoodBackup`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TryBackupRequest {
    /// Where it is.
    pub path: String,
}

/// `restore_backup`: before anybody is signed in. Answers [`Restored`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RestoreBackupRequest {
    /// The file itself in base64, where it was chosen.
    pub bytes: Option<String>,
    /// Where it is, where that was typed.
    pub path: Option<String>,
    /// A supervisor of the day it was made; with `password`.
    pub user: Option<String>,
    /// Their password of that day.
    pub password: Option<String>,
    /// The recovery key of that day, in place of the two.
    pub recovery_key: Option<String>,
}

/// Answer of `restore_backup`; nobody is signed in yet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Restored {
    /// The folder into which was moved what stood here before.
    pub aside: Option<String>,
}

/// How backups stand, for the line at the foot.
#[derive(Clone, Debug, Serialize, TS)]
pub struct BackupHint {
    /// Days since the last good one; none when there never was one.
    #[ts(type = "number | null")]
    pub days: Option<i64>,
    /// The last attempt failed.
    pub failed: bool,
}
