//! Two evaluators, written apart from the language page, must agree: the engine and the plain one in `reference/`.
//!
//! Random households and random rule sets, with everything known and with holes. With holes the engine may be more careful
//! than the reference (a fact used twice), never bolder; how often it is, is measured here and bounded. Further on, what
//! must hold of the engine alone: more facts never undo an answer, order never matters, equal inputs give equal bytes, and
//! no household or month makes it fail.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod reference;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ansinh_engine::assess::Determination;
use ansinh_engine::household::Answers;
use ansinh_engine::report::{Answer, report};
use ansinh_engine::rules::FactId;
use ansinh_engine::{Depth, Household, Language, Month, assess, assess_again};
use jiff::civil::date;
use reference::book::{Book, Files, When, national_files, run, shown};
use reference::compare::{Tally, by_subject, compare};
use reference::later::{Days, compare_next};
use reference::samples::{Holes, Tape, basis, rulebook};
use reference::{Val, domain};
use serde_json::{Value as Json, json};

fn on_national_rules(holes: Holes, cases: u32) -> Tally {
    let book = Book::national();
    let tally = RefCell::new(Tally::default());
    run(cases, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(5);
        let json = book.household(&mut tape, when, holes, n);
        compare(&book, &json, when, holes, &mut tally.borrow_mut())
    });
    tally.into_inner()
}

fn on_random_rules(holes: Holes, cases: u32) -> Tally {
    let tally = RefCell::new(Tally::default());
    run(cases, 900, |numbers| {
        let (first, rest) = numbers.split_at(400);
        let mut tape = Tape::new(first);
        let when = When::any(&mut tape);
        let files = rulebook(&mut Tape::new(rest));
        let book = match Book::new(&files) {
            Ok(book) => book,
            Err(why) => {
                eprintln!("refused: {why}");
                tally.borrow_mut().refused += 1;
                return Ok(());
            }
        };
        let n = 1 + tape.below(5);
        let json = book.household(&mut tape, when, holes, n);
        let result = compare(&book, &json, when, holes, &mut tally.borrow_mut());
        result.map_err(|why| format!("{why}\n{}", shown(&files)))
    });
    let tally = tally.into_inner();
    assert!(
        tally.refused * 20 <= tally.subjects,
        "the checker refuses too many rule sets: {tally:?}"
    );
    tally
}

#[test]
fn with_everything_known_both_say_the_same_under_the_national_rules() {
    on_national_rules(Holes::None, 200).check(1, 1, 1);
}

#[test]
fn with_holes_the_engine_is_never_bolder_under_the_national_rules() {
    // Measured over 17,000 subjects: 0.7 % left out, 0.7 % open without need, 7 % with a range too wide.
    on_national_rules(Holes::Some(12), 100).check(3, 101, 5);
}

#[test]
fn with_everything_known_both_say_the_same_under_random_rules() {
    on_random_rules(Holes::None, 400).check(1, 1, 1);
}

#[test]
fn with_holes_the_engine_is_never_bolder_under_random_rules() {
    // Measured over 10,000 subjects: 2.4 % left out, 1.0 % open without need, 11 % with a range too wide.
    on_random_rules(Holes::Some(10), 250).check(5, 101, 5);
}

fn next_changes(book: impl Fn(&[u16]) -> Option<(Book, String)>, holes: Holes, cases: u32) -> Days {
    let tally = RefCell::new(Days::default());
    run(cases, 900, |numbers| {
        let (first, rest) = numbers.split_at(400);
        let Some((book, shown)) = book(rest) else { return Ok(()) };
        let mut tape = Tape::new(first);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(2);
        let json = book.household(&mut tape, when, holes, n);
        compare_next(&book, &json, when, &mut tally.borrow_mut()).map_err(|why| format!("{why}\n{shown}"))
    });
    let tally = tally.into_inner();
    eprintln!("{tally:?}");
    tally
}

