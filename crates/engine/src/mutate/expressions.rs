//! Small changes of an expression, each of which gives another rule.

use jiff::ToSpan;
use rust_decimal::Decimal;

use super::Kind;
use crate::syntax::{Aggregate, Arithmetic, Comparison, Expr, Function, Node};

/// What an expression is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// Whether it holds.
    Truth,
    /// A number, a day or a choice.
    Value,
}

/// Returns every expression that differs from this one by one small change.
pub(super) fn changed(expr: &Expr, asked: Asked) -> Vec<(Kind, Expr)> {
    let mut all: Vec<(Kind, Node)> = match (&expr.node, asked) {
        (Node::Name(_), Asked::Truth) => vec![(Kind::Negation, negated(&expr.node))],
        (node, _) => here(node),
    };
    for (at, child) in children(&expr.node).into_iter().enumerate() {
        for (kind, other) in changed(child, asked_of(&expr.node, at, asked)) {
            let mut node = expr.node.clone();
            if let Some(place) = children_mut(&mut node).into_iter().nth(at) {
                *place = other;
                all.push((kind, node));
            }
        }
    }
    let span = expr.span;
    all.into_iter()
        .map(|(kind, node)| (kind, Expr { node, span }))
        .collect()
}

/// What the part at a position is asked for.
fn asked_of(node: &Node, at: usize, whole: Asked) -> Asked {
    match node {
        Node::And(_) | Node::Or(_) | Node::Not(_) => Asked::Truth,
        Node::If(..) if at == 0 => Asked::Truth,
        Node::If(..) => whole,
        Node::Aggregate { of, .. } if at == usize::from(of.is_some()) => Asked::Truth,
        _ => Asked::Value,
    }
}

/// The changes of a node itself, its parts staying as they are.
fn here(node: &Node) -> Vec<(Kind, Node)> {
    match node {
        Node::Number(value) => [Decimal::ONE, -Decimal::ONE]
            .into_iter()
            .map(|by| (Kind::Constant, number(value + by)))
            .collect(),
        Node::Date(day) => [1.day(), -1.day()]
            .into_iter()
            .filter_map(|by| day.checked_add(by).ok())
            .map(|day| (Kind::Constant, Node::Date(day)))
            .collect(),
        Node::Compare(sign, a, b) => {
            let (kind, other) = match sign {
                Comparison::Equal => (Kind::Negation, Comparison::NotEqual),
                Comparison::NotEqual => (Kind::Negation, Comparison::Equal),
                Comparison::Less => (Kind::Bound, Comparison::AtMost),
                Comparison::AtMost => (Kind::Bound, Comparison::Less),
                Comparison::More => (Kind::Bound, Comparison::AtLeast),
                Comparison::AtLeast => (Kind::Bound, Comparison::More),
            };
            vec![(kind, Node::Compare(other, a.clone(), b.clone()))]
        }
        Node::Between {
            value,
            low,
            high,
            inclusive,
        } => {
            let other = Node::Between {
                value: value.clone(),
                low: low.clone(),
                high: high.clone(),
                inclusive: !inclusive,
            };
            vec![(Kind::Bound, other)]
        }
        Node::OneOf(value, choices) => {
            let mut all = vec![(Kind::Negation, negated(node))];
            if choices.len() > 1 {
                all.extend((0..choices.len()).map(|at| {
                    let mut fewer = choices.clone();
                    fewer.remove(at);
                    (Kind::Choice, Node::OneOf(value.clone(), fewer))
                }));
            }
            all
        }
        Node::And(parts) => {
            let mut all = without_one(parts, Kind::Conjunct, Node::And);
            all.push((Kind::Joint, Node::Or(parts.clone())));
            all
        }
        Node::Or(parts) => {
            let mut all = without_one(parts, Kind::Disjunct, Node::Or);
            all.push((Kind::Joint, Node::And(parts.clone())));
            all
        }
        Node::Not(part) => vec![(Kind::Negation, part.node.clone())],
        Node::Absent(value, is) => vec![(Kind::Negation, Node::Absent(value.clone(), !is))],
        Node::If(_, yes, no) => vec![(Kind::Branch, yes.node.clone()), (Kind::Branch, no.node.clone())],
        Node::Arithmetic(sign, a, b) => match sign {
            Arithmetic::Add => vec![(Kind::Sign, arithmetic(Arithmetic::Subtract, a, b))],
            Arithmetic::Subtract => vec![(Kind::Sign, arithmetic(Arithmetic::Add, a, b))],
            // What does not fit the unit any more is no rule, and is refused.
            Arithmetic::Multiply => vec![(Kind::Factor, a.node.clone()), (Kind::Factor, b.node.clone())],
            Arithmetic::Divide => vec![(Kind::Factor, a.node.clone())],
        },
        Node::Call(Function::Min, parts) => vec![(Kind::Extreme, Node::Call(Function::Max, parts.clone()))],
        Node::Call(Function::Max, parts) => vec![(Kind::Extreme, Node::Call(Function::Min, parts.clone()))],
        Node::Aggregate {
            kind,
            people,
            of,
            filter,
        } => {
            let with = |kind, filter| Node::Aggregate {
                kind,
                people: *people,
                of: of.clone(),
                filter,
            };
            let mut all = Vec::new();
            match kind {
                Aggregate::Any => {
                    all.push((Kind::Negation, with(Aggregate::None, filter.clone())));
                    if filter.is_some() {
                        all.push((Kind::People, with(Aggregate::All, filter.clone())));
                    }
                }
                Aggregate::None => all.push((Kind::Negation, with(Aggregate::Any, filter.clone()))),
                Aggregate::All => all.push((Kind::People, with(Aggregate::Any, filter.clone()))),
                Aggregate::Highest => all.push((Kind::Extreme, with(Aggregate::Lowest, filter.clone()))),
                Aggregate::Lowest => all.push((Kind::Extreme, with(Aggregate::Highest, filter.clone()))),
                Aggregate::Count | Aggregate::Sum => {}
            }
            if filter.is_some() && *kind != Aggregate::All {
                all.push((Kind::Filter, with(*kind, None)));
            }
            all
        }
        Node::Truth(value) => vec![(Kind::Negation, Node::Truth(!value))],
        Node::Call(Function::YearsBetween | Function::MonthsBetween, _) => Vec::new(),
        Node::Name(_) | Node::Negate(_) | Node::Missing => Vec::new(),
    }
}

