//! The household open on the desk: as it was saved, and as the engine reads it.
//!
//! It is kept in memory, so that an answer is screened without asking the database again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ansinh_engine::Assessment;
use ansinh_engine::evaluate::Unknown;
use ansinh_engine::household::{Answers, Household, Person, Place, answer_of};
use ansinh_engine::read::Scope;
use ansinh_engine::rules::{FactId, RuleSet};
use ansinh_store::{self as store, Commune, EdgeKind, PersonId};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::wire::Failure;

/// A household in memory.
#[derive(Clone, Debug)]
pub(crate) struct OpenFile {
    /// As it was saved, with persons who were removed and facts the rules no longer know.
    pub(crate) stored: store::Household,
    /// The persons on the roster, head first: the order of [`Household::persons`].
    pub(crate) roster: Vec<PersonId>,
    /// As the engine reads it.
    pub(crate) household: Household,
    /// The answers of the facts the rules know, as they were saved.
    pub(crate) raw: BTreeMap<Unknown, Json>,
    /// When an answer was last saved or taken back.
    pub(crate) answered_at: Option<Timestamp>,
    /// What was last found for it, with what time will bring.
    pub(crate) outlook: Option<Arc<Assessment>>,
    /// The facts of which another answer was taken over since.
    pub(crate) changed: BTreeSet<FactId>,
}

impl OpenFile {
    pub(crate) fn new(rules: &RuleSet, stored: store::Household, commune: &Commune) -> OpenFile {
        let place = Place {
            province: commune.province.clone(),
            commune: commune.commune.clone(),
            hamlet: stored.hamlet.clone(),
        };
        let mut file = OpenFile {
            answered_at: stored.facts.iter().map(|fact| fact.recorded_at).max(),
            roster: Vec::new(),
            household: Household {
                id: stored.id.to_string(),
                invented: stored.invented,
                place,
                ..Household::default()
            },
            raw: BTreeMap::new(),
            outlook: None,
            changed: BTreeSet::new(),
            stored,
        };
        file.read(rules);
        file
    }

    /// Takes over an answer that was just saved, in place of the one before.
    pub(crate) fn take_over(&mut self, rules: &RuleSet, saved: store::Fact) {
        self.answered_at = Some(saved.recorded_at);
        self.stored.updated_at = saved.recorded_at;
        let scope = saved.person.map_or(Scope::Household, |_| Scope::Person);
        self.changed
            .extend(rules.fact_named(scope, &saved.name).map(|(fact, _)| fact));
        self.stored
            .facts
            .retain(|fact| (fact.person, &fact.name) != (saved.person, &saved.name));
        if saved.answer.is_some() {
            self.stored.facts.push(saved);
        }
        self.read(rules);
    }

    /// Returns the place on the roster of a person named in a request.
    pub(crate) fn position(&self, person: &str) -> Result<usize, Failure> {
        self.household
            .person_at(person)
            .ok_or_else(|| Failure::not_found("person", person))
    }

    /// Returns the person at a place of the roster.
    pub(crate) fn person(&self, at: usize) -> Result<PersonId, Failure> {
        self.roster
            .get(at)
            .copied()
            .ok_or_else(|| Failure::not_found("person", at))
    }

    fn read(&mut self, rules: &RuleSet) {
        let mut persons: Vec<&store::Person> = self.stored.persons.iter().filter(|p| p.removed.is_none()).collect();
        persons.sort_by_key(|person| (person.details.relation != "head", person.position));
        self.roster = persons.iter().map(|person| person.id).collect();
        self.raw.clear();
        let at = |id: PersonId| self.roster.iter().position(|other| *other == id);
        let others = |id: PersonId, kind: EdgeKind| {
            let edges = self
                .stored
                .edges
                .iter()
                .filter(move |e| e.person == id && e.kind == kind);
            edges.filter_map(|edge| at(edge.other))
        };
        self.household.persons = persons
            .iter()
            .map(|person| Person {
                id: person.id.to_string(),
                name: person.details.name.clone(),
                relation: person.details.relation.clone(),
                facts: Answers::new(),
                parents: others(person.id, EdgeKind::Parent).collect(),
                partner: others(person.id, EdgeKind::Partner).next(),
                died_on: person.details.died_on,
            })
            .collect();
        self.household.facts = Answers::new();
        for fact in &self.stored.facts {
            let (person, scope) = match fact.person {
                None => (None, Scope::Household),
                Some(id) => match at(id) {
                    Some(at) => (Some(at), Scope::Person),
                    // Of somebody who was taken off the roster.
                    None => continue,
                },
            };
            // A fact these rules do not declare, or declare in another way, stays saved and says nothing here.
            let Some((id, known)) = rules.fact_named(scope, &fact.name) else {
                continue;
            };
            let Some(json) = fact.answer.as_deref().and_then(|text| serde_json::from_str(text).ok()) else {
                continue;
            };
            let Ok(answer) = answer_of(rules, known, &json, "$") else {
                continue;
            };
            let answers = match person {
                None => Some(&mut self.household.facts),
                Some(at) => self.household.persons.get_mut(at).map(|person| &mut person.facts),
            };
            if let Some(answers) = answers {
                answers.insert(id, answer);
                self.raw.insert((person, id), json);
            }
        }
    }
}
