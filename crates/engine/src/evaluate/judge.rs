//! One programme for one subject on one day: groups, cases, and the level.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::calendar::next_day;
use crate::read::{Audience, Scope};
use crate::report::Join;
use crate::rules::{Case, Group, NodeId, Op, Programme, Version};
use crate::value::{Range, Truth, Value};

use super::criteria::{any_of, states};
use super::{Criterion, Evaluator, Frame, Seen, Stop, Trace, earlier, every};

/// What a programme answers on a day, before anything is chosen among programmes.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The day.
    pub day: Date,
    /// The version in force; none when nothing covers the day.
    pub version: Option<usize>,
    /// Whether the programme can be about the subject on the day at all: who is dead or not born is nobody.
    pub is_subject: bool,
    /// Whether something is due: some group holds with all that every group needs, and nothing pauses it.
    pub truth: Truth,
    /// Whether the right is there, paused or not.
    pub right: Truth,
    /// For each pause of the version, that it does not hold.
    pub pauses: Vec<Criterion>,
    /// The amount, where something is or may be paid.
    pub level: Option<Level>,
    /// The group that pays, or that could pay most.
    pub paying: Option<usize>,
    /// Every group as evaluated.
    pub groups: Vec<GroupOutcome>,
    /// The next day on which time alone could change any of this.
    pub flips: Option<Date>,
    /// Why nothing could be computed.
    pub stop: Option<Stop>,
}

impl Judged {
    /// Returns everything but the groups.
    fn shell(&self) -> Judged {
        Judged {
            groups: Vec::new(),
            pauses: self.pauses.clone(),
            ..*self
        }
    }
}

impl GroupOutcome {
    /// Returns everything but the reasons.
    fn shell(&self) -> GroupOutcome {
        GroupOutcome {
            criteria: Vec::new(),
            points: Vec::new(),
            cases: Vec::new(),
            ..*self
        }
    }
}

/// A range of whole đồng.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// Lowest.
    pub low: i64,
    /// Highest.
    pub high: i64,
}

impl Level {
    /// Returns the smallest range that holds both.
    pub(crate) fn join(self, other: Level) -> Level {
        Level {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }
}

/// A group as evaluated.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupOutcome {
    /// Position in the version's groups.
    pub group: usize,
    /// Whether it holds, with all that every group needs, and nothing pauses it.
    pub truth: Truth,
    /// Whether it holds, paused or not.
    pub right: Truth,
    /// When that could change.
    pub flips: Option<Date>,
    /// What every group needs, then its own conditions, then that no pause holds.
    pub criteria: Vec<Criterion>,
    /// The points of which one must hold.
    pub points: Vec<Criterion>,
    /// The case and exception that apply or may apply.
    pub cases: Vec<CaseOutcome>,
    /// The amount.
    pub level: Option<Level>,
    /// The coefficient.
    pub coefficient: Option<Range<Decimal>>,
}

/// A case or exception that applies or may apply.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseOutcome {
    /// Its name, and the name of the exception in it: `["severe", "young_or_old"]`.
    pub path: Vec<String>,
    /// Whether it applies.
    pub truth: Truth,
    /// Its condition.
    pub when: Option<NodeId>,
}

impl Judged {
    /// Draws the conclusion from the groups.
    fn conclude(&mut self) {
        self.truth = self.groups.iter().fold(Truth::No, |any, group| any.or(group.truth));
        self.right = self.groups.iter().fold(Truth::No, |any, group| any.or(group.right));
        self.paying = paying(&self.groups);
        let pays = self.truth != Truth::No && self.groups.iter().any(|group| group.level.is_some());
        self.level = pays.then(|| level(&self.groups));
    }

    /// Returns the pauses that hold, where they and not the lack of the right are why nothing is due.
    pub fn paused_by(&self) -> Vec<&Criterion> {
        let holding = self.pauses.iter().filter(|unless| unless.truth == Truth::No);
        holding.filter(|_| self.right != Truth::No).collect()
    }

    /// Makes all that is due here depend on no pause on another day too.
    pub(crate) fn unless_paused(&mut self, pauses: &[Criterion]) {
        if pauses.iter().all(|unless| unless.truth == Truth::Yes) {
            return;
        }
        for group in &mut self.groups {
            group.truth = pauses.iter().fold(group.truth, |all, unless| all.and(unless.truth));
            group.criteria.extend(pauses.iter().cloned());
        }
        self.conclude();
    }
}

