//! Expressions of the rule language: text to tree, and tree to text.
//!
//! Every mistake gets a code, a place and, where it can be guessed, a way out; reading goes on after it. Names and types are
//! not looked at here.

mod ast;
mod display;
mod lexer;
mod parser;
mod tidy;
mod values;

pub use ast::{Aggregate, Arithmetic, Comparison, Expr, Function, Node, People};
pub(crate) use lexer::{grouped, is_identifier, thousands, three_decimals};

pub use tidy::tidy;

use crate::diagnostic::{Findings, Span};

/// Words that cannot be the name of anything.
pub const RESERVED: [&str; 16] = [
    "and", "or", "not", "if", "then", "else", "in", "is", "absent", "yes", "no", "where", "of", "sum", "highest",
    "lowest",
];

/// Reads an expression that stands at `at` in its file.
///
/// Where the place is as long as the text, parts get their own places; otherwise (a string with escapes) all get the whole.
pub fn parse(text: &str, at: Span, findings: &mut Findings) -> Expr {
    let source = lexer::Source::new(text, at);
    let tokens = lexer::lex(&source, findings);
    parser::parse(&source, tokens, findings)
}

#[cfg(test)]
mod tests;
