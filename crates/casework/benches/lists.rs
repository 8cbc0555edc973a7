//! How long an officer waits for the lists of a commune of 20,000 people in 5,000 households: the 95th of a hundred times.
//!
//! `cargo bench -p ansinh-casework --bench lists`; with `--profile dev` it is not optimised, and built much sooner.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs)]

use std::time::{Duration, Instant};

use ansinh_casework::{Office, Options, today};
use ansinh_engine::rules::RuleSet;
use ansinh_store::{
    Basis, BirthYear, Commune, Household, KeyCost, NewFact, NewHousehold, NewMember, NewReason, NewScreening,
    NewStanding, NewUpcoming, NewUser, PersonDetails, Role, SetUp, Source, Stamp, Store, Traits,
};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

const HOUSEHOLDS: usize = 5_000;
const MEMBERS: usize = 4;
const TIMES: usize = 100;
const HAMLETS: [&str; 8] = [
    "Thôn 1", "Thôn 2", "Thôn 3", "Thôn 4", "Thôn 5", "Thôn 6", "Thôn 7", "Thôn 8",
];
const PASSWORD: &str = "mật khẩu mẫu";

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = Runtime::new().unwrap();
    let rules = &ansinh_release::built_in().unwrap().rules;
    runtime.block_on(fill(folder.path(), rules));

    let office = Office::start(folder.path().to_path_buf(), Options::default()).unwrap();
    let call = |name: &str, args: Value| runtime.block_on(office.call(name, args)).unwrap();
    call("sign_in", json!({ "user": "hoa", "password": PASSWORD }));
    let state = call("roster_screening", json!({}));
    assert_eq!(
        state["n_current"], HOUSEHOLDS,
        "nothing is left to screen beside: {state}"
    );

    let month = today().first_of_month().tomorrow().unwrap().to_string()[..7].to_owned();
    let search = |text: &str| json!({ "text": text });
    let lists = [
        ("search, nothing typed", "search", search("")),
        ("search, one letter", "search", search("n")),
        ("search, a common name", "search", search("nguyen van an")),
        ("search, with tone marks", "search", search("Đỗ Văn Ước")),
        ("search, a name mistyped", "search", search("nguyem van ann")),
        ("search, a hamlet and a year", "search", search("thon 3 1975")),
        ("search, a number", "search", search("4321")),
        ("today", "today", json!({ "language": "vi" })),
        ("calendar, all months", "life_cycle", calendar(Value::Null, Value::Null)),
        (
            "calendar, one month of one hamlet",
            "life_cycle",
            calendar(json!(month), json!("Thôn 3")),
        ),
        ("gap", "gap", gap(Value::Null, 0)),
        ("gap, one hamlet", "gap", gap(json!("Thôn 3"), 0)),
        ("gap, far down", "gap", gap(Value::Null, 8_000)),
        ("overview", "overview", json!({ "language": "vi" })),
        ("how far the screening is", "roster_screening", json!({})),
    ];
    println!("{HOUSEHOLDS} households of {MEMBERS}: median, 95th of {TIMES}, longest");
    for (title, name, args) in lists {
        let mut took: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let started = Instant::now();
                call(name, args.clone());
                started.elapsed()
            })
            .collect();
        took.sort();
        println!(
            "{title:36} {:>9.1?} {:>9.1?} {:>9.1?}",
            took[TIMES / 2],
            took[TIMES * 95 / 100],
            took[TIMES - 1]
        );
    }
    runtime.block_on(office.close());
}

fn calendar(month: Value, hamlet: Value) -> Value {
    json!({ "month": month, "hamlet": hamlet, "programme": null, "kind": null, "offset": 0, "language": "vi" })
}

fn gap(hamlet: Value, offset: usize) -> Value {
    json!({ "hamlet": hamlet, "programme": null, "reason": null, "with_unasked": false, "offset": offset, "language": "vi" })
}

