//! The values at which a fact can change an answer: those it is compared with in the rules.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::calendar::{after_months, months_between, next_day};
use crate::rules::{FactId, NodeId, Op, RuleSet, Type, Version};
use crate::syntax::Function;

/// What one fact is compared with.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Compared {
    numbers: BTreeSet<Decimal>,
    parameters: BTreeSet<usize>,
    dates: BTreeSet<Date>,
    /// The fact is a date compared with the day judged.
    day: bool,
    /// The fact is a date from which so many months (twelve to the year) are counted up to the day judged.
    months: BTreeSet<i64>,
}

/// What facts are compared with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cuts {
    /// In the whole rule set.
    all: Places,
    /// In the programmes that are judged together, and in those on which they rest.
    together: Vec<Places>,
    /// For each programme its place in `together`.
    of_programme: Vec<usize>,
}

/// The places that cut facts, for a part of the rules.
#[derive(Clone, Debug, Default)]
struct Places {
    of: BTreeMap<FactId, Compared>,
    /// For a date fact the days around which a fixed day and one that moves with the day judged change their order.
    crossings: BTreeMap<FactId, Vec<Date>>,
}

/// What stands on one side of a comparison.
enum Side {
    Fact(FactId),
    /// Completed stretches of so many months from a date fact to the day judged.
    Age(FactId, i64),
    Number(Decimal),
    Parameter(usize),
    Date(Date),
    Day,
    Other,
}

impl Cuts {
    /// Reads every comparison of a rule set.
    pub(crate) fn new(rules: &RuleSet) -> Cuts {
        let mut all = Places::default();
        rules.nodes.iter().for_each(|op| all.read(rules, op));
        let programmes = 0..rules.programmes.len();
        let own: Vec<Places> = programmes.clone().map(|at| Places::of_programme(rules, at)).collect();
        let mut cuts = Cuts {
            all,
            together: Vec::new(),
            of_programme: vec![0; rules.programmes.len()],
        };
        for together in contests(rules) {
            let mut places = Places::default();
            let below: BTreeSet<usize> = together.iter().flat_map(|at| rules.rests_on(*at)).collect();
            below
                .iter()
                .filter_map(|at| own.get(*at))
                .for_each(|own| places.add(own));
            places.cross();
            for at in together {
                if let Some(place) = cuts.of_programme.get_mut(at) {
                    *place = cuts.together.len();
                }
            }
            cuts.together.push(places);
        }
        cuts
    }

    fn of(&self, programme: usize) -> Option<&Places> {
        self.together.get(*self.of_programme.get(programme)?)
    }

    /// Returns for each date fact that a programme, or one that it competes with, compares a number that changes, and the
    /// next day after `day`, on which the order of the places that cut it does: then completions may agree that did not, or
    /// differ that did, though every comparison is as open as before.
    pub(crate) fn crossings(&self, programme: usize, day: Date) -> impl Iterator<Item = (FactId, u64, Option<Date>)> {
        let all = self.of(programme).into_iter().flat_map(|places| &places.crossings);
        all.map(move |(fact, days)| {
            let passed = days.partition_point(|crossing| *crossing <= day);
            (
                *fact,
                u64::try_from(passed).unwrap_or_default(),
                days.get(passed).copied(),
            )
        })
    }

    /// Returns the places at which rules judged on these days tell values of a fact apart: those of a programme and of all
    /// that it competes with, or of none in particular.
    pub(crate) fn firsts(&self, rules: &RuleSet, programme: Option<usize>, fact: FactId, days: &[Date]) -> Firsts {
        let places = match programme {
            Some(programme) => self.of(programme),
            None => Some(&self.all),
        };
        let nothing = Compared::default();
        let known = places.and_then(|places| places.of.get(&fact)).unwrap_or(&nothing);
        let Some(declared) = rules.fact(fact) else {
            return Firsts::Each;
        };
        match &declared.kind {
            Type::Date => Firsts::Dates(known.dates(days)),
            Type::Number(_) => Firsts::Numbers(known.numbers(rules, days, declared.step()), declared.step()),
            Type::Truth | Type::Choice(_) => Firsts::Each,
        }
    }
}

/// Returns the programmes that are judged together.
fn contests(rules: &RuleSet) -> Vec<Vec<usize>> {
    let mut all: Vec<(Option<&str>, Vec<usize>)> = Vec::new();
    for (at, programme) in rules.programmes.iter().enumerate() {
        let word = programme.choose().map(|choose| choose.across.value.as_str());
        match all.iter_mut().find(|(known, _)| word.is_some() && *known == word) {
            Some((_, programmes)) => programmes.push(at),
            None => all.push((word, vec![at])),
        }
    }
    all.into_iter().map(|(_, programmes)| programmes).collect()
}

impl Places {
    fn of_programme(rules: &RuleSet, at: usize) -> Places {
        let mut places = Places::default();
        let versions = rules.programmes.get(at).into_iter().flat_map(|p| &p.versions);
        for node in versions.flat_map(Version::expressions) {
            rules.walk_terms(node, &mut |op| places.read(rules, op));
        }
        places
    }

    fn add(&mut self, other: &Places) {
        for (fact, compared) in &other.of {
            let known = self.of.entry(*fact).or_default();
            known.numbers.extend(&compared.numbers);
            known.parameters.extend(&compared.parameters);
            known.dates.extend(&compared.dates);
            known.months.extend(&compared.months);
            known.day |= compared.day;
        }
    }

