//! `cargo xtask package`: the release build, bundled for the system it is built on.

use crate::command::{node, run};
use crate::steps::{Steps, TaskError};
use crate::workspace::Workspace;
use crate::{interface, machine};

/// What bundles a Tauri application, of the version that is tried.
const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

/// Builds the release and its package.
pub fn package(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    machine::install_for_running(workspace, steps)?;
    interface::install(workspace, steps)?;
    interface::build(workspace, steps)?;
    steps.step("release and package", || {
        let bundles = if cfg!(target_os = "linux") { "deb" } else { "all" };
        // Fetched when it is first needed: every other job does without these 20 MB.
        let words = ["--yes", "--package", BUNDLER, "tauri", "build", "--bundles", bundles];
        let mut command = node("npx", words, &workspace.root.join("src-tauri"));
        command.env("CARGO_TARGET_DIR", &workspace.target);
        run(&mut command)
    })?;
    println!("\nIn {}", workspace.target.join("release/bundle").display());
    Ok(())
}
