//! What completions lead to, and what can be said of all of them together.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{Benefit, Combined, Standing};
use crate::evaluate::{Level, Unknown};
use crate::report::Answer;

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
    /// What it takes to know more; none where that was not looked for.
    pub(crate) facts: Option<Facts>,
}

/// Which open facts matter, and which do not.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    /// The facts worth asking: two completions that differ only in one of them differ in answer or amount. With how
    /// likely it is, in thousandths, that knowing it alone settles the determination.
    pub(crate) asks: BTreeMap<Unknown, u64>,
    /// The facts that were open and turned out not to matter.
    pub(crate) whatever: BTreeSet<Unknown>,
}

impl Settled {
    /// Draws the conclusion from the outcomes of all completions, and what became of it beside others in them.
    pub(super) fn of(leaves: &[Leaf], beside: &Beside) -> Settled {
        let n_paid = leaves.iter().filter(|leaf| matches!(leaf, Leaf::Paid(_))).count();
        let if_paid = amounts(leaves);
        let (answer, level, combined) = match leaves {
            [Leaf::Other(other)] => (*other, None, None),
            [Leaf::NotPaid] => (Answer::NotEntitled, None, beside.gives_way()),
            _ if n_paid == leaves.len() => (Answer::Entitled, if_paid, beside.paid()),
            _ => (Answer::Open, if_paid.map(|level| Level { low: 0, ..level }), None),
        };
        Settled {
            answer,
            level,
            if_paid,
            combined,
            facts: None,
        }
    }

    /// Returns whether one outcome is left.
    pub(crate) fn is_whole(&self) -> bool {
        self.answer != Answer::Open && self.level.is_none_or(|level| level.low == level.high)
    }
}

/// Returns the lowest and the highest amount among outcomes.
pub(super) fn amounts(leaves: &[Leaf]) -> Option<Level> {
    let paid = |leaf: &Leaf| match leaf {
        Leaf::Paid(Some(amount)) => Some(Level {
            low: *amount,
            high: *amount,
        }),
        _ => None,
    };
    leaves.iter().filter_map(paid).reduce(Level::join)
}

/// What one completion, or many alike, lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Leaf {
    Paid(Option<i64>),
    NotPaid,
    Other(Answer),
}

impl Leaf {
    /// Returns the outcome when only one is left.
    pub(super) fn of(standing: &Standing) -> Option<Leaf> {
        match (standing.answer, standing.level) {
            (Answer::Entitled, None) => Some(Leaf::Paid(None)),
            (Answer::Entitled, Some(level)) => (level.low == level.high).then_some(Leaf::Paid(Some(level.low))),
            (Answer::NotEntitled, _) => Some(Leaf::NotPaid),
            (Answer::Open | Answer::PersonDecides, _) => None,
            (other, _) => Some(Leaf::Other(other)),
        }
    }
}

/// What became of a benefit beside others, in all completions.
#[derive(Clone, Debug, Default)]
pub(super) struct Beside {
    /// What is paid beside it, and what gives way to it, where it is paid.
    paid: Vec<Combined>,
    /// To what it gives way where it does.
    gives_way: BTreeSet<Benefit>,
}

impl Beside {
    /// Takes in one completion.
    pub(super) fn note(&mut self, combined: &Combined) {
        match combined {
            Combined::Paid { .. } if !self.paid.contains(combined) => self.paid.push(combined.clone()),
            Combined::GivesWay { to, .. } => self.gives_way.extend(to),
            _ => {}
        }
    }

    fn gives_way(&self) -> Option<Combined> {
        let to: Vec<Benefit> = self.gives_way.iter().copied().collect();
        (!to.is_empty()).then_some(Combined::GivesWay { to, tie: false })
    }

    /// Returns what holds in every completion of what is paid beside a benefit, and all that gives way to it in some.
    fn paid(&self) -> Option<Combined> {
        let mut beside: Option<Vec<Benefit>> = None;
        let mut instead_of: BTreeMap<Benefit, Level> = BTreeMap::new();
        for combined in &self.paid {
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
}
