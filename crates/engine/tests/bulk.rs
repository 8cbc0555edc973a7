//! Rule files of a size and shape that nobody writes by hand: they are refused or read, and nothing falls over or hangs.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[allow(dead_code, unused_imports)]
mod reference;

use std::fmt::Write as _;

use ansinh_engine::household::{Household, Person};
use ansinh_engine::report::Answer;
use ansinh_engine::{Depth, Month, RuleSet, assess, compile};
use reference::book::Files;
use reference::samples::basis;

/// The codes of the errors, each once.
fn codes(files: &Files) -> Vec<&'static str> {
    let found = compile(files, "").1.into_iter().map(|finding| finding.code);
    let mut codes: Vec<_> = found.filter(|code| code.starts_with('E')).collect();
    codes.dedup();
    codes
}

/// The invented law with these terms behind its own.
fn with_terms(terms: impl Iterator<Item = (String, String)>) -> Files {
    let mut files = basis();
    for (name, is) in terms {
        let text = "title = { vi = \"x\", en = \"x\" }\ntype = \"years\"";
        files[4]
            .1
            .extend(format!("[person.{name}]\n{text}\nis = \"{is}\"\n").into_bytes());
    }
    files
}

/// The same with a programme that pays where a condition holds.
fn with_programme(mut files: Files, when: &str) -> Files {
    let text = "{ vi = \"x\", en = \"x\" }";
    let rule = format!(
        "language = 1\nid = \"programme_0\"\ntitle = {text}\nstages = [\"poverty\"]\nfor = \"person\"\ncite = \"ND1\"\n\
         [pays]\nwhat = \"cash\"\nevery = \"month\"\namount = \"base\"\nrounding = \"exact\"\n\
         [group.g]\ntitle = {text}\nwhen = \"{when}\"\ncite = \"ND1\"\n"
    );
    files.push(("programmes/programme-0/2020-01-01.toml".to_owned(), rule.into_bytes()));
    files
}

fn chain(n: usize) -> impl Iterator<Item = (String, String)> {
    (0..n).map(move |i| {
        (
            format!("t{i}"),
            if i + 1 == n {
                "age".to_owned()
            } else {
                format!("t{}", i + 1)
            },
        )
    })
}

fn judged(rules: &RuleSet, n: usize) {
    let person = |i| Person {
        id: format!("p{i}"),
        ..Person::default()
    };
    let household = Household {
        persons: (0..n).map(person).collect(),
        ..Household::default()
    };
    let assessment = assess(rules, &household, Month::parse("2025-03").unwrap(), Depth::Calendar);
    assert_eq!(assessment.determinations.len(), n);
}

#[test]
fn a_chain_of_terms_is_followed_or_refused_and_never_overflows_the_stack() {
    assert_eq!(codes(&with_terms(chain(9_000))), ["E0311"]);
    let turned: Vec<_> = chain(9_000).collect();
    assert_eq!(codes(&with_terms(turned.into_iter().rev())), ["E0311"]);
    let rules = compile(&with_programme(with_terms(chain(140)), "t0 > 3"), "")
        .0
        .expect("a long chain is read");
    judged(&rules, 3);
}

#[test]
fn a_chain_of_deep_expressions_is_refused_too() {
    let deep = |i: usize| format!("{}t{}{}", "-(".repeat(45), i + 1, ")".repeat(45));
    let terms = (0..20).map(|i| (format!("t{i}"), if i == 19 { "age".to_owned() } else { deep(i) }));
    assert_eq!(codes(&with_terms(terms)), ["E0311"]);
}

#[test]
fn a_circle_of_many_terms_is_told_once() {
    let circle = (0..5_000).map(|i| (format!("t{i}"), format!("t{}", (i + 1) % 5_000)));
    assert_eq!(codes(&with_terms(circle)), ["E0306"]);
}

#[test]
fn terms_that_double_are_refused() {
    let doubling = (0..60).map(|i| {
        (
            format!("t{i}"),
            if i == 0 {
                "age".to_owned()
            } else {
                format!("t{0} + t{0}", i - 1)
            },
        )
    });
    assert_eq!(codes(&with_terms(doubling)), ["E0311"]);
}

#[test]
fn questions_over_persons_inside_others_are_refused_when_they_are_too_many() {
    let nested = |n: usize| format!("{}(age > 3)", "any members where ".repeat(n));
    assert_eq!(codes(&with_programme(basis(), &nested(5))), ["E0311"]);
    let rules = compile(&with_programme(basis(), &nested(2)), "")
        .0
        .expect("two are read");
    judged(&rules, 30);
}

