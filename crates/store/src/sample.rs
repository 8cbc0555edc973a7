//! Invented people and a database of them, for the tests of this crate.

#![allow(clippy::unwrap_used)]

use crate::{
    BirthYear, Commune, KeyCost, NewFact, NewHousehold, NewMember, NewUser, PersonDetails, RecoveryKey, Role, SetUp,
    Source, Stamp, Store, User,
};
use std::path::Path;
use tempfile::TempDir;

pub(crate) const OFFICER: (&str, &str) = ("hoa", "mật khẩu của Hoa");
pub(crate) const SUPERVISOR: (&str, &str) = ("binh", "mật khẩu của Bình");

pub(crate) fn stamp() -> Stamp {
    at("2026-11-22T08:00:00Z")
}

pub(crate) fn at(time: &str) -> Stamp {
    Stamp {
        by: OFFICER.0.into(),
        at: time.parse().unwrap(),
    }
}

pub(crate) fn set_up_of_commune() -> SetUp {
    let user = |(user_name, password): (&str, &str), full_name: &str, role| NewUser {
        user_name: user_name.into(),
        full_name: full_name.into(),
        role,
        password: password.into(),
    };
    SetUp {
        commune: Commune {
            province: "Tỉnh Mẫu".into(),
            province_code: String::new(),
            commune: "Xã Mẫu".into(),
            hamlets: vec!["Thôn Đông".into(), "Thôn Đoài".into(), "Thôn Đông".into()],
        },
        users: vec![
            user(OFFICER, "Trần Thị Hoa", Role::Officer),
            user(SUPERVISOR, "Lê Văn Bình", Role::Supervisor),
        ],
        cost: KeyCost::Light,
        now: stamp().at,
    }
}

pub(crate) async fn set_up(folder: &Path) -> (Store, User, RecoveryKey) {
    Store::set_up(folder, set_up_of_commune()).await.unwrap()
}

pub(crate) async fn store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(folder.path()).await;
    (folder, store)
}

pub(crate) async fn reopen(folder: &Path) -> Store {
    Store::open(folder, OFFICER.0, OFFICER.1).await.unwrap().0
}

pub(crate) fn details(name: &str, relation: &str) -> PersonDetails {
    PersonDetails {
        name: name.into(),
        relation: relation.into(),
        died_on: None,
    }
}

pub(crate) fn said(name: &str, answer: &str) -> NewFact {
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

pub(crate) fn born(year: &str) -> NewFact {
    NewFact {
        birth_year: BirthYear::Is(Some(year.into())),
        ..said("birth_date", &format!("{{\"year\":{year}}}"))
    }
}

/// A household whose first member is the head.
pub(crate) fn household(hamlet: &str, members: &[(&str, &str)]) -> NewHousehold {
    let members = members.iter().enumerate().map(|(n, (name, year))| NewMember {
        details: details(name, if n == 0 { "head" } else { "child" }),
        parents: if n == 0 { vec![] } else { vec![0] },
        partner: None,
        facts: vec![born(year)],
    });
    NewHousehold {
        number: None,
        hamlet: hamlet.into(),
        invented: true,
        members: members.collect(),
        facts: vec![],
    }
}
