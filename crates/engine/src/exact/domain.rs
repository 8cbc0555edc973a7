//! The values a fact can have, taken apart.

use jiff::Span;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::next_day;
use crate::value::{Choices, Range, Truth, Value, bit};

use super::Firsts;

/// Returns the parts of what is known of a fact, together all of it, in rising order; nothing when one value is left.
///
/// A range is cut in two: where a rule compares it, as near to the middle of such places as can be; where no rule does,
/// in half.
pub(crate) fn split(value: Value, firsts: &Firsts) -> Vec<Value> {
    match (value, firsts) {
        (Value::Truth(Truth::Open), _) => [Truth::No, Truth::Yes].map(Value::Truth).into(),
        (Value::Choice(set), _) if !value.is_settled() => {
            let one = |position| {
                Value::Choice(Choices {
                    bits: bit(position),
                    absent: false,
                })
            };
            let mut parts: Vec<Value> = set.positions().map(one).collect();
            if set.absent {
                parts.push(Value::Choice(Choices { bits: 0, absent: true }));
            }
            parts
        }
        (Value::Number(range), Firsts::Numbers(firsts, step)) => {
            let between = |low: Decimal, high: Decimal| match inside(firsts, low, high) {
                Some(first) => (first - step, first),
                None => {
                    let middle = low + ((high - low) / Decimal::TWO / step).floor() * step;
                    (middle, middle + step)
                }
            };
            parts(range, between).into_iter().map(Value::Number).collect()
        }
        (Value::Date(range), Firsts::Dates(firsts)) => {
            let between = |low: Date, high: Date| match inside(firsts, low, high) {
                Some(first) => (first.yesterday().unwrap_or(low), first),
                None => {
                    let n_days = low.until(high).map_or(0, |span| span.get_days());
                    let middle = low.saturating_add(Span::new().days(n_days / 2));
                    (middle, next_day(middle))
                }
            };
            parts(range, between).into_iter().map(Value::Date).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns whether what is known of a fact falls into parts that rules tell apart.
pub(crate) fn has_cut(value: Value, firsts: &Firsts) -> bool {
    match (value, firsts) {
        (Value::Number(range), Firsts::Numbers(firsts, _)) => {
            range.absent
                || range
                    .bounds
                    .is_some_and(|(low, high)| inside(firsts, low, high).is_some())
        }
        (Value::Date(range), Firsts::Dates(firsts)) => {
            range.absent
                || range
                    .bounds
                    .is_some_and(|(low, high)| inside(firsts, low, high).is_some())
        }
        _ => true,
    }
}

/// Returns the middle one of the places that cut a range.
fn inside<T: Copy + Ord>(firsts: &[T], low: T, high: T) -> Option<T> {
    let from = firsts.partition_point(|first| *first <= low);
    let to = firsts.partition_point(|first| *first <= high);
    firsts
        .get(from..to)
        .and_then(|inside| inside.get(inside.len() / 2))
        .copied()
}

/// Cuts a range in two, and *absent* off it; `between` says where: the last of the lower part, the first of the upper.
fn parts<T: Copy + Ord>(range: Range<T>, between: impl Fn(T, T) -> (T, T)) -> Vec<Range<T>> {
    let Some((low, high)) = range.bounds else {
        return Vec::new();
    };
    let mut parts = if low == high {
        vec![Range::known(low)]
    } else {
        let (last, first) = between(low, high);
        vec![Range::between(low, last), Range::between(first, high)]
    };
    if range.absent {
        parts.push(Range {
            bounds: None,
            absent: true,
        });
    }
    if parts.len() == 1 { Vec::new() } else { parts }
}
