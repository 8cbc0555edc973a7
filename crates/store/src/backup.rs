//! Backups: one file that holds the database, encrypted as it is, and `keys.json`, and what is remembered of the last one.
//!
//! A backup opens with the passwords and the recovery key of the day it was made. It is written under another name first, read
//! again from the disk and restored for trial: decrypted whole, checked, counted, its log walked. Only then it gets its name.
//! Restoring never overwrites: what stands in the folder is moved aside and stays there.
//!
//! What is remembered (where to, how many, the last good one) stands in `backup.json` beside the keys, because it is needed
//! when the database does not open. It names no person.

use crate::files::{Files, Lock, rename, write_atomically};
use crate::keys::{DataKey, Keys};
use crate::{AuditChain, RecoveryKey, Role, Stamp, Store, StoreError, audit, schema};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// A backup begins with this, then the lengths of the keys and of the database, eight bytes each, then both.
const MARK: &[u8; 16] = b"ansinh backup 1\n";
/// Longer keys are no keys.
const MOST_KEYS: u64 = 1024 * 1024;
const ENDING: &str = "ansinh-backup";

/// What is remembered of backups.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BackupMemory {
    /// Where they go by themselves; nowhere while nobody said.
    pub folder: Option<PathBuf>,
    /// How many of the newest are kept there.
    pub keep: Option<u32>,
    /// The last one that was restored for trial.
    pub last: Option<GoodBackup>,
    /// Why the last attempt failed, where it did.
    pub failed: Option<String>,
}

/// A backup that was restored for trial.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodBackup {
    /// When it was made, in seconds since 1970.
    pub at: i64,
    /// Where it was written.
    pub path: PathBuf,
    /// Its length.
    pub n_bytes: u64,
    /// Households in it.
    pub n_households: usize,
    /// Persons in it.
    pub n_persons: usize,
    /// Entries of the log in it.
    pub n_entries: usize,
}

/// What opens a backup.
pub enum Opening {
    /// Somebody who could sign in on the day it was made.
    Password {
        /// User name.
        user_name: String,
        /// Password.
        password: String,
    },
    /// The recovery key of that day.
    Recovery(RecoveryKey),
}

impl Store {
    /// Returns what is remembered of backups. What cannot be read is not remembered.
    pub fn backup_memory(folder: &Path) -> BackupMemory {
        let bytes = std::fs::read(memory_of(folder)).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    /// Remembers something else of backups.
    pub fn remember_backups(folder: &Path, memory: &BackupMemory) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec_pretty(memory).unwrap_or_default();
        write_atomically(&memory_of(folder), &bytes)
    }

    /// Returns the folder this database is in.
    pub fn folder(&self) -> &Path {
        self.files.folder()
    }

    /// Makes a backup in a folder, restores it for trial, and removes the oldest of this database beyond `keep`.
    pub async fn back_up(&self, to: &Path, keep: Option<u32>, stamp: &Stamp) -> Result<GoodBackup, StoreError> {
        std::fs::create_dir_all(to).map_err(|e| StoreError::file(to, e))?;
        let name = format!("{}{}.{ENDING}", self.prefix(), stamp.at.strftime("%Y%m%d-%H%M%S"));
        let (path, unfinished) = (to.join(&name), to.join(format!("{name}.unfinished")));
        // In the log first, so that the backup holds the entry of itself.
        self.append_audit(stamp, "make backup", &name, "").await?;
        let made = self.write_and_try(&unfinished, stamp).await;
        let good = match made {
            Ok(good) => GoodBackup {
                path: path.clone(),
                ..good
            },
            Err(error) => {
                let _ = std::fs::remove_file(&unfinished);
                return Err(error);
            }
        };
        rename(&unfinished, &path)?;
        if let Some(keep) = keep {
            self.prune(to, keep)?;
        }
        Ok(good)
    }

    async fn write_and_try(&self, to: &Path, stamp: &Stamp) -> Result<GoodBackup, StoreError> {
        let copy = self.files.folder().join("backup.unfinished");
        remove_file(&copy)?;
        let copied = self.copy_into(&copy).await;
        let written = copied.and_then(|()| write_container(&self.files.keys(), &copy, to));
        remove_file(&copy)?;
        written?;
        self.try_backup(to, stamp.at).await
    }

    /// `VACUUM INTO` reads one moment of the database and writes it under the same key.
    async fn copy_into(&self, copy: &Path) -> Result<(), StoreError> {
        let Some(text) = copy.to_str() else {
            return Err(StoreError::file(copy, std::io::ErrorKind::InvalidFilename.into()));
        };
        sqlx::query("VACUUM INTO ?").bind(text).execute(&self.pool).await?;
        Ok(())
    }

