//! Checks rule files and compiles them to a [`RuleSet`].
//!
//! What passes here can be evaluated: every name is declared, every type and unit fits, nothing refers to itself, every
//! citation names an instrument in force. Whatever does not pass is reported with its place; nothing is guessed.
//!
//! One mistake gives one finding. So files whose shape is wrong (`E01`) are not checked further: what had to be left out would
//! be missed wherever it is used. What rests on something already reported is passed over in silence.

mod additions;
mod circles;
mod contests;
mod effort;
mod expressions;
mod holidays;
mod numbers;
mod overlays;
mod programmes;
mod provinces;
mod reads;
mod references;
mod times;
mod unused;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Findings, Span, did_you_mean};
use crate::exact::Cuts;
use crate::read::{At, FactFile, FactKind, ProgrammeFile, RuleFiles, Scope, TermKind, Text, read_into};
use crate::rules::{Dated, Fact, FactId, Parameter, Presumption, RuleSet, Term, Type, Unit};
use crate::syntax::{Expr, Node};
pub(crate) use reads::Reads;

use expressions::Place;

/// Reads, checks and compiles rule files given as path (with `/`) and bytes, and names the result `digest`.
///
/// Files at `overlays/FOLDER/…` lie over the others: a place's own rules, compiled together with the national ones.
///
/// Returns the rule set when there is no error, and all findings in any case, by path and place.
pub fn compile(files: &[(String, Vec<u8>)], digest: &str) -> (Option<RuleSet>, Vec<Diagnostic>) {
    let mut findings = Findings::new(files.iter().map(|(path, _)| path.as_str()));
    let files = read_into(files, &mut findings);
    compile_read(files, findings, digest)
}

/// Checks and compiles rule files that were read with these findings, made for the same files.
pub(crate) fn compile_read(
    mut files: RuleFiles,
    mut findings: Findings,
    digest: &str,
) -> (Option<RuleSet>, Vec<Diagnostic>) {
    if findings.any_error_in("E01") {
        return (None, findings.into_sorted());
    }
    let written = additions::merge(&mut files, &mut findings);
    let mut compiler = Compiler {
        files: &files,
        written: written.as_deref().unwrap_or(&files.programmes),
        rules: RuleSet::default(),
        names: BTreeMap::new(),
        places: BTreeMap::new(),
        findings,
        n_mistakes: 0,
    };
    compiler.rules.tag.digest = digest.to_owned();
    compiler.declare();
    compiler.terms();
    compiler.programmes();
    compiler.contests();
    compiler.provinces();
    compiler.holidays();
    compiler.references();
    compiler.rules.cases.clone_from(&files.cases);
    let Compiler {
        mut rules, findings, ..
    } = compiler;
    if findings.any_error() {
        return (None, findings.into_sorted());
    }
    rules.cuts = Cuts::new(&rules);
    rules.reads = Reads::new(&rules);
    (Some(rules), findings.into_sorted())
}

/// What a name in an expression stands for.
#[derive(Clone, Copy, Debug)]
enum Meaning {
    Fact(FactId),
    Parameter(usize),
    Term(usize),
    Programme(usize),
    /// Declared twice, which is reported: whatever uses it cannot be checked.
    Ambiguous,
}

/// No choice list is longer: a set of choices is kept as the bits of one number.
const MOST_CHOICES: usize = 60;

struct Compiler<'a> {
    files: &'a RuleFiles,
    /// The programmes as their files have them, before overlays divide them.
    written: &'a [ProgrammeFile],
    rules: RuleSet,
    names: BTreeMap<String, Meaning>,
    /// Where each name was declared last.
    places: BTreeMap<String, Span>,
    findings: Findings,
    /// Rises with each error found and each part that could not be read.
    n_mistakes: usize,
}