#[test]
fn the_next_change_is_the_first_day_of_the_reference_under_the_national_rules() {
    let files = national_files();
    let tally = next_changes(|_| Some((Book::new(&files).unwrap(), String::new())), Holes::None, 15);
    assert!(tally.changes > 15, "{tally:?}");
}

#[test]
fn the_next_change_is_the_first_day_of_the_reference_under_random_rules() {
    let random = |numbers: &[u16]| {
        let files = rulebook(&mut Tape::new(numbers));
        Some((Book::new(&files).ok()?, shown(&files)))
    };
    let tally = next_changes(random, Holes::None, 40);
    assert!(tally.changes > 10 && tally.careful * 4 < tally.changes, "{tally:?}");
}

/// Fills one hole of a household with a value it can have; false when there is none at this place.
fn fill_a_hole(book: &Book, json: &mut Json, when: When, tape: &mut Tape<'_>) -> bool {
    let persons = json["persons"].as_array().unwrap().len();
    let who = tape.below(persons + 1);
    let names: Vec<&String> = book.law.facts.keys().collect();
    let fact = &book.law.facts[tape.one(&names)];
    let of_person = who < persons;
    if of_person != (fact.scope == ansinh_engine::read::Scope::Person) {
        return false;
    }
    let facts = if of_person {
        &mut json["persons"][who]["facts"]
    } else {
        &mut json["facts"]
    };
    let said = facts.get(&fact.name);
    // What a paper proved for a part of the month is no hole that a value for the whole month would fill.
    if said.is_some_and(|said| said.get("until").is_some()) {
        return false;
    }
    let mut list = book
        .points(when)
        .completions(&fact.name, &domain(fact, said, when.days.0));
    // Who is born later does not exist yet, which is another household.
    list.retain(|value| fact.name != "birth_date" || matches!(value, Val::Date(day) if *day <= when.days.0));
    if list.len() < 2 {
        return false;
    }
    facts[&fact.name] = match tape.one(&list) {
        Val::Absent => json!({ "absent": true }),
        Val::Truth(truth) => json!(truth),
        Val::Number(number) => serde_json::from_str(&number.normalize().to_string()).unwrap(),
        Val::Date(day) => json!(day.to_string()),
        Val::Choice(name) => json!(name),
    };
    true
}

#[test]
fn one_more_fact_never_undoes_an_answer_nor_widens_a_range() {
    let book = Book::national();
    let filled = RefCell::new(0);
    run(120, 2000, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(4);
        let mut json = book.household(&mut tape, when, Holes::Some(25), n);
        let mut before = assess(&book.rules, &book.read(&json), when.month, Depth::Answers);
        for _ in 0..60 {
            let old = json.clone();
            if !fill_a_hole(&book, &mut json, when, &mut tape) {
                continue;
            }
            *filled.borrow_mut() += 1;
            let after = assess(&book.rules, &book.read(&json), when.month, Depth::Answers);
            let (was, is) = (by_subject(&book, &before), by_subject(&book, &after));
            if was.keys().ne(is.keys()) {
                return Err(format!("other subjects {old:#} {json:#}"));
            }
            for (subject, was) in was {
                let is = is[&subject];
                let settled = !matches!(was.answer, Answer::Open | Answer::PersonDecides);
                let undone = settled && was.answer != is.answer;
                let wider = was
                    .level
                    .zip(is.level)
                    .is_some_and(|(was, is)| is.low < was.low || is.high > was.high);
                if undone || wider {
                    let (a, b) = (
                        (was.answer, was.level, &was.combined),
                        (is.answer, is.level, &is.combined),
                    );
                    return Err(format!(
                        "{} {subject:?}: {a:?} became {b:?}\n{old:#}\n{json:#}",
                        when.month
                    ));
                }
            }
            before = after;
        }
        Ok(())
    });
    assert!(filled.into_inner() > 500);
}

