//! Random households, as household files.

use ansinh_engine::read::{FactKind, Scope};
use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value as Json, json};

use super::Tape;
use crate::reference::{Declared, Law, Points};

/// How much is not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Holes {
    /// Everything is known.
    None,
    /// About so many of a hundred facts.
    Some(usize),
}

struct Maker<'t, 'n, 'l> {
    tape: &'t mut Tape<'n>,
    points: &'l Points,
    papers: Vec<String>,
    holes: Holes,
    last: Date,
}

/// Makes a household whose days and numbers lie close to where answers change.
pub fn household(
    tape: &mut Tape<'_>,
    law: &Law,
    points: &Points,
    papers: &[String],
    last: Date,
    holes: Holes,
    n: usize,
) -> Json {
    let mut maker = Maker {
        tape,
        points,
        papers: papers.to_vec(),
        holes,
        last,
    };
    let mut persons: Vec<Map<String, Json>> = Vec::new();
    let mut partners: Vec<Option<usize>> = vec![None; n];
    for i in 0..n {
        let mut person = Map::new();
        person.insert("id".to_owned(), json!(format!("p{i}")));
        let mut parents = Vec::new();
        for candidate in 0..i {
            if parents.len() < 2 && maker.tape.chance(35) {
                parents.push(candidate);
            } else if partners[i].is_none() && partners[candidate].is_none() && maker.tape.chance(30) {
                (partners[i], partners[candidate]) = (Some(candidate), Some(i));
            }
        }
        person.insert(
            "parents".to_owned(),
            parents.iter().map(|p| json!(format!("p{p}"))).collect(),
        );
        person.insert("facts".to_owned(), maker.facts(law, Scope::Person));
        if maker.tape.chance(12) {
            let back = maker.tape.below(75);
            let day = last.saturating_sub(days(back)).saturating_add(days(20));
            person.insert("died_on".to_owned(), json!(day.to_string()));
        }
        persons.push(person);
    }
    for (person, partner) in persons.iter_mut().zip(partners) {
        person.extend(partner.map(|p| ("partner".to_owned(), json!(format!("p{p}")))));
    }
    let facts = maker.facts(law, Scope::Household);
    json!({ "format": 1, "id": "invented", "invented": true, "facts": facts, "persons": persons })
}

fn days(n: usize) -> Span {
    i64::try_from(n).unwrap().days()
}

impl Maker<'_, '_, '_> {
    fn facts(&mut self, law: &Law, scope: Scope) -> Json {
        let mut facts = Map::new();
        for fact in law.facts.values().filter(|fact| fact.scope == scope) {
            if let Some(answer) = self.answer(fact) {
                facts.insert(fact.name.clone(), answer);
            }
        }
        Json::Object(facts)
    }

    fn answer(&mut self, fact: &Declared) -> Option<Json> {
        if let Holes::Some(percent) = self.holes
            && self.tape.chance(percent)
        {
            let everything = fact.name == "birth_date" && !self.tape.chance(25);
            return match if everything { 2 } else { self.tape.below(4) } {
                0 => None,
                1 => Some(json!({ "unsure": true })),
                _ => Some(self.narrowed(fact)),
            };
        }
        if fact.can_be_absent && self.tape.chance(20) {
            return Some(json!({ "absent": true }));
        }
        let value = self.known(fact);
        if self.papers.is_empty() || !self.tape.chance(6) {
            return Some(value);
        }
        let back = self.tape.below(45);
        let until = match self.holes {
            Holes::None => self.last,
            Holes::Some(_) => self.last.saturating_sub(days(back)).saturating_add(days(10)),
        };
        let paper = self.tape.one(&self.papers);
        Some(json!({ "is": value, "paper": paper, "until": until.to_string() }))
    }

    fn known(&mut self, fact: &Declared) -> Json {
        match &fact.kind {
            FactKind::YesNo => json!(self.tape.chance(50)),
            FactKind::Choice(list) => json!(self.tape.one(list).0),
            FactKind::Date => json!(self.day(fact).to_string()),
            FactKind::Number { .. } => json!(self.number(fact)),
        }
    }

    fn narrowed(&mut self, fact: &Declared) -> Json {
        match &fact.kind {
            FactKind::YesNo => json!({ "unsure": true }),
            FactKind::Choice(list) => {
                let (a, b) = (self.tape.one(list).0, self.tape.one(list).0);
                if a == b {
                    json!({ "one_of": [a] })
                } else {
                    json!({ "one_of": [a, b] })
                }
            }
            FactKind::Date => {
                let day = self.day(fact);
                match self.tape.below(3) {
                    0 => json!(day.strftime("%Y").to_string()),
                    1 => json!(day.strftime("%Y-%m").to_string()),
                    _ => {
                        let to = day.saturating_add(days(self.tape.below(1500)));
                        json!({ "between": [day.to_string(), to.to_string()] })
                    }
                }
            }
            FactKind::Number { .. } => {
                let (a, b) = (self.number(fact), self.number(fact));
                json!({ "between": [a.min(b), a.max(b)] })
            }
        }
    }

    fn day(&mut self, fact: &Declared) -> Date {
        let points = self.points.days_of(&fact.name);
        let close: Vec<Date> = points
            .into_iter()
            .filter(|day| (date(1900, 1, 1)..=self.last.saturating_add(days(40))).contains(day))
            .collect();
        if !close.is_empty() && self.tape.chance(60) {
            return self.tape.one(&close);
        }
        let back = self.tape.below(33_000);
        self.last.saturating_sub(days(back)).max(date(1901, 1, 1))
    }

    fn number(&mut self, fact: &Declared) -> i64 {
        let FactKind::Number { low, high, .. } = &fact.kind else {
            panic!("not a number")
        };
        let (low, high) = (low.to_i64().unwrap(), high.to_i64().unwrap());
        let points = self.points.numbers_of(&fact.name);
        let close: Vec<i64> = points
            .iter()
            .filter_map(|n| n.to_i64())
            .filter(|n| (low..=high).contains(n))
            .collect();
        if !close.is_empty() && self.tape.chance(60) {
            return self.tape.one(&close);
        }
        low + (high - low) / 1000 * i64::try_from(self.tape.below(1000)).unwrap()
    }
}
