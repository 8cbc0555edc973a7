//! The lists of the whole commune, and the screening of the roster they are made from.

use ansinh_engine::report::{Amount, Language};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Failure;

/// `roster_screening {}`: how far the screening of the whole roster is. `stop_screening` stops it, `resume_screening` lets it
/// go on; all three answer this.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RosterScreening {
    /// The month judged, `2026-11`.
    pub month: String,
    /// Households.
    pub n_households: usize,
    /// Of them, those screened as they are now, for this month, by these rules.
    pub n_current: usize,
    /// Those that were never screened: no list has them.
    pub n_never: usize,
    /// Whether it is going on.
    pub working: bool,
    /// Whether somebody stopped it, or it failed.
    pub stopped: bool,
    /// Why it failed, where it did.
    pub failure: Option<Failure>,
}

/// `today`: the worklists of the day. Answers [`Today`].
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct TodayRequest {
    /// `vi` or `en`.
    pub language: Language,
}

/// The worklists of the day: each stands for itself, and one that failed leaves the others.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Today {
    /// Today, `2026-11-22`.
    pub on: String,
    /// The lists, in the order in which they are shown.
    pub lists: Vec<TodayList>,
}

/// What a worklist is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TodayKind {
    /// Births, birthdays, papers that run out: this month and the next.
    Thresholds,
    /// May be entitled and does not receive, found last first.
    Gap,
    /// What the release in force says otherwise than the one before.
    Released,
    /// Interviews that are not finished, the nearest to its end first.
    Unfinished,
    /// Persons without a day of birth.
    Undated,
}

/// A worklist.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TodayList {
    /// What it is of.
    pub kind: TodayKind,
    /// Its first lines.
    pub lines: Vec<TodayLine>,
    /// How many there are in all.
    pub n_in_all: usize,
    /// Why it could not be made, where it could not.
    pub failure: Option<Failure>,
}

/// Whom a line of a list is about.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ListedOf {
    /// Household id.
    pub household: String,
    /// Its number.
    pub number: String,
    /// Name of its head.
    pub head: String,
    /// Hamlet.
    pub hamlet: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// Who: the person's name, or "Cả hộ".
    pub who: String,
}

/// A line of a worklist.
#[derive(Clone, Debug, Serialize, TS)]
pub struct TodayLine {
    /// Of whom.
    pub of: ListedOf,
    /// The programme's id, where it is about one.
    pub programme: Option<String>,
    /// The programme's title; empty where it is about none.
    pub title: String,
    /// What is to be known, in words.
    pub text: String,
    /// The day, where there is one.
    pub on: Option<String>,
}

/// `life_cycle`: what time alone will change, by month. Answers [`LifeCycle`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct LifeCycleRequest {
    /// Only this month, `2026-12`; all of them when none.
    pub month: Option<String>,
    /// Only this hamlet.
    pub hamlet: Option<String>,
    /// Only this programme, by id.
    pub programme: Option<String>,
    /// Only changes of this kind.
    pub kind: Option<ChangeKind>,
    /// How many lines to pass over.
    pub offset: u32,
    /// `vi` or `en`.
    pub language: Language,
}

/// What a change means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Somebody may be entitled from then on.
    Gains,
    /// It ends.
    Ends,
    /// The amount changes.
    Amount,
    /// Something is to be asked or seen again.
    Asks,
}

/// Why a change comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChangeCause {
    /// An age is reached.
    Age,
    /// A paper runs out.
    Paper,
    /// Somebody is born.
    Birth,
    /// The law changes.
    Law,
    /// Another day comes.
    Day,
}

/// The calendar of the commune.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LifeCycle {
    /// The months it shows, with how many changes each has under the other filters.
    pub months: Vec<MonthCount>,
    /// The programmes that change in it under the other filters.
    pub programmes: Vec<ProgrammeCount>,
    /// A page of lines, by day.
    pub lines: Vec<CalendarLine>,
    /// How many there are in all.
    pub n_in_all: usize,
}

/// A month with a count.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MonthCount {
    /// `2026-12`.
    pub month: String,
    /// How many.
    pub n: usize,
}

/// A programme with a count.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProgrammeCount {
    /// Its id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// How many.
    pub n: usize,
}

/// A change in the calendar.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CalendarLine {
    /// Of whom.
    pub of: ListedOf,
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// The first day, `2026-12-03`.
    pub on: String,
    /// What it means.
    pub kind: ChangeKind,
    /// Why it comes.
    pub cause: ChangeCause,
    /// What changes, in a sentence.
    pub text: String,
    /// Why, in words.
    pub why: String,
}

/// `gap`: who may be entitled and does not receive. Answers [`Gap`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct GapRequest {
    /// Only this hamlet.
    pub hamlet: Option<String>,
    /// Only this programme, by id.
    pub programme: Option<String>,
    /// Only with this reason.
    pub reason: Option<ReasonFilter>,
    /// Also benefits of which the rules do not ask whether they are received.
    pub with_unasked: bool,
    /// How many lines to pass over.
    pub offset: u32,
    /// `vi` or `en`.
    pub language: Language,
}

