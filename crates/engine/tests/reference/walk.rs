//! Judges one completed household with plain values: a condition holds or does not, a number is a number.
//!
//! Completions are drawn when a value is first looked at, so that a fact nobody looks at is never completed.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use ansinh_engine::read::{Audience, Case, Group, ProgrammeFile, Scope, TermKind};
use ansinh_engine::syntax::{Aggregate, Arithmetic, Comparison, Expr, Function, Node, People};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::dates::{months_between, years_between};
use super::home::{Home, domain, is_anything};
use super::law::{Law, conditions};
use super::points::Points;

/// A plain value.
#[derive(Clone, Debug, PartialEq)]
pub enum Val {
    Absent,
    Truth(bool),
    Number(Decimal),
    Date(Date),
    Choice(String),
}

/// Of whom a fact is; and for a fact known differently on the two days of the month, on which day.
pub type Key = (Option<usize>, String, Option<Date>);

/// One value of a completion: which of how many.
pub struct Step {
    pub key: Key,
    pub chosen: usize,
    pub of: usize,
}

/// The completion under way, in the order in which its values were looked at.
#[derive(Default)]
pub struct Draws {
    path: Vec<Step>,
    at: usize,
    values: BTreeMap<Key, Val>,
}

impl Draws {
    fn draw(&mut self, key: &Key, list: &[Val]) -> Val {
        if self.at == self.path.len() {
            self.path.push(Step {
                key: key.clone(),
                chosen: 0,
                of: list.len(),
            });
        }
        let chosen = self.path[self.at].chosen;
        self.at += 1;
        list[chosen].clone()
    }

    /// The values drawn.
    pub fn path(&self) -> &[Step] {
        &self.path
    }

    /// Goes on to the next completion; false when there is none.
    pub fn next(&mut self) -> bool {
        self.at = 0;
        self.values.clear();
        while let Some(step) = self.path.pop() {
            if step.chosen + 1 < step.of {
                self.path.push(Step {
                    chosen: step.chosen + 1,
                    ..step
                });
                return true;
            }
        }
        false
    }
}

/// A household in a month.
pub struct World<'a> {
    pub law: &'a Law,
    pub home: &'a Home,
    pub points: &'a Points,
    pub last: Date,
    pub draws: RefCell<Draws>,
}

/// The answer of a programme on a day.
#[derive(Clone, Debug)]
pub enum Outcome<'a> {
    NotCovered,
    No,
    Yes {
        /// The groups that hold and what each pays; nothing for a card.
        groups: Vec<(String, Option<Decimal>)>,
        version: &'a ProgrammeFile,
    },
}

/// Where an expression stands.
#[derive(Clone, Copy)]
struct Scene<'a> {
    day: Date,
    /// The last day of what is judged.
    last: Date,
    me: Option<usize>,
    subject: Option<usize>,
    version: Option<&'a ProgrammeFile>,
    coefficient: Option<Decimal>,
}

impl<'a> World<'a> {
    /// No value is drawn yet.
    pub fn new(law: &'a Law, home: &'a Home, points: &'a Points, last: Date) -> World<'a> {
        World {
            law,
            home,
            points,
            last,
            draws: RefCell::new(Draws::default()),
        }
    }

    /// Whether a programme is about a person (none: the household) on a day.
    pub fn is_subject(&self, audience: Audience, person: Option<usize>, day: Date) -> bool {
        match (audience, person) {
            (Audience::Household, None) => true,
            (Audience::Person, Some(i)) => self.lives(i, day),
            (Audience::Deceased, Some(i)) => self.home.is_dead(i, day),
            _ => false,
        }
    }

    fn lives(&self, person: usize, day: Date) -> bool {
        self.home.lives(person, self.law.facts.get("birth_date"), day)
    }

    /// The answer of a programme for a subject on a day.
    pub fn judge(&self, programme: &str, person: Option<usize>, day: Date) -> Outcome<'a> {
        let mut last = self.last;
        let mut day = day;
        if self.law.on_death(programme) {
            let died = person.and_then(|person| self.home.persons[person].died_on);
            let Some(died) = died.filter(|died| *died <= day) else {
                let covered = self.law.version(programme, day).is_some();
                return if covered { Outcome::No } else { Outcome::NotCovered };
            };
            (day, last) = (died, died);
        }
        let Some(version) = self.law.version(programme, day) else {
            return Outcome::NotCovered;
        };
        if !self.is_subject(version.audience, person, day) {
            return Outcome::No;
        }
        let scene = self.scene(version, person, day, last);
        if !self.law.has_values(&conditions(version), day) {
            return Outcome::NotCovered;
        }
        if !version
            .requires
            .iter()
            .all(|condition| self.holds(&condition.when, scene))
        {
            return Outcome::No;
        }
        let mut groups = Vec::new();
        for group in version.groups.iter().filter(|group| self.group_holds(group, scene)) {
            let amount = match &version.pays.amount {
                None => None,
                Some(amount) if !self.law.has_values(&[amount], day) => return Outcome::NotCovered,
                Some(amount) => {
                    let coefficient = self.coefficient(version, group, scene);
                    match self.value(amount, Scene { coefficient, ..scene }, None) {
                        Val::Number(amount) => Some(amount),
                        other => panic!("an amount of {other:?}"),
                    }
                }
            };
            groups.push((group.name.value.clone(), amount));
        }
        if groups.is_empty() || self.pauses_hold(version, scene) {
            Outcome::No
        } else {
            Outcome::Yes { groups, version }
        }
    }

