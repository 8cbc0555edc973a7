//! An assessment put into words: what the screen, the terminal and the paper all show.
//!
//! One [`Report`] is made from one assessment in one language, so that the three never disagree. It holds finished
//! sentences and exact figures; it decides nothing. These types travel: to the interface, to `--json`, to the printer.

use schemars::JsonSchema;
use serde::Serialize;
use ts_rs::TS;

mod arithmetic;
mod asks;
mod build;
mod changes;
mod criteria;
mod lifecycle;
mod local;
mod papers;
mod paused;
mod presumed;
mod sentences;
#[cfg(test)]
mod tests;

pub use crate::words::Language;
pub use build::{by_question, lines, report, row, standing, summary};
pub use criteria::source_text;
pub use lifecycle::{CalendarChange, CalendarDay, CalendarLine, CalendarReport, CalendarState, calendar_report};

/// A household's screening for one month, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Report {
    /// The language of all texts: `vi` or `en`.
    pub language: Language,
    /// The month judged, `2026-11`.
    pub month: String,
    /// The rules that answered.
    pub release: ReleaseTag,
    /// Name of the head, or of the first person.
    pub household: String,
    /// Who belongs to the household, in roster order.
    pub members: Vec<Member>,
    /// True when the household is invented sample data.
    pub invented: bool,
    /// One row per programme and subject, in the order of the six standings, then by programme and person.
    pub rows: Vec<Row>,
    /// What is certain and what is possible, in money.
    pub totals: Totals,
    /// Facts that would settle open answers, most useful first.
    pub asks: Vec<Ask>,
}

/// A member of the household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Member {
    /// Person id.
    pub person: String,
    /// Name.
    pub name: String,
    /// Birth date as far as it is known: "12/03/1951", "năm 1951"; empty when not asked.
    pub born: String,
}

/// Which rules answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct ReleaseTag {
    /// `vn`, or a province's id.
    pub id: String,
    /// The release's number.
    pub number: u32,
    /// Digest of its exact bytes: lower-case hexadecimal SHA-256.
    pub digest: String,
    /// What lies over it; left out where nothing does.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<OverlayTag>>", optional)]
    pub overlays: Vec<OverlayTag>,
}

/// Which overlay answered with the national rules.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct OverlayTag {
    /// Its id.
    pub id: String,
    /// The release's number.
    pub number: u32,
    /// Digest of its exact bytes: lower-case hexadecimal SHA-256.
    pub digest: String,
}

/// Sums over the rows, in whole đồng, of what is paid in cash: what is given in kind, lent or paid to others is not in them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Totals {
    /// Paid each month if claimed: for certain, and at most once open facts are known.
    pub month: Amount,
    /// Paid each year; none where nothing is.
    pub year: Option<Amount>,
    /// Paid once; none where nothing is.
    pub once: Option<Amount>,
    /// What of the monthly sum is certain and has a limit, such as the months of a school year, in words; none where nothing has.
    pub limited: Option<String>,
}

/// How often something is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Each month.
    #[default]
    Month,
    /// Each year, or school year.
    Year,
    /// Once.
    Once,
}

/// Where a row stands for the officer: the six groups of the results screen, and what could not be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// May be entitled and is not recorded as receiving it.
    CanApply,
    /// Entitled, and recorded as receiving it.
    Receiving,
    /// Open: a fact is missing, or a person must decide.
    NeedsFact,
    /// Not entitled now, but by the passing of time alone, soon.
    Later,
    /// Not entitled under these rules for this month.
    No,
    /// No rule for this month, or an error of computation.
    NotComputed,
}

/// The answer of a determination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// May be entitled.
    Entitled,
    /// Not entitled under these rules for this month.
    NotEntitled,
    /// More information decides.
    Open,
    /// A council or office has to decide first.
    PersonDecides,
    /// No rule or dated value for this month.
    NotCovered,
    /// Could not be computed.
    Failed,
}

/// The state of one criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Holds.
    Yes,
    /// Does not hold.
    No,
    /// Not known yet.
    Open,
}

/// One programme for one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Row {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// Who: the person's name, or "Cả hộ".
    pub who: String,
    /// The group on the results screen.
    pub standing: Standing,
    /// The answer.
    pub answer: Answer,
    /// The answer in words, never "rejected".
    pub answer_text: String,
    /// One sentence: why, or what is missing.
    pub summary: String,
    /// Amount or range; none for a card, or where nothing is paid.
    pub amount: Option<Amount>,
    /// What is given, in words: "540.000 đồng mỗi tháng", "Thẻ bảo hiểm y tế".
    pub gives: String,
    /// From when it may be paid, in words.
    pub starts: Option<String>,
    /// What to do next.
    pub next_step: String,
    /// The next day on which time alone changes this answer.
    pub next_change: Option<Change>,
    /// The effective date of the rule version used, `2026-10-05`; none when not covered.
    pub rule_from: Option<String>,
    /// Groups tried: the one that pays first.
    pub groups: Vec<GroupReport>,
    /// The arithmetic, step by step.
    pub arithmetic: Vec<Step>,
    /// Articles the answer rests on.
    pub articles: Vec<Article>,
    /// Facts that would settle it.
    pub asks: Vec<Ask>,
    /// What the law presumes, where the answer rests on it.
    pub presumed: Vec<Presumed>,
    /// Papers to bring.
    pub papers: Vec<Paper>,
    /// What would change the answer, smallest change first.
    pub would_change: Vec<WouldChange>,
    /// Where, with which form, by when.
    pub apply: Option<Apply>,
    /// The programme paid instead or beside, in words; none when nothing competes.
    pub combination: Option<String>,
    /// Provisions knowingly not encoded, and our readings of the law, each with its article.
    pub notes: Vec<Step>,
}

