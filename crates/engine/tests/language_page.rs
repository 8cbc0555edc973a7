//! Every example of the language page is a test: the fenced blocks of `rules/LANGUAGE.md` are one rule folder.
//!
//! A block says after ```` ```toml ```` which file it is, or a part of; one marked `grammar` is the grammar. A block that says
//! neither is refused, so that no example goes untested.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ansinh_engine::casebook::run_cases;
use ansinh_engine::read::overlay_of;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/LANGUAGE.md");
    std::fs::read_to_string(path).unwrap()
}

/// The fenced blocks: what is said of each, and its text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(info) => {
                open = true;
                blocks.push((info.trim().to_owned(), String::new()));
            }
            None if open => {
                let text = &mut blocks.last_mut().unwrap().1;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    assert!(!open, "a block is not closed");
    blocks
}

/// The blocks as one rule folder; those of one path follow each other.
fn folder(page: &str) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (info, text) in blocks(page) {
        match info.strip_prefix("toml ") {
            Some(path) => files.entry(path.to_owned()).or_default().extend(text.into_bytes()),
            None if info == "grammar" => {}
            None => {
                return Err(format!(
                    "a block marked `{info}` is no file and not the grammar:\n{text}"
                ));
            }
        }
    }
    Ok(files.into_iter().collect())
}

#[test]
fn the_examples_are_right_and_their_cases_come_out_as_written() {
    let files = folder(&page()).unwrap();
    let national = files.iter().filter(|(path, _)| overlay_of(path).is_none()).cloned();
    // The national examples alone, then under the overlay, whose cases are its own.
    for files in [national.collect(), files] {
        let (rules, findings) = ansinh_engine::compile(&files, "");
        let findings: Vec<String> = findings.iter().map(|f| format!("{f} {:?}", f.hint)).collect();
        let rules = rules.unwrap_or_else(|| panic!("{}", findings.join("\n")));
        let results = run_cases(&rules);
        assert!(!results.is_empty(), "the page has a worked case");
        for result in results {
            assert!(
                result.differences.is_empty(),
                "{}: {:?}",
                result.title,
                result.differences
            );
        }
    }
}

#[test]
fn a_block_that_is_no_test_is_refused() {
    for unmarked in ["```\ntext\n```\n", "```toml\na = 1\n```\n"] {
        assert!(folder(&format!("{}{unmarked}", page())).is_err(), "{unmarked}");
    }
}

#[test]
fn every_production_of_the_grammar_is_defined_and_used() {
    let blocks = blocks(&page());
    let (_, grammar) = blocks.iter().find(|(info, _)| info == "grammar").unwrap();
    let mut defined: Vec<&str> = Vec::new();
    let mut used = BTreeSet::from(["expr"]);
    for line in grammar.lines() {
        let right = match line.split_once(" = ") {
            Some((left, right)) if !line.starts_with(' ') => {
                defined.push(left.trim());
                right
            }
            _ => line,
        };
        // What stands in quotation marks is written so; the rest are names of productions and signs.
        for outside in right.split('"').step_by(2) {
            let words = outside.split(|c: char| !c.is_ascii_alphabetic());
            used.extend(words.filter(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase())));
        }
    }
    let defined: BTreeSet<&str> = defined.into_iter().collect();
    assert_eq!(used, defined);
}
