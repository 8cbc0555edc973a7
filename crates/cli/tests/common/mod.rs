//! Running the program, and where its files lie.
#![allow(dead_code)]

pub mod schema;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use tempfile::TempDir;

/// What came of a run.
pub struct Outcome {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    pub fn of(output: Output) -> Outcome {
        Outcome {
            code: output.status.code().expect("the program was not killed"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    pub fn says(&self, text: &str) -> &Outcome {
        let both = format!("{}{}", self.stdout, self.stderr);
        // A long word may have been moved to the next line.
        let flat = |text: &str| text.split_whitespace().collect::<String>();
        assert!(flat(&both).contains(&flat(text)), "`{text}` is missing in\n{both}");
        self
    }
}

pub fn command(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ansinh"));
    command.args(words).stdin(Stdio::null()).env_remove("CLICOLOR_FORCE");
    command
}

pub fn ansinh(words: &[&str]) -> Outcome {
    Outcome::of(command(words).output().unwrap())
}

pub fn with_input(words: &[&str], input: &str) -> Outcome {
    let mut child = command(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Outcome::of(child.wait_with_output().unwrap())
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn household(name: &str) -> String {
    root()
        .join(format!("tests/households/{name}.json"))
        .display()
        .to_string()
}

/// A copy of the national rules whose files are as listed.
pub fn a_copy_of_the_rules() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("rules/vn"), folder.path());
    let listed = ansinh(&["release", "digest", folder.path().to_str().unwrap(), "--write"]);
    assert_eq!(listed.code, 0, "{}", listed.stderr);
    folder
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Compares a page with the one kept under that name in `tests/expected`.
///
/// After a change that is meant: `UPDATE_EXPECTED=1 cargo nextest run -p ansinh-cli`, then read the difference.
pub fn same_as_kept(file: &str, page: &str) {
    // The digest is of every byte of the rules; the text should change only when an answer does.
    let lines = page.lines().map(|line| match line.split_once("sha256:") {
        Some((before, _)) => format!("{before}sha256:…\n"),
        None => format!("{line}\n"),
    });
    let found: String = lines.collect();
    let path = root().join("tests/expected").join(file);
    if env::var_os("UPDATE_EXPECTED").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, found).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differs = found.lines().zip(expected.lines()).position(|(a, b)| a != b);
    assert!(
        found == expected,
        "{file} differs from line {}; if that is meant: UPDATE_EXPECTED=1\n{found}",
        differs.map_or(found.lines().count().min(expected.lines().count()), |at| at) + 1
    );
}
