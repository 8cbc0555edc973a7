//! What a place has set: its levels beside the national ones, its texts, and how we read them.

use std::collections::BTreeSet;

use crate::assess::Determination;
use crate::read::Citation;
use crate::rules::{Dated, NodeId, Op, Parameter, Version};

use super::build::Writer;
use super::{Language, Step};

impl Writer<'_> {
    /// Returns the line about a quantity: its value and since when; where a place has set it, also the national one.
    pub(super) fn level_step(&self, parameter: &Parameter, dated: &Dated) -> Step {
        let language = self.language;
        let title = language.of(&parameter.title);
        let value = language.number(dated.is, parameter.unit);
        let since = language.day(dated.since);
        let Some(local) = &dated.local else {
            let text = match language {
                Language::Vi => format!("{title}: {value} (từ {since})"),
                Language::En => format!("{title}: {value} (since {since})"),
            };
            return Step {
                text,
                articles: self.articles(&dated.cite),
            };
        };
        let place = self.rules.overlays.get(local.overlay);
        let place = place.map_or("", |overlay| language.of(&overlay.place));
        let national = language.number(local.national, parameter.unit);
        let national_since = language.day(local.national_since);
        let text = match language {
            Language::Vi => {
                format!("{title}: {value} (mức của {place}, từ {since}); mức cả nước: {national} (từ {national_since})")
            }
            Language::En => {
                format!(
                    "{title}: {value} (set by {place}, since {since}); national: {national} (since {national_since})"
                )
            }
        };
        let cites: Vec<Citation> = dated.cite.iter().chain(&local.national_cite).cloned().collect();
        Step {
            text,
            articles: self.articles(&cites),
        }
    }

    /// Returns the texts of the place whose levels the answer rests on.
    pub(super) fn local_cites(&self, determination: &Determination, version: &Version) -> Vec<Citation> {
        let levels = self.local_levels(determination, version);
        levels
            .into_iter()
            .flat_map(|(_, dated)| dated.cite.iter().cloned())
            .collect()
    }

    /// Returns how we read the local law about the levels the answer rests on.
    pub(super) fn local_readings(&self, determination: &Determination, version: &Version) -> Vec<Step> {
        let language = self.language;
        let levels = self.local_levels(determination, version);
        let readings = levels.into_iter().flat_map(|(parameter, _)| &parameter.local_readings);
        let mut steps: Vec<Step> = Vec::new();
        for reading in readings {
            let cites: Vec<Citation> = reading.cite.iter().map(|cite| cite.value.clone()).collect();
            let label = language.pick("Cách hiểu", "Our reading");
            let step = Step {
                text: format!("{label}: {}", language.of(&reading.says)),
                articles: self.articles(&cites),
            };
            if !steps.contains(&step) {
                steps.push(step);
            }
        }
        steps
    }

    /// Returns the levels set by a place that the answer rests on: in its amount, and in the conditions of the group that
    /// pays, or of all groups where none does.
    fn local_levels(&self, determination: &Determination, version: &Version) -> Vec<(&Parameter, &Dated)> {
        if self.rules.overlays.is_empty() {
            return Vec::new();
        }
        let judged = &determination.judged;
        let paying = judged
            .paying
            .and_then(|at| judged.groups.get(at))
            .map(|outcome| outcome.group);
        let mut nodes: Vec<NodeId> = version.requires.iter().map(|condition| condition.when).collect();
        nodes.extend(version.amount.filter(|_| paying.is_some()));
        let groups = version.groups.iter().enumerate();
        for (_, group) in groups.filter(|(at, _)| paying.is_none_or(|paying| *at == paying)) {
            nodes.push(group.when);
            nodes.extend(group.any.iter().map(|point| point.when));
            let mut cases: Vec<_> = group.cases.iter().filter(|_| paying.is_some()).collect();
            while let Some(case) = cases.pop() {
                nodes.extend(case.when);
                cases.extend(&case.except);
            }
        }
        let (mut seen, mut used) = (BTreeSet::new(), BTreeSet::new());
        while let Some(node) = nodes.pop() {
            if !seen.insert(node) {
                continue;
            }
            self.rules.walk(node, &mut |op| match op {
                Op::Parameter(at) => drop(used.insert(*at)),
                Op::Term(at, _) => nodes.extend(self.rules.terms.get(*at).map(|term| term.is)),
                Op::Group { group, .. } => {
                    let group = version.groups.get(*group);
                    nodes.extend(group.map(|group| group.when));
                    nodes.extend(group.into_iter().flat_map(|group| &group.any).map(|point| point.when));
                }
                _ => {}
            });
        }
        let parameters = used.into_iter().filter_map(|at| self.rules.parameters.get(at));
        let on_the_day = parameters.filter_map(|parameter| Some((parameter, parameter.on(judged.day)?)));
        on_the_day.filter(|(_, dated)| dated.local.is_some()).collect()
    }
}
