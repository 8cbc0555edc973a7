//! The calendar of a household: every day on which an answer or an amount changes by time alone, and why.
//!
//! It goes from day to day on which something can change, as the evaluation itself says ([`Judged::flips`]), never day by
//! day, and judges each month exactly as [`crate::assess`] does. It knows nothing of facts that people may change.
//!
//! [`Judged::flips`]: crate::evaluate::Judged::flips

mod causes;
#[cfg(test)]
mod tests;
mod walk;

use jiff::civil::Date;

use crate::assess::{Assessment, Assessor, Combined, Depth, Determination, NextChange, assess};
use crate::calendar::Month;
use crate::evaluate::Level;
use crate::household::Household;
use crate::report::Answer;
use crate::rules::RuleSet;

pub use causes::{Cause, Certainty, What};
use walk::Walk;

/// What time alone changes for a household, from one month to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    /// The first month, as assessed.
    pub start: Assessment,
    /// The last month looked at.
    pub until: Month,
    /// The changes, by day, then by programme and person.
    pub changes: Vec<Changed>,
}

/// One answer that changes on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The first day.
    pub on: Date,
    /// The first month judged otherwise.
    pub month: Month,
    /// Position of the programme.
    pub programme: usize,
    /// Position of the person; none for the household.
    pub person: Option<usize>,
    /// What was said; none while the person was not there to be judged.
    pub before: Option<Outcome>,
    /// What is said from then on; none when the person is no longer there to be judged.
    pub after: Option<Outcome>,
    /// What it is beside others from then on.
    pub combined: Combined,
    /// True where the right is there from then on, but paused.
    pub paused: bool,
    /// Why; none where the reasons cannot be told apart.
    pub causes: Vec<Cause>,
}

/// An answer and what it pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The answer.
    pub answer: Answer,
    /// What is or may be paid.
    pub level: Option<Level>,
}

impl Changed {
    /// Whether somebody may no longer get what they might.
    pub(crate) fn is_an_end(&self) -> bool {
        let is = |outcome: Option<Outcome>, answer| outcome.is_some_and(|outcome| outcome.answer == answer);
        is(self.before, Answer::Entitled) && is(self.after, Answer::NotEntitled)
    }

    /// Whether somebody loses what they may get by a limit alone that is ours, of who is asked: to be looked at again, not
    /// at an end.
    pub fn is_to_be_looked_at_again(&self) -> bool {
        self.is_an_end() && ends_by_our_limit(&self.causes)
    }
}

fn ends_by_our_limit(causes: &[Cause]) -> bool {
    !causes.is_empty() && causes.iter().all(|cause| cause.by_our_limit)
}

impl Outcome {
    fn of(determination: &Determination) -> Outcome {
        let answer = determination.answer;
        Outcome {
            answer,
            level: determination.level.filter(|_| pays(answer)),
        }
    }
}

/// Returns whether something is or may be paid.
fn pays(answer: Answer) -> bool {
    match answer {
        Answer::Entitled | Answer::Open | Answer::PersonDecides => true,
        Answer::NotEntitled | Answer::NotCovered | Answer::Failed => false,
    }
}

/// Returns whether a change is worth telling: who comes or goes without being paid anything is not.
fn differs(before: Option<Outcome>, after: Option<Outcome>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => before != after,
        (Some(only), None) | (None, Some(only)) => pays(only.answer),
        (None, None) => false,
    }
}

/// Returns the calendar of a household from the month after `from` to the month `until`.
///
/// Never fails: what cannot be computed is an answer that says so. A household of no or more than 30 persons has no
/// changes.
pub fn calendar(rules: &RuleSet, household: &Household, from: Month, until: Month) -> Calendar {
    let start = assess(rules, household, from, Depth::Answers);
    let mut walk = Walk::from(rules, household, from, &start.determinations, |_| true);
    let changes = explained(&mut walk, until);
    Calendar { start, until, changes }
}

