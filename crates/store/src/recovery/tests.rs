#![allow(clippy::unwrap_used)]

use super::RecoveryKey;
use crate::StoreError;

#[test]
fn a_key_is_read_as_it_is_printed() {
    let key = RecoveryKey::new().unwrap();
    let printed = key.to_string();
    assert_eq!(printed.len(), 8 * 4 + 7, "eight groups of four: {printed}");
    let forms = [
        printed.clone(),
        printed.to_lowercase(),
        printed.replace('-', " "),
        printed.replace('O', "0").replace('I', "1").replace('B', "8"),
    ];
    for form in forms {
        assert!(form.parse::<RecoveryKey>().unwrap() == key, "{form} is the same key");
    }
}

#[test]
fn a_typing_mistake_is_noticed() {
    let printed = RecoveryKey::new().unwrap().to_string();
    let other = if printed.starts_with('A') { 'C' } else { 'A' };
    let mut changed: String = printed.chars().skip(1).collect();
    changed.insert(0, other);
    for wrong in ["", "ABCD", &changed, &printed.replace('-', "*")] {
        assert!(
            matches!(wrong.parse::<RecoveryKey>(), Err(StoreError::MistypedRecoveryKey)),
            "`{wrong}` is not a key"
        );
    }
}

#[test]
fn a_key_is_never_printed_by_accident() {
    let key = RecoveryKey::new().unwrap();
    assert_eq!(format!("{key:?}"), "RecoveryKey(…)");
}
