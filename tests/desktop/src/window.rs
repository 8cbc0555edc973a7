//! The window under test, and what a person can do with it.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::http;

/// How long anything the journey waits for may take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(50);

/// The name the protocol gives to the id of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// Why a journey stopped.
#[derive(Debug, thiserror::Error)]
pub enum JourneyError {
    /// The driver could not be started or reached.
    #[error("the driver cannot be reached: {0}")]
    Driver(#[from] io::Error),
    /// The driver refused a command.
    #[error("{command}: {error}: {message}")]
    Refused {
        /// Method and path.
        command: String,
        /// The protocol's error code.
        error: String,
        /// What the driver said.
        message: String,
    },
    /// What was waited for did not come.
    #[error("waited {seconds} s in vain for {what}; the page reads:\n{page}")]
    Awaited {
        /// What was waited for.
        what: String,
        /// How long.
        seconds: u64,
        /// The text of the page at that time.
        page: String,
    },
    /// An answer has not the shape the protocol promises.
    #[error("{command}: an answer without {expected}")]
    Shape {
        /// Method and path.
        command: String,
        /// What is missing.
        expected: &'static str,
    },
}

/// A key that writes no letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// Tab.
    Tab,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Delete.
    Delete,
    /// Down arrow.
    Down,
    /// Up arrow.
    Up,
    /// Space.
    Space,
}

impl Key {
    fn code(self) -> char {
        match self {
            Key::Tab => '\u{e004}',
            Key::Enter => '\u{e007}',
            Key::Escape => '\u{e00c}',
            Key::Delete => '\u{e017}',
            Key::Down => '\u{e015}',
            Key::Up => '\u{e013}',
            Key::Space => ' ',
        }
    }
}

const CONTROL: char = '\u{e009}';

/// One element of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

/// The window, open from [`Window::open`] until it is dropped.
pub struct Window {
    driver: Driver,
    session: String,
}

struct Driver {
    process: Child,
    port: u16,
}

