//! An office that was set up in a folder of its own, and requests as the interface sends them.

use ansinh_casework::wire::Failure;
use ansinh_casework::{Office, Options};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) const OFFICER: &str = "mật khẩu của Hoa";
pub(crate) const SUPERVISOR: &str = "mật khẩu của Bình";
pub(crate) const MONTH: &str = "2026-11";

pub(crate) struct Desk {
    pub(crate) office: Office,
    pub(crate) folder: TempDir,
}

impl Desk {
    /// An office without data.
    pub(crate) fn empty() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let office = Office::start(folder.path().to_path_buf(), Options::default()).unwrap();
        Desk { office, folder }
    }

    /// An office that was set up; nobody is signed in.
    pub(crate) async fn set_up() -> Desk {
        let desk = Desk::empty();
        assert_eq!(desk.ok("status", json!({})).await["gate"], "set_up");
        let done = desk.ok("set_up", request()).await;
        assert_eq!(done["recovery_key"].as_str().unwrap().len(), 39);
        desk
    }

    pub(crate) async fn open() -> Desk {
        let desk = Desk::set_up().await;
        desk.sign_in("hoa", OFFICER).await;
        desk
    }

    pub(crate) async fn sign_in(&self, user: &str, password: &str) -> Value {
        self.ok("sign_in", json!({ "user": user, "password": password })).await
    }

    pub(crate) async fn ok(&self, name: &str, args: Value) -> Value {
        let answer = self.office.call(name, args).await;
        answer.unwrap_or_else(|failure| panic!("{name}: {failure}"))
    }

    pub(crate) async fn fails(&self, name: &str, args: Value) -> Failure {
        self.office.call(name, args).await.expect_err(name)
    }

    /// Starts a job and returns what it answers.
    pub(crate) async fn job(&self, name: &str, args: Value) -> Value {
        let started = self.ok(name, args).await;
        loop {
            let report = self.ok("job", started.clone()).await;
            if !report["answer"].is_null() {
                return report["answer"].clone();
            }
            tokio::task::yield_now().await;
        }
    }

    pub(crate) async fn create(&self, head: &str) -> Value {
        self.ok("create_household", json!({ "head": head, "hamlet": "Thôn Đông" }))
            .await
    }

    pub(crate) async fn add(&self, household: &Value, name: &str, relation: &str) -> Value {
        let args = json!({ "household": household, "person": null, "name": name, "relation": relation,
            "parents": null, "partner": null, "died_on": null });
        self.ok("save_person", args).await
    }

    pub(crate) async fn answer(&self, household: &Value, person: &Value, fact: &str, answer: Value) -> Value {
        self.ok("save_fact", fact_request(household, person, fact, answer))
            .await
    }

    pub(crate) async fn screen(&self, household: &Value) -> Value {
        self.ok(
            "screen",
            json!({ "household": household, "month": MONTH, "language": "vi" }),
        )
        .await
    }
}

pub(crate) fn request() -> Value {
    json!({
        "province": "08", "commune": "Xã An Hòa", "hamlets": ["Thôn Đông", " ", "Thôn Đoài"],
        "supervisor": { "user": "binh", "name": "Lê Văn Bình", "password": SUPERVISOR },
        "officer": { "user": "hoa", "name": "Trần Thị Hoa", "password": OFFICER },
    })
}

pub(crate) fn fact_request(household: &Value, person: &Value, fact: &str, answer: Value) -> Value {
    json!({ "household": household, "person": person, "fact": fact, "answer": answer, "month": MONTH, "language": "vi" })
}

pub(crate) fn question<'v>(screening: &'v Value, person: &Value, fact: &str) -> Option<&'v Value> {
    let mut questions = screening["questions"].as_array().unwrap().iter();
    questions.find(|question| question["person"] == *person && question["fact"] == fact)
}

pub(crate) fn row<'v>(screening: &'v Value, programme: &str) -> &'v Value {
    let rows = screening["results"]["rows"].as_array().unwrap();
    rows.iter().find(|row| row["programme"] == programme).expect(programme)
}
