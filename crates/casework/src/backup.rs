//! Backups: on a schedule, on demand, as a file, restored for trial and in earnest.
//!
//! By itself one is made at the first sign-in of a day and at a sign-out that is hours after the last. What fails is
//! remembered and shown; it never keeps anybody from working.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ansinh_store::{self as store, BackupMemory, Opening, Stamp, Store};
use data_encoding::BASE64;
use jiff::Timestamp;

use crate::clock;
use crate::office::tidy;
use crate::session::Session;
use crate::wire::{
    BackupExport, BackupFile, BackupHint, BackupPlanRequest, BackupState, Failure, GoodBackup, JobStarted, OutFile,
    RestoreBackupRequest, Restored, TryBackupRequest,
};

const KEEP: u32 = 14;
const MOST_KEPT: u32 = 400;
/// Between two that are made by themselves at sign-out.
const PAUSE_SECONDS: i64 = 4 * 60 * 60;

impl Session {
    pub(crate) fn backup_state(&self) -> BackupState {
        let memory = Store::backup_memory(self.store.folder());
        let files = memory.folder.as_deref().map(|folder| self.store.backups_in(folder));
        BackupState {
            keep: memory.keep.unwrap_or(KEEP),
            files: files.unwrap_or_default().iter().map(|path| file(path)).collect(),
            folder: memory.folder.map(|folder| folder.display().to_string()),
            last: memory.last.map(wire),
            failed: memory.failed,
        }
    }

    pub(crate) async fn save_backup_plan(&mut self, request: BackupPlanRequest) -> Result<BackupState, Failure> {
        let folder = request.folder.as_deref().map(tidy).filter(|folder| !folder.is_empty());
        let folder = folder.map(PathBuf::from);
        let wrong = |vi: &str, en: &str| Failure::bad_request("$.folder", vi, en);
        if let Some(folder) = &folder {
            if !folder.is_absolute() {
                return Err(wrong(
                    "cần đường dẫn đầy đủ, ví dụ E:\\SaoLuu hoặc /media/usb/sao-luu",
                    "expected a whole path, such as E:\\Backups or /media/usb/backups",
                ));
            }
            if folder.starts_with(self.store.folder()) {
                return Err(wrong(
                    "bản sao lưu phải nằm ngoài thư mục dữ liệu",
                    "backups must be outside the folder of the data",
                ));
            }
            if std::fs::create_dir_all(folder).is_err() {
                return Err(wrong(
                    "không mở hoặc không tạo được thư mục này",
                    "this folder cannot be opened or made",
                ));
            }
        }
        let memory = BackupMemory {
            folder,
            keep: Some(request.keep.clamp(1, MOST_KEPT)),
            ..Store::backup_memory(self.store.folder())
        };
        Store::remember_backups(self.store.folder(), &memory)?;
        self.store
            .append_audit(
                &self.stamp(),
                "change backup plan",
                "",
                &memory.keep.unwrap_or(KEEP).to_string(),
            )
            .await?;
        Ok(self.backup_state())
    }

    pub(crate) fn make_backup(&mut self) -> Result<JobStarted, Failure> {
        let memory = Store::backup_memory(self.store.folder());
        let to = memory.folder.ok_or_else(|| {
            Failure::bad_request(
                "$.folder",
                "chưa chọn thư mục sao lưu",
                "no folder for backups is chosen",
            )
        })?;
        let (store, stamp) = (Arc::clone(&self.store), self.stamp());
        let keep = memory.keep.unwrap_or(KEEP);
        Ok(self
            .jobs
            .start(move |_| async move { Ok(wire(remembered(&store, &to, keep, &stamp).await?)) }))
    }

    pub(crate) fn try_backup(&mut self, request: TryBackupRequest) -> JobStarted {
        let (store, now) = (Arc::clone(&self.store), clock::now());
        self.jobs
            .start(move |_| async move { Ok(wire(store.try_backup(Path::new(&request.path), now).await?)) })
    }

    pub(crate) fn export_backup(&mut self) -> JobStarted {
        let (store, stamp) = (Arc::clone(&self.store), self.stamp());
        self.jobs.start(move |_| async move {
            let folder = store.folder().join("export.unfinished");
            let made = store.back_up(&folder, None, &stamp).await;
            let read = made.and_then(|good| {
                let bytes = std::fs::read(&good.path).map_err(|source| store::StoreError::File {
                    path: good.path.clone(),
                    source,
                })?;
                Ok((good, bytes))
            });
            let removed = std::fs::remove_dir_all(&folder);
            let (good, bytes) = read?;
            removed.map_err(|error| Failure::of("storage").with("kind", "file").with("detail", error))?;
            let name = good
                .path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or("an-sinh.ansinh-backup");
            let out = OutFile::new(name.to_owned(), "application/octet-stream", &bytes);
            Ok(BackupExport {
                file: out,
                found: wire(good),
            })
        })
    }

