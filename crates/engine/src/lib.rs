//! The rules engine: reads rule files, checks them, assesses households and explains the answer.
//!
//! Pure: it takes bytes, a household and a month and returns an answer. It opens no file, reads no clock, knows no
//! locale, starts no thread and uses no floating-point number.

pub mod codes;
pub mod diagnostic;
pub mod read;
pub mod report;
pub mod syntax;
pub mod words;
