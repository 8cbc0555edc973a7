//! Walks the plan for one household on one day.
//!
//! Every result carries the first later day on which it could change by time alone, so that the calendar falls out of the
//! same walk as the answer.

mod clock;
mod criteria;
mod judge;
mod people;
mod presumptions;
mod unknowns;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::{after_months, after_years, months_between, next_day, years_between};
use crate::household::Household;
use crate::rules::{FactId, NodeId, Op, RuleSet, Who};
use crate::syntax::{Arithmetic, Comparison, Function};
use crate::value::{Choices, Range, Truth, Value};

pub use criteria::Criterion;
use judge::JudgedBefore;
pub use judge::{GroupOutcome, Judged, Level};
pub(crate) use presumptions::{Presumptions, presumable};
pub use unknowns::{Behind, Reach, Unknown};

/// A value, and the first later day on which time alone could change it; none for never.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The value.
    pub value: Value,
    /// The day.
    pub flips: Option<Date>,
}

/// Why nothing could be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A parameter has no value on the day.
    NoValue {
        /// Position of the parameter.
        parameter: usize,
    },
    /// A number grew past what can be counted exactly.
    Overflow,
    /// An amount is not a whole number of đồng.
    Fraction,
    /// A group holds, but none of its cases does.
    NoCase,
    /// Two cases apply together with different results.
    TwoCases,
    /// Types do not fit: the checker has a gap.
    Mismatch,
}

/// Counts completed years or months between two days.
type Count = fn(Date, Date) -> i64;

/// Returns the day on which so many years or months are complete.
type After = fn(Date, i64) -> Date;

/// Whose facts are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// The person looked at.
    pub me: Option<usize>,
    /// The person judged.
    pub subject: Option<usize>,
    /// The coefficient of the case that applies.
    pub coefficient: Option<Range<Decimal>>,
}

/// Evaluates expressions for one household on one day, remembering terms.
pub struct Evaluator<'a> {
    /// The rules.
    pub rules: &'a RuleSet,
    /// The household.
    pub household: &'a Household,
    /// The day judged.
    pub day: Date,
    /// What terms came to with nothing narrowed, each with what the walk came across in it: it holds for every walk on the day.
    whole: Vec<Option<(Result<Seen, Stop>, Trace)>>,
    /// What terms came to with what is narrowed, each with the era in which it was looked at; as long as needed.
    terms: Vec<(u64, Result<Seen, Stop>)>,
    /// Goes up when what is known changes: what was remembered before counts no more.
    era: u64,
    /// Facts of which less is possible than is recorded: the later entry counts.
    narrowed: Vec<(Unknown, Value)>,
    /// Whether what the law presumes is taken.
    presumptions: Presumptions,
    trace: Trace,
    judged: JudgedBefore,
}

/// What the comparisons so far came to and which dated values were read, as one number: where it is the same on two days,
/// so is every answer that the same walk gave, however much is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Trace(u64);

impl Trace {
    fn new() -> Trace {
        Trace(0xcbf2_9ce4_8422_2325)
    }

    /// FNV-1a, a word at a time.
    pub(crate) fn note(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23);
    }

    fn note_truth(&mut self, truth: Truth) {
        self.note(match truth {
            Truth::Yes => 1,
            Truth::No => 2,
            Truth::Open => 3,
        });
    }
}

/// Returns the earlier of two days, none being never.
pub(crate) fn earlier(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (day, None) | (None, day) => day,
    }
}

impl Frame {
    /// Returns the frame in which somebody is judged.
    pub fn of(person: Option<usize>) -> Frame {
        Frame {
            me: person,
            subject: person,
            coefficient: None,
        }
    }
}

impl<'a> Evaluator<'a> {
    /// Returns an evaluator for `household` on `day`.
    pub fn new(rules: &'a RuleSet, household: &'a Household, day: Date) -> Self {
        let size = rules.terms.len() * (household.persons.len() + 1);
        Evaluator {
            rules,
            household,
            day,
            whole: vec![None; size],
            terms: Vec::new(),
            era: 1,
            narrowed: Vec::new(),
            presumptions: Presumptions::Held,
            trace: Trace::new(),
            judged: JudgedBefore::default(),
        }
    }

