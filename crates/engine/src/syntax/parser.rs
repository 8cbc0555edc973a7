//! Builds the tree of an expression by binding powers, and explains what does not fit.
//!
//! After a mistake it goes on with what was probably meant; a part that cannot be guessed is [`Node::Missing`].

use crate::diagnostic::{Findings, Span};

use super::ast::{Arithmetic, Comparison, Expr, Node};
use super::lexer::{Kind, Source, Token};

const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
pub(super) const UNARY: u8 = 7;

/// Parts within parts; beyond it a rule is not readable and an evaluation could run out of stack.
const DEEPEST: usize = 100;

pub(super) const CONDITION: &str = "a condition";
pub(super) const NUMBER: &str = "a number";
pub(super) const VALUE: &str = "a value";

pub(super) fn parse(source: &Source<'_>, tokens: Vec<Token>, findings: &mut Findings) -> Expr {
    let mut parser = Parser {
        source,
        tokens,
        next: 0,
        findings,
        depth: 0,
        told_at: None,
        stopped: false,
    };
    if parser.at_end() {
        let span = source.place(0, source.text.len());
        // Something unreadable was there and has been reported.
        if source.text.trim().is_empty() || source.text.trim_start().starts_with('#') {
            parser.findings.error("E0215", span, "the expression is empty");
        }
        return Expr {
            node: Node::Missing,
            span,
        };
    }
    let expr = parser.expr(0, VALUE, None);
    parser.finish();
    expr
}

pub(super) struct Parser<'s, 't> {
    source: &'s Source<'t>,
    tokens: Vec<Token>,
    pub(super) next: usize,
    pub(super) findings: &'s mut Findings,
    depth: usize,
    /// The piece at which something was last reported: one finding for one place.
    pub(super) told_at: Option<usize>,
    /// Nested too deep: nothing more is read or reported.
    stopped: bool,
}

impl Parser<'_, '_> {
    // Pieces

    pub(super) fn kind_at(&self, at: usize) -> &Kind {
        self.tokens.get(at).map_or(&Kind::End, |token| &token.kind)
    }

    pub(super) fn kind(&self) -> &Kind {
        self.kind_at(self.next)
    }

    fn at_end(&self) -> bool {
        *self.kind() == Kind::End
    }

