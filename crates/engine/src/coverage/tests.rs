#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use super::*;
use crate::casebook::run_case;
use crate::small;

const FACTS: &str = r#"
[person.poor]
title = { vi = "Nghèo", en = "Poor" }
type = "yes or no"
ask = { vi = "Nghèo?", en = "Poor?" }

[person.income]
title = { vi = "Thu nhập", en = "Income" }
type = "VND per month"
range = [0, 9_000_000]
ask = { vi = "Thu nhập?", en = "Income?" }
"#;

const TERMS: &str = r#"
[person.small]
title = { vi = "Nhỏ", en = "Small" }
type = "yes or no"
is = "age < 6 and poor"
"#;

const LEVEL: &str = r#"
[level]
title = { vi = "Mức", en = "Level" }
type = "VND per month"
dated = [{ from = 2020-01-01, is = 1_000_000, cite = "LAW Đ1", checked = 2026-01-01 }]
"#;

/// One group with one case.
fn one_group(when: &str) -> String {
    small::group("g", when) + "[case.c]\nof = \"g\"\ncoefficient = 1.0\ncite = \"LAW Đ1\"\n"
}

/// Runs cases over a rule and returns what they leave untested, as `text sides`, `+` being held and `-` failed.
fn untested(rule: &str, cases: &str) -> Vec<String> {
    let files = small::files(&[
        ("parameters/p.toml", LEVEL),
        ("facts/f.toml", &[small::BIRTH_DATE, FACTS].concat()),
        ("terms/t.toml", TERMS),
        (
            "programmes/a/2020-01-01.toml",
            &small::programme("a", &[&small::cash("level * coefficient"), rule].concat()),
        ),
        ("programmes/a/cases.toml", cases),
    ]);
    let rules = small::compiled(&files);
    let mut coverage = Coverage::new(&rules);
    for case in &rules.cases {
        let result = run_case(&rules, case, |household, found| coverage.see(&rules, household, found));
        assert_eq!(result.differences, [], "{}", result.title);
    }
    let in_programme = |(span, _, _): &(Span, Part, &Sight)| files[span.file as usize].0.starts_with("programmes");
    let text = |span: Span| {
        let bytes = &files[span.file as usize].1[span.start as usize..span.end as usize];
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    let side = |seen, sign| if seen { "" } else { sign };
    coverage
        .parts()
        .filter(in_programme)
        .filter(|(_, _, sight)| !sight.is_covered())
        .map(|(span, part, sight)| {
            let name = sight.name.clone().unwrap_or_else(|| text(span));
            let no = if sight.has_no { side(sight.no, "-") } else { "" };
            format!("{part:?} {name} {}{no}", side(sight.yes, "+"))
        })
        .collect()
}

fn case(facts: &str, answer: &str) -> String {
    format!(
        "[[case]]\ntitle = \"{facts}\"\nmonth = \"2021-05\"\n[case.persons.an]\n{facts}\n[case.expect.an]\nanswer = \"{answer}\"\n"
    )
    .replace(&format!("\"{facts}\""), "\"a case\"")
}

#[test]
fn without_a_case_everything_is_untested() {
    let rule = one_group("age < 16 and poor");
    let other = case("poor = { unsure = true }", "open");
    assert_eq!(
        untested(&rule, &other),
        [
            "Criterion age < 16 +-",
            "Threshold age < 16 +-",
            "Group g +-",
            "Criterion poor +-",
            "Case c +",
        ],
        "what is open was seen neither to hold nor to fail"
    );
}

#[test]
fn a_threshold_needs_the_last_value_and_the_first() {
    let rule = one_group("age < 16");
    let far = case("birth_date = 2010-01-01", "entitled") + &case("birth_date = 1980-01-01", "not_entitled");
    assert_eq!(untested(&rule, &far), ["Threshold age < 16 +-"]);
    let one_side = case("birth_date = 2005-06-01", "entitled") + &case("birth_date = 1980-01-01", "not_entitled");
    assert_eq!(untested(&rule, &one_side), ["Threshold age < 16 -"]);
    let both = case("birth_date = 2005-06-01", "entitled") + &case("birth_date = 2005-05-31", "not_entitled");
    assert_eq!(untested(&rule, &both), Vec::<String>::new());
}

#[test]
fn a_range_has_two_thresholds_and_a_dated_parameter_is_one() {
    let rule = one_group("age in 6 ..= 9 and income <= level");
    let cases = [
        case("birth_date = 2015-05-31\nincome = 1_000_000", "entitled"),
        case("birth_date = 2015-06-01\nincome = 1_000_000", "not_entitled"),
        case("birth_date = 2011-06-01\nincome = 1_000_002", "not_entitled"),
    ];
    assert_eq!(
        untested(&rule, &cases.concat()),
        ["Threshold 9 -", "Threshold income <= level -"],
        "at most 9 fails first with 10; two đồng over the level are not next to it"
    );
}

#[test]
fn only_what_a_case_expects_something_of_is_seen() {
    let rule = one_group("poor");
    let two = case("poor = true", "entitled") + "[case.persons.be]\npoor = false\n";
    assert_eq!(untested(&rule, &two), ["Group g -", "Criterion poor -"]);
}

#[test]
fn conditions_about_other_persons_and_inside_terms_are_seen() {
    let rule = one_group("any members where age >= 60 and poor");
    let old = case("birth_date = 1950-01-01\npoor = true", "entitled")
        + "[case.persons.be]\nbirth_date = 2000-01-01\npoor = false\n";
    assert_eq!(
        untested(&rule, &old),
        [
            "Group g -",
            "Criterion any members where age >= 60 and poor -",
            "Threshold age >= 60 +-"
        ]
    );
}

#[test]
fn cases_are_seen_where_their_group_holds() {
    let rule = r#"
[requires.income]
when = "income < level"
cite = "LAW Đ1"
[group.g]
title = { vi = "Nhóm", en = "Group" }
when = "age < 16"
cite = "LAW Đ1"
[group.g.any.poor]
when = "poor"
cite = "LAW Đ1"
[group.g.any.small]
when = "small"
cite = "LAW Đ1"
[case.c]
of = "g"
when = "age < 4"
coefficient = 2.0
cite = "LAW Đ1"
[case.c.except.poor]
when = "poor"
coefficient = 3.0
cite = "LAW Đ1"
[case.d]
of = "g"
when = "age >= 4"
coefficient = 1.0
cite = "LAW Đ1"
"#;
    let missing = untested(
        rule,
        &case("birth_date = 2018-01-01\npoor = true\nincome = 0", "entitled"),
    );
    let cases: Vec<&String> = missing.iter().filter(|text| text.starts_with("Case")).collect();
    assert_eq!(cases, ["Case c -", "Case c.poor -", "Case d +"], "{missing:?}");
    let not_held = case("birth_date = 2018-01-01\npoor = false\nincome = 0", "not_entitled");
    let cases = untested(rule, &not_held);
    assert!(cases.contains(&"Case c.poor +-".to_owned()), "{cases:?}");
    assert!(cases.contains(&"Criterion small +".to_owned()), "{cases:?}");
}
