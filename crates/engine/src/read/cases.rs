//! Worked cases: a household, and what it is expected to get.
//!
//! A household comes out as the JSON of a household file. A decimal becomes a string there, so that no number passes through a
//! floating-point type.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};
use toml::de::DeValue;

use super::files::{AcceptedMutant, At, CaseFile, Change, Expect};
use super::table::{Item, Table};
use crate::diagnostic::did_you_mean;

/// The answers a case can expect.
const ANSWERS: [&str; 5] = ["entitled", "not_entitled", "open", "person_decides", "not_covered"];

/// `programmes/NAME/cases.toml`.
pub(super) fn cases(root: &mut Table<'_>, programme: &str, into: &mut Vec<CaseFile>) {
    let tables = root.need("case").map(|item| item.tables()).unwrap_or_default();
    for table in tables {
        into.extend(case(table, programme));
    }
    root.finish();
}

/// `mutants.toml`.
pub(super) fn mutants(root: &mut Table<'_>, into: &mut Vec<AcceptedMutant>) {
    let tables = root.need("accepted").map(|item| item.tables()).unwrap_or_default();
    for mut table in tables {
        let paths = table.need("path").map(|item| item.one_or_more()).unwrap_or_default();
        let place = table.need("place").and_then(|item| item.string());
        let after = table.need("after").and_then(|item| item.string());
        let why = table.text("why");
        table.close();
        if let (Some(place), Some(after)) = (place, after) {
            let paths = paths.iter().filter_map(Item::string).collect();
            into.push(AcceptedMutant {
                paths,
                place,
                after,
                why,
            });
        }
    }
    root.finish();
}

fn case(mut table: Table<'_>, programme: &str) -> Option<CaseFile> {
    let title = table.need("title").and_then(|item| item.string());
    let span = title.as_ref().map_or(table.span, |title| title.span);
    let month = table.need("month").and_then(|item| month(&item));
    let facts = table
        .take("facts")
        .and_then(|item| item.table())
        .map(|mut facts| known(&mut facts));
    let persons = table
        .take("persons")
        .and_then(|item| item.table())
        .map(|mut table| table.rest())
        .unwrap_or_default();
    let keys: Vec<&str> = persons.iter().map(|item| item.key).collect();
    let persons: Vec<Value> = persons.iter().filter_map(|item| person(item, &keys)).collect();
    let expected = table
        .need("expect")
        .and_then(|item| item.table())
        .map(|mut table| table.rest())
        .unwrap_or_default();
    let expect: Vec<(At<String>, Expect)> = expected.iter().filter_map(|item| expect(item, &keys)).collect();
    table.close();
    let household = json!({ "format": 1, "id": "case", "facts": facts.unwrap_or_default(), "persons": persons });
    Some(CaseFile {
        programme: programme.to_owned(),
        title: title?.value,
        span,
        month: month?,
        household,
        expect,
    })
}

fn month(item: &Item<'_>) -> Option<At<String>> {
    let found = item.string()?;
    let first = format!("{}-01", found.value);
    if found.value.len() != 7 || first.parse::<jiff::civil::Date>().is_err() {
        let hint = "a month is written `\"2025-12\"`".to_owned();
        item.page
            .error("E0108", found.span, format!("`{}` is not a month", found.value), hint);
        return None;
    }
    Some(found)
}

fn person(item: &Item<'_>, keys: &[&str]) -> Option<Value> {
    let id = item.key_name()?.value;
    let mut table = item.table()?;
    let mut person = Map::new();
    let name = table
        .take("name")
        .and_then(|item| item.string())
        .map_or(id.clone(), |name| name.value);
    person.insert("id".into(), id.into());
    person.insert("name".into(), name.into());
    if let Some(parents) = table.take("parents") {
        let found: Vec<Value> = parents
            .list()
            .iter()
            .filter_map(|item| member(item, keys))
            .map(|found| found.value.into())
            .collect();
        person.insert("parents".into(), found.into());
    }
    if let Some(partner) = table.take("partner").and_then(|item| member(&item, keys)) {
        person.insert("partner".into(), partner.value.into());
    }
    for key in ["died_on", "relation"] {
        if let Some(value) = table.take(key).and_then(|item| value(&item)) {
            person.insert(key.into(), value);
        }
    }
    person.insert("facts".into(), Value::Object(known(&mut table)));
    Some(Value::Object(person))
}

/// The key of a person of the same case.
fn member(item: &Item<'_>, keys: &[&str]) -> Option<At<String>> {
    let found = item.string()?;
    if keys.contains(&found.value.as_str()) {
        return Some(found);
    }
    let hint = did_you_mean(&found.value, keys.iter().copied());
    item.page.error(
        "E0120",
        found.span,
        format!("`{}` is not a person of this case", found.value),
        hint,
    );
    None
}

