//! The program as it is used: arguments and files in, text and exit codes out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use std::fs;
use std::io::Read;
use std::process::Stdio;

use common::schema::fits;
use common::{ansinh, command, household};
use serde_json::{Value, json};

fn screened(name: &str, month: &str) -> Value {
    let outcome = ansinh(&["screen", &household(name), "--month", month, "--json", "--lang", "en"]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

/// Standing and amount of one row.
fn row(report: &Value, programme: &str, person: &str) -> (String, Value) {
    let rows = report["rows"].as_array().unwrap();
    let row = rows
        .iter()
        .find(|row| row["programme"] == programme && row["person"] == person);
    let row = row.unwrap_or_else(|| panic!("no {programme} for {person}"));
    let amount = &row["amount"];
    let paid = if amount.is_null() {
        Value::Null
    } else {
        json!([amount["low"], amount["high"]])
    };
    (row["standing"].as_str().unwrap().to_owned(), paid)
}

#[test]
fn the_five_households_come_out_as_the_law_says() {
    let check = |name: &str, month: &str, programme: &str, person: &str, standing: &str, low: i64, high: i64| {
        let found = row(&screened(name, month), programme, person);
        assert_eq!(
            found,
            (standing.to_owned(), json!([low, high])),
            "{name} in {month}: {programme} for {person}"
        );
    };
    check(
        "a-man-of-78",
        "2025-12",
        "social_pension",
        "p1",
        "can_apply",
        500_000,
        500_000,
    );
    check(
        "a-man-of-78",
        "2026-11",
        "social_pension",
        "p1",
        "can_apply",
        540_000,
        540_000,
    );
    check(
        "b-orphan-girl",
        "2024-06",
        "monthly_social_allowance",
        "p2",
        "can_apply",
        900_000,
        900_000,
    );
    check(
        "b-orphan-girl",
        "2024-07",
        "monthly_social_allowance",
        "p2",
        "can_apply",
        1_250_000,
        1_250_000,
    );
    check(
        "c-disabled-mother",
        "2026-11",
        "monthly_social_allowance",
        "p2",
        "receiving",
        810_000,
        810_000,
    );
    check(
        "c-disabled-mother",
        "2026-11",
        "care_support",
        "p2",
        "can_apply",
        1_080_000,
        1_080_000,
    );
    check(
        "d-widowed-mother",
        "2026-11",
        "monthly_social_allowance",
        "p1",
        "receiving",
        810_000,
        810_000,
    );
    check(
        "d-widowed-mother",
        "2026-11",
        "single_poor_parent",
        "p1",
        "receiving",
        1_080_000,
        1_080_000,
    );
    check(
        "e-about-1951",
        "2026-11",
        "social_pension",
        "p1",
        "needs_fact",
        0,
        540_000,
    );
}

#[test]
fn a_screening_says_everything_in_both_languages() {
    let file = household("e-about-1951");
    let vi = ansinh(&["screen", &file, "--month", "2026-11"]);
    let en = ansinh(&["screen", &file, "--month", "2026-11", "--lang", "en"]);
    assert_eq!((vi.code, en.code), (0, 0));
    for text in [
        "DỮ LIỆU MẪU, KHÔNG CÓ THẬT",
        "Xét cho tháng 11/2026",
        "Bộ quy tắc: vn số 1",
        "sha256:",
        "Có thể đề nghị ngay (",
        "Đang hưởng (0)",
        "Cần thêm thông tin (",
        "Sẽ đủ điều kiện (",
        "Chưa đủ điều kiện (",
        "Chưa tính được (",
        "Trợ cấp hưu trí xã hội",
        "540.000 đồng",
        "Thông tin còn thiếu",
        "không phải quyết định hưởng",
    ] {
        assert!(vi.stdout.contains(text), "{text} is missing in\n{}", vi.stdout);
    }
    for text in [
        "SAMPLE DATA, NOT REAL",
        "Judged for November 2026",
        "Can apply now (",
        "More information needed (",
        "Could not be computed (",
        "Social pension",
        "Facts missing",
        "not a decision",
    ] {
        assert!(en.stdout.contains(text), "{text} is missing in\n{}", en.stdout);
    }
}

#[test]
fn nothing_is_wider_than_the_page_or_coloured_in_a_pipe() {
    for name in ["a-man-of-78", "c-disabled-mother", "d-widowed-mother"] {
        for lang in ["vi", "en"] {
            let outcome = ansinh(&["screen", &household(name), "--month", "2026-11", "--lang", lang]);
            for line in outcome.stdout.lines() {
                let width = unicode_width::UnicodeWidthStr::width(line);
                assert!(width <= 80, "{width} columns: {line}");
            }
            let tables = outcome.stdout.lines().filter(|line| line.starts_with('│'));
            for line in tables {
                assert_eq!(
                    unicode_width::UnicodeWidthStr::width(line),
                    80,
                    "a table is not aligned: {line}"
                );
            }
            assert!(!outcome.stdout.contains('\u{1b}'));
        }
    }
}

#[test]
fn an_answer_is_explained_down_to_articles_and_arithmetic() {
    let file = household("c-disabled-mother");
    let vi = ansinh(&[
        "explain",
        &file,
        "monthly_social_allowance",
        "--person",
        "p2",
        "--month",
        "2026-11",
    ]);
    assert_eq!(vi.code, 0, "{}", vi.stderr);
    for text in [
        "Trợ cấp xã hội hằng tháng · Đỗ Thị Huệ",
        "✓ Người khuyết tật nặng, đặc biệt nặng [thuộc nhóm này]",
        "✗ Trẻ em không có nguồn nuôi dưỡng [không thuộc nhóm này]",
        "giá trị: Nặng (Giấy xác nhận khuyết tật",
        "§ khoản 6 Điều 5 Nghị định 335/2026/NĐ-CP",
        "Cách tính",
        "540.000 × 1,5 = 810.000 đồng mỗi tháng",
        "Giấy tờ",
        "Điều gì sẽ làm đổi kết quả",
        "Cách đề nghị",
    ] {
        assert!(vi.stdout.contains(text), "{text} is missing in\n{}", vi.stdout);
    }
    assert!(!vi.stdout.contains("· Phạm Văn Khôi"), "only the person asked for");
    let en = ansinh(&[
        "explain",
        &file,
        "monthly-social-allowance",
        "--month",
        "2026-11",
        "--lang",
        "en",
    ]);
    assert_eq!(en.code, 0);
    assert!(
        en.stdout.contains("Arithmetic") && en.stdout.contains("[in this group]"),
        "{}",
        en.stdout
    );
}

#[test]
fn json_is_what_the_schema_says() {
    let schema: Value = serde_json::from_str(&ansinh(&["schema", "result"]).stdout).unwrap();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for name in [
        "a-man-of-78",
        "b-orphan-girl",
        "c-disabled-mother",
        "d-widowed-mother",
        "e-about-1951",
    ] {
        let report = screened(name, "2026-11");
        let mut mistakes = Vec::new();
        fits(&report, &schema, &schema, "$", &mut mistakes);
        assert!(mistakes.is_empty(), "{name}: {mistakes:#?}");
    }
}

#[test]
fn a_calendar_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(&ansinh(&["schema", "calendar"]).stdout).unwrap();
    for name in ["b-orphan-girl", "f-leap-day"] {
        let outcome = ansinh(&["calendar", &household(name), "--from", "2026-08", "--json"]);
        let found: Value = serde_json::from_str(&outcome.stdout).unwrap();
        assert!(!found["days"].as_array().unwrap().is_empty(), "{name} has no days");
        let mut mistakes = Vec::new();
        fits(&found, &schema, &schema, "$", &mut mistakes);
        assert!(mistakes.is_empty(), "{name}: {mistakes:#?}");
    }
    assert_eq!(ansinh(&["calendar", &household("f-leap-day"), "--years", "0"]).code, 2);
}

#[test]
fn exit_codes_are_as_documented() {
    let file = household("a-man-of-78");
    let check = |words: &[&str], code: i32| {
        let outcome = ansinh(words);
        assert_eq!(outcome.code, code, "{words:?}\n{}{}", outcome.stdout, outcome.stderr);
        outcome
    };
    check(&["--help"], 0);
    check(&[], 2);
    check(&["scream", &file], 2);
    check(&["screen", &file, "--month", "2026-13"], 2);
    check(&["explain", &file, "social_pensoin", "--month", "2026-11"], 2).says("did you mean `social_pension`?");
    check(
        &[
            "explain",
            &file,
            "social_pension",
            "--person",
            "p7",
            "--month",
            "2026-11",
        ],
        2,
    )
    .says("persons: p1");
    check(&["check", "--explain", "E9999"], 2);
    check(&["screen", "nowhere.json"], 3).says("nowhere.json");
    check(&["screen", &file, "--rules", "nowhere"], 3).says("nowhere");
    check(&["check", "nowhere"], 3);
    let broken = common::with_input(&["screen", "-"], "{ \"format\": 1, ");
    assert_eq!(broken.code, 3);
    for words in [
        &["--help"][..],
        &["screen", "--help"],
        &["check", "--help"],
        &["sample", "--help"],
    ] {
        let help = check(words, 0);
        assert!(
            help.stdout.contains("Examples:") && help.stdout.contains("Exit codes:"),
            "{words:?}"
        );
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = command(&["sample", "--households", "3000"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut [0; 100]).unwrap();
    drop(out);
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let status = command(&["schema", "result"])
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(4));
}

#[test]
fn the_summary_is_written_as_a_pdf() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("summary.pdf");
    let outcome = ansinh(&[
        "screen",
        &household("a-man-of-78"),
        "--month",
        "2026-11",
        "--pdf",
        file.to_str().unwrap(),
    ]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    assert!(outcome.stdout.contains("Có thể đề nghị ngay"));
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn the_same_seed_makes_the_same_invented_commune() {
    let make = |seed: &str| ansinh(&["sample", "--households", "20", "--seed", seed]).stdout;
    let first = make("1");
    assert_eq!(first, make("1"));
    assert_ne!(first, make("2"));
    let households: Vec<Value> = serde_json::from_str(&first).unwrap();
    assert_eq!(households.len(), 20);
    for household in &households {
        assert_eq!(household["invented"], true);
        let outcome = common::with_input(&["screen", "-", "--month", "2026-11"], &household.to_string());
        assert_eq!(outcome.code, 0, "{}\n{household}", outcome.stderr);
        assert!(outcome.stdout.contains("DỮ LIỆU MẪU"));
    }
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("commune");
    let outcome = ansinh(&[
        "sample",
        "--households",
        "20",
        "--seed",
        "1",
        "--out",
        out.to_str().unwrap(),
    ]);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    let first: Value = serde_json::from_slice(&fs::read(out.join("0001.json")).unwrap()).unwrap();
    assert_eq!(first, households[0]);
}
