//! Why not, and what would change it.

use std::collections::BTreeSet;

use crate::assess::{Combined, Determination};
use crate::evaluate::{Behind, Criterion, GroupOutcome, Unknown};
use crate::read::Scope;
use crate::remedy::{Remedy, Time, remedies};
use crate::rules::{NodeId, Op, RuleSet, Type, Version};
use crate::value::Truth;
use crate::words::phrases::lower_first;

use super::build::Writer;
use super::criteria::n_failing;
use super::{Answer, Change, ChangeBy, FactRef, Join, Language, WouldChange};

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
        // That a condition is not met needs no "now: no".
        let says_no = words.value == self.language.pick("không", "no");
        let silent = says_no || words.value.is_empty() || self.is_private(criterion.node);
        match (self.language, silent) {
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
                on: Some(next.on.clone()),
                facts: Vec::new(),
            });
        }
        changes.extend(self.presumed(determination).into_iter().map(|presumed| WouldChange {
            by: ChangeBy::FindOut,
            text: match language {
                Language::Vi => format!("Nếu biết khác đi: {}", lower_first(&presumed.text)),
                Language::En => format!("If it is found to be otherwise: {}", lower_first(&presumed.text)),
            },
            on: None,
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
                        on: None,
                        facts: vec![ask.at],
                    });
                }
            }
            Answer::NotEntitled if !determination.judged.paused_by().is_empty() => {
                changes.extend(self.would_resume(determination));
            }
            Answer::NotEntitled if !matches!(determination.combined, Combined::GivesWay { .. }) => {
                changes.extend(self.remedied(determination, version, next));
            }
            _ => {}
        }
        changes
    }

    /// Returns the smallest sets of facts that would put the subject into a group; those that the law excludes for ever only
    /// where there are no others.
    fn remedied(
        &mut self,
        determination: &Determination,
        version: Option<&Version>,
        next: Option<&Change>,
    ) -> Vec<WouldChange> {
        let Determination { programme, person, .. } = *determination;
        let mut remedies = remedies(self.rules, self.household, programme, person, &determination.judged);
        if remedies.iter().any(|remedy| remedy.time != Time::Never) {
            remedies.retain(|remedy| remedy.time != Time::Never);
        }
        let mut changes: Vec<WouldChange> = Vec::new();
        for remedy in remedies {
            let change = self.words_of(&remedy, determination, version);
            let is_told = change.by == ChangeBy::Date && next.map(|next| &next.on) == change.on.as_ref();
            if changes.len() < MOST_GROUPS && !is_told {
                changes.push(change);
            }
        }
        // Where different facts would do the same, they are named.
        let texts: Vec<String> = changes.iter().map(|change| change.text.clone()).collect();
        for change in &mut changes {
            if texts.iter().filter(|text| **text == change.text).count() > 1 {
                change.text = format!("{} – {}", change.text, self.titles_of(&change.facts));
            }
        }
        changes
    }

    fn words_of(&mut self, remedy: &Remedy, determination: &Determination, version: Option<&Version>) -> WouldChange {
        let language = self.language;
        let fact = |(_, id): &Unknown| self.rules.fact(*id);
        let others: Vec<Unknown> = remedy
            .facts
            .iter()
            .copied()
            .filter(|unknown| fact(unknown).is_some_and(|f| f.kind != Type::Date))
            .collect();
        let proved = others
            .iter()
            .any(|unknown| fact(unknown).is_some_and(|f| !f.proof.is_empty()));
        let by = match (remedy.time, others.is_empty(), proved) {
            (Time::Never, _, _) => ChangeBy::Never,
            (_, true, _) => ChangeBy::Date,
            (_, false, true) => ChangeBy::Paper,
            (_, false, false) => ChangeBy::Correction,
        };
        let on = match remedy.time {
            Time::Brings(day) => Some(day),
            Time::NotNeeded | Time::Never => None,
        };
        let title = version
            .and_then(|v| v.groups.get(remedy.group))
            .map(|g| language.of(&g.title))
            .unwrap_or_default();
        let needed = self.needed(remedy, determination).join("; ");
        let from = on.map(|day| match language {
            Language::Vi => format!("từ ngày {}, ", language.day(day)),
            Language::En => format!("from {}, ", language.day(day)),
        });
        let from = from.unwrap_or_default();
        let text = match (language, by) {
            (Language::Vi, ChangeBy::Date) => format!("{from}khi {needed} → {title}"),
            (Language::En, ChangeBy::Date) => format!("{from}with {needed} → {title}"),
            (Language::Vi, ChangeBy::Paper) => format!("{from}nếu có giấy tờ chứng minh: {needed} → {title}"),
            (Language::En, ChangeBy::Paper) => format!("{from}if a paper proves: {needed} → {title}"),
            (Language::Vi, ChangeBy::Never) => format!("luật đòi hỏi điều không thể có được nữa: {needed} → {title}"),
            (Language::En, ChangeBy::Never) => format!("the law asks for what can no longer be: {needed} → {title}"),
            (Language::Vi, _) => format!("{from}nếu thông tin đã ghi chưa đúng: {needed} → {title}"),
            (Language::En, _) => format!("{from}if what is recorded is wrong: {needed} → {title}"),
        };
        let papers: Vec<String> = others
            .iter()
            .filter(|_| by == ChangeBy::Paper)
            .filter_map(|unknown| self.paper_for(unknown, determination.person))
            .map(|paper| format!("{} ({})", paper.title, lower_first(&paper.from)))
            .collect();
        let papers = match papers.is_empty() {
            true => String::new(),
            false => format!(". {}: {}", language.pick("Giấy tờ", "Papers"), papers.join("; ")),
        };
        WouldChange {
            by,
            text: upper_first(&(text + &papers)),
            on: on.map(|day| day.to_string()),
            facts: remedy.facts.iter().map(|unknown| self.fact_ref(unknown)).collect(),
        }
    }

    fn titles_of(&self, facts: &[FactRef]) -> String {
        let title = |at: &FactRef| {
            let scope = if at.person.is_some() {
                Scope::Person
            } else {
                Scope::Household
            };
            let (_, fact) = self.rules.fact_named(scope, &at.fact)?;
            Some(lower_first(self.language.of(&fact.title)))
        };
        let titles: Vec<String> = facts.iter().filter_map(title).collect();
        titles.join(", ")
    }

    /// Returns in words what fails now and rests on facts of the set.
    fn needed(&mut self, remedy: &Remedy, determination: &Determination) -> Vec<String> {
        let mut groups = determination.judged.groups.iter();
        let Some(group) = groups.find(|group| group.group == remedy.group) else {
            return Vec::new();
        };
        let mut needed = Vec::new();
        for criterion in failing(self.rules, group) {
            if self.rests_on(criterion, remedy).0 {
                needed.push(lower_first(&self.criterion(criterion).text));
            }
        }
        // What only a closer look shows to fail is told whole.
        if needed.is_empty() {
            for criterion in group.criteria.iter().filter(|criterion| criterion.truth != Truth::Yes) {
                if self.rests_on(criterion, remedy).0 {
                    needed.push(lower_first(&self.criterion(criterion).text));
                }
            }
        }
        if no_point_holds(group) {
            let touched: Vec<&Criterion> = group.points.iter().filter(|p| self.rests_on(p, remedy).0).collect();
            let alone: Vec<&Criterion> = touched.iter().copied().filter(|p| self.rests_on(p, remedy).1).collect();
            let points = if alone.is_empty() { touched } else { alone };
            let points: Vec<String> = points
                .into_iter()
                .map(|p| lower_first(&self.criterion(p).text))
                .collect();
            if !points.is_empty() {
                needed.push(self.language.any_of(&points));
            }
        }
        needed
    }

    /// Whether a criterion looks at a fact of a set, and whether at no other recorded one.
    fn rests_on(&mut self, criterion: &Criterion, remedy: &Remedy) -> (bool, bool) {
        let mut facts = BTreeSet::new();
        self.evaluator
            .facts_of(criterion.node, criterion.frame, Behind::Anything, &mut facts);
        let (within, outside): (Vec<Unknown>, Vec<Unknown>) =
            facts.into_iter().partition(|fact| remedy.facts.contains(fact));
        let alone = outside.iter().all(|fact| !self.evaluator.is_recorded(*fact));
        (!within.is_empty(), alone)
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
