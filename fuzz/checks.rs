//! What must hold of any bytes at all: nothing falls over, and what was accepted keeps its promises.
//!
//! The fuzz targets call these with what they invent; `crates/release/tests/corpus.rs` calls them, in every ordinary run, with
//! the corpus kept here and with the repository's own files.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use ansinh_engine::casebook::run_cases;
use ansinh_engine::diagnostic::{Diagnostic, Findings, Severity, Span};
use ansinh_engine::household::{Household, Person, read_household};
use ansinh_engine::report::report;
use ansinh_engine::syntax::{Expr, Node, parse};
use ansinh_engine::{Depth, Language, Month, RuleSet, assess};
use ansinh_release::{
    Files, HEAD, ReleaseError, digest_of, open, pack, read_folder, unpack, verify_files, write_digests,
};

/// The small folder of the engine's own tests, on which many inputs stand.
const SMALL: &[u8] = include_bytes!("../crates/engine/tests/ok/small.toml");

/// A folder in one input: `# path: facts/a.toml` names the file that follows, `# with: ok/small.toml` adds those of the small
/// folder.
pub fn folder(bytes: &[u8]) -> Files {
    let mut files = Files::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let words = line.trim_ascii_end();
        if words == b"# with: ok/small.toml" && !std::ptr::eq(bytes, SMALL) {
            files.extend(folder(SMALL));
        } else if let Some(path) = words.strip_prefix(b"# path: ") {
            files.push((String::from_utf8_lossy(path).into_owned(), Vec::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.extend_from_slice(line);
        }
    }
    files
}

/// Files of rules: read, checked, compiled; and if they are accepted, used.
pub fn rules(bytes: &[u8]) {
    let files = folder(bytes);
    let (rules, found) = ansinh_engine::compile(&files, "");
    let any_error = found.iter().any(|finding| finding.severity == Severity::Error);
    assert_eq!(
        rules.is_none(),
        any_error,
        "an error, and nothing else, refuses the files"
    );
    places_are_good(&files, &found);
    let mut turned = files.clone();
    turned.reverse();
    // A path given twice is refused, and which of the two was meant nobody can say.
    let paths: BTreeSet<&String> = files.iter().map(|(path, _)| path).collect();
    if paths.len() == files.len() {
        let shown = |found: &[Diagnostic]| found.iter().map(|f| (f.to_string(), f.span.start)).collect::<Vec<_>>();
        let again = ansinh_engine::compile(&turned, "").1;
        assert_eq!(shown(&found), shown(&again), "order of files does not matter");
    }
    let Some(rules) = rules else { return };
    run_cases(&rules);
    let one = |id: &str, parents: Vec<usize>| Person {
        id: id.to_owned(),
        parents,
        ..Person::default()
    };
    let household = Household {
        persons: vec![one("a", vec![]), one("b", vec![0])],
        ..Household::default()
    };
    use_rules(&rules, &household, "2025-02");
}

fn places_are_good(files: &Files, found: &[Diagnostic]) {
    for finding in found {
        // A release without a head has no place to point at.
        let Some((path, bytes)) = files.get(finding.span.file as usize) else {
            continue;
        };
        if *path != finding.path {
            assert!(
                finding.path.is_empty() || finding.span == Span::default(),
                "{finding}: path and place disagree"
            );
            continue;
        }
        let (start, end) = (finding.span.start as usize, finding.span.end as usize);
        assert!(bytes.get(start..end).is_some(), "{finding}: the place lies in the file");
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert!(text.get(start..end).is_some(), "{finding}: the place divides a letter");
        }
    }
}

/// Assesses and reports; the same again gives the same bytes.
fn use_rules(rules: &RuleSet, household: &Household, month: &str) {
    let Some(month) = Month::parse(month) else { return };
    let assessment = assess(rules, household, month, Depth::Calendar);
    let again = assess(rules, household, month, Depth::Calendar);
    assert_eq!(assessment, again, "the same inputs, the same answer");
    for language in [Language::Vi, Language::En] {
        let bytes = |assessment| serde_json::to_string(&report(rules, household, assessment, language)).unwrap();
        assert_eq!(bytes(&assessment), bytes(&again), "the same inputs, the same bytes");
    }
}

/// An expression: what was read without an error and is written is read again as the same.
pub fn expression(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Some(expr) = read_expression(text) else { return };
    let written = expr.to_string();
    let Some(again) = read_expression(&written) else {
        panic!("`{text}` is written `{written}`, which is not read")
    };
    assert_eq!(written, again.to_string(), "`{text}` is written in one way");
    assert!(same(&expr, &again), "`{text}` and `{written}` mean the same");
}

fn read_expression(text: &str) -> Option<Expr> {
    let mut findings = Findings::new(["a.toml"]);
    let expr = parse(text, Span::new(0, 0, text.len()), &mut findings);
    let refused = findings.any_error();
    for finding in findings.into_sorted() {
        let place = finding.span.start as usize..finding.span.end as usize;
        assert!(
            text.get(place).is_some(),
            "`{text}`: {finding}: the place lies in the text"
        );
    }
    (!refused).then_some(expr)
}

