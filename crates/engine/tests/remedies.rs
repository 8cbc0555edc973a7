//! What would change a refusal: with all facts of a set taken back it is no refusal any more, with one of them kept it
//! still is, and no single fact that suffices is left out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

// The samples and the runner are those of the agreement of the two evaluators, of which much is not needed here.
#[allow(dead_code, unused_imports)]
mod reference;

use std::cell::Cell;

use ansinh_engine::assess::{Combined, Determination};
use ansinh_engine::report::{Answer, ChangeBy, FactRef, Language, WouldChange, report};
use ansinh_engine::{Depth, assess_programmes};
use reference::book::{Book, When, run, shown};
use reference::samples::{Holes, Tape, rulebook};
use serde_json::Value as Json;

/// As many sets as are told of one refusal.
const MOST_TOLD: usize = 3;

/// Returns a household as if these facts had not been asked.
fn without(json: &Json, facts: &[&FactRef]) -> Json {
    let mut json = json.clone();
    for fact in facts {
        let of = match &fact.person {
            None => Some(&mut json["facts"]),
            Some(id) => {
                let mut persons = json["persons"].as_array_mut().unwrap().iter_mut();
                persons
                    .find(|person| person["id"] == **id)
                    .map(|person| &mut person["facts"])
            }
        };
        of.and_then(Json::as_object_mut).unwrap().remove(&fact.fact);
    }
    json
}

/// Returns what is said by a programme of everybody once facts are taken back.
fn said_without(book: &Book, json: &Json, when: When, programme: usize, facts: &[&FactRef]) -> Vec<Determination> {
    let household = book.read(&without(json, facts));
    assess_programmes(&book.rules, &household, when.month, Depth::Answers, &[programme]).determinations
}

/// Returns the answer of a programme for a subject; none where another day than the last has a say.
fn answer(said: &[Determination], when: When, of: &Determination) -> Option<Answer> {
    let found = said
        .iter()
        .find(|d| (d.programme, d.person) == (of.programme, of.person))?;
    let last_day = found.judged.day == when.month.last_day() && found.other_day.is_none() && !found.last_month;
    (last_day && !found.may_matter).then_some(found.answer)
}

/// Whether nothing but the groups decides about a refusal.
fn is_plain(book: &Book, d: &Determination, when: When) -> bool {
    let versions = &book.rules.programmes[d.programme].versions;
    d.answer == Answer::NotEntitled
        && d.combined == Combined::Alone
        && d.judged.day == when.month.last_day()
        && d.judged.pauses.is_empty()
        && d.presumed.is_empty()
        && versions
            .iter()
            .all(|version| version.choose.is_none() && version.pauses.is_empty())
}

/// Looks at what would change the refusals of a programme.
fn check(book: &Book, json: &Json, when: When, at: usize, n_sets: &Cell<usize>) -> Result<(), String> {
    let household = book.read(json);
    let assessment = assess_programmes(&book.rules, &household, when.month, Depth::Answers, &[at]);
    let own = |d: &&Determination| d.programme == at && is_plain(book, d, when);
    let refusals: Vec<&Determination> = assessment.determinations.iter().filter(own).collect();
    if refusals.is_empty() {
        return Ok(());
    }
    let each_alone: Vec<(FactRef, Vec<Determination>)> = recorded(json)
        .into_iter()
        .map(|fact| (fact.clone(), said_without(book, json, when, at, &[&fact])))
        .collect();
    let rows = report(&book.rules, &household, &assessment, Language::En).rows;
    for d in refusals {
        let programme = &book.rules.programmes[d.programme].id;
        let person = d.person.map(|at| household.persons[at].id.clone());
        let row = rows
            .iter()
            .find(|row| row.programme == *programme && row.person == person)
            .unwrap();
        let sets: Vec<&WouldChange> = row
            .would_change
            .iter()
            .filter(|change| !change.facts.is_empty())
            .collect();
        let is_presumed = |fact: &FactRef| {
            let known = book.rules.facts.iter().find(|known| known.name == fact.fact);
            known.is_some_and(|known| known.assume.is_some())
        };
        for set in &sets {
            // Taken back it is presumed to be as it was.
            if set.facts.iter().any(is_presumed) {
                continue;
            }
            n_sets.set(n_sets.get() + 1);
            let all: Vec<&FactRef> = set.facts.iter().collect();
            if answer(&said_without(book, json, when, at, &all), when, d) == Some(Answer::NotEntitled) {
                return Err(format!("{programme} of {person:?} is refused all the same: {set:#?}"));
            }
            // Of dates a smaller set may do that time never brings, and which is therefore not told.
            if set.by == ChangeBy::Never || set.on.is_some() {
                continue;
            }
            for kept in 0..all.len() {
                let others: Vec<&FactRef> = all
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| *at != kept)
                    .map(|(_, f)| *f)
                    .collect();
                let said = answer(&said_without(book, json, when, at, &others), when, d);
                if said.is_some_and(|said| said != Answer::NotEntitled) {
                    return Err(format!(
                        "{programme} of {person:?}: {:?} need not change: {set:#?}",
                        all[kept]
                    ));
                }
            }
        }
        if sets.len() < MOST_TOLD {
            for (fact, said) in &each_alone {
                let told = sets.iter().any(|set| set.facts == [fact.clone()]);
                let promises = |said| matches!(said, Answer::Open | Answer::Entitled | Answer::PersonDecides);
                if !told && answer(said, when, d).is_some_and(promises) {
                    return Err(format!("{programme} of {person:?}: {fact:?} alone suffices\n{sets:#?}"));
                }
            }
        }
    }
    Ok(())
}

