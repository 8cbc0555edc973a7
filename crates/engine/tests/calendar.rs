//! The calendar says what assessing every single month says, and names the right days and reasons.

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
use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::assess::{Assessment, Determination};
use ansinh_engine::evaluate::{Evaluator, Level};
use ansinh_engine::lifecycle::Changed;
use ansinh_engine::report::Answer;
use ansinh_engine::value::Truth;
use ansinh_engine::{Calendar, Depth, Household, Month, assess, calendar, outlook};
use reference::book::{Book, When, run, shown};
use reference::samples::{Holes, Tape, rulebook};

/// So many months after the first are compared.
const MONTHS: usize = 40;

type Subject = (usize, Option<usize>);
type Said = (Answer, Option<Level>);

fn pays(answer: Answer) -> bool {
    matches!(answer, Answer::Entitled | Answer::Open | Answer::PersonDecides)
}

fn said(determination: &Determination) -> Said {
    let answer = determination.answer;
    (answer, determination.level.filter(|_| pays(answer)))
}

/// What a month says of everybody; of who is not judged in it, nothing.
fn of_month(assessment: &Assessment) -> BTreeMap<Subject, Said> {
    let all = assessment.determinations.iter();
    all.map(|d| ((d.programme, d.person), said(d))).collect()
}

type Changes = BTreeMap<(Month, Subject), [Option<Said>; 2]>;

/// The changes between each month and the next, by assessing all of them. Also those of whom some month says that there was
/// too much to judge: how wide a range it then gives rests on how much was judged.
fn one_by_one(book: &Book, household: &Household, from: Month) -> (Changes, BTreeSet<Subject>) {
    let mut found = BTreeMap::new();
    let mut month = from;
    let mut too_much = BTreeSet::new();
    let mut judged = |month| {
        let assessment = assess(&book.rules, household, month, Depth::Answers);
        let all = assessment.determinations.iter().filter(|d| d.may_matter);
        too_much.extend(all.map(|d| (d.programme, d.person)));
        of_month(&assessment)
    };
    let mut before = judged(month);
    for _ in 0..MONTHS {
        month = month.next();
        let after = judged(month);
        let subjects: BTreeSet<Subject> = before.keys().chain(after.keys()).copied().collect();
        for subject in subjects {
            let (was, is) = (before.get(&subject).copied(), after.get(&subject).copied());
            let told = match (was, is) {
                (Some(was), Some(is)) => was != is,
                (Some(only), None) | (None, Some(only)) => pays(only.0),
                (None, None) => false,
            };
            if told {
                found.insert((month, subject), [was, is]);
            }
        }
        before = after;
    }
    (found, too_much)
}

fn last_of(from: Month) -> Month {
    (0..MONTHS).fold(from, |month, _| month.next())
}

/// The same of a calendar; where no rule is in force nobody is judged.
fn told(calendar: &Calendar) -> Changes {
    let mut found = BTreeMap::new();
    for changed in &calendar.changes {
        let [before, after] = [changed.before, changed.after].map(|o| o.map(|o| (o.answer, o.level)));
        found.insert((changed.month, (changed.programme, changed.person)), [before, after]);
    }
    found
}

/// What the calendar and the single months say differently of who may be paid something.
fn disagreement(book: &Book, household: &Household, from: Month) -> Option<String> {
    let calendar = calendar(&book.rules, household, from, last_of(from));
    let ((mut all, too_much), mut told) = (one_by_one(book, household, from), told(&calendar));
    // Without a rule in force the months say so once, the calendar of every person: money is what is compared.
    let without_rule = |said: &[Option<Said>; 2]| said.iter().flatten().all(|(answer, _)| !pays(*answer));
    let plain = |said: Option<Said>| said.filter(|(answer, _)| *answer != Answer::NotCovered);
    for map in [&mut all, &mut told] {
        map.retain(|(_, subject), _| !too_much.contains(subject));
        map.retain(|_, said| !without_rule(said) || said.iter().all(|s| plain(*s).is_some()));
        map.values_mut().for_each(|said| *said = said.map(plain));
    }
    (all != told).then(|| format!("from {from}: months {all:#?}\ncalendar {told:#?}"))
}

fn on_national_rules(holes: Holes, cases: u32) {
    let book = Book::national();
    let n_changes = Cell::new(0);
    run(cases, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(5);
        let json = book.household(&mut tape, when, holes, n);
        let household = book.read(&json);
        n_changes.set(
            n_changes.get()
                + calendar(&book.rules, &household, when.month, last_of(when.month))
                    .changes
                    .len(),
        );
        disagreement(&book, &household, when.month).map_or(Ok(()), |why| Err(format!("{why}\n{json:#}")))
    });
    assert!(
        n_changes.get() > cases as usize,
        "too few changes to prove anything: {n_changes:?}"
    );
}

fn on_random_rules(holes: Holes, cases: u32) {
    let n_changes = Cell::new(0);
    run(cases, 900, |numbers| {
        let (first, rest) = numbers.split_at(400);
        let mut tape = Tape::new(first);
        let when = When::any(&mut tape);
        let files = rulebook(&mut Tape::new(rest));
        let Ok(book) = Book::new(&files) else {
            return Ok(());
        };
        let n = 1 + tape.below(4);
        let json = book.household(&mut tape, when, holes, n);
        let household = book.read(&json);
        n_changes.set(
            n_changes.get()
                + calendar(&book.rules, &household, when.month, last_of(when.month))
                    .changes
                    .len(),
        );
        let why = disagreement(&book, &household, when.month);
        why.map_or(Ok(()), |why| Err(format!("{why}\n{json:#}\n{}", shown(&files))))
    });
    assert!(
        n_changes.get() > cases as usize,
        "too few changes to prove anything: {n_changes:?}"
    );
}

