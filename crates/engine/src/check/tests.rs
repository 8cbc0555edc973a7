#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use jiff::civil::date;

use super::check;
use crate::casebook::run_cases;
use crate::codes::page;
use crate::diagnostic::Severity;
use crate::small;
use crate::words::Language;

const FACTS: &str = r#"
[person.degree]
title = { vi = "Mức độ", en = "Degree" }
type  = ["none", "mild", "severe"]
labels.none   = { vi = "Không", en = "None" }
labels.mild   = { vi = "Nhẹ", en = "Mild" }
labels.severe = { vi = "Nặng", en = "Severe" }
ask   = { vi = "Mức độ nào?", en = "Which degree?" }
[household.income]
title = { vi = "Thu nhập", en = "Income" }
type  = "VND per month"
range = [0, 100_000]
ask   = { vi = "Bao nhiêu?", en = "How much?" }
"#;

const LEVEL: &str = r#"
[level]
title = { vi = "Mức", en = "Level" }
type  = "VND per month"
dated = [{ from = 2020-01-01, is = 1000, cite = "LAW Đ1", review = 2027-01-01 }]
"#;

/// Rules with one programme: its groups and cases are given.
fn files(groups: &str) -> Vec<(String, Vec<u8>)> {
    small::files(&[
        ("parameters/level.toml", LEVEL),
        ("facts/all.toml", &[small::BIRTH_DATE, FACTS].concat()),
        (
            "programmes/help/2020-01-01.toml",
            &small::programme("help", &[&small::cash("level * coefficient"), groups].concat()),
        ),
    ])
}

fn group(name: &str, when: &str) -> String {
    small::group(name, &format!("{when} and income < 100_000 and degree != none"))
}

fn case(name: &str, of: &str, when: &str, coefficient: &str) -> String {
    format!("[case.{name}]\nof = \"{of}\"\nwhen = \"{when}\"\ncoefficient = {coefficient}\ncite = \"LAW Đ1\"\n")
}

/// Returns the codes found; a household that shows an error must make the engine fail when it is judged.
fn codes(text: &str) -> Vec<&'static str> {
    let mut files = files(text);
    let checked = check(&files, "", Some(date(2026, 12, 31)));
    let codes = checked
        .found
        .iter()
        .map(|found| found.code)
        .filter(|code| !code.starts_with("W060") || *code > "W0603");
    let codes: Vec<&str> = codes.collect();
    for found in checked.found.iter().filter(|found| found.severity == Severity::Error) {
        let case = found
            .household
            .clone()
            .unwrap_or_else(|| panic!("{found} shows no household"));
        files.push(("programmes/help/cases.toml".to_owned(), case.clone().into_bytes()));
        let result = run_cases(&small::compiled(&files));
        let differences: Vec<String> = result[0].differences.iter().map(|d| d.sentence(Language::En)).collect();
        assert_eq!(
            differences.first().map(String::as_str),
            Some("subject: answer: expected entitled, found failed"),
            "{case}"
        );
        files.pop();
        assert!(page(found.code).is_some());
    }
    codes
}

#[test]
fn a_group_is_covered_exactly_by_its_cases() {
    let of_all = |cases: &[String]| codes(&(group("all", "age >= 16") + &cases.concat()));
    assert_eq!(
        of_all(&[case("a", "all", "age < 60", "1"), case("b", "all", "age >= 60", "2")]),
        [""; 0]
    );
    assert_eq!(
        of_all(&[case("a", "all", "age < 60", "1"), case("b", "all", "age > 60", "2")]),
        ["E0801"]
    );
    assert_eq!(
        of_all(&[case("a", "all", "age <= 60", "1"), case("b", "all", "age >= 60", "2")]),
        ["E0802"]
    );
    assert_eq!(
        of_all(&[case("a", "all", "age <= 60", "1"), case("b", "all", "age >= 60", "1")]),
        [""; 0]
    );
    assert_eq!(
        of_all(&[
            case("a", "all", "degree = mild", "1"),
            case("b", "all", "degree = severe", "2")
        ]),
        [""; 0]
    );
    assert_eq!(
        of_all(&[
            case("a", "all", "income < level", "1"),
            case("b", "all", "income > level", "2")
        ]),
        ["E0801"]
    );
    assert_eq!(
        of_all(&[
            case("a", "all", "income < level", "1"),
            case("b", "all", "income >= level", "2")
        ]),
        [""; 0]
    );
}

