//! A decision diagram: which values of open facts lead to which outcome.
//!
//! Its facts stand in one order on every path, equal parts stand in it once, and a fact whose values all lead to the same
//! stands in it nowhere. Hence a fact is in the diagram exactly when two completions that differ only in it differ in
//! the outcome.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::value::{Choices, Value, bit};

/// Position of a node.
pub(super) type NodeAt = usize;

/// What the values of one fact lead to, or an outcome.
#[derive(Clone, Debug, PartialEq)]
enum Node<L> {
    Leaf(L),
    Split { hole: usize, cells: Vec<(Value, NodeAt)> },
}

/// A reduced, ordered decision diagram over open facts ("holes", by position) with outcomes `L`.
#[derive(Clone, Debug)]
pub(super) struct Diagram<L> {
    nodes: Vec<Node<L>>,
    known: BTreeMap<(usize, Vec<NodeAt>), Vec<NodeAt>>,
}

/// Thousandths.
const WHOLE: u64 = 1000;

impl<L: Clone + PartialEq> Diagram<L> {
    pub(super) fn new() -> Self {
        Diagram {
            nodes: Vec::new(),
            known: BTreeMap::new(),
        }
    }

    pub(super) fn leaf(&mut self, leaf: L) -> NodeAt {
        let same = |node: &Node<L>| matches!(node, Node::Leaf(known) if *known == leaf);
        if let Some(at) = self.nodes.iter().position(same) {
            return at;
        }
        self.nodes.push(Node::Leaf(leaf));
        self.nodes.len() - 1
    }

    /// Returns the node for a fact whose parts lead to these nodes; `parts` are all its values, in order.
    pub(super) fn split(&mut self, hole: usize, parts: Vec<(Value, NodeAt)>) -> NodeAt {
        let mut cells: Vec<(Value, NodeAt)> = Vec::new();
        for (value, to) in parts {
            match self.nodes.get(to) {
                // The same fact cut further: one node holds all its stretches.
                Some(Node::Split {
                    hole: inner,
                    cells: finer,
                }) if *inner == hole => {
                    finer.clone().into_iter().for_each(|cell| merge(&mut cells, cell));
                }
                _ => merge(&mut cells, (value, to)),
            }
        }
        let mut targets = cells.iter().map(|(_, to)| *to);
        if let Some(first) = targets.next()
            && targets.all(|to| to == first)
        {
            return first;
        }
        let key = (hole, cells.iter().map(|(_, to)| *to).collect());
        let alike = self.known.entry(key).or_default();
        for at in alike.iter() {
            if matches!(self.nodes.get(*at), Some(Node::Split { cells: known, .. }) if *known == cells) {
                return *at;
            }
        }
        let at = self.nodes.len();
        alike.push(at);
        self.nodes.push(Node::Split { hole, cells });
        at
    }

    /// Returns the diagram in which each outcome is what `part` makes of it, and the node that stands for `root`.
    pub(super) fn seen_as<M: Clone + PartialEq>(&self, root: NodeAt, part: impl Fn(&L) -> M) -> (Diagram<M>, NodeAt) {
        let mut seen = Diagram::new();
        let mut places: Vec<NodeAt> = Vec::with_capacity(self.nodes.len());
        // Nodes come after those they lead to.
        for node in &self.nodes {
            let place = match node {
                Node::Leaf(leaf) => seen.leaf(part(leaf)),
                Node::Split { hole, cells } => {
                    let to = |(value, to): &(Value, NodeAt)| Some((*value, *places.get(*to)?));
                    seen.split(*hole, cells.iter().filter_map(to).collect())
                }
            };
            places.push(place);
        }
        let root = places.get(root).copied().unwrap_or(root);
        (seen, root)
    }

    /// Returns the outcomes that can be reached from a node, each once.
    pub(super) fn leaves(&self, from: NodeAt) -> Vec<&L> {
        let mut found = Vec::new();
        for at in self.below(from) {
            if let Some(Node::Leaf(leaf)) = self.nodes.get(at) {
                found.push(leaf);
            }
        }
        found
    }

    /// Returns the facts on which the outcome depends.
    pub(super) fn holes(&self, from: NodeAt) -> BTreeSet<usize> {
        let split = |at| match self.nodes.get(at) {
            Some(Node::Split { hole, .. }) => Some(*hole),
            _ => None,
        };
        self.below(from).into_iter().filter_map(split).collect()
    }

    /// Returns how likely it is, in thousandths, that one outcome is left once the fact is known, all its values taken to
    /// be equally likely.
    pub(super) fn settles(&self, from: NodeAt, hole: usize, step: Decimal) -> u64 {
        let mut cells: Vec<Value> = Vec::new();
        for at in self.below(from) {
            if let Some(Node::Split { hole: here, cells: own }) = self.nodes.get(at)
                && *here == hole
            {
                refine(&mut cells, own.iter().map(|(value, _)| *value));
            }
        }
        let (mut settled, mut all) = (0, 0);
        for cell in cells {
            let weight = weight(cell, step);
            all += weight;
            if self.under(from, hole, cell, &mut BTreeSet::new()).len() == 1 {
                settled += weight;
            }
        }
        settled * WHOLE / all.max(1)
    }

