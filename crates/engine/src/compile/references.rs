//! Citations, circles between groups and between programmes, and facts that nothing uses.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::{Span, did_you_mean};
use crate::read::{At, Citation, ProgrammeFile, Scope};
use crate::rules::{NodeId, Op, RuleSet};

use super::Compiler;

impl RuleSet {
    /// Calls `visit` for a node and everything below it in the same expression.
    pub(crate) fn walk(&self, node: NodeId, visit: &mut impl FnMut(&Op)) {
        let op = self.op(node);
        visit(op);
        for child in op.children() {
            self.walk(child, visit);
        }
    }
}

impl Op {
    /// Returns the nodes it is made of.
    pub(crate) fn children(&self) -> Vec<NodeId> {
        match self {
            Op::Truth(_) | Op::Number(..) | Op::Date(_) | Op::Choice(..) | Op::Day | Op::Fact(..) => Vec::new(),
            Op::Parameter(_) | Op::Term(..) | Op::Group { .. } | Op::Entitled(_) | Op::Coefficient => Vec::new(),
            Op::Not(a) | Op::Negate(a) | Op::OneOf(a, ..) | Op::Absent(a, _) | Op::Recode(a, _) => vec![*a],
            Op::And(parts) | Op::Or(parts) | Op::Call(_, parts) => parts.clone(),
            Op::Compare(_, a, b) | Op::Arithmetic(_, a, b) => vec![*a, *b],
            Op::Between { value, low, high, .. } => vec![*value, *low, *high],
            Op::If(a, b, c) => vec![*a, *b, *c],
            Op::Aggregate { of, filter, .. } => [*of, *filter].into_iter().flatten().collect(),
        }
    }
}

