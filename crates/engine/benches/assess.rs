//! How long it takes to read the national library, to assess a household of five, and to look ten years ahead.
//!
//! `cargo bench -p ansinh-engine`

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/national/mod.rs"]
mod national;

use ansinh_engine::household::read_household;
use ansinh_engine::report::{lines, report};
use ansinh_engine::{Depth, Household, Language, Month, RuleSet, assess, calendar, compile, outlook};
use divan::{Bencher, black_box};
use national::rule_files;

fn main() {
    divan::main();
}

fn rules() -> RuleSet {
    compile(&rule_files(), "").0.unwrap()
}

/// Two parents, a disabled grandmother, and two children, in a poor household.
const KNOWN: &str = r#"{"format": 1, "facts": {"poverty_status": "poor", "especially_difficult_area": false}, "persons": [
 {"id": "a", "facts": {"birth_date": "1985-02-03", "sex": "female", "disability_degree": "none", "hiv": false, "marital_status": "married", "pension": "none"}, "partner": "b"},
 {"id": "b", "facts": {"birth_date": "1983-07-21", "sex": "male", "disability_degree": "severe", "hiv": false, "marital_status": "married", "pension": "none", "merit_benefits": false}},
 {"id": "c", "facts": {"birth_date": "1950-01-15", "sex": "female", "disability_degree": "none", "hiv": false, "has_supporter": "able", "pension": "none"}},
 {"id": "d", "facts": {"birth_date": "2012-09-09", "sex": "male", "disability_degree": "none", "hiv": false}, "parents": ["a", "b"]},
 {"id": "e", "facts": {"birth_date": "2024-11-30", "sex": "female", "disability_degree": "none", "hiv": false}, "parents": ["a", "b"]}]}"#;

fn household(rules: &RuleSet, open: bool) -> Household {
    let text = if open {
        KNOWN.replace("\"1950-01-15\"", "\"1951\"").replace(
            "\"has_supporter\": \"able\", \"pension\": \"none\"",
            "\"merit_benefits\": false",
        )
    } else {
        KNOWN.to_owned()
    };
    read_household(rules, text.as_bytes()).unwrap()
}

#[divan::bench]
fn read_and_compile_the_national_library(bencher: Bencher<'_, '_>) {
    let files = rule_files();
    bencher.bench(|| compile(black_box(&files), ""));
}

#[divan::bench(args = [false, true])]
fn assess_five_persons(bencher: Bencher<'_, '_>, open: bool) {
    let rules = rules();
    let household = household(&rules, open);
    let month = Month::parse("2026-11").unwrap();
    bencher.bench(|| assess(&rules, black_box(&household), month, Depth::Answers));
}

/// What a list of many households asks of each.
#[divan::bench(args = [false, true])]
fn outcomes_of_five_persons(bencher: Bencher<'_, '_>, open: bool) {
    let rules = rules();
    let household = household(&rules, open);
    let month = Month::parse("2026-11").unwrap();
    bencher.bench(|| assess(&rules, black_box(&household), month, Depth::Outcomes));
}

/// The same with what time brings: a year of everything, five years of what is refused.
#[divan::bench(args = [false, true])]
fn outlook_of_five_persons(bencher: Bencher<'_, '_>, open: bool) {
    let rules = rules();
    let household = household(&rules, open);
    let month = |text| Month::parse(text).unwrap();
    let (from, until, far) = (month("2026-11"), month("2027-11"), month("2031-11"));
    bencher.bench(|| outlook(&rules, black_box(&household), from, until, far));
}

const JUST_ENTERED: &str = r#"{"format": 1, "persons": [
 {"id": "a", "facts": {"birth_date": "1947-05-02"}},
 {"id": "b", "facts": {"birth_date": "1983-07-21"}, "parents": ["a"], "partner": "c"},
 {"id": "c", "facts": {"birth_date": "1985-02-03"}},
 {"id": "d", "facts": {"birth_date": "2012-09-09"}, "parents": ["b", "c"]},
 {"id": "e", "facts": {"birth_date": "2024-11-30"}, "parents": ["b", "c"]}]}"#;

/// The first answers of an interview: nothing but when these people were born, and who they are to each other.
#[divan::bench(args = [1, 5])]
fn assess_persons_just_entered(bencher: Bencher<'_, '_>, n: usize) {
    let rules = rules();
    let all = read_household(&rules, JUST_ENTERED.as_bytes()).unwrap();
    let persons = all.persons.into_iter().take(n).collect();
    let household = Household {
        persons,
        ..Household::default()
    };
    let month = Month::parse("2026-11").unwrap();
    bencher.bench(|| assess(&rules, black_box(&household), month, Depth::Answers));
}

#[divan::bench(args = [false, true])]
fn assess_five_persons_with_next_changes(bencher: Bencher<'_, '_>, open: bool) {
    let rules = rules();
    let household = household(&rules, open);
    let month = Month::parse("2026-11").unwrap();
    bencher.bench(|| assess(&rules, black_box(&household), month, Depth::Calendar));
}

#[divan::bench(args = [false, true])]
fn ten_years_of_five_persons(bencher: Bencher<'_, '_>, open: bool) {
    let rules = rules();
    let household = household(&rules, open);
    let (from, until) = (Month::parse("2026-08").unwrap(), Month::parse("2036-08").unwrap());
    bencher.bench(|| calendar(&rules, black_box(&household), from, until));
}

#[divan::bench(args = [false, true])]
fn list_five_persons(bencher: Bencher<'_, '_>, open: bool) {
    let rules = rules();
    let household = household(&rules, open);
    let month = Month::parse("2026-11").unwrap();
    let assessment = assess(&rules, &household, month, Depth::Calendar);
    bencher.bench(|| lines(&rules, &household, black_box(&assessment), Language::Vi));
}

#[divan::bench(args = [false, true])]
fn explain_five_persons(bencher: Bencher<'_, '_>, open: bool) {
    let rules = rules();
    let household = household(&rules, open);
    let month = Month::parse("2026-11").unwrap();
    let assessment = assess(&rules, &household, month, Depth::Calendar);
    bencher.bench(|| report(&rules, &household, black_box(&assessment), Language::Vi));
}
