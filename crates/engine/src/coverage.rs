//! How far worked cases test the rules: which criteria they saw hold and fail, and which thresholds they stood on.
//!
//! It is measured from outside, by walking the rules again for every answer that a case expects; the evaluator records
//! nothing and costs nothing more for it. LANGUAGE.md §9 says what counts as covered.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::assess::Determination;
use crate::diagnostic::Span;
use crate::evaluate::{Evaluator, Frame, Judged};
use crate::household::Household;
use crate::rules::{Case, NodeId, Op, RuleSet, Type};
use crate::syntax::{Aggregate, Comparison};
use crate::value::{Truth, Value};

/// What a part of a rule is, for a test of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A group with all that it needs.
    Group,
    /// A condition, or one of those it is made of.
    Criterion,
    /// A case or an exception.
    Case,
    /// A comparison of numbers or days.
    Threshold,
}

/// What worked cases saw of one part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The name of a group, case or exception; none where the text at the place says it.
    pub name: Option<String>,
    /// It held; for a threshold, with the last value with which it does.
    pub yes: bool,
    /// It failed; for a threshold, with the first value with which it does.
    pub no: bool,
    /// It can fail: a case without a condition always applies.
    pub has_no: bool,
}

/// What worked cases saw of the rules.
#[derive(Clone, Debug)]
pub struct Coverage {
    parts: BTreeMap<(Span, Part), Sight>,
}

impl Sight {
    /// Whether both sides were seen.
    pub fn is_covered(&self) -> bool {
        self.yes && (self.no || !self.has_no)
    }
}

impl Coverage {
    /// Returns everything there is to see, none of it seen.
    pub fn new(rules: &RuleSet) -> Coverage {
        let mut walk = Walk {
            rules,
            evaluator: None,
            parts: BTreeMap::new(),
        };
        for version in rules.programmes.iter().flat_map(|programme| &programme.versions) {
            for condition in &version.requires {
                walk.condition(condition.when, None);
            }
            for pause in &version.pauses {
                walk.condition(pause.when, None);
            }
            for group in &version.groups {
                walk.note(rules.place(group.when), Part::Group, Some(&group.name), None);
                walk.leaf(group.when, None);
                for point in &group.any {
                    walk.condition(point.when, None);
                }
                walk.cases(&group.cases, "", None);
            }
            if let Some(amount) = version.amount {
                walk.inside(amount, None);
            }
        }
        for term in &rules.terms {
            walk.definition(term.is, &term.kind, None);
        }
        Coverage { parts: walk.parts }
    }

    /// Adds what an answer saw that a worked case expects.
    pub fn see(&mut self, rules: &RuleSet, household: &Household, determination: &Determination) {
        let days = std::iter::once(&determination.judged).chain(determination.other_day.as_deref());
        for judged in days.filter(|judged| judged.stop.is_none()) {
            let mut walk = Walk {
                rules,
                evaluator: Some(Evaluator::new(rules, household, judged.day)),
                parts: std::mem::take(&mut self.parts),
            };
            walk.judged(determination.programme, determination.person, judged);
            self.parts = walk.parts;
        }
    }

    /// Returns every part and what was seen of it, by file and place.
    pub fn parts(&self) -> impl Iterator<Item = (Span, Part, &Sight)> {
        self.parts.iter().map(|((span, part), sight)| (*span, *part, sight))
    }
}

/// A walk over the rules: with an evaluator it says what it sees there, without one it says what there is.
struct Walk<'a> {
    rules: &'a RuleSet,
    evaluator: Option<Evaluator<'a>>,
    parts: BTreeMap<(Span, Part), Sight>,
}

