//! A household file, and what it says of each fact on a day.

use std::collections::BTreeMap;

use ansinh_engine::read::{FactKind, Scope};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::dates::month_days;
use super::law::{Declared, Law};
use super::points::Points;
use super::walk::Val;

/// A household.
pub struct Home {
    pub facts: BTreeMap<String, Json>,
    pub persons: Vec<Person>,
}

/// A person of it.
pub struct Person {
    pub facts: BTreeMap<String, Json>,
    pub parents: Vec<usize>,
    pub partner: Option<usize>,
    pub died_on: Option<Date>,
}

/// The values a fact can have.
#[derive(Clone, Debug, PartialEq)]
pub struct Domain {
    pub plain: Plain,
    pub absent: bool,
}

/// The values that are there.
#[derive(Clone, Debug, PartialEq)]
pub enum Plain {
    Nothing,
    Truths(Vec<bool>),
    Choices(Vec<String>),
    Numbers(Decimal, Decimal),
    Days(Date, Date),
}

impl Home {
    /// Reads a household file that is known to be well formed.
    pub fn new(json: &Json) -> Home {
        let list = json["persons"].as_array().cloned().unwrap_or_default();
        let at = |id: &Json| list.iter().position(|person| person["id"] == *id).unwrap();
        let facts = |json: &Json| {
            json["facts"]
                .as_object()
                .cloned()
                .unwrap_or_default()
                .into_iter()
                .collect()
        };
        // Recorded of either, it is a partnership of both.
        let partner = |person: &Json| {
            let own = person.get("partner").map(at);
            own.or_else(|| {
                list.iter()
                    .position(|other| other.get("partner") == Some(&person["id"]))
            })
        };
        let persons = list.iter().map(|person| Person {
            facts: facts(person),
            parents: person["parents"].as_array().into_iter().flatten().map(at).collect(),
            partner: partner(person),
            died_on: person["died_on"].as_str().map(|day| day.parse().unwrap()),
        });
        Home {
            facts: facts(json),
            persons: persons.collect(),
        }
    }

    /// What is said of a fact, of the household or of a person.
    pub fn said(&self, who: Option<usize>, name: &str) -> Option<&Json> {
        who.map_or(&self.facts, |i| &self.persons[i].facts).get(name)
    }

    /// Where an answer can change: on the days of a month, and on the days of death.
    pub fn points(&self, law: &Law, (first, last): (Date, Date)) -> Points {
        let mut on = vec![first, last];
        on.extend(self.persons.iter().filter_map(|person| person.died_on));
        on.sort();
        on.dedup();
        let mut points = Points::new(law, &on);
        let holders = (0..self.persons.len()).map(Some).chain([None]);
        for (who, name) in holders.flat_map(|who| law.facts.keys().map(move |name| (who, name))) {
            let told = &law.facts[name];
            if (told.scope == Scope::Person) == who.is_some() {
                points.add_known(name, &domain(told, self.said(who, name), last));
            }
        }
        points
    }

    /// Whether a person lives on a day: born (on the earliest day that can be), and no death recorded by then.
    pub fn lives(&self, person: usize, birth_date: Option<&Declared>, day: Date) -> bool {
        let unborn =
            birth_date.is_some_and(
                |fact| match domain(fact, self.said(Some(person), "birth_date"), day).plain {
                    Plain::Days(earliest, _) => earliest > day,
                    _ => false,
                },
            );
        !unborn && !self.is_dead(person, day)
    }

    /// Whether a death is recorded on or before a day.
    pub fn is_dead(&self, person: usize, day: Date) -> bool {
        self.persons[person].died_on.is_some_and(|died| died <= day)
    }
}

/// Whether an answer leaves everything possible on a day.
pub fn is_anything(said: Option<&Json>, day: Date) -> bool {
    let run_out = |json: &Json| {
        let until = json.get("until").and_then(Json::as_str);
        until.is_some_and(|until| until.parse::<Date>().unwrap() < day)
    };
    said.is_none_or(|json| json.get("unsure").is_some() || run_out(json))
}

