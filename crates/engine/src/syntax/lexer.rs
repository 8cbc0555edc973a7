//! Cuts the text of an expression into words, numbers and signs.
//!
//! Signs of other languages are reported and read as what was meant, so that one slip gives one finding.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::{Findings, Span};

/// The text of an expression and where it stands.
pub(super) struct Source<'t> {
    pub(super) text: &'t str,
    at: Span,
    exact: bool,
}

impl<'t> Source<'t> {
    pub(super) fn new(text: &'t str, at: Span) -> Self {
        let exact = usize::try_from(at.end.saturating_sub(at.start)).is_ok_and(|length| length == text.len());
        Self { text, at, exact }
    }

    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        if !self.exact {
            return self.at;
        }
        let local = Span::new(self.at.file, start, end);
        Span {
            file: self.at.file,
            start: self.at.start.saturating_add(local.start),
            end: self.at.start.saturating_add(local.end),
        }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }
}

/// What a piece of text is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Decimal),
    Date(Date),
    /// A name or a word of the language.
    Word(String),
    Equal,
    NotEqual,
    Less,
    AtMost,
    More,
    AtLeast,
    Plus,
    Minus,
    Star,
    Slash,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    Dot,
    /// `..<`
    UpTo,
    /// `..=`
    Through,
    /// Something unreadable that stands where a value may stand; already reported.
    Bad,
    End,
}

/// A piece of text; `start` and `end` are bytes of the expression.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

pub(super) fn lex(source: &Source<'_>, findings: &mut Findings) -> Vec<Token> {
    let mut lexer = Lexer {
        source,
        findings,
        at: 0,
        tokens: Vec::new(),
    };
    while let Some(letter) = lexer.peek() {
        lexer.one(letter);
    }
    let end = source.text.len();
    lexer.tokens.push(Token {
        kind: Kind::End,
        start: end,
        end,
    });
    lexer.tokens
}

struct Lexer<'s, 't> {
    source: &'s Source<'t>,
    findings: &'s mut Findings,
    at: usize,
    tokens: Vec<Token>,
}

