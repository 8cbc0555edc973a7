//! Releases: signed in one commune, received in another, in force on their day, and rolled back.

use ansinh_release::{Files, HEAD, Issue, PublicKey, SigningKey, built_in_files, issued, new_key, sign};
use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::desk::{Desk, OFFICER, SUPERVISOR, row};

const KEY_PASSWORD: &str = "mật khẩu của khóa";
const PENSION: &str = "social_pension";

/// Somebody who publishes rules, with a key of their own.
struct Publisher {
    public: PublicKey,
    key: SigningKey,
}

impl Publisher {
    fn new() -> Publisher {
        let made = new_key(KEY_PASSWORD).unwrap();
        Publisher {
            key: SigningKey::open(&made.secret, KEY_PASSWORD).unwrap(),
            public: made.public,
        }
    }

    fn package(&self, files: &Files, number: u32, from: &str) -> Vec<u8> {
        let issue = Issue {
            number,
            from: from.parse().unwrap(),
            summary: None,
            restores: None,
        };
        sign(&issued(files, &issue).unwrap(), &self.key).unwrap()
    }
}

/// The program's own rules with the newest amount of the pension raised by a thousand đồng.
fn with_another_level() -> Files {
    let mut files = built_in_files();
    let levels = files
        .iter_mut()
        .find(|(path, _)| path == "parameters/levels.toml")
        .unwrap();
    let text = String::from_utf8(levels.1.clone()).unwrap();
    assert!(text.contains("540_000"), "the level that is changed");
    levels.1 = text.replace("540_000", "541_000").into_bytes();
    files
}

fn day(days_ahead: i64) -> String {
    ansinh_casework::today()
        .saturating_add(jiff::Span::new().days(days_ahead))
        .to_string()
}

async fn supervisor() -> Desk {
    let desk = Desk::set_up().await;
    desk.sign_in("binh", SUPERVISOR).await;
    desk
}

async fn trusting(publisher: &Publisher) -> Desk {
    let desk = supervisor().await;
    desk.ok(
        "trust_key",
        json!({ "public": publisher.public.file(), "name": "Sở Nội vụ", "language": "vi" }),
    )
    .await;
    desk
}

fn file(bytes: &[u8]) -> Value {
    json!({ "bytes": BASE64.encode(bytes), "language": "vi" })
}

async fn number_in_force(desk: &Desk) -> u64 {
    desk.ok("status", json!({})).await["release"]["number"]
        .as_u64()
        .unwrap()
}

fn standing(list: &Value, number: u32) -> &Value {
    let mut all = list["releases"].as_array().unwrap().iter();
    &all.find(|release| release["number"] == number).unwrap()["standing"]
}

/// What a man of 79 without a pension may get in the month of the tests.
async fn level_of(desk: &Desk, household: &Value) -> String {
    let screening = desk.screen(household).await;
    row(&screening, PENSION)["gives"].as_str().unwrap().to_owned()
}

