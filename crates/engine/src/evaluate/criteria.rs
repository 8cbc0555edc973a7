//! Conditions as trees of criteria: the explanation is the evaluation.

use jiff::civil::Date;

use crate::read::{Citation, Text};
use crate::report::Join;
use crate::rules::{Condition, NodeId, Op, Type, Who};
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
    /// Its name, where it has one.
    pub name: Option<String>,
    /// Its title, where it has one.
    pub title: Option<Text>,
    /// Its articles, where it has its own.
    pub cite: Vec<Citation>,
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
            name: None,
            title: None,
            cite: Vec::new(),
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
                    criterion.title = Some(term.title.clone());
                    criterion.cite.clone_from(&term.cite);
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
                let outcome = self.group(*programme, *version, *group, frame.me)?;
                let mut criterion = leaf(outcome.truth, outcome.flips);
                let groups = rules.programmes.get(*programme).and_then(|p| p.versions.get(*version));
                if let Some(group) = groups.and_then(|v| v.groups.get(*group)) {
                    criterion.title = Some(group.title.clone());
                    criterion.cite.clone_from(&group.cite);
                }
                Ok(criterion)
            }
            _ => {
                let (truth, flips) = self.truth(node, frame)?;
                Ok(leaf(truth, flips))
            }
        }
    }

    /// Evaluates a named condition of a programme.
    pub(super) fn named(&mut self, condition: &Condition, frame: Frame) -> Result<Criterion, Stop> {
        let mut criterion = self.criterion(condition.when, frame)?;
        criterion.name = Some(condition.name.clone());
        if condition.title.is_some() {
            criterion.title.clone_from(&condition.title);
        }
        if criterion.cite.is_empty() {
            criterion.cite.clone_from(&condition.cite);
        }
        Ok(criterion)
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
