//! `cargo xtask test`: everything that must hold, cheapest first, each crate compiled once and in one profile.

use std::env;
use std::process::Command;

use crate::command::{cargo, is_on_path, program, run, run_tests};
use crate::steps::{Steps, TaskError};
use crate::workspace::Workspace;
use crate::{interface, journeys, machine};

/// Runs the parts named, or all of them.
pub fn test(workspace: &Workspace, steps: &mut Steps, parts: &[&str]) -> Result<(), TaskError> {
    const PARTS: [&str; 8] = [
        "format",
        "interface",
        "build",
        "rust",
        "rules",
        "browser",
        "desktop",
        "lint",
    ];
    if parts.iter().any(|part| !PARTS.contains(part)) {
        return Err(TaskError::Usage);
    }
    machine::install_for_tests(workspace, steps)?;
    let uses_programs = ["rules", "browser", "desktop"].iter().any(|part| parts.contains(part));
    if uses_programs && !parts.contains(&"build") {
        // Chosen alone, they must not run programs of yesterday.
        build_programs(workspace, steps)?;
    }
    let chosen = PARTS.iter().filter(|part| parts.is_empty() || parts.contains(part));
    for part in chosen {
        match *part {
            "format" => format(workspace, steps)?,
            "interface" => {
                interface::install(workspace, steps)?;
                interface::test(workspace, steps)?;
            }
            "build" => build(workspace, steps)?,
            "rust" => rust(workspace, steps)?,
            "rules" => rules(workspace, steps)?,
            "browser" => journeys::browser(workspace, steps)?,
            "desktop" => journeys::desktop(workspace, steps)?,
            _ => lint(workspace, steps)?,
        }
    }
    Ok(())
}

fn format(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step("format", || run(&mut cargo(workspace, ["fmt", "--all", "--check"])))
}

/// The interface first, because the window carries it inside.
fn build(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    interface::install(workspace, steps)?;
    interface::build(workspace, steps)?;
    steps.step("build", || {
        run(&mut cargo(workspace, ["build", "--workspace", "--all-targets"]))
    })
}

fn build_programs(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    interface::install(workspace, steps)?;
    interface::build(workspace, steps)?;
    steps.step("build the programs", || {
        run(&mut cargo(workspace, ["build", "--workspace"]))
    })
}

/// Draws every screen into `docs/pictures`.
pub fn pictures(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    machine::install_for_tests(workspace, steps)?;
    build_programs(workspace, steps)?;
    journeys::pictures(workspace, steps)
}

fn rust(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step_with_lines("rust tests", |lines| run_tests(&mut rust_tests(workspace, &[]), lines))
}

/// The command that runs the Rust tests; `filter` in nextest's words.
pub fn rust_tests(workspace: &Workspace, filter: &[&str]) -> Command {
    if is_on_path("cargo-nextest") {
        return cargo(
            workspace,
            ["nextest", "run", "--workspace", "--no-fail-fast"]
                .iter()
                .chain(filter)
                .copied(),
        );
    }
    println!("  cargo-nextest is not installed: using `cargo test`");
    let ignored: &[&str] = if filter.is_empty() {
        &[]
    } else {
        &["--test", "journey", "--", "--ignored", "--test-threads=1"]
    };
    cargo(
        workspace,
        ["test", "--workspace", "--no-fail-fast"].iter().chain(ignored).copied(),
    )
}

fn rules(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    let ansinh = |words: &[&str]| program(workspace.built("ansinh"), words.iter().copied(), &workspace.root);
    // Each folder is named by its own step, so that a failure says whose rules fail.
    for folder in rule_folders(workspace)? {
        steps.step_with_lines(&format!("{folder}: form"), |lines| {
            run_tests(&mut ansinh(&["fmt", &folder, "--check"]), lines)
        })?;
        steps.step_with_lines(&format!("{folder}: check"), |lines| {
            run_tests(&mut ansinh(&["check", &folder]), lines)
        })?;
        steps.step_with_lines(&format!("{folder}: worked cases, and what they cover"), |lines| {
            let words = ["test", &folder, "--deny", "uncovered", "--lang", "en"];
            run_tests(&mut ansinh(&words), lines)
        })?;
        steps.step_with_lines(&format!("{folder}: changes that no case notices"), |lines| {
            run_tests(&mut ansinh(&["test", &folder, "--mutate", "--lang", "en"]), lines)
        })?;
    }
    Ok(())
}

/// Every folder of rules, the national one first: an overlay finds the rules it extends beside it.
fn rule_folders(workspace: &Workspace) -> Result<Vec<String>, TaskError> {
    let rules = workspace.root.join("rules");
    let entries = std::fs::read_dir(&rules).map_err(|error| TaskError::File {
        path: rules.display().to_string(),
        reason: error.to_string(),
    })?;
    let mut folders: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("release.toml").is_file())
        .map(|entry| format!("rules/{}", entry.file_name().to_string_lossy()))
        .collect();
    folders.sort();
    Ok(folders)
}

/// Clippy as the compiler's stand-in for our own crates only. `cargo clippy` would check every dependency again, in a
/// profile of its own; this way the dependencies already built are used.
fn lint(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step("lint", || {
        let mut command = cargo(workspace, ["build", "--workspace", "--all-targets"]);
        let driver = env::var_os("CLIPPY_DRIVER").unwrap_or_else(|| "clippy-driver".into());
        command.env("RUSTC_WORKSPACE_WRAPPER", driver);
        command.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
        run(&mut command)
    })
}
