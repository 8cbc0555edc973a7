//! Comparisons, and the days on which time alone changes them: known birthdays, days that come, and days that move on.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::{after_months, after_years, next_day};
use crate::household::LATEST_YEARS;
use crate::rules::{NodeId, Op, Type};
use crate::syntax::{Comparison, Function};
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
                (Op::Day, _) => earlier(right.flips, self.next_of(y, 0)),
                (_, Op::Day) => earlier(left.flips, self.next_of(x, 0)),
                // What a day not asked can be at the latest moves on with every day.
                _ if self.moves_on(x) => earlier(flips, self.next_of(y, LATEST_YEARS)),
                _ if self.moves_on(y) => earlier(flips, self.next_of(x, LATEST_YEARS)),
                _ => flips,
            };
        }
        Ok(Seen {
            value: Value::Truth(truth),
            flips,
        })
    }

    /// Returns the next day that, or which so many years on, reaches or passes an end of a range.
    fn next_of(&self, range: Range<Date>, years: i64) -> Option<Date> {
        let ends = range.bounds.into_iter().flat_map(|(low, high)| [low, high]);
        let days = ends.flat_map(|end| {
            let reached = after_years(end, -years);
            // Two years from 28 or 29 February can be the same day.
            let eve = reached.yesterday().unwrap_or(reached);
            [eve, reached, next_day(reached), next_day(next_day(reached))]
        });
        days.filter(|day| *day > self.day).min()
    }

    /// Returns whether a range of days is that of a fact not known at all, which grows by a day every day.
    pub(super) fn moves_on(&self, range: Range<Date>) -> bool {
        range
            .bounds
            .is_some_and(|(_, high)| high == after_years(self.day, LATEST_YEARS))
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
                Ok(from
                    .bounds
                    .filter(|_| flips.is_none())
                    .map(|(low, high)| Clock { low, high, months }))
            }
            _ => Ok(None),
        }
    }
}

/// A count of completed months from a day that lies in a range.
struct Clock {
    low: Date,
    high: Date,
    months: i64,
}

impl Clock {
    /// Returns the next day on which the count, at either end of the range, passes `n` or leaves it.
    fn next_crossing(&self, n: Decimal, day: Date) -> Option<Date> {
        let whole = i64::try_from(n.floor()).ok()?;
        let candidates = [self.low, self.high].into_iter().flat_map(|from| {
            [whole, whole.saturating_add(1)].map(|n| after_months(from, n.saturating_mul(self.months)))
        });
        candidates.filter(|candidate| *candidate > day).min()
    }
}