#[test]
fn a_gap_that_only_a_relative_shows_is_found() {
    let of_all =
        |a: &str, b: &str| codes(&(group("all", "age >= 16") + &case("a", "all", a, "1") + &case("b", "all", b, "2")));
    assert_eq!(of_all("none children", "any children where age < 6"), ["E0801"]);
    assert_eq!(
        of_all("none children where age < 6", "any children where age < 6"),
        [""; 0]
    );
    assert_eq!(
        of_all(
            "none partner",
            "any partner where degree = mild or any partner where degree != mild"
        ),
        [""; 0]
    );
    assert_eq!(
        of_all("(count children) <= 1", "(count children) >= 3"),
        ["E0801", "N0901"],
        "no family of that size is looked at"
    );
}

fn exception(name: &str, when: &str, coefficient: &str) -> String {
    format!("[case.a.except.{name}]\nwhen = \"{when}\"\ncoefficient = {coefficient}\ncite = \"LAW Đ1\"\n")
}

#[test]
fn exceptions_agree_or_exclude_each_other() {
    let all = group("all", "age >= 16") + "[case.a]\nof = \"all\"\ncoefficient = 1\ncite = \"LAW Đ1\"\n";
    let with = |a: &str, b: &str, c: &str| codes(&(all.clone() + &exception("x", a, "2") + &exception("y", b, c)));
    assert_eq!(with("degree = severe", "age > 60", "3"), ["E0803"]);
    assert_eq!(with("degree = severe", "age > 60", "2"), [""; 0]);
    assert_eq!(with("degree = severe", "age > 60 and degree != severe", "3"), [""; 0]);
}

#[test]
fn what_never_or_always_applies_is_told() {
    let all = |when: &str| group("all", when) + "[case.a]\nof = \"all\"\ncoefficient = 1\ncite = \"LAW Đ1\"\n";
    assert_eq!(codes(&all("age > 60 and age < 60")), ["W0605"]);
    assert_eq!(codes(&all("age > 60 and age < 62")), [""; 0]);
    assert_eq!(codes(&(all("age > 60") + &exception("x", "age < 61", "2"))), ["W0605"]);
    assert_eq!(codes(&(all("age > 60") + &exception("x", "age < 62", "2"))), [""; 0]);
    assert_eq!(codes(&(all("age > 60") + &exception("x", "age >= 61", "2"))), ["W0606"]);
    assert_eq!(
        codes(&(all("age > 60") + &exception("x", "degree in [mild, severe]", "2"))),
        ["W0606"]
    );
}

#[test]
fn what_everybody_meets_is_told_of_requirements_and_points_too() {
    let requires = |when: &str| format!("[requires.any]\nwhen = \"{when}\"\ncite = \"LAW Đ1\"\n");
    let point = |when: &str| {
        format!("[group.all.any.one]\ntitle = {{ vi = \"Đ\", en = \"P\" }}\nwhen = \"{when}\"\ncite = \"LAW Đ1\"\n")
    };
    let case = "[case.a]\nof = \"all\"\ncoefficient = 1\ncite = \"LAW Đ1\"\n";
    let all = |requires: &str, point: &str| codes(&[requires, &group("all", "age > 60"), point, case].concat());
    assert_eq!(all(&requires("age >= 0 or age < 0"), ""), ["W0606"]);
    assert_eq!(all(&requires("age >= 1"), ""), [""; 0]);
    assert_eq!(all("", &point("age > 59")), ["W0606"]);
    assert_eq!(all("", &point("age > 62")), [""; 0]);
    assert_eq!(
        all(&requires("age > 62"), &point("age > 62")),
        ["W0606"],
        "by what all need"
    );
}

#[test]
fn a_level_that_is_never_the_highest_is_told() {
    let one = |name: &str, when: &str, n: &str| {
        group(name, when) + &format!("[case.{name}]\nof = \"{name}\"\ncoefficient = {n}\ncite = \"LAW Đ1\"\n")
    };
    assert_eq!(
        codes(&(one("low", "age >= 80", "1") + &one("high", "age >= 60", "2"))),
        ["W0607"]
    );
    assert_eq!(
        codes(&(one("low", "age >= 59", "1") + &one("high", "age >= 60", "2"))),
        [""; 0]
    );
    assert_eq!(
        codes(&(one("low", "age >= 80", "2") + &one("high", "age >= 60", "2"))),
        [""; 0]
    );
}

#[test]
fn a_review_is_due_on_its_day_and_not_before() {
    let text = group("all", "age >= 16") + "[case.a]\nof = \"all\"\ncoefficient = 1\ncite = \"LAW Đ1\"\n";
    let due = |day| {
        check(&files(&text), "", Some(day))
            .found
            .iter()
            .any(|found| found.code == "W0604")
    };
    assert!(!due(date(2026, 12, 31)));
    assert!(due(date(2027, 1, 1)));
    assert!(!due(date(2019, 1, 1)), "the value does not hold yet");
    assert!(
        !check(&files(&text), "", None)
            .found
            .iter()
            .any(|found| found.code == "W0604")
    );
}