/// What was judged of a programme on the way to another.
#[derive(Default)]
pub(super) struct JudgedBefore {
    /// With nothing narrowed, and what the walk came across in it.
    whole: BTreeMap<(usize, Option<usize>), (Judged, Trace)>,
    /// With what is narrowed now.
    narrowed: BTreeMap<(usize, Option<usize>), Truth>,
}

impl JudgedBefore {
    pub(super) fn forget_narrowed(&mut self) {
        self.narrowed.clear();
    }
}

impl Evaluator<'_> {
    /// Returns whether something is due by another programme, and when that can change; while facts are narrowed, never.
    pub(super) fn entitled(&mut self, programme: usize, person: Option<usize>) -> (Truth, Option<Date>) {
        let key = (programme, person);
        if !self.narrowed().is_empty() {
            if let Some(known) = self.judged.narrowed.get(&key) {
                return (*known, None);
            }
            let judged = self.programme(programme, person);
            // What cannot be computed is not due.
            let truth = if judged.stop.is_some() { Truth::No } else { judged.truth };
            self.judged.narrowed.insert(key, truth);
            return (truth, None);
        }
        if let Some((known, trace)) = self.judged.whole.get(&key) {
            self.trace.note(trace.0);
            return (known.truth, known.flips);
        }
        let (judged, trace) = self.traced(|evaluator| evaluator.judge(programme, person));
        self.trace.note(trace.0);
        let seen = (judged.truth, judged.flips);
        self.judged.whole.insert(key, (judged, trace));
        seen
    }

    /// Judges a programme with what is narrowed; where it was judged with nothing narrowed, only what was open.
    pub(super) fn programme(&mut self, programme: usize, person: Option<usize>) -> Judged {
        let key = (programme, person);
        let Some((before, trace)) = self.judged.whole.remove(&key) else {
            return self.judge(programme, person);
        };
        let judged = if self.narrowed().is_empty() {
            before.clone()
        } else {
            self.judge_again(&before, programme, person).0
        };
        self.judged.whole.insert(key, (before, trace));
        judged
    }

    /// Judges a programme for a person (or the household) on the evaluator's day.
    pub fn judge(&mut self, programme: usize, person: Option<usize>) -> Judged {
        let judged = self.judge_version(programme, person);
        let version = judged.version.map_or(0, |version| version + 1);
        self.trace.note(u64::try_from(version).unwrap_or_default());
        self.trace.note(u64::from(judged.is_subject));
        self.trace.note(u64::from(judged.stop.is_some()));
        for level in judged.groups.iter().filter_map(|group| group.level) {
            self.trace.note(level.low.unsigned_abs());
            self.trace.note(level.high.unsigned_abs());
        }
        judged
    }

    fn judge_version(&mut self, programme: usize, person: Option<usize>) -> Judged {
        let on_death = self.rules.programmes.get(programme).is_some_and(Programme::on_death);
        let Some(person) = person.filter(|_| on_death) else {
            return self.judge_today(programme, person);
        };
        let died_on = self.household.persons.get(person).and_then(|p| p.died_on);
        let judged = match died_on.filter(|day| *day <= self.day) {
            Some(died_on) if died_on < self.day => self.on_day(died_on).judge_today(programme, Some(person)),
            Some(_) | None => self.judge_today(programme, Some(person)),
        };
        // After the death time changes nothing any more, and before it nothing but the death.
        Judged {
            flips: died_on.filter(|day| *day > self.day),
            ..judged
        }
    }

    fn judge_today(&mut self, programme: usize, person: Option<usize>) -> Judged {
        let rules = self.rules;
        let mut judged = Judged {
            day: self.day,
            version: None,
            is_subject: false,
            truth: Truth::No,
            right: Truth::No,
            pauses: Vec::new(),
            level: None,
            paying: None,
            groups: Vec::new(),
            flips: None,
            stop: None,
        };
        let Some(known) = rules.programmes.get(programme) else {
            return judged;
        };
        judged.flips = known.next_version_after(self.day);
        let Some((at, version)) = known.version_on(self.day) else {
            return judged;
        };
        judged.version = Some(at);
        let (is_subject, flips) = self.is_subject(version.audience, person);
        judged.flips = earlier(judged.flips, flips);
        judged.is_subject = is_subject;
        if !is_subject {
            return judged;
        }
        if let Err(stop) = self.judge_groups(&mut judged, (programme, at), version, person) {
            judged.stop = Some(stop);
            // What would have been looked at next is not known, nor when it changes.
            judged.flips = Some(next_day(self.day));
            return judged;
        }
        judged.conclude();
        if judged.truth == Truth::Open && self.narrowed().is_empty() {
            judged.flips = earlier(judged.flips, self.crossing(programme));
        }
        judged
    }

    /// Returns the next day on which the places that cut a date not known change their order.
    fn crossing(&mut self, programme: usize) -> Option<Date> {
        let rules = self.rules;
        let mut soonest = None;
        for (fact, passed, next) in rules.cuts.crossings(programme, self.day) {
            let subjects: Vec<Option<usize>> = match rules.fact(fact).map(|fact| fact.scope) {
                Some(Scope::Person) => (0..self.household.persons.len()).map(Some).collect(),
                _ => vec![None],
            };
            if subjects
                .iter()
                .any(|person| !self.known_of((*person, fact)).is_settled())
            {
                self.trace.note(passed);
                soonest = earlier(soonest, next);
            }
        }
        soonest
    }

    fn judge_groups(
        &mut self,
        judged: &mut Judged,
        (programme, at): (usize, usize),
        version: &Version,
        person: Option<usize>,
    ) -> Result<(), Stop> {
        for pause in &version.pauses {
            judged.pauses.push(self.named(&pause.unless, Frame::of(person))?);
        }
        for group in 0..version.groups.len() {
            let outcome = self.group(programme, at, group, person, &judged.pauses)?;
            judged.flips = earlier(judged.flips, outcome.flips);
            judged.groups.push(outcome);
        }
        Ok(())
    }

    /// Judges again what was open, after facts were narrowed: groups that hold stay, without their reasons, and groups that
    /// do not are left out. Also returns how many were looked at.
    pub(crate) fn judge_again(&mut self, before: &Judged, programme: usize, person: Option<usize>) -> (Judged, usize) {
        if before.day != self.day {
            return self.on_day(before.day).judge_again(before, programme, person);
        }
        let mut judged = before.shell();
        let rules = self.rules;
        let version = rules.programmes.get(programme).zip(before.version);
        let version = version.and_then(|(p, v)| p.versions.get(v));
        let Some(version) = version.filter(|_| before.stop.is_none()) else {
            return (judged, 0);
        };
        let mut n_groups = 0;
        if let Err(stop) = self.groups_again(&mut judged, before, version, person, &mut n_groups) {
            judged.stop = Some(stop);
        } else {
            judged.conclude();
        }
        (judged, n_groups)
    }

    fn groups_again(
        &mut self,
        judged: &mut Judged,
        before: &Judged,
        version: &Version,
        person: Option<usize>,
        n_groups: &mut usize,
    ) -> Result<(), Stop> {
        let frame = Frame::of(person);
        for unless in &mut judged.pauses {
            if unless.truth == Truth::Open {
                unless.truth = self.holds(unless.node, frame)?;
            }
        }
        let unpaused = judged
            .pauses
            .iter()
            .fold(Truth::Yes, |all, unless| all.and(unless.truth));
        for group in &before.groups {
            if group.truth == Truth::No {
                continue;
            }
            if group.truth == Truth::Yes && group.level.is_none_or(|level| level.low == level.high) {
                judged.groups.push(group.shell());
                continue;
            }
            *n_groups += 1;
            let outcome = self.state(version, group.group, unpaused, frame)?;
            if outcome.truth != Truth::No {
                judged.groups.push(outcome);
            }
        }
        Ok(())
    }

    /// Returns whether a programme can be about a person (or the household) on the day, and when that changes next.
    pub(crate) fn is_subject(&self, audience: Audience, person: Option<usize>) -> (bool, Option<Date>) {
        match (audience, person) {
            (Audience::Household, _) => (true, None),
            (Audience::Person, Some(person)) => self.lives(person),
            (Audience::Deceased, Some(person)) => {
                let died = self.household.persons.get(person).and_then(|p| p.died_on);
                let dead = died.is_some_and(|day| day <= self.day);
                (dead, died.filter(|day| *day > self.day))
            }
            (Audience::Person | Audience::Deceased, None) => (false, None),
        }
    }

    /// Evaluates a group of a programme version; `pauses` say that what pauses the programme does not hold.
    pub(super) fn group(
        &mut self,
        programme: usize,
        version: usize,
        group: usize,
        person: Option<usize>,
        pauses: &[Criterion],
    ) -> Result<GroupOutcome, Stop> {
        let rules = self.rules;
        let version = rules
            .programmes
            .get(programme)
            .and_then(|p| p.versions.get(version))
            .ok_or(Stop::Mismatch)?;
        let known = version.groups.get(group).ok_or(Stop::Mismatch)?;
        let frame = Frame::of(person);
        let (mut criteria, points) = self.conditions(version, known, frame)?;
        let (right, _) = holds(&criteria, &points);
        criteria.extend(pauses.iter().cloned());
        let (truth, flips) = holds(&criteria, &points);
        let mut outcome = GroupOutcome {
            group,
            truth,
            right,
            flips,
            criteria,
            points,
            cases: Vec::new(),
            level: None,
            coefficient: None,
        };
        if truth != Truth::No
            && let Some(amount) = version.amount
        {
            self.pay(&mut outcome, known, amount, frame)?;
        }
        Ok(outcome)
    }

    /// Evaluates a group without its reasons and without the days on which it changes; `unpaused` is that nothing pauses it.
    fn state(&mut self, version: &Version, at: usize, unpaused: Truth, frame: Frame) -> Result<GroupOutcome, Stop> {
        let group = version.groups.get(at).ok_or(Stop::Mismatch)?;
        let right = self.group_holds(version, group, frame)?;
        let truth = right.and(unpaused);
        let mut outcome = GroupOutcome {
            group: at,
            truth,
            right,
            flips: None,
            criteria: Vec::new(),
            points: Vec::new(),
            cases: Vec::new(),
            level: None,
            coefficient: None,
        };
        if truth != Truth::No
            && let Some(amount) = version.amount
        {
            self.pay(&mut outcome, group, amount, frame)?;
        }
        Ok(outcome)
    }

    /// Returns whether a group holds, looking no further than needed.
    fn group_holds(&mut self, version: &Version, group: &Group, frame: Frame) -> Result<Truth, Stop> {
        let mut truth = self.holds(group.when, frame)?;
        for condition in &version.requires {
            if truth == Truth::No {
                return Ok(truth);
            }
            truth = truth.and(self.holds(condition.when, frame)?);
        }
        if truth != Truth::No && !group.any.is_empty() {
            let mut any = Truth::No;
            for point in &group.any {
                if any == Truth::Yes {
                    break;
                }
                any = any.or(self.holds(point.when, frame)?);
            }
            truth = truth.and(any);
        }
        Ok(truth)
    }

    /// Returns whether a condition holds, looking no further than needed.
    pub(super) fn holds(&mut self, node: NodeId, frame: Frame) -> Result<Truth, Stop> {
        let (parts, decides) = match self.rules.op(node) {
            Op::And(parts) => (parts, Truth::No),
            Op::Or(parts) => (parts, Truth::Yes),
            Op::Not(inner) => return Ok(self.holds(*inner, frame)?.negated()),
            _ => return Ok(self.truth(node, frame)?.0),
        };
        let mut joined = decides.negated();
        for part in parts {
            let truth = self.holds(*part, frame)?;
            if truth == decides {
                return Ok(decides);
            }
            if truth == Truth::Open {
                joined = Truth::Open;
            }
        }
        Ok(joined)
    }

    /// Returns only whether a group holds, and when that can change; what it pays is not looked at.
    pub(super) fn group_truth(
        &mut self,
        programme: usize,
        version: usize,
        group: usize,
        person: Option<usize>,
    ) -> Result<(Truth, Option<Date>), Stop> {
        let rules = self.rules;
        let version = rules.programmes.get(programme).and_then(|p| p.versions.get(version));
        let (version, group) = version
            .and_then(|v| Some((v, v.groups.get(group)?)))
            .ok_or(Stop::Mismatch)?;
        if !self.narrowed().is_empty() {
            return Ok((self.group_holds(version, group, Frame::of(person))?, None));
        }
        let (criteria, points) = self.conditions(version, group, Frame::of(person))?;
        Ok(holds(&criteria, &points))
    }

    fn conditions(
        &mut self,
        version: &Version,
        group: &Group,
        frame: Frame,
    ) -> Result<(Vec<Criterion>, Vec<Criterion>), Stop> {
        let mut criteria = Vec::new();
        for condition in &version.requires {
            criteria.push(self.named(condition, frame)?);
        }
        let own = self.criterion(group.when, frame)?;
        if own.join == Join::All && !own.parts.is_empty() && own.title(self.rules).is_none() {
            criteria.extend(own.parts);
        } else {
            criteria.push(own);
        }
        let points = group
            .any
            .iter()
            .map(|point| self.named(point, frame))
            .collect::<Result<_, _>>()?;
        Ok((criteria, points))
    }

    fn pay(&mut self, outcome: &mut GroupOutcome, group: &Group, amount: NodeId, frame: Frame) -> Result<(), Stop> {
        let mut frame = frame;
        if !group.cases.is_empty() {
            let (coefficient, flips) = self.coefficient(&group.cases, None, &[], frame, &mut outcome.cases)?;
            let coefficient = coefficient.ok_or(Stop::NoCase)?;
            outcome.flips = earlier(outcome.flips, flips);
            outcome.coefficient = Some(coefficient);
            frame.coefficient = Some(coefficient);
        }
        let Seen {
            value: Value::Number(range),
            flips,
        } = self.value(amount, frame)?
        else {
            return Err(Stop::Mismatch);
        };
        let (low, high) = range.bounds.ok_or(Stop::Mismatch)?;
        outcome.flips = earlier(outcome.flips, flips);
        if low == high && !low.fract().is_zero() {
            return Err(Stop::Fraction);
        }
        let whole = |value: Decimal| value.to_i64().ok_or(Stop::Overflow);
        outcome.level = Some(Level {
            low: whole(low.floor())?,
            high: whole(high.ceil())?,
        });
        Ok(())
    }

    /// Returns the coefficient of the cases that apply, or of the exceptions inside them; none when none can apply.
    fn coefficient(
        &mut self,
        cases: &[Case],
        otherwise: Option<Decimal>,
        path: &[String],
        frame: Frame,
        applied: &mut Vec<CaseOutcome>,
    ) -> Result<(Option<Range<Decimal>>, Option<Date>), Stop> {
        let mut certain: Option<Range<Decimal>> = None;
        let mut possible: Option<Range<Decimal>> = None;
        let mut flips = None;
        for case in cases {
            let (truth, flip) = match case.when {
                Some(when) => self.truth(when, frame)?,
                None => (Truth::Yes, None),
            };
            flips = earlier(flips, flip);
            if truth == Truth::No {
                continue;
            }
            let path = [path, std::slice::from_ref(&case.name)].concat();
            applied.push(CaseOutcome {
                path: path.clone(),
                truth,
                when: case.when,
            });
            let (inside, flip) = self.coefficient(&case.except, Some(case.coefficient), &path, frame, applied)?;
            flips = earlier(flips, flip);
            let value = inside.unwrap_or(Range::known(case.coefficient));
            if truth == Truth::Yes {
                if certain.is_some_and(|other| other.only().is_some() && value.only().is_some() && other != value) {
                    return Err(Stop::TwoCases);
                }
                certain = Some(certain.map_or(value, |other| other.join(value)));
            } else {
                possible = Some(possible.map_or(value, |other| other.join(value)));
            }
        }
        let joined = match (certain, possible, otherwise) {
            // One that applies for certain leaves no room for the others, nor for the general level.
            (Some(certain), _, _) => Some(certain),
            (None, Some(possible), Some(general)) => Some(possible.join(Range::known(general))),
            (None, possible, _) => possible,
        };
        Ok((joined, flips))
    }
}

