//! What differs between two folders of rules, told in a terminal.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::fs;

use common::{a_copy_of_the_rules, ansinh, root};
use serde_json::Value;

#[test]
fn a_dated_value_is_told_in_words_and_shown_in_the_text() {
    let old = root().join("rules/vn").display().to_string();
    let copy = a_copy_of_the_rules();
    let path = copy.path().join("parameters/levels.toml");
    let text = fs::read_to_string(&path).unwrap();
    let (start, rest) = text.split_once("\n]\n").unwrap();
    let added = "  { from = 2099-01-01, is = 999_000, cite = \"ND335 Đ4.2\", checked = 2026-11-22 },";
    fs::write(&path, format!("{start}\n{added}\n]\n{rest}")).unwrap();
    let new = copy.path().display().to_string();

    let outcome = ansinh(&["release", "diff", &old, &new, "--text", "--lang", "en"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(
        outcome
            .stdout
            .contains("+ value from 1 January 2099: 999,000 VND a month"),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.contains(added.trim()), "{}", outcome.stdout);

    let outcome = ansinh(&["release", "diff", &old, &new, "--json"]);
    let found: Value = serde_json::from_str(&outcome.stdout).unwrap();
    assert_eq!(found["rules"].as_array().unwrap().len(), 1);
    assert_eq!(found["files"][0]["path"], "parameters/levels.toml");

    let outcome = ansinh(&["release", "diff", &old, &old]);
    assert!(outcome.stdout.contains("giống hệt nhau"), "{}", outcome.stdout);
}
