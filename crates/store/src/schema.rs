//! Opens the database file: its key and settings, its whole state, its schema.
//!
//! A database of a newer app is refused and left as it is. Before an older one is brought up to date its file is copied
//! aside. Whoever calls holds the folder's lock.

use crate::StoreError;
use crate::files::{Files, copy_atomically};
use crate::keys::DataKey;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::time::Duration;

/// The migrations this app knows.
pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!();

fn options(file: &Path, key: &DataKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .pragma("key", key.pragma())
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        // With this a REPLACE fires the triggers that keep determinations and the audit log append-only.
        .pragma("recursive_triggers", "ON")
        // Nothing decrypted goes to a temporary file.
        .pragma("temp_store", "MEMORY")
        // 32 MiB: a commune's search keys stay decrypted in memory.
        .pragma("cache_size", "-32768")
        // The key and people's names pass through statements: none is ever logged.
        .disable_statement_logging()
}

/// Creates a database with every table, under the name it has while it is set up.
pub(crate) async fn create(files: &Files, key: &DataKey) -> Result<SqliteConnection, StoreError> {
    let file = files.unfinished_database();
    let mut connection = options(&file, key).create_if_missing(true).connect().await?;
    migrate(&MIGRATIONS, &mut connection).await?;
    Ok(connection)
}

/// Closes a database so that all of it is in its one file.
pub(crate) async fn close(mut connection: SqliteConnection) -> Result<(), StoreError> {
    checkpoint(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Opens the database, brought up to the newest of `migrations`.
pub(crate) async fn open(files: &Files, key: &DataKey, migrations: &Migrator) -> Result<SqlitePool, StoreError> {
    let file = files.database();
    if !file.exists() {
        return Err(StoreError::DatabaseMissing);
    }
    let options = options(&file, key);
    let mut connection = options.connect().await?;
    check_whole(&mut connection).await?;
    let found = schema_version(&mut connection).await?;
    let supported = newest(migrations);
    if found > supported {
        connection.close().await?;
        return Err(StoreError::NewerSchema { found, supported });
    }
    if found < supported {
        // SQLite's locks end when any handle on its file is closed, so the copy is made while the database is closed.
        close(connection).await?;
        copy_atomically(&file, &files.copy_before(supported))?;
        connection = options.connect().await?;
        migrate(migrations, &mut connection).await?;
    }
    connection.close().await?;

    // One connection: a commune has one officer at one screen, and one writer never waits for itself.
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_with(options)
        .await?;
    Ok(pool)
}

/// The log is written back first: after a power cut a page in the file may be torn and whole in the log.
async fn check_whole(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    checkpoint(connection).await?;
    let damages: Vec<String> = sqlx::query_scalar("PRAGMA cipher_integrity_check")
        .fetch_all(&mut *connection)
        .await?;
    if damages.is_empty() {
        Ok(())
    } else {
        Err(StoreError::DamagedDatabase)
    }
}

/// Writes the log back into the file. A file whose log could not be written back is not the whole database.
async fn checkpoint(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let (busy, _, _): (bool, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)")
        .fetch_one(connection)
        .await?;
    if busy { Err(StoreError::OpenElsewhere) } else { Ok(()) }
}

async fn migrate(migrations: &Migrator, connection: &mut SqliteConnection) -> Result<(), StoreError> {
    migrations
        .run_direct(None, connection, false)
        .await
        .map_err(|e| StoreError::Migration { detail: e.to_string() })
}

/// Every database this app made has the table of migrations; one without it was made or cut by something else.
async fn schema_version(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    let known: bool = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')")
        .fetch_one(&mut *connection)
        .await?;
    if !known {
        return Err(StoreError::DamagedDatabase);
    }
    let version: Option<i64> = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
        .fetch_one(connection)
        .await?;
    version.ok_or(StoreError::DamagedDatabase)
}

fn newest(migrations: &Migrator) -> i64 {
    migrations.iter().map(|migration| migration.version).max().unwrap_or(0)
}

#[cfg(test)]
mod tests;
