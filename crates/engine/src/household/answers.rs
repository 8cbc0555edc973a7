//! One answer: from JSON to what is known.

use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json};

use crate::calendar::next_day;
use crate::rules::{Fact, RuleSet, Type};
use crate::value::{Choices, Range, Truth, Value, bit};

use super::{Answer, Problem, Source};

/// The first and the last day that a date not known may be (LANGUAGE.md §7). They stand still, so that time alone tells
/// nothing new of it.
const EARLIEST: Date = date(1900, 1, 1);
const LATEST: Date = date(2100, 12, 31);

/// Returns every value the fact could have: what "not asked" means.
pub fn everything(fact: &Fact) -> Value {
    match &fact.kind {
        Type::Truth => Value::Truth(Truth::Open),
        Type::Choice(list) => Value::Choice(Choices {
            absent: fact.can_be_absent,
            ..Choices::all(list.len())
        }),
        Type::Number(_) => {
            let (low, high) = fact.range.unwrap_or((Decimal::ZERO, Decimal::ZERO));
            let step = fact.step();
            Value::Number(Range {
                absent: fact.can_be_absent,
                ..Range::between((low / step).ceil() * step, (high / step).floor() * step)
            })
        }
        Type::Date => Value::Date(Range {
            absent: fact.can_be_absent,
            ..Range::between(EARLIEST, LATEST)
        }),
    }
}

/// Reads one answer of a household file (LANGUAGE.md §9): a plain value, or an object that says how it is known.
///
/// # Errors
/// Every mistake, at `path`.
pub fn answer_of(rules: &RuleSet, fact: &Fact, json: &Json, path: &str) -> Result<Answer, Vec<Problem>> {
    let mut problems = Vec::new();
    let answer = read(rules, fact, json, path, &mut problems);
    match answer {
        Some(answer) if problems.is_empty() => Ok(answer),
        _ => Err(problems),
    }
}

fn problem(problems: &mut Vec<Problem>, path: &str, vi: String, en: String) {
    problems.push(Problem {
        path: path.to_owned(),
        vi,
        en,
    });
}

fn read(rules: &RuleSet, fact: &Fact, json: &Json, path: &str, problems: &mut Vec<Problem>) -> Option<Answer> {
    let Json::Object(object) = json else {
        let value = plain(fact, json, path, problems)?;
        return Some(Answer {
            value,
            unsure: false,
            source: Source::Said,
        });
    };
    let known = [
        "is", "one_of", "between", "about", "unsure", "absent", "paper", "seen_on", "until",
    ];
    for key in object.keys().filter(|key| !known.contains(&key.as_str())) {
        problem(
            problems,
            &format!("{path}.{key}"),
            format!("không hiểu khóa “{key}”; dùng một trong: {}", known.join(", ")),
            format!("unknown key “{key}”; use one of {}", known.join(", ")),
        );
    }
    let source = source(rules, object, path, problems);
    // Unsure stands for every value; the evaluator widens it on the day it needs.
    let unsure = object.get("unsure") == Some(&Json::Bool(true));
    let forms = ["is", "one_of", "between", "about", "unsure", "absent"];
    let given: Vec<&str> = forms.into_iter().filter(|form| object.contains_key(*form)).collect();
    let [form] = given.as_slice() else {
        problem(
            problems,
            path,
            format!("cần đúng một trong: {}", forms.join(", ")),
            format!("exactly one of {} is needed", forms.join(", ")),
        );
        return None;
    };
    let inner = object.get(*form)?;
    let at = format!("{path}.{form}");
    let value = match *form {
        "is" => plain(fact, inner, &at, problems)?,
        "one_of" => one_of(fact, inner, &at, problems)?,
        "between" => between(fact, inner, &at, problems)?,
        "about" => about(fact, inner, &at, problems)?,
        "unsure" if unsure => everything(fact),
        "absent" if inner == &Json::Bool(true) => absent(fact, &at, problems)?,
        _ => {
            problem(
                problems,
                &at,
                "chỉ nhận giá trị true".to_owned(),
                "only true is accepted".to_owned(),
            );
            return None;
        }
    };
    Some(Answer { value, unsure, source })
}