/// Why somebody does not receive what they may be entitled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GapReason {
    /// Nobody told them.
    NotTold,
    /// They do not want it.
    Refuses,
    /// Papers are missing.
    PapersMissing,
    /// An application is being processed.
    InProcess,
    /// They moved.
    Moved,
    /// Something else; the note says what.
    Other,
}

/// Which reasons are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReasonFilter {
    /// None was given.
    None,
    /// Nobody told them.
    NotTold,
    /// They do not want it.
    Refuses,
    /// Papers are missing.
    PapersMissing,
    /// An application is being processed.
    InProcess,
    /// They moved.
    Moved,
    /// Something else.
    Other,
}

/// The gap: a page of it, and what the whole comes to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Gap {
    /// A page of lines, money each month first.
    pub lines: Vec<GapLine>,
    /// How many there are in all.
    pub n_in_all: usize,
    /// What is forgone in cash each month, for certain.
    pub month: Amount,
    /// Each year; none where nothing is.
    pub year: Option<Amount>,
    /// Once; none where nothing is.
    pub once: Option<Amount>,
    /// How many by reason, those without one first.
    pub reasons: Vec<ReasonCount>,
    /// How many by programme, whatever programme is filtered by.
    pub programmes: Vec<ProgrammeCount>,
}

/// How many have a reason.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReasonCount {
    /// The reason; none for those without.
    pub reason: Option<GapReason>,
    /// How many.
    pub n: usize,
}

/// A benefit that is not received.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GapLine {
    /// Of whom.
    pub of: ListedOf,
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// What would be given, in words.
    pub gives: String,
    /// The day on which a screening first found it.
    pub found_on: String,
    /// Why it is not received.
    pub reason: Option<GapReason>,
    /// What was said besides.
    pub note: String,
    /// When and by whom that was said; empty where nothing was.
    pub said_at: String,
    /// By whom.
    pub said_by: String,
}

/// `preview_gap_reasons`: what `set_gap_reasons` with the same would write. `set_gap_reasons` writes it. Both answer
/// [`GapPlan`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct GapReasonsRequest {
    /// For which benefits.
    pub benefits: Vec<BenefitRef>,
    /// Why; none takes back what was said.
    pub reason: Option<GapReason>,
    /// What is said besides; needed where the reason is another.
    pub note: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// Names one benefit of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BenefitRef {
    /// Household id.
    pub household: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// The programme's id.
    pub programme: String,
}

/// What is written for a number of benefits.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GapPlan {
    /// For each that is in the gap.
    pub lines: Vec<GapPlanLine>,
    /// How many of those asked for are in the gap no longer, and are left as they are.
    pub n_gone: usize,
}

/// What is written for one benefit.
#[derive(Clone, Debug, Serialize, TS)]
pub struct GapPlanLine {
    /// Of whom.
    pub of: ListedOf,
    /// The programme's title.
    pub title: String,
    /// The reason before.
    pub before: Option<GapReason>,
    /// The reason from then on.
    pub after: Option<GapReason>,
}

/// `overview`: coverage, cost and the quality of the data. Answers [`Overview`].
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct OverviewRequest {
    /// `vi` or `en`.
    pub language: Language,
}

/// The commune in figures.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Overview {
    /// The month judged, `2026-11`.
    pub month: String,
    /// Everything.
    pub total: CoverageLine,
    /// Told apart by one thing after another.
    pub breakdowns: Vec<Breakdown>,
    /// How good the data are.
    pub quality: DataQuality,
}

/// What is told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum BreakdownBy {
    /// By stage of life: a programme counts under each of its stages.
    Stage,
    /// By programme.
    Programme,
    /// By hamlet.
    Hamlet,
    /// By band of ages, which are ours and no law's; of persons.
    Age,
    /// By sex; of persons.
    Sex,
    /// By ethnic group; of a household, by that of its head.
    EthnicGroup,
}

/// Coverage told apart by one thing.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Breakdown {
    /// By what.
    pub by: BreakdownBy,
    /// One line each; what is not known last.
    pub lines: Vec<CoverageLine>,
}

/// How many benefits are received and how many are not, and what they cost.
#[derive(Clone, Debug, Default, Serialize, TS)]
pub struct CoverageLine {
    /// What it is of; empty where that is not known.
    pub label: String,
    /// Benefits received.
    pub n_received: usize,
    /// Benefits that somebody may be entitled to and does not receive.
    pub n_gap: usize,
    /// What is paid in cash each month of the former, for certain, in whole đồng.
    #[ts(type = "number")]
    pub paid_a_month: i64,
    /// What is forgone in cash each month of the latter, for certain.
    #[ts(type = "number")]
    pub forgone_a_month: i64,
    /// What is forgone in cash each year.
    #[ts(type = "number")]
    pub forgone_a_year: i64,
    /// What is forgone in cash that is paid once.
    #[ts(type = "number")]
    pub forgone_once: i64,
}

/// How good the data are.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DataQuality {
    /// Households.
    pub n_households: usize,
    /// Persons.
    pub n_persons: usize,
    /// Households screened as they are now.
    pub n_current: usize,
    /// Households that were never screened.
    pub n_never: usize,
    /// Households with open answers.
    pub n_open: usize,
    /// Facts that are asked for next, over all households.
    pub n_missing: usize,
    /// Persons without a day of birth.
    pub n_undated: usize,
}