impl Walk<'_> {
    fn judged(&mut self, programme: usize, person: Option<usize>, judged: &Judged) {
        let rules = self.rules;
        let programme = rules.programmes.get(programme);
        let Some(version) = programme.zip(judged.version).and_then(|(p, v)| p.versions.get(v)) else {
            return;
        };
        let frame = Some(Frame::of(person));
        for pause in &version.pauses {
            self.condition(pause.when, frame);
        }
        for outcome in &judged.groups {
            let Some(group) = version.groups.get(outcome.group) else {
                continue;
            };
            self.note(
                rules.place(group.when),
                Part::Group,
                Some(&group.name),
                Some(outcome.truth),
            );
            for condition in &version.requires {
                self.condition(condition.when, frame);
            }
            self.leaf(group.when, frame);
            for point in &group.any {
                self.condition(point.when, frame);
            }
            // What is not paid tests nothing of how much.
            if outcome.truth == Truth::Yes {
                self.cases(&group.cases, "", frame);
                if let Some(amount) = version.amount {
                    self.inside(amount, frame);
                }
            }
        }
    }

    fn cases(&mut self, cases: &[Case], of: &str, frame: Option<Frame>) {
        for case in cases {
            let name = if of.is_empty() {
                case.name.clone()
            } else {
                format!("{of}.{}", case.name)
            };
            let truth = match (case.when, frame) {
                (Some(when), Some(frame)) => self.truth(when, frame),
                (None, Some(_)) => Some(Truth::Yes),
                (_, None) => None,
            };
            self.note(case.place, Part::Case, Some(&name), truth);
            match case.when {
                Some(when) => self.inside(when, frame),
                None => {
                    if let Some(sight) = self.parts.get_mut(&(case.place, Part::Case)) {
                        sight.has_no = false;
                    }
                }
            }
            if truth != Some(Truth::No) {
                self.cases(&case.except, &name, frame);
            }
        }
    }

    /// A named condition, and what it is made of.
    fn condition(&mut self, node: NodeId, frame: Option<Frame>) {
        let truth = frame.and_then(|frame| self.truth(node, frame));
        if !matches!(self.rules.op(node), Op::Truth(_)) {
            self.note(self.rules.place(node), Part::Criterion, None, truth);
        }
        self.inside(node, frame);
    }

    /// What a term is: a condition, or a value with conditions in it.
    fn definition(&mut self, node: NodeId, kind: &Type, frame: Option<Frame>) {
        match kind {
            Type::Truth => self.condition(node, frame),
            Type::Choice(_) | Type::Number(_) | Type::Date => self.inside(node, frame),
        }
    }

    /// One of the conditions of which another is made; what only joins them has no place of its own.
    fn leaf(&mut self, node: NodeId, frame: Option<Frame>) {
        match self.rules.op(node) {
            Op::And(_) | Op::Or(_) | Op::Not(_) | Op::If(..) => self.inside(node, frame),
            _ => self.condition(node, frame),
        }
    }

    fn inside(&mut self, node: NodeId, frame: Option<Frame>) {
        let rules = self.rules;
        match rules.op(node) {
            Op::And(parts) | Op::Or(parts) => parts.iter().for_each(|part| self.leaf(*part, frame)),
            Op::Not(part) => self.leaf(*part, frame),
            Op::If(condition, then, otherwise) => {
                self.leaf(*condition, frame);
                let truth = frame.map(|frame| self.truth(*condition, frame));
                if !matches!(truth, Some(Some(Truth::No))) {
                    self.inside(*then, frame);
                }
                if !matches!(truth, Some(Some(Truth::Yes))) {
                    self.inside(*otherwise, frame);
                }
            }
            Op::Compare(comparison, a, b) => {
                self.threshold(rules.place(node), *comparison, *a, *b, frame);
                self.inside(*a, frame);
                self.inside(*b, frame);
            }
            Op::Between {
                value,
                low,
                high,
                inclusive,
            } => {
                let upper = Comparison::up_to(*inclusive);
                self.threshold(rules.place(*low), Comparison::AtLeast, *value, *low, frame);
                self.threshold(rules.place(*high), upper, *value, *high, frame);
                for part in [value, low, high] {
                    self.inside(*part, frame);
                }
            }
            Op::Arithmetic(_, a, b) => {
                self.inside(*a, frame);
                self.inside(*b, frame);
            }
            Op::Call(_, parts) => parts.iter().for_each(|part| self.inside(*part, frame)),
            Op::Negate(part) | Op::Recode(part, _) | Op::OneOf(part, ..) | Op::Absent(part, _) => {
                self.inside(*part, frame);
            }
            Op::Aggregate { people, of, filter, .. } => {
                let frames: Vec<Option<Frame>> = match (&self.evaluator, frame) {
                    (Some(evaluator), Some(frame)) => {
                        let persons = evaluator.people(*people, frame.subject).0;
                        let look_at = |person| Frame {
                            me: Some(person),
                            ..frame
                        };
                        persons.into_iter().map(|person| Some(look_at(person))).collect()
                    }
                    _ => vec![None],
                };
                for frame in frames {
                    if let Some(filter) = filter {
                        self.leaf(*filter, frame);
                    }
                    if let Some(of) = of {
                        self.inside(*of, frame);
                    }
                }
            }
            Op::Term(at, who) => {
                let (Some(term), Some(frame)) = (rules.terms.get(*at), frame) else {
                    return;
                };
                let person = self.evaluator.as_ref().and_then(|e| e.whose(*who, frame));
                self.definition(term.is, &term.kind, Some(Frame::of(person)));
            }
            Op::Truth(_) | Op::Number(..) | Op::Date(_) | Op::Choice(..) | Op::Day => {}
            Op::Fact(..) | Op::DiedOn(_) | Op::Parameter(_) | Op::Coefficient => {}
            // Another group or programme is tested by the cases that expect something of it.
            Op::Group { .. } | Op::Entitled(_) => {}
        }
    }

    /// A comparison is tested on both sides of where it changes: one whole number, đồng or day apart.
    fn threshold(&mut self, place: Span, comparison: Comparison, a: NodeId, b: NodeId, frame: Option<Frame>) {
        let (Some(frame), Some(evaluator)) = (frame, &mut self.evaluator) else {
            if has_order(self.rules, a) || has_order(self.rules, b) {
                self.note(place, Part::Threshold, None, None);
            }
            return;
        };
        let (Ok(left), Ok(right)) = (evaluator.value(a, frame), evaluator.value(b, frame)) else {
            return;
        };
        let apart = match (left.value, right.value) {
            (Value::Number(x), Value::Number(y)) => x.only().zip(y.only()).map(|(x, y)| x - y),
            (Value::Date(x), Value::Date(y)) => x.only().zip(y.only()).map(|(x, y)| days_apart(x, y)),
            _ => return,
        };
        let truth = apart.and_then(|apart| side(comparison, apart));
        self.note(place, Part::Threshold, None, truth);
    }

    fn truth(&mut self, node: NodeId, frame: Frame) -> Option<Truth> {
        let evaluator = self.evaluator.as_mut()?;
        evaluator.truth(node, frame).ok().map(|(truth, _)| truth)
    }

    fn note(&mut self, place: Span, part: Part, name: Option<&str>, truth: Option<Truth>) {
        let sight = self.parts.entry((place, part)).or_insert_with(|| Sight {
            name: name.map(str::to_owned),
            yes: false,
            no: false,
            has_no: true,
        });
        sight.yes |= truth == Some(Truth::Yes);
        sight.no |= truth == Some(Truth::No);
    }
}

