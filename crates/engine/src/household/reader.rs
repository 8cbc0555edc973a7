//! Household files, format 1: JSON, read whole, every mistake reported with its path.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization;

use crate::read::Scope;
use crate::rules::RuleSet;

use super::answers::day;
use super::{Answers, Household, MOST_PERSONS, Person, Place, Problem, answer_of};

/// The format this program reads and writes.
pub const FORMAT: u64 = 1;

/// Relations to the head that a file may name.
const RELATIONS: [&str; 8] = [
    "head",
    "spouse",
    "child",
    "parent",
    "grandchild",
    "grandparent",
    "sibling",
    "other",
];

/// Reads a household file.
///
/// # Errors
/// Every mistake found, each with its JSON path, in file order.
pub fn read_household(rules: &RuleSet, bytes: &[u8]) -> Result<Household, Vec<Problem>> {
    let mut reader = Reader {
        rules,
        problems: Vec::new(),
    };
    let household = match serde_json::from_slice::<Json>(bytes) {
        Ok(json) => reader.household(&json),
        Err(error) => {
            reader.problem(
                "$",
                format!("không phải tệp JSON: dòng {}, cột {}", error.line(), error.column()),
                format!("not a JSON file: line {}, column {}", error.line(), error.column()),
            );
            None
        }
    };
    match household {
        Some(household) if reader.problems.is_empty() => Ok(household),
        _ => Err(reader.problems),
    }
}

/// The id as it is kept: composed, without spaces around it; empty for anything that is no text.
fn identifier(json: &Json) -> String {
    json.as_str()
        .unwrap_or_default()
        .nfc()
        .collect::<String>()
        .trim()
        .to_owned()
}