fn number(value: Decimal) -> Node {
    if value.is_sign_negative() && !value.is_zero() {
        let span = Default::default();
        let node = Node::Number(-value);
        return Node::Negate(Box::new(Expr { node, span }));
    }
    Node::Number(value)
}

fn negated(node: &Node) -> Node {
    let (node, span) = (node.clone(), Default::default());
    Node::Not(Box::new(Expr { node, span }))
}

fn arithmetic(sign: Arithmetic, a: &Expr, b: &Expr) -> Node {
    Node::Arithmetic(sign, Box::new(a.clone()), Box::new(b.clone()))
}

fn without_one(parts: &[Expr], kind: Kind, join: fn(Vec<Expr>) -> Node) -> Vec<(Kind, Node)> {
    let fewer = |at: usize| {
        let mut fewer = parts.to_vec();
        fewer.remove(at);
        match fewer.as_slice() {
            [only] => only.node.clone(),
            _ => join(fewer),
        }
    };
    (0..parts.len()).map(|at| (kind, fewer(at))).collect()
}

fn children(node: &Node) -> Vec<&Expr> {
    match node {
        Node::Truth(_) | Node::Number(_) | Node::Date(_) | Node::Name(_) | Node::Missing => Vec::new(),
        Node::Not(a) | Node::Negate(a) | Node::OneOf(a, _) | Node::Absent(a, _) => vec![&**a],
        Node::And(parts) | Node::Or(parts) | Node::Call(_, parts) => parts.iter().collect(),
        Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => vec![&**a, &**b],
        Node::Between { value, low, high, .. } => vec![&**value, &**low, &**high],
        Node::If(a, b, c) => vec![&**a, &**b, &**c],
        Node::Aggregate { of, filter, .. } => [of, filter].into_iter().flatten().map(|part| &**part).collect(),
    }
}

fn children_mut(node: &mut Node) -> Vec<&mut Expr> {
    match node {
        Node::Truth(_) | Node::Number(_) | Node::Date(_) | Node::Name(_) | Node::Missing => Vec::new(),
        Node::Not(a) | Node::Negate(a) | Node::OneOf(a, _) | Node::Absent(a, _) => vec![&mut **a],
        Node::And(parts) | Node::Or(parts) | Node::Call(_, parts) => parts.iter_mut().collect(),
        Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => vec![&mut **a, &mut **b],
        Node::Between { value, low, high, .. } => vec![&mut **value, &mut **low, &mut **high],
        Node::If(a, b, c) => vec![&mut **a, &mut **b, &mut **c],
        Node::Aggregate { of, filter, .. } => {
            let parts = [of, filter].into_iter().flatten();
            parts.map(|part| &mut **part).collect()
        }
    }
}
