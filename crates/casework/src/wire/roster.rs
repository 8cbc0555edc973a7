//! What changes rosters beyond one person, and who may be recorded twice.

use ansinh_engine::report::Language;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{Choice, Relation};

/// `find_duplicates`: who is recorded so much like somebody being written down that both may be one. Answers a list of
/// [`Duplicate`], surest first.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct FindDuplicatesRequest {
    /// Person id of whom it is about; none while they are new.
    pub person: Option<String>,
    /// The name.
    pub name: String,
    /// The day of birth, as `save_fact` takes it; `null` while it is not known.
    #[ts(type = "unknown")]
    pub birth_date: Value,
    /// The identity number.
    pub id_number: String,
    /// The hamlet.
    pub hamlet: String,
}

/// Somebody who may be the same person.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Duplicate {
    /// Household id.
    pub household: String,
    /// Its number.
    pub number: String,
    /// Its hamlet.
    pub hamlet: String,
    /// Name of its head.
    pub head: String,
    /// Person id.
    pub person: String,
    /// Name.
    pub name: String,
    /// Year of birth as text.
    pub birth_year: String,
    /// What is the same.
    pub likeness: Likeness,
}

/// What two records have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// An identity number.
    Number,
    /// The name and the day of birth.
    Birth,
    /// The name in some writing, the year of birth and the hamlet.
    Year,
}

/// A person of a household.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PersonRef {
    /// Household id.
    pub household: String,
    /// Person id.
    pub person: String,
}

/// `compare_persons`: two records side by side. Answers [`Comparison`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ComparePersonsRequest {
    /// The one.
    pub one: PersonRef,
    /// The other.
    pub other: PersonRef,
    /// `vi` or `en`.
    pub language: Language,
}

/// Two records side by side.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Comparison {
    /// The one.
    pub one: ComparedPerson,
    /// The other.
    pub other: ComparedPerson,
    /// Everything known of either.
    pub rows: Vec<ComparedRow>,
}

/// One of the two.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ComparedPerson {
    /// Household id.
    pub household: String,
    /// Its number.
    pub number: String,
    /// Its hamlet.
    pub hamlet: String,
    /// Person id.
    pub person: String,
    /// Name.
    pub name: String,
    /// What the person is to the head.
    pub relation: Relation,
    /// Who else is in the household: person id and name.
    pub with: Vec<Choice>,
}

/// One thing known of either.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ComparedRow {
    /// `name`, `id_number`, `old_id_number`, `phone`, or the name of a fact.
    pub field: String,
    /// The title of a fact; empty for the others.
    pub title: String,
    /// Of the one.
    pub one: Option<String>,
    /// Of the other.
    pub other: Option<String>,
}

/// `tell_apart`: two records are of two persons; they are not offered as duplicates again. Answers `{}`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TellApartRequest {
    /// Person id of the one.
    pub one: String,
    /// Person id of the other.
    pub other: String,
}

/// `merge_persons`: two records are of one person. Answers [`RosterChanged`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MergePersonsRequest {
    /// The record that stays.
    pub keep: PersonRef,
    /// The record that goes into it; it stays stored, and the whole can be taken back.
    pub lose: PersonRef,
    /// The fields, as in [`ComparedRow`], that are taken from the record that goes. What the other lacks is taken anyway.
    pub take: Vec<String>,
    /// The new head of the household that is left, where its head goes and others stay.
    pub new_head: Option<String>,
}

/// Somebody who moves, and what they are to the head there.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MoverRequest {
    /// Person id.
    pub person: String,
    /// Relation to the head of the household they join; found from parents and partners where left out.
    pub relation: Option<Relation>,
}

/// `move_persons`: to another household. Answers [`RosterChanged`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MovePersonsRequest {
    /// Household id.
    pub household: String,
    /// Who goes.
    pub persons: Vec<MoverRequest>,
    /// Household id of the household they join.
    pub into: String,
    /// The new head, where the head goes and others stay.
    pub new_head: Option<String>,
    /// The day.
    pub on: String,
}

/// `split_household`: persons begin a household of their own. Answers [`RosterChanged`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SplitHouseholdRequest {
    /// Household id.
    pub household: String,
    /// Who goes; the first is the head.
    pub persons: Vec<String>,
    /// Where they live now.
    pub hamlet: String,
    /// The new head of those who stay, where the head goes.
    pub new_head: Option<String>,
    /// The day.
    pub on: String,
}

/// `merge_households`: a whole household joins another, and is closed. Answers [`RosterChanged`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MergeHouseholdsRequest {
    /// Household id of the one that goes.
    pub household: String,
    /// Household id of the one that stays.
    pub into: String,
    /// What each member is to the head there; `other` where left out.
    pub persons: Vec<MoverRequest>,
    /// Facts of the household that are taken over. What the other lacks is taken anyway.
    pub take: Vec<String>,
    /// The day.
    pub on: String,
}

/// Answer of what changes rosters.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RosterChanged {
    /// The number of the act, to take it back.
    #[ts(type = "number")]
    pub act: i64,
    /// The household in which those it was about are now.
    pub household: String,
}

/// `undo_act`: takes back what changed rosters, as a whole. Answers `{}`.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct UndoActRequest {
    /// The act.
    #[ts(type = "number")]
    pub act: i64,
}

/// Something done to the roster of a household.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RosterActLine {
    /// Its number.
    #[ts(type = "number")]
    pub act: i64,
    /// What it was.
    pub kind: ActName,
    /// Household id of the one that was left.
    pub from: String,
    /// Its number.
    pub from_number: String,
    /// Household id of the one joined, made or kept.
    pub to: String,
    /// Its number.
    pub to_number: String,
    /// Whom it was about.
    pub names: Vec<String>,
    /// The day.
    pub on: String,
    /// When it was written down.
    pub at: String,
    /// Whether it was taken back.
    pub is_undone: bool,
}

/// What was done to rosters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActName {
    /// Persons went to another household.
    Move,
    /// Persons began a household of their own.
    Split,
    /// A whole household went into another.
    MergeHouseholds,
    /// Two records of one person became one.
    MergePersons,
}

/// The household into which another went.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClosedInto {
    /// Household id.
    pub household: String,
    /// Its number.
    pub number: String,
}
