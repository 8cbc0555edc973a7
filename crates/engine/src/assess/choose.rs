//! Benefits that may not be combined: the set that pays most is paid, and every other one says what it would have paid.

use std::collections::BTreeSet;

use crate::evaluate::{Judged, Level};
use crate::read::KeepBoth;
use crate::rules::RuleSet;
use crate::value::Truth;

/// A programme for a subject, by position; no person is the household.
pub type Benefit = (usize, Option<usize>);

/// What became of a benefit beside others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Combined {
    /// Nothing competes with it.
    #[default]
    Alone,
    /// It is paid.
    Paid {
        /// What is lawfully paid beside it.
        beside: Vec<Benefit>,
        /// What gives way to it, with what it would have paid.
        instead_of: Vec<(Benefit, Level)>,
        /// True when another would have paid the same.
        tie: bool,
    },
    /// A higher one is paid instead.
    GivesWay {
        /// Which.
        to: Vec<Benefit>,
        /// True when that one pays the same.
        tie: bool,
    },
    /// Open facts decide which is paid.
    Undecided {
        /// What it competes with.
        with: Vec<Benefit>,
        /// The most that can be paid out of all that compete.
        most: i64,
    },
}

/// A benefit that competes.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    benefit: Benefit,
    /// What it pays by the group that pays most.
    level: Level,
    /// Whether its conditions are met for certain.
    certain: bool,
    ways: Vec<Way>,
}

/// The groups by which a benefit can be paid beside the same programmes, taken as one.
#[derive(Clone, Debug)]
struct Way {
    /// The programmes beside which it is kept.
    keeps: Vec<usize>,
    /// Whether one of the groups holds for certain.
    certain: bool,
    /// What is paid, once one of them holds.
    level: Level,
}

impl Candidate {
    /// Makes a candidate of what was judged on a day, or on either of two.
    pub(super) fn judged(
        rules: &RuleSet,
        benefit: Benefit,
        days: &[&Judged],
        level: Option<Level>,
        certain: bool,
    ) -> Option<Candidate> {
        let mut ways: Vec<Way> = Vec::new();
        for judged in days.iter().filter(|day| day.truth != Truth::No && day.stop.is_none()) {
            let version = rules.programmes.get(benefit.0)?.versions.get(judged.version?)?;
            let choose = version.choose.as_ref()?;
            for group in judged.groups.iter().filter(|group| group.truth != Truth::No) {
                let name = version.groups.get(group.group).map(|g| g.name.as_str());
                let named = |keep: &&KeepBoth| {
                    keep.groups.is_empty() || keep.groups.iter().any(|g| Some(g.value.as_str()) == name)
                };
                let keeps = choose.keep_both.iter().filter(named);
                let keeps = keeps.filter_map(|keep| rules.programme_named(&keep.with.value));
                let way = Way {
                    keeps: keeps.map(|(at, _)| at).collect(),
                    // Of two days either may be the one that pays.
                    certain: group.truth == Truth::Yes && days.len() == 1,
                    level: group.level.unwrap_or_default(),
                };
                match ways.iter_mut().find(|known| known.keeps == way.keeps) {
                    Some(known) => known.or(&way),
                    None => ways.push(way),
                }
            }
        }
        let level = level.unwrap_or_default();
        let candidate = Candidate {
            benefit,
            level,
            certain,
            ways,
        };
        (!candidate.ways.is_empty()).then_some(candidate)
    }
}

impl Way {
    /// Takes in another group: the higher of those that hold is paid.
    fn or(&mut self, other: &Way) {
        self.level.low = match (self.certain, other.certain) {
            (true, true) => self.level.low.max(other.level.low),
            (true, false) => self.level.low,
            (false, true) => other.level.low,
            (false, false) => self.level.low.min(other.level.low),
        };
        self.level.high = self.level.high.max(other.level.high);
        self.certain |= other.certain;
    }
}

/// One or more candidates lawfully paid together, each by one of its ways, in order.
#[derive(Clone, Debug, Default)]
struct Set<'a> {
    members: Vec<(usize, usize, &'a Way)>,
}

impl<'a> Set<'a> {
    fn has(&self, candidate: usize) -> bool {
        self.members.iter().any(|(at, _, _)| *at == candidate)
    }

    /// What it pays at least: what holds for certain.
    fn low(&self) -> i64 {
        let certain = self.members.iter().filter(|(_, _, way)| way.certain);
        certain.map(|(_, _, way)| way.level.low).sum()
    }

    fn high(&self) -> i64 {
        self.members.iter().map(|(_, _, way)| way.level.high).sum()
    }

    fn is_certain(&self) -> bool {
        self.members.iter().all(|(_, _, way)| way.certain)
    }

    /// Returns whether a candidate may lawfully be paid beside all members but itself.
    fn takes(&self, candidates: &[Candidate], at: usize, way: &Way) -> bool {
        let programme = |at: usize| candidates.get(at).map(|c| c.benefit.0);
        let kept = |way: &Way, with: usize| programme(with).is_some_and(|with| way.keeps.contains(&with));
        let others = self.members.iter().filter(|(other, _, _)| *other != at);
        others
            .into_iter()
            .all(|(other, _, theirs)| kept(way, *other) || kept(theirs, at))
    }

    /// Returns whether a candidate loses where this set is paid: it is not in it, and may not join by every way.
    fn shuts_out(&self, candidates: &[Candidate], at: usize) -> bool {
        let ways = candidates.get(at).map_or(&[][..], |c| c.ways.as_slice());
        !self.has(at) && !ways.iter().all(|way| self.takes(candidates, at, way))
    }

