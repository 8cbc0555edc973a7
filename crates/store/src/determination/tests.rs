#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{at, household, stamp, store};
use crate::{Determination, HouseholdId, NewDetermination, Store, StoreError};

fn new(household: HouseholdId, month: &str) -> NewDetermination {
    NewDetermination {
        household,
        month: month.into(),
        release_digest: "ab".repeat(32),
        bytes: br#"{"answer":"open"}"#.to_vec(),
        purpose: "printed".into(),
    }
}

async fn store_with_one() -> (tempfile::TempDir, Store, Determination) {
    let (folder, store) = store().await;
    let id = store
        .create_household(&household("Thôn Đông", &[]), &stamp())
        .await
        .unwrap();
    let made = store.append_determination(new(id, "2026-11"), &stamp()).await.unwrap();
    (folder, store, made)
}

#[tokio::test(flavor = "multi_thread")]
async fn determinations_come_back_as_they_were_made() {
    let (_folder, store, first) = store_with_one().await;
    let later = at("2026-11-22T08:00:00.5Z");
    let second = store
        .append_determination(new(first.household, "2026-12"), &later)
        .await
        .unwrap();
    assert_eq!(
        store.determinations(first.household).await.unwrap(),
        [second, first],
        "newest first"
    );
    assert_eq!(store.counts().await.unwrap().n_determinations, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn determinations_are_neither_changed_nor_deleted() {
    let (_folder, store, made) = store_with_one().await;
    let attempts = [
        "UPDATE determination SET month = '2026-12'",
        "DELETE FROM determination",
        "INSERT OR REPLACE INTO determination SELECT id, household_id, '2026-12', release_digest, bytes, digest, made_at, \
         made_by, purpose FROM determination",
    ];
    for sql in attempts {
        let refused = sqlx::query(sql).execute(&store.pool).await.unwrap_err();
        assert!(refused.to_string().contains("only appended"), "{sql}: {refused}");
    }
    assert_eq!(store.determinations(made.household).await.unwrap(), [made]);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_altered_round_the_triggers_are_noticed() {
    let (_folder, store, made) = store_with_one().await;
    sqlx::query("DROP TRIGGER determination_is_never_changed")
        .execute(&store.pool)
        .await
        .unwrap();
    sqlx::query("UPDATE determination SET bytes = x'7b7d'")
        .execute(&store.pool)
        .await
        .unwrap();
    let read = store.determinations(made.household).await;
    assert!(
        matches!(read, Err(StoreError::AlteredDetermination { id }) if id == made.id),
        "{read:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_a_month_and_a_household_is_there() {
    let (_folder, store, made) = store_with_one().await;
    for month in ["2026-13", "2026-1", "11/2026", "2026-11-05", ""] {
        let refused = store.append_determination(new(made.household, month), &stamp()).await;
        assert!(
            matches!(refused, Err(StoreError::NotAMonth { .. })),
            "`{month}`: {refused:?}"
        );
    }
    let nobody = HouseholdId::new();
    let refused = store.append_determination(new(nobody, "2026-11"), &stamp()).await;
    assert!(matches!(refused, Err(StoreError::NoSuchHousehold { id }) if id == nobody));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_determination_is_found_by_the_beginning_of_its_digest() {
    let (_folder, store, made) = store_with_one().await;
    for beginning in [&made.digest[..10], &made.digest[..32], made.digest.as_str()] {
        let found = store.determinations_by_digest(beginning).await.unwrap();
        assert_eq!(found, std::slice::from_ref(&made), "{beginning}");
    }
    let other = if made.digest.starts_with('0') { "1" } else { "0" };
    for none in [other, "", "%", "zz"] {
        assert_eq!(store.determinations_by_digest(none).await.unwrap(), [], "`{none}`");
    }
}
