//! From month to month in which something can change.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::assess::{Asking, Assessor, Combined, Concluded, Determination, Unit, units};
use crate::calendar::{Month, next_day};
use crate::evaluate::{Judged, earlier};
use crate::household::Household;
use crate::read::Audience;
use crate::report::Answer;
use crate::rules::{RuleSet, Version};

use super::{Changed, Outcome, differs};

/// A walk through the months; each step is a month in which some answer changes or could.
pub(super) struct Walk<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) household: &'a Household,
    units: Vec<State>,
    /// The units to be judged again, by month.
    due: BTreeMap<Month, Vec<usize>>,
}

/// More months with a possible change than any life brings: past these nobody looks.
const MOST_MONTHS: usize = 1200;

/// A unit and what was last said of it.
struct State {
    unit: Unit,
    n_months: usize,
    cells: Vec<Cell>,
    /// What was concluded on the way, the latest last.
    concluded: Vec<Concluded>,
}

/// What is said of one programme for one subject.
#[derive(Clone, Debug)]
struct Cell {
    programme: usize,
    person: Option<usize>,
    /// None where the subject is not there to be judged.
    outcome: Option<Outcome>,
    /// The first and the last of the days on which it rests.
    rests_on: (Date, Date),
    combined: Combined,
    paused: bool,
}

/// A change, with what its reasons are looked for in.
pub(super) struct Found {
    pub changed: Changed,
    /// The first day on which the answer before rests, and the last on which the answer after does.
    pub between: (Date, Date),
    /// The programmes and subjects judged together with it.
    pub unit: Unit,
}

impl<'a> Walk<'a> {
    /// Starts at a month, with what was found for it, for the programmes that are judged.
    pub(super) fn from(
        rules: &'a RuleSet,
        household: &'a Household,
        month: Month,
        determinations: &[Determination],
        judged: impl Fn(&usize) -> bool,
    ) -> Walk<'a> {
        let mut walk = Walk {
            rules,
            household,
            units: Vec::new(),
            due: BTreeMap::new(),
        };
        let mut assessor = walk.assessor(month.first_day(), month.last_day());
        if !assessor.is_in_range() {
            return walk;
        }
        let units = units(rules, household).into_iter();
        for unit in units.filter(|unit| unit.programmes.iter().any(&judged)) {
            let (cells, next) = cells(&mut assessor, &unit, determinations);
            let concluded = assessor.concluded(&unit, determinations);
            walk.remember(walk.units.len(), sooner(next, concluded.unsteady, month));
            walk.units.push(State {
                unit,
                n_months: 0,
                cells,
                concluded: vec![concluded],
            });
        }
        walk
    }

    fn assessor(&self, first: Date, last: Date) -> Assessor<'a> {
        Assessor::new(self.rules, self.household, first, last, Asking::WhoDecides)
    }

    fn remember(&mut self, unit: usize, due: Option<Month>) {
        if let Some(month) = due {
            self.due.entry(month).or_default().push(unit);
        }
    }

    /// Looks no further after units of which nobody wants to know anything.
    pub(super) fn forget(&mut self, wanted: impl Fn(usize, Option<usize>) -> bool) {
        let units = &self.units;
        let is_wanted = |at: &usize| {
            let cells = units.get(*at).map_or(&[][..], |state| state.cells.as_slice());
            cells.iter().any(|cell| wanted(cell.programme, cell.person))
        };
        for due in self.due.values_mut() {
            due.retain(is_wanted);
        }
        self.due.retain(|_, due| !due.is_empty());
    }

    /// Goes to the next month in which something can change; none when there is none, or it is not wanted.
    pub(super) fn next(&mut self, wanted: impl Fn(Month) -> bool) -> Option<Vec<Found>> {
        let month = *self.due.keys().next().filter(|month| wanted(**month))?;
        let due = self.due.remove(&month)?;
        let mut assessor = self.assessor(month.first_day(), month.last_day());
        let mut found = Vec::new();
        for at in due {
            let Some(state) = self.units.get_mut(at) else {
                continue;
            };
            let (determinations, concluded) = assessor.of_unit(&state.unit, &state.concluded);
            let unsteady = concluded.unsteady;
            concluded.remember(&mut state.concluded);
            let (cells, next) = cells(&mut assessor, &state.unit, &determinations);
            let before = std::mem::replace(&mut state.cells, cells);
            let both = || before.iter().zip(&state.cells);
            if both().any(|(before, after)| differs(before.outcome, after.outcome)) {
                let days = days(self.rules, self.household, month, &state.unit, &before);
                for ((before, after), on) in both().zip(days) {
                    if differs(before.outcome, after.outcome) {
                        found.push(change(month, on, &state.unit, before, after));
                    }
                }
            }
            state.n_months += 1;
            let goes_on = state.n_months < MOST_MONTHS;
            let next = sooner(next, unsteady, month);
            self.remember(at, next.filter(|_| goes_on));
        }
        Some(found)
    }
}

/// Returns the next month to be looked at: where the first day of this one counted, the next begins otherwise.
fn sooner(next: Option<Month>, unsteady: bool, month: Month) -> Option<Month> {
    if unsteady { Some(month.next()) } else { next }
}