fn source(rules: &RuleSet, object: &Map<String, Json>, path: &str, problems: &mut Vec<Problem>) -> Source {
    let day = |key: &str, problems: &mut Vec<Problem>| {
        let json = object.get(key)?;
        let day = json.as_str().and_then(self::day);
        if day.is_none() {
            problem(
                problems,
                &format!("{path}.{key}"),
                "cần một ngày như 2026-11-22".to_owned(),
                "expected a day such as 2026-11-22".to_owned(),
            );
        }
        day
    };
    let (seen_on, until) = (day("seen_on", problems), day("until", problems));
    let Some(json) = object.get("paper") else {
        return Source::Said;
    };
    match json.as_str() {
        Some(paper) if rules.papers.contains_key(paper) => Source::Paper {
            paper: paper.to_owned(),
            seen_on,
            until,
        },
        _ => {
            problem(
                problems,
                &format!("{path}.paper"),
                format!("bộ quy tắc không có giấy tờ {json}"),
                format!("the rules know no paper {json}"),
            );
            Source::Said
        }
    }
}

fn plain(fact: &Fact, json: &Json, path: &str, problems: &mut Vec<Problem>) -> Option<Value> {
    let value = match &fact.kind {
        Type::Truth => json.as_bool().map(|known| Value::Truth(Truth::known(known))),
        Type::Choice(list) => json
            .as_str()
            .and_then(|name| list.iter().position(|(choice, _)| choice == name))
            .map(|position| Value::Choice(Choices::only(position))),
        Type::Number(_) => number(fact, json).map(|n| Value::Number(Range::known(n))),
        Type::Date => json
            .as_str()
            .and_then(days)
            .map(|(low, high)| Value::Date(Range::between(low, high))),
    };
    if value.is_none() {
        let (vi, en) = wanted(fact);
        problem(
            problems,
            path,
            format!("cần {vi}, nhưng có {json}"),
            format!("expected {en}, found {json}"),
        );
    }
    value
}

fn number(fact: &Fact, json: &Json) -> Option<Decimal> {
    let text = match json {
        Json::Number(number) => number.to_string(),
        Json::String(text) => text.clone(),
        _ => return None,
    };
    let value: Decimal = text.parse().ok()?;
    let (low, high) = fact.range?;
    let fits = (low..=high).contains(&value) && (value % fact.step()).is_zero();
    fits.then_some(value)
}

/// Reads `1951-03-12`, `1951-03` or `1951` as the days it can mean.
pub(super) fn days(text: &str) -> Option<(Date, Date)> {
    let plausible = |day: Date| (1850..=2150).contains(&day.year());
    let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    let range = match parts.as_slice() {
        [year] if digits(year, 4) => {
            let year: i16 = year.parse().ok()?;
            (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)
        }
        [year, month] if digits(year, 4) && digits(month, 2) => {
            let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
            (first, first.last_of_month())
        }
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
            (day, day)
        }
        _ => return None,
    };
    plausible(range.0).then_some(range)
}

/// Reads a single day, written in full.
pub(super) fn day(text: &str) -> Option<Date> {
    days(text).filter(|(low, high)| low == high).map(|(low, _)| low)
}

fn one_of(fact: &Fact, json: &Json, path: &str, problems: &mut Vec<Problem>) -> Option<Value> {
    let (Type::Choice(list), Json::Array(names)) = (&fact.kind, json) else {
        problem(
            problems,
            path,
            "chỉ dùng danh sách cho câu hỏi có lựa chọn".to_owned(),
            "a list is for questions with choices".to_owned(),
        );
        return None;
    };
    if names.is_empty() {
        problem(
            problems,
            path,
            "cần ít nhất một lựa chọn".to_owned(),
            "at least one choice is needed".to_owned(),
        );
    }
    let mut bits = 0;
    for (i, name) in names.iter().enumerate() {
        match name
            .as_str()
            .and_then(|name| list.iter().position(|(choice, _)| choice == name))
        {
            Some(position) => bits |= bit(position),
            None => {
                let (vi, en) = wanted(fact);
                let at = format!("{path}[{i}]");
                problem(
                    problems,
                    &at,
                    format!("cần {vi}, nhưng có {name}"),
                    format!("expected {en}, found {name}"),
                );
            }
        }
    }
    (bits != 0).then_some(Value::Choice(Choices { bits, absent: false }))
}

