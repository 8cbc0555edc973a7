#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use ansinh_engine::household::{Household, read_household};
use ansinh_engine::report::Answer;
use ansinh_engine::rules::RuleSet;
use ansinh_engine::{Depth, Month, assess};
use serde_json::Value;

use super::{sample, take_up};

fn rules() -> &'static RuleSet {
    &ansinh_release::built_in().unwrap().rules
}

fn commune(n: u32) -> (Vec<Value>, Vec<Household>) {
    let rules = rules();
    let files = sample(rules, n, 1).unwrap();
    let read =
        |file: &Value| read_household(rules, file.to_string().as_bytes()).unwrap_or_else(|p| panic!("{p:?}\n{file}"));
    let households = files.iter().map(read).collect();
    (files, households)
}

/// Returns how many of a thousand.
fn share(part: usize, whole: usize) -> usize {
    part * 1000 / whole
}

#[test]
fn every_household_is_read_without_a_problem_and_says_that_it_is_invented() {
    let (_, households) = commune(2000);
    assert!(households.iter().all(|household| household.invented));
    assert!(
        households
            .iter()
            .all(|household| (1..=12).contains(&household.persons.len()))
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes_however_many_are_asked_for() {
    let text = |files: &[Value]| serde_json::to_string(files).unwrap();
    let sample = |n, seed| sample(rules(), n, seed).unwrap();
    let (few, many) = (sample(50, 7), sample(400, 7));
    assert_eq!(text(&few), text(&many[..50]));
    assert_ne!(text(&few), text(&sample(50, 8)));
    assert!(sample(0, 1).is_empty());
}

#[test]
fn ages_and_hardship_are_those_of_a_rural_commune() {
    let (files, households) = commune(2000);
    let facts: Vec<&Value> = files
        .iter()
        .flat_map(|f| f["persons"].as_array().unwrap())
        .map(|p| &p["facts"])
        .collect();
    let value = |fact: &Value| fact.get("is").unwrap_or(fact).clone();
    let n = facts.len();
    let year = |facts: &Value| -> Option<i64> {
        let fact = value(&facts["birth_date"]);
        let about = fact.get("about").and_then(Value::as_i64);
        about.or_else(|| fact.as_str()?.get(..4)?.parse().ok())
    };
    let years: Vec<i64> = facts.iter().filter_map(|facts| year(facts)).collect();
    let children = share(years.iter().filter(|year| **year > 2011).count(), n);
    let old = share(years.iter().filter(|year| **year <= 1966).count(), n);
    assert!((190..320).contains(&children), "{children} of a thousand are children");
    assert!((110..230).contains(&old), "{old} of a thousand are old");

    let minority = facts
        .iter()
        .filter(|facts| value(&facts["ethnic_group"]) != "kinh")
        .count();
    let minority = share(minority, n);
    assert!(
        (100..400).contains(&minority),
        "{minority} of a thousand are of a minority"
    );

    let degree = |name: &str| {
        facts
            .iter()
            .filter(|facts| value(&facts["disability_degree"]) == name)
            .count()
    };
    let disabled = share(degree("mild") + degree("severe") + degree("extremely_severe"), n);
    assert!((30..60).contains(&disabled), "{disabled} of a thousand are disabled");

    let poverty = |status: &str| {
        files
            .iter()
            .filter(|file| value(&file["facts"]["poverty_status"]) == status)
            .count()
    };
    let (poor, near_poor) = (share(poverty("poor"), 2000), share(poverty("near_poor"), 2000));
    assert!((45..75).contains(&poor), "{poor} of a thousand households are poor");
    assert!(
        (38..65).contains(&near_poor),
        "{near_poor} of a thousand households are nearly poor"
    );

    let hiv = facts.iter().filter(|facts| value(&facts["hiv"]) == true).count();
    assert!((1..40).contains(&hiv), "{hiv} people live with HIV");
    let sizes: Vec<usize> = households.iter().map(|household| household.persons.len()).collect();
    assert!(sizes.contains(&1) && sizes.iter().any(|size| *size > 9));
}

#[test]
fn what_is_unknown_in_life_is_unknown_here() {
    let (files, _) = commune(2000);
    let text = serde_json::to_string(&files).unwrap();
    for part in [
        "\"about\":",
        "\"unsure\":true",
        "\"one_of\":",
        "\"paper\":",
        "\"died_on\":",
        "\"dead\"",
        "\"widowed\"",
    ] {
        assert!(text.contains(part), "{part} occurs");
    }
    let hamlets: BTreeSet<&str> = files
        .iter()
        .map(|file| file["place"]["hamlet"].as_str().unwrap())
        .collect();
    assert_eq!(hamlets.len(), 8);
}

#[test]
fn of_most_households_everything_is_known_and_of_some_not() {
    let rules = rules();
    let (_, households) = commune(60);
    let month = Month::parse("2026-11").unwrap();
    let is_known = |household: &&Household| {
        let assessment = assess(rules, household, month, Depth::Answers);
        assessment.determinations.iter().all(|d| d.answer != Answer::Open)
    };
    let known = share(households.iter().filter(is_known).count(), households.len());
    assert!((450..800).contains(&known), "of {known} of a thousand nothing is open");
}

#[test]
fn about_two_of_three_receive_what_they_are_entitled_to_and_nobody_else_does() {
    let rules = rules();
    let (_, households) = commune(1000);
    let (mut n_received, mut n_missed) = (0, 0);
    let mut programmes = BTreeSet::new();
    for household in &households {
        let assessment = take_up::received(rules, household);
        let mut entitled = BTreeSet::new();
        for determination in &assessment.determinations {
            let programme = &rules.programmes[determination.programme];
            let (Some(person), Some(fact)) = (determination.person, programme.paid_now) else {
                continue;
            };
            if determination.answer == Answer::Entitled {
                entitled.insert((person, fact));
                if household.persons[person].facts.contains_key(&fact) {
                    n_received += 1;
                    programmes.insert(&programme.id);
                } else {
                    n_missed += 1;
                }
            }
        }
        for (at, person) in household.persons.iter().enumerate() {
            for fact in rules.programmes.iter().filter_map(|programme| programme.paid_now) {
                assert!(
                    !person.facts.contains_key(&fact) || entitled.contains(&(at, fact)),
                    "{}: {} of {} is received without being due",
                    household.id,
                    rules.fact(fact).unwrap().name,
                    person.name
                );
            }
        }
    }
    let received = share(n_received, n_received + n_missed);
    assert!(
        (580..750).contains(&received),
        "{received} of a thousand are received, but for chance 667"
    );
    assert!(
        n_missed > 50 && programmes.len() > 3,
        "{n_missed} missed, {programmes:?} received"
    );
}
