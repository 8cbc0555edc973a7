//! A rule set as both evaluators read it, and the tape-driven runner of the properties.

#[path = "../national/mod.rs"]
mod national;

use ansinh_engine::household::{Household, read_household};
use ansinh_engine::{Month, RuleSet, compile};
use jiff::civil::Date;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use serde_json::Value as Json;

pub use national::rule_files as national_files;

use super::samples::{Holes, Tape, household};
use super::{Law, Points, month_days};

pub type Files = Vec<(String, Vec<u8>)>;

/// A rule set.
pub struct Book {
    pub rules: RuleSet,
    pub law: Law,
    pub papers: Vec<String>,
}

/// A month and its first and last day.
#[derive(Clone, Copy)]
pub struct When {
    pub month: Month,
    pub days: (Date, Date),
}

impl Book {
    pub fn new(files: &Files) -> Result<Book, String> {
        let (rules, findings) = compile(files, "");
        let read = ansinh_engine::read::read(files).0;
        let rules = rules.ok_or_else(|| findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
        let papers = rules.papers.keys().cloned().collect();
        Ok(Book {
            law: Law::new(&read),
            rules,
            papers,
        })
    }

    pub fn national() -> Book {
        Book::new(&national_files()).unwrap()
    }

    pub fn points(&self, when: When) -> Points {
        Points::new(&self.law, &[when.days.0, when.days.1])
    }

    /// A random household of `n` persons.
    pub fn household(&self, tape: &mut Tape<'_>, when: When, holes: Holes, n: usize) -> Json {
        household(tape, &self.law, &self.points(when), &self.papers, when.days.1, holes, n)
    }

    pub fn read(&self, json: &Json) -> Household {
        read_household(&self.rules, json.to_string().as_bytes()).unwrap_or_else(|why| panic!("{why:?}\n{json:#}"))
    }
}

impl When {
    pub fn new(year: i16, month: i8) -> When {
        let days = month_days(year, month);
        When {
            month: Month::of(days.0),
            days,
        }
    }

    /// A month from 2021-07 to 2027-12.
    pub fn any(tape: &mut Tape<'_>) -> When {
        let at = 6 + tape.below(78);
        When::new(
            2021 + i16::try_from(at / 12).unwrap(),
            i8::try_from(at % 12 + 1).unwrap(),
        )
    }
}

/// Tries a property on tapes that are the same in every run, and shrinks one on which it fails.
///
/// `AGREEMENT_TIMES=20` in the environment tries so many times as many.
pub fn run(cases: u32, tape: usize, test: impl Fn(&[u16]) -> Result<(), String>) {
    let times: u32 = std::env::var("AGREEMENT_TIMES").map_or(1, |times| times.parse().unwrap());
    let config = Config {
        cases: cases * times,
        failure_persistence: None,
        max_shrink_iters: 300,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let numbers = vec(any::<u16>(), tape);
    match runner.run(&numbers, |numbers| test(&numbers).map_err(TestCaseError::fail)) {
        Ok(()) => {}
        Err(TestError::Fail(why, _) | TestError::Abort(why)) => panic!("{why}"),
    }
}

/// What matters of a random rule set, for the message of a failure.
pub fn shown(files: &Files) -> String {
    let mut text = String::new();
    for (path, bytes) in files
        .iter()
        .filter(|(path, _)| ["pa", "te", "pr"].iter().any(|start| path.starts_with(start)))
    {
        let lines = String::from_utf8_lossy(bytes).into_owned();
        let noise = [
            "title", "labels", "cite", "type", "stages", "language", "receives", "from",
        ];
        let kept = lines
            .lines()
            .filter(|line| !noise.iter().any(|key| line.starts_with(key)));
        text += &format!("# {path}\n{}\n", kept.collect::<Vec<_>>().join("\n"));
    }
    text
}
