//! The national library compiles without a finding, and every worked case in it comes out as written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::{Path, PathBuf};

use ansinh_engine::casebook::run_cases;

fn rule_files() -> Vec<(String, Vec<u8>)> {
    fn collect(root: &Path, folder: PathBuf, files: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, path, files);
            } else if path.extension().is_some_and(|e| e == "toml") {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                files.push((name, std::fs::read(path).unwrap()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/vn");
    let mut files = Vec::new();
    collect(&root, root.clone(), &mut files);
    files.sort();
    files
}

#[test]
fn every_worked_case_comes_out_as_written() {
    let (rules, findings) = ansinh_engine::compile(&rule_files(), "");
    let findings: Vec<String> = findings
        .iter()
        .map(|f| format!("{f} {:?} {:?}", f.span, f.hint))
        .collect();
    assert!(findings.is_empty(), "{}", findings.join("\n"));
    let results = run_cases(&rules.unwrap());
    assert!(results.len() > 300, "only {} cases were found", results.len());
    let failed: Vec<String> = results
        .iter()
        .filter(|r| !r.differences.is_empty())
        .map(|r| format!("{} / {}\n    {}", r.programme, r.title, r.differences.join("\n    ")))
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} failed\n{}",
        failed.len(),
        results.len(),
        failed.join("\n")
    );
}
