//! What the journey does on every screen, whatever it shows: keeps a picture of it, lets axe look at it, and reads what
//! a person reads there.

use std::fs;
use std::path::PathBuf;
use std::thread;

use ansinh_desktop_journey::{Element, JourneyError, Key, Window};
use serde_json::{Value, json};

use crate::from_environment;

/// The window with the folder its pictures go to.
pub struct Screens {
    pub window: Window,
    pictures: PathBuf,
    n_screens: u32,
}

impl Screens {
    pub fn open(arguments: &[&str]) -> Result<Screens, JourneyError> {
        let window = Window::open(&from_environment("ANSINH_APP"), arguments)?;
        Ok(Screens {
            window,
            pictures: from_environment("ANSINH_JOURNEY_FOLDER"),
            n_screens: 0,
        })
    }

    /// Keeps a picture of the screen as it is now, and expects axe to find nothing on it.
    pub fn look_at(&mut self, screen: &str) -> Result<(), JourneyError> {
        self.n_screens += 1;
        let name = format!("{:02}-{screen}.png", self.n_screens);
        self.window.screenshot(&self.pictures.join(name))?;
        if self.window.run("return typeof window.axe;", &[])? != "object" {
            let axe = from_environment("ANSINH_AXE");
            self.window.run(&fs::read_to_string(axe)?, &[])?;
        }
        let found = self.window.run(AXE, &[])?;
        assert_eq!(found, json!([]), "axe on {screen}: {found:#}");
        Ok(())
    }

    /// The words of the first element that matches, once it is there.
    pub fn read(&self, selector: &str) -> Result<String, JourneyError> {
        let element = self.window.find(selector)?;
        self.window.text(&element)
    }

    /// Waits until the element that matches shows these words.
    pub fn await_in(&self, selector: &str, words: &str) -> Result<(), JourneyError> {
        let what = format!("“{words}” in {selector}");
        self.window
            .await_some(&what, || Ok(self.shows(selector, words)?.then_some(())))
    }

    /// Whether an element that matches shows these words now.
    pub fn shows(&self, selector: &str, words: &str) -> Result<bool, JourneyError> {
        let script =
            "return [...document.querySelectorAll(arguments[0])].some((one) => one.innerText.includes(arguments[1]));";
        Ok(self.window.run(script, &[json!(selector), json!(words)])? == true)
    }

    /// Waits until the focus is on an element that matches.
    pub fn await_focus(&self, selector: &str) -> Result<Element, JourneyError> {
        self.window.find(&format!(":is({selector}):focus"))
    }

    /// Waits for the control with these words, puts the focus on it and presses Enter.
    pub fn enter_on(&self, words: &str) -> Result<(), JourneyError> {
        let control = self.window.find_control(words)?;
        self.window.focus(&control)?;
        self.window.press(Key::Enter)
    }

    /// Chooses the month that is judged, whatever month it is today.
    pub fn choose_month(&self, month: &str) -> Result<(), JourneyError> {
        let field = self.window.find_field("Tháng xét")?;
        self.window.replace(&field, month)?;
        self.window.press(Key::Enter)?;
        self.await_in(".totals", &format!("Xét tháng {month}"))?;
        self.await_settled()
    }

    /// Waits until the results belong to the answers: nothing is being saved and nothing judged.
    pub fn await_settled(&self) -> Result<(), JourneyError> {
        self.window.await_some("the results that belong to the answers", || {
            let busy = "return document.querySelector('.totals[aria-busy=true]') !== null\
                || [...document.querySelectorAll('.save-state')].some((one) => one.innerText === 'đang lưu…');";
            Ok((self.window.run(busy, &[])? == false).then_some(()))
        })
    }

    /// Where in the interview the focus is.
    pub fn focus(&self) -> Result<Focus, JourneyError> {
        let at = self.window.run(FOCUS, &[])?;
        if at == "next" {
            return Ok(Focus::NextSubject);
        }
        let Some(key) = at["key"].as_str() else {
            return Ok(Focus::Elsewhere);
        };
        let answers = at["answers"].as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(Focus::Question(Question {
            key: key.to_owned(),
            words: at["words"].as_str().unwrap_or_default().to_owned(),
            answers: answers.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        }))
    }
}

impl Drop for Screens {
    fn drop(&mut self) {
        if thread::panicking() {
            let _ = self.window.screenshot(&self.pictures.join("where-it-stopped.png"));
        }
    }
}

/// Where in the interview the focus is.
pub enum Focus {
    /// On a question.
    Question(Question),
    /// On the button that leads on to the next person, or to the household.
    NextSubject,
    /// On neither.
    Elsewhere,
}

/// One question of the interview.
#[derive(Debug)]
pub struct Question {
    pub key: String,
    pub words: String,
    /// Its answers in the order of their number keys; none where the answer is typed.
    pub answers: Vec<String>,
}

const FOCUS: &str = "const at = document.activeElement;\
    if (at?.matches('.next-subject')) return 'next';\
    const card = at?.closest('[data-question]');\
    if (!card) return null;\
    return {\
      key: card.dataset.question,\
      words: card.querySelector('legend').innerText,\
      answers: [...card.querySelectorAll('.choice > span:first-of-type')].map((one) => one.innerText),\
    };";

const AXE: &str = "return window.axe.run(document, {\
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],\
    }).then((run) => run.violations.map((one) => ({\
      rule: one.id + ': ' + one.help,\
      impact: one.impact,\
      at: one.nodes.map((node) => node.html + ' ' + node.failureSummary),\
    })));";
