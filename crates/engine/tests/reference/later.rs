//! What time alone will bring, found the long way: every day of a list is judged.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::report::Answer;
use ansinh_engine::{Depth, Determination, assess};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::book::{Book, When};
use super::compare::by_subject;
use super::law::Law;
use super::verdict::{Subject, verdict_on};
use super::{Home, Points, Verdict, verdicts};

/// Completions looked at for one subject on one day.
const MOST_COMPLETIONS: usize = 40;

/// How far the reference looks where the engine sees no change.
const HORIZON: i16 = 3;

/// What was compared.
#[derive(Debug, Default)]
pub struct Days {
    pub subjects: usize,
    pub changes: usize,
    judged: usize,
    left_out: usize,
    /// Changes after which the engine says more than is possible.
    pub careful: usize,
}

/// An answer and what it pays, as far as both evaluators say it.
#[derive(Clone, Debug, PartialEq)]
enum State {
    NotCovered,
    Said(BTreeSet<bool>, Option<(Decimal, Decimal)>),
}

impl State {
    fn is_known(&self) -> bool {
        match self {
            State::NotCovered => true,
            State::Said(paid, level) => paid.len() == 1 && level.is_none_or(|(low, high)| low == high),
        }
    }

    /// Whether all that another says is possible here.
    fn holds(&self, other: &State) -> bool {
        let (State::Said(paid, level), State::Said(less, part)) = (self, other) else {
            return false;
        };
        let within = match (level, part) {
            (Some((low, high)), Some((a, b))) => low <= a && b <= high,
            (_, part) => part.is_none(),
        };
        less.is_subset(paid) && within
    }
}

fn state(verdict: &Verdict) -> Option<State> {
    if verdict.too_many || verdict.not_covered.len() > 1 {
        return None;
    }
    if verdict.not_covered.contains(&true) {
        return Some(State::NotCovered);
    }
    let level = verdict.level().filter(|_| verdict.paid.contains(&true));
    Some(State::Said(verdict.paid.clone(), level))
}

fn claimed(answer: Answer, level: Option<(i64, i64)>) -> State {
    let paid = match answer {
        Answer::Entitled => vec![true],
        Answer::NotEntitled => vec![false],
        Answer::NotCovered => return State::NotCovered,
        _ => vec![false, true],
    };
    // What it would have paid where another is paid instead is told of the month alone.
    let level = level.filter(|_| paid.contains(&true));
    State::Said(
        BTreeSet::from_iter(paid),
        level.map(|(low, high)| (low.into(), high.into())),
    )
}

/// Compares the next change of every determination with the days before it and that day itself.
pub fn compare_next(book: &Book, json: &Json, when: When, every_day: i64, tally: &mut Days) -> Result<(), String> {
    let assessment = assess(&book.rules, &book.read(json), when.month, Depth::Calendar);
    let home = Home::new(json);
    let month = verdicts(
        &book.law,
        &home,
        &home.points(&book.law, when.days),
        when.days,
        MOST_COMPLETIONS,
    );
    let mut reference = Reference {
        book,
        home: &home,
        points: BTreeMap::new(),
        days: days(&book.law, &home, when, every_day),
    };
    for (subject, determination) in by_subject(book, &assessment) {
        let says = |why: &str| {
            let (answer, level, next) = (determination.answer, determination.level, determination.next_change);
            format!(
                "{} {subject:?}: {why}; engine {answer:?} {level:?}, {next:?}\n{json:#}",
                when.month
            )
        };
        tally.subjects += 1;
        let Some(now) = state(&month[&subject]) else {
            tally.left_out += 1;
            continue;
        };
        reference
            .check(&subject, determination, &now, tally)
            .map_err(|why| says(&why))?;
    }
    Ok(())
}

/// A household under one law, and the days to look at.
struct Reference<'a> {
    book: &'a Book,
    home: &'a Home,
    points: BTreeMap<Date, Points>,
    days: BTreeSet<Date>,
}

impl Reference<'_> {
    fn on(&mut self, subject: &Subject, day: Date, tally: &mut Days) -> Option<State> {
        tally.judged += 1;
        let (law, home) = (&self.book.law, self.home);
        let points = self.points.entry(day).or_insert_with(|| home.points(law, (day, day)));
        let state = state(&verdict_on(law, home, points, subject, day, MOST_COMPLETIONS));
        tally.left_out += usize::from(state.is_none());
        state
    }

    fn check(
        &mut self,
        subject: &Subject,
        engine: &Determination,
        now: &State,
        tally: &mut Days,
    ) -> Result<(), String> {
        let next = engine.next_change.map(|next| next.on);
        let before: Vec<Date> = self
            .days
            .iter()
            .copied()
            .filter(|day| next.is_none_or(|next| *day < next))
            .collect();
        for day in before {
            if let Some(then) = self.on(subject, day, tally).filter(|then| then != now) {
                return Err(format!("{now:?} is {then:?} on {day}"));
            }
        }
        let Some(next) = engine.next_change else { return Ok(()) };
        tally.changes += 1;
        let says = claimed(next.answer, next.level.map(|level| (level.low, level.high)));
        let Some(then) = self.on(subject, next.on, tally) else {
            return Ok(());
        };
        if then == says && then != *now {
            return Ok(());
        }
        // A paper that has run out leaves a hole, of which the engine may say too much.
        if !says.is_known() && says.holds(&then) {
            tally.careful += 1;
            return Ok(());
        }
        Err(format!("{now:?} is {then:?} on that day"))
    }
}

/// The days looked at: every day of a while, then those on which something completes, begins or runs out.
fn days(law: &Law, home: &Home, when: When, every_day: i64) -> BTreeSet<Date> {
    let last = when.days.1;
    let mut days: BTreeSet<Date> = (1..=every_day)
        .filter_map(|n| last.checked_add(n.days()).ok())
        .collect();
    let mut marks = law.marks();
    marks.extend(home.marks());
    for mark in &marks {
        for year in 0..=HORIZON {
            let first = Date::new(last.year() + year, mark.month(), 1).unwrap();
            let day = first.checked_add((i64::from(mark.day()) - 1).days()).unwrap();
            days.extend([day, day.tomorrow().unwrap()]);
        }
        days.extend([mark.yesterday(), Ok(*mark), mark.tomorrow()].into_iter().flatten());
    }
    days.retain(|day| *day > last && day.year() <= last.year() + HORIZON);
    days
}
