#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{OFFICER, SUPERVISOR, at, set_up, stamp};
use crate::{NewHousehold, Opening, Store, StoreError};
use std::path::Path;

fn household() -> NewHousehold {
    NewHousehold {
        number: None,
        hamlet: "Thôn Đông".into(),
        invented: true,
        members: Vec::new(),
        facts: Vec::new(),
    }
}

fn password(who: (&str, &str)) -> Opening {
    Opening::Password {
        user_name: who.0.into(),
        password: who.1.into(),
    }
}

async fn restore(folder: &Path, backup: &Path, opening: Opening) -> Result<Option<std::path::PathBuf>, StoreError> {
    Store::restore(folder, backup, opening, at("2026-11-23T08:00:00Z").at).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_restored_elsewhere_whole_and_never_over_anything() {
    let (here, there, disk) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let (store, _, recovery) = set_up(here.path()).await;
    store.create_household(&household(), &stamp()).await.unwrap();
    let good = store.back_up(disk.path(), None, &stamp()).await.unwrap();
    assert_eq!(
        (good.n_households, good.n_entries),
        (1, 3),
        "set-up, household, and the backup itself"
    );
    let bytes = std::fs::read(&good.path).unwrap();
    let plain: [&[u8]; 2] = [b"SQLite format 3", "Thôn Đông".as_bytes()];
    for text in plain {
        assert!(
            !bytes.windows(text.len()).any(|window| window == text),
            "nothing of it can be read"
        );
    }
    store.create_household(&household(), &stamp()).await.unwrap();
    store.close().await;

    let refused = restore(there.path(), &good.path, password(OFFICER)).await;
    assert!(matches!(refused, Err(StoreError::NotASupervisor)));
    let refused = restore(there.path(), &good.path, password((SUPERVISOR.0, "không phải"))).await;
    assert!(matches!(refused, Err(StoreError::WrongPassword)));
    assert!(
        !there.path().join("ansinh.db").exists(),
        "nothing is there before the backup has opened"
    );
    assert_eq!(
        restore(there.path(), &good.path, password(SUPERVISOR)).await.unwrap(),
        None
    );
    let (restored, _) = Store::open(there.path(), SUPERVISOR.0, SUPERVISOR.1).await.unwrap();
    assert_eq!(restored.counts().await.unwrap().n_households, 1);
    assert_eq!(restored.audit(1).await.unwrap()[0].action, "restore backup");
    restored.close().await;

    let aside = restore(here.path(), &good.path, Opening::Recovery(recovery))
        .await
        .unwrap()
        .unwrap();
    let (before, _) = Store::open(&aside, OFFICER.0, OFFICER.1).await.unwrap();
    assert_eq!(
        before.counts().await.unwrap().n_households,
        2,
        "what stood there is kept whole"
    );
    let (after, _) = Store::open(here.path(), OFFICER.0, OFFICER.1).await.unwrap();
    assert_eq!(after.counts().await.unwrap().n_households, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spoilt_backup_is_told_and_restores_nothing() {
    let (here, there, disk) = (
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
        tempfile::tempdir().unwrap(),
    );
    let (store, _, _) = set_up(here.path()).await;
    let good = store.back_up(disk.path(), None, &stamp()).await.unwrap();
    let bytes = std::fs::read(&good.path).unwrap();
    let spoilt = disk.path().join("spoilt");
    let mut flipped = bytes.clone();
    let middle = bytes.len() - 3000;
    flipped[middle] ^= 1;
    let mut long = bytes.clone();
    long[16..24].fill(0xff);
    for (what, content) in [
        ("a letter is another", flipped),
        ("cut short", bytes[..bytes.len() - 1].to_vec()),
        ("lengths that lie", long),
        (
            "something else",
            b"a letter to somebody, longer than a head is".to_vec(),
        ),
        ("nothing", Vec::new()),
    ] {
        std::fs::write(&spoilt, &content).unwrap();
        let tried = store.try_backup(&spoilt, stamp().at).await;
        let refused = restore(there.path(), &spoilt, password(SUPERVISOR)).await;
        for error in [tried.unwrap_err(), refused.unwrap_err()] {
            let is_told = matches!(
                error,
                StoreError::DamagedBackup | StoreError::NotABackup | StoreError::DamagedDatabase
            );
            assert!(is_told, "{what}: {error}");
        }
        assert!(!there.path().join("ansinh.db").exists(), "{what}");
    }
    assert!(
        !here.path().join("trial.unfinished").exists(),
        "a trial leaves nothing behind"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_backups_of_this_database_are_kept() {
    let (here, disk) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (store, _, _) = set_up(here.path()).await;
    let foreign = disk.path().join("ansinh-00000000-20200101-000000.ansinh-backup");
    std::fs::write(&foreign, b"of another computer").unwrap();
    for day in ["2026-11-20", "2026-11-21", "2026-11-22"] {
        store
            .back_up(disk.path(), Some(2), &at(&format!("{day}T08:00:00Z")))
            .await
            .unwrap();
    }
    let kept = store.backups_in(disk.path());
    let days: Vec<bool> = kept
        .iter()
        .map(|path| path.to_str().unwrap().contains("20261122"))
        .collect();
    assert_eq!(days, [true, false]);
    assert!(foreign.exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_cannot_be_written_is_told() {
    let here = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(here.path()).await;
    let no_folder = here.path().join("keys.json").join("below");
    let refused = store.back_up(&no_folder, None, &stamp()).await;
    assert!(matches!(refused, Err(StoreError::File { .. })));
    assert!(!here.path().join("backup.unfinished").exists());
}
