//! Judging again, after an answer, only what looks at it.

use std::collections::BTreeSet;

use crate::household::Household;
use crate::rules::{FactId, RuleSet};

use super::{Assessment, Contests, Depth, Determination, assess_programmes};

/// Assesses a household again after some of its facts changed: only programmes that look at one of them, and those they
/// compete with, are judged anew. `before` is of the same household, month and roster before the change, to the same depth
/// or deeper; the result is what [`assess`] returns for the household as it is now, but that what is not judged anew
/// keeps its next change.
pub fn assess_again(
    rules: &RuleSet,
    household: &Household,
    before: &Assessment,
    depth: Depth,
    changed: &BTreeSet<FactId>,
) -> Assessment {
    let touches = |at: &usize| looks_at(rules, *at, changed);
    let touched: Vec<usize> = (0..rules.programmes.len()).filter(touches).collect();
    let anew = assess_programmes(rules, household, before.month, depth, &touched);
    let contests = Contests::new(rules, household);
    let judged: BTreeSet<usize> = touched.iter().flat_map(|at| contests.together(*at)).collect();
    let kept = before.determinations.iter().filter(|d| !judged.contains(&d.programme));
    let mut determinations: Vec<Determination> = kept.cloned().chain(anew.determinations).collect();
    determinations.sort_by_key(|d| d.programme);
    Assessment {
        month: before.month,
        determinations,
    }
}

/// Returns whether a programme looks at one of these facts, itself or through another that it rests on. Whether a
/// person is born is looked at by all.
pub(super) fn looks_at(rules: &RuleSet, programme: usize, facts: &BTreeSet<FactId>) -> bool {
    if rules.birth_date.is_some_and(|birth_date| facts.contains(&birth_date)) {
        return true;
    }
    facts.iter().any(|fact| rules.reads.programme_may(programme, *fact))
}
