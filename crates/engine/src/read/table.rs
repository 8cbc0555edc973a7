//! Takes a TOML table apart key by key, and reports what is missing, unknown or of the wrong type.
//!
//! Every key that is asked for is remembered, so that [`Table::close`] knows which ones do not belong.

use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::files::At;
use super::page::Page;
use crate::diagnostic::{Span, did_you_mean, nearest};
use crate::syntax::is_identifier;

/// A table being taken apart.
pub(super) struct Table<'t> {
    pub(super) page: &'t Page<'t>,
    /// The place that stands for the whole table: its name.
    pub(super) span: Span,
    entries: Vec<(Item<'t>, bool)>,
    asked: Vec<&'static str>,
    missing: Vec<(&'static str, Option<String>)>,
}

/// A value under its key.
#[derive(Clone)]
pub(super) struct Item<'t> {
    pub(super) page: &'t Page<'t>,
    pub(super) key: &'t str,
    pub(super) key_span: Span,
    value: &'t Spanned<DeValue<'t>>,
}

impl<'t> Table<'t> {
    pub(super) fn root(page: &'t Page<'t>, table: &'t DeTable<'t>) -> Self {
        Self::new(page, page.span(0..0), table)
    }

    fn new(page: &'t Page<'t>, span: Span, table: &'t DeTable<'t>) -> Self {
        let mut entries: Vec<(Item<'t>, bool)> = table
            .iter()
            .map(|(key, value)| {
                (
                    Item {
                        page,
                        key: key.get_ref(),
                        key_span: page.span(key.span()),
                        value,
                    },
                    false,
                )
            })
            .collect();
        // The order of the file, whatever order the map keeps.
        entries.sort_by_key(|(item, _)| item.key_span.start);
        Self {
            page,
            span,
            entries,
            asked: Vec::new(),
            missing: Vec::new(),
        }
    }

    /// Takes the value of a key that may be left out.
    pub(super) fn take(&mut self, key: &'static str) -> Option<Item<'t>> {
        self.asked.push(key);
        let (item, taken) = self.entries.iter_mut().find(|(item, _)| item.key == key)?;
        *taken = true;
        Some(item.clone())
    }

    /// Takes the value of a key that must be there.
    pub(super) fn need(&mut self, key: &'static str) -> Option<Item<'t>> {
        self.need_for(key, None)
    }

    /// Takes the value of a key that must be there for the reason given.
    pub(super) fn need_for(&mut self, key: &'static str, reason: Option<&str>) -> Option<Item<'t>> {
        let item = self.take(key);
        if item.is_none() {
            self.missing.push((key, reason.map(str::to_owned)));
        }
        item
    }

    /// Takes every value that is left, for tables whose keys are names.
    pub(super) fn rest(&mut self) -> Vec<Item<'t>> {
        let mut items = Vec::new();
        for (item, taken) in &mut self.entries {
            if !*taken {
                *taken = true;
                items.push(item.clone());
            }
        }
        items
    }

    /// Refuses a key that does not go with what else was said.
    pub(super) fn refuse(&mut self, key: &'static str, reason: &str) {
        if let Some(item) = self.take(key) {
            self.page.error(
                "E0119",
                item.key_span,
                format!("`{key}` does not belong here: {reason}"),
                None,
            );
        }
    }

    /// Reports the keys that are missing and those nobody asked for.
    pub(super) fn close(mut self) {
        self.finish();
    }

    /// The same for the table of a whole file, which is lent.
    pub(super) fn finish(&mut self) {
        let mut meant = Vec::new();
        for (item, taken) in &self.entries {
            if *taken {
                continue;
            }
            let free: Vec<&str> = self.asked.iter().copied().filter(|key| !self.has(key)).collect();
            let near = nearest(item.key, free).or_else(|| nearest(item.key, self.asked.iter().copied()));
            meant.extend(near);
            let hint = match near {
                Some(key) => format!("did you mean `{key}`?"),
                None if self.asked.is_empty() => "nothing stands here".to_owned(),
                None => format!("the keys are `{}`", self.asked.join("`, `")),
            };
            self.page
                .error("E0103", item.key_span, format!("unknown key `{}`", item.key), hint);
        }
        for (key, reason) in &self.missing {
            // A misspelt key has been reported as unknown.
            if !meant.contains(key) {
                let reason = reason.as_ref().map(|reason| format!(": {reason}")).unwrap_or_default();
                self.page.error(
                    "E0102",
                    self.span,
                    format!("missing key `{key}`{reason}"),
                    hint_for(key),
                );
            }
        }
    }

    /// Whether a key is there.
    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(item, _)| item.key == key)
    }
}

fn hint_for(key: &str) -> Option<String> {
    match key {
        "title" | "ask" | "why" | "label" | "says" => Some(format!("{key} = {{ vi = \"…\", en = \"…\" }}")),
        "cite" => Some("cite = \"ND20 Đ6.1.e\"".to_owned()),
        "language" => Some("language = 1".to_owned()),
        _ => None,
    }
}

impl<'t> Item<'t> {
    /// The place of the value.
    pub(super) fn span(&self) -> Span {
        self.page.span(self.value.span())
    }

