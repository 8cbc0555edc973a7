//! The completions of one household as a tree of drawn values, and the facts that are worth asking.
//!
//! A fact is worth asking exactly when two completions that differ in it alone give different outcomes. Both completions
//! part at the first value of that fact that is drawn; behind it they may draw different facts, but what both draw must be
//! drawn alike.

use std::collections::{BTreeMap, BTreeSet};

use super::walk::{Key, Step};

/// A fact of a person, or of the household.
pub type Asked = (Option<usize>, String);

/// The tree of all completions; `O` is what one completion says.
pub struct Tree<O> {
    nodes: Vec<Node<O>>,
}

enum Node<O> {
    /// Which value is drawn next, and what follows each of its values.
    Draw(Key, Vec<usize>),
    Leaf(O),
    Unseen,
}

impl<O> Default for Tree<O> {
    fn default() -> Tree<O> {
        Tree {
            nodes: vec![Node::Unseen],
        }
    }
}

impl<O> Tree<O> {
    /// Adds a completion.
    pub fn add(&mut self, path: &[Step], outcome: O) {
        let mut at = 0;
        for step in path {
            if matches!(self.nodes[at], Node::Unseen) {
                let first = self.nodes.len();
                self.nodes.extend((0..step.of).map(|_| Node::Unseen));
                self.nodes[at] = Node::Draw(step.key.clone(), (first..first + step.of).collect());
            }
            let Node::Draw(key, below) = &self.nodes[at] else {
                panic!("a completion that ends where another goes on")
            };
            assert_eq!(*key, step.key, "the same values, the same next question");
            at = below[step.chosen];
        }
        self.nodes[at] = Node::Leaf(outcome);
    }

    /// Every outcome.
    pub fn outcomes(&self) -> impl Iterator<Item = &O> {
        self.nodes.iter().filter_map(|node| match node {
            Node::Leaf(outcome) => Some(outcome),
            Node::Draw(..) | Node::Unseen => None,
        })
    }

    /// The facts that are worth asking, where `of` is what matters of an outcome.
    pub fn asks<P: PartialEq>(&self, of: impl Fn(&O) -> P) -> BTreeSet<Asked> {
        let mut asks = BTreeSet::new();
        for node in &self.nodes {
            let Node::Draw(key, below) = node else { continue };
            let fact = (key.0, key.1.clone());
            if asks.contains(&fact) {
                continue;
            }
            let pairs = below
                .iter()
                .enumerate()
                .flat_map(|(i, a)| below[..i].iter().map(move |b| (*a, *b)));
            let mut drawn = BTreeMap::new();
            if pairs
                .into_iter()
                .any(|(a, b)| self.differ(a, b, &fact, &mut drawn, &of))
            {
                asks.insert(fact);
            }
        }
        asks
    }

    /// Whether below `a` and `b` there are two completions, alike in all but `fact`, that differ.
    fn differ<'t, P: PartialEq>(
        &'t self,
        a: usize,
        b: usize,
        fact: &Asked,
        drawn: &mut BTreeMap<&'t Key, usize>,
        of: &impl Fn(&O) -> P,
    ) -> bool {
        let (key, below, other) = match (&self.nodes[a], &self.nodes[b]) {
            (Node::Leaf(one), Node::Leaf(other)) => return of(one) != of(other),
            (Node::Draw(key, below), _) => (key, below, b),
            (_, Node::Draw(key, below)) => (key, below, a),
            _ => return false,
        };
        // On the two days of a month the same fact may be drawn twice: both values are its own.
        let is_fact = key.0 == fact.0 && key.1 == fact.1;
        if !is_fact && let Some(chosen) = drawn.get(key) {
            return self.differ(below[*chosen], other, fact, drawn, of);
        }
        for (chosen, next) in below.iter().enumerate() {
            if !is_fact {
                drawn.insert(key, chosen);
            }
            let found = self.differ(*next, other, fact, drawn, of);
            if !is_fact {
                drawn.remove(key);
            }
            if found {
                return true;
            }
        }
        false
    }
}
