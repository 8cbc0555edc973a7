//! The national library compiles without a finding, and every worked case in it comes out as written.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod national;

use ansinh_engine::Language;
use ansinh_engine::casebook::run_cases;
use national::rule_files;

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
        .map(|r| {
            let differences: Vec<String> = r.differences.iter().map(|d| d.sentence(Language::En)).collect();
            format!("{} / {}\n    {}", r.programme, r.title, differences.join("\n    "))
        })
        .collect();
    assert!(
        failed.is_empty(),
        "{} of {} failed\n{}",
        failed.len(),
        results.len(),
        failed.join("\n")
    );
}
