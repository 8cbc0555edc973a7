//! A household as a worked case in TOML, as it could stand in `cases.toml`.

use jiff::civil::Date;

use crate::household::{Answers, Household};
use crate::rules::{RuleSet, Type};
use crate::value::{Truth, Value};

/// Writes a household as a worked case of its month.
pub(super) fn written(
    rules: &RuleSet,
    household: &Household,
    day: Date,
    title: &str,
    subject: Option<usize>,
) -> String {
    let title: String = title
        .chars()
        .map(|c| if matches!(c, '"' | '\\') { '\'' } else { c })
        .collect();
    let mut out = format!(
        "[[case]]\ntitle = \"{title}\"\nmonth = \"{:04}-{:02}\"\n",
        day.year(),
        day.month()
    );
    let facts = entries(rules, &household.facts);
    if !facts.is_empty() {
        let inline: Vec<String> = facts.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        out.push_str(&format!("facts = {{ {} }}\n", inline.join(", ")));
    }
    let id = |at: usize| household.persons.get(at).map_or("", |person| person.id.as_str());
    for person in &household.persons {
        out.push_str(&format!("[case.persons.{}]\n", person.id));
        for (name, value) in entries(rules, &person.facts) {
            out.push_str(&format!("{name} = {value}\n"));
        }
        if !person.parents.is_empty() {
            let parents: Vec<String> = person.parents.iter().map(|at| format!("\"{}\"", id(*at))).collect();
            out.push_str(&format!("parents = [{}]\n", parents.join(", ")));
        }
        if let Some(partner) = person.partner {
            out.push_str(&format!("partner = \"{}\"\n", id(partner)));
        }
        if let Some(died_on) = person.died_on {
            out.push_str(&format!("died_on = \"{died_on}\"\n"));
        }
    }
    let who = subject.map_or("household", id);
    out.push_str(&format!(
        "[case.expect.{who}]\nanswer = \"entitled\"   # what the law says is for you to write\n"
    ));
    out
}

fn entries(rules: &RuleSet, answers: &Answers) -> Vec<(String, String)> {
    let entry = |(id, answer): (&crate::rules::FactId, &crate::household::Answer)| {
        let fact = rules.fact(*id)?;
        let value = match (answer.value, &fact.kind) {
            (Value::Truth(truth), _) => (truth == Truth::Yes).to_string(),
            (Value::Choice(set), Type::Choice(list)) => {
                let name = set.positions().next().and_then(|at| list.get(at));
                name.map_or("{ absent = true }".to_owned(), |(name, _)| format!("\"{name}\""))
            }
            (Value::Number(range), _) => range
                .bounds
                .map_or("{ absent = true }".to_owned(), |(low, _)| low.normalize().to_string()),
            (Value::Date(range), _) => range
                .bounds
                .map_or("{ absent = true }".to_owned(), |(_, high)| format!("\"{high}\"")),
            (Value::Choice(_), _) => return None,
        };
        Some((fact.name.clone(), value))
    };
    answers.iter().filter_map(entry).collect()
}
