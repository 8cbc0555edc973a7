#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

const RELEASE: &str = "# kept by hand\nlanguage = 1\nid = \"vn\"\nnumber = 3 # the third\n\
                       title = { vi = \"Bộ quy tắc\", en = \"Rules\" }\n\n[files]\n";
const LAWS: &str = "# no law yet\n";

fn national() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/vn")
}

/// A folder with a release and one empty file of laws.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("instruments")).unwrap();
    fs::write(folder.path().join("instruments/laws.toml"), LAWS).unwrap();
    fs::write(folder.path().join(HEAD), RELEASE).unwrap();
    folder
}

fn mismatches(folder: &Path) -> Vec<Mismatch> {
    match verify_files(&read_folder(folder).unwrap()) {
        Ok(()) => Vec::new(),
        Err(ReleaseError::Digests(mismatches)) => mismatches,
        Err(other) => panic!("unexpected: {other}"),
    }
}

#[test]
fn every_place_with_rules_has_them_in_the_program() {
    let folders = fs::read_dir(national().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let places: Vec<PathBuf> = folders
        .filter(|path| path.join(HEAD).is_file() && path != &national())
        .collect();
    let places = places.iter().filter(|path| {
        path.file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with("vn-"))
    });
    let codes: Vec<String> = places
        .map(|path| listing::area(&read_folder(path).unwrap()).unwrap())
        .collect();
    assert!(!codes.is_empty());
    for code in &codes {
        let release = built_in_for(code).unwrap();
        assert_eq!(release.rules.tag.overlays.len(), 1, "{code}");
        assert_eq!(release.rules.overlays[0].area, *code);
        assert!(std::ptr::eq(release, built_in_for(code).unwrap()), "compiled once");
    }
    let mut built = provinces_with_rules();
    built.sort();
    let mut codes = codes;
    codes.sort();
    assert_eq!(built, codes);
    assert!(built_in_for("").unwrap().rules.overlays.is_empty());
}

#[test]
fn the_national_rules_are_as_listed() {
    let files = read_folder(&national()).unwrap();
    if let Err(error) = verify_files(&files) {
        panic!("{error}\nafter a change of rules: ansinh release digest rules/vn --write");
    }
}

#[test]
fn the_rules_built_in_are_those_of_the_folder() {
    let folder = load_folder(&national()).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    let built_in = built_in().unwrap();
    assert_eq!(
        built_in.files, folder.files,
        "the program is built again when a rule file changes"
    );
    assert_eq!(built_in.digest, folder.digest);
    assert_eq!(
        built_in.rules.tag.digest, folder.digest,
        "answers name the release that gave them"
    );
    assert!(!folder.rules.cases.is_empty() && built_in.rules.cases.is_empty());
    assert_eq!(
        built_in.rules.nodes.len(),
        folder.rules.nodes.len(),
        "cases add nothing to the rules"
    );
    assert_eq!((built_in.id.as_str(), built_in.number), ("vn", folder.number));
}

#[test]
fn the_digest_is_the_one_of_the_documented_commands() {
    let files = vec![
        ("a/z.toml".to_owned(), b"z\n".to_vec()),
        (
            HEAD.to_owned(),
            b"id = \"vn\"\n[files]\n\"a/z.toml\" = \"x\"\n".to_vec(),
        ),
        ("a-b.toml".to_owned(), b"b\n".to_vec()),
    ];
    let listing = format!(
        "{}  a-b.toml\n{}  a/z.toml\nid = \"vn\"\n",
        sha256(b"b\n"),
        sha256(b"z\n")
    );
    assert_eq!(digest_of(&files), sha256(listing.as_bytes()));
}

#[test]
fn every_meaningful_byte_changes_the_digest() {
    let folder = folder();
    let digest = || digest_of(&read_folder(folder.path()).unwrap());
    let before = digest();
    assert!(write_digests(folder.path()).unwrap());
    assert_eq!(digest(), before, "the list of digests is no part of the digest");
    fs::write(folder.path().join("instruments/laws.toml"), "# two laws\n").unwrap();
    let after = digest();
    assert_ne!(after, before);
    fs::write(folder.path().join(HEAD), RELEASE.replace("= 3", "= 4")).unwrap();
    assert_ne!(digest(), after);
}

#[test]
fn nothing_hides_behind_the_list_of_files() {
    for hidden in [
        "id = \"vn\"\n[files]\n[title]\nvi = \"khác\"\n",
        "id = \"\"\"\n[files]\n\"\"\"\n",
        "files.a = \"x\"\n[files]\n",
    ] {
        assert!(split_head_is_none(hidden), "{hidden}");
    }
}

fn split_head_is_none(text: &str) -> bool {
    listing::split_head(text.as_bytes()).is_none()
}

