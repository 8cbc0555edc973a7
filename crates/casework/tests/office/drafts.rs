//! A supervisor puts a new amount into a draft, sees it checked, and sees by name whom it changes.

use serde_json::{Value, json};

use crate::desk::{Desk, OFFICER, SUPERVISOR};

const DAY: &str = "2027-01-01";
const MONTH: &str = "2027-01";

/// A household whose head is paid the level that the draft changes, and one whose head is not.
async fn two_households(desk: &Desk) {
    for (head, born) in [("Nguyễn Văn Thuận", "1947-05-02"), ("Trần Thị Hiền", "1990-03-04")] {
        let file = desk.create(head).await;
        let (household, head) = (&file["household"], &file["persons"][0]["person"]);
        for (fact, answer) in [
            (
                "birth_date",
                json!({ "is": born, "paper": "id_card", "seen_on": "2026-11-02" }),
            ),
            ("sex", json!("male")),
            ("pension", json!("none")),
            ("merit_benefits", json!(false)),
            ("disability_degree", json!("none")),
            ("hiv", json!(false)),
        ] {
            desk.answer(household, head, fact, answer).await;
        }
        desk.answer(household, &Value::Null, "poverty_status", json!("neither"))
            .await;
    }
}

async fn done(desk: &Desk, command: &str, request: Value) -> Value {
    let started = desk.ok(command, request).await;
    loop {
        let report = desk.ok("job", started.clone()).await;
        if !report["answer"].is_null() {
            return report["answer"].clone();
        }
        tokio::task::yield_now().await;
    }
}

fn value(draft: &Value, from: &str, is: &str) -> Value {
    json!({ "draft": draft, "edit": { "kind": "value", "parameter": "social_pension_level", "from": from, "is": is,
        "cite": ["ND335 Đ31"], "until": null } })
}

