//! Named steps with their seconds, and what can stop them.

use std::fmt;
use std::io::Write;
use std::time::{Duration, Instant};

/// Why a task stopped.
#[derive(Debug)]
pub enum TaskError {
    /// The words after `cargo xtask` name no task.
    Usage,
    /// A command could not be started.
    NotStarted {
        /// As it would be typed.
        command: String,
        /// What the system said.
        reason: String,
    },
    /// A command ended badly.
    Failed {
        /// As it would be typed.
        command: String,
        /// How it ended.
        ending: String,
    },
    /// Something that must be there is not.
    Missing {
        /// What, and where it comes from.
        what: String,
    },
    /// A file could not be read or written.
    File {
        /// Its path.
        path: String,
        /// What the system said.
        reason: String,
    },
}

impl fmt::Display for TaskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TaskError::Usage => write!(f, "no such task"),
            TaskError::NotStarted { command, reason } => write!(f, "could not start `{command}`: {reason}"),
            TaskError::Failed { command, ending } => write!(f, "`{command}` {ending}"),
            TaskError::Missing { what } => write!(f, "{what}"),
            TaskError::File { path, reason } => write!(f, "{path}: {reason}"),
        }
    }
}

impl std::error::Error for TaskError {}

/// What has been done so far.
pub struct Steps {
    started: Instant,
    done: Vec<Done>,
    closing_lines: Vec<String>,
}

struct Done {
    name: String,
    took: Duration,
    passed: bool,
}

impl Steps {
    /// Starts the clock.
    pub fn start() -> Steps {
        Steps {
            started: Instant::now(),
            done: Vec::new(),
            closing_lines: Vec::new(),
        }
    }

    /// Does one step, printing its name before and its seconds after.
    pub fn step(&mut self, name: &str, work: impl FnOnce() -> Result<(), TaskError>) -> Result<(), TaskError> {
        self.step_with_lines(name, |_| work())
    }

    /// Does one step that runs tests, and keeps the lines in which the runner sums up, also where it fails.
    pub fn step_with_lines(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Vec<String>) -> Result<(), TaskError>,
    ) -> Result<(), TaskError> {
        println!("\n▶ {name}");
        // The commands of the step write to the same place; the heading must come first.
        let _ = std::io::stdout().flush();
        let started = Instant::now();
        let mut lines = Vec::new();
        let outcome = work(&mut lines);
        let took = started.elapsed();
        let passed = outcome.is_ok();
        println!("{} {name}  {:.1} s", mark(passed), took.as_secs_f64());
        self.done.push(Done {
            name: name.to_owned(),
            took,
            passed,
        });
        if !lines.is_empty() {
            self.closing_lines.push(format!("{name}:"));
            self.closing_lines.append(&mut lines);
        }
        outcome
    }

    /// Prints each step with its seconds, then what the test runners concluded.
    pub fn print_summary(&self) {
        if self.done.is_empty() {
            return;
        }
        println!("\nsteps");
        for Done { name, took, passed } in &self.done {
            println!("{:>9.1} s  {} {name}", took.as_secs_f64(), mark(*passed));
        }
        println!("{:>9.1} s  in all", self.started.elapsed().as_secs_f64());
        if !self.closing_lines.is_empty() {
            println!();
        }
        for line in &self.closing_lines {
            println!("{line}");
        }
    }
}

fn mark(passed: bool) -> char {
    if passed { '✓' } else { '✗' }
}
