//! Which facts programmes and terms look at, whatever is known: what looks at none of some facts comes out the same without them.

use std::collections::BTreeSet;

use crate::rules::{FactId, Op, RuleSet, Version};

/// The facts that may matter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reads {
    /// For each programme, itself or through another that it rests on.
    of_programme: Vec<BTreeSet<FactId>>,
    /// For each term; none where it rests on programmes, of which nothing is said here.
    of_term: Vec<Option<BTreeSet<FactId>>>,
}

impl Reads {
    /// Goes through every expression of a rule set.
    pub(crate) fn new(rules: &RuleSet) -> Reads {
        let own = |programme: usize| {
            let mut facts = BTreeSet::new();
            let versions = rules.programmes.get(programme).into_iter().flat_map(|p| &p.versions);
            for node in versions.flat_map(Version::expressions) {
                rules.walk_terms(node, &mut |op| {
                    if let Op::Fact(fact, _) = op {
                        facts.insert(*fact);
                    }
                });
            }
            facts
        };
        let own: Vec<BTreeSet<FactId>> = (0..rules.programmes.len()).map(own).collect();
        let below = |programme| {
            let all = rules.rests_on(programme);
            all.iter().filter_map(|at| own.get(*at)).flatten().copied().collect()
        };
        let of_term = rules.terms.iter().map(|term| {
            let mut facts = BTreeSet::new();
            let mut rests_on_programmes = false;
            rules.walk_terms(term.is, &mut |op| match op {
                Op::Fact(fact, _) => drop(facts.insert(*fact)),
                Op::Entitled(_) | Op::Group { .. } => rests_on_programmes = true,
                _ => {}
            });
            (!rests_on_programmes).then_some(facts)
        });
        Reads {
            of_programme: (0..rules.programmes.len()).map(below).collect(),
            of_term: of_term.collect(),
        }
    }

    /// Returns the facts that a programme may look at.
    pub(crate) fn facts_of(&self, programme: usize) -> impl Iterator<Item = FactId> + '_ {
        self.of_programme.get(programme).into_iter().flatten().copied()
    }

    /// Returns whether a programme may come out otherwise for another value of a fact.
    pub(crate) fn programme_may(&self, programme: usize, fact: FactId) -> bool {
        self.of_programme
            .get(programme)
            .is_none_or(|facts| facts.contains(&fact))
    }

    /// Returns whether a term may come out otherwise for another value of a fact.
    pub(crate) fn term_may(&self, term: usize, fact: FactId) -> bool {
        let known = self.of_term.get(term).and_then(Option::as_ref);
        known.is_none_or(|facts| facts.contains(&fact))
    }
}
