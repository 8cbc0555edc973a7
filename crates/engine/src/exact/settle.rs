//! Open determinations, settled over all completions of what is not known.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::assess::{Benefit, Combined, Days, Entry, Hole, Standing, standings};
use crate::evaluate::{Level, Reach, Unknown};
use crate::report::Answer;
use crate::value::Value;

use super::diagram::{Diagram, NodeAt, weight};
use super::{Firsts, has_cut, split};

/// What all completions say of a determination.
#[derive(Clone, Debug)]
pub(crate) struct Settled {
    /// The answer; *open* where completions differ.
    pub(crate) answer: Answer,
    /// The lowest and the highest amount; from 0 while the answer is open.
    pub(crate) level: Option<Level>,
    /// The lowest and the highest amount where it is paid; none where it never is.
    pub(crate) if_paid: Option<Level>,
    /// What became of it beside others, where all completions agree that it is paid or gives way.
    pub(crate) combined: Option<Combined>,
    /// The facts worth asking: two completions that differ only in one of them differ in answer or amount. With how
    /// likely it is, in thousandths, that knowing it alone settles the determination.
    pub(crate) asks: BTreeMap<Unknown, u64>,
    /// The facts that were open and turned out not to matter.
    pub(crate) whatever: BTreeSet<Unknown>,
}

/// What one completion, or many alike, lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Leaf {
    Paid(Option<i64>),
    NotPaid,
    Other(Answer),
}

impl Leaf {
    /// Returns the outcome when only one is left.
    fn of(standing: &Standing) -> Option<Leaf> {
        match (standing.answer, standing.level) {
            (Answer::Entitled, None) => Some(Leaf::Paid(None)),
            (Answer::Entitled, Some(level)) => (level.low == level.high).then_some(Leaf::Paid(Some(level.low))),
            (Answer::NotEntitled, _) => Some(Leaf::NotPaid),
            (Answer::Open | Answer::PersonDecides, _) => None,
            (other, _) => Some(Leaf::Other(other)),
        }
    }
}

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
            asked(days, entries, &now, at)
        } else {
            BTreeSet::new()
        }
    };
    let asked: Vec<BTreeSet<Unknown>> = open.iter().enumerate().map(of_open).collect();
    let mut search = Search {
        holes: Vec::new(),
        diagram: Diagram::new(),
        paid: vec![Vec::new(); entries.len()],
        gives_way: vec![BTreeSet::new(); entries.len()],
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
fn asked(days: &mut Days<'_>, entries: &[Entry], now: &[Standing], at: usize) -> BTreeSet<Unknown> {
    let mut found = BTreeSet::new();
    let Some(own) = now.get(at).filter(|own| Leaf::of(own).is_none()) else {
        return found;
    };
    let alone = own.combined == Combined::Alone;
    for (other, entry) in entries.iter().enumerate() {
        if other == at || !alone {
            found.extend(days.unknowns(entry, Reach::All));
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
    /// What is paid beside an entry, and what gives way to it, where it is paid.
    paid: Vec<Vec<Combined>>,
    /// To what an entry gives way where it does.
    gives_way: Vec<BTreeSet<Benefit>>,
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
                let again = self.again(entries);
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

    /// Judges the entries again, after a hole was narrowed.
    fn again(&mut self, entries: &[Entry]) -> Option<Vec<Entry>> {
        let mut again = Vec::with_capacity(entries.len());
        for entry in entries {
            let (entry, n) = self.days.again(entry);
            *self.left = self.left.checked_sub(n + 1)?;
            again.push(entry);
        }
        Some(again)
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
            .flat_map(|at| asked(self.days, entries, &now, at))
            .collect();
        let (at, hole, parts) = self.next(&asked)?;
        let mut cells: Vec<(Value, NodeAt)> = Vec::with_capacity(parts.len());
        for part in parts {
            let marks = self.days.narrow(hole, part);
            let inside = self.again(entries).and_then(|again| self.build(&again));
            self.days.widen(marks);
            cells.push((part, inside?));
        }
        Some(self.diagram.split(at, cells))
    }

    /// Remembers beside what the entries are paid here, and to what they give way.
    fn keep(&mut self, now: &[Standing]) {
        for ((standing, paid), gives_way) in now.iter().zip(&mut self.paid).zip(&mut self.gives_way) {
            match &standing.combined {
                Combined::Paid { .. } if !paid.contains(&standing.combined) => paid.push(standing.combined.clone()),
                Combined::GivesWay { to, .. } => gives_way.extend(to),
                _ => {}
            }
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
        let n_paid = leaves.iter().filter(|leaf| matches!(leaf, Leaf::Paid(_))).count();
        let amounts = || {
            leaves.iter().filter_map(|leaf| match leaf {
                Leaf::Paid(amount) => *amount,
                _ => None,
            })
        };
        let level = amounts()
            .min()
            .zip(amounts().max())
            .map(|(low, high)| Level { low, high });
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
        let if_paid = level;
        let (answer, level, combined) = match leaves.as_slice() {
            [Leaf::Other(other)] => (*other, None, None),
            [Leaf::NotPaid] => (Answer::NotEntitled, None, self.given_way(at)),
            _ if n_paid == leaves.len() => (Answer::Entitled, level, self.paid.get(at).and_then(|p| together(p))),
            _ => (Answer::Open, level.map(|level| Level { low: 0, ..level }), None),
        };
        Settled {
            answer,
            level,
            if_paid,
            combined,
            asks,
            whatever,
        }
    }

    fn given_way(&self, at: usize) -> Option<Combined> {
        let to: Vec<Benefit> = self.gives_way.get(at)?.iter().copied().collect();
        (!to.is_empty()).then_some(Combined::GivesWay { to, tie: false })
    }
}

/// Returns what holds in every completion of what is paid beside a benefit, and all that gives way to it in some.
fn together(paid: &[Combined]) -> Option<Combined> {
    let mut beside: Option<Vec<Benefit>> = None;
    let mut instead_of: BTreeMap<Benefit, Level> = BTreeMap::new();
    for combined in paid {
        let Combined::Paid {
            beside: here,
            instead_of: losers,
            ..
        } = combined
        else {
            continue;
        };
        match &mut beside {
            Some(all) => all.retain(|other| here.contains(other)),
            None => beside = Some(here.clone()),
        }
        for (loser, level) in losers {
            let known = instead_of.entry(*loser).or_insert(*level);
            *known = known.join(*level);
        }
    }
    beside.map(|beside| Combined::Paid {
        beside,
        instead_of: instead_of.into_iter().collect(),
        tie: false,
    })
}
