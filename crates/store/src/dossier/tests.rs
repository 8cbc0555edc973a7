#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{at, household, stamp, store};
use crate::{AuditChain, DossierId, HouseholdId, NewDossier, NewDossierEvent, Store, StoreError};

fn new(household: HouseholdId) -> NewDossier {
    NewDossier {
        household,
        person: None,
        programme: "sample".into(),
        content: r#"{"papers":[]}"#.into(),
        made_on: "2026-11-20".parse().unwrap(),
        state: "preparing".into(),
    }
}

fn event(kind: &str, on: &str, undoes: Option<i64>, state: &str) -> NewDossierEvent {
    NewDossierEvent {
        kind: kind.into(),
        happened_on: on.parse().unwrap(),
        content: "{}".into(),
        undoes,
        state: state.into(),
    }
}

async fn store_with_one() -> (tempfile::TempDir, Store, HouseholdId, DossierId) {
    let (folder, store) = store().await;
    let of = store
        .create_household(&household("Thôn Đông", &[("Hoàng Văn Trầm", "1951")]), &stamp())
        .await
        .unwrap();
    let id = store.make_dossier(&new(of), &stamp()).await.unwrap();
    (folder, store, of, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dossier_comes_back_with_all_that_happened_to_it() {
    let (_folder, store, of, id) = store_with_one().await;
    let later = at("2026-11-23T08:00:00Z");
    store
        .append_dossier_event(id, &event("handed_in", "2026-11-23", None, "handed_in"), &later)
        .await
        .unwrap();
    let found = store.dossier(id).await.unwrap();
    assert_eq!((found.state.as_str(), found.events.len()), ("handed_in", 1));
    let undo = event("undo", "2026-11-24", Some(found.events[0].id), "preparing");
    store.append_dossier_event(id, &undo, &later).await.unwrap();
    let found = store.dossier(id).await.unwrap();
    assert_eq!(found.state, "preparing");
    let kinds: Vec<&str> = found.events.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["handed_in", "undo"], "what was undone stays");
    assert_eq!(found.events[1].undoes, Some(found.events[0].id));
    assert_eq!(found.events[0].happened_on.to_string(), "2026-11-23");
    assert_eq!(store.dossiers_of(of).await.unwrap(), [found]);
    assert_eq!(store.load_household(of).await.unwrap().updated_at, later.at);
    assert!(matches!(
        store.check_audit_chain().await.unwrap(),
        AuditChain::Whole { .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn open_ones_are_found_by_their_state_newest_first() {
    let (_folder, store, of, first) = store_with_one().await;
    let second = store.make_dossier(&new(of), &stamp()).await.unwrap();
    let done = store.make_dossier(&new(of), &stamp()).await.unwrap();
    store
        .append_dossier_event(done, &event("refused", "2026-11-23", None, "refused"), &stamp())
        .await
        .unwrap();
    let ids = |all: Vec<crate::Dossier>| all.into_iter().map(|dossier| dossier.id).collect::<Vec<_>>();
    let open = store.dossiers_in(&["preparing", "handed_in"]).await.unwrap();
    assert_eq!(ids(open), [second, first]);
    assert_eq!(ids(store.dossiers_in(&["refused"]).await.unwrap()), [done]);
    assert_eq!(ids(store.dossiers().await.unwrap()), [done, second, first]);
    assert_eq!(ids(store.dossiers_in(&[]).await.unwrap()), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_a_dossier_nor_its_history_is_rewritten() {
    let (_folder, store, _, id) = store_with_one().await;
    store
        .append_dossier_event(id, &event("handed_in", "2026-11-23", None, "handed_in"), &stamp())
        .await
        .unwrap();
    let before = store.dossier(id).await.unwrap();
    for sql in [
        "UPDATE dossier SET content = '{}'",
        "UPDATE dossier_event SET happened_on = '2026-01-01'",
    ] {
        assert!(sqlx::query(sql).execute(&store.pool).await.is_err(), "{sql}");
    }
    // Nothing is undone twice.
    let undo = event("undo", "2026-11-24", Some(before.events[0].id), "preparing");
    store.append_dossier_event(id, &undo, &stamp()).await.unwrap();
    assert!(store.append_dossier_event(id, &undo, &stamp()).await.is_err());
    assert_eq!(store.dossier(id).await.unwrap().events.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_is_said_to_be_missing() {
    let (_folder, store, ..) = store_with_one().await;
    let nowhere = HouseholdId::new();
    let refused = store.make_dossier(&new(nowhere), &stamp()).await;
    assert!(matches!(refused, Err(StoreError::NoSuchHousehold { id }) if id == nowhere));
    let none = DossierId::new();
    let refused = store
        .append_dossier_event(none, &event("paid", "2026-11-23", None, "paid"), &stamp())
        .await;
    assert!(matches!(refused, Err(StoreError::NoSuchDossier { id }) if id == none));
    assert!(matches!(
        store.dossier(none).await,
        Err(StoreError::NoSuchDossier { .. })
    ));
}
