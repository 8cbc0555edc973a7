//! A household that shows something: the values of open facts for which given conditions come out as wanted.

use jiff::civil::Date;

use crate::evaluate::{Evaluator, Frame, Presumptions, Reach, Stop, Unknown};
use crate::household::Household;
use crate::rules::{NodeId, RuleSet};
use crate::value::{Truth, Value};

use super::split;

/// A condition, for whom it is judged, and how it should come out.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// The condition.
    pub node: NodeId,
    /// For whom.
    pub frame: Frame,
    /// Whether it should hold.
    pub holds: bool,
}

/// What a search for a witness found.
#[derive(Clone, Debug, PartialEq)]
pub enum Witness {
    /// These values of the open facts; every other value of a fact that is not named will do.
    Found(Vec<(Unknown, Value)>),
    /// There is none.
    None,
    /// More evaluations than allowed: nothing is said.
    TooDear,
}

/// Searches for values of what is not known of a household on a day for which every condition comes out as wanted.
///
/// `most` bounds the number of evaluations of all conditions; `n_evaluations` counts them.
pub fn witness(
    rules: &RuleSet,
    household: &Household,
    day: Date,
    wanted: &[Wanted],
    most: usize,
    n_evaluations: &mut usize,
) -> Witness {
    // Whatever the law presumes, the contrary can be so.
    let evaluator = Evaluator::new(rules, household, day).with(Presumptions::LeftOut);
    let (found, n) = search(evaluator, wanted, most);
    *n_evaluations += n;
    found
}

/// Searches as [`witness`] does, with what an evaluator takes to be so; also returns the number of evaluations.
pub(crate) fn search(evaluator: Evaluator<'_>, wanted: &[Wanted], most: usize) -> (Witness, usize) {
    let mut search = Search {
        evaluator,
        wanted,
        left: most,
    };
    let found = match search.look() {
        Some(true) => Witness::Found(search.evaluator.narrowed().to_vec()),
        Some(false) => Witness::None,
        None => Witness::TooDear,
    };
    (found, most - search.left)
}

struct Search<'a> {
    evaluator: Evaluator<'a>,
    wanted: &'a [Wanted],
    left: usize,
}

impl Search<'_> {
    /// Returns whether a completion was found, which is then what the evaluator holds; none when the search was cut off.
    fn look(&mut self) -> Option<bool> {
        self.left = self.left.checked_sub(1)?;
        let mut open = None;
        for wanted in self.wanted {
            match self.evaluator.truth(wanted.node, wanted.frame) {
                Ok((Truth::Open, _)) => open = open.or(Some(*wanted)),
                Ok((truth, _)) if truth == Truth::known(wanted.holds) => {}
                // No value on this day: then it does not come out as wanted.
                Ok(_) | Err(Stop::NoValue { .. }) | Err(_) => return Some(false),
            }
        }
        let Some(open) = open else {
            return Some(true);
        };
        let mut unknowns = std::collections::BTreeSet::new();
        self.evaluator
            .of_node(open.node, open.frame, Reach::First, &mut unknowns);
        for unknown in unknowns {
            let known = self.evaluator.known_of(unknown);
            let rules = self.evaluator.rules;
            let parts = split(known, &rules.cuts.firsts(rules, None, unknown.1, &[self.evaluator.day]));
            if parts.is_empty() {
                continue;
            }
            for part in parts {
                let mark = self.evaluator.narrow(unknown, part);
                match self.look() {
                    Some(false) => self.evaluator.widen(mark),
                    found => return found,
                }
            }
            return Some(false);
        }
        Some(false)
    }
}