/// Returns the calendar of a household until a month, and says in its start what comes next of each answer: until that
/// month for all, and until a later one for those that nobody may get now.
///
/// For lists of many households: of the later months only what is refused is judged. Whether a next change is one to be
/// looked at again is not asked.
pub fn outlook(rules: &RuleSet, household: &Household, from: Month, until: Month, far: Month) -> Calendar {
    let mut start = assess(rules, household, from, Depth::Outcomes);
    let mut walk = Walk::from(rules, household, from, &start.determinations, |_| true);
    let changes = explained(&mut walk, until);
    note_next(&mut start.determinations, &changes, |_| true);
    let waits = |d: &Determination| d.answer == Answer::NotEntitled && d.next_change.is_none();
    loop {
        walk.forget(|programme, person| {
            let is_it = |d: &&Determination| (d.programme, d.person) == (programme, person);
            start.determinations.iter().find(is_it).is_some_and(waits)
        });
        let Some(found) = walk.next(|month| month <= far) else {
            return Calendar { start, until, changes };
        };
        let later: Vec<Changed> = found.into_iter().map(|found| found.changed).collect();
        note_next(&mut start.determinations, &later, waits);
    }
}

/// Walks until a month and returns all changes with their reasons, in order.
fn explained(walk: &mut Walk<'_>, until: Month) -> Vec<Changed> {
    let mut changes = Vec::new();
    while let Some(found) = walk.next(|month| month <= until) {
        changes.extend(found.into_iter().map(|found| Changed {
            causes: causes::causes(walk.rules, walk.household, &found),
            ..found.changed
        }));
    }
    changes.sort_by_key(|changed: &Changed| (changed.on, changed.programme, changed.person));
    changes
}

/// Says of each determination that is waited for what changes it first.
fn note_next(determinations: &mut [Determination], changes: &[Changed], waits: impl Fn(&Determination) -> bool) {
    for determination in determinations.iter_mut().filter(|d| waits(d)) {
        let of = (determination.programme, determination.person);
        let first = changes.iter().find(|changed| (changed.programme, changed.person) == of);
        determination.next_change = first.map(|changed| NextChange {
            on: changed.on,
            look_again: false,
            answer: changed.after.map_or(Answer::NotEntitled, |after| after.answer),
            level: changed.after.and_then(|after| after.level),
        });
    }
}

/// Finds for each determination of a month the first change that time alone brings until another month.
pub(crate) fn next_changes(assessor: &Assessor<'_>, month: Month, until: Month, determinations: &mut [Determination]) {
    let judged = |programme: &usize| assessor.programmes.contains(programme);
    let mut walk = Walk::from(assessor.rules, assessor.household, month, determinations, judged);
    let mut left = determinations.len();
    while let Some(found) = walk.next(|month| left > 0 && month <= until) {
        for found in found {
            let changed = &found.changed;
            // Where no rule is in force, one determination stands for all whom the next rule may be about.
            let stands_for_all = |d: &Determination| d.answer == Answer::NotCovered && d.person.is_none();
            let concerns = |d: &&mut Determination| {
                d.programme == changed.programme && (stands_for_all(d) || d.person == changed.person)
            };
            let Some(determination) = determinations.iter_mut().find(concerns) else {
                continue;
            };
            let for_all = stands_for_all(determination) && changed.person.is_some();
            let next = NextChange {
                on: changed.on,
                look_again: changed.is_an_end()
                    && ends_by_our_limit(&causes::causes(assessor.rules, assessor.household, &found)),
                answer: changed.after.map_or(Answer::NotEntitled, |after| after.answer),
                level: changed.after.and_then(|after| after.level).filter(|_| !for_all),
            };
            match determination.next_change {
                None => {
                    left -= 1;
                    determination.next_change = Some(next);
                }
                Some(other) if for_all && other.on == next.on && rank(next.answer) < rank(other.answer) => {
                    determination.next_change = Some(next);
                }
                Some(_) => {}
            }
        }
        walk.forget(|programme, person| {
            let waits = |d: &Determination| {
                d.programme == programme && (d.person == person || d.person.is_none()) && d.next_change.is_none()
            };
            determinations.iter().any(waits)
        });
    }
}

/// Orders answers by how much they promise.
fn rank(answer: Answer) -> u8 {
    match answer {
        Answer::Entitled => 0,
        Answer::Open => 1,
        Answer::PersonDecides => 2,
        Answer::NotEntitled => 3,
        Answer::NotCovered | Answer::Failed => 4,
    }
}
