//! The sample commune of an office: a database of its own, with two invented users whose password everybody may know.

use std::path::Path;

use ansinh_engine::rules::RuleSet;
use ansinh_store::{Commune, KeyCost, NewHousehold, NewUser, Role, SetUp, Stamp, State, Store};
use serde_json::Value;

use super::names::HAMLETS;
use super::{COMMUNE, PROVINCE, sample};
use crate::clock;
use crate::import::new_household;
use crate::wire::{self, Failure, SampleAccess, UserName};

const OFFICER: (&str, &str) = ("canbo", "Cán bộ Mẫu");
const SUPERVISOR: (&str, &str) = ("phutrach", "Phụ trách Mẫu");
const PASSWORD: &str = "dulieumau";

const HOUSEHOLDS: u32 = 400;
const SEED: u64 = 1;

/// Households that show one thing each; they stand first.
const CHOSEN: [&str; 5] = [
    include_str!("../../../../tests/households/a-man-of-78.json"),
    include_str!("../../../../tests/households/b-orphan-girl.json"),
    include_str!("../../../../tests/households/c-disabled-mother.json"),
    include_str!("../../../../tests/households/d-widowed-mother.json"),
    include_str!("../../../../tests/households/e-about-1951.json"),
];

/// Returns who can sign in.
pub(crate) fn users() -> Vec<UserName> {
    let user = |(user, name): (&str, &str), role| UserName {
        user: user.to_owned(),
        name: name.to_owned(),
        role,
    };
    vec![
        user(OFFICER, wire::Role::Officer),
        user(SUPERVISOR, wire::Role::Supervisor),
    ]
}

/// Returns how to enter.
pub(crate) fn access() -> SampleAccess {
    SampleAccess {
        user: OFFICER.0.to_owned(),
        password: PASSWORD.to_owned(),
    }
}

/// Makes the sample commune in a folder, or what is missing of it. Refuses a folder with another database.
pub(crate) async fn set_up(folder: &Path, rules: &RuleSet) -> Result<(), Failure> {
    let store = match Store::state(folder) {
        State::Missing => Store::set_up(folder, beginning()).await?.0,
        State::Present => {
            let users = Store::users(folder)?;
            let names = users.iter().map(|user| user.user_name.as_str());
            if !names.eq([OFFICER.0, SUPERVISOR.0]) {
                return Err(Failure::of("already_set_up").with("folder", folder.display()));
            }
            Store::open(folder, OFFICER.0, PASSWORD).await?.0
        }
    };
    if store.counts().await?.n_households == 0 {
        let stamp = Stamp {
            by: OFFICER.0.to_owned(),
            at: clock::now(),
        };
        store.insert_households(&households(rules)?, &stamp).await?;
    }
    store.close().await;
    Ok(())
}

fn beginning() -> SetUp {
    let user = |(user_name, full_name): (&str, &str), role| NewUser {
        user_name: user_name.to_owned(),
        full_name: full_name.to_owned(),
        role,
        password: PASSWORD.to_owned(),
    };
    SetUp {
        commune: Commune {
            province: PROVINCE.to_owned(),
            province_code: String::new(),
            commune: COMMUNE.to_owned(),
            hamlets: HAMLETS.iter().map(|name| (*name).to_owned()).collect(),
        },
        users: vec![user(OFFICER, Role::Officer), user(SUPERVISOR, Role::Supervisor)],
        // The password is public: guessing it may be cheap.
        cost: KeyCost::Light,
        now: clock::now(),
    }
}

/// The chosen ones have the first numbers. They are made last and backwards, so that they head the list of the most recent.
fn households(rules: &RuleSet) -> Result<Vec<NewHousehold>, Failure> {
    let problems = |problems| Failure {
        problems,
        ..Failure::of("bad_request")
    };
    let read = |number: usize, file: &Value| {
        let household = new_household(rules, file).map_err(problems)?;
        Ok(NewHousehold {
            number: Some(format!("{number:05}")),
            invented: true,
            ..household
        })
    };
    let drawn = sample(rules, HOUSEHOLDS, SEED).map_err(problems)?;
    let drawn = drawn
        .iter()
        .zip(CHOSEN.len() + 1..)
        .map(|(file, number)| read(number, file));
    let chosen = CHOSEN.iter().enumerate().rev().map(|(at, text)| {
        let file: Value =
            serde_json::from_str(text).map_err(|error| Failure::of("bad_request").with("detail", error))?;
        read(at + 1, &file)
    });
    drawn.chain(chosen).collect()
}
