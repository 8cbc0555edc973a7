//! What time alone will bring, found the long way: every month is judged, and every day of the month that is judged otherwise.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::assess::NextChange;
use ansinh_engine::read::Audience;
use ansinh_engine::report::Answer;
use ansinh_engine::{Depth, assess};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::book::{Book, When};
use super::compare::by_subject;
use super::verdict::{Subject, verdict_in};
use super::{Home, Points, Verdict, month_days};

/// Completions looked at for one subject on one day.
const MOST_COMPLETIONS: usize = 40;

/// How many months the reference looks at where the engine sees no change.
const HORIZON: usize = 40;

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
    fn is_paid(&self) -> bool {
        matches!(self, State::Said(paid, _) if paid.contains(&true))
    }

    fn is_known(&self) -> bool {
        match self {
            State::NotCovered => true,
            State::Said(paid, level) => paid.len() == 1 && level.is_none_or(|(low, high)| low == high),
        }
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

/// Compares the next change of every determination with the months before it and that month itself.
pub fn compare_next(book: &Book, json: &Json, when: When, tally: &mut Days) -> Result<(), String> {
    let assessment = assess(&book.rules, &book.read(json), when.month, Depth::Calendar);
    let home = Home::new(json);
    let mut reference = Reference {
        book,
        home: &home,
        points: BTreeMap::new(),
    };
    for (subject, determination) in by_subject(book, &assessment) {
        let mut versions = book.law.programmes[&subject.0].iter();
        // A programme for persons that covers nobody in the month: what time brings to whom is not compared.
        if subject.1.is_none() && versions.any(|version| version.audience != Audience::Household) {
            continue;
        }
        tally.subjects += 1;
        let (answer, level, next) = (determination.answer, determination.level, determination.next_change);
        reference.check(&subject, next, when, tally).map_err(|why| {
            format!(
                "{} {subject:?}: {why}; engine {answer:?} {level:?}, {next:?}\n{json:#}",
                when.month
            )
        })?;
    }
    Ok(())
}

/// A household under one law.
struct Reference<'a> {
    book: &'a Book,
    home: &'a Home,
    points: BTreeMap<(Date, Date), Points>,
}

impl Reference<'_> {
    fn state(&mut self, subject: &Subject, days: (Date, Date), tally: &mut Days) -> Option<State> {
        tally.judged += 1;
        let (law, home) = (&self.book.law, self.home);
        // To who is dead a programme for the living says nothing more, not even that it has ended.
        let died_on = subject.1.and_then(|person| home.persons[person].died_on);
        if died_on.is_some_and(|died| died < days.0)
            && law.programmes[&subject.0]
                .iter()
                .all(|version| version.audience == Audience::Person)
        {
            return Some(State::Said(BTreeSet::from([false]), None));
        }
        let points = self.points.entry(days).or_insert_with(|| home.points(law, days));
        let state = state(&verdict_in(law, home, points, subject, days, MOST_COMPLETIONS));
        tally.left_out += usize::from(state.is_none());
        state
    }

    /// None where it takes too many completions to know.
    fn expected(&mut self, subject: &Subject, when: When, until: Option<Date>, tally: &mut Days) -> Option<Change> {
        let now = self.state(subject, when.days, tally)?;
        let mut before = when.days;
        for _ in 0..HORIZON {
            let first = before.1.tomorrow().unwrap();
            let month = month_days(first.year(), first.month());
            let then = self.state(subject, month, tally)?;
            if then != now {
                let on = self.first_day(subject, &now, before, month, tally)?;
                return Some(Some((on, then)));
            }
            if until.is_some_and(|until| until <= month.1) {
                return Some(None);
            }
            before = month;
        }
        Some(None)
    }

    /// The first day of a month on which judging that day alone gives something other than the month before.
    fn first_day(
        &mut self,
        subject: &Subject,
        now: &State,
        before: (Date, Date),
        month: (Date, Date),
        tally: &mut Days,
    ) -> Option<Date> {
        let at_its_end = self.state(subject, (before.1, before.1), tally)?;
        let first_day_alone = now.is_paid() && !at_its_end.is_paid();
        let mut day = month.0;
        while !first_day_alone && day < month.1 && self.state(subject, (day, day), tally)? == *now {
            day = day.tomorrow().unwrap();
        }
        Some(day)
    }

    fn check(
        &mut self,
        subject: &Subject,
        next: Option<NextChange>,
        when: When,
        tally: &mut Days,
    ) -> Result<(), String> {
        let until = next.map(|next| next.on);
        let far = until.is_some_and(|on| on > when.days.1.saturating_add(38.months()));
        let Some(expected) = self.expected(subject, when, until, tally) else {
            return Ok(());
        };
        let claim = next.map(|next| {
            let level = next.level.map(|level| (level.low, level.high));
            (next.on, claimed(next.answer, level))
        });
        match (claim, expected) {
            (None, None) => Ok(()),
            (Some(_), None) if far => Ok(()),
            (Some((on, says)), Some((day, then))) if on == day && says == then => {
                tally.changes += 1;
                Ok(())
            }
            // A paper that has run out leaves a hole, of which the engine may say too much.
            (Some((_, says)), _) if !says.is_known() => {
                tally.careful += 1;
                Ok(())
            }
            (_, expected) => Err(format!("expected {expected:?}")),
        }
    }
}

/// What changes first, and on which day; nothing as far as was looked.
type Change = Option<(Date, State)>;
