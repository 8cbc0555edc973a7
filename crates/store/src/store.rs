//! Setting up, opening and closing: from a folder and a password to an open [`Store`].

use crate::files::{Files, Lock, rename};
use crate::keys::{DataKey, Keys};
use crate::user::{check_users, tidy};
use crate::{Commune, KeyCost, KnownUser, NewUser, RecoveryKey, StoreError, User, audit, commune, schema, user};
use jiff::Timestamp;
use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::SqlitePool;
use std::fmt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::task::block_in_place;
use zeroize::Zeroizing;

/// Whether a folder has been set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// There is no database; set-up comes first.
    Missing,
    /// There is a database, whole or not; opening it will tell.
    Present,
}

/// What a new database begins with.
#[derive(Clone)]
pub struct SetUp {
    /// Where it belongs.
    pub commune: Commune,
    /// Who may open it. The first of them is signed in when set-up ends.
    pub users: Vec<NewUser>,
    /// How much work it is to try one password.
    pub cost: KeyCost,
    /// The time of the set-up.
    pub now: Timestamp,
}

/// Who does something, and when. The store never reads the clock for what it records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The user name.
    pub by: String,
    /// The time.
    pub at: Timestamp,
}

/// An open database. While it lives no other window can open the same folder.
pub struct Store {
    pub(crate) pool: SqlitePool,
    pub(crate) files: Files,
    pub(crate) key: DataKey,
    // Last, so that it is freed after the pool is.
    /// Given back when the store is closed, whoever still holds it then.
    lock: Mutex<Option<Lock>>,
}

/// A store that is dropped open is closed first, where the runtime has a thread to wait on. At the end of the process SQLCipher
/// frees its memory at once, and a connection that is still closing itself then would crash.
impl Drop for Store {
    fn drop(&mut self) {
        if self.pool.is_closed() {
            return;
        }
        if let Ok(runtime) = Handle::try_current()
            && runtime.runtime_flavor() == RuntimeFlavor::MultiThread
        {
            block_in_place(|| runtime.block_on(self.pool.close()));
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("folder", &self.files.folder())
            .finish_non_exhaustive()
    }
}

impl Store {
    /// Tells whether a folder has been set up.
    pub fn state(folder: &Path) -> State {
        if Files::of(folder).is_set_up() {
            State::Present
        } else {
            State::Missing
        }
    }

    /// Creates the database of a commune. Returns it opened as the first user, and the recovery key, which is shown once.
    ///
    /// A set-up that is cut short leaves a folder that can be set up again; one that is there is never overwritten.
    pub async fn set_up(folder: &Path, set_up: SetUp) -> Result<(Self, User, RecoveryKey), StoreError> {
        check_users(&set_up.users)?;
        let first = set_up.users.first().ok_or(StoreError::NoUsers)?;
        let files = Files::of(folder);
        files.create_folder()?;
        let lock = Lock::take(&files)?;
        if files.is_set_up() {
            return Err(StoreError::AlreadySetUp);
        }
        files.remove_unfinished()?;

        let key = DataKey::new()?;
        let recovery = RecoveryKey::new()?;
        let keys = {
            let (key, recovery, users, cost) = (key.clone(), recovery.clone(), set_up.users.clone(), set_up.cost);
            away(move || {
                let mut keys = Keys::new(&key, &recovery)?;
                for user in &users {
                    let known = KnownUser {
                        user_name: tidy(&user.user_name),
                        role: user.role,
                    };
                    keys.add_user(&key, known, &user.password, cost)?;
                }
                Ok(keys)
            })
            .await?
        };

        let mut connection = schema::create(&files, &key).await?;
        let mut tx = connection.begin().await?;
        commune::insert(&mut tx, &set_up.commune).await?;
        for new in &set_up.users {
            user::insert(&mut tx, new, set_up.now).await?;
        }
        let stamp = Stamp {
            by: tidy(&first.user_name),
            at: set_up.now,
        };
        audit::append(&mut tx, &stamp, "set up", &set_up.commune.commune, "").await?;
        tx.commit().await?;
        schema::close(connection).await?;

        // The database gets its name last: until then the folder counts as not set up.
        keys.write(&files.keys())?;
        rename(&files.unfinished_database(), &files.database())?;

        let store = Self::open_files(files, key, lock, &schema::MIGRATIONS).await?;
        let user = store.account(&stamp.by).await?;
        Ok((store, user, recovery))
    }

    /// Returns who can sign in, in the order they were added, without opening the database.
    pub fn users(folder: &Path) -> Result<Vec<KnownUser>, StoreError> {
        match Self::state(folder) {
            State::Missing => Err(StoreError::NotSetUp),
            State::Present => Ok(Keys::read(&Files::of(folder).keys())?.known_users()),
        }
    }

