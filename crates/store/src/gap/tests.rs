#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use jiff::civil::date;

use crate::sample::{household, stamp, store};
use crate::{Basis, GapFilter, GapOrder, NewReason, NewScreening, NewStanding, StoreError, Traits};

#[tokio::test(flavor = "multi_thread")]
async fn the_gap_is_filtered_summed_and_explained_by_the_newest_reason() -> Result<(), StoreError> {
    let (_folder, store) = store().await;
    let people = [("Phạm Văn Lúa", "1951"), ("Phạm Thị Mạ", "1980")];
    let id = store
        .create_household(&household("Thôn Đông", &people), &stamp())
        .await?;
    let whole = store.load_household(id).await?;
    let lua = whole.persons[0].id;
    let standing = |person, programme: &str, standing: &str, low, every: &str| NewStanding {
        benefit: (person, programme.into()),
        standing: standing.into(),
        is_kept: true,
        level: Some((low, low)),
        every: every.into(),
        is_cash: programme != "loan",
        next: None,
        traits: Traits::default(),
    };
    let new = NewScreening {
        household: id,
        household_at: whole.updated_at,
        basis: Basis {
            month: "2026-11".into(),
            release_digest: "a".into(),
        },
        n_open: 0,
        n_missing: 0,
        n_undated: 0,
        today: date(2026, 11, 22),
        standings: vec![
            standing(Some(lua), "pension", "can_apply", 540, "month"),
            standing(None, "loan", "can_apply", 9000, "once"),
            standing(None, "roof", "can_apply", 3000, "once"),
            standing(Some(lua), "card", "receiving", 1, "month"),
        ],
        changes: Some(vec![]),
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