/// Whether a value is a number or a day.
fn has_order(rules: &RuleSet, node: NodeId) -> bool {
    let ordered = |kind: &Type| matches!(kind, Type::Number(_) | Type::Date);
    match rules.op(node) {
        Op::Number(..) | Op::Date(_) | Op::Day | Op::DiedOn(_) | Op::Parameter(_) | Op::Coefficient | Op::Negate(_) => {
            true
        }
        Op::Arithmetic(..) | Op::Call(..) => true,
        Op::Fact(id, _) => rules.fact(*id).is_some_and(|fact| ordered(&fact.kind)),
        Op::Term(at, _) => rules.terms.get(*at).is_some_and(|term| ordered(&term.kind)),
        Op::If(_, then, _) => has_order(rules, *then),
        Op::Aggregate { kind, .. } => match kind {
            Aggregate::Any | Aggregate::All | Aggregate::None => false,
            Aggregate::Count | Aggregate::Sum | Aggregate::Highest | Aggregate::Lowest => true,
        },
        _ => false,
    }
}

fn days_apart(x: Date, y: Date) -> Decimal {
    Decimal::from(x.duration_since(y).as_hours() / 24)
}

/// Returns which side of a comparison two values stand on, when they stand next to where it changes.
fn side(comparison: Comparison, apart: Decimal) -> Option<Truth> {
    let (zero, below, above) = (
        apart.is_zero(),
        apart < Decimal::ZERO && apart >= -Decimal::ONE,
        apart > Decimal::ZERO && apart <= Decimal::ONE,
    );
    let (yes, no) = match comparison {
        Comparison::Less => (below, zero),
        Comparison::AtMost => (zero, above),
        Comparison::More => (above, zero),
        Comparison::AtLeast => (zero, below),
        Comparison::Equal => (zero, below || above),
        Comparison::NotEqual => (below || above, zero),
    };
    match (yes, no) {
        (true, _) => Some(Truth::Yes),
        (_, true) => Some(Truth::No),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
