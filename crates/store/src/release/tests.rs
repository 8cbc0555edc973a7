#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{at, stamp, store};
use crate::{NewRelease, OwnKey, ReleaseState, StoreError, TrustedKey};

fn release(number: u32) -> NewRelease {
    NewRelease {
        digest: format!("{number:064}"),
        id: "vn".into(),
        number,
        effective_on: "2026-12-01".parse().unwrap(),
        key: "0123456789ABCDEF".into(),
        bytes: format!("release {number}").into_bytes(),
    }
}

fn trusted(is_trusted: bool, reason: &str) -> TrustedKey {
    TrustedKey {
        key: "0123456789ABCDEF".into(),
        public: "RWQ".into(),
        name: "Sở Nội vụ".into(),
        is_trusted,
        reason: reason.into(),
        at: stamp().at,
        by: stamp().by,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_comes_back_as_it_came_with_what_was_decided() {
    let (_folder, store) = store().await;
    let (two, three) = (release(2), release(3));
    store
        .keep_release(&three, ReleaseState::Refused, "chưa kịp", &stamp())
        .await
        .unwrap();
    store
        .keep_release(&two, ReleaseState::Scheduled, "", &stamp())
        .await
        .unwrap();
    let later = at("2026-12-01T01:00:00Z");
    let decided = [(two.digest.clone(), ReleaseState::InForce, String::new())];
    store.decide_releases(&decided, &later).await.unwrap();
    let kept = store.releases().await.unwrap();
    let states = |at: usize| kept[at].events.iter().map(|event| event.state).collect::<Vec<_>>();
    assert_eq!(
        (kept[0].number, states(0)),
        (
            2,
            vec![ReleaseState::Received, ReleaseState::Scheduled, ReleaseState::InForce]
        )
    );
    assert_eq!(
        (kept[1].state(), kept[1].events[1].reason.as_str()),
        (ReleaseState::Refused, "chưa kịp")
    );
    assert_eq!(store.release_bytes(&two.digest).await.unwrap(), Some(two.bytes));
    assert_eq!(store.release_bytes("nothing").await.unwrap(), None);
    let newest = store.audit(1).await.unwrap();
    assert_eq!(
        (newest[0].action.as_str(), &newest[0].subject),
        ("release in force", &two.digest)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_that_comes_again_is_the_same_one() {
    let (_folder, store) = store().await;
    let two = release(2);
    for state in [ReleaseState::Refused, ReleaseState::Scheduled] {
        store.keep_release(&two, state, "", &stamp()).await.unwrap();
    }
    let kept = store.releases().await.unwrap();
    assert_eq!(
        (kept.len(), kept[0].events.len(), kept[0].state()),
        (1, 4, ReleaseState::Scheduled)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn releases_and_keys_are_neither_changed_nor_deleted() {
    let (_folder, store) = store().await;
    store
        .keep_release(&release(2), ReleaseState::Scheduled, "", &stamp())
        .await
        .unwrap();
    store.say_of_key(&trusted(true, ""), &stamp()).await.unwrap();
    let own = OwnKey {
        key: "FEDCBA9876543210".into(),
        public: "RWQ".into(),
        secret: "wrapped".into(),
        name: "Lê Văn Bình".into(),
        made_at: stamp().at,
        made_by: stamp().by,
    };
    store.keep_own_key(&own, &stamp()).await.unwrap();
    for sql in [
        "UPDATE release SET bytes = x'00'",
        "DELETE FROM release",
        "UPDATE release_event SET state = 'in_force'",
        "DELETE FROM release_event",
        "UPDATE trusted_key SET trusted = 1",
        "DELETE FROM trusted_key",
        "UPDATE signing_key SET public = ''",
        "DELETE FROM signing_key",
    ] {
        let refused = sqlx::query(sql).execute(&store.pool).await.unwrap_err();
        assert!(refused.to_string().contains("only appended"), "{sql}: {refused}");
    }
    assert!(store.own_keys().await.unwrap() == [own]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_word_about_a_key_holds() {
    let (_folder, store) = store().await;
    store.say_of_key(&trusted(true, ""), &stamp()).await.unwrap();
    assert_eq!(store.trusted_keys().await.unwrap(), [trusted(true, "")]);
    store.say_of_key(&trusted(false, "mất khóa"), &stamp()).await.unwrap();
    assert_eq!(store.trusted_keys().await.unwrap(), [trusted(false, "mất khóa")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_altered_round_the_triggers_are_noticed() {
    let (_folder, store) = store().await;
    store
        .keep_release(&release(2), ReleaseState::Received, "", &stamp())
        .await
        .unwrap();
    for sql in [
        "DROP TRIGGER release_is_never_changed",
        "UPDATE release SET bytes = x'00'",
    ] {
        sqlx::query(sql).execute(&store.pool).await.unwrap();
    }
    let read = store.release_bytes(&release(2).digest).await;
    assert!(matches!(read, Err(StoreError::DamagedDatabase)), "{read:?}");
}