impl<'t> Lexer<'_, 't> {
    fn rest(&self) -> &'t str {
        self.source.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token {
            kind,
            start: self.at,
            end: self.at + length,
        });
        self.at += length;
    }

    fn error(&mut self, code: &'static str, length: usize, message: String, hint: impl Into<Option<String>>) {
        let span = self.source.place(self.at, self.at + length);
        self.findings.error_with(code, span, message, hint);
    }

    fn one(&mut self, letter: char) {
        match letter {
            ' ' | '\t' | '\n' | '\r' => self.at += 1,
            '#' => self.at += self.rest().find('\n').unwrap_or(self.rest().len()),
            '0'..='9' => self.number(),
            'a'..='z' | 'A'..='Z' | '_' => self.word(),
            letter if letter.is_alphabetic() => self.word(),
            _ => self.sign(letter),
        }
    }

    fn sign(&mut self, letter: char) {
        let rest = self.rest();
        for (text, meant, advice) in SIGNS {
            if rest.starts_with(text) {
                if !advice.is_empty() {
                    let message = format!("`{text}` is not a sign of the rule language");
                    self.error("E0203", text.len(), message, format!("write {advice}"));
                }
                self.push(kind_of(meant), text.len());
                return;
            }
        }
        let length = letter.len_utf8();
        match letter {
            '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '`' => self.quoted(letter),
            letter if letter.is_whitespace() => {
                self.error(
                    "E0204",
                    length,
                    "a space of an unusual kind".into(),
                    "type an ordinary space".to_owned(),
                );
                self.at += length;
            }
            letter => {
                let shown = if letter.is_control() {
                    letter.escape_default().to_string()
                } else {
                    letter.to_string()
                };
                let hint = match letter {
                    '%' => Some("write a fraction: `0.5` for 50 %".to_owned()),
                    ';' => Some("an expression is one line of thought: join conditions with `and`, `or`".to_owned()),
                    '^' => Some("multiply: `a * a`".to_owned()),
                    '{' | '}' => Some("write a list as `[a, b]` and group with `( )`".to_owned()),
                    _ => None,
                };
                self.error(
                    "E0204",
                    length,
                    format!("`{shown}` has no meaning in an expression"),
                    hint,
                );
                // The sign is left out: what follows is read as if it were not there.
                self.at += length;
            }
        }
    }

    /// Choices are written bare; a quoted word is read as that word.
    fn quoted(&mut self, open: char) {
        let inner_start = self.at + open.len_utf8();
        let inner = self.source.text.get(inner_start..).unwrap_or_default();
        let closing = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '„' | '‘' | '’' | '«' | '»' | '`');
        let found = inner.find(|c: char| closing(c) || c == '\n');
        let word_end = found.unwrap_or(inner.len());
        let word = inner.get(..word_end).unwrap_or_default();
        let close = inner
            .get(word_end..)
            .and_then(|tail| tail.chars().next())
            .filter(|c| closing(*c));
        let Some(close) = close else {
            let length = open.len_utf8();
            self.error(
                "E0204",
                length,
                format!("`{open}` has no meaning in an expression"),
                QUOTES.to_owned(),
            );
            self.at += length;
            return;
        };
        let length = open.len_utf8() + word_end + close.len_utf8();
        let shown = self.source.slice(self.at, self.at + length);
        self.error(
            "E0204",
            length,
            format!("`{shown}` stands in quotation marks"),
            QUOTES.to_owned(),
        );
        let kind = if is_identifier(word) {
            Kind::Word(word.to_owned())
        } else {
            Kind::Bad
        };
        self.push(kind, length);
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let lower = word.to_lowercase();
        if let Some((_, right)) = OTHER_WORDS.iter().find(|(other, _)| *other == lower) {
            // `True`, `AND`, `và`: read as meant. Lower-case names keep their right to exist unless they are listed.
            self.error(
                "E0205",
                length,
                format!("`{word}` is not a word of the rule language"),
                format!("write `{right}`"),
            );
            self.push(Kind::Word((*right).to_owned()), length);
            return;
        }
        if is_identifier(word) {
            self.push(Kind::Word(word.to_owned()), length);
            return;
        }
        if super::RESERVED.contains(&lower.as_str()) {
            self.error(
                "E0205",
                length,
                format!("`{word}` is not a word of the rule language"),
                format!("write `{lower}`"),
            );
            self.push(Kind::Word(lower), length);
            return;
        }
        let hint = if is_identifier(&lower) {
            format!("write `{lower}`")
        } else {
            "names are written with a to z, 0 to 9 and `_`, and begin with a letter".to_owned()
        };
        self.error("E0214", length, format!("`{word}` is not a name"), hint);
        self.push(Kind::Bad, length);
    }

    fn number(&mut self) {
        let rest = self.rest();
        if let Some(length) = date_like(rest) {
            self.date(length);
            return;
        }
        let (length, groups) = number_like(rest);
        let text = rest.get(..length).unwrap_or_default();
        if let Some(kind) = self.check_number(text, groups) {
            self.push(kind, length);
        }
    }

    fn check_number(&mut self, text: &str, groups: usize) -> Option<Kind> {
        let length = text.len();
        let plain: String = text.chars().filter(|c| *c != '_' && *c != '.').collect();
        if !text.bytes().all(|b| b.is_ascii_digit() || b == b'_' || b == b'.') {
            let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == '_').collect();
            let hint = format!("write the number alone, `{digits}`: it takes the unit of the other side");
            self.error("E0208", length, format!("`{text}` is not a number"), hint);
            return Some(Kind::Bad);
        }
        if groups > 1 || thousands(text) {
            let hint = format!("thousands are joined by `_`: `{}`", grouped(&plain));
            self.error(
                "E0208",
                length,
                format!("`{text}` is written with points between thousands"),
                hint,
            );
            return Some(Kind::Bad);
        }
        let bad_joint = text.contains("__") || text.ends_with('_') || text.contains("_.") || text.contains("._");
        let value = text.replace('_', "").parse::<Decimal>().ok();
        let Some(value) = value.filter(|_| !bad_joint && plain.len() <= 28) else {
            let hint = if bad_joint {
                "a `_` stands between two digits"
            } else {
                "a number has at most 28 digits"
            };
            self.error("E0208", length, format!("`{text}` is not a number"), hint.to_owned());
            return Some(Kind::Bad);
        };
        if three_decimals(text) {
            let span = self.source.place(self.at, self.at + length);
            let message = format!("`{text}` is read with three decimals");
            let hint = format!("if thousands are meant, write `{}`", grouped(&plain));
            self.findings.warning("E0216", span, message, hint);
        }
        Some(Kind::Number(value))
    }

    fn date(&mut self, length: usize) {
        let text = self.rest().get(..length).unwrap_or_default();
        match text.parse::<Date>().ok().filter(|_| length == 10 && text.contains('-')) {
            Some(date) => self.push(Kind::Date(date), length),
            None => {
                let message = format!("`{text}` is not a date");
                let hint = "a date is written year, month, day: `2025-07-01`; put spaces around a sign to calculate";
                self.error("E0209", length, message, hint.to_owned());
                self.push(Kind::Bad, length);
            }
        }
    }
}

const QUOTES: &str = "choices and names are written bare: `state = dead`";