#[test]
fn order_of_persons_files_and_facts_never_matters() {
    let book = Book::national();
    // The same files, given and named in another order.
    let mut files: Files = national_files();
    files.reverse();
    for (at, (path, _)) in files.iter_mut().enumerate() {
        if let Some((folder @ ("facts" | "terms" | "parameters" | "papers" | "instruments"), _)) = path.split_once('/')
        {
            *path = format!("{folder}/f{at:03}.toml");
        }
    }
    let other = Book::new(&files).unwrap();
    run(100, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 2 + tape.below(4);
        let json = book.household(&mut tape, when, Holes::Some(15), n);
        let mut turned = json.clone();
        turned["persons"].as_array_mut().unwrap().reverse();
        let by_name = |book: &Book, json: &Json| {
            let household = book.read(json);
            let assessment = assess(&book.rules, &household, when.month, Depth::Calendar);
            let entries = assessment.determinations.into_iter().map(|d| {
                let person = d.person.map(|at| household.persons[at].id.clone());
                let next = d.next_change.map(|next| (next.on, next.answer, next.level));
                (
                    (book.rules.programmes[d.programme].id.clone(), person),
                    (d.answer, d.level, d.last_month, next),
                )
            });
            entries.collect::<BTreeMap<_, _>>()
        };
        let (a, b) = (by_name(&book, &json), by_name(&other, &turned));
        if a == b {
            Ok(())
        } else {
            Err(format!("{} {json:#}\n{a:#?}\n{b:#?}", when.month))
        }
    });
}

/// Returns the facts of which another answer is recorded.
fn changed(before: &Household, after: &Household) -> BTreeSet<FactId> {
    let mut pairs = vec![(&before.facts, &after.facts)];
    pairs.extend(
        before
            .persons
            .iter()
            .zip(&after.persons)
            .map(|(a, b)| (&a.facts, &b.facts)),
    );
    let differs = |(a, b): (&Answers, &Answers), fact: &FactId| a.get(fact) != b.get(fact);
    let facts = |pair: (&'_ Answers, &'_ Answers)| -> Vec<FactId> {
        let all = pair.0.keys().chain(pair.1.keys()).copied();
        all.filter(|fact| differs(pair, fact)).collect()
    };
    pairs.into_iter().flat_map(facts).collect()
}

/// Fills holes one by one, and judges each time only what looks at the fact.
fn judging_again_is_judging_all(
    book: &Book,
    tape: &mut Tape<'_>,
    n_steps: usize,
    n: &Cell<usize>,
) -> Result<(), String> {
    let when = When::any(tape);
    let n_persons = 1 + tape.below(4);
    let mut json = book.household(tape, when, Holes::Some(25), n_persons);
    let mut household = book.read(&json);
    let mut again = assess(&book.rules, &household, when.month, Depth::Soon);
    for _ in 0..n_steps {
        if !fill_a_hole(book, &mut json, when, tape) {
            continue;
        }
        n.set(n.get() + 1);
        let now = book.read(&json);
        again = assess_again(&book.rules, &now, &again, Depth::Soon, &changed(&household, &now));
        if again != assess(&book.rules, &now, when.month, Depth::Soon) {
            return Err(format!("{} {json:#}", when.month));
        }
        household = now;
    }
    Ok(())
}

#[test]
fn judging_again_what_looks_at_a_fact_is_judging_all() {
    let (book, n) = (Book::national(), Cell::new(0));
    run(12, 1000, |numbers| {
        judging_again_is_judging_all(&book, &mut Tape::new(numbers), 25, &n)
    });
    assert!(n.get() > 12, "too few holes to prove anything: {n:?}");
}

#[test]
fn judging_again_what_looks_at_a_fact_is_judging_all_under_random_rules() {
    let n = Cell::new(0);
    run(150, 1500, |numbers| {
        let (first, rest) = numbers.split_at(1000);
        let files = rulebook(&mut Tape::new(rest));
        let Ok(book) = Book::new(&files) else {
            return Ok(());
        };
        judging_again_is_judging_all(&book, &mut Tape::new(first), 10, &n)
            .map_err(|why| format!("{why}\n{}", shown(&files)))
    });
    assert!(n.get() > 150, "too few holes to prove anything: {n:?}");
}

