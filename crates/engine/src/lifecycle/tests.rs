//! Birthdays, papers, amounts and rules that move by themselves, one at a time.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use jiff::civil::date;

use Answer::{Entitled, NotCovered, NotEntitled, Open};

use super::*;
use crate::household::read_household;
use crate::rules::FactId;
use crate::small;

const ILL: &str = r#"
[person.ill]
title = { vi = "x", en = "x" }
type = "yes or no"
ask = { vi = "x?", en = "x?" }
proof = "note"
"#;

const PAPERS: &str = r#"
[note]
title = { vi = "x", en = "x" }
from = { vi = "x", en = "x" }
"#;

const AMOUNTS: &str = r#"
[base]
title = { vi = "x", en = "x" }
type = "VND per month"
dated = [
  { from = 2020-01-01, is = 100_000, cite = "LAW", checked = 2026-01-01 },
  { from = 2026-10-05, is = 150_000, cite = "LAW", checked = 2026-01-01 },
]
"#;

fn programme(id: &str, when: &str, head: &str, more: &str) -> String {
    let group = small::group("g", when);
    small::programme(id, &[head, "\n", &small::cash("base"), &group, more].concat())
}

type Expected<W> = (Date, Answer, Answer, W);

fn check(files: &[(&str, String)], facts: &str, from: &str, until: &str, expected: &[Expected<What>]) {
    let expected = expected
        .iter()
        .cloned()
        .map(|(on, before, after, what)| (on, before, after, vec![what]));
    check_all(files, facts, from, until, &expected.collect::<Vec<_>>());
}

/// What the calendar of a person says: day, answer before and after, and why.
fn check_all(files: &[(&str, String)], facts: &str, from: &str, until: &str, expected: &[Expected<Vec<What>>]) {
    let facts_asked = [small::BIRTH_DATE, ILL].concat();
    let mut all = vec![
        ("facts/a.toml", facts_asked.as_str()),
        ("papers/a.toml", PAPERS),
        ("parameters/a.toml", AMOUNTS),
    ];
    all.extend(files.iter().map(|(path, text)| (*path, text.as_str())));
    let rules = small::compiled(&small::files(&all));
    let household = format!("{{\"format\": 1, \"persons\": [{{\"id\": \"a\", {facts}}}]}}");
    let household = read_household(&rules, household.as_bytes()).unwrap();
    let (from, until) = (Month::parse(from).unwrap(), Month::parse(until).unwrap());
    let calendar = calendar(&rules, &household, from, until);
    let found: Vec<_> = calendar
        .changes
        .iter()
        .map(|c| {
            let answer = |outcome: Option<Outcome>| outcome.map_or(Answer::NotEntitled, |o| o.answer);
            let what: Vec<What> = c.causes.iter().map(|cause| cause.what.clone()).collect();
            (c.on, answer(c.before), answer(c.after), what)
        })
        .collect();
    assert_eq!(found, expected);
}