/// Returns whether all criteria hold and, where there are points, at least one of them.
fn holds(criteria: &[Criterion], points: &[Criterion]) -> (Truth, Option<Date>) {
    let mut parts = states(criteria);
    if !points.is_empty() {
        parts.push(any_of(points));
    }
    every(&parts)
}

/// Returns the group that pays: the highest that holds, else the one that could pay most.
fn paying(groups: &[GroupOutcome]) -> Option<usize> {
    let by = |truth: Truth| {
        let candidates = groups.iter().enumerate().filter(move |(_, group)| group.truth == truth);
        // The first of equals, so that the order of groups in the file decides the wording and never the money.
        candidates
            .rev()
            .max_by_key(|(_, group)| group.level.map_or((0, 0), |level| (level.low, level.high)))
    };
    by(Truth::Yes).or_else(|| by(Truth::Open)).map(|(at, _)| at)
}

/// Returns the amount over all groups: the highest that holds, up to the highest that may hold.
fn level(groups: &[GroupOutcome]) -> Level {
    let certain = groups.iter().filter(|group| group.truth == Truth::Yes);
    let possible = groups.iter().filter(|group| group.truth != Truth::No);
    Level {
        low: certain
            .filter_map(|group| group.level)
            .map(|level| level.low)
            .max()
            .unwrap_or(0),
        high: possible
            .filter_map(|group| group.level)
            .map(|level| level.high)
            .max()
            .unwrap_or(0),
    }
}