/// An exact amount or a range in whole đồng.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Amount {
    /// Lowest possible.
    #[ts(type = "number")]
    pub low: i64,
    /// Highest possible; equal to `low` when known.
    #[ts(type = "number")]
    pub high: i64,
    /// How often.
    pub every: Every,
    /// In words.
    pub text: String,
}

/// A change that time alone brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Change {
    /// The first day, `2027-03-12`.
    pub on: String,
    /// What changes, in words: "Sẽ đủ điều kiện từ 12/03/2027".
    pub text: String,
    /// The answer from then on.
    pub answer: Answer,
}

/// A group of people named by the law, and whether the subject is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct GroupReport {
    /// The group's name in the rule file.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Whether it holds.
    pub state: State,
    /// The article that names it.
    pub articles: Vec<Article>,
    /// Its criteria.
    pub criteria: Vec<Criterion>,
}

/// One condition, with the value it looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Criterion {
    /// The condition in words.
    pub text: String,
    /// Whether it holds.
    pub state: State,
    /// The value used: "78 tuổi", "chưa hỏi".
    pub value: String,
    /// Where the value came from: "lời khai", a paper and its date, "tính từ ngày sinh".
    pub source: String,
    /// The article, where the condition has one of its own.
    pub articles: Vec<Article>,
    /// The fact to look at when it looks wrong.
    pub fact: Option<FactRef>,
    /// How the parts join: all of them, or any of them.
    pub join: Join,
    /// Its parts, when it is made of several.
    pub parts: Vec<Criterion>,
}

/// How parts of a criterion join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum Join {
    /// Every part is needed.
    All,
    /// One part is enough.
    Any,
}

/// Names one fact of one subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, TS)]
pub struct FactRef {
    /// Person id; none for a fact of the household.
    pub person: Option<String>,
    /// The fact's name.
    pub fact: String,
}

/// A fact that would settle something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Ask {
    /// Which fact.
    pub at: FactRef,
    /// Whose, in words.
    pub who: String,
    /// Its title.
    pub title: String,
    /// The question.
    pub question: String,
    /// True when asked and not known: to be found out, not asked again.
    pub unsure: bool,
    /// Who decides it, where a person must.
    pub judged_by: Option<String>,
    /// Asked in private; never named on a page that others may see.
    pub sensitive: bool,
    /// How many open answers depend on it.
    pub n_answers: usize,
}

/// A value that the law presumes while it is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Presumed {
    /// Of which fact.
    pub at: FactRef,
    /// The value: "Không".
    pub value: String,
    /// The whole in one sentence.
    pub text: String,
    /// The law that presumes it.
    pub articles: Vec<Article>,
}

/// A line of arithmetic or a note, with its articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Step {
    /// The line: "Mức chuẩn trợ giúp xã hội: 540.000 đồng mỗi tháng".
    pub text: String,
    /// Where it stands in the law.
    pub articles: Vec<Article>,
}

/// A citation in words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, TS)]
pub struct Article {
    /// As in the rule file: `ND20 Đ6.1.e`.
    pub id: String,
    /// Short: "điểm e khoản 1 Điều 6 Nghị định 20/2021/NĐ-CP".
    pub text: String,
}

/// A paper that proves a fact or is always handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Paper {
    /// The paper's id in the rule files.
    pub id: String,
    /// Its title, with alternatives: "Giấy A hoặc giấy B".
    pub title: String,
    /// Who issues it.
    pub from: String,
    /// What it proves, in words; empty when it is always needed.
    pub proves: String,
    /// True when recorded as seen.
    pub seen: bool,
}

/// The smallest changes that would alter an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct WouldChange {
    /// How it would come about.
    pub by: ChangeBy,
    /// In words.
    pub text: String,
    /// From which day, where time must pass: `2027-05-02`.
    pub on: Option<String>,
    /// The facts concerned: all of them together.
    pub facts: Vec<FactRef>,
}

/// How an answer could change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeBy {
    /// By a date, when nothing else changes.
    Date,
    /// By a paper that proves another value.
    Paper,
    /// By correcting a fact that was recorded wrongly.
    Correction,
    /// By finding out what is not known.
    FindOut,
    /// By nothing: the law asks for what can no longer be.
    Never,
}

/// How to claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema, TS)]
pub struct Apply {
    /// The form, in words; empty when none.
    pub form: String,
    /// Where.
    pub at: String,
    /// Who decides.
    pub decides: String,
    /// Within how many working days it is decided.
    pub days: Option<u32>,
    /// By when the household must apply, where the law says.
    pub within: Option<String>,
    /// The articles of the procedure.
    pub articles: Vec<Article>,
}