impl Compiler<'_> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>, hint: Option<String>) {
        self.n_mistakes += 1;
        self.findings.error_with(code, span, message, hint);
    }

    fn name(&mut self, name: &At<String>, meaning: Meaning) {
        let before = self.places.insert(name.value.clone(), name.span);
        if self.names.insert(name.value.clone(), meaning).is_some() {
            self.names.insert(name.value.clone(), Meaning::Ambiguous);
            let hint = "facts, terms, parameters and programmes share one space of names".to_owned();
            self.declared_twice("", name, before, Some(hint));
        } else if name.value == "birth_date" && !matches!(meaning, Meaning::Fact(_)) {
            self.no_birth_date(name.span);
        }
    }

    fn no_birth_date(&mut self, span: Span) {
        let hint = "a person exists from that day; choose another name for anything else".to_owned();
        self.error(
            "E0309",
            span,
            "`birth_date` is a date, and a fact of each person",
            Some(hint),
        );
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
            let before = self.rules.instruments.insert(id.value.clone(), instrument.clone());
            if let Some(before) = before {
                self.declared_twice("instrument ", id, Some(before.id.span), None);
            }
        }
        for paper in &files.papers {
            let name = &paper.name;
            let before = self.rules.papers.insert(name.value.clone(), paper.clone());
            if let Some(before) = before {
                self.declared_twice("paper ", name, Some(before.name.span), None);
            }
        }
        for fact in &files.facts {
            self.fact(fact);
        }
        for parameter in &files.parameters {
            let meaning = Meaning::Parameter(self.rules.parameters.len());
            self.name(&parameter.name, meaning);
            let unit = unit(&parameter.unit.value);
            let dated = parameter.dated.iter().map(|value| Dated {
                from: value.from.value,
                until: value.until.as_ref().map(|until| until.value),
                is: value.is.value,
                cite: value.cite.iter().map(|cite| cite.value.clone()).collect(),
                since: value.from.value,
                local: None,
            });
            self.rules.parameters.push(Parameter {
                name: parameter.name.value.clone(),
                title: parameter.title.clone(),
                unit,
                dated: dated.collect(),
                local_readings: Vec::new(),
            });
        }
        for term in &files.terms {
            let meaning = Meaning::Term(self.rules.terms.len());
            self.name(&term.name, meaning);
            let kind = match &term.kind.value {
                TermKind::YesNo => Type::Truth,
                TermKind::Choice(list) => self.choices(list, term.kind.span),
                TermKind::Date => Type::Date,
                TermKind::Number(written) => Type::Number(unit(written)),
            };
            self.rules.terms.push(Term {
                scope: term.scope,
                name: term.name.value.clone(),
                title: term.title.clone(),
                kind,
                is: crate::rules::NodeId(0),
                cite: term.cite.iter().map(|cite| cite.value.clone()).collect(),
                asks_fewer: term.asks_fewer,
            });
        }
        self.declare_programmes();
        self.overlays();
        self.captured_choices();
        self.fills();
        self.rules.birth_date = self.rules.fact_named(Scope::Person, "birth_date").map(|(id, _)| id);
    }

    fn fact(&mut self, fact: &FactFile) {
        let (kind, range) = match &fact.kind.value {
            FactKind::YesNo => (Type::Truth, None),
            FactKind::Choice(list) => (self.choices(list, fact.kind.span), None),
            FactKind::Date => (Type::Date, None),
            FactKind::Number {
                unit: written,
                low,
                high,
            } => (Type::Number(unit(written)), Some((*low, *high))),
        };
        if fact.name.value == "birth_date" && (fact.scope != Scope::Person || kind != Type::Date) {
            self.no_birth_date(fact.name.span);
        }
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
                assume: fact.assume.as_ref().map(|assume| Presumption {
                    is: assume.is,
                    cite: assume.cite.iter().map(|cite| cite.value.clone()).collect(),
                    says: assume.says.clone(),
                }),
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
        if list.len() > MOST_CHOICES {
            let message = format!("{} choices are too many: a list has at most {MOST_CHOICES}", list.len());
            self.error("E0309", span, message, None);
        }
        Type::Choice(Arc::new(list.to_vec()))
    }

    /// Turns papers joined by `and` and `or` into sets of papers, one of which is enough.
    fn proof(&mut self, expr: &Expr) -> Vec<Vec<String>> {
        match &expr.node {
            Node::Name(path) => {
                let name = path.join(".");
                if self.rules.papers.contains_key(&name) {
                    return vec![vec![name]];
                }
                self.paper(&name, expr.span);
                Vec::new()
            }
            Node::Or(parts) => parts.iter().flat_map(|part| self.proof(part)).collect(),
            Node::And(parts) => parts.iter().fold(vec![Vec::new()], |sets, part| {
                let more = self.proof(part);
                sets.iter()
                    .flat_map(|set| more.iter().map(|m| [set.as_slice(), m].concat()))
                    .collect()
            }),
            // The reader has reported whatever is not made of papers.
            _ => Vec::new(),
        }
    }

    /// Reports a paper that is not declared.
    fn paper(&mut self, name: &str, span: Span) {
        if !self.rules.papers.contains_key(name) {
            let hint = did_you_mean(name, self.rules.papers.keys().map(String::as_str));
            self.error("E0305", span, format!("unknown paper `{name}`"), hint);
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
        self.term_circles();
    }
}

/// Returns the unit as written in a file; the reader lets only known ones pass.
fn unit(written: &str) -> Unit {
    Unit::parse(written).unwrap_or_default()
}
