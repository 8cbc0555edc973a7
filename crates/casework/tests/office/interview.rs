//! Questions and answers: their order, what is saved, and what a wrong one changes.

use ansinh_store::{BirthYear, NewFact, Source, Stamp, Store};
use serde_json::{Value, json};

use crate::desk::{Desk, MONTH, OFFICER, fact_request, question};

#[tokio::test(flavor = "multi_thread")]
async fn questions_stand_in_the_order_of_an_interview() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let household = &file["household"];
    let file = desk.add(household, "Nguyễn Thị Mận", "child").await;
    desk.answer(
        household,
        &file["persons"][1]["person"],
        "birth_date",
        json!("2015-06-01"),
    )
    .await;
    let screening = desk.screen(household).await;
    let questions = screening["questions"].as_array().unwrap();
    let places: Vec<usize> = questions
        .iter()
        .map(|question| match question["person"].as_str() {
            None => 0,
            Some(id) => {
                1 + file["persons"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .position(|p| p["person"] == id)
                    .unwrap()
            }
        })
        .collect();
    assert!(places.is_sorted(), "the household first, then each person: {places:?}");
    for person in 1..=2 {
        let own: Vec<&Value> = questions
            .iter()
            .zip(&places)
            .filter(|(_, at)| **at == person)
            .map(|(q, _)| q)
            .collect();
        assert_eq!(
            (&own[0]["fact"], &own[1]["fact"]),
            (&json!("birth_date"), &json!("sex"))
        );
        let sensitive: Vec<bool> = own
            .iter()
            .map(|question| question["sensitive"].as_bool().unwrap())
            .collect();
        assert!(sensitive.is_sorted(), "sensitive questions come last: {sensitive:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_answer_changes_nothing() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let (household, head) = (&file["household"], &file["persons"][0]["person"]);
    desk.answer(household, head, "birth_date", json!("1951-03-12")).await;
    let bad = [
        ("birth_date", json!("12/03/1951"), "$.answer"),
        (
            "birth_date",
            json!({ "is": "1951", "paper": "giay_la" }),
            "$.answer.paper",
        ),
        ("sex", json!("nam"), "$.answer"),
        ("no_such_fact", json!(true), "$.fact"),
        ("poverty_status", json!("poor"), "$.fact"),
    ];
    for (fact, answer, path) in bad {
        let failure = desk
            .fails("save_fact", fact_request(household, head, fact, answer))
            .await;
        assert_eq!(
            (failure.code.as_str(), failure.problems[0].path.as_str()),
            ("answer_not_understood", path),
            "{fact}"
        );
        assert!(!failure.problems[0].vi.is_empty() && !failure.problems[0].en.is_empty());
    }
    let screening = desk.screen(household).await;
    assert_eq!(
        question(&screening, head, "birth_date").unwrap()["answer"]["raw"],
        "1951-03-12"
    );

    let screening = desk.answer(household, head, "birth_date", Value::Null).await;
    assert_eq!(question(&screening, head, "birth_date").unwrap()["answer"], Value::Null);
    let screening = desk.answer(household, head, "pension", json!({ "unsure": true })).await;
    let pension = question(&screening, head, "pension").unwrap();
    assert_eq!(pension["answer"]["unsure"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_tried_shows_what_saving_it_would_and_keeps_nothing() {
    let desk = Desk::open().await;
    let household = desk.create("Trần Văn Mẫu").await;
    let (household, person) = (&household["household"], &household["persons"][0]["person"]);
    desk.answer(household, person, "birth_date", json!("1960-05-02")).await;
    let before = desk.screen(household).await;
    for (fact, answer) in [("disability_degree", json!("severe")), ("hiv", json!(true))] {
        let request = fact_request(household, person, fact, answer.clone());
        let tried = desk.ok("try_fact", request).await;
        let still = desk.screen(household).await;
        assert_eq!(still["results"], before["results"], "{fact}");
        assert_eq!(tried["saved_at"], still["saved_at"], "nothing was saved");
        let saved = desk.answer(household, person, fact, answer).await;
        for part in ["rows", "totals", "asks"] {
            let same = |screening: &Value| match &screening["results"][part] {
                // When the next change comes is looked up after the answer is saved.
                Value::Array(rows) => rows.iter().map(without_next_change).collect(),
                other => vec![other.clone()],
            };
            assert_eq!(same(&tried), same(&saved), "{part} after {fact}");
        }
        assert_eq!(tried["questions"], saved["questions"], "{fact}");
        desk.answer(household, person, fact, Value::Null).await;
    }
    let refused = fact_request(household, person, "disability_degree", json!("grave"));
    assert_eq!(desk.fails("try_fact", refused).await.code, "answer_not_understood");
}

fn without_next_change(row: &Value) -> Value {
    let mut row = row.clone();
    if let Some(row) = row.as_object_mut() {
        row.remove("next_change");
    }
    row
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_in_memory_is_what_was_saved() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let (household, head) = (&file["household"], &file["persons"][0]["person"]);
    desk.answer(household, head, "birth_date", json!({ "about": 1951 }))
        .await;
    desk.answer(household, head, "sex", json!("male")).await;
    let in_memory = desk
        .answer(household, &Value::Null, "poverty_status", json!({ "unsure": true }))
        .await;
    desk.create("Ai khác").await;
    let read_again = desk.screen(household).await;
    for part in ["results", "questions", "saved_at"] {
        assert_eq!(in_memory[part], read_again[part], "{part}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fact_that_the_rules_no_longer_know_is_kept_and_says_nothing() {
    let desk = Desk::open().await;
    let household = desk.create("Nguyễn Văn Thuận").await["household"].clone();
    let before = desk.screen(&household).await;
    desk.ok("sign_out", json!({})).await;
    let (store, _) = Store::open(desk.folder.path(), "hoa", OFFICER).await.unwrap();
    let id = household.as_str().unwrap().parse().unwrap();
    let old = NewFact {
        name: "fact_of_an_older_release".to_owned(),
        answer: Some("\"yes\"".to_owned()),
        source: Source {
            kind: "said".to_owned(),
            paper: None,
            paper_on: None,
        },
        birth_year: BirthYear::Unchanged,
    };
    let stamp = Stamp {
        by: "hoa".to_owned(),
        at: "2026-11-22T08:00:00Z".parse().unwrap(),
    };
    store.save_fact(id, None, &old, &stamp).await.unwrap();
    store.close().await;
    drop(store);
    desk.sign_in("hoa", OFFICER).await;
    let after = desk.screen(&household).await;
    assert_eq!(
        (&before["results"], &before["questions"]),
        (&after["results"], &after["questions"])
    );
    desk.answer(&household, &Value::Null, "poverty_status", json!("poor"))
        .await;
    desk.ok("sign_out", json!({})).await;
    let (store, _) = Store::open(desk.folder.path(), "hoa", OFFICER).await.unwrap();
    assert_eq!(
        store.load_household(id).await.unwrap().facts.len(),
        2,
        "nothing typed is lost"
    );
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_is_wrong_says_where() {
    let desk = Desk::open().await;
    let household = &desk.create("Nguyễn Văn Thuận").await["household"];
    let wrong = [
        ("no_such_command", json!({}), "$"),
        ("search", json!({ "text": 7 }), "$.text"),
        (
            "screen",
            json!({ "household": household, "month": "11/2026", "language": "vi" }),
            "$.month",
        ),
        (
            "screen",
            json!({ "household": household, "month": MONTH, "language": "fr" }),
            "$.language",
        ),
        ("create_household", json!({ "head": " ", "hamlet": "" }), "$.head"),
    ];
    for (command, args, path) in wrong {
        let failure = desk.fails(command, args).await;
        assert_eq!(
            (failure.code.as_str(), failure.problems[0].path.as_str()),
            ("bad_request", path),
            "{command}"
        );
    }
    for household in ["không phải mã", "019aa000-0000-7000-8000-000000000000"] {
        let failure = desk.fails("open_household", json!({ "household": household })).await;
        assert_eq!(
            (failure.code.as_str(), failure.values["what"].as_str()),
            ("not_found", "household")
        );
    }
}
