//! What nobody has compared with the law for a year, and what ends within a year.

use jiff::civil::Date;
use serde::Serialize;

use super::{Kind, Register, end_of_value};
use crate::calendar::after_years;
use crate::diagnostic::Span;
use crate::read::{DatedValue, Text};
use crate::words::Language;

/// What is due on a day, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The language of all texts.
    pub language: Language,
    /// The day.
    pub on: String,
    /// What was checked after this day is not due.
    pub checked_after: String,
    /// What ends later than this day is not listed.
    pub ends_by: String,
    /// What a person should compare with the law, instruments first; what has ended is left in peace.
    pub to_check: Vec<ToCheck>,
    /// What ends within a year with nothing of the same name following it, by day.
    pub ends: Vec<Ending>,
}

/// Something to be compared with the law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToCheck {
    /// An instrument or a parameter.
    pub what: DueKind,
    /// Its id or name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day of the value; of an instrument, the first day in force.
    pub from: String,
    /// When it was last checked.
    pub checked: Option<String>,
    /// Why it is due.
    pub reason: DueReason,
    /// The day by which it was to be looked at again.
    pub review: Option<String>,
    /// The file, by its path in the folder of rules.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// Something that ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ending {
    /// The first day on which it holds no longer.
    pub on: String,
    /// What it is.
    pub what: DueKind,
    /// Its id or name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The file, by its path in the folder of rules.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// What can be due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DueKind {
    /// A legal text.
    Instrument,
    /// A value of a parameter.
    Value,
    /// A programme.
    Programme,
}

impl DueKind {
    /// Returns its word.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            DueKind::Instrument => language.pick("văn bản", "instrument"),
            DueKind::Value => Kind::Parameter.word(language),
            DueKind::Programme => Kind::Programme.word(language),
        }
    }
}

/// Why something is to be checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DueReason {
    /// The day by which it was to be looked at again has come.
    Review,
    /// It was last checked a year ago or earlier.
    LongAgo,
    /// Nobody noted a day on which it was checked.
    Never,
}

impl Register<'_> {
    /// Returns what is due on a day.
    #[must_use]
    pub fn due(&self, on: Date, language: Language) -> Due {
        let year = Year {
            on,
            before: after_years(on, -1),
            after: after_years(on, 1),
        };
        let mut to_check = self.instruments_to_check(&year, language);
        let mut ends = self.ends(&year, language);
        for (name, title, dated) in self.lines_of_values() {
            for (at, value) in dated.iter().enumerate() {
                let until = end_of_value(dated, at);
                let ended = until.is_some_and(|until| until <= on);
                if let Some(reason) = reason(value.checked, value.review, &year).filter(|_| !ended) {
                    let (path, line) = self.place(value.from.span);
                    to_check.push(ToCheck {
                        what: DueKind::Value,
                        id: name.to_owned(),
                        title: language.of(title).to_owned(),
                        from: value.from.value.to_string(),
                        checked: value.checked.map(|day| day.to_string()),
                        reason,
                        review: value.review.map(|day| day.to_string()),
                        path,
                        line,
                    });
                }
                let followed = dated.get(at + 1).is_some_and(|next| Some(next.from.value) == until);
                if let Some(until) = until.filter(|until| !followed && year.ends_in(*until)) {
                    ends.push(self.ending(until, DueKind::Value, name, language.of(title), value.from.span));
                }
            }
        }
        ends.sort_by(|a, b| (&a.on, a.what, &a.id).cmp(&(&b.on, b.what, &b.id)));
        Due {
            language,
            on: on.to_string(),
            checked_after: year.before.to_string(),
            ends_by: year.after.to_string(),
            to_check,
            ends,
        }
    }

    /// Returns name, title and values of every parameter, and of every slot that a place fills.
    fn lines_of_values(&self) -> Vec<(&str, &Text, &[DatedValue])> {
        let parameters = &self.rules.parameters;
        let own = parameters
            .iter()
            .map(|known| (known.name.value.as_str(), &known.title, known.dated.as_slice()));
        let filled = self.rules.fills.iter().filter_map(|fill| {
            let parameter = super::parameter_named(self.rules, &fill.name.value)?;
            Some((fill.name.value.as_str(), &parameter.title, fill.dated.as_slice()))
        });
        own.chain(filled).collect()
    }

    fn instruments_to_check(&self, year: &Year, language: Language) -> Vec<ToCheck> {
        let in_force = |ends: Option<Date>| ends.is_none_or(|ends| ends > year.on);
        let known = self.rules.instruments.iter().filter(|known| in_force(known.ends));
        let due = known.filter_map(|instrument| {
            let checked = instrument.checked.as_ref().map(|day| day.value);
            let reason = reason(checked, None, year)?;
            let (path, line) = self.place(instrument.id.span);
            Some(ToCheck {
                what: DueKind::Instrument,
                id: instrument.id.value.clone(),
                title: language.instrument(instrument),
                from: instrument.in_force.to_string(),
                checked: checked.map(|day| day.to_string()),
                reason,
                review: None,
                path,
                line,
            })
        });
        due.collect()
    }

    /// Returns the instruments and programmes that end.
    fn ends(&self, year: &Year, language: Language) -> Vec<Ending> {
        let mut all = Vec::new();
        for instrument in &self.rules.instruments {
            if let Some(ends) = instrument.ends.filter(|ends| year.ends_in(*ends)) {
                let (id, name) = (&instrument.id, language.instrument(instrument));
                all.push(self.ending(ends, DueKind::Instrument, &id.value, &name, id.span));
            }
        }
        for version in &self.rules.programmes {
            let follows = |ends: Date| {
                let mut others = self.rules.programmes.iter();
                others.any(|other| other.id.value == version.id.value && other.from == ends)
            };
            if let Some(ends) = version.ends.filter(|ends| year.ends_in(*ends) && !follows(*ends)) {
                let title = language.of(&version.title);
                all.push(self.ending(ends, DueKind::Programme, &version.id.value, title, version.span));
            }
        }
        all
    }

    fn ending(&self, on: Date, what: DueKind, id: &str, title: &str, span: Span) -> Ending {
        let (path, line) = self.place(span);
        Ending {
            on: on.to_string(),
            what,
            id: id.to_owned(),
            title: title.to_owned(),
            path,
            line,
        }
    }
}

/// A day with the year before and the year after it.
struct Year {
    on: Date,
    before: Date,
    after: Date,
}

impl Year {
    fn ends_in(&self, day: Date) -> bool {
        self.on < day && day <= self.after
    }
}

fn reason(checked: Option<Date>, review: Option<Date>, year: &Year) -> Option<DueReason> {
    if review.is_some_and(|review| review <= year.on) {
        return Some(DueReason::Review);
    }
    match checked {
        None => Some(DueReason::Never),
        Some(checked) if checked <= year.before => Some(DueReason::LongAgo),
        Some(_) => None,
    }
}
