//! Expressions: names, types and units, and their compilation to the plan.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::diagnostic::{Span, did_you_mean, nearest};
use crate::read::{Scope, Text};
use crate::rules::{NodeId, Op, Type, Unit, Who};
use crate::syntax::{Aggregate, Arithmetic, Comparison, Expr, Function, Node, People};
use crate::value::bit;

use super::{Compiler, Meaning};

/// Where an expression stands, which decides what its names may mean.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// Whose facts bare person names are.
    me: bool,
    /// Whether there is a person judged.
    subject: bool,
    /// Whether another person than the one judged is looked at.
    another: bool,
    /// Whether `coefficient` has a meaning.
    coefficient: bool,
    /// Whether facts that can be absent are refused.
    no_absent: bool,
    /// The programme version and its groups' names.
    pub version: Option<(usize, usize, Vec<String>)>,
}

impl Place {
    pub fn person() -> Place {
        Place {
            me: true,
            subject: true,
            another: false,
            coefficient: false,
            no_absent: false,
            version: None,
        }
    }

    pub fn household() -> Place {
        Place {
            me: false,
            subject: false,
            ..Place::person()
        }
    }

    /// Returns the place of an amount: `coefficient` has a meaning, and what can be absent is refused.
    pub fn of_amount(&self) -> Place {
        Place {
            coefficient: true,
            no_absent: true,
            ..self.clone()
        }
    }

    fn inside(&self) -> Place {
        Place {
            me: true,
            another: true,
            ..self.clone()
        }
    }
}

/// The type of an expression while it is being checked.
#[derive(Clone, Debug, PartialEq)]
enum Found {
    Is(Type),
    /// A bare number: takes the unit of the other side.
    Bare,
    /// Wrong, and reported.
    Wrong,
}