/// The facts of a table that are left when everything else was taken.
fn known(table: &mut Table<'_>) -> Map<String, Value> {
    let mut facts = Map::new();
    for item in table.rest() {
        if item.key == "paid_now" {
            let programmes = item.table().map(|mut table| table.rest()).unwrap_or_default();
            for programme in programmes {
                if let Some(value) = value(&programme) {
                    facts.insert(format!("paid_now.{}", programme.key), value);
                }
            }
        } else if let Some(value) = value(&item) {
            facts.insert(item.key.to_owned(), value);
        }
    }
    facts
}

/// A value as a household file writes it.
fn value(item: &Item<'_>) -> Option<Value> {
    Some(match item.value() {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Boolean(value) => Value::Bool(*value),
        DeValue::Integer(_) | DeValue::Float(_) => number(item.decimal()?.value),
        DeValue::Datetime(_) => Value::String(item.date()?.value.to_string()),
        DeValue::Array(_) => {
            item.wrong(
                "a value",
                "say `{ one_of = [a, b] }` or `{ between = [a, b] }`".to_owned(),
            );
            return None;
        }
        DeValue::Table(_) => {
            let mut table = item.table()?;
            let mut object = Map::new();
            for key in ["unsure", "absent", "is", "paper", "seen_on", "until"] {
                if let Some(value) = table.take(key).and_then(|item| value(&item)) {
                    object.insert(key.into(), value);
                }
            }
            for key in ["one_of", "between"] {
                if let Some(list) = table.take(key) {
                    let values: Vec<Value> = list.list().iter().filter_map(value).collect();
                    object.insert(key.into(), values.into());
                }
            }
            table.close();
            Value::Object(object)
        }
    })
}

fn number(value: Decimal) -> Value {
    let whole = value.to_i64().filter(|whole| Decimal::from(*whole) == value);
    whole.map_or_else(|| Value::String(value.to_string()), Value::from)
}

fn expect(item: &Item<'_>, keys: &[&str]) -> Option<(At<String>, Expect)> {
    let subject = At {
        value: item.key.to_owned(),
        span: item.key_span,
    };
    if item.key != "household" && !keys.contains(&item.key) {
        let hint = did_you_mean(item.key, keys.iter().copied().chain(["household"]));
        item.page.error(
            "E0120",
            item.key_span,
            format!("`{}` is not a person of this case", item.key),
            hint,
        );
    }
    let mut table = item.table()?;
    let answer = table.need("answer").and_then(|item| item.one_of(&ANSWERS));
    let amount = table.take("amount").and_then(|item| amount(&item));
    let because = table.take("because").map(|item| strings(&item)).unwrap_or_default();
    let asks = table.take("asks").map(|item| strings(&item)).unwrap_or_default();
    let next_change = table.take("next_change").and_then(|item| change(&item));
    table.close();
    let answer = answer.map(|answer| At {
        value: answer.value.to_owned(),
        span: answer.span,
    })?;
    Some((
        subject,
        Expect {
            answer,
            amount,
            because,
            asks,
            next_change,
        },
    ))
}

/// `"none"`, or the day with what holds from then on.
fn change(item: &Item<'_>) -> Option<At<Option<Change>>> {
    let span = item.span();
    if matches!(item.value(), DeValue::String(_)) {
        return item.one_of(&["none"]).map(|_| At { value: None, span });
    }
    let mut table = item.table()?;
    let on = table.need("on").and_then(|item| item.date());
    let answer = table.need("answer").and_then(|item| item.one_of(&ANSWERS));
    let amount = table.take("amount").and_then(|item| amount(&item));
    table.close();
    let value = Some(Change {
        on: on?.value,
        answer: answer?.value.to_owned(),
        amount: amount.map(|amount| amount.value),
    });
    Some(At { value, span })
}

fn strings(item: &Item<'_>) -> Vec<At<String>> {
    item.list().iter().filter_map(Item::string).collect()
}

/// One amount, or `[low, high]`.
fn amount(item: &Item<'_>) -> Option<At<(i64, i64)>> {
    let bounds: Option<Vec<i64>> = item.one_or_more().iter().map(whole).collect();
    let value = match bounds?.as_slice() {
        [one] => (*one, *one),
        [low, high] if low <= high => (*low, *high),
        _ => {
            item.page.error(
                "E0108",
                item.span(),
                "an amount is one number or `[lowest, highest]`",
                None,
            );
            return None;
        }
    };
    Some(At {
        value,
        span: item.span(),
    })
}

fn whole(item: &Item<'_>) -> Option<i64> {
    let found = item.decimal()?;
    let value = found
        .value
        .to_i64()
        .filter(|whole| Decimal::from(*whole) == found.value);
    if value.is_none() {
        item.page.error(
            "E0108",
            item.span(),
            format!("`{}` is not a whole number of đồng", item.raw()),
            None,
        );
    }
    value
}
