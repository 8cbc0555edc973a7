//! Builds the tree of an expression by binding powers, and explains what does not fit.
//!
//! After a mistake it goes on with what was probably meant; a part that cannot be guessed is [`Node::Missing`].

use crate::diagnostic::{Findings, Span, did_you_mean};

use super::RESERVED;
use super::ast::{Aggregate, Arithmetic, Comparison, Expr, Function, Node, People};
use super::lexer::{Kind, Source, Token};

const OR: u8 = 1;
const AND: u8 = 2;
const NOT: u8 = 3;
const COMPARE: u8 = 4;
const SUM: u8 = 5;
const PRODUCT: u8 = 6;
const UNARY: u8 = 7;

/// Parts within parts; beyond it a rule is not readable and an evaluation could run out of stack.
const DEEPEST: usize = 100;

const CONDITION: &str = "a condition";
const NUMBER: &str = "a number";
const VALUE: &str = "a value";

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

struct Parser<'s, 't> {
    source: &'s Source<'t>,
    tokens: Vec<Token>,
    next: usize,
    findings: &'s mut Findings,
    depth: usize,
    /// The piece at which something was last reported: one finding for one place.
    told_at: Option<usize>,
    /// Nested too deep: nothing more is read or reported.
    stopped: bool,
}

impl Parser<'_, '_> {
    // Pieces

    fn kind_at(&self, at: usize) -> &Kind {
        self.tokens.get(at).map_or(&Kind::End, |token| &token.kind)
    }

    fn kind(&self) -> &Kind {
        self.kind_at(self.next)
    }

    fn at_end(&self) -> bool {
        *self.kind() == Kind::End
    }

