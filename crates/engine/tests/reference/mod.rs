//! The reference evaluator of the rule language: plain, slow, and written from the language page alone.
//!
//! It shares the reader with the engine and nothing else: no ranges, no half-known truths. What is not known is replaced
//! by every completion at the points where an answer can change, each completed household is judged with plain values, and
//! the answers are collected. It defines what *open* means; it explains nothing and asks nothing.

pub mod book;
pub mod compare;
mod dates;
mod home;
pub mod later;
mod law;
mod points;
pub mod samples;
mod tree;
mod verdict;
mod walk;

pub use dates::month_days;
pub use home::{Home, domain};
pub use law::{Declared, Law};
pub use points::Points;
pub use tree::Asked;
pub use verdict::{Verdict, verdicts};
pub use walk::Val;
