//! Lists of households that come in as files.

use ansinh_engine::report::Language;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::OutFile;

/// `read_table`: reads a list and says what its columns seem to mean. Nothing is kept. Starts a job that answers [`TableReading`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadTableRequest {
    /// The file in base64: XLSX, or text with columns.
    pub bytes: String,
    /// The sheet to read; the first with anything in it when left out.
    #[serde(default)]
    #[ts(optional)]
    pub sheet: Option<String>,
    /// The row with the headers, from 1; found when left out.
    #[serde(default)]
    #[ts(optional)]
    pub header_row: Option<usize>,
    /// `vi` or `en`, for the titles of what a column may mean.
    pub language: Language,
}

/// A list as it was read.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TableReading {
    /// The sheets of the file; one without a name for text.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: String,
    /// The row with the headers, from 1.
    pub header_row: usize,
    /// How many rows with something in them follow it.
    pub n_rows: usize,
    /// The columns from the left.
    pub columns: Vec<TableColumn>,
    /// What a column may mean.
    pub targets: Vec<ColumnTarget>,
    /// Whether the meaning is remembered from a list with the same headers.
    pub remembered: bool,
    /// The hamlet of every household, as it is remembered.
    pub hamlet: Option<String>,
}

/// A column of a list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TableColumn {
    /// `A`, `B`, … as a spreadsheet names it.
    pub letter: String,
    /// What its header says; may be empty.
    pub header: String,
    /// The first values in it.
    pub samples: Vec<String>,
    /// What it seems to mean: a value of [`ColumnTarget`].
    pub target: Option<String>,
}

/// Something a column may mean.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ColumnTarget {
    /// `name`, `relation`, `number`, `hamlet`, `id_number`, `old_id_number`, `phone`, or a fact: `person.birth_date`.
    pub value: String,
    /// The title of the fact; the screen has words for the others.
    pub label: String,
    /// Where it belongs.
    pub group: TargetGroup,
}

/// Where what a column means belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TargetGroup {
    /// Who is who, in which household.
    Roster,
    /// Numbers and telephone.
    Identity,
    /// A fact of a person.
    Person,
    /// A fact of the household.
    Household,
}

/// `preview_import`: what would come of a list. Nothing is kept. Starts a job that answers [`ImportPreview`]. `import_problems`
/// takes the same, and answers [`ProblemsFile`] from a job.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PreviewImportRequest {
    /// The file in base64.
    pub bytes: String,
    /// The sheet.
    pub sheet: String,
    /// The row with the headers, from 1.
    pub header_row: usize,
    /// What each column means, from the left; `null` for one that is not used.
    pub mapping: Vec<Option<String>>,
    /// The hamlet of every household, where no column says it.
    pub hamlet: Option<String>,
    /// Whether somebody who only has the name and day of birth of somebody else comes in as well.
    pub with_look_alikes: bool,
}

/// What would come of a list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImportPreview {
    /// Rows with something in them.
    pub n_rows: usize,
    /// Households that would be made.
    pub n_households: usize,
    /// Persons in them.
    pub n_persons: usize,
    /// Rows left out: those that are wrong, and the others of their households.
    pub n_rows_left_out: usize,
    /// Households left out.
    pub n_households_left_out: usize,
    /// The first of the households that would be made.
    pub households: Vec<PlannedHousehold>,
    /// The first of what is wrong, by row; what keeps a household out comes before what does not.
    pub problems: Vec<RowProblem>,
    /// How many problems keep a household out.
    pub n_problems: usize,
    /// How many are only to be looked at.
    pub n_notes: usize,
    /// Stands for all of this: `import_roster` refuses where it would do anything else.
    pub digest: String,
}

/// A household that would be made.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PlannedHousehold {
    /// Its first row.
    pub row: usize,
    /// The number it has in the list.
    pub number: Option<String>,
    /// Hamlet.
    pub hamlet: String,
    /// Name of the head.
    pub head: String,
    /// Persons.
    pub n_persons: usize,
}

/// Something wrong in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RowProblem {
    /// The row, as a spreadsheet counts.
    pub row: usize,
    /// The header of the column, or its letter; none where it is about the row or the household.
    pub column: Option<String>,
    /// What stands there.
    pub said: String,
    /// What is wrong, in Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
    /// The way out, in Vietnamese.
    pub way_vi: String,
    /// In English.
    pub way_en: String,
    /// Whether it keeps the household out.
    pub leaves_out: bool,
}

/// What is wrong in a list, as a file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProblemsFile {
    /// CSV.
    pub file: OutFile,
    /// Rows in it.
    pub n_problems: usize,
}

/// `import_roster`: makes the households of a list, all or none. Starts a job that answers [`Imported`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ImportRosterRequest {
    /// The list, as it was previewed.
    pub list: PreviewImportRequest,
    /// The name of the file, without its folder.
    pub file_name: String,
    /// Of the preview that was seen.
    pub digest: String,
}

/// An import that was done.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Imported {
    /// Its number.
    #[ts(type = "number")]
    pub import: i64,
    /// Households that were made.
    pub n_households: usize,
    /// Persons in them.
    pub n_persons: usize,
}

/// `imports`: answers every import, newest first. `undo_import` answers the same from a job.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImportLine {
    /// Its number.
    #[ts(type = "number")]
    pub import: i64,
    /// The name of the file.
    pub file_name: String,
    /// When, `2026-11-22 14:02`.
    pub at: String,
    /// Who.
    pub by: String,
    /// Rows of the list.
    pub n_rows: usize,
    /// Rows that were left out.
    pub n_left_out: usize,
    /// Households it brought.
    pub n_households: usize,
    /// How many of them somebody worked with since; then it stays.
    pub n_changed: usize,
    /// When it was taken back.
    pub undone_at: Option<String>,
}

/// `undo_import`: takes an import back whole. Starts a job that answers a list of [`ImportLine`].
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct UndoImportRequest {
    /// Its number.
    #[ts(type = "number")]
    pub import: i64,
}
