//! Dependencies point one way: `engine` <- `release`, `print` <- `store` <- `casework` <- the shells. The manifests are
//! read as they are written, so that a wrong line is refused in the change that adds it.

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

/// A crate may use only crates of a lower rank.
const RANKS: [(&str, u32); 10] = [
    ("ansinh-engine", 0),
    ("ansinh-release", 1),
    ("ansinh-print", 1),
    ("ansinh-store", 2),
    ("ansinh-casework", 3),
    ("ansinh-cli", 4),
    ("ansinh-webhost", 4),
    ("ansinh-app", 4),
    // These two start the programs and use no crate of ours.
    ("xtask", 0),
    ("ansinh-desktop-journey", 0),
];

/// Libraries that one crate alone may know, by the start of their name.
const SOLE_USERS: [(&str, &str); 5] = [
    ("sqlx", "ansinh-store"),
    ("libsqlite3", "ansinh-store"),
    ("typst", "ansinh-print"),
    ("tauri", "ansinh-app"),
    ("axum", "ansinh-webhost"),
];

/// Libraries through which the engine could reach a clock, a file, a thread or chance.
const NOT_IN_ENGINE: [&str; 6] = ["tokio", "rand", "rayon", "tempfile", "chrono", "time"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap()
        .to_path_buf()
}

fn manifest(folder: &Path) -> toml::Table {
    let path = folder.join("Cargo.toml");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The folders of all members, read from the workspace manifest.
fn members() -> Vec<PathBuf> {
    let root = root();
    let mut folders = Vec::new();
    for member in manifest(&root)["workspace"]["members"].as_array().unwrap() {
        let member = member.as_str().unwrap();
        match member.strip_suffix("/*") {
            Some(parent) => folders.extend(
                fs::read_dir(root.join(parent))
                    .unwrap()
                    .map(|entry| entry.unwrap().path())
                    .filter(|folder| folder.join("Cargo.toml").is_file()),
            ),
            None => folders.push(root.join(member)),
        }
    }
    folders.sort();
    folders
}

/// Each crate with every library its manifest names, under whatever name it is renamed to.
fn dependencies() -> BTreeMap<String, BTreeSet<String>> {
    members()
        .iter()
        .map(|folder| manifest(folder))
        .map(|table| (name_of(&table), named_in(&table)))
        .collect()
}

fn name_of(manifest: &toml::Table) -> String {
    manifest["package"]["name"].as_str().unwrap().to_owned()
}

fn named_in(table: &toml::Table) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (key, value) in table {
        let Some(entries) = value.as_table() else { continue };
        if key.ends_with("dependencies") {
            for (name, entry) in entries {
                let package = entry.get("package").and_then(toml::Value::as_str);
                names.insert(package.unwrap_or(name).to_owned());
            }
        } else if key == "target" {
            names.extend(entries.values().filter_map(toml::Value::as_table).flat_map(named_in));
        }
    }
    names
}

/// What is wrong with the dependencies of one crate.
fn wrong_in(name: &str, uses: &BTreeSet<String>) -> Vec<String> {
    let rank_of = |name: &str| RANKS.iter().find(|(ranked, _)| *ranked == name).map(|(_, rank)| *rank);
    let Some(rank) = rank_of(name) else {
        return vec![format!("{name} has no rank: say in this test where it stands")];
    };
    let mut wrong = Vec::new();
    for used in uses {
        if rank_of(used).is_some_and(|lower| lower >= rank) {
            wrong.push(format!("{name} must not use {used}: dependencies point one way"));
        }
        if let Some((_, owner)) = SOLE_USERS.iter().find(|(start, _)| used.starts_with(start))
            && *owner != name
        {
            wrong.push(format!("{name} must not use {used}: only {owner} knows it"));
        }
        if name == "ansinh-engine" && NOT_IN_ENGINE.contains(&used.as_str()) {
            wrong.push(format!(
                "{name} must not use {used}: the same question gives the same answer everywhere"
            ));
        }
    }
    wrong
}

#[test]
fn every_dependency_points_the_right_way() {
    let wrong: Vec<String> = dependencies()
        .iter()
        .flat_map(|(name, uses)| wrong_in(name, uses))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_ranked_crate_exists() {
    let known = dependencies();
    for (name, _) in RANKS {
        assert!(
            known.contains_key(name),
            "{name} is ranked but is no member of the workspace"
        );
    }
}

#[test]
fn a_dependency_that_points_the_wrong_way_is_refused() {
    let check = |name: &str, used: &str| wrong_in(name, &BTreeSet::from([used.to_owned()])).len();
    assert_eq!(check("ansinh-engine", "ansinh-release"), 1, "the engine knows nobody");
    assert_eq!(
        check("ansinh-release", "ansinh-print"),
        1,
        "neighbours do not know each other"
    );
    assert_eq!(
        check("ansinh-store", "ansinh-casework"),
        1,
        "the store does not know its user"
    );
    assert_eq!(check("ansinh-casework", "sqlx"), 1, "only the store knows SQL");
    assert_eq!(check("ansinh-cli", "typst-pdf"), 1, "only print knows Typst");
    assert_eq!(check("ansinh-casework", "tauri"), 1, "only the window knows Tauri");
    assert_eq!(check("ansinh-engine", "tokio"), 1, "the engine has no threads");
    assert_eq!(
        check("ansinh-unheard-of", "serde"),
        1,
        "a new crate must be given its place"
    );
    assert_eq!(
        check("ansinh-app", "ansinh-casework"),
        0,
        "the window calls the casework"
    );
}

#[test]
fn a_renamed_or_conditional_dependency_is_seen() {
    let table = "
        [dev-dependencies]
        database = { package = 'sqlx', version = '1' }
        [target.'cfg(unix)'.build-dependencies]
        tauri.workspace = true
    ";
    let named = named_in(&table.parse().unwrap());
    assert_eq!(named, BTreeSet::from(["sqlx".to_owned(), "tauri".to_owned()]));
}

#[test]
fn only_the_host_folder_of_the_interface_knows_tauri() {
    let sources = root().join("ui/src");
    let host = sources.join("host");
    let mut folders = vec![sources];
    let mut n_read = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.starts_with(&host)
                && let Ok(text) = fs::read_to_string(&path)
            {
                n_read += 1;
                for word in ["@tauri-apps", "__TAURI"] {
                    assert!(
                        !text.contains(word),
                        "{} must not know {word}: only ui/src/host does",
                        path.display()
                    );
                }
            }
        }
    }
    assert!(n_read > 0, "no source of the interface was read");
}
