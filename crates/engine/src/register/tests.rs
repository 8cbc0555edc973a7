#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use jiff::civil::date;

use super::*;
use crate::read::read;
use crate::small::{BIRTH_DATE, cash, files, group, programme};
use crate::words::Language;

const TEXTS: &str = r#"
[ND1]
kind = "decree"
number = "1/2020/NĐ-CP"
title = { vi = "Một", en = "One" }
issued = 2020-01-01
in_force = 2020-07-01
ends = 2026-10-05
checked = 2025-11-22

[ND2]
kind = "decree"
number = "2/2026/NĐ-CP"
title = { vi = "Hai", en = "Two" }
issued = 2025-08-01
in_force = 2026-10-05
replaces = ["ND1"]
checked = 2025-11-23

[TT2]
kind = "circular"
number = "2/2026/TT-BYT"
title = { vi = "Ba", en = "Three" }
issued = 2026-08-01
in_force = 2026-10-05
ends = 2027-01-01
amends = ["ND2"]
"#;

const LEVELS: &str = r#"
[level]
title = { vi = "Mức chuẩn", en = "Standard level" }
type = "VND per month"
local = { set_by = "province", bound = "at_least_national", cite = "ND1 Đ4.3.a" }
dated = [
  { from = 2020-07-01, is = 100_000, cite = "ND1 Đ2" },
  { from = 2026-10-05, is = 150_000, cite = "ND2 Đ2", checked = 2025-11-22, until = 2027-06-01 },
]
"#;

fn law() -> Vec<(String, Vec<u8>)> {
    let first = programme(
        "help",
        &format!(
            "ends = 2026-10-05\n[[left_out]]\ncite = \"ND1 Đ5.1.d\"\nwhy = {{ vi = \"Chưa | làm\", en = \"Not done\" }}\n{}{}",
            cash("level"),
            group("old", "age >= 80").replace("LAW Đ1", "ND1 Đ5.1")
        ),
    )
    .replace("LAW Đ1", "ND1 Đ5");
    let second = programme(
        "help",
        &format!(
            "[[left_out]]\ncite = \"ND2 Đ6\"\nwhy = {{ vi = \"Chưa | làm\", en = \"Not done\" }}\n\
             [[reading]]\ncite = \"ND2 Đ5.1.đ\"\nsays = {{ vi = \"Hiểu\", en = \"Read\" }}\nmark = \"M\"\n{}{}\
             [group.old.any.alone]\nwhen = \"none others\"\ncite = \"ND2 Đ5.1.d\"\n\
             [apply]\nform = {{ cite = \"ND2 Mẫu 1đ\", vi = \"Tờ khai\", en = \"Form\" }}\npapers = []\ncite = \"ND2\"\n",
            cash("level"),
            group("old", "age >= 75").replace("LAW Đ1", "ND2 Đ5.1")
        ),
    )
    .replace("LAW Đ1", "ND2 Đ5");
    files(&[
        ("facts/person.toml", BIRTH_DATE),
        ("instruments/texts.toml", TEXTS),
        ("parameters/levels.toml", LEVELS),
        ("programmes/help/2020-07-01.toml", &first),
        ("programmes/help/2026-10-05.toml", &second),
    ])
}

/// Asks the register of the small law.
fn check<T>(ask: impl Fn(&Register<'_>) -> T) -> T {
    let files = law();
    let (rules, findings) = read(&files);
    assert!(findings.is_empty(), "{findings:#?}");
    ask(&Register::new(&rules, &files))
}

fn lines(resting: &[Resting]) -> Vec<(&str, &str, RulePart)> {
    let each = resting
        .iter()
        .map(|found| (found.citation.as_str(), found.name.as_str(), found.part));
    each.collect()
}

#[test]
fn an_entry_says_what_the_text_changes_and_what_rests_on_it() {
    let entries = check(|register| register.entries(Language::En)).instruments;
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["LAW", "ND1", "ND2", "TT2"], "by the first day in force");
    let [_, one, two, _] = entries.as_slice() else { panic!() };
    assert_eq!(one.ends.as_deref(), Some("2026-10-05"));
    assert_eq!(one.replaced_by, ["ND2"]);
    assert_eq!(two.replaces, ["ND1"]);
    assert_eq!(two.amended_by, ["TT2"]);
    assert_eq!(two.name, "Decree 2/2026/NĐ-CP");
    assert_eq!(two.checked.as_deref(), Some("2025-11-23"));
    assert_eq!((one.path.as_str(), one.line), ("instruments/texts.toml", 2));
    let values = &two.parameters[0].values;
    assert_eq!(values.len(), 1);
    assert_eq!(values[0].is, "150,000 VND a month");
    assert_eq!(
        (values[0].from.as_str(), values[0].until.as_deref()),
        ("2026-10-05", Some("2027-06-01"))
    );
    assert_eq!(
        one.parameters[0].values[0].until.as_deref(),
        Some("2026-10-05"),
        "until the next value"
    );
    let version = |entry: &Entry| entry.programmes[0].versions.clone();
    assert_eq!(version(one).len(), 1);
    assert_eq!(version(one)[0].until.as_deref(), Some("2026-10-05"));
    assert!(version(two)[0].whole, "its head cites the decree");
    assert_eq!(one.n_citations, 5);
}

