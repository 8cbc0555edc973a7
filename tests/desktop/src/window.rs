//! The window under test, and what a person can do with it.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::thread;
use std::time::Instant;

use data_encoding::BASE64;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::error::{JourneyError, shape};
use crate::picture::cut_out;
use crate::{PATIENCE, PAUSE};

/// The name the protocol gives to the id of an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

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

/// Waits until what the page says now is painted.
const PAINTED: &str = "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));";

const CONTROL: char = '\u{e009}';

/// One element of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

/// The window, open from [`Window::open`] until it is dropped.
pub struct Window {
    driver: Driver,
    session: String,
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

    /// Puts the focus on an element, as Tab would in the end.
    pub fn focus(&self, element: &Element) -> Result<(), JourneyError> {
        self.run("arguments[0].focus();", &[json!({ ELEMENT: element.0 })])
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
        self.stroke(&[key.code()])
    }

    /// Presses a letter together with Control.
    pub fn press_control(&self, letter: char) -> Result<(), JourneyError> {
        self.stroke(&[CONTROL, letter])
    }

    /// Types wherever the focus is, letter by letter.
    pub fn type_keys(&self, text: &str) -> Result<(), JourneyError> {
        text.chars().try_for_each(|letter| self.stroke(&[letter]))
    }

    /// Holds the keys down one after the other, and lets them go the other way round.
    fn stroke(&self, keys: &[char]) -> Result<(), JourneyError> {
        let down = keys.iter().map(|key| json!({ "type": "keyDown", "value": key }));
        let up = keys.iter().rev().map(|key| json!({ "type": "keyUp", "value": key }));
        let strokes: Vec<Value> = down.chain(up).collect();
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
        // The picture is of what was last painted, which may be older than what the page already says.
        self.run(PAINTED, &[])?;
        Ok(fs::write(path, self.picture("/screenshot")?)?)
    }

    /// Returns how many dots of an element are painted clearly otherwise than the same element painted anew: none to speak
    /// of, unless the screen shows what the page no longer says.
    pub fn stale_dots(&self, element: &Element) -> Result<usize, JourneyError> {
        let at = |element: &str| json!({ ELEMENT: element });
        let as_it_is = self.painted(element)?;
        let twin = self.run(
            "const twin = arguments[0].cloneNode(true); twin.first = arguments[0];\
             arguments[0].replaceWith(twin); return twin;",
            &[at(&element.0)],
        )?;
        let twin = element_of(&twin).ok_or_else(|| shape("POST", "/execute/sync", "an element"))?;
        let anew = self.painted(&twin)?;
        self.run("arguments[0].replaceWith(arguments[0].first);", &[at(&twin.0)])?;
        let differs = |(one, other): &(&u8, &u8)| one.abs_diff(**other) > 128;
        Ok(as_it_is.iter().zip(&anew).filter(differs).count() + as_it_is.len().abs_diff(anew.len()))
    }

    /// The colours of an element as the window shows it. The protocol's own picture of an element is painted for the
    /// occasion and may be right where the window is wrong.
    fn painted(&self, element: &Element) -> Result<Vec<u8>, JourneyError> {
        let script = "const { left, top, right, bottom } = arguments[0].getBoundingClientRect();\
            return [left, top, right, bottom].map((side) => Math.round(side * devicePixelRatio));";
        self.run(PAINTED, &[])?;
        let sides = self.run(script, &[json!({ ELEMENT: element.0 })])?;
        let side = |n: usize| {
            sides
                .get(n)
                .and_then(Value::as_u64)
                .and_then(|side| side.try_into().ok())
        };
        let (Some(left), Some(top), Some(right), Some(bottom)) = (side(0), side(1), side(2), side(3)) else {
            return Err(shape("POST", "/execute/sync", "an element inside the window"));
        };
        cut_out(&self.picture("/screenshot")?, left..right, top..bottom)
            .ok_or_else(|| shape("GET", "/screenshot", "a readable picture"))
    }

    fn picture(&self, path: &str) -> Result<Vec<u8>, JourneyError> {
        let encoded = self.get_text(path)?;
        BASE64
            .decode(encoded.as_bytes())
            .map_err(|_| shape("GET", path, "a picture"))
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
        answer
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| shape("GET", path, "a text"))
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

fn element_of(value: &Value) -> Option<Element> {
    value
        .get(ELEMENT)
        .and_then(Value::as_str)
        .map(|id| Element(id.to_owned()))
}

fn text_of(value: &Value, name: &'static str, command: &str) -> Result<String, JourneyError> {
    let missing = || JourneyError::Shape {
        command: command.to_owned(),
        expected: name,
    };
    value
        .get(name)
        .and_then(Value::as_str)
        .map(str::to_owned)
        .ok_or_else(missing)
}

/// A text as XPath writes it, which has no escapes inside quotes.
fn xpath_text(text: &str) -> String {
    if !text.contains('\'') {
        return format!("'{text}'");
    }
    let parts: Vec<String> = text.split('\'').map(|part| format!("'{part}'")).collect();
    format!("concat({})", parts.join(", \"'\", "))
}
