#![allow(clippy::unwrap_used)]

use crate::sample::{OFFICER, SUPERVISOR, stamp, store};
use crate::{AuditChain, NewUser, Role, Store, StoreError};

fn lan(user_name: &str) -> NewUser {
    NewUser {
        user_name: user_name.into(),
        full_name: "Phạm Thị Lan".into(),
        role: Role::Supervisor,
        password: "mật khẩu của Lan".into(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_opens_the_database_with_their_own_password() {
    let (folder, store) = store().await;
    store.add_user(&lan(" lan "), &stamp()).await.unwrap();
    for taken in ["LAN", OFFICER.0] {
        let refused = store.add_user(&lan(taken), &stamp()).await;
        assert!(matches!(refused, Err(StoreError::UserNameTaken { .. })), "{taken}");
    }
    store.close().await;
    drop(store);
    let (store, user) = Store::open(folder.path(), "lan", "mật khẩu của Lan").await.unwrap();
    assert_eq!((user.full_name.as_str(), user.role), ("Phạm Thị Lan", Role::Supervisor));
    assert!(matches!(
        store.check_audit_chain().await.unwrap(),
        AuditChain::Whole { .. }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_deactivated_stays_by_name_and_does_not_come_in() {
    let (folder, store) = store().await;
    store.deactivate_user(OFFICER.0, &stamp()).await.unwrap();
    let refused = store.sign_in(OFFICER.0, OFFICER.1).await;
    assert!(matches!(refused, Err(StoreError::UnknownUser { .. })));
    assert!(
        Store::users(folder.path())
            .unwrap()
            .iter()
            .all(|user| user.user_name != OFFICER.0)
    );
    assert_eq!(store.accounts().await.unwrap().len(), 1);
    assert_eq!(store.accounts_ever().await.unwrap().len(), 2);
    assert!(matches!(
        store.reset_password(OFFICER.0, "mật khẩu khác", &stamp()).await,
        Err(StoreError::UnknownUser { .. })
    ));
    store
        .reactivate_user(OFFICER.0, "mật khẩu khác", &stamp())
        .await
        .unwrap();
    assert!(
        store.sign_in(OFFICER.0, OFFICER.1).await.is_err(),
        "the old password is gone"
    );
    assert_eq!(
        store.sign_in(OFFICER.0, "mật khẩu khác").await.unwrap().role,
        Role::Officer
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_supervisor_stays() {
    let (_folder, store) = store().await;
    let refused = store.deactivate_user(SUPERVISOR.0, &stamp()).await;
    assert!(matches!(refused, Err(StoreError::LastSupervisor)));
    store.add_user(&lan("lan"), &stamp()).await.unwrap();
    store.deactivate_user(SUPERVISOR.0, &stamp()).await.unwrap();
    assert!(matches!(
        store.deactivate_user("lan", &stamp()).await,
        Err(StoreError::LastSupervisor)
    ));
}
