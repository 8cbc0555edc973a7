#![allow(clippy::unwrap_used)]

use crate::sample::{OFFICER, SUPERVISOR, at, store};
use crate::{Store, StoreError};
use std::path::Path;

fn wait(folder: &Path, user: &str, time: &str) -> Option<u64> {
    match Store::may_try(folder, user, at(time).at) {
        Ok(()) => None,
        Err(StoreError::MustWait { seconds }) => Some(seconds),
        Err(other) => unreachable!("{other}"),
    }
}

fn wrong(folder: &Path, user: &str, n: u32, time: &str) {
    for _ in 0..n {
        Store::note_wrong_password(folder, user, at(time).at).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_passwords_the_wait_grows() {
    let (folder, _store) = store().await;
    let folder = folder.path();
    wrong(folder, OFFICER.0, 4, "2026-11-22T08:00:00Z");
    assert_eq!(wait(folder, OFFICER.0, "2026-11-22T08:00:00Z"), None, "four are free");
    wrong(folder, OFFICER.0, 1, "2026-11-22T08:00:00Z");
    assert_eq!(wait(folder, OFFICER.0, "2026-11-22T08:00:00.5Z"), Some(30));
    assert_eq!(
        wait(folder, SUPERVISOR.0, "2026-11-22T08:00:00Z"),
        None,
        "each their own"
    );
    assert_eq!(wait(folder, OFFICER.0, "2026-11-22T08:00:30Z"), None);
    wrong(folder, OFFICER.0, 1, "2026-11-22T08:01:00Z");
    assert_eq!(wait(folder, OFFICER.0, "2026-11-22T08:01:10Z"), Some(50));
    wrong(folder, OFFICER.0, 60, "2026-11-22T08:02:00Z");
    assert_eq!(
        wait(folder, OFFICER.0, "2026-11-22T08:02:00Z"),
        Some(900),
        "never longer than a quarter of an hour"
    );
    assert_eq!(Store::forget_wrong_passwords(folder, OFFICER.0).unwrap(), 66);
    assert_eq!(wait(folder, OFFICER.0, "2026-11-22T08:02:00Z"), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_back_or_a_file_spoilt_opens_no_way_round() {
    let (folder, _store) = store().await;
    let folder = folder.path();
    wrong(folder, OFFICER.0, 5, "2026-11-22T08:00:00Z");
    assert_eq!(
        wait(folder, OFFICER.0, "2026-11-21T08:00:00Z"),
        Some(30),
        "the wait begins again"
    );
    assert_eq!(
        wait(folder, OFFICER.0, "2026-11-21T08:00:20Z"),
        Some(10),
        "and ends by the new clock"
    );
    wrong(folder, "nobody", 5, "2026-11-22T08:00:00Z");
    assert_eq!(
        wait(folder, "somebody", "2026-11-22T08:00:00Z"),
        Some(30),
        "names nobody has are one"
    );
    std::fs::write(folder.join("attempts.json"), b"{").unwrap();
    assert_eq!(
        wait(folder, OFFICER.0, "2026-11-22T08:00:00Z"),
        None,
        "a spoilt file keeps nobody out"
    );
}
