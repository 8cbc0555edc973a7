//! Rosters beyond one person: moved, split, merged, told apart, and all of it taken back.

use serde_json::{Value, json};

use crate::desk::{Desk, question};

async fn open(desk: &Desk, household: &Value) -> Value {
    desk.ok("open_household", json!({ "household": household })).await
}

fn people(file: &Value) -> Vec<(&str, &str)> {
    let persons = file["persons"].as_array().unwrap().iter();
    persons
        .map(|person| (person["name"].as_str().unwrap(), person["relation"].as_str().unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_moves_away_and_back_and_the_answers_with_them() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let household = &file["household"];
    desk.add(household, "Trần Thị Sen", "spouse").await;
    let file = desk.add(household, "Nguyễn Thị Mận", "child").await;
    let person = |at: usize| file["persons"][at]["person"].clone();
    desk.answer(household, &person(0), "birth_date", json!("1947-05-02"))
        .await;
    let before = desk.screen(household).await;
    let into = desk.create("Lê Văn Nhận").await["household"].clone();
    let request = |new_head: Value, on: &str| json!({ "household": household, "persons": [{ "person": person(0), "relation": "parent" }], "into": into, "new_head": new_head, "on": on });
    for (request, path) in [
        (request(Value::Null, "2026-11-01"), "$.new_head"),
        (request(person(0), "2026-11-01"), "$.new_head"),
        (request(person(1), "2999-01-01"), "$.on"),
    ] {
        assert_eq!(desk.fails("move_persons", request).await.problems[0].path, path);
    }
    let moved = desk.ok("move_persons", request(person(1), "2026-11-01")).await;
    assert_eq!(
        people(&open(&desk, household).await),
        [("Trần Thị Sen", "head"), ("Nguyễn Thị Mận", "child")]
    );
    let there = open(&desk, &into).await;
    assert_eq!(
        people(&there),
        [("Lê Văn Nhận", "head"), ("Nguyễn Văn Thuận", "parent")]
    );
    assert_eq!(there["acts"][0]["names"], json!(["Nguyễn Văn Thuận"]));
    let screening = desk.screen(&into).await;
    let birth = question(&screening, &there["persons"][1]["person"], "birth_date").unwrap();
    assert_eq!(birth["answer"]["raw"], "1947-05-02");

    desk.ok("undo_act", json!({ "act": moved["act"] })).await;
    let after = desk.screen(household).await;
    assert_eq!(
        (&after["results"], &after["questions"]),
        (&before["results"], &before["questions"])
    );
    assert_eq!(
        desk.fails("undo_act", json!({ "act": moved["act"] })).await.code,
        "not_found"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_founds_a_household_with_a_child_of_their_own() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let household = &file["household"];
    desk.add(household, "Nguyễn Thị Mận", "child").await;
    let file = desk.add(household, "Nguyễn Văn Bé", "grandchild").await;
    let id = |at: usize| file["persons"][at]["person"].clone();
    let args = json!({ "household": household, "person": id(2), "name": "Nguyễn Văn Bé", "relation": "grandchild",
        "parents": [id(1)], "died_on": null });
    desk.ok("save_person", args).await;
    let split = json!({ "household": household, "persons": [id(1), id(2)], "hamlet": "Thôn Đoài", "new_head": null, "on": "2026-11-01" });
    let made = desk.ok("split_household", split).await;
    let there = open(&desk, &made["household"]).await;
    assert_eq!(people(&there), [("Nguyễn Thị Mận", "head"), ("Nguyễn Văn Bé", "child")]);
    assert_eq!(there["hamlet"], "Thôn Đoài");
    let merge =
        json!({ "household": made["household"], "into": household, "persons": [], "take": [], "on": "2026-11-02" });
    desk.ok("merge_households", merge).await;
    let closed = open(&desk, &made["household"]).await;
    assert_eq!(
        (&closed["persons"], &closed["closed_into"]["household"]),
        (&json!([]), household)
    );
    assert_eq!(people(&open(&desk, household).await).len(), 3);
    assert_eq!(desk.ok("search", json!({ "text": "" })).await["n_households"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_recorded_twice_is_hinted_at_compared_and_made_one() {
    let desk = Desk::open().await;
    let one = desk.create("Nguyễn Văn Thuận").await;
    let other = desk.create("NGUYEN VAN THUAN").await;
    let of = |file: &Value| (file["household"].clone(), file["persons"][0]["person"].clone());
    let ((one_home, one), (other_home, other)) = (of(&one), of(&other));
    desk.answer(&one_home, &one, "birth_date", json!("1947-05-02")).await;
    desk.answer(
        &other_home,
        &other,
        "birth_date",
        json!({ "is": "1947-05-02", "paper": "id_card" }),
    )
    .await;
    desk.answer(&other_home, &other, "sex", json!("male")).await;
    let hints = async |person: Value, name: &str, birth: Value, hamlet: &str| {
        let args = json!({ "person": person, "name": name, "birth_date": birth, "id_number": "", "hamlet": hamlet });
        let found = desk.ok("find_duplicates", args).await;
        let likeness = |hint: &Value| hint["likeness"].as_str().unwrap().to_owned();
        found.as_array().unwrap().iter().map(likeness).collect::<Vec<_>>()
    };
    assert_eq!(
        hints(one.clone(), "Nguyễn Văn Thuận", json!("1947-05-02"), "").await,
        ["birth"]
    );
    assert_eq!(
        hints(Value::Null, "nguyen van thuan", json!("1947"), "thon dong").await,
        ["year", "year"]
    );
    assert_eq!(
        hints(Value::Null, "nguyen van thuan", json!("1947"), "Thôn Đoài").await,
        [""; 0]
    );
    assert_eq!(
        hints(Value::Null, "nguyen van thuan", Value::Null, "Thôn Đông").await,
        [""; 0]
    );

    let (keep, lose) = (
        json!({ "household": one_home, "person": one }),
        json!({ "household": other_home, "person": other }),
    );
    let compared = desk
        .ok(
            "compare_persons",
            json!({ "one": keep, "other": lose, "language": "vi" }),
        )
        .await;
    let fields: Vec<&str> = compared["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["field"].as_str().unwrap())
        .collect();
    assert_eq!(fields, ["name", "birth_date", "sex"]);
    let args = json!({ "keep": keep, "lose": lose, "take": ["birth_date"], "new_head": null });
    let done = desk.ok("merge_persons", args).await;
    let screening = desk.screen(&one_home).await;
    let answer = |fact: &str| question(&screening, &one, fact).unwrap()["answer"]["raw"].clone();
    assert_eq!(
        (answer("birth_date")["paper"].clone(), answer("sex")),
        (json!("id_card"), json!("male"))
    );
    assert_eq!(open(&desk, &other_home).await["closed_into"]["household"], one_home);
    desk.ok("undo_act", json!({ "act": done["act"] })).await;
    assert_eq!(people(&open(&desk, &other_home).await), [("NGUYEN VAN THUAN", "head")]);

    desk.ok("tell_apart", json!({ "one": one, "other": other })).await;
    assert_eq!(
        hints(one.clone(), "Nguyễn Văn Thuận", json!("1947-05-02"), "").await,
        [""; 0]
    );
}
