//! Citations, and benefits that compete with nothing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::diagnostic::did_you_mean;
use crate::read::{At, Case, Citation, Each, Group, ProgrammeFile};
use crate::rules::{NodeId, Op, RuleSet, Version};

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

    /// Returns a programme with all on which it rests: those whose entitlement or groups it names, and so on.
    pub(crate) fn rests_on(&self, programme: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::from([programme]);
        let mut left = vec![programme];
        while let Some(at) = left.pop() {
            let versions = self.programmes.get(at).into_iter().flat_map(|p| &p.versions);
            for node in versions.flat_map(Version::expressions) {
                self.walk_terms(node, &mut |op| match op {
                    Op::Entitled(other) | Op::Group { programme: other, .. } if found.insert(*other) => {
                        left.push(*other);
                    }
                    _ => {}
                });
            }
        }
        found
    }
}

impl Op {
    /// Returns the nodes it is made of.
    pub(crate) fn children(&self) -> Vec<NodeId> {
        match self {
            Op::Truth(_) | Op::Number(..) | Op::Date(_) | Op::Choice(..) | Op::Fact(..) => Vec::new(),
            Op::Day
            | Op::DiedOn(_)
            | Op::Parameter(_)
            | Op::Term(..)
            | Op::Group { .. }
            | Op::Entitled(_)
            | Op::Coefficient => Vec::new(),
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
            if let Some(local) = &parameter.local {
                self.cited(&local.cite, None);
            }
            for (at, value) in parameter.dated.iter().enumerate() {
                let from = value.backdated.is_empty().then_some(value.from.value);
                self.cited(&value.cite, from);
                self.cited(&value.backdated, None);
                let next = parameter.dated.get(at + 1).map(|next| next.from.value);
                let until = value.until.as_ref().map(|until| until.value).or(next);
                self.outlived(&value.cite, value.from.value, until);
            }
        }
        for assume in files.facts.iter().filter_map(|fact| fact.assume.as_ref()) {
            self.cited(&assume.cite, None);
        }
        for term in &files.terms {
            self.cited(&term.cite, None);
        }
        for provinces in &files.provinces {
            self.cited(&provinces.cite, Some(provinces.from));
            self.cited(provinces.readings.iter().flat_map(|reading| &reading.cite), None);
        }
        for holidays in &files.holidays {
            let first = Date::new(holidays.year, 1, 1).ok();
            self.cited(&holidays.cite, first);
            self.cited(holidays.readings.iter().flat_map(|reading| &reading.cite), None);
        }
        for programme in self.written {
            self.programme_citations(programme);
        }
        self.local_citations();
        for instrument in &files.instruments {
            for other in instrument.amends.iter().chain(&instrument.replaces) {
                if !self.rules.instruments.contains_key(&other.value) {
                    self.unknown_instrument(other);
                }
            }
        }
        self.chain_of_instruments();
        self.worked_cases();
        self.circles();
        self.lonely_competitors();
        // What an expression with a mistake in it uses is not known.
        if !self.findings.any_error() {
            self.unused_facts();
            self.unused_names();
            self.effort();
        }
        // These follow every chain to its end.
        if !self.findings.any_error() {
            self.stretches_without_value();
            self.numbers();
        }
    }

    /// Worked cases stand in the folder of a programme.
    fn worked_cases(&mut self) {
        let mut told = BTreeSet::new();
        for case in &self.files.cases {
            let id = &case.programme;
            if self.rules.programme_named(id).is_none() && told.insert(id) {
                let hint = did_you_mean(id, self.rules.programmes.iter().map(|p| p.id.as_str()));
                self.error("E0304", case.span, format!("no programme `{id}` for this case"), hint);
            }
        }
    }

    /// What overlays set, on the days from which it holds.
    fn local_citations(&mut self) {
        let files = self.files;
        for fill in &files.fills {
            for value in &fill.dated {
                let from = value.backdated.is_empty().then_some(value.from.value);
                self.cited(&value.cite, from);
                self.cited(&value.backdated, None);
            }
            self.cited(fill.readings.iter().flat_map(|reading| &reading.cite), None);
        }
        for addition in &files.additions {
            let on = addition.backdated.is_empty().then_some(addition.from);
            self.cited(&addition.backdated, None);
            let mut cites: Vec<&At<Citation>> = addition.cite.iter().collect();
            cites.extend(groups_and_cases(&addition.groups, &addition.cases));
            cites.extend(addition.keep_both.iter().flat_map(|keep| &keep.cite));
            self.cited(cites, on);
            self.cited(addition.left_out.iter().flat_map(|left| &left.cite), None);
            self.cited(addition.readings.iter().flat_map(|reading| &reading.cite), None);
        }
    }

