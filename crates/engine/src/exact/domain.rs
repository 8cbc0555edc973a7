//! The values a fact can have, taken apart.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::rules::{Fact, FactId, RuleSet};
use crate::value::{Choices, Range, Truth, Value, bit};

/// Returns the parts of what is known of a fact, together all of it, in rising order; nothing when one value is left.
///
/// A range is cut in two: where a rule compares it on one of the `days`, as near to the middle of such places as can be;
/// where no rule does, in half.
pub(crate) fn split(rules: &RuleSet, fact: FactId, value: Value, days: &[Date]) -> Vec<Value> {
    match value {
        Value::Truth(Truth::Open) => [Truth::No, Truth::Yes].map(Value::Truth).into(),
        Value::Choice(set) if !value.is_settled() => {
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
        Value::Number(range) => {
            let step = rules.fact(fact).map_or(Decimal::ONE, Fact::step);
            let whole = |low: Decimal, high: Decimal| (low + ((high - low) / Decimal::TWO / step).floor() * step, step);
            let compared = || rules.cuts.numbers(rules, fact, days);
            parts(range, |low, high| {
                let firsts = compared().into_iter().flat_map(|n| [n, n + step]);
                let inside: Vec<Decimal> = firsts.filter(|n| low < *n && *n <= high).collect();
                match inside.get(inside.len() / 2) {
                    Some(first) => (*first - step, *first),
                    None => {
                        let (middle, step) = whole(low, high);
                        (middle, middle + step)
                    }
                }
            })
            .into_iter()
            .map(Value::Number)
            .collect()
        }
        Value::Date(range) => parts(range, |low, high| {
            let inside: Vec<Date> = rules.cuts.dates(fact, days);
            let inside: Vec<Date> = inside
                .into_iter()
                .filter(|first| low < *first && *first <= high)
                .collect();
            match inside.get(inside.len() / 2) {
                Some(first) => (first.yesterday().unwrap_or(low), *first),
                None => {
                    let days = low.until(high).map_or(0, |span| span.get_days());
                    let middle = low.saturating_add(jiff::Span::new().days(days / 2));
                    (middle, crate::calendar::next_day(middle))
                }
            }
        })
        .into_iter()
        .map(Value::Date)
        .collect(),
        Value::Truth(_) | Value::Choice(_) => Vec::new(),
    }
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
