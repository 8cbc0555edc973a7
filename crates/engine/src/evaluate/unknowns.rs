//! Which facts would settle what is open.

use std::collections::BTreeSet;

use crate::rules::{FactId, NodeId, Op};
use crate::syntax::{Aggregate, People};
use crate::value::{Truth, Value};

use super::{Criterion, Evaluator, Frame, GroupOutcome, Judged};

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
    /// Returns the facts that may settle a judgement.
    pub fn unknowns(&mut self, judged: &Judged, programme: usize, reach: Reach) -> BTreeSet<Unknown> {
        if judged.day != self.day {
            return self.on_day(judged.day).unknowns(judged, programme, reach);
        }
        let mut found = BTreeSet::new();
        let certain = judged
            .groups
            .iter()
            .filter(|g| g.truth == Truth::Yes)
            .filter_map(|g| g.level);
        let certain = certain.map(|level| level.low).max();
        let open = judged.truth == Truth::Open;
        for group in &judged.groups {
            // A group that cannot raise what is certain is not worth a question.
            let can_raise = match (group.level, certain) {
                (Some(level), Some(certain)) => level.high > certain,
                (_, None) => open,
                (None, Some(_)) => false,
            };
            match group.truth {
                Truth::No => {}
                Truth::Open if can_raise => self.of_group(group, reach, &mut found),
                Truth::Open => {}
                Truth::Yes => self.of_level(group, judged, programme, reach, &mut found),
            }
            if group.truth == Truth::Open && can_raise && (reach == Reach::All || found.is_empty()) {
                self.of_level(group, judged, programme, reach, &mut found);
            }
        }
        found
    }

    fn of_group(&mut self, group: &GroupOutcome, reach: Reach, found: &mut BTreeSet<Unknown>) {
        let mut here = BTreeSet::new();
        for criterion in group.criteria.iter().filter(|c| c.truth == Truth::Open) {
            self.of_criterion(criterion, reach, &mut here);
            if reach == Reach::First && !here.is_empty() {
                break;
            }
        }
        let points_open = !group.points.iter().any(|point| point.truth == Truth::Yes);
        if points_open && (reach == Reach::All || here.is_empty()) {
            for point in group.points.iter().filter(|c| c.truth == Truth::Open) {
                self.of_criterion(point, reach, &mut here);
                if reach == Reach::First && !here.is_empty() {
                    break;
                }
            }
        }
        found.extend(here);
    }

    fn of_criterion(&mut self, criterion: &Criterion, reach: Reach, found: &mut BTreeSet<Unknown>) {
        self.of_node(criterion.node, criterion.frame, reach, found);
    }

    /// The facts on which case, coefficient and amount still depend.
    fn of_level(
        &mut self,
        group: &GroupOutcome,
        judged: &Judged,
        programme: usize,
        reach: Reach,
        found: &mut BTreeSet<Unknown>,
    ) {
        if group.level.is_none_or(|level| level.low == level.high) {
            return;
        }
        let frame = group.criteria.first().map(|c| c.frame).unwrap_or_default();
        for when in group
            .cases
            .iter()
            .filter(|case| case.truth == Truth::Open)
            .filter_map(|case| case.when)
        {
            self.of_node(when, frame, reach, found);
        }
        let rules = self.rules;
        let version = rules
            .programmes
            .get(programme)
            .zip(judged.version)
            .and_then(|(p, v)| p.versions.get(v));
        if let Some(amount) = version.and_then(|version| version.amount) {
            let frame = Frame {
                coefficient: group.coefficient,
                ..frame
            };
            self.of_node(amount, frame, reach, found);
        }
    }

    /// Collects what is not known in an expression that is not settled.
    pub fn of_node(&mut self, node: NodeId, frame: Frame, reach: Reach, found: &mut BTreeSet<Unknown>) {
        let settled = self.value(node, frame).map_or(true, |seen| seen.value.is_settled());
        if settled {
            return;
        }
        let rules = self.rules;
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
                if let Ok(outcome) = self.group(*programme, *version, *group, frame.me, &[]) {
                    self.of_group(&outcome, reach, found);
                }
            }
            Op::Entitled(programme) => {
                let judged = self.judge(*programme, frame.me);
                let inside = self.unknowns(&judged, *programme, reach);
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
                let looked_at = if counted.is_empty() { persons } else { counted };
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

    /// Where one part alone decides, the first such part; otherwise all of them.
    fn facts_of_parts(
        &mut self,
        parts: &[NodeId],
        decides: Truth,
        frame: Frame,
        behind: Behind,
        found: &mut BTreeSet<Unknown>,
    ) {
        let deciding = parts
            .iter()
            .find(|part| self.truth(**part, frame).is_ok_and(|(truth, _)| truth == decides));
        match deciding {
            Some(part) => self.facts_of(*part, frame, behind, found),
            None => parts.iter().for_each(|part| self.facts_of(*part, frame, behind, found)),
        }
    }
}
