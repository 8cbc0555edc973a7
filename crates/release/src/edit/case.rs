//! A worked case, written behind those of its programme.

use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use super::{EditError, Edited, changed, text_of, value};
use crate::Files;

/// A worked case of a programme (LANGUAGE.md §9).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewCase {
    /// What it shows.
    pub title: String,
    /// The month, `2026-11`.
    pub month: String,
    /// Answers of the household, as in a household file.
    pub facts: Map<String, Json>,
    /// The persons, in order.
    pub persons: Vec<CasePerson>,
    /// Of whom something is expected; none for the household.
    pub who: Option<String>,
    /// The answer, as in worked cases.
    pub answer: String,
    /// The lowest and the highest amount.
    pub amount: Option<(i64, i64)>,
    /// Names that explain the answer.
    pub because: Vec<String>,
    /// Facts that may settle it.
    pub asks: Vec<String>,
}

/// A person of a worked case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CasePerson {
    /// A short id, which others name.
    pub id: String,
    /// Answers, as in a household file.
    pub facts: Map<String, Json>,
    /// The ids of the parents.
    pub parents: Vec<String>,
    /// The id of the partner.
    pub partner: Option<String>,
    /// The day of death.
    pub died_on: Option<Date>,
}

/// Writes a case behind the others of a programme, whose folder is `folder`.
///
/// # Errors
/// [`EditError`] when the file cannot be read or would grow too large.
pub fn add_case(files: &Files, folder: &str, new: &NewCase) -> Result<Edited, EditError> {
    let path = format!("{folder}/cases.toml");
    let text = text_of(files, &path)?.unwrap_or_default();
    let before = text.trim_end();
    let gap = if before.is_empty() { "" } else { "\n\n" };
    changed(files, &path, text, format!("{before}{gap}{}", written(new)))
}

fn written(new: &NewCase) -> String {
    let mut out = format!(
        "[[case]]\ntitle = {}\nmonth = {}\n",
        value::quoted(&new.title),
        value::quoted(&new.month)
    );
    if !new.facts.is_empty() {
        out.push_str(&format!("facts = {}\n", table(&entries(&new.facts))));
    }
    if !new.persons.is_empty() {
        out.push_str("[case.persons]\n");
    }
    for person in &new.persons {
        let mut all = entries(&person.facts);
        if !person.parents.is_empty() {
            let ids: Vec<String> = person.parents.iter().map(|id| value::quoted(id)).collect();
            all.push(("parents".into(), value::list(&ids)));
        }
        all.extend(person.partner.as_ref().map(|id| ("partner".into(), value::quoted(id))));
        let died_on = person
            .died_on
            .map(|day| ("died_on".into(), value::quoted(&day.to_string())));
        all.extend(died_on);
        out.push_str(&format!("{} = {}\n", person.id, table(&all)));
    }
    let mut expected = vec![("answer".to_owned(), value::quoted(&new.answer))];
    expected.extend(new.amount.map(|(low, high)| {
        let amount = if low == high {
            low.to_string()
        } else {
            value::list(&[low, high].map(|n| n.to_string()))
        };
        ("amount".to_owned(), amount)
    }));
    for (key, names) in [("because", &new.because), ("asks", &new.asks)] {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| value::quoted(name)).collect();
            expected.push((key.to_owned(), value::list(&names)));
        }
    }
    let who = new.who.as_deref().unwrap_or("household");
    out.push_str(&format!("[case.expect]\n{who} = {}\n", table(&expected)));
    out
}

fn entries(facts: &Map<String, Json>) -> Vec<(String, String)> {
    facts
        .iter()
        .map(|(name, answer)| (name.clone(), toml(answer)))
        .collect()
}

fn table(entries: &[(String, String)]) -> String {
    let entries: Vec<String> = entries.iter().map(|(key, value)| format!("{key} = {value}")).collect();
    format!("{{ {} }}", entries.join(", "))
}

/// Writes an answer of a household file as TOML. JSON's nothing is no answer.
fn toml(json: &Json) -> String {
    match json {
        Json::Null => value::quoted(""),
        Json::Bool(_) | Json::Number(_) => json.to_string(),
        Json::String(text) => value::quoted(text),
        Json::Array(list) => value::list(&list.iter().map(toml).collect::<Vec<_>>()),
        Json::Object(object) => table(&entries(object)),
    }
}
