//! The work of an officer from the first run to the printed summary, through the one door the interface has.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod access;
mod accounts;
mod backups;
mod card;
mod day;
mod desk;
mod dossiers;
mod drafts;
mod households;
mod intake;
mod interview;
mod papers;
mod releases;
mod rosters;

use std::path::Path;

use ansinh_store::{AuditChain, Store};
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::desk::{Desk, MONTH, OFFICER, question, row};

#[tokio::test(flavor = "multi_thread")]
async fn from_the_first_run_to_a_printed_summary_that_can_be_checked() {
    let desk = Desk::set_up().await;
    let status = desk.ok("status", json!({})).await;
    assert_eq!((&status["gate"], &status["sample"]), (&json!("locked"), &Value::Null));
    assert_eq!(
        status["users"][0],
        json!({ "user": "binh", "name": "Lê Văn Bình", "role": "supervisor" })
    );
    assert_eq!(status["release"]["digest"].as_str().unwrap().len(), 64);

    let session = desk.sign_in("hoa", OFFICER).await;
    assert_eq!(session["hamlets"], json!(["Thôn Đông", "Thôn Đoài"]));
    assert_eq!(desk.ok("status", json!({})).await["gate"], "open");

    let file = desk.create("Nguyễn Văn Thuận").await;
    let (household, head) = (&file["household"], &file["persons"][0]["person"]);
    assert_eq!(file["persons"][0]["basics"][0]["fact"], "birth_date");
    let before = desk.screen(household).await;
    assert_eq!(row(&before, "social_pension")["standing"], "needs_fact");
    let ask = question(&before, head, "birth_date").unwrap();
    assert_eq!((&ask["matters"], &ask["answer"]), (&json!(true), &Value::Null));

    let answers = [
        (
            "birth_date",
            json!({ "is": "1947-05-02", "paper": "id_card", "seen_on": "2026-11-02" }),
        ),
        ("sex", json!("male")),
        ("pension", json!("none")),
        ("merit_benefits", json!(false)),
        ("disability_degree", json!("none")),
        ("hiv", json!(false)),
    ];
    for (fact, answer) in answers {
        let screening = desk.answer(household, head, fact, answer.clone()).await;
        let recorded = question(&screening, head, fact).unwrap();
        assert_eq!(recorded["answer"]["raw"], answer);
        assert!(screening["saved_at"].is_string() && screening["micros"].is_u64());
        println!("{fact}: {} µs", screening["micros"]);
    }
    let screening = desk
        .answer(household, &Value::Null, "poverty_status", json!("neither"))
        .await;
    assert_eq!(row(&screening, "social_pension")["standing"], "can_apply");
    let wanted = json!({ "household": household, "month": MONTH, "language": "vi", "programme": "social_pension", "person": head });
    let explained = desk.ok("explain", wanted).await;
    assert_eq!(explained["answer"], "entitled");
    assert!(!explained["groups"][0]["criteria"].as_array().unwrap().is_empty());
    assert!(!explained["arithmetic"].as_array().unwrap().is_empty());
    let unknown =
        json!({ "household": household, "month": MONTH, "language": "vi", "programme": "no_such", "person": head });
    assert_eq!(desk.fails("explain", unknown).await.code, "not_found");
    let birth = &question(&screening, head, "birth_date").unwrap()["answer"];
    assert!(birth["source"].as_str().unwrap().contains("02/11/2026"), "{birth}");
    let paid = question(&screening, head, "paid_now.social_pension").expect("whether it is received is asked");
    assert_eq!(paid["matters"], true);
    let screening = desk
        .answer(household, head, "paid_now.social_pension", json!(true))
        .await;
    assert_eq!(row(&screening, "social_pension")["standing"], "receiving");

    let paper = json!({ "household": household, "month": MONTH, "language": "vi", "reasons": true });
    let pages = desk.ok("preview", paper.clone()).await;
    assert!(pages["pages"][0].as_str().unwrap().starts_with("<svg"));
    let file = desk.ok("open_household", json!({ "household": household })).await;
    assert_eq!(file["printed"], json!([]), "a preview is no print");
    let printed = desk.ok("print_summary", paper.clone()).await;
    let pdf = BASE64
        .decode(printed["file"]["bytes"].as_str().unwrap().as_bytes())
        .unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(printed["file"]["file_name"], "tom-tat-00001-2026-11.pdf");
    let again = desk.ok("print_summary", paper).await;
    assert_eq!(again["code"], printed["code"], "the same answer has the same code");

    let file = desk.ok("open_household", json!({ "household": household })).await;
    assert_eq!(file["printed"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&file["printed"][0]["code"], &file["printed"][0]["month"]),
        (&printed["code"], &json!(MONTH))
    );

    let Desk { office, folder } = desk;
    office.close().await;
    kept_determination_is_what_was_printed(folder.path(), &printed, household).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commune_screens_by_the_rules_of_its_province() {
    let desk = Desk::empty();
    let provinces = desk.ok("provinces", json!({ "language": "vi" })).await;
    let named = |name: &str| {
        let mut all = provinces.as_array().unwrap().iter();
        all.find(|province| province["name"] == name).expect(name).clone()
    };
    let (hanoi, tuyen_quang) = (named("Hà Nội"), named("Tuyên Quang"));
    assert_eq!(
        (&hanoi["has_rules"], &tuyen_quang["has_rules"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(tuyen_quang["before"], json!(["Hà Giang", "Tuyên Quang"]));
    let mut request = desk::request();
    request["province"] = json!("Hà Nội");
    let failure = desk.fails("set_up", request.clone()).await;
    assert_eq!(
        (failure.code.as_str(), failure.problems[0].path.as_str()),
        ("bad_request", "$.province")
    );

    request["province"] = hanoi["code"].clone();
    desk.ok("set_up", request).await;
    let before = desk.ok("status", json!({})).await["release"]["overlays"].clone();
    let session = desk.sign_in("hoa", OFFICER).await;
    assert_eq!(session["province"], "Thành phố Hà Nội");
    let after = desk.ok("status", json!({})).await["release"]["overlays"].clone();
    assert_eq!((before, &after[0]["id"]), (Value::Null, &json!("vn_01_ha_noi")));
    assert_eq!(after[0]["digest"].as_str().unwrap().len(), 64);

    let (here, elsewhere) = (
        level_of_a_pensioner(&desk).await,
        level_of_a_pensioner(&Desk::open().await).await,
    );
    assert!(here > elsewhere, "{here} in Hà Nội, {elsewhere} elsewhere");
}

/// What a man of 79 without a pension may get a month.
async fn level_of_a_pensioner(desk: &Desk) -> u64 {
    let file = desk.create("Nguyễn Văn Thuận").await;
    let (household, head) = (&file["household"], &file["persons"][0]["person"]);
    for (fact, answer) in [("birth_date", json!("1947-05-02")), ("pension", json!("none"))] {
        desk.answer(household, head, fact, answer).await;
    }
    let screening = desk.screen(household).await;
    let gives = row(&screening, "social_pension")["gives"]
        .as_str()
        .unwrap()
        .replace('.', "");
    gives.split(' ').filter_map(|word| word.parse().ok()).max().unwrap()
}

async fn kept_determination_is_what_was_printed(folder: &Path, printed: &Value, household: &Value) {
    let (store, _) = Store::open(folder, "hoa", OFFICER).await.unwrap();
    let kept = store
        .determinations(household.as_str().unwrap().parse().unwrap())
        .await
        .unwrap();
    let bytes: Value = serde_json::from_slice(&kept[0].bytes).unwrap();
    assert_eq!(bytes["release"], bytes["report"]["release"]["digest"]);
    assert_eq!(
        kept[0].bytes, kept[1].bytes,
        "the same facts, rules and month give the same bytes"
    );
    let code = printed["code"].as_str().unwrap();
    assert_eq!(code.len(), 9);
    assert!(
        code.chars()
            .all(|c| c == '-' || (c.is_ascii_alphanumeric() && !"IO01".contains(c))),
        "{code}"
    );
    assert!(matches!(store.check_audit_chain().await.unwrap(), AuditChain::Whole { n_entries } if n_entries > 10));
    store.close().await;
}
