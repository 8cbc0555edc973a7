//! What stands between operators: numbers, names, calls, lists, and what is asked of persons.

use crate::diagnostic::{Span, did_you_mean};

use super::RESERVED;
use super::ast::{Aggregate, Expr, Function, Node, People};
use super::lexer::Kind;
use super::parser::{CONDITION, NUMBER, Parser, UNARY, VALUE, spanning};

impl Parser<'_, '_> {
    /// The names of a list behind its `[`.
    pub(super) fn list(&mut self) -> Vec<(String, Span)> {
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

    pub(super) fn primary(&mut self, wanted: &str, after: Option<&str>) -> Expr {
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
                while *self.kind() == Kind::Plus {
                    self.step();
                }
                self.told_at = Some(self.next);
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

    /// Whether what follows `any`, `all`, `none` or `count` can only be meant as persons.
    fn people_follow(&self) -> bool {
        self.word_at(self.next + 1)
            .is_some_and(|word| !RESERVED.contains(&word))
    }

    fn counted(&mut self, kind: Aggregate) -> Expr {
        let start = self.span();
        self.step();
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