/// Makes the commune, with the screenings of all of it: two benefits that are not received in each household.
async fn fill(folder: &std::path::Path, rules: &RuleSet) {
    let officer = NewUser {
        user_name: "hoa".into(),
        full_name: "Trần Thị Hoa".into(),
        role: Role::Officer,
        password: PASSWORD.into(),
    };
    let set_up = SetUp {
        commune: Commune {
            province: "Tỉnh Mẫu".into(),
            province_code: String::new(),
            commune: "Xã Mẫu".into(),
            hamlets: HAMLETS.map(String::from).to_vec(),
        },
        users: vec![officer],
        cost: KeyCost::Light,
        now: stamp().at,
    };
    let (store, _, _) = Store::set_up(folder, set_up).await.unwrap();
    let households: Vec<NewHousehold> = (0..HOUSEHOLDS).map(household).collect();
    store.insert_households(&households, &stamp()).await.unwrap();
    let ids: Vec<&str> = rules.programmes.iter().map(|programme| programme.id.as_str()).collect();
    let basis = Basis {
        month: today().to_string()[..7].to_owned(),
        release_digest: rules.tag.digest.clone(),
    };
    let (mut after, mut n) = (None, 0);
    loop {
        let page = store.load_households(after, 500).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        let screenings: Vec<NewScreening> = page
            .iter()
            .enumerate()
            .map(|(at, one)| screening(one, n + at, &basis, &ids))
            .collect();
        store.save_screenings(&screenings, &stamp()).await.unwrap();
        let reasons: Vec<NewReason> = page
            .iter()
            .step_by(5)
            .map(|one| NewReason {
                household: one.id,
                benefit: (Some(one.persons[0].id), screenings[0].standings[0].benefit.1.clone()),
                reason: Some("not_told".into()),
                note: String::new(),
            })
            .collect();
        store.add_gap_reasons(&reasons, &stamp()).await.unwrap();
        n += page.len();
    }
    store.close().await;
}

fn screening(household: &Household, n: usize, basis: &Basis, programmes: &[&str]) -> NewScreening {
    let person = |at: usize| Some(household.persons[at % MEMBERS].id);
    let programme = |at: usize| programmes[(n * 7 + at * 11) % programmes.len()].to_owned();
    let standing = |at: usize, word: &str| NewStanding {
        benefit: (person(at), programme(at)),
        standing: word.into(),
        is_kept: true,
        level: Some((540_000, 540_000)),
        every: "month".into(),
        is_cash: true,
        is_asked: true,
        next: None,
        traits: Traits {
            sex: Some(["male", "female"][(n + at) % 2].into()),
            age_band: Some(["0-5", "6-15", "16-59", "60-74", "75+"][(n + at) % 5].into()),
            ethnic_group: Some(["kinh", "tay", "mong"][n % 3].into()),
        },
    };
    let change = |at: usize| NewUpcoming {
        benefit: (person(at), programme(at)),
        on: today()
            .checked_add(jiff::Span::new().days(i64::try_from((n * 3 + at * 90) % 360).unwrap()))
            .unwrap(),
        kind: ["gains", "ends", "amount", "asks"][at % 4].into(),
        cause: ["age", "paper", "law", "day"][at % 4].into(),
        text: [
            "Có thể đủ điều kiện: 540.000 đồng mỗi tháng".into(),
            "May be entitled: 540,000 VND a month".into(),
        ],
        why: ["người này đến một mốc tuổi".into(), "this person reaches an age".into()],
    };
    NewScreening {
        household: household.id,
        household_at: household.updated_at,
        basis: basis.clone(),
        n_open: 40,
        n_missing: u32::try_from(n % 30).unwrap(),
        n_undated: u32::from(n.is_multiple_of(50)),
        today: today(),
        standings: vec![
            standing(0, "can_apply"),
            standing(1, "can_apply"),
            standing(2, "receiving"),
            standing(3, "receiving"),
            standing(4, "later"),
        ],
        changes: Some((0..4).map(change).collect()),
    }
}

fn household(n: usize) -> NewHousehold {
    let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Đỗ"];
    let given = ["An", "Bình", "Cúc", "Đào", "Ước", "Anh", "Hoa"];
    let member = |at: usize| NewMember {
        details: PersonDetails {
            name: format!("{} Văn {}", families[n % families.len()], given[(n + at) % given.len()]),
            relation: if at == 0 { "head" } else { "child" }.into(),
            died_on: None,
        },
        parents: if at == 0 { vec![] } else { vec![0] },
        partner: None,
        facts: vec![NewFact {
            name: "birth_date".into(),
            answer: Some("{\"year\":1951}".into()),
            source: Source {
                kind: "said".into(),
                paper: None,
                paper_on: None,
            },
            birth_year: BirthYear::Is(Some("1951".into())),
        }],
    };
    NewHousehold {
        number: None,
        hamlet: HAMLETS[n % HAMLETS.len()].into(),
        invented: true,
        members: (0..MEMBERS).map(member).collect(),
        facts: vec![],
    }
}

fn stamp() -> Stamp {
    Stamp {
        by: "hoa".into(),
        at: "2026-11-22T08:00:00Z".parse().unwrap(),
    }
}
