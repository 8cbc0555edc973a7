//! Drafts of rules: what is written, what the checks find, whom it changes.

use ansinh_engine::report::{Answer, Every, Language};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use ansinh_release::diff::{Differences, ToldVersion};

/// `new_draft`: begins a draft with the rules in force. Answers [`DraftLine`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewDraftRequest {
    /// What it is for.
    pub title: String,
}

/// `open_draft`, `lint_draft`, `check_draft`, `draft_differences`: a draft. They answer [`OpenDraft`], [`DraftFindings`],
/// [`JobStarted`](super::JobStarted) with [`DraftCheck`], [`Differences`]. `remove_draft` takes the same and answers nothing.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DraftRequest {
    /// The draft.
    pub draft: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// `draft_file`: a file of a draft. Answers [`DraftText`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DraftFileRequest {
    /// The draft.
    pub draft: String,
    /// Its path.
    pub path: String,
}

/// `draft_programme`: a programme of a draft in words. Answers a list of [`ToldVersion`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DraftProgrammeRequest {
    /// The draft.
    pub draft: String,
    /// The programme's id.
    pub programme: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// `edit_draft`: changes a draft. Answers [`EditedDraft`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct EditDraftRequest {
    /// The draft.
    pub draft: String,
    /// What to change.
    pub edit: DraftEdit,
}

/// A change of a draft.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DraftEdit {
    /// A dated value of a parameter; corrects the one of that day while it is not in force.
    Value {
        /// The parameter's name.
        parameter: String,
        /// First day, `2027-01-01`.
        from: String,
        /// The value, as digits: `300000`, `1.5`.
        is: String,
        /// Where it stands, `ND335 Đ4.2`; at least one.
        cite: Vec<String>,
        /// First day no longer.
        until: Option<String>,
    },
    /// A legal text.
    Instrument {
        /// The file it goes into.
        path: String,
        /// `ND335`
        id: String,
        /// `law`, `decree`, `circular`, `decision`, `resolution`.
        instrument: String,
        /// `335/2026/NĐ-CP`
        number: String,
        /// Its title in Vietnamese.
        vi: String,
        /// Its title in English.
        en: String,
        /// Day of issue.
        issued: String,
        /// First day in force.
        in_force: String,
        /// Instruments it amends.
        amends: Vec<String>,
        /// Instruments it replaces.
        replaces: Vec<String>,
    },
    /// A text in both languages.
    Text {
        /// The file.
        path: String,
        /// Its place there, as [`DraftSentence`] gives it.
        place: String,
        /// Vietnamese.
        vi: String,
        /// English.
        en: String,
    },
    /// A new version of a programme, copied from its newest.
    Version {
        /// The programme's folder: `programmes/social-pension`.
        folder: String,
        /// First day.
        from: String,
    },
    /// A file as it was typed.
    File {
        /// Its path.
        path: String,
        /// All of its text.
        text: String,
    },
    /// A file put into the form of `ansinh fmt`.
    Form {
        /// Its path.
        path: String,
    },
    /// Takes a file away.
    Remove {
        /// Its path.
        path: String,
    },
}

/// `move_draft`: takes the last step back, or does it again. Answers [`DraftLine`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct MoveDraftRequest {
    /// The draft.
    pub draft: String,
    /// Which way.
    pub way: DraftWay,
}

/// Which way a draft goes along its steps.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DraftWay {
    /// Takes a step back.
    Back,
    /// Does again what was taken back.
    Ahead,
}

/// A draft in the list.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftLine {
    /// The draft.
    pub draft: String,
    /// What it is for.
    pub title: String,
    /// True when the rules in force are those it began as.
    pub is_current: bool,
    /// When it was begun, `2026-11-22 14:02`.
    pub made_at: String,
    /// Who began it.
    pub made_by: String,
    /// When something was last changed.
    pub updated_at: String,
    /// Who changed it.
    pub updated_by: String,
    /// How many steps it has taken.
    pub n_steps: usize,
    /// How many were taken back and can be done again.
    pub n_ahead: usize,
}

/// A draft, with what can be changed in it by form.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OpenDraft {
    /// The draft.
    pub line: DraftLine,
    /// Its files, by path.
    pub files: Vec<DraftFile>,
    /// Its parameters, by name.
    pub parameters: Vec<DraftParameter>,
    /// Its programmes, by id.
    pub programmes: Vec<DraftProgramme>,
    /// Its legal texts, by id.
    pub instruments: Vec<DraftInstrument>,
    /// What was done, newest first.
    pub steps: Vec<DraftDone>,
}

