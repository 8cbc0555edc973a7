//! What fuzzing found interesting, and the repository's own files, through the same checks as the fuzz targets.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../../../fuzz/checks.rs"]
mod checks;

use std::fs;
use std::path::{Path, PathBuf};

use ansinh_release::built_in_files;

fn below(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut paths: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "nothing in {folder}");
    paths
}

/// Runs one check on every file of some folders; the file under check is named when it falls over.
fn run(check: fn(&[u8]), folders: &[&str]) {
    for path in folders.iter().flat_map(|folder| below(folder)) {
        let bytes = fs::read(&path).unwrap();
        if std::panic::catch_unwind(|| check(&bytes)).is_err() {
            panic!("see above: {}", path.display());
        }
    }
}

/// The national rules in one input.
fn national() -> Vec<u8> {
    let mut page = Vec::new();
    for (path, bytes) in built_in_files() {
        page.extend(format!("# path: {path}\n").into_bytes());
        page.extend(bytes);
        page.push(b'\n');
    }
    page
}

#[test]
fn rule_files() {
    let pages = ["err", "law", "ok"].map(|folder| format!("crates/engine/tests/{folder}"));
    let mut folders: Vec<&str> = pages.iter().map(String::as_str).collect();
    folders.push("fuzz/corpus/rules");
    run(checks::rules, &folders);
}

#[test]
fn the_national_rules() {
    checks::rules(&national());
}

#[test]
fn expressions() {
    run(checks::expression, &["fuzz/corpus/expression"]);
    let national = String::from_utf8(national()).unwrap();
    let quoted = national.lines().filter_map(|line| line.split_once(" = \""));
    let mut read = 0;
    for (key, text) in quoted.map(|(key, text)| (key.trim(), text)) {
        if ["when", "is", "amount"].contains(&key) {
            checks::expression(text.split('"').next().unwrap().as_bytes());
            read += 1;
        }
    }
    assert!(read > 200, "only {read} expressions");
}

#[test]
fn household_files() {
    run(checks::household, &["fuzz/corpus/household", "tests/households"]);
}

#[test]
fn releases() {
    run(checks::release, &["fuzz/corpus/release", "crates/engine/tests/ok"]);
    checks::release(&national());
}
