//! The journey through the real window. It needs a display and a built program: `cargo xtask test desktop`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::env;
use std::path::PathBuf;

use ansinh_desktop_journey::{JourneyError, Window};

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
    window.await_some("the title", || Ok(window.title()?.contains("An Sinh").then_some(())))?;
    window.screenshot(&from_environment("ANSINH_JOURNEY_FOLDER").join("first-page.png"))?;
    Ok(())
}