    pub(super) fn word_at(&self, at: usize) -> Option<&str> {
        match self.kind_at(at) {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        self.word_at(self.next) == Some(word)
    }

    fn span_at(&self, at: usize) -> Span {
        let end = self.source.text.len();
        self.tokens.get(at).map_or(self.source.place(end, end), |token| {
            self.source.place(token.start, token.end)
        })
    }

    pub(super) fn span(&self) -> Span {
        self.span_at(self.next)
    }

    pub(super) fn last_span(&self) -> Span {
        self.span_at(self.next.saturating_sub(1))
    }

    pub(super) fn shown(&self) -> String {
        match self.tokens.get(self.next) {
            Some(token) if token.kind != Kind::End => format!("`{}`", self.source.slice(token.start, token.end)),
            _ => "the end".to_owned(),
        }
    }

    pub(super) fn step(&mut self) {
        if !self.at_end() {
            self.next += 1;
        }
    }

    pub(super) fn eat(&mut self, kind: &Kind) -> bool {
        let found = self.kind() == kind;
        if found {
            self.step();
        }
        found
    }

    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.step();
        }
        found
    }

    // Findings

    pub(super) fn error(&mut self, code: &'static str, span: Span, message: String, hint: Option<String>) {
        if self.stopped || self.told_at == Some(self.next) {
            return;
        }
        self.told_at = Some(self.next);
        self.findings.error_with(code, span, message, hint);
    }

    /// `expected … after …, found …`, at the piece found, or at the last one where the text ends.
    pub(super) fn expected(&mut self, wanted: &str, after: Option<&str>, hint: Option<String>) {
        if *self.kind() == Kind::Bad {
            // The unreadable piece was reported when it was cut out.
            self.told_at = Some(self.next);
            return;
        }
        let after = after.map(|after| format!(" after `{after}`")).unwrap_or_default();
        let (found, span) = if self.at_end() {
            (String::new(), self.last_span())
        } else {
            (format!(", found {}", self.shown()), self.span())
        };
        self.error("E0201", span, format!("expected {wanted}{after}{found}"), hint);
    }

    fn too_deep(&mut self, span: Span) -> Expr {
        let hint = "declare a term for a part of it".to_owned();
        self.told_at = None;
        self.error("E0212", span, "the expression is nested too deep".into(), Some(hint));
        self.stopped = true;
        self.next = self.tokens.len().saturating_sub(1);
        Expr {
            node: Node::Missing,
            span,
        }
    }

    /// Reports what stands behind a complete expression.
    fn finish(&mut self) {
        if self.at_end() || self.stopped {
            return;
        }
        let hint = match self.kind() {
            Kind::Close => Some("there is no `(` for it".to_owned()),
            Kind::CloseList => Some("there is no `[` for it".to_owned()),
            Kind::Comma if self.between_numbers() => Some("decimals are written with a point: `1.5`".to_owned()),
            Kind::Word(word) if word == "then" || word == "else" => Some("there is no `if` for it".to_owned()),
            Kind::Word(word) if word == "where" => {
                Some("`where` stands behind `any members`, `count children` and the like".to_owned())
            }
            Kind::Word(word) if word == "of" => Some(
                "persons are named directly, `any members`; only `sum`, `highest` and `lowest` have an `of`".to_owned(),
            ),
            Kind::UpTo | Kind::Through => Some("a range stands behind `in`: `age in 6 ..< 16`".to_owned()),
            Kind::Word(_) | Kind::Number(_) | Kind::Date(_) | Kind::Open => {
                Some("is a sign, `and` or `or` missing before it?".to_owned())
            }
            _ => None,
        };
        if *self.kind() == Kind::Bad {
            return;
        }
        let message = format!("expected the end of the expression, found {}", self.shown());
        self.error("E0202", self.span(), message, hint);
    }

    pub(super) fn between_numbers(&self) -> bool {
        let number = |at: usize| matches!(self.kind_at(at), Kind::Number(_));
        number(self.next + 1) && self.next > 0 && number(self.next - 1)
    }

    // Operators

    pub(super) fn expr(&mut self, power: u8, wanted: &str, after: Option<&str>) -> Expr {
        if self.depth >= DEEPEST {
            return self.too_deep(self.span());
        }
        self.depth += 1;
        let mut left = self.prefix(power, wanted, after);
        while let Some(joined) = self.infix(power, &mut left) {
            left = joined;
        }
        self.depth -= 1;
        left
    }

    fn prefix(&mut self, power: u8, wanted: &str, after: Option<&str>) -> Expr {
        let start = self.span();
        match self.kind().clone() {
            Kind::Word(word) if word == "not" => {
                self.needs_parentheses(power, NOT, "not …");
                self.step();
                let part = self.expr(NOT, CONDITION, Some("not"));
                expr(start, Node::Not(Box::new(part)))
            }
            Kind::Word(word) if word == "if" => {
                self.needs_parentheses(power, 0, "if …");
                self.step();
                self.choice(start)
            }
            Kind::Minus => {
                self.step();
                let part = self.expr(UNARY, NUMBER, Some("-"));
                expr(start, Node::Negate(Box::new(part)))
            }
            _ => self.primary(wanted, after),
        }
    }

    fn needs_parentheses(&mut self, power: u8, own: u8, form: &str) {
        if power > own {
            let message = format!("`{form}` stands here without parentheses");
            self.error("E0211", self.span(), message, Some(format!("write `({form})`")));
        }
    }

    fn choice(&mut self, start: Span) -> Expr {
        let condition = self.expr(0, CONDITION, Some("if"));
        if !self.eat_word("then") {
            self.expected(
                "`then`",
                Some("if …"),
                Some("`if condition then value else value`".to_owned()),
            );
            return spanning(start, self.last_span(), Node::Missing);
        }
        let yes = self.expr(0, VALUE, Some("then"));
        if !self.eat_word("else") {
            self.expected(
                "`else`",
                Some("then …"),
                Some("say what holds otherwise: nothing is assumed".to_owned()),
            );
            return spanning(start, self.last_span(), Node::Missing);
        }
        let no = self.expr(0, VALUE, Some("else"));
        expr(start, Node::If(Box::new(condition), Box::new(yes), Box::new(no))).reaching(self.last_span())
    }

    /// Reads one operator that holds at least with `power`, and what follows it.
    fn infix(&mut self, power: u8, left: &mut Expr) -> Option<Expr> {
        let (own, word) = match self.kind() {
            Kind::Word(word) => match word.as_str() {
                "or" => (OR, "or"),
                "and" => (AND, "and"),
                "in" => (COMPARE, "in"),
                "is" => (COMPARE, "is"),
                "not" if self.word_at(self.next + 1) == Some("in") => (COMPARE, "not in"),
                _ => return None,
            },
            Kind::Equal | Kind::NotEqual | Kind::Less | Kind::AtMost | Kind::More | Kind::AtLeast => (COMPARE, ""),
            Kind::Plus | Kind::Minus => (SUM, ""),
            Kind::Star | Kind::Slash => (PRODUCT, ""),
            _ => return None,
        };
        if own < power {
            return None;
        }
        let taken = std::mem::replace(
            left,
            Expr {
                node: Node::Missing,
                span: left.span,
            },
        );
        Some(match (own, word) {
            (OR, _) => self.several(taken, "or", AND),
            (AND, _) => self.several(taken, "and", NOT),
            (COMPARE, word) => {
                let compared = self.compare(taken, word);
                self.no_chain();
                compared
            }
            (own, _) => self.arithmetic(taken, own),
        })
    }

    fn several(&mut self, first: Expr, word: &str, tighter: u8) -> Expr {
        let start = first.span;
        let mut parts = vec![first];
        while self.eat_word(word) {
            parts.push(self.expr(tighter, CONDITION, Some(word)));
        }
        let node = if word == "or" {
            Node::Or(parts)
        } else {
            Node::And(parts)
        };
        expr(start, node).reaching(self.last_span())
    }

    fn arithmetic(&mut self, left: Expr, own: u8) -> Expr {
        let sign = match self.kind() {
            Kind::Plus => Arithmetic::Add,
            Kind::Minus => Arithmetic::Subtract,
            Kind::Star => Arithmetic::Multiply,
            _ => Arithmetic::Divide,
        };
        self.step();
        let right = self.expr(own + 1, NUMBER, Some(sign.sign()));
        let start = left.span;
        let whole = expr(start, Node::Arithmetic(sign, Box::new(left), Box::new(right))).reaching(self.last_span());
        if depth(&whole) > DEEPEST {
            self.too_deep(start)
        } else {
            whole
        }
    }

    fn compare(&mut self, left: Expr, word: &str) -> Expr {
        let start = left.span;
        let left = Box::new(left);
        let node = match word {
            "in" => self.within(left),
            "is" => self.is_absent(left),
            "not in" => {
                let span = self.span().to(self.span_at(self.next + 1));
                let hint = "write `not a in [b, c]`".to_owned();
                self.error(
                    "E0205",
                    span,
                    "`not in` is not a form of the rule language".into(),
                    Some(hint),
                );
                self.step();
                let within = self.within(left);
                Node::Not(Box::new(spanning(start, self.last_span(), within)))
            }
            _ => {
                let sign = comparison(self.kind()).unwrap_or(Comparison::Equal);
                self.step();
                let right = self.expr(SUM, VALUE, Some(sign.sign()));
                Node::Compare(sign, left, Box::new(right))
            }
        };
        spanning(start, self.last_span(), node)
    }

    fn no_chain(&mut self) {
        let again = comparison(self.kind()).is_some() || self.is_word("in") || self.is_word("is");
        if !again {
            return;
        }
        let hint = "write two comparisons joined by `and`, or `a in low ..< high`".to_owned();
        self.error(
            "E0210",
            self.span(),
            format!("{} compares a comparison", self.shown()),
            Some(hint),
        );
        while comparison(self.kind()).is_some() {
            self.step();
            let told = self.told_at;
            self.told_at = Some(self.next);
            self.expr(SUM, VALUE, None);
            self.told_at = told;
        }
    }

    fn is_absent(&mut self, value: Box<Expr>) -> Node {
        self.step();
        let negated = self.is_word("not") && self.word_at(self.next + 1) == Some("absent");
        if negated {
            self.step();
        }
        if self.eat_word("absent") {
            return Node::Absent(value, !negated);
        }
        let hint = "`is` is only for `is absent` and `is not absent`; compare with `=`".to_owned();
        self.expected("`absent`", Some("is"), Some(hint));
        self.eat_word("not");
        let right = self.expr(SUM, VALUE, Some("is"));
        Node::Compare(Comparison::Equal, value, Box::new(right))
    }

    fn within(&mut self, value: Box<Expr>) -> Node {
        self.step();
        if self.eat(&Kind::OpenList) {
            return Node::OneOf(value, self.list());
        }
        let round = *self.kind() == Kind::Open && matches!(self.kind_at(self.next + 2), Kind::Comma | Kind::Close);
        if round && self.word_at(self.next + 1).is_some() {
            let hint = "write a list as `[a, b]`".to_owned();
            self.error(
                "E0201",
                self.span(),
                "expected `[` after `in`, found `(`".into(),
                Some(hint),
            );
            self.step();
            return Node::OneOf(value, self.list());
        }
        let low = Box::new(self.expr(SUM, "a list `[…]` or a range", Some("in")));
        let inclusive = match self.kind() {
            Kind::UpTo => false,
            Kind::Through => true,
            _ => {
                let hint = "a range is `18 ..< 60` (without 60) or `18 ..= 60` (with 60), a list `[a, b]`".to_owned();
                if low.node != Node::Missing {
                    self.expected("`..<` or `..=`", Some("in …"), Some(hint));
                }
                return Node::Missing;
            }
        };
        self.step();
        let high = Box::new(self.expr(SUM, VALUE, Some(if inclusive { "..=" } else { "..<" })));
        Node::Between {
            value,
            low,
            high,
            inclusive,
        }
    }
}

