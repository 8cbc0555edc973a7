//! Rule files as written: every part with its place, nothing resolved yet.

mod programme;

use std::fmt;

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use crate::diagnostic::Span;
use crate::syntax::Expr;
use crate::value::Value;

pub use programme::*;

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Its place.
    pub span: Span,
}

/// A text in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// `ND20 Đ6.1.e`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Citation {
    /// The instrument's id.
    pub instrument: String,
    /// The place in it.
    pub place: Place,
}

/// A place in an instrument.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The instrument as a whole.
    Whole,
    /// Article, clause, point: `["6", "1", "e"]`, one to three parts.
    Article(Vec<String>),
    /// A form: `1đ`.
    Form(String),
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Whole => write!(f, "{}", self.instrument),
            Place::Article(parts) => write!(f, "{} Đ{}", self.instrument, parts.join(".")),
            Place::Form(form) => write!(f, "{} Mẫu {form}", self.instrument),
        }
    }
}

/// All files of a folder, read.
#[derive(Clone, Debug, Default)]
pub struct RuleFiles {
    /// `id` and `number` of `release.toml`, when it is there.
    pub release: Option<ReleaseFile>,
    /// Instruments, in file order.
    pub instruments: Vec<InstrumentFile>,
    /// Parameters.
    pub parameters: Vec<ParameterFile>,
    /// Papers.
    pub papers: Vec<PaperFile>,
    /// Facts.
    pub facts: Vec<FactFile>,
    /// Terms.
    pub terms: Vec<TermFile>,
    /// Programme versions, by programme then date.
    pub programmes: Vec<ProgrammeFile>,
    /// The provinces, by date.
    pub provinces: Vec<ProvincesFile>,
    /// The days on which offices are closed, by year.
    pub holidays: Vec<HolidaysFile>,
    /// Worked cases; beside overlays only theirs, since those of the national rules judge those rules alone.
    pub cases: Vec<CaseFile>,
    /// Mutants that no case can kill.
    pub accepted: Vec<AcceptedMutant>,
    /// Overlays, by folder.
    pub overlays: Vec<OverlayFile>,
    /// Slots filled by overlays.
    pub fills: Vec<FillFile>,
    /// Groups that overlays add to national programmes, by programme then date.
    pub additions: Vec<AdditionFile>,
    /// Of each file, in the order given: its overlay, by position; none for the national rules.
    pub layers: Vec<Option<usize>>,
}

impl RuleFiles {
    /// Returns the position of the overlay in whose files a place lies; none for the national rules.
    #[must_use]
    pub fn layer(&self, span: Span) -> Option<usize> {
        let file = usize::try_from(span.file).ok()?;
        self.layers.get(file).copied().flatten()
    }
}

/// `provinces/DATE.toml`: the provinces and cities from a day on.
#[derive(Clone, Debug)]
pub struct ProvincesFile {
    /// The first day.
    pub from: Date,
    /// Which list it is.
    pub title: Text,
    /// The texts that name them.
    pub cite: Vec<At<Citation>>,
    /// How we read them.
    pub readings: Vec<Reading>,
    /// Each of them.
    pub provinces: Vec<ProvinceFile>,
}

/// A province or city.
#[derive(Clone, Debug)]
pub struct ProvinceFile {
    /// `01`, as in the official list of administrative units.
    pub code: At<String>,
    /// True of a city under the centre.
    pub is_city: bool,
    /// Its name.
    pub name: Text,
    /// Those of before of which it is made.
    pub before: Vec<FormerProvinceFile>,
}

/// A province of before.
#[derive(Clone, Debug)]
pub struct FormerProvinceFile {
    /// Its code of then.
    pub code: At<String>,
    /// Its name.
    pub name: String,
}

/// `holidays/YEAR.toml`: the days on which public offices are closed.
#[derive(Clone, Debug)]
pub struct HolidaysFile {
    /// The year.
    pub year: i16,
    /// Which calendar it is.
    pub title: Text,
    /// The texts that name them.
    pub cite: Vec<At<Citation>>,
    /// How we read them.
    pub readings: Vec<Reading>,
    /// The days of the week on which offices rest.
    pub rest: Vec<Weekday>,
    /// Days of rest on which offices work instead.
    pub worked: Vec<At<Date>>,
    /// The holidays.
    pub holidays: Vec<HolidayFile>,
}

/// A public holiday of one year.
#[derive(Clone, Debug)]
pub struct HolidayFile {
    /// Its name.
    pub name: Text,
    /// Its days, with those given for days that fall on a rest.
    pub days: Vec<At<Date>>,
}

/// `release.toml`.
#[derive(Clone, Debug)]
pub struct ReleaseFile {
    /// `vn`
    pub id: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: Text,
    /// The rules it lies over: of an overlay only.
    pub extends: Option<At<String>>,
    /// The place it is for: of an overlay only.
    pub area: Option<Area>,
    /// The place of the `id`.
    pub span: Span,
}

/// A place that sets levels of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// `01` of a province, `01/00004` of a commune, as in the official list of administrative units.
    pub code: At<String>,
    /// `province` or `commune`.
    pub level: String,
    /// Its name.
    pub title: Text,
}

/// An overlay: the files below `overlays/FOLDER/`.
#[derive(Clone, Debug)]
pub struct OverlayFile {
    /// Its folder.
    pub folder: String,
    /// Its `release.toml`, when it is there.
    pub release: Option<ReleaseFile>,
    /// The beginning of its first file, for findings about the overlay as a whole.
    pub span: Span,
}

/// `[local.NAME]`: what an overlay puts into an open slot.
#[derive(Clone, Debug)]
pub struct FillFile {
    /// The national parameter.
    pub name: At<String>,
    /// Its values, `from` rising.
    pub dated: Vec<DatedValue>,
    /// How we read the local law.
    pub readings: Vec<Reading>,
}

