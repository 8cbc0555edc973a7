//! A rule set: rule files, checked and compiled to one flat typed plan.
//!
//! [`RuleSet`] is made by [`crate::compile`] and by nothing else; what is in it can be evaluated without further checks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use rust_decimal::Decimal;

use crate::compile::Reads;
use crate::diagnostic::Span;
use crate::exact::Cuts;
use crate::read::{
    Apply, At, Audience, CaseFile, Choose, Citation, InstrumentFile, LeftOut, PaperFile, Reading, Scope, Start, Text,
};
use crate::report::{Every, ReleaseTag};
use crate::syntax::{Aggregate, Arithmetic, Comparison, Function, People};
use crate::value::Value;

/// Position of a node in the plan; children come before their parents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Position of a fact in its rule set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId(pub u32);

/// The rules of one release.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// Which release this is.
    pub tag: ReleaseTag,
    /// Its title.
    pub title: Text,
    /// Legal texts by id.
    pub instruments: BTreeMap<String, InstrumentFile>,
    /// Papers by name.
    pub papers: BTreeMap<String, PaperFile>,
    /// Facts, in file order, `paid_now` facts last.
    pub facts: Vec<Fact>,
    /// Dated amounts.
    pub parameters: Vec<Parameter>,
    /// Derived quantities.
    pub terms: Vec<Term>,
    /// Programmes by id.
    pub programmes: Vec<Programme>,
    /// Worked cases.
    pub cases: Vec<CaseFile>,
    /// The provinces and cities, by the day from which each list holds.
    pub provinces: Vec<Provinces>,
    /// The days on which public offices are closed, by year.
    pub holidays: BTreeMap<i16, Holidays>,
    /// Every expression, children before parents.
    pub nodes: Vec<Op>,
    /// What facts are compared with.
    pub(crate) cuts: Cuts,
    /// Which facts programmes and terms look at.
    pub(crate) reads: Reads,
    /// Where each of them is written.
    pub places: Vec<Span>,
    /// The fact from which a person exists: `birth_date`.
    pub birth_date: Option<FactId>,
    /// What lies over the national rules, by folder.
    pub overlays: Vec<Overlay>,
}

/// The days of a year on which public offices are closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays {
    /// The days of the week on which offices rest.
    pub rest: Vec<Weekday>,
    /// Days of rest on which offices work instead.
    pub worked: BTreeSet<Date>,
    /// The days off, by the name of the holiday.
    pub off: BTreeMap<Date, Text>,
}

/// The provinces and cities from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provinces {
    /// The first day.
    pub from: Date,
    /// Each of them, in file order.
    pub all: Vec<Province>,
}

/// A province or city.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Province {
    /// `01`, as in the official list of administrative units.
    pub code: String,
    /// True of a city under the centre.
    pub is_city: bool,
    /// Its name, without what it is.
    pub name: Text,
    /// The names of those of before of which it is made; one name where nothing was joined to it.
    pub before: Vec<String>,
}

/// A place's own rules over the national ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overlay {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// The code of the place: `01`, or `01/00004` of a commune.
    pub area: String,
    /// The name of the place.
    pub place: Text,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// yes or no
    Truth,
    /// One of a list.
    Choice(Arc<Vec<(String, Text)>>),
    /// A number with a unit.
    Number(Unit),
    /// A day.
    Date,
}

/// Powers of the base units; `persons` and `number` have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Vietnamese đồng.
    pub vnd: i8,
    /// Months.
    pub month: i8,
    /// Years.
    pub year: i8,
    /// Square metres.
    pub m2: i8,
}

/// What can be known of a person or a household.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Of whom.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// Its type.
    pub kind: Type,
    /// Lowest and highest value of a number.
    pub range: Option<(Decimal, Decimal)>,
    /// The question.
    pub ask: Text,
    /// Why we ask.
    pub why: Option<Text>,
    /// Papers that prove it: one of these sets is enough.
    pub proof: Vec<Vec<String>>,
    /// Who decides it.
    pub judged_by: Option<Text>,
    /// Asked last.
    pub sensitive: bool,
    /// Whether *absent* is a value.
    pub can_be_absent: bool,
    /// What the law presumes while it is not known.
    pub assume: Option<Presumption>,
}