fn change(month: Month, on: Option<Date>, unit: &Unit, before: &Cell, after: &Cell) -> Found {
    let changed = Changed {
        // What no day of the month shows alone counts from the first.
        on: on.unwrap_or(month.first_day()),
        month,
        programme: after.programme,
        person: after.person,
        before: before.outcome,
        after: after.outcome,
        combined: after.combined.clone(),
        paused: after.paused,
        causes: Vec::new(),
    };
    Found {
        changed,
        between: (before.rests_on.0, after.rests_on.1),
        unit: unit.clone(),
    }
}

/// Returns for each cell the first day of a month on which it is not what it was.
fn days(rules: &RuleSet, household: &Household, month: Month, unit: &Unit, before: &[Cell]) -> Vec<Option<Date>> {
    let mut found = vec![None; before.len()];
    let mut day = Some(month.first_day());
    while let Some(today) = day {
        let mut assessor = Assessor::new(rules, household, today, today, Asking::WhoDecides);
        let (determinations, _) = assessor.of_unit(unit, &[]);
        let (now, _) = cells(&mut assessor, unit, &determinations);
        for ((on, before), now) in found.iter_mut().zip(before).zip(&now) {
            if on.is_none() && differs(before.outcome, now.outcome) {
                *on = Some(today);
            }
        }
        let next = flips(&mut assessor, unit, &determinations);
        day = next.filter(|next| *next > today && *next <= month.last_day());
    }
    found
}

/// Returns what is said of every programme and subject of a unit, and the next month in which that can change.
fn cells(assessor: &mut Assessor<'_>, unit: &Unit, determinations: &[Determination]) -> (Vec<Cell>, Option<Month>) {
    let (first, last) = (assessor.days.first.day, assessor.days.last.day);
    let mut cells = Vec::with_capacity(unit.programmes.len() * unit.persons.len());
    let mut by_first = false;
    for (programme, person) in unit.pairs() {
        let known = find(determinations, programme, person);
        by_first |= known.is_some_and(|d| rests_on_first(d, first, last));
        let mut cell = Cell {
            programme,
            person,
            outcome: known.map(Outcome::of),
            rests_on: known.map_or((last, last), |d| match (rests_on_first(d, first, last), &d.other_day) {
                (true, Some(_)) => (first, last),
                (true, None) => (first, first),
                (false, _) => (last, last),
            }),
            paused: known.is_some_and(|d| !d.judged.paused_by().is_empty()),
            combined: known.map_or(Combined::Alone, |d| d.combined.clone()),
        };
        let without_rule = known.is_none_or(|d| d.judged.version.is_none());
        if let Some(version) = uncovered(assessor.rules, programme, last).filter(|_| without_rule) {
            let is_subject = assessor.days.last.is_subject(version.audience, person).0 && fits(version, person);
            cell.outcome = is_subject.then_some(Outcome {
                answer: Answer::NotCovered,
                level: None,
            });
        }
        cells.push(cell);
    }
    let next = if by_first && first < last {
        // What rests on the first day of this month rests on another day in the next.
        Some(Month::of(last).next())
    } else {
        flips(assessor, unit, determinations).map(|day| Month::of(day.max(next_day(last))))
    };
    (cells, next)
}

/// Returns whether the first day of a month says something of it that the last does not.
fn rests_on_first(determination: &Determination, first: Date, last: Date) -> bool {
    let changes_in_it = |judged: &Judged| judged.day == first && judged.flips.is_some_and(|day| day <= last);
    determination.judged.day == first || determination.other_day.as_deref().is_some_and(changes_in_it)
}

/// Returns the next day after the last one judged on which anything in a unit could change.
fn flips(assessor: &mut Assessor<'_>, unit: &Unit, determinations: &[Determination]) -> Option<Date> {
    let day = assessor.days.last.day;
    let mut soonest = None;
    for (programme, person) in unit.pairs() {
        let next_version = assessor
            .rules
            .programmes
            .get(programme)
            .and_then(|p| p.next_version_after(day));
        soonest = earlier(soonest, next_version);
        let flips = if let Some(known) = find(determinations, programme, person) {
            known.judged.flips
        } else if let Some(version) = uncovered(assessor.rules, programme, day) {
            assessor.days.last.is_subject(version.audience, person).1
        } else if in_force(assessor.rules, programme, day).is_some_and(|version| fits(version, person)) {
            assessor.days.last.judge(programme, person).flips
        } else {
            None
        };
        soonest = earlier(soonest, flips);
    }
    soonest
}

fn find(determinations: &[Determination], programme: usize, person: Option<usize>) -> Option<&Determination> {
    determinations
        .iter()
        .find(|d| (d.programme, d.person) == (programme, person))
}

fn in_force(rules: &RuleSet, programme: usize, day: Date) -> Option<&Version> {
    rules
        .programmes
        .get(programme)?
        .version_on(day)
        .map(|(_, version)| version)
}

/// Returns the version that was in force last, or will be first, where none is.
fn uncovered(rules: &RuleSet, programme: usize, day: Date) -> Option<&Version> {
    let programme = rules
        .programmes
        .get(programme)
        .filter(|p| p.version_on(day).is_none())?;
    match programme.versions.iter().rev().find(|version| version.from <= day) {
        Some(version) => Some(version),
        None => programme.versions.first(),
    }
}

/// Returns whether a version is about persons, or about the household, as the subject is.
fn fits(version: &Version, person: Option<usize>) -> bool {
    (version.audience == Audience::Household) == person.is_none()
}
