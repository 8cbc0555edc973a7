#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{at, household, said, stamp, store};
use crate::{Identity, NewDetermination, NewImport, NewReason, NewRoster, RememberedMapping, Store, StoreError};

fn import() -> NewImport {
    NewImport {
        file_name: "danh-sach.csv".into(),
        n_rows: 4,
        n_left_out: 1,
        mapping: RememberedMapping {
            headers: "ho ten".into(),
            mapping: "{}".into(),
        },
    }
}

fn rosters() -> Vec<NewRoster> {
    let identity = |number: &str| Identity {
        id_number: number.into(),
        ..Identity::default()
    };
    vec![
        NewRoster {
            household: household("Thôn Đông", &[("Nguyễn Văn An", "1951"), ("Nguyễn Thị Bé", "1980")]),
            identities: vec![identity("001051000123"), Identity::default()],
        },
        NewRoster {
            household: household("Thôn Đoài", &[("Trần Văn Ba", "1960")]),
            identities: vec![identity("")],
        },
    ]
}

/// The rows of every table that speaks of households.
async fn rows(store: &Store) -> Vec<i64> {
    let tables = [
        "household",
        "person",
        "edge",
        "fact",
        "identity",
        "search_key",
        "import_batch",
        "import_mapping",
    ];
    let mut all = Vec::new();
    for table in tables {
        let sql = format!("SELECT count(*) FROM {table}");
        let n: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
            .fetch_one(&store.pool)
            .await
            .unwrap();
        all.push(n);
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_is_found_by_search_and_gone_when_it_is_taken_back() {
    let (_folder, store) = store().await;
    store
        .create_household(&household("Thôn Đông", &[("Lê Thị Sen", "1970")]), &stamp())
        .await
        .unwrap();
    let before = rows(&store).await;
    let id = store
        .import_households(&import(), &rosters(), &stamp(), &|| true)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        store.search("001051000123", 5).await.unwrap()[0].n_persons,
        2,
        "found by its number"
    );
    assert_eq!(store.remembered_mapping("ho ten").await.unwrap().as_deref(), Some("{}"));
    let batch = &store.imports().await.unwrap()[0];
    assert_eq!(
        (batch.id, batch.n_households, batch.n_changed, batch.undone_at),
        (id, 2, 0, None)
    );
    let known = store.known_persons("birth_date").await.unwrap();
    let an = known.iter().find(|known| known.person.name == "Nguyễn Văn An").unwrap();
    assert_eq!(an.numbers, ["001051000123"]);
    assert_eq!(an.person.birth_answer.as_deref(), Some("{\"year\":1951}"));

    store.undo_import(id, &at("2026-11-22T09:00:00Z")).await.unwrap();
    let after = rows(&store).await;
    assert_eq!(after[..6], before[..6], "as if it had never been there");
    assert!(store.search("001051000123", 5).await.unwrap().is_empty());
    assert!(store.imports().await.unwrap()[0].undone_at.is_some());
    let again = store.undo_import(id, &stamp()).await.unwrap_err();
    assert!(matches!(again, StoreError::NoSuchAct { .. }), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_fails_or_is_stopped_leaves_nothing() {
    let (_folder, store) = store().await;
    let before = rows(&store).await;
    let mut new = rosters();
    for roster in &mut new {
        roster.household.number = Some("00007".into());
    }
    let taken = store
        .import_households(&import(), &new, &stamp(), &|| true)
        .await
        .unwrap_err();
    assert!(matches!(taken, StoreError::NumberTaken { .. }), "{taken}");
    assert_eq!(rows(&store).await, before);
    let stopped = store
        .import_households(&import(), &rosters(), &stamp(), &|| false)
        .await
        .unwrap();
    assert_eq!((stopped, rows(&store).await), (None, before));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_stays_once_somebody_worked_with_it() {
    let later = at("2026-11-23T08:00:00Z");
    for what in ["fact", "print", "reason", "move"] {
        let (_folder, store) = store().await;
        let id = store
            .import_households(&import(), &rosters(), &stamp(), &|| true)
            .await
            .unwrap()
            .unwrap();
        let household = store.search("nguyen van an", 5).await.unwrap()[0].household;
        match what {
            "fact" => store
                .save_fact(household, None, &said("area", "\"delta\""), &later)
                .await
                .unwrap(),
            "print" => {
                let new = NewDetermination {
                    household,
                    month: "2026-11".into(),
                    release_digest: "d".into(),
                    bytes: b"{}".to_vec(),
                    purpose: "summary".into(),
                };
                store.append_determination(new, &later).await.unwrap();
            }
            "reason" => {
                let new = NewReason {
                    household,
                    benefit: (None, "x".into()),
                    reason: Some("refused".into()),
                    note: String::new(),
                };
                store.add_gap_reasons(&[new], &later).await.unwrap();
            }
            _ => {
                let person = store.load_household(household).await.unwrap().persons[1].id;
                store.remove_person(person, "chuyển đi", &later).await.unwrap();
            }
        }
        let before = rows(&store).await;
        let refused = store.undo_import(id, &later).await.unwrap_err();
        assert!(matches!(refused, StoreError::BuiltUpon), "{what}: {refused}");
        assert_eq!(rows(&store).await, before, "{what}");
        assert_eq!(store.imports().await.unwrap()[0].n_changed, 1, "{what}");
    }
}
