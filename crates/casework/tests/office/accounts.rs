//! Who may sign in, and the log of what they did.

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::desk::{Desk, OFFICER, SUPERVISOR};

fn names(accounts: &Value) -> Vec<(&str, bool)> {
    let accounts = accounts["accounts"].as_array().unwrap().iter();
    accounts
        .map(|account| (account["user"].as_str().unwrap(), account["deactivated_at"].is_null()))
        .collect()
}

fn everything() -> Value {
    json!({ "by": null, "action": null, "number": null, "from": null, "until": null, "before": null })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_lets_people_in_and_out_and_never_the_last_one() {
    let desk = Desk::open().await;
    for command in ["users", "audit", "check_audit", "export_audit", "new_recovery_key"] {
        assert_eq!(desk.fails(command, json!({})).await.code, "not_allowed", "{command}");
    }
    desk.sign_in("binh", SUPERVISOR).await;
    let lan = json!({ "user": "lan", "name": "Phạm Thị Lan", "role": "supervisor", "password": "mật khẩu của Lan" });
    desk.ok("add_user", lan.clone()).await;
    assert_eq!(desk.fails("add_user", lan).await.code, "bad_request");
    assert_eq!(desk.ok("status", json!({})).await["users"].as_array().unwrap().len(), 3);
    assert_eq!(
        desk.fails("deactivate_user", json!({ "user": "binh" })).await.code,
        "bad_request"
    );
    desk.ok("deactivate_user", json!({ "user": "lan" })).await;
    let left = desk.ok("deactivate_user", json!({ "user": "hoa" })).await;
    assert_eq!(names(&left), [("binh", true), ("hoa", false), ("lan", false)]);
    let out = json!({ "user": "hoa", "password": OFFICER });
    assert_eq!(desk.fails("sign_in", out).await.code, "wrong_password");
    let back = json!({ "user": "hoa", "password": "mật khẩu khác" });
    desk.ok("reactivate_user", back.clone()).await;
    desk.ok("sign_in", back).await;

    let change = |old: &str| json!({ "old": old, "new": "mật khẩu của riêng tôi" });
    assert_eq!(
        desk.fails("change_password", change("sai")).await.code,
        "wrong_password"
    );
    desk.ok("change_password", change("mật khẩu khác")).await;
    desk.sign_in("hoa", "mật khẩu của riêng tôi").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_five_wrong_passwords_even_the_right_one_waits() {
    let desk = Desk::set_up().await;
    let wrong = json!({ "user": "hoa", "password": "không phải" });
    for _ in 0..5 {
        assert_eq!(desk.fails("sign_in", wrong.clone()).await.code, "wrong_password");
    }
    let right = json!({ "user": "hoa", "password": OFFICER });
    let failure = desk.fails("sign_in", right).await;
    let seconds: u32 = failure.values["seconds"].parse().unwrap();
    assert_eq!(failure.code, "must_wait");
    assert!((1..=30).contains(&seconds), "{seconds}");
    desk.sign_in("binh", SUPERVISOR).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_tells_who_looked_at_whom_once_a_sitting_and_can_be_checked_and_taken_along() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let open = json!({ "household": file["household"] });
    for _ in 0..3 {
        desk.ok("open_household", open.clone()).await;
    }
    desk.sign_in("binh", SUPERVISOR).await;
    desk.ok("open_household", open).await;

    let mut views = everything();
    views["action"] = json!("view household");
    views["number"] = json!("1");
    let page = desk.ok("audit", views.clone()).await;
    let seen: Vec<_> = page["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| (&entry["by"], &entry["number"]))
        .collect();
    assert_eq!(
        seen,
        [(&json!("binh"), &json!("00001")), (&json!("hoa"), &json!("00001"))]
    );
    views["by"] = json!("hoa");
    assert_eq!(desk.ok("audit", views).await["entries"].as_array().unwrap().len(), 1);
    for (field, value) in [("number", "999"), ("until", "2020-01-01"), ("from", "2999-01-01")] {
        let mut none = everything();
        none[field] = json!(value);
        assert_eq!(desk.ok("audit", none).await["entries"], json!([]), "{field}");
    }
    let mut wrong = everything();
    wrong["from"] = json!("hôm qua");
    assert_eq!(desk.fails("audit", wrong).await.problems[0].path, "$.from");

    let checked = desk.job("check_audit", json!({})).await;
    assert!(
        checked["n_entries"].as_u64().unwrap() >= 5 && checked["broken_at"].is_null(),
        "{checked}"
    );
    let exported = desk.job("export_audit", everything()).await;
    let bytes = BASE64
        .decode(exported["file"]["bytes"].as_str().unwrap().as_bytes())
        .unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count() as u64, exported["n_entries"].as_u64().unwrap() + 1);
    assert!(
        text.contains("view household") && text.starts_with('\u{feff}'),
        "{text}"
    );
    let page = desk.ok("audit", everything()).await;
    assert_eq!(
        page["entries"][0]["action"], "export audit",
        "an export is an entry itself"
    );
}
