//! Why not, and what would change it.

use std::collections::BTreeSet;

use crate::assess::{Combined, Determination};
use crate::evaluate::{Criterion, GroupOutcome, Unknown};
use crate::rules::{Type, Version};
use crate::value::Truth;

use super::build::Writer;
use super::criteria::n_failing;
use super::{Answer, Change, ChangeBy, Join, Language, WouldChange};

/// More groups than these, equally near, are not each explained.
const MOST_GROUPS: usize = 3;

impl Writer<'_> {
    /// Returns one sentence: the conditions that fail in the nearest group, with the values they looked at.
    pub(super) fn why_not(&mut self, determination: &Determination, version: Option<&Version>) -> String {
        let language = self.language;
        let nearest = nearest(determination);
        let several = determination.judged.groups.len() > 1;
        let mut reasons: Vec<String> = Vec::new();
        for group in nearest.iter().take(MOST_GROUPS) {
            for criterion in failing(group) {
                let reason = self.reason(criterion);
                if !reasons.contains(&reason) {
                    reasons.push(reason);
                }
            }
            let points = !group.points.is_empty() && group.points.iter().all(|p| p.truth == Truth::No);
            if points
                && let Some(title) = version
                    .and_then(|v| v.groups.get(group.group))
                    .map(|g| language.of(&g.title))
            {
                reasons.push(match language {
                    Language::Vi => format!("không thuộc trường hợp nào của “{title}”"),
                    Language::En => format!("none of the cases of “{title}”"),
                });
            }
        }
        let reasons = reasons.join("; ");
        match (language, several) {
            (Language::Vi, false) => format!("Chưa đủ vì: {reasons}."),
            (Language::En, false) => format!("Not met: {reasons}."),
            (Language::Vi, true) => format!("Không thuộc nhóm nào; gần nhất, chưa đủ vì: {reasons}."),
            (Language::En, true) => format!("In none of the groups; nearest, not met: {reasons}."),
        }
    }

    fn reason(&mut self, criterion: &Criterion) -> String {
        let words = self.criterion(criterion);
        let text = lower_first(&words.text);
        if words.value.is_empty() {
            return text;
        }
        match self.language {
            Language::Vi => format!("cần {text} (hiện: {})", words.value),
            Language::En => format!("needs {text} (now: {})", words.value),
        }
    }

    /// Returns what would alter the answer: by a date, by a paper, by correcting a fact, or by finding out.
    pub(super) fn would_change(
        &mut self,
        determination: &Determination,
        version: Option<&Version>,
        next: Option<&Change>,
    ) -> Vec<WouldChange> {
        let language = self.language;
        let mut changes = Vec::new();
        if let Some(next) = next {
            changes.push(WouldChange {
                by: ChangeBy::Date,
                text: next.text.clone(),
                facts: Vec::new(),
            });
        }
        match determination.answer {
            Answer::Open | Answer::PersonDecides => {
                for ask in self.asks(determination, 1) {
                    let text = match &ask.judged_by {
                        Some(decider) => format!("{} – {decider}", ask.title),
                        None => ask.title.clone(),
                    };
                    changes.push(WouldChange {
                        by: ChangeBy::FindOut,
                        text,
                        facts: vec![ask.at],
                    });
                }
            }
            Answer::NotEntitled if !matches!(determination.combined, Combined::GivesWay { .. }) => {
                for group in nearest(determination).into_iter().take(MOST_GROUPS) {
                    let title = version
                        .and_then(|v| v.groups.get(group.group))
                        .map(|g| language.of(&g.title));
                    changes.extend(self.change_of_facts(group, title.unwrap_or_default()));
                }
            }
            _ => {}
        }
        changes
    }

    /// Returns the correction or the paper that would put the subject into a group.
    fn change_of_facts(&mut self, group: &GroupOutcome, title: &str) -> Option<WouldChange> {
        let language = self.language;
        let mut facts: BTreeSet<Unknown> = BTreeSet::new();
        let mut needed = Vec::new();
        for criterion in failing(group) {
            needed.push(lower_first(&self.criterion(criterion).text));
            self.evaluator.facts_of(criterion.node, criterion.frame, &mut facts);
        }
        let points = !group.points.is_empty() && group.points.iter().all(|p| p.truth == Truth::No);
        if points {
            for point in &group.points {
                self.evaluator.facts_of(point.node, point.frame, &mut facts);
            }
            needed.push(match language {
                Language::Vi => "một trong các trường hợp nêu trên".to_owned(),
                Language::En => "one of the cases listed".to_owned(),
            });
        }
        let only_dates = facts
            .iter()
            .all(|(_, fact)| self.rules.fact(*fact).is_some_and(|f| f.kind == Type::Date));
        let proved = facts
            .iter()
            .any(|(_, fact)| self.rules.fact(*fact).is_some_and(|f| !f.proof.is_empty()));
        let needed = needed.join("; ");
        let by = if proved && !only_dates {
            ChangeBy::Paper
        } else {
            ChangeBy::Correction
        };
        let text = match (language, by) {
            (Language::Vi, ChangeBy::Paper) => format!("Nếu có giấy tờ chứng minh: {needed} → {title}"),
            (Language::En, ChangeBy::Paper) => format!("If a paper proves: {needed} → {title}"),
            (Language::Vi, _) => format!("Nếu thông tin đã ghi chưa đúng: {needed} → {title}"),
            (Language::En, _) => format!("If what is recorded is wrong: {needed} → {title}"),
        };
        let facts = facts.iter().map(|unknown| self.fact_ref(unknown)).collect();
        (!needed.is_empty()).then_some(WouldChange { by, text, facts })
    }
}

/// Returns the groups with the fewest failing criteria.
fn nearest(determination: &Determination) -> Vec<&GroupOutcome> {
    let groups = &determination.judged.groups;
    let least = groups.iter().map(n_failing).min();
    groups.iter().filter(|group| Some(n_failing(group)) == least).collect()
}

/// Returns the smallest parts that fail: inside "all of", the ones that fail; "one of" as a whole.
fn failing(group: &GroupOutcome) -> Vec<&Criterion> {
    fn inside<'c>(criterion: &'c Criterion, found: &mut Vec<&'c Criterion>) {
        if criterion.truth != Truth::No {
            return;
        }
        if criterion.join == Join::All && !criterion.parts.is_empty() && criterion.title.is_none() {
            criterion.parts.iter().for_each(|part| inside(part, found));
        } else {
            found.push(criterion);
        }
    }
    let mut found = Vec::new();
    group
        .criteria
        .iter()
        .for_each(|criterion| inside(criterion, &mut found));
    found
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let second_is_upper = text.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
