//! Dossiers: an application for one programme, its papers, its steps and its statutory clock.

use ansinh_engine::report::{Article, FactRef, Language};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `make_dossier`: an application for one programme and subject, with the papers the rules name this month. Where one is open
/// already, it is answered. Answers [`Dossier`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MakeDossierRequest {
    /// Household id.
    pub household: String,
    /// Month judged, `2026-11`.
    pub month: String,
    /// The programme's id.
    pub programme: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// `vi` or `en`.
    pub language: Language,
}

/// `dossier`: one whole. Answers [`Dossier`]. `undo_dossier` takes the same, and takes back what was noted last.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DossierRequest {
    /// The dossier.
    pub dossier: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// `dossiers_of`: those of a household, and what it receives. Answers [`HouseholdDossiers`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DossiersOfRequest {
    /// Household id.
    pub household: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// `dossiers`: those of the commune, the most urgent first. Answers [`DossierList`].
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct DossiersRequest {
    /// Which.
    pub which: WhichDossiers,
    /// `vi` or `en`.
    pub language: Language,
}

/// Which dossiers are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhichDossiers {
    /// Those that somebody still has to do something for.
    Open,
    /// All of them.
    All,
}

/// `step_dossier`: notes what happened. Answers [`Dossier`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct StepDossierRequest {
    /// The dossier.
    pub dossier: String,
    /// What happened.
    pub step: DossierStep,
    /// On which day, `2026-11-22`; not after today, and not before the step before it.
    pub on: String,
    /// Why: needed where it was returned, refused or withdrawn.
    pub reason: String,
    /// What was granted, in whole đồng.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// From which month it was granted, `2026-12`.
    pub from: Option<String>,
    /// `vi` or `en`.
    pub language: Language,
}

/// `tick_paper`: says where one paper of a dossier is. Answers [`Dossier`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TickPaperRequest {
    /// The dossier.
    pub dossier: String,
    /// The paper's place in the list, from 0.
    pub paper: usize,
    /// Where it is.
    pub now: PaperState,
    /// `vi` or `en`.
    pub language: Language,
}

/// What can happen to a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DossierStep {
    /// Handed in; the clock begins anew.
    HandIn,
    /// Returned for completion; the clock stands still.
    Return,
    /// Granted.
    Grant,
    /// Refused by whoever decides.
    Refuse,
    /// Paid for the first time, or the card given.
    Pay,
    /// Withdrawn by the household.
    Withdraw,
}

/// Where a dossier stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DossierState {
    /// Being put together.
    Preparing,
    /// With whoever decides.
    HandedIn,
    /// Back with the household.
    Returned,
    /// Granted, not yet paid.
    Granted,
    /// Paid.
    Paid,
    /// Refused.
    Refused,
    /// Withdrawn.
    Withdrawn,
}

/// Where a paper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// Not there yet.
    Missing,
    /// The household has it.
    Have,
    /// Handed in.
    HandedIn,
}

/// The statutory clock of a dossier, in working days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DossierClock {
    /// How it stands.
    pub state: ClockState,
    /// Within how many working days it is decided, where the rules say.
    pub days: Option<u32>,
    /// The last day, `2026-12-23`.
    pub due: Option<String>,
    /// Working days left up to that day, or gone by since; none where neither is known.
    pub working_days: Option<u32>,
}

/// How a clock stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// The last day is gone by.
    Overdue,
    /// Only few working days are left.
    DueSoon,
    /// Running.
    Running,
    /// Running, and the rules have no holidays for the year in which it ends.
    NoCalendar,
    /// Running, and the rules name no period.
    NoPeriod,
    /// Standing still: the dossier was returned.
    Stopped,
    /// Not handed in yet.
    NotBegun,
    /// Decided by the last day.
    InTime,
    /// Decided after the last day.
    Late,
    /// Over without that.
    Over,
}

/// A dossier in a list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DossierLine {
    /// Its id.
    pub dossier: String,
    /// Household id.
    pub household: String,
    /// The household's number.
    pub number: String,
    /// The head.
    pub head: String,
    /// The hamlet.
    pub hamlet: String,
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// Who: the person's name, or "Cả hộ".
    pub who: String,
    /// Where it stands.
    pub state: DossierState,
    /// Since when, `2026-11-20`.
    pub since: String,
    /// The clock.
    pub clock: DossierClock,
    /// How many papers it needs.
    pub n_papers: usize,
    /// How many of them are there.
    pub n_ready: usize,
}

/// Answer of `dossiers`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DossierList {
    /// The most urgent first.
    pub lines: Vec<DossierLine>,
}

/// Answer of `dossiers_of`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct HouseholdDossiers {
    /// The dossiers: open ones first, then newest first.
    pub lines: Vec<DossierLine>,
    /// What is received, by person in roster order.
    pub receipts: Vec<Receipt>,
}

/// Something a household receives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Receipt {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// Who.
    pub who: String,
    /// Since which month, `2026-12`, where a dossier says so.
    pub since: Option<String>,
    /// How much was granted.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// The dossier that says so; none where it is only recorded as a fact.
    pub dossier: Option<String>,
    /// When the fact was recorded, `2026-11-22 14:02`; none where it is not.
    pub recorded_at: Option<String>,
}

/// A dossier whole.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Dossier {
    /// As in a list.
    pub line: DossierLine,
    /// The month for which it was judged.
    pub month: String,
    /// The form the rules name, in words; empty when none.
    pub form: String,
    /// Where it is handed in.
    pub at: String,
    /// Who decides.
    pub decides: String,
    /// By when the household must apply, where the law says.
    pub within: Option<String>,
    /// What it asks for: "540.000 đồng mỗi tháng".
    pub gives: String,
    /// From when it may be paid, in words.
    pub starts: Option<String>,
    /// The amount, where it is exact: what is offered when it is granted.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// The articles of the procedure.
    pub articles: Vec<Article>,
    /// The papers.
    pub papers: Vec<DossierPaper>,
    /// All that happened, oldest first, with what was taken back.
    pub events: Vec<DossierEvent>,
    /// What can happen next.
    pub next: Vec<DossierStep>,
    /// Whether there is something to take back.
    pub can_undo: bool,
    /// The earliest day of the next step, where there was one before.
    pub not_before: Option<String>,
    /// It was granted: the fact that says that it is received, while that is not recorded.
    pub propose: Option<FactRef>,
}

/// A paper of a dossier.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DossierPaper {
    /// Its title, with alternatives.
    pub title: String,
    /// Who issues it.
    pub from: String,
    /// Where it is.
    pub state: PaperState,
    /// Since when, `2026-11-20`; none while nobody said anything.
    pub on: Option<String>,
}

/// Something that happened to a dossier.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DossierEvent {
    /// The day on which it happened.
    pub on: String,
    /// What.
    pub what: Happened,
    /// The paper's title, where one was ticked.
    pub paper: Option<String>,
    /// Where that paper was from then on.
    pub now: Option<PaperState>,
    /// Why.
    pub reason: String,
    /// What was granted.
    #[ts(type = "number | null")]
    pub amount: Option<i64>,
    /// From which month.
    pub from: Option<String>,
    /// Who noted it.
    pub by: String,
    /// When, `2026-11-22 14:02`.
    pub at: String,
    /// It was taken back later.
    pub undone: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Happened {
    /// The dossier was made.
    Made,
    /// A paper was ticked.
    Paper,
    /// Handed in.
    HandIn,
    /// Returned.
    Return,
    /// Granted.
    Grant,
    /// Refused.
    Refuse,
    /// Paid.
    Pay,
    /// Withdrawn.
    Withdraw,
    /// Something was taken back.
    Undo,
}