impl Compiler<'_> {
    /// Compiles an expression that must have the type `wanted`.
    pub(super) fn expression(&mut self, expr: &Expr, wanted: &Type, place: &Place) -> NodeId {
        let (node, found) = self.resolve(expr, Some(wanted), place);
        let node = self.fit(expr.span, node, found, wanted);
        self.rules.places.resize(self.rules.nodes.len(), expr.span);
        node
    }

    /// Compiles a condition.
    pub(super) fn condition(&mut self, expr: &Expr, place: &Place) -> NodeId {
        self.expression(expr, &Type::Truth, place)
    }

    pub(super) fn push(&mut self, op: Op) -> NodeId {
        let id = NodeId(u32::try_from(self.rules.nodes.len()).unwrap_or(u32::MAX));
        self.rules.nodes.push(op);
        id
    }

    fn fit(&mut self, span: Span, node: NodeId, found: Found, wanted: &Type) -> NodeId {
        match (&found, wanted) {
            (Found::Wrong, _) | (Found::Bare, Type::Number(_)) => node,
            (Found::Is(found), wanted) if found == wanted => node,
            (Found::Is(Type::Choice(from)), Type::Choice(to)) => {
                let positions: Option<Vec<usize>> = from
                    .iter()
                    .map(|(name, _)| to.iter().position(|(n, _)| n == name))
                    .collect();
                if let Some(positions) = positions {
                    return self.push(Op::Recode(node, positions));
                }
                self.error("E0302", span, "not all choices of this exist on the other side", None);
                node
            }
            (Found::Is(Type::Number(a)), Type::Number(b)) => {
                let message = format!("expected {}, found {}", unit_name(*b), unit_name(*a));
                self.error("E0303", span, message, None);
                node
            }
            _ => {
                let message = format!("expected {}, found {}", type_name(wanted), found_name(&found));
                let hint = "a condition is a comparison or the name of something that is yes or no".to_owned();
                self.error("E0302", span, message, (*wanted == Type::Truth).then_some(hint));
                node
            }
        }
    }

    fn resolve(&mut self, expr: &Expr, wanted: Option<&Type>, place: &Place) -> (NodeId, Found) {
        let resolved = self.resolve_node(expr, wanted, place);
        // What stands inside has its own place by now; all that is new belongs to this expression.
        self.rules.places.resize(self.rules.nodes.len(), expr.span);
        resolved
    }

    fn resolve_node(&mut self, expr: &Expr, wanted: Option<&Type>, place: &Place) -> (NodeId, Found) {
        match &expr.node {
            Node::Missing => {
                self.n_mistakes += 1;
                (self.push(Op::Truth(false)), Found::Wrong)
            }
            Node::Truth(value) => (self.push(Op::Truth(*value)), Found::Is(Type::Truth)),
            Node::Number(value) => (self.push(Op::Number(*value, Unit::default())), Found::Bare),
            Node::Date(value) => (self.push(Op::Date(*value)), Found::Is(Type::Date)),
            Node::Name(path) => self.named(path, expr.span, wanted, place),
            Node::Not(inner) => {
                let inner = self.condition(inner, place);
                (self.push(Op::Not(inner)), Found::Is(Type::Truth))
            }
            Node::And(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, place)).collect();
                (self.push(Op::And(parts)), Found::Is(Type::Truth))
            }
            Node::Or(parts) => {
                let parts = parts.iter().map(|part| self.condition(part, place)).collect();
                (self.push(Op::Or(parts)), Found::Is(Type::Truth))
            }
            Node::Negate(inner) => {
                let (node, found) = self.number(inner, wanted, place);
                (self.push(Op::Negate(node)), found)
            }
            Node::Compare(comparison, left, right) => self.compare(*comparison, left, right, place),
            Node::OneOf(value, names) => self.one_of(value, names, place),
            Node::Between {
                value,
                low,
                high,
                inclusive,
            } => {
                let (value_node, found) = self.resolve(value, None, place);
                let kind = match found {
                    Found::Is(kind @ (Type::Number(_) | Type::Date)) => kind,
                    Found::Bare => Type::Number(Unit::default()),
                    wrong => {
                        if let Found::Is(other) = wrong {
                            let message = format!("expected a number or a date, found {}", type_name(&other));
                            self.error("E0302", value.span, message, None);
                        }
                        self.beside_wrong(low, place);
                        self.beside_wrong(high, place);
                        return (value_node, Found::Wrong);
                    }
                };
                let low = self.expression(low, &kind, place);
                let high = self.expression(high, &kind, place);
                self.unit_of_number(low, &kind);
                self.unit_of_number(high, &kind);
                let op = Op::Between {
                    value: value_node,
                    low,
                    high,
                    inclusive: *inclusive,
                };
                (self.push(op), Found::Is(Type::Truth))
            }
            Node::Absent(inner, is_absent) => {
                let (node, _) = self.resolve(inner, None, place);
                (self.push(Op::Absent(node, *is_absent)), Found::Is(Type::Truth))
            }
            Node::Arithmetic(arithmetic, left, right) => self.arithmetic(*arithmetic, left, right, wanted, place),
            Node::If(condition, then, otherwise) => {
                let condition = self.condition(condition, place);
                let (mut a, found_a) = self.resolve(then, wanted, place);
                let (mut b, found_b) = self.resolve(otherwise, wanted, place);
                let kind = match (wanted, &found_a, &found_b) {
                    (Some(wanted), _, _) => wanted.clone(),
                    (None, Found::Is(kind), _) | (None, _, Found::Is(kind)) => kind.clone(),
                    (None, Found::Bare, Found::Bare) => Type::Number(Unit::default()),
                    (None, _, _) => return (condition, Found::Wrong),
                };
                a = self.fit(then.span, a, found_a, &kind);
                b = self.fit(otherwise.span, b, found_b, &kind);
                (self.push(Op::If(condition, a, b)), Found::Is(kind))
            }
            Node::Call(function, arguments) => self.call(*function, arguments, place),
            Node::Aggregate {
                kind,
                people,
                of,
                filter,
            } => {
                if *people != People::Members && !place.subject {
                    let hint = "in a rule for the household, write `members`".to_owned();
                    self.error("E0304", expr.span, "nobody is judged here to be related to", Some(hint));
                }
                let inside = place.inside();
                let filter = filter.as_ref().map(|filter| self.condition(filter, &inside));
                let (of, found) = match of {
                    Some(of) => {
                        let (node, found) = self.number(of, None, &inside);
                        (Some(node), found)
                    }
                    None if *kind == Aggregate::Count => (None, Found::Is(Type::Number(Unit::default()))),
                    None => (None, Found::Is(Type::Truth)),
                };
                let op = Op::Aggregate {
                    kind: *kind,
                    people: *people,
                    of,
                    filter,
                };
                (self.push(op), found)
            }
        }
    }

    fn named(&mut self, path: &[String], span: Span, wanted: Option<&Type>, place: &Place) -> (NodeId, Found) {
        let truth = Found::Is(Type::Truth);
        let words: Vec<&str> = path.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["day"] => return (self.push(Op::Day), Found::Is(Type::Date)),
            ["coefficient"] if place.coefficient => {
                return (self.push(Op::Coefficient), Found::Is(Type::Number(Unit::default())));
            }
            ["group", name] => {
                let Some((programme, version, groups)) = place.version.clone() else {
                    return self.meaningless(span, "`group` has a meaning in a programme only", None);
                };
                if place.another {
                    let message = "a group is asked for the subject judged only";
                    let hint = "declare a term for the condition".to_owned();
                    return self.meaningless(span, message, Some(hint));
                }
                let Some(group) = groups.iter().position(|g| g == name) else {
                    let hint = did_you_mean(name, groups.iter().map(String::as_str));
                    return self.meaningless(span, &format!("no group `{name}` in this file"), hint);
                };
                let op = Op::Group {
                    programme,
                    version,
                    group,
                };
                return (self.push(op), truth);
            }
            ["entitled", id] => {
                if place.version.is_none() || !place.me {
                    let message = "`entitled` has a meaning in a programme, for a person, only";
                    return self.meaningless(span, message, None);
                }
                return match self.names.get(*id).copied() {
                    Some(Meaning::Programme(programme)) => (self.push(Op::Entitled(programme)), truth),
                    Some(Meaning::Ambiguous) => self.wrong(),
                    Some(Meaning::Fact(_) | Meaning::Parameter(_) | Meaning::Term(_)) | None => {
                        let hint = did_you_mean(id, self.rules.programmes.iter().map(|p| p.id.as_str()));
                        self.meaningless(span, &format!("unknown programme `{id}`"), hint)
                    }
                };
            }
            _ => {}
        }
        let (who, name) = match words.split_first() {
            Some((&"subject", rest)) if !rest.is_empty() => (Who::Subject, rest.join(".")),
            _ => (Who::Me, words.join(".")),
        };
        if let Some(Type::Choice(list)) = wanted
            && let Some(position) = list.iter().position(|(choice, _)| *choice == name)
        {
            return (
                self.push(Op::Choice(position, Arc::clone(list))),
                Found::Is(Type::Choice(Arc::clone(list))),
            );
        }
        if name == "died_on" {
            if place.no_absent {
                let message = "`died_on` can be absent and may not decide an amount";
                self.error("E0308", span, message, None);
            }
            let who = self.whose(Scope::Person, who, span, place);
            return (self.push(Op::DiedOn(who)), Found::Is(Type::Date));
        }
        match self.names.get(&name).copied() {
            Some(Meaning::Fact(id)) => {
                let Some(fact) = self.rules.fact(id).cloned() else {
                    return (NodeId(0), Found::Wrong);
                };
                if place.no_absent && fact.can_be_absent {
                    let message = format!("`{name}` can be absent and may not decide an amount");
                    self.error("E0308", span, message, None);
                }
                let who = self.whose(fact.scope, who, span, place);
                (self.push(Op::Fact(id, who)), Found::Is(fact.kind))
            }
            Some(Meaning::Term(at)) => {
                let Some(term) = self.rules.terms.get(at).cloned() else {
                    return (NodeId(0), Found::Wrong);
                };
                if place.no_absent && self.may_be_absent(term.is, &mut BTreeSet::new()) {
                    let message = format!("`{name}` can be absent and may not decide an amount");
                    self.error("E0308", span, message, None);
                }
                let who = self.whose(term.scope, who, span, place);
                (self.push(Op::Term(at, who)), Found::Is(term.kind))
            }
            Some(Meaning::Parameter(at)) => {
                let unit = self.rules.parameters.get(at).map(|p| p.unit).unwrap_or_default();
                (self.push(Op::Parameter(at)), Found::Is(Type::Number(unit)))
            }
            Some(Meaning::Programme(_)) => {
                let hint = format!("write `entitled.{name}` or `paid_now.{name}`");
                self.meaningless(span, &format!("`{name}` is a programme"), Some(hint))
            }
            Some(Meaning::Ambiguous) => self.wrong(),
            None => self.unknown_name(&name, span, wanted, place),
        }
    }

    fn unknown_name(&mut self, name: &str, span: Span, wanted: Option<&Type>, place: &Place) -> (NodeId, Found) {
        if name == "coefficient" {
            return self.meaningless(span, "`coefficient` has a meaning in `pays.amount` only", None);
        }
        if let Some(id) = name.strip_prefix("paid_now.")
            && let Some(Meaning::Programme(_)) = self.names.get(id)
        {
            let message = format!("nobody is asked whether `{id}` is received now");
            let hint = format!("give the programme `{id}` a key `receives`");
            return self.meaningless(span, &message, Some(hint));
        }
        if let Some(bare) = name.strip_prefix("person.").or(name.strip_prefix("household."))
            && self.names.contains_key(bare)
        {
            return self.meaningless(span, &format!("unknown name `{name}`"), Some(format!("write `{bare}`")));
        }
        let hint = match wanted {
            Some(Type::Choice(list)) => Some(choices_are(list)),
            _ => {
                let coefficient = place.coefficient.then_some("coefficient");
                did_you_mean(name, self.names.keys().map(String::as_str).chain(coefficient))
            }
        };
        self.meaningless(span, &format!("unknown name `{name}`"), hint)
    }

    fn meaningless(&mut self, span: Span, message: &str, hint: Option<String>) -> (NodeId, Found) {
        self.error("E0304", span, message, hint);
        self.wrong()
    }

    /// Stands for what is wrong and reported.
    fn wrong(&mut self) -> (NodeId, Found) {
        (self.push(Op::Truth(false)), Found::Wrong)
    }

    /// Returns whether a value can come out absent; a condition never does.
    fn may_be_absent(&self, node: NodeId, seen: &mut BTreeSet<usize>) -> bool {
        match self.rules.op(node) {
            Op::Fact(id, _) => self.rules.fact(*id).is_some_and(|fact| fact.can_be_absent),
            Op::DiedOn(_) => true,
            Op::Term(at, _) => {
                let term = self.rules.terms.get(*at);
                seen.insert(*at) && term.is_some_and(|term| self.may_be_absent(term.is, seen))
            }
            Op::If(_, a, b) | Op::Arithmetic(_, a, b) => self.may_be_absent(*a, seen) || self.may_be_absent(*b, seen),
            Op::Negate(part) | Op::Recode(part, _) => self.may_be_absent(*part, seen),
            Op::Call(_, parts) => parts.iter().any(|part| self.may_be_absent(*part, seen)),
            Op::Aggregate { of, .. } => of.is_some_and(|of| self.may_be_absent(of, seen)),
            Op::Truth(_) | Op::Number(..) | Op::Date(_) | Op::Choice(..) | Op::Day | Op::Parameter(_) => false,
            Op::Group { .. } | Op::Entitled(_) | Op::Coefficient | Op::Not(_) | Op::And(_) | Op::Or(_) => false,
            Op::Compare(..) | Op::OneOf(..) | Op::Between { .. } | Op::Absent(..) => false,
        }
    }

    fn whose(&mut self, scope: Scope, who: Who, span: Span, place: &Place) -> Who {
        match scope {
            Scope::Household => Who::Household,
            Scope::Person => {
                let there = if who == Who::Subject { place.subject } else { place.me };
                if !there && who == Who::Subject {
                    let hint = "without `subject.` it is that of the member looked at".to_owned();
                    self.error(
                        "E0304",
                        span,
                        "no person is judged in a rule for the household",
                        Some(hint),
                    );
                } else if !there {
                    let hint = "ask it of `members`: `any members where …`".to_owned();
                    self.error("E0304", span, "no person is looked at here", Some(hint));
                }
                who
            }
        }
    }

    fn compare(&mut self, comparison: Comparison, left: &Expr, right: &Expr, place: &Place) -> (NodeId, Found) {
        let truth = Found::Is(Type::Truth);
        // A choice is understood from the other side, so the side that is a declared name goes first.
        let left_is_choice = match (self.undeclared(left), self.undeclared(right)) {
            (Some(_), None) => true,
            // One of them is a slip; where neither resembles a name, the left one is taken for it.
            (Some(left), Some(right)) => self.resembles(left).is_none() && self.resembles(right).is_some(),
            (None, _) => false,
        };
        let (first, second) = if left_is_choice { (right, left) } else { (left, right) };
        let (a, found_a) = self.resolve(first, None, place);
        let wanted = match &found_a {
            Found::Is(kind) => Some(kind.clone()),
            Found::Bare | Found::Wrong => None,
        };
        if found_a == Found::Wrong {
            self.beside_wrong(second, place);
            return (a, Found::Wrong);
        }
        let (b, found_b) = self.resolve(second, wanted.as_ref(), place);
        let (mut a, mut b, kind) = match (found_a, found_b) {
            (_, Found::Wrong) => return (b, Found::Wrong),
            (Found::Bare, Found::Is(kind)) => (self.fit(first.span, a, Found::Bare, &kind), b, kind),
            (Found::Bare, Found::Bare) => (a, b, Type::Number(Unit::default())),
            (Found::Is(kind), found) => (a, self.fit(second.span, b, found, &kind), kind),
            (Found::Wrong, _) => return (a, Found::Wrong),
        };
        self.unit_of_number(a, &kind);
        self.unit_of_number(b, &kind);
        let orders = !matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        if orders && !matches!(kind, Type::Number(_) | Type::Date) {
            let message = format!("{} has no order", type_name(&kind));
            self.error(
                "E0302",
                left.span,
                message,
                Some("use `=`, `!=` or `in […]`".to_owned()),
            );
            return (a, Found::Wrong);
        }
        if left_is_choice {
            (a, b) = (b, a);
        }
        (self.push(Op::Compare(comparison, a, b)), truth)
    }

    /// Returns a single word that is no declared name: a choice, or a slip.
    fn undeclared<'e>(&self, expr: &'e Expr) -> Option<&'e str> {
        match &expr.node {
            Node::Name(path) => match path.as_slice() {
                [word] if !["day", "died_on", "coefficient"].contains(&word.as_str()) => {
                    (!self.names.contains_key(word)).then_some(word)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn resembles(&self, word: &str) -> Option<&str> {
        nearest(word, self.names.keys().map(String::as_str))
    }

    /// Checks what stands beside something wrong, unless it may be a choice of it.
    fn beside_wrong(&mut self, expr: &Expr, place: &Place) {
        if self.undeclared(expr).is_none() {
            self.resolve(expr, None, place);
        }
    }

    /// Gives a bare number the unit of what it is compared with, so that it can be put into words.
    fn unit_of_number(&mut self, node: NodeId, kind: &Type) {
        if let (Some(Op::Number(_, unit)), Type::Number(wanted)) = (self.rules.nodes.get_mut(node.0 as usize), kind) {
            *unit = *wanted;
        }
    }

    fn one_of(&mut self, value: &Expr, names: &[(String, Span)], place: &Place) -> (NodeId, Found) {
        let (node, found) = self.resolve(value, None, place);
        let list = match found {
            Found::Is(Type::Choice(list)) => list,
            Found::Wrong => return (node, Found::Wrong),
            other => {
                let message = format!("expected one of several choices, found {}", found_name(&other));
                self.error("E0302", value.span, message, None);
                return (node, Found::Wrong);
            }
        };
        let mut bits = 0;
        for (name, span) in names {
            match list.iter().position(|(choice, _)| choice == name) {
                Some(position) if bits & bit(position) != 0 => {
                    self.error("E0109", *span, format!("the choice `{name}` stands twice"), None);
                }
                Some(position) => bits |= bit(position),
                None => {
                    let hint = choices_are(&list);
                    self.error("E0304", *span, format!("unknown choice `{name}`"), Some(hint));
                }
            }
        }
        (self.push(Op::OneOf(node, bits, list)), Found::Is(Type::Truth))
    }

    /// Resolves an expression that must be a number of any unit.
    fn number(&mut self, expr: &Expr, wanted: Option<&Type>, place: &Place) -> (NodeId, Found) {
        let (node, found) = self.resolve(expr, wanted, place);
        match found {
            Found::Is(Type::Number(_)) | Found::Bare | Found::Wrong => (node, found),
            Found::Is(other) => {
                let message = format!("expected a number, found {}", type_name(&other));
                let hint = "time is counted by `years_between` and `months_between`".to_owned();
                self.error("E0302", expr.span, message, (other == Type::Date).then_some(hint));
                (node, Found::Wrong)
            }
        }
    }

    fn arithmetic(
        &mut self,
        arithmetic: Arithmetic,
        left: &Expr,
        right: &Expr,
        wanted: Option<&Type>,
        place: &Place,
    ) -> (NodeId, Found) {
        let wanted = match arithmetic {
            Arithmetic::Add | Arithmetic::Subtract => wanted,
            Arithmetic::Multiply | Arithmetic::Divide => None,
        };
        let (a, found_a) = self.number(left, wanted, place);
        let (b, found_b) = self.number(right, wanted, place);
        let found = match (arithmetic, &found_a, &found_b) {
            (_, Found::Wrong, _) | (_, _, Found::Wrong) => Found::Wrong,
            (Arithmetic::Divide, found, _) => {
                let is_number = matches!(&right.node, Node::Number(value) if !value.is_zero());
                if !is_number {
                    let message = "expected a written number other than 0 to divide by";
                    self.error("E0307", right.span, message, None);
                }
                found.clone()
            }
            (_, Found::Bare, other) | (_, other, Found::Bare) => other.clone(),
            (Arithmetic::Multiply, Found::Is(Type::Number(x)), Found::Is(Type::Number(y))) => {
                Found::Is(Type::Number(x.times(*y)))
            }
            (Arithmetic::Add | Arithmetic::Subtract, x, y) => {
                if x != y {
                    let (does, to) = match arithmetic {
                        Arithmetic::Subtract => ("subtract", "from"),
                        _ => ("add", "to"),
                    };
                    let message = format!("cannot {does} {} {to} {}", found_name(y), found_name(x));
                    self.error("E0303", right.span, message, None);
                }
                x.clone()
            }
            (Arithmetic::Multiply, _, _) => Found::Wrong,
        };
        (self.push(Op::Arithmetic(arithmetic, a, b)), found)
    }

    fn call(&mut self, function: Function, arguments: &[Expr], place: &Place) -> (NodeId, Found) {
        match function {
            Function::YearsBetween | Function::MonthsBetween => {
                let nodes = arguments
                    .iter()
                    .map(|argument| self.expression(argument, &Type::Date, place))
                    .collect();
                let unit = match function {
                    Function::YearsBetween => Unit {
                        year: 1,
                        ..Unit::default()
                    },
                    _ => Unit {
                        month: 1,
                        ..Unit::default()
                    },
                };
                (self.push(Op::Call(function, nodes)), Found::Is(Type::Number(unit)))
            }
            Function::Min | Function::Max => {
                let mut nodes = Vec::new();
                let mut found = Found::Bare;
                for argument in arguments {
                    let (node, is) = self.number(argument, None, place);
                    nodes.push(node);
                    match (&found, is) {
                        (_, Found::Wrong) => found = Found::Wrong,
                        (Found::Bare, is) => found = is,
                        (Found::Is(a), Found::Is(b)) if *a != b => {
                            let message = format!("expected {}, found {}", type_name(a), type_name(&b));
                            self.error("E0303", argument.span, message, None);
                        }
                        _ => {}
                    }
                }
                (self.push(Op::Call(function, nodes)), found)
            }
        }
    }
}

fn found_name(found: &Found) -> String {
    match found {
        Found::Is(kind) => type_name(kind),
        Found::Bare => "a number".to_owned(),
        Found::Wrong => "something unknown".to_owned(),
    }
}

fn type_name(kind: &Type) -> String {
    match kind {
        Type::Truth => "yes or no".to_owned(),
        Type::Choice(list) => {
            let names: Vec<&str> = list.iter().map(|(name, _): &(String, Text)| name.as_str()).collect();
            format!("one of {}", names.join(", "))
        }
        Type::Number(unit) => unit_name(*unit),
        Type::Date => "a date".to_owned(),
    }
}

fn unit_name(unit: Unit) -> String {
    let Unit { vnd, month, year, m2 } = unit;
    match (vnd, month, year, m2) {
        (0, 0, 0, 0) => "a number".to_owned(),
        (1, 0, 0, 0) => "VND".to_owned(),
        (1, -1, 0, 0) => "VND per month".to_owned(),
        (0, 1, 0, 0) => "months".to_owned(),
        (0, 0, 1, 0) => "years".to_owned(),
        (0, 0, 0, 1) => "m2".to_owned(),
        _ => {
            let powers = [("VND", vnd), ("months", month), ("years", year), ("m2", m2)];
            let written = powers
                .iter()
                .filter(|(_, power)| *power != 0)
                .map(|(name, power)| match power {
                    1 => (*name).to_owned(),
                    _ => format!("{name}^{power}"),
                });
            written.collect::<Vec<_>>().join(" * ")
        }
    }
}

fn choices_are(list: &[(String, Text)]) -> String {
    let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
    format!("choices here are {}", names.join(", "))
}
