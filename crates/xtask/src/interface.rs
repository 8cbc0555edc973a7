//! The web interface: its node modules, its checks, its build. Each is skipped where nothing changed.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::command::{answer, node, run, run_tests, with_limit};
use crate::steps::{Steps, TaskError};
use crate::workspace::Workspace;

const OLDEST_NODE: u32 = 20;

/// Installs the node modules the lock file names, unless it did so before.
pub fn install(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    let folder = workspace.interface();
    steps.step("node modules", || {
        check_node()?;
        let lock = fs::read(folder.join("package-lock.json")).map_err(|error| TaskError::File {
            path: folder.join("package-lock.json").display().to_string(),
            reason: error.to_string(),
        })?;
        // Written only after a complete installation: a broken one is done again.
        let stamp = folder.join("node_modules/.installed-lock");
        if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
            println!("  nothing changed");
            return Ok(());
        }
        let words = ["ci", "--no-audit", "--no-fund", "--loglevel=warn"];
        run(&mut with_limit(&node("npm", words, &folder), 15))?;
        write(&stamp, &lock)
    })
}

/// Checks formatting, lints and types, and runs the interface's own tests.
pub fn test(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    let folder = workspace.interface();
    let tool = |words: &[&str]| with_limit(&node("npx", ["--no-install"].iter().chain(words).copied(), &folder), 10);
    steps.step("interface: biome", || run(&mut tool(&["biome", "ci", "."])))?;
    steps.step("interface: types", || run(&mut tool(&["tsc", "-b"])))?;
    steps.step_with_lines("interface: vitest", |lines| {
        run_tests(&mut tool(&["vitest", "run"]), lines)
    })
}

/// Builds the interface, unless it was built from the sources as they are.
pub fn build(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    let folder = workspace.interface();
    steps.step("interface: build", || {
        let stamp = folder.join("node_modules/.interface-built");
        if is_built(&folder, &stamp) {
            println!("  nothing changed");
            return Ok(());
        }
        run(&mut with_limit(
            &node("npx", ["--no-install", "vite", "build"], &folder),
            10,
        ))?;
        write(&stamp, b"")
    })
}

/// Whether the last build is newer than every source, and its result still lies there.
fn is_built(folder: &Path, stamp: &Path) -> bool {
    let (Some(built), Some(page)) = (modified(stamp), modified(&folder.join("dist/index.html"))) else {
        return false;
    };
    // A page newer than the stamp is the placeholder that stands in while there is no interface.
    let mut sources = vec![folder.join("dist/index.html")];
    collect_sources(folder, &mut sources);
    page <= built
        && sources
            .iter()
            .all(|source| modified(source).is_some_and(|changed| changed <= built))
}

fn collect_sources(folder: &Path, into: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if ["node_modules", "dist", "test-results", "playwright-report"]
            .iter()
            .any(|skipped| name == *skipped)
        {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            collect_sources(&path, into);
        }
        // A folder's own time changes when a file in it is removed.
        into.push(path);
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|entry| entry.modified()).ok()
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), TaskError> {
    fs::write(path, bytes).map_err(|error| TaskError::File {
        path: path.display().to_string(),
        reason: error.to_string(),
    })
}

fn check_node() -> Result<(), TaskError> {
    let version = answer("node", &["--version"]).unwrap_or_default();
    let major = version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|number| number.parse::<u32>().ok());
    match major {
        Some(found) if found >= OLDEST_NODE => Ok(()),
        Some(_) => Err(TaskError::Missing {
            what: format!("Node {OLDEST_NODE} or newer is needed; this is {}", version.trim()),
        }),
        None => Err(TaskError::Missing {
            what: format!("Node {OLDEST_NODE} or newer is needed and was not found: https://nodejs.org"),
        }),
    }
}
