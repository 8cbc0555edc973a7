//! Papers to bring: those that prove the facts an answer rests on, and those always handed in.

use std::collections::BTreeSet;

use crate::assess::Determination;
use crate::evaluate::{Behind, Criterion, Frame, GroupOutcome, Unknown};
use crate::household::{Answer, Source};
use crate::report::{Join, Paper};
use crate::rules::Version;
use crate::value::Truth;

use super::build::Writer;

impl Writer<'_> {
    /// Returns the papers for a determination, each once, in the order of the criteria.
    pub(super) fn papers(
        &mut self,
        determination: &Determination,
        group: &GroupOutcome,
        version: &Version,
    ) -> Vec<Paper> {
        let mut facts: Vec<Unknown> = Vec::new();
        for criterion in &group.criteria {
            self.resting_on(criterion, &mut facts);
        }
        let holds = group.points.iter().any(|p| p.truth == Truth::Yes);
        let wanted = if holds { Truth::Yes } else { Truth::Open };
        for point in group.points.iter().filter(|p| p.truth == wanted) {
            self.resting_on(point, &mut facts);
        }
        let frame = Frame::of(determination.person);
        for when in group.cases.iter().filter_map(|case| case.when) {
            self.facts_in_order(when, frame, &mut facts);
        }
        let mut papers: Vec<Paper> = Vec::new();
        for unknown in facts {
            if let Some(paper) = self.paper_for(&unknown, determination.person) {
                match papers.iter_mut().find(|p| p.id == paper.id && p.title == paper.title) {
                    Some(same) => {
                        if !same.proves.contains(&paper.proves) {
                            same.proves = format!("{}; {}", same.proves, paper.proves);
                        }
                        same.seen &= paper.seen;
                    }
                    None => papers.push(paper),
                }
            }
        }
        for name in version.apply.iter().flat_map(|apply| &apply.papers) {
            if papers.iter().all(|paper| paper.id != name.value) {
                papers.extend(self.always(&name.value, determination.person));
            }
        }
        papers
    }

    /// Collects the facts on which a criterion that holds, or may hold, rests.
    fn resting_on(&mut self, criterion: &Criterion, facts: &mut Vec<Unknown>) {
        if criterion.parts.is_empty() {
            self.facts_in_order(criterion.node, criterion.frame, facts);
            return;
        }
        let some_hold = criterion.parts.iter().any(|part| part.truth == Truth::Yes);
        for part in &criterion.parts {
            let counts = match criterion.join {
                Join::All => true,
                Join::Any if some_hold => part.truth == Truth::Yes,
                Join::Any => part.truth == Truth::Open,
            };
            if counts {
                self.resting_on(part, facts);
            }
        }
    }

    fn facts_in_order(&mut self, node: crate::rules::NodeId, frame: Frame, facts: &mut Vec<Unknown>) {
        let mut found = BTreeSet::new();
        self.evaluator.facts_of(node, frame, Behind::Proof, &mut found);
        for unknown in found {
            if !facts.contains(&unknown) {
                facts.push(unknown);
            }
        }
    }

    fn answer_to(&self, (person, fact): &Unknown) -> Option<&Answer> {
        match person {
            Some(at) => self.household.persons.get(*at)?.facts.get(fact),
            None => self.household.facts.get(fact),
        }
    }

    pub(super) fn paper_for(&self, unknown: &Unknown, subject: Option<usize>) -> Option<Paper> {
        let language = self.language;
        let fact = self.rules.fact(unknown.1)?;
        let first = fact.proof.first()?;
        let title_of = |name: &String| self.rules.papers.get(name).map(|p| language.of(&p.title).to_owned());
        let sets: Vec<String> = fact
            .proof
            .iter()
            .map(|set| language.all_of(&set.iter().filter_map(title_of).collect::<Vec<_>>()))
            .collect();
        let seen = match self.answer_to(unknown).map(|answer| &answer.source) {
            Some(Source::Paper { paper, .. }) => fact.proof.iter().any(|set| set.contains(paper)),
            _ => false,
        };
        let issuers: Vec<String> = first
            .iter()
            .filter_map(|name| self.rules.papers.get(name))
            .map(|p| language.of(&p.from).to_owned())
            .collect();
        let title = language.of(&fact.title);
        let proves = match unknown.0 {
            Some(at) if Some(at) != subject => format!("{title} ({})", self.who(Some(at))),
            _ => title.to_owned(),
        };
        Some(Paper {
            id: first.join("+"),
            title: language.any_of(&sets),
            from: language.all_of(&issuers),
            proves,
            seen,
        })
    }

    fn always(&self, name: &str, subject: Option<usize>) -> Option<Paper> {
        let language = self.language;
        let paper = self.rules.papers.get(name)?;
        let answers = match subject.and_then(|at| self.household.persons.get(at)) {
            Some(person) => &person.facts,
            None => &self.household.facts,
        };
        let is_it = |answer: &Answer| matches!(&answer.source, Source::Paper { paper, .. } if paper == name);
        Some(Paper {
            id: name.to_owned(),
            title: language.of(&paper.title).to_owned(),
            from: language.of(&paper.from).to_owned(),
            proves: String::new(),
            seen: answers.values().any(is_it),
        })
    }
}
