//! What Kleene's rules leave open, settled exactly: a fact that is not known is split into its possible values, those are
//! judged one by one, and what they agree on is the answer.
//!
//! Choices and conditions are split into their values. Dates and numbers are split where a rule compares them, so that a
//! birth date of which nothing is known falls into a few stretches and not into forty thousand days; what is still open
//! inside a stretch is halved.

mod cuts;
mod diagram;
mod domain;
mod extremes;
mod outcome;
mod settle;
mod witness;

#[cfg(test)]
mod tests;

pub(crate) use cuts::{Cuts, Firsts};
pub(crate) use domain::{has_cut, split};
pub(crate) use extremes::extremes;
pub(crate) use outcome::Settled;
pub(crate) use settle::{WouldHave, is_open, settle, would_have};
pub(crate) use witness::search;
pub use witness::{Wanted, Witness, witness};
