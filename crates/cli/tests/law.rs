//! The register of instruments from a terminal, and the coverage page kept beside the rules.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{a_copy_of_the_rules, ansinh, root, same_as_kept};
use serde_json::Value;

/// Runs `law` over the invented law, in both languages, and compares with the files of that name.
fn check(name: &str, words: &[&str]) {
    let folder = root().join("tests/laws/invented");
    for lang in ["vi", "en"] {
        let outcome = ansinh(&[&["law", folder.to_str().unwrap(), "--lang", lang], words].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.stderr);
        same_as_kept(&format!("law.{name}.{lang}.txt"), &outcome.stdout);
    }
}

fn national() -> String {
    root().join("rules/vn").display().to_string()
}

fn report(words: &[&str]) -> Value {
    let outcome = ansinh(&[&["law"], words, &["--json", "--lang", "en"]].concat());
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

#[test]
fn the_register_lists_every_text_and_what_rests_on_it() {
    check("register", &[]);
}

#[test]
fn what_rests_on_an_article_is_found() {
    check("article", &["--article", "ND2 Đ5.1"]);
}

#[test]
fn what_is_due_is_named() {
    check("due", &["--due", "--on", "2026-11-22"]);
}

#[test]
fn the_coverage_page_of_an_invented_law() {
    let folder = root().join("tests/laws/invented");
    let outcome = ansinh(&["law", folder.to_str().unwrap(), "--coverage-page"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    same_as_kept("law.coverage-page.md", &outcome.stdout);
}

#[test]
fn the_invented_law_is_law() {
    let folder = root().join("tests/laws/invented");
    let outcome = ansinh(&["check", folder.to_str().unwrap()]);
    assert_eq!(outcome.code, 0, "{}", outcome.stdout);
    let outcome = ansinh(&["test", folder.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stdout);
}

#[test]
fn the_coverage_page_of_the_national_rules_is_of_these_files() {
    let outcome = ansinh(&["law", &national(), "--coverage-page"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let kept = fs::read_to_string(root().join("rules/vn/COVERAGE.md")).unwrap_or_default();
    let differs = outcome.stdout.lines().zip(kept.lines()).position(|(a, b)| a != b);
    assert!(
        outcome.stdout == kept.replace("\r\n", "\n"),
        "rules/vn/COVERAGE.md is out of date{}; write it again: \
         cargo run -p ansinh-cli -- law rules/vn --coverage-page --write",
        differs.map(|at| format!(" from line {}", at + 1)).unwrap_or_default()
    );
}

#[test]
fn the_page_is_written_beside_the_rules_and_is_no_part_of_the_release() {
    let rules = a_copy_of_the_rules();
    let folder = rules.path().to_str().unwrap();
    let before = ansinh(&["release", "digest", folder]);
    let page = rules.path().join("COVERAGE.md");
    fs::write(&page, "stale").unwrap();
    let outcome = ansinh(&["law", folder, "--coverage-page", "--write"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert_eq!(
        fs::read_to_string(&page).unwrap(),
        ansinh(&["law", folder, "--coverage-page"]).stdout
    );
    let after = ansinh(&["release", "digest", folder]);
    assert_eq!((after.code, after.stdout), (0, before.stdout));
    let built_in = ansinh(&["law", "--coverage-page", "--write"]);
    assert_eq!(built_in.code, 2, "there is no folder to write to");
}

/// The citations written in a file: strings in quotation marks that begin with an id of an instrument and go on as one.
fn citations_in(text: &str, ids: &[&str]) -> usize {
    let strings = text.lines().flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_citation = |string: &&str| match string.split(' ').collect::<Vec<_>>()[..] {
        [id] => ids.contains(&id),
        [id, article] => ids.contains(&id) && article.starts_with('Đ'),
        [id, form, _] => ids.contains(&id) && form == "Mẫu",
        _ => false,
    };
    strings.filter(is_citation).count()
}

#[test]
fn every_national_citation_is_in_the_register_and_at_its_line() {
    let entries = report(&[&national()]);
    let entries = entries["instruments"].as_array().unwrap();
    let ids: Vec<&str> = entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    let mut n_written = 0;
    for folder in ["parameters", "facts", "terms", "programmes", "provinces", "holidays"] {
        for file in files_below(&root().join("rules/vn").join(folder)) {
            n_written += citations_in(&fs::read_to_string(file).unwrap(), &ids);
        }
    }
    let n_listed: u64 = entries.iter().map(|entry| entry["n_citations"].as_u64().unwrap()).sum();
    assert_eq!(n_listed, n_written as u64, "as many as are written in the files");
    for entry in entries.iter().step_by(10) {
        let id = entry["id"].as_str().unwrap();
        let found = report(&[&national(), "--article", id]);
        let inside = found["inside"].as_array().unwrap();
        assert_eq!(inside.len() as u64, entry["n_citations"].as_u64().unwrap(), "{id}");
        for rule in inside {
            let text = fs::read_to_string(root().join("rules/vn").join(rule["path"].as_str().unwrap())).unwrap();
            let line = usize::try_from(rule["line"].as_u64().unwrap()).unwrap();
            let citation = format!("\"{}\"", rule["citation"].as_str().unwrap());
            let written = text.lines().nth(line - 1).unwrap_or_default();
            assert!(written.contains(&citation), "{rule} is not at its line: {written}");
        }
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] })
        .collect()
}

#[test]
fn a_place_adds_its_own_texts() {
    let hanoi = root().join("rules/vn-01-ha-noi").display().to_string();
    let found = report(&[&national(), &hanoi, "--article", "63/2025/NQ-HĐND"]);
    let values = found["inside"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|rule| rule["part"] == "value");
    let paths: Vec<&str> = values.map(|rule| rule["path"].as_str().unwrap()).collect();
    assert!(
        paths.iter().any(|path| path.ends_with("parameters/levels.toml")),
        "{paths:?}"
    );
    let page = ansinh(&["law", &national(), &hanoi, "--coverage-page"]);
    assert_eq!(page.code, 2, "a page is of one folder");
}

#[test]
fn an_article_that_is_none_is_wrong_use() {
    let folder = root().join("tests/laws/invented");
    let folder = folder.to_str().unwrap();
    let outcome = ansinh(&["law", folder, "--article", "ND9 Đ5", "--lang", "en"]);
    assert_eq!(outcome.code, 2);
    outcome
        .says("`nd9` is no instrument of these rules")
        .says("article 6(1)(e)");
    let outcome = ansinh(&["law", folder, "--article", "khoản 1 ND1"]);
    assert_eq!(outcome.code, 2);
    outcome.says("thiếu điều");
    assert_eq!(
        ansinh(&["law", folder, "--on", "2026-11-22"]).code,
        2,
        "a day goes with --due"
    );
}
