#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use jiff::civil::{Date, date};
use rust_decimal::Decimal;

use super::*;
use crate::calendar::{months_between, next_day, years_between};
use crate::evaluate::Frame;
use crate::household::{Household, Person};
use crate::read::Scope;
use crate::report::Answer;
use crate::rules::RuleSet;
use crate::small;
use crate::value::{Range, Value};

const FACTS: &str = r#"
[person.degree]
title = { vi = "Mức độ", en = "Degree" }
type  = ["none", "mild", "severe"]
labels.none   = { vi = "Không", en = "None" }
labels.mild   = { vi = "Nhẹ", en = "Mild" }
labels.severe = { vi = "Nặng", en = "Severe" }
ask   = { vi = "Mức độ nào?", en = "Which degree?" }
[person.moved_on]
title = { vi = "Ngày chuyển đến", en = "Moved on" }
type  = "date"
can_be_absent = true
ask   = { vi = "Chuyển đến ngày nào?", en = "Moved here when?" }
[household.space]
title = { vi = "Diện tích", en = "Floor space" }
type  = "m2"
range = [0, 1000]
ask   = { vi = "Rộng bao nhiêu?", en = "How large?" }
"#;

/// Rules with one programme whose only group has this condition.
fn rules(when: &str) -> RuleSet {
    let rice = "[pays]\nwhat = \"in_kind\"\nevery = \"once\"\nlabel = { vi = \"Gạo\", en = \"Rice\" }\n";
    small::compiled(&small::files(&[
        ("facts/all.toml", &[small::BIRTH_DATE, FACTS].concat()),
        (
            "programmes/help/2020-01-01.toml",
            &small::programme("help", &[rice, &small::group("some", when)].concat()),
        ),
    ]))
}

fn one_person() -> Household {
    Household {
        persons: vec![Person::default()],
        ..Household::default()
    }
}

fn search(rules: &RuleSet, day: Date, holds: bool) -> (Witness, usize) {
    let wanted = Wanted {
        node: rules.programmes[0].versions[0].groups[0].when,
        frame: Frame::of(Some(0)),
        holds,
    };
    let mut n = 0;
    let found = witness(rules, &one_person(), day, &[wanted], 1000, &mut n);
    (found, n)
}

#[test]
fn a_witness_stands_where_the_condition_asks_for() {
    let day = date(2026, 3, 1);
    let rules = rules("age = 18 and degree = severe and not (birth_date < 2007-06-15)");
    let (Witness::Found(values), n) = search(&rules, day, true) else {
        panic!("there is one");
    };
    let birth = values.iter().rev().find_map(|(_, value)| match value {
        Value::Date(range) => range.bounds,
        _ => None,
    });
    let (low, high) = birth.unwrap();
    assert!(date(2007, 6, 15) <= low && high <= date(2008, 3, 1), "{low} to {high}");
    assert!(
        n < 40,
        "{n} evaluations: the places at which a date is compared are not used"
    );
}

#[test]
fn where_a_condition_contradicts_itself_there_is_no_witness() {
    let day = date(2026, 3, 1);
    let (found, _) = search(&rules("age < 16 and age >= 60"), day, true);
    assert_eq!(found, Witness::None);
    let (found, _) = search(&rules("degree = severe or degree != severe"), day, false);
    assert_eq!(found, Witness::None);
    let (found, _) = search(&rules("space <= 40.55 or space > 40.55"), day, false);
    assert_eq!(found, Witness::None);
    let (found, _) = search(&rules("space <= 40.55 or space > 40.56"), day, false);
    assert!(matches!(found, Witness::Found(_)), "40.56 is neither");
}

#[test]
fn a_date_is_cut_on_the_day_on_which_an_age_is_reached() {
    let rules = rules("age >= 16");
    let (birth, _) = rules.fact_named(Scope::Person, "birth_date").unwrap();
    for day in [
        date(2024, 2, 28),
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2026, 3, 1),
        date(2026, 3, 31),
    ] {
        let Firsts::Dates(firsts) = rules.cuts.firsts(&rules, None, birth, &[day]) else {
            panic!("a date");
        };
        let mut expected = Vec::new();
        let mut from = date(1990, 1, 1);
        while from < day {
            let next = next_day(from);
            if (years_between(from, day) >= 16) != (years_between(next, day) >= 16)
                || (years_between(from, day) >= 17) != (years_between(next, day) >= 17)
            {
                expected.push(next);
            }
            assert!(years_between(from, day) * 12 <= months_between(from, day));
            from = next;
        }
        assert_eq!(firsts, expected, "on {day}");
    }
}

