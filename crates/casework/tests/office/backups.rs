//! Backups: made, tried, remembered, and restored where nobody is signed in.

use data_encoding::BASE64;
use serde_json::json;

use crate::desk::{Desk, OFFICER, SUPERVISOR};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_goes_to_the_folder_by_itself_and_comes_back_on_another_computer() {
    let desk = Desk::open().await;
    desk.create("Nguyễn Văn Thuận").await;
    assert_eq!(desk.fails("backup_state", json!({})).await.code, "not_allowed");
    assert_eq!(
        desk.ok("status", json!({})).await["backup"],
        json!({ "days": null, "failed": false })
    );
    desk.sign_in("binh", SUPERVISOR).await;
    assert_eq!(desk.fails("make_backup", json!({})).await.problems[0].path, "$.folder");
    let disk = tempfile::tempdir().unwrap();
    for wrong in ["sao-luu".to_owned(), desk.folder.path().join("x").display().to_string()] {
        let plan = json!({ "folder": wrong, "keep": 3 });
        assert_eq!(desk.fails("save_backup_plan", plan).await.problems[0].path, "$.folder");
    }
    let state = desk
        .ok("save_backup_plan", json!({ "folder": disk.path(), "keep": 3 }))
        .await;
    assert_eq!((&state["last"], &state["files"]), (&json!(null), &json!([])));

    // Signing out makes one by itself.
    desk.ok("sign_out", json!({})).await;
    desk.sign_in("binh", SUPERVISOR).await;
    let state = desk.ok("backup_state", json!({})).await;
    assert_eq!(
        (&state["last"]["n_households"], &state["failed"]),
        (&json!(1), &json!(null))
    );
    assert_eq!(state["files"].as_array().unwrap().len(), 1);
    assert_eq!(
        desk.ok("status", json!({})).await["backup"],
        json!({ "days": 0, "failed": false })
    );
    let path = state["last"]["path"].clone();
    let tried = desk.job("try_backup", json!({ "path": path })).await;
    assert_eq!(tried["n_persons"], 1);

    let exported = desk.job("export_backup", json!({})).await;
    let bytes = &exported["file"]["bytes"];
    assert!(
        BASE64
            .decode(bytes.as_str().unwrap().as_bytes())
            .unwrap()
            .starts_with(b"ansinh backup 1\n")
    );

    let elsewhere = Desk::empty();
    let by = |user: &str, password: &str| json!({ "bytes": bytes, "path": null, "user": user, "password": password, "recovery_key": null });
    assert_eq!(
        elsewhere.fails("restore_backup", by("hoa", OFFICER)).await.code,
        "not_allowed"
    );
    assert_eq!(
        elsewhere.fails("restore_backup", by("binh", "sai")).await.code,
        "wrong_password"
    );
    assert_eq!(
        elsewhere.ok("status", json!({})).await["gate"],
        "set_up",
        "nothing was changed"
    );
    assert_eq!(
        elsewhere.ok("restore_backup", by("binh", SUPERVISOR)).await["aside"],
        json!(null)
    );
    elsewhere.sign_in("hoa", OFFICER).await;
    let found = elsewhere.ok("search", json!({ "text": "thuan" })).await;
    assert_eq!(found["hits"].as_array().unwrap().len(), 1);
    assert_eq!(
        elsewhere.fails("restore_backup", by("binh", SUPERVISOR)).await.code,
        "in_use"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn damaged_data_name_the_last_good_backup_and_it_brings_them_back() {
    let desk = Desk::open().await;
    desk.create("Nguyễn Văn Thuận").await;
    desk.sign_in("binh", SUPERVISOR).await;
    let disk = tempfile::tempdir().unwrap();
    desk.ok("save_backup_plan", json!({ "folder": disk.path(), "keep": 3 }))
        .await;
    let made = desk.job("make_backup", json!({})).await;
    desk.ok("sign_out", json!({})).await;

    let database = desk.folder.path().join("ansinh.db");
    let mut bytes = std::fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(7);
    std::fs::write(&database, bytes).unwrap();
    let right = json!({ "user": "binh", "password": SUPERVISOR });
    let failure = desk.fails("sign_in", right.clone()).await;
    assert_eq!(failure.code, "damaged_database");
    assert_eq!(
        (
            &json!(failure.values["backup_path"]),
            &json!(failure.values["backup_at"])
        ),
        (&made["path"], &made["at"])
    );

    let request =
        json!({ "bytes": null, "path": made["path"], "user": "binh", "password": SUPERVISOR, "recovery_key": null });
    let restored = desk.ok("restore_backup", request).await;
    let aside = std::path::PathBuf::from(restored["aside"].as_str().unwrap());
    assert!(aside.join("ansinh.db").exists(), "what was damaged is kept");
    desk.ok("sign_in", right).await;
    assert_eq!(desk.ok("search", json!({ "text": "thuan" })).await["n_households"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_fails_is_remembered_and_keeps_nobody_from_leaving() {
    let desk = Desk::set_up().await;
    desk.sign_in("binh", SUPERVISOR).await;
    let disk = tempfile::tempdir().unwrap();
    let folder = disk.path().join("usb");
    desk.ok("save_backup_plan", json!({ "folder": folder, "keep": 3 }))
        .await;
    std::fs::remove_dir(&folder).unwrap();
    // The stick is gone, and something else has its name.
    std::fs::write(&folder, b"").unwrap();
    desk.ok("sign_out", json!({})).await;
    desk.sign_in("binh", SUPERVISOR).await;
    let state = desk.ok("backup_state", json!({})).await;
    assert!(state["failed"].is_string() && state["last"].is_null(), "{state}");
    assert_eq!(desk.ok("status", json!({})).await["backup"]["failed"], true);
}