/// A presumption of the law, which holds until the contrary is known.
#[derive(Clone, Debug)]
pub struct Presumption {
    /// The value presumed: exactly one.
    pub is: Value,
    /// Where it stands.
    pub cite: Vec<Citation>,
    /// It in words.
    pub says: Text,
}

/// A dated amount.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// Its unit.
    pub unit: Unit,
    /// Its values, `from` rising.
    pub dated: Vec<Dated>,
    /// How we read the local law, where a place has values of its own.
    pub local_readings: Vec<Reading>,
}

/// A value in a stretch of time.
#[derive(Clone, Debug)]
pub struct Dated {
    /// First day.
    pub from: Date,
    /// First day no longer.
    pub until: Option<Date>,
    /// The value.
    pub is: Decimal,
    /// Where it stands.
    pub cite: Vec<Citation>,
    /// The first day of the value, which lies before `from` where another line of time divides it.
    pub since: Date,
    /// Where a place has set this value: which, and what it would be without.
    pub local: Option<LocalValue>,
}

/// Who set a value, and the national one beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalValue {
    /// The overlay, by position.
    pub overlay: usize,
    /// The national value.
    pub national: Decimal,
    /// The first day of the national value.
    pub national_since: Date,
    /// Where the national value stands.
    pub national_cite: Vec<Citation>,
}

/// A derived quantity.
#[derive(Clone, Debug)]
pub struct Term {
    /// Of whom.
    pub scope: Scope,
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// Its type.
    pub kind: Type,
    /// What it is.
    pub is: NodeId,
    /// Where it stands.
    pub cite: Vec<Citation>,
    /// Whether its limits are ours, and only say who is asked.
    pub asks_fewer: bool,
}

/// A scheme set by law.
#[derive(Clone, Debug)]
pub struct Programme {
    /// Its id.
    pub id: String,
    /// Its versions, `from` rising; at least one.
    pub versions: Vec<Version>,
    /// The fact `paid_now.ID`, where it is asked.
    pub paid_now: Option<FactId>,
}

/// A programme as in force from a day.
#[derive(Clone, Debug)]
pub struct Version {
    /// First day.
    pub from: Date,
    /// First day no longer, where nothing follows.
    pub until: Option<Date>,
    /// Its title.
    pub title: Text,
    /// Stages of life.
    pub stages: Vec<String>,
    /// Whom it is for.
    pub audience: Audience,
    /// Judged on the day of death, whatever the month; the same in every version.
    pub on_death: bool,
    /// Where it stands.
    pub cite: Vec<Citation>,
    /// cash, card, in_kind, loan
    pub what: String,
    /// How often it is given.
    pub every: Every,
    /// How long or how often at most, where the law limits it.
    pub limit: Option<(Vec<At<Citation>>, Text)>,
    /// How much.
    pub amount: Option<NodeId>,
    /// What is given, in words.
    pub label: Option<Text>,
    /// Conditions every group needs.
    pub requires: Vec<Arc<Condition>>,
    /// Who.
    pub groups: Vec<Group>,
    /// What may not be combined.
    pub choose: Option<Choose>,
    /// From when.
    pub start: Option<Start>,
    /// Paid through the month in which the conditions end.
    pub stops_after: Option<Vec<Citation>>,
    /// While these hold nothing is paid, though the right remains.
    pub pauses: Vec<Pause>,
    /// How to claim.
    pub apply: Option<Apply>,
    /// What is knowingly not encoded.
    pub left_out: Vec<LeftOut>,
    /// How we read the law.
    pub readings: Vec<Reading>,
}

/// A named condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<Text>,
    /// The condition.
    pub when: NodeId,
    /// Where it stands.
    pub cite: Vec<Citation>,
}

/// A time in which nothing is paid, though the right remains.
#[derive(Clone, Debug)]
pub struct Pause {
    /// Its title.
    pub title: Text,
    /// When it is.
    pub when: NodeId,
    /// That it is not: what payment needs besides the right.
    pub unless: Arc<Condition>,
}

/// Who.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Text,
    /// The condition.
    pub when: NodeId,
    /// Points of which one must hold; none when empty.
    pub any: Vec<Arc<Condition>>,
    /// Where it stands.
    pub cite: Vec<Citation>,
    /// How much: its cases; empty where the amount uses no coefficient.
    pub cases: Vec<Case>,
}

