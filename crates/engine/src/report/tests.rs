//! What is given, in words and in sums.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use crate::household::{Household, Person, read_household};
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

/// A report on An, who is ill, and Bình of whom this is known; of each contest one benefit is paid for all of `each`.
fn competing(each: &str, second: &str, of_binh: &str, language: Language) -> super::Report {
    let fact = |name: &str, title: &str| {
        format!(
            "[{name}]\ntitle = {{ vi = \"{title}\", en = \"{title}\" }}\ntype = \"yes or no\"\n\
             ask = {{ vi = \"{title}?\", en = \"{title}?\" }}\n"
        )
    };
    let facts = [
        fact("person.ill", "Ốm"),
        fact("person.grey", "Già"),
        fact("household.poor", "Nghèo"),
    ]
    .concat();
    let choose = format!("[choose]\nhighest = \"pays\"\nacross = \"word\"\neach = \"{each}\"\ncite = \"LAW Đ2\"\n");
    let rule = |amount: &str, when: &str| format!("{}{}{choose}", small::cash(amount), small::group("all", when));
    let first = small::programme("help_a", &rule("500_000", "ill"));
    let mut other = small::programme("help_b", &rule("700_000", second));
    if each == "household" {
        other = other.replace("for = \"person\"", "for = \"household\"");
    }
    let rules = small::compiled(&small::files(&[
        ("facts/birth.toml", small::BIRTH_DATE),
        ("facts/all.toml", &facts),
        ("programmes/help-a/2020-01-01.toml", &first),
        ("programmes/help-b/2020-01-01.toml", &other),
    ]));
    let household = format!(
        r#"{{ "format": 1, "facts": {{ "poor": true }}, "persons": [
            {{ "id": "an", "name": "An", "partner": "binh",
               "facts": {{ "birth_date": "1980-01-01", "ill": true, "grey": false }} }},
            {{ "id": "binh", "name": "Bình", "facts": {{ "birth_date": "1980-01-01", "ill": false{of_binh} }} }}
        ] }}"#
    );
    let household = read_household(&rules, household.as_bytes()).unwrap();
    let assessment = assess(&rules, &household, Month::parse("2026-11").unwrap(), Depth::Answers);
    report(&rules, &household, &assessment, language)
}

fn combination(report: &super::Report, programme: &str, who: &str) -> String {
    let mut rows = report.rows.iter();
    let row = rows.find(|row| row.programme == programme && row.who == who).unwrap();
    row.combination.clone().unwrap()
}

#[test]
fn what_gives_way_to_the_benefit_of_somebody_else_says_to_whose() {
    let report = competing("couple", "grey", r#", "grey": true"#, Language::Vi);
    assert_eq!(
        combination(&report, "help_a", "An"),
        "Nhường cho: Trợ giúp của Bình. Riêng khoản này lẽ ra là 500.000 đồng mỗi tháng"
    );
    assert_eq!(
        combination(&report, "help_b", "Bình"),
        "Cao hơn Trợ giúp của An (500.000 đồng mỗi tháng), nên hưởng khoản này"
    );
    assert_eq!((report.totals.month.low, report.totals.month.high), (700_000, 700_000));
    let report = competing("household", "poor", r#", "grey": true"#, Language::En);
    assert_eq!(
        combination(&report, "help_a", "An"),
        "Gives way to: Help of the household. By itself this would be 500,000 VND a month"
    );
}

#[test]
fn a_fact_of_the_partner_that_decides_is_asked_with_the_name_and_the_sum_counts_one_benefit() {
    let report = competing("couple", "grey", "", Language::Vi);
    let row = report
        .rows
        .iter()
        .find(|row| row.programme == "help_a" && row.who == "An")
        .unwrap();
    assert_eq!(row.summary, "Cần thêm: Già (Bình).");
    assert_eq!(
        combination(&report, "help_a", "An"),
        "Chỉ hưởng một khoản, khoản cao nhất, cùng với: Trợ giúp của Bình"
    );
    assert_eq!((report.totals.month.low, report.totals.month.high), (0, 700_000));
}