    fn scene(&self, version: &'a ProgrammeFile, person: Option<usize>, day: Date, last: Date) -> Scene<'a> {
        Scene {
            day,
            last,
            me: person,
            subject: person,
            version: Some(version),
            coefficient: None,
        }
    }

    fn pauses_hold(&self, version: &ProgrammeFile, scene: Scene<'a>) -> bool {
        version.pauses.iter().any(|pause| self.holds(&pause.when, scene))
    }

    /// Whether a programme is paused on a day, whether or not the right holds.
    pub fn is_paused(&self, programme: &str, person: Option<usize>, day: Date) -> bool {
        self.law.version(programme, day).is_some_and(|version| {
            self.is_subject(version.audience, person, day)
                && self.pauses_hold(version, self.scene(version, person, day, self.last))
        })
    }

    fn group_holds(&self, group: &Group, scene: Scene<'a>) -> bool {
        self.holds(&group.when, scene)
            && (group.any.is_empty() || group.any.iter().any(|point| self.holds(&point.when, scene)))
    }

    /// The coefficient of the case that applies; several that apply must agree.
    fn coefficient(&self, version: &'a ProgrammeFile, group: &Group, scene: Scene<'a>) -> Option<Decimal> {
        let of = version
            .cases
            .iter()
            .filter(|case| case.of.iter().any(|name| name.value == group.name.value));
        self.agreed(of.collect(), scene)
    }

    fn agreed(&self, cases: Vec<&Case>, scene: Scene<'a>) -> Option<Decimal> {
        let mut found: Option<Decimal> = None;
        for case in cases {
            if case.when.as_ref().is_none_or(|when| self.holds(when, scene)) {
                let excepted = self.agreed(case.except.iter().collect(), scene);
                let this = excepted.or(case.coefficient.as_ref().map(|c| c.value));
                assert!(
                    found.is_none() || found == this,
                    "two cases of {} disagree",
                    case.name.value
                );
                found = this;
            }
        }
        found
    }

    fn holds(&self, expr: &Expr, scene: Scene<'a>) -> bool {
        self.value(expr, scene, None) == Val::Truth(true)
    }

    /// `expected` is the list of choices that a bare name can mean here.
    fn value(&self, expr: &Expr, scene: Scene<'a>, expected: Option<&[String]>) -> Val {
        let value = |expr: &Expr| self.value(expr, scene, None);
        match &expr.node {
            Node::Truth(truth) => Val::Truth(*truth),
            Node::Number(number) => Val::Number(*number),
            Node::Date(day) => Val::Date(*day),
            Node::Name(path) => self.named(path, scene, expected),
            Node::Not(a) => Val::Truth(!self.holds(a, scene)),
            Node::And(list) => Val::Truth(list.iter().all(|part| self.holds(part, scene))),
            Node::Or(list) => Val::Truth(list.iter().any(|part| self.holds(part, scene))),
            Node::Negate(a) => arithmetic(Arithmetic::Subtract, &Val::Number(Decimal::ZERO), &value(a)),
            Node::Arithmetic(how, a, b) => arithmetic(*how, &value(a), &value(b)),
            Node::Compare(how, a, b) => {
                // Where one name is a fact and a choice, the left side is the fact and the right side the choice.
                let (of_a, of_b) = (self.law.choices(a), self.law.choices(b));
                let expected_left = if of_a.is_some() { None } else { of_b };
                let a = self.value(a, scene, expected_left.as_deref());
                let b = self.value(b, scene, of_a.as_deref());
                Val::Truth(compare(*how, &a, &b))
            }
            Node::OneOf(a, list) => match value(a) {
                Val::Choice(name) => Val::Truth(list.iter().any(|(one, _)| *one == name)),
                _ => Val::Truth(false),
            },
            Node::Between {
                value: a,
                low,
                high,
                inclusive,
            } => {
                let (a, low, high) = (value(a), value(low), value(high));
                let under = if *inclusive {
                    Comparison::AtMost
                } else {
                    Comparison::Less
                };
                Val::Truth(compare(Comparison::AtLeast, &a, &low) && compare(under, &a, &high))
            }
            Node::Absent(a, wanted) => Val::Truth((value(a) == Val::Absent) == *wanted),
            Node::If(condition, yes, no) => {
                self.value(if self.holds(condition, scene) { yes } else { no }, scene, expected)
            }
            Node::Call(function, list) => call(*function, &list.iter().map(value).collect::<Vec<_>>()),
            Node::Aggregate {
                kind,
                people,
                of,
                filter,
            } => self.aggregate(*kind, *people, of.as_deref(), filter.as_deref(), scene),
            Node::Missing => panic!("an expression that was not read"),
        }
    }

    fn named(&self, path: &[String], scene: Scene<'a>, expected: Option<&[String]>) -> Val {
        let [first, rest @ ..] = path else {
            panic!("an empty name")
        };
        match (first.as_str(), rest) {
            ("subject", rest) if !rest.is_empty() => self.named(
                rest,
                Scene {
                    me: scene.subject,
                    ..scene
                },
                None,
            ),
            ("group", [group]) => {
                let groups = &scene.version.unwrap().groups;
                let group = groups.iter().find(|known| known.name.value == *group).unwrap();
                Val::Truth(self.group_holds(
                    group,
                    Scene {
                        me: scene.subject,
                        ..scene
                    },
                ))
            }
            ("entitled", [programme]) => Val::Truth(matches!(
                self.judge(programme, scene.me, scene.day),
                Outcome::Yes { .. }
            )),
            ("paid_now", [programme]) => self.fact(&format!("paid_now.{programme}"), scene),
            (name, []) => {
                if expected.is_some_and(|list| list.contains(first)) {
                    Val::Choice(first.clone())
                } else if name == "day" {
                    Val::Date(scene.day)
                } else if name == "died_on" {
                    let person = &self.home.persons[scene.me.expect("a person")];
                    let died = person.died_on.filter(|died| *died <= scene.day);
                    died.map_or(Val::Absent, Val::Date)
                } else if name == "coefficient" {
                    Val::Number(scene.coefficient.expect("a group without a case"))
                } else if self.law.facts.contains_key(name) {
                    self.fact(name, scene)
                } else if let Some(term) = self.law.terms.get(name) {
                    let who = if term.scope == Scope::Person { scene.me } else { None };
                    let list: Option<Vec<String>> = match &term.kind.value {
                        TermKind::Choice(list) => Some(list.iter().map(|(name, _)| name.clone()).collect()),
                        _ => None,
                    };
                    let within = Scene {
                        me: who,
                        subject: who,
                        version: None,
                        coefficient: None,
                        ..scene
                    };
                    self.value(&term.is, within, list.as_deref())
                } else {
                    let value = self.law.parameter(name, scene.day);
                    Val::Number(value.expect("a parameter without a value"))
                }
            }
            _ => panic!("the name {path:?}"),
        }
    }

    fn fact(&self, name: &str, scene: Scene<'a>) -> Val {
        let fact = &self.law.facts[name];
        let who = if fact.scope == Scope::Person {
            Some(scene.me.expect("a person"))
        } else {
            None
        };
        let said = self.home.said(who, name);
        // A fact has one value in the month, unless the paper that proved it runs out in the middle.
        let (at_end, now) = (domain(fact, said, scene.last), domain(fact, said, scene.day));
        let apart = is_anything(said, scene.last) != is_anything(said, scene.day);
        let known = if apart { now } else { at_end };
        let list = self.points.completions(name, &known);
        if let [only] = list.as_slice() {
            return only.clone();
        }
        let mut draws = self.draws.borrow_mut();
        let key = (who, name.to_owned(), apart.then_some(scene.day));
        if let Some(value) = draws.values.get(&key) {
            return value.clone();
        }
        let value = draws.draw(&key, &list);
        draws.values.insert(key, value.clone());
        value
    }

    fn people(&self, people: People, scene: Scene<'a>) -> Vec<usize> {
        let persons = &self.home.persons;
        let mut list: Vec<usize> = (0..persons.len()).filter(|i| self.lives(*i, scene.day)).collect();
        list.retain(|i| match people {
            People::Members => true,
            People::Others => scene.subject != Some(*i),
            People::Children => scene.subject.is_some_and(|me| persons[*i].parents.contains(&me)),
            People::Parents => scene.subject.is_some_and(|me| persons[me].parents.contains(i)),
            People::Partner => scene.subject.is_some_and(|me| persons[me].partner == Some(*i)),
        });
        list
    }

    fn aggregate(
        &self,
        kind: Aggregate,
        people: People,
        of: Option<&Expr>,
        filter: Option<&Expr>,
        scene: Scene<'a>,
    ) -> Val {
        let list = self.people(people, scene);
        let meets = |i: &usize| filter.is_none_or(|filter| self.holds(filter, Scene { me: Some(*i), ..scene }));
        match kind {
            Aggregate::Any => return Val::Truth(list.iter().any(meets)),
            Aggregate::All => return Val::Truth(list.iter().all(meets)),
            Aggregate::None => return Val::Truth(!list.iter().any(meets)),
            Aggregate::Count => return Val::Number(Decimal::from(list.iter().filter(|i| meets(i)).count())),
            Aggregate::Sum | Aggregate::Highest | Aggregate::Lowest => {}
        }
        let found: Vec<usize> = list.into_iter().filter(meets).collect();
        let mut values = found
            .iter()
            .map(|i| self.value(of.unwrap(), Scene { me: Some(*i), ..scene }, None));
        let Some(first) = values.next() else {
            return Val::Number(Decimal::ZERO);
        };
        values.fold(first, |so_far, next| match kind {
            Aggregate::Sum => arithmetic(Arithmetic::Add, &so_far, &next),
            Aggregate::Highest => call(Function::Max, &[so_far, next]),
            _ => call(Function::Min, &[so_far, next]),
        })
    }
}

fn compare(how: Comparison, a: &Val, b: &Val) -> bool {
    let order = match (a, b) {
        (Val::Absent, _) | (_, Val::Absent) => return false,
        (Val::Number(a), Val::Number(b)) => a.cmp(b),
        (Val::Date(a), Val::Date(b)) => a.cmp(b),
        (Val::Truth(a), Val::Truth(b)) => a.cmp(b),
        (Val::Choice(a), Val::Choice(b)) => a.cmp(b),
        _ => panic!("{a:?} beside {b:?}"),
    };
    match how {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::NotEqual => order != Ordering::Equal,
        Comparison::Less => order == Ordering::Less,
        Comparison::AtMost => order != Ordering::Greater,
        Comparison::More => order == Ordering::Greater,
        Comparison::AtLeast => order != Ordering::Less,
    }
}

fn arithmetic(how: Arithmetic, a: &Val, b: &Val) -> Val {
    match (a, b) {
        (Val::Absent, _) | (_, Val::Absent) => Val::Absent,
        (Val::Number(a), Val::Number(b)) => Val::Number(match how {
            Arithmetic::Add => a + b,
            Arithmetic::Subtract => a - b,
            Arithmetic::Multiply => a * b,
            Arithmetic::Divide => a / b,
        }),
        _ => panic!("arithmetic with {a:?} and {b:?}"),
    }
}

fn call(function: Function, list: &[Val]) -> Val {
    if list.contains(&Val::Absent) {
        return Val::Absent;
    }
    match (function, list) {
        (Function::YearsBetween, [Val::Date(a), Val::Date(b)]) => Val::Number(Decimal::from(years_between(*a, *b))),
        (Function::MonthsBetween, [Val::Date(a), Val::Date(b)]) => Val::Number(Decimal::from(months_between(*a, *b))),
        (Function::Min | Function::Max, list) => {
            let keep = if function == Function::Min {
                Comparison::AtMost
            } else {
                Comparison::AtLeast
            };
            let best = list.iter().reduce(|a, b| if compare(keep, a, b) { a } else { b });
            best.unwrap().clone()
        }
        _ => panic!("{function:?} of {list:?}"),
    }
}
