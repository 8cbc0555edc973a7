//! Checks rule files and compiles them to a [`RuleSet`].
//!
//! What passes here can be evaluated: every name is declared, every type and unit fits, nothing refers to itself, every
//! citation names an instrument in force. Whatever does not pass is reported with its place; nothing is guessed.

mod expressions;
mod programmes;
mod references;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Findings, Span};
use crate::read::{At, FactFile, FactKind, RuleFiles, Scope, TermKind, Text, read_into};
use crate::rules::{Dated, Fact, FactId, Op, Parameter, RuleSet, Term, Type, Unit};
use crate::syntax::{Expr, Node};

use expressions::Place;

/// Reads, checks and compiles rule files given as path (with `/`) and bytes, and names the result `digest`.
///
/// Returns the rule set when there is no error, and all findings in any case, by path and place.
pub fn compile(files: &[(String, Vec<u8>)], digest: &str) -> (Option<RuleSet>, Vec<Diagnostic>) {
    let mut findings = Findings::new(files.iter().map(|(path, _)| path.as_str()));
    let files = read_into(files, &mut findings);
    let mut compiler = Compiler {
        files: &files,
        rules: RuleSet::default(),
        names: BTreeMap::new(),
        findings,
    };
    compiler.rules.tag.digest = digest.to_owned();
    compiler.declare();
    compiler.terms();
    compiler.programmes();
    compiler.references();
    compiler.rules.cases.clone_from(&files.cases);
    let Compiler { rules, findings, .. } = compiler;
    ((!findings.any_error()).then_some(rules), findings.into_sorted())
}

/// What a name in an expression stands for.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Fact(FactId),
    Parameter(usize),
    Term(usize),
    Programme(usize),
}

struct Compiler<'a> {
    files: &'a RuleFiles,
    rules: RuleSet,
    names: BTreeMap<String, Meaning>,
    findings: Findings,
}