    /// Returns what the walk came across, and begins anew.
    pub(crate) fn take_trace(&mut self) -> Trace {
        std::mem::replace(&mut self.trace, Trace::new())
    }

    /// Takes a fact to have one of fewer values than is recorded, until [`Evaluator::widen`] is called with what this returns.
    pub(crate) fn narrow(&mut self, unknown: Unknown, value: Value) -> usize {
        let mark = self.narrowed.len();
        self.narrowed.push((unknown, value));
        self.era += 1;
        self.judged.forget_narrowed();
        mark
    }

    /// Takes back every narrowing since `mark`.
    pub(crate) fn widen(&mut self, mark: usize) {
        self.narrowed.truncate(mark);
        self.era += 1;
        self.judged.forget_narrowed();
    }

    /// Returns what facts are taken to be besides what is recorded.
    pub(crate) fn narrowed(&self) -> &[(Unknown, Value)] {
        &self.narrowed
    }

    /// Returns whether something is recorded of a fact that holds on the day.
    pub(crate) fn is_recorded(&self, unknown: Unknown) -> bool {
        let answers = self.answers(unknown.0);
        answers
            .and_then(|a| a.get(&unknown.1))
            .is_some_and(|answer| answer.holds_on(self.day))
    }

    /// Returns the truth of a condition.
    ///
    /// # Errors
    /// [`Stop`] when it rests on something that has no value.
    pub fn truth(&mut self, node: NodeId, frame: Frame) -> Result<(Truth, Option<Date>), Stop> {
        let seen = self.value(node, frame)?;
        match seen.value {
            Value::Truth(truth) => Ok((truth, seen.flips)),
            Value::Choice(_) | Value::Number(_) | Value::Date(_) => Err(Stop::Mismatch),
        }
    }

