//! JSON Schemas (2020-12) of what goes in and what comes out.

use ansinh_engine::household::{FORMAT, MOST_PERSONS};
use ansinh_engine::read::Scope;
use ansinh_engine::report::{CalendarReport, Report};
use ansinh_engine::rules::{Fact, RuleSet, Type};
use serde_json::{Map, Value, json};

use crate::wire::Relation;

/// Returns the schema of a screening's results.
pub fn result_schema() -> Value {
    schemars::schema_for!(Report).to_value()
}

/// Returns the schema of a household's calendar.
pub fn calendar_schema() -> Value {
    schemars::schema_for!(CalendarReport).to_value()
}

/// Returns the schema of a household file, with the facts that these rules know.
pub fn household_schema(rules: &RuleSet) -> Value {
    let papers: Vec<&String> = rules.papers.keys().collect();
    let text = || json!({ "type": "string" });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An Sinh household file",
        "description": format!("Format {FORMAT}. A fact that is not written was not asked."),
        "type": "object",
        "required": ["format", "persons"],
        "additionalProperties": false,
        "properties": {
            "$schema": text(),
            "format": { "const": FORMAT },
            "id": text(),
            "invented": { "type": "boolean", "description": "Sample data, of nobody." },
            "place": {
                "type": "object",
                "additionalProperties": false,
                "properties": { "province": text(), "commune": text(), "hamlet": text() },
            },
            "facts": facts(rules, Scope::Household),
            "persons": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_PERSONS,
                "items": { "$ref": "#/$defs/person" },
            },
        },
        "$defs": {
            "person": {
                "type": "object",
                "required": ["id"],
                "additionalProperties": false,
                "properties": {
                    "id": { "type": "string", "minLength": 1 },
                    "name": text(),
                    "relation": { "enum": Relation::ALL.map(Relation::name) },
                    "parents": { "type": "array", "items": text(), "maxItems": 2 },
                    "partner": { "type": ["string", "null"] },
                    "died_on": { "anyOf": [{ "$ref": "#/$defs/day" }, { "type": "null" }] },
                    "facts": facts(rules, Scope::Person),
                },
            },
            "day": { "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
            "paper": { "enum": papers },
        },
    })
}

fn facts(rules: &RuleSet, scope: Scope) -> Value {
    let facts = rules.facts.iter().filter(|fact| fact.scope == scope);
    let properties: Map<String, Value> = facts.map(|fact| (fact.name.clone(), answer(fact))).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

/// A plain value, or an object with exactly one form and the paper that was seen.
fn answer(fact: &Fact) -> Value {
    let plain = plain(fact);
    let known = |key: &str| json!({ "required": [key] });
    let only_true = || json!({ "const": true });
    let mut forms = Map::new();
    forms.insert("is".to_owned(), plain.clone());
    match &fact.kind {
        Type::Truth => {}
        Type::Choice(_) => {
            forms.insert(
                "one_of".to_owned(),
                json!({ "type": "array", "minItems": 1, "items": plain }),
            );
        }
        Type::Date | Type::Number(_) => {
            let between = json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": plain });
            forms.insert("between".to_owned(), between);
        }
    }
    if matches!(fact.kind, Type::Date) {
        forms.insert(
            "about".to_owned(),
            json!({ "type": "integer", "minimum": 1850, "maximum": 2150 }),
        );
    }
    forms.insert("unsure".to_owned(), only_true());
    if fact.can_be_absent {
        forms.insert("absent".to_owned(), only_true());
    }
    let one_form: Vec<Value> = forms.keys().map(|key| known(key)).collect();
    forms.insert("paper".to_owned(), json!({ "$ref": "#/$defs/paper" }));
    forms.insert("seen_on".to_owned(), json!({ "$ref": "#/$defs/day" }));
    forms.insert("until".to_owned(), json!({ "$ref": "#/$defs/day" }));
    json!({
        "title": fact.title.en,
        "description": fact.ask.en,
        "anyOf": [
            plain,
            { "type": "object", "additionalProperties": false, "properties": forms, "oneOf": one_form },
        ],
    })
}

fn plain(fact: &Fact) -> Value {
    match &fact.kind {
        Type::Truth => json!({ "type": "boolean" }),
        Type::Choice(list) => {
            let names: Vec<&String> = list.iter().map(|(name, _)| name).collect();
            json!({ "enum": names })
        }
        Type::Date => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }),
        Type::Number(_) => {
            let (low, high) = fact.range.unwrap_or_default();
            let number = |text: String| text.parse::<serde_json::Number>().unwrap_or_else(|_| 0.into());
            json!({
                "anyOf": [
                    { "type": "number", "minimum": number(low.to_string()), "maximum": number(high.to_string()) },
                    { "type": "string", "pattern": "^-?[0-9]+([.][0-9]+)?$" },
                ],
            })
        }
    }
}