impl Compiler<'_> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>, hint: Option<String>) {
        self.findings.error_with(code, span, message, hint);
    }

    fn name(&mut self, name: &At<String>, meaning: Meaning) {
        if self.names.insert(name.value.clone(), meaning).is_some() || name.value == "day" {
            let message = format!("`{}` is declared twice", name.value);
            let hint = "facts, terms, parameters and programmes share one space of names".to_owned();
            self.error("E0301", name.span, message, Some(hint));
        }
    }

    fn declare(&mut self) {
        let files = self.files;
        if let Some(release) = &files.release {
            self.rules.title = release.title.clone();
            self.rules.tag.id.clone_from(&release.id);
            self.rules.tag.number = release.number;
        }
        for instrument in &files.instruments {
            let id = &instrument.id;
            if self
                .rules
                .instruments
                .insert(id.value.clone(), instrument.clone())
                .is_some()
            {
                self.error(
                    "E0301",
                    id.span,
                    format!("instrument `{}` is declared twice", id.value),
                    None,
                );
            }
        }
        for paper in &files.papers {
            let name = &paper.name;
            if self.rules.papers.insert(name.value.clone(), paper.clone()).is_some() {
                self.error(
                    "E0301",
                    name.span,
                    format!("paper `{}` is declared twice", name.value),
                    None,
                );
            }
        }
        for fact in &files.facts {
            self.fact(fact);
        }
        for parameter in &files.parameters {
            let meaning = Meaning::Parameter(self.rules.parameters.len());
            self.name(&parameter.name, meaning);
            let unit = self.unit(&parameter.unit);
            let dated = parameter.dated.iter().map(|value| Dated {
                from: value.from.value,
                until: value.until.as_ref().map(|until| until.value),
                is: value.is.value,
                cite: value.cite.iter().map(|cite| cite.value.clone()).collect(),
            });
            self.rules.parameters.push(Parameter {
                name: parameter.name.value.clone(),
                title: parameter.title.clone(),
                unit,
                dated: dated.collect(),
            });
            for pair in parameter.dated.windows(2) {
                let [earlier, later] = pair else { continue };
                if later.from.value <= earlier.from.value {
                    let message = "this value does not start after the one before it";
                    self.error("E0402", later.from.span, message, None);
                }
                if let Some(until) = &earlier.until
                    && until.value > later.from.value
                {
                    self.error("E0402", until.span, "this value overlaps the next one", None);
                }
            }
        }
        for term in &files.terms {
            let meaning = Meaning::Term(self.rules.terms.len());
            self.name(&term.name, meaning);
            let kind = match &term.kind.value {
                TermKind::YesNo => Type::Truth,
                TermKind::Choice(list) => self.choices(list, term.kind.span),
                TermKind::Date => Type::Date,
                TermKind::Number(unit) => Type::Number(self.unit(&At {
                    value: unit.clone(),
                    span: term.kind.span,
                })),
            };
            self.rules.terms.push(Term {
                scope: term.scope,
                name: term.name.value.clone(),
                title: term.title.clone(),
                kind,
                is: crate::rules::NodeId(0),
                cite: term.cite.iter().map(|cite| cite.value.clone()).collect(),
            });
        }
        self.declare_programmes();
        self.rules.birth_date = self.rules.fact_named(Scope::Person, "birth_date").map(|(id, _)| id);
    }

    fn fact(&mut self, fact: &FactFile) {
        let (kind, range) = match &fact.kind.value {
            FactKind::YesNo => (Type::Truth, None),
            FactKind::Choice(list) => (self.choices(list, fact.kind.span), None),
            FactKind::Date => (Type::Date, None),
            FactKind::Number { unit, low, high } => {
                if low > high {
                    self.error("E0309", fact.kind.span, "the range ends before it begins", None);
                }
                let unit = self.unit(&At {
                    value: unit.clone(),
                    span: fact.kind.span,
                });
                (Type::Number(unit), Some((*low, *high)))
            }
        };
        if fact.can_be_absent && kind == Type::Truth {
            let hint = "give a yes-or-no fact a third choice instead".to_owned();
            self.error("E0309", fact.kind.span, "a yes-or-no fact cannot be absent", Some(hint));
        }
        let mut proof = Vec::new();
        if let Some(expr) = &fact.proof {
            proof = self.proof(expr);
        }
        self.add_fact(
            &fact.name,
            Fact {
                scope: fact.scope,
                name: fact.name.value.clone(),
                title: fact.title.clone(),
                kind,
                range,
                ask: fact.ask.clone(),
                why: fact.why.clone(),
                proof,
                judged_by: fact.judged_by.clone(),
                sensitive: fact.sensitive,
                can_be_absent: fact.can_be_absent,
            },
        );
    }

    fn add_fact(&mut self, name: &At<String>, fact: Fact) -> FactId {
        let id = FactId(u32::try_from(self.rules.facts.len()).unwrap_or(u32::MAX));
        self.name(name, Meaning::Fact(id));
        self.rules.facts.push(fact);
        id
    }

    fn choices(&mut self, list: &[(String, Text)], span: Span) -> Type {
        if list.len() < 2 || list.len() > 60 {
            self.error("E0309", span, "a list of choices has two to sixty entries", None);
        }
        Type::Choice(Arc::new(list.to_vec()))
    }

    fn unit(&mut self, unit: &At<String>) -> Unit {
        Unit::parse(&unit.value).unwrap_or_else(|| {
            let hint = "units are VND, VND per month, years, months, persons, m2, number".to_owned();
            self.error("E0303", unit.span, format!("unknown unit `{}`", unit.value), Some(hint));
            Unit::default()
        })
    }

    /// Turns papers joined by `and` and `or` into sets of papers, one of which is enough.
    fn proof(&mut self, expr: &Expr) -> Vec<Vec<String>> {
        match &expr.node {
            Node::Name(path) => {
                let name = path.join(".");
                if self.rules.papers.contains_key(&name) {
                    return vec![vec![name]];
                }
                self.error("E0305", expr.span, format!("unknown paper `{name}`"), None);
                Vec::new()
            }
            Node::Or(parts) => parts.iter().flat_map(|part| self.proof(part)).collect(),
            Node::And(parts) => parts.iter().fold(vec![Vec::new()], |sets, part| {
                let more = self.proof(part);
                sets.iter()
                    .flat_map(|set| more.iter().map(|m| [set.as_slice(), m].concat()))
                    .collect()
            }),
            Node::Missing => Vec::new(),
            _ => {
                let hint = "write papers joined by `or` and `and`".to_owned();
                self.error("E0305", expr.span, "a proof is made of papers only", Some(hint));
                Vec::new()
            }
        }
    }

    fn terms(&mut self) {
        for (at, term) in self.files.terms.iter().enumerate() {
            let Some(kind) = self.rules.terms.get(at).map(|t| t.kind.clone()) else {
                continue;
            };
            let place = match term.scope {
                Scope::Person => Place::person(),
                Scope::Household => Place::household(),
            };
            let node = self.expression(&term.is, &kind, &place);
            if let Some(compiled) = self.rules.terms.get_mut(at) {
                compiled.is = node;
            }
        }
        for (at, term) in self.files.terms.iter().enumerate() {
            if self.term_reaches(at, at, &mut Vec::new()) {
                let message = format!("`{}` is defined by itself", term.name.value);
                self.error("E0306", term.name.span, message, None);
            }
        }
    }

    /// Returns whether the definition of term `from` leads to term `to`.
    fn term_reaches(&self, from: usize, to: usize, seen: &mut Vec<usize>) -> bool {
        if seen.contains(&from) {
            return false;
        }
        seen.push(from);
        let Some(term) = self.rules.terms.get(from) else {
            return false;
        };
        let mut inside = Vec::new();
        self.rules.walk(term.is, &mut |op| {
            if let Op::Term(next, _) = op {
                inside.push(*next);
            }
        });
        inside
            .into_iter()
            .any(|next| next == to || self.term_reaches(next, to, seen))
    }
}
