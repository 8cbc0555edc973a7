//! Worked cases of rule files: what each expects, and what the engine answers.

mod sentences;

use std::collections::BTreeSet;

use crate::assess::{Assessment, Combined, Depth, Determination, assess_programmes};
use crate::diagnostic::Span;
use crate::evaluate::{Behind, Criterion, Evaluator, Unknown, presumable};
use crate::household::{Household, Problem, read_household};
use crate::read::{At, CaseFile, Change, Expect};
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
    pub differences: Vec<Difference>,
}

/// Something that came out otherwise than a worked case expects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The person's key in the case, or `household`; none where the case as a whole cannot be run.
    pub subject: Option<String>,
    /// The place of what was expected.
    pub span: Span,
    /// What differs.
    pub what: Differs,
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Differs {
    /// The household cannot be read.
    Household(Problem),
    /// Nothing was determined of the subject.
    Nothing,
    /// The answer, as written in cases.
    Answer {
        /// What the case says.
        expected: String,
        /// What came out.
        found: &'static str,
    },
    /// The amount, lowest and highest.
    Amount {
        /// What the case says.
        expected: (i64, i64),
        /// What came out; none where nothing is paid.
        found: Option<(i64, i64)>,
    },
    /// Reasons that are missing.
    Reasons {
        /// Those missing.
        missing: Vec<String>,
        /// Those given.
        found: Vec<String>,
    },
    /// Facts that are not asked for.
    Asks {
        /// Those missing.
        missing: Vec<String>,
        /// Those asked for.
        found: Vec<String>,
    },
    /// The next change.
    NextChange {
        /// What the case says; none where it must bring nothing.
        expected: Option<Change>,
        /// What came out; none where time alone changes nothing.
        found: Option<Change>,
    },
}

/// Runs every worked case of a rule set, in file order.
pub fn run_cases(rules: &RuleSet) -> Vec<CaseResult> {
    rules
        .cases
        .iter()
        .map(|case| run_case(rules, case, |_, _| {}))
        .collect()
}

/// Runs a worked case and shows `observe` each determination of which it expects something.
pub fn run_case(rules: &RuleSet, case: &CaseFile, mut observe: impl FnMut(&Household, &Determination)) -> CaseResult {
    let mut result = CaseResult {
        programme: case.programme.clone(),
        title: case.title.clone(),
        span: case.span,
        differences: Vec::new(),
    };
    let bytes = case.household.to_string();
    let household = match read_household(rules, bytes.as_bytes()) {
        Ok(household) => household,
        Err(problems) => {
            result
                .differences
                .extend(problems.into_iter().map(|problem| Difference {
                    subject: None,
                    span: case.span,
                    what: Differs::Household(problem),
                }));
            return result;
        }
    };
    let programme = rules.programme_named(&case.programme);
    let month = crate::Month::parse(&case.month.value);
    let depth = case.expect.iter().map(|(_, expect)| depth(rules, expect)).max();
    let depth = depth.unwrap_or(Depth::Outcomes);
    let assessment = month
        .zip(programme)
        .map(|(month, (programme, _))| assess_programmes(rules, &household, month, depth, &[programme]));
    for (subject, expect) in &case.expect {
        let person = household.person_at(&subject.value);
        let found = assessment
            .as_ref()
            .zip(programme)
            .and_then(|(assessment, (programme, _))| determination(assessment, programme, person));
        let mut differs = |span, what| {
            result.differences.push(Difference {
                subject: Some(subject.value.clone()),
                span,
                what,
            });
        };
        match found {
            Some(determination) => {
                observe(&household, determination);
                compare(rules, &household, determination, expect, &mut differs);
            }
            None => differs(subject.span, Differs::Nothing),
        }
    }
    result
}

/// Returns how much must be computed to compare what is expected.
fn depth(rules: &RuleSet, expect: &Expect) -> Depth {
    let is_presumable = |name: &str| presumable(rules).any(|(_, fact)| fact.name == name);
    if expect.next_change.is_some() {
        Depth::Calendar
    } else if !expect.asks.is_empty() || expect.because.iter().any(|reason| is_presumable(&reason.value)) {
        Depth::Answers
    } else {
        Depth::Outcomes
    }
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

/// Returns an answer as it is written in worked cases.
pub fn written(answer: Answer) -> &'static str {
    match answer {
        Answer::Entitled => "entitled",
        Answer::NotEntitled => "not_entitled",
        Answer::Open => "open",
        Answer::PersonDecides => "person_decides",
        Answer::NotCovered => "not_covered",
        Answer::Failed => "failed",
    }
}

fn compare(
    rules: &RuleSet,
    household: &Household,
    determination: &Determination,
    expect: &Expect,
    differs: &mut impl FnMut(Span, Differs),
) {
    let answer = written(determination.answer);
    let other_answer = expect.answer.value != answer;
    if other_answer {
        let expected = expect.answer.value.clone();
        differs(
            expect.answer.span,
            Differs::Answer {
                expected,
                found: answer,
            },
        );
    }
    if let Some(amount) = &expect.amount {
        let found = determination.level.map(|level| (level.low, level.high));
        if amount.value != found.unwrap_or_default() {
            let expected = amount.value;
            differs(amount.span, Differs::Amount { expected, found });
        }
    }
    let given = reasons(rules, household, determination);
    let missing = missing(&expect.because, &given);
    // Where the answer is another one, its reasons are what the author wants to know.
    if other_answer || !missing.is_empty() {
        let span = expect.because.first().map_or(expect.answer.span, |reason| reason.span);
        let found = given.into_iter().collect();
        differs(span, Differs::Reasons { missing, found });
    }
    let name = |(_, fact): &Unknown| rules.fact(*fact).map_or_else(String::new, |f| f.name.clone());
    let asks: BTreeSet<String> = determination.asks.iter().map(name).collect();
    let missing = self::missing(&expect.asks, &asks);
    if let Some(first) = expect.asks.first().filter(|_| !missing.is_empty()) {
        let found = asks.into_iter().collect();
        differs(first.span, Differs::Asks { missing, found });
    }
    if let Some(expected) = &expect.next_change {
        let found = determination.next_change.map(|next| Change {
            on: next.on,
            answer: written(next.answer).to_owned(),
            amount: next.level.map(|level| (level.low, level.high)),
        });
        let same = match (&expected.value, &found) {
            (Some(expected), Some(found)) => {
                let amount = expected.amount.is_none() || expected.amount == found.amount;
                found.on == expected.on && found.answer == expected.answer && amount
            }
            (None, None) => true,
            _ => false,
        };
        if !same {
            let (expected, span) = (expected.value.clone(), expected.span);
            differs(span, Differs::NextChange { expected, found });
        }
    }
}

fn missing(expected: &[At<String>], given: &BTreeSet<String>) -> Vec<String> {
    let missing = expected.iter().filter(|name| !given.contains(&name.value));
    missing.map(|name| name.value.clone()).collect()
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
                .filter_map(|(at, _)| rules.programmes.get(*at))
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