#[test]
fn numbers_and_days_at_the_edge_give_a_finding_or_an_answer() {
    let conditions = [
        "years_between(birth_date, day) < 9_000_000_000_000_000_000",
        "months_between(birth_date, day) > -9_000_000_000_000_000_000",
        "months_between(birth_date, day) < 79_228_162_514_264_337_593_543_950_335",
        "birth_date < 9999-12-31",
        "birth_date > 0001-01-01",
        "years_between(0001-01-01, day) > 3",
        "years_between(birth_date, 9999-12-31) > 3",
        "months_between(9999-12-31, 0001-01-01) < age_in_months / 1",
        "income * 79_228_162_514_264_337_593_543_950_335 * 10 > income",
        "age + 79_228_162_514_264_337_593_543_950_335 + 79_228_162_514_264_337_593_543_950_335 > age",
        "age / 0.0000000000000000000000000001 * 1_000_000_000 > 0",
        "age < 99999999999999999999999999999999999999999999999999",
    ];
    for when in conditions {
        if let Some(rules) = compile(&with_programme(basis(), when), "").0 {
            for month in ["1900-01", "2025-03", "2200-12"] {
                let household = Household {
                    persons: vec![Person::default()],
                    ..Household::default()
                };
                assess(&rules, &household, Month::parse(month).unwrap(), Depth::Calendar);
            }
        }
    }
}

#[test]
fn a_page_full_of_one_thing_is_read() {
    let text = "{ vi = \"x\", en = \"x\" }";
    let mut choices = String::new();
    let mut values = String::new();
    for i in 0..20_000 {
        let _ = write!(choices, "\"c{i}\",");
        let _ = write!(
            values,
            "{{ from = {:04}-{:02}-{:02}, is = {i}, cite = \"ND1\" }},",
            1000 + i / 300,
            1 + i / 25 % 12,
            1 + i % 25
        );
    }
    let long = format!("[person.x]\ntitle = {text}\nask = {text}\ntype = [{choices}]\n");
    assert!(!codes(&vec![("facts/a.toml".to_owned(), long.into_bytes())]).is_empty());
    let long = format!("[x]\ntitle = {text}\ntype = \"VND\"\ndated = [{values}]\n");
    let mut files = basis();
    files.push(("parameters/x.toml".to_owned(), long.into_bytes()));
    codes(&files);
    let wide = format!("age > {}", vec!["age"; 20_000].join(" or age > "));
    codes(&with_programme(basis(), &wide));
    let listed = format!("degree in [{}]", vec!["low"; 50_000].join(", "));
    codes(&with_programme(basis(), &listed));
}

#[test]
fn thirty_who_compete_and_of_whom_nothing_is_known_are_judged() {
    let text = "{ vi = \"x\", en = \"x\" }";
    let programme = |at: usize, groups: &[&str], keep: &str| {
        let mut rule = format!(
            "language = 1\nid = \"programme_{at}\"\ntitle = {text}\nstages = [\"poverty\"]\nfor = \"person\"\ncite = \"ND1\"\n\
             [pays]\nwhat = \"cash\"\nevery = \"month\"\namount = \"base\"\nrounding = \"exact\"\n\
             [choose]\nhighest = \"pays\"\nacross = \"word\"\neach = \"household\"\ncite = \"ND1\"\n{keep}"
        );
        for when in groups {
            let _ = write!(
                rule,
                "[group.{when}]\ntitle = {text}\nwhen = \"{when}\"\ncite = \"ND1\"\n"
            );
        }
        let path = format!("programmes/programme-{at}/2020-01-01.toml");
        (path, rule.into_bytes())
    };
    let keep = "keep_both = [{ with = \"programme_1\", groups = [\"working\"], cite = \"ND1\" }]\n";
    let mut files = basis();
    files.push(programme(0, &["working", "studying"], keep));
    files.push(programme(1, &["ill"], ""));
    let rules = compile(&files, "").0.expect("so many sets are allowed");
    let person = |i| Person {
        id: format!("p{i}"),
        ..Person::default()
    };
    let household = Household {
        persons: (0..30).map(person).collect(),
        ..Household::default()
    };
    let assessment = assess(&rules, &household, Month::parse("2025-03").unwrap(), Depth::Soon);
    assert_eq!(assessment.determinations.len(), 60);
    // Each may be the one who is paid: nothing is said for certain.
    assert!(assessment.determinations.iter().all(|d| d.answer == Answer::Open));
}