async fn pensioner(desk: &Desk) -> Value {
    let file = desk.create("Nguyễn Văn Thuận").await;
    let (household, head) = (&file["household"], &file["persons"][0]["person"]);
    for (fact, answer) in [("birth_date", json!("1947-05-02")), ("pension", json!("none"))] {
        desk.answer(household, head, fact, answer).await;
    }
    household.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_in_force_from_its_day_and_is_rolled_back() {
    let publisher = Publisher::new();
    let desk = trusting(&publisher).await;
    let household = pensioner(&desk).await;
    let before = level_of(&desk, &household).await;
    let package = publisher.package(&with_another_level(), 2, &day(3));

    let preview = desk.ok("read_release", file(&package)).await;
    assert_eq!(preview["release"]["signer"]["name"], "Sở Nội vụ");
    let rules = preview["differences"]["rules"].to_string();
    assert!(rules.contains("541.000"), "the new amount is told: {rules}");
    assert_eq!(number_in_force(&desk).await, 1, "looking at it changes nothing");

    let list = desk.ok("schedule_release", file(&package)).await;
    assert_eq!(
        (standing(&list, 2), standing(&list, 1)),
        (&json!("scheduled"), &json!("in_force"))
    );
    assert_eq!(level_of(&desk, &household).await, before, "its day has not come");

    desk.office.turn_clock(3);
    assert_eq!(number_in_force(&desk).await, 2, "the window stayed open over night");
    let after = level_of(&desk, &household).await;
    assert_ne!(after, before);
    assert!(after.contains("541.000"), "{after}");
    let list = desk.ok("releases", json!({ "language": "vi" })).await;
    assert_eq!(
        (standing(&list, 2), standing(&list, 1)),
        (&json!("in_force"), &json!("superseded"))
    );

    let key = desk
        .ok(
            "make_key",
            json!({ "name": "Lê Văn Bình", "password": KEY_PASSWORD, "language": "vi" }),
        )
        .await["own_keys"][0]["key"]
        .clone();
    let built_in = list["releases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|release| release["number"] == 1)
        .unwrap();
    let mut request = json!({ "digest": built_in["digest"], "from": day(3), "why_vi": "Sai mức chuẩn", "why_en": "",
        "key": key, "password": "mật khẩu khác", "language": "vi" });
    let failure = desk.fails("roll_back", request.clone()).await;
    assert_eq!(failure.values["why"], "key_password");
    assert_eq!(number_in_force(&desk).await, 2);
    request["password"] = json!(KEY_PASSWORD);
    let rolled_back = desk.ok("roll_back", request).await;
    assert_eq!(number_in_force(&desk).await, 3);
    assert_eq!(level_of(&desk, &household).await, before, "the old amount is back");
    let line = &rolled_back["list"]["releases"][0];
    assert_eq!(
        (&line["restores"]["number"], &line["restores"]["why"]),
        (&json!(1), &json!("Sai mức chuẩn"))
    );
    assert_eq!(standing(&rolled_back["list"], 2), "superseded");

    // Another commune that trusts the supervisor's key goes the same way, from the one file.
    let other = supervisor().await;
    let own = desk.ok("releases", json!({ "language": "vi" })).await["own_keys"][0].clone();
    other
        .ok(
            "trust_key",
            json!({ "public": own["public"], "name": own["name"], "language": "vi" }),
        )
        .await;
    let bytes = rolled_back["file"]["bytes"].clone();
    other.office.turn_clock(4);
    let list = other
        .ok("schedule_release", json!({ "bytes": bytes, "language": "vi" }))
        .await;
    assert_eq!(standing(&list, 3), "in_force", "its day has come already");
    assert_eq!(rolled_back["file"]["file_name"], "vn-3.ansinh");

    // Whoever opens the database again finds it so.
    let folder = desk.folder;
    desk.office.close().await;
    let again =
        ansinh_casework::Office::start(folder.path().to_path_buf(), ansinh_casework::Options::default()).unwrap();
    again.turn_clock(3);
    let desk = Desk { office: again, folder };
    desk.sign_in("hoa", OFFICER).await;
    assert_eq!(number_in_force(&desk).await, 3);
    assert_eq!(desk.ok("status", json!({})).await["signed_by"], "Lê Văn Bình");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hostile_is_refused_in_its_own_words_and_changes_nothing() {
    let (publisher, stranger) = (Publisher::new(), Publisher::new());
    let desk = trusting(&publisher).await;
    let own = built_in_files();
    let good = publisher.package(&with_another_level(), 5, &day(30));
    desk.ok("schedule_release", file(&good)).await;
    let before = desk.ok("releases", json!({ "language": "vi" })).await;

    let changed = |old: &str, new: &str| {
        let text = String::from_utf8(good.clone()).unwrap();
        assert!(text.contains(old));
        text.replacen(old, new, 1).into_bytes()
    };
    let without: Files = own
        .iter()
        .filter(|(path, _)| path != "parameters/levels.toml")
        .cloned()
        .collect();
    let broken: Files = own
        .iter()
        .map(|(path, bytes)| match path.as_str() {
            "parameters/levels.toml" => (path.clone(), b"[nothing]\n".to_vec()),
            _ => (path.clone(), bytes.clone()),
        })
        .collect();
    let future: Files = own
        .iter()
        .map(|(path, bytes)| match path.as_str() {
            HEAD => {
                let text = String::from_utf8(bytes.clone()).unwrap();
                (
                    path.clone(),
                    text.replacen("language = 1", "language = 2", 1).into_bytes(),
                )
            }
            _ => (path.clone(), bytes.clone()),
        })
        .collect();
    let elsewhere: Files = own
        .iter()
        .map(|(path, bytes)| match path.as_str() {
            HEAD => {
                let text = String::from_utf8(bytes.clone()).unwrap();
                (path.clone(), text.replacen("\"vn\"", "\"other\"", 1).into_bytes())
            }
            _ => (path.clone(), bytes.clone()),
        })
        .collect();
    let hostile = [
        (b"PK\x03\x04".to_vec(), "not_a_package"),
        (changed("541_000", "951_000"), "bad_signature"),
        (changed("facts/person.toml", "facts/../../x.toml"), "bad_signature"),
        (
            changed(
                "trusted comment: ansinh id=vn number=5",
                "trusted comment: ansinh id=vn number=9",
            ),
            "bad_signature",
        ),
        (stranger.package(&with_another_level(), 6, &day(30)), "unknown_key"),
        (publisher.package(&own, 4, &day(30)), "older_number"),
        (publisher.package(&own, 5, &day(30)), "same_number"),
        (good.clone(), "here_already"),
        (publisher.package(&without, 6, &day(30)), "rules"),
        (publisher.package(&broken, 6, &day(30)), "rules"),
        (publisher.package(&future, 6, &day(30)), "newer_language"),
        (publisher.package(&elsewhere, 6, &day(30)), "elsewhere"),
    ];
    for (bytes, why) in hostile {
        for command in ["read_release", "schedule_release"] {
            let failure = desk.fails(command, file(&bytes)).await;
            assert_eq!(
                (failure.code.as_str(), failure.values["why"].as_str()),
                ("release_refused", why)
            );
        }
    }
    let after = desk.ok("releases", json!({ "language": "vi" })).await;
    assert_eq!(before, after, "nothing was kept of it");
    assert_eq!(number_in_force(&desk).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_no_longer_trusted_brings_nothing_more() {
    let publisher = Publisher::new();
    let desk = trusting(&publisher).await;
    let package = publisher.package(&with_another_level(), 2, &day(3));
    desk.ok("schedule_release", file(&package)).await;
    let request = json!({ "key": publisher.public.id(), "reason": "Mất khóa", "language": "vi" });
    let list = desk.ok("distrust_key", request).await;
    assert_eq!(standing(&list, 2), "withdrawn");
    assert_eq!(list["keys"][0]["is_trusted"], false);
    let next = publisher.package(&with_another_level(), 3, &day(3));
    assert_eq!(
        desk.fails("read_release", file(&next)).await.values["why"],
        "unknown_key"
    );
    desk.office.turn_clock(5);
    assert_eq!(number_in_force(&desk).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_refused_or_withdrawn_with_a_reason() {
    let publisher = Publisher::new();
    let desk = trusting(&publisher).await;
    let package = publisher.package(&with_another_level(), 2, &day(3));
    let mut request = file(&package);
    request["reason"] = json!(" ");
    assert_eq!(
        desk.fails("refuse_release", request.clone()).await.problems[0].path,
        "$.reason"
    );
    request["reason"] = json!("Chờ văn bản gốc");
    let list = desk.ok("refuse_release", request).await;
    assert_eq!(standing(&list, 2), "refused");
    let list = desk.ok("schedule_release", file(&package)).await;
    assert_eq!(standing(&list, 2), "scheduled", "whoever refused may think again");
    let digest = list["releases"][0]["digest"].clone();
    let request = json!({ "digest": digest, "reason": "Sai ngày", "language": "vi" });
    let list = desk.ok("withdraw_release", request).await;
    assert_eq!(standing(&list, 2), "withdrawn");
    assert_eq!(
        list["releases"][0]["history"].as_array().unwrap().last().unwrap()["reason"],
        "Sai ngày"
    );
    let saved = desk.ok("release_file", json!({ "digest": digest })).await;
    let bytes = BASE64
        .decode(saved["file"]["bytes"].as_str().unwrap().as_bytes())
        .unwrap();
    assert_eq!(bytes, package, "the file is kept as it came");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_supervisor_decides_about_rules() {
    let desk = Desk::open().await;
    desk.ok("releases", json!({ "language": "vi" })).await;
    for command in [
        "read_release",
        "schedule_release",
        "refuse_release",
        "withdraw_release",
        "release_file",
        "make_key",
        "trust_key",
        "distrust_key",
        "roll_back",
    ] {
        assert_eq!(desk.fails(command, json!({})).await.code, "not_allowed", "{command}");
    }
}
