//! A household of the roster as a worked case of a draft, by nobody's name.
//!
//! It keeps only what the programme, or one it competes with, looks at: no name, no place, no number, and of each day only the
//! month where the answer stays the same. What is expected is what the draft answers; whether the law says so is for the
//! supervisor to read.

use std::collections::BTreeSet;

use ansinh_engine::assess::{Determination, facts_behind};
use ansinh_engine::casebook::{reasons, written};
use ansinh_engine::household::read_household;
use ansinh_engine::report::Answer;
use ansinh_engine::rules::{FactId, RuleSet, Type};
use ansinh_engine::{Depth, Household, Language, Month, assess_programmes};
use ansinh_release::Files;
use ansinh_release::edit::{CasePerson, NewCase, add_case};
use serde_json::{Map, Value as Json, json};

use super::{away, compiled, id_of};
use crate::file::OpenFile;
use crate::screening::month_of;
use crate::session::Session;
use crate::wire::{CaseOfHouseholdRequest, EditedDraft, Failure};

impl Session {
    /// Writes a household as a worked case behind those of a programme.
    pub(crate) async fn case_of_household(&self, request: CaseOfHouseholdRequest) -> Result<EditedDraft, Failure> {
        let month = month_of(&request.month)?;
        let id = id_of(&request.draft)?;
        let household = request.household.parse();
        let household = household.map_err(|_| Failure::not_found("household", &request.household))?;
        let stored = self.store.load_household(household).await?;
        let detail = format!("{id} {}", request.programme);
        self.store
            .append_audit(&self.stamp(), "case of household", &household.to_string(), &detail)
            .await?;
        let (files, commune) = (self.store.draft_files(id).await?, self.commune.clone());
        let before = files.clone();
        let edited = away(move || {
            let rules = compiled(files.clone())?.rules;
            let file = OpenFile::new(&rules, stored, &commune);
            let folder = folder_of(&files, &request.programme)?;
            let case = case(&rules, &file, &request, month)?;
            Ok(add_case(&files, &folder, &case)?)
        })
        .await?;
        self.step(id, "case", &before, edited).await
    }
}

/// Returns the folder of a programme.
fn folder_of(files: &Files, programme: &str) -> Result<String, Failure> {
    let (read, _) = ansinh_engine::read::read(files);
    let version = read.programmes.iter().find(|version| version.id.value == programme);
    let version = version.ok_or_else(|| Failure::not_found("programme", programme))?;
    let (path, _) = super::check::line_of(files, version.id.span);
    Ok(path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned())
}

fn case(rules: &RuleSet, file: &OpenFile, request: &CaseOfHouseholdRequest, month: Month) -> Result<NewCase, Failure> {
    let (at, _) = rules
        .programme_named(&request.programme)
        .ok_or_else(|| Failure::not_found("programme", &request.programme))?;
    let person = request
        .person
        .as_deref()
        .map(|person| file.position(person))
        .transpose()?;
    let exact = Strangers::new(rules, file, &facts_behind(rules, at));
    let said = |strangers: &Strangers| Said::of(rules, &strangers.household(rules)?, month, at, person);
    let found = said(&exact)?;
    let by_month = exact.by_month();
    let strangers = if said(&by_month)? == found { by_month } else { exact };
    if found.answer == Answer::Failed {
        let (vi, en) = (
            "hộ này không tính được, nên không làm ca mẫu được",
            "this household cannot be computed, so it makes no case",
        );
        return Err(Failure::bad_request("$.household", vi, en));
    }
    let n = strangers.persons.len();
    Ok(NewCase {
        title: match request.language {
            Language::Vi => format!("Một hộ thật, đã bỏ tên: {n} người, tháng {month}"),
            Language::En => format!("A real household without names: {n} persons, {month}"),
        },
        month: month.to_string(),
        facts: strangers.facts,
        persons: strangers.persons,
        who: person.map(id),
        answer: written(found.answer).to_owned(),
        amount: found.amount,
        because: found.because,
        asks: found.asks,
    })
}

/// The short name of a person, by place on the roster.
fn id(at: usize) -> String {
    format!("p{}", at + 1)
}

/// What the draft answers.
#[derive(PartialEq)]
struct Said {
    answer: Answer,
    amount: Option<(i64, i64)>,
    because: Vec<String>,
    asks: Vec<String>,
}

