//! Everything a worker can do: commands by name, what travels with them, who may give them, and why one failed.
//!
//! [`Office`] is one desk: one folder of data, one person signed in, one household open. It reads the clock, asks the
//! engine, keeps what was said in the store and hands a page to the printer. It knows no window and no browser, writes no
//! SQL and sets no type, and it decides nothing about the law. What cannot be done is a [`wire::Failure`] with a code.

mod accounts;
mod backup;
mod checking;
mod clock;
mod command;
mod dossier;
mod draft;
mod duplicates;
mod failure;
mod file;
mod gap;
mod identity;
pub mod impact;
mod import;
mod intake;
mod job;
mod lists;
mod log;
mod office;
mod overview;
mod papers;
mod picture;
mod printing;
mod questions;
mod releases;
mod roster;
mod rosters;
mod sample;
mod scan;
mod schema;
mod screening;
mod seal;
mod session;
mod standing;
mod table;
mod watch;
pub mod wire;

pub use clock::today;
pub use office::{Office, Options};
pub use sample::sample;
pub use schema::{calendar_schema, household_schema, result_schema};
pub use seal::{Seal, seal};
