//! The journeys through the real window. They need a display and a built program: `cargo xtask test desktop`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod screening;
mod screens;

use std::env;
use std::path::PathBuf;

use ansinh_desktop_journey::{JourneyError, Window};

/// Where something of the journey lies, as the task that starts it says.
fn from_environment(name: &str) -> PathBuf {
    env::var_os(name)
        .map(PathBuf::from)
        .unwrap_or_else(|| panic!("{name} is not set: run `cargo xtask test desktop`"))
}

#[test]
#[ignore = "needs a display: cargo xtask test desktop"]
fn the_window_opens_with_its_own_page() -> Result<(), JourneyError> {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["--data".as_ref(), data.path().as_os_str()];
    let window = Window::open(&from_environment("ANSINH_APP"), &arguments)?;
    assert_eq!(window.title()?, "An Sinh");
    window.await_text("An Sinh")?;
    window.screenshot(&from_environment("ANSINH_JOURNEY_FOLDER").join("first-page.png"))?;
    Ok(())
}

/// Even a page that was made to run a stranger's script finds every other door shut.
#[test]
#[ignore = "needs a display: cargo xtask test desktop"]
fn the_page_reaches_nothing_but_the_casework() -> Result<(), JourneyError> {
    let data = tempfile::tempdir().unwrap();
    let arguments = ["--data".as_ref(), data.path().as_os_str()];
    let window = Window::open(&from_environment("ANSINH_APP"), &arguments)?;
    let settle = |promise: &str| {
        let script = format!("return Promise.resolve().then(() => {promise}).then(() => 'done', () => 'refused');");
        window.run(&script, &[])
    };
    assert_eq!(settle("fetch(location.href)")?, "done", "its own pages are there");
    assert_eq!(
        settle("fetch('http://127.0.0.1:9/')")?,
        "refused",
        "there is no network"
    );
    for command in [
        "plugin:dialog|open",
        "plugin:dialog|save",
        "plugin:event|listen",
        "plugin:window|close",
    ] {
        let call = format!("window.__TAURI_INTERNALS__.invoke('{command}', {{}})");
        assert_eq!(settle(&call)?, "refused", "{command} is not the page's to call");
    }
    let place = window.run("return location.href", &[])?;
    window.run("location.href = 'http://example.invalid/';", &[])?;
    assert_eq!(
        window.run(
            "return new Promise((done) => setTimeout(() => done(location.href), 300));",
            &[]
        )?,
        place
    );
    Ok(())
}
