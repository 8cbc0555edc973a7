//! Which facts would settle what is open.

use std::collections::BTreeSet;

use crate::rules::{FactId, Group, NodeId, Op, Version};
use crate::syntax::{Aggregate, Arithmetic, People};
use crate::value::{Truth, Value};

use super::{Evaluator, Frame, GroupOutcome, Judged};

/// A fact of a person, or of the household.
pub type Unknown = (Option<usize>, FactId);

/// How many unknowns to collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All that may matter.
    All,
    /// In each condition only the first, so that cheap questions come before dear ones.
    First,
}

impl Evaluator<'_> {
    /// Returns the facts that may settle a judgement of a programme for a person (or the household).
    pub fn unknowns(
        &mut self,
        judged: &Judged,
        programme: usize,
        person: Option<usize>,
        reach: Reach,
    ) -> BTreeSet<Unknown> {
        if judged.day != self.day {
            return self.on_day(judged.day).unknowns(judged, programme, person, reach);
        }
        let mut found = BTreeSet::new();
        let rules = self.rules;
        let version = rules.programmes.get(programme).zip(judged.version);
        let Some(version) = version.and_then(|(p, v)| p.versions.get(v)) else {
            return found;
        };
        let certain = judged
            .groups
            .iter()
            .filter(|g| g.truth == Truth::Yes)
            .filter_map(|g| g.level);
        let certain = certain.map(|level| level.low).max();
        let open = judged.truth == Truth::Open;
        let frame = Frame::of(person);
        for group in &judged.groups {
            // A group that cannot raise what is certain is not worth a question.
            let can_raise = match (group.level, certain) {
                (Some(level), Some(certain)) => level.high > certain,
                (_, None) => open,
                (None, Some(_)) => false,
            };
            if group.truth == Truth::No || group.truth == Truth::Open && !can_raise {
                continue;
            }
            if group.truth == Truth::Open
                && let Some(known) = version.groups.get(group.group)
            {
                self.of_group(version, known, frame, reach, &mut found);
            }
            for pause in &version.pauses {
                if reach == Reach::All || found.is_empty() {
                    self.of_node(pause.unless.when, frame, reach, &mut found);
                }
            }
            if group.truth == Truth::Yes || reach == Reach::All || found.is_empty() {
                self.of_level(version, group, frame, reach, &mut found);
            }
        }
        found
    }

    fn of_group(
        &mut self,
        version: &Version,
        group: &Group,
        frame: Frame,
        reach: Reach,
        found: &mut BTreeSet<Unknown>,
    ) {
        let mut here = BTreeSet::new();
        let conditions = version
            .requires
            .iter()
            .map(|condition| condition.when)
            .chain([group.when]);
        for node in conditions {
            self.of_node(node, frame, reach, &mut here);
            if reach == Reach::First && !here.is_empty() {
                break;
            }
        }
        let is_met = |evaluator: &mut Self, node| matches!(evaluator.truth(node, frame), Ok((Truth::Yes, _)));
        if (reach == Reach::All || here.is_empty()) && !group.any.iter().any(|point| is_met(self, point.when)) {
            for point in &group.any {
                self.of_node(point.when, frame, reach, &mut here);
                if reach == Reach::First && !here.is_empty() {
                    break;
                }
            }
        }
        found.extend(here);
    }

    /// The facts on which case, coefficient and amount still depend.
    fn of_level(
        &mut self,
        version: &Version,
        group: &GroupOutcome,
        frame: Frame,
        reach: Reach,
        found: &mut BTreeSet<Unknown>,
    ) {
        if group.level.is_none_or(|level| level.low == level.high) {
            return;
        }
        for when in group
            .cases
            .iter()
            .filter(|case| case.truth == Truth::Open)
            .filter_map(|case| case.when)
        {
            self.of_node(when, frame, reach, found);
        }
        if let Some(amount) = version.amount {
            let frame = Frame {
                coefficient: group.coefficient,
                ..frame
            };
            self.of_node(amount, frame, reach, found);
        }
    }

    /// Collects what is not known in an expression that is not settled.
    pub fn of_node(&mut self, node: NodeId, frame: Frame, reach: Reach, found: &mut BTreeSet<Unknown>) {
        let rules = self.rules;
        // A sum is settled when its parts are, and each of these is looked at anyway: long sums would be added up once a part.
        let is_sum = matches!(
            rules.op(node),
            Op::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..)
        );
        if !is_sum && self.value(node, frame).map_or(true, |seen| seen.value.is_settled()) {
            return;
        }
        match rules.op(node) {
            Op::Fact(fact, who) => {
                let person = self.whose(*who, frame);
                found.insert((person, *fact));
            }
            Op::Term(at, who) => {
                let person = self.whose(*who, frame);
                if let Some(term) = rules.terms.get(*at) {
                    self.of_node(term.is, Frame::of(person), reach, found);
                }
            }
            Op::Group {
                programme,
                version,
                group,
            } => {
                let version = rules.programmes.get(*programme).and_then(|p| p.versions.get(*version));
                if let Some((version, group)) = version.and_then(|v| Some((v, v.groups.get(*group)?))) {
                    self.of_group(version, group, Frame::of(frame.me), reach, found);
                }
            }
            Op::Entitled(programme) => {
                let judged = self.programme(*programme, frame.me);
                let inside = self.unknowns(&judged, *programme, frame.me, reach);
                found.extend(inside);
            }
            Op::Aggregate { people, of, filter, .. } => self.of_people(*people, *of, *filter, frame, reach, found),
            Op::If(condition, then, otherwise) => {
                let before = found.len();
                self.of_node(*condition, frame, reach, found);
                if reach == Reach::First && found.len() > before {
                    return;
                }
                match self.truth(*condition, frame) {
                    Ok((Truth::Yes, _)) => self.of_node(*then, frame, reach, found),
                    Ok((Truth::No, _)) => self.of_node(*otherwise, frame, reach, found),
                    _ => {
                        self.of_node(*then, frame, reach, found);
                        self.of_node(*otherwise, frame, reach, found);
                    }
                }
            }
            op => {
                for child in op.children() {
                    let before = found.len();
                    self.of_node(child, frame, reach, found);
                    if reach == Reach::First && found.len() > before {
                        return;
                    }
                }
            }
        }
    }

    fn of_people(
        &mut self,
        people: People,
        of: Option<NodeId>,
        filter: Option<NodeId>,
        frame: Frame,
        reach: Reach,
        found: &mut BTreeSet<Unknown>,
    ) {
        let (persons, _) = self.people(people, frame.subject);
        for person in persons {
            let inside = Frame {
                me: Some(person),
                ..frame
            };
            let counted = match filter {
                Some(filter) => {
                    self.of_node(filter, inside, reach, found);
                    self.value(filter, inside)
                        .is_ok_and(|seen| seen.value != Value::Truth(Truth::No))
                }
                None => true,
            };
            if let (true, Some(of)) = (counted, of) {
                self.of_node(of, inside, reach, found);
            }
        }
    }
}

