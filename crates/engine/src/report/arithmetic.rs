//! How an amount comes about: each quantity with its article, then the formula with its figures.

use crate::assess::Determination;
use crate::evaluate::{Frame, GroupOutcome};
use crate::read::Citation;
use crate::rules::{NodeId, Op, Version};
use crate::syntax::Arithmetic;
use crate::value::{Truth, Value};
use crate::words::phrases::sign;

use super::Step;
use super::build::Writer;

impl Writer<'_> {
    /// Returns the arithmetic of a group's amount: each quantity with its article, then the product.
    pub(super) fn arithmetic(
        &mut self,
        group: &GroupOutcome,
        version: &Version,
        determination: &Determination,
    ) -> Vec<Step> {
        let Some(amount) = version.amount else {
            return Vec::new();
        };
        let language = self.language;
        let frame = Frame {
            coefficient: group.coefficient,
            ..Frame::of(determination.person)
        };
        let mut steps = Vec::new();
        self.parts_of_amount(amount, frame, group, version, &mut steps);
        if let Some(level) = group.level {
            let formula = self.formula(amount, frame);
            let result = language.level(level, version.every);
            let text = if formula == result || steps.len() < 2 {
                result
            } else {
                format!("{formula} = {result}")
            };
            steps.push(Step {
                text,
                articles: Vec::new(),
            });
        }
        steps
    }

    /// Explains each quantity an amount is made of.
    fn parts_of_amount(
        &mut self,
        node: NodeId,
        frame: Frame,
        group: &GroupOutcome,
        version: &Version,
        steps: &mut Vec<Step>,
    ) {
        let language = self.language;
        match self.rules.op(node) {
            Op::Parameter(at) => {
                let Some(parameter) = self.rules.parameters.get(*at) else {
                    return;
                };
                let Some(dated) = parameter.on(self.evaluator.day) else {
                    return;
                };
                steps.push(self.level_step(parameter, dated));
            }
            Op::Coefficient => {
                let value = group
                    .coefficient
                    .map(|range| language.numbers(range, crate::rules::Unit::default()));
                let known = version.groups.get(group.group);
                let mut why = Vec::new();
                let mut cites = Vec::new();
                for case in group.cases.iter().filter(|case| case.truth != Truth::No) {
                    why.extend(case.when.map(|when| language.phrase(self.rules, when)));
                    if let Some(cite) = known.and_then(|k| cite_of(&k.cases, &case.path)) {
                        cites = cite;
                    }
                }
                let why = if why.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", why.join("; "))
                };
                let text = format!(
                    "{}: {}{why}",
                    language.pick("Hệ số", "Coefficient"),
                    value.unwrap_or_default()
                );
                steps.push(Step {
                    text,
                    articles: self.articles(&cites),
                });
            }
            Op::Fact(..) | Op::Term(..) | Op::Aggregate { .. } => {
                let value = language.value_of(&mut self.evaluator, node, frame);
                let text = format!("{}: {value}", language.title(self.rules, node));
                steps.push(Step {
                    text,
                    articles: Vec::new(),
                });
            }
            Op::If(condition, then, otherwise) => match self.evaluator.truth(*condition, frame) {
                Ok((Truth::Yes, _)) => self.parts_of_amount(*then, frame, group, version, steps),
                Ok((Truth::No, _)) => self.parts_of_amount(*otherwise, frame, group, version, steps),
                _ => {
                    self.parts_of_amount(*then, frame, group, version, steps);
                    self.parts_of_amount(*otherwise, frame, group, version, steps);
                }
            },
            op => {
                for child in op.children() {
                    self.parts_of_amount(child, frame, group, version, steps);
                }
            }
        }
    }

    /// Returns the amount with its figures: `540.000 × 2,5`.
    fn formula(&mut self, node: NodeId, frame: Frame) -> String {
        match self.rules.op(node) {
            Op::Arithmetic(arithmetic, a, b) => {
                let sides = [*a, *b].map(|side| {
                    let inner = self.formula(side, frame);
                    let sum = matches!(
                        self.rules.op(side),
                        Op::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..)
                    );
                    if sum && matches!(arithmetic, Arithmetic::Multiply | Arithmetic::Divide) {
                        format!("({inner})")
                    } else {
                        inner
                    }
                });
                sides.join(&format!(" {} ", sign(*arithmetic)))
            }
            Op::If(condition, then, otherwise) => match self.evaluator.truth(*condition, frame) {
                Ok((Truth::Yes, _)) => self.formula(*then, frame),
                Ok((Truth::No, _)) => self.formula(*otherwise, frame),
                _ => self.figure(node, frame),
            },
            _ => self.figure(node, frame),
        }
    }

    fn figure(&mut self, node: NodeId, frame: Frame) -> String {
        match self.evaluator.value(node, frame).map(|seen| seen.value) {
            Ok(Value::Number(range)) => match range.bounds {
                Some((low, high)) if low == high => self.language.grouped(low),
                Some((low, high)) => format!("({} – {})", self.language.grouped(low), self.language.grouped(high)),
                None => String::new(),
            },
            _ => String::new(),
        }
    }
}

/// Returns the articles of the case or exception of that path.
fn cite_of(cases: &[crate::rules::Case], path: &[String]) -> Option<Vec<Citation>> {
    let (first, rest) = path.split_first()?;
    let case = cases.iter().find(|case| case.name == *first)?;
    if rest.is_empty() {
        Some(case.cite.clone())
    } else {
        cite_of(&case.except, rest)
    }
}
