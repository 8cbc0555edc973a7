//! Numbers: none can grow past what is counted exactly, and no amount leaves part of a đồng.
//!
//! Bounds are computed over the declared ranges of facts and all values of parameters. Whether an amount is whole is proved from
//! the step in which each part counts; what cannot be proved is refused, and nothing is ever rounded.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::Span;
use crate::household::MOST_PERSONS;
use crate::read::{Case, ProgrammeFile};
use crate::rules::{Fact, NodeId, Op, Version};
use crate::syntax::{Aggregate, Arithmetic, Function};

use super::Compiler;

/// A number and its bounds are exact up to here, whatever is multiplied on the way.
const LARGEST: Decimal = Decimal::from_parts(0xA764_0000, 0x0DE0_B6B3, 0, false, 0);

/// No age is longer, in months.
const LONGEST: i64 = 12 * 10_000;

/// What is known of a number besides its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Steps {
    /// Exactly this.
    Is(Decimal),
    /// A whole multiple of this.
    Of(Decimal),
    /// Nothing.
    Any,
}

impl Compiler<'_> {
    /// Proves that terms and amounts can be computed and amounts are whole.
    pub(super) fn numbers(&mut self) {
        for (at, term) in self.files.terms.iter().enumerate() {
            let node = self.rules.terms.get(at).map(|term| term.is);
            if node.is_some_and(|node| self.grows_too_large(node, None)) {
                let message = format!("`{}` can grow past what is counted exactly", term.name.value);
                let hint = "narrow the `range` of the facts in it".to_owned();
                self.error("E0310", term.is.span, message, Some(hint));
            }
        }
        let mut told = Vec::new();
        for file in &self.files.programmes {
            let Some(version) = self.version_of(&file.id.value, file.from).cloned() else {
                continue;
            };
            if let (Some(written), Some(amount)) = (&file.pays.amount, version.amount) {
                if self.grows_too_large(amount, coefficients(file)) {
                    let message = "the amount can grow past what is counted exactly";
                    let hint = "narrow the `range` of the facts in it".to_owned();
                    self.error("E0310", written.span, message, Some(hint));
                }
                self.whole(file, &version, amount, &mut told);
            }
        }
    }

    fn grows_too_large(&self, node: NodeId, coefficient: Option<(Decimal, Decimal)>) -> bool {
        match self.bounds_of(node, coefficient) {
            Some(Ok((low, high))) => !within(low) || !within(high),
            Some(Err(TooLarge)) => true,
            None => false,
        }
    }

    /// Returns lowest and highest value; none when it is no number.
    fn bounds_of(
        &self,
        node: NodeId,
        coefficient: Option<(Decimal, Decimal)>,
    ) -> Option<Result<(Decimal, Decimal), TooLarge>> {
        let people = Decimal::from(MOST_PERSONS);
        let recurse = |node| self.bounds_of(node, coefficient);
        Some(Ok(match self.rules.op(node) {
            Op::Number(value, _) => (*value, *value),
            Op::Coefficient => coefficient.unwrap_or_default(),
            Op::Fact(id, _) => self.rules.fact(*id)?.range?,
            Op::Parameter(at) => {
                let values = self.rules.parameters.get(*at)?.dated.iter().map(|dated| dated.is);
                (values.clone().min()?, values.max()?)
            }
            Op::Term(at, _) => return recurse(self.rules.terms.get(*at)?.is),
            Op::Negate(inner) => match recurse(*inner)? {
                Ok((low, high)) => (-high, -low),
                wrong => return Some(wrong),
            },
            Op::If(_, a, b) => match (recurse(*a)?, recurse(*b)?) {
                (Ok(a), Ok(b)) => (a.0.min(b.0), a.1.max(b.1)),
                (Err(wrong), _) | (_, Err(wrong)) => return Some(Err(wrong)),
            },
            Op::Arithmetic(sign, a, b) => match (recurse(*a)?, recurse(*b)?) {
                (Ok(a), Ok(b)) => return Some(combined(*sign, a, b).ok_or(TooLarge)),
                (Err(wrong), _) | (_, Err(wrong)) => return Some(Err(wrong)),
            },
            Op::Call(Function::YearsBetween | Function::MonthsBetween, _) => {
                (Decimal::from(-LONGEST), Decimal::from(LONGEST))
            }
            Op::Call(function, parts) => {
                let mut all: Option<(Decimal, Decimal)> = None;
                for part in parts {
                    let next = match recurse(*part)? {
                        Ok(next) => next,
                        wrong => return Some(wrong),
                    };
                    all = Some(match (all, function) {
                        (None, _) => next,
                        (Some(a), Function::Min) => (a.0.min(next.0), a.1.min(next.1)),
                        (Some(a), _) => (a.0.max(next.0), a.1.max(next.1)),
                    });
                }
                all?
            }
            Op::Aggregate { kind, of, .. } => match (kind, of) {
                (Aggregate::Count, _) => (Decimal::ZERO, people),
                (Aggregate::Sum, Some(of)) => match recurse(*of)? {
                    Ok((low, high)) => {
                        let all = combined(Arithmetic::Multiply, (Decimal::ZERO, people), (low, high));
                        return Some(all.ok_or(TooLarge));
                    }
                    wrong => return Some(wrong),
                },
                (Aggregate::Highest | Aggregate::Lowest, Some(of)) => match recurse(*of)? {
                    Ok((low, high)) => (low.min(Decimal::ZERO), high.max(Decimal::ZERO)),
                    wrong => return Some(wrong),
                },
                _ => return None,
            },
            Op::Truth(_) | Op::Date(_) | Op::Choice(..) | Op::Day | Op::DiedOn(_) | Op::Group { .. } => return None,
            Op::Entitled(_) | Op::Not(_) | Op::And(_) | Op::Or(_) | Op::Compare(..) | Op::OneOf(..) => return None,
            Op::Between { .. } | Op::Absent(..) | Op::Recode(..) => return None,
        }))
    }

    /// Every value of the parameters with every coefficient gives whole đồng.
    fn whole(&mut self, file: &ProgrammeFile, version: &Version, amount: NodeId, told: &mut Vec<Span>) {
        let Some(written) = &file.pays.amount else { return };
        let mut days = vec![version.from];
        for at in self.rules.parameters_of(version) {
            let mut day = version.from;
            while let Some(next) = self.rules.parameters.get(at).and_then(|p| p.next_after(day)) {
                if version.until.is_some_and(|until| next >= until) {
                    break;
                }
                days.push(next);
                day = next;
            }
        }
        days.sort_unstable();
        days.dedup();
        let cases: Vec<&Case> = file
            .cases
            .iter()
            .flat_map(|case| std::iter::once(case).chain(&case.except))
            .collect();
        let given: Vec<_> = cases.iter().filter_map(|case| case.coefficient.as_ref()).collect();
        let mut uses = false;
        self.rules.walk(amount, &mut |op| uses |= matches!(op, Op::Coefficient));
        for day in days {
            if !uses {
                self.part_of_a_dong(amount, day, Decimal::ZERO, written.span, told);
                continue;
            }
            for coefficient in &given {
                self.part_of_a_dong(amount, day, coefficient.value, coefficient.span, told);
            }
        }
    }

    fn part_of_a_dong(&mut self, amount: NodeId, day: Date, coefficient: Decimal, span: Span, told: &mut Vec<Span>) {
        let steps = self.steps(amount, day, coefficient);
        let message = match steps {
            None => return,
            Some(Steps::Is(value)) if value.fract().is_zero() => return,
            Some(Steps::Of(step)) if step.fract().is_zero() => return,
            Some(Steps::Is(value)) => format!(
                "on {day} the amount is {}, and part of a đồng is left",
                value.normalize()
            ),
            Some(Steps::Of(step)) => {
                format!(
                    "on {day} the amount counts in steps of {}, and part of a đồng can be left",
                    step.normalize()
                )
            }
            Some(Steps::Any) => format!("nothing proves that the amount is whole đồng on {day}"),
        };
        if !told.contains(&span) {
            told.push(span);
            let hint = "`rounding = \"exact\"` never rounds: choose values whose product is whole".to_owned();
            self.error("E0506", span, message, Some(hint));
        }
    }

    /// Returns in which steps a number counts on a day; none when it has no value then.
    fn steps(&self, node: NodeId, day: Date, coefficient: Decimal) -> Option<Steps> {
        let recurse = |node| self.steps(node, day, coefficient);
        Some(match self.rules.op(node) {
            Op::Number(value, _) => Steps::Is(*value),
            Op::Coefficient => Steps::Is(coefficient),
            Op::Parameter(at) => Steps::Is(self.rules.parameters.get(*at)?.on(day)?.is),
            Op::Fact(id, _) => Steps::Of(self.rules.fact(*id).map_or(Decimal::ONE, Fact::step)),
            Op::Term(at, _) => recurse(self.rules.terms.get(*at)?.is)?,
            Op::Negate(inner) => match recurse(*inner)? {
                Steps::Is(value) => Steps::Is(-value),
                steps => steps,
            },
            Op::Arithmetic(sign, a, b) => match (sign, recurse(*a)?, recurse(*b)?) {
                (Arithmetic::Add, Steps::Is(a), Steps::Is(b)) => a.checked_add(b).map_or(Steps::Any, Steps::Is),
                (Arithmetic::Subtract, Steps::Is(a), Steps::Is(b)) => a.checked_sub(b).map_or(Steps::Any, Steps::Is),
                (Arithmetic::Multiply, Steps::Is(a), Steps::Is(b)) => a.checked_mul(b).map_or(Steps::Any, Steps::Is),
                (Arithmetic::Add | Arithmetic::Subtract, a, b) => joined(a, b),
                (Arithmetic::Multiply, a, b) => match (a.step(), b.step()) {
                    (Some(a), Some(b)) => a.checked_mul(b).map_or(Steps::Any, Steps::Of),
                    _ => Steps::Any,
                },
                (Arithmetic::Divide, a, b) => divided(a, b),
            },
            Op::If(_, a, b) => match (recurse(*a), recurse(*b)) {
                (Some(a), Some(b)) => joined(a, b),
                (Some(one), None) | (None, Some(one)) => one,
                (None, None) => return None,
            },
            Op::Call(Function::YearsBetween | Function::MonthsBetween, _) => Steps::Of(Decimal::ONE),
            Op::Call(_, parts) => {
                let mut all: Option<Steps> = None;
                for part in parts {
                    let next = recurse(*part)?;
                    all = Some(all.map_or(next, |all| joined(all, next)));
                }
                all?
            }
            Op::Aggregate { kind, of, .. } => match (kind, of) {
                (Aggregate::Count, _) => Steps::Of(Decimal::ONE),
                (_, Some(of)) => recurse(*of)?.step().map_or(Steps::Any, Steps::Of),
                _ => Steps::Any,
            },
            _ => Steps::Any,
        })
    }
}