impl Expr {
    fn reaching(self, last: Span) -> Self {
        Self {
            span: self.span.to(last),
            ..self
        }
    }
}

/// An expression from its first sign to the end of its last part.
fn expr(start: Span, node: Node) -> Expr {
    let span = match &node {
        Node::Not(part) | Node::Negate(part) => start.to(part.span),
        _ => start,
    };
    Expr { node, span }
}

pub(super) fn spanning(start: Span, last: Span, node: Node) -> Expr {
    Expr {
        node,
        span: start.to(last),
    }
}

fn comparison(kind: &Kind) -> Option<Comparison> {
    Some(match kind {
        Kind::Equal => Comparison::Equal,
        Kind::NotEqual => Comparison::NotEqual,
        Kind::Less => Comparison::Less,
        Kind::AtMost => Comparison::AtMost,
        Kind::More => Comparison::More,
        Kind::AtLeast => Comparison::AtLeast,
        _ => return None,
    })
}

/// How many parts stand within one another. The parser keeps trees below a bound, so this does not run away.
fn depth(expr: &Expr) -> usize {
    let of = |parts: &[&Expr]| parts.iter().map(|part| depth(part)).max().unwrap_or(0);
    1 + match &expr.node {
        Node::Truth(_) | Node::Number(_) | Node::Date(_) | Node::Name(_) | Node::Missing => 0,
        Node::Not(part) | Node::Negate(part) | Node::OneOf(part, _) | Node::Absent(part, _) => of(&[part]),
        Node::And(parts) | Node::Or(parts) | Node::Call(_, parts) => of(&parts.iter().collect::<Vec<_>>()),
        Node::Compare(_, left, right) | Node::Arithmetic(_, left, right) => of(&[left, right]),
        Node::Between { value, low, high, .. } => of(&[value, low, high]),
        Node::If(condition, yes, no) => of(&[condition, yes, no]),
        Node::Aggregate { of: value, filter, .. } => {
            let part = |part: &Option<Box<Expr>>| part.as_deref().map_or(0, depth);
            part(value).max(part(filter))
        }
    }
}