    /// Restores a backup of this database for trial, in a folder that is gone afterwards, and says what is in it.
    pub async fn try_backup(&self, path: &Path, at: Timestamp) -> Result<GoodBackup, StoreError> {
        let trial = self.files.folder().join("trial.unfinished");
        remove_folder(&trial)?;
        let tried = try_in(&trial, path, &self.key, at).await;
        remove_folder(&trial)?;
        tried
    }

    /// Returns the backups of this database in a folder, newest first.
    pub fn backups_in(&self, folder: &Path) -> Vec<PathBuf> {
        let prefix = self.prefix();
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut found: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| {
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                name.starts_with(&prefix) && name.ends_with(&format!(".{ENDING}"))
            })
            .collect();
        // The name holds the time.
        found.sort_unstable_by(|one, other| other.cmp(one));
        found
    }

    fn prune(&self, folder: &Path, keep: u32) -> Result<(), StoreError> {
        let keep = usize::try_from(keep.max(1)).unwrap_or(usize::MAX);
        self.backups_in(folder)
            .iter()
            .skip(keep)
            .try_for_each(|path| remove_file(path))
    }

    /// The backups of one database share the beginning of their names, and no other has it: two computers may use one folder.
    fn prefix(&self) -> String {
        let digest = Sha256::new_with_prefix(b"ansinh name of backups")
            .chain_update(self.key.bytes())
            .finalize();
        let short: String = HEXLOWER.encode(&digest).chars().take(8).collect();
        format!("ansinh-{short}-")
    }

    /// Restores a backup into a folder. What stands there is moved aside, into a folder whose name is returned; nothing is
    /// touched before the backup has opened and was found whole. Who restores is a supervisor of that day, or has the key.
    pub async fn restore(
        folder: &Path,
        backup: &Path,
        opening: Opening,
        now: Timestamp,
    ) -> Result<Option<PathBuf>, StoreError> {
        let files = Files::of(folder);
        files.create_folder()?;
        let lock = Lock::take(&files)?;
        let trial = folder.join("restore.unfinished");
        remove_folder(&trial)?;
        let opened = open_in(&trial, backup, opening, now).await;
        let moved = match opened {
            Ok(()) => take_place(&files, &trial, now),
            Err(error) => Err(error),
        };
        remove_folder(&trial)?;
        drop(lock);
        moved
    }
}

fn memory_of(folder: &Path) -> PathBuf {
    folder.join("backup.json")
}

async fn try_in(trial: &Path, backup: &Path, key: &DataKey, at: Timestamp) -> Result<GoodBackup, StoreError> {
    let n_bytes = unpack(backup, trial)?;
    let files = Files::of(trial);
    Keys::read(&files.keys())?;
    let store = opened(files, key).await?;
    let good = what_is_in(&store, backup, n_bytes, at).await;
    store.close().await;
    good
}

async fn opened(files: Files, key: &DataKey) -> Result<Store, StoreError> {
    let lock = Lock::take(&files)?;
    Store::open_files(files, key.clone(), lock, &schema::MIGRATIONS).await
}

async fn what_is_in(store: &Store, path: &Path, n_bytes: u64, at: Timestamp) -> Result<GoodBackup, StoreError> {
    let found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_all(&store.pool)
        .await?;
    if found != ["ok"] {
        return Err(StoreError::DamagedBackup);
    }
    let counts = store.counts().await?;
    let AuditChain::Whole { n_entries } = store.check_audit_chain().await? else {
        return Err(StoreError::DamagedBackup);
    };
    Ok(GoodBackup {
        at: at.as_second(),
        path: path.to_path_buf(),
        n_bytes,
        n_households: counts.n_households,
        n_persons: counts.n_persons,
        n_entries,
    })
}

async fn open_in(trial: &Path, backup: &Path, opening: Opening, now: Timestamp) -> Result<(), StoreError> {
    let n_bytes = unpack(backup, trial)?;
    let files = Files::of(trial);
    let keys = Keys::read(&files.keys())?;
    let (key, by) = match opening {
        Opening::Password { user_name, password } => {
            let user_name = crate::user::tidy(&user_name);
            (
                crate::store::unwrap_away(keys, user_name.clone(), &password).await?,
                Some(user_name),
            )
        }
        Opening::Recovery(recovery) => (keys.unwrap_with_recovery(&recovery)?, None),
    };
    let store = opened(files, &key).await?;
    let done = note_restored(&store, backup, n_bytes, by, now).await;
    store.close().await;
    done
}

