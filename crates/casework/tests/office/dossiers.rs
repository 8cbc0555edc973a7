//! Applications: made from a result, ticked, handed in, returned, decided, and taken back where that was a mistake.

use ansinh_casework::today;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::desk::{Desk, MONTH, row};

/// A household whose head may claim the social pension.
pub(crate) async fn entitled(desk: &Desk) -> (Value, Value) {
    let file = desk.create("Nguyễn Văn Thuận").await;
    let (household, head) = (file["household"].clone(), file["persons"][0]["person"].clone());
    for (fact, answer) in [
        (
            "birth_date",
            json!({ "is": "1947-05-02", "paper": "id_card", "seen_on": "2026-11-02" }),
        ),
        ("sex", json!("male")),
        ("pension", json!("none")),
        ("merit_benefits", json!(false)),
        ("disability_degree", json!("none")),
        ("hiv", json!(false)),
    ] {
        desk.answer(&household, &head, fact, answer).await;
    }
    let screening = desk
        .answer(&household, &Value::Null, "poverty_status", json!("neither"))
        .await;
    assert_eq!(row(&screening, "social_pension")["standing"], "can_apply");
    (household, head)
}

pub(crate) async fn make(desk: &Desk, household: &Value, head: &Value) -> Value {
    let request = json!({ "household": household, "month": MONTH, "programme": "social_pension", "person": head, "language": "vi" });
    desk.ok("make_dossier", request).await
}

fn step(dossier: &Value, step: &str, on: Date) -> Value {
    let reason = if matches!(step, "return" | "refuse" | "withdraw") {
        "thiếu giấy"
    } else {
        ""
    };
    json!({ "dossier": dossier["line"]["dossier"], "step": step, "on": on.to_string(), "reason": reason, "amount": null, "from": null, "language": "vi" })
}

