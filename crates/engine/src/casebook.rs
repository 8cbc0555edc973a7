//! Worked cases of rule files: what each expects, and what the engine answers.

use std::collections::BTreeSet;

use crate::assess::{Assessment, Combined, Depth, Determination, assess};
use crate::diagnostic::Span;
use crate::evaluate::{Behind, Criterion, Evaluator, Unknown};
use crate::household::{Household, read_household};
use crate::read::{CaseFile, Expect};
use crate::report::Answer;
use crate::rules::{Op, RuleSet};
use crate::value::Truth;

/// A worked case after it was run.
#[derive(Clone, Debug)]
pub struct CaseResult {
    /// The programme whose folder it lies in.
    pub programme: String,
    /// What it shows.
    pub title: String,
    /// Its place.
    pub span: Span,
    /// What differs from what it expects; nothing when it passed.
    pub differences: Vec<String>,
}

/// Runs every worked case of a rule set, in file order.
pub fn run_cases(rules: &RuleSet) -> Vec<CaseResult> {
    let run = |case: &CaseFile| CaseResult {
        programme: case.programme.clone(),
        title: case.title.clone(),
        span: case.span,
        differences: differences(rules, case),
    };
    rules.cases.iter().map(run).collect()
}

fn differences(rules: &RuleSet, case: &CaseFile) -> Vec<String> {
    let bytes = case.household.to_string();
    let household = match read_household(rules, bytes.as_bytes()) {
        Ok(household) => household,
        Err(problems) => return problems.into_iter().map(|p| format!("{}: {}", p.path, p.en)).collect(),
    };
    let Some(month) = crate::Month::parse(&case.month.value) else {
        return vec![format!("`{}` is no month", case.month.value)];
    };
    let Some((programme, _)) = rules.programme_named(&case.programme) else {
        return vec![format!("no programme `{}`", case.programme)];
    };
    let assessment = assess(rules, &household, month, Depth::Answers);
    let mut found = Vec::new();
    for (subject, expect) in &case.expect {
        let person = household.person_at(&subject.value);
        match determination(&assessment, programme, person) {
            Some(determination) => {
                let who = &subject.value;
                compare(rules, &household, determination, expect, &mut |text| {
                    found.push(format!("{who}: {text}"))
                });
            }
            None => found.push(format!("{}: nothing was determined", subject.value)),
        }
    }
    found
}

fn determination(assessment: &Assessment, programme: usize, person: Option<usize>) -> Option<&Determination> {
    let of = |person| {
        assessment
            .determinations
            .iter()
            .find(|d| d.programme == programme && d.person == person)
    };
    of(person).or_else(|| of(None))
}

fn compare(
    rules: &RuleSet,
    household: &Household,
    determination: &Determination,
    expect: &Expect,
    differs: &mut impl FnMut(String),
) {
    let answer = match determination.answer {
        Answer::Entitled => "entitled",
        Answer::NotEntitled => "not_entitled",
        Answer::Open => "open",
        Answer::PersonDecides => "person_decides",
        Answer::NotCovered => "not_covered",
        Answer::Failed => "failed",
    };
    if expect.answer.value != answer {
        differs(format!("answer: expected {}, found {answer}", expect.answer.value));
    }
    if let Some(amount) = &expect.amount {
        let level = determination.level.unwrap_or_default();
        if amount.value != (level.low, level.high) {
            let (low, high) = amount.value;
            differs(format!(
                "amount: expected {low}..{high}, found {}..{}",
                level.low, level.high
            ));
        }
    }
    let given = reasons(rules, household, determination);
    for reason in &expect.because {
        if !given.contains(&reason.value) {
            let list: Vec<&str> = given.iter().map(String::as_str).collect();
            differs(format!("reason: expected {}, found {}", reason.value, list.join(", ")));
        }
    }
    let name = |(_, fact): &Unknown| rules.fact(*fact).map_or_else(String::new, |f| f.name.clone());
    let asks: BTreeSet<String> = determination.asks.iter().map(name).collect();
    for ask in &expect.asks {
        if !asks.contains(&ask.value) {
            let list: Vec<&str> = asks.iter().map(String::as_str).collect();
            differs(format!("asks: expected {}, found {}", ask.value, list.join(", ")));
        }
    }
}

