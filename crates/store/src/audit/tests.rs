#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::sample::{OFFICER, stamp, store};
use crate::{AuditChain, Store};

async fn store_with_entries() -> (tempfile::TempDir, Store) {
    let (folder, store) = store().await;
    for (action, detail) in [("print", "1 trang"), ("export", ""), ("print", "2 trang")] {
        store.append_audit(&stamp(), action, "hộ 00001", detail).await.unwrap();
    }
    (folder, store)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_who_did_what() {
    let (_folder, store) = store_with_entries().await;
    let entries = store.audit(2).await.unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(
        (entries[0].seq, entries[0].detail.as_str()),
        (4, "2 trang"),
        "newest first, after the set-up"
    );
    assert_eq!((entries[1].by.as_str(), entries[1].at), (OFFICER.0, stamp().at));
    assert_eq!(
        store.check_audit_chain().await.unwrap(),
        AuditChain::Whole { n_entries: 4 }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn entries_are_neither_changed_nor_deleted() {
    let (_folder, store) = store_with_entries().await;
    let attempts = [
        "UPDATE audit SET by = 'binh'",
        "DELETE FROM audit WHERE seq = 4",
        "INSERT OR REPLACE INTO audit SELECT 2, at, 'binh', action, subject, detail, previous, hash FROM audit WHERE seq = 2",
    ];
    for sql in attempts {
        let refused = sqlx::query(sql).execute(&store.pool).await.unwrap_err();
        assert!(refused.to_string().contains("only appended"), "{sql}: {refused}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_chain_shows_a_change_made_round_the_triggers() {
    let tamperings = [
        ("UPDATE audit SET detail = '9 trang' WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("UPDATE audit SET seq = 9 WHERE seq = 4", 4),
        (
            "UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 2) WHERE seq = 3",
            3,
        ),
    ];
    for (sql, at) in tamperings {
        let (_folder, store) = store_with_entries().await;
        for trigger in [
            "DROP TRIGGER audit_is_never_changed",
            "DROP TRIGGER audit_is_never_deleted",
        ] {
            sqlx::query(trigger).execute(&store.pool).await.unwrap();
        }
        sqlx::query(sql).execute(&store.pool).await.unwrap();
        assert_eq!(
            store.check_audit_chain().await.unwrap(),
            AuditChain::Broken { at },
            "{sql}"
        );
    }
}