#[test]
fn under_the_national_rules_it_is_what_every_month_says() {
    on_national_rules(Holes::None, 60);
}

#[test]
fn under_the_national_rules_it_is_what_every_month_says_with_holes() {
    on_national_rules(Holes::Some(15), 60);
}

#[test]
fn under_random_rules_it_is_what_every_month_says() {
    on_random_rules(Holes::None, 120);
}

#[test]
fn under_random_rules_it_is_what_every_month_says_with_holes() {
    on_random_rules(Holes::Some(12), 120);
}

#[test]
fn the_next_change_of_a_month_is_the_first_of_the_calendar() {
    let book = Book::national();
    run(80, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(5);
        let json = book.household(&mut tape, when, Holes::Some(8), n);
        let household = book.read(&json);
        let until = last_of(when.month);
        let calendar = calendar(&book.rules, &household, when.month, until);
        for d in assess(&book.rules, &household, when.month, Depth::Calendar).determinations {
            if d.answer == Answer::NotCovered {
                continue;
            }
            let mut changes = calendar.changes.iter();
            let first = changes.find(|c| (c.programme, c.person) == (d.programme, d.person));
            let first = first.map(|c| {
                let after = c.after;
                let answer = after.map_or(Answer::NotEntitled, |after| after.answer);
                (c.on, answer, after.and_then(|after| after.level))
            });
            let next = d.next_change.map(|next| (next.on, next.answer, next.level));
            let next = next.filter(|(on, _, _)| *on <= until.last_day());
            if first != next {
                return Err(format!("{} {:?}: {first:?} {next:?}\n{json:#}", d.programme, d.person));
            }
        }
        Ok(())
    });
}

#[test]
fn the_outlook_is_the_calendar_with_what_comes_later_of_refusals() {
    let book = Book::national();
    run(60, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(5);
        let json = book.household(&mut tape, when, Holes::Some(8), n);
        let household = book.read(&json);
        let far = last_of(when.month);
        let near = (1..=12).fold(when.month, |month, _| month.next());
        let whole = calendar(&book.rules, &household, when.month, far);
        let found = outlook(&book.rules, &household, when.month, near, far);
        let changes: Vec<_> = whole.changes.iter().filter(|c| c.month <= near).cloned().collect();
        if found.changes != changes {
            return Err(format!("{:#?}\n{changes:#?}\n{json:#}", found.changes));
        }
        for d in &found.start.determinations {
            let mut changes = whole.changes.iter();
            let first = changes.find(|c| (c.programme, c.person) == (d.programme, d.person));
            let first = first.filter(|c| c.month <= near || d.answer == Answer::NotEntitled);
            let first = first.map(|c| (c.on, c.after.map_or(Answer::NotEntitled, |after| after.answer)));
            let next = d.next_change.map(|next| (next.on, next.answer));
            if first != next {
                return Err(format!("{} {:?}: {first:?} {next:?}\n{json:#}", d.programme, d.person));
            }
        }
        Ok(())
    });
}

/// The first day of the month on which a programme that competes with none says something else than before.
fn first_day(book: &Book, household: &Household, changed: &Changed) -> Option<jiff::civil::Date> {
    let before = changed
        .before
        .map_or((Answer::NotEntitled, None), |o| (o.answer, o.level));
    let first = changed.month.first_day();
    let days = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= changed.month.last_day());
    let mut others = days.filter(|day| {
        let judged = Evaluator::new(&book.rules, household, *day).judge(changed.programme, changed.person);
        let answer = match judged.truth {
            _ if judged.version.is_none() || judged.stop.is_some() => Answer::NotCovered,
            Truth::Yes => Answer::Entitled,
            Truth::No => Answer::NotEntitled,
            Truth::Open => Answer::Open,
        };
        (answer, judged.level.filter(|_| pays(answer))) != before
    });
    others.next()
}

/// Whether a walk leaves it open on a day of the month.
fn is_open(book: &Book, household: &Household, changed: &Changed) -> bool {
    let month = changed.month;
    let mut days = month
        .first_day()
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= month.last_day());
    days.any(|day| {
        let judged = Evaluator::new(&book.rules, household, day).judge(changed.programme, changed.person);
        judged.truth == Truth::Open
    })
}

#[test]
fn the_day_is_the_first_on_which_the_answer_is_another_and_has_its_reason() {
    let book = Book::national();
    let n_days = Cell::new(0);
    run(60, 500, |numbers| {
        let mut tape = Tape::new(numbers);
        let when = When::any(&mut tape);
        let n = 1 + tape.below(5);
        let json = book.household(&mut tape, when, Holes::None, n);
        let household = book.read(&json);
        for changed in calendar(&book.rules, &household, when.month, last_of(when.month)).changes {
            if changed.causes.is_empty() {
                return Err(format!("no reason: {changed:?}\n{json:#}"));
            }
            let programme = &book.rules.programmes[changed.programme];
            if programme.versions.iter().any(|version| version.choose.is_some()) {
                continue;
            }
            // What is open after a paper has run out is settled exactly; a single walk does not show that.
            if is_open(&book, &household, &changed) {
                continue;
            }
            n_days.set(n_days.get() + 1);
            let day = first_day(&book, &household, &changed);
            if day != Some(changed.on) {
                return Err(format!("{day:?}: {changed:?}\n{json:#}"));
            }
        }
        Ok(())
    });
    assert!(n_days.get() > 50, "too few days to prove anything: {n_days:?}");
}
