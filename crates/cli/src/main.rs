//! `ansinh`: screens households and checks rules in a terminal.
//!
//! Reads files, asks the engine, and prints. It decides nothing: what it shows is the engine's report, word for word,
//! with headings around it. It keeps nothing but what `release install` hands to the casework, and reaches no network.

mod arguments;
mod begin;
mod calendar;
mod cases;
mod check;
mod covered;
mod differences;
mod digest;
mod explain;
mod failure;
mod fmt;
mod impact;
mod input;
mod install;
mod law;
mod mutants;
mod page;
mod paper;
mod refusals;
mod sample;
mod schema;
mod screen;
mod signing;
mod words;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Arguments, Command, KeyCommand, ReleaseCommand};
use failure::{Failure, GOOD, WRONG_USE};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // A reader that went away is no reason to fail.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { WRONG_USE } else { GOOD });
        }
    };
    let result = match arguments.command {
        Command::Screen(screen) => screen::screen(&screen),
        Command::Explain(explain) => explain::explain(&explain),
        Command::Calendar(asked) => calendar::calendar(&asked),
        Command::Check(check) => check::check(&check),
        Command::Fmt(fmt) => fmt::fmt(&fmt),
        Command::Test(test) => cases::test(&test),
        Command::Law(law) => law::law(&law),
        Command::Schema(schema) => schema::schema(&schema),
        Command::Sample(sample) => sample::sample(&sample),
        Command::Release(command) => match command {
            ReleaseCommand::New(asked) => begin::begin(&asked),
            ReleaseCommand::Digest(digest) => digest::digest(&digest),
            ReleaseCommand::Diff(asked) => differences::differ(&asked),
            ReleaseCommand::Impact(asked) => impact::impact(&asked),
            ReleaseCommand::Key(KeyCommand::New(key)) => signing::new(&key),
            ReleaseCommand::Sign(sign) => signing::sign(&sign),
            ReleaseCommand::Verify(verify) => signing::verify(&verify),
            ReleaseCommand::Unpack(unpack) => signing::unpack(&unpack),
            ReleaseCommand::Install(asked) => install::install(&asked),
        },
    };
    ExitCode::from(result.unwrap_or_else(Failure::tell))
}
