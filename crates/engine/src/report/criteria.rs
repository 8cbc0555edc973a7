//! Groups and criteria in words, and the articles a row rests on.

use std::collections::BTreeSet;

use crate::assess::Determination;
use crate::evaluate::{self, Behind, GroupOutcome, Unknown};
use crate::household::Source;
use crate::read::Citation;
use crate::rules::{Op, Version};
use crate::value::Truth;

use super::build::Writer;
use super::{Article, Criterion, GroupReport, Join, Language, State};

/// Returns a truth as it is shown.
fn state(truth: Truth) -> State {
    match truth {
        Truth::Yes => State::Yes,
        Truth::No => State::No,
        Truth::Open => State::Open,
    }
}

impl Writer<'_> {
    /// Returns the groups tried: the paying one, then those that hold or may hold, then the others, nearest first.
    pub(super) fn groups(&mut self, determination: &Determination, version: &Version) -> Vec<GroupReport> {
        let judged = &determination.judged;
        let mut order: Vec<usize> = (0..judged.groups.len()).collect();
        order.sort_by_key(|at| {
            let group = judged.groups.get(*at);
            let rank = match group.map(|g| g.truth) {
                _ if judged.paying == Some(*at) => 0,
                Some(Truth::Yes) => 1,
                Some(Truth::Open) => 2,
                _ => 3,
            };
            (rank, group.map_or(0, n_failing), *at)
        });
        let mut reports = Vec::new();
        for outcome in order.into_iter().filter_map(|at| judged.groups.get(at)) {
            let Some(group) = version.groups.get(outcome.group) else {
                continue;
            };
            let mut criteria: Vec<Criterion> = outcome.criteria.iter().map(|c| self.criterion(c)).collect();
            if !outcome.points.is_empty() {
                let parts: Vec<Criterion> = outcome.points.iter().map(|c| self.criterion(c)).collect();
                let truth = outcome.points.iter().fold(Truth::No, |any, point| any.or(point.truth));
                let holding = parts
                    .iter()
                    .filter(|part| part.state == State::Yes)
                    .map(|part| part.text.clone());
                criteria.push(Criterion {
                    text: self
                        .language
                        .pick("Thuộc một trong các trường hợp", "One of these cases")
                        .to_owned(),
                    state: state(truth),
                    value: holding.collect::<Vec<_>>().join("; "),
                    source: String::new(),
                    articles: Vec::new(),
                    fact: None,
                    join: Join::Any,
                    parts,
                });
            }
            reports.push(GroupReport {
                name: group.name.clone(),
                title: self.language.of(&group.title).to_owned(),
                state: state(outcome.truth),
                articles: self.articles(&group.cite),
                criteria,
            });
        }
        reports
    }

    /// Puts a criterion and its parts into words.
    pub(super) fn criterion(&mut self, criterion: &evaluate::Criterion) -> Criterion {
        let language = self.language;
        let text = match criterion.title(self.rules) {
            Some(title) => language.of(title).to_owned(),
            None => language.phrase(self.rules, criterion.node),
        };
        let mut parts: Vec<Criterion> = criterion.parts.iter().map(|part| self.criterion(part)).collect();
        // A named condition of one part says the same twice.
        if parts.len() == 1
            && parts.first().is_some_and(|part| part.parts.is_empty())
            && criterion.title(self.rules).is_some()
        {
            parts.clear();
        }
        let leaf = parts.is_empty();
        let (value, source) = match leaf {
            true => {
                let node = self.inner(criterion);
                (
                    language.looked_at(&mut self.evaluator, node, criterion.frame),
                    self.source(criterion),
                )
            }
            false => (String::new(), String::new()),
        };
        Criterion {
            text,
            state: state(criterion.truth),
            value,
            source,
            articles: self.articles(criterion.cite(self.rules)),
            fact: if leaf { self.fact_to_check(criterion) } else { None },
            join: criterion.join,
            parts,
        }
    }

    /// Returns the node to look at: inside a negation, what is negated.
    fn inner(&self, criterion: &evaluate::Criterion) -> crate::rules::NodeId {
        match self.rules.op(criterion.node) {
            Op::Not(inner) => *inner,
            _ => criterion.node,
        }
    }

    fn facts_of(&mut self, criterion: &evaluate::Criterion) -> BTreeSet<Unknown> {
        let mut facts = BTreeSet::new();
        self.evaluator
            .facts_of(criterion.node, criterion.frame, Behind::State, &mut facts);
        facts
    }

    /// Returns the fact to look at when the criterion looks wrong: one that is not known, else the first.
    fn fact_to_check(&mut self, criterion: &evaluate::Criterion) -> Option<super::FactRef> {
        let facts = self.facts_of(criterion);
        let known = |(person, fact): &Unknown| {
            let answers = match person {
                Some(at) => self.household.persons.get(*at).map(|p| &p.facts),
                None => Some(&self.household.facts),
            };
            answers.is_some_and(|a| a.contains_key(fact))
        };
        let first = facts.iter().find(|unknown| !known(unknown)).or(facts.first())?;
        Some(self.fact_ref(first))
    }

    /// Returns how the value of a criterion is known.
    fn source(&mut self, criterion: &evaluate::Criterion) -> String {
        let language = self.language;
        let direct = match self.rules.op(self.inner(criterion)) {
            Op::Fact(..) => true,
            Op::Compare(_, a, _) | Op::OneOf(a, ..) | Op::Absent(a, _) => matches!(self.rules.op(*a), Op::Fact(..)),
            _ => false,
        };
        let facts = self.facts_of(criterion);
        let mut sources = Vec::new();
        for unknown in facts.iter().take(3) {
            let Some(fact) = self.rules.fact(unknown.1) else {
                continue;
            };
            let known = self.source_of(unknown);
            let title = language.of(&fact.title);
            let text = match (direct, known.is_empty(), language) {
                (true, _, _) => known,
                (false, true, _) => title.to_owned(),
                (false, false, _) => format!("{title}: {known}"),
            };
            if !text.is_empty() && !sources.contains(&text) {
                sources.push(text);
            }
        }
        let more = if facts.len() > 3 { " …" } else { "" };
        format!("{}{more}", sources.join("; "))
    }

    /// Returns how a fact is known: "lời khai", or the paper; nothing when it was not asked.
    pub(super) fn source_of(&self, (person, fact): &Unknown) -> String {
        let language = self.language;
        if self.evaluator.is_presumed((*person, *fact)) {
            return language
                .pick("luật coi là vậy khi chưa biết", "presumed by law while not known")
                .to_owned();
        }
        let answers = match person {
            Some(at) => self.household.persons.get(*at).map(|p| &p.facts),
            None => Some(&self.household.facts),
        };
        let Some(answer) = answers.and_then(|a| a.get(fact)) else {
            return String::new();
        };
        source_text(self.rules, language, answer)
    }

    /// Returns the articles a row rests on: those of the paying group, its points and case; for *not entitled* those of
    /// the nearest groups.
    pub(super) fn row_articles(&mut self, determination: &Determination, version: &Version) -> Vec<Article> {
        let judged = &determination.judged;
        let mut cites: Vec<Citation> = Vec::new();
        let paying = judged.paying.and_then(|at| judged.groups.get(at));
        let paused_by = judged.paused_by().into_iter();
        cites.extend(paused_by.flat_map(|unless| unless.cite(self.rules).iter().cloned()));
        match paying {
            Some(outcome) => {
                if let Some(group) = version.groups.get(outcome.group) {
                    cites.extend(group.cite.iter().cloned());
                    let points = outcome.points.iter().filter(|p| p.truth == Truth::Yes);
                    cites.extend(points.flat_map(|p| p.cite(self.rules).iter().cloned()));
                    for case in &group.cases {
                        if outcome.cases.iter().any(|c| c.path.first() == Some(&case.name)) {
                            cites.extend(case.cite.iter().cloned());
                        }
                    }
                }
                if let Some(amount) = version.amount {
                    self.rules.walk(amount, &mut |op| {
                        if let Op::Parameter(at) = op {
                            let dated = self.rules.parameters.get(*at).and_then(|p| p.on(judged.day));
                            cites.extend(dated.into_iter().flat_map(|d| d.cite.iter().cloned()));
                        }
                    });
                }
            }
            None => {
                for group in self.nearest(determination) {
                    cites.extend(
                        version
                            .groups
                            .get(group.group)
                            .into_iter()
                            .flat_map(|g| g.cite.iter().cloned()),
                    );
                }
            }
        }
        if let (true, Some(choose)) = (determination.combined != Default::default(), &version.choose) {
            cites.extend(choose.cite.iter().map(|c| c.value.clone()));
        }
        cites.extend(self.local_cites(determination, version));
        if cites.is_empty() {
            cites.extend(version.cite.iter().cloned());
        }
        self.articles(&cites)
    }
}

/// Returns how an answer is known, in words.
pub fn source_text(rules: &crate::rules::RuleSet, language: Language, answer: &crate::household::Answer) -> String {
    match &answer.source {
        Source::Said => language.pick("lời khai", "said").to_owned(),
        Source::Paper { paper, seen_on, until } => {
            let title = rules
                .papers
                .get(paper)
                .map_or(paper.as_str(), |p| language.of(&p.title));
            let mut text = title.to_owned();
            if let Some(day) = seen_on {
                text.push_str(language.pick(", xem ngày ", ", seen on "));
                text.push_str(&language.day(*day));
            }
            if let Some(day) = until {
                text.push_str(language.pick(", hạn đến ", ", valid until "));
                text.push_str(&language.day(*day));
            }
            text
        }
    }
}

/// Returns how many of a group's criteria fail; its points count as one.
pub(super) fn n_failing(group: &GroupOutcome) -> usize {
    let own = group.criteria.iter().filter(|c| c.truth == Truth::No).count();
    let points = !group.points.is_empty() && group.points.iter().all(|p| p.truth == Truth::No);
    own + usize::from(points)
}
