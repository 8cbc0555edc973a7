//! What must be judged together: the programmes that compete, for the person for whom they do.

use crate::household::Household;
use crate::rules::RuleSet;

/// Programmes and subjects of which none can be judged without the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// Programmes, by position.
    pub programmes: Vec<usize>,
    /// Subjects; none is the household.
    pub persons: Vec<Option<usize>>,
}

impl Unit {
    /// Returns every programme with every subject, in order.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (usize, Option<usize>)> {
        let persons = &self.persons;
        let of = move |programme: &usize| {
            let programme = *programme;
            persons.iter().map(move |person| (programme, *person))
        };
        self.programmes.iter().flat_map(of)
    }
}

/// Returns the units of a household: every programme and subject stands in exactly one.
pub(crate) fn units(rules: &RuleSet, household: &Household) -> Vec<Unit> {
    let mut sets = contests(rules);
    let alone = (0..rules.programmes.len()).filter(|at| !sets.iter().any(|set| set.contains(at)));
    let alone: Vec<Vec<usize>> = alone.map(|at| vec![at]).collect();
    sets.extend(alone);
    let mut units = Vec::new();
    for programmes in sets {
        for person in (0..household.persons.len()).map(Some).chain([None]) {
            units.push(Unit {
                programmes: programmes.clone(),
                persons: vec![person],
            });
        }
    }
    units
}

/// Returns the sets of programmes that compete: all that name the same word in `across`.
pub(crate) fn contests(rules: &RuleSet) -> Vec<Vec<usize>> {
    let mut words: Vec<&str> = Vec::new();
    let mut contests: Vec<Vec<usize>> = Vec::new();
    for (at, programme) in rules.programmes.iter().enumerate() {
        let Some(choose) = programme.versions.iter().find_map(|v| v.choose.as_ref()) else {
            continue;
        };
        let word = choose.across.value.as_str();
        match words.iter().position(|w| *w == word) {
            Some(place) => {
                if let Some(contest) = contests.get_mut(place) {
                    contest.push(at);
                }
            }
            None => {
                words.push(word);
                contests.push(vec![at]);
            }
        }
    }
    contests
}
