//! What is known of a fact on a day, and what the law presumes while it is not known (LANGUAGE.md §4, *Presumption*).
//!
//! A presumption steps in for what is not known and gives way to what is: it never speaks against a recorded value.

use jiff::civil::Date;

use crate::household::Answers;
use crate::read::Scope;
use crate::rules::{Fact, FactId, RuleSet};
use crate::value::{Truth, Value};

use super::{Evaluator, Unknown};

/// Whether what the law presumes is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presumptions {
    /// It is, as the law says.
    #[default]
    Held,
    /// It is not: to see what rests on it.
    LeftOut,
}

impl<'a> Evaluator<'a> {
    /// Returns an evaluator for the same household on another day.
    pub(crate) fn on_day(&self, day: Date) -> Evaluator<'a> {
        Evaluator {
            narrowed: self.narrowed.clone(),
            presumptions: self.presumptions,
            ..Evaluator::new(self.rules, self.household, day)
        }
    }

    /// Returns the same evaluator with presumptions held or left out.
    pub(crate) fn with(self, presumptions: Presumptions) -> Evaluator<'a> {
        Evaluator { presumptions, ..self }
    }

    /// Returns what is known of a fact on the day, or presumed of it.
    pub(crate) fn known_of(&self, unknown: Unknown) -> Value {
        self.rules
            .fact(unknown.1)
            .map_or(Value::Truth(Truth::Open), |fact| self.fact_on(fact, unknown).0)
    }

    /// Returns the same with the next day on which it changes by itself.
    pub(super) fn fact_on(&self, fact: &Fact, unknown: Unknown) -> (Value, Option<Date>) {
        if let Some((_, value)) = self.narrowed.iter().rev().find(|(other, _)| *other == unknown) {
            return (*value, None);
        }
        let (recorded, flips) = self.recorded(fact, unknown);
        (self.presumed(fact, recorded).unwrap_or(recorded), flips)
    }

    /// Returns whether the value of a fact on the day is presumed.
    pub(crate) fn is_presumed(&self, unknown: Unknown) -> bool {
        self.rules.fact(unknown.1).is_some_and(|fact| {
            let (recorded, _) = self.recorded(fact, unknown);
            self.presumed(fact, recorded).is_some()
        })
    }

    /// Returns the facts whose value on the day is presumed.
    pub(crate) fn presumed_facts(&self) -> Vec<Unknown> {
        let persons = (0..self.household.persons.len()).map(Some);
        let subjects: Vec<Option<usize>> = std::iter::once(None).chain(persons).collect();
        let mut found = Vec::new();
        for (id, fact) in presumable(self.rules) {
            let of_person = fact.scope == Scope::Person;
            let whose = subjects.iter().filter(|subject| subject.is_some() == of_person);
            found.extend(
                whose
                    .map(|subject| (*subject, id))
                    .filter(|unknown| self.is_presumed(*unknown)),
            );
        }
        found
    }

    fn recorded(&self, fact: &Fact, unknown: Unknown) -> (Value, Option<Date>) {
        let answer = self.answers(unknown.0).and_then(|answers| answers.get(&unknown.1));
        crate::household::on(fact, answer, self.day)
    }

    pub(super) fn answers(&self, person: Option<usize>) -> Option<&'a Answers> {
        match person {
            Some(person) => self.household.persons.get(person).map(|p| &p.facts),
            None => Some(&self.household.facts),
        }
    }

    /// Returns the value presumed, where nothing known speaks against it.
    fn presumed(&self, fact: &Fact, recorded: Value) -> Option<Value> {
        let presumption = fact.assume.as_ref()?;
        if self.presumptions == Presumptions::LeftOut || recorded.is_settled() {
            return None;
        }
        let nothing_known = recorded == crate::household::everything(fact);
        (nothing_known || recorded.allows(presumption.is)).then_some(presumption.is)
    }
}

/// Returns the facts of which the law presumes something.
pub(crate) fn presumable(rules: &RuleSet) -> impl Iterator<Item = (FactId, &Fact)> {
    let numbered = (0u32..).map(FactId).zip(&rules.facts);
    numbered.filter(|(_, fact)| fact.assume.is_some())
}