fn first(when: &str, more: &str) -> [(&'static str, String); 1] {
    [("programmes/first/2021-01-01.toml", programme("first", when, "", more))]
}

fn turns(count: i64) -> What {
    What::Complete {
        person: Some(0),
        fact: FactId(0),
        count,
        years: true,
        how: Certainty::Known,
    }
}

#[test]
fn who_is_born_on_29_february_has_birthdays_on_1_march() {
    let facts = r#""facts": {"birth_date": "2008-02-29"}"#;
    let day = date(2026, 3, 1);
    check(
        &first("age >= 18", ""),
        facts,
        "2025-01",
        "2026-09",
        &[(day, NotEntitled, Entitled, turns(18))],
    );
    let leap = date(2024, 2, 29);
    check(
        &first("age >= 16", ""),
        facts,
        "2024-01",
        "2026-09",
        &[(leap, NotEntitled, Entitled, turns(16))],
    );
}

#[test]
fn where_a_calendar_year_begins_the_rule_names_the_day() {
    let facts = r#""facts": {"birth_date": "2020-06-15"}"#;
    check(
        &first(
            "years_between(2000-01-01, day) - years_between(2000-01-01, birth_date) <= 6",
            "",
        ),
        facts,
        "2026-11",
        "2028-01",
        &[(date(2027, 1, 1), Entitled, NotEntitled, What::NamedDay)],
    );
}

#[test]
fn what_a_paper_proved_is_open_from_the_day_after_it_runs_out() {
    let facts = r#""facts": {"ill": {"is": true, "paper": "note", "until": "2024-06-30"}}"#;
    let what = What::Paper {
        person: Some(0),
        fact: FactId(1),
        paper: "note".to_owned(),
        until: date(2024, 6, 30),
    };
    check(
        &first("ill", ""),
        facts,
        "2024-06",
        "2026-09",
        &[(date(2024, 7, 1), Entitled, Open, what)],
    );
}

#[test]
fn an_amount_set_by_date_changes_on_its_day() {
    let facts = r#""facts": {"ill": true}"#;
    check(
        &first("ill", ""),
        facts,
        "2026-01",
        "2030-01",
        &[(date(2026, 10, 5), Entitled, Entitled, What::Parameter(0))],
    );
}

#[test]
fn a_month_in_which_it_ends_is_paid_where_the_law_says_so() {
    let facts = r#""facts": {"birth_date": "2009-03-12"}"#;
    check(
        &first("age < 16", ""),
        facts,
        "2024-01",
        "2026-09",
        &[(date(2025, 3, 12), Entitled, NotEntitled, turns(16))],
    );
    let stop = "[stop]\nmonth = \"after the loss\"\ncite = \"LAW\"\n";
    let last = What::LastMonth {
        programme: 0,
        version: 0,
    };
    let day = date(2025, 4, 1);
    let files = first("age < 16", stop);
    check_all(
        &files,
        facts,
        "2024-01",
        "2026-09",
        &[(day, Entitled, NotEntitled, vec![turns(16), last])],
    );
}

#[test]
fn a_new_version_of_a_rule_counts_from_its_day_and_an_end_is_an_end() {
    let files = [
        ("programmes/first/2021-01-01.toml", programme("first", "ill", "", "")),
        (
            "programmes/first/2024-05-10.toml",
            programme("first", "not ill", "ends = 2025-02-01", ""),
        ),
    ];
    let version = |version| What::Version { programme: 0, version };
    check(
        &files,
        r#""facts": {"ill": true}"#,
        "2020-11",
        "2026-09",
        &[
            (date(2021, 1, 1), NotCovered, Entitled, version(Some(0))),
            (date(2024, 5, 10), Entitled, NotEntitled, version(Some(1))),
            (date(2025, 2, 1), NotEntitled, NotCovered, version(None)),
        ],
    );
}

#[test]
fn who_dies_is_paid_no_more_and_who_is_born_begins_to_be() {
    let facts = r#""died_on": "2024-08-09", "facts": {"birth_date": "2024-03-04"}"#;
    check(
        &first("age >= 0", ""),
        facts,
        "2024-01",
        "2026-09",
        &[
            (date(2024, 3, 4), NotEntitled, Entitled, What::Born(0)),
            (date(2024, 8, 9), Entitled, NotEntitled, What::Dies(0)),
        ],
    );
}

/// A term in which the highest age of 15 is ours, and a programme that rests on it.
fn asked_to_15(when: &str, mark: &str) -> Vec<(&'static str, String)> {
    let term = format!(
        "[person.young]\ntitle = {{ vi = \"x\", en = \"x\" }}\ntype = \"yes or no\"\nis = \"age < 15 and ill\"\n{mark}\n"
    );
    let mut files = first(when, "").to_vec();
    files.push(("terms/a.toml", term));
    files
}

/// The ends in the life of somebody who turns 15 on 10 March 2027, and whether each is only to be looked at again.
fn ends(files: &[(&str, String)]) -> Vec<(Date, bool)> {
    let facts_asked = [small::BIRTH_DATE, ILL].concat();
    let mut all = vec![
        ("facts/a.toml", facts_asked.as_str()),
        ("papers/a.toml", PAPERS),
        ("parameters/a.toml", AMOUNTS),
    ];
    all.extend(files.iter().map(|(path, text)| (*path, text.as_str())));
    let rules = small::compiled(&small::files(&all));
    let household = r#"{"format": 1, "persons": [{"id": "a", "facts": {"birth_date": "2012-03-10", "ill": true}}]}"#;
    let household = read_household(&rules, household.as_bytes()).unwrap();
    let (from, until) = (Month::parse("2026-11").unwrap(), Month::parse("2031-01").unwrap());
    let calendar = calendar(&rules, &household, from, until);
    let ends = calendar.changes.iter().filter(|changed| changed.is_an_end());
    let ends: Vec<_> = ends.map(|c| (c.on, c.is_to_be_looked_at_again())).collect();
    let next = assess(&rules, &household, from, Depth::Soon).determinations[0].next_change;
    let next = next
        .filter(|next| next.answer == NotEntitled)
        .map(|next| (next.on, next.look_again));
    assert_eq!(
        next,
        ends.first().copied(),
        "the next change says the same as the calendar"
    );
    ends
}

#[test]
fn what_ends_by_a_limit_of_ours_alone_is_to_be_looked_at_again() {
    let (birthday, ours) = (date(2027, 3, 10), "asks_fewer = true");
    assert_eq!(ends(&asked_to_15("young", ours)), [(birthday, true)]);
    assert_eq!(ends(&asked_to_15("young", "")), [(birthday, false)]);
    // The law has the same limit.
    assert_eq!(ends(&asked_to_15("young and age < 15", ours)), [(birthday, false)]);
}
