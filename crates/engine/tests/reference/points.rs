//! Where an answer can change: the values that a fact is compared with, and those beside them.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::read::FactKind;
use ansinh_engine::syntax::{Expr, Function, Node};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::dates::{edge, months_between, years_between};
use super::home::{Domain, Plain};
use super::law::{Law, expressions, parts};
use super::walk::Val;

/// The points of each fact, for one month.
#[derive(Default)]
pub struct Points {
    numbers: BTreeMap<String, BTreeSet<Decimal>>,
    days: BTreeMap<String, BTreeSet<Date>>,
    /// Facts that are compared with each other as they are.
    compared: BTreeSet<(String, String)>,
    /// Facts that are reckoned with each other before they are compared.
    reckoned: BTreeSet<(String, String)>,
}

/// Households have no more members than these in the samples.
const MOST_MEMBERS: i64 = 4;

/// What stands together in one comparison.
#[derive(Default)]
struct Together {
    facts: BTreeSet<String>,
    numbers: BTreeSet<Decimal>,
    days: BTreeSet<Date>,
    years: bool,
    months: bool,
    arithmetic: bool,
}

impl Points {
    pub fn new(law: &Law, on: &[Date]) -> Points {
        let mut points = Points::default();
        let terms = law.terms.values().map(|term| &term.is);
        let versions = law
            .programmes
            .keys()
            .flat_map(|id| on.iter().map(|day| law.version(id, *day)))
            .flatten();
        for expr in terms.chain(versions.flat_map(expressions)) {
            points.find(law, expr, on);
        }
        points
    }

    fn find(&mut self, law: &Law, expr: &Expr, on: &[Date]) {
        if matches!(expr.node, Node::Compare(..) | Node::Between { .. } | Node::Call(..)) {
            let mut together = Together::default();
            gather(law, expr, on, &mut together, &mut BTreeSet::new());
            self.add(law, &together, on);
        }
        if let Node::Compare(_, a, b) = &expr.node
            && let (Node::Name(a), Node::Name(b)) = (&a.node, &b.node)
        {
            let (a, b) = (plain_name(a), plain_name(b));
            self.compared.extend([(a.clone(), b.clone()), (b, a)]);
        }
        for part in parts(expr) {
            self.find(law, part, on);
        }
    }

    fn add(&mut self, law: &Law, together: &Together, on: &[Date]) {
        let mut numbers = together.numbers.clone();
        if together.arithmetic && numbers.len() <= 4 {
            for (a, b) in pairs(&together.numbers) {
                numbers.extend([a + b, a - b]);
            }
        }
        // Sums of the whole household are held against an amount a head and month, for as many heads and months.
        let is_sum = |name: &&String| matches!(&law.facts[*name].kind, FactKind::Number { unit, .. } if unit == "VND");
        if together.arithmetic && together.facts.iter().any(|name| is_sum(&name)) {
            for (a, b) in pairs(&together.numbers) {
                numbers.extend((1..=MOST_MEMBERS).map(|n| a * b * Decimal::from(n)));
            }
            for own in together.facts.iter().filter(is_sum) {
                let others = together.facts.iter().filter(is_sum).filter(|other| *other != own);
                self.reckoned.extend(others.map(|other| (own.clone(), other.clone())));
            }
        }
        for name in &together.facts {
            match &law.facts[name].kind {
                FactKind::Number { .. } => {
                    let one = Decimal::ONE;
                    self.numbers.entry(name.clone()).or_default().extend(
                        numbers
                            .iter()
                            .flat_map(|n| [n.floor() - one, n.floor(), n.ceil(), n.ceil() + one]),
                    );
                }
                FactKind::Date => {
                    let days = self.days.entry(name.clone()).or_default();
                    for day in &together.days {
                        days.extend([day.yesterday(), Ok(*day), day.tomorrow()].into_iter().flatten());
                    }
                    for (day, n) in on.iter().flat_map(|day| numbers.iter().map(move |n| (*day, n.floor()))) {
                        let Ok(n) = i64::try_from(n) else { continue };
                        for n in [n, n + 1].into_iter().filter(|n| n.abs() < 2000) {
                            let years = together.years.then(|| edge(years_between, 12, n, day));
                            let months = together.months.then(|| edge(months_between, 1, n, day));
                            days.extend(
                                [years, months]
                                    .into_iter()
                                    .flatten()
                                    .flatten()
                                    .flat_map(|(a, b)| [a, b]),
                            );
                        }
                    }
                }
                FactKind::YesNo | FactKind::Choice(_) => {}
            }
        }
    }

