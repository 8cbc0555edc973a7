//! Which questions stand in the interview, in which order, with what is recorded of each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::assess::{Assessment, Determination};
use ansinh_engine::evaluate::Unknown;
use ansinh_engine::household::{Answer, Source};
use ansinh_engine::read::Scope;
use ansinh_engine::report::{self, Language};
use ansinh_engine::rules::{Fact, FactId, RuleSet, Type};

use crate::file::OpenFile;
use crate::wire::{Choice, Kind, Question, Recorded};

/// The fact that says when somebody was born.
pub(crate) const BIRTH_DATE: &str = "birth_date";

/// What everybody is asked before anything else.
const BASICS: [&str; 2] = [BIRTH_DATE, "sex"];

/// Returns the facts of the roster itself, in the order they are asked.
pub(crate) fn basics(rules: &RuleSet) -> Vec<FactId> {
    let named = BASICS.iter().filter_map(|name| rules.fact_named(Scope::Person, name));
    named.map(|(id, _)| id).collect()
}

/// Returns the questions of the interview: of the household, then of each person in roster order. Within each, the basics
/// come first, then what settles most, and sensitive ones last.
pub(crate) fn questions(
    rules: &RuleSet,
    file: &OpenFile,
    assessment: &Assessment,
    language: Language,
) -> Vec<Question> {
    let weights = Weights::of(rules, file, assessment);
    let basics = basics(rules);
    let subjects = std::iter::once(None).chain((0..file.roster.len()).map(Some));
    let mut questions = Vec::new();
    for subject in subjects {
        let mut facts: BTreeSet<FactId> = weights
            .matter
            .iter()
            .filter(|(who, _)| *who == subject)
            .map(|(_, id)| *id)
            .collect();
        facts.extend(file.raw.keys().filter(|(who, _)| *who == subject).map(|(_, id)| *id));
        if subject.is_some() {
            facts.extend(&basics);
        }
        let mut facts: Vec<(FactId, &Fact)> = facts.iter().filter_map(|id| Some((*id, rules.fact(*id)?))).collect();
        facts.sort_by_key(|(id, fact)| {
            let basic = basics.iter().position(|basic| basic == id).unwrap_or(basics.len());
            (fact.sensitive, basic, Reverse(weights.n_answers(&(subject, *id))), *id)
        });
        for (id, fact) in facts {
            questions.push(Question {
                matters: weights.matter.contains(&(subject, id)),
                n_answers: weights.n_answers(&(subject, id)),
                ..question(rules, file, subject, id, fact, language)
            });
        }
    }
    questions
}

/// Returns a fact as a question that changes nothing.
pub(crate) fn question(
    rules: &RuleSet,
    file: &OpenFile,
    subject: Option<usize>,
    id: FactId,
    fact: &Fact,
    language: Language,
) -> Question {
    let person = subject.and_then(|at| file.household.persons.get(at));
    let answers = person.map_or(&file.household.facts, |person| &person.facts);
    let raw = file.raw.get(&(subject, id));
    let answer = answers.get(&id).zip(raw).map(|(answer, raw)| Recorded {
        text: text_of(fact, answer, language),
        raw: raw.clone(),
        unsure: answer.unsure,
        source: source_of(rules, &answer.source, language),
    });
    Question {
        person: person.map(|person| person.id.clone()),
        who: person
            .map_or(language.pick("Cả hộ", "The household"), |person| &person.name)
            .to_owned(),
        fact: fact.name.clone(),
        title: language.of(&fact.title).to_owned(),
        ask: language.of(&fact.ask).to_owned(),
        why: fact.why.as_ref().map(|why| language.of(why).to_owned()),
        kind: kind_of(fact, language),
        can_be_absent: fact.can_be_absent,
        judged_by: fact.judged_by.as_ref().map(|who| language.of(who).to_owned()),
        sensitive: fact.sensitive,
        papers: papers_of(rules, fact, language),
        matters: false,
        n_answers: 0,
        answer,
    }
}