#[test]
fn each_file_that_differs_is_named() {
    let folder = folder();
    assert_eq!(
        mismatches(folder.path()),
        [Mismatch::NotListed {
            path: "instruments/laws.toml".into()
        }]
    );
    write_digests(folder.path()).unwrap();
    assert_eq!(mismatches(folder.path()), []);
    fs::write(folder.path().join("instruments/laws.toml"), "# changed\n").unwrap();
    fs::write(folder.path().join("instruments/decrees.toml"), "# new\n").unwrap();
    let found = mismatches(folder.path());
    assert!(matches!(&found[0], Mismatch::NotListed { path } if path == "instruments/decrees.toml"));
    assert!(matches!(&found[1], Mismatch::Changed { path, listed, found }
        if path == "instruments/laws.toml" && *listed == sha256(LAWS.as_bytes()) && *found == sha256(b"# changed\n")));
    fs::remove_file(folder.path().join("instruments/laws.toml")).unwrap();
    assert!(matches!(&mismatches(folder.path())[1], Mismatch::Missing { path } if path == "instruments/laws.toml"));
}

#[test]
fn writing_digests_leaves_the_rest_alone() {
    let folder = folder();
    let head = folder.path().join(HEAD);
    fs::write(
        &head,
        format!("{RELEASE}\"gone.toml\" = \"0\"\n\"instruments/laws.toml\" = \"0\" # looked at\n"),
    )
    .unwrap();
    assert!(write_digests(folder.path()).unwrap());
    let laws = sha256(LAWS.as_bytes());
    let expected = format!("{RELEASE}\"instruments/laws.toml\" = \"{laws}\" # looked at\n");
    assert_eq!(fs::read_to_string(&head).unwrap(), expected);
    assert!(!write_digests(folder.path()).unwrap(), "nothing is left to write");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        2,
        "no file is left beside"
    );
}

#[test]
fn a_release_without_a_list_gets_one() {
    let folder = folder();
    fs::write(folder.path().join(HEAD), RELEASE.replace("[files]\n", "")).unwrap();
    assert!(matches!(
        verify_files(&read_folder(folder.path()).unwrap()),
        Err(ReleaseError::Head)
    ));
    write_digests(folder.path()).unwrap();
    assert_eq!(mismatches(folder.path()), []);
}

#[test]
fn files_come_by_path_and_only_rule_files() {
    let folder = folder();
    fs::write(folder.path().join("instruments/notes.txt"), "not a rule").unwrap();
    fs::create_dir(folder.path().join("facts")).unwrap();
    fs::write(folder.path().join("facts/person.toml"), "").unwrap();
    let files = read_folder(folder.path()).unwrap();
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["facts/person.toml", "instruments/laws.toml", "release.toml"]);
}

#[test]
fn a_folder_that_is_no_release_says_so() {
    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(load_folder(empty.path()), Err(ReleaseError::NoHead)));
    assert!(matches!(
        load_folder(&empty.path().join("nowhere")),
        Err(ReleaseError::Io { .. })
    ));
    fs::write(empty.path().join("file"), "").unwrap();
    assert!(matches!(
        load_folder(&empty.path().join("file")),
        Err(ReleaseError::NotAFolder { .. })
    ));
}

#[test]
fn rules_with_errors_come_back_as_findings() {
    let folder = folder();
    fs::write(folder.path().join("instruments/laws.toml"), "[ND20]\nkinds = 1\n").unwrap();
    match load_folder(folder.path()) {
        Err(ReleaseError::Rules(found)) => assert!(found.iter().any(|f| f.path == "instruments/laws.toml")),
        other => panic!("unexpected: {other:?}"),
    }
}

#[test]
fn bulk_is_refused() {
    let folder = folder();
    let mut deep = folder.path().to_path_buf();
    for _ in 0..12 {
        deep.push("d");
    }
    fs::create_dir_all(&deep).unwrap();
    assert!(matches!(read_folder(folder.path()), Err(ReleaseError::TooLarge { .. })));
    fs::remove_dir_all(folder.path().join("d")).unwrap();
    let sparse = fs::File::create(folder.path().join("big.toml")).unwrap();
    sparse.set_len(LARGEST_FOLDER + 1).unwrap();
    assert!(matches!(read_folder(folder.path()), Err(ReleaseError::TooLarge { .. })));
}

#[cfg(unix)]
#[test]
fn links_and_odd_names_are_refused() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x.toml"), "").unwrap();
    for target in [outside.path().to_path_buf(), outside.path().join("x.toml")] {
        let folder = folder();
        symlink(target, folder.path().join("link.toml")).unwrap();
        assert!(matches!(read_folder(folder.path()), Err(ReleaseError::Link { .. })));
    }
    for name in ["a\nb.toml", "a\\b.toml"] {
        let folder = folder();
        fs::write(folder.path().join(name), "").unwrap();
        assert!(
            matches!(read_folder(folder.path()), Err(ReleaseError::Name { .. })),
            "{name:?}"
        );
    }
    let linked = outside.path().join("release");
    symlink(folder().keep(), &linked).unwrap();
    assert!(
        read_folder(&linked).is_ok(),
        "the folder itself may be named through a link"
    );
}

