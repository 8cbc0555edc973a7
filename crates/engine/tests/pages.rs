//! The page of each code: there is one, in both languages, and its examples do what they say.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ansinh_engine::codes::{CODES, page};
use ansinh_engine::diagnostic::Severity;
use jiff::civil::date;

type Files = Vec<(String, Vec<u8>)>;

/// The files of a page of `tests/ok`.
fn sample(page: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ok").join(page);
    let text = fs::read_to_string(path).unwrap();
    let text: String = text
        .lines()
        .filter(|line| *line != "# ---")
        .fold(String::new(), |all, line| all + line + "\n");
    let files = text.split("# path: ").skip(1);
    files
        .map(|part| part.split_once('\n').unwrap())
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

/// A file as its root and its tables, each with its header.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = vec![(String::new(), String::new())];
    for line in text.lines() {
        if line.starts_with('[') {
            blocks.push((line.split(']').next().unwrap().to_owned(), String::new()));
        }
        let block = &mut blocks.last_mut().unwrap().1;
        block.push_str(line);
        block.push('\n');
    }
    blocks
}

fn key(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    (!key.starts_with([' ', '#'])).then_some(key.trim())
}

/// The sample folder with an example laid over it.
fn with_example(example: &str) -> Files {
    let mut files = sample("small.toml");
    if example.contains("overlays/tinh-mau/") {
        let parts = ["release.toml", "instruments/resolutions.toml"].map(|path| format!("overlays/tinh-mau/{path}"));
        let overlay = sample("overlay.toml");
        files.extend(overlay.into_iter().filter(|(path, _)| parts.contains(path)));
    }
    for part in example.split("# in ").skip(1) {
        let (path, text) = part.split_once('\n').unwrap();
        if !files.iter().any(|(known, _)| known == path) {
            files.push((path.to_owned(), String::new()));
        }
        let old = &mut files.iter_mut().find(|(known, _)| known == path).unwrap().1;
        let mut all = blocks(old);
        for (header, block) in blocks(text) {
            let known = all.iter_mut().find(|(h, _)| *h == header && !header.starts_with("[["));
            match known {
                Some((_, root)) if header.is_empty() => {
                    let given: Vec<&str> = block.lines().filter_map(key).collect();
                    let kept = root
                        .lines()
                        .filter(|line| key(line).is_none_or(|key| !given.contains(&key)));
                    *root = kept
                        .chain(block.lines())
                        .fold(String::new(), |all, line| all + line + "\n");
                }
                Some((_, known)) => *known = block,
                None => all.push((header, block)),
            }
        }
        *old = all.into_iter().map(|(_, block)| block).collect();
    }
    files.into_iter().map(|(path, text)| (path, bytes(&text))).collect()
}

/// Writes out what a page cannot hold: `‹U+0301›`, `‹byte FF›`, `‹500 × [›`.
fn bytes(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, part) in text.split('‹').enumerate() {
        let (special, rest) = if at == 0 {
            ("", part)
        } else {
            part.split_once('›').unwrap()
        };
        if let Some(hex) = special.strip_prefix("byte ") {
            out.push(u8::from_str_radix(hex, 16).unwrap());
        } else if let Some(hex) = special.strip_prefix("U+") {
            let letter = char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap();
            out.extend(letter.to_string().bytes());
        } else if let Some((n, what)) = special.split_once(" × ") {
            out.extend(what.repeat(n.parse().unwrap()).bytes());
        }
        out.extend(rest.bytes());
    }
    out
}

/// The codes found: all of them, or only of errors.
fn codes_of(files: &Files, only_errors: bool) -> BTreeSet<&'static str> {
    let found = ansinh_engine::check::check(files, "", Some(date(2026, 11, 22)))
        .found
        .into_iter();
    let found = found.filter(|found| !only_errors || found.severity == Severity::Error);
    found.map(|found| found.code).collect()
}

#[test]
fn the_sample_folder_that_examples_change_is_right() {
    assert!(codes_of(&with_example(""), false).is_empty());
}

#[test]
fn every_code_has_a_page_in_both_languages() {
    for code in CODES {
        let page = page(code.code).unwrap_or_else(|| panic!("{} has no page", code.code));
        assert!(
            page.en.len() > 40 && page.vi.len() > 40,
            "{} says what it means",
            code.code
        );
        assert_ne!(page.wrong, page.right, "{}", code.code);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/codes");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(code) = name.strip_suffix(".md") {
            assert!(
                CODES.iter().any(|known| known.code == code),
                "the page {name} is of no code"
            );
        }
    }
}

#[test]
fn every_wrong_example_gives_its_code_and_every_right_one_none() {
    let mut wrong = Vec::new();
    for code in CODES {
        let page = page(code.code).unwrap();
        let (bad, good) = (with_example(page.wrong), with_example(page.right));
        let own = BTreeSet::from([code.code]);
        // An example is short: what it declares may be used nowhere.
        if !codes_of(&bad, false).contains(code.code) || !codes_of(&bad, true).is_subset(&own) {
            wrong.push(format!(
                "{}: the wrong example gives {:?}",
                code.code,
                codes_of(&bad, false)
            ));
        }
        if codes_of(&good, false).contains(code.code) || !codes_of(&good, true).is_empty() {
            wrong.push(format!(
                "{}: the right example gives {:?}",
                code.code,
                codes_of(&good, false)
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
