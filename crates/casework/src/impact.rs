//! Two rule sets beside each other over households: who gains, loses, gets another amount, needs a fact. Pure: no store, no clock.
//!
//! Only the programmes that can answer otherwise in the month are judged. An answer is compared by programme and person, by name:
//! the two rule sets count them differently.

use std::collections::BTreeMap;
use std::sync::Arc;

use ansinh_engine::evaluate::Level;
use ansinh_engine::report::{Answer, Every};
use ansinh_engine::rules::RuleSet;
use ansinh_engine::value::Value;
use ansinh_engine::{Depth, Household, Language, Month, assess_programmes};
use ansinh_release::programmes_that_may_differ;
use jiff::civil::Date;

use crate::wire::ImpactKind;

/// Two rule sets and a month.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The rules in force.
    pub old: Arc<RuleSet>,
    /// The rules beside them.
    pub new: Arc<RuleSet>,
    /// The month judged.
    pub month: Month,
    /// The ids of the programmes that may answer otherwise.
    pub programmes: Vec<String>,
    old_at: Vec<usize>,
    new_at: Vec<usize>,
}

/// What one side says of a benefit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    /// The answer.
    pub answer: Answer,
    /// What is paid, or may be paid.
    pub level: Option<Level>,
    /// How often.
    pub every: Every,
}

/// A benefit that is answered otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// How.
    pub kind: ImpactKind,
    /// The programme's id.
    pub programme: String,
    /// The person, by place on the roster; none for the household.
    pub person: Option<usize>,
    /// What the old rules say; nothing where they judge no such benefit.
    pub before: Option<Side>,
    /// What the new rules say.
    pub after: Option<Side>,
}

/// What comparing a household came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// What is answered otherwise.
    pub changed: Vec<Changed>,
    /// What the programmes compared cost, by how often: certain and at most, before and after.
    pub costs: BTreeMap<Every, [i64; 4]>,
}

type Benefit<'r> = (&'r str, Option<usize>);

impl Comparison {
    /// Prepares to compare two rule sets in a month.
    #[must_use]
    pub fn new(old: Arc<RuleSet>, new: Arc<RuleSet>, month: Month) -> Comparison {
        let programmes: Vec<String> = programmes_that_may_differ(&old, &new, month.last_day())
            .into_iter()
            .collect();
        let places = |rules: &RuleSet| -> Vec<usize> {
            let at = programmes.iter().filter_map(|id| rules.programme_named(id));
            at.map(|(at, _)| at).collect()
        };
        Comparison {
            old_at: places(&old),
            new_at: places(&new),
            old,
            new,
            month,
            programmes,
        }
    }

    /// Returns the title of a programme compared, as the new rules call it in the month, or else the old ones.
    #[must_use]
    pub fn title(&self, programme: &str, language: Language) -> String {
        let title = |rules: &RuleSet| {
            let (_, programme) = rules.programme_named(programme)?;
            let version = programme.version_on(self.month.last_day()).map(|(_, version)| version);
            let title = &version.or(programme.versions.last())?.title;
            Some(language.of(title).to_owned())
        };
        let named = title(&self.new).or_else(|| title(&self.old));
        named.unwrap_or_else(|| programme.to_owned())
    }

    /// Compares a household, read by each of the two rule sets, with the same roster.
    #[must_use]
    pub fn compare(&self, before: &Household, after: &Household) -> Compared {
        let before = sides(&self.old, before, self.month, &self.old_at);
        let after = sides(&self.new, after, self.month, &self.new_at);
        let mut compared = Compared::default();
        for side in before.values() {
            compared.pay(*side, 0);
        }
        for side in after.values() {
            compared.pay(*side, 2);
        }
        let mut benefits: Vec<&Benefit<'_>> = before.keys().chain(after.keys()).collect();
        benefits.sort();
        benefits.dedup();
        for benefit in benefits {
            let (was, is) = (before.get(benefit).copied(), after.get(benefit).copied());
            if let Some(kind) = kind(was, is) {
                compared.changed.push(Changed {
                    kind,
                    programme: benefit.0.to_owned(),
                    person: benefit.1,
                    before: was,
                    after: is,
                });
            }
        }
        compared
    }
}

impl Compared {
    /// Adds what a side costs: what is open is certain of nothing, and may come to its highest amount.
    fn pay(&mut self, side: Side, at: usize) {
        let Some(level) = side.level else { return };
        let (low, high) = match side.answer {
            Answer::Entitled => (level.low, level.high),
            Answer::Open | Answer::PersonDecides => (0, level.high),
            Answer::NotEntitled | Answer::NotCovered | Answer::Failed => return,
        };
        let sums = self.costs.entry(side.every).or_default();
        for (sum, amount) in sums.iter_mut().skip(at).zip([low, high]) {
            *sum = sum.saturating_add(amount);
        }
    }

    /// Adds the costs of another household.
    pub fn add_costs(&mut self, other: &Compared) {
        for (every, amounts) in &other.costs {
            let sums = self.costs.entry(*every).or_default();
            for (sum, amount) in sums.iter_mut().zip(amounts) {
                *sum = sum.saturating_add(*amount);
            }
        }
    }
}

