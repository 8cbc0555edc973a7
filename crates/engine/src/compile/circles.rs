//! Nothing is defined by itself: terms, groups of a version, and programmes.
//!
//! A circle is reported once, at its first member, with the way round; what only leads into it is not reported.

use std::collections::BTreeSet;

use crate::rules::{Group, NodeId, Op, Version};

use super::Compiler;

/// Returns one way round each circle among `0..count`, from its first member; circles that share a member count as one.
///
/// Looks at every step once where there is no circle, and calls itself nowhere: a chain may be as long as its file.
fn circles(count: usize, next: impl Fn(usize) -> BTreeSet<usize>) -> Vec<Vec<usize>> {
    let mut next: Vec<BTreeSet<usize>> = (0..count).map(next).collect();
    if order(&next).len() == count {
        return Vec::new();
    }
    // What only leads into a circle is on none.
    for lonely in order(&turned(&next)) {
        if let Some(steps) = next.get_mut(lonely) {
            steps.clear();
        }
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for start in 0..count {
        if found.iter().flatten().any(|member| *member == start) {
            continue;
        }
        let Some(way) = way_back(start, &next) else { continue };
        if !found.iter().flatten().any(|member| way.contains(member)) {
            found.push(way);
        }
    }
    found
}

/// Returns those that rest on no circle, each behind all that it rests on.
pub(super) fn order(next: &[BTreeSet<usize>]) -> Vec<usize> {
    let mut open: Vec<usize> = next.iter().map(BTreeSet::len).collect();
    let mut ready: Vec<usize> = (0..next.len()).filter(|at| open.get(*at) == Some(&0)).collect();
    let before = turned(next);
    let mut done = Vec::new();
    while let Some(at) = ready.pop() {
        done.push(at);
        for user in before.get(at).into_iter().flatten() {
            if let Some(open) = open.get_mut(*user) {
                *open -= 1;
                if *open == 0 {
                    ready.push(*user);
                }
            }
        }
    }
    done
}

/// The same steps, walked the other way.
fn turned(next: &[BTreeSet<usize>]) -> Vec<BTreeSet<usize>> {
    let mut before = vec![BTreeSet::new(); next.len()];
    for (at, steps) in next.iter().enumerate() {
        for step in steps {
            if let Some(users) = before.get_mut(*step) {
                users.insert(at);
            }
        }
    }
    before
}

/// Returns the members passed from `start` until it is reached again.
fn way_back(start: usize, next: &[BTreeSet<usize>]) -> Option<Vec<usize>> {
    let mut seen = BTreeSet::new();
    let mut way = vec![start];
    let mut todo = vec![next.get(start)?.iter()];
    while let Some(steps) = todo.last_mut() {
        match steps.next() {
            None => {
                todo.pop();
                way.pop();
            }
            Some(step) if *step == start => return Some(way),
            Some(step) => {
                if seen.insert(*step)
                    && let Some(steps) = next.get(*step)
                {
                    way.push(*step);
                    todo.push(steps.iter());
                }
            }
        }
    }
    None
}

/// Says the way round behind its first member: ", through `b` and `c`"; nothing when there is no other.
fn through(names: &[&str]) -> String {
    let others: Vec<String> = names.iter().skip(1).map(|name| format!("`{name}`")).collect();
    if others.is_empty() {
        String::new()
    } else {
        format!(" through {}", others.join(" and "))
    }
}

impl Compiler<'_> {
    /// No term is defined by itself.
    pub(super) fn term_circles(&mut self) {
        let next = |at: usize| {
            let term = self.rules.terms.get(at).map(|term| term.is);
            self.mentioned(term, |op| match op {
                Op::Term(next, _) => Some(*next),
                _ => None,
            })
        };
        for way in circles(self.rules.terms.len(), next) {
            let files: Vec<_> = way.iter().filter_map(|at| self.files.terms.get(*at)).collect();
            let names: Vec<&str> = files.iter().map(|term| term.name.value.as_str()).collect();
            if let Some(first) = files.first() {
                let message = format!("`{}` is defined by itself{}", first.name.value, through(&names));
                self.error("E0306", first.name.span, message, None);
            }
        }
    }

    /// No group and no programme depends on itself.
    pub(super) fn circles(&mut self) {
        let next = |at: usize| {
            let versions = self.rules.programmes.get(at).into_iter().flat_map(|p| &p.versions);
            self.mentioned(versions.flat_map(Version::expressions), |op| match op {
                Op::Entitled(next) => Some(*next),
                _ => None,
            })
        };
        for way in circles(self.rules.programmes.len(), next) {
            let ids: Vec<&str> = way
                .iter()
                .filter_map(|at| self.rules.programmes.get(*at))
                .map(|programme| programme.id.as_str())
                .collect();
            let file = self
                .files
                .programmes
                .iter()
                .find(|file| Some(&file.id.value.as_str()) == ids.first());
            if let Some(file) = file {
                let message = format!("`{}` depends on its own answer{}", file.id.value, through(&ids));
                self.error("E0306", file.id.span, message, None);
            }
        }
        for file in &self.files.programmes {
            let programme = self.rules.programmes.iter().find(|p| p.id == file.id.value);
            let version = programme.and_then(|p| p.versions.iter().find(|version| version.from == file.from));
            let Some(version) = version else { continue };
            let next = |at: usize| {
                let group = version.groups.get(at);
                self.mentioned(
                    group.into_iter().flat_map(|group| needed(version, group)),
                    |op| match op {
                        Op::Group { group, .. } => Some(*group),
                        _ => None,
                    },
                )
            };
            for way in circles(version.groups.len(), next) {
                let groups: Vec<_> = way.iter().filter_map(|at| file.groups.get(*at)).collect();
                let names: Vec<&str> = groups.iter().map(|group| group.name.value.as_str()).collect();
                if let Some(first) = groups.first() {
                    let message = format!("group `{}` depends on itself{}", first.name.value, through(&names));
                    self.error("E0306", first.name.span, message, None);
                }
            }
        }
    }

    pub(super) fn mentioned(
        &self,
        nodes: impl IntoIterator<Item = NodeId>,
        which: impl Fn(&Op) -> Option<usize>,
    ) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for node in nodes {
            self.rules.walk(node, &mut |op| found.extend(which(op)));
        }
        found
    }
}

/// Returns what is evaluated to say whether a group holds: what every group needs, and its own conditions.
pub(super) fn needed(version: &Version, group: &Group) -> Vec<NodeId> {
    let mut nodes: Vec<NodeId> = version.requires.iter().map(|condition| condition.when).collect();
    nodes.push(group.when);
    nodes.extend(group.any.iter().map(|point| point.when));
    nodes
}