/// Whether two expressions are the same but for their places.
fn same(a: &Expr, b: &Expr) -> bool {
    let all = |a: &[Expr], b: &[Expr]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b));
    let perhaps = |a: &Option<Box<Expr>>, b: &Option<Box<Expr>>| match (a, b) {
        (Some(a), Some(b)) => same(a, b),
        (None, None) => true,
        _ => false,
    };
    match (&a.node, &b.node) {
        (Node::Not(a), Node::Not(b)) | (Node::Negate(a), Node::Negate(b)) => same(a, b),
        (Node::And(a), Node::And(b)) | (Node::Or(a), Node::Or(b)) => all(a, b),
        (Node::Compare(f, a, b), Node::Compare(g, c, d)) => f == g && same(a, c) && same(b, d),
        (Node::Arithmetic(f, a, b), Node::Arithmetic(g, c, d)) => f == g && same(a, c) && same(b, d),
        (Node::OneOf(a, list), Node::OneOf(b, other)) => {
            same(a, b) && list.iter().map(|(name, _)| name).eq(other.iter().map(|(name, _)| name))
        }
        (
            Node::Between {
                value: a,
                low: b,
                high: c,
                inclusive: d,
            },
            Node::Between {
                value: e,
                low: f,
                high: g,
                inclusive: h,
            },
        ) => d == h && same(a, e) && same(b, f) && same(c, g),
        (Node::Absent(a, is), Node::Absent(b, also)) => is == also && same(a, b),
        (Node::If(a, b, c), Node::If(d, e, f)) => same(a, d) && same(b, e) && same(c, f),
        (Node::Call(f, a), Node::Call(g, b)) => f == g && all(a, b),
        (
            Node::Aggregate {
                kind: a,
                people: b,
                of: c,
                filter: d,
            },
            Node::Aggregate {
                kind: e,
                people: f,
                of: g,
                filter: h,
            },
        ) => a == e && b == f && perhaps(c, g) && perhaps(d, h),
        (a, b) => a == b,
    }
}

/// A household file under the national rules: read; and if it is accepted, judged in months around which the law changes.
pub fn household(bytes: &[u8]) {
    let rules = national();
    match read_household(rules, bytes) {
        Err(problems) => assert!(!problems.is_empty(), "a file is refused for a reason"),
        Ok(household) => {
            let ids: BTreeSet<&str> = household.persons.iter().map(|person| person.id.as_str()).collect();
            assert_eq!(
                ids.len(),
                household.persons.len(),
                "every person has an id of their own"
            );
            let months = ["2025-06", "2026-11", "1900-01", "2200-12"];
            let of_length = bytes.len() % months.len();
            use_rules(rules, &household, months[of_length]);
        }
    }
}

fn national() -> &'static RuleSet {
    static RULES: OnceLock<RuleSet> = OnceLock::new();
    RULES.get_or_init(|| {
        let files: Files = ansinh_release::built_in_files();
        let rules = files
            .into_iter()
            .filter(|(path, _)| !path.ends_with("cases.toml"))
            .collect::<Files>();
        ansinh_engine::compile(&rules, "").0.unwrap()
    })
}

/// The files of a release: digested, compared with what is listed; and from a folder, read back, listed and verified.
pub fn release(bytes: &[u8]) {
    assert!(open(bytes, &[]).is_err(), "nothing is accepted without a key");
    if let Ok(files) = unpack(bytes) {
        assert_eq!(pack(&files).unwrap(), bytes, "there is one way to write a package");
    }
    let files = folder(bytes);
    if let Ok(packed) = pack(&files) {
        let out = unpack(&packed).unwrap();
        assert_eq!(out.len(), files.len(), "what is packed comes out");
        assert!(files.iter().all(|file| out.contains(file)), "what is packed comes out");
    }
    let mut turned = files.clone();
    turned.reverse();
    let paths: BTreeSet<&String> = files.iter().map(|(path, _)| path).collect();
    if paths.len() == files.len() {
        assert_eq!(digest_of(&files), digest_of(&turned), "order of files does not matter");
    }
    let verified = verify_files(&files);
    if verified.is_ok() {
        let mut changed = files.clone();
        for at in 0..files.len() {
            if files[at].0 != HEAD {
                changed[at].1.push(b' ');
                assert!(verify_files(&changed).is_err(), "one byte more is a change");
                changed[at].1.pop();
            }
        }
    }
    // In a folder, only what can lie in one.
    let plain = |name: &str| {
        !name.is_empty()
            && name.len() < 80
            && name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'_' || b == b'-')
    };
    let lies =
        |path: &str| path.split('/').count() < 6 && path.split('/').all(|name| plain(name) && !name.starts_with('.'));
    if files.len() > 12 || !files.iter().all(|(path, _)| lies(path) && path.ends_with(".toml")) {
        return;
    }
    let place = tempfile::tempdir().unwrap();
    let mut written = Files::new();
    for (path, bytes) in &files {
        let at = place.path().join(path);
        // A file and a folder of one name cannot lie together.
        if std::fs::create_dir_all(at.parent().unwrap()).is_err() || std::fs::write(&at, bytes).is_err() {
            return;
        }
        written.retain(|(known, _)| known != path);
        written.push((path.clone(), bytes.clone()));
    }
    written.sort();
    assert_eq!(
        read_folder(place.path()).unwrap(),
        written,
        "what lies in the folder is read"
    );
    match write_digests(place.path()) {
        Err(ReleaseError::NoHead | ReleaseError::Head) => {}
        Err(other) => panic!("{other}"),
        Ok(changed) => {
            let after = read_folder(place.path()).unwrap();
            verify_files(&after).unwrap();
            assert_eq!(changed, after != written, "whether something changed is said");
            assert!(!write_digests(place.path()).unwrap(), "written twice, nothing changes");
            assert_eq!(digest_of(&after), digest_of(&read_folder(place.path()).unwrap()));
        }
    }
}