    fn programme_citations(&mut self, file: &ProgrammeFile) {
        let on = file.backdated.is_empty().then_some(file.from);
        self.cited(&file.backdated, None);
        let mut cites: Vec<&At<Citation>> = file.cite.iter().collect();
        cites.extend(file.requires.iter().flat_map(|condition| &condition.cite));
        cites.extend(groups_and_cases(&file.groups, &file.cases));
        if let Some(choose) = &file.choose {
            cites.extend(&choose.cite);
            cites.extend(choose.keep_both.iter().flat_map(|keep| &keep.cite));
        }
        if let Some(start) = &file.start {
            cites.extend(&start.general.cite);
            cites.extend(start.except.iter().flat_map(|(_, rule)| &rule.cite));
        }
        cites.extend(file.stop.iter().flat_map(|stop| &stop.cite));
        cites.extend(file.pauses.iter().flat_map(|pause| &pause.cite));
        cites.extend(file.pays.limit.iter().flat_map(|(cite, _)| cite));
        if let Some(apply) = &file.apply {
            cites.extend(&apply.cite);
            cites.extend(apply.form.iter().flat_map(|(cite, _)| cite));
        }
        let later = self.written.iter().filter(|other| other.id.value == file.id.value);
        let next = later.map(|other| other.from).filter(|from| *from > file.from).min();
        let until = next.or(file.ends);
        self.cited(cites.iter().copied(), on);
        self.outlived(cites, file.from, until);
        // These apply on no day: they speak about the text of the law.
        self.cited(file.open.iter().flat_map(|open| &open.cite), None);
        self.cited(file.left_out.iter().flat_map(|left| &left.cite), None);
        self.cited(file.readings.iter().flat_map(|reading| &reading.cite), None);
    }

    /// Every instrument is declared and, where a day is given, in force on it.
    ///
    /// An instrument not in force is reported at its first citation only: the day is wrong once, not at each article.
    fn cited<'c>(&mut self, cites: impl IntoIterator<Item = &'c At<Citation>>, on: Option<Date>) {
        let mut told = BTreeSet::new();
        for citation in cites {
            let id = &citation.value.instrument;
            let Some(instrument) = self.rules.instruments.get(id) else {
                self.unknown_instrument(&At {
                    value: id.clone(),
                    span: citation.span,
                });
                continue;
            };
            let (in_force, ends) = (instrument.in_force, instrument.ends);
            let Some(on) = on else { continue };
            if on < in_force && told.insert(id) {
                let message = format!("`{id}` is in force from {in_force} only, and this applies from {on}");
                let hint = "`backdated = \"…\"` names the article that permits an earlier day".to_owned();
                self.error("E0403", citation.span, message, Some(hint));
            } else if ends.is_some_and(|ends| on >= ends) && told.insert(id) {
                let message = format!("`{id}` is no longer in force on {on}");
                self.error("E0403", citation.span, message, None);
            }
        }
    }

    fn unknown_instrument(&mut self, id: &At<String>) {
        let hint = did_you_mean(&id.value, self.rules.instruments.keys().map(String::as_str));
        self.error("E0401", id.span, format!("unknown instrument `{}`", id.value), hint);
    }

    /// A programme that competes alone has probably misspelt what it competes in.
    fn lonely_competitors(&mut self) {
        let mut across: BTreeMap<&str, Vec<(&str, &At<String>)>> = BTreeMap::new();
        for file in &self.files.programmes {
            // Where several persons compete a programme alone is one of which one of them has the benefit.
            if let Some(choose) = file.choose.as_ref().filter(|choose| choose.each.value == Each::Person) {
                let word = &choose.across;
                across.entry(&word.value).or_default().push((&file.id.value, word));
            }
        }
        for (word, programmes) in &across {
            let Some((id, first)) = programmes.first() else {
                continue;
            };
            if programmes.iter().all(|(other, _)| other == id) {
                let others = across.keys().copied().filter(|other| other != word);
                let message = format!("no other programme competes in `{word}`");
                self.findings
                    .warning("W0602", first.span, message, did_you_mean(word, others));
            }
        }
    }
}

fn groups_and_cases<'f>(groups: &'f [Group], cases: &'f [Case]) -> Vec<&'f At<Citation>> {
    let mut cites = Vec::new();
    for group in groups {
        cites.extend(&group.cite);
        cites.extend(group.any.iter().flat_map(|point| &point.cite));
    }
    for case in cases {
        cites.extend(&case.cite);
        cites.extend(case.except.iter().flat_map(|except| &except.cite));
    }
    cites
}

impl crate::rules::Version {
    /// Returns every expression of the version.
    pub(crate) fn expressions(&self) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = self.requires.iter().map(|condition| condition.when).collect();
        nodes.extend(self.amount);
        nodes.extend(self.pauses.iter().map(|pause| pause.unless.when));
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
