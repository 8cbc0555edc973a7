//! Smallest sets, one at a time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use jiff::civil::date;

use super::*;
use crate::household::read_household;
use crate::report::{ChangeBy, Language, report};
use crate::small;
use crate::{Depth, Month, assess};

const FACTS: &str = r#"
[person.degree]
title = { vi = "Mức độ", en = "Degree" }
type  = ["none", "severe"]
labels.none   = { vi = "Không", en = "None" }
labels.severe = { vi = "Nặng", en = "Severe" }
ask   = { vi = "Mức độ nào?", en = "Which degree?" }
proof = "certificate"
[person.ill]
title = { vi = "Ốm", en = "Ill" }
type  = "yes or no"
ask   = { vi = "Ốm không?", en = "Ill?" }
[household.poor]
title = { vi = "Nghèo", en = "Poor" }
type  = "yes or no"
ask   = { vi = "Nghèo không?", en = "Poor?" }
"#;

const PAPERS: &str = r#"
[certificate]
title = { vi = "Giấy xác nhận", en = "Certificate" }
from  = { vi = "Xã", en = "The commune" }
"#;

/// Rules of one programme with these groups (conditions, and points), and the household of one person.
fn judged(groups: &[(&str, &[&str])], facts: &str) -> (RuleSet, Household, Judged) {
    let group = |(at, (when, points)): (usize, &(&str, &[&str]))| {
        let points = points.iter().enumerate().map(|(n, point)| {
            format!(
                "[group.g{at}.any.p{n}]\ntitle = {{ vi = \"P{n}\", en = \"P{n}\" }}\nwhen = \"{point}\"\ncite = \"LAW Đ1\"\n"
            )
        });
        small::group(&format!("g{at}"), when) + &points.collect::<String>()
    };
    let groups: String = groups.iter().enumerate().map(group).collect();
    let rules = small::compiled(&small::files(&[
        ("facts/all.toml", &[small::BIRTH_DATE, FACTS].concat()),
        ("papers/all.toml", PAPERS),
        (
            "programmes/help/2020-01-01.toml",
            &small::programme("help", &[small::cash("1000"), groups].concat()),
        ),
    ]));
    let file = format!(
        "{{\"format\": 1, \"facts\": {{\"poor\": false}}, \"persons\": [{{\"id\": \"a\", \"facts\": {{{facts}}}}}]}}"
    );
    let household = read_household(&rules, file.as_bytes()).unwrap();
    let assessment = assess(&rules, &household, Month::parse("2026-11").unwrap(), Depth::Answers);
    let judged = assessment.determinations[0].judged.clone();
    (rules, household, judged)
}

fn sets(groups: &[(&str, &[&str])], facts: &str) -> Vec<(String, Time)> {
    let (rules, household, judged) = judged(groups, facts);
    let name = |(_, fact): &Unknown| rules.fact(*fact).unwrap().name.clone();
    remedies(&rules, &household, 0, Some(0), &judged)
        .iter()
        .map(|remedy| (remedy.facts.iter().map(name).collect::<Vec<_>>().join(" "), remedy.time))
        .collect()
}

fn without_time(sets: &[&str]) -> Vec<(String, Time)> {
    sets.iter().map(|set| ((*set).to_owned(), Time::NotNeeded)).collect()
}

const KNOWN: &str = r#""birth_date": "1960-03-04", "degree": "none", "ill": false"#;

#[test]
fn all_that_fails_together_is_one_set() {
    assert_eq!(sets(&[("poor and ill", &[])], KNOWN), without_time(&["poor ill"]));
}

#[test]
fn one_that_suffices_makes_larger_sets_superfluous() {
    assert_eq!(
        sets(&[("ill or poor and degree = severe", &[])], KNOWN),
        without_time(&["ill", "poor degree"])
    );
    assert_eq!(
        sets(&[("poor and ill", &[]), ("poor", &[])], KNOWN),
        without_time(&["poor"]),
        "also across groups"
    );
}