    /// Returns whether another set always pays more: the same, and something certain beside it.
    fn is_less_than(&self, other: &Set<'_>) -> bool {
        let mut more = other
            .members
            .iter()
            .filter(|(at, way, _)| !self.holds(*at, *way))
            .peekable();
        let same = self.members.iter().all(|(at, way, _)| other.holds(*at, *way));
        same && more.peek().is_some() && more.all(|(_, _, way)| way.certain && way.level.low > 0)
    }

    fn holds(&self, candidate: usize, way: usize) -> bool {
        self.members.iter().any(|(at, by, _)| (*at, *by) == (candidate, way))
    }

    /// What a member is paid where this set is: no less than by a way that holds for certain and fits as well.
    fn level_of(&self, candidates: &[Candidate], at: usize) -> Option<Level> {
        let (_, _, way) = self.members.iter().find(|(member, _, _)| *member == at)?;
        let fitting = candidates
            .get(at)?
            .ways
            .iter()
            .filter(|w| w.certain && self.takes(candidates, at, w));
        let floor = fitting.map(|way| way.level.low).max().unwrap_or(0);
        let Level { low, high } = way.level;
        Some(Level {
            low: low.max(floor).min(high),
            high,
        })
    }
}

/// Decides for each candidate, in order, what becomes of it and the level that then counts.
pub(super) fn choose(candidates: &[Candidate]) -> Vec<(Combined, Level)> {
    if candidates.len() < 2 {
        return candidates
            .iter()
            .map(|candidate| (Combined::Alone, candidate.level))
            .collect();
    }
    let sets = sets(candidates);
    let possible = possible(&sets, candidates);
    let most = possible.iter().map(|set| set.high()).max().unwrap_or(0);
    let paid = possible.iter().map(|set| set.low()).max().unwrap_or(0);
    let ties = |level: &Level| level.low == paid && level.high == paid;
    let wins = |at: usize| possible.iter().any(|set| set.has(at));
    let loses = |at: usize| possible.iter().any(|set| set.shuts_out(candidates, at));
    let name = |at: usize| candidates.get(at).map(|c| c.benefit);
    let decide = |(at, candidate): (usize, &Candidate)| {
        let others = || (0..candidates.len()).filter(|other| *other != at);
        if !wins(at) {
            let to = others().filter(|other| wins(*other)).filter_map(name).collect();
            let tie = ties(&candidate.level);
            return (Combined::GivesWay { to, tie }, candidate.level);
        }
        if loses(at) {
            let against = possible.iter().filter(|set| set.shuts_out(candidates, at));
            let rivals: BTreeSet<usize> = against.flat_map(|set| set.members.iter().map(|(at, ..)| *at)).collect();
            let with = others()
                .filter(|other| rivals.contains(other))
                .filter_map(name)
                .collect();
            return (Combined::Undecided { with, most }, candidate.level);
        }
        let together = |other: &usize| possible.iter().any(|set| set.has(at) && set.has(*other));
        let beside = others()
            .filter(|other| together(other) && !loses(*other))
            .filter_map(name)
            .collect();
        let losers = || {
            others()
                .filter(|other| !wins(*other))
                .filter_map(|other| candidates.get(other))
        };
        let instead_of = losers().map(|loser| (loser.benefit, loser.level)).collect();
        let tie = losers().any(|loser| ties(&loser.level));
        let levels = possible.iter().filter_map(|set| set.level_of(candidates, at));
        let level = levels.reduce(Level::join).unwrap_or(candidate.level);
        let paid = Combined::Paid {
            beside,
            instead_of,
            tie,
        };
        (paid, level)
    };
    candidates.iter().enumerate().map(decide).collect()
}

/// Returns the sets that may be the one that pays most, in order.
fn possible<'s, 'a>(sets: &'s [Set<'a>], candidates: &[Candidate]) -> Vec<&'s Set<'a>> {
    // The first of equals, which is the first by id.
    let best = sets.iter().enumerate().rev().max_by_key(|(_, set)| set.low());
    let Some((best, best_set)) = best else {
        return Vec::new();
    };
    let alone = candidates.iter().filter(|candidate| candidate.certain);
    let least = alone
        .map(|candidate| candidate.level.low)
        .max()
        .unwrap_or(0)
        .max(best_set.low());
    let longest = sets.iter().map(|set| set.members.len()).max().unwrap_or(0);
    let wins_ties = best_set.is_certain() && best_set.low() == least;
    let can_be_paid = |(at, set): &(usize, &Set<'_>)| {
        let reaches = *at == best || set.high() > least || (set.high() == least && (*at < best || !wins_ties));
        reaches && (set.members.len() == longest || !sets.iter().any(|other| set.is_less_than(other)))
    };
    sets.iter()
        .enumerate()
        .filter(can_be_paid)
        .map(|(_, set)| set)
        .collect()
}

/// Returns every set that the law allows, in the order of their members.
fn sets(candidates: &[Candidate]) -> Vec<Set<'_>> {
    let mut sets = vec![Set::default()];
    for (at, candidate) in candidates.iter().enumerate() {
        let mut more = Vec::new();
        for set in &sets {
            for (by, way) in candidate.ways.iter().enumerate() {
                if set.takes(candidates, at, way) {
                    let mut members = set.members.clone();
                    members.push((at, by, way));
                    more.push(Set { members });
                }
            }
        }
        sets.extend(more);
    }
    sets.retain(|set| !set.members.is_empty());
    let order = |set: &Set<'_>| {
        let (programmes, ways): (Vec<_>, Vec<_>) = set.members.iter().map(|(at, by, _)| (*at, *by)).unzip();
        (programmes, ways)
    };
    sets.sort_by_key(order);
    sets
}