fn between(fact: &Fact, json: &Json, path: &str, problems: &mut Vec<Problem>) -> Option<Value> {
    let ends = match json {
        Json::Array(ends) => ends.as_slice(),
        _ => &[],
    };
    if let [low, high] = ends {
        let low = plain(fact, low, &format!("{path}[0]"), problems)?;
        let high = plain(fact, high, &format!("{path}[1]"), problems)?;
        let joined = match (low, high) {
            (Value::Number(a), Value::Number(b)) if a.bounds <= b.bounds => Some(Value::Number(a.join(b))),
            (Value::Date(a), Value::Date(b)) if a.bounds <= b.bounds => Some(Value::Date(a.join(b))),
            _ => None,
        };
        if joined.is_some() {
            return joined;
        }
    }
    problem(
        problems,
        path,
        "cần hai số hoặc hai ngày, nhỏ trước lớn sau".to_owned(),
        "expected two numbers or two days, the lower one first".to_owned(),
    );
    None
}

/// "About 1951" means the year before, that year, or the year after.
fn about(fact: &Fact, json: &Json, path: &str, problems: &mut Vec<Problem>) -> Option<Value> {
    let year = json
        .as_i64()
        .and_then(|year| i16::try_from(year).ok())
        .filter(|y| (1850..=2150).contains(y));
    if let (Type::Date, Some(year)) = (&fact.kind, year) {
        let low = Date::new(year - 1, 1, 1).ok()?;
        let high = Date::new(year + 1, 12, 31).ok()?;
        return Some(Value::Date(Range::between(low, high)));
    }
    problem(
        problems,
        path,
        "cần một năm như 1951, cho câu hỏi về ngày".to_owned(),
        "expected a year such as 1951, for a question about a day".to_owned(),
    );
    None
}

fn absent(fact: &Fact, path: &str, problems: &mut Vec<Problem>) -> Option<Value> {
    if !fact.can_be_absent {
        problem(
            problems,
            path,
            format!("“{}” luôn có một giá trị", fact.title.vi),
            format!("“{}” always has a value", fact.title.en),
        );
        return None;
    }
    Some(match &fact.kind {
        Type::Truth => Value::Truth(Truth::Open),
        Type::Choice(_) => Value::Choice(Choices { bits: 0, absent: true }),
        Type::Number(_) => Value::Number(Range {
            bounds: None,
            absent: true,
        }),
        Type::Date => Value::Date(Range {
            bounds: None,
            absent: true,
        }),
    })
}

fn wanted(fact: &Fact) -> (String, String) {
    match &fact.kind {
        Type::Truth => ("true hoặc false".to_owned(), "true or false".to_owned()),
        Type::Choice(list) => {
            let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
            (
                format!("một trong: {}", names.join(", ")),
                format!("one of {}", names.join(", ")),
            )
        }
        Type::Number(_) => {
            let (low, high) = fact.range.unwrap_or_default();
            let (vi, en) = if fact.step() == Decimal::ONE {
                ("một số nguyên", "a whole number")
            } else {
                (
                    "một số có nhiều nhất hai chữ số lẻ",
                    "a number with at most two decimals",
                )
            };
            (
                format!("{vi} từ {low} đến {high}"),
                format!("{en} from {low} to {high}"),
            )
        }
        Type::Date => (
            "một ngày như \"1951-03-12\", \"1951-03\" hoặc \"1951\"".to_owned(),
            "a day such as \"1951-03-12\", \"1951-03\" or \"1951\"".to_owned(),
        ),
    }
}

impl Answer {
    /// Returns whether it says anything on a day: unsure says nothing, nor does a paper that has run out.
    pub(crate) fn holds_on(&self, day: Date) -> bool {
        let run_out = matches!(&self.source, Source::Paper { until: Some(until), .. } if day > *until);
        !self.unsure && !run_out
    }
}

/// Returns the value on a day, and the next day on which it changes by itself, because a paper runs out.
pub(crate) fn on(fact: &Fact, answer: Option<&Answer>, day: Date) -> (Value, Option<Date>) {
    let Some(answer) = answer.filter(|answer| answer.holds_on(day)) else {
        return (everything(fact), None);
    };
    let until = match &answer.source {
        Source::Paper { until, .. } => *until,
        Source::Said => None,
    };
    (answer.value, until.map(next_day))
}