/// How much, and its carve-outs.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Where its name is written.
    pub place: Span,
    /// When it applies; none for always.
    pub when: Option<NodeId>,
    /// The coefficient.
    pub coefficient: Decimal,
    /// Where it stands.
    pub cite: Vec<Citation>,
    /// Named carve-outs.
    pub except: Vec<Case>,
}

/// Whose fact or term is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The person looked at.
    Me,
    /// The person judged.
    Subject,
    /// The household.
    Household,
}

/// One step of the plan.
#[derive(Clone, Debug)]
pub enum Op {
    /// A truth.
    Truth(bool),
    /// A number and its unit in words.
    Number(Decimal, Unit),
    /// A day.
    Date(Date),
    /// One choice of a list.
    Choice(usize, Arc<Vec<(String, Text)>>),
    /// The day judged.
    Day,
    /// The day on which somebody died; absent while they live.
    DiedOn(Who),
    /// A fact.
    Fact(FactId, Who),
    /// A parameter, by position.
    Parameter(usize),
    /// A term, by position.
    Term(usize, Who),
    /// Another group's condition: position in this version's groups.
    Group {
        /// Programme.
        programme: usize,
        /// Version.
        version: usize,
        /// Group.
        group: usize,
    },
    /// Another programme's answer for the same person.
    Entitled(usize),
    /// The coefficient of the case that applies.
    Coefficient,
    /// Negation.
    Not(NodeId),
    /// Minus.
    Negate(NodeId),
    /// All of them.
    And(Vec<NodeId>),
    /// Any of them.
    Or(Vec<NodeId>),
    /// A comparison.
    Compare(Comparison, NodeId, NodeId),
    /// One of a list of choices, as bits.
    OneOf(NodeId, u64, Arc<Vec<(String, Text)>>),
    /// From `low` to `high`.
    Between {
        /// What is looked at.
        value: NodeId,
        /// Lower bound, included.
        low: NodeId,
        /// Upper bound.
        high: NodeId,
        /// Whether the upper bound belongs.
        inclusive: bool,
    },
    /// Whether it is absent (true) or there (false).
    Absent(NodeId, bool),
    /// Arithmetic.
    Arithmetic(Arithmetic, NodeId, NodeId),
    /// A choice between two values.
    If(NodeId, NodeId, NodeId),
    /// A function.
    Call(Function, Vec<NodeId>),
    /// A question over persons.
    Aggregate {
        /// Which.
        kind: Aggregate,
        /// Over whom.
        people: People,
        /// What is summed or compared.
        of: Option<NodeId>,
        /// Which of them.
        filter: Option<NodeId>,
    },
    /// A choice of one list written in another: new position for each old one.
    Recode(NodeId, Vec<usize>),
}

impl RuleSet {
    /// Returns a node; the checker made every id, so a missing one reads as *no*.
    pub fn op(&self, id: NodeId) -> &Op {
        static NOTHING: Op = Op::Truth(false);
        self.nodes.get(id.0 as usize).unwrap_or(&NOTHING)
    }

    /// Returns where a node is written.
    pub fn place(&self, id: NodeId) -> Span {
        self.places.get(id.0 as usize).copied().unwrap_or_default()
    }

    /// Returns a fact.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(id.0 as usize)
    }

    /// Returns the fact of that name and its id.
    pub fn fact_named(&self, scope: Scope, name: &str) -> Option<(FactId, &Fact)> {
        let at = self.facts.iter().position(|f| f.scope == scope && f.name == name)?;
        let fact = self.facts.get(at)?;
        Some((FactId(u32::try_from(at).ok()?), fact))
    }

    /// Returns the programme of that id and its position.
    pub fn programme_named(&self, id: &str) -> Option<(usize, &Programme)> {
        self.programmes.iter().enumerate().find(|(_, p)| p.id == id)
    }
}

impl Fact {
    /// Returns the difference of two neighbouring values of a number: areas have two decimals, all else is whole.
    pub fn step(&self) -> Decimal {
        match &self.kind {
            Type::Number(unit) if unit.m2 != 0 => Decimal::new(1, 2),
            _ => Decimal::ONE,
        }
    }
}