const OVERLAY: &str = "language = 1\nid = \"vn_99\"\nnumber = 2\nextends = \"EXTENDS\"\n\
                       title = { vi = \"Tỉnh Mẫu\", en = \"Sample Province\" }\n\
                       area = { code = \"99\", is = \"province\", vi = \"Tỉnh Mẫu\", en = \"Sample Province\" }\n\n[files]\n";

/// A folder `vn-99` that extends `extends`, beside a folder `vn` where that is wanted.
fn province(extends: &str, with_base: bool) -> (tempfile::TempDir, PathBuf) {
    let rules = tempfile::tempdir().unwrap();
    let own = rules.path().join("vn-99");
    fs::create_dir(&own).unwrap();
    fs::write(own.join(HEAD), OVERLAY.replace("EXTENDS", extends)).unwrap();
    if with_base {
        fs::create_dir(rules.path().join("vn")).unwrap();
        fs::write(rules.path().join("vn").join(HEAD), RELEASE).unwrap();
    }
    (rules, own)
}

#[test]
fn an_overlay_is_loaded_with_the_rules_beside_it_and_both_are_named() {
    let (rules, own) = province("vn", true);
    let release = load_folder(&own).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    let base = load_folder(&rules.path().join("vn")).unwrap();
    assert_eq!(
        (release.id.as_str(), release.number, &release.digest),
        ("vn", 3, &base.digest)
    );
    let [tag] = release.rules.tag.overlays.as_slice() else {
        panic!("one overlay")
    };
    assert_eq!((tag.id.as_str(), tag.number), ("vn_99", 2));
    assert_eq!(
        tag.digest,
        digest_of(&read_folder(&own).unwrap()),
        "each release has its own digest"
    );
    let layers = read_layers(std::slice::from_ref(&own)).unwrap();
    assert_eq!(layers.place_of("overlays/vn-99/release.toml"), own.join(HEAD));
    assert_eq!(layers.place_of(HEAD), rules.path().join("vn").join(HEAD));
}

#[test]
fn an_overlay_without_rules_beside_it_lies_over_those_built_in_if_they_are_meant() {
    let (_rules, own) = province("vn", false);
    let release = load_folder(&own).unwrap_or_else(|error| panic!("{error}: {error:?}"));
    assert_eq!(release.digest, built_in().unwrap().digest);
    let (_rules, own) = province("another", false);
    assert!(matches!(load_folder(&own), Err(ReleaseError::NoBase { id }) if id == "another"));
}

#[test]
fn folders_that_cannot_lie_over_one_another_are_refused() {
    let (rules, own) = province("vn", true);
    let base = rules.path().join("vn");
    let twice = read_layers(&[base.clone(), own.clone(), own.clone()]);
    assert!(matches!(twice, Err(ReleaseError::Twice { name }) if name == "vn-99"));
    fs::create_dir_all(base.join("overlays/vn-99")).unwrap();
    fs::write(base.join("overlays/vn-99").join(HEAD), OVERLAY).unwrap();
    let nested = read_layers(&[base]);
    assert!(matches!(nested, Err(ReleaseError::Nested { path }) if path == "overlays/vn-99/release.toml"));
}

#[test]
fn files_of_an_overlay_are_compared_with_its_own_list() {
    let (rules, own) = province("vn", true);
    fs::create_dir(own.join("facts")).unwrap();
    fs::write(own.join("facts/a.toml"), LAWS).unwrap();
    let files = |own: &Path| {
        read_layers(&[rules.path().join("vn"), own.to_path_buf()])
            .unwrap()
            .files
    };
    match verify_files(&files(&own)) {
        Err(ReleaseError::Digests(found)) => {
            let [only] = found.as_slice() else { panic!("{found:?}") };
            assert_eq!(only.path(), "overlays/vn-99/facts/a.toml");
        }
        other => panic!("{other:?}"),
    }
    assert!(write_digests(&own).unwrap());
    assert!(verify_files(&files(&own)).is_ok());
}

#[test]
fn the_order_of_overlays_does_not_mix_up_their_digests() {
    let (rules, own) = province("vn", true);
    let other = rules.path().join("vn-99-a");
    fs::create_dir(&other).unwrap();
    let head = OVERLAY.replace("EXTENDS", "vn").replace("\"vn_99\"", "\"vn_99_a\"");
    fs::write(other.join(HEAD), head).unwrap();
    let base = rules.path().join("vn");
    let tags = |folders: &[PathBuf]| {
        Release::compile(read_layers(folders).unwrap().files)
            .unwrap()
            .rules
            .tag
            .overlays
            .clone()
    };
    let expected = [
        ("vn_99", digest_of(&read_folder(&own).unwrap())),
        ("vn_99_a", digest_of(&read_folder(&other).unwrap())),
    ];
    for folders in [[base.clone(), own.clone(), other.clone()], [base, other, own]] {
        let tags = tags(&folders);
        let found: Vec<(&str, String)> = tags.iter().map(|tag| (tag.id.as_str(), tag.digest.clone())).collect();
        assert_eq!(found, expected);
    }
}