    /// Opens a database with a user's password.
    pub async fn open(folder: &Path, user_name: &str, password: &str) -> Result<(Self, User), StoreError> {
        Self::open_with_migrations(folder, user_name, password, &schema::MIGRATIONS).await
    }

    pub(crate) async fn open_with_migrations(
        folder: &Path,
        user_name: &str,
        password: &str,
        migrations: &Migrator,
    ) -> Result<(Self, User), StoreError> {
        let (files, lock, keys) = Self::claim(folder)?;
        let user_name = tidy(user_name);
        let key = unwrap_away(keys, user_name.clone(), password).await?;
        let store = Self::open_files(files, key, lock, migrations).await?;
        let user = store.account(&user_name).await?;
        Ok((store, user))
    }

    /// Opens a database with the recovery key. It belongs to no user: give somebody a new password next.
    pub async fn open_with_recovery(folder: &Path, recovery: &RecoveryKey) -> Result<Self, StoreError> {
        let (files, lock, keys) = Self::claim(folder)?;
        let key = keys.unwrap_with_recovery(recovery)?;
        Self::open_files(files, key, lock, &schema::MIGRATIONS).await
    }

    /// Checks a password against the open database, for a screen that was locked or for a change of user.
    pub async fn sign_in(&self, user_name: &str, password: &str) -> Result<User, StoreError> {
        let keys = Keys::read(&self.files.keys())?;
        let user_name = tidy(user_name);
        let key = unwrap_away(keys, user_name.clone(), password).await?;
        // Keys of another database, copied here, open with their own passwords and not with ours.
        if key != self.key {
            return Err(StoreError::DamagedKeys);
        }
        self.account(&user_name).await
    }

    /// Makes a new recovery key. The old one opens nothing any more.
    pub async fn replace_recovery_key(&self, stamp: &Stamp) -> Result<RecoveryKey, StoreError> {
        let recovery = RecoveryKey::new()?;
        let mut keys = Keys::read(&self.files.keys())?;
        keys.set_recovery(&self.key, &recovery)?;
        keys.write(&self.files.keys())?;
        self.append_audit(stamp, "replace recovery key", "", "").await?;
        Ok(recovery)
    }

    /// Closes the database and waits until all of it is in its file.
    pub async fn close(&self) {
        self.pool.close().await;
        self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
    }

    pub(crate) async fn rewrap(&self, user_name: &str, password: &str) -> Result<(), StoreError> {
        let mut keys = Keys::read(&self.files.keys())?;
        let (path, key) = (self.files.keys(), self.key.clone());
        let (user_name, password) = (user_name.to_owned(), Zeroizing::new(password.to_owned()));
        away(move || {
            keys.set_password(&key, &user_name, &password)?;
            keys.write(&path)
        })
        .await
    }

    /// Lets a user's password open this database.
    pub(crate) async fn wrap_for(&self, user: KnownUser, password: &str) -> Result<(), StoreError> {
        let mut keys = Keys::read(&self.files.keys())?;
        let (path, key) = (self.files.keys(), self.key.clone());
        let password = Zeroizing::new(password.to_owned());
        away(move || {
            let cost = keys.cost();
            keys.add_user(&key, user, &password, cost)?;
            keys.write(&path)
        })
        .await
    }

    /// Lets a user's password no longer open this database.
    pub(crate) fn unwrap_from(&self, user_name: &str) -> Result<(), StoreError> {
        let mut keys = Keys::read(&self.files.keys())?;
        keys.remove_user(user_name);
        keys.write(&self.files.keys())
    }

    fn claim(folder: &Path) -> Result<(Files, Lock, Keys), StoreError> {
        let files = Files::of(folder);
        if !files.is_set_up() {
            return Err(StoreError::NotSetUp);
        }
        let lock = Lock::take(&files)?;
        let keys = Keys::read(&files.keys())?;
        Ok((files, lock, keys))
    }

    pub(crate) async fn open_files(
        files: Files,
        key: DataKey,
        lock: Lock,
        migrations: &Migrator,
    ) -> Result<Self, StoreError> {
        let pool = schema::open(&files, &key, migrations).await?;
        Ok(Self {
            pool,
            files,
            key,
            lock: Mutex::new(Some(lock)),
        })
    }
}

pub(crate) async fn unwrap_away(keys: Keys, user_name: String, password: &str) -> Result<DataKey, StoreError> {
    let password = Zeroizing::new(password.to_owned());
    away(move || keys.unwrap_with_password(&user_name, &password)).await
}

/// Runs argon2id where it does not hold up the screen.
async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(e) => Err(StoreError::Database { detail: e.to_string() }),
    }
}

#[cfg(test)]
mod tests;
