//! What can be known of a quantity: a truth, a set of choices, or a range, possibly absent.
//!
//! Kleene's rules: an operation on what is not fully known gives every result that some completion could give, and
//! perhaps more, never fewer.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::syntax::Comparison;

/// The state of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// What is known does not decide it.
    Open,
}

impl Truth {
    /// Returns the truth of something known.
    pub fn known(value: bool) -> Truth {
        if value { Truth::Yes } else { Truth::No }
    }

    /// Returns the negation.
    pub fn negated(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
        }
    }

    /// Returns `self and other`.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Open,
        }
    }

    /// Returns `self or other`.
    pub fn or(self, other: Truth) -> Truth {
        self.negated().and(other.negated()).negated()
    }
}

/// A range of values, both ends included, that may also be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range<T> {
    /// Lowest and highest value; none when it is certainly absent.
    pub bounds: Option<(T, T)>,
    /// Whether it can be absent.
    pub absent: bool,
}

impl<T: Copy + Ord> Range<T> {
    /// Returns the range of one known value.
    pub fn known(value: T) -> Self {
        Self::between(value, value)
    }

    /// Returns the range from `low` to `high`.
    pub fn between(low: T, high: T) -> Self {
        Range {
            bounds: Some((low, high)),
            absent: false,
        }
    }

    /// Returns the value when exactly one is possible.
    pub fn only(self) -> Option<T> {
        self.bounds
            .filter(|(low, high)| low == high && !self.absent)
            .map(|(low, _)| low)
    }

    /// Returns whether the only value of another range lies in this one.
    fn allows(self, one: Self) -> bool {
        let inside = |((low, high), value)| low <= value && value <= high;
        self.bounds.zip(one.only()).is_some_and(inside)
    }

    /// Returns the smallest range that holds both.
    pub fn join(self, other: Self) -> Self {
        let bounds = match (self.bounds, other.bounds) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (bounds, None) | (None, bounds) => bounds,
        };
        Range {
            bounds,
            absent: self.absent || other.absent,
        }
    }

    /// Returns the truth of a comparison; with an absent side it is *no*.
    pub fn compare(self, comparison: Comparison, other: Self) -> Truth {
        let (Some((a, b)), Some((c, d))) = (self.bounds, other.bounds) else {
            return Truth::No;
        };
        let truth = match comparison {
            Comparison::Less => decide(b < c, a >= d),
            Comparison::AtMost => decide(b <= c, a > d),
            Comparison::More => decide(a > d, b <= c),
            Comparison::AtLeast => decide(a >= d, b < c),
            Comparison::Equal => decide(a == b && c == d && a == c, b < c || a > d),
            Comparison::NotEqual => decide(b < c || a > d, a == b && c == d && a == c),
        };
        if truth == Truth::Yes && (self.absent || other.absent) {
            Truth::Open
        } else {
            truth
        }
    }
}

fn decide(always: bool, never: bool) -> Truth {
    if always {
        Truth::Yes
    } else if never {
        Truth::No
    } else {
        Truth::Open
    }
}

/// A set of choices, by position in their list, and whether absent is among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// One bit for each possible choice.
    pub bits: u64,
    /// Whether it can be absent.
    pub absent: bool,
}

impl Choices {
    /// Returns the set of one choice.
    pub fn only(position: usize) -> Choices {
        Choices {
            bits: bit(position),
            absent: false,
        }
    }

    /// Returns the set of the first `n` choices.
    pub fn all(n: usize) -> Choices {
        Choices {
            bits: (0..n).fold(0, |bits, i| bits | bit(i)),
            absent: false,
        }
    }

    /// Returns the choices of both sets.
    pub fn join(self, other: Choices) -> Choices {
        Choices {
            bits: self.bits | other.bits,
            absent: self.absent || other.absent,
        }
    }

    /// Returns whether the value is one of `list`.
    pub fn is_in(self, list: u64) -> Truth {
        let (inside, outside) = (self.bits & list != 0, self.bits & !list != 0 || self.absent);
        decide(inside && !outside, !inside)
    }

    /// Returns whether both are the same choice.
    pub fn equals(self, other: Choices) -> Truth {
        let can_be = self.bits & other.bits != 0;
        let must_be = self == other && self.bits.count_ones() == 1 && !self.absent;
        decide(must_be, !can_be)
    }

    /// Returns whether they are two different choices, neither absent.
    pub fn differs(self, other: Choices) -> Truth {
        if self.bits == 0 || other.bits == 0 {
            return Truth::No;
        }
        let truth = match (Choices { absent: false, ..self }).equals(Choices { absent: false, ..other }) {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Open => Truth::Open,
        };
        if truth == Truth::Yes && (self.absent || other.absent) {
            Truth::Open
        } else {
            truth
        }
    }

    /// Returns the positions in the set, rising.
    pub fn positions(self) -> impl Iterator<Item = usize> {
        (0..64).filter(move |i| self.bits & bit(*i) != 0)
    }
}

/// Returns the bit of a position; none past 63.
pub fn bit(position: usize) -> u64 {
    u32::try_from(position)
        .ok()
        .and_then(|p| 1u64.checked_shl(p))
        .unwrap_or(0)
}

/// What is known of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// A condition.
    Truth(Truth),
    /// A choice.
    Choice(Choices),
    /// A number.
    Number(Range<Decimal>),
    /// A day.
    Date(Range<Date>),
}

impl Value {
    /// Returns whether exactly one value is possible.
    pub fn is_settled(self) -> bool {
        match self {
            Value::Truth(truth) => truth != Truth::Open,
            Value::Choice(set) => (set.bits.count_ones() == 1) != set.absent && set.bits.count_ones() <= 1,
            Value::Number(range) => range.only().is_some() || range.bounds.is_none(),
            Value::Date(range) => range.only().is_some() || range.bounds.is_none(),
        }
    }

    /// Returns whether one value, settled, is among those that are possible. Both have one type.
    pub fn allows(self, one: Value) -> bool {
        match (self, one) {
            (Value::Truth(truth), one) => truth == Truth::Open || Value::Truth(truth) == one,
            (Value::Choice(set), Value::Choice(one)) => set.bits & one.bits != 0,
            (Value::Number(range), Value::Number(one)) => range.allows(one),
            (Value::Date(range), Value::Date(one)) => range.allows(one),
            (Value::Choice(_) | Value::Number(_) | Value::Date(_), _) => false,
        }
    }

    /// Returns the smallest value that holds both. Both have one type; the checker saw to it.
    pub fn join(self, other: Value) -> Value {
        match (self, other) {
            (Value::Truth(a), Value::Truth(b)) if a == b => self,
            (Value::Truth(_), _) => Value::Truth(Truth::Open),
            (Value::Choice(a), Value::Choice(b)) => Value::Choice(a.join(b)),
            (Value::Number(a), Value::Number(b)) => Value::Number(a.join(b)),
            (Value::Date(a), Value::Date(b)) => Value::Date(a.join(b)),
            (Value::Choice(_) | Value::Number(_) | Value::Date(_), _) => self,
        }
    }

    /// Returns whether the value can be absent or is a set or range with more than one member: `is absent`.
    pub fn is_absent(self) -> Truth {
        let (some, absent) = match self {
            Value::Truth(_) => (true, false),
            Value::Choice(set) => (set.bits != 0, set.absent),
            Value::Number(range) => (range.bounds.is_some(), range.absent),
            Value::Date(range) => (range.bounds.is_some(), range.absent),
        };
        decide(!some, !absent)
    }
}
