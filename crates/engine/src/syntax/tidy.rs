//! The spaces of an expression, and nothing else of it.
//!
//! Parentheses an author put for clarity stay, and so do comments: an expression that has one, or runs over several lines, is
//! left as it is.

use crate::diagnostic::{Findings, Span};

use super::RESERVED;
use super::ast::Function;
use super::lexer::{Kind, Source, Token, lex};

/// Returns an expression with one space around signs and words; none when there is a comment, a line break or a mistake in it.
#[must_use]
pub fn tidy(text: &str) -> Option<String> {
    if text.contains(['#', '\n', '\r']) {
        return None;
    }
    let mut findings = Findings::new([""]);
    let source = Source::new(text, Span::new(0, 0, text.len()));
    let tokens = lex(&source, &mut findings);
    if findings.any_error() {
        return None;
    }
    let mut out = String::new();
    let mut before: Option<&Token> = None;
    let mut signs = false;
    for token in tokens.iter().filter(|token| token.kind != Kind::End) {
        if let Some(previous) = before
            && spaced(previous, token, signs)
        {
            out.push(' ');
        }
        // A minus behind nothing that could be a value belongs to what follows it.
        signs = token.kind == Kind::Minus && before.is_none_or(|token| !ends_value(token));
        out.push_str(source.slice(token.start, token.end));
        before = Some(token);
    }
    Some(out)
}

fn spaced(before: &Token, next: &Token, signs: bool) -> bool {
    let opens = matches!(before.kind, Kind::Open | Kind::OpenList | Kind::Dot);
    let closes = matches!(next.kind, Kind::Close | Kind::CloseList | Kind::Comma | Kind::Dot);
    let calls = match &before.kind {
        Kind::Word(word) => next.kind == Kind::Open && Function::ALL.iter().any(|f| f.name() == word),
        _ => false,
    };
    !(opens || closes || calls || signs)
}

fn ends_value(token: &Token) -> bool {
    match &token.kind {
        Kind::Word(word) => !RESERVED.contains(&word.as_str()) || ["yes", "no", "absent"].contains(&word.as_str()),
        Kind::Number(_) | Kind::Date(_) | Kind::Close | Kind::CloseList | Kind::Bad => true,
        _ => false,
    }
}