/// Returns the names that explain a determination (LANGUAGE.md §9): the paying group, its points, case and exception; for
/// *not entitled* the facts and terms of failing criteria, or the programme paid instead.
pub fn reasons(rules: &RuleSet, household: &Household, determination: &Determination) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let presumed = determination.presumed.iter().filter_map(|(_, fact)| rules.fact(*fact));
    names.extend(presumed.map(|fact| fact.name.clone()));
    let judged = &determination.judged;
    let programme = rules.programmes.get(determination.programme);
    let Some(version) = programme.zip(judged.version).and_then(|(p, v)| p.versions.get(v)) else {
        return names;
    };
    if let Combined::GivesWay { to, .. } = &determination.combined {
        names.extend(
            to.iter()
                .filter_map(|at| rules.programmes.get(*at))
                .map(|p| p.id.clone()),
        );
    }
    if judged.truth != Truth::No {
        if let Some(outcome) = judged.paying.and_then(|at| judged.groups.get(at)) {
            names.extend(version.groups.get(outcome.group).map(|group| group.name.clone()));
            let points = outcome.points.iter().filter(|point| point.truth == Truth::Yes);
            names.extend(points.filter_map(|point| point.name().map(str::to_owned)));
            names.extend(outcome.cases.iter().flat_map(|case| case.path.iter().cloned()));
        }
        return names;
    }
    let paused_by = judged.paused_by();
    if !paused_by.is_empty() {
        names.extend(paused_by.iter().filter_map(|pause| pause.name().map(str::to_owned)));
        return names;
    }
    let is_pause = |criterion: &&Criterion| judged.pauses.iter().any(|pause| pause.node == criterion.node);
    let mut evaluator = Evaluator::new(rules, household, judged.day);
    for group in &judged.groups {
        for criterion in group
            .criteria
            .iter()
            .chain(&group.points)
            .filter(|c| c.truth == Truth::No && !is_pause(c))
        {
            name_failing(&mut evaluator, criterion, &mut names);
        }
    }
    names
}

fn name_failing(evaluator: &mut Evaluator<'_>, criterion: &Criterion, names: &mut BTreeSet<String>) {
    let rules = evaluator.rules;
    for part in criterion.parts.iter().filter(|part| part.truth == Truth::No) {
        name_failing(evaluator, part, names);
    }
    rules.walk(criterion.node, &mut |op| match op {
        Op::DiedOn(_) => {
            names.insert("died_on".to_owned());
        }
        Op::Fact(id, _) => names.extend(rules.fact(*id).map(|fact| fact.name.clone())),
        Op::Term(at, _) => names.extend(rules.terms.get(*at).map(|term| term.name.clone())),
        Op::Group {
            programme,
            version,
            group,
        } => {
            let version = rules.programmes.get(*programme).and_then(|p| p.versions.get(*version));
            names.extend(
                version
                    .and_then(|v| v.groups.get(*group))
                    .map(|group| group.name.clone()),
            );
        }
        Op::Aggregate { people, .. } => {
            names.insert(people.name().to_owned());
        }
        Op::Entitled(programme) => names.extend(rules.programmes.get(*programme).map(|p| p.id.clone())),
        _ => {}
    });
    let mut facts = BTreeSet::new();
    evaluator.facts_of(criterion.node, criterion.frame, Behind::State, &mut facts);
    names.extend(
        facts
            .iter()
            .filter_map(|(_, fact)| rules.fact(*fact))
            .map(|fact| fact.name.clone()),
    );
}
