//! The sample commune: made once, marked as invented everywhere, never mixed with real data.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::path::Path;

use ansinh_casework::{Office, Options};
use ansinh_store::{Commune, KeyCost, NewUser, Role, SetUp, Store};
use serde_json::{Value, json};

fn sample(folder: &Path) -> Office {
    Office::start(folder.to_path_buf(), Options { sample: true }).unwrap()
}

async fn ok(office: &Office, name: &str, args: Value) -> Value {
    office
        .call(name, args)
        .await
        .unwrap_or_else(|failure| panic!("{name}: {failure}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_made_once_and_opened_with_the_password_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        let office = sample(folder.path());
        let status = ok(&office, "status", json!({})).await;
        assert_eq!(status["gate"], "locked");
        assert_eq!(status["users"][0]["user"], "canbo");
        for user in ["phutrach", "canbo"] {
            let access = json!({ "user": user, "password": status["sample"]["password"] });
            let session = ok(&office, "sign_in", access).await;
            assert!(session["commune"].as_str().unwrap().contains("dữ liệu mẫu"));
        }
        let recent = ok(&office, "search", json!({ "text": "" })).await;
        assert_eq!(recent["n_households"], 405);
        let heads: Vec<&Value> = recent["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| &hit["head"])
            .take(2)
            .collect();
        assert_eq!(heads, ["Nguyễn Văn Thuận", "Trần Thị Lựu"]);
        assert_eq!(recent["has_more"], false, "the most recent are a list of their own");
        let shown: BTreeSet<String> = recent["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| format!("{} {}", hit["head"], hit["birth_year"]))
            .collect();
        assert_eq!(shown.len(), 10, "no two of them look alike: {shown:?}");
        assert_eq!(
            recent["hits"][0]["birth_year"], "1947",
            "the year of birth tells namesakes apart"
        );
        let many = ok(&office, "search", json!({ "text": "nguyen" })).await;
        assert_eq!(
            (many["hits"].as_array().unwrap().len(), &many["has_more"]),
            (50, &json!(true))
        );
        let few = ok(&office, "search", json!({ "text": "luu 2021" })).await;
        assert_eq!(few["has_more"], false);
        assert!(
            recent["hits"]
                .as_array()
                .unwrap()
                .iter()
                .all(|hit| hit["invented"] == true)
        );
        let household = &recent["hits"][0]["household"];
        let file = ok(&office, "open_household", json!({ "household": household })).await;
        assert_eq!(file["invented"], true);
        office.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_never_moves_into_a_folder_of_real_data() {
    let folder = tempfile::tempdir().unwrap();
    let set_up = SetUp {
        commune: Commune {
            province: "Tỉnh".to_owned(),
            province_code: String::new(),
            commune: "Xã".to_owned(),
            hamlets: vec![],
        },
        users: vec![NewUser {
            user_name: "hoa".to_owned(),
            full_name: "Trần Thị Hoa".to_owned(),
            role: Role::Officer,
            password: "mật khẩu của Hoa".to_owned(),
        }],
        cost: KeyCost::Light,
        now: "2026-11-22T08:00:00Z".parse().unwrap(),
    };
    Store::set_up(folder.path(), set_up).await.unwrap().0.close().await;
    let office = sample(folder.path());
    assert_eq!(
        office.call("status", json!({})).await.unwrap_err().code,
        "already_set_up"
    );
}
