//! Open determinations, settled over all completions of what is not known.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::assess::{Combined, Days, Entry, Hole, Standing, standings};
use crate::evaluate::{Level, Reach, Unknown};
use crate::report::Answer;
use crate::value::Value;

use super::diagram::{Diagram, NodeAt, weight};
use super::outcome::{Beside, Facts, Leaf, Settled};
use super::{Firsts, has_cut, split};

/// Returns whether Kleene's rules leave more than one outcome.
pub(crate) fn is_open(standing: &Standing) -> bool {
    Leaf::of(standing).is_none()
}

/// Settles entries that compete with each other, or one that stands alone. Returns for each what all completions say,
/// and nothing for one that Kleene's rules have settled. Returns none when that takes more than `left` evaluations of a
/// group, which counts down.
pub(crate) fn settle(days: &mut Days<'_>, entries: &[Entry], left: &mut usize) -> Option<Vec<Option<Settled>>> {
    let now = standings(days.rules, entries);
    let open: Vec<bool> = now.iter().map(|standing| Leaf::of(standing).is_none()).collect();
    if !open.contains(&true) {
        return Some(open.iter().map(|_| None).collect());
    }
    let of_open = |(at, open): (usize, &bool)| {
        if *open {
            asked(days, entries, &now, at, Reach::All)
        } else {
            BTreeSet::new()
        }
    };
    let asked: Vec<BTreeSet<Unknown>> = open.iter().enumerate().map(of_open).collect();
    let mut search = Search {
        holes: Vec::new(),
        diagram: Diagram::new(),
        beside: vec![Beside::default(); entries.len()],
        days,
        open: &open,
        left,
    };
    search.order(entries, &asked)?;
    let root = search.build(entries)?;
    let of_entry = |(at, asked)| {
        open.get(at)
            .copied()
            .unwrap_or(false)
            .then(|| search.read(root, at, asked))
    };
    Some(asked.into_iter().enumerate().map(of_entry).collect())
}

/// What a benefit would have paid, had it not given way to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WouldHave {
    /// Its own conditions are met in no completion.
    Nothing,
    /// From the lowest to the highest over the completions in which they are met; none for what has no amount.
    Paid(Option<Level>),
}

/// Returns what a benefit would have paid that gives way in every completion in which its conditions are met. Returns none
/// when that takes more than `left` evaluations of a group, which counts down.
pub(crate) fn would_have(days: &mut Days<'_>, entry: &Entry, left: &mut usize) -> Option<WouldHave> {
    let alone = std::slice::from_ref(entry);
    let settled = settle(days, alone, left)?.into_iter().next().flatten();
    let (answer, level) = match settled {
        Some(settled) => (settled.answer, settled.if_paid),
        None => {
            let standing = standings(days.rules, alone).into_iter().next()?;
            (standing.answer, standing.level)
        }
    };
    Some(match answer {
        Answer::Entitled | Answer::Open => WouldHave::Paid(level),
        _ => WouldHave::Nothing,
    })
}

/// Returns the facts on which the entry at `at` may depend: its own, and while it is undecided which is paid, those of
/// all it competes with. Nothing for one that is settled.
pub(super) fn asked(
    days: &mut Days<'_>,
    entries: &[Entry],
    now: &[Standing],
    at: usize,
    reach: Reach,
) -> BTreeSet<Unknown> {
    let mut found = BTreeSet::new();
    let Some(own) = now.get(at).filter(|own| Leaf::of(own).is_none()) else {
        return found;
    };
    let alone = own.combined == Combined::Alone;
    for (other, entry) in entries.iter().enumerate() {
        if other == at || !alone {
            found.extend(days.unknowns(entry, reach));
        }
    }
    found
}

/// A hole, and where rules tell its values apart.
struct Asked {
    hole: Hole,
    firsts: Firsts,
}

struct Search<'s, 'a> {
    days: &'s mut Days<'a>,
    /// Which entries are to be settled.
    open: &'s [bool],
    /// In the order in which the diagram asks.
    holes: Vec<Asked>,
    diagram: Diagram<Vec<Option<Leaf>>>,
    left: &'s mut usize,
    /// What becomes of each entry beside the others.
    beside: Vec<Beside>,
}