impl Compiler<'_> {
    /// Checks everything that refers to something else.
    pub(super) fn references(&mut self) {
        let files = self.files;
        for parameter in &files.parameters {
            for value in &parameter.dated {
                let from = if value.backdated.is_empty() {
                    Some(value.from.value)
                } else {
                    None
                };
                self.cited(&value.cite, from, value.from.span);
                self.cited(&value.backdated, None, value.from.span);
            }
        }
        for term in &files.terms {
            self.cited_if_any(&term.cite);
        }
        for programme in &files.programmes {
            self.programme_citations(programme);
        }
        for instrument in &files.instruments {
            for other in instrument.amends.iter().chain(&instrument.replaces) {
                if !self.rules.instruments.contains_key(&other.value) {
                    self.error(
                        "E0401",
                        other.span,
                        format!("unknown instrument `{}`", other.value),
                        None,
                    );
                }
            }
        }
        self.circles();
        self.unused_facts();
    }

    fn programme_citations(&mut self, file: &ProgrammeFile) {
        let on = if file.backdated.is_empty() {
            Some(file.from)
        } else {
            None
        };
        self.cited(&file.cite, on, file.span);
        self.cited_if_any(&file.backdated);
        for condition in &file.requires {
            self.cited(&condition.cite, on, condition.name.span);
        }
        for group in &file.groups {
            self.cited(&group.cite, on, group.name.span);
            for point in &group.any {
                self.cited(&point.cite, on, point.name.span);
            }
        }
        let mut cases: Vec<_> = file.cases.iter().collect();
        while let Some(case) = cases.pop() {
            self.cited(&case.cite, on, case.name.span);
            cases.extend(&case.except);
        }
        if let Some(choose) = &file.choose {
            self.cited(&choose.cite, on, choose.across.span);
            for keep in &choose.keep_both {
                self.cited(&keep.cite, on, keep.with.span);
            }
        }
        for left in &file.left_out {
            self.cited_if_any(&left.cite);
        }
        for reading in &file.readings {
            self.cited_if_any(&reading.cite);
        }
        if let Some(start) = &file.start {
            self.cited_if_any(&start.general.cite);
            for (_, rule) in &start.except {
                self.cited_if_any(&rule.cite);
            }
        }
        if let Some(stop) = &file.stop {
            self.cited_if_any(&stop.cite);
        }
        if let Some(apply) = &file.apply {
            self.cited_if_any(&apply.cite);
            if let Some((form, _)) = &apply.form {
                self.cited_if_any(form);
            }
        }
    }

    fn cited_if_any(&mut self, cite: &[At<Citation>]) {
        for citation in cite {
            self.citation(citation, None);
        }
    }

    /// There is a citation, and its first instrument is in force on the day from which the thing applies.
    fn cited(&mut self, cite: &[At<Citation>], on: Option<Date>, span: Span) {
        if cite.is_empty() && on.is_some() {
            self.error("E0401", span, "this cites no article of law", None);
        }
        for citation in cite {
            self.citation(citation, on);
        }
    }

    fn citation(&mut self, citation: &At<Citation>, on: Option<Date>) {
        let id = &citation.value.instrument;
        let Some(instrument) = self.rules.instruments.get(id) else {
            let hint = did_you_mean(id, self.rules.instruments.keys().map(String::as_str));
            self.error("E0401", citation.span, format!("unknown instrument `{id}`"), hint);
            return;
        };
        let (in_force, ends) = (instrument.in_force, instrument.ends);
        if let Some(on) = on {
            if on < in_force {
                let message = format!("`{id}` is in force from {in_force} only, and this applies from {on}");
                let hint = "a value before its instrument needs `backdated` with the article that says so".to_owned();
                self.error("E0403", citation.span, message, Some(hint));
            } else if ends.is_some_and(|ends| on >= ends) {
                self.error(
                    "E0403",
                    citation.span,
                    format!("`{id}` is no longer in force on {on}"),
                    None,
                );
            }
        }
    }

    /// No group and no programme depends on itself.
    fn circles(&mut self) {
        for at in 0..self.rules.programmes.len() {
            if self.programme_reaches(at, at, &mut BTreeSet::new()) {
                let Some(id) = self.rules.programmes.get(at).map(|p| p.id.clone()) else {
                    continue;
                };
                let span = self.files.programmes.iter().find(|p| p.id.value == id).map(|p| p.span);
                self.error(
                    "E0306",
                    span.unwrap_or_default(),
                    format!("`{id}` depends on its own answer"),
                    None,
                );
            }
        }
        let mut circular = Vec::new();
        for programme in &self.rules.programmes {
            for version in &programme.versions {
                for (at, group) in version.groups.iter().enumerate() {
                    let mut seen = BTreeSet::new();
                    let mut todo = self.groups_of(version.groups.get(at));
                    while let Some(next) = todo.pop() {
                        if next == at {
                            circular.push((programme.id.clone(), version.from, group.name.clone()));
                            break;
                        }
                        if seen.insert(next) {
                            todo.extend(self.groups_of(version.groups.get(next)));
                        }
                    }
                }
            }
        }
        for (id, from, group) in circular {
            let file = self
                .files
                .programmes
                .iter()
                .find(|p| p.id.value == id && p.from == from);
            let span = file
                .and_then(|f| f.groups.iter().find(|g| g.name.value == group))
                .map(|g| g.name.span);
            self.error(
                "E0306",
                span.unwrap_or_default(),
                format!("group `{group}` depends on itself"),
                None,
            );
        }
    }

    fn groups_of(&self, group: Option<&crate::rules::Group>) -> Vec<usize> {
        let mut found = Vec::new();
        if let Some(group) = group {
            for node in std::iter::once(group.when).chain(group.any.iter().map(|point| point.when)) {
                self.rules.walk(node, &mut |op| {
                    if let Op::Group { group, .. } = op {
                        found.push(*group);
                    }
                });
            }
        }
        found
    }

    fn programme_reaches(&self, from: usize, to: usize, seen: &mut BTreeSet<usize>) -> bool {
        let mut next = BTreeSet::new();
        for version in self.rules.programmes.get(from).into_iter().flat_map(|p| &p.versions) {
            for node in version.expressions() {
                self.rules.walk(node, &mut |op| {
                    if let Op::Entitled(programme) = op {
                        next.insert(*programme);
                    }
                });
            }
        }
        next.into_iter()
            .any(|n| n == to || (seen.insert(n) && self.programme_reaches(n, to, seen)))
    }

    /// A fact that no rule looks at need not be asked.
    fn unused_facts(&mut self) {
        let mut used = BTreeSet::new();
        for op in &self.rules.nodes {
            if let Op::Fact(id, _) = op {
                used.insert(*id);
            }
        }
        let starts = self.files.programmes.iter().filter_map(|p| p.start.as_ref());
        let named: BTreeSet<&str> = starts
            .flat_map(|s| std::iter::once(&s.general).chain(s.except.iter().map(|(_, rule)| rule)))
            .filter_map(|rule| rule.fact.as_ref().map(|fact| fact.value.as_str()))
            .collect();
        for fact in &self.files.facts {
            let Some((id, _)) = self.rules.fact_named(fact.scope, &fact.name.value) else {
                continue;
            };
            let in_roster = fact.scope == Scope::Person && ["birth_date", "sex"].contains(&fact.name.value.as_str());
            if !used.contains(&id) && !named.contains(fact.name.value.as_str()) && !in_roster {
                let message = format!("no rule uses the fact `{}`", fact.name.value);
                let hint = "leave it out, so that nobody is asked for nothing".to_owned();
                self.findings.warning("W0601", fact.name.span, message, hint);
            }
        }
    }
}

impl crate::rules::Version {
    /// Returns every expression of the version.
    pub(crate) fn expressions(&self) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = self.requires.iter().map(|condition| condition.when).collect();
        nodes.extend(self.amount);
        for group in &self.groups {
            nodes.push(group.when);
            nodes.extend(group.any.iter().map(|point| point.when));
            let mut cases: Vec<_> = group.cases.iter().collect();
            while let Some(case) = cases.pop() {
                nodes.extend(case.when);
                cases.extend(&case.except);
            }
        }
        nodes
    }
}