/// What is looked for without asking which facts matter is what all completions say.
fn outcomes_are_those_of_the_answers(book: &Book, tape: &mut Tape<'_>, n_open: &Cell<usize>) -> Result<(), String> {
    let when = When::any(tape);
    let n_persons = 1 + tape.below(5);
    let json = book.household(tape, when, Holes::Some(12), n_persons);
    let household = book.read(&json);
    let answers = assess(&book.rules, &household, when.month, Depth::Answers);
    let outcomes = assess(&book.rules, &household, when.month, Depth::Outcomes);
    for (answer, outcome) in answers.determinations.iter().zip(&outcomes.determinations) {
        let said = |d: &Determination| (d.programme, d.person, d.answer, d.level, d.combined.clone());
        n_open.set(n_open.get() + usize::from(outcome.answer == Answer::Open));
        if said(answer) != said(outcome) {
            return Err(format!(
                "{}: {:?}\n{:?}\n{json:#}",
                when.month,
                said(answer),
                said(outcome)
            ));
        }
    }
    Ok(())
}

#[test]
fn outcomes_are_those_of_the_answers_under_the_national_rules() {
    let (book, n_open) = (Book::national(), Cell::new(0));
    run(60, 500, |numbers| {
        outcomes_are_those_of_the_answers(&book, &mut Tape::new(numbers), &n_open)
    });
    assert!(n_open.get() > 60, "too little is open to prove anything: {n_open:?}");
}

#[test]
fn outcomes_are_those_of_the_answers_under_random_rules() {
    let n_open = Cell::new(0);
    run(400, 900, |numbers| {
        let (first, rest) = numbers.split_at(400);
        let files = rulebook(&mut Tape::new(rest));
        let Ok(book) = Book::new(&files) else {
            return Ok(());
        };
        outcomes_are_those_of_the_answers(&book, &mut Tape::new(first), &n_open)
            .map_err(|why| format!("{why}\n{}", shown(&files)))
    });
    assert!(n_open.get() > 100, "too little is open to prove anything: {n_open:?}");
}

#[test]
fn equal_inputs_give_equal_bytes() {
    let (book, again) = (Book::national(), Book::national());
    run(30, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(5);
        let json = book.household(&mut tape, when, Holes::Some(15), n);
        let bytes = |book: &Book| {
            let household = book.read(&json);
            let assessment = assess(&book.rules, &household, when.month, Depth::Calendar);
            [Language::Vi, Language::En]
                .map(|language| serde_json::to_string(&report(&book.rules, &household, &assessment, language)).unwrap())
        };
        let first = bytes(&book);
        if first != bytes(&book) || first != bytes(&again) {
            return Err(format!("{} {json:#}", when.month));
        }
        Ok(())
    });
}

#[test]
fn no_month_and_no_size_of_household_makes_it_fail() {
    let book = Book::national();
    run(60, 3000, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = tape.one(&[0, 1, 30, 31]);
        let json = book.household(&mut tape, when, Holes::Some(20), n.clamp(1, 30));
        let mut household = book.read(&json);
        if n == 0 {
            household = Household::default();
        } else if n == 31 {
            let mut one_more = household.persons[0].clone();
            one_more.id = "one_more".to_owned();
            household.persons.push(one_more);
        }
        let (year, month) = (1990 + tape.below(211), 1 + tape.below(12));
        let month = Month::of(date(i16::try_from(year).unwrap(), i8::try_from(month).unwrap(), 1));
        let assessment = assess(&book.rules, &household, month, Depth::Calendar);
        let report = report(&book.rules, &household, &assessment, Language::En);
        serde_json::to_string(&report).unwrap();
        let failed = |answer: Answer| answer == Answer::Failed;
        let out_of_range = n == 0 || n == 31;
        let wrong = assessment
            .determinations
            .iter()
            .any(|d| failed(d.answer) && !out_of_range);
        if wrong {
            Err(format!("{month} {json:#}"))
        } else {
            Ok(())
        }
    });
}

