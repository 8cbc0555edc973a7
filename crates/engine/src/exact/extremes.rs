//! Whether completions differ, and how much they pay at least and at most, without asking which facts make the difference.
//!
//! Where Kleene's rules leave an answer open it mostly is: one completion that pays the most they allow and one that pays
//! nothing prove it, and these are soon found. Only where none such are found all completions are looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{Days, Entry, Hole, Standing, standings};
use crate::evaluate::{Level, Reach, Unknown};
use crate::report::Answer;
use crate::rules::FactId;
use crate::value::Value;

use super::outcome::{Beside, Leaf, Settled, amounts};
use super::settle::asked;
use super::{Firsts, has_cut, split};

/// Returns what [`super::settle`] does, but for the facts that matter.
pub(crate) fn extremes(days: &mut Days<'_>, entries: &[Entry], left: &mut usize) -> Option<Vec<Option<Settled>>> {
    let now = standings(days.rules, entries);
    let sought: Vec<Option<Sought>> = now.iter().map(Sought::of).collect();
    if sought.iter().all(Option::is_none) {
        return Some(sought.iter().map(|_| None).collect());
    }
    let mut search = Search {
        days,
        sought,
        firsts: BTreeMap::new(),
        programme: entries.first()?.programme,
        left,
    };
    search.look(entries)?;
    let is_alone = entries.len() == 1;
    let settled = |sought: Option<Sought>| sought.map(|sought| sought.settled());
    let settled: Vec<Option<Settled>> = search.sought.into_iter().map(settled).collect();
    // What is paid beside what rests on every completion of all of them.
    let is_told = |settled: &Settled| is_alone || settled.answer == Answer::Open;
    settled.iter().flatten().all(is_told).then_some(settled)
}

/// What is looked for in the completions of an entry that Kleene's rules leave open.
struct Sought {
    /// What they say of it.
    answer: Answer,
    level: Option<Level>,
    /// The outcomes found, each once.
    leaves: Vec<Leaf>,
}

impl Sought {
    /// Returns none for an entry of which one outcome is left.
    fn of(standing: &Standing) -> Option<Sought> {
        Leaf::of(standing).is_none().then(|| Sought {
            answer: standing.answer,
            level: standing.level,
            leaves: Vec::new(),
        })
    }

    fn note(&mut self, leaf: Leaf) {
        if !self.leaves.contains(&leaf) {
            self.leaves.push(leaf);
        }
    }

    /// Returns whether no other completion can add anything.
    fn is_proved(&self) -> bool {
        let is_paid = |leaf: &Leaf| matches!(leaf, Leaf::Paid(_));
        let found = amounts(&self.leaves);
        match self.answer {
            Answer::Entitled => found.is_some() && found == self.level,
            _ => {
                self.leaves.iter().any(is_paid)
                    && !self.leaves.iter().all(is_paid)
                    && found.map(|level| level.high) == self.level.map(|level| level.high)
            }
        }
    }

    fn settled(&self) -> Settled {
        Settled::of(&self.leaves, &Beside::default())
    }
}

struct Search<'s, 'a> {
    days: &'s mut Days<'a>,
    /// For each entry; none where nothing is open.
    sought: Vec<Option<Sought>>,
    /// Where rules tell the values of a fact apart.
    firsts: BTreeMap<FactId, Firsts>,
    programme: usize,
    left: &'s mut usize,
}

impl Search<'_, '_> {
    /// Looks at completions until nothing is left to be proved. Returns none when that takes too many evaluations.
    fn look(&mut self, entries: &[Entry]) -> Option<()> {
        let now = standings(self.days.rules, entries);
        let mut open = Vec::new();
        for (at, (standing, sought)) in now.iter().zip(&mut self.sought).enumerate() {
            let Some(sought) = sought.as_mut().filter(|sought| !sought.is_proved()) else {
                continue;
            };
            match Leaf::of(standing) {
                Some(leaf) => sought.note(leaf),
                None => open.push(at),
            }
        }
        if open.is_empty() {
            return Some(());
        }
        let (hole, parts) = self.next(entries, &now, &open)?;
        for part in parts {
            let marks = self.days.narrow(hole, part);
            let inside = self
                .days
                .all_again(entries, self.left)
                .and_then(|again| self.look(&again));
            self.days.widen(marks);
            inside?;
            let is_proved = |at: &usize| {
                self.sought
                    .get(*at)
                    .is_some_and(|s| s.as_ref().is_none_or(Sought::is_proved))
            };
            if open.iter().all(is_proved) {
                break;
            }
        }
        Some(())
    }

    /// Returns a fact on which an open entry depends, with its parts: of the first in each condition if it can be. Ranges
    /// that no rule cuts any further come last.
    fn next(&mut self, entries: &[Entry], now: &[Standing], open: &[usize]) -> Option<(Hole, Vec<Value>)> {
        let mut uncut = None;
        for reach in [Reach::First, Reach::All] {
            let mut all: BTreeSet<Unknown> = BTreeSet::new();
            for at in open {
                all.extend(asked(self.days, entries, now, *at, reach));
            }
            for unknown in all {
                let firsts = self.firsts.entry(unknown.1);
                let firsts = firsts.or_insert_with(|| self.days.firsts(self.programme, unknown.1));
                for hole in self.days.holes(unknown) {
                    let known = self.days.known_of(hole);
                    let parts = split(known, firsts);
                    if parts.is_empty() {
                        continue;
                    }
                    if has_cut(known, firsts) {
                        return Some((hole, parts));
                    }
                    uncut = uncut.or(Some((hole, parts)));
                }
            }
        }
        uncut
    }
}