impl Said {
    fn of(
        rules: &RuleSet,
        household: &Household,
        month: Month,
        programme: usize,
        person: Option<usize>,
    ) -> Result<Said, Failure> {
        let assessment = assess_programmes(rules, household, month, Depth::Answers, &[programme]);
        let is_it = |d: &&Determination| d.programme == programme && (d.person == person || d.person.is_none());
        let found = assessment.determinations.iter().find(is_it);
        let found = found.ok_or_else(|| Failure::not_found("person", person.map(id).unwrap_or_default()))?;
        let pays = matches!(found.answer, Answer::Entitled | Answer::Open | Answer::PersonDecides);
        let is_open = matches!(found.answer, Answer::Open | Answer::PersonDecides);
        let fact = |fact: FactId| rules.fact(fact).map(|fact| fact.name.clone());
        let asks: BTreeSet<String> = found.asks.iter().filter_map(|(_, id)| fact(*id)).collect();
        Ok(Said {
            answer: found.answer,
            amount: found.level.filter(|_| pays).map(|level| (level.low, level.high)),
            because: if is_open {
                Vec::new()
            } else {
                reasons(rules, household, found).into_iter().collect()
            },
            asks: asks.into_iter().filter(|_| is_open).collect(),
        })
    }
}

/// The persons of a household as nobody knows them.
#[derive(Clone)]
struct Strangers {
    facts: Map<String, Json>,
    persons: Vec<CasePerson>,
    /// The names of facts that are days.
    days: BTreeSet<String>,
}

impl Strangers {
    fn new(rules: &RuleSet, file: &OpenFile, kept: &BTreeSet<FactId>) -> Strangers {
        let answers = |person: Option<usize>| {
            let own = file.raw.iter().filter(|((whose, fact), _)| {
                *whose == person && (kept.contains(fact) || rules.birth_date == Some(*fact))
            });
            own.filter_map(|((_, fact), json)| Some((rules.fact(*fact)?.name.clone(), plain(json))))
                .collect()
        };
        let persons = file
            .household
            .persons
            .iter()
            .enumerate()
            .map(|(at, person)| CasePerson {
                id: id(at),
                facts: answers(Some(at)),
                parents: person.parents.iter().map(|parent| id(*parent)).collect(),
                partner: person.partner.map(id),
                died_on: person.died_on,
            });
        let days = rules.facts.iter().filter(|fact| matches!(fact.kind, Type::Date));
        Strangers {
            facts: answers(None),
            persons: persons.collect(),
            days: days.map(|fact| fact.name.clone()).collect(),
        }
    }

    /// Puts the first of the month in the place of every day.
    fn by_month(&self) -> Strangers {
        let mut strangers = self.clone();
        for person in &mut strangers.persons {
            for (_, answer) in person.facts.iter_mut().filter(|(name, _)| self.days.contains(*name)) {
                first_of_month(answer);
            }
        }
        strangers
    }

    fn household(&self, rules: &RuleSet) -> Result<Household, Failure> {
        let person = |person: &CasePerson| {
            let mut json = json!({
                "id": person.id,
                "name": person.id,
                "facts": person.facts,
                "parents": person.parents,
            });
            if let Json::Object(object) = &mut json {
                object.extend(person.partner.as_ref().map(|id| ("partner".to_owned(), json!(id))));
                let died_on = person.died_on.map(|day| ("died_on".to_owned(), json!(day.to_string())));
                object.extend(died_on);
            }
            json
        };
        let persons: Vec<Json> = self.persons.iter().map(person).collect();
        let file = json!({ "format": 1, "id": "case", "facts": self.facts, "persons": persons });
        read_household(rules, file.to_string().as_bytes()).map_err(|_| Failure::of("draft_with_errors"))
    }
}

/// An answer without the paper that proves it, which counts only where it runs out.
fn plain(answer: &Json) -> Json {
    let is = answer.get("is").filter(|_| answer.get("until").is_none());
    is.unwrap_or(answer).clone()
}

/// Puts the first of its month in the place of a day, however it is known.
fn first_of_month(answer: &mut Json) {
    match answer {
        Json::String(day) if day.len() == "2026-11-22".len() => day.replace_range("2026-11-".len().., "01"),
        Json::Object(object) => object.get_mut("is").into_iter().for_each(first_of_month),
        _ => {}
    }
}
