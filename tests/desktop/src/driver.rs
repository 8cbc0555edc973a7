//! Starts WebKitWebDriver, speaks to it and ends it.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use serde_json::Value;

use crate::error::JourneyError;
use crate::{PATIENCE, PAUSE, http};

/// The driver's process; it ends with this.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver on a free port and waits until it answers.
    pub fn start() -> Result<Driver, JourneyError> {
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let process = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            // What makes the program's web view accept being driven; it passes from the driver to the program.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .spawn()?;
        let driver = Driver { process, port };
        let end = Instant::now() + PATIENCE;
        loop {
            match http::request(port, "GET", "/status", None) {
                Ok(_) => return Ok(driver),
                Err(error) if Instant::now() >= end => return Err(error.into()),
                Err(_) => thread::sleep(PAUSE),
            }
        }
    }

    /// Sends one command and returns the value of the answer.
    pub fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, JourneyError> {
        let (status, mut answer) = http::request(self.port, method, path, body)?;
        let value = answer.get_mut("value").map(Value::take).unwrap_or_default();
        if status == 200 {
            return Ok(value);
        }
        let said = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Err(JourneyError::Refused {
            command: format!("{method} {path}"),
            error: said("error"),
            message: said("message"),
        })
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
