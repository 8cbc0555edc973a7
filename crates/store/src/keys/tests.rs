#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::{DataKey, KeyCost, Keys};
use crate::{KnownUser, RecoveryKey, Role, StoreError};

fn known_users() -> [KnownUser; 2] {
    [("hoa", Role::Officer), ("binh", Role::Supervisor)].map(|(user_name, role)| KnownUser {
        user_name: user_name.into(),
        role,
    })
}

fn keys() -> (DataKey, RecoveryKey, Keys) {
    let data = DataKey::new().unwrap();
    let recovery = RecoveryKey::new().unwrap();
    let mut keys = Keys::new(&data, &recovery).unwrap();
    for (user, password) in known_users().into_iter().zip(["mật khẩu của Hoa", "mật khẩu của Bình"]) {
        keys.add_user(&data, user, password, KeyCost::Light).unwrap();
    }
    (data, recovery, keys)
}

#[test]
fn each_user_and_the_recovery_key_open_the_same_data_key() {
    let (data, recovery, keys) = keys();
    assert!(keys.unwrap_with_password("hoa", "mật khẩu của Hoa").unwrap() == data);
    assert!(keys.unwrap_with_password("binh", "mật khẩu của Bình").unwrap() == data);
    assert!(keys.unwrap_with_recovery(&recovery).unwrap() == data);
}

#[test]
fn a_new_password_keeps_role_and_cost() {
    let (data, _, mut keys) = keys();
    keys.set_password(&data, "binh", "mật khẩu mới của Bình").unwrap();
    assert_eq!(keys.known_users(), known_users());
    assert_eq!(keys.users[1].argon2id.memory_kib, keys.users[0].argon2id.memory_kib);
    assert!(keys.unwrap_with_password("binh", "mật khẩu mới của Bình").unwrap() == data);
    assert!(matches!(
        keys.unwrap_with_password("binh", "mật khẩu của Bình"),
        Err(StoreError::WrongPassword)
    ));
    assert!(matches!(
        keys.set_password(&data, "lan", "mật khẩu của Lan"),
        Err(StoreError::UnknownUser { .. })
    ));
}

#[test]
fn a_password_is_the_same_in_composed_and_decomposed_letters() {
    let (_, _, keys) = keys();
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd("mật khẩu của Hoa").collect();
    assert!(keys.unwrap_with_password("hoa", &decomposed).is_ok());
}

#[test]
fn a_wrong_password_a_strange_name_and_another_recovery_key_are_told_apart() {
    let (_, _, keys) = keys();
    assert!(matches!(
        keys.unwrap_with_password("hoa", "sai"),
        Err(StoreError::WrongPassword)
    ));
    assert!(matches!(
        keys.unwrap_with_password("lan", "sai"),
        Err(StoreError::UnknownUser { .. })
    ));
    let other = RecoveryKey::new().unwrap();
    assert!(matches!(
        keys.unwrap_with_recovery(&other),
        Err(StoreError::WrongRecoveryKey)
    ));
}

#[test]
fn a_wrapped_key_cannot_be_moved_to_another_user() {
    let (_, _, mut keys) = keys();
    keys.users[0].user_name = "lan".into();
    assert!(matches!(
        keys.unwrap_with_password("lan", "mật khẩu của Hoa"),
        Err(StoreError::WrongPassword)
    ));
}

#[test]
fn a_damaged_or_newer_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys.json");
    assert!(
        matches!(Keys::read(&path), Err(StoreError::DamagedKeys)),
        "a missing file"
    );

    let (_, _, keys) = keys();
    keys.write(&path).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("mật khẩu"), "no password stands in the file");
    assert_eq!(Keys::read(&path).unwrap().known_users(), known_users());

    std::fs::write(&path, &text[..text.len() / 2]).unwrap();
    assert!(matches!(Keys::read(&path), Err(StoreError::DamagedKeys)), "half a file");

    std::fs::write(&path, r#"{ "format": 2, "keyring": [] }"#).unwrap();
    assert!(matches!(
        Keys::read(&path),
        Err(StoreError::NewerKeys { found: 2, supported: 1 })
    ));
}

#[test]
fn an_absurd_cost_is_damage() {
    let (_, _, mut keys) = keys();
    keys.users[0].argon2id.memory_kib = u32::MAX;
    assert!(matches!(
        keys.unwrap_with_password("hoa", "mật khẩu của Hoa"),
        Err(StoreError::DamagedKeys)
    ));
}
