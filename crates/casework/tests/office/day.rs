//! The roster screened in the background, and the lists made from it.

use serde_json::{Value, json};

use crate::desk::{Desk, OFFICER};

/// Asks until the whole roster is screened. Every step of it is kept, so that it ends.
pub(crate) async fn screened(desk: &Desk) -> Value {
    loop {
        let state = desk.ok("roster_screening", json!({})).await;
        assert_eq!(state["failure"], Value::Null);
        if state["n_current"] == state["n_households"] {
            return state;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roster_is_screened_beside_the_desk_and_goes_on_where_it_was_stopped() {
    let desk = Desk::open().await;
    let state = desk.ok("stop_screening", json!({})).await;
    assert_eq!((&state["stopped"], &state["working"]), (&json!(true), &json!(false)));
    let mut households = Vec::new();
    for head in ["Trần Thị Gạo", "Lê Văn Mì", "Vũ Thị Nếp"] {
        households.push(desk.create(head).await["household"].clone());
    }
    let state = desk.ok("roster_screening", json!({})).await;
    assert_eq!(
        (&state["n_households"], &state["n_current"], &state["n_never"]),
        (&json!(3), &json!(0), &json!(3))
    );

    desk.ok("resume_screening", json!({})).await;
    let state = screened(&desk).await;
    assert_eq!((&state["n_never"], &state["stopped"]), (&json!(0), &json!(false)));

    desk.ok("stop_screening", json!({})).await;
    let file = desk.ok("open_household", json!({ "household": households[0] })).await;
    desk.add(&households[0], "Trần Thị Cốm", "child").await;
    let state = desk.ok("roster_screening", json!({})).await;
    assert_eq!(state["n_current"], 2, "somebody more in {}", file["number"]);

    desk.ok("sign_out", json!({})).await;
    desk.sign_in("hoa", OFFICER).await;
    assert_eq!(screened(&desk).await["n_current"], 3, "signing in begins again");
    desk.office.close().await;
}

/// A man of 79 who may be entitled to the social pension and is not recorded as receiving it.
async fn pensioner(desk: &Desk, name: &str) -> (Value, Value) {
    let file = desk.create(name).await;
    let (household, head) = (file["household"].clone(), file["persons"][0]["person"].clone());
    let answers = [
        ("birth_date", json!("1947-05-02")),
        ("sex", json!("male")),
        ("pension", json!("none")),
        ("merit_benefits", json!(false)),
        ("disability_degree", json!("none")),
        ("hiv", json!(false)),
    ];
    for (fact, answer) in answers {
        desk.answer(&household, &head, fact, answer).await;
    }
    desk.answer(&household, &Value::Null, "poverty_status", json!("neither"))
        .await;
    (household, head)
}

fn everything() -> Value {
    json!({ "hamlet": null, "programme": null, "reason": null, "with_unasked": false, "offset": 0, "language": "vi" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_answer_changes_the_gap_at_once_and_a_reason_is_previewed_before_it_is_kept() {
    let desk = Desk::open().await;
    desk.ok("stop_screening", json!({})).await;
    let (household, head) = pensioner(&desk, "Nguyễn Văn Thuận").await;
    let today = this_month();
    let of_pension = |gap: &Value| {
        let lines = gap["lines"].as_array().unwrap().clone();
        lines.into_iter().find(|line| line["programme"] == "social_pension")
    };
    let save = async |fact: &str, answer: Value| {
        let args = json!({ "household": household, "person": head, "fact": fact, "answer": answer, "month": today,
            "language": "vi" });
        desk.ok("save_fact", args).await;
    };
    save("hiv", json!(false)).await;
    let gap = desk.ok("gap", everything()).await;
    let line = of_pension(&gap).expect("found on the desk, while the roster is not being screened");
    assert_eq!(
        (&line["of"]["who"], &line["reason"]),
        (&json!("Nguyễn Văn Thuận"), &Value::Null)
    );
    assert!(gap["month"]["low"].as_i64().unwrap() > 0, "{}", gap["month"]);

    let mut request = json!({ "benefits": [{ "household": household, "person": head, "programme": "social_pension" },
        { "household": household, "person": head, "programme": "no_such" }], "reason": "other", "note": " ", "language": "vi" });
    assert_eq!(
        desk.fails("preview_gap_reasons", request.clone()).await.problems[0].path,
        "$.note"
    );
    request["note"] = json!("đang ở với con");
    let plan = desk.ok("preview_gap_reasons", request.clone()).await;
    assert_eq!(
        (&plan["lines"][0]["before"], &plan["lines"][0]["after"]),
        (&Value::Null, &json!("other"))
    );
    assert_eq!(plan["n_gone"], 1);
    assert_eq!(
        of_pension(&desk.ok("gap", everything()).await).unwrap()["reason"],
        Value::Null,
        "a preview writes nothing"
    );
    desk.ok("set_gap_reasons", request).await;
    let line = of_pension(&desk.ok("gap", everything()).await).unwrap();
    assert_eq!(
        (&line["reason"], &line["note"], &line["said_by"]),
        (&json!("other"), &json!("đang ở với con"), &json!("hoa"))
    );

    let overview = desk.ok("overview", json!({ "language": "en" })).await;
    let n_gap = overview["total"]["n_gap"].as_u64().unwrap();
    let age = overview["breakdowns"]
        .as_array()
        .unwrap()
        .iter()
        .find(|each| each["by"] == "age")
        .unwrap();
    assert_eq!(age["lines"][0]["label"], "75+");
    save("paid_now.social_pension", json!(true)).await;
    assert!(
        of_pension(&desk.ok("gap", everything()).await).is_none(),
        "who receives it is in no gap"
    );
    let overview = desk.ok("overview", json!({ "language": "en" })).await;
    assert_eq!(
        (
            overview["total"]["n_gap"].as_u64().unwrap(),
            &overview["total"]["n_received"]
        ),
        (n_gap - 1, &json!(1))
    );
    desk.office.close().await;
}

/// The month it is where the program runs.
fn this_month() -> String {
    ansinh_casework::today().to_string()[..7].to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_of_age_this_year_stands_in_the_calendar_and_unfinished_work_in_the_day() {
    let desk = Desk::open().await;
    let (household, head) = pensioner(&desk, "Nguyễn Văn Thuận").await;
    let today = ansinh_casework::today();
    // Next month's birthday, at an age that the social pension asks for.
    let birthday = today.checked_add(jiff::Span::new().months(1)).unwrap();
    let born = birthday.with().year(birthday.year() - 75).day(15).build().unwrap();
    desk.answer(&household, &head, "birth_date", json!(born.to_string()))
        .await;
    screened(&desk).await;

    let request = json!({ "month": null, "hamlet": null, "programme": "social_pension", "kind": "gains", "offset": 0,
        "language": "vi" });
    let calendar = desk.ok("life_cycle", request.clone()).await;
    let line = &calendar["lines"][0];
    assert_eq!(
        (&line["cause"], &line["of"]["who"]),
        (&json!("age"), &json!("Nguyễn Văn Thuận"))
    );
    assert!(line["why"].as_str().unwrap().contains("75"), "{line}");
    assert_eq!(calendar["months"].as_array().unwrap().len(), 13);
    let elsewhere = json!({ "hamlet": "Thôn Đoài" });
    let request = merged(request, elsewhere);
    assert_eq!(desk.ok("life_cycle", request).await["n_in_all"], 0);

    let day = desk.ok("today", json!({ "language": "vi" })).await;
    let list = |kind: &str| {
        let mut lists = day["lists"].as_array().unwrap().iter();
        lists.find(|list| list["kind"] == kind).cloned().unwrap()
    };
    let thresholds = list("thresholds");
    let lines = thresholds["lines"].as_array().unwrap();
    assert!(
        lines.iter().any(|line| line["programme"] == "social_pension"),
        "{thresholds}"
    );
    assert_eq!(list("unfinished")["n_in_all"], 1);
    assert_eq!(
        (&list("undated")["n_in_all"], &list("released")["n_in_all"]),
        (&json!(0), &json!(0))
    );
    desk.office.close().await;
}

fn merged(mut into: Value, from: Value) -> Value {
    for (key, value) in from.as_object().unwrap() {
        into[key] = value.clone();
    }
    into
}
