//! Screening the open household, and saving an answer on the way.

use std::sync::Arc;
use std::time::Instant;

use ansinh_engine::household::{Answer, Source as Origin, answer_of};
use ansinh_engine::read::Scope;
use ansinh_engine::report::{Language, Report, Row, lines, row, summary};
use ansinh_engine::rules::{Fact, FactId, RuleSet};
use ansinh_engine::value::Value;
use ansinh_engine::{Assessment, Depth, Determination, Month, assess, assess_again, assess_programmes};
use ansinh_store::{BirthYear, Fact as Saved, NewFact, PersonId, Source, Stamp};
use serde_json::Value as Json;

use crate::clock;
use crate::failure::problem;
use crate::file::OpenFile;
use crate::questions::questions;
use crate::session::Session;
use crate::standing::of_desk;
use crate::wire::{ExplainRequest, Failure, Problem, SaveFactRequest, ScreenRequest, Screening};

/// Reads a month of a request.
pub(crate) fn month_of(text: &str) -> Result<Month, Failure> {
    Month::parse(text).ok_or_else(|| {
        Failure::bad_request(
            "$.month",
            "cần một tháng như 2026-11",
            "expected a month such as 2026-11",
        )
    })
}

/// Screens a household for a month.
pub(crate) fn screen(rules: &RuleSet, file: &mut OpenFile, month: Month, language: Language) -> Screening {
    let started = Instant::now();
    let changed = std::mem::take(&mut file.changed);
    let assessment = match file.outlook.take().filter(|before| before.month == month) {
        Some(before) => assess_again(rules, &file.household, &before, Depth::Soon, &changed),
        None => assess(rules, &file.household, month, Depth::Soon),
    };
    let screening = written(rules, file, &assessment, language, started);
    file.outlook = Some(Arc::new(assessment));
    screening
}

/// Screens a household as it would be with an answer that is not saved yet. What time will bring is as it was before the
/// answer, where the answer changes nothing else.
fn screen_ahead(rules: &RuleSet, file: &OpenFile, saved: Saved, month: Month, language: Language) -> Screening {
    let started = Instant::now();
    let mut ahead = file.clone();
    let before = file.outlook.as_ref().filter(|before| before.month == month);
    ahead.take_over(rules, saved);
    ahead.answered_at = file.answered_at;
    let mut assessment = match before {
        Some(before) => assess_again(rules, &ahead.household, before, Depth::Answers, &ahead.changed),
        None => assess(rules, &ahead.household, month, Depth::Answers),
    };
    for before in before.into_iter().flat_map(|before| &before.determinations) {
        let same = |d: &&mut Determination| {
            (d.programme, d.person, d.answer, d.level) == (before.programme, before.person, before.answer, before.level)
        };
        if let Some(determination) = assessment.determinations.iter_mut().find(same) {
            determination.next_change = before.next_change;
        }
    }
    written(rules, &ahead, &assessment, language, started)
}

fn written(
    rules: &RuleSet,
    file: &OpenFile,
    assessment: &Assessment,
    language: Language,
    started: Instant,
) -> Screening {
    Screening {
        results: lines(rules, &file.household, assessment, language).into(),
        questions: questions(rules, file, assessment, language),
        saved_at: file.answered_at.map(clock::second),
        micros: u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    }
}

/// Returns the report for paper.
pub(crate) fn report_of(rules: &RuleSet, file: &OpenFile, month: Month, language: Language) -> Report {
    let assessment = assess(rules, &file.household, month, Depth::Calendar);
    summary(rules, &file.household, &assessment, language)
}

impl Session {
    pub(crate) async fn screen(&mut self, request: ScreenRequest) -> Result<Screening, Failure> {
        let month = month_of(&request.month)?;
        let rules = &Arc::clone(&self.rules);
        let file = self.open(&request.household).await?;
        let screening = screen(rules, file, month, request.language);
        self.leave_behind().await?;
        Ok(screening)
    }

    /// Keeps for the lists what was found on the desk, where it is of this month.
    async fn leave_behind(&self) -> Result<(), Failure> {
        let found = self.file().and_then(|file| of_desk(&self.rules, file, clock::today()));
        if let Some(found) = found {
            self.store.save_screenings(&[found], &self.stamp()).await?;
        }
        Ok(())
    }

    /// Returns one row whole. The programmes and their subjects may have changed since its line was shown.
    pub(crate) async fn explain(&mut self, request: ExplainRequest) -> Result<Row, Failure> {
        let month = month_of(&request.month)?;
        let rules = &Arc::clone(&self.rules);
        let file = self.open(&request.household).await?;
        // A programme that is unknown is found nowhere, and then nothing is judged.
        let programme = rules.programme_named(&request.programme).map(|(at, _)| at);
        let programmes: Vec<usize> = programme.into_iter().collect();
        let assessment = assess_programmes(rules, &file.household, month, Depth::Calendar, &programmes);
        let of = (request.programme.as_str(), request.person.as_deref());
        row(rules, &file.household, &assessment, request.language, of)
            .ok_or_else(|| Failure::not_found("programme", &request.programme))
    }

