//! Household files, format 1, into households of the store.

use ansinh_engine::household::read_household;
use ansinh_engine::read::Scope;
use ansinh_engine::rules::RuleSet;
use ansinh_store::{NewFact, NewHousehold, NewMember, PersonDetails};
use serde_json::Value as Json;

use crate::screening::new_fact;
use crate::wire::Problem;

/// Reads a household file for the store.
///
/// # Errors
/// Every mistake in it, as [`read_household`] finds them.
pub(crate) fn new_household(rules: &RuleSet, file: &Json) -> Result<NewHousehold, Vec<Problem>> {
    let household = read_household(rules, file.to_string().as_bytes())?;
    let persons = file
        .get("persons")
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default();
    let mut members = Vec::new();
    for (at, (person, json)) in household.persons.into_iter().zip(persons).enumerate() {
        members.push(NewMember {
            details: PersonDetails {
                name: person.name,
                relation: person.relation,
                died_on: person.died_on,
            },
            parents: person.parents,
            partner: person.partner,
            facts: facts(rules, Scope::Person, json, &format!("$.persons[{at}].facts"))?,
        });
    }
    Ok(NewHousehold {
        number: None,
        hamlet: household.place.hamlet,
        invented: household.invented,
        members,
        facts: facts(rules, Scope::Household, file, "$.facts")?,
    })
}

fn facts(rules: &RuleSet, scope: Scope, json: &Json, path: &str) -> Result<Vec<NewFact>, Vec<Problem>> {
    let answers = json.get("facts").and_then(Json::as_object).into_iter().flatten();
    answers
        .filter_map(|(name, answer)| rules.fact_named(scope, name).map(|(id, fact)| (id, fact, answer)))
        .map(|(id, fact, answer)| new_fact(rules, id, fact, answer, &format!("{path}.{}", fact.name)))
        .collect()
}
