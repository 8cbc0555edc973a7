#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use crate::sample::{OFFICER, SUPERVISOR, details, household, reopen, said, set_up, set_up_of_commune, stamp};
use crate::{HouseholdId, KeyCost, PersonId, RecoveryKey, Role, State, Store, StoreError, Ties};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_is_set_up_once_and_opened_by_each_user() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("An Sinh");
    assert_eq!(Store::state(&path), State::Missing);
    assert!(matches!(Store::users(&path), Err(StoreError::NotSetUp)));
    assert!(matches!(
        Store::open(&path, "hoa", "12345678").await,
        Err(StoreError::NotSetUp)
    ));

    let (store, user, _) = set_up(&path).await;
    assert_eq!(
        (user.user_name.as_str(), user.role),
        ("hoa", Role::Officer),
        "the first user is signed in"
    );
    assert_eq!(store.commune().await.unwrap().hamlets, ["Thôn Đông", "Thôn Đoài"]);
    store.close().await;

    assert_eq!(Store::state(&path), State::Present);
    let known: Vec<_> = Store::users(&path)
        .unwrap()
        .into_iter()
        .map(|user| (user.user_name, user.role))
        .collect();
    assert_eq!(
        known,
        [("hoa".to_owned(), Role::Officer), ("binh".to_owned(), Role::Supervisor)]
    );
    let again = Store::set_up(&path, set_up_of_commune()).await;
    assert!(
        matches!(again, Err(StoreError::AlreadySetUp)),
        "a database is never overwritten"
    );

    let (store, user) = Store::open(&path, " binh ", SUPERVISOR.1).await.unwrap();
    assert_eq!(user.full_name, "Lê Văn Bình");
    assert_eq!(user.role, Role::Supervisor);
    assert_eq!(store.accounts().await.unwrap().len(), 2);
    assert_eq!(
        store.sign_in(OFFICER.0, OFFICER.1).await.unwrap().full_name,
        "Trần Thị Hoa"
    );
    assert!(matches!(
        store.sign_in(OFFICER.0, "sai").await,
        Err(StoreError::WrongPassword)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_full_cost_opens_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut new = set_up_of_commune();
    new.cost = KeyCost::Full;
    new.users.truncate(1);
    let (store, _, _) = Store::set_up(folder.path(), new).await.unwrap();
    store.close().await;
    let keys = std::fs::read_to_string(folder.path().join("keys.json")).unwrap();
    assert!(
        keys.contains("\"memory_kib\": 65536"),
        "64 MiB for each password: {keys}"
    );
    reopen(folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_open_is_told_why() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(folder.path()).await;
    let open = |user: &'static str, password: &'static str| Store::open(folder.path(), user, password);

    assert!(matches!(
        open(OFFICER.0, OFFICER.1).await,
        Err(StoreError::OpenElsewhere)
    ));
    store.close().await;
    assert!(matches!(
        open("hoa", "mật khẩu khác").await,
        Err(StoreError::WrongPassword)
    ));
    assert!(matches!(open("lan", OFFICER.1).await, Err(StoreError::UnknownUser { user_name }) if user_name == "lan"));
    open(OFFICER.0, OFFICER.1).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn set_up_refuses_users_who_could_not_sign_in() {
    let folder = tempfile::tempdir().unwrap();
    let refused = async |change: fn(&mut crate::SetUp)| {
        let mut new = set_up_of_commune();
        change(&mut new);
        let error = Store::set_up(folder.path(), new).await.unwrap_err();
        assert_eq!(
            Store::state(folder.path()),
            State::Missing,
            "nothing is left behind after: {error}"
        );
        error
    };
    assert!(matches!(refused(|new| new.users.clear()).await, StoreError::NoUsers));
    assert!(matches!(
        refused(|new| new.users[1].password = "mật khẩ".into()).await,
        StoreError::PasswordTooShort { at_least: 8 }
    ));
    assert!(matches!(
        refused(|new| new.users[0].user_name = " ".into()).await,
        StoreError::UserNameEmpty
    ));
    assert!(matches!(
        refused(|new| new.users[1].user_name = "Hoa".into()).await,
        StoreError::UserNameTaken { .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_recovery_key_opens_and_gives_a_new_password() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, recovery) = set_up(folder.path()).await;
    store.close().await;

    let other = RecoveryKey::new().unwrap();
    let refused = Store::open_with_recovery(folder.path(), &other).await;
    assert!(matches!(refused, Err(StoreError::WrongRecoveryKey)));

    let typed: RecoveryKey = recovery.to_string().to_lowercase().parse().unwrap();
    let store = Store::open_with_recovery(folder.path(), &typed).await.unwrap();
    let short = store.reset_password("hoa", "ngắn", &stamp()).await;
    assert!(matches!(short, Err(StoreError::PasswordTooShort { .. })));
    let stranger = store.reset_password("lan", "mật khẩu mới", &stamp()).await;
    assert!(matches!(stranger, Err(StoreError::UnknownUser { .. })));
    store.reset_password("hoa", "mật khẩu mới", &stamp()).await.unwrap();
    store.close().await;

    let old = Store::open(folder.path(), OFFICER.0, OFFICER.1).await;
    assert!(
        matches!(old, Err(StoreError::WrongPassword)),
        "the old password opens nothing"
    );
    let (store, _) = Store::open(folder.path(), "hoa", "mật khẩu mới").await.unwrap();
    let renewed = store.replace_recovery_key(&stamp()).await.unwrap();
    store.close().await;
    let old = Store::open_with_recovery(folder.path(), &recovery).await;
    assert!(
        matches!(old, Err(StoreError::WrongRecoveryKey)),
        "the old recovery key opens nothing"
    );
    Store::open_with_recovery(folder.path(), &renewed).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_set_up_that_was_cut_short_can_start_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ansinh.db.new"), "half a database").unwrap();
    std::fs::write(folder.path().join("keys.json"), "half a").unwrap();
    assert_eq!(Store::state(folder.path()), State::Missing);
    let (store, _, _) = set_up(folder.path()).await;
    store.close().await;
    reopen(folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(folder.path()).await;
    store.close().await;
    let database = folder.path().join("ansinh.db");
    let keys = folder.path().join("keys.json");
    let whole = std::fs::read(&database).unwrap();
    let open = async || Store::open(folder.path(), OFFICER.0, OFFICER.1).await.map(|_| ());

    for at in [0, 100, whole.len() / 2, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        std::fs::write(&database, damaged).unwrap();
        let result = open().await;
        assert!(
            matches!(result, Err(StoreError::DamagedDatabase)),
            "one bit at {at}: {result:?}"
        );
    }
    std::fs::write(&database, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(open().await, Err(StoreError::DamagedDatabase)), "half a file");
    std::fs::write(&database, "").unwrap();
    assert!(
        matches!(open().await, Err(StoreError::DamagedDatabase)),
        "an empty file"
    );
    std::fs::remove_file(&database).unwrap();
    assert!(matches!(open().await, Err(StoreError::DatabaseMissing)));

    std::fs::write(&database, &whole).unwrap();
    open().await.unwrap();
    std::fs::write(&keys, "{").unwrap();
    assert!(matches!(open().await, Err(StoreError::DamagedKeys)));
    std::fs::remove_file(&keys).unwrap();
    assert!(matches!(open().await, Err(StoreError::DamagedKeys)));
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_can_be_read_from_the_files() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(folder.path()).await;
    let new = household("Thôn Đông", &[("Hoàng Văn Trầm", "1951")]);
    store.create_household(&new, &stamp()).await.unwrap();
    // Looked at twice: while the log holds the newest pages, and after it is written back.
    assert_unreadable(folder.path());
    store.close().await;
    assert_unreadable(folder.path());
}

fn assert_unreadable(folder: &Path) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for secret in [
            "Trầm",
            "tram",
            "Thôn Đông",
            "household",
            "SQLite format",
            "Trần Thị Hoa",
            OFFICER.1,
        ] {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "`{secret}` can be read in {}", path.display());
        }
    }
}

/// A window and a server run each command on whichever thread is free. This only has to compile.
#[allow(dead_code)]
fn every_answer_can_be_awaited_on_another_thread(store: &Store, household: HouseholdId, person: PersonId) {
    fn sends<T: Send>(_: T) {}
    let stamp = stamp();
    sends(Store::set_up(Path::new(""), set_up_of_commune()));
    sends(Store::open(Path::new(""), "", ""));
    sends(store.sign_in("", ""));
    sends(store.reset_password("", "", &stamp));
    sends(store.search("", 1));
    sends(store.load_household(household));
    sends(store.save_fact(household, None, &said("", ""), &stamp));
    sends(store.update_person(person, &details("", ""), &Ties::default(), &stamp));
    sends(store.insert_households(&[], &stamp));
    sends(store.check_audit_chain());
}

mod kill;
