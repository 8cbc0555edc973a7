#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use super::expressions::{Asked, changed};
use super::*;
use crate::diagnostic::Findings;
use crate::syntax::parse;

fn check(text: &str, asked: Asked, expected: &[&str]) {
    let mut findings = Findings::new(["a"]);
    let expr = parse(text, Span::default(), &mut findings);
    assert!(!findings.any_error(), "{text}");
    let found: Vec<String> = changed(&expr, asked)
        .iter()
        .map(|(_, other)| other.to_string())
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn comparisons_change_their_bound_and_their_constant() {
    check("age < 16", Asked::Truth, &["age <= 16", "age < 17", "age < 15"]);
    check("age >= 0", Asked::Truth, &["age > 0", "age >= 1", "age >= -1"]);
    check("pension = none", Asked::Truth, &["pension != none"]);
    check(
        "age in 16 ..< 22",
        Asked::Truth,
        &[
            "age in 16 ..= 22",
            "age in 17 ..< 22",
            "age in 15 ..< 22",
            "age in 16 ..< 23",
            "age in 16 ..< 21",
        ],
    );
    check(
        "birth_date >= 2004-10-05",
        Asked::Truth,
        &[
            "birth_date > 2004-10-05",
            "birth_date >= 2004-10-06",
            "birth_date >= 2004-10-04",
        ],
    );
}

#[test]
fn conditions_are_left_out_joined_otherwise_and_turned_round() {
    check(
        "hiv and (poor or abandoned)",
        Asked::Truth,
        &[
            "poor or abandoned",
            "hiv",
            "hiv or (poor or abandoned)",
            "not hiv and (poor or abandoned)",
            "hiv and abandoned",
            "hiv and poor",
            "hiv and (poor and abandoned)",
            "hiv and (not poor or abandoned)",
            "hiv and (poor or not abandoned)",
        ],
    );
    check("not group.a", Asked::Truth, &["group.a", "not not group.a"]);
    check(
        "degree in [mild, severe]",
        Asked::Truth,
        &["not degree in [mild, severe]", "degree in [severe]", "degree in [mild]"],
    );
    check("paper is absent", Asked::Truth, &["paper is not absent"]);
}

#[test]
fn amounts_lose_factors_branches_and_who_is_counted() {
    check(
        "level * (count children where small)",
        Asked::Value,
        &[
            "level",
            "count children where small",
            "level * count children",
            "level * (count children where not small)",
        ],
    );
    check(
        "if paid_now.a then high else low",
        Asked::Value,
        &["high", "low", "if not paid_now.a then high else low"],
    );
    check(
        "min(a, b) - 1",
        Asked::Value,
        &["min(a, b) + 1", "max(a, b) - 1", "min(a, b) - 2", "min(a, b) - 0"],
    );
    check(
        "any children where small",
        Asked::Truth,
        &[
            "none children where small",
            "all children where small",
            "any children",
            "any children where not small",
        ],
    );
}

#[test]
fn a_table_reaches_to_the_next_head() {
    let text = "a = 1\n[b]\nc = [\n 1]\n# d\n[e.f]\ng = 2\n";
    let table = |byte: usize| table_at(text, byte).map(|(from, to)| &text[from..to]);
    assert_eq!(table(text.find("b]").unwrap()), Some("[b]\nc = [\n 1]\n# d\n"));
    assert_eq!(table(text.find("g").unwrap()), Some("[e.f]\ng = 2\n"));
}