/// A file of a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftFile {
    /// Its path.
    pub path: String,
    /// It is not as in the rules that the draft began as.
    pub changed: bool,
}

/// A parameter of a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftParameter {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its unit, as in the rule file: `VND per month`.
    pub unit: String,
    /// The file.
    pub path: String,
    /// Its values, by day.
    pub values: Vec<DraftValue>,
}

/// A dated value.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftValue {
    /// First day.
    pub from: String,
    /// First day no longer, where the file says so.
    pub until: Option<String>,
    /// The value in words: "540.000".
    pub is: String,
    /// The value as digits.
    pub digits: String,
    /// Where it stands.
    pub cite: Vec<String>,
    /// The line of the file.
    pub line: usize,
    /// It began already: it is no longer corrected.
    pub in_force: bool,
}

/// A programme of a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftProgramme {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its folder.
    pub folder: String,
    /// The first days of its versions, rising.
    pub versions: Vec<String>,
}

/// A legal text of a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftInstrument {
    /// `ND335`
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The file.
    pub path: String,
    /// The line there.
    pub line: usize,
}

/// Something that was done in a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftDone {
    /// `value`, `instrument`, `text`, `version`, `file`, `form`, `remove`.
    pub what: String,
    /// The file.
    pub path: String,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
}

/// A file of a draft as it stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftText {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The texts in both languages; none while the file cannot be read.
    pub sentences: Vec<DraftSentence>,
}

/// A text in both languages in a file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftSentence {
    /// Its place there.
    pub place: String,
    /// Its line.
    pub line: usize,
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// What a change came to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct EditedDraft {
    /// The draft.
    pub line: DraftLine,
    /// The file that changed.
    pub path: String,
    /// The line at which it did.
    pub at: usize,
}

/// `case_of_household`: writes a household as a worked case of a draft, by nobody's name. Answers [`EditedDraft`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CaseOfHouseholdRequest {
    /// The draft's id.
    pub draft: String,
    /// The household's id.
    pub household: String,
    /// The person's id; none for the household as a whole.
    pub person: Option<String>,
    /// The programme's id.
    pub programme: String,
    /// The month, `2026-11`.
    pub month: String,
    /// The language of its title.
    pub language: Language,
}

/// What reading and compiling a draft found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftFindings {
    /// By path and place.
    pub findings: Vec<DraftFinding>,
    /// How many refuse it.
    pub n_errors: usize,
    /// How many want a look.
    pub n_warnings: usize,
}

/// A finding in a file of a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftFinding {
    /// `E0403`
    pub code: String,
    /// `error`, `warning` or `note`.
    pub severity: DraftSeverity,
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The first letter in it, in UTF-16 units from 0.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// Behind the last letter there.
    pub end_column: usize,
    /// What is wrong.
    pub message: String,
    /// A way out, in the words of the checker.
    pub hint: Option<String>,
    /// A household that shows it, as a worked case.
    pub household: Option<String>,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DraftSeverity {
    /// The rules are refused.
    Error,
    /// Somebody should look.
    Warning,
    /// Something could not be checked.
    Note,
}

/// All checks of a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftCheck {
    /// What was found.
    pub found: DraftFindings,
    /// The worked cases that came out otherwise, and how many did not; none where the rules do not compile.
    pub cases: Option<DraftCases>,
    /// True when there is no error and every case passes.
    pub is_green: bool,
    /// True when it was stopped before all cases were run.
    pub partial: bool,
}

/// The worked cases of a draft.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftCases {
    /// How many passed.
    pub n_passed: usize,
    /// Those that did not.
    pub failed: Vec<FailedCase>,
    /// How many parts of the rules there are to test.
    pub n_parts: usize,
    /// Of how many the cases saw both sides.
    pub n_covered: usize,
    /// Those of which they did not.
    pub missing: Vec<UncoveredPart>,
}

/// A worked case that came out otherwise.
#[derive(Clone, Debug, Serialize, TS)]
pub struct FailedCase {
    /// The programme's id.
    pub programme: String,
    /// What it shows.
    pub title: String,
    /// The file.
    pub path: String,
    /// Its line.
    pub line: usize,
    /// What differs, each with its line.
    pub differences: Vec<CaseDifference>,
}

/// What of a worked case came out otherwise.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseDifference {
    /// The line.
    pub line: usize,
    /// What was expected and what was found.
    pub says: String,
}

/// A part of the rules of which no case saw both sides.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UncoveredPart {
    /// The file.
    pub path: String,
    /// The line.
    pub line: usize,
    /// The part, as written.
    pub text: String,
}