impl Window {
    /// Starts the program and waits for its page.
    pub fn open<A: AsRef<OsStr>>(program: &Path, arguments: &[A]) -> Result<Window, JourneyError> {
        let driver = Driver::start()?;
        let arguments: Vec<_> = arguments
            .iter()
            .map(|argument| argument.as_ref().to_string_lossy())
            .collect();
        let options = json!({ "binary": program.to_string_lossy(), "args": arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "webkitgtk:browserOptions": options } } });
        let answer = driver.send("POST", "/session", Some(&wanted))?;
        let session = text_of(&answer, "sessionId", "POST /session")?;
        Ok(Window { driver, session })
    }

    /// Returns the title of the page.
    pub fn title(&self) -> Result<String, JourneyError> {
        self.get_text("/title")
    }

    /// Returns the visible text of the whole page.
    pub fn page_text(&self) -> Result<String, JourneyError> {
        let text = self.run("return document.body ? document.body.innerText : '';", &[])?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Waits for an element by CSS selector.
    pub fn find(&self, selector: &str) -> Result<Element, JourneyError> {
        self.await_some(selector, || self.look_for("css selector", selector))
    }

    /// Waits for an element by its `data-testid`.
    pub fn find_test_id(&self, id: &str) -> Result<Element, JourneyError> {
        self.find(&format!("[data-testid='{id}']"))
    }

    /// Waits for a button, link or tab by the words on it.
    pub fn find_control(&self, words: &str) -> Result<Element, JourneyError> {
        let path = format!(
            "//*[self::button or self::a or @role='button' or @role='tab' or @role='radio' or @role='option' or self::label]\
             [normalize-space(.)={words} or @aria-label={words}]",
            words = xpath_text(words)
        );
        self.await_some(words, || self.look_for("xpath", &path))
    }

    /// Waits for the field that a label with these words belongs to.
    pub fn find_field(&self, label: &str) -> Result<Element, JourneyError> {
        let script = "const wanted = arguments[0];\
            for (const field of document.querySelectorAll('input, select, textarea')) {\
              const words = [...(field.labels ?? [])].map((label) => label.innerText.trim());\
              words.push(field.getAttribute('aria-label') ?? '');\
              const by = field.getAttribute('aria-labelledby');\
              if (by) words.push(by.split(' ').map((id) => document.getElementById(id)?.innerText.trim()).join(' '));\
              if (words.some((word) => word === wanted)) return field;\
            }\
            return null;";
        self.await_some(label, || Ok(element_of(&self.run(script, &[json!(label)])?)))
    }

    /// Waits until the page shows these words.
    pub fn await_text(&self, words: &str) -> Result<(), JourneyError> {
        self.await_some(words, || Ok(self.page_text()?.contains(words).then_some(())))
    }

    /// Waits until something is there.
    pub fn await_some<T>(
        &self,
        what: &str,
        look: impl Fn() -> Result<Option<T>, JourneyError>,
    ) -> Result<T, JourneyError> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look()? {
                return Ok(found);
            }
            if Instant::now() >= end {
                let page = self.page_text().unwrap_or_default();
                return Err(JourneyError::Awaited {
                    what: what.to_owned(),
                    seconds: PATIENCE.as_secs(),
                    page,
                });
            }
            thread::sleep(PAUSE);
        }
    }

    /// Clicks.
    pub fn click(&self, element: &Element) -> Result<(), JourneyError> {
        self.post(&format!("/element/{}/click", element.0), &json!({}))
            .map(drop)
    }

    /// Types into a field, after what is in it.
    pub fn type_into(&self, element: &Element, text: &str) -> Result<(), JourneyError> {
        self.post(&format!("/element/{}/value", element.0), &json!({ "text": text }))
            .map(drop)
    }

    /// Replaces what is in a field. The protocol's own clearing tells the page nothing, so this uses the keys.
    pub fn replace(&self, element: &Element, text: &str) -> Result<(), JourneyError> {
        let keys = format!("{CONTROL}a{CONTROL}{}{text}", Key::Delete.code());
        self.type_into(element, &keys)
    }

    /// Presses a key wherever the focus is.
    pub fn press(&self, key: Key) -> Result<(), JourneyError> {
        let key = key.code();
        let strokes = json!([{ "type": "keyDown", "value": key }, { "type": "keyUp", "value": key }]);
        let actions = json!({ "actions": [{ "type": "key", "id": "keyboard", "actions": strokes }] });
        self.post("/actions", &actions).map(drop)
    }

    /// Returns the visible text of an element.
    pub fn text(&self, element: &Element) -> Result<String, JourneyError> {
        self.get_text(&format!("/element/{}/text", element.0))
    }

    /// Returns an attribute, or nothing where it is absent.
    pub fn attribute(&self, element: &Element, name: &str) -> Result<Option<String>, JourneyError> {
        let value = self.driver.send(
            "GET",
            &self.path(&format!("/element/{}/attribute/{name}", element.0)),
            None,
        )?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// Runs a script in the page and returns what it returns; a promise is waited for.
    pub fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, JourneyError> {
        self.post("/execute/sync", &json!({ "script": script, "args": arguments }))
    }

    /// Writes a picture of the page.
    pub fn screenshot(&self, path: &Path) -> Result<(), JourneyError> {
        let encoded = self.get_text("/screenshot")?;
        let shape = || JourneyError::Shape {
            command: "GET /screenshot".into(),
            expected: "a picture",
        };
        let bytes = BASE64.decode(encoded.as_bytes()).map_err(|_| shape())?;
        Ok(fs::write(path, bytes)?)
    }

    fn look_for(&self, using: &str, value: &str) -> Result<Option<Element>, JourneyError> {
        let found = self.post("/elements", &json!({ "using": using, "value": value }))?;
        Ok(found
            .as_array()
            .and_then(|elements| elements.first())
            .and_then(element_of))
    }

    fn get_text(&self, path: &str) -> Result<String, JourneyError> {
        let answer = self.driver.send("GET", &self.path(path), None)?;
        let shape = || JourneyError::Shape {
            command: format!("GET {path}"),
            expected: "a text",
        };
        answer.as_str().map(str::to_owned).ok_or_else(shape)
    }

    fn post(&self, path: &str, body: &Value) -> Result<Value, JourneyError> {
        self.driver.send("POST", &self.path(path), Some(body))
    }

    fn path(&self, rest: &str) -> String {
        format!("/session/{}{rest}", self.session)
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // Closes the program; killing the driver alone would leave it running.
        let _ = self.driver.send("DELETE", &self.path(""), None);
    }
}

impl Driver {
    fn start() -> Result<Driver, JourneyError> {
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

    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, JourneyError> {
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

fn element_of(value: &Value) -> Option<Element> {
    value
        .get(ELEMENT)
        .and_then(Value::as_str)
        .map(|id| Element(id.to_owned()))
}

fn text_of(value: &Value, name: &'static str, command: &str) -> Result<String, JourneyError> {
    let shape = || JourneyError::Shape {
        command: command.to_owned(),
        expected: name,
    };
    value
        .get(name)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(shape)
}

/// A text as XPath writes it, which has no escapes inside quotes.
fn xpath_text(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}