/// A number that cannot be counted exactly.
struct TooLarge;

impl Steps {
    fn step(self) -> Option<Decimal> {
        match self {
            Steps::Is(value) | Steps::Of(value) => Some(value),
            Steps::Any => None,
        }
    }
}

fn within(value: Decimal) -> bool {
    value.abs() <= LARGEST
}

/// Lowest and highest coefficient of a version.
fn coefficients(file: &ProgrammeFile) -> Option<(Decimal, Decimal)> {
    let cases = file
        .cases
        .iter()
        .flat_map(|case| std::iter::once(case).chain(&case.except));
    let values = cases
        .filter_map(|case| case.coefficient.as_ref())
        .map(|coefficient| coefficient.value);
    Some((values.clone().min()?, values.max()?))
}

fn combined(sign: Arithmetic, a: (Decimal, Decimal), b: (Decimal, Decimal)) -> Option<(Decimal, Decimal)> {
    let apply = |x: Decimal, y: Decimal| match sign {
        Arithmetic::Add => x.checked_add(y),
        Arithmetic::Subtract => x.checked_sub(y),
        Arithmetic::Multiply => x.checked_mul(y),
        Arithmetic::Divide => x.checked_div(y),
    };
    let ends = [apply(a.0, b.0)?, apply(a.0, b.1)?, apply(a.1, b.0)?, apply(a.1, b.1)?];
    let (low, high) = (ends.iter().min()?, ends.iter().max()?);
    (within(*low) && within(*high)).then_some((*low, *high))
}