/// What each fact can still do.
struct Weights {
    matter: BTreeSet<Unknown>,
    n_answers: BTreeMap<Unknown, usize>,
}

impl Weights {
    fn of(rules: &RuleSet, file: &OpenFile, assessment: &Assessment) -> Weights {
        let mut weights = Weights {
            matter: BTreeSet::new(),
            n_answers: BTreeMap::new(),
        };
        for determination in &assessment.determinations {
            match determination.answer {
                report::Answer::Open | report::Answer::PersonDecides => {
                    weights.matter.extend(&determination.asks_first);
                    for unknown in &determination.asks {
                        *weights.n_answers.entry(*unknown).or_default() += 1;
                    }
                }
                // Whether it is received already is what tells "can apply" from "receiving".
                report::Answer::Entitled => {
                    let unknown = received(rules, file, determination);
                    weights.matter.extend(unknown);
                    if let Some(unknown) = unknown {
                        *weights.n_answers.entry(unknown).or_default() += 1;
                    }
                }
                report::Answer::NotEntitled | report::Answer::NotCovered | report::Answer::Failed => {}
            }
        }
        weights
    }

    fn n_answers(&self, unknown: &Unknown) -> usize {
        self.n_answers.get(unknown).copied().unwrap_or_default()
    }
}

/// Returns the fact that says whether a benefit is received, while it is not answered.
fn received(rules: &RuleSet, file: &OpenFile, determination: &Determination) -> Option<Unknown> {
    let programme = rules.programmes.get(determination.programme)?;
    let unknown = (determination.person, programme.paid_now?);
    (determination.person.is_some() && !file.raw.contains_key(&unknown)).then_some(unknown)
}

fn kind_of(fact: &Fact, language: Language) -> Kind {
    match &fact.kind {
        Type::Truth => Kind::YesNo,
        Type::Choice(list) => Kind::Choice {
            choices: list
                .iter()
                .map(|(value, label)| Choice {
                    value: value.clone(),
                    label: language.of(label).to_owned(),
                })
                .collect(),
        },
        Type::Date => Kind::Date,
        Type::Number(unit) => {
            let (low, high) = fact.range.unwrap_or_default();
            let with_unit = language.number(high, *unit);
            let unit = with_unit.strip_prefix(&language.grouped(high)).unwrap_or_default();
            Kind::Number {
                unit: unit.trim().to_owned(),
                low: low.to_string(),
                high: high.to_string(),
            }
        }
    }
}

fn papers_of(rules: &RuleSet, fact: &Fact, language: Language) -> Vec<Choice> {
    let mut papers: Vec<Choice> = Vec::new();
    for name in fact.proof.iter().flatten() {
        let known = rules.papers.get(name);
        if let Some(paper) = known.filter(|_| papers.iter().all(|paper| paper.value != *name)) {
            papers.push(Choice {
                value: name.clone(),
                label: language.of(&paper.title).to_owned(),
            });
        }
    }
    papers
}

fn text_of(fact: &Fact, answer: &Answer, language: Language) -> String {
    if answer.unsure {
        return language.pick("đã hỏi, chưa rõ", "asked, not known").to_owned();
    }
    language.typed(Some(&fact.kind), answer.value)
}

fn source_of(rules: &RuleSet, source: &Source, language: Language) -> String {
    let (paper, seen_on, until) = match source {
        Source::Said => return language.pick("lời khai", "as said").to_owned(),
        Source::Paper { paper, seen_on, until } => (paper, seen_on, until),
    };
    let title = rules
        .papers
        .get(paper)
        .map_or(paper.as_str(), |paper| language.of(&paper.title));
    let mut text = title.to_owned();
    if let Some(day) = seen_on {
        text.push_str(&format!(
            "{} {}",
            language.pick(", xem ngày", ", seen on"),
            language.day(*day)
        ));
    }
    if let Some(day) = until {
        text.push_str(&format!(
            "{} {}",
            language.pick(", có giá trị đến", ", valid until"),
            language.day(*day)
        ));
    }
    text
}
