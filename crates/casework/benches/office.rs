//! How long an officer waits: an answer saved and screened again, and a screening alone, of a household of five.
//!
//! `cargo bench -p ansinh-casework`; with `--profile dev` it is not optimised, and built much sooner.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use ansinh_casework::{Office, Options};
use divan::Bencher;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const MONTH: &str = "2026-11";

fn main() {
    divan::main();
}

/// An officer at work on an invented household: two parents, a disabled grandmother, two children.
struct Desk {
    runtime: Runtime,
    office: Office,
    household: Value,
    father: Value,
    _folder: TempDir,
}

impl Desk {
    fn open() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Desk {
            runtime: Runtime::new().unwrap(),
            office: Office::start(folder.path().to_path_buf(), Options::default()).unwrap(),
            household: Value::Null,
            father: Value::Null,
            _folder: folder,
        };
        let user = |user: &str| json!({ "user": user, "name": user, "password": "mật khẩu mẫu" });
        desk.call(
            "set_up",
            json!({ "province": "01", "commune": "Xã Mẫu", "hamlets": ["Thôn Đông"],
            "supervisor": user("binh"), "officer": user("hoa") }),
        );
        desk.call("sign_in", json!({ "user": "hoa", "password": "mật khẩu mẫu" }));
        let file = desk.call(
            "create_household",
            json!({ "head": "Trần Văn Mẫu", "hamlet": "Thôn Đông" }),
        );
        desk.household = file["household"].clone();
        for relation in ["spouse", "parent", "child", "child"] {
            desk.call(
                "save_person",
                json!({ "household": desk.household, "person": null, "name": "Người Mẫu", "relation": relation,
                "parents": null, "partner": null, "died_on": null }),
            );
        }
        let file = desk.call("open_household", json!({ "household": desk.household }));
        let persons: Vec<Value> = (0..5).map(|at| file["persons"][at]["person"].clone()).collect();
        desk.father = persons[0].clone();
        desk.save(&Value::Null, "poverty_status", json!("poor"));
        let births = ["1983-07-21", "1985-02-03", "1950-01-15", "2012-09-09", "2024-11-30"];
        for (person, birth) in persons.iter().zip(births) {
            desk.save(person, "birth_date", json!(birth));
            desk.save(person, "hiv", json!(false));
        }
        desk.save(&persons[2], "disability_degree", json!("severe"));
        desk.save(&persons[2], "pension", json!("none"));
        desk
    }

    fn call(&self, name: &str, args: Value) -> Value {
        self.runtime.block_on(self.office.call(name, args)).unwrap()
    }

    fn save(&self, person: &Value, fact: &str, answer: Value) -> Value {
        self.call(
            "save_fact",
            json!({ "household": self.household, "person": person, "fact": fact, "answer": answer,
            "month": MONTH, "language": "vi" }),
        )
    }
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn save_fact(bencher: Bencher<'_, '_>) {
    let desk = Desk::open();
    let mut degrees = ["none", "severe"].into_iter().cycle();
    bencher.bench_local(|| desk.save(&desk.father, "disability_degree", json!(degrees.next())));
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn screen(bencher: Bencher<'_, '_>) {
    let desk = Desk::open();
    let args = json!({ "household": desk.household, "month": MONTH, "language": "vi" });
    bencher.bench_local(|| desk.call("screen", args.clone()));
}
