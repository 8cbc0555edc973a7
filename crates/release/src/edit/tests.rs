#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use jiff::civil::date;

use super::*;
use crate::built_in_files;

const TODAY: Date = date(2026, 11, 23);

fn value(parameter: &str, from: Date, is: i64) -> NewValue {
    NewValue {
        parameter: parameter.to_owned(),
        from,
        is: Decimal::from(is),
        cite: vec!["ND335 Đ4.2".to_owned()],
        checked: Some(TODAY),
        until: None,
    }
}

/// The lines that only one of two texts has: (gone, come).
fn lines_that_differ(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let only = |these: &str, those: &str| -> Vec<String> {
        let mut left: Vec<&str> = those.lines().collect();
        let mut own = Vec::new();
        for line in these.lines() {
            match left.iter().position(|known| *known == line) {
                Some(at) => drop(left.remove(at)),
                None => own.push(line.to_owned()),
            }
        }
        own
    };
    (only(before, after), only(after, before))
}

fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    let (_, bytes) = files.iter().find(|(known, _)| known == path).expect(path);
    std::str::from_utf8(bytes).unwrap()
}

fn one_file(path: &str, text: &str) -> Files {
    vec![(path.to_owned(), text.as_bytes().to_vec())]
}

/// Sets a value in a small file and returns its text.
fn put(before: &str, new: &NewValue) -> Result<String, EditError> {
    let files = one_file("parameters/x.toml", before);
    set_value(&files, new, TODAY).map(|edited| text(&edited.files, "parameters/x.toml").to_owned())
}

#[test]
fn a_new_value_of_every_parameter_adds_one_line_and_touches_no_other_byte() {
    let files = built_in_files();
    let (rules, _) = ansinh_engine::read::read(&files);
    assert!(rules.parameters.len() > 50);
    for parameter in &rules.parameters {
        let new = value(&parameter.name.value, date(2098, 12, 31), 1_234_567);
        let edited = set_value(&files, &new, TODAY).unwrap();
        let (before, after) = (text(&files, &edited.path), text(&edited.files, &edited.path));
        let (gone, come) = lines_that_differ(before, after);
        // A list on one line stays on it; in any other the value has a line of its own.
        let is_flat = gone.iter().any(|line| line.starts_with("dated"));
        assert_eq!(come.len(), gone.len() + usize::from(!is_flat), "{gone:?} {come:?}");
        assert!(gone.len() <= 1, "{gone:?}");
        let line = after.lines().nth(edited.line - 1).unwrap();
        assert!(come.iter().any(|new| new == line), "{line}");
        assert!(
            come.iter()
                .any(|line| line.contains("from = 2098-12-31, is = 1_234_567, cite = \"ND335 Đ4.2\""))
        );
        assert_eq!(format(&edited.path, after).unwrap(), after, "it is in its form");
        let others =
            |files: &Files| -> Files { files.iter().filter(|(path, _)| *path != edited.path).cloned().collect() };
        assert_eq!(others(&files), others(&edited.files));
        let (read, _) = ansinh_engine::read::read(&edited.files);
        let found = read
            .parameters
            .iter()
            .find(|known| known.name.value == new.parameter)
            .unwrap();
        assert_eq!(found.dated.last().unwrap().is.value, new.is);
        assert_eq!(found.dated.len(), parameter.dated.len() + 1);
    }
}

#[test]
fn a_value_stands_in_the_order_of_days() {
    let before = "# money\n[a]\ntype = \"VND\" # đồng\ndated = [\n  { from = 2020-01-01, is = 1, cite = \"X\" }, # first\n  { from = 2030-01-01, is = 3, cite = \"X\" } # third\n]\n";
    let new = put(before, &value("a", date(2025, 1, 1), 2)).unwrap();
    assert_eq!(
        new,
        "# money\n[a]\ntype = \"VND\" # đồng\ndated = [\n  { from = 2020-01-01, is = 1, cite = \"X\" }, # first\n  { from = 2025-01-01, is = 2, cite = \"ND335 Đ4.2\", checked = 2026-11-23 },\n  { from = 2030-01-01, is = 3, cite = \"X\" } # third\n]\n"
    );
    let last = put(before, &value("a", date(2035, 1, 1), 20_000)).unwrap();
    assert!(
        last.contains("{ from = 2030-01-01, is = 3, cite = \"X\" }, # third\n  { from = 2035-01-01, is = 20_000,"),
        "{last}"
    );
    let flat = put(
        "[a]\ndated = [{ from = 2020-01-01, is = 1, cite = \"X\" }]\n",
        &value("a", date(2021, 1, 1), 2),
    )
    .unwrap();
    assert!(flat.contains("\"X\" }, { from = 2021-01-01"), "{flat}");
    let first = put("[a]\ndated = []\n", &value("a", date(2021, 1, 1), 2)).unwrap();
    assert!(first.contains("dated = [\n  { from = 2021-01-01"), "{first}");
}

#[test]
fn a_value_not_yet_in_force_is_corrected_and_no_other() {
    let before = "[a]\ndated = [\n  { from = 2026-10-05, is = 1, cite = \"X\" },\n  { from = 2027-01-01, is = 2, cite = [\"X\", \"Y\"], backdated = \"X\", review = 2028-01-01 }, # later\n]\n";
    let after = put(before, &value("a", date(2027, 1, 1), 550_000)).unwrap();
    assert!(
        after.contains("  { from = 2027-01-01, is = 550_000, cite = \"ND335 Đ4.2\", backdated = \"X\", review = 2028-01-01, checked = 2026-11-23 }, # later\n"),
        "{after}"
    );
    let refused = put(before, &value("a", date(2026, 10, 5), 9));
    let wanted = EditError::InForce {
        from: date(2026, 10, 5),
        path: "parameters/x.toml".into(),
        line: 3,
    };
    assert_eq!(refused, Err(wanted));
    assert_eq!(
        put(before, &value("b", date(2030, 1, 1), 9)),
        Err(EditError::Unknown { name: "b".into() })
    );
    let broken = put("[a\n", &value("a", date(2030, 1, 1), 9));
    assert!(
        matches!(broken, Err(EditError::Unreadable { line: 1, .. })),
        "{broken:?}"
    );
}

