//! Overlays: the bound holds on every day of any two lines of time, and an answer that rests on local law says so.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::{Path, PathBuf};

use ansinh_engine::casebook::run_cases;
use ansinh_engine::diagnostic::Diagnostic;
use ansinh_engine::household::read_household;
use ansinh_engine::overlay::{Bound, Stretch, breaches, first_common_day, pieces};
use ansinh_engine::read::path_in_overlay;
use ansinh_engine::report::{Row, report};
use ansinh_engine::{Depth, Language, Month, RuleSet, assess, compile};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use rust_decimal::Decimal;

type Files = Vec<(String, Vec<u8>)>;

fn folder(name: &str) -> Files {
    fn collect(root: &Path, folder: PathBuf, files: &mut Files) {
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
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name);
    let mut files = Files::new();
    collect(&root, root.clone(), &mut files);
    files
}

/// The national rules under those of a place.
fn laid_over(name: &str) -> Files {
    let mut files = folder("rules/vn");
    let own = name.rsplit('/').next().unwrap();
    files.extend(
        folder(name)
            .into_iter()
            .map(|(path, bytes)| (path_in_overlay(own, &path), bytes)),
    );
    files
}

fn rules_of(files: &Files) -> RuleSet {
    let (rules, found) = compile(files, "");
    let found: Vec<String> = found.iter().map(Diagnostic::to_string).collect();
    rules.unwrap_or_else(|| panic!("{}", found.join("\n")))
}

fn changed(files: &mut Files, path: &str, from: &str, to: &str) {
    let (_, bytes) = files.iter_mut().find(|(known, _)| known == path).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.contains(from), "{path} has {from}");
    *bytes = text.replace(from, to).into_bytes();
}

#[test]
fn worked_cases_of_overlays_come_out_as_written() {
    let overlays = [
        ("rules/vn-01-ha-noi", 80),
        ("rules/vn-22-quang-ninh", 34),
        ("rules/vn-31-hai-phong", 66),
        ("rules/vn-48-da-nang", 29),
        ("rules/vn-79-ho-chi-minh", 195),
        ("tests/overlays/tinh-mau", 9),
    ];
    for (name, least) in overlays {
        let results = run_cases(&rules_of(&laid_over(name)));
        assert_eq!(
            results.len(),
            least,
            "the cases of {name}, and none of the national rules"
        );
        let failed = results.iter().filter(|result| !result.differences.is_empty());
        let failed: Vec<String> = failed.map(|r| format!("{}: {:?}", r.title, r.differences)).collect();
        assert!(failed.is_empty(), "{name}\n{}", failed.join("\n"));
    }
}

/// A widow of 67 in an island commune of the invented province.
const HOUSEHOLD: &str = r#"{ "format": 1, "facts": { "poverty_status": "poor" }, "persons": [{ "id": "ba", "name": "Bà Mẫu",
    "facts": { "birth_date": "1958-02-03", "pension": "none", "has_supporter": "none", "disability_degree": "none", "hiv": false,
    "merit_benefits": false, "marital_status": "widowed", "facility_eligible_at_home": false, "studying": false,
    "paid_now.monthly_social_allowance": false, "paid_now.social_pension": false } }] }"#;

fn row(rules: &RuleSet, month: &str, programme: &str, language: Language) -> Row {
    let household = read_household(rules, HOUSEHOLD.as_bytes()).unwrap();
    let assessment = assess(rules, &household, Month::parse(month).unwrap(), Depth::Answers);
    let report = report(rules, &household, &assessment, language);
    report.rows.into_iter().find(|row| row.programme == programme).unwrap()
}

fn cites(row: &Row, id: &str) -> bool {
    row.articles.iter().any(|article| article.id.starts_with(id))
}

#[test]
fn an_answer_at_a_local_level_cites_the_local_text_and_shows_both_figures() {
    let rules = rules_of(&laid_over("tests/overlays/tinh-mau"));
    let paid = row(&rules, "2026-11", "monthly_social_allowance", Language::En);
    assert_eq!(paid.amount.as_ref().unwrap().low, 900_000, "1.5 times 600,000");
    assert!(cites(&paid, "NQ7 Đ2"), "{:?}", paid.articles);
    let step = &paid.arithmetic[0];
    assert!(
        step.text.contains("600,000") && step.text.contains("540,000"),
        "{}",
        step.text
    );
    assert!(step.text.contains("Sample Province"), "{}", step.text);
    let ids: Vec<&str> = step.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["NQ7 Đ2", "ND335 Đ4.2"]);
    assert!(
        paid.notes.iter().any(|note| note.text.contains("An invented reading")),
        "{:?}",
        paid.notes
    );
    let vietnamese = row(&rules, "2026-11", "monthly_social_allowance", Language::Vi);
    assert!(
        vietnamese.arithmetic[0].text.contains("mức của Tỉnh Mẫu"),
        "{:?}",
        vietnamese.arithmetic
    );
}

#[test]
fn where_the_local_level_has_ended_nothing_local_is_cited() {
    let rules = rules_of(&laid_over("tests/overlays/tinh-mau"));
    let paid = row(&rules, "2026-10", "care_support", Language::En);
    assert!(!cites(&paid, "NQ7"), "{:?}", paid.articles);
    let paid = row(&rules, "2026-10", "monthly_social_allowance", Language::En);
    assert!(
        paid.arithmetic[0].text.ends_with("(since 5 October 2026)"),
        "{}",
        paid.arithmetic[0].text
    );
}

