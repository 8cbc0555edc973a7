#![allow(clippy::unwrap_used)]

use super::MIGRATIONS;
use crate::sample::{OFFICER, household, reopen, set_up, stamp};
use crate::{Store, StoreError};
use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::path::Path;

/// The migrations of this app and one of an app that follows it.
fn and_then(sql: &'static str) -> Migrator {
    let mut migrations: Vec<Migration> = MIGRATIONS.iter().cloned().collect();
    let version = super::newest(&MIGRATIONS) + 1;
    migrations.push(Migration::new(
        version,
        "next".into(),
        MigrationType::Simple,
        sql.into_sql_str(),
        false,
    ));
    Migrator::with_migrations(migrations)
}

async fn open_with(folder: &Path, migrations: &Migrator) -> Result<Store, StoreError> {
    let opened = Store::open_with_migrations(folder, OFFICER.0, OFFICER.1, migrations).await;
    opened.map(|(store, _)| store)
}

async fn folder_with_a_household() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(folder.path()).await;
    let new = household("Thôn Đông", &[("Hoàng Văn Trầm", "1951")]);
    store.create_household(&new, &stamp()).await.unwrap();
    // Not closed: the household may still be in the log when the next one opens.
    drop(store);
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_database_is_copied_aside_and_brought_up_to_date() {
    let folder = folder_with_a_household().await;
    let next = and_then("CREATE TABLE visit (id INTEGER PRIMARY KEY) STRICT;");
    let copy = folder.path().join(format!("ansinh.db.before-{}", super::newest(&next)));
    reopen(folder.path()).await.close().await;
    assert!(!copy.exists(), "nothing is copied where nothing changes");

    let store = open_with(folder.path(), &next).await.unwrap();
    let n_visits: i64 = sqlx::query_scalar("SELECT count(*) FROM visit")
        .fetch_one(&store.pool)
        .await
        .unwrap();
    assert_eq!((n_visits, store.counts().await.unwrap().n_households), (0, 1));
    store.close().await;

    std::fs::rename(&copy, folder.path().join("ansinh.db")).unwrap();
    let store = reopen(folder.path()).await;
    assert_eq!(
        store.counts().await.unwrap().n_households,
        1,
        "the copy is the whole database of the older app"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_database_is_refused_and_left_alone() {
    let folder = folder_with_a_household().await;
    let next = and_then("CREATE TABLE visit (id INTEGER PRIMARY KEY) STRICT;");
    open_with(folder.path(), &next).await.unwrap().close().await;

    let before = std::fs::read(folder.path().join("ansinh.db")).unwrap();
    let supported = super::newest(&MIGRATIONS);
    let refused = open_with(folder.path(), &MIGRATIONS).await;
    assert!(
        matches!(refused, Err(StoreError::NewerSchema { found, supported: s }) if found == supported + 1 && s == supported),
        "{refused:?}"
    );
    assert!(
        before == std::fs::read(folder.path().join("ansinh.db")).unwrap(),
        "not a byte was changed"
    );
    open_with(folder.path(), &next).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_migration_that_fails_changes_nothing() {
    let folder = folder_with_a_household().await;
    let broken = and_then("DROP TABLE setting; CREATE TABLE household (id TEXT) STRICT;");
    let failed = open_with(folder.path(), &broken).await;
    assert!(matches!(failed, Err(StoreError::Migration { .. })), "{failed:?}");
    let store = reopen(folder.path()).await;
    store.set_setting("language", "vi").await.unwrap();
    assert_eq!(store.setting("language").await.unwrap().as_deref(), Some("vi"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_is_opened_with_its_safety_on() {
    let folder = folder_with_a_household().await;
    let store = reopen(folder.path()).await;
    let pragma = async |sql: &'static str| {
        let value: String = sqlx::query_scalar(sql).fetch_one(&store.pool).await.unwrap();
        value
    };
    assert_eq!(pragma("SELECT journal_mode FROM pragma_journal_mode").await, "wal");
    assert_eq!(
        pragma("SELECT synchronous || '' FROM pragma_synchronous").await,
        "2",
        "2 is FULL"
    );
    assert_eq!(pragma("SELECT foreign_keys || '' FROM pragma_foreign_keys").await, "1");
    assert_eq!(pragma("SELECT timeout || '' FROM pragma_busy_timeout").await, "5000");
}