/// Groups of an overlay in a national programme, from a day on.
#[derive(Clone, Debug)]
pub struct AdditionFile {
    /// The programme's id.
    pub programme: At<String>,
    /// The first day.
    pub from: Date,
    /// The first day no longer, where no later file of the overlay follows.
    pub ends: Option<At<Date>>,
    /// Permits a day before the instrument was in force.
    pub backdated: Vec<At<Citation>>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
    /// What is knowingly not encoded.
    pub left_out: Vec<LeftOut>,
    /// How we read the law.
    pub readings: Vec<Reading>,
    /// Who.
    pub groups: Vec<Group>,
    /// How much.
    pub cases: Vec<Case>,
    /// What may be kept beside, by these groups.
    pub keep_both: Vec<KeepBoth>,
}

/// A legal text.
#[derive(Clone, Debug)]
pub struct InstrumentFile {
    /// `ND20`
    pub id: At<String>,
    /// law, decree, circular, decision, resolution.
    pub kind: InstrumentKind,
    /// `20/2021/NĐ-CP`
    pub number: String,
    /// Its title.
    pub title: Text,
    /// When it was issued.
    pub issued: Date,
    /// First day in force.
    pub in_force: Date,
    /// First day no longer in force.
    pub ends: Option<Date>,
    /// Instruments it amends.
    pub amends: Vec<At<String>>,
    /// Instruments it replaces.
    pub replaces: Vec<At<String>>,
    /// When a person last looked whether what is said here still holds.
    pub checked: Option<At<Date>>,
}

/// Kinds of legal text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InstrumentKind {
    /// Luật
    Law,
    /// Nghị định
    Decree,
    /// Thông tư
    Circular,
    /// Quyết định
    Decision,
    /// Nghị quyết
    Resolution,
}

/// A dated amount.
#[derive(Clone, Debug)]
pub struct ParameterFile {
    /// Its name.
    pub name: At<String>,
    /// Its title.
    pub title: Text,
    /// The unit as written: `VND per month`.
    pub unit: At<String>,
    /// What a province may set.
    pub local: Option<Local>,
    /// Its values, `from` rising.
    pub dated: Vec<DatedValue>,
}

/// A slot that a province or commune may fill.
#[derive(Clone, Debug)]
pub struct Local {
    /// `province` or `commune`.
    pub set_by: String,
    /// `at_least_national` or `at_most_national`.
    pub bound: String,
    /// The competence.
    pub cite: Vec<At<Citation>>,
}

/// A value from a day on.
#[derive(Clone, Debug)]
pub struct DatedValue {
    /// First day.
    pub from: At<Date>,
    /// The value.
    pub is: At<Decimal>,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
    /// Permits a `from` before the instrument was in force.
    pub backdated: Vec<At<Citation>>,
    /// When a person last compared it with the text.
    pub checked: Option<Date>,
    /// First day on which it no longer holds.
    pub until: Option<At<Date>>,
    /// By when it must be looked at again.
    pub review: Option<Date>,
}

/// A paper.
#[derive(Clone, Debug)]
pub struct PaperFile {
    /// Its name.
    pub name: At<String>,
    /// Its title.
    pub title: Text,
    /// Who issues it.
    pub from: Text,
}

/// Person or household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Of each person.
    Person,
    /// Of the household.
    Household,
}

/// What can be known.
#[derive(Clone, Debug)]
pub struct FactFile {
    /// Of whom.
    pub scope: Scope,
    /// Its name; `paid_now.x` facts are added by the programmes.
    pub name: At<String>,
    /// Its title.
    pub title: Text,
    /// Its type.
    pub kind: At<FactKind>,
    /// The question.
    pub ask: Text,
    /// Why we ask.
    pub why: Option<Text>,
    /// Papers that prove it.
    pub proof: Option<Expr>,
    /// Who decides it.
    pub judged_by: Option<Text>,
    /// Asked last and carefully.
    pub sensitive: bool,
    /// Whether *absent* is a value.
    pub can_be_absent: bool,
    /// What it is recorded for where no rule uses it.
    pub kept_for: Option<Text>,
    /// What the law presumes while it is not known.
    pub assume: Option<Assume>,
}

/// A presumption of the law, which holds until the contrary is known.
#[derive(Clone, Debug)]
pub struct Assume {
    /// The value presumed.
    pub is: Value,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
    /// It in words.
    pub says: Text,
}

/// The type of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// yes or no
    YesNo,
    /// One of a list: name and label.
    Choice(Vec<(String, Text)>),
    /// A day.
    Date,
    /// A number with a unit, within a range.
    Number {
        /// The unit as written.
        unit: String,
        /// Lowest.
        low: Decimal,
        /// Highest.
        high: Decimal,
    },
}

/// A derived quantity.
#[derive(Clone, Debug)]
pub struct TermFile {
    /// Of whom.
    pub scope: Scope,
    /// Its name.
    pub name: At<String>,
    /// Its title.
    pub title: Text,
    /// The type as written: a unit, `yes or no`, `date`, or a list of choices with labels.
    pub kind: At<TermKind>,
    /// What it is.
    pub is: Expr,
    /// Where it stands.
    pub cite: Vec<At<Citation>>,
    /// How we read the law.
    pub reading: Option<Text>,
    /// Whether its limits are ours, and only say who is asked.
    pub asks_fewer: bool,
}

/// The declared type of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermKind {
    /// yes or no
    YesNo,
    /// One of a list.
    Choice(Vec<(String, Text)>),
    /// A day.
    Date,
    /// A number with a unit.
    Number(String),
}