fn of(draft: &Value) -> Value {
    json!({ "draft": draft, "language": "vi" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_amount_is_drafted_checked_and_told_by_name() {
    let desk = Desk::open().await;
    two_households(&desk).await;
    assert_eq!(
        desk.fails("drafts", json!({})).await.code,
        "not_allowed",
        "an officer drafts nothing"
    );
    desk.sign_in("binh", SUPERVISOR).await;
    assert_eq!(desk.ok("drafts", json!({})).await, json!([]));
    let line = desk.ok("new_draft", json!({ "title": "Nghị định mới" })).await;
    let draft = &line["draft"];
    assert_eq!((&line["n_steps"], &line["is_current"]), (&json!(0), &json!(true)));

    let same = done(
        &desk,
        "draft_impact",
        json!({ "draft": draft, "month": MONTH, "language": "vi" }),
    )
    .await;
    assert_eq!(
        (&same["n_unchanged"], &same["programmes"]),
        (&json!(2), &json!([])),
        "{same}"
    );

    let edited = desk.ok("edit_draft", value(draft, DAY, "600000")).await;
    assert_eq!(edited["path"], "parameters/levels.toml");
    let open = desk.ok("open_draft", of(draft)).await;
    let changed: Vec<&Value> = open["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|file| file["changed"] == true)
        .collect();
    assert_eq!(changed.len(), 1);
    let found = desk.ok("lint_draft", of(draft)).await;
    assert_eq!(found["n_errors"], 0, "{found}");
    let differences = desk.ok("draft_differences", of(draft)).await;
    assert_eq!(
        differences["rules"].as_array().unwrap().len(),
        1,
        "{}",
        differences["rules"]
    );
    assert_eq!(differences["rules"][0]["parts"][0]["part"], "giá trị từ 01/01/2027");

    let impact = done(
        &desk,
        "draft_impact",
        json!({ "draft": draft, "month": MONTH, "language": "vi" }),
    )
    .await;
    let changes = impact["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{impact}");
    assert_eq!(
        (&changes[0]["name"], &changes[0]["kind"]),
        (&json!("Nguyễn Văn Thuận"), &json!("amount"))
    );
    assert_eq!(changes[0]["after"]["gives"], "600.000 đồng mỗi tháng");
    assert_eq!(
        (&impact["partial"], &impact["n_judged"], &impact["n_unchanged"]),
        (&json!(false), &json!(2), &json!(1))
    );
    let cost = &impact["costs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|cost| cost["every"] == "month")
        .unwrap();
    let more = cost["after_low"].as_i64().unwrap() - cost["before_low"].as_i64().unwrap();
    assert_eq!(more, 60_000);
    let count = |by: &str| {
        impact["counts"]
            .as_array()
            .unwrap()
            .iter()
            .find(|count| count["by"] == by)
            .unwrap()
            .clone()
    };
    assert_eq!(
        (&count("sex")["value"], &count("age")["value"]),
        (&json!("male"), &json!("070"))
    );
    assert_eq!(
        (&count("hamlet")["value"], &count("hamlet")["amount"]),
        (&json!("Thôn Đông"), &json!(1))
    );

    let back = desk.ok("move_draft", json!({ "draft": draft, "way": "back" })).await;
    assert_eq!((&back["n_steps"], &back["n_ahead"]), (&json!(0), &json!(1)));
    let open = desk.ok("open_draft", of(draft)).await;
    assert!(
        open["files"]
            .as_array()
            .unwrap()
            .iter()
            .all(|file| file["changed"] == false)
    );

    desk.sign_in("hoa", OFFICER).await;
    assert_eq!(desk.fails("draft_impact", json!({})).await.code, "not_allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_household_becomes_a_worked_case_without_its_names() {
    let desk = Desk::open().await;
    two_households(&desk).await;
    desk.sign_in("binh", SUPERVISOR).await;
    let line = desk.ok("new_draft", json!({ "title": "Nghị định mới" })).await;
    let draft = &line["draft"];
    desk.ok("edit_draft", value(draft, DAY, "600000")).await;
    let request = json!({ "draft": draft, "month": MONTH, "language": "vi" });
    let changed = done(&desk, "draft_impact", request).await["changes"][0].clone();
    let request = json!({ "draft": draft, "household": changed["household"], "person": changed["person"],
        "programme": changed["programme"], "month": MONTH, "language": "vi" });
    let written = desk.ok("case_of_household", request).await;
    assert_eq!(written["path"], "programmes/social-pension/cases.toml");
    assert_eq!(written["line"]["n_steps"], 2, "it can be taken back");
    let of_file = json!({ "draft": draft, "path": written["path"] });
    let text = desk.ok("draft_file", of_file).await["text"]
        .as_str()
        .unwrap()
        .to_owned();
    let line = written["at"].as_u64().unwrap();
    let case = text
        .lines()
        .skip(usize::try_from(line).unwrap() - 1)
        .collect::<Vec<_>>()
        .join("\n");
    assert!(
        case.contains("title = \"Một hộ thật, đã bỏ tên: 1 người, tháng 2027-01\""),
        "{case}"
    );
    assert!(
        case.contains("birth_date = \"1947-05-01\""),
        "the day of birth is not told: {case}"
    );
    assert!(case.contains("answer = \"entitled\", amount = 600_000"), "{case}");
    assert!(case.contains("because = ["), "{case}");
    for told in ["Thuận", "Thôn", changed["household"].as_str().unwrap()] {
        assert!(!case.contains(told), "{told} in {case}");
    }
    let check = done(&desk, "check_draft", of(draft)).await;
    assert_eq!(check["found"]["n_errors"], 0, "{check}");
    let failed = check["cases"]["failed"].as_array().unwrap();
    let is_ours = |case: &&Value| case["line"].as_u64() >= Some(line);
    assert_eq!(failed.iter().find(is_ours), None, "the new case passes");

    desk.sign_in("hoa", OFFICER).await;
    assert_eq!(desk.fails("case_of_household", json!({})).await.code, "not_allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_hold_is_refused_or_found_at_its_line() {
    let desk = Desk::set_up().await;
    desk.sign_in("binh", SUPERVISOR).await;
    let line = desk.ok("new_draft", json!({ "title": "Nghị định mới" })).await;
    let draft = &line["draft"];
    let past = desk.fails("edit_draft", value(draft, "2026-10-05", "1")).await;
    assert_eq!(past.code, "edit_refused");
    assert!(past.problems[0].vi.contains("05/10/2026"), "{past}");
    assert_eq!(
        desk.fails("edit_draft", value(draft, "sau này", "1")).await.code,
        "bad_request"
    );
    assert_eq!(
        desk.fails("new_draft", json!({ "title": " " })).await.code,
        "bad_request"
    );

    let path = "parameters/levels.toml";
    let before = desk.ok("draft_file", json!({ "draft": draft, "path": path })).await;
    assert!(before["sentences"].as_array().unwrap().len() > 3);
    let text = before["text"]
        .as_str()
        .unwrap()
        .replacen("VND per month", "VND per moon", 1);
    let typed = json!({ "draft": draft, "edit": { "kind": "file", "path": path, "text": text } });
    desk.ok("edit_draft", typed).await;
    let found = desk.ok("lint_draft", of(draft)).await;
    let finding = &found["findings"][0];
    assert_eq!(
        (&finding["path"], &finding["severity"]),
        (&json!(path), &json!("error")),
        "{found}"
    );
    let wrong = text.lines().position(|line| line.contains("per moon")).unwrap() + 1;
    assert_eq!(finding["line"], wrong);
    let refused = desk.fails("draft_differences", of(draft)).await;
    assert_eq!(refused.code, "draft_with_errors");

    desk.ok("remove_draft", of(draft)).await;
    assert_eq!(desk.fails("open_draft", of(draft)).await.code, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comparison_that_is_stopped_says_that_it_is_a_part() {
    let desk = Desk::open().await;
    two_households(&desk).await;
    desk.sign_in("binh", SUPERVISOR).await;
    let line = desk.ok("new_draft", json!({ "title": "Nghị định mới" })).await;
    let draft = &line["draft"];
    desk.ok("edit_draft", value(draft, DAY, "600000")).await;
    let started = desk
        .ok(
            "draft_impact",
            json!({ "draft": draft, "month": MONTH, "language": "vi" }),
        )
        .await;
    // The rules of the draft are compiled first, which takes longer than asking to stop.
    desk.ok("stop_job", started.clone()).await;
    let answer = loop {
        let report = desk.ok("job", started.clone()).await;
        if !report["answer"].is_null() {
            break report["answer"].clone();
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(
        (&answer["partial"], &answer["n_households"]),
        (&json!(true), &json!(2)),
        "{answer}"
    );
    assert_eq!(answer["n_judged"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_programme_is_read_in_words_and_an_article_leads_to_what_rests_on_it() {
    let desk = Desk::set_up().await;
    desk.sign_in("binh", SUPERVISOR).await;
    let line = desk.ok("new_draft", json!({ "title": "Nghị định mới" })).await;
    let draft = &line["draft"];
    let request = json!({ "draft": draft, "programme": "social_pension", "language": "vi" });
    let versions = desk.ok("draft_programme", request).await;
    let newest = &versions[0];
    let parts: Vec<&str> = newest["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["part"].as_str().unwrap())
        .collect();
    for part in ["dành cho", "mức chi trả", "đối tượng", "căn cứ", "thủ tục theo"] {
        assert!(parts.contains(&part), "{part}: {newest}");
    }
    let request = json!({ "draft": draft, "article": "ND335 Đ31", "language": "vi" });
    let found = desk.ok("draft_article", request).await;
    assert!(!found["inside"].as_array().unwrap().is_empty(), "{found}");
    let unknown = json!({ "draft": draft, "article": "không có", "language": "vi" });
    assert_eq!(desk.fails("draft_article", unknown).await.code, "bad_request");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_that_passed_every_check_is_signed_and_waits_for_its_day() {
    let desk = Desk::set_up().await;
    desk.sign_in("binh", SUPERVISOR).await;
    let new_key = json!({ "name": "Khóa mẫu", "password": "mật khẩu khóa", "language": "vi" });
    let key = desk.ok("make_key", new_key).await["own_keys"][0]["key"].clone();
    let line = desk.ok("new_draft", json!({ "title": "Nghị định mới" })).await;
    let draft = &line["draft"];
    let signing = json!({ "draft": draft, "from": "2090-01-01", "says_vi": "Tên giấy mới", "says_en": "",
        "key": key, "password": "mật khẩu khóa", "language": "vi" });
    let nothing = desk.fails("sign_draft", signing.clone()).await;
    assert!(nothing.problems[0].vi.contains("chưa thay đổi gì"), "{nothing}");

    let path = "papers/papers.toml";
    let file = desk.ok("draft_file", json!({ "draft": draft, "path": path })).await;
    let says = |vi: &str| {
        json!({ "draft": draft, "edit": { "kind": "text", "path": path, "place": file["sentences"][0]["place"],
            "vi": vi, "en": "Identity card" } })
    };
    desk.ok("edit_draft", says("Căn cước")).await;
    let unchecked = desk.fails("sign_draft", signing.clone()).await;
    assert!(unchecked.problems[0].vi.contains("Kiểm tra"), "{unchecked}");

    let check = done(&desk, "check_draft", of(draft)).await;
    assert_eq!(check["is_green"], true, "{check}");
    desk.ok("edit_draft", says("Thẻ căn cước")).await;
    let changed_since = desk.fails("sign_draft", signing.clone()).await;
    assert!(changed_since.problems[0].vi.contains("Kiểm tra"), "{changed_since}");
    desk.ok("move_draft", json!({ "draft": draft, "way": "back" })).await;

    let signed = desk.ok("sign_draft", signing).await;
    assert_eq!(signed["file"]["file_name"], "vn-2.ansinh");
    let releases = signed["list"]["releases"].as_array().unwrap();
    let new = releases.iter().find(|release| release["number"] == 2).unwrap();
    assert_eq!(
        (&new["standing"], &new["effective_on"], &new["summary"]),
        (&json!("scheduled"), &json!("2090-01-01"), &json!("Tên giấy mới"))
    );
}
