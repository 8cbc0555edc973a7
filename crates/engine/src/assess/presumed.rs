//! Which determinations rest on what the law presumes: those that would come out otherwise if it presumed nothing.

use std::collections::BTreeSet;

use crate::evaluate::{Presumptions, Unknown, presumable};
use crate::report::Answer;
use crate::rules::{FactId, NodeId, Op, RuleSet};

use super::again::looks_at;
use super::{Asking, Assessor, Determination, Level};

/// Names in each determination the presumed facts on which it may rest. Which of them matter is not settled exactly: where many
/// points are presumed, as in a survey that nobody made, that takes too many completions.
pub(super) fn name(assessor: &Assessor<'_>, determinations: &mut [Determination]) {
    let Assessor { rules, household, .. } = *assessor;
    if presumable(rules).next().is_none() {
        return;
    }
    let (first, last) = (assessor.days.first.day, assessor.days.last.day);
    let mut without = Assessor::new(rules, household, first, last, Asking::Possible);
    // Where no programme of a contest looks at such a fact, all comes out the same.
    let facts: BTreeSet<FactId> = presumable(rules).map(|(fact, _)| fact).collect();
    let looking = assessor.programmes.iter().filter(|at| looks_at(rules, **at, &facts));
    let touched: BTreeSet<usize> = looking.flat_map(|at| without.contests.together(*at)).collect();
    let known = assessor.programmes.iter().copied();
    without.programmes = known.filter(|at| touched.contains(at)).collect();
    let without = without.with(Presumptions::LeftOut).answers();
    let concerned = determinations.iter_mut().filter(|d| touched.contains(&d.programme));
    // Nobody becomes a subject by a presumption, so the two lists are of the same programmes and subjects.
    for (determination, without) in concerned.zip(without) {
        if paid(determination) == paid(&without) {
            continue;
        }
        let presumed = presumed_on(assessor, determination);
        let settles: BTreeSet<Unknown> = presumed.intersection(&without.asks).copied().collect();
        determination.presumed = if settles.is_empty() {
            // What cannot be computed asks for nothing.
            let read = facts_read(rules, determination);
            presumed.into_iter().filter(|(_, fact)| read.contains(fact)).collect()
        } else {
            settles
        };
    }
}

/// The answer, and what is paid or may be.
fn paid(determination: &Determination) -> (Answer, Option<Level>) {
    let level = determination
        .level
        .filter(|_| determination.answer != Answer::NotEntitled);
    (determination.answer, level)
}

fn presumed_on(assessor: &Assessor<'_>, determination: &Determination) -> BTreeSet<Unknown> {
    let days = std::iter::once(&determination.judged).chain(determination.other_day.as_deref());
    let on_days = days.flat_map(|judged| assessor.days.last.on_day(judged.day).presumed_facts());
    // What a competing programme rests on may be presumed on the last day only.
    on_days.chain(assessor.days.last.presumed_facts()).collect()
}

/// Returns every fact that the programme of a determination reads, itself or through what it names.
fn facts_read(rules: &RuleSet, determination: &Determination) -> BTreeSet<FactId> {
    let mut facts = BTreeSet::new();
    let (mut programmes, mut terms) = (BTreeSet::new(), BTreeSet::new());
    let mut todo = vec![determination.programme];
    while let Some(programme) = todo.pop() {
        if !programmes.insert(programme) {
            continue;
        }
        let versions = rules
            .programmes
            .get(programme)
            .map(|p| p.versions.as_slice())
            .unwrap_or_default();
        let mut nodes: Vec<NodeId> = versions.iter().flat_map(|version| version.expressions()).collect();
        while let Some(node) = nodes.pop() {
            rules.walk(node, &mut |op| match op {
                Op::Fact(fact, _) => drop(facts.insert(*fact)),
                Op::Term(at, _) if terms.insert(*at) => nodes.extend(rules.terms.get(*at).map(|term| term.is)),
                Op::Entitled(other) => todo.push(*other),
                _ => {}
            });
        }
    }
    facts
}
