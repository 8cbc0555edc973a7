//! One person recorded twice: found while somebody is written down, looked at side by side, told apart or made one.

use std::collections::BTreeSet;

use ansinh_engine::household::answer_of;
use ansinh_engine::read::Scope;
use ansinh_engine::report::Language;
use ansinh_store::{self as store, BirthYear, BirthYearOf, LookAlike, Place, SamePerson, Wanted, folded_key};
use serde_json::{Value as Json, json};

use crate::clock;
use crate::file::OpenFile;
use crate::office::tidy;
use crate::questions::{BIRTH_DATE, question};
use crate::rosters::staying;
use crate::scan;
use crate::screening::new_fact;
use crate::session::Session;
use crate::wire::{
    Choice, ComparePersonsRequest, ComparedPerson, ComparedRow, Comparison, Duplicate, Failure, FindDuplicatesRequest,
    Likeness, MergePersonsRequest, PersonRef, Relation, RosterChanged, TellApartRequest,
};

const NAME: &str = "name";
const ID_NUMBER: &str = "id_number";
const OLD_ID_NUMBER: &str = "old_id_number";
const PHONE: &str = "phone";

impl Session {
    pub(crate) async fn find_duplicates(&mut self, request: FindDuplicatesRequest) -> Result<Vec<Duplicate>, Failure> {
        let birth = self.birth_of(&request.birth_date);
        let number = scan::id_number(&request.id_number).unwrap_or_default();
        let wanted = Wanted {
            numbers: vec![number],
            name: tidy(&request.name),
            birth_year: birth.unwrap_or_default(),
            birth_fact: BIRTH_DATE.to_owned(),
            besides: request.person.as_deref().and_then(|id| id.parse().ok()),
        };
        let found = self.store.look_alikes(&wanted).await?;
        let mut duplicates: Vec<Duplicate> = found
            .into_iter()
            .filter_map(|found| {
                Some(Duplicate {
                    likeness: likeness(&found, &request.birth_date, &request.hamlet)?,
                    household: found.household.to_string(),
                    number: found.number,
                    hamlet: found.hamlet,
                    head: found.head_name.unwrap_or_default(),
                    person: found.person.to_string(),
                    name: found.name,
                    birth_year: found.birth_year.unwrap_or_default(),
                })
            })
            .collect();
        duplicates.sort_by_key(|duplicate| duplicate.likeness);
        Ok(duplicates)
    }

    /// The year of birth of an answer, as lists show it.
    fn birth_of(&self, answer: &Json) -> Option<String> {
        let (id, fact) = self.rules.fact_named(Scope::Person, BIRTH_DATE)?;
        answer_of(&self.rules, fact, answer, "$").ok()?;
        match new_fact(&self.rules, id, fact, answer, "$").ok()?.birth_year {
            BirthYear::Is(year) => year,
            BirthYear::Unchanged => None,
        }
    }

    async fn file_of(&self, of: &PersonRef) -> Result<(OpenFile, usize), Failure> {
        let id = of
            .household
            .parse()
            .map_err(|_| Failure::not_found("household", &of.household))?;
        let stored = self.store.load_household(id).await?;
        let file = OpenFile::new(&self.rules, stored, &self.commune);
        let at = file.position(&of.person)?;
        Ok((file, at))
    }

    pub(crate) async fn compare_persons(&mut self, request: ComparePersonsRequest) -> Result<Comparison, Failure> {
        let (one, other) = (self.file_of(&request.one).await?, self.file_of(&request.other).await?);
        let mut rows = Vec::new();
        let (known_one, known_other) = (identity_at(&one), identity_at(&other));
        let name = |(file, at): &(OpenFile, usize)| file.household.persons.get(*at).map(|person| person.name.clone());
        rows.push(row(NAME, "", name(&one), name(&other)));
        for (field, of_one, of_other) in [
            (ID_NUMBER, &known_one.id_number, &known_other.id_number),
            (OLD_ID_NUMBER, &known_one.old_id_number, &known_other.old_id_number),
            (PHONE, &known_one.phone, &known_other.phone),
        ] {
            rows.push(row(field, "", Some(of_one.clone()), Some(of_other.clone())));
        }
        let facts: BTreeSet<_> = facts_at(&one).chain(facts_at(&other)).collect();
        for id in facts {
            let Some(fact) = self.rules.fact(id) else { continue };
            let text = |(file, at): &(OpenFile, usize), language: Language| {
                question(&self.rules, file, Some(*at), id, fact, language)
                    .answer
                    .map(|answer| format!("{} ({})", answer.text, answer.source))
            };
            rows.push(row(
                &fact.name,
                request.language.of(&fact.title),
                text(&one, request.language),
                text(&other, request.language),
            ));
        }
        rows.retain(|row| row.one.is_some() || row.other.is_some());
        Ok(Comparison {
            one: compared(&one),
            other: compared(&other),
            rows,
        })
    }