    fn word_at(&self, at: usize) -> Option<&str> {
        match self.kind_at(at) {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    fn is_word(&self, word: &str) -> bool {
        self.word_at(self.next) == Some(word)
    }

    fn span_at(&self, at: usize) -> Span {
        let end = self.source.text.len();
        self.tokens.get(at).map_or(self.source.place(end, end), |token| {
            self.source.place(token.start, token.end)
        })
    }

    fn span(&self) -> Span {
        self.span_at(self.next)
    }

    fn last_span(&self) -> Span {
        self.span_at(self.next.saturating_sub(1))
    }

    fn shown(&self) -> String {
        match self.tokens.get(self.next) {
            Some(token) if token.kind != Kind::End => format!("`{}`", self.source.slice(token.start, token.end)),
            _ => "the end".to_owned(),
        }
    }

    fn step(&mut self) {
        if !self.at_end() {
            self.next += 1;
        }
    }

    fn eat(&mut self, kind: &Kind) -> bool {
        let found = self.kind() == kind;
        if found {
            self.step();
        }
        found
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let found = self.is_word(word);
        if found {
            self.step();
        }
        found
    }

    // Findings

    fn error(&mut self, code: &'static str, span: Span, message: String, hint: Option<String>) {
        if self.stopped || self.told_at == Some(self.next) {
            return;
        }
        self.told_at = Some(self.next);
        self.findings.error_with(code, span, message, hint);
    }

    /// `expected … after …, found …`, at the piece found, or at the last one where the text ends.
    fn expected(&mut self, wanted: &str, after: Option<&str>, hint: Option<String>) {
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

    fn between_numbers(&self) -> bool {
        let number = |at: usize| matches!(self.kind_at(at), Kind::Number(_));
        number(self.next + 1) && self.next > 0 && number(self.next - 1)
    }

    // Operators

    fn expr(&mut self, power: u8, wanted: &str, after: Option<&str>) -> Expr {
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

    /// The names of a list behind its `[`.
    fn list(&mut self) -> Vec<(String, Span)> {
        let mut names = Vec::new();
        loop {
            if names.is_empty() && matches!(self.kind(), Kind::CloseList | Kind::Close) {
                self.expected("a choice", Some("["), None);
                self.step();
                return names;
            }
            match self.kind().clone() {
                Kind::Word(word) if !RESERVED.contains(&word.as_str()) => {
                    names.push((word, self.span()));
                    self.step();
                }
                Kind::Number(_) | Kind::Date(_) => {
                    let hint = "only choices stand in a list; join comparisons with `or`, or write a range".to_owned();
                    self.expected("a choice", None, Some(hint));
                    self.step();
                }
                Kind::Bad => self.step(),
                _ => self.expected("a choice", Some(if names.is_empty() { "[" } else { "," }), None),
            }
            if *self.kind() == Kind::Dot {
                self.error(
                    "E0201",
                    self.span(),
                    "expected `,` or `]`, found `.`".into(),
                    Some("a choice has no points".into()),
                );
                self.step();
                continue;
            }
            match self.kind() {
                Kind::Comma => {
                    self.step();
                    if self.eat(&Kind::CloseList) {
                        return names;
                    }
                }
                Kind::CloseList | Kind::Close => {
                    self.step();
                    return names;
                }
                Kind::Word(word) if !RESERVED.contains(&word.as_str()) => {
                    self.expected("`,` or `]`", None, Some("put `,` between choices".to_owned()));
                }
                _ => {
                    self.expected("`,` or `]`", None, None);
                    return names;
                }
            }
        }
    }

    // Values

    fn primary(&mut self, wanted: &str, after: Option<&str>) -> Expr {
        let start = self.span();
        match self.kind().clone() {
            Kind::Number(value) => self.single(Node::Number(value)),
            Kind::Date(date) => self.single(Node::Date(date)),
            Kind::Bad => self.single(Node::Missing),
            Kind::Word(word) => match word.as_str() {
                "yes" => self.single(Node::Truth(true)),
                "no" => self.single(Node::Truth(false)),
                "sum" => self.valued(Aggregate::Sum),
                "highest" => self.valued(Aggregate::Highest),
                "lowest" => self.valued(Aggregate::Lowest),
                "absent" => {
                    let hint = "ask with `x is absent`".to_owned();
                    self.expected(wanted, after, Some(hint));
                    self.single(Node::Missing)
                }
                word if RESERVED.contains(&word) => self.nothing(wanted, after),
                word => match counting(word).filter(|_| self.people_follow()) {
                    Some(kind) => self.counted(kind),
                    None => self.name_or_call(word),
                },
            },
            Kind::Open => {
                self.step();
                let inner = self.expr(0, VALUE, Some("("));
                self.close();
                Expr {
                    node: inner.node,
                    span: start.to(self.last_span()),
                }
            }
            Kind::Dot if matches!(self.kind_at(self.next + 1), Kind::Number(_)) => {
                let hint = "write `0.5`".to_owned();
                self.error("E0208", start, "a number begins with a digit".into(), Some(hint));
                self.step();
                self.single(Node::Missing)
            }
            Kind::Plus => {
                self.expected(wanted, after, Some("a `+` before a number is left out".to_owned()));
                self.step();
                self.expr(UNARY, wanted, after)
            }
            Kind::OpenList => {
                self.expected(
                    wanted,
                    after,
                    Some("a list stands behind `in`: `a in [b, c]`".to_owned()),
                );
                self.step();
                let told = self.told_at;
                self.told_at = Some(self.next);
                self.list();
                self.told_at = told;
                spanning(start, self.last_span(), Node::Missing)
            }
            _ => self.nothing(wanted, after),
        }
    }

    fn single(&mut self, node: Node) -> Expr {
        let span = self.span();
        self.step();
        Expr { node, span }
    }

    /// Nothing usable stands here; what follows is left for the caller.
    fn nothing(&mut self, wanted: &str, after: Option<&str>) -> Expr {
        let hint = match self.kind() {
            Kind::Star
            | Kind::Slash
            | Kind::Equal
            | Kind::NotEqual
            | Kind::Less
            | Kind::AtMost
            | Kind::More
            | Kind::AtLeast => Some(format!("something is missing before {}", self.shown())),
            _ => None,
        };
        self.expected(wanted, after, hint);
        Expr {
            node: Node::Missing,
            span: self.span(),
        }
    }

    fn close(&mut self) {
        if self.eat(&Kind::Close) {
            return;
        }
        let hint = match self.kind() {
            Kind::Comma if self.between_numbers() => Some("decimals are written with a point: `1.5`".to_owned()),
            Kind::Comma => Some("write a list as `[a, b]`".to_owned()),
            _ => None,
        };
        self.expected("`)`", None, hint);
        if *self.kind() == Kind::CloseList {
            self.step();
        }
    }

    fn name_or_call(&mut self, word: &str) -> Expr {
        let start = self.span();
        self.step();
        if *self.kind() == Kind::Open {
            return self.call(word, start);
        }
        if Function::ALL.iter().any(|function| function.name() == word) {
            self.expected("`(`", Some(word), Some(format!("`{word}(a, b)`")));
            return Expr {
                node: Node::Missing,
                span: start,
            };
        }
        let mut parts = vec![word.to_owned()];
        while *self.kind() == Kind::Dot {
            self.step();
            let Some(part) = self.word_at(self.next).map(str::to_owned) else {
                self.expected("a name", Some("."), None);
                return spanning(start, self.last_span(), Node::Missing);
            };
            parts.push(part);
            self.step();
        }
        spanning(start, self.last_span(), Node::Name(parts))
    }

    fn call(&mut self, word: &str, start: Span) -> Expr {
        let function = Function::ALL.into_iter().find(|function| function.name() == word);
        if function.is_none() {
            let names = Function::ALL.map(Function::name);
            let hint = did_you_mean(word, names).unwrap_or_else(|| match counting(word) {
                Some(_) => format!("persons are named behind it: `{word} members where …`"),
                None => format!("the functions are `{}`", names.join("`, `")),
            });
            self.findings
                .error_with("E0206", start, format!("unknown function `{word}`"), hint);
        }
        self.step();
        let mut parts = Vec::new();
        if *self.kind() != Kind::Close {
            parts.push(self.expr(0, VALUE, Some("(")));
            while self.eat(&Kind::Comma) {
                parts.push(self.expr(0, VALUE, Some(",")));
            }
        }
        self.close();
        let span = start.to(self.last_span());
        let Some(function) = function else {
            return Expr {
                node: Node::Missing,
                span,
            };
        };
        let (fits, wanted) = match function {
            Function::YearsBetween | Function::MonthsBetween => (parts.len() == 2, "two dates: from, to"),
            Function::Min | Function::Max => (parts.len() >= 2, "two or more numbers"),
        };
        if !fits {
            let message = format!("`{word}` takes {wanted}; here {}", counted_words(parts.len()));
            self.error("E0207", span, message, None);
            return Expr {
                node: Node::Missing,
                span,
            };
        }
        Expr {
            node: Node::Call(function, parts),
            span,
        }
    }

    // Persons

    /// Whether what follows `any`, `all`, `none` or `count` can only be meant as persons.
    fn people_follow(&self) -> bool {
        self.word_at(self.next + 1)
            .is_some_and(|word| (word == "of" && self.people_at(self.next + 2)) || !RESERVED.contains(&word))
    }

    fn people_at(&self, at: usize) -> bool {
        self.word_at(at)
            .is_some_and(|word| People::ALL.iter().any(|people| people.name() == word))
    }

    fn counted(&mut self, kind: Aggregate) -> Expr {
        let start = self.span();
        self.step();
        if self.is_word("of") {
            let hint = format!("write `{} members where …`", kind.name());
            self.error(
                "E0205",
                self.span(),
                format!("`of` does not stand behind `{}`", kind.name()),
                Some(hint),
            );
            self.step();
        }
        let people = self.people(kind.name());
        let filter = self.filter();
        if kind == Aggregate::All && filter.is_none() && people.is_some() {
            self.expected(
                "`where`",
                Some("all …"),
                Some("`all members where condition`".to_owned()),
            );
        }
        self.aggregate(start, kind, people, None, filter)
    }

    fn valued(&mut self, kind: Aggregate) -> Expr {
        let start = self.span();
        self.step();
        let of = self.expr(0, NUMBER, Some(kind.name()));
        if !self.eat_word("of") {
            let hint = format!("`{} amount of members where condition`", kind.name());
            if of.node != Node::Missing {
                self.expected("`of`", Some(&format!("{} …", kind.name())), Some(hint));
            }
            return spanning(start, self.last_span(), Node::Missing);
        }
        let people = self.people("of");
        let filter = self.filter();
        self.aggregate(start, kind, people, Some(Box::new(of)), filter)
    }

    fn aggregate(
        &self,
        start: Span,
        kind: Aggregate,
        people: Option<People>,
        of: Option<Box<Expr>>,
        filter: Option<Box<Expr>>,
    ) -> Expr {
        let node = match people {
            Some(people) => Node::Aggregate {
                kind,
                people,
                of,
                filter,
            },
            None => Node::Missing,
        };
        spanning(start, self.last_span(), node)
    }

    fn people(&mut self, after: &str) -> Option<People> {
        let names = People::ALL.map(People::name);
        let found = self.word_at(self.next).map(str::to_owned);
        let known = People::ALL
            .into_iter()
            .find(|people| found.as_deref() == Some(people.name()));
        match (&found, known) {
            (_, Some(_)) => self.step(),
            (Some(word), None) if !RESERVED.contains(&word.as_str()) => {
                let hint = did_you_mean(word, names).unwrap_or_else(|| format!("persons are `{}`", names.join("`, `")));
                self.error(
                    "E0217",
                    self.span(),
                    format!("`{word}` are not persons of the household"),
                    Some(hint),
                );
                self.step();
            }
            _ => {
                let hint = format!("persons are `{}`", names.join("`, `"));
                self.expected("persons", Some(after), Some(hint));
            }
        }
        known
    }

    fn filter(&mut self) -> Option<Box<Expr>> {
        self.eat_word("where")
            .then(|| Box::new(self.expr(0, CONDITION, Some("where"))))
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

fn spanning(start: Span, last: Span, node: Node) -> Expr {
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

fn counting(word: &str) -> Option<Aggregate> {
    Some(match word {
        "any" => Aggregate::Any,
        "all" => Aggregate::All,
        "none" => Aggregate::None,
        "count" => Aggregate::Count,
        _ => return None,
    })
}

fn counted_words(count: usize) -> String {
    match count {
        0 => "there is nothing".to_owned(),
        1 => "there is one".to_owned(),
        count => format!("there are {count}"),
    }
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
