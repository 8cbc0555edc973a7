//! Expressions as written, with their places.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::Span;

/// An expression and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub node: Node,
    /// Its place.
    pub span: Span,
}

/// The forms an expression can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// `yes` or `no`.
    Truth(bool),
    /// `16`, `1.5`, `1_000`.
    Number(Decimal),
    /// `2025-07-01`.
    Date(Date),
    /// `age`, `group.disabled`, `entitled.x`, `subject.age`, `day`.
    Name(Vec<String>),
    /// `not a`.
    Not(Box<Expr>),
    /// `-a`.
    Negate(Box<Expr>),
    /// `a and b and c`, flattened; two or more.
    And(Vec<Expr>),
    /// `a or b or c`, flattened; two or more.
    Or(Vec<Expr>),
    /// `a < b`.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `a in [b, c]`: names with their places.
    OneOf(Box<Expr>, Vec<(String, Span)>),
    /// `a in low ..< high` (`inclusive` false) or `low ..= high`.
    Between {
        /// What is looked at.
        value: Box<Expr>,
        /// The lower bound, included.
        low: Box<Expr>,
        /// The upper bound.
        high: Box<Expr>,
        /// Whether the upper bound belongs.
        inclusive: bool,
    },
    /// `a is absent` (true) or `a is not absent` (false).
    Absent(Box<Expr>, bool),
    /// `a + b` and so on.
    Arithmetic(Arithmetic, Box<Expr>, Box<Expr>),
    /// `if c then a else b`.
    If(Box<Expr>, Box<Expr>, Box<Expr>),
    /// `years_between(a, b)` and so on.
    Call(Function, Vec<Expr>),
    /// `any children where …`, `sum e of members where …`.
    Aggregate {
        /// Which.
        kind: Aggregate,
        /// Over whom.
        people: People,
        /// What is summed or compared; only with sum, highest, lowest.
        of: Option<Box<Expr>>,
        /// Which of them.
        filter: Option<Box<Expr>>,
    },
    /// A part that could not be read; a diagnostic was given.
    Missing,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// How a value stands to the upper end of a range: `..=` lets it reach the end, `..<` does not.
    pub(crate) fn up_to(inclusive: bool) -> Comparison {
        if inclusive {
            Comparison::AtMost
        } else {
            Comparison::Less
        }
    }
}

/// Arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// `years_between(a, b)`: completed years.
    YearsBetween,
    /// `months_between(a, b)`: completed months.
    MonthsBetween,
    /// `min(…)`
    Min,
    /// `max(…)`
    Max,
}

/// What is asked of a set of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// At least one.
    Any,
    /// Every one.
    All,
    /// Not one.
    None,
    /// How many.
    Count,
    /// The sum.
    Sum,
    /// The highest value.
    Highest,
    /// The lowest value.
    Lowest,
}

/// Sets of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum People {
    /// Everybody of the household.
    Members,
    /// Everybody but the subject.
    Others,
    /// The subject's children.
    Children,
    /// The subject's parents.
    Parents,
    /// The subject's partner.
    Partner,
}
