//! Benefits that may not be combined: the set that pays most is paid, and every other one says what it would have paid.

use crate::evaluate::{Judged, Level};
use crate::rules::RuleSet;
use crate::value::Truth;

use super::Determination;

/// What became of a benefit beside others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Combined {
    /// Nothing competes with it.
    #[default]
    Alone,
    /// It is paid.
    Paid {
        /// Programmes lawfully paid beside it.
        beside: Vec<usize>,
        /// Programmes that give way to it, with what they would have paid.
        instead_of: Vec<(usize, Level)>,
        /// True when another would have paid the same.
        tie: bool,
    },
    /// A higher one is paid instead.
    GivesWay {
        /// Which.
        to: Vec<usize>,
        /// True when that one pays the same.
        tie: bool,
    },
    /// Open facts decide which is paid.
    Undecided {
        /// The programmes it competes with.
        with: Vec<usize>,
        /// The most that can be paid to this person out of all that compete.
        most: i64,
    },
}

/// A benefit that competes.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    programme: usize,
    level: Level,
    /// Programmes it may be kept beside, with its level over the groups for which that holds.
    keeps: Vec<(usize, Option<Level>)>,
}

impl Candidate {
    pub(super) fn of(rules: &RuleSet, determination: &Determination) -> Option<Candidate> {
        let mut candidate = Candidate::judged(rules, determination.programme, &determination.judged)?;
        // A month on the edge may join two days.
        if let (Some(level), true) = (determination.level, determination.last_month) {
            candidate.level = level;
        }
        Some(candidate)
    }

    pub(super) fn judged(rules: &RuleSet, programme: usize, judged: &Judged) -> Option<Candidate> {
        if judged.truth == Truth::No || judged.stop.is_some() {
            return None;
        }
        let version = rules.programmes.get(programme)?.versions.get(judged.version?)?;
        let choose = version.choose.as_ref()?;
        let level = over(judged, |_| true)?;
        let keeps = choose.keep_both.iter().filter_map(|keep| {
            let (with, _) = rules.programme_named(&keep.with.value)?;
            let named = |group: usize| {
                let name = version.groups.get(group).map(|g| g.name.as_str());
                keep.groups.is_empty() || keep.groups.iter().any(|g| Some(g.value.as_str()) == name)
            };
            Some((with, over(judged, named)))
        });
        Some(Candidate {
            programme,
            level,
            keeps: keeps.collect(),
        })
    }
}

/// Returns what the named groups pay: 0 at the low end unless one of them holds for certain; none when none may hold.
fn over(judged: &Judged, named: impl Fn(usize) -> bool) -> Option<Level> {
    let mut level: Option<Level> = None;
    for group in judged.groups.iter().filter(|g| g.truth != Truth::No && named(g.group)) {
        let Level { low, high } = group.level.unwrap_or_default();
        let low = if group.truth == Truth::Yes { low } else { 0 };
        let so_far = level.unwrap_or_default();
        level = Some(Level {
            low: so_far.low.max(low),
            high: so_far.high.max(high),
        });
    }
    level
}

/// One or more candidates paid together.
struct Set {
    members: Vec<(usize, Level)>,
    low: i64,
    high: i64,
}

impl Set {
    fn of(members: Vec<(usize, Level)>) -> Set {
        let low = members.iter().map(|(_, level)| level.low).sum();
        let high = members.iter().map(|(_, level)| level.high).sum();
        Set { members, low, high }
    }

    fn has(&self, candidate: usize) -> bool {
        self.members.iter().any(|(at, _)| *at == candidate)
    }
}

/// Decides for each candidate, in order, what becomes of it and the level that then counts.
pub(super) fn choose(candidates: &[Candidate]) -> Vec<(Combined, Level)> {
    let sets = sets(candidates);
    // Sets come in the order of their programmes, so the first of equals is the first by id.
    let best = sets
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|(_, set)| set.low)
        .map_or(0, |(at, _)| at);
    let best_low = sets.get(best).map_or(0, |set| set.low);
    let possible =
        |(at, set): &(usize, &Set)| *at == best || set.high > best_low || (set.high == best_low && *at < best);
    let possible: Vec<&Set> = sets.iter().enumerate().filter(possible).map(|(_, set)| set).collect();
    let most = possible.iter().map(|set| set.high).max().unwrap_or(0);
    let name = |at: usize| candidates.get(at).map_or(0, |c| c.programme);
    candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| {
            let inside = possible.iter().filter(|set| set.has(at)).count();
            let others = || (0..candidates.len()).filter(|other| *other != at);
            if candidates.len() < 2 {
                return (Combined::Alone, candidate.level);
            }
            if inside == 0 {
                let to: Vec<usize> = others()
                    .filter(|o| possible.iter().any(|set| set.has(*o)))
                    .map(name)
                    .collect();
                let tie = candidate.level.low == best_low && candidate.level.high == best_low;
                return (Combined::GivesWay { to, tie }, candidate.level);
            }
            if inside < possible.len() {
                let with = others().filter(|o| possible.iter().any(|set| set.has(*o) && !set.has(at)));
                return (
                    Combined::Undecided {
                        with: with.map(name).collect(),
                        most,
                    },
                    candidate.level,
                );
            }
            let beside: Vec<usize> = others().filter(|o| possible.iter().all(|set| set.has(*o))).collect();
            let instead_of: Vec<(usize, Level)> = others()
                .filter(|o| !possible.iter().any(|set| set.has(*o)))
                .filter_map(|o| candidates.get(o).map(|c| (c.programme, c.level)))
                .collect();
            let level = possible.iter().flat_map(|set| &set.members).find(|(m, _)| *m == at);
            let level = level.map_or(candidate.level, |(_, level)| *level);
            let tie = instead_of
                .iter()
                .any(|(_, other)| other.low == best_low && other.high == best_low);
            let beside = beside.into_iter().map(name).collect();
            (
                Combined::Paid {
                    beside,
                    instead_of,
                    tie,
                },
                level,
            )
        })
        .collect()
}

fn sets(candidates: &[Candidate]) -> Vec<Set> {
    let mut sets = Vec::new();
    let mut covered = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for (with, level) in &candidate.keeps {
            let Some(level) = level else { continue };
            let partner = candidates
                .iter()
                .enumerate()
                .find(|(_, other)| other.programme == *with);
            let Some((other, partner)) = partner else { continue };
            let mut members = vec![(at, *level), (other, partner.level)];
            members.sort_by_key(|(at, _)| *at);
            sets.push(Set::of(members));
            // Alone they can never pay more than together.
            covered.push(other);
            if *level == candidate.level {
                covered.push(at);
            }
        }
    }
    for (at, candidate) in candidates.iter().enumerate() {
        if !covered.contains(&at) {
            sets.push(Set::of(vec![(at, candidate.level)]));
        }
    }
    sets.sort_by_key(|set| set.members.iter().map(|(at, _)| *at).collect::<Vec<_>>());
    sets
}
