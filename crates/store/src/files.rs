//! The files of a store's folder: their names, the lock that keeps a second window out, and writing that survives a power cut.

use crate::StoreError;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the files of one store are.
#[derive(Clone)]
pub(crate) struct Files {
    folder: PathBuf,
}

impl Files {
    pub(crate) fn of(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("ansinh.db")
    }

    /// The database while it is being set up. It gets its name when it is complete.
    pub(crate) fn unfinished_database(&self) -> PathBuf {
        self.folder.join("ansinh.db.new")
    }

    /// The copy made before the database is brought to schema `version`.
    pub(crate) fn copy_before(&self, version: i64) -> PathBuf {
        self.folder.join(format!("ansinh.db.before-{version}"))
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.folder.join("keys.json")
    }

    /// How often a wrong password was tried. It stands outside the database, which is closed then.
    pub(crate) fn attempts(&self) -> PathBuf {
        self.folder.join("attempts.json")
    }

    /// A set-up that was cut short has left a database nobody was ever given: it may start again.
    pub(crate) fn is_set_up(&self) -> bool {
        self.database().exists() || (self.keys().exists() && !self.unfinished_database().exists())
    }

    pub(crate) fn create_folder(&self) -> Result<(), StoreError> {
        std::fs::create_dir_all(&self.folder).map_err(|e| StoreError::file(&self.folder, e))
    }

    /// Removes what a set-up that was cut short left behind.
    pub(crate) fn remove_unfinished(&self) -> Result<(), StoreError> {
        for ending in ["", "-wal", "-shm", "-journal"] {
            let path = self.folder.join(format!("ansinh.db.new{ending}"));
            match std::fs::remove_file(&path) {
                Ok(()) => {}
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(StoreError::file(&path, e)),
            }
        }
        Ok(())
    }
}

/// Held while a store is open. The system frees it when the process ends, however it ends.
pub(crate) struct Lock {
    _file: File,
}

impl Lock {
    pub(crate) fn take(files: &Files) -> Result<Self, StoreError> {
        let path = files.folder().join("ansinh.lock");
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| StoreError::file(&path, e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(StoreError::OpenElsewhere),
            Err(TryLockError::Error(e)) => Err(StoreError::file(&path, e)),
        }
    }
}

/// Writes a file so that after a power cut either the old bytes or the new ones are there.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let unfinished = path.with_extension("unfinished");
    let fail = |e| StoreError::file(&unfinished, e);
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&unfinished).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.sync_all().map_err(fail)?;
    drop(file);
    rename(&unfinished, path)
}

/// Copies a file so that the copy is complete, or is not there under its name.
pub(crate) fn copy_atomically(from: &Path, to: &Path) -> Result<(), StoreError> {
    let unfinished = to.with_extension("unfinished");
    let fail = |e| StoreError::file(&unfinished, e);
    std::fs::copy(from, &unfinished).map_err(fail)?;
    File::options()
        .write(true)
        .open(&unfinished)
        .and_then(|file| file.sync_all())
        .map_err(fail)?;
    rename(&unfinished, to)
}

/// Gives a complete file its name, and waits until the disk knows the name.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    std::fs::rename(from, to).map_err(|e| StoreError::file(to, e))?;
    // Windows has no way to flush a folder; NTFS journals the rename itself.
    #[cfg(unix)]
    if let Some(folder) = to.parent() {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|e| StoreError::file(folder, e))?;
    }
    Ok(())
}