    /// Adds what is known of a fact to the points of those that are compared with it.
    pub fn add_known(&mut self, name: &str, known: &Domain) {
        for (_, other) in self.compared.iter().filter(|(own, _)| own == name) {
            match known.plain {
                Plain::Days(day, last) if day == last => {
                    let close = [day.yesterday(), Ok(day), day.tomorrow()];
                    self.days
                        .entry(other.clone())
                        .or_default()
                        .extend(close.into_iter().flatten());
                }
                Plain::Numbers(n, last) if n == last => {
                    let close = [n - Decimal::ONE, n, n + Decimal::ONE];
                    self.numbers.entry(other.clone()).or_default().extend(close);
                }
                _ => {}
            }
        }
        if let Plain::Numbers(n, last) = known.plain
            && n == last
        {
            for (_, other) in self.reckoned.iter().filter(|(own, _)| own == name) {
                let points = self.numbers.entry(other.clone()).or_default();
                let shifted: Vec<Decimal> = points.iter().flat_map(|point| [*point + n, *point - n]).collect();
                points.extend(shifted);
            }
        }
    }

    /// The completions of a fact: its points within what is known, and the ends.
    pub fn completions(&self, name: &str, domain: &Domain) -> Vec<Val> {
        let mut list: Vec<Val> = match &domain.plain {
            Plain::Nothing => Vec::new(),
            Plain::Truths(list) => list.iter().map(|truth| Val::Truth(*truth)).collect(),
            Plain::Choices(list) => list.iter().map(|name| Val::Choice(name.clone())).collect(),
            Plain::Numbers(low, high) => {
                let known = self.numbers.get(name).into_iter().flatten();
                let mut all: BTreeSet<Decimal> = known.filter(|n| low <= *n && *n <= high).copied().collect();
                all.extend([*low, *high]);
                all.into_iter().map(Val::Number).collect()
            }
            Plain::Days(low, high) => {
                let known = self.days.get(name).into_iter().flatten();
                let mut all: BTreeSet<Date> = known.filter(|day| low <= *day && *day <= high).copied().collect();
                all.extend([*low, *high]);
                all.into_iter().map(Val::Date).collect()
            }
        };
        if domain.absent {
            list.push(Val::Absent);
        }
        list
    }

    /// The points of a date fact, for samples that lie close to them.
    pub fn days_of(&self, name: &str) -> Vec<Date> {
        self.days.get(name).into_iter().flatten().copied().collect()
    }

    /// The points of a number fact.
    pub fn numbers_of(&self, name: &str) -> Vec<Decimal> {
        self.numbers.get(name).into_iter().flatten().copied().collect()
    }
}

fn pairs(numbers: &BTreeSet<Decimal>) -> impl Iterator<Item = (&Decimal, &Decimal)> {
    numbers.iter().flat_map(|a| numbers.iter().map(move |b| (a, b)))
}

fn plain_name(path: &[String]) -> String {
    path.strip_prefix(&["subject".to_owned()]).unwrap_or(path).join(".")
}

fn gather(law: &Law, expr: &Expr, on: &[Date], together: &mut Together, seen: &mut BTreeSet<String>) {
    match &expr.node {
        Node::Number(n) => drop(together.numbers.insert(*n)),
        Node::Date(day) => drop(together.days.insert(*day)),
        Node::Arithmetic(..) => together.arithmetic = true,
        Node::Call(Function::YearsBetween, _) => together.years = true,
        Node::Call(Function::MonthsBetween, _) => together.months = true,
        Node::Name(path) => {
            let name = plain_name(path);
            if name == "day" || name == "died_on" {
                together.days.extend(on);
            } else if law.facts.contains_key(&name) {
                together.facts.insert(name);
            } else if law.parameters.contains_key(&name) {
                together
                    .numbers
                    .extend(on.iter().filter_map(|day| law.parameter(&name, *day)));
            } else if let Some(term) = law.terms.get(&name)
                && seen.insert(name)
            {
                gather(law, &term.is, on, together, seen);
            }
        }
        _ => {}
    }
    for part in parts(expr) {
        gather(law, part, on, together, seen);
    }
}