#[test]
fn parts_of_a_range_are_all_of_it_and_do_not_overlap() {
    let rules = rules("space in 10 ..< 20.5 and birth_date > 2000-01-01");
    let (space, _) = rules.fact_named(Scope::Household, "space").unwrap();
    let whole = Value::Number(Range::between(Decimal::ZERO, Decimal::from(1000)));
    let mut left = vec![whole];
    let mut cells = Vec::new();
    for _ in 0..64 {
        let Some(value) = left.pop() else { break };
        let parts = split(value, &rules.cuts.firsts(&rules, None, space, &[]));
        if let [Value::Number(a), Value::Number(b)] = parts.as_slice() {
            let ((low, last), (first, high)) = (a.bounds.unwrap(), b.bounds.unwrap());
            assert_eq!(first - last, Decimal::new(1, 2));
            assert!(low <= last && first <= high);
        }
        match parts.is_empty() || parts.iter().any(|part| part.is_settled()) {
            true => cells.push(value),
            false => left.extend(parts),
        }
    }
    assert!(!cells.is_empty());
}

fn determined(when: &str, persons: usize) -> crate::Determination {
    let rules = rules(when);
    let household = Household {
        persons: vec![Person::default(); persons],
        ..Household::default()
    };
    let month = crate::Month::parse("2026-11").unwrap();
    let assessment = crate::assess(&rules, &household, month, crate::Depth::Answers);
    assessment.determinations[0].clone()
}

fn names(unknowns: impl IntoIterator<Item = crate::evaluate::Unknown>) -> Vec<String> {
    let rules = rules("age > 1");
    let name = |(_, fact): crate::evaluate::Unknown| rules.fact(fact).unwrap().name.clone();
    unknowns.into_iter().map(name).collect()
}

#[test]
fn severe_or_not_severe_is_yes_and_asks_nothing() {
    let determination = determined("degree = severe or degree != severe", 1);
    assert_eq!(determination.answer, Answer::Entitled);
    assert!(determination.asks.is_empty() && !determination.may_matter);
    assert_eq!(names(determination.whatever), ["degree"]);
}

#[test]
fn what_no_value_makes_true_is_no() {
    let determination = determined("degree = severe and degree = mild or age < 10 and age > 20", 1);
    assert_eq!(determination.answer, Answer::NotEntitled);
    assert_eq!(names(determination.whatever), ["birth_date", "degree"]);
}

#[test]
fn a_fact_that_makes_no_difference_is_not_asked() {
    let determination = determined("degree = severe and age >= 18 or degree != severe and age >= 18", 1);
    assert_eq!(determination.answer, Answer::Open);
    assert_eq!(names(determination.asks), ["birth_date"]);
}

#[test]
fn the_fact_that_settles_most_comes_first() {
    let determination = determined("degree = severe and (age >= 18 or space > 30)", 1);
    let chances: Vec<(String, u64)> = determination
        .settles
        .iter()
        .map(|(unknown, chance)| (names([*unknown])[0].clone(), *chance))
        .collect();
    // Two of three degrees end it; neither age nor space alone does.
    assert_eq!(
        chances,
        [
            ("space".to_owned(), 0),
            ("birth_date".to_owned(), 0),
            ("degree".to_owned(), 666)
        ]
    );
}

#[test]
fn where_there_are_too_many_completions_it_is_said() {
    let determination = determined("space * 2 = space + space", 1);
    assert_eq!(determination.answer, Answer::Open);
    assert!(determination.may_matter);
    assert_eq!(names(determination.asks), ["space"]);
}

#[test]
fn what_no_rule_cuts_is_halved_until_it_is_settled() {
    let determination = determined("space - 3 > 10 or space - 3 <= 10", 1);
    assert_eq!(
        (determination.answer, determination.may_matter),
        (Answer::Entitled, false)
    );
}

#[test]
fn a_limit_between_two_values_loses_none_of_them() {
    let determination = determined("space > 30.555 or space <= 30.555", 1);
    assert_eq!(determination.answer, Answer::Entitled);
    let rules = rules("space > 30.555");
    let (space, _) = rules.fact_named(Scope::Household, "space").unwrap();
    let Firsts::Numbers(firsts, _) = rules.cuts.firsts(&rules, None, space, &[]) else {
        panic!("a number");
    };
    assert_eq!(firsts, [Decimal::new(3056, 2)]);
}

#[test]
fn either_day_of_the_month_may_pay_and_what_is_absent_pays_on_neither() {
    let determination = determined(
        "degree = severe or moved_on != day\"\ncite = \"LAW Đ1\"\n[stop]\nmonth = \"after the loss",
        1,
    );
    assert_eq!((determination.answer, determination.may_matter), (Answer::Open, false));
    assert_eq!(names(determination.asks), ["degree", "moved_on"]);
}
