//! Rule files with the findings they must give: `err/*.toml` when they are read, `law/*.toml` when they are checked as law;
//! and files that must give none: `ok/*.toml`.
//!
//! `# path: facts/a.toml` names the file that follows, up to the next such line; `# with: ok/small.toml` adds the files of
//! another page. A comment `#~ E0103 unknown key` stands on the line of the finding, `#~^` on the line below it, `#~^^` two
//! below. The message must be the same letter for letter; ` ?? hint` may be added and is then compared too.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ansinh_engine::diagnostic::{Diagnostic, Severity};
use ansinh_engine::read::LARGEST_FILE;
use proptest::prelude::*;

type Files = [(String, Vec<u8>)];

/// What is compared: the findings of one of these over the files given.
type Check = fn(&Files) -> Vec<Diagnostic>;

fn read(files: &Files) -> Vec<Diagnostic> {
    ansinh_engine::read::read(files).1
}

fn compile(files: &Files) -> Vec<Diagnostic> {
    let (rules, found) = ansinh_engine::compile(files, "");
    let any_error = found.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(
        rules.is_none(),
        any_error,
        "an error, and nothing else, refuses the files"
    );
    found
}

fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn pages(folder: &str) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = fs::read_dir(tests_folder().join(folder))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    pages.retain(|page| page.extension().is_some_and(|ext| ext == "toml"));
    pages.sort();
    assert!(!pages.is_empty(), "no pages in tests/{folder}");
    pages
}

/// The files of a page, each with its path.
fn files_of(page: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, String)> = Vec::new();
    for line in fs::read_to_string(page).unwrap().lines() {
        if let Some(other) = line.strip_prefix("# with: ") {
            files.extend(
                files_of(&tests_folder().join(other))
                    .into_iter()
                    .map(|(p, b)| (p, String::from_utf8(b).unwrap())),
            );
        } else if let Some(path) = line.strip_prefix("# path: ") {
            files.push((path.to_owned(), String::new()));
        } else if line != "# ---"
            && let Some((_, text)) = files.last_mut()
        {
            text.push_str(line);
            text.push('\n');
        }
    }
    files
        .into_iter()
        .map(|(path, text)| (path, text.into_bytes()))
        .collect()
}

type Findings = BTreeMap<(String, usize), Vec<(String, Option<String>)>>;

fn expected(files: &Files) -> Findings {
    let mut findings = Findings::new();
    for (path, bytes) in files {
        for (index, line) in std::str::from_utf8(bytes).unwrap().lines().enumerate() {
            for note in line.split("#~").skip(1) {
                let up = note.len() - note.trim_start_matches('^').len();
                let note = note.trim_start_matches('^').trim();
                let (message, hint) = match note.split_once(" ?? ") {
                    Some((message, hint)) => (message, Some(hint.to_owned())),
                    None => (note, None),
                };
                let place = (path.clone(), index + 1 - up);
                findings.entry(place).or_default().push((message.to_owned(), hint));
            }
        }
    }
    findings
}

fn found(files: &Files, check: Check) -> Findings {
    let mut findings = Findings::new();
    for finding in check(files) {
        let (path, bytes) = &files[finding.span.file as usize];
        assert_eq!(*path, finding.path, "path and place of a finding agree");
        let text = std::str::from_utf8(bytes).unwrap();
        let place = finding.span.start as usize..finding.span.end as usize;
        assert!(
            text.get(place.clone()).is_some(),
            "the place of a finding lies in the file: {finding}"
        );
        let line = text[..place.start].matches('\n').count() + 1;
        let known = ansinh_engine::codes::explain(finding.code);
        assert!(known.is_some(), "{} is in the list of codes", finding.code);
        let kind = match finding.severity {
            Severity::Error => "",
            Severity::Warning => "warning: ",
            Severity::Note => "note: ",
        };
        let message = format!("{} {kind}{}", finding.code, finding.message);
        findings
            .entry((path.clone(), line))
            .or_default()
            .push((message, finding.hint));
    }
    findings
}