struct Reader<'a> {
    rules: &'a RuleSet,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn problem(&mut self, path: &str, vi: impl Into<String>, en: impl Into<String>) {
        self.problems.push(Problem {
            path: path.to_owned(),
            vi: vi.into(),
            en: en.into(),
        });
    }

    fn keys(&mut self, object: &Map<String, Json>, path: &str, known: &[&str]) {
        for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
            let list = known.join(", ");
            self.problem(
                &format!("{path}.{key}"),
                format!("không hiểu khóa “{key}”; dùng một trong: {list}"),
                format!("unknown key “{key}”; use one of {list}"),
            );
        }
    }

    fn text(&mut self, object: &Map<String, Json>, key: &str, path: &str) -> String {
        match object.get(key) {
            None => String::new(),
            Some(Json::String(text)) => text.nfc().collect::<String>().trim().to_owned(),
            Some(other) => {
                self.problem(
                    &format!("{path}.{key}"),
                    format!("cần một chuỗi chữ, nhưng có {other}"),
                    format!("expected a text, found {other}"),
                );
                String::new()
            }
        }
    }

    fn household(&mut self, json: &Json) -> Option<Household> {
        let Json::Object(object) = json else {
            self.problem("$", "cần một đối tượng {…}", "expected an object {…}");
            return None;
        };
        match object.get("format").and_then(Json::as_u64) {
            Some(FORMAT) => {}
            Some(other) => self.problem(
                "$.format",
                format!("định dạng {other} mới hơn chương trình này (biết đến {FORMAT})"),
                format!("format {other} is newer than this program, which knows {FORMAT}"),
            ),
            None => self.problem(
                "$.format",
                "thiếu số định dạng: \"format\": 1",
                "missing: \"format\": 1",
            ),
        }
        self.keys(
            object,
            "$",
            &["format", "id", "invented", "place", "facts", "persons", "$schema"],
        );
        let place = match object.get("place") {
            Some(Json::Object(place)) => {
                self.keys(place, "$.place", &["province", "commune", "hamlet"]);
                Place {
                    province: self.text(place, "province", "$.place"),
                    commune: self.text(place, "commune", "$.place"),
                    hamlet: self.text(place, "hamlet", "$.place"),
                }
            }
            None => Place::default(),
            Some(_) => {
                self.problem("$.place", "cần một đối tượng {…}", "expected an object {…}");
                Place::default()
            }
        };
        let facts = self.facts(object.get("facts"), Scope::Household, "$.facts");
        let persons = self.persons(object.get("persons"));
        Some(Household {
            id: self.text(object, "id", "$"),
            invented: object.get("invented") == Some(&Json::Bool(true)),
            place,
            facts,
            persons,
        })
    }

    fn facts(&mut self, json: Option<&Json>, scope: Scope, path: &str) -> Answers {
        let mut answers = Answers::new();
        let object = match json {
            None => return answers,
            Some(Json::Object(object)) => object,
            Some(_) => {
                self.problem(path, "cần một đối tượng {…}", "expected an object {…}");
                return answers;
            }
        };
        for (name, json) in object {
            let at = format!("{path}.{name}");
            let Some((id, fact)) = self.rules.fact_named(scope, name) else {
                self.problem(
                    &at,
                    format!("bộ quy tắc không có thông tin “{name}”"),
                    format!("the rules know no fact “{name}” here"),
                );
                continue;
            };
            match answer_of(self.rules, fact, json, &at) {
                Ok(answer) => {
                    answers.insert(id, answer);
                }
                Err(problems) => self.problems.extend(problems),
            }
        }
        answers
    }

    fn persons(&mut self, json: Option<&Json>) -> Vec<Person> {
        let list = match json {
            Some(Json::Array(list)) if !list.is_empty() => list.as_slice(),
            _ => {
                self.problem("$.persons", "cần ít nhất một người", "at least one person is needed");
                return Vec::new();
            }
        };
        if list.len() > MOST_PERSONS {
            self.problem(
                "$.persons",
                format!("nhiều hơn {MOST_PERSONS} người; hãy tách hộ"),
                format!("more than {MOST_PERSONS} persons; split the household"),
            );
            return Vec::new();
        }
        let mut ids: Vec<String> = Vec::new();
        for (i, json) in list.iter().enumerate() {
            let id = identifier(json.get("id").unwrap_or(&Json::Null));
            if id.is_empty() || ids.contains(&id) {
                self.problem(
                    &format!("$.persons[{i}].id"),
                    "mỗi người cần một mã riêng",
                    "every person needs an id of their own",
                );
            }
            ids.push(id);
        }
        let persons = list
            .iter()
            .enumerate()
            .map(|(i, json)| self.person(json, i, &ids))
            .collect::<Vec<_>>();
        self.circles(&persons);
        persons
    }

    fn person(&mut self, json: &Json, at: usize, ids: &[String]) -> Person {
        let path = format!("$.persons[{at}]");
        let Json::Object(object) = json else {
            self.problem(&path, "cần một đối tượng {…}", "expected an object {…}");
            return Person::default();
        };
        self.keys(
            object,
            &path,
            &["id", "name", "relation", "facts", "parents", "partner", "died_on"],
        );
        let relation = self.text(object, "relation", &path);
        if !relation.is_empty() && !RELATIONS.contains(&relation.as_str()) {
            self.problem(
                &format!("{path}.relation"),
                format!("quan hệ là một trong: {}", RELATIONS.join(", ")),
                format!("a relation is one of {}", RELATIONS.join(", ")),
            );
        }
        let parents = self.parents(object.get("parents"), at, ids, &format!("{path}.parents"));
        let partner = object.get("partner").filter(|json| !json.is_null());
        let partner = partner.and_then(|json| self.other(json, at, ids, &format!("{path}.partner")));
        let died_on = object.get("died_on").filter(|json| !json.is_null());
        let died_on = died_on.and_then(|json| {
            let day = json.as_str().and_then(day);
            if day.is_none() {
                self.problem(
                    &format!("{path}.died_on"),
                    "cần một ngày như 2026-11-22",
                    "expected a day such as 2026-11-22",
                );
            }
            day
        });
        Person {
            id: self.text(object, "id", &path),
            name: self.text(object, "name", &path),
            relation,
            facts: self.facts(object.get("facts"), Scope::Person, &format!("{path}.facts")),
            parents,
            partner,
            died_on,
        }
    }

    fn parents(&mut self, json: Option<&Json>, me: usize, ids: &[String], path: &str) -> Vec<usize> {
        let named = match json {
            None => return Vec::new(),
            Some(Json::Array(named)) if named.len() <= 2 => named,
            Some(_) => {
                self.problem(path, "cần danh sách tối đa hai người", "expected at most two persons");
                return Vec::new();
            }
        };
        let mut parents = Vec::new();
        for (i, parent) in named.iter().enumerate() {
            let path = format!("{path}[{i}]");
            let Some(parent) = self.other(parent, me, ids, &path) else {
                continue;
            };
            if parents.contains(&parent) {
                self.problem(
                    &path,
                    "người này đã được ghi là cha mẹ",
                    "this person is named as a parent already",
                );
            } else {
                parents.push(parent);
            }
        }
        parents
    }

    fn other(&mut self, json: &Json, me: usize, ids: &[String], path: &str) -> Option<usize> {
        let id = identifier(json);
        let found = ids.iter().position(|other| *other == id && !id.is_empty());
        let other = found.filter(|other| *other != me);
        if other.is_none() {
            self.problem(
                path,
                format!("không có người nào khác mã {json} trong hộ"),
                format!("no other person {json} in this household"),
            );
        }
        other
    }

    /// Nobody is their own ancestor.
    fn circles(&mut self, persons: &[Person]) {
        for (at, person) in persons.iter().enumerate() {
            let mut seen = BTreeSet::new();
            let mut todo = person.parents.clone();
            while let Some(next) = todo.pop() {
                if next == at {
                    self.problem(
                        &format!("$.persons[{at}].parents"),
                        "người này là cha mẹ, ông bà của chính mình",
                        "this person is their own ancestor",
                    );
                    break;
                }
                if seen.insert(next) {
                    todo.extend(persons.get(next).map(|p| p.parents.clone()).unwrap_or_default());
                }
            }
        }
    }
}
