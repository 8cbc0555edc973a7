//! What is given, in words and in sums.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::household::{Household, Person};
use crate::small;
use crate::{Depth, Month, assess};

use super::{Every, Language, report};

/// A report on one person about programmes of which each gives something to everybody.
fn given(pays: &[&str]) -> super::Report {
    let group = small::group("all", "yes");
    let rules: Vec<String> = pays.iter().map(|pays| format!("[pays]\n{pays}\n{group}")).collect();
    let programmes: Vec<(String, String)> = rules
        .iter()
        .zip('a'..)
        .map(|(rule, id)| {
            let id = format!("help_{id}");
            let path = format!("programmes/{}/2020-01-01.toml", id.replace('_', "-"));
            (path, small::programme(&id, rule))
        })
        .collect();
    let files: Vec<(&str, &str)> = programmes
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let rules = small::compiled(&small::files(
        &[&[("facts/all.toml", small::BIRTH_DATE)], files.as_slice()].concat(),
    ));
    let household = Household {
        persons: vec![Person::default()],
        ..Household::default()
    };
    let assessment = assess(&rules, &household, Month::parse("2026-11").unwrap(), Depth::Answers);
    report(&rules, &household, &assessment, Language::En)
}

const LOAN: &str = r#"what = "loan"
every = "once"
amount = "100_000_000"
rounding = "exact"
label = { vi = "Vay", en = "Loan at 6.24 % a year" }"#;

const BOOKS: &str = r#"what = "cash"
every = "year"
amount = "1_000_000"
rounding = "exact""#;

const LUNCH: &str = r#"what = "cash"
every = "month"
amount = "360_000"
rounding = "exact"
limit = { cite = "LAW Đ2", vi = "nhiều nhất 9 tháng", en = "at most 9 months a school year" }"#;

const RICE: &str = r#"what = "in_kind"
every = "month"
amount = "150_000"
rounding = "exact"
label = { vi = "Gạo", en = "Rice" }"#;

#[test]
fn sums_hold_what_is_paid_in_cash_and_how_often() {
    let totals = given(&[LOAN, BOOKS, LUNCH, RICE]).totals;
    assert_eq!((totals.month.low, totals.month.high), (360_000, 360_000));
    let year = totals.year.unwrap();
    assert_eq!((year.every, year.text.as_str()), (Every::Year, "1,000,000 VND a year"));
    assert_eq!(totals.once, None, "what is lent is not given");
}

#[test]
fn what_is_lent_limited_or_in_kind_is_said_beside_the_amount() {
    let report = given(&[LOAN, LUNCH, RICE]);
    let gives: Vec<&str> = report.rows.iter().map(|row| row.gives.as_str()).collect();
    assert_eq!(
        gives,
        [
            "Loan at 6.24 % a year: 100,000,000 VND once",
            "360,000 VND a month, at most 9 months a school year",
            "Rice: 150,000 VND a month",
        ]
    );
    let note = &report.rows[1].notes[0];
    assert_eq!(note.text, "Limit: at most 9 months a school year");
    assert_eq!(note.articles.len(), 1, "a limit has its article");
}
