//! What would have to be otherwise for somebody to come into a group: the smallest sets of recorded facts, and whether time
//! brings it about.
//!
//! It looks at what is recorded. What is not known is not a reason for a refusal, and relations and deaths are not asked for
//! twice.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::evaluate::{Behind, Criterion, Evaluator, Frame, GroupOutcome, Judged, Presumptions, Unknown};
use crate::exact::{self, Wanted, Witness};
use crate::household::{Household, everything};
use crate::rules::{Group, RuleSet, Type, Version};
use crate::value::Truth;

/// A smallest set: with all these facts otherwise the group can hold; with one of them left as it is, it cannot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remedy {
    /// Position of the group.
    pub group: usize,
    /// The recorded facts.
    pub facts: Vec<Unknown>,
    /// Whether time does its part.
    pub time: Time,
}

/// What time does to the dates in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Time {
    /// Nothing has to pass: no date is among the facts.
    NotNeeded,
    /// From this day the dates are as needed.
    Brings(Date),
    /// It never will be: who is too old does not grow younger.
    Never,
}

/// Larger sets are not looked for one by one; then one set is made as small as it gets.
const MOST_TOGETHER: usize = 3;

/// Of more facts than these no sets of several are tried, only each alone.
const MOST_FACTS: usize = 10;

/// Evaluations in one question whether a group can hold; past it nothing is promised.
const MOST_EVALUATIONS: usize = 500;

/// On more days than these nobody looks whether a group comes to hold.
const MOST_DAYS: usize = 400;

/// Returns the smallest sets for a programme whose groups all fail, smallest first, those that time cannot bring last. A set
/// that holds all of another is left out.
pub(crate) fn remedies(
    rules: &RuleSet,
    household: &Household,
    programme: usize,
    person: Option<usize>,
    judged: &Judged,
) -> Vec<Remedy> {
    let version = rules.programmes.get(programme).zip(judged.version);
    let Some(version) = version.and_then(|(p, at)| p.versions.get(at)) else {
        return Vec::new();
    };
    // What the first look leaves open is settled as no where nothing is entitled.
    let failing = judged.groups.iter().filter(|group| group.truth != Truth::Yes);
    let searches: Vec<(&GroupOutcome, Search<'_>)> = failing
        .filter_map(|outcome| {
            let group = version.groups.get(outcome.group)?;
            let search = Search {
                rules,
                household,
                day: judged.day,
                version,
                group,
                frame: Frame::of(person),
            };
            Some((outcome, search))
        })
        .collect();
    let mut found: Vec<Remedy> = Vec::new();
    for (outcome, search) in &searches {
        for facts in search.smallest_sets(outcome) {
            let (at, facts) = smaller_elsewhere(&searches, (outcome.group, facts));
            let time = searches.iter().find(|(outcome, _)| outcome.group == at);
            let remedy = Remedy {
                group: at,
                time: time.map_or(Time::Never, |(_, search)| search.time(&facts)),
                facts: facts.into_iter().collect(),
            };
            if !found.contains(&remedy) {
                found.push(remedy);
            }
        }
    }
    let holds_all_of = |a: &Remedy, b: &Remedy| b.facts.iter().all(|fact| a.facts.contains(fact));
    let is_larger = |(at, a): (usize, &Remedy)| {
        let others = found.iter().enumerate().filter(|(other, _)| *other != at);
        let mut smaller = others.filter(|(other, b)| {
            let equal = a.facts.len() == b.facts.len();
            holds_all_of(a, b) && a.time >= b.time && (!equal || (b.time, *other) < (a.time, at))
        });
        smaller.next().is_some()
    };
    let larger: BTreeSet<usize> = found
        .iter()
        .enumerate()
        .filter(|each| is_larger(*each))
        .map(|(at, _)| at)
        .collect();
    let mut smallest: Vec<Remedy> = found
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !larger.contains(at))
        .map(|(_, remedy)| remedy)
        .collect();
    smallest.sort_by_key(|remedy| (remedy.time == Time::Never, remedy.facts.len(), remedy.time));
    smallest
}

