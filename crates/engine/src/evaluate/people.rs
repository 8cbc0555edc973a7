//! Questions over sets of persons: who belongs to a set on the day, and what is known of any, all, how many, how much.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::household::Person;
use crate::rules::NodeId;
use crate::syntax::{Aggregate, Arithmetic, People};
use crate::value::{Range, Truth, Value};

use super::{Evaluator, Frame, Seen, Stop, compute, earlier, every};

impl Evaluator<'_> {
    /// Returns the persons of a set who live on the day, and the next day on which the set changes by itself.
    pub(crate) fn people(&self, people: People, subject: Option<usize>) -> (Vec<usize>, Option<Date>) {
        let persons = &self.household.persons;
        let named: Vec<usize> = match (people, subject.and_then(|at| persons.get(at).map(|p| (at, p)))) {
            (People::Members, _) => (0..persons.len()).collect(),
            (People::Others, Some((me, _))) => (0..persons.len()).filter(|at| *at != me).collect(),
            (People::Children, Some((me, _))) => {
                let is_child = |p: &Person| p.parents.contains(&me);
                (0..persons.len())
                    .filter(|at| persons.get(*at).is_some_and(is_child))
                    .collect()
            }
            (People::Parents, Some((_, person))) => person.parents.clone(),
            (People::Partner, Some((me, person))) => {
                let other = persons.iter().position(|p| p.partner == Some(me));
                person.partner.or(other).into_iter().collect()
            }
            (_, None) => Vec::new(),
        };
        let mut flips = None;
        let mut living = Vec::with_capacity(named.len());
        for at in named {
            let (lives, flip) = self.lives(at);
            flips = earlier(flips, flip);
            if lives {
                living.push(at);
            }
        }
        (living, flips)
    }

    /// Returns whether a person is born and lives on the day, and the next day on which that changes.
    pub fn lives(&self, at: usize) -> (bool, Option<Date>) {
        let Some(person) = self.household.persons.get(at) else {
            return (false, None);
        };
        let after_today = |day: &Date| *day > self.day;
        let birth = self.rules.birth_date.and_then(|id| {
            let answer = person.facts.get(&id)?;
            Some(crate::household::on(self.rules.fact(id)?, Some(answer), self.day))
        });
        let born = birth.and_then(|(value, _)| match value {
            Value::Date(range) => range.bounds.map(|(low, _)| low),
            _ => None,
        });
        let dead = person.died_on.is_some_and(|day| day <= self.day);
        let unborn = born.as_ref().is_some_and(after_today);
        let flips = earlier(person.died_on.filter(after_today), born.filter(after_today));
        let flips = earlier(flips, birth.and_then(|(_, flips)| flips));
        (!dead && !unborn, flips)
    }

    pub(super) fn aggregate(
        &mut self,
        kind: Aggregate,
        people: People,
        of: Option<NodeId>,
        filter: Option<NodeId>,
        frame: Frame,
    ) -> Result<Seen, Stop> {
        let (persons, mut flips) = self.people(people, frame.subject);
        for person in &persons {
            self.trace.note(u64::try_from(*person).unwrap_or_default());
        }
        let mut truths = Vec::with_capacity(persons.len());
        let mut values = Vec::with_capacity(persons.len());
        for person in persons {
            let inside = Frame {
                me: Some(person),
                ..frame
            };
            let counted = match filter {
                Some(filter) => self.truth(filter, inside)?,
                None => (Truth::Yes, None),
            };
            truths.push(counted);
            if let Some(of) = of {
                let (range, flip) = self.number(of, inside)?;
                flips = earlier(flips, flip);
                values.push((counted.0, range));
            }
        }
        let negated: Vec<_> = truths.iter().map(|(truth, flip)| (truth.negated(), *flip)).collect();
        let (value, flip) = match kind {
            Aggregate::All => {
                let (truth, flip) = every(&truths);
                (Value::Truth(truth), flip)
            }
            Aggregate::None => {
                let (truth, flip) = every(&negated);
                (Value::Truth(truth), flip)
            }
            Aggregate::Any => {
                let (truth, flip) = every(&negated);
                (Value::Truth(truth.negated()), flip)
            }
            Aggregate::Count | Aggregate::Sum | Aggregate::Highest | Aggregate::Lowest => {
                let flip = truths.iter().fold(None, |soonest, (_, flip)| earlier(soonest, *flip));
                let range = match kind {
                    Aggregate::Count => count(&truths),
                    Aggregate::Sum => sum(&values)?,
                    Aggregate::Highest => extreme(&values, Decimal::max),
                    _ => extreme(&values, Decimal::min),
                };
                (Value::Number(range), flip)
            }
        };
        Ok(Seen {
            value,
            flips: earlier(flips, flip),
        })
    }
}

fn count(truths: &[(Truth, Option<Date>)]) -> Range<Decimal> {
    let low = truths.iter().filter(|(truth, _)| *truth == Truth::Yes).count();
    let high = truths.iter().filter(|(truth, _)| *truth != Truth::No).count();
    Range::between(Decimal::from(low), Decimal::from(high))
}

fn sum(values: &[(Truth, Range<Decimal>)]) -> Result<Range<Decimal>, Stop> {
    let mut total = Range::known(Decimal::ZERO);
    for (truth, range) in values {
        let range = match truth {
            Truth::No => continue,
            Truth::Yes => *range,
            Truth::Open => range.join(Range::known(Decimal::ZERO)),
        };
        total = compute(Arithmetic::Add, total, range)?;
    }
    Ok(total)
}

/// Returns the highest or lowest of the values counted; of nobody it is 0, and with an absent part it is absent.
fn extreme(values: &[(Truth, Range<Decimal>)], pick: fn(Decimal, Decimal) -> Decimal) -> Range<Decimal> {
    if values
        .iter()
        .any(|(truth, range)| *truth == Truth::Yes && range.bounds.is_none())
    {
        return Range {
            bounds: None,
            absent: true,
        };
    }
    let mut certain: Option<(Decimal, Decimal)> = None;
    let mut absent = false;
    for (_, range) in values.iter().filter(|(truth, _)| *truth == Truth::Yes) {
        absent |= range.absent;
        if let Some((low, high)) = range.bounds {
            certain = Some(certain.map_or((low, high), |(a, b)| (pick(a, low), pick(b, high))));
        }
    }
    let (mut low, mut high) = certain.unwrap_or_default();
    for (_, range) in values.iter().filter(|(truth, _)| *truth == Truth::Open) {
        absent |= range.absent;
        if let Some((a, b)) = range.bounds {
            // Counted or not: the result lies between the one without it and the one with it.
            let (with_low, with_high) = if certain.is_some() {
                (pick(low, a), pick(high, b))
            } else {
                (a, b)
            };
            (low, high) = (low.min(with_low), high.max(with_high));
        }
    }
    Range {
        absent,
        ..Range::between(low, high)
    }
}
