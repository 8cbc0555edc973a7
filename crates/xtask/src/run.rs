//! `cargo xtask run`: the main job, in the window where there is a display and in the terminal where there is none.

use std::env;

use crate::command::{cargo, program, run as run_command};
use crate::steps::{Steps, TaskError};
use crate::workspace::Workspace;
use crate::{interface, machine};

const HOUSEHOLD: &str = "tests/households/a-man-of-78.json";
const MONTH: &str = "2026-11";

/// Sets up, builds, and does the job.
pub fn run(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    machine::install_for_running(workspace, steps)?;
    interface::install(workspace, steps)?;
    interface::build(workspace, steps)?;
    // The whole workspace even where only one program is wanted: with fewer members cargo would choose other
    // features for shared dependencies, and `cargo xtask test` would compile them a second time.
    steps.step("build (the first time takes several minutes)", || {
        run_command(&mut cargo(workspace, ["build", "--workspace"]))
    })?;
    if has_display() {
        open_window(workspace, steps)
    } else {
        screen_in_terminal(workspace, steps)
    }
}

fn has_display() -> bool {
    cfg!(any(windows, target_os = "macos"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

fn open_window(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step(
        "An Sinh, with an invented sample commune (close the window to end)",
        || {
            run_command(&mut program(
                workspace.built("ansinh-app"),
                ["--sample"],
                &workspace.root,
            ))
        },
    )
}

fn screen_in_terminal(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    println!(
        "\nThere is no display, so the window stays closed: the sample household is screened here in the terminal."
    );
    let pdf = workspace.target.join("a-man-of-78.pdf");
    let pdf_text = pdf.display().to_string();
    steps.step("the sample household", || {
        let words = ["screen", HOUSEHOLD, "--month", MONTH, "--pdf", &pdf_text];
        run_command(&mut program(workspace.built("ansinh"), words, &workspace.root))
    })?;
    println!("\nIts eligibility summary: {pdf_text}");
    Ok(())
}
