#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{household, reopen, set_up, stamp, store};
use crate::{Card, Identity, Presence, StoreError};

fn whole() -> Identity {
    Identity {
        id_number: "001051000123".into(),
        old_id_number: "012345678".into(),
        phone: "+84 912 345 678".into(),
        presence: Presence::Away {
            since: "2026-02-01".parse().ok(),
        },
        card: Some(Card {
            text: "001051000123|012345678|…".into(),
            address: "Thôn 3, Hà Giang".into(),
            issued_on: None,
            seen_on: "2026-11-22".parse().unwrap(),
        }),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_is_kept_whole_and_the_log_names_no_value() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(folder.path()).await;
    let new = household("Thôn Đông", &[("Nguyễn Văn An", "1951"), ("Nguyễn Thị Đào", "1980")]);
    let id = store.create_household_of(&new, &whole(), &stamp()).await.unwrap();
    store.close().await;
    drop(store);
    let store = reopen(folder.path()).await;
    let file = store.load_household(id).await.unwrap();
    assert_eq!(file.persons[0].identity, whole());
    assert_eq!(file.persons[1].identity, Identity::default());

    let changed = Identity {
        phone: "0988 000 111".into(),
        presence: Presence::Here,
        ..whole()
    };
    store
        .save_identity(file.persons[0].id, &changed, &stamp())
        .await
        .unwrap();
    store
        .save_identity(file.persons[0].id, &changed, &stamp())
        .await
        .unwrap();
    let file = store.load_household(id).await.unwrap();
    assert_eq!(file.persons[0].identity, changed);
    let log = store.audit(50).await.unwrap();
    let entries: Vec<&str> = log
        .iter()
        .filter(|entry| entry.action == "save identity")
        .map(|entry| entry.detail.as_str())
        .collect();
    assert_eq!(
        entries,
        ["phone presence", "id_number old_id_number phone presence card"],
        "saved twice is changed once"
    );
    let nobody = "01890000-0000-7000-8000-000000000000".parse().unwrap();
    let refused = store.save_identity(nobody, &whole(), &stamp()).await;
    assert!(matches!(refused, Err(StoreError::NoSuchPerson { .. })), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_found_by_every_number_and_by_nothing_shorter() {
    let (_folder, store) = store().await;
    let new = household("Thôn Đông", &[("Nguyễn Văn An", "1951")]);
    store.create_household_of(&new, &whole(), &stamp()).await.unwrap();
    let many: Vec<_> = (0..30)
        .map(|_| household("Thôn Đoài", &[("Lê Văn Ba", "1960")]))
        .collect();
    store.insert_households(&many, &stamp()).await.unwrap();
    for (text, wanted) in [
        ("001051000123", Some("Nguyễn Văn An")),
        ("001 051 000 123", Some("Nguyễn Văn An")),
        ("001051", Some("Nguyễn Văn An")),
        ("an 001051000123", Some("Nguyễn Văn An")),
        ("012345678", Some("Nguyễn Văn An")),
        ("0912345678", Some("Nguyễn Văn An")),
        ("0912.345.678", Some("Nguyễn Văn An")),
        ("+84 912 345", Some("Nguyễn Văn An")),
        ("001051000124", None),
        ("00105", None),
        ("ba 001051000123", None),
    ] {
        let found = store.search(text, 20).await.unwrap();
        let name = found.first().and_then(|found| found.person_name.as_deref());
        assert_eq!(name, wanted, "{text}");
    }
}
