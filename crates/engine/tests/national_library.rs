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

#[test]
fn working_days_leave_out_rests_and_holidays_and_count_the_days_worked_instead() {
    let rules = ansinh_engine::compile(&rule_files(), "").0.unwrap();
    let day = |text: &str| text.parse::<jiff::civil::Date>().unwrap();
    for (on, is_worked) in [
        ("2026-11-23", Some(true)),
        ("2026-11-22", Some(false)),
        ("2026-02-17", Some(false)),
        ("2026-08-22", Some(true)),
        ("2026-08-31", Some(false)),
        ("2023-11-23", None),
    ] {
        assert_eq!(rules.is_working_day(day(on)), is_worked, "{on}");
    }
    for (from, n, last) in [
        ("2026-11-20", 0, Some("2026-11-20")),
        ("2026-11-20", 1, Some("2026-11-23")),
        ("2026-11-22", 5, Some("2026-11-27")),
        ("2026-08-20", 3, Some("2026-08-24")),
        ("2026-08-28", 1, Some("2026-09-03")),
        ("2026-12-24", 22, Some("2027-01-26")),
        ("2027-12-30", 5, None),
    ] {
        assert_eq!(rules.working_days_after(day(from), n), last.map(day), "{from} + {n}");
        if let Some(last) = last {
            assert_eq!(
                rules.working_days_between(day(from), day(last)),
                Some(n),
                "{from} to {last}"
            );
        }
    }
}
