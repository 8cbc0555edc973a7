//! Conditions as trees of criteria: the explanation is the evaluation.

use std::sync::Arc;

use jiff::civil::Date;

use crate::read::{Citation, Text};
use crate::report::Join;
use crate::rules::{Condition, Group, NodeId, Op, RuleSet, Type, Who};
use crate::value::Truth;

use super::{Evaluator, Frame, Stop, every};

/// One condition as evaluated, with its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Criterion {
    /// The expression.
    pub node: NodeId,
    /// For whom it was evaluated.
    pub frame: Frame,
    /// Whether it holds.
    pub truth: Truth,
    /// The next day on which time alone could change it.
    pub flips: Option<Date>,
    /// How the parts join.
    pub join: Join,
    /// Its parts; empty when it is one comparison.
    pub parts: Vec<Criterion>,
    /// The named condition of a programme that it is, if it is one.
    pub condition: Option<Arc<Condition>>,
}

impl Criterion {
    /// Returns its name, where it is a named condition.
    pub fn name(&self) -> Option<&str> {
        self.condition.as_ref().map(|condition| condition.name.as_str())
    }

    /// Returns its title: its own, or that of the term or group it consists of.
    pub fn title<'r>(&'r self, rules: &'r RuleSet) -> Option<&'r Text> {
        let own = self.condition.as_ref().and_then(|condition| condition.title.as_ref());
        own.or_else(|| match rules.op(self.node) {
            Op::Term(at, _) => rules
                .terms
                .get(*at)
                .filter(|term| term.kind == Type::Truth)
                .map(|term| &term.title),
            op => group_of(rules, op).map(|group| &group.title),
        })
    }

    /// Returns its articles: those of the term or group it consists of, or its own.
    pub fn cite<'r>(&'r self, rules: &'r RuleSet) -> &'r [Citation] {
        let inner = match rules.op(self.node) {
            Op::Term(at, _) => rules.terms.get(*at).map(|term| term.cite.as_slice()),
            op => group_of(rules, op).map(|group| group.cite.as_slice()),
        };
        let own = self.condition.as_ref().map(|condition| condition.cite.as_slice());
        inner.filter(|cite| !cite.is_empty()).or(own).unwrap_or_default()
    }
}

fn group_of<'r>(rules: &'r RuleSet, op: &Op) -> Option<&'r Group> {
    let Op::Group {
        programme,
        version,
        group,
    } = op
    else {
        return None;
    };
    rules
        .programmes
        .get(*programme)?
        .versions
        .get(*version)?
        .groups
        .get(*group)
}

impl Evaluator<'_> {
    /// Evaluates a condition into its criteria.
    ///
    /// # Errors
    /// [`Stop`] when it rests on something that has no value.
    pub(super) fn criterion(&mut self, node: NodeId, frame: Frame) -> Result<Criterion, Stop> {
        let rules = self.rules;
        let leaf = |truth, flips| Criterion {
            node,
            frame,
            truth,
            flips,
            join: Join::All,
            parts: Vec::new(),
            condition: None,
        };
        match rules.op(node) {
            Op::And(nodes) => {
                let parts = self.parts(nodes, frame)?;
                let (truth, flips) = every(&states(&parts));
                Ok(Criterion {
                    parts,
                    ..leaf(truth, flips)
                })
            }
            Op::Or(nodes) => {
                let parts = self.parts(nodes, frame)?;
                let (truth, flips) = any_of(&parts);
                Ok(Criterion {
                    parts,
                    join: Join::Any,
                    ..leaf(truth, flips)
                })
            }
            Op::Term(at, who) => {
                let (truth, flips) = self.truth(node, frame)?;
                let mut criterion = leaf(truth, flips);
                if let Some(term) = rules.terms.get(*at)
                    && term.kind == Type::Truth
                {
                    let person = match who {
                        Who::Me => frame.me,
                        Who::Subject => frame.subject,
                        Who::Household => None,
                    };
                    let inside = self.criterion(term.is, Frame::of(person))?;
                    criterion.join = inside.join;
                    criterion.parts = if inside.parts.is_empty() {
                        vec![inside]
                    } else {
                        inside.parts
                    };
                }
                Ok(criterion)
            }
            Op::Group {
                programme,
                version,
                group,
            } => {
                let (truth, flips) = self.group_truth(*programme, *version, *group, frame.me)?;
                Ok(leaf(truth, flips))
            }
            _ => {
                let (truth, flips) = self.truth(node, frame)?;
                Ok(leaf(truth, flips))
            }
        }
    }

    /// Evaluates a named condition of a programme.
    pub(super) fn named(&mut self, condition: &Arc<Condition>, frame: Frame) -> Result<Criterion, Stop> {
        let criterion = self.criterion(condition.when, frame)?;
        Ok(Criterion {
            condition: Some(Arc::clone(condition)),
            ..criterion
        })
    }

    fn parts(&mut self, nodes: &[NodeId], frame: Frame) -> Result<Vec<Criterion>, Stop> {
        nodes.iter().map(|part| self.criterion(*part, frame)).collect()
    }
}

/// Returns the truth of "one of them", and when it can change.
pub(super) fn any_of(parts: &[Criterion]) -> (Truth, Option<Date>) {
    let negated: Vec<_> = parts.iter().map(|part| (part.truth.negated(), part.flips)).collect();
    let (truth, flips) = every(&negated);
    (truth.negated(), flips)
}

/// Returns the truths of criteria with the days on which they can change.
pub(super) fn states(parts: &[Criterion]) -> Vec<(Truth, Option<Date>)> {
    parts.iter().map(|part| (part.truth, part.flips)).collect()
}