fn compare(page: &Path, check: Check) -> Vec<String> {
    let files = files_of(page);
    let (mut expected, found) = (expected(&files), found(&files, check));
    let mut wrong = Vec::new();
    let name = page.file_name().unwrap().to_string_lossy().into_owned();
    for ((path, line), findings) in found {
        let mut here = expected.remove(&(path.clone(), line)).unwrap_or_default();
        for (message, hint) in findings {
            let same = here
                .iter()
                .position(|(m, h)| *m == message && (h.is_none() || *h == hint));
            match same {
                Some(at) => drop(here.remove(at)),
                None => {
                    let hint = hint.map(|hint| format!(" ?? {hint}")).unwrap_or_default();
                    wrong.push(format!("{name}: {path}:{line}: not expected: #~ {message}{hint}"));
                }
            }
        }
        wrong.extend(
            here.iter()
                .map(|(m, h)| format!("{name}: {path}:{line}: not found: {m} {h:?}")),
        );
    }
    for ((path, line), findings) in expected {
        wrong.extend(
            findings
                .iter()
                .map(|(m, h)| format!("{name}: {path}:{line}: not found: {m} {h:?}")),
        );
    }
    wrong
}

fn compare_all(folder: &str, check: Check) {
    let wrong: Vec<String> = pages(folder).iter().flat_map(|page| compare(page, check)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_mistake_is_found_at_its_line_and_nothing_else() {
    compare_all("err", read);
}

#[test]
fn every_mistake_against_the_law_is_found_at_its_line_and_nothing_else() {
    compare_all("law", compile);
}

#[test]
fn good_files_give_no_findings() {
    compare_all("ok", read);
    compare_all("ok", compile);
}

#[test]
fn files_of_a_wrong_shape_are_not_checked_further() {
    for page in pages("err") {
        let files = files_of(&page);
        let (read, compiled) = (read(&files), compile(&files));
        if read.iter().any(|finding| finding.code.starts_with("E01")) {
            assert_eq!(read, compiled, "{}", page.display());
        }
    }
}

fn only(path: &str, bytes: &[u8]) -> (&'static str, String, (u32, u32)) {
    let found = read(&[(path.to_owned(), bytes.to_vec())]);
    assert_eq!(found.len(), 1, "one finding: {found:?}");
    (
        found[0].code,
        found[0].message.clone(),
        (found[0].span.start, found[0].span.end),
    )
}

#[test]
fn bytes_that_are_not_utf8_are_refused_at_their_place() {
    assert_eq!(
        only("facts/a.toml", b"# a\n\xff\n"),
        ("E0110", "the file is not UTF-8".to_owned(), (4, 5))
    );
}

#[test]
fn decomposed_letters_are_shown_composed() {
    let text = "# m\u{e2}\u{301}t, ế\n";
    let (code, message, place) = only("facts/a.toml", text.as_bytes());
    assert_eq!(
        (code, message.as_str()),
        ("E0111", "`ấ` is written as several characters (not NFC)")
    );
    assert_eq!(place, (3, 7), "from the letter to its last mark");
}

#[test]
fn a_file_of_more_than_a_mebibyte_is_refused() {
    assert_eq!(only("facts/a.toml", &vec![b'#'; LARGEST_FILE + 1]).0, "E0112");
    assert!(
        read(&[("facts/a.toml".to_owned(), vec![b'#'; LARGEST_FILE])]).is_empty(),
        "a mebibyte is read"
    );
}

#[test]
fn deep_tables_are_refused() {
    let text = format!("a = {}{}", "[".repeat(500), "]".repeat(500));
    assert_eq!(only("facts/a.toml", text.as_bytes()).0, "E0113");
    let dotted = format!("{} = 1", vec!["a"; 500].join("."));
    assert_eq!(only("facts/a.toml", dotted.as_bytes()).0, "E0113");
}

#[test]
fn a_file_given_twice_is_refused() {
    let file = ("facts/a.toml".to_owned(), b"# nothing\n".to_vec());
    let found = read(&[file.clone(), file]);
    assert_eq!(found.iter().map(|f| f.code).collect::<Vec<_>>(), ["E0109"]);
}

#[test]
fn order_of_files_does_not_matter() {
    let show = |files: &Files, check: Check| check(files).iter().map(ToString::to_string).collect::<Vec<_>>();
    for (page, check) in [
        ("err/shape.toml", read as Check),
        ("law/programmes.toml", compile),
        ("law/overlay_heads.toml", compile),
    ] {
        let files = files_of(&tests_folder().join(page));
        let mut turned = files.clone();
        turned.reverse();
        assert_eq!(show(&files, check), show(&turned, check), "{page}");
    }
}

#[test]
fn places_of_expressions_point_at_the_word() {
    let text = "[person.a]\ntitle = { vi = \"Ấp\", en = \"A\" }\ntype = \"years\"\nis = QUOTEage_on(1, đay)QUOTE\n";
    for (quote, exact) in [
        ("\"", true),
        ("'", true),
        ("\"\"\"", true),
        ("\"\"\"\n", true),
        ("\"\\n", false),
    ] {
        let close = quote.trim_end_matches('\n').trim_end_matches("\\n");
        let text = text.replacen("QUOTE", quote, 1).replacen("QUOTE", close, 1);
        let found = read(&[("terms/a.toml".to_owned(), text.clone().into_bytes())]);
        let words: Vec<&str> = found
            .iter()
            .map(|f| &text[f.span.start as usize..f.span.end as usize])
            .collect();
        if exact {
            assert_eq!(words, ["age_on", "đay"], "in {quote:?}");
        } else {
            assert!(
                words.iter().all(|word| word.starts_with('"') && word.ends_with('"')),
                "the whole string: {words:?}"
            );
        }
    }
}

#[test]
fn codes_rise_and_stand_once() {
    let codes: Vec<&str> = ansinh_engine::codes::CODES.iter().map(|code| code.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "codes rise");
}

#[test]
fn every_code_is_shown() {
    // What a page of text cannot hold has a test of its own above.
    let mut shown: BTreeSet<String> = ["E0110", "E0111", "E0112", "E0113"].map(str::to_owned).into();
    // And what only a search for households finds, in `src/check/tests.rs`.
    let searched = ["E0801", "E0802", "E0803", "N0901", "W0604", "W0605", "W0606", "W0607"];
    shown.extend(searched.map(str::to_owned));
    for page in pages("err").iter().chain(&pages("law")) {
        let expected = expected(&files_of(page));
        let messages = expected.values().flatten().map(|(message, _)| message);
        shown.extend(messages.filter_map(|message| message.split(' ').next().map(str::to_owned)));
    }
    let codes = ansinh_engine::codes::CODES.iter().map(|code| code.code);
    let missing: Vec<&str> = codes.filter(|code| !shown.contains(*code)).collect();
    assert!(missing.is_empty(), "no page shows {missing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_makes_the_reader_fall_over(
        file in 0usize..20,
        at in 0usize..4000,
        length in 0usize..40,
        new in "(\\PC|[\\[\\]{}=\"',.\n#]){0,12}",
    ) {
        let mut files = files_of(&tests_folder().join("ok/overlay.toml"));
        let count = files.len();
        let bytes = &mut files[file % count].1;
        let start = at % bytes.len();
        let end = (start + length).min(bytes.len());
        bytes.splice(start..end, new.into_bytes());
        for finding in compile(&files) {
            let (path, bytes) = &files[finding.span.file as usize];
            prop_assert_eq!(path, &finding.path);
            prop_assert!(bytes.get(finding.span.start as usize..finding.span.end as usize).is_some(), "{}", finding);
        }
    }
}
