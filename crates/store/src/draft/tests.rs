#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::DraftMove;
use crate::sample::{reopen, stamp, store};
use crate::{DraftId, StoreError};

fn file(path: &str, text: &str) -> (String, Vec<u8>) {
    (path.to_owned(), text.as_bytes().to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn each_step_of_a_draft_can_be_taken_back_and_done_again() {
    let (folder, store) = store().await;
    let begun = [file("a.toml", "1"), file("b.toml", "1")];
    let draft = store
        .create_draft("Nghị định mới", "d1", &begun, &stamp())
        .await
        .unwrap();
    assert_eq!((draft.n_steps, draft.n_ahead, draft.base_digest.as_str()), (0, 0, "d1"));
    assert_eq!(store.draft_files(draft.id).await.unwrap(), begun);

    store
        .step_draft(draft.id, "value", "a.toml", Some(b"2"), &stamp())
        .await
        .unwrap();
    store
        .step_draft(draft.id, "file", "c.toml", Some(b"1"), &stamp())
        .await
        .unwrap();
    store
        .step_draft(draft.id, "remove", "b.toml", None, &stamp())
        .await
        .unwrap();
    store.close().await;
    drop(store);

    let store = reopen(folder.path()).await;
    assert_eq!(
        store.draft_files(draft.id).await.unwrap(),
        [file("a.toml", "2"), file("c.toml", "1")]
    );
    let steps: Vec<_> = store
        .draft_steps(draft.id)
        .await
        .unwrap()
        .into_iter()
        .map(|s| (s.step, s.what, s.path))
        .collect();
    assert_eq!(steps[0], (3, "remove".into(), "b.toml".into()));

    let back = store.move_draft(draft.id, DraftMove::Back, &stamp()).await.unwrap();
    assert_eq!((back.n_steps, back.n_ahead), (2, 1));
    assert_eq!(store.draft_files(draft.id).await.unwrap().len(), 3);
    store.move_draft(draft.id, DraftMove::Back, &stamp()).await.unwrap();
    let ahead = store.move_draft(draft.id, DraftMove::Ahead, &stamp()).await.unwrap();
    assert_eq!((ahead.n_steps, ahead.n_ahead), (2, 1));

    let other = store
        .step_draft(draft.id, "value", "a.toml", Some(b"3"), &stamp())
        .await
        .unwrap();
    assert_eq!(
        (other.n_steps, other.n_ahead),
        (3, 0),
        "what was taken back is forgotten"
    );
    let wanted = [file("a.toml", "3"), file("b.toml", "1"), file("c.toml", "1")];
    assert_eq!(store.draft_files(draft.id).await.unwrap(), wanted);
    for _ in 0..4 {
        store.move_draft(draft.id, DraftMove::Back, &stamp()).await.unwrap();
    }
    assert_eq!(store.draft_files(draft.id).await.unwrap(), begun);
    assert_eq!(store.draft_base(draft.id).await.unwrap(), begun);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_is_thrown_away_is_gone_and_the_log_says_so() {
    let (_folder, store) = store().await;
    let draft = store
        .create_draft("Nháp", "d1", &[file("a.toml", "1")], &stamp())
        .await
        .unwrap();
    assert_eq!(store.drafts().await.unwrap().len(), 1);
    store.remove_draft(draft.id, &stamp()).await.unwrap();
    assert_eq!(store.drafts().await.unwrap(), []);
    let entry = &store.audit(1).await.unwrap()[0];
    assert_eq!(
        (entry.action.as_str(), entry.detail.as_str()),
        ("throw draft away", "Nháp")
    );
    let nobody = DraftId::new();
    for result in [
        store.draft_files(nobody).await.err(),
        store.remove_draft(nobody, &stamp()).await.err(),
    ] {
        assert!(matches!(result, Some(StoreError::NoSuchDraft { id }) if id == nobody));
    }
}