/// Returns the steps of what is one of both, or their sum.
fn joined(a: Steps, b: Steps) -> Steps {
    if a == b {
        return a;
    }
    match (a.step(), b.step()) {
        (Some(a), Some(b)) => common(a, b).map_or(Steps::Any, Steps::Of),
        _ => Steps::Any,
    }
}

fn divided(a: Steps, b: Steps) -> Steps {
    let (Some(step), Steps::Is(by)) = (a.step(), b) else {
        return Steps::Any;
    };
    // Only a quotient that ends is exact.
    let quotient = step
        .checked_div(by)
        .filter(|quotient| quotient.checked_mul(by) == Some(step));
    match (a, quotient) {
        (Steps::Is(_), Some(quotient)) => Steps::Is(quotient),
        (Steps::Of(_), Some(quotient)) => Steps::Of(quotient),
        _ => Steps::Any,
    }
}

/// Returns the largest number of which both are whole multiples.
fn common(a: Decimal, b: Decimal) -> Option<Decimal> {
    let scale = a.scale().max(b.scale());
    let whole = |value: Decimal| {
        let mut value = value;
        value.rescale(scale);
        (value.scale() == scale).then(|| value.mantissa().unsigned_abs())
    };
    let (mut a, mut b) = (whole(a)?, whole(b)?);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    Decimal::try_from_i128_with_scale(i128::try_from(a).ok()?, scale).ok()
}
