//! The journeys a worker makes, through a browser and through the real window.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use crate::command::{is_on_path, node, program, run_tests, with_limit, wrapped};
use crate::steps::{Steps, TaskError};
use crate::test::rust_tests;
use crate::workspace::Workspace;

/// Through Chromium, over the loopback host.
pub fn browser(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step_with_lines("browser journey", |lines| {
        let mut command = node("npx", ["--no-install", "playwright", "test"], &workspace.interface());
        command.env("ANSINH_WEBHOST", workspace.built("ansinh-webhost"));
        run_tests(&mut with_limit(&command, 10), lines)
    })
}

/// The same host, to draw the screens for the guide.
pub fn pictures(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step_with_lines("pictures", |lines| {
        let words = ["--no-install", "playwright", "test", "--project=pictures"];
        let mut command = node("npx", words, &workspace.interface());
        command
            .env("ANSINH_WEBHOST", workspace.built("ansinh-webhost"))
            .env("ANSINH_PICTURES", workspace.root.join("docs/pictures"));
        run_tests(&mut with_limit(&command, 10), lines)
    })
}

/// Through the real window, on a display that nobody sees.
pub fn desktop(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step_with_lines("desktop journey", |lines| {
        if !is_on_path("WebKitWebDriver") {
            println!("  WebKitWebDriver is not installed: the window is only tested on Linux");
            return Ok(());
        }
        let folder = workspace.target.join("desktop-journey");
        empty(&folder)?;
        let mut command = rust_tests(
            workspace,
            // One window at a time: only one of them can have the keyboard.
            &[
                "--run-ignored",
                "only",
                "--test-threads",
                "1",
                "-E",
                "package(ansinh-desktop-journey)",
            ],
        );
        command
            .env("ANSINH_APP", workspace.built("ansinh-app"))
            .env(
                "ANSINH_AXE",
                workspace.interface().join("node_modules/axe-core/axe.min.js"),
            )
            .env("ANSINH_JOURNEY_FOLDER", &folder);
        run_tests(&mut unseen(workspace, &command), lines)
    })
}

/// Makes a folder without the pictures of the last journey.
fn empty(folder: &Path) -> Result<(), TaskError> {
    let outcome = match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => fs::create_dir_all(folder),
    };
    outcome.map_err(|error| TaskError::File {
        path: folder.display().to_string(),
        reason: error.to_string(),
    })
}

/// With a display and a session bus of its own. WebKit leaves programs behind when a driver is killed, and one of them
/// holding the output open would keep an unattended run waiting for ever: they all end with their process namespace.
fn unseen(workspace: &Workspace, command: &Command) -> Command {
    let display = [
        "dbus-run-session",
        "--",
        "xvfb-run",
        "-a",
        "-s",
        "-screen 0 1280x800x24",
    ];
    let limited = with_limit(&wrapped(command, display), 10);
    let namespace = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"];
    let namespace_for_root = [namespace.as_slice(), &["--user", "--map-root-user"]].concat();
    for wrapper in [namespace.to_vec(), namespace_for_root] {
        let probe = program("true", [], &workspace.root);
        if wrapped(&probe, wrapper.iter().copied())
            .output()
            .is_ok_and(|output| output.status.success())
        {
            return wrapped(&limited, wrapper);
        }
    }
    limited
}