    /// Returns what is known of an expression.
    ///
    /// # Errors
    /// [`Stop`] when it rests on something that has no value.
    pub fn value(&mut self, node: NodeId, frame: Frame) -> Result<Seen, Stop> {
        let rules = self.rules;
        let settled = |value: Value| Ok(Seen { value, flips: None });
        match rules.op(node) {
            Op::Truth(value) => settled(Value::Truth(Truth::known(*value))),
            Op::Number(value, _) => settled(Value::Number(Range::known(*value))),
            Op::Date(value) => settled(Value::Date(Range::known(*value))),
            Op::Choice(position, _) => settled(Value::Choice(Choices::only(*position))),
            Op::Day => {
                let tomorrow = next_day(self.day);
                Ok(Seen {
                    value: Value::Date(Range::known(self.day)),
                    flips: Some(tomorrow),
                })
            }
            Op::Coefficient => {
                let coefficient = frame.coefficient.unwrap_or(Range::known(Decimal::ZERO));
                settled(Value::Number(coefficient))
            }
            Op::DiedOn(who) => Ok(self.died_on(self.whose(*who, frame))),
            Op::Fact(fact, who) => self.fact(*fact, *who, frame),
            Op::Parameter(at) => self.parameter(*at),
            Op::Term(at, who) => self.term(*at, self.whose(*who, frame)),
            Op::Group {
                programme,
                version,
                group,
            } => {
                let (truth, flips) = self.group_truth(*programme, *version, *group, frame.me)?;
                Ok(Seen {
                    value: Value::Truth(truth),
                    flips,
                })
            }
            Op::Entitled(programme) => {
                let (truth, flips) = self.entitled(*programme, frame.me);
                Ok(Seen {
                    value: Value::Truth(truth),
                    flips,
                })
            }
            Op::And(_) | Op::Or(_) | Op::Not(_) if self.only_values() => {
                let value = Value::Truth(self.holds(node, frame)?);
                settled(value)
            }
            Op::Not(inner) => {
                let (truth, flips) = self.truth(*inner, frame)?;
                Ok(Seen {
                    value: Value::Truth(truth.negated()),
                    flips,
                })
            }
            Op::And(parts) => self.all(parts, frame),
            Op::Or(parts) => {
                let mut seen = Vec::with_capacity(parts.len());
                for part in parts {
                    let (truth, flips) = self.truth(*part, frame)?;
                    seen.push((truth.negated(), flips));
                }
                let (truth, flips) = every(&seen);
                Ok(Seen {
                    value: Value::Truth(truth.negated()),
                    flips,
                })
            }
            Op::Compare(comparison, a, b) => self.compare(*comparison, *a, *b, frame),
            Op::Between {
                value,
                low,
                high,
                inclusive,
            } => {
                let upper = Comparison::up_to(*inclusive);
                let from = self.compare(Comparison::AtLeast, *value, *low, frame)?;
                let to = self.compare(upper, *value, *high, frame)?;
                let mut parts = Vec::with_capacity(2);
                for seen in [from, to] {
                    if let Value::Truth(truth) = seen.value {
                        parts.push((truth, seen.flips));
                    }
                }
                let (truth, flips) = every(&parts);
                Ok(Seen {
                    value: Value::Truth(truth),
                    flips,
                })
            }
            Op::OneOf(inner, bits, _) => match self.value(*inner, frame)? {
                Seen {
                    value: Value::Choice(set),
                    flips,
                } => {
                    let truth = set.is_in(*bits);
                    self.trace.note_truth(truth);
                    Ok(Seen {
                        value: Value::Truth(truth),
                        flips,
                    })
                }
                _ => Err(Stop::Mismatch),
            },
            Op::Absent(inner, wanted) => {
                let seen = self.value(*inner, frame)?;
                let truth = seen.value.is_absent();
                let truth = if *wanted { truth } else { truth.negated() };
                self.trace.note_truth(truth);
                Ok(Seen {
                    value: Value::Truth(truth),
                    flips: seen.flips,
                })
            }
            Op::Negate(inner) => {
                let (range, flips) = self.number(*inner, frame)?;
                let bounds = range.bounds.map(|(low, high)| (-high, -low));
                Ok(Seen {
                    value: Value::Number(Range { bounds, ..range }),
                    flips,
                })
            }
            Op::Arithmetic(arithmetic, a, b) => {
                let (x, flips_x) = self.number(*a, frame)?;
                let (y, flips_y) = self.number(*b, frame)?;
                let value = Value::Number(compute(*arithmetic, x, y)?);
                Ok(Seen {
                    value,
                    flips: earlier(flips_x, flips_y),
                })
            }
            Op::If(condition, then, otherwise) => {
                let (truth, flips) = self.truth(*condition, frame)?;
                let seen = match truth {
                    Truth::Yes => self.value(*then, frame)?,
                    Truth::No => self.value(*otherwise, frame)?,
                    Truth::Open => {
                        let a = self.value(*then, frame)?;
                        let b = self.value(*otherwise, frame)?;
                        Seen {
                            value: a.value.join(b.value),
                            flips: earlier(a.flips, b.flips),
                        }
                    }
                };
                Ok(Seen {
                    value: seen.value,
                    flips: earlier(flips, seen.flips),
                })
            }
            Op::Call(function, arguments) => self.call(*function, arguments, frame),
            Op::Aggregate {
                kind,
                people,
                of,
                filter,
            } => self.aggregate(*kind, *people, *of, *filter, frame),
            Op::Recode(inner, positions) => match self.value(*inner, frame)? {
                Seen {
                    value: Value::Choice(set),
                    flips,
                } => {
                    let bits = set
                        .positions()
                        .filter_map(|p| positions.get(p))
                        .fold(0, |bits, to| bits | crate::value::bit(*to));
                    Ok(Seen {
                        value: Value::Choice(Choices {
                            bits,
                            absent: set.absent,
                        }),
                        flips,
                    })
                }
                _ => Err(Stop::Mismatch),
            },
        }
    }

    pub(crate) fn whose(&self, who: Who, frame: Frame) -> Option<usize> {
        match who {
            Who::Me => frame.me,
            Who::Subject => frame.subject,
            Who::Household => None,
        }
    }

    fn fact(&mut self, id: FactId, who: Who, frame: Frame) -> Result<Seen, Stop> {
        let fact = self.rules.fact(id).ok_or(Stop::Mismatch)?;
        let (value, flips) = self.fact_on(fact, (self.whose(who, frame), id));
        if self.only_values() {
            return Ok(Seen { value, flips: None });
        }
        if let Value::Truth(truth) = value {
            self.trace.note_truth(truth);
        }
        Ok(Seen { value, flips })
    }