/// The values that a fact can have on a day: what is known, and the presumption where more than one value is possible.
pub fn domain(fact: &Declared, said: Option<&Json>, day: Date) -> Domain {
    let known = known(fact, said, day);
    let single = |plain| Domain { plain, absent: false };
    let several = match &known.plain {
        Plain::Nothing => false,
        Plain::Truths(list) => list.len() > 1 || known.absent,
        Plain::Choices(list) => list.len() > 1 || known.absent,
        Plain::Numbers(low, high) => low < high || known.absent,
        Plain::Days(low, high) => low < high || known.absent,
    };
    match (&fact.assume, &known.plain) {
        (Some(Val::Truth(is)), Plain::Truths(_)) if several => single(Plain::Truths(vec![*is])),
        (Some(Val::Choice(is)), Plain::Choices(list)) if several && list.contains(is) => {
            single(Plain::Choices(vec![is.clone()]))
        }
        (Some(Val::Number(is)), Plain::Numbers(low, high)) if several && low <= is && is <= high => {
            single(Plain::Numbers(*is, *is))
        }
        (Some(Val::Date(is)), Plain::Days(low, high)) if several && low <= is && is <= high => {
            single(Plain::Days(*is, *is))
        }
        _ => known,
    }
}

fn known(fact: &Declared, said: Option<&Json>, day: Date) -> Domain {
    let anything = || Domain {
        plain: match &fact.kind {
            FactKind::YesNo => Plain::Truths(vec![false, true]),
            FactKind::Choice(list) => Plain::Choices(list.iter().map(|(name, _)| name.clone()).collect()),
            FactKind::Number { low, high, .. } => Plain::Numbers(*low, *high),
            FactKind::Date => Plain::Days(date(1900, 1, 1), date(2100, 12, 31)),
        },
        absent: fact.can_be_absent,
    };
    let there = |plain| Domain { plain, absent: false };
    match said {
        None => anything(),
        Some(Json::Object(how)) => {
            let run_out = how
                .get("until")
                .is_some_and(|until| until.as_str().unwrap().parse::<Date>().unwrap() < day);
            if run_out || how.contains_key("unsure") {
                anything()
            } else if how.contains_key("absent") {
                Domain {
                    plain: Plain::Nothing,
                    absent: true,
                }
            } else if let Some(list) = how.get("one_of") {
                let names = list
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|name| name.as_str().unwrap().to_owned());
                there(Plain::Choices(names.collect()))
            } else if let Some(ends) = how.get("between") {
                there(match (plain(fact, &ends[0]), plain(fact, &ends[1])) {
                    (Plain::Numbers(low, _), Plain::Numbers(_, high)) => Plain::Numbers(low, high),
                    (Plain::Days(low, _), Plain::Days(_, high)) => Plain::Days(low, high),
                    other => panic!("a range of {other:?}"),
                })
            } else {
                there(plain(fact, &how["is"]))
            }
        }
        Some(json) => there(plain(fact, json)),
    }
}

fn plain(fact: &Declared, json: &Json) -> Plain {
    match &fact.kind {
        FactKind::YesNo => Plain::Truths(vec![json.as_bool().unwrap()]),
        FactKind::Choice(_) => Plain::Choices(vec![json.as_str().unwrap().to_owned()]),
        FactKind::Number { .. } => {
            let number: Decimal = json.to_string().parse().unwrap();
            Plain::Numbers(number, number)
        }
        FactKind::Date => {
            let text = json.as_str().unwrap();
            let parts: Vec<i16> = text.split('-').map(|part| part.parse().unwrap()).collect();
            match parts[..] {
                [year] => Plain::Days(date(year, 1, 1), date(year, 12, 31)),
                [year, month] => {
                    let (first, last) = month_days(year, i8::try_from(month).unwrap());
                    Plain::Days(first, last)
                }
                _ => Plain::Days(text.parse().unwrap(), text.parse().unwrap()),
            }
        }
    }
}
