//! What may stand in a household file, and how its mistakes are told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::fs;

use common::schema::fits;
use common::{Outcome, ansinh, command, root};
use serde_json::{Value, json};

#[test]
fn the_households_fit_their_own_schema() {
    let schema: Value = serde_json::from_str(&ansinh(&["schema", "household"]).stdout).unwrap();
    let folder = root().join("tests/households");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let household: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let mut mistakes = Vec::new();
        fits(&household, &schema, &schema, "$", &mut mistakes);
        assert!(mistakes.is_empty(), "{}: {mistakes:#?}", path.display());
    }
}

#[test]
fn every_mistake_of_a_household_file_is_told_at_once() {
    let broken = json!({
        "format": 1,
        "facts": { "poverty_status": "rich" },
        "persons": [
            { "id": "p1", "relation": "boss", "facts": { "birth_date": "12/03/1951" } },
            { "id": "p2", "parents": ["p9"], "facts": { "shoe_size": 42 } },
        ],
    });
    let paths = [
        "$.facts.poverty_status",
        "$.persons[0].relation",
        "$.persons[0].facts.birth_date",
        "$.persons[1].parents[0]",
        "$.persons[1].facts.shoe_size",
    ];
    let vi = common::with_input(&["screen", "-", "--month", "2026-11"], &broken.to_string());
    let en = common::with_input(
        &["screen", "-", "--month", "2026-11", "--lang", "en"],
        &broken.to_string(),
    );
    assert_eq!((vi.code, en.code), (3, 3));
    assert!(vi.stdout.is_empty() && en.stdout.is_empty());
    assert!(vi.stderr.contains("5 lỗi"), "{}", vi.stderr);
    assert!(en.stderr.contains("5 mistakes"), "{}", en.stderr);
    for path in paths {
        assert!(
            vi.stderr.contains(path) && en.stderr.contains(path),
            "{path} is missing in\n{}",
            vi.stderr
        );
    }
    assert!(vi.stderr.contains("quan hệ là một trong"), "{}", vi.stderr);
    assert!(en.stderr.contains("a relation is one of"), "{}", en.stderr);
}

#[test]
fn the_page_on_household_files_is_true() {
    let page = fs::read_to_string(root().join("docs/household-file.md")).unwrap();
    let block = |fence: &str| {
        let (_, rest) = page.split_once(fence).unwrap();
        rest.split_once("```").unwrap().0.trim().to_owned()
    };
    let example = block("```json\n");
    let outcome = common::with_input(&["screen", "-", "--month", "2026-11"], &example);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let broken = example
        .replace("\"1951\"", "\"12/03/1951\"")
        .replace("[\"p1\"]", "[\"p9\"]");
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("household.json"), broken).unwrap();
    let outcome = command(&["screen", "household.json"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let Outcome { code, stderr, .. } = Outcome::of(outcome);
    assert_eq!((code, stderr.trim()), (3, block("```text\n").as_str()));
}