    /// What is written, letter for letter.
    pub(super) fn raw(&self) -> &'t str {
        self.page.raw(self.value.span())
    }

    pub(super) fn value(&self) -> &'t DeValue<'t> {
        self.value.get_ref()
    }

    pub(super) fn wrong(&self, wanted: &str, hint: impl Into<Option<String>>) {
        let found = match self.value() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        // The value of a table with a header is the header; of `a.b = …`, the key.
        self.page.error(
            "E0107",
            self.span(),
            format!("expected {wanted} for `{}`, found {found}", self.key),
            hint,
        );
    }

    /// A string, with the place of its content.
    pub(super) fn string(&self) -> Option<At<String>> {
        match self.value() {
            DeValue::String(text) => {
                let span = self.page.content(self.value.span(), text);
                Some(At {
                    value: text.to_string(),
                    span,
                })
            }
            DeValue::Table(table) if table.contains_key("vi") || table.contains_key("en") => {
                self.wrong(
                    "a string",
                    "here stands one string in quotation marks, not a text in both languages".to_owned(),
                );
                None
            }
            _ => {
                self.wrong("a string", "write it in quotation marks".to_owned());
                None
            }
        }
    }

    /// One of some words.
    pub(super) fn one_of(&self, words: &[&'static str]) -> Option<At<&'static str>> {
        let found = self.string()?;
        if let Some(word) = words.iter().find(|word| **word == found.value) {
            return Some(At {
                value: word,
                span: found.span,
            });
        }
        let hint = did_you_mean(&found.value, words.iter().copied())
            .unwrap_or_else(|| format!("it is `{}`", words.join("`, `")));
        self.page.error(
            "E0108",
            found.span,
            format!("`{}` is not a value of `{}`", found.value, self.key),
            hint,
        );
        None
    }

    /// A string that is an identifier.
    pub(super) fn name(&self) -> Option<At<String>> {
        let found = self.string()?;
        self.identifier(&found.value, found.span).then_some(found)
    }

    /// The key as an identifier.
    pub(super) fn key_name(&self) -> Option<At<String>> {
        self.identifier(self.key, self.key_span).then(|| At {
            value: self.key.to_owned(),
            span: self.key_span,
        })
    }

    fn identifier(&self, name: &str, span: Span) -> bool {
        let fits = is_identifier(name);
        if !fits {
            let hint = "a name is written with a to z, 0 to 9 and `_`, and begins with a letter".to_owned();
            self.page.error("E0114", span, format!("`{name}` is not a name"), hint);
        }
        fits
    }

    /// A name or a list of names.
    pub(super) fn names(&self) -> Vec<At<String>> {
        self.one_or_more().iter().filter_map(Item::name).collect()
    }

    /// The values of a list, or the value itself.
    pub(super) fn one_or_more(&self) -> Vec<Self> {
        match self.value() {
            DeValue::Array(_) => self.list(),
            _ => vec![self.clone()],
        }
    }

    /// The values of a list; each goes by the key of the list.
    pub(super) fn list(&self) -> Vec<Self> {
        match self.value() {
            DeValue::Array(array) => array.iter().map(|value| Self { value, ..self.clone() }).collect(),
            _ => {
                self.wrong("a list", "a list is written `[a, b]`".to_owned());
                Vec::new()
            }
        }
    }

    pub(super) fn table(&self) -> Option<Table<'t>> {
        match self.value() {
            DeValue::Table(table) => Some(Table::new(self.page, self.key_span, table)),
            _ => {
                self.wrong("a table", None);
                None
            }
        }
    }

    /// The tables of `[[key]]` or `key = [{ … }]`; each is placed by itself.
    pub(super) fn tables(&self) -> Vec<Table<'t>> {
        let mut tables = Vec::new();
        for item in self.list() {
            if let Some(mut table) = item.table() {
                table.span = item.span();
                tables.push(table);
            }
        }
        tables
    }