    /// At the first sign-in of a day a backup is made beside the desk.
    pub(crate) fn back_up_today(&mut self) {
        let memory = Store::backup_memory(self.store.folder());
        let is_of_today = |last: &store::GoodBackup| moment(last).is_some_and(|at| clock::day_of(at) == clock::today());
        if memory.folder.is_some() && !memory.last.as_ref().is_some_and(is_of_today) {
            // Nobody asks what became of it; that is remembered with the backups.
            let _ = self.make_backup();
        }
    }

    /// At a sign-out hours after the last backup another one is made, before the database is closed.
    pub(crate) async fn back_up_at_the_end(&self) {
        let memory = Store::backup_memory(self.store.folder());
        let passed = memory.last.as_ref().map(|last| clock::now().as_second() - last.at);
        let is_due = passed.is_none_or(|passed| !(0..PAUSE_SECONDS).contains(&passed));
        if let Some(to) = memory.folder.filter(|_| is_due) {
            let keep = memory.keep.unwrap_or(KEEP);
            let _ = remembered(&self.store, &to, keep, &self.stamp()).await;
        }
    }

    pub(crate) fn backup_hint(&self) -> BackupHint {
        let memory = Store::backup_memory(self.store.folder());
        let since = memory.last.as_ref().and_then(moment).map(clock::day_of);
        BackupHint {
            days: since.and_then(|day| Some(clock::today().since(day).ok()?.get_days().into())),
            failed: memory.failed.is_some(),
        }
    }
}

/// Makes a backup and remembers what became of it.
async fn remembered(store: &Store, to: &Path, keep: u32, stamp: &Stamp) -> Result<store::GoodBackup, Failure> {
    let made = store.back_up(to, Some(keep), stamp).await;
    let mut memory = Store::backup_memory(store.folder());
    match &made {
        Ok(good) => {
            memory.last = Some(good.clone());
            memory.failed = None;
        }
        Err(error) => memory.failed = Some(error.to_string()),
    }
    Store::remember_backups(store.folder(), &memory)?;
    Ok(made?)
}

/// Restores a backup into a folder in which nobody is at work.
pub(crate) async fn restore(folder: &Path, request: RestoreBackupRequest) -> Result<Restored, Failure> {
    let opening = match (request.user, request.password, request.recovery_key) {
        (_, _, Some(key)) if !key.trim().is_empty() => Opening::Recovery(key.parse()?),
        (Some(user_name), Some(password), _) => Opening::Password { user_name, password },
        _ => {
            let vi = "cần mật khẩu của một người phụ trách hoặc mã khôi phục";
            return Err(Failure::bad_request(
                "$",
                vi,
                "expected a supervisor's password or the recovery key",
            ));
        }
    };
    let brought = folder.join("brought.unfinished");
    let path = match (request.bytes, request.path) {
        (Some(bytes), _) => {
            let bytes = BASE64
                .decode(bytes.as_bytes())
                .map_err(|error| Failure::bad_request("$.bytes", "tệp không đọc được", error.to_string()))?;
            let failed = |error| Failure::of("storage").with("kind", "file").with("detail", error);
            std::fs::create_dir_all(folder).map_err(failed)?;
            std::fs::write(&brought, bytes).map_err(failed)?;
            brought.clone()
        }
        (None, Some(path)) if !path.trim().is_empty() => PathBuf::from(path.trim()),
        (None, _) => {
            return Err(Failure::bad_request(
                "$.path",
                "chưa chọn tệp sao lưu",
                "no backup is chosen",
            ));
        }
    };
    let restored = Store::restore(folder, &path, opening, clock::now()).await;
    let _ = std::fs::remove_file(&brought);
    Ok(Restored {
        aside: restored?.map(|aside| aside.display().to_string()),
    })
}

fn wire(good: store::GoodBackup) -> GoodBackup {
    GoodBackup {
        at: moment(&good).map(clock::moment).unwrap_or_default(),
        path: good.path.display().to_string(),
        n_bytes: good.n_bytes,
        n_households: good.n_households,
        n_persons: good.n_persons,
        n_entries: good.n_entries,
    }
}

/// Returns the last good backup in words, for whoever stands before data that do not open.
pub(crate) fn last_good(folder: &Path) -> Option<(String, String)> {
    let last = Store::backup_memory(folder).last?;
    Some((clock::moment(moment(&last)?), last.path.display().to_string()))
}

fn moment(good: &store::GoodBackup) -> Option<Timestamp> {
    Timestamp::from_second(good.at).ok()
}

fn file(path: &Path) -> BackupFile {
    BackupFile {
        path: path.display().to_string(),
        name: path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default()
            .to_owned(),
        n_bytes: std::fs::metadata(path).map(|found| found.len()).unwrap_or_default(),
    }
}
