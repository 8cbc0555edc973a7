//! What must be judged together: the programmes that compete, for the persons for whom they do.

use crate::household::Household;
use crate::read::Each;
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

/// The programmes that compete, and for whom together.
#[derive(Clone, Debug)]
struct Contest {
    each: Each,
    programmes: Vec<usize>,
}

/// The contests of the rules, and who in a household takes part in them together.
#[derive(Clone, Debug)]
pub(crate) struct Contests {
    all: Vec<Contest>,
    /// For each person the first of the couple.
    couples: Vec<usize>,
}

/// A contest, and the first of those for whom one set is paid; none is the household.
pub(crate) type Seat = (usize, Option<usize>);

impl Contests {
    /// Finds the programmes that compete, all that name the same word in `across`, and the couples of a household.
    pub(crate) fn new(rules: &RuleSet, household: &Household) -> Contests {
        let mut words: Vec<&str> = Vec::new();
        let mut all: Vec<Contest> = Vec::new();
        for (at, programme) in rules.programmes.iter().enumerate() {
            let Some(choose) = programme.choose() else {
                continue;
            };
            let word = choose.across.value.as_str();
            let known = words.iter().position(|known| *known == word);
            if let Some(contest) = known.and_then(|place| all.get_mut(place)) {
                contest.programmes.push(at);
            } else {
                words.push(word);
                all.push(Contest {
                    each: choose.each.value,
                    programmes: vec![at],
                });
            }
        }
        let couples = couples(household);
        Contests { all, couples }
    }

    /// Returns a programme with all that it competes with.
    pub(crate) fn together(&self, programme: usize) -> Vec<usize> {
        let contest = self.all.iter().find(|c| c.programmes.contains(&programme));
        contest.map_or_else(|| vec![programme], |c| c.programmes.clone())
    }

    /// Returns in which contest a programme competes for a subject, and beside whom. What is said of nobody competes with
    /// nothing where persons compete.
    pub(crate) fn seat(&self, programme: usize, person: Option<usize>) -> Option<Seat> {
        let at = self.all.iter().position(|c| c.programmes.contains(&programme))?;
        match self.all.get(at)?.each {
            Each::Person => Some((at, Some(person?))),
            Each::Couple => Some((at, Some(*self.couples.get(person?)?))),
            Each::Household => Some((at, None)),
        }
    }
}

/// Returns the units of a household: every programme and subject stands in exactly one.
pub(crate) fn units(rules: &RuleSet, household: &Household) -> Vec<Unit> {
    let contests = Contests::new(rules, household);
    let everybody = || (0..household.persons.len()).map(Some).chain([None]);
    let mut units = Vec::new();
    for (at, contest) in contests.all.iter().enumerate() {
        let mut together: Vec<(Option<Seat>, Vec<Option<usize>>)> = Vec::new();
        let seat = |person| {
            let programme = contest.programmes.first()?;
            contests.seat(*programme, person).filter(|(own, _)| *own == at)
        };
        for person in everybody() {
            let seat = seat(person);
            match together.iter_mut().find(|(known, _)| *known == seat) {
                Some((_, persons)) => persons.push(person),
                None => together.push((seat, vec![person])),
            }
        }
        units.extend(together.into_iter().map(|(_, persons)| Unit {
            programmes: contest.programmes.clone(),
            persons,
        }));
    }
    let competes = |at: &usize| contests.all.iter().any(|contest| contest.programmes.contains(at));
    for programme in (0..rules.programmes.len()).filter(|at| !competes(at)) {
        units.extend(everybody().map(|person| Unit {
            programmes: vec![programme],
            persons: vec![person],
        }));
    }
    units
}

/// Returns for each person the first of those whom recorded partnerships join, in either direction.
fn couples(household: &Household) -> Vec<usize> {
    let mut first: Vec<usize> = (0..household.persons.len()).collect();
    for (at, person) in household.persons.iter().enumerate() {
        let both = person.partner.and_then(|other| first.get(other)).zip(first.get(at));
        let Some((a, b)) = both else { continue };
        let (low, high) = (*a.min(b), *a.max(b));
        first
            .iter_mut()
            .filter(|place| **place == high)
            .for_each(|place| *place = low);
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::household::Person;

    #[test]
    fn a_partnership_recorded_of_one_joins_both() {
        let partners = [None, None, Some(0), None, Some(3)];
        let persons = partners.map(|partner| Person {
            partner,
            ..Person::default()
        });
        let household = Household {
            persons: persons.to_vec(),
            ..Household::default()
        };
        assert_eq!(couples(&household), [0, 1, 0, 3, 3]);
    }
}