/// `draft_impact`: whom a draft changes in a month, against the rules in force. Answers [`JobStarted`](super::JobStarted); the job
/// answers [`Impact`], also when it is stopped.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ImpactRequest {
    /// The draft.
    pub draft: String,
    /// The month judged.
    pub month: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// Whom a draft changes.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Impact {
    /// The month judged.
    pub month: String,
    /// True when it was stopped: then it says nothing of the rest, and nobody signs by it.
    pub partial: bool,
    /// How many households there are.
    pub n_households: usize,
    /// How many were judged.
    pub n_judged: usize,
    /// How many of those nothing changes for.
    pub n_unchanged: usize,
    /// How long it took, in thousandths of a second.
    pub millis: u32,
    /// The programmes whose answers can differ, by title; none where the rules of this month say the same.
    pub programmes: Vec<String>,
    /// Whom it changes: by household, then programme and person.
    pub changes: Vec<ImpactChange>,
    /// How many answers changed in each way: by programme, hamlet, sex and age.
    pub counts: Vec<ImpactCount>,
    /// What the programmes compared cost: each month, each year, once.
    pub costs: Vec<ImpactCost>,
    /// The digest of the rules in force.
    pub base_digest: String,
    /// The digest of the draft.
    pub draft_digest: String,
}

/// One answer that changes.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ImpactChange {
    /// How.
    pub kind: ImpactKind,
    /// Household id.
    pub household: String,
    /// Its number.
    pub number: String,
    /// Its head's name.
    pub head: String,
    /// Its hamlet.
    pub hamlet: String,
    /// The person's id; none for the household as a whole.
    pub person: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// The answer now.
    pub before: ImpactAnswer,
    /// The answer by the draft.
    pub after: ImpactAnswer,
}

/// An answer on one side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ImpactAnswer {
    /// The answer; none where the programme says nothing of them.
    pub answer: Option<Answer>,
    /// The amount in words.
    pub gives: Option<String>,
}

/// How an answer changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImpactKind {
    /// May be entitled by the draft, and is not now.
    Gains,
    /// May be entitled now, or might be, and is not by the draft.
    Loses,
    /// Another amount.
    Amount,
    /// A fact is needed by the draft, and was not.
    Open,
    /// Could not be computed, now or by the draft.
    Failed,
}

/// How many answers changed, for one value of one grouping.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ImpactCount {
    /// By what.
    pub by: ImpactBy,
    /// Which: a programme's title, a hamlet, `male`, `60`; empty where it is not known or of the household as a whole.
    pub value: String,
    /// How many gain.
    pub gains: usize,
    /// How many lose.
    pub loses: usize,
    /// How many get another amount.
    pub amount: usize,
    /// Of how many a fact is needed.
    pub open: usize,
    /// How many could not be computed.
    pub failed: usize,
}

/// What answers are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImpactBy {
    /// Programme.
    Programme,
    /// Hamlet.
    Hamlet,
    /// Sex.
    Sex,
    /// Ten years of age: the first of them.
    Age,
}

/// What the programmes compared cost, now and by the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ImpactCost {
    /// How often it is paid.
    pub every: Every,
    /// Now: what is certain.
    #[ts(type = "number")]
    pub before_low: i64,
    /// Now: with everything that is open.
    #[ts(type = "number")]
    pub before_high: i64,
    /// By the draft: what is certain.
    #[ts(type = "number")]
    pub after_low: i64,
    /// By the draft: with everything that is open.
    #[ts(type = "number")]
    pub after_high: i64,
}

/// `draft_article`: what rests on an article in a draft. Answers [`DraftArticle`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DraftArticleRequest {
    /// The draft.
    pub draft: String,
    /// The article, as in rule files or in words: `ND335 Đ5.1`.
    pub article: String,
    /// `vi` or `en`.
    pub language: Language,
}

/// What rests on an article.
#[derive(Clone, Debug, Serialize, TS)]
pub struct DraftArticle {
    /// The article in words.
    pub text: String,
    /// The title of its legal text.
    pub title: String,
    /// What cites it or something inside it.
    pub inside: Vec<ArticlePlace>,
    /// What cites something around it.
    pub around: Vec<ArticlePlace>,
}

/// A place in the rules that cites an article.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ArticlePlace {
    /// What rule it is, in words.
    pub says: String,
    /// The citation as written.
    pub citation: String,
    /// The file.
    pub path: String,
    /// The line.
    pub line: usize,
}
