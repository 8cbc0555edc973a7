#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use jiff::civil::date;

use crate::sample::{household, stamp, store};
use crate::{
    Basis, GapFilter, GapOrder, Household, NewDossier, NewDossierEvent, NewReason, NewScreening, NewStanding, PersonId,
    Store, StoreError, Traits,
};

fn standing(person: Option<PersonId>, programme: &str, standing: &str, low: i64, every: &str) -> NewStanding {
    NewStanding {
        benefit: (person, programme.into()),
        standing: standing.into(),
        is_kept: true,
        level: Some((low, low)),
        every: every.into(),
        is_cash: programme != "loan",
        is_asked: true,
        next: None,
        traits: Traits::default(),
    }
}

/// A screening of a household that found nothing.
fn screened(household: &Household) -> NewScreening {
    NewScreening {
        household: household.id,
        household_at: household.updated_at,
        basis: Basis {
            month: "2026-11".into(),
            release_digest: "a".into(),
        },
        n_open: 0,
        n_missing: 0,
        n_undated: 0,
        today: date(2026, 11, 22),
        standings: vec![],
        changes: Some(vec![]),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gap_is_filtered_summed_and_explained_by_the_newest_reason() -> Result<(), StoreError> {
    let (_folder, store) = store().await;
    let people = [("Phạm Văn Lúa", "1951"), ("Phạm Thị Mạ", "1980")];
    let id = store
        .create_household(&household("Thôn Đông", &people), &stamp())
        .await?;
    let whole = store.load_household(id).await?;
    let lua = whole.persons[0].id;
    let new = NewScreening {
        standings: vec![
            standing(Some(lua), "pension", "can_apply", 540, "month"),
            standing(None, "loan", "can_apply", 9000, "once"),
            standing(None, "roof", "can_apply", 3000, "once"),
            standing(Some(lua), "card", "receiving", 1, "month"),
        ],
        ..screened(&whole)
    };
    store.save_screenings(&[new], &stamp()).await?;
    let all = store.gap(&GapFilter::default(), GapOrder::Amount, 9, 0).await?;
    let named: Vec<_> = all
        .lines
        .iter()
        .map(|line| (line.programme.as_str(), line.of.person_name.as_deref()))
        .collect();
    assert_eq!(
        named,
        [("pension", Some("Phạm Văn Lúa")), ("roof", None), ("loan", None)],
        "money each month first"
    );
    assert_eq!(all.lines[1].of.head_name.as_deref(), Some("Phạm Văn Lúa"));

    let reason = |reason: Option<&str>| NewReason {
        household: id,
        benefit: (Some(lua), "pension".into()),
        reason: reason.map(Into::into),
        note: "đi vắng".into(),
    };
    store
        .add_gap_reasons(&[reason(Some("moved")), reason(Some("refuses"))], &stamp())
        .await?;
    let refusing = GapFilter {
        reason: Some("refuses".into()),
        ..GapFilter::default()
    };
    let found = store.gap(&refusing, GapOrder::Found, 9, 0).await?;
    assert_eq!(
        (found.n_in_all, found.lines[0].reason.as_ref().unwrap().note.as_str()),
        (1, "đi vắng")
    );
    let sums = store.gap_sums(&GapFilter::default()).await?;
    let sums: Vec<_> = sums
        .iter()
        .map(|s| (s.programme.as_str(), s.reason.as_str(), s.n, s.level.0))
        .collect();
    assert_eq!(
        sums,
        [
            ("loan", "", 1, 0),
            ("pension", "refuses", 1, 540),
            ("roof", "", 1, 3000)
        ],
        "a loan is no money given"
    );

    store.add_gap_reasons(&[reason(None)], &stamp()).await?;
    let without = GapFilter {
        reason: Some(String::new()),
        ..GapFilter::default()
    };
    assert_eq!(
        store.gap(&without, GapOrder::Amount, 9, 0).await?.n_in_all,
        3,
        "what was said is taken back"
    );
    Ok(())
}

/// Names what is in the gap, with its reason by itself.
async fn in_gap(store: &Store, with_unasked: bool) -> Result<Vec<(String, bool)>, StoreError> {
    let filter = GapFilter {
        with_unasked,
        ..GapFilter::default()
    };
    let lines = store.gap(&filter, GapOrder::Amount, 9, 0).await?.lines;
    Ok(lines
        .into_iter()
        .map(|line| (line.programme, line.is_applied_for))
        .collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_is_asked_about_is_no_gap_and_an_application_speaks_for_it() -> Result<(), StoreError> {
    let (_folder, store) = store().await;
    let id = store
        .create_household(&household("Thôn Đông", &[("Phạm Văn Lúa", "1951")]), &stamp())
        .await?;
    let whole = store.load_household(id).await?;
    let lua = whole.persons[0].id;
    let mut new = screened(&whole);
    for (programme, is_asked) in [("pension", true), ("card", false)] {
        let mut standing = standing(Some(lua), programme, "can_apply", 540, "month");
        standing.is_asked = is_asked;
        new.standings.push(standing);
    }
    store.save_screenings(&[new], &stamp()).await?;
    let (pension, card) = (("pension".to_owned(), false), ("card".to_owned(), false));
    assert_eq!(in_gap(&store, false).await?, std::slice::from_ref(&pension));
    assert_eq!(in_gap(&store, true).await?, [card.clone(), pension.clone()]);
    let statistics: Vec<_> = store
        .coverage()
        .await?
        .into_iter()
        .map(|line| (line.programme, line.standing))
        .collect();
    assert_eq!(statistics, [("pension".to_owned(), "can_apply".to_owned())]);

    let application = NewDossier {
        household: id,
        person: Some(lua),
        programme: "card".into(),
        content: "{}".into(),
        made_on: date(2026, 11, 22),
        state: "preparing".into(),
    };
    let dossier = store.make_dossier(&application, &stamp()).await?;
    assert_eq!(in_gap(&store, true).await?, [(card.0.clone(), true), pension.clone()]);
    let in_process = GapFilter {
        reason: Some("in_process".into()),
        with_unasked: true,
        ..GapFilter::default()
    };
    assert_eq!(store.gap(&in_process, GapOrder::Found, 9, 0).await?.n_in_all, 1);

    let granted = NewDossierEvent {
        kind: "granted".into(),
        happened_on: date(2026, 11, 23),
        content: "{}".into(),
        undoes: None,
        state: "granted".into(),
    };
    store.append_dossier_event(dossier, &granted, &stamp()).await?;
    assert_eq!(in_gap(&store, true).await?, [pension]);
    let statistics: Vec<_> = store
        .coverage()
        .await?
        .into_iter()
        .map(|line| (line.programme, line.standing))
        .collect();
    assert_eq!(
        statistics,
        [
            ("card".to_owned(), "receiving".to_owned()),
            ("pension".to_owned(), "can_apply".to_owned())
        ]
    );
    Ok(())
}