fn which(dossier: &Value) -> Value {
    json!({ "dossier": dossier["line"]["dossier"], "language": "vi" })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_followed_from_the_result_to_what_is_received() {
    let desk = Desk::open().await;
    let (household, head) = entitled(&desk).await;
    let made = make(&desk, &household, &head).await;
    assert_eq!(made["line"]["state"], "preparing");
    assert_eq!(made["line"]["who"], "Nguyễn Văn Thuận");
    assert_eq!(made["line"]["clock"]["state"], "not_begun");
    assert!(!made["form"].as_str().unwrap().is_empty());
    assert!(made["amount"].as_i64().unwrap() > 0);
    let papers = made["papers"].as_array().unwrap();
    let n_seen = papers.iter().filter(|paper| paper["state"] == "have").count();
    assert!(
        n_seen > 0 && n_seen < papers.len(),
        "what was seen in the interview is there: {papers:?}"
    );
    assert_eq!(made["line"]["n_ready"], n_seen);
    let again = make(&desk, &household, &head).await;
    assert_eq!(
        again["line"]["dossier"], made["line"]["dossier"],
        "an open one is not made twice"
    );

    let missing = papers.iter().position(|paper| paper["state"] == "missing").unwrap();
    let tick = json!({ "dossier": made["line"]["dossier"], "paper": missing, "now": "have", "language": "vi" });
    let ticked = desk.ok("tick_paper", tick).await;
    assert_eq!(ticked["papers"][missing]["state"], "have");
    assert_eq!(ticked["line"]["n_ready"], n_seen + 1);

    let handed_in = desk.ok("step_dossier", step(&made, "hand_in", today())).await;
    assert_eq!(handed_in["line"]["state"], "handed_in");
    assert_eq!(handed_in["papers"][missing]["state"], "handed_in");
    let clock = &handed_in["line"]["clock"];
    assert_eq!(clock["working_days"], clock["days"], "none of them has gone by");
    assert!(clock["due"].as_str().unwrap().parse::<Date>().unwrap() > today());
    let list = desk.ok("dossiers", json!({ "which": "open", "language": "en" })).await;
    assert_eq!(list["lines"][0]["hamlet"], "Thôn Đông");
    assert_eq!(list["lines"][0]["title"], "Social pension");

    let mut grant = step(&made, "grant", today());
    grant["amount"] = made["amount"].clone();
    grant["from"] = json!("2026-12");
    let granted = desk.ok("step_dossier", grant).await;
    assert_eq!(granted["line"]["clock"]["state"], "in_time");
    let propose = &granted["propose"];
    assert_eq!(
        (&propose["person"], &propose["fact"]),
        (&head, &json!("paid_now.social_pension"))
    );
    desk.answer(&household, &head, "paid_now.social_pension", json!(true))
        .await;
    let after = desk.ok("dossier", which(&made)).await;
    assert_eq!(after["propose"], Value::Null);
    let paid = desk.ok("step_dossier", step(&made, "pay", today())).await;
    assert_eq!((&paid["line"]["state"], &paid["next"]), (&json!("paid"), &json!([])));
    let list = desk.ok("dossiers", json!({ "which": "open", "language": "vi" })).await;
    assert_eq!(list["lines"], json!([]));

    let of = desk
        .ok("dossiers_of", json!({ "household": household, "language": "vi" }))
        .await;
    assert_eq!(of["lines"].as_array().unwrap().len(), 1);
    let receipt = &of["receipts"][0];
    assert_eq!(of["receipts"].as_array().unwrap().len(), 1, "said once, by both");
    assert_eq!(
        (&receipt["since"], &receipt["amount"]),
        (&json!("2026-12"), &made["amount"])
    );
    assert!(receipt["recorded_at"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_stands_still_while_it_is_returned_and_begins_anew() {
    let desk = Desk::open().await;
    let (household, head) = entitled(&desk).await;
    let made = make(&desk, &household, &head).await;
    let long_ago = today().checked_sub(jiff::Span::new().months(6)).unwrap();
    let late = desk.ok("step_dossier", step(&made, "hand_in", long_ago)).await;
    assert_eq!(late["line"]["clock"]["state"], "overdue");
    assert!(late["line"]["clock"]["working_days"].as_u64().unwrap() > 50);

    let other = desk.create("Trần Thị Sau").await;
    let (second, person) = (other["household"].clone(), other["persons"][0]["person"].clone());
    let second = make(&desk, &second, &person).await;
    let list = desk.ok("dossiers", json!({ "which": "open", "language": "vi" })).await;
    let order: Vec<&Value> = list["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["dossier"])
        .collect();
    assert_eq!(
        order,
        [&made["line"]["dossier"], &second["line"]["dossier"]],
        "overdue first"
    );

    let returned = desk.ok("step_dossier", step(&made, "return", today())).await;
    assert_eq!(returned["line"]["clock"]["state"], "stopped");
    assert_eq!(returned["next"], json!(["hand_in", "withdraw"]));
    let again = desk.ok("step_dossier", step(&made, "hand_in", today())).await;
    let clock = &again["line"]["clock"];
    assert_eq!(clock["working_days"], clock["days"]);
    let refused = desk.ok("step_dossier", step(&made, "refuse", today())).await;
    assert_eq!(
        (&refused["line"]["state"], &refused["propose"]),
        (&json!("refused"), &Value::Null)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_noted_by_mistake_is_taken_back_and_stays_in_the_history() {
    let desk = Desk::open().await;
    let (household, head) = entitled(&desk).await;
    let made = make(&desk, &household, &head).await;
    assert_eq!(made["can_undo"], false);
    assert_eq!(desk.fails("undo_dossier", which(&made)).await.code, "not_found");
    desk.ok("step_dossier", step(&made, "hand_in", today())).await;
    desk.ok("step_dossier", step(&made, "refuse", today())).await;
    let undone = desk.ok("undo_dossier", which(&made)).await;
    assert_eq!(undone["line"]["state"], "handed_in");
    let undone = desk.ok("undo_dossier", which(&made)).await;
    assert_eq!(
        (&undone["line"]["state"], &undone["can_undo"]),
        (&json!("preparing"), &json!(false))
    );
    assert_eq!(undone["papers"], made["papers"], "what the step did to the papers too");
    let kinds: Vec<(&str, bool)> = undone["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| (event["what"].as_str().unwrap(), event["undone"].as_bool().unwrap()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("made", false),
            ("hand_in", true),
            ("refuse", true),
            ("undo", false),
            ("undo", false)
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_out_of_turn_and_days_that_cannot_be_are_refused() {
    let desk = Desk::open().await;
    let (household, head) = entitled(&desk).await;
    let made = make(&desk, &household, &head).await;
    let path_of = |failure: ansinh_casework::wire::Failure| {
        assert_eq!(failure.code, "bad_request");
        failure.problems[0].path.clone()
    };
    let early = desk.fails("step_dossier", step(&made, "grant", today())).await;
    assert_eq!(path_of(early), "$.step");
    let tomorrow = today().tomorrow().unwrap();
    let to_come = desk.fails("step_dossier", step(&made, "hand_in", tomorrow)).await;
    assert_eq!(path_of(to_come), "$.on");
    desk.ok("step_dossier", step(&made, "hand_in", today())).await;
    let yesterday = today().yesterday().unwrap();
    let before = desk.fails("step_dossier", step(&made, "grant", yesterday)).await;
    assert_eq!(path_of(before), "$.on");
    let mut silent = step(&made, "return", today());
    silent["reason"] = json!(" ");
    assert_eq!(path_of(desk.fails("step_dossier", silent).await), "$.reason");
    let mut negative = step(&made, "grant", today());
    negative["amount"] = json!(-1);
    assert_eq!(path_of(desk.fails("step_dossier", negative).await), "$.amount");
    let paper = json!({ "dossier": made["line"]["dossier"], "paper": 99, "now": "have", "language": "vi" });
    assert_eq!(desk.fails("tick_paper", paper).await.code, "not_found");
    let nowhere = json!({ "dossier": "none", "language": "vi" });
    assert_eq!(desk.fails("dossier", nowhere).await.code, "not_found");
}