    pub(crate) async fn tell_apart(&mut self, request: TellApartRequest) -> Result<Json, Failure> {
        let person = |id: &str| id.parse().map_err(|_| Failure::not_found("person", id));
        let (one, other) = (person(&request.one)?, person(&request.other)?);
        self.store.tell_apart(one, other, &self.stamp()).await?;
        Ok(json!({}))
    }

    pub(crate) async fn merge_persons(&mut self, request: MergePersonsRequest) -> Result<RosterChanged, Failure> {
        let (keep, lose) = (self.file_of(&request.keep).await?, self.file_of(&request.lose).await?);
        let takes = |field: &str| request.take.iter().any(|taken| taken == field);
        let (kept, lost) = (identity_at(&keep), identity_at(&lose));
        let pick = |field: &str, kept: &str, lost: &str| {
            if kept.is_empty() || (takes(field) && !lost.is_empty()) {
                lost.to_owned()
            } else {
                kept.to_owned()
            }
        };
        let name = |(file, at): &(OpenFile, usize)| {
            let person = file.household.persons.get(*at);
            person.map(|person| person.name.clone()).unwrap_or_default()
        };
        let of_keep: BTreeSet<_> = facts_at(&keep).collect();
        let fact_name = |id| self.rules.fact(id).map(|fact| fact.name.clone());
        let facts: Vec<String> = facts_at(&lose)
            .filter_map(|id| fact_name(id).filter(|name| takes(name) || !of_keep.contains(&id)))
            .collect();
        let gone = [Place {
            person: lose.0.person(lose.1)?,
            relation: String::new(),
        }];
        let (keep_id, keep_household) = (keep.0.person(keep.1)?, keep.0.stored.id);
        let same = SamePerson {
            keep: keep_id,
            lose: lose.0.person(lose.1)?,
            name: if takes(NAME) { name(&lose) } else { name(&keep) },
            identity: store::Identity {
                id_number: pick(ID_NUMBER, &kept.id_number, &lost.id_number),
                old_id_number: pick(OLD_ID_NUMBER, &kept.old_id_number, &lost.old_id_number),
                phone: pick(PHONE, &kept.phone, &lost.phone),
                presence: kept.presence,
                card: kept.card.or(lost.card),
            },
            birth_year: if facts.iter().any(|name| name == BIRTH_DATE) {
                BirthYearOf::Lost
            } else {
                BirthYearOf::Kept
            },
            facts,
            stay: staying(&lose.0, &gone, request.new_head.as_deref())?,
            on: clock::today(),
        };
        let stamp = self.stamp();
        let act = self.store.same_person(&same, &stamp).await?;
        self.load(keep_household).await?;
        Ok(RosterChanged {
            act,
            household: keep_household.to_string(),
        })
    }
}

/// Returns how much somebody who was found is like somebody born then in a hamlet.
pub(crate) fn likeness(found: &LookAlike, birth: &Json, hamlet: &str) -> Option<Likeness> {
    let recorded = found
        .birth_answer
        .as_deref()
        .and_then(|text| serde_json::from_str::<Json>(text).ok());
    let is_born_then = recorded.is_some_and(|recorded| {
        let (one, other) = (plain(&recorded), plain(birth));
        one == other && one.as_str().is_some_and(|day| day.len() == "2026-11-22".len())
    });
    if found.has_number {
        Some(Likeness::Number)
    } else if is_born_then {
        Some(Likeness::Birth)
    } else {
        (folded_key(&found.hamlet) == folded_key(hamlet)).then_some(Likeness::Year)
    }
}

fn plain(answer: &Json) -> &Json {
    answer.get("is").unwrap_or(answer)
}

fn row(field: &str, title: &str, one: Option<String>, other: Option<String>) -> ComparedRow {
    let said = |text: Option<String>| text.filter(|text| !text.is_empty());
    ComparedRow {
        field: field.to_owned(),
        title: title.to_owned(),
        one: said(one),
        other: said(other),
    }
}

fn identity_at((file, at): &(OpenFile, usize)) -> store::Identity {
    let id = file.roster.get(*at);
    let person = file.stored.persons.iter().find(|person| Some(&person.id) == id);
    person.map(|person| person.identity.clone()).unwrap_or_default()
}

fn facts_at((file, at): &(OpenFile, usize)) -> impl Iterator<Item = ansinh_engine::rules::FactId> {
    let at = Some(*at);
    file.raw.keys().filter(move |(who, _)| *who == at).map(|(_, id)| *id)
}

fn compared((file, at): &(OpenFile, usize)) -> ComparedPerson {
    let person = file.household.persons.get(*at);
    let others = file.household.persons.iter().enumerate();
    ComparedPerson {
        household: file.stored.id.to_string(),
        number: file.stored.number.clone(),
        hamlet: file.stored.hamlet.clone(),
        person: person.map(|person| person.id.clone()).unwrap_or_default(),
        name: person.map(|person| person.name.clone()).unwrap_or_default(),
        relation: person.map_or(Relation::Other, |person| Relation::named(&person.relation)),
        with: others
            .filter(|(other, _)| other != at)
            .map(|(_, person)| Choice {
                value: person.id.clone(),
                label: person.name.clone(),
            })
            .collect(),
    }
}