/// Returns what is recorded and known of persons and household, but for dates.
fn recorded(json: &Json) -> Vec<FactRef> {
    let mut recorded: Vec<FactRef> = Vec::new();
    let mut of = |person: Option<&str>, facts: &Json| {
        for (fact, value) in facts.as_object().into_iter().flatten() {
            let is_known = !value.is_object() || value.get("is").is_some();
            let plain = value.get("is").unwrap_or(value);
            let is_date = plain
                .as_str()
                .is_some_and(|text| text.starts_with(|first: char| first.is_ascii_digit()));
            if is_known && !is_date {
                recorded.push(FactRef {
                    person: person.map(str::to_owned),
                    fact: fact.clone(),
                });
            }
        }
    };
    of(None, &json["facts"]);
    for person in json["persons"].as_array().unwrap() {
        of(person["id"].as_str(), &person["facts"]);
    }
    recorded
}

fn on_national_rules(holes: Holes, cases: u32) {
    let book = Book::national();
    let n_sets = Cell::new(0);
    run(cases, 900, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(3);
        let json = book.household(&mut tape, when, holes, n);
        for _ in 0..4 {
            let at = tape.below(book.rules.programmes.len());
            check(&book, &json, when, at, &n_sets).map_err(|why| format!("{why}\n{json:#}"))?;
        }
        Ok(())
    });
    assert!(
        n_sets.get() > cases as usize,
        "too few sets to prove anything: {n_sets:?}"
    );
}

#[test]
fn under_the_national_rules_sets_suffice_and_are_smallest() {
    on_national_rules(Holes::None, 60);
}

#[test]
fn under_the_national_rules_sets_suffice_and_are_smallest_with_holes() {
    on_national_rules(Holes::Some(15), 60);
}

/// What rests on presumptions is told apart.
fn without_presumptions(text: &[u8]) -> Vec<u8> {
    let text = String::from_utf8(text.to_vec()).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with("assume"));
    lines.map(|line| format!("{line}\n")).collect::<String>().into_bytes()
}

#[test]
fn under_random_rules_sets_suffice_and_are_smallest() {
    let n_sets = Cell::new(0);
    run(120, 900, |numbers| {
        let (first, rest) = numbers.split_at(400);
        let mut tape = Tape::new(first);
        let when = When::any(&mut tape);
        let files: Vec<(String, Vec<u8>)> = rulebook(&mut Tape::new(rest))
            .into_iter()
            .map(|(path, text)| (path, without_presumptions(&text)))
            .collect();
        let Ok(book) = Book::new(&files) else {
            return Ok(());
        };
        let n = 1 + tape.below(4);
        let json = book.household(&mut tape, when, Holes::Some(12), n);
        for at in 0..book.rules.programmes.len() {
            check(&book, &json, when, at, &n_sets).map_err(|why| format!("{why}\n{json:#}\n{}", shown(&files)))?;
        }
        Ok(())
    });
    assert!(n_sets.get() > 20, "too few sets to prove anything: {n_sets:?}");
}