/// Returns a set as it is, or with less where that is enough for another group: not every set of every group is tried.
fn smaller_elsewhere(
    searches: &[(&GroupOutcome, Search<'_>)],
    (mut at, mut facts): (usize, BTreeSet<Unknown>),
) -> (usize, BTreeSet<Unknown>) {
    for fact in facts.clone() {
        if facts.len() == 1 {
            break;
        }
        facts.remove(&fact);
        let enough = searches.iter().find(|(_, search)| search.can_hold(&facts, search.day));
        match enough {
            Some((outcome, _)) => at = outcome.group,
            None => drop(facts.insert(fact)),
        }
    }
    (at, facts)
}

/// What was found out about a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Look {
    /// It holds in no completion.
    Never,
    /// There was too much to look at.
    May,
    /// It holds in one.
    Can,
}

struct Search<'a> {
    rules: &'a RuleSet,
    household: &'a Household,
    day: Date,
    version: &'a Version,
    group: &'a Group,
    frame: Frame,
}

impl Search<'_> {
    /// Returns the smallest sets of recorded facts for this group.
    fn smallest_sets(&self, outcome: &GroupOutcome) -> Vec<BTreeSet<Unknown>> {
        let none = BTreeSet::new();
        // A group that could hold as things are rests on a presumption, which is told elsewhere.
        if self.can_hold(&none, self.day) {
            return Vec::new();
        }
        let failing = self.recorded_behind(outcome, |criterion| criterion.truth != Truth::Yes);
        let all = self.recorded_behind(outcome, |_| true);
        // With much open at once the question may be too dear; a few of the facts can be shown to suffice all the same.
        let may_do = |facts: &BTreeSet<Unknown>| self.look(facts, self.day) != Look::Never;
        let Some(facts) = [failing, all].into_iter().find(may_do) else {
            return Vec::new();
        };
        let ordered: Vec<Unknown> = facts.iter().copied().collect();
        let most = if facts.len() > MOST_FACTS { 1 } else { MOST_TOGETHER };
        let mut sets: Vec<BTreeSet<Unknown>> = Vec::new();
        for size in 1..=most.min(ordered.len()) {
            for set in subsets(&ordered, size) {
                if !sets.iter().any(|smaller| smaller.is_subset(&set)) && self.can_hold(&set, self.day) {
                    sets.push(set);
                }
            }
        }
        if sets.is_empty() && self.can_hold(&facts, self.day) {
            sets.push(self.made_small(facts));
        }
        sets
    }

    /// Leaves out one fact after another as long as the rest suffice.
    fn made_small(&self, mut facts: BTreeSet<Unknown>) -> BTreeSet<Unknown> {
        for fact in facts.clone() {
            facts.remove(&fact);
            if !self.can_hold(&facts, self.day) {
                facts.insert(fact);
            }
        }
        facts
    }

    /// Returns what is recorded among the facts on which criteria rest, whatever they say.
    fn recorded_behind(&self, outcome: &GroupOutcome, counts: impl Fn(&Criterion) -> bool) -> BTreeSet<Unknown> {
        let mut evaluator = Evaluator::new(self.rules, self.household, self.day);
        let mut facts = BTreeSet::new();
        let criteria = outcome.criteria.iter().filter(|criterion| counts(criterion));
        let no_point_holds = outcome.points.iter().all(|point| point.truth != Truth::Yes);
        let points = outcome.points.iter().filter(|point| counts(point) && no_point_holds);
        for criterion in criteria.chain(points) {
            evaluator.facts_of(criterion.node, criterion.frame, Behind::Anything, &mut facts);
        }
        facts.retain(|unknown| evaluator.is_recorded(*unknown) && evaluator.known_of(*unknown).is_settled());
        facts
    }

    /// Returns whether it is shown that the group can hold on a day when these facts may be anything.
    fn can_hold(&self, facts: &BTreeSet<Unknown>, day: Date) -> bool {
        self.look(facts, day) == Look::Can
    }

    /// Looks whether the group, with all that every group needs, can hold on a day when these facts may be anything.
    fn look(&self, facts: &BTreeSet<Unknown>, day: Date) -> Look {
        let holds = |node| Wanted {
            node,
            frame: self.frame,
            holds: true,
        };
        let needed: Vec<Wanted> = self
            .version
            .requires
            .iter()
            .map(|condition| holds(condition.when))
            .chain([holds(self.group.when)])
            .collect();
        let look = |wanted: &[Wanted]| match exact::search(self.forgetting(facts, day), wanted, MOST_EVALUATIONS).0 {
            Witness::Found(_) => Look::Can,
            Witness::TooDear => Look::May,
            Witness::None => Look::Never,
        };
        if self.group.any.is_empty() {
            return look(&needed);
        }
        let points = self.group.any.iter();
        let each = points.map(|point| look(&[needed.as_slice(), &[holds(point.when)]].concat()));
        each.max().unwrap_or(Look::Never)
    }

    /// Returns an evaluator for which these facts may be anything.
    fn forgetting(&self, facts: &BTreeSet<Unknown>, day: Date) -> Evaluator<'_> {
        // As things are, whatever the law presumes can be otherwise; beside other changes it is held.
        let presumptions = if facts.is_empty() {
            Presumptions::LeftOut
        } else {
            Presumptions::Held
        };
        let mut evaluator = Evaluator::new(self.rules, self.household, day).with(presumptions);
        for unknown in facts {
            if let Some(fact) = self.rules.fact(unknown.1) {
                evaluator.narrow(*unknown, everything(fact));
            }
        }
        evaluator
    }

    /// Returns what time does for a set: the first later day on which the group can hold though its dates are as recorded.
    fn time(&self, facts: &BTreeSet<Unknown>) -> Time {
        let is_date = |(_, fact): &Unknown| self.rules.fact(*fact).is_some_and(|f| f.kind == Type::Date);
        if !facts.iter().any(is_date) {
            return Time::NotNeeded;
        }
        let others: BTreeSet<Unknown> = facts.iter().copied().filter(|fact| !is_date(fact)).collect();
        let household = without(self.household, &others);
        let mut day = self.day;
        for _ in 0..MOST_DAYS {
            let mut evaluator = Evaluator::new(self.rules, &household, day).with(Presumptions::LeftOut);
            let nodes = self.version.requires.iter().map(|condition| condition.when);
            let nodes = nodes
                .chain([self.group.when])
                .chain(self.group.any.iter().map(|point| point.when));
            let mut next: Option<Date> = None;
            for node in nodes {
                if let Ok((_, Some(flips))) = evaluator.truth(node, self.frame) {
                    next = Some(next.map_or(flips, |soonest| soonest.min(flips)));
                }
            }
            let Some(later) = next.filter(|later| *later > day) else {
                return Time::Never;
            };
            if self.can_hold(&others, later) {
                return Time::Brings(later);
            }
            day = later;
        }
        Time::Never
    }
}

/// Returns the household as if some of its facts had not been asked.
fn without(household: &Household, facts: &BTreeSet<Unknown>) -> Household {
    let mut household = household.clone();
    for (person, fact) in facts {
        match person {
            Some(at) => household.persons.get_mut(*at).and_then(|p| p.facts.remove(fact)),
            None => household.facts.remove(fact),
        };
    }
    household
}

/// Returns every subset of a size, in order.
fn subsets(facts: &[Unknown], size: usize) -> Vec<BTreeSet<Unknown>> {
    if size == 0 {
        return vec![BTreeSet::new()];
    }
    let mut sets = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        for mut set in subsets(facts.get(at + 1..).unwrap_or_default(), size - 1) {
            set.insert(*fact);
            sets.push(set);
        }
    }
    sets
}
