//! The system packages of Debian and Ubuntu, installed where missing; elsewhere, a message that names them.

use std::process::Stdio;

use crate::command::{answer, is_on_path, program, run, wrapped};
use crate::steps::{Steps, TaskError};
use crate::workspace::Workspace;

/// What compiling and opening the window needs.
const TO_BUILD: [&str; 7] = [
    "build-essential",
    "pkg-config",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
];

/// What the journeys through the browser and the window need besides, without the browser.
const TO_TEST: [&str; 5] = ["webkit2gtk-driver", "xvfb", "xauth", "dbus-daemon", "poppler-utils"];

/// Any of these is a browser for the browser journey.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const ELSEWHERE: &str = "\
This is not Debian or Ubuntu, so nothing was installed. Needed, if not there yet:
  Fedora    dnf install gcc gcc-c++ make perl pkgconf-pkg-config openssl-devel webkit2gtk4.1-devel libxdo-devel \\
              libappindicator-gtk3-devel librsvg2-devel
            to test: webkitgtk6.0 or webkit2gtk4.1 with its WebKitWebDriver, xorg-x11-server-Xvfb, chromium, poppler-utils
  Arch      pacman -S base-devel openssl webkit2gtk-4.1 xdotool libappindicator-gtk3 librsvg
            to test: xorg-server-xvfb chromium poppler
  macOS     xcode-select --install
  Windows   the C++ build tools of Visual Studio, and perl (Strawberry Perl) for the database's encryption";

/// Installs what `cargo xtask run` needs.
pub fn install_for_running(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    steps.step("system packages", || install(workspace, TO_BUILD.to_vec()))
}

/// Installs what `cargo xtask test` needs.
pub fn install_for_tests(workspace: &Workspace, steps: &mut Steps) -> Result<(), TaskError> {
    let mut packages = TO_BUILD.to_vec();
    packages.extend(TO_TEST);
    if !BROWSERS.iter().any(|browser| is_on_path(browser)) {
        packages.push("chromium");
    }
    steps.step("system packages", || install(workspace, packages))
}

fn install(workspace: &Workspace, packages: Vec<&'static str>) -> Result<(), TaskError> {
    if !is_on_path("dpkg-query") || !is_on_path("apt-get") {
        println!("{ELSEWHERE}");
        return Ok(());
    }
    let missing = missing_of(&packages);
    if missing.is_empty() {
        println!("  nothing missing");
        return Ok(());
    }
    println!("  missing: {}", missing.join(" "));
    let prefix = as_root()?;
    let mut update = vec!["update"];
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    // Another installation may be running; wait for it rather than fail.
    for words in [&mut update, &mut install] {
        words.splice(0..0, ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]);
    }
    install.extend(&missing);
    let apt = |words: Vec<&str>| {
        let command = program("apt-get", words, &workspace.root);
        let mut command = wrapped(&command, prefix.iter().copied());
        command.env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
        run(&mut command)
    };
    if let Err(error) = apt(update) {
        // One unreachable source does not mean that the packages cannot be had from the others.
        println!("  {error}; trying with the lists there are");
    }
    apt(install)
}

fn missing_of(packages: &[&'static str]) -> Vec<&'static str> {
    // dpkg-query ends badly when it does not know one of them, and still answers for the rest: hence one by one.
    packages
        .iter()
        .copied()
        .filter(|package| !is_installed(package))
        .collect()
}

fn is_installed(package: &str) -> bool {
    answer("dpkg-query", &["--show", "--showformat=${db:Status-Status}\n", package])
        .is_some_and(|states| states.lines().any(|state| state == "installed"))
}

fn as_root() -> Result<Vec<&'static str>, TaskError> {
    if answer("id", &["-u"]).is_some_and(|id| id.trim() == "0") {
        return Ok(Vec::new());
    }
    if is_on_path("sudo") {
        // sudo keeps no environment of its own accord; apt must still not ask questions.
        return Ok(vec!["sudo", "--preserve-env=DEBIAN_FRONTEND"]);
    }
    Err(TaskError::Missing {
        what: "installing packages needs root, and there is no sudo: run this once as root".into(),
    })
}