impl Search<'_, '_> {
    /// Puts the facts first that settle most by themselves: then the diagram is small.
    fn order(&mut self, entries: &[Entry], asked: &[BTreeSet<Unknown>]) -> Option<()> {
        let all: BTreeSet<Unknown> = asked.iter().flatten().copied().collect();
        let holes: Vec<Hole> = all.iter().flat_map(|unknown| self.days.holes(*unknown)).collect();
        let mut ranked = Vec::with_capacity(holes.len());
        let programme = entries.first()?.programme;
        for hole in holes {
            let firsts = self.days.firsts(programme, hole.unknown.1);
            let parts = split(self.days.known_of(hole), &firsts);
            let (mut settled, mut all) = (0, 0);
            for part in parts {
                let weight = weight(part, Decimal::ONE);
                all += weight * u64::try_from(entries.len()).unwrap_or(1);
                let marks = self.days.narrow(hole, part);
                let again = self.days.all_again(entries, self.left);
                self.days.widen(marks);
                let now = standings(self.days.rules, &again?);
                let n_settled = now.iter().filter(|standing| Leaf::of(standing).is_some()).count();
                settled += weight * u64::try_from(n_settled).unwrap_or(0);
            }
            ranked.push((std::cmp::Reverse(settled * 1000 / all.max(1)), Asked { hole, firsts }));
        }
        ranked.sort_by_key(|(rank, asked)| (*rank, asked.hole));
        self.holes = ranked.into_iter().map(|(_, asked)| asked).collect();
        Some(())
    }

    fn build(&mut self, entries: &[Entry]) -> Option<NodeAt> {
        let now = standings(self.days.rules, entries);
        let leaves: Vec<Option<Leaf>> = now.iter().map(Leaf::of).collect();
        let is_open = |at: &usize| self.open.get(*at) == Some(&true) && leaves.get(*at) == Some(&None);
        let open: Vec<usize> = (0..entries.len()).filter(is_open).collect();
        if open.is_empty() {
            self.keep(&now);
            return Some(self.diagram.leaf(leaves));
        }
        let asked: BTreeSet<Unknown> = open
            .into_iter()
            .flat_map(|at| asked(self.days, entries, &now, at, Reach::All))
            .collect();
        let (at, hole, parts) = self.next(&asked)?;
        let mut cells: Vec<(Value, NodeAt)> = Vec::with_capacity(parts.len());
        for part in parts {
            let marks = self.days.narrow(hole, part);
            let inside = self
                .days
                .all_again(entries, self.left)
                .and_then(|again| self.build(&again));
            self.days.widen(marks);
            cells.push((part, inside?));
        }
        Some(self.diagram.split(at, cells))
    }

    /// Remembers what becomes of the entries beside each other here.
    fn keep(&mut self, now: &[Standing]) {
        for (standing, beside) in now.iter().zip(&mut self.beside) {
            beside.note(&standing.combined);
        }
    }

    /// Returns the first hole that may matter, with its parts. Ranges that no rule cuts any further come last.
    fn next(&self, asked: &BTreeSet<Unknown>) -> Option<(usize, Hole, Vec<Value>)> {
        let mut uncut = None;
        for (at, Asked { hole, firsts }) in self.holes.iter().enumerate() {
            if !asked.contains(&hole.unknown) {
                continue;
            }
            let known = self.days.known_of(*hole);
            if known.is_settled() {
                continue;
            }
            if has_cut(known, firsts) {
                return Some((at, *hole, split(known, firsts)));
            }
            uncut = uncut.or(Some((at, *hole, firsts, known)));
        }
        let (at, hole, firsts, known) = uncut?;
        Some((at, hole, split(known, firsts)))
    }

    /// Reads off the diagram what it says of the entry at `at`.
    fn read(&self, root: NodeAt, at: usize, asked: BTreeSet<Unknown>) -> Settled {
        let own = |leaves: &Vec<Option<Leaf>>| leaves.get(at).copied().flatten();
        let (diagram, root) = self.diagram.seen_as(root, own);
        let leaves: Vec<Leaf> = diagram.leaves(root).into_iter().copied().flatten().collect();
        let mut asks: BTreeMap<Unknown, u64> = BTreeMap::new();
        for at in diagram.holes(root) {
            if let Some(Asked { hole, firsts }) = self.holes.get(at) {
                let step = if let Firsts::Numbers(_, step) = firsts {
                    *step
                } else {
                    Decimal::ONE
                };
                let chance = diagram.settles(root, at, step);
                let known = asks.entry(hole.unknown).or_default();
                *known = chance.max(*known);
            }
        }
        let whatever = asked
            .into_iter()
            .filter(|unknown| !asks.contains_key(unknown))
            .collect();
        let beside = self.beside.get(at).cloned().unwrap_or_default();
        Settled {
            facts: Some(Facts { asks, whatever }),
            ..Settled::of(&leaves, &beside)
        }
    }
}