#[test]
fn a_condition_at_a_local_level_cites_the_local_text_too() {
    let rules = rules_of(&laid_over("rules/vn-01-ha-noi"));
    let refused = row(&rules, "2026-11", "social_pension", Language::En);
    assert!(
        cites(&refused, "NQ63"),
        "67 is too young, judged beside the level of the city: {:?}",
        refused.articles
    );
}

#[test]
fn without_an_overlay_the_national_rules_answer_as_before() {
    let rules = rules_of(&folder("rules/vn"));
    assert!(rules.tag.overlays.is_empty() && rules.overlays.is_empty());
    let paid = row(&rules, "2026-11", "monthly_social_allowance", Language::En);
    assert_eq!(paid.amount.unwrap().low, 810_000);
}

#[test]
fn a_later_national_rise_that_passes_the_province_names_the_overlay() {
    let mut files = laid_over("rules/vn-01-ha-noi");
    let national = "parameters/levels.toml";
    changed(
        &mut files,
        national,
        "{ from = 2026-10-05, is = 540_000, cite = \"ND335 Đ4.2\"",
        "{ from = 2026-10-05, is = 650_001, cite = \"ND335 Đ4.2\"",
    );
    let (rules, found) = compile(&files, "");
    assert!(rules.is_none());
    let found: Vec<&Diagnostic> = found.iter().filter(|finding| finding.code == "E0704").collect();
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "`vn_01_ha_noi` sets `standard_level` to 650_000 VND per month, which from 2026-10-05 is below the national 650_001 VND \
         per month"
    );
    assert_eq!(found[0].path, "overlays/vn-01-ha-noi/parameters/levels.toml");
    assert!(found[0].hint.as_ref().unwrap().contains("until = 2026-10-05"));
    changed(&mut files, national, "650_001", "650_000");
    assert!(
        compile(&files, "").0.is_some(),
        "as high as the national level is not lower"
    );
}

#[test]
fn a_version_is_divided_where_local_groups_begin_and_end() {
    let rules = rules_of(&laid_over("tests/overlays/tinh-mau"));
    let (_, programme) = rules.programme_named("monthly_social_allowance").unwrap();
    let local: Vec<(Date, bool)> = programme
        .versions
        .iter()
        .map(|version| {
            (
                version.from,
                version.groups.iter().any(|group| group.name == "island_aged"),
            )
        })
        .collect();
    let expected = [
        (date(2021, 7, 1), false),
        (date(2025, 7, 1), false),
        (date(2025, 9, 1), true),
        (date(2026, 7, 1), true),
        (date(2026, 10, 5), true),
        (date(2026, 11, 1), false),
    ];
    assert_eq!(local, expected);
    let ends: Vec<Option<Date>> = programme.versions.iter().map(|version| version.until).collect();
    assert_eq!(
        ends[..5],
        expected[1..].iter().map(|(from, _)| Some(*from)).collect::<Vec<_>>()
    );
    assert_eq!(ends[5], None);
}

/// Days of one summer, so that random lines of time meet.
const FIRST: Date = date(2025, 6, 1);
const N_DAYS: i64 = 60;

fn day(n: i64) -> Date {
    FIRST.checked_add(jiff::Span::new().days(n)).unwrap()
}

fn line() -> impl Strategy<Value = Vec<Stretch>> {
    let parts = prop::collection::vec((1i64..9, 0i64..9, 0i64..6), 0..5);
    (parts, any::<bool>()).prop_map(|(parts, open)| {
        let (mut at, mut line) = (0, Vec::new());
        for (length, gap, is) in parts {
            line.push(Stretch {
                from: day(at + gap),
                until: Some(day(at + gap + length)),
                is: Decimal::from(is),
            });
            at += gap + length;
        }
        if let Some(last) = line.last_mut().filter(|_| open) {
            last.until = None;
        }
        line
    })
}

/// The plain way: the value of one day.
fn on(line: &[Stretch], day: Date) -> Option<usize> {
    line.iter()
        .position(|s| s.from <= day && s.until.is_none_or(|until| day < until))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_sweep_says_what_looking_at_every_day_says(national in line(), local in line(), least in any::<bool>()) {
        let bound = if least { Bound::AtLeastNational } else { Bound::AtMostNational };
        let mut expected: Vec<(usize, Date, Option<usize>)> = Vec::new();
        let mut common = None;
        for n in 0..N_DAYS + 30 {
            let (today, country) = (day(n), on(&national, day(n)));
            let Some(own) = on(&local, today) else { continue };
            if country.is_some() && common.is_none() {
                common = Some(today);
            }
            let holds = country.is_some_and(|at| {
                if least { local[own].is >= national[at].is } else { local[own].is <= national[at].is }
            });
            if !holds && !expected.iter().any(|(known, ..)| *known == own) {
                expected.push((own, today, country));
            }
        }
        let found: Vec<_> = breaches(bound, &national, &local).iter().map(|b| (b.local, b.day, b.national)).collect();
        prop_assert_eq!(found, expected);
        prop_assert_eq!(first_common_day(&national, &local), common);
    }

    #[test]
    fn each_day_lies_in_the_piece_of_its_values(national in line(), local in line()) {
        let pieces = pieces(&national, &local);
        prop_assert!(pieces.windows(2).all(|two| two[0].until.is_some_and(|until| until <= two[1].from)));
        for n in 0..N_DAYS + 30 {
            let today = day(n);
            let piece = pieces.iter().find(|p| p.from <= today && p.until.is_none_or(|until| today < until));
            let values = piece.map_or((None, None), |piece| (piece.national, piece.local));
            prop_assert_eq!(values, (on(&national, today), on(&local, today)));
        }
    }
}
