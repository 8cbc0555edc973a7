#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "../../tests/national/mod.rs"]
mod national;

use proptest::prelude::*;

use super::format;
use crate::syntax::tidy;

fn check(path: &str, text: &str, expected: &str) {
    let formatted = format(path, text).expect("TOML");
    assert_eq!(formatted, expected);
    assert_eq!(
        format(path, &formatted).as_deref(),
        Some(expected),
        "a second time changes nothing"
    );
}

#[test]
fn spaces_and_blank_lines_are_put_right_and_comments_stay() {
    check(
        "facts/a.toml",
        "\n\n# Facts.   \r\n\r\n\n\n[person.a]# one\n  title={vi=\"Ấp\",en=\"A  b\"}   # two\n type  = [ \"x\",\"y\" ]\n\n\n",
        "# Facts.\n\n[person.a] # one\ntitle = { vi = \"Ấp\", en = \"A  b\" }   # two\ntype  = [\"x\", \"y\"]\n",
    );
}

#[test]
fn a_list_over_several_lines_keeps_its_lines() {
    check(
        "parameters/a.toml",
        "dated = [ # values\n{from=2021-07-01,is=360000, cite=[\"A\",\"B\"]}, # first\n\n\n    # the next\n      {}, [\n1]\n ]\n",
        "dated = [ # values\n  { from = 2021-07-01, is = 360_000, cite = [\"A\", \"B\"] }, # first\n\n  # the next\n  {}, [\n    1]\n]\n",
    );
}

#[test]
fn keys_line_up_on_the_first_of_a_run_where_any_is_lined_up() {
    check(
        "facts/a.toml",
        "title = 1\ntype  = 2\njudged_by = 3\nlabels.a = 4\nlabels.bc  = 5\nask = 6\nwhy = 7\n\nid  = 8\nnumber = 9\n",
        "title = 1\ntype  = 2\njudged_by = 3\nlabels.a = 4\nlabels.bc = 5\nask = 6\nwhy = 7\n\nid  = 8\nnumber = 9\n",
    );
    check("a.toml", "a = 1\nbcd = 2\n", "a = 1\nbcd = 2\n");
    check("a.toml", "abc = 1\nd   =   2\n", "abc = 1\nd   = 2\n");
    check(
        "a.toml",
        "abc = 1\n# between\nd   =   2\n",
        "abc = 1\n# between\nd   = 2\n",
    );
}

#[test]
fn strings_keep_every_letter() {
    let text = "a = \"\"\"\n  x  =  1 # no comment\n\\\"\"\"\"\"\nb = '''it's ''\n]'''\nc = \"\\\"=[\" # yes\nd.\"e  f\" = 'x\"'\n";
    check("a.toml", text, text);
}

#[test]
fn expressions_are_tidied_where_expressions_stand() {
    let text = "[group.x]\nwhen = \"age>=16 and(a or b)  and not ( c )\"\ncite = \"A>=16\"\n";
    check(
        "programmes/a/2021-07-01.toml",
        text,
        "[group.x]\nwhen = \"age >= 16 and (a or b) and not (c)\"\ncite = \"A>=16\"\n",
    );
    check("programmes/a/cases.toml", text, text);
    assert_eq!(
        tidy("years_between( birth_date ,day )* -1+2-( -3 )").as_deref(),
        Some("years_between(birth_date, day) * -1 + 2 - (-3)")
    );
    assert_eq!(
        tidy("a in[x,y]or b in 1..<2 and group . z = no").as_deref(),
        Some("a in [x, y] or b in 1 ..< 2 and group.z = no")
    );
    assert_eq!(
        tidy("- 1 - - 2 = if a then -3 else x - 4").as_deref(),
        Some("-1 - -2 = if a then -3 else x - 4")
    );
    assert_eq!(tidy("a # why"), None, "a comment stays as it is");
    assert_eq!(tidy("a ==  b"), None, "what is wrong is left to the checker");
}

#[test]
fn whole_numbers_are_grouped_but_not_dates_decimals_and_keys() {
    check(
        "a.toml",
        "a = 12345\nb = 1234\nc = 2021-07-01\nd = 12345.5\n12345 = 1\ne = { 12345 = 67890 }\nf = 0.12345\n",
        "a = 12_345\nb = 1234\nc = 2021-07-01\nd = 12345.5\n12345 = 1\ne = { 12345 = 67_890 }\nf = 0.12345\n",
    );
}

#[test]
fn what_is_not_toml_is_not_touched() {
    assert_eq!(format("a.toml", "a = [1\nb = 2\n"), None);
}

/// The files of the national library, by path.
fn national() -> Vec<(String, String)> {
    let files = national::rule_files().into_iter();
    files
        .map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap()))
        .collect()
}

fn compiled(files: &[(String, String)]) -> String {
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|(p, t)| (p.clone(), t.clone().into_bytes())).collect();
    let (rules, found) = crate::compile(&files, "");
    let rules = rules.unwrap_or_else(|| panic!("{found:?}"));
    // Places differ, and nothing else may.
    let shown = format!("{rules:?}");
    let parts = shown.split("Span {").enumerate();
    parts
        .map(|(at, part)| if at == 0 { part } else { part.split_once('}').unwrap().1 })
        .collect()
}

#[test]
fn the_national_library_is_in_its_form() {
    for (path, text) in national() {
        assert_eq!(
            format(&path, &text).as_deref(),
            Some(text.as_str()),
            "{path}: run `ansinh fmt rules/vn`"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_library_with_other_spaces_is_the_same_rules_and_comes_back(seed in 0u64..u64::MAX) {
        let files = national();
        let mut state = seed | 1;
        let mut dice = |n: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % n
        };
        let mut spoilt = Vec::new();
        for (path, text) in &files {
            let mut out = String::new();
            for line in text.lines() {
                let plain = !line.contains(['"', '#', '\'']);
                for letter in line.chars() {
                    match letter {
                        ' ' if plain => out.push_str([" ", "  ", "\t"][dice(3) as usize]),
                        ',' | ']' | '}' if plain && !line.starts_with('[') => {
                            out.push_str(["", " "][dice(2) as usize]);
                            out.push(letter);
                        }
                        _ => out.push(letter),
                    }
                }
                out.push_str(["\n", "  \n", "\r\n"][dice(3) as usize]);
                if line.is_empty() && dice(3) == 0 {
                    out.push_str("\n\n");
                }
            }
            spoilt.push((path.clone(), out));
        }
        let formatted: Vec<(String, String)> =
            spoilt.iter().map(|(path, text)| (path.clone(), format(path, text).unwrap())).collect();
        prop_assert_eq!(compiled(&spoilt), compiled(&formatted), "formatting changes no rule");
        for (path, text) in &formatted {
            let again = format(path, text);
            prop_assert_eq!(again.as_ref(), Some(text), "a second time changes nothing");
        }
        for ((path, text), (_, before)) in formatted.iter().zip(&spoilt) {
            let comments = |text: &str| text.lines().filter(|l| l.trim_start().starts_with('#')).count();
            prop_assert_eq!(comments(text), comments(before), "{}", path);
        }
    }
}
