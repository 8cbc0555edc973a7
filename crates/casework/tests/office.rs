//! The work of an officer from the first run to the printed summary, through the one door the interface has.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;

use ansinh_casework::wire::Failure;
use ansinh_casework::{Office, Options};
use ansinh_store::{AuditChain, BirthYear, NewFact, Source, Stamp, Store};
use data_encoding::BASE64;
use serde_json::{Value, json};
use tempfile::TempDir;

const OFFICER: &str = "mật khẩu của Hoa";
const SUPERVISOR: &str = "mật khẩu của Bình";
const MONTH: &str = "2026-11";

struct Desk {
    office: Office,
    folder: TempDir,
}

impl Desk {
    /// An office that was set up; nobody is signed in.
    async fn set_up() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let office = Office::start(folder.path().to_path_buf(), Options::default()).unwrap();
        let desk = Desk { office, folder };
        assert_eq!(desk.ok("status", json!({})).await["gate"], "set_up");
        let done = desk.ok("set_up", request()).await;
        assert_eq!(done["recovery_key"].as_str().unwrap().len(), 39);
        desk
    }

    async fn open() -> Desk {
        let desk = Desk::set_up().await;
        desk.sign_in("hoa", OFFICER).await;
        desk
    }

    async fn sign_in(&self, user: &str, password: &str) -> Value {
        self.ok("sign_in", json!({ "user": user, "password": password })).await
    }

    async fn ok(&self, name: &str, args: Value) -> Value {
        let answer = self.office.call(name, args).await;
        answer.unwrap_or_else(|failure| panic!("{name}: {failure}"))
    }

    async fn fails(&self, name: &str, args: Value) -> Failure {
        self.office.call(name, args).await.expect_err(name)
    }

    async fn create(&self, head: &str) -> Value {
        self.ok("create_household", json!({ "head": head, "hamlet": "Thôn Đông" }))
            .await
    }

    async fn add(&self, household: &Value, name: &str, relation: &str) -> Value {
        let args = json!({ "household": household, "person": null, "name": name, "relation": relation,
            "parents": null, "partner": null, "died_on": null });
        self.ok("save_person", args).await
    }

    async fn answer(&self, household: &Value, person: &Value, fact: &str, answer: Value) -> Value {
        self.ok("save_fact", fact_request(household, person, fact, answer))
            .await
    }

    async fn screen(&self, household: &Value) -> Value {
        self.ok(
            "screen",
            json!({ "household": household, "month": MONTH, "language": "vi" }),
        )
        .await
    }
}

fn request() -> Value {
    json!({
        "province": "Tỉnh Lam Giang", "commune": "Xã An Hòa", "hamlets": ["Thôn Đông", " ", "Thôn Đoài"],
        "supervisor": { "user": "binh", "name": "Lê Văn Bình", "password": SUPERVISOR },
        "officer": { "user": "hoa", "name": "Trần Thị Hoa", "password": OFFICER },
    })
}

fn fact_request(household: &Value, person: &Value, fact: &str, answer: Value) -> Value {
    json!({ "household": household, "person": person, "fact": fact, "answer": answer, "month": MONTH, "language": "vi" })
}

fn question<'v>(screening: &'v Value, person: &Value, fact: &str) -> Option<&'v Value> {
    let mut questions = screening["questions"].as_array().unwrap().iter();
    questions.find(|question| question["person"] == *person && question["fact"] == fact)
}

fn row<'v>(screening: &'v Value, programme: &str) -> &'v Value {
    let rows = screening["results"]["rows"].as_array().unwrap();
    rows.iter().find(|row| row["programme"] == programme).expect(programme)
}

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

    let paper = json!({ "household": household, "month": MONTH, "language": "vi" });
    let pages = desk.ok("preview", paper.clone()).await;
    assert!(pages["pages"][0].as_str().unwrap().starts_with("<svg"));
    let file = desk.ok("open_household", json!({ "household": household })).await;
    assert_eq!(file["printed"], json!([]), "a preview is no print");
    let printed = desk.ok("print_summary", paper.clone()).await;
    let pdf = BASE64.decode(printed["pdf"].as_str().unwrap().as_bytes()).unwrap();
    assert!(pdf.starts_with(b"%PDF"));
    assert_eq!(printed["file_name"], "tom-tat-00001-2026-11.pdf");
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
