//! Household files: what a file may say is read as it stands; a mistake is told with its place, never passed over.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[allow(dead_code, unused_imports)]
mod reference;

use ansinh_engine::household::{Household, read_household};
use reference::book::Book;
use serde_json::{Value as Json, json};

fn read(json: &Json) -> Result<Household, Vec<String>> {
    let read = read_household(
        &Book::new(&reference::samples::basis()).unwrap().rules,
        json.to_string().as_bytes(),
    );
    read.map_err(|problems| {
        let shown = problems.into_iter();
        shown
            .map(|problem| format!("{} {}", problem.path, problem.en))
            .collect()
    })
}

#[track_caller]
fn refused(person: Json, problem: &str) {
    let json = json!({ "format": 1, "persons": [person, { "id": "b" }] });
    assert_eq!(read(&json).unwrap_err(), [problem]);
}

#[test]
fn a_list_without_a_choice_is_told_and_not_taken_for_not_asked() {
    refused(
        json!({ "id": "a", "facts": { "degree": { "one_of": [] } } }),
        "$.persons[0].facts.degree.one_of at least one choice is needed",
    );
}

#[test]
fn ids_that_look_alike_are_one_id() {
    refused(
        json!({ "id": " b " }),
        "$.persons[1].id every person needs an id of their own",
    );
    let composed = json!({ "format": 1, "persons": [
        { "id": "\u{1ea5}", "partner": "a\u{302}\u{301}x" },
        { "id": "\u{1ea5}x" },
    ] });
    let household = read(&composed).unwrap();
    assert_eq!(
        household.persons[0].partner,
        Some(1),
        "however its letters are composed"
    );
}

#[test]
fn a_parent_is_named_once() {
    refused(
        json!({ "id": "a", "parents": ["b", "b"] }),
        "$.persons[0].parents[1] this person is named as a parent already",
    );
    refused(
        json!({ "id": "a", "parents": ["b", "b", "b"] }),
        "$.persons[0].parents expected at most two persons",
    );
}

#[test]
fn days_are_written_in_full_and_lie_in_our_time() {
    for day in [
        "20250308",
        "2025-03-08T10:00",
        "2025-03",
        "-009999-01-01",
        "9999-12-31",
        "2025-02-29",
    ] {
        let problem = "$.persons[0].died_on expected a day such as 2026-11-22";
        refused(json!({ "id": "a", "died_on": day }), problem);
        let until = json!({ "is": true, "paper": "certificate", "until": day });
        let problem = "$.persons[0].facts.ill.until expected a day such as 2026-11-22";
        refused(json!({ "id": "a", "facts": { "ill": until } }), problem);
    }
}

#[test]
fn numbers_beyond_every_range_are_told() {
    for number in [
        "1e400",
        "-1",
        "9000001",
        "1e-400",
        "123456789012345678901234567890",
        "0.5e1",
    ] {
        let text = format!("{{\"format\":1,\"persons\":[{{\"id\":\"a\",\"facts\":{{\"income\":{number}}}}}]}}");
        let rules = Book::new(&reference::samples::basis()).unwrap().rules;
        let read = read_household(&rules, text.as_bytes());
        // What a JSON number rounds to nothing, or writes in another way, is that number.
        let allowed = ["1e-400", "0.5e1"].contains(&number);
        assert_eq!(read.is_ok(), allowed, "{number}: {read:?}");
    }
}

#[test]
fn a_crowd_is_refused_without_being_read() {
    // Each of these would be compared with every other.
    let persons: Vec<Json> = (0..100_000).map(|i| json!({ "id": format!("p{i}") })).collect();
    let json = json!({ "format": 1, "persons": persons });
    assert_eq!(
        read(&json).unwrap_err(),
        ["$.persons more than 30 persons; split the household"]
    );
}

#[test]
fn what_is_nested_deep_is_refused() {
    let text = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
    let rules = Book::new(&reference::samples::basis()).unwrap().rules;
    assert!(read_household(&rules, text.as_bytes()).is_err());
}

#[test]
fn in_whatever_order_the_keys_of_a_file_stand_it_says_the_same() {
    fn turned(json: &Json) -> Json {
        match json {
            Json::Object(object) => {
                let mut pairs: Vec<_> = object.iter().map(|(key, json)| (key.clone(), turned(json))).collect();
                pairs.reverse();
                Json::Object(pairs.into_iter().collect())
            }
            Json::Array(list) => Json::Array(list.iter().map(turned).collect()),
            other => other.clone(),
        }
    }
    use reference::book::{When, run};
    use reference::samples::{Holes, Tape};
    let book = Book::national();
    run(100, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let json = book.household(&mut tape, when, Holes::Some(20), 3);
        let other = turned(&json);
        assert_ne!(json.to_string(), other.to_string(), "the keys stand in another order");
        if book.read(&json) == book.read(&other) {
            Ok(())
        } else {
            Err(format!("{json:#}"))
        }
    });
}