#[test]
fn what_rests_on_an_article_rests_on_its_clauses_and_points() {
    let report = check(|register| register.article("ND2 Đ5.1", Language::En).unwrap());
    assert_eq!(report.text, "article 5(1), Decree 2/2026/NĐ-CP");
    let inside = [
        ("ND2 Đ5.1.đ", "", RulePart::Reading),
        ("ND2 Đ5.1", "old", RulePart::Group),
        ("ND2 Đ5.1.d", "alone", RulePart::Point),
    ];
    assert_eq!(lines(&report.inside), inside);
    let around = [("ND2 Đ5", "", RulePart::Whole), ("ND2", "", RulePart::Apply)];
    assert_eq!(lines(&report.around), around);
    assert!(
        report
            .inside
            .iter()
            .all(|found| found.path == "programmes/help/2026-10-05.toml")
    );
    let written = law();
    let (_, text) = written.iter().find(|(path, _)| *path == report.inside[1].path).unwrap();
    let line = std::str::from_utf8(text)
        .unwrap()
        .lines()
        .nth(report.inside[1].line - 1)
        .unwrap();
    assert_eq!(line, "cite = \"ND2 Đ5.1\"");
    let form = check(|register| register.article("ND2 Mẫu 1đ", Language::Vi).unwrap());
    assert_eq!(lines(&form.inside), [("ND2 Mẫu 1đ", "", RulePart::Form)]);
    let article = check(|register| register.article("ND1 Đ4", Language::Vi).unwrap());
    assert_eq!(lines(&article.inside), [("ND1 Đ4.3.a", "", RulePart::Competence)]);
    let fifth = check(|register| register.article("ND1 Đ5", Language::Vi).unwrap());
    assert_eq!(fifth.inside.len(), 3, "5, 5.1 and 5.1.d, though not 50");
}

#[test]
fn an_article_may_be_named_as_people_write_it() {
    let (rules, _) = read(&law());
    let cited = |text: &str| citation_in(text, &rules.instruments).map(|citation| citation.to_string());
    for (text, citation) in [
        ("ND2 Đ5.1.đ", "ND2 Đ5.1.đ"),
        ("nd2 d5.1.d", "ND2 Đ5.1.d"),
        ("điểm đ khoản 1 Điều 5 Nghị định số 2/2026/NĐ-CP", "ND2 Đ5.1.đ"),
        ("Điều 5 khoản 1 Nghị định 2/2026/ND-CP", "ND2 Đ5.1"),
        ("article 5(1)(đ) of Decree 1/2020", "ND1 Đ5.1.đ"),
        ("Decree 1/2020, article 5.1", "ND1 Đ5.1"),
        ("Article 5(1) ND1", "ND1 Đ5.1"),
        ("Mẫu số 1đ ND2", "ND2 Mẫu 1đ"),
        ("Thông tư 2/2026/TT-BYT", "TT2"),
        ("Điều 5a ND1", "ND1 Đ5a"),
    ] {
        assert_eq!(cited(text).as_deref(), Ok(citation), "{text}");
    }
    let wrong = |text: &str| cited(text).unwrap_err();
    assert_eq!(wrong("Điều 5"), ArticleError::NoInstrument);
    assert_eq!(wrong("khoản 1 ND2"), ArticleError::Incomplete);
    assert_eq!(wrong("ND9 Đ5"), ArticleError::Word { word: "nd9".into() });
    let ids = vec!["ND2".to_owned(), "TT2".to_owned()];
    assert_eq!(
        wrong("Đ5 2/2026"),
        ArticleError::SeveralInstruments {
            number: "2/2026".into(),
            ids
        }
    );
}

#[test]
fn due_is_what_a_year_has_passed_over_and_what_a_year_will_end() {
    let due = |on| check(|register| register.due(on, Language::En));
    let to_check = |due: &Due| -> Vec<(String, DueReason)> {
        due.to_check
            .iter()
            .map(|found| (format!("{} {}", found.id, found.from), found.reason))
            .collect()
    };
    let on = due(date(2026, 11, 22));
    let expected = [
        ("LAW 2000-01-01".to_owned(), DueReason::Never),
        ("TT2 2026-10-05".to_owned(), DueReason::Never),
        ("level 2026-10-05".to_owned(), DueReason::LongAgo),
    ];
    assert_eq!(
        to_check(&on),
        expected,
        "what has ended needs no check; a year less a day is not due"
    );
    let ends: Vec<_> = on
        .ends
        .iter()
        .map(|found| (found.on.as_str(), found.what, found.id.as_str()))
        .collect();
    let expected = [
        ("2027-01-01", DueKind::Instrument, "TT2"),
        ("2027-06-01", DueKind::Value, "level"),
    ];
    assert_eq!(ends, expected);
    let before = due(date(2026, 10, 4));
    assert!(to_check(&before).contains(&("level 2020-07-01".to_owned(), DueReason::Never)));
    let followed = before
        .ends
        .iter()
        .any(|found| found.what == DueKind::Programme || found.on == "2026-10-05" && found.id == "level");
    assert!(
        !followed,
        "what the next version or value follows does not end: {:?}",
        before.ends
    );
    assert_eq!(before.ends[0].id, "ND1");
}

#[test]
fn the_page_counts_once_what_versions_repeat() {
    let page = check(|register| register.coverage_page());
    for line in [
        "| Chính sách · programmes | 1 |",
        "| Phiên bản · versions | 2 |",
        "| Chưa xét · left out | 1 |",
        "| Cách hiểu trong chính sách · readings in programmes | 1: I 0 (cách hiểu · interpretation), M 1 (theo trí nhớ · from memory), C 0 (nguồn không thống nhất · sources disagree) |",
        "## Nghèo, cận nghèo · Poverty",
        "| **Trợ giúp** (Help) `help` | 2020-07-01 – 2026-10-05<br>2026-10-05 – … | ND1, ND2 | 0 | M 1 | 1 |",
        "- `help` (ND1 Đ5.1.d): Chưa | làm *Not done*",
    ] {
        assert!(
            page.lines().any(|known| known == line),
            "`{line}` is missing in\n{page}"
        );
    }
    assert!(!page.contains("## Trẻ em"), "stages without a programme are not shown");
}
