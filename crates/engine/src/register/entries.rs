//! The register itself: each instrument with what the files say of it and what rests on it.

use serde::Serialize;

use super::{Kind, Register, RulePart, Use};
use crate::read::InstrumentFile;
use crate::rules::Unit;
use crate::words::Language;

/// The register, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entries {
    /// The language of all texts.
    pub language: Language,
    /// The instruments by the day from which they are in force, and by id.
    pub instruments: Vec<Entry>,
}

/// An instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its short form: `ND335`.
    pub id: String,
    /// Kind and number: `Nghị định 335/2026/NĐ-CP`.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The day of issue.
    pub issued: String,
    /// The first day in force.
    pub in_force: String,
    /// The first day no longer in force; none where the files give no end.
    pub ends: Option<String>,
    /// The day on which a person last looked whether what the files say of it still holds; none where nobody noted one.
    pub checked: Option<String>,
    /// What it amends.
    pub amends: Vec<String>,
    /// What it replaces, and so ends.
    pub replaces: Vec<String>,
    /// What amends it.
    pub amended_by: Vec<String>,
    /// What replaces it.
    pub replaced_by: Vec<String>,
    /// Programmes that cite it.
    pub programmes: Vec<ProgrammeUse>,
    /// Parameters that have values by it.
    pub parameters: Vec<ParameterUse>,
    /// Facts that the law presumes by it.
    pub facts: Vec<Named>,
    /// Terms that rest on it.
    pub terms: Vec<Named>,
    /// Lists of provinces that rest on it.
    pub provinces: Vec<Named>,
    /// Calendars of public holidays that rest on it.
    pub holidays: Vec<Named>,
    /// How many citations of it there are.
    pub n_citations: usize,
    /// The file that declares it, by its path in the folder of rules.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
}

/// A programme that rests on an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeUse {
    /// Its id.
    pub id: String,
    /// Its title, as in the last version that cites the instrument.
    pub title: String,
    /// The versions that cite it.
    pub versions: Vec<VersionUse>,
}

/// A version that rests on an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VersionUse {
    /// The first day.
    pub from: String,
    /// The first day on which it holds no longer.
    pub until: Option<String>,
    /// True when the version as a whole rests on it, false when only parts of it do.
    pub whole: bool,
}

/// A parameter with values by an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParameterUse {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The values; none where the instrument only says who may set it.
    pub values: Vec<ValueUse>,
}

/// A value by an instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ValueUse {
    /// The first day.
    pub from: String,
    /// The first day on which it holds no longer.
    pub until: Option<String>,
    /// The value with its unit, in words.
    pub is: String,
    /// The day on which a person last compared it with the text.
    pub checked: Option<String>,
}