fn sides<'r>(
    rules: &'r RuleSet,
    household: &Household,
    month: Month,
    programmes: &[usize],
) -> BTreeMap<Benefit<'r>, Side> {
    if programmes.is_empty() {
        return BTreeMap::new();
    }
    let assessment = assess_programmes(rules, household, month, Depth::Outcomes, programmes);
    let side = |d: ansinh_engine::Determination| {
        let programme = rules.programmes.get(d.programme)?;
        let version = programme.version_on(month.last_day()).map(|(_, version)| version);
        let every = version
            .or(programme.versions.last())
            .map(|version| version.every)
            .unwrap_or_default();
        // A benefit that gives way shows what it would have paid; it is not paid.
        let level = d.level.filter(|_| d.answer != Answer::NotEntitled);
        let side = Side {
            answer: d.answer,
            level,
            every,
        };
        Some(((programme.id.as_str(), d.person), side))
    };
    assessment.determinations.into_iter().filter_map(side).collect()
}

fn kind(before: Option<Side>, after: Option<Side>) -> Option<ImpactKind> {
    let answer = |side: Option<Side>| side.map_or(Answer::NotEntitled, |side| side.answer);
    // Whether nothing is in force or the conditions are not met: nothing is paid either way.
    let is_no = |answer: Answer| matches!(answer, Answer::NotEntitled | Answer::NotCovered);
    let is_open = |answer: Answer| matches!(answer, Answer::Open | Answer::PersonDecides);
    let (was, is) = (answer(before), answer(after));
    let level = |side: Option<Side>| side.and_then(|side| side.level.map(|level| (level, side.every)));
    if was == Answer::Failed || is == Answer::Failed {
        return (was != is).then_some(ImpactKind::Failed);
    }
    if is_no(was) && is_no(is) {
        return None;
    }
    if is == Answer::Entitled && was != Answer::Entitled {
        return Some(ImpactKind::Gains);
    }
    if is_no(is) {
        return Some(ImpactKind::Loses);
    }
    if is_open(is) && !is_open(was) {
        return Some(ImpactKind::Open);
    }
    (level(before) != level(after)).then_some(ImpactKind::Amount)
}

/// Returns the first of the ten years of age a person is in on a day; none while the year of birth is not known.
pub(crate) fn age_band(rules: &RuleSet, household: &Household, person: usize, on: Date) -> Option<i16> {
    let birth = household.persons.get(person)?.facts.get(&rules.birth_date?)?;
    let Value::Date(range) = &birth.value else { return None };
    let (low, high) = range.bounds?;
    let age = |birth: Date| on.year() - birth.year() - i16::from((on.month(), on.day()) < (birth.month(), birth.day()));
    let (oldest, youngest) = (age(low).div_euclid(10) * 10, age(high).div_euclid(10) * 10);
    (oldest == youngest).then_some(oldest)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use ansinh_engine::evaluate::Level;

    use super::*;

    fn side(answer: Answer, amount: Option<(i64, i64)>) -> Option<Side> {
        Some(Side {
            answer,
            level: amount.map(|(low, high)| Level { low, high }),
            every: Every::Month,
        })
    }

    #[test]
    fn each_pair_of_answers_is_one_kind_of_change_or_none() {
        let yes = |amount| side(Answer::Entitled, Some((amount, amount)));
        let open = |high| side(Answer::Open, Some((0, high)));
        let no = side(Answer::NotEntitled, None);
        let failed = side(Answer::Failed, None);
        let none = side(Answer::NotCovered, None);
        for (before, after, wanted) in [
            (no, yes(5), Some(ImpactKind::Gains)),
            (None, yes(5), Some(ImpactKind::Gains)),
            (open(5), yes(5), Some(ImpactKind::Gains)),
            (yes(5), no, Some(ImpactKind::Loses)),
            (yes(5), None, Some(ImpactKind::Loses)),
            (yes(5), none, Some(ImpactKind::Loses)),
            (open(5), no, Some(ImpactKind::Loses)),
            (yes(5), yes(6), Some(ImpactKind::Amount)),
            (open(5), open(6), Some(ImpactKind::Amount)),
            (no, open(5), Some(ImpactKind::Open)),
            (yes(5), open(5), Some(ImpactKind::Open)),
            (yes(5), failed, Some(ImpactKind::Failed)),
            (failed, yes(5), Some(ImpactKind::Failed)),
            (yes(5), yes(5), None),
            (open(5), open(5), None),
            (no, none, None),
            (no, None, None),
            (failed, failed, None),
        ] {
            assert_eq!(kind(before, after), wanted, "{before:?} → {after:?}");
        }
    }

    #[test]
    fn what_is_open_costs_nothing_for_certain() {
        let mut sum = Compared::default();
        for (found, at) in [
            (side(Answer::Entitled, Some((5, 5))), 0),
            (side(Answer::Open, Some((2, 7))), 0),
            (side(Answer::Entitled, Some((6, 8))), 2),
            (side(Answer::NotEntitled, Some((9, 9))), 2),
        ] {
            sum.pay(found.unwrap(), at);
        }
        assert_eq!(sum.costs.get(&Every::Month), Some(&[5, 12, 6, 8]));
    }
}