/// How a sign is written, what it is read as, and the advice when it belongs to another language; longer ones first.
const SIGNS: [(&str, &str, &str); 45] = [
    ("..<", "..<", ""),
    ("..=", "..=", ""),
    ("...", "..=", "`..=` to include the last value, `..<` to leave it out"),
    ("===", "=", "`=`"),
    ("!==", "!=", "`!=`"),
    (">=<", ">=", "`>=` or `<=`"),
    ("<=>", "=", "`=`"),
    ("==", "=", "`=`"),
    (":=", "=", "`=`"),
    ("=<", "<=", "`<=`"),
    ("=>", ">=", "`>=`"),
    ("<>", "!=", "`!=`"),
    ("&&", "and", "`and`"),
    ("||", "or", "`or`"),
    ("**", "*", "`*`"),
    ("..", "..<", "`..=` to include the last value, `..<` to leave it out"),
    ("!=", "!=", ""),
    ("<=", "<=", ""),
    (">=", ">=", ""),
    ("=", "=", ""),
    ("<", "<", ""),
    (">", ">", ""),
    ("+", "+", ""),
    ("-", "-", ""),
    ("*", "*", ""),
    ("/", "/", ""),
    ("(", "(", ""),
    (")", ")", ""),
    ("[", "[", ""),
    ("]", "]", ""),
    (",", ",", ""),
    (".", ".", ""),
    ("&", "and", "`and`"),
    ("|", "or", "`or`"),
    ("!", "not", "`not`"),
    (":", "=", "`=`"),
    ("≤", "<=", "`<=`"),
    ("≥", ">=", "`>=`"),
    ("≠", "!=", "`!=`"),
    ("×", "*", "`*`"),
    ("÷", "/", "`/`"),
    ("−", "-", "`-`"),
    ("–", "-", "`-`"),
    ("—", "-", "`-`"),
    ("∈", "in", "`in`"),
];

fn kind_of(sign: &str) -> Kind {
    match sign {
        "..<" => Kind::UpTo,
        "..=" => Kind::Through,
        "=" => Kind::Equal,
        "!=" => Kind::NotEqual,
        "<" => Kind::Less,
        "<=" => Kind::AtMost,
        ">" => Kind::More,
        ">=" => Kind::AtLeast,
        "+" => Kind::Plus,
        "-" => Kind::Minus,
        "*" => Kind::Star,
        "/" => Kind::Slash,
        "(" => Kind::Open,
        ")" => Kind::Close,
        "[" => Kind::OpenList,
        "]" => Kind::CloseList,
        "," => Kind::Comma,
        "." => Kind::Dot,
        word => Kind::Word(word.to_owned()),
    }
}

/// Words of other languages that cannot be names here: with capital letters or Vietnamese ones, or plainly programmers'.
const OTHER_WORDS: [(&str, &str); 9] = [
    ("true", "yes"),
    ("false", "no"),
    ("null", "absent"),
    ("và", "and"),
    ("hoặc", "or"),
    ("không", "not"),
    ("nếu", "if"),
    ("thì", "then"),
    ("có", "yes"),
];

/// Whether a text is a name: `[a-z][a-z0-9_]*`.
pub(crate) fn is_identifier(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Length of something that looks like a date: `2025-7-1`, `01/07/2025`.
fn date_like(rest: &str) -> Option<usize> {
    let length = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '/'))
        .unwrap_or(rest.len());
    let text = rest.get(..length)?;
    let sign = if text.contains('/') { '/' } else { '-' };
    let parts: Vec<&str> = text.split(sign).collect();
    let digits = |part: &str, least: usize, most: usize| {
        (least..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let year_first = digits(first, 4, 4) && digits(second, 1, 2) && digits(third, 1, 2);
    let year_last = digits(first, 1, 2) && digits(second, 1, 2) && digits(third, 4, 4);
    (year_first || year_last).then_some(length)
}

/// Length of a run that begins with a digit, and how many groups of digits follow a point in it.
fn number_like(rest: &str) -> (usize, usize) {
    let mut length = 0;
    let mut groups = 0;
    let mut letters = rest.chars().peekable();
    while let Some(letter) = letters.next() {
        let point = letter == '.' && letters.peek().is_some_and(char::is_ascii_digit);
        if !(point || letter.is_alphanumeric() || letter == '_') {
            break;
        }
        groups += usize::from(point);
        length += letter.len_utf8();
    }
    (length, groups)
}

/// Whether a number with a point was probably meant as thousands: `360.000`.
pub(crate) fn thousands(text: &str) -> bool {
    three_decimals(text) && text.ends_with(".000")
}

/// Whether a number with a point could be read as thousands: `360.500`.
pub(crate) fn three_decimals(text: &str) -> bool {
    text.split_once('.').is_some_and(|(whole, part)| {
        part.len() == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0') && !whole.contains('_')
    })
}

/// Writes digits with `_` between thousands.
pub(crate) fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push('_');
        }
        text.push(digit);
    }
    text
}
