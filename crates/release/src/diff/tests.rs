#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use super::*;
use crate::built_in_files;

fn compiled(files: Files) -> Release {
    match Release::compile_without_cases(files) {
        Ok(release) => release,
        Err(error) => panic!("{error:?}"),
    }
}

fn with(path: &str, change: impl Fn(&str) -> String) -> Files {
    let mut files = built_in_files();
    let (_, bytes) = files.iter_mut().find(|(known, _)| known == path).expect(path);
    let text = change(std::str::from_utf8(bytes).unwrap());
    assert_ne!(text.as_bytes(), bytes.as_slice(), "nothing was changed in {path}");
    *bytes = text.into_bytes();
    files
}

#[test]
fn a_release_differs_in_nothing_from_itself() {
    let release = compiled(built_in_files());
    let found = differences(&release, &release, Language::Vi);
    assert_eq!((found.rules.len(), found.files.len()), (0, 0));
}

#[test]
fn a_new_value_is_one_line_with_its_day_and_article() {
    let levels = "parameters/levels.toml";
    let new = compiled(with(levels, |text| {
        let old = "is = 540_000, cite = \"ND335 Đ4.2\", checked = 2026-11-22, review = 2027-07-01 },\n";
        let new =
            format!("{old}  {{ from = 2099-01-01, is = 600_000, cite = \"ND335 Đ4.2\", checked = 2026-11-22 }},\n");
        text.replacen(old, &new, 1)
    }));
    let old = compiled(built_in_files());
    let found = differences(&old, &new, Language::En);
    assert_eq!(found.rules.len(), 1, "{:#?}", found.rules);
    let one = &found.rules[0];
    assert_eq!((one.kind, one.became), (RuleKind::Parameter, Became::Changed));
    let new: Vec<&PartDifference> = one.parts.iter().filter(|part| part.before.is_none()).collect();
    assert_eq!(new.len(), 1, "{:#?}", one.parts);
    assert_eq!(new[0].part, "value from 1 January 2099");
    assert!(new[0].after.as_ref().unwrap().contains("article"), "{new:?}");
    assert_eq!(found.files.len(), 1);
    assert_eq!(
        (found.files[0].path.as_str(), found.files[0].became),
        (levels, Became::Changed)
    );
    let added = found.files[0].hunks.iter().flat_map(|hunk| &hunk.lines);
    assert_eq!(added.filter(|line| line.side == TextSide::New).count(), 1);
}

#[test]
fn a_new_version_is_told_against_the_one_it_follows() {
    let mut files = built_in_files();
    let folder = "programmes/social-pension/";
    let versions = files
        .iter()
        .filter(|(path, _)| path.starts_with(folder) && !path.ends_with("cases.toml"));
    let (_, newest) = versions.max().unwrap();
    let text = std::str::from_utf8(newest)
        .unwrap()
        .replacen("age >= 75", "age >= 74", 1);
    assert_ne!(text.as_bytes(), newest.as_slice());
    files.push((format!("{folder}2099-01-01.toml"), text.into_bytes()));
    files.sort();
    let (new, found) = ansinh_engine::compile(&without_cases(&files), "");
    let new = new.unwrap_or_else(|| panic!("{found:#?}"));
    let old = compiled(built_in_files()).rules;
    let found = rules_that_differ(&old, &new, Language::Vi);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0].became, found[0].from.as_deref()),
        (Became::New, Some("2099-01-01"))
    );
    assert!(
        found[0]
            .says
            .contains("bản mới áp dụng từ 01/01/2099, tiếp theo bản từ"),
        "{}",
        found[0].says
    );
    let changed: Vec<&PartDifference> = found[0].parts.iter().collect();
    assert_eq!(changed.len(), 1, "{changed:#?}");
    assert!(changed[0].before.as_ref().unwrap().contains("75") && changed[0].after.as_ref().unwrap().contains("74"));
    let gone = rules_that_differ(&new, &old, Language::En);
    assert_eq!(gone[0].became, Became::Removed);
}

fn without_cases(files: &Files) -> Files {
    files
        .iter()
        .filter(|(path, _)| !path.ends_with("cases.toml"))
        .cloned()
        .collect()
}

#[test]
fn a_text_alone_is_a_change_of_that_text() {
    let path = "papers/papers.toml";
    let old = compiled(built_in_files());
    let new = compiled(with(path, |text| text.replacen("vi = \"", "vi = \"X ", 1)));
    let found = differences(&old, &new, Language::Vi);
    assert_eq!(found.rules.len(), 1);
    assert_eq!(found.rules[0].kind, RuleKind::Paper);
    assert_eq!(found.rules[0].parts.len(), 1);
    assert_eq!(
        differences(&old, &new, Language::En).rules.len(),
        0,
        "only the Vietnamese text differs"
    );
}

#[test]
fn lines_are_kept_where_they_are_equal() {
    let hunks = text::hunks("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nC\nd\ne\nf\ng\nh\ni\n");
    let shown: Vec<String> = hunks
        .iter()
        .map(|hunk| {
            let sign = |side| match side {
                TextSide::Both => ' ',
                TextSide::Old => '-',
                TextSide::New => '+',
            };
            hunk.lines
                .iter()
                .map(|line| format!("{}{}{}", sign(line.side), line.number, line.text))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(shown, [" 1a  2b -3c +3C  4d  5e", " 7g  8h +9i"]);
    assert!(text::hunks("a\n", "a\n").is_empty());
    assert_eq!(text::hunks("", "a\nb\n")[0].lines.len(), 2);
}