    /// Returns the day on which a person died, absent before that day.
    fn died_on(&self, person: Option<usize>) -> Seen {
        let died_on = person
            .and_then(|at| self.household.persons.get(at))
            .and_then(|person| person.died_on);
        let past = died_on.filter(|day| *day <= self.day);
        let range = Range {
            bounds: past.map(|day| (day, day)),
            absent: past.is_none(),
        };
        Seen {
            value: Value::Date(range),
            flips: died_on.filter(|day| *day > self.day),
        }
    }

    fn parameter(&mut self, at: usize) -> Result<Seen, Stop> {
        let parameter = self.rules.parameters.get(at).ok_or(Stop::Mismatch)?;
        let flips = parameter.next_after(self.day);
        match parameter.on(self.day) {
            Some(dated) => {
                let place = parameter.dated.iter().position(|known| known.from == dated.from);
                self.trace
                    .note(u64::try_from(place.unwrap_or_default()).unwrap_or_default());
                Ok(Seen {
                    value: Value::Number(Range::known(dated.is)),
                    flips,
                })
            }
            None => Err(Stop::NoValue { parameter: at }),
        }
    }

    /// Returns a term of a person, or of the household.
    pub(crate) fn term(&mut self, at: usize, person: Option<usize>) -> Result<Seen, Stop> {
        let slot = at * (self.household.persons.len() + 1) + person.map_or(0, |p| p + 1);
        let term = self.rules.terms.get(at).ok_or(Stop::Mismatch)?;
        let whole = self.whole.get(slot).copied().flatten();
        if !self.only_values() {
            let (seen, trace) = match whole {
                Some(known) => known,
                None => self.traced(|evaluator| evaluator.value(term.is, Frame::of(person))),
            };
            self.trace.note(trace.0);
            if let Some(place) = self.whole.get_mut(slot) {
                *place = Some((seen, trace));
            }
            return seen;
        }
        if let Some((Ok(seen), _)) = whole
            && !self
                .narrowed
                .iter()
                .any(|((_, fact), _)| self.rules.reads.term_may(at, *fact))
        {
            return Ok(Seen { flips: None, ..seen });
        }
        if let Some((era, known)) = self.terms.get(slot)
            && *era == self.era
        {
            return *known;
        }
        let seen = self.value(term.is, Frame::of(person));
        if self.terms.is_empty() {
            self.terms = vec![(0, Err(Stop::Mismatch)); self.whole.len()];
        }
        if let Some(place) = self.terms.get_mut(slot) {
            *place = (self.era, seen);
        }
        seen
    }

    /// Returns what a part of the walk gives, and what it alone came across.
    fn traced<T>(&mut self, part: impl FnOnce(&mut Self) -> T) -> (T, Trace) {
        let outside = std::mem::replace(&mut self.trace, Trace::new());
        let given = part(self);
        (given, std::mem::replace(&mut self.trace, outside))
    }

    fn number(&mut self, node: NodeId, frame: Frame) -> Result<(Range<Decimal>, Option<Date>), Stop> {
        match self.value(node, frame)? {
            Seen {
                value: Value::Number(range),
                flips,
            } => Ok((range, flips)),
            _ => Err(Stop::Mismatch),
        }
    }

    fn date(&mut self, node: NodeId, frame: Frame) -> Result<(Range<Date>, Option<Date>), Stop> {
        match self.value(node, frame)? {
            Seen {
                value: Value::Date(range),
                flips,
            } => Ok((range, flips)),
            _ => Err(Stop::Mismatch),
        }
    }

    /// Returns whether only values count, and not the days on which they change: facts are narrowed to try something out.
    fn only_values(&self) -> bool {
        !self.narrowed.is_empty()
    }

    fn all(&mut self, parts: &[NodeId], frame: Frame) -> Result<Seen, Stop> {
        let mut seen = Vec::with_capacity(parts.len());
        for part in parts {
            seen.push(self.truth(*part, frame)?);
        }
        let (truth, flips) = every(&seen);
        Ok(Seen {
            value: Value::Truth(truth),
            flips,
        })
    }

