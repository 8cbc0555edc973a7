//! Writes an expression as canonical text: one space around signs, parentheses only where they are needed, numbers of five
//! digits and more in groups of three. Reading that text gives the same expression.

use std::fmt;

use rust_decimal::Decimal;

use super::ast::{Aggregate, Arithmetic, Comparison, Expr, Function, Node, People};
use super::lexer::{grouped, thousands};

/// How tightly a form holds together; a part that is looser than its place gets parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Open,
    Or,
    And,
    Not,
    Compare,
    Sum,
    Product,
    Unary,
    Primary,
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truth(true) => f.write_str("yes"),
            Self::Truth(false) => f.write_str("no"),
            Self::Number(value) => number(f, value),
            Self::Date(date) => write!(f, "{date}"),
            Self::Name(parts) => f.write_str(&parts.join(".")),
            Self::Not(part) => write!(f, "not {}", Part(part, Hold::Not)),
            Self::Negate(part) => write!(f, "-{}", Part(part, Hold::Unary)),
            Self::And(parts) => joined(f, parts, " and ", Hold::Not),
            Self::Or(parts) => joined(f, parts, " or ", Hold::And),
            Self::Compare(sign, left, right) => {
                write!(
                    f,
                    "{} {} {}",
                    Part(left, Hold::Sum),
                    sign.sign(),
                    Part(right, Hold::Sum)
                )
            }
            Self::OneOf(value, choices) => {
                let names: Vec<&str> = choices.iter().map(|(name, _)| name.as_str()).collect();
                write!(f, "{} in [{}]", Part(value, Hold::Sum), names.join(", "))
            }
            Self::Between {
                value,
                low,
                high,
                inclusive,
            } => {
                let sign = if *inclusive { "..=" } else { "..<" };
                write!(
                    f,
                    "{} in {} {sign} {}",
                    Part(value, Hold::Sum),
                    Part(low, Hold::Sum),
                    Part(high, Hold::Sum)
                )
            }
            Self::Absent(value, true) => write!(f, "{} is absent", Part(value, Hold::Sum)),
            Self::Absent(value, false) => write!(f, "{} is not absent", Part(value, Hold::Sum)),
            Self::Arithmetic(sign, left, right) => {
                let (here, tighter) = match sign {
                    Arithmetic::Add | Arithmetic::Subtract => (Hold::Sum, Hold::Product),
                    Arithmetic::Multiply | Arithmetic::Divide => (Hold::Product, Hold::Unary),
                };
                write!(f, "{} {} {}", Part(left, here), sign.sign(), Part(right, tighter))
            }
            Self::If(condition, yes, no) => write!(f, "if {condition} then {yes} else {no}"),
            Self::Call(function, parts) => {
                write!(f, "{}(", function.name())?;
                joined(f, parts, ", ", Hold::Open)?;
                f.write_str(")")
            }
            Self::Aggregate {
                kind,
                people,
                of,
                filter,
            } => {
                match of {
                    Some(of) => write!(f, "{} {of} of {}", kind.name(), people.name())?,
                    None => write!(f, "{} {}", kind.name(), people.name())?,
                }
                match filter {
                    Some(filter) => write!(f, " where {filter}"),
                    None => Ok(()),
                }
            }
            Self::Missing => f.write_str("?"),
        }
    }
}

/// A part in a place that holds at least so tightly.
struct Part<'e>(&'e Expr, Hold);

impl fmt::Display for Part<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if hold(&self.0.node) < self.1 {
            write!(f, "({})", self.0)
        } else {
            self.0.fmt(f)
        }
    }
}

fn hold(node: &Node) -> Hold {
    match node {
        // `where` reaches to the right as far as it can, so inside anything it is closed off.
        Node::If(..) | Node::Aggregate { filter: Some(_), .. } => Hold::Open,
        Node::Or(_) => Hold::Or,
        Node::And(_) => Hold::And,
        Node::Not(_) => Hold::Not,
        Node::Compare(..) | Node::OneOf(..) | Node::Between { .. } | Node::Absent(..) => Hold::Compare,
        Node::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..) => Hold::Sum,
        Node::Arithmetic(Arithmetic::Multiply | Arithmetic::Divide, ..) => Hold::Product,
        Node::Negate(_) => Hold::Unary,
        Node::Truth(_)
        | Node::Number(_)
        | Node::Date(_)
        | Node::Name(_)
        | Node::Call(..)
        | Node::Aggregate { filter: None, .. }
        | Node::Missing => Hold::Primary,
    }
}

fn joined(f: &mut fmt::Formatter<'_>, parts: &[Expr], between: &str, least: Hold) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write!(f, "{}", Part(part, least))?;
    }
    Ok(())
}

fn number(f: &mut fmt::Formatter<'_>, value: &Decimal) -> fmt::Result {
    let mut text = value.to_string();
    if thousands(&text) {
        text = value.normalize().to_string();
    }
    let (whole, part) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, part)| (whole, Some(part)));
    if whole.len() > 4 {
        f.write_str(&grouped(whole))?
    } else {
        f.write_str(whole)?
    }
    match part {
        Some(part) => write!(f, ".{part}"),
        None => Ok(()),
    }
}

impl Comparison {
    /// How it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

impl Arithmetic {
    /// How it is written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

impl Function {
    /// All functions.
    pub const ALL: [Self; 4] = [Self::YearsBetween, Self::MonthsBetween, Self::Min, Self::Max];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::YearsBetween => "years_between",
            Self::MonthsBetween => "months_between",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

impl Aggregate {
    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::All => "all",
            Self::None => "none",
            Self::Count => "count",
            Self::Sum => "sum",
            Self::Highest => "highest",
            Self::Lowest => "lowest",
        }
    }
}

impl People {
    /// All sets of persons.
    pub const ALL: [Self; 5] = [
        Self::Members,
        Self::Others,
        Self::Children,
        Self::Parents,
        Self::Partner,
    ];

    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Others => "others",
            Self::Children => "children",
            Self::Parents => "parents",
            Self::Partner => "partner",
        }
    }
}
