//! Opens the real window and drives it as a person at the keyboard would, over the W3C WebDriver protocol that
//! WebKitWebDriver speaks. It knows the protocol and nothing of An Sinh.
//!
//! It never retries an action: a wait ends when what it waits for is there, or fails by name.

mod driver;
mod error;
mod http;
mod picture;
mod window;

use std::time::Duration;

pub use error::JourneyError;
pub use window::{Element, Key, Window};

/// How long anything the journey waits for may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);
