//! Households and their members: found, related, taken off and brought back.

use serde_json::{Value, json};

use crate::desk::{Desk, fact_request, question};

#[tokio::test(flavor = "multi_thread")]
async fn households_are_found_without_tone_marks_and_by_year() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let household = &file["household"];
    let file = desk.add(household, "Nguyễn Thị Mận", "child").await;
    desk.answer(
        household,
        &file["persons"][1]["person"],
        "birth_date",
        json!({ "about": 1988 }),
    )
    .await;
    for (text, person) in [
        ("nguyen man", json!("Nguyễn Thị Mận")),
        ("1988", json!("Nguyễn Thị Mận")),
        ("thuan", Value::Null),
    ] {
        let found = desk.ok("search", json!({ "text": text })).await;
        let hit = &found["hits"][0];
        assert_eq!(
            (&hit["household"], &hit["person"], &hit["head"]),
            (household, &person, &json!("Nguyễn Văn Thuận")),
            "{text}"
        );
        assert_eq!((&found["n_households"], &hit["n_persons"]), (&json!(1), &json!(2)));
    }
    assert_eq!(
        desk.ok("search", json!({ "text": "1988" })).await["hits"][0]["birth_year"],
        "~1988"
    );
    assert_eq!(
        desk.ok("search", json!({ "text": "" })).await["hits"][0]["household"],
        *household
    );
    assert_eq!(
        desk.ok("search", json!({ "text": "khong ai" })).await["hits"],
        json!([])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn relations_follow_from_what_a_person_is_to_the_head() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let household = &file["household"];
    desk.add(household, "Trần Thị Sen", "spouse").await;
    desk.add(household, "Nguyễn Thị Mận", "child").await;
    desk.add(household, "Lê Thị Cúc", "parent").await;
    let file = desk.add(household, "Nguyễn Văn Bé", "grandchild").await;
    let persons = &file["persons"];
    let id = |at: usize| persons[at]["person"].clone();
    assert_eq!((&persons[0]["partner"], &persons[1]["partner"]), (&id(1), &id(0)));
    assert_eq!(persons[2]["parents"], json!([id(0), id(1)]));
    assert_eq!(persons[0]["parents"], json!([id(3)]));
    assert_eq!(persons[4]["parents"], json!([]));

    let change = |person: Value, relation: &str, more: Value| {
        let mut args =
            json!({ "household": household, "person": person, "name": "Nguyễn Văn Bé", "relation": relation });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        args
    };
    let file = desk
        .ok(
            "save_person",
            change(
                id(4),
                "grandchild",
                json!({ "parents": [id(2)], "died_on": "2026-11-03" }),
            ),
        )
        .await;
    assert_eq!(file["persons"][4]["parents"], json!([id(2)]));
    assert_eq!(file["persons"][4]["died_on"], "2026-11-03");

    let refused = [
        (change(id(0), "head", json!({ "parents": [id(4)] })), "$.parents"),
        (change(id(4), "head", json!({})), "$.relation"),
        (change(id(0), "other", json!({})), "$.relation"),
        (change(id(2), "child", json!({ "partner": id(2) })), "$.partner"),
        (change(id(2), "child", json!({ "died_on": "hôm qua" })), "$.died_on"),
        (change(id(2), "cousin", json!({})), "$.relation"),
    ];
    for (args, path) in refused {
        let failure = desk.fails("save_person", args).await;
        assert_eq!(
            (failure.code.as_str(), failure.problems[0].path.as_str()),
            ("bad_request", path)
        );
    }
    let file = desk
        .ok("save_person", change(id(1), "spouse", json!({ "partner": null })))
        .await;
    assert_eq!(file["persons"][0]["partner"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_taken_off_the_roster_comes_back_with_all_answers() {
    let desk = Desk::open().await;
    let file = desk.create("Nguyễn Văn Thuận").await;
    let household = &file["household"];
    let file = desk.add(household, "Nguyễn Thị Mận", "child").await;
    let (head, child) = (&file["persons"][0]["person"], &file["persons"][1]["person"]);
    desk.answer(household, child, "birth_date", json!("2015-06-01")).await;
    let before = desk.screen(household).await;
    let off = |person: &Value, reason: &str| json!({ "household": household, "person": person, "reason": reason });
    assert_eq!(desk.fails("remove_person", off(child, " ")).await.code, "bad_request");
    assert_eq!(
        desk.fails("remove_person", off(head, "chuyển đi")).await.code,
        "bad_request"
    );
    let file = desk.ok("remove_person", off(child, "chuyển đi")).await;
    assert_eq!(file["persons"].as_array().unwrap().len(), 1);
    assert!(question(&desk.screen(household).await, child, "birth_date").is_none());
    assert_eq!(
        desk.fails("save_fact", fact_request(household, child, "sex", json!("male")))
            .await
            .code,
        "not_found"
    );
    desk.ok("restore_person", off(child, "")).await;
    let after = desk.screen(household).await;
    assert_eq!(before["results"], after["results"]);
    assert_eq!(before["questions"], after["questions"]);
}
