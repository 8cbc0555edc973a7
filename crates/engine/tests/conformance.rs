//! The conformance kit of the rule language, `rules/conformance`, run through this engine; its README says what it holds.
//!
//! What is expected was thought out from the language page. A second test changes every expectation and shows that the change
//! is noticed, so that no scenario passes because nothing is compared.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ansinh_engine::assess::{Assessment, Determination};
use ansinh_engine::casebook::reasons;
use ansinh_engine::evaluate::{Level, Unknown};
use ansinh_engine::household::read_household;
use ansinh_engine::report::Answer;
use ansinh_engine::rules::RuleSet;
use ansinh_engine::{Depth, Household, Month, assess};
use serde_json::{Value as Json, json};

fn kit() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/conformance")
}

/// Adds the rule files under a folder, by their path in it.
fn add_files(root: &Path, folder: &Path, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add_files(root, &path, files);
        } else if path.extension().is_some_and(|ext| ext == "toml") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

/// The topics of the kit, each with its rules and scenarios.
fn topics() -> Vec<(String, RuleSet, Vec<Json>)> {
    let mut topics: Vec<PathBuf> = std::fs::read_dir(kit()).unwrap().map(|e| e.unwrap().path()).collect();
    topics.retain(|path| path.is_dir() && !path.ends_with("basis"));
    topics.sort();
    let read = |topic: &PathBuf| {
        let name = topic.file_name().unwrap().to_str().unwrap().to_owned();
        let mut files = Vec::new();
        for root in [kit().join("basis"), topic.clone()] {
            add_files(&root, &root, &mut files);
        }
        files.sort();
        let (rules, findings) = ansinh_engine::compile(&files, "");
        let findings: Vec<String> = findings.iter().map(ToString::to_string).collect();
        let rules = rules.unwrap_or_else(|| panic!("{name}: {}", findings.join("\n")));
        let scenarios = std::fs::read(topic.join("scenarios.json")).unwrap();
        (name, rules, serde_json::from_slice(&scenarios).unwrap())
    };
    topics.iter().map(read).collect()
}

fn answer(answer: Answer) -> &'static str {
    match answer {
        Answer::Entitled => "entitled",
        Answer::NotEntitled => "not_entitled",
        Answer::Open => "open",
        Answer::PersonDecides => "person_decides",
        Answer::NotCovered => "not_covered",
        Answer::Failed => "failed",
    }
}

fn amount(level: Option<Level>) -> Json {
    match level {
        None => Json::Null,
        Some(level) if level.low == level.high => json!(level.low),
        Some(level) => json!([level.low, level.high]),
    }
}

fn names<'a>(list: impl IntoIterator<Item = &'a Json>) -> BTreeSet<String> {
    list.into_iter().map(|name| name.as_str().unwrap().to_owned()).collect()
}

/// Everything the kit can compare, as it writes it.
struct Shown {
    answer: &'static str,
    amount: Json,
    because: BTreeSet<String>,
    asks: BTreeSet<String>,
    presumed: BTreeSet<String>,
    next: Json,
}

fn shown(rules: &RuleSet, household: &Household, found: &Determination) -> Shown {
    let name = |(person, fact): &Unknown| {
        let who = person.map_or("household", |at| household.persons[at].id.as_str());
        format!("{who}.{}", rules.fact(*fact).unwrap().name)
    };
    let next = match &found.next_change {
        None => json!("none"),
        Some(next) => {
            let pays = !matches!(next.answer, Answer::NotEntitled | Answer::NotCovered);
            let amount = amount(next.level.filter(|_| pays));
            json!({ "on": next.on.to_string(), "answer": answer(next.answer), "amount": amount })
        }
    };
    Shown {
        answer: answer(found.answer),
        amount: amount(found.level),
        because: reasons(rules, household, found),
        asks: found.asks.iter().map(name).collect(),
        presumed: found.presumed.iter().map(name).collect(),
        next,
    }
}