    pub(super) fn truth(&self) -> Option<bool> {
        match self.value() {
            DeValue::Boolean(value) => Some(*value),
            _ => {
                self.wrong("`true` or `false`", None);
                None
            }
        }
    }

    pub(super) fn date(&self) -> Option<At<Date>> {
        let DeValue::Datetime(found) = self.value() else {
            self.wrong(
                "a date",
                "a date is written without quotation marks: `2025-07-01`".to_owned(),
            );
            return None;
        };
        let (Some(date), None) = (found.date, found.time) else {
            self.wrong("a date without a time", None);
            return None;
        };
        let parts = (
            i16::try_from(date.year),
            i8::try_from(date.month),
            i8::try_from(date.day),
        );
        let day = match parts {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day).ok(),
            _ => None,
        };
        if day.is_none() {
            self.page.error(
                "E0108",
                self.span(),
                format!("`{}` is not a day of the calendar", self.raw()),
                None,
            );
        }
        day.map(|value| At {
            value,
            span: self.span(),
        })
    }

    /// A decimal, from the digits as written.
    pub(super) fn decimal(&self) -> Option<At<Decimal>> {
        let written = match self.value() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str(),
            DeValue::Float(number) => number.as_str(),
            DeValue::Integer(_) => {
                self.unreadable_number("write it in decimal digits");
                return None;
            }
            _ => {
                self.wrong("a number", "write it without quotation marks".to_owned());
                return None;
            }
        };
        let raw = self.raw();
        if crate::syntax::thousands(raw) {
            let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
            self.unreadable_number(&format!(
                "thousands are joined by `_`: `{}`",
                crate::syntax::grouped(&digits)
            ));
            return None;
        }
        if crate::syntax::three_decimals(raw) {
            let digits: String = raw.chars().filter(char::is_ascii_digit).collect();
            let hint = format!("if thousands are meant, write `{}`", crate::syntax::grouped(&digits));
            self.page.warning(
                "E0216",
                self.span(),
                format!("`{raw}` is read with three decimals"),
                hint,
            );
        }
        let exponent = written.contains(['e', 'E']);
        let value = written.replace('_', "").parse::<Decimal>().ok().filter(|_| !exponent);
        if value.is_none() {
            self.unreadable_number("a number has decimal digits, at most 28, and no exponent");
        }
        value.map(|value| At {
            value,
            span: self.span(),
        })
    }

    fn unreadable_number(&self, hint: &str) {
        self.page.error(
            "E0117",
            self.span(),
            format!("`{}` cannot be read as a number", self.raw()),
            hint.to_owned(),
        );
    }

    /// A whole number from 0 on.
    pub(super) fn count(&self) -> Option<u32> {
        let found = self.decimal()?;
        let value = u32::try_from(found.value)
            .ok()
            .filter(|value| Decimal::from(*value) == found.value);
        if value.is_none() {
            self.page.error(
                "E0108",
                self.span(),
                format!("`{}` is not a whole number", self.raw()),
                None,
            );
        }
        value
    }
}