#[test]
fn an_instrument_is_added_at_the_end() {
    let files = built_in_files();
    let new = NewInstrument {
        id: "ND999".into(),
        kind: "decree".into(),
        number: "999/2027/NĐ-CP".into(),
        title: Text {
            vi: "Về “mức” \"mới\"".into(),
            en: "On levels".into(),
        },
        issued: date(2027, 1, 2),
        in_force: date(2027, 2, 1),
        amends: vec!["ND335".into()],
        replaces: vec![],
        checked: Some(TODAY),
    };
    let path = "instruments/decrees.toml";
    let edited = add_instrument(&files, path, &new).unwrap();
    let (before, after) = (text(&files, path), text(&edited.files, path));
    assert!(after.starts_with(before), "what stood there stays");
    assert_eq!(format(path, after).unwrap(), after);
    let (read, _) = ansinh_engine::read::read(&edited.files);
    let found = read.instruments.iter().find(|known| known.id.value == "ND999").unwrap();
    assert_eq!((found.number.as_str(), &found.title), ("999/2027/NĐ-CP", &new.title));
    let again = add_instrument(&edited.files, path, &new);
    assert!(matches!(again, Err(EditError::Taken { .. })), "{again:?}");
    let bad = add_instrument(
        &files,
        path,
        &NewInstrument {
            id: "nd 1".into(),
            ..new
        },
    );
    assert_eq!(bad, Err(EditError::Name { name: "nd 1".into() }));
}

#[test]
fn any_text_of_any_file_can_be_replaced_alone() {
    let files = built_in_files();
    let new = Text {
        vi: "Lời mới \"có\" dấu \\ nháy".into(),
        en: "New words".into(),
    };
    let mut n_texts = 0;
    for (path, _) in files
        .iter()
        .filter(|(path, _)| !path.ends_with("cases.toml") && path != "mutants.toml")
    {
        let all = texts(&files, path).unwrap();
        // The first and the last of each file: one way through the others is as another.
        for at in all.first().into_iter().chain(all.last()) {
            n_texts += 1;
            let edited = set_text(&files, path, &at.place, &new).unwrap();
            let after = texts(&edited.files, path).unwrap();
            assert_eq!(after.len(), all.len());
            for (was, is) in all.iter().zip(&after) {
                let wanted = if was.place == at.place {
                    (&new.vi, &new.en)
                } else {
                    (&was.vi, &was.en)
                };
                assert_eq!(
                    (&is.vi, &is.en, is.line),
                    (wanted.0, wanted.1, was.line),
                    "{path} {}",
                    was.place
                );
            }
            let (gone, come) = lines_that_differ(text(&files, path), text(&edited.files, path));
            assert!(
                gone.len() <= 2 && come.len() == gone.len(),
                "{path} {}: {come:?}",
                at.place
            );
        }
    }
    assert!(n_texts > 200, "{n_texts}");
    assert_eq!(
        set_text(&files, "papers/papers.toml", "nothing.title", &new),
        Err(EditError::Unknown {
            name: "nothing.title".into()
        })
    );
}

#[test]
fn a_new_version_is_the_newest_one_again() {
    let files = built_in_files();
    let folder = "programmes/social-pension";
    let edited = new_version(&files, folder, date(2099, 1, 1)).unwrap();
    assert_eq!(edited.path, "programmes/social-pension/2099-01-01.toml");
    let newest = files
        .iter()
        .filter(|(path, _)| path.starts_with("programmes/social-pension/2"))
        .max()
        .unwrap();
    assert_eq!(text(&edited.files, &edited.path).as_bytes(), newest.1.as_slice());
    assert_eq!(edited.files.len(), files.len() + 1);
    assert!(matches!(
        new_version(&files, folder, date(2020, 1, 1)),
        Err(EditError::TooEarly { .. })
    ));
    assert!(matches!(
        new_version(&files, "programmes/none", date(2099, 1, 1)),
        Err(EditError::Unknown { .. })
    ));
}

#[test]
fn a_file_is_taken_as_typed_under_a_name_that_a_rule_file_can_have() {
    let files = built_in_files();
    let edited = set_file(&files, "terms/new.toml", "not toml [").unwrap();
    assert_eq!(text(&edited.files, "terms/new.toml"), "not toml [");
    for path in [
        "../x.toml",
        "/x.toml",
        "a//b.toml",
        "a.txt",
        ".toml",
        "A/b.toml",
        "a/.x.toml",
        "a\\b.toml",
    ] {
        assert_eq!(
            set_file(&files, path, ""),
            Err(EditError::Name { name: path.into() }),
            "{path}"
        );
    }
    let large = "#".repeat(LARGEST_FILE + 1);
    assert!(matches!(
        set_file(&files, "terms/new.toml", &large),
        Err(EditError::TooLarge { .. })
    ));
    let numbered = set_number(&files, HEAD, 77).unwrap();
    let (gone, come) = lines_that_differ(text(&files, HEAD), text(&numbered.files, HEAD));
    assert_eq!((gone.len(), come.len()), (1, 1));
    assert!(come[0].starts_with("number") && come[0].contains("77"), "{come:?}");
}