/// Which facts behind a condition to collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// Those on which its present state rests.
    State,
    /// Of these, the ones a paper could prove: that something is not so needs no paper.
    Proof,
    /// All that are looked at, whatever decides.
    Anything,
}

impl Evaluator<'_> {
    /// Collects the facts on which the present value of an expression rests: of an *and* that fails only what fails, of an
    /// *or* that holds only what holds.
    pub fn facts_of(&mut self, node: NodeId, frame: Frame, behind: Behind, found: &mut BTreeSet<Unknown>) {
        let rules = self.rules;
        match rules.op(node) {
            Op::Fact(fact, who) => {
                let person = self.whose(*who, frame);
                found.insert((person, *fact));
            }
            Op::Term(at, who) => {
                let person = self.whose(*who, frame);
                if let Some(term) = rules.terms.get(*at) {
                    self.facts_of(term.is, Frame::of(person), behind, found);
                }
            }
            Op::Group {
                programme,
                version,
                group,
            } if behind == Behind::Anything => {
                let version = rules.programmes.get(*programme).and_then(|p| p.versions.get(*version));
                if let Some((version, group)) = version.and_then(|v| Some((v, v.groups.get(*group)?))) {
                    self.facts_of_group(version, group, Frame::of(frame.me), found);
                }
            }
            Op::Entitled(programme) if behind == Behind::Anything => {
                let version = rules.programmes.get(*programme).and_then(|p| p.version_on(self.day));
                for group in version.iter().flat_map(|(_, version)| &version.groups) {
                    if let Some((_, version)) = version {
                        self.facts_of_group(version, group, Frame::of(frame.me), found);
                    }
                }
            }
            Op::And(parts) => self.facts_of_parts(parts, Truth::No, frame, behind, found),
            Op::Or(parts) => self.facts_of_parts(parts, Truth::Yes, frame, behind, found),
            Op::Not(_) if behind == Behind::Proof => {}
            Op::Aggregate {
                kind: Aggregate::None | Aggregate::All,
                ..
            } if behind == Behind::Proof => {}
            Op::Aggregate { people, of, filter, .. } => {
                let (persons, _) = self.people(*people, frame.subject);
                let inside = |person| Frame {
                    me: Some(person),
                    ..frame
                };
                let counts = |evaluator: &mut Self, person| match filter {
                    Some(filter) => matches!(evaluator.truth(*filter, inside(person)), Ok((Truth::Yes, _))),
                    None => true,
                };
                let counted: Vec<usize> = persons.iter().copied().filter(|person| counts(self, *person)).collect();
                let looked_at = if counted.is_empty() || behind == Behind::Anything {
                    persons
                } else {
                    counted
                };
                for person in looked_at {
                    for node in [*filter, *of].into_iter().flatten() {
                        self.facts_of(node, inside(person), behind, found);
                    }
                }
            }
            op => {
                for child in op.children() {
                    self.facts_of(child, frame, behind, found);
                }
            }
        }
    }

    /// Collects all facts that a group with all it needs looks at.
    fn facts_of_group(&mut self, version: &Version, group: &Group, frame: Frame, found: &mut BTreeSet<Unknown>) {
        let needed = version.requires.iter().map(|condition| condition.when);
        let points = group.any.iter().map(|point| point.when);
        for node in needed.chain([group.when]).chain(points) {
            self.facts_of(node, frame, Behind::Anything, found);
        }
    }

    /// Where one part alone decides, the first such part; otherwise all of them.
    fn facts_of_parts(
        &mut self,
        parts: &[NodeId],
        decides: Truth,
        frame: Frame,
        behind: Behind,
        found: &mut BTreeSet<Unknown>,
    ) {
        let decides = |part: &&NodeId| self.truth(**part, frame).is_ok_and(|(truth, _)| truth == decides);
        let deciding = parts.iter().find(decides).filter(|_| behind != Behind::Anything);
        match deciding {
            Some(part) => self.facts_of(*part, frame, behind, found),
            None => parts.iter().for_each(|part| self.facts_of(*part, frame, behind, found)),
        }
    }
}