/// Returns what differs from an expectation.
fn differences(rules: &RuleSet, household: &Household, assessment: &Assessment, expect: &Json) -> Vec<String> {
    let (programme, subject) = (
        expect["programme"].as_str().unwrap(),
        expect["subject"].as_str().unwrap(),
    );
    let (programme, _) = rules
        .programme_named(programme)
        .unwrap_or_else(|| panic!("no programme {programme}"));
    let person = household.person_at(subject);
    assert_eq!(person.is_none(), subject == "household", "no person {subject}");
    let found = assessment
        .determinations
        .iter()
        .find(|found| found.programme == programme && found.person == person);
    let wanted = expect["answer"].as_str().unwrap();
    let Some(found) = found else {
        return match wanted {
            "none" => Vec::new(),
            _ => vec![format!("nothing is determined, expected {wanted}")],
        };
    };
    let shown = shown(rules, household, found);
    let mut wrong = Vec::new();
    let mut same = |what: &str, found: String, wanted: String| {
        if found != wanted {
            wrong.push(format!("{what}: expected {wanted}, found {found}"));
        }
    };
    same("answer", shown.answer.to_owned(), wanted.to_owned());
    same("amount", shown.amount.to_string(), expect["amount"].to_string());
    let list = |key: &str| expect.get(key).map(|list| names(list.as_array().unwrap()));
    let presumed = list("presumed").unwrap_or_default();
    same("presumed", format!("{:?}", shown.presumed), format!("{presumed:?}"));
    if let Some(asks) = list("asks") {
        same("asks", format!("{:?}", shown.asks), format!("{asks:?}"));
    }
    if let Some(next) = expect.get("next") {
        let mut next = next.clone();
        if let Some(next) = next.as_object_mut() {
            next.entry("amount").or_insert(Json::Null);
        }
        same("next change", shown.next.to_string(), next.to_string());
    }
    for reason in list("because").unwrap_or_default() {
        if !shown.because.contains(&reason) {
            wrong.push(format!("reason: expected {reason}, found {:?}", shown.because));
        }
    }
    wrong
}

/// Calls `visit` with every expectation of the kit, its scenario's name, and what there is to compare it with.
fn each_expectation(mut visit: impl FnMut(&str, &Json, &dyn Fn(&Json) -> Vec<String>)) {
    for (topic, rules, scenarios) in topics() {
        for scenario in &scenarios {
            let name = format!("{topic}: {}", scenario["name"].as_str().unwrap());
            let bytes = scenario["household"].to_string();
            let household =
                read_household(&rules, bytes.as_bytes()).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
            let month = Month::parse(scenario["month"].as_str().unwrap()).unwrap();
            let assessment = assess(&rules, &household, month, Depth::Calendar);
            for expect in scenario["expect"].as_array().unwrap() {
                visit(&name, expect, &|expect| {
                    differences(&rules, &household, &assessment, expect)
                });
            }
        }
    }
}

#[test]
fn the_engine_conforms_to_the_language_page() {
    let mut wrong = Vec::new();
    each_expectation(|name, expect, differences| {
        let found = differences(expect);
        if !found.is_empty() {
            wrong.push(format!(
                "{name} / {}\n    {}",
                expect["programme"],
                found.join("\n    ")
            ));
        }
    });
    assert!(
        wrong.is_empty(),
        "{} expectations fail\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_changed_expectation_is_noticed() {
    let mut passed = Vec::new();
    each_expectation(|name, expect, differences| {
        for (key, value) in expect.as_object().unwrap() {
            let other = match (key.as_str(), value) {
                ("programme" | "subject", _) => continue,
                ("answer", _) => json!("changed"),
                ("amount", Json::Array(range)) => json!([range[0], range[1].as_i64().unwrap() + 1]),
                ("amount", _) => json!(value.as_i64().unwrap() + 1),
                ("next", Json::Object(next)) => {
                    let mut next = next.clone();
                    next.insert("on".into(), "1999-12-31".into());
                    Json::Object(next)
                }
                ("next", _) => json!({ "on": "1999-12-31", "answer": "open" }),
                (_, list) => {
                    let mut list = list.as_array().unwrap().clone();
                    list.push("changed".into());
                    Json::Array(list)
                }
            };
            let mut changed = expect.clone();
            changed[key.as_str()] = other;
            if differences(&changed).is_empty() {
                passed.push(format!("{name} / {key}"));
            }
        }
    });
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}

#[test]
fn every_scenario_is_named_once_and_says_what_it_shows() {
    let mut seen = BTreeSet::new();
    let mut n = 0;
    for (topic, _, scenarios) in topics() {
        for scenario in scenarios {
            n += 1;
            let name = scenario["name"].as_str().unwrap().to_owned();
            assert!(scenario["shows"].as_str().unwrap().starts_with('§'), "{topic}: {name}");
            assert!(!scenario["expect"].as_array().unwrap().is_empty(), "{topic}: {name}");
            assert!(
                seen.insert((topic.clone(), name.clone())),
                "{topic}: {name} stands twice"
            );
        }
    }
    assert!(n >= 130, "only {n} scenarios were found");
}