impl RuleSet {
    /// Returns the provinces and cities on a day; nothing where no list holds.
    #[must_use]
    pub fn provinces_on(&self, day: Date) -> &[Province] {
        let lists = self.provinces.iter().rev();
        lists
            .filter(|list| list.from <= day)
            .map(|list| list.all.as_slice())
            .next()
            .unwrap_or_default()
    }

    /// Returns whether public offices work on a day; nothing where the rules have no holidays of its year.
    #[must_use]
    pub fn is_working_day(&self, day: Date) -> Option<bool> {
        let year = self.holidays.get(&day.year())?;
        let rests = year.rest.contains(&day.weekday()) && !year.worked.contains(&day);
        Some(!rests && !year.off.contains_key(&day))
    }

    /// Returns the last of so many working days, of which the first is after the day given: a period does not count its first
    /// day. Nothing where it runs into a year of which the rules have no holidays.
    #[must_use]
    pub fn working_days_after(&self, day: Date, n: u32) -> Option<Date> {
        let mut day = day;
        for _ in 0..n {
            day = day.tomorrow().ok()?;
            while !self.is_working_day(day)? {
                day = day.tomorrow().ok()?;
            }
        }
        Some(day)
    }

    /// Returns how many working days lie after the first day up to and with the last; nothing where a year is not known.
    #[must_use]
    pub fn working_days_between(&self, after: Date, until: Date) -> Option<u32> {
        let mut n = 0;
        let mut day = after;
        while day < until {
            day = day.tomorrow().ok()?;
            n += u32::from(self.is_working_day(day)?);
        }
        Some(n)
    }
}

impl Programme {
    /// Returns whether it is judged on the day of death (LANGUAGE.md §8).
    pub fn on_death(&self) -> bool {
        self.versions.first().is_some_and(|version| version.on_death)
    }

    /// Returns with what it competes, where it does.
    pub(crate) fn choose(&self) -> Option<&Choose> {
        self.versions.iter().find_map(|version| version.choose.as_ref())
    }

    /// Returns the version in force on a day and its position.
    pub fn version_on(&self, day: Date) -> Option<(usize, &Version)> {
        let (at, version) = self.versions.iter().enumerate().rev().find(|(_, v)| v.from <= day)?;
        version.until.is_none_or(|until| day < until).then_some((at, version))
    }

    /// Returns the next day after `day` on which another version, or none, is in force.
    pub fn next_version_after(&self, day: Date) -> Option<Date> {
        self.versions
            .iter()
            .flat_map(|v| [Some(v.from), v.until])
            .flatten()
            .filter(|d| *d > day)
            .min()
    }
}

impl Parameter {
    /// Returns the value in force on a day.
    pub fn on(&self, day: Date) -> Option<&Dated> {
        let value = self.dated.iter().rev().find(|d| d.from <= day)?;
        value.until.is_none_or(|until| day < until).then_some(value)
    }

    /// Returns the next day after `day` on which its value changes, starts or ends.
    pub fn next_after(&self, day: Date) -> Option<Date> {
        self.dated
            .iter()
            .flat_map(|d| [Some(d.from), d.until])
            .flatten()
            .filter(|d| *d > day)
            .min()
    }
}

impl Unit {
    /// Reads a unit as written in rule files; none when there is no such unit.
    pub fn parse(text: &str) -> Option<Unit> {
        let unit = Unit::default();
        Some(match text {
            "persons" | "number" | "coefficient" => unit,
            "VND" => Unit { vnd: 1, ..unit },
            "VND per month" => Unit {
                vnd: 1,
                month: -1,
                ..unit
            },
            "years" => Unit { year: 1, ..unit },
            "months" => Unit { month: 1, ..unit },
            "m2" => Unit { m2: 1, ..unit },
            _ => return None,
        })
    }

    /// Returns the unit of a product.
    pub fn times(self, other: Unit) -> Unit {
        Unit {
            vnd: self.vnd.saturating_add(other.vnd),
            month: self.month.saturating_add(other.month),
            year: self.year.saturating_add(other.year),
            m2: self.m2.saturating_add(other.m2),
        }
    }
}
