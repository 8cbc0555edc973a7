//! Who comes in: passwords, the recovery key, roles, the first run and the second window.

use ansinh_casework::{Office, Options};
use ansinh_store::Store;
use serde_json::{Value, json};

use crate::desk::{Desk, OFFICER, SUPERVISOR, request};

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_password_is_replaced_with_the_recovery_key_and_the_audit_log_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::start(folder.path().to_path_buf(), Options::default()).unwrap();
    let desk = Desk { office, folder };
    let key = desk.ok("set_up", request()).await["recovery_key"].clone();
    let recover =
        |key: &Value, user: &str, password: &str| json!({ "recovery_key": key, "user": user, "password": password });
    let new = "mật khẩu mới";
    let other = "AAAA".to_owned() + &key.as_str().unwrap()[4..];
    // Made with the checksum of its own: the key of another commune.
    let foreign = {
        let elsewhere = tempfile::tempdir().unwrap();
        let office = Office::start(elsewhere.path().to_path_buf(), Options::default()).unwrap();
        office.call("set_up", request()).await.unwrap()["recovery_key"].clone()
    };
    for (args, code) in [
        (recover(&json!(other), "hoa", new), "mistyped_recovery_key"),
        (recover(&foreign, "hoa", new), "wrong_recovery_key"),
        (recover(&key, "hoa", "ngắn"), "password_too_short"),
        (recover(&key, "lan", new), "bad_request"),
    ] {
        assert_eq!(desk.fails("recover", args).await.code, code);
        assert_eq!(desk.ok("status", json!({})).await["gate"], "locked", "{code}");
    }
    desk.sign_in("hoa", OFFICER).await;
    desk.ok("sign_out", json!({})).await;

    let typed = json!(key.as_str().unwrap().to_lowercase().replace('-', " "));
    let session = desk.ok("recover", recover(&typed, " hoa ", new)).await;
    assert_eq!(session["name"], "Trần Thị Hoa");
    assert_eq!(desk.ok("status", json!({})).await["gate"], "open");
    desk.ok("sign_out", json!({})).await;
    let old = json!({ "user": "hoa", "password": OFFICER });
    assert_eq!(desk.fails("sign_in", old).await.code, "wrong_password");
    desk.sign_in("binh", SUPERVISOR).await;
    desk.ok("sign_out", json!({})).await;

    let (store, _) = Store::open(desk.folder.path(), "hoa", new).await.unwrap();
    let actions: Vec<String> = store
        .audit(6)
        .await
        .unwrap()
        .into_iter()
        .map(|entry| format!("{}: {}", entry.by, entry.action))
        .collect();
    assert_eq!(
        actions,
        [
            "binh: sign in",
            "hoa: sign in",
            "hoa: use recovery key",
            "hoa: reset password",
            "hoa: sign in",
            "binh: set up"
        ],
        "newest first"
    );
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_the_sign_in_screen_knows_user_names_and_roles() {
    let Desk { office, folder } = Desk::set_up().await;
    office.close().await;
    let office = Office::start(folder.path().to_path_buf(), Options::default()).unwrap();
    let desk = Desk { office, folder };
    let users = desk.ok("status", json!({})).await["users"].clone();
    assert_eq!(
        users,
        json!([
            { "user": "binh", "name": "binh", "role": "supervisor" },
            { "user": "hoa", "name": "hoa", "role": "officer" },
        ]),
        "full names are encrypted"
    );
    desk.sign_in("hoa", OFFICER).await;
    desk.ok("sign_out", json!({})).await;
    let status = desk.ok("status", json!({})).await;
    assert_eq!(
        (&status["gate"], &status["users"][0]["name"]),
        (&json!("locked"), &json!("Lê Văn Bình"))
    );

    std::fs::write(desk.folder.path().join("keys.json"), "{").unwrap();
    let Desk { office, folder } = desk;
    office.close().await;
    let office = Office::start(folder.path().to_path_buf(), Options::default()).unwrap();
    let desk = Desk { office, folder };
    assert_eq!(desk.ok("status", json!({})).await["users"], json!([]));
    let access = json!({ "user": "hoa", "password": OFFICER });
    assert_eq!(desk.fails("sign_in", access).await.code, "damaged_database");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_said_to_anybody_who_is_not_signed_in() {
    let desk = Desk::set_up().await;
    let commands = [
        "search",
        "create_household",
        "open_household",
        "save_person",
        "remove_person",
        "restore_person",
        "save_fact",
        "screen",
        "preview",
        "print_summary",
    ];
    for command in commands {
        assert_eq!(desk.fails(command, json!({})).await.code, "not_signed_in", "{command}");
    }
    for (user, password) in [("hoa", "mật khẩu khác"), ("hoa", SUPERVISOR), ("ai", OFFICER)] {
        let failure = desk
            .fails("sign_in", json!({ "user": user, "password": password }))
            .await;
        assert_eq!(
            failure,
            desk.fails("sign_in", json!({ "user": "x", "password": "y" })).await,
            "no name is given away"
        );
        assert_eq!(failure.code, "wrong_password");
    }
    desk.sign_in("hoa", OFFICER).await;
    desk.ok("search", json!({ "text": "" })).await;
    desk.ok("sign_out", json!({})).await;
    assert_eq!(desk.ok("status", json!({})).await["gate"], "locked");
    assert_eq!(desk.fails("search", json!({ "text": "" })).await.code, "not_signed_in");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_roles_screen_and_the_desk_is_handed_over_with_a_password() {
    let desk = Desk::open().await;
    let file = desk.create("Trần Thị Lựu").await;
    let household = &file["household"];
    assert_eq!(
        desk.fails("sign_in", json!({ "user": "binh", "password": "sai mật khẩu" }))
            .await
            .code,
        "wrong_password"
    );
    assert_eq!(
        desk.ok("status", json!({})).await["session"]["user"],
        "hoa",
        "whoever worked keeps working"
    );
    assert_eq!(desk.sign_in("binh", SUPERVISOR).await["role"], "supervisor");
    desk.screen(household).await;
    desk.answer(household, &file["persons"][0]["person"], "sex", json!("female"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_window_and_a_second_set_up_are_refused() {
    let desk = Desk::open().await;
    let second = Office::start(desk.folder.path().to_path_buf(), Options::default()).unwrap();
    let failure = second
        .call("sign_in", json!({ "user": "hoa", "password": OFFICER }))
        .await
        .unwrap_err();
    assert_eq!(failure.code, "in_use");
    desk.ok("sign_out", json!({})).await;
    assert_eq!(desk.fails("set_up", request()).await.code, "already_set_up");
    second
        .call("sign_in", json!({ "user": "hoa", "password": OFFICER }))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_run_says_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let office = Office::start(folder.path().join("data"), Options::default()).unwrap();
    let mut short = request();
    short["officer"]["password"] = json!("ngắn");
    let failure = office.call("set_up", short).await.unwrap_err();
    assert_eq!(
        (failure.code.as_str(), failure.values["at_least"].as_str()),
        ("password_too_short", "8")
    );
    let mut nameless = request();
    nameless["supervisor"]["name"] = json!("  ");
    let failure = office.call("set_up", nameless).await.unwrap_err();
    assert_eq!(
        (failure.code.as_str(), failure.problems[0].path.as_str()),
        ("bad_request", "$.supervisor.name")
    );
    let mut twice = request();
    twice["officer"]["user"] = json!("Binh");
    assert_eq!(office.call("set_up", twice).await.unwrap_err().code, "bad_request");
    let status = office.call("status", json!({})).await.unwrap();
    assert_eq!(
        status["gate"], "set_up",
        "a set-up that was refused leaves nothing behind"
    );
}
