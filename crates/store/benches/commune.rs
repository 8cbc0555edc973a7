//! How long the database takes: a search among 20,000 people while one types, and 400 whole households saved in one go.
//!
//! `cargo bench -p ansinh-store`; with `--profile dev` it is not optimised, and built much sooner.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use ansinh_store::{
    BirthYear, Commune, KeyCost, NewFact, NewHousehold, NewMember, NewUser, PersonDetails, Role, SetUp, Source, Stamp,
    Store,
};
use divan::Bencher;
use tempfile::TempDir;
use tokio::runtime::Runtime;

fn main() {
    divan::main();
}

/// An empty database of an invented commune.
struct Archive {
    runtime: Runtime,
    store: Store,
    _folder: TempDir,
}

impl Archive {
    fn open() -> Archive {
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        let officer = NewUser {
            user_name: "hoa".into(),
            full_name: "Trần Thị Hoa".into(),
            role: Role::Officer,
            password: "mật khẩu mẫu".into(),
        };
        let set_up = SetUp {
            commune: Commune {
                province: "Tỉnh Mẫu".into(),
                province_code: String::new(),
                commune: "Xã Mẫu".into(),
                hamlets: vec!["Thôn Đông".into()],
            },
            users: vec![officer],
            cost: KeyCost::Light,
            now: stamp().at,
        };
        let (store, _, _) = runtime.block_on(Store::set_up(folder.path(), set_up)).unwrap();
        Archive {
            runtime,
            store,
            _folder: folder,
        }
    }

    fn insert(&self, households: &[NewHousehold]) {
        let ids = self
            .runtime
            .block_on(self.store.insert_households(households, &stamp()));
        assert_eq!(ids.unwrap().len(), households.len());
    }
}

fn stamp() -> Stamp {
    Stamp {
        by: "hoa".into(),
        at: "2026-11-22T08:00:00Z".parse().unwrap(),
    }
}

fn said(name: &str, answer: &str) -> NewFact {
    NewFact {
        name: name.into(),
        answer: Some(answer.into()),
        source: Source {
            kind: "said".into(),
            paper: None,
            paper_on: None,
        },
        birth_year: BirthYear::Unchanged,
    }
}

/// A household whose first member is the head, and the others children of the head.
fn household(members: impl Iterator<Item = (String, &'static str)>) -> NewHousehold {
    let member = |(n, (name, year)): (usize, (String, &str))| NewMember {
        details: PersonDetails {
            name,
            relation: if n == 0 { "head" } else { "child" }.into(),
            died_on: None,
        },
        parents: if n == 0 { vec![] } else { vec![0] },
        partner: None,
        facts: vec![NewFact {
            birth_year: BirthYear::Is(Some(year.into())),
            ..said("birth_date", &format!("{{\"year\":{year}}}"))
        }],
    };
    NewHousehold {
        number: None,
        hamlet: "Thôn Đông".into(),
        invented: true,
        members: members.enumerate().map(member).collect(),
        facts: vec![],
    }
}

/// 5,000 households of four, with names as common as they are.
fn twenty_thousand_people() -> Vec<NewHousehold> {
    let families = ["Nguyễn", "Trần", "Lê", "Phạm", "Đỗ"];
    let given = ["An", "Bình", "Cúc", "Đào", "Ước", "Anh", "Hoa"];
    let name = |n: usize| format!("{} Văn {}", families[n % families.len()], given[n % given.len()]);
    (0..5000)
        .map(|n| household((0..4).map(|m| (name(n + m), "1951"))))
        .collect()
}

const SEARCHES: [&str; 6] = [
    "nguyen van an",
    "Nguyễn Văn An",
    "nva",
    "van",
    "an 1951 thon dong",
    "03217",
];

#[divan::bench(args = SEARCHES, sample_count = 50, sample_size = 1)]
fn search_20_000_people(bencher: Bencher<'_, '_>, text: &str) {
    let archive = Archive::open();
    archive.insert(&twenty_thousand_people());
    bencher.bench_local(|| {
        let found = archive.runtime.block_on(archive.store.search(text, 20)).unwrap();
        assert!(!found.is_empty(), "`{text}` is there");
        found
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn save_400_households_of_4_with_44_facts(bencher: Bencher<'_, '_>) {
    let names = ["Phạm Văn Lúa", "Vũ Thị Ngô", "Phạm Thị Mạ", "Phạm Văn Sắn"];
    let years = ["1951", "1960", "1990", "2020"];
    let mut new = household(names.into_iter().map(String::from).zip(years));
    new.members[0].partner = Some(1);
    new.members[1].partner = Some(0);
    for member in &mut new.members {
        member.facts.extend((0..10).map(|n| said(&format!("fact_{n}"), "true")));
    }
    let many = vec![new; 400];
    bencher
        .with_inputs(Archive::open)
        .bench_local_refs(|archive| archive.insert(&many));
}
