//! Why not, and what would change it.

use std::collections::BTreeSet;

use crate::assess::{Combined, Determination};
use crate::evaluate::{Behind, Criterion, GroupOutcome, Unknown};
use crate::rules::{NodeId, Op, RuleSet, Type, Version};
use crate::value::Truth;
use crate::words::phrases::lower_first;

use super::build::Writer;
use super::criteria::n_failing;
use super::{Answer, Change, ChangeBy, Join, Language, WouldChange};

/// On more days than these nobody looks whether a criterion comes to hold.
const MOST_DAYS: usize = 400;

/// More groups than these, equally near, are not each explained.
const MOST_GROUPS: usize = 3;

impl Writer<'_> {
    /// Returns one sentence: what fails in the nearest groups, with the values looked at.
    pub(super) fn why_not(&mut self, determination: &Determination, version: Option<&Version>) -> String {
        let language = self.language;
        let several = determination.judged.groups.len() > 1;
        let mut groups: Vec<String> = Vec::new();
        for group in self.nearest(determination).into_iter().take(MOST_GROUPS) {
            let mut reasons: Vec<String> = failing(self.rules, group)
                .into_iter()
                .map(|criterion| self.reason(criterion))
                .collect();
            let title = version
                .and_then(|v| v.groups.get(group.group))
                .map(|g| language.of(&g.title));
            if let (true, Some(title)) = (no_point_holds(group), title) {
                reasons.push(match language {
                    Language::Vi => format!("không thuộc trường hợp nào của “{title}”"),
                    Language::En => format!("none of the cases of “{title}”"),
                });
            }
            let reason = reasons.join(language.pick(" và ", " and "));
            if !groups.contains(&reason) {
                groups.push(reason);
            }
        }
        let reasons = groups.join(language.pick("; hoặc ", "; or "));
        match (language, several) {
            (_, false) => format!("{}.", upper_first(&reasons)),
            (Language::Vi, true) => format!("Chưa thuộc nhóm nào; gần nhất: {reasons}."),
            (Language::En, true) => format!("In none of the groups; nearest: {reasons}."),
        }
    }

    fn reason(&mut self, criterion: &Criterion) -> String {
        let words = self.criterion(criterion);
        let text = if self.is_private(criterion.node) {
            self.public_text(criterion)
        } else {
            lower_first(&words.text)
        };
        match (self.language, words.value.is_empty() || self.is_private(criterion.node)) {
            (Language::Vi, true) => format!("cần {text}"),
            (Language::En, true) => format!("needs {text}"),
            (Language::Vi, false) => format!("cần {text} (hiện: {})", words.value),
            (Language::En, false) => format!("needs {text} (now: {})", words.value),
        }
    }

    /// Returns a condition in words in which no sensitive fact is named.
    fn public_text(&mut self, criterion: &Criterion) -> String {
        if !self.is_private(criterion.node) {
            return lower_first(&self.criterion(criterion).text);
        }
        if criterion.parts.is_empty() {
            return self.private().to_owned();
        }
        let parts: Vec<String> = criterion.parts.iter().map(|part| self.public_text(part)).collect();
        match criterion.join {
            Join::All => self.language.all_of(&parts),
            Join::Any => self.language.any_of(&parts),
        }
    }

    /// Whether an expression, or a term in it, names a sensitive fact.
    pub(super) fn is_private(&self, node: NodeId) -> bool {
        let mut private = false;
        let mut terms = Vec::new();
        self.rules.walk(node, &mut |op| match op {
            Op::Fact(fact, _) => private |= self.rules.fact(*fact).is_some_and(|f| f.sensitive),
            Op::Term(at, _) => terms.extend(self.rules.terms.get(*at).map(|term| term.is)),
            _ => {}
        });
        private || terms.into_iter().any(|term| self.is_private(term))
    }

    /// Returns the groups with the fewest failing criteria, leaving out those that a birthday long past has closed, unless
    /// there are no others.
    pub(super) fn nearest<'d>(&mut self, determination: &'d Determination) -> Vec<&'d GroupOutcome> {
        let mut groups: Vec<&GroupOutcome> = determination.judged.groups.iter().collect();
        let reachable: Vec<&GroupOutcome> = groups.iter().copied().filter(|group| !self.is_past(group)).collect();
        if !reachable.is_empty() {
            groups = reachable;
        }
        let least = groups.iter().map(|group| n_failing(group)).min();
        groups.retain(|group| Some(n_failing(group)) == least);
        groups
    }

    /// Whether a group fails on a known date that time will not bring back.
    fn is_past(&mut self, group: &GroupOutcome) -> bool {
        failing(self.rules, group).into_iter().any(|criterion| {
            let mut facts = BTreeSet::new();
            self.evaluator
                .facts_of(criterion.node, criterion.frame, Behind::State, &mut facts);
            let dated = |(_, fact): &Unknown| self.rules.fact(*fact).is_some_and(|f| f.kind == Type::Date);
            !facts.is_empty() && facts.iter().all(dated) && self.stays(criterion)
        })
    }

    /// Whether a criterion that fails does so on every later day on which it could change.
    fn stays(&self, criterion: &Criterion) -> bool {
        let mut next = criterion.flips;
        for _ in 0..MOST_DAYS {
            let Some(day) = next else { return true };
            match self.evaluator.on_day(day).truth(criterion.node, criterion.frame) {
                Ok((Truth::No, flips)) => next = flips.filter(|later| *later > day),
                _ => return false,
            }
        }
        false
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
        changes.extend(self.presumed(determination).into_iter().map(|presumed| WouldChange {
            by: ChangeBy::FindOut,
            text: match language {
                Language::Vi => format!("Nếu biết khác đi: {}", lower_first(&presumed.text)),
                Language::En => format!("If it is found to be otherwise: {}", lower_first(&presumed.text)),
            },
            facts: vec![presumed.at],
        }));
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
            Answer::NotEntitled if !determination.judged.paused_by().is_empty() => {
                changes.extend(self.would_resume(determination));
            }
            Answer::NotEntitled if !matches!(determination.combined, Combined::GivesWay { .. }) => {
                for group in self.nearest(determination).into_iter().take(MOST_GROUPS) {
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
        for criterion in failing(self.rules, group) {
            needed.push(lower_first(&self.criterion(criterion).text));
            self.evaluator
                .facts_of(criterion.node, criterion.frame, Behind::State, &mut facts);
        }
        if no_point_holds(group) {
            for point in &group.points {
                self.evaluator
                    .facts_of(point.node, point.frame, Behind::State, &mut facts);
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

fn no_point_holds(group: &GroupOutcome) -> bool {
    !group.points.is_empty() && group.points.iter().all(|point| point.truth == Truth::No)
}

/// Returns the smallest parts that fail: inside "all of", the ones that fail; "one of" as a whole.
fn failing<'d>(rules: &RuleSet, group: &'d GroupOutcome) -> Vec<&'d Criterion> {
    fn inside<'c>(rules: &RuleSet, criterion: &'c Criterion, found: &mut Vec<&'c Criterion>) {
        if criterion.truth != Truth::No {
            return;
        }
        if criterion.join == Join::All && !criterion.parts.is_empty() && criterion.title(rules).is_none() {
            criterion.parts.iter().for_each(|part| inside(rules, part, found));
        } else {
            found.push(criterion);
        }
    }
    let mut found = Vec::new();
    group
        .criteria
        .iter()
        .for_each(|criterion| inside(rules, criterion, &mut found));
    found
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