#[test]
fn a_fact_used_twice_is_seen_whole() {
    let contrary = "(degree = severe and ill or poor) and (degree = none or poor)";
    assert_eq!(sets(&[(contrary, &[])], KNOWN), without_time(&["poor"]));
}

#[test]
fn what_is_met_need_not_change_unless_it_stands_in_the_way() {
    let facts = r#""birth_date": "1960-03-04", "degree": "none", "ill": true"#;
    assert_eq!(
        sets(&[("degree = severe and ill", &[])], facts),
        without_time(&["degree"])
    );
    let facts = r#""birth_date": "1960-03-04", "degree": "severe", "ill": true"#;
    assert_eq!(
        sets(
            &[(
                "(if ill then degree = none and poor else poor) and degree = severe",
                &[]
            )],
            facts
        ),
        without_time(&["poor ill"]),
        "while ill, no degree will do"
    );
}

#[test]
fn each_point_has_a_set_of_its_own() {
    assert_eq!(
        sets(&[("poor", &["ill", "degree = severe"])], KNOWN),
        without_time(&["poor degree", "poor ill"])
    );
}

#[test]
fn time_brings_an_age_on_its_day_and_never_takes_one_back() {
    let turns = Time::Brings(date(2030, 3, 4));
    assert_eq!(sets(&[("age >= 70", &[])], KNOWN), [("birth_date".to_owned(), turns)]);
    assert_eq!(
        sets(&[("age >= 70 and poor", &[])], KNOWN),
        [("poor birth_date".to_owned(), turns)]
    );
    assert_eq!(
        sets(&[("age < 16", &[])], KNOWN),
        [("birth_date".to_owned(), Time::Never)]
    );
    assert_eq!(
        sets(&[("age < 16", &[]), ("poor", &[])], KNOWN),
        [
            ("poor".to_owned(), Time::NotNeeded),
            ("birth_date".to_owned(), Time::Never)
        ],
        "what can never be comes last"
    );
}

#[test]
fn what_nothing_can_make_true_has_no_set() {
    assert_eq!(sets(&[("age < 16 and age >= 60", &[])], KNOWN), []);
    assert_eq!(
        sets(&[("ill and (ill and degree = none) and degree = severe", &[])], KNOWN),
        []
    );
}

#[test]
fn what_is_not_known_is_no_reason() {
    let facts = r#""birth_date": "1960-03-04", "degree": "none""#;
    assert_eq!(
        sets(&[("degree = severe and ill", &[])], facts),
        without_time(&["degree"])
    );
}

fn words(groups: &[(&str, &[&str])]) -> Vec<(ChangeBy, Option<String>, String)> {
    let (rules, household, _) = judged(groups, KNOWN);
    let assessment = assess(&rules, &household, Month::parse("2026-11").unwrap(), Depth::Calendar);
    let report = report(&rules, &household, &assessment, Language::En);
    let changes = report.rows[0].would_change.iter();
    changes
        .map(|change| (change.by, change.on.clone(), change.text.clone()))
        .collect()
}

#[test]
fn each_set_is_said_with_what_brings_it_about() {
    let [(by, on, text)] = words(&[("degree = severe and age >= 70", &[])]).try_into().unwrap();
    assert_eq!((by, on.as_deref()), (ChangeBy::Paper, Some("2030-03-04")));
    assert!(
        text.starts_with("From 4 March 2030, if a paper proves: ")
            && text.ends_with("Papers: Certificate (the commune)"),
        "{text}"
    );
    let [(by, on, _)] = words(&[("ill", &[])]).try_into().unwrap();
    assert_eq!((by, on), (ChangeBy::Correction, None));
    let [(by, _, text)] = words(&[("age < 16", &[])]).try_into().unwrap();
    assert_eq!(by, ChangeBy::Never);
    assert!(text.starts_with("The law asks for what can no longer be: "), "{text}");
    let [(by, on, _)] = words(&[("age >= 70", &[])]).try_into().unwrap();
    assert_eq!(
        (by, on.as_deref()),
        (ChangeBy::Date, Some("2030-03-04")),
        "said once, as the next change"
    );
}
