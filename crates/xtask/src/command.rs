//! Starting programs: output streamed, no standard input, an end to every wait.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::steps::TaskError;
use crate::workspace::Workspace;

/// What cargo tells a program it runs, and what must not reach the cargo started from here:
/// build scripts that watch such a variable would run again whenever cargo is started another way.
const FROM_OUTER_CARGO: [&str; 4] = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_PRIMARY_"];

/// A cargo command in the workspace.
pub fn cargo<'a>(workspace: &Workspace, words: impl IntoIterator<Item = &'a str>) -> Command {
    let mut command = program("cargo", words, &workspace.root);
    command.env("CARGO_TARGET_DIR", &workspace.target);
    if workspace.unattended {
        command.env("CARGO_INCREMENTAL", "0");
    }
    for (name, _) in std::env::vars_os() {
        if let Some(text) = name.to_str()
            && FROM_OUTER_CARGO.iter().any(|prefix| text.starts_with(prefix))
        {
            command.env_remove(&name);
        }
    }
    command
}

/// A program from node's world, by its Unix name.
pub fn node<'a>(name: &str, words: impl IntoIterator<Item = &'a str>, folder: &Path) -> Command {
    // On Windows npm and npx are scripts, which are not found without their ending.
    let name = if cfg!(windows) {
        format!("{name}.cmd")
    } else {
        name.to_owned()
    };
    program(name, words, folder)
}

/// Any program, started in a folder.
pub fn program<'a>(name: impl AsRef<OsStr>, words: impl IntoIterator<Item = &'a str>, folder: &Path) -> Command {
    let mut command = Command::new(name);
    command.args(words).current_dir(folder).stdin(Stdio::null());
    command
}

/// The same command, ended by force after so many minutes.
pub fn with_limit(command: &Command, minutes: u32) -> Command {
    if !cfg!(target_os = "linux") {
        return wrapped(command, []);
    }
    let limit = format!("{minutes}m");
    wrapped(command, ["timeout", "--kill-after=10", limit.as_str()])
}

/// The same command, started by another one that takes it as its last arguments.
pub fn wrapped<'a>(command: &Command, wrapper: impl IntoIterator<Item = &'a str>) -> Command {
    let mut words: Vec<&OsStr> = wrapper.into_iter().map(OsStr::new).collect();
    words.push(command.get_program());
    words.extend(command.get_args());
    let mut words = words.into_iter();
    let mut outer = Command::new(words.next().unwrap_or(command.get_program()));
    outer.args(words).stdin(Stdio::null());
    if let Some(folder) = command.get_current_dir() {
        outer.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => outer.env(name, value),
            None => outer.env_remove(name),
        };
    }
    outer
}

/// Runs a command to its end, its output passing straight through.
pub fn run(command: &mut Command) -> Result<(), TaskError> {
    println!("  $ {}", spoken(command));
    let _ = std::io::stdout().flush();
    let status = command.status().map_err(|error| not_started(command, &error))?;
    judge(command, status)
}

/// Runs a test runner; passes its output through and keeps the lines in which it sums up, however it ends.
pub fn run_tests(command: &mut Command, closing: &mut Vec<String>) -> Result<(), TaskError> {
    println!("  $ {}", spoken(command));
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| not_started(command, &error))?;
    let (sender, lines) = channel();
    if let Some(stdout) = child.stdout.take() {
        pass_on(stdout, std::io::stdout(), sender.clone());
    }
    if let Some(stderr) = child.stderr.take() {
        pass_on(stderr, std::io::stderr(), sender);
    }
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    closing.extend(closing_lines(&lines));
    judge(command, status)
}

/// Returns what a command writes, or nothing where it is missing or ends badly.
pub fn answer(name: &str, words: &[&str]) -> Option<String> {
    let output = Command::new(name).args(words).stdin(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is found on the path.
pub fn is_on_path(name: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| {
            let file = folder.join(name);
            file.is_file() || (cfg!(windows) && file.with_extension("exe").is_file())
        })
    })
}

fn pass_on(from: impl Read + Send + 'static, mut to: impl Write + Send + 'static, sums: Sender<String>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(from);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|n| n > 0) {
            let _ = to.write_all(&line);
            let _ = to.flush();
            let text = without_colour(&String::from_utf8_lossy(&line));
            if sums_up(&text) {
                let _ = sums.send(text);
            }
            line.clear();
        }
    });
}

/// Reads until both streams end; a program left behind by a test may hold one open for ever, so not longer than 5 s.
fn closing_lines(lines: &Receiver<String>) -> Vec<String> {
    let end = Instant::now() + Duration::from_secs(5);
    let mut found = Vec::new();
    while let Ok(line) = lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
        found.push(line);
    }
    found
}

/// Whether a line is the one with which nextest, `cargo test`, vitest, Playwright, `ansinh check` or `ansinh test` closes.
fn sums_up(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("Summary [")
        || line.starts_with("test result:")
        || line.starts_with("Test Files ")
        || line.starts_with("Tests ")
        || line.starts_with("coverage: ")
        || counts(line, "mutants: ")
        || line.contains(" errors, ") && line.ends_with(" warnings")
        || counts(line, "passed (")
        || counts(line, "passed, ")
        || counts(line, "failed")
        || counts(line, "skipped")
}

/// Whether a line is a number followed by the word, as Playwright writes `  12 passed (8.1s)`.
fn counts(line: &str, word: &str) -> bool {
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    rest.len() < line.len() && rest.trim_start().starts_with(word)
}

fn without_colour(text: &str) -> String {
    let mut plain = String::new();
    let mut letters = text.trim_end().chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(|letter| letter.is_ascii_alphabetic());
        } else {
            plain.push(letter);
        }
    }
    plain
}

fn judge(command: &Command, status: ExitStatus) -> Result<(), TaskError> {
    if status.success() {
        return Ok(());
    }
    let ending = match status.code() {
        // What `timeout` answers when it had to end the program.
        Some(124 | 137) if command.get_program() == "timeout" => "did not end in time".to_owned(),
        Some(code) => format!("ended with code {code}"),
        None => "was ended by a signal".to_owned(),
    };
    Err(TaskError::Failed {
        command: spoken(command),
        ending,
    })
}

fn not_started(command: &Command, error: &std::io::Error) -> TaskError {
    TaskError::NotStarted {
        command: spoken(command),
        reason: error.to_string(),
    }
}

fn spoken(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests;
