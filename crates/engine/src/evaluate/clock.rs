//! Comparisons, and the days on which time alone changes them: known birthdays, days that come, and days that move on.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::{after_months, next_day};
use crate::rules::{NodeId, Op, Type};
use crate::syntax::{Arithmetic, Comparison, Function};
use crate::value::{Range, Value};

use super::{Evaluator, Frame, Seen, Stop, earlier};

impl Evaluator<'_> {
    pub(super) fn compare(&mut self, comparison: Comparison, a: NodeId, b: NodeId, frame: Frame) -> Result<Seen, Stop> {
        let (left, right) = (self.value(a, frame)?, self.value(b, frame)?);
        let truth = match (left.value, right.value) {
            (Value::Number(x), Value::Number(y)) => x.compare(comparison, y),
            (Value::Date(x), Value::Date(y)) => x.compare(comparison, y),
            (Value::Choice(x), Value::Choice(y)) if comparison == Comparison::Equal => x.equals(y),
            (Value::Choice(x), Value::Choice(y)) if comparison == Comparison::NotEqual => x.differs(y),
            (Value::Truth(x), Value::Truth(y)) => {
                let same = x.and(y).or(x.negated().and(y.negated()));
                match comparison {
                    Comparison::Equal => same,
                    Comparison::NotEqual => same.negated(),
                    _ => return Err(Stop::Mismatch),
                }
            }
            _ => return Err(Stop::Mismatch),
        };
        if self.only_values() {
            let value = Value::Truth(truth);
            return Ok(Seen { value, flips: None });
        }
        self.trace.note_truth(truth);
        let mut flips = earlier(left.flips, right.flips);
        // An age compared with a fixed number changes the outcome on known birthdays only.
        if let (Some(clock), Value::Number(y)) = (self.clock(a, frame)?, right.value)
            && right.flips.is_none()
            && let Some(n) = y.only()
        {
            flips = clock.next_crossing(n, self.day);
        } else if let (Some(clock), Value::Number(x)) = (self.clock(b, frame)?, left.value)
            && left.flips.is_none()
            && let Some(n) = x.only()
        {
            flips = clock.next_crossing(n, self.day);
        }
        if let (Value::Date(x), Value::Date(y)) = (left.value, right.value) {
            flips = match (self.rules.op(a), self.rules.op(b)) {
                (Op::Day, _) => earlier(right.flips, self.next_of(y)),
                (_, Op::Day) => earlier(left.flips, self.next_of(x)),
                _ => flips,
            };
        }
        Ok(Seen {
            value: Value::Truth(truth),
            flips,
        })
    }

    /// Returns the next day that reaches or passes an end of a range.
    fn next_of(&self, range: Range<Date>) -> Option<Date> {
        let ends = range.bounds.into_iter().flat_map(|(low, high)| [low, high]);
        let days = ends.flat_map(|end| [end, next_day(end)]);
        days.filter(|day| *day > self.day).min()
    }

    /// Returns the clock behind an expression that counts completed years or months up to the day judged.
    fn clock(&mut self, node: NodeId, frame: Frame) -> Result<Option<Clock>, Stop> {
        let rules = self.rules;
        match rules.op(node) {
            Op::Term(at, who) => {
                let person = self.whose(*who, frame);
                match rules.terms.get(*at) {
                    Some(term) if matches!(term.kind, Type::Number(_)) => self.clock(term.is, Frame::of(person)),
                    _ => Ok(None),
                }
            }
            Op::Call(function @ (Function::YearsBetween | Function::MonthsBetween), arguments) => {
                let [from, to] = arguments.as_slice() else {
                    return Ok(None);
                };
                if !matches!(rules.op(*to), Op::Day) {
                    return Ok(None);
                }
                let (from, flips) = self.date(*from, frame)?;
                let months = if *function == Function::YearsBetween { 12 } else { 1 };
                Ok(from.bounds.filter(|_| flips.is_none()).map(|(low, high)| Clock {
                    low,
                    high,
                    months,
                    less: (Decimal::ZERO, Decimal::ZERO),
                }))
            }
            Op::Arithmetic(Arithmetic::Subtract, a, b) => {
                let Some(clock) = self.clock(*a, frame)? else {
                    return Ok(None);
                };
                let (less, flips) = self.number(*b, frame)?;
                let less = less
                    .bounds
                    .filter(|_| flips.is_none() && clock.less == (Decimal::ZERO, Decimal::ZERO));
                Ok(less.map(|less| Clock { less, ..clock }))
            }
            _ => Ok(None),
        }
    }
}

/// A count of completed months, or of so many together, from a day that lies in a range, less a number that lies in one.
struct Clock {
    low: Date,
    high: Date,
    months: i64,
    less: (Decimal, Decimal),
}

impl Clock {
    /// Returns the next day on which the count, at either end of the range, passes `n` or leaves it.
    fn next_crossing(&self, n: Decimal, day: Date) -> Option<Date> {
        let mut soonest = None;
        for less in [self.less.0, self.less.1] {
            let whole = i64::try_from(n.checked_add(less)?.floor()).ok()?;
            for from in [self.low, self.high] {
                for n in [whole, whole.saturating_add(1)] {
                    let crossing = after_months(from, n.saturating_mul(self.months));
                    soonest = earlier(soonest, Some(crossing).filter(|crossing| *crossing > day));
                }
            }
        }
        soonest
    }
}