async fn note_restored(
    store: &Store,
    backup: &Path,
    n_bytes: u64,
    by: Option<String>,
    now: Timestamp,
) -> Result<(), StoreError> {
    what_is_in(store, backup, n_bytes, now).await?;
    let by = match by {
        Some(user_name) => {
            let user = store.account(&user_name).await?;
            if user.role != Role::Supervisor {
                return Err(StoreError::NotASupervisor);
            }
            user.user_name
        }
        // Nobody is known to be there: the entry says so by an empty name.
        None => String::new(),
    };
    let name = backup.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let stamp = Stamp { by, at: now };
    let mut tx = store.pool.begin().await?;
    audit::append(&mut tx, &stamp, "restore backup", name, "").await?;
    tx.commit().await?;
    Ok(())
}

/// The keys go first and come first: between the two the folder counts as damaged, not as new.
fn take_place(files: &Files, trial: &Path, now: Timestamp) -> Result<Option<PathBuf>, StoreError> {
    let from = Files::of(trial);
    let mut aside = None;
    if files.database().exists() || files.keys().exists() {
        let folder = files
            .folder()
            .join(format!("before-restore-{}", now.strftime("%Y%m%d-%H%M%S")));
        std::fs::create_dir_all(&folder).map_err(|e| StoreError::file(&folder, e))?;
        for name in [
            "ansinh.db-wal",
            "ansinh.db-shm",
            "ansinh.db",
            "keys.json",
            "attempts.json",
        ] {
            let path = files.folder().join(name);
            if path.exists() {
                rename(&path, &folder.join(name))?;
            }
        }
        aside = Some(folder);
    }
    rename(&from.keys(), &files.keys())?;
    rename(&from.database(), &files.database())?;
    Ok(aside)
}

fn write_container(keys: &Path, database: &Path, to: &Path) -> Result<(), StoreError> {
    let read = |path: &Path| File::open(path).map_err(|e| StoreError::file(path, e));
    let fail = |e| StoreError::file(to, e);
    let (mut keys_file, mut database_file) = (read(keys)?, read(database)?);
    let length = |file: &File, path: &Path| {
        file.metadata()
            .map(|found| found.len())
            .map_err(|e| StoreError::file(path, e))
    };
    let lengths = [length(&keys_file, keys)?, length(&database_file, database)?];
    let mut file = File::create(to).map_err(fail)?;
    file.write_all(MARK).map_err(fail)?;
    for length in lengths {
        file.write_all(&length.to_be_bytes()).map_err(fail)?;
    }
    std::io::copy(&mut keys_file, &mut file).map_err(fail)?;
    std::io::copy(&mut database_file, &mut file).map_err(fail)?;
    file.sync_all().map_err(fail)
}

/// Puts the two files of a backup into a new folder. Returns how long it is. A file that is no backup, or not all of one, is
/// told from one that cannot be read.
fn unpack(backup: &Path, into: &Path) -> Result<u64, StoreError> {
    let fail = |e| StoreError::file(backup, e);
    let mut file = File::open(backup).map_err(fail)?;
    let n_bytes = file.metadata().map_err(fail)?.len();
    let mut head = [0; 32];
    file.read_exact(&mut head).map_err(|_| StoreError::NotABackup)?;
    let (mark, lengths) = head.split_at(MARK.len());
    if mark != MARK {
        return Err(StoreError::NotABackup);
    }
    let length = |bytes: &[u8]| {
        bytes
            .try_into()
            .map(u64::from_be_bytes)
            .map_err(|_| StoreError::NotABackup)
    };
    let (keys, database) = lengths.split_at(8);
    let (n_keys, n_database) = (length(keys)?, length(database)?);
    let whole = (n_keys.checked_add(n_database)).and_then(|n| n.checked_add(32));
    if n_keys > MOST_KEYS || whole != Some(n_bytes) {
        return Err(StoreError::DamagedBackup);
    }
    std::fs::create_dir_all(into).map_err(|e| StoreError::file(into, e))?;
    let files = Files::of(into);
    for (path, n) in [(files.keys(), n_keys), (files.database(), n_database)] {
        let fail = |e| StoreError::file(&path, e);
        let mut to = File::create(&path).map_err(fail)?;
        std::io::copy(&mut Read::by_ref(&mut file).take(n), &mut to).map_err(fail)?;
        to.sync_all().map_err(fail)?;
    }
    Ok(n_bytes)
}

fn remove_file(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::file(path, e)),
        _ => Ok(()),
    }
}

fn remove_folder(path: &Path) -> Result<(), StoreError> {
    match std::fs::remove_dir_all(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(StoreError::file(path, e)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
