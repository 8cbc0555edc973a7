//! Conditions, values, days and money in Vietnamese and English.
//!
//! The sentences of rule files come from the rule files; what is said around them stands here, once for both languages.

pub(crate) mod phrases;

use jiff::civil::Date;
use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::Month;
use crate::evaluate::Level;
use crate::read::{Citation, InstrumentFile, InstrumentKind, Place, Text};
use crate::report::{Article, Every};
use crate::rules::{RuleSet, Unit};
use crate::value::Range;

/// The languages a report can be in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

impl Language {
    /// Returns the text in this language.
    pub fn of(self, text: &Text) -> &str {
        self.pick(&text.vi, &text.en)
    }

    /// Returns one of two.
    pub fn pick<'t>(self, vi: &'t str, en: &'t str) -> &'t str {
        match self {
            Language::Vi => vi,
            Language::En => en,
        }
    }

    /// Returns "vi" or "en".
    pub fn code(self) -> &'static str {
        match self {
            Language::Vi => "vi",
            Language::En => "en",
        }
    }

    /// Returns `1.080.000 đồng` or `1,080,000 VND`.
    pub fn money(self, dong: i64) -> String {
        format!("{} {}", self.grouped(Decimal::from(dong)), self.pick("đồng", "VND"))
    }

    /// Returns an amount or a range, and how often it is given.
    pub fn level(self, level: Level, every: Every) -> String {
        let every = match (self, every) {
            (Language::Vi, Every::Month) => " mỗi tháng",
            (Language::En, Every::Month) => " a month",
            (Language::Vi, Every::Year) => " mỗi năm",
            (Language::En, Every::Year) => " a year",
            (Language::Vi, Every::Once) => " một lần",
            (Language::En, Every::Once) => " once",
        };
        if level.low == level.high {
            return format!("{}{every}", self.money(level.low));
        }
        let (low, high) = (self.grouped(Decimal::from(level.low)), self.money(level.high));
        match self {
            Language::Vi => format!("từ {low} đến {high}{every}"),
            Language::En => format!("{low} to {high}{every}"),
        }
    }

    /// Returns a number with the language's separators: `1.080.000` and `2,5`, or `1,080,000` and `2.5`.
    pub fn grouped(self, number: Decimal) -> String {
        let (thousands, point) = match self {
            Language::Vi => ('.', ','),
            Language::En => (',', '.'),
        };
        let text = number.normalize().to_string();
        let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let mut out = String::from(sign);
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                out.push(thousands);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }

    /// Returns a number with its unit.
    pub fn number(self, number: Decimal, unit: Unit) -> String {
        let figure = self.grouped(number);
        let word = match (unit.vnd, unit.month, unit.year, unit.m2) {
            (1, 0, 0, 0) => self.pick("đồng", "VND"),
            (1, -1, 0, 0) => self.pick("đồng mỗi tháng", "VND a month"),
            (0, 1, 0, 0) => self.pick("tháng", "months"),
            (0, 0, 1, 0) => self.pick("tuổi", "years"),
            (0, 0, 0, 1) => "m²",
            _ => return figure,
        };
        format!("{figure} {word}")
    }

    /// Returns a range of numbers with their unit.
    pub fn numbers(self, range: Range<Decimal>, unit: Unit) -> String {
        match range.bounds {
            None => self.pick("không có", "none").to_owned(),
            Some((low, high)) if low == high => self.number(low, unit),
            Some((low, high)) => match self {
                Language::Vi => format!("từ {} đến {}", self.grouped(low), self.number(high, unit)),
                Language::En => format!("{} to {}", self.grouped(low), self.number(high, unit)),
            },
        }
    }

    /// Returns `12/03/2027` or `12 March 2027`.
    pub fn day(self, day: Date) -> String {
        match self {
            Language::Vi => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
            Language::En => format!("{} {} {}", day.day(), month_name(day), day.year()),
        }
    }

    /// Returns `tháng 11/2026` or `November 2026`.
    pub fn month(self, month: Month) -> String {
        let day = month.first_day();
        match self {
            Language::Vi => format!("tháng {:02}/{}", day.month(), day.year()),
            Language::En => format!("{} {}", month_name(day), day.year()),
        }
    }

    /// Returns a day, a month, a year, or a stretch of days.
    pub fn days(self, range: Range<Date>) -> String {
        let Some((low, high)) = range.bounds else {
            return self.pick("không có", "none").to_owned();
        };
        if low == high {
            return self.day(low);
        }
        if low.day() == 1 && high == low.last_of_month() {
            return self.month(Month::of(low));
        }
        if low.month() == 1 && low.day() == 1 && high.month() == 12 && high.day() == 31 {
            return match (self, low.year() == high.year()) {
                (Language::Vi, true) => format!("năm {}", low.year()),
                (Language::En, true) => format!("the year {}", low.year()),
                (Language::Vi, false) => format!("từ năm {} đến năm {}", low.year(), high.year()),
                (Language::En, false) => format!("from {} to {}", low.year(), high.year()),
            };
        }
        match self {
            Language::Vi => format!("từ {} đến {}", self.day(low), self.day(high)),
            Language::En => format!("{} to {}", self.day(low), self.day(high)),
        }
    }

    /// Returns items as a list: `a, b hoặc c`.
    pub fn any_of(self, items: &[String]) -> String {
        self.listed(items, self.pick("hoặc", "or"))
    }

    /// Returns items as a list: `a, b và c`.
    pub fn all_of(self, items: &[String]) -> String {
        self.listed(items, self.pick("và", "and"))
    }

    fn listed(self, items: &[String], word: &str) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [start @ .., last] => format!("{} {word} {last}", start.join(", ")),
        }
    }

    /// Returns a citation in words: `điểm e khoản 1 Điều 6 Nghị định 20/2021/NĐ-CP`.
    pub fn article(self, rules: &RuleSet, cite: &Citation) -> Article {
        let text = match rules.instruments.get(&cite.instrument) {
            Some(instrument) => self.cited(instrument, &cite.place),
            None => cite.to_string(),
        };
        let id = cite.to_string();
        Article { id, text }
    }

    /// Returns a place in an instrument in words.
    pub(crate) fn cited(self, instrument: &InstrumentFile, place: &Place) -> String {
        let name = self.instrument(instrument);
        let place = match place {
            Place::Whole => return name,
            Place::Article(parts) => self.place(parts),
            Place::Form(form) => format!("{} {form}", self.pick("Mẫu số", "Form")),
        };
        match self {
            Language::Vi => format!("{place} {name}"),
            Language::En => format!("{place}, {name}"),
        }
    }

    /// Returns the name of an instrument: `Nghị định 20/2021/NĐ-CP`.
    pub(crate) fn instrument(self, instrument: &InstrumentFile) -> String {
        format!("{} {}", self.kind(instrument.kind), instrument.number)
    }

    fn place(self, parts: &[String]) -> String {
        match (self, parts) {
            (Language::Vi, [article]) => format!("Điều {article}"),
            (Language::Vi, [article, clause]) => format!("khoản {clause} Điều {article}"),
            (Language::Vi, [article, clause, points @ ..]) => {
                format!("điểm {} khoản {clause} Điều {article}", points.join("."))
            }
            (Language::En, [article]) => format!("article {article}"),
            (Language::En, [article, rest @ ..]) => {
                let rest: String = rest.iter().map(|part| format!("({part})")).collect();
                format!("article {article}{rest}")
            }
            (_, []) => String::new(),
        }
    }

    fn kind(self, kind: InstrumentKind) -> &'static str {
        match (self, kind) {
            (Language::Vi, InstrumentKind::Law) => "Luật",
            (Language::Vi, InstrumentKind::Decree) => "Nghị định",
            (Language::Vi, InstrumentKind::Circular) => "Thông tư",
            (Language::Vi, InstrumentKind::Decision) => "Quyết định",
            (Language::Vi, InstrumentKind::Resolution) => "Nghị quyết",
            (Language::En, InstrumentKind::Law) => "Law",
            (Language::En, InstrumentKind::Decree) => "Decree",
            (Language::En, InstrumentKind::Circular) => "Circular",
            (Language::En, InstrumentKind::Decision) => "Decision",
            (Language::En, InstrumentKind::Resolution) => "Resolution",
        }
    }
}

fn month_name(day: Date) -> &'static str {
    match day.month() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}