    fn cross(&mut self) {
        let crossings = self.of.iter().map(|(fact, compared)| (*fact, compared.crossings()));
        self.crossings = crossings.filter(|(_, days)| !days.is_empty()).collect();
    }

    fn read(&mut self, rules: &RuleSet, op: &Op) {
        match op {
            Op::Compare(_, a, b) => self.compared(rules, *a, *b),
            Op::Between { value, low, high, .. } => {
                self.compared(rules, *value, *low);
                self.compared(rules, *value, *high);
            }
            _ => {}
        }
    }

    fn compared(&mut self, rules: &RuleSet, a: NodeId, b: NodeId) {
        let sides = (side(rules, a), side(rules, b));
        let (fact, age, with) = match sides {
            (Side::Fact(fact), with) | (with, Side::Fact(fact)) => (fact, None, with),
            (Side::Age(fact, months), with) | (with, Side::Age(fact, months)) => (fact, Some(months), with),
            _ => return,
        };
        let known = self.of.entry(fact).or_default();
        match (age, with) {
            (None, Side::Number(n)) => drop(known.numbers.insert(n)),
            (None, Side::Parameter(at)) => drop(known.parameters.insert(at)),
            (None, Side::Date(date)) => drop(known.dates.insert(date)),
            (None, Side::Day) => known.day = true,
            (Some(months), Side::Number(n)) => {
                let whole = i64::try_from(n.floor()).unwrap_or_default();
                for n in [whole, whole.saturating_add(1)] {
                    known.months.insert(n.saturating_mul(months));
                }
            }
            _ => {}
        }
    }
}

/// The first values of the stretches into which rules cut a fact, rising.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Firsts {
    /// Every value is a stretch of its own.
    Each,
    /// Of a date.
    Dates(Vec<Date>),
    /// Of a number, and the difference of two neighbouring values.
    Numbers(Vec<Decimal>, Decimal),
}

impl Compared {
    fn crossings(&self) -> Vec<Date> {
        let day = self.day.then_some(0);
        let moving: Vec<i64> = self
            .months
            .iter()
            .copied()
            .chain(day)
            .filter(|n| n.abs() < 12 * 1000)
            .collect();
        let mut days = BTreeSet::new();
        for (date, months) in self
            .dates
            .iter()
            .flat_map(|date| moving.iter().map(move |n| (*date, *n)))
        {
            // Months of unequal length, and "from" beside "through", move it by a day or two.
            let mut around = after_months(date, months).saturating_sub(jiff::Span::new().days(3));
            for _ in 0..8 {
                days.insert(around);
                around = next_day(around);
            }
        }
        days.into_iter().collect()
    }

    fn dates(&self, days: &[Date]) -> Vec<Date> {
        let mut first = BTreeSet::new();
        for date in &self.dates {
            first.extend([*date, next_day(*date)]);
        }
        for day in days {
            if self.day {
                first.extend([*day, next_day(*day)]);
            }
            for months in self.months.iter().filter(|n| n.abs() < 12 * 1000) {
                first.insert(first_with_fewer(*day, *months));
            }
        }
        first.into_iter().collect()
    }

    fn numbers(&self, rules: &RuleSet, days: &[Date], step: Decimal) -> Vec<Decimal> {
        let mut values = self.numbers.clone();
        for parameter in self.parameters.iter().filter_map(|at| rules.parameters.get(*at)) {
            values.extend(days.iter().filter_map(|day| parameter.on(*day)).map(|dated| dated.is));
        }
        // The first value that is not below, and the first above: what a fact is compared with need not be one of its values.
        let around = |n: Decimal| [(n / step).ceil() * step, (n / step).floor() * step + step];
        let firsts: BTreeSet<Decimal> = values.into_iter().flat_map(around).collect();
        firsts.into_iter().collect()
    }
}

/// Returns the first day from which fewer than `months` months are complete on `day`.
fn first_with_fewer(day: Date, months: i64) -> Date {
    // Counting back from a month's end can be off by the days that shorter months lack.
    let mut from = after_months(day, -months);
    while months_between(from, day) >= months && from < Date::MAX {
        from = next_day(from);
    }
    while let Ok(before) = from.yesterday()
        && months_between(before, day) < months
    {
        from = before;
    }
    from
}

fn side(rules: &RuleSet, node: NodeId) -> Side {
    match rules.op(node) {
        Op::Fact(fact, _) => Side::Fact(*fact),
        Op::Number(n, _) => Side::Number(*n),
        Op::Negate(inner) => match side(rules, *inner) {
            Side::Number(n) => Side::Number(-n),
            _ => Side::Other,
        },
        Op::Parameter(at) => Side::Parameter(*at),
        Op::Date(date) => Side::Date(*date),
        Op::Day => Side::Day,
        Op::Term(at, _) => match rules.terms.get(*at) {
            Some(term) if matches!(term.kind, Type::Number(_) | Type::Date) => side(rules, term.is),
            _ => Side::Other,
        },
        Op::Call(function, arguments) => match (function, arguments.as_slice()) {
            (Function::YearsBetween | Function::MonthsBetween, [from, to]) if matches!(rules.op(*to), Op::Day) => {
                let months = if *function == Function::YearsBetween { 12 } else { 1 };
                match side(rules, *from) {
                    Side::Fact(fact) => Side::Age(fact, months),
                    _ => Side::Other,
                }
            }
            _ => Side::Other,
        },
        _ => Side::Other,
    }
}