/// A programme in words: its groups with their coefficients, and what it may be kept beside.
struct Small {
    groups: &'static [(&'static str, &'static str)],
    keep_both: Option<&'static str>,
    stops_after: bool,
}

/// Rules of `programme_0`, `programme_1` … that all compete.
fn small(programmes: &[Small]) -> Book {
    let text = "{ vi = \"x\", en = \"x\" }";
    let mut files = basis();
    for (at, programme) in programmes.iter().enumerate() {
        let mut rule = format!(
            "language = 1\nid = \"programme_{at}\"\ntitle = {text}\nstages = [\"poverty\"]\nfor = \"person\"\ncite = \"ND1\"\n\
             [pays]\nwhat = \"cash\"\nevery = \"month\"\namount = \"base * coefficient\"\nrounding = \"exact\"\n\
             [choose]\nhighest = \"pays\"\nacross = \"word\"\neach = \"person\"\ncite = \"ND1\"\n"
        );
        rule += &programme.keep_both.map_or(String::new(), |keep| {
            format!("keep_both = [{{ {keep}, cite = \"ND1\" }}]\n")
        });
        if programme.stops_after {
            rule += "[stop]\nmonth = \"after the loss\"\ncite = \"ND1\"\n";
        }
        for (group, (when, coefficient)) in programme.groups.iter().enumerate() {
            rule += &format!("[group.g{group}]\ntitle = {text}\nwhen = \"{when}\"\ncite = \"ND1\"\n");
            rule += &format!("[case.c{group}]\nof = \"g{group}\"\ncoefficient = {coefficient}\ncite = \"ND1\"\n");
        }
        files.push((format!("programmes/programme-{at}/2020-01-01.toml"), rule.into_bytes()));
    }
    Book::new(&files).unwrap()
}

/// Answers and amounts for the first person in March 2025, on which both evaluators agree.
fn answers(book: &Book, persons: Json) -> Vec<(Answer, Option<(i64, i64)>)> {
    let json = json!({ "format": 1, "id": "invented", "persons": persons });
    let when = When::new(2025, 3);
    compare(book, &json, when, Holes::Some(100), &mut Tally::default()).unwrap();
    let assessment = assess(&book.rules, &book.read(&json), when.month, Depth::Answers);
    let first = assessment.determinations.iter().filter(|d| d.person == Some(0));
    first
        .map(|d| (d.answer, d.level.map(|level| (level.low, level.high))))
        .collect()
}

const PLAIN: Small = Small {
    groups: &[("working", "1.0")],
    keep_both: None,
    stops_after: false,
};

#[test]
fn who_died_in_the_month_is_paid_for_it_where_payment_runs_on() {
    let person = json!([{ "id": "a", "died_on": "2025-03-08", "facts": { "working": true } }]);
    let runs_on = small(&[Small {
        stops_after: true,
        ..PLAIN
    }]);
    assert_eq!(
        answers(&runs_on, person.clone()),
        [(Answer::Entitled, Some((400_000, 400_000)))]
    );
    assert_eq!(answers(&small(&[PLAIN]), person), []);
}

#[test]
fn the_lowest_of_values_of_which_one_is_absent_is_absent() {
    let book = small(&[Small {
        groups: &[("(lowest months_worked of members) is absent", "1.0")],
        ..PLAIN
    }]);
    let persons = json!([{ "id": "a", "facts": { "months_worked": { "absent": true } } }]);
    assert_eq!(answers(&book, persons), [(Answer::Entitled, Some((400_000, 400_000)))]);
}

#[test]
fn a_birth_date_whose_paper_has_run_out_says_nothing_about_who_lives() {
    let birth = json!({ "is": "2025-06-01", "paper": "certificate", "until": "2025-01-01" });
    let persons = json!([{ "id": "a", "facts": { "birth_date": birth, "working": true } }]);
    assert_eq!(
        answers(&small(&[PLAIN]), persons),
        [(Answer::Entitled, Some((400_000, 400_000)))]
    );
}

