//! A household as it is known: persons, relations, and facts in their five states.

mod answers;
mod reader;

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

use crate::rules::FactId;
use crate::value::Value;

pub(crate) use answers::on;
pub use answers::{answer_of, everything};
pub use reader::{FORMAT, read_household};

/// The largest household that is screened.
pub const MOST_PERSONS: usize = 30;

/// A household.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Household {
    /// Its id.
    pub id: String,
    /// Invented sample data.
    pub invented: bool,
    /// Where it lives.
    pub place: Place,
    /// What is known of it.
    pub facts: Answers,
    /// Who belongs to it, in roster order.
    pub persons: Vec<Person>,
}

/// Where a household lives, for paper and screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Province or city.
    pub province: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Hamlet.
    pub hamlet: String,
}

/// A member of a household.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// Unique in the household.
    pub id: String,
    /// The name, for people to read.
    pub name: String,
    /// Relation to the head, as in the file.
    pub relation: String,
    /// What is known of the person.
    pub facts: Answers,
    /// Parents in the household, by position.
    pub parents: Vec<usize>,
    /// Partner in the household, by position.
    pub partner: Option<usize>,
    /// Day of death, when recorded.
    pub died_on: Option<Date>,
}

/// Facts that were asked; what is not here was not asked.
pub type Answers = BTreeMap<FactId, Answer>;

/// What was answered to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What is known.
    pub value: Value,
    /// Asked, and nobody can say.
    pub unsure: bool,
    /// How we know.
    pub source: Source,
}

/// How we know a fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Somebody said so.
    #[default]
    Said,
    /// A paper was seen.
    Paper {
        /// Its name in the rule files.
        paper: String,
        /// When.
        seen_on: Option<Date>,
        /// The last day for which it holds.
        until: Option<Date>,
    },
}

/// One mistake in a household file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Problem {
    /// JSON path: `$.persons[0].facts.birth_date`.
    pub path: String,
    /// What is wrong, in Vietnamese.
    pub vi: String,
    /// What is wrong, in English.
    pub en: String,
}

impl Household {
    /// Returns the position of a person.
    pub fn person_at(&self, id: &str) -> Option<usize> {
        self.persons.iter().position(|person| person.id == id)
    }

    /// Returns the name of the head, or of the first person.
    pub fn head(&self) -> &str {
        let head = self.persons.iter().find(|person| person.relation == "head");
        head.or(self.persons.first()).map_or("", |person| person.name.as_str())
    }
}