/// Something with a name and a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl Register<'_> {
    /// Returns every instrument with what rests on it.
    #[must_use]
    pub fn entries(&self, language: Language) -> Entries {
        let mut instruments: Vec<&InstrumentFile> = self.rules.instruments.iter().collect();
        instruments.sort_by(|a, b| (a.in_force, &a.id.value).cmp(&(b.in_force, &b.id.value)));
        Entries {
            language,
            instruments: instruments.iter().map(|known| self.entry(known, language)).collect(),
        }
    }

    fn entry(&self, instrument: &InstrumentFile, language: Language) -> Entry {
        let id = &instrument.id.value;
        let others = &self.rules.instruments;
        let by = |names: fn(&InstrumentFile) -> &[crate::read::At<String>]| {
            let those = others
                .iter()
                .filter(|other| names(other).iter().any(|named| named.value == *id));
            those.map(|other| other.id.value.clone()).collect::<Vec<_>>()
        };
        let values = |list: &[crate::read::At<String>]| list.iter().map(|named| named.value.clone()).collect();
        let uses: Vec<&Use<'_>> = self
            .uses
            .iter()
            .filter(|found| found.citation.instrument == *id)
            .collect();
        let (path, line) = self.place(instrument.id.span);
        Entry {
            id: id.clone(),
            name: language.instrument(instrument),
            title: language.of(&instrument.title).to_owned(),
            issued: instrument.issued.to_string(),
            in_force: instrument.in_force.to_string(),
            ends: instrument.ends.map(|day| day.to_string()),
            checked: instrument.checked.as_ref().map(|day| day.value.to_string()),
            amends: values(&instrument.amends),
            replaces: values(&instrument.replaces),
            amended_by: by(|other| &other.amends),
            replaced_by: by(|other| &other.replaces),
            programmes: programmes(&uses, language),
            parameters: self.parameters(&uses, language),
            facts: named(&uses, Kind::Fact, language),
            terms: named(&uses, Kind::Term, language),
            provinces: named(&uses, Kind::Provinces, language),
            holidays: named(&uses, Kind::Holidays, language),
            n_citations: uses.len(),
            path,
            line,
        }
    }

    fn parameters(&self, uses: &[&Use<'_>], language: Language) -> Vec<ParameterUse> {
        let mut all: Vec<ParameterUse> = Vec::new();
        for found in uses.iter().filter(|found| found.kind == Kind::Parameter) {
            let at = all.iter().position(|known| known.id == found.id).unwrap_or_else(|| {
                all.push(ParameterUse {
                    id: found.id.to_owned(),
                    title: language.of(found.title).to_owned(),
                    values: Vec::new(),
                });
                all.len() - 1
            });
            if found.part != RulePart::Value {
                continue;
            }
            let Some((value, unit)) = self.value_of(found) else {
                continue;
            };
            let value = ValueUse {
                from: value.from.value.to_string(),
                until: found.until.map(|day| day.to_string()),
                is: language.number(value.is.value, unit),
                checked: value.checked.map(|day| day.to_string()),
            };
            if let Some(parameter) = all.get_mut(at).filter(|parameter| !parameter.values.contains(&value)) {
                parameter.values.push(value);
            }
        }
        all
    }

    /// Returns the dated value that cites, and the unit of its parameter.
    fn value_of(&self, found: &Use<'_>) -> Option<(&crate::read::DatedValue, Unit)> {
        let parameter = super::parameter_named(self.rules, found.id)?;
        let of_slots = self.rules.fills.iter().filter(|fill| fill.name.value == found.id);
        let mut all = parameter.dated.iter().chain(of_slots.flat_map(|fill| &fill.dated));
        let value = all.find(|value| value.cite.iter().any(|cite| cite.span == found.span))?;
        Some((value, Unit::parse(&parameter.unit.value).unwrap_or_default()))
    }
}

fn programmes(uses: &[&Use<'_>], language: Language) -> Vec<ProgrammeUse> {
    let mut all: Vec<ProgrammeUse> = Vec::new();
    for found in uses.iter().filter(|found| found.kind == Kind::Programme) {
        let Some(from) = found.from.map(|day| day.to_string()) else {
            continue;
        };
        let title = language.of(found.title);
        let at = all.iter().position(|known| known.id == found.id).unwrap_or_else(|| {
            all.push(ProgrammeUse {
                id: found.id.to_owned(),
                title: title.to_owned(),
                versions: Vec::new(),
            });
            all.len() - 1
        });
        let Some(programme) = all.get_mut(at) else { continue };
        let whole = found.part == RulePart::Whole;
        match programme.versions.iter_mut().find(|version| version.from == from) {
            Some(version) => version.whole |= whole,
            None => programme.versions.push(VersionUse {
                from,
                until: found.until.map(|day| day.to_string()),
                whole,
            }),
        }
        programme.versions.sort_by(|a, b| a.from.cmp(&b.from));
        programme.title = title.to_owned();
    }
    all
}

fn named(uses: &[&Use<'_>], kind: Kind, language: Language) -> Vec<Named> {
    let mut all: Vec<Named> = Vec::new();
    for found in uses.iter().filter(|found| found.kind == kind) {
        let title = language.of(found.title);
        if all.iter().all(|known| known.id != found.id || known.title != title) {
            all.push(Named {
                id: found.id.to_owned(),
                title: title.to_owned(),
            });
        }
    }
    all
}