#[test]
fn where_either_day_may_pay_the_range_holds_the_amounts_of_both() {
    let groups = &[("age < 16 and working", "3.0"), ("age >= 16 and studying", "1.0")];
    let book = small(&[Small {
        groups,
        stops_after: true,
        ..PLAIN
    }]);
    let persons = json!([{ "id": "a", "facts": { "birth_date": "2009-03-20" } }]);
    assert_eq!(answers(&book, persons), [(Answer::Open, Some((0, 1_200_000)))]);
}

#[test]
fn what_is_kept_beside_by_an_open_group_is_not_paid_for_certain() {
    let keep_both = Some("with = \"programme_1\", groups = [\"g0\"]");
    let other = Small {
        groups: &[("working", "1.5")],
        ..PLAIN
    };
    // Beside the other the first pays less than by its better group: only then are both paid.
    let groups = &[("studying", "1.0"), ("working", "2.0")];
    let book = small(&[
        Small {
            groups,
            keep_both,
            ..PLAIN
        },
        other,
    ]);
    let persons = json!([{ "id": "a", "facts": { "working": true } }]);
    let first = (Answer::Entitled, Some((400_000, 800_000)));
    assert_eq!(
        answers(&book, persons.clone()),
        [first, (Answer::Open, Some((0, 600_000)))]
    );
    // Both groups of the first are open and pay the same: only one of them lets the second be paid.
    let other = Small {
        groups: &[("working", "1.5")],
        ..PLAIN
    };
    let groups = &[("studying", "2.0"), ("ill", "2.0")];
    let open = [(Answer::Open, Some((0, 800_000))), (Answer::Open, Some((0, 600_000)))];
    assert_eq!(
        answers(
            &small(&[
                Small {
                    groups,
                    keep_both,
                    ..PLAIN
                },
                other
            ]),
            persons
        ),
        open
    );
}

#[test]
fn three_that_may_be_kept_beside_each_other_are_all_paid() {
    let keep = |keep_both| Small {
        keep_both: Some(keep_both),
        ..PLAIN
    };
    let circle = [
        "with = \"programme_1\"",
        "with = \"programme_2\"",
        "with = \"programme_0\"",
    ];
    let persons = json!([{ "id": "a", "facts": { "working": true } }]);
    let paid = (Answer::Entitled, Some((400_000, 400_000)));
    assert_eq!(answers(&small(&circle.map(keep)), persons), [paid; 3]);
}

/// The files of a folder and of those in it, by their path in it.
fn files_in(root: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files_in(root, &path, files);
        } else if path.extension().is_some_and(|ext| ext == "toml") {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.push((name, std::fs::read(&path).unwrap()));
        }
    }
}

#[test]
fn both_say_the_same_of_every_scenario_of_the_conformance_kit() {
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/conformance");
    let topics = std::fs::read_dir(&kit).unwrap().map(|entry| entry.unwrap().path());
    let mut n = 0;
    for topic in topics.filter(|path| path.join("scenarios.json").exists()) {
        let mut files = Files::new();
        for root in [kit.join("basis"), topic.clone()] {
            files_in(&root, &root, &mut files);
        }
        files.sort();
        let book = Book::new(&files).unwrap();
        let scenarios = std::fs::read(topic.join("scenarios.json")).unwrap();
        for scenario in serde_json::from_slice::<Vec<Json>>(&scenarios).unwrap() {
            n += 1;
            let month: Vec<i16> = scenario["month"]
                .as_str()
                .unwrap()
                .split('-')
                .map(|part| part.parse().unwrap())
                .collect();
            let when = When::new(month[0], i8::try_from(month[1]).unwrap());
            compare(
                &book,
                &scenario["household"],
                when,
                Holes::Some(100),
                &mut Tally::default(),
            )
            .unwrap_or_else(|why| panic!("{}: {}: {why}", topic.display(), scenario["name"]));
        }
    }
    assert!(n > 100, "only {n} scenarios were found");
}
