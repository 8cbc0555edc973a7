#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use jiff::civil::{Date, date};

use crate::sample::{at, household, said, stamp, store};
use crate::{
    Basis, HouseholdId, NewScreening, NewStanding, NewUpcoming, PersonId, Screened, Store, StoreError, Traits,
};

fn basis(month: &str, digest: &str) -> Basis {
    Basis {
        month: month.into(),
        release_digest: digest.into(),
    }
}

fn standing(person: Option<PersonId>, programme: &str, standing: &str, level: i64) -> NewStanding {
    NewStanding {
        benefit: (person, programme.into()),
        standing: standing.into(),
        is_kept: standing != "needs_fact",
        level: Some((level, level)),
        every: "month".into(),
        is_cash: true,
        is_asked: true,
        next: None,
        traits: Traits::default(),
    }
}

async fn found(store: &Store, id: HouseholdId, basis: Basis, today: Date, standings: Vec<NewStanding>) -> NewScreening {
    NewScreening {
        household: id,
        household_at: store.load_household(id).await.unwrap().updated_at,
        basis,
        n_open: 1,
        n_missing: 2,
        n_undated: 0,
        today,
        standings,
        changes: Some(vec![NewUpcoming {
            benefit: (None, "cash".into()),
            on: today,
            kind: "gains".into(),
            cause: "age".into(),
            text: ["vi".into(), "en".into()],
            why: ["vi".into(), "en".into()],
        }]),
    }
}

async fn rows(store: &Store) -> Vec<(String, String, String)> {
    let rows = sqlx::query_as("SELECT programme, standing, found_on FROM standing ORDER BY programme");
    rows.fetch_all(&store.pool).await.unwrap()
}

async fn released(store: &Store) -> Vec<(String, String, String, String)> {
    let rows = sqlx::query_as("SELECT programme, before, after, before_digest FROM release_change ORDER BY programme");
    rows.fetch_all(&store.pool).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_or_is_of_another_month_or_release_is_stale() -> Result<(), StoreError> {
    let (_folder, store) = store().await;
    let new = [
        household("Thôn Đông", &[("Phạm Văn Lúa", "1951")]),
        household("Thôn Đoài", &[]),
    ];
    let ids = store.insert_households(&new, &stamp()).await?;
    let november = basis("2026-11", "a");
    let both = Screened {
        n_households: 2,
        n_current: 0,
        n_never: 2,
    };
    assert_eq!(store.screened(&november).await?, both);

    let first = found(&store, ids[0], november.clone(), date(2026, 11, 22), vec![]).await;
    store.save_screenings(std::slice::from_ref(&first), &stamp()).await?;
    assert_eq!(store.stale_households(&november, 9).await?, [ids[1]]);
    assert_eq!(
        store.screened(&november).await?,
        Screened {
            n_households: 2,
            n_current: 1,
            n_never: 1
        }
    );
    for other in [basis("2026-12", "a"), basis("2026-11", "b")] {
        assert_eq!(store.stale_households(&other, 9).await?.len(), 2, "{other:?}");
    }

    store
        .save_fact(
            ids[0],
            None,
            &said("poverty_status", "\"poor\""),
            &at("2026-11-22T09:00:00Z"),
        )
        .await?;
    assert_eq!(
        store.stale_households(&november, 9).await?,
        [ids[0], ids[1]],
        "changed last, first"
    );
    store.save_screenings(&[first], &stamp()).await?;
    assert_eq!(
        store.stale_households(&november, 9).await?.len(),
        2,
        "what was screened before the change is not kept"
    );

    let on_the_desk = NewScreening {
        changes: None,
        ..found(&store, ids[0], november.clone(), date(2026, 11, 22), vec![]).await
    };
    store.save_screenings(&[on_the_desk], &stamp()).await?;
    assert_eq!(
        store.stale_households(&november, 9).await?.len(),
        2,
        "nobody has looked ahead since"
    );
    let n_changes: i64 = sqlx::query_scalar("SELECT count(*) FROM upcoming")
        .fetch_one(&store.pool)
        .await
        .unwrap();
    assert_eq!(n_changes, 1, "what was known of the time ahead stays meanwhile");

    store.forget_screenings().await?;
    assert_eq!(store.screened(&november).await?, both, "it is a cache");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_benefit_keeps_the_day_it_was_found_and_another_release_says_what_it_changed() -> Result<(), StoreError> {
    let (_folder, store) = store().await;
    let id = store
        .create_household(&household("Thôn Đông", &[("Phạm Văn Lúa", "1951")]), &stamp())
        .await?;
    let person = Some(store.load_household(id).await?.persons[0].id);
    let save = async |basis: Basis, today, standings| {
        let new = found(&store, id, basis, today, standings).await;
        store.save_screenings(&[new], &stamp()).await
    };
    let before = vec![
        standing(person, "cash", "can_apply", 500),
        standing(person, "card", "can_apply", 0),
        standing(None, "house", "receiving", 9),
        standing(None, "loan", "needs_fact", 9),
    ];
    save(basis("2026-10", "a"), date(2026, 10, 30), before.clone()).await?;
    save(basis("2026-11", "a"), date(2026, 11, 2), before).await?;
    let day = |programme: &str, standing: &str, on: &str| (programme.into(), standing.into(), on.into());
    let found_then = [
        day("card", "can_apply", "2026-10-30"),
        day("cash", "can_apply", "2026-10-30"),
        day("house", "receiving", "2026-10-30"),
    ];
    assert_eq!(rows(&store).await, found_then);
    assert_eq!(released(&store).await, [], "another month is no other release");

    let after = vec![
        standing(person, "cash", "can_apply", 540),
        standing(person, "card", "needs_fact", 0),
        standing(None, "house", "receiving", 9),
        standing(None, "loan", "can_apply", 9),
    ];
    save(basis("2026-11", "b"), date(2026, 11, 5), after.clone()).await?;
    assert_eq!(
        rows(&store).await,
        [
            day("cash", "can_apply", "2026-10-30"),
            day("house", "receiving", "2026-10-30"),
            day("loan", "can_apply", "2026-11-05")
        ]
    );
    let change =
        |programme: &str, before: &str, after: &str| (programme.into(), before.into(), after.into(), "a".into());
    let told = [
        change("card", "can_apply", "needs_fact"),
        change("cash", "can_apply", "can_apply"),
        change("loan", "no", "can_apply"),
    ];
    assert_eq!(released(&store).await, told);

    store
        .save_fact(
            id,
            None,
            &said("poverty_status", "\"poor\""),
            &at("2026-11-22T09:00:00Z"),
        )
        .await?;
    save(basis("2026-12", "b"), date(2026, 12, 1), after.clone()).await?;
    assert_eq!(released(&store).await, told, "they stay until the next release");
    store
        .save_fact(id, None, &said("poverty_status", "null"), &at("2026-12-22T09:00:00Z"))
        .await?;
    save(basis("2026-12", "c"), date(2026, 12, 2), after).await?;
    assert_eq!(
        released(&store).await,
        [],
        "what an answer changed meanwhile is not the release's"
    );
    Ok(())
}
