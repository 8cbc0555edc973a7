//! The rules engine: reads rule files, checks them, assesses households and explains the answer.
//!
//! Pure: it takes bytes, a household and a month and returns an answer. It opens no file, reads no clock, knows no
//! locale, starts no thread and uses no floating-point number.

pub mod assess;
pub mod calendar;
pub mod casebook;
pub mod check;
pub mod codes;
pub mod compile;
pub mod coverage;
pub mod diagnostic;
pub mod evaluate;
pub mod exact;
pub mod format;
pub mod household;
pub mod lifecycle;
pub mod mutate;
pub mod overlay;
pub mod read;
pub mod register;
mod remedy;
pub mod report;
pub mod rules;
#[cfg(test)]
mod small;
pub mod syntax;
pub mod value;
pub mod words;

pub use assess::{Assessment, Depth, Determination, assess, assess_again, assess_programmes};
pub use calendar::Month;
pub use compile::compile;
pub use household::Household;
pub use lifecycle::{Calendar, calendar, outlook};
pub use rules::RuleSet;
pub use words::Language;