    /// Returns the outcomes that are left when a fact is in a cell.
    fn under(&self, from: NodeAt, hole: usize, cell: Value, seen: &mut BTreeSet<NodeAt>) -> BTreeSet<NodeAt> {
        if !seen.insert(from) {
            return BTreeSet::new();
        }
        match self.nodes.get(from) {
            Some(Node::Split { hole: here, cells }) => {
                let open = cells.iter().filter(|(value, _)| *here != hole || meet(*value, cell));
                open.flat_map(|(_, to)| self.under(*to, hole, cell, seen)).collect()
            }
            _ => BTreeSet::from([from]),
        }
    }

    fn below(&self, from: NodeAt) -> BTreeSet<NodeAt> {
        let mut found = BTreeSet::new();
        let mut left = vec![from];
        while let Some(at) = left.pop() {
            if found.insert(at)
                && let Some(Node::Split { cells, .. }) = self.nodes.get(at)
            {
                left.extend(cells.iter().map(|(_, to)| *to));
            }
        }
        found
    }
}

/// Adds a cell; one that leads to the same as its neighbour, or for choices as any other, is joined with it.
fn merge(cells: &mut Vec<(Value, NodeAt)>, (value, to): (Value, NodeAt)) {
    let is_choice = matches!(value, Value::Choice(_));
    let near = if is_choice { 0 } else { cells.len().saturating_sub(1) };
    let alike = cells
        .iter_mut()
        .skip(near)
        .find(|(known, known_to)| *known_to == to && is_absent(*known) == is_absent(value));
    match alike {
        Some((known, _)) => *known = known.join(value),
        None => cells.push((value, to)),
    }
}

fn is_absent(value: Value) -> bool {
    match value {
        Value::Choice(set) => set.bits == 0,
        Value::Number(range) => range.bounds.is_none(),
        Value::Date(range) => range.bounds.is_none(),
        Value::Truth(_) => false,
    }
}

/// Whether two values have one in common.
fn meet(a: Value, b: Value) -> bool {
    fn ranges<T: Ord>(a: Option<(T, T)>, b: Option<(T, T)>) -> bool {
        match (a, b) {
            (Some((low, high)), Some((from, to))) => low <= to && from <= high,
            (None, None) => true,
            _ => false,
        }
    }
    match (a, b) {
        (Value::Choice(x), Value::Choice(y)) => x.bits & y.bits != 0 || (x.absent && y.absent),
        (Value::Number(x), Value::Number(y)) => ranges(x.bounds, y.bounds),
        (Value::Date(x), Value::Date(y)) => ranges(x.bounds, y.bounds),
        (a, b) => a == b,
    }
}

/// Cuts cells so that none lies across two of `others`.
fn refine(cells: &mut Vec<Value>, others: impl Iterator<Item = Value>) {
    let others: Vec<Value> = others.collect();
    if cells.is_empty() {
        *cells = others.into_iter().flat_map(single).collect();
        return;
    }
    let mut finer = Vec::new();
    for cell in cells.iter() {
        for other in &others {
            finer.extend(both(*cell, *other));
        }
    }
    *cells = finer;
}

/// Takes a set of choices apart.
fn single(value: Value) -> Vec<Value> {
    match value {
        Value::Choice(set) if set.bits != 0 => {
            let one = |position| {
                Value::Choice(Choices {
                    bits: bit(position),
                    absent: false,
                })
            };
            set.positions().map(one).collect()
        }
        other => vec![other],
    }
}

/// Returns what two values have in common.
fn both(a: Value, b: Value) -> Option<Value> {
    if !meet(a, b) {
        return None;
    }
    Some(match (a, b) {
        (Value::Number(mut x), Value::Number(y)) => {
            x.bounds = x.bounds.zip(y.bounds).map(|((a, b), (c, d))| (a.max(c), b.min(d)));
            Value::Number(x)
        }
        (Value::Date(mut x), Value::Date(y)) => {
            x.bounds = x.bounds.zip(y.bounds).map(|((a, b), (c, d))| (a.max(c), b.min(d)));
            Value::Date(x)
        }
        (a, _) => a,
    })
}

/// Returns how many values lie in a cell; *absent* counts as one.
pub(super) fn weight(cell: Value, step: Decimal) -> u64 {
    match cell {
        Value::Number(range) => range.bounds.map_or(1, |(low, high)| {
            ((high - low) / step)
                .to_u64()
                .unwrap_or(u64::from(u32::MAX))
                .min(u64::from(u32::MAX))
                + 1
        }),
        Value::Date(range) => range.bounds.map_or(1, |(low, high)| {
            let days = low.until(high).map_or(0, |span| span.get_days());
            u64::try_from(days).unwrap_or(0) + 1
        }),
        Value::Truth(_) | Value::Choice(_) => 1,
    }
}
