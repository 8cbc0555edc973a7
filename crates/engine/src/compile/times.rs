//! Time: stretches without a value, what outlives its instrument, and the chain of instruments.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::read::{At, Citation, InstrumentFile};
use crate::rules::{NodeId, Op, RuleSet, Version};

use super::Compiler;

impl RuleSet {
    /// Calls `visit` for a node and everything below it, terms included.
    pub(crate) fn walk_terms(&self, node: NodeId, visit: &mut impl FnMut(&Op)) {
        let mut seen = BTreeSet::new();
        let mut left = vec![node];
        while let Some(node) = left.pop() {
            self.walk(node, &mut |op| {
                if let Op::Term(at, _) = op
                    && seen.insert(*at)
                {
                    left.extend(self.terms.get(*at).map(|term| term.is));
                }
                visit(op);
            });
        }
    }

    /// Returns the parameters a version uses, through terms too.
    pub(crate) fn parameters_of(&self, version: &Version) -> BTreeSet<usize> {
        let mut used = BTreeSet::new();
        for node in version.expressions() {
            self.walk_terms(node, &mut |op| {
                if let Op::Parameter(at) = op {
                    used.insert(*at);
                }
            });
        }
        used
    }
}

impl Compiler<'_> {
    /// Every day on which a value is used has one.
    pub(super) fn stretches_without_value(&mut self) {
        for parameter in &self.files.parameters {
            for pair in parameter.dated.windows(2) {
                let [before, next] = pair else { continue };
                let Some(until) = before.until.as_ref().filter(|until| until.value < next.from.value) else {
                    continue;
                };
                let (name, from) = (&parameter.name.value, next.from.value);
                let message = format!("`{name}` has no value from {} to the day before {from}", until.value);
                let hint = "without `until` a value holds until the next one begins".to_owned();
                self.error("E0404", until.span, message, Some(hint));
            }
        }
        let mut told = BTreeSet::new();
        for file in &self.files.programmes {
            let Some(version) = self.version_of(&file.id.value, file.from) else {
                continue;
            };
            let until = version.until;
            let mut wrong = Vec::new();
            for at in self.rules.parameters_of(version) {
                let Some(parameter) = self.rules.parameters.get(at) else {
                    continue;
                };
                let first = parameter.dated.first().map(|dated| dated.from);
                let end = parameter.dated.last().and_then(|dated| dated.until);
                if first.is_some_and(|first| file.from < first) {
                    wrong.push((parameter.name.clone(), file.from));
                } else if let Some(end) = end.filter(|end| until.is_none_or(|until| *end < until)) {
                    wrong.push((parameter.name.clone(), end.max(file.from)));
                }
            }
            // A version that overlays divide has one place in one file.
            wrong.retain(|(name, _)| told.insert((file.span, name.clone())));
            for (name, day) in wrong {
                let message = format!("this version uses `{name}`, which has no value on {day}");
                let hint = "give it a value for that day, or let the version end".to_owned();
                self.error("E0404", file.span, message, Some(hint));
            }
        }
    }

    pub(super) fn version_of(&self, id: &str, from: Date) -> Option<&Version> {
        let (_, programme) = self.rules.programme_named(id)?;
        programme.versions.iter().find(|version| version.from == from)
    }

    /// Reports, once for each instrument, that what cites it goes on when it has ended.
    pub(super) fn outlived<'c>(
        &mut self,
        cites: impl IntoIterator<Item = &'c At<Citation>>,
        from: Date,
        until: Option<Date>,
    ) {
        let mut told = BTreeSet::new();
        for citation in cites {
            let id = &citation.value.instrument;
            let ends = self.rules.instruments.get(id).and_then(|instrument| instrument.ends);
            let Some(ends) = ends.filter(|ends| from < *ends && until.is_none_or(|until| *ends < until)) else {
                continue;
            };
            if told.insert(id) {
                let message = format!("`{id}` ends on {ends}, and this goes on");
                let hint =
                    "what replaces it is a new version or value from that day on; or say when this ends".to_owned();
                self.error("E0405", citation.span, message, Some(hint));
            }
        }
    }

    /// No instrument amends or replaces itself, and what is replaced has an end.
    pub(super) fn chain_of_instruments(&mut self) {
        let files = self.files;
        for instrument in &files.instruments {
            for other in instrument.amends.iter().chain(&instrument.replaces) {
                if self.leads_to(&other.value, &instrument.id.value) {
                    let message = format!("`{}` amends or replaces what comes back to itself", instrument.id.value);
                    let hint = "an instrument amends or replaces older ones only".to_owned();
                    self.error("E0406", other.span, message, Some(hint));
                }
            }
            for other in &instrument.replaces {
                let replaced = self.rules.instruments.get(&other.value);
                if let Some(replaced) = replaced.filter(|replaced| replaced.ends.is_none()) {
                    let (id, from) = (&replaced.id.value, instrument.in_force);
                    let message = format!("`{id}` is replaced by `{}` and has no `ends`", instrument.id.value);
                    let hint = format!("write `ends = {from}` in `{id}`, or say `amends` where part of it goes on");
                    self.error("E0406", other.span, message, Some(hint));
                }
            }
        }
    }

    /// Whether an instrument amends or replaces another, perhaps through others, or is the other.
    fn leads_to(&self, from: &str, to: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut left = vec![from.to_owned()];
        while let Some(id) = left.pop() {
            if id == to {
                return true;
            }
            let next = self
                .rules
                .instruments
                .get(&id)
                .map(|i: &InstrumentFile| i.amends.iter().chain(&i.replaces));
            if seen.insert(id) {
                left.extend(next.into_iter().flatten().map(|other| other.value.clone()));
            }
        }
        false
    }
}
