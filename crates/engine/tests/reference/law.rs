//! Rule files, found by name.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::read::{Case, FactKind, ParameterFile, ProgrammeFile, RuleFiles, Scope, TermFile, TermKind};
use ansinh_engine::syntax::{Expr, Node};
use ansinh_engine::value::{Truth, Value};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::walk::Val;

/// A fact that can be known.
#[derive(Clone, Debug)]
pub struct Declared {
    pub scope: Scope,
    pub name: String,
    pub kind: FactKind,
    pub can_be_absent: bool,
    /// What the law presumes while it is not known.
    pub assume: Option<Val>,
}

/// The law of a folder.
pub struct Law {
    pub facts: BTreeMap<String, Declared>,
    pub terms: BTreeMap<String, TermFile>,
    pub parameters: BTreeMap<String, ParameterFile>,
    /// Versions of each programme, by day.
    pub programmes: BTreeMap<String, Vec<ProgrammeFile>>,
}

impl Law {
    pub fn new(files: &RuleFiles) -> Law {
        let mut facts = BTreeMap::new();
        for fact in &files.facts {
            let name = fact.name.value.clone();
            let (scope, kind, can_be_absent) = (fact.scope, fact.kind.value.clone(), fact.can_be_absent);
            let assume = fact.assume.as_ref().map(|assume| presumed(&kind, assume.is));
            facts.insert(
                name.clone(),
                Declared {
                    scope,
                    name,
                    kind,
                    can_be_absent,
                    assume,
                },
            );
        }
        let mut programmes: BTreeMap<String, Vec<ProgrammeFile>> = BTreeMap::new();
        for version in &files.programmes {
            programmes
                .entry(version.id.value.clone())
                .or_default()
                .push(version.clone());
            if version.receives.is_some() {
                let name = format!("paid_now.{}", version.id.value);
                let (scope, kind) = (Scope::Person, FactKind::YesNo);
                facts.insert(
                    name.clone(),
                    Declared {
                        scope,
                        name,
                        kind,
                        can_be_absent: false,
                        assume: None,
                    },
                );
            }
        }
        for versions in programmes.values_mut() {
            versions.sort_by_key(|version| version.from);
        }
        Law {
            facts,
            terms: files
                .terms
                .iter()
                .map(|term| (term.name.value.clone(), term.clone()))
                .collect(),
            parameters: files
                .parameters
                .iter()
                .map(|p| (p.name.value.clone(), p.clone()))
                .collect(),
            programmes,
        }
    }

    /// Whether a programme is judged on the day of death.
    pub fn on_death(&self, programme: &str) -> bool {
        self.programmes[programme]
            .iter()
            .all(|version| version.judge_on.is_some())
    }

    /// The version in force on a day.
    pub fn version(&self, programme: &str, day: Date) -> Option<&ProgrammeFile> {
        let version = self.programmes[programme].iter().rfind(|version| version.from <= day)?;
        let over = version.ends.is_some_and(|ends| ends <= day);
        (!over).then_some(version)
    }

    /// The value of a parameter on a day.
    pub fn parameter(&self, name: &str, day: Date) -> Option<Decimal> {
        let value = self.parameters[name]
            .dated
            .iter()
            .rfind(|value| value.from.value <= day)?;
        let over = value.until.as_ref().is_some_and(|until| until.value <= day);
        (!over).then_some(value.is.value)
    }

    /// Whether every parameter in some expressions has a value on the day.
    pub fn has_values(&self, expressions: &[&Expr], day: Date) -> bool {
        let mut seen = BTreeSet::new();
        expressions.iter().all(|expr| {
            let mut all = true;
            self.each_name(expr, &mut seen, &mut |path| {
                if let [name] = path
                    && self.parameters.contains_key(name)
                {
                    all &= self.parameter(name, day).is_some();
                }
            });
            all
        })
    }

    /// Calls `see` with every name in an expression and in the terms it uses.
    pub fn each_name(&self, expr: &Expr, seen: &mut BTreeSet<String>, see: &mut impl FnMut(&[String])) {
        if let Node::Name(path) = &expr.node {
            see(path);
            let last = path.last().unwrap();
            if let Some(term) = self.terms.get(last)
                && seen.insert(last.clone())
            {
                self.each_name(&term.is, seen, see);
            }
        }
        for part in parts(expr) {
            self.each_name(part, seen, see);
        }
    }

    /// The choices an expression is one of.
    pub fn choices(&self, expr: &Expr) -> Option<Vec<String>> {
        let names = |list: &[(String, _)]| Some(list.iter().map(|(name, _)| name.clone()).collect());
        match &expr.node {
            Node::Name(path) => {
                let name = if path.first().is_some_and(|p| p == "subject") {
                    &path[1..]
                } else {
                    &path[..]
                };
                let name = name.join(".");
                match (
                    self.facts.get(&name).map(|fact| &fact.kind),
                    self.terms.get(&name).map(|term| &term.kind.value),
                ) {
                    (Some(FactKind::Choice(list)), _) | (_, Some(TermKind::Choice(list))) => names(list),
                    _ => None,
                }
            }
            Node::If(_, a, b) => self.choices(a).or_else(|| self.choices(b)),
            _ => None,
        }
    }
}

fn presumed(kind: &FactKind, is: Value) -> Val {
    match (kind, is) {
        (_, Value::Truth(truth)) => Val::Truth(truth == Truth::Yes),
        (_, Value::Number(number)) => Val::Number(number.only().unwrap()),
        (_, Value::Date(day)) => Val::Date(day.only().unwrap()),
        (FactKind::Choice(list), Value::Choice(set)) => Val::Choice(list[set.positions().next().unwrap()].0.clone()),
        other => panic!("a presumption of {other:?}"),
    }
}

/// Every expression of a version.
pub fn expressions(version: &ProgrammeFile) -> Vec<&Expr> {
    fn cases<'a>(list: &'a [Case], all: &mut Vec<&'a Expr>) {
        for case in list {
            all.extend(&case.when);
            cases(&case.except, all);
        }
    }
    let mut all = conditions(version);
    cases(&version.cases, &mut all);
    all.extend(&version.pays.amount);
    all
}

/// The expressions that say who.
pub fn conditions(version: &ProgrammeFile) -> Vec<&Expr> {
    let mut all: Vec<&Expr> = version.requires.iter().map(|condition| &condition.when).collect();
    for group in &version.groups {
        all.push(&group.when);
        all.extend(group.any.iter().map(|point| &point.when));
    }
    all.extend(version.pauses.iter().map(|pause| &pause.when));
    all
}

/// The parts of an expression.
pub fn parts(expr: &Expr) -> Vec<&Expr> {
    match &expr.node {
        Node::Truth(_) | Node::Number(_) | Node::Date(_) | Node::Name(_) | Node::Missing => Vec::new(),
        Node::Not(a) | Node::Negate(a) | Node::OneOf(a, _) | Node::Absent(a, _) => vec![&**a],
        Node::And(list) | Node::Or(list) | Node::Call(_, list) => list.iter().collect(),
        Node::Compare(_, a, b) | Node::Arithmetic(_, a, b) => vec![&**a, &**b],
        Node::Between { value, low, high, .. } => vec![&**value, &**low, &**high],
        Node::If(a, b, c) => vec![&**a, &**b, &**c],
        Node::Aggregate { of, filter, .. } => of.iter().chain(filter).map(|part| &**part).collect(),
    }
}
