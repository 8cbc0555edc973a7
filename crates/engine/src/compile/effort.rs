//! No rule takes more steps than anybody has patience for, and none rests on a chain that goes deeper than the stack.
//!
//! What is counted is the worst that can happen: every part is looked at, for each of the thirty persons a household can have.
//! Terms double their cost when they are used twice, and a question over persons inside another multiplies it.

use std::collections::BTreeSet;

use crate::diagnostic::Span;
use crate::household::MOST_PERSONS;
use crate::rules::{NodeId, Op, Version};

use super::Compiler;
use super::circles::{needed, order};

/// Far more steps than any law needs, and about a second of work.
const MOST_STEPS: u64 = 1_000_000;

/// Far deeper than anybody can follow; the evaluation calls itself once for each.
const DEEPEST: u64 = 300;

/// What it takes to work something out.
#[derive(Clone, Copy, Default)]
struct Effort {
    steps: u64,
    depth: u64,
}

impl Effort {
    fn and(self, other: Effort) -> Effort {
        Effort {
            steps: self.steps.saturating_add(other.steps),
            depth: self.depth.max(other.depth),
        }
    }

    /// The whole of which these are the parts.
    fn whole(self) -> Effort {
        Effort {
            steps: self.steps.saturating_add(1),
            depth: self.depth + 1,
        }
    }

    fn is_too_much(self) -> bool {
        self.steps > MOST_STEPS || self.depth > DEEPEST
    }
}

/// What is known so far of what expressions refer to.
#[derive(Default)]
struct Known {
    terms: Vec<Effort>,
    programmes: Vec<Effort>,
    groups: Vec<Effort>,
}

impl Compiler<'_> {
    /// Says which terms and programmes ask too much; the first in each chain, as the others only rest on it.
    pub(super) fn effort(&mut self) {
        let mut known = Known {
            terms: vec![Effort::default(); self.rules.terms.len()],
            programmes: vec![Effort::default(); self.rules.programmes.len()],
            groups: Vec::new(),
        };
        let mut too_much: Vec<(String, Span)> = Vec::new();
        for at in order(&self.steps_of_terms()) {
            let Some(term) = self.rules.terms.get(at) else { continue };
            let mut effort = self.work(term.is, &known);
            if effort.is_too_much() {
                let file = self.files.terms.get(at).map(|file| file.name.span);
                too_much.extend(file.map(|span| (term.name.clone(), span)));
                effort = Effort::default();
            }
            if let Some(place) = known.terms.get_mut(at) {
                *place = effort;
            }
        }
        for at in order(&self.steps_of_programmes()) {
            let Some(programme) = self.rules.programmes.get(at) else {
                continue;
            };
            let mut whole = Effort::default();
            for version in &programme.versions {
                known.groups = vec![Effort::default(); version.groups.len()];
                for group in order(&self.steps_of_groups(version)) {
                    let nodes = version
                        .groups
                        .get(group)
                        .into_iter()
                        .flat_map(|group| needed(version, group));
                    let effort = nodes.fold(Effort::default(), |sum, node| sum.and(self.work(node, &known)));
                    if let Some(place) = known.groups.get_mut(group) {
                        *place = effort.whole();
                    }
                }
                let nodes = version.expressions().into_iter();
                let all = nodes.fold(Effort::default(), |sum, node| sum.and(self.work(node, &known)));
                whole = whole.and(all.whole());
            }
            if whole.is_too_much() {
                let file = self.files.programmes.iter().find(|file| file.id.value == programme.id);
                too_much.extend(file.map(|file| (programme.id.clone(), file.id.span)));
                whole = Effort::default();
            }
            if let Some(place) = known.programmes.get_mut(at) {
                *place = whole;
            }
        }
        for (name, span) in too_much {
            let hint = "fewer questions over persons inside others, and shorter chains of terms".to_owned();
            self.error(
                "E0311",
                span,
                format!("`{name}` takes too many steps to work out"),
                Some(hint),
            );
        }
    }

    fn steps_of_terms(&self) -> Vec<BTreeSet<usize>> {
        let of = |op: &Op| match op {
            Op::Term(next, _) => Some(*next),
            _ => None,
        };
        self.rules
            .terms
            .iter()
            .map(|term| self.mentioned([term.is], of))
            .collect()
    }

    fn steps_of_groups(&self, version: &Version) -> Vec<BTreeSet<usize>> {
        let of = |op: &Op| match op {
            Op::Group { group, .. } => Some(*group),
            _ => None,
        };
        version
            .groups
            .iter()
            .map(|group| self.mentioned(needed(version, group), of))
            .collect()
    }

    fn steps_of_programmes(&self) -> Vec<BTreeSet<usize>> {
        let of = |op: &Op| match op {
            Op::Entitled(next) => Some(*next),
            _ => None,
        };
        let programmes = self.rules.programmes.iter();
        programmes
            .map(|programme| self.mentioned(programme.versions.iter().flat_map(Version::expressions), of))
            .collect()
    }

    /// Expressions are not nested deep, so that this may call itself.
    fn work(&self, node: NodeId, known: &Known) -> Effort {
        let op = self.rules.op(node);
        let parts = op.children().into_iter();
        let parts = parts.fold(Effort::default(), |sum, part| sum.and(self.work(part, known)));
        let effort = match op {
            Op::Aggregate { .. } => Effort {
                steps: parts.steps.saturating_add(1).saturating_mul(MOST_PERSONS as u64),
                ..parts
            },
            Op::Term(at, _) => parts.and(known.terms.get(*at).copied().unwrap_or_default()),
            Op::Entitled(at) => parts.and(known.programmes.get(*at).copied().unwrap_or_default()),
            Op::Group { group, .. } => parts.and(known.groups.get(*group).copied().unwrap_or_default()),
            _ => parts,
        };
        effort.whole()
    }
}