    /// Returns what would be found with an answer, before the disk has it. Nothing is kept.
    pub(crate) async fn try_fact(&mut self, request: SaveFactRequest) -> Result<Screening, Failure> {
        let month = month_of(&request.month)?;
        let (rules, stamp) = (&Arc::clone(&self.rules), self.stamp());
        let file = self.open(&request.household).await?;
        let (person, new) = asked_to_save(rules, file, &request)?;
        let saved = saved_fact(person, new, stamp);
        Ok(screen_ahead(rules, file, saved, month, request.language))
    }

    pub(crate) async fn save_fact(&mut self, request: SaveFactRequest) -> Result<Screening, Failure> {
        let month = month_of(&request.month)?;
        let (rules, stamp) = (&Arc::clone(&self.rules), self.stamp());
        let file = self.open(&request.household).await?;
        let household = file.stored.id;
        let (person, new) = asked_to_save(rules, file, &request)?;
        self.store.save_fact(household, person, &new, &stamp).await?;
        let saved = saved_fact(person, new, stamp);
        let file = self.open(&request.household).await?;
        file.take_over(rules, saved);
        let screening = screen(rules, file, month, request.language);
        self.leave_behind().await?;
        Ok(screening)
    }
}

/// Returns whose answer a request brings, and the answer as the store keeps it.
fn asked_to_save(
    rules: &RuleSet,
    file: &OpenFile,
    request: &SaveFactRequest,
) -> Result<(Option<PersonId>, NewFact), Failure> {
    let person = request.person.as_deref();
    let person = person
        .map(|id| file.position(id).and_then(|at| file.person(at)))
        .transpose()?;
    let scope = if person.is_some() {
        Scope::Person
    } else {
        Scope::Household
    };
    let (id, fact) = fact_named(rules, scope, &request.fact)?;
    let new = new_fact(rules, id, fact, &request.answer, "$.answer").map_err(Failure::answer_not_understood)?;
    Ok((person, new))
}

fn fact_named<'r>(rules: &'r RuleSet, scope: Scope, name: &str) -> Result<(FactId, &'r Fact), Failure> {
    rules.fact_named(scope, name).ok_or_else(|| {
        Failure::answer_not_understood(vec![problem(
            "$.fact",
            format!("bộ quy tắc không có thông tin “{name}”"),
            format!("the rules know no fact “{name}” here"),
        )])
    })
}

fn saved_fact(person: Option<PersonId>, new: NewFact, stamp: Stamp) -> Saved {
    Saved {
        person,
        name: new.name,
        answer: new.answer,
        source: new.source,
        recorded_at: stamp.at,
        recorded_by: stamp.by,
    }
}

/// Reads an answer with the rules and makes of it what the store keeps. `null` takes it back.
pub(crate) fn new_fact(
    rules: &RuleSet,
    id: FactId,
    fact: &Fact,
    answer: &Json,
    path: &str,
) -> Result<NewFact, Vec<Problem>> {
    let read = match answer {
        Json::Null => None,
        answer => Some(answer_of(rules, fact, answer, path)?),
    };
    let birth_year = if rules.birth_date == Some(id) {
        BirthYear::Is(read.as_ref().and_then(|read| birth_year(read, answer)))
    } else {
        BirthYear::Unchanged
    };
    Ok(NewFact {
        name: fact.name.clone(),
        answer: read.is_some().then(|| answer.to_string()),
        source: match read.map(|read| read.source) {
            // The answer itself says when the paper was seen; nobody asks for the date on it.
            Some(Origin::Paper { paper, .. }) => Source {
                kind: "paper".to_owned(),
                paper: Some(paper),
                paper_on: None,
            },
            Some(Origin::Said) | None => Source {
                kind: "said".to_owned(),
                paper: None,
                paper_on: None,
            },
        },
        birth_year,
    })
}

/// Returns the year as lists show it: `1951`, `~1951` for about, `1950–1952`; none while nothing is known.
fn birth_year(read: &Answer, answer: &Json) -> Option<String> {
    if let Some(about) = answer.get("about") {
        return Some(format!("~{about}"));
    }
    match read.value {
        Value::Date(range) if !read.unsure => {
            let (low, high) = range.bounds?;
            Some(if low.year() == high.year() {
                low.year().to_string()
            } else {
                format!("{}–{}", low.year(), high.year())
            })
        }
        _ => None,
    }
}