    fn call(&mut self, function: Function, arguments: &[NodeId], frame: Frame) -> Result<Seen, Stop> {
        match function {
            Function::YearsBetween | Function::MonthsBetween => {
                let [from, to] = arguments else {
                    return Err(Stop::Mismatch);
                };
                let (a, flips_a) = self.date(*from, frame)?;
                let (b, flips_b) = self.date(*to, frame)?;
                let (count, after) = match function {
                    Function::YearsBetween => (years_between as Count, after_years as After),
                    _ => (months_between as Count, after_months as After),
                };
                let absent = a.absent || b.absent;
                let (Some((a_low, a_high)), Some((b_low, b_high))) = (a.bounds, b.bounds) else {
                    let value = Value::Number(Range {
                        bounds: None,
                        absent: true,
                    });
                    return Ok(Seen {
                        value,
                        flips: earlier(flips_a, flips_b),
                    });
                };
                let (low, high) = (count(a_high, b_low), count(a_low, b_high));
                let flips = if self.only_values() {
                    None
                } else if matches!(self.rules.op(*to), Op::Day) {
                    let next = earlier(Some(after(a_high, low + 1)), Some(after(a_low, high + 1)));
                    earlier(flips_a, next)
                } else {
                    earlier(flips_a, flips_b)
                };
                let range = Range::between(Decimal::from(low), Decimal::from(high));
                Ok(Seen {
                    value: Value::Number(Range { absent, ..range }),
                    flips,
                })
            }
            Function::Min | Function::Max => {
                let mut bounds: Option<(Decimal, Decimal)> = None;
                let (mut absent, mut never, mut flips) = (false, false, None);
                for argument in arguments {
                    let (range, flip) = self.number(*argument, frame)?;
                    flips = earlier(flips, flip);
                    absent |= range.absent;
                    let Some((low, high)) = range.bounds else {
                        never = true;
                        continue;
                    };
                    bounds = Some(match (bounds, function) {
                        (None, _) => (low, high),
                        (Some((a, b)), Function::Min) => (a.min(low), b.min(high)),
                        (Some((a, b)), _) => (a.max(low), b.max(high)),
                    });
                }
                let bounds = if never { None } else { bounds };
                Ok(Seen {
                    value: Value::Number(Range { bounds, absent }),
                    flips,
                })
            }
        }
    }
}

/// Returns the truth of "all of them", and when it can change: while one part says no, the others do not matter.
fn every(parts: &[(Truth, Option<Date>)]) -> (Truth, Option<Date>) {
    let truth = parts.iter().fold(Truth::Yes, |all, (truth, _)| all.and(*truth));
    if truth == Truth::No {
        let mut latest = None;
        for (_, flips) in parts.iter().filter(|(truth, _)| *truth == Truth::No) {
            match flips {
                None => return (truth, None),
                Some(day) => latest = latest.max(Some(*day)),
            }
        }
        return (truth, latest);
    }
    (
        truth,
        parts.iter().fold(None, |soonest, (_, flips)| earlier(soonest, *flips)),
    )
}

fn compute(arithmetic: Arithmetic, x: Range<Decimal>, y: Range<Decimal>) -> Result<Range<Decimal>, Stop> {
    let absent = x.absent || y.absent;
    let (Some((a, b)), Some((c, d))) = (x.bounds, y.bounds) else {
        return Ok(Range {
            bounds: None,
            absent: true,
        });
    };
    let apply = |p: Decimal, q: Decimal| match arithmetic {
        Arithmetic::Add => p.checked_add(q),
        Arithmetic::Subtract => p.checked_sub(q),
        Arithmetic::Multiply => p.checked_mul(q),
        Arithmetic::Divide => p.checked_div(q),
    };
    let mut low = Decimal::MAX;
    let mut high = Decimal::MIN;
    for (p, q) in [(a, c), (a, d), (b, c), (b, d)] {
        let result = apply(p, q).ok_or(Stop::Overflow)?;
        low = low.min(result);
        high = high.max(result);
    }
    Ok(Range {
        bounds: Some((low, high)),
        absent,
    })
}
