//! What travels between the interface and the casework: one request and one answer per command.
//!
//! Every command is called by name with one JSON object. The TypeScript of these types is generated into
//! `ui/src/host/generated`; a test refuses to pass while it is out of date.

use std::collections::BTreeMap;

use ansinh_engine::report::{Language, ReleaseTag};
use data_encoding::BASE64;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use ts_rs::TS;

mod accounts;
mod backup;
mod card;
mod day;
mod dossier;
mod draft;
mod intake;
mod interview;
mod papers;
mod releases;
mod roster;

pub use accounts::*;
pub use ansinh_engine::household::Problem;
pub use ansinh_engine::report::Row;
pub use backup::*;
pub use card::*;
pub use day::*;
pub use dossier::*;
pub use draft::*;
pub use intake::*;
pub use interview::*;
pub use papers::*;
pub use releases::*;
pub use roster::*;

/// `status {}`: how the application stands.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Status {
    /// What to show first.
    pub gate: Gate,
    /// Who can sign in, as far as this is known: the database says nobody's name or role before it is opened.
    pub users: Vec<UserName>,
    /// Who is signed in.
    pub session: Option<Session>,
    /// The rules in force here today.
    pub release: ReleaseTag,
    /// Who signed the national rules in force; none of those that came with the program, or before anybody signed in.
    pub signed_by: Option<String>,
    /// True when this is the invented sample commune; sign-in names and passwords are then shown.
    pub sample: Option<SampleAccess>,
    /// Today by the computer's clock, `2026-11-22`.
    pub today: String,
    /// When something was last written down, where the computer's clock stood before it at sign-in: `2026-11-22 14:02`.
    pub clock_behind: Option<String>,
    /// How backups stand, for whoever is signed in.
    pub backup: Option<BackupHint>,
    /// The application's version.
    pub version: String,
}

/// The first screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Gate {
    /// No database yet: first-run set-up.
    SetUp,
    /// Sign in.
    Locked,
    /// Signed in.
    Open,
}

/// A person who may sign in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UserName {
    /// What is typed.
    pub user: String,
    /// The full name.
    pub name: String,
    /// The role.
    pub role: Role,
}

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Screens households.
    Officer,
    /// Also keeps the rules.
    Supervisor,
}

/// How to enter the sample commune.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SampleAccess {
    /// User name of the invented officer.
    pub user: String,
    /// The password, shown because nothing here is real.
    pub password: String,
}

/// `provinces`: the provinces and cities of today, for set-up. Answers a list of [`ProvinceChoice`].
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct ProvincesRequest {
    /// In which language.
    pub language: Language,
}

/// A province or city, as it is offered.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ProvinceChoice {
    /// Its code in the official list of administrative units.
    pub code: String,
    /// Its name, without what it is.
    pub name: String,
    /// The names of those of before of which it is made.
    pub before: Vec<String>,
    /// Whether this program knows rules of its own.
    pub has_rules: bool,
}

/// `set_up`: the first run. Answers [`SetUpDone`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SetUpRequest {
    /// The code of the province or city, of those `provinces` offers.
    pub province: String,
    /// Commune, ward or special zone.
    pub commune: String,
    /// Hamlets, one each.
    pub hamlets: Vec<String>,
    /// The first supervisor.
    pub supervisor: NewUser,
    /// The first officer.
    pub officer: NewUser,
}

/// A user to be made.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct NewUser {
    /// User name: what is typed at sign-in.
    pub user: String,
    /// Full name, as printed on papers.
    pub name: String,
    /// Password, at least eight characters.
    pub password: String,
}

/// Answer of `set_up`; nobody is signed in yet.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SetUpDone {
    /// To be printed or written down, shown once.
    pub recovery_key: String,
}

/// `sign_in`: answers [`Session`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SignInRequest {
    /// User name.
    pub user: String,
    /// Password.
    pub password: String,
}

/// `recover`: gives a user a new password by the recovery key, and signs them in. Answers [`Session`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RecoverRequest {
    /// The recovery key, as it was typed from paper.
    pub recovery_key: String,
    /// User name.
    pub user: String,
    /// The new password, at least eight characters.
    pub password: String,
}

/// Who is signed in. `sign_out {}` ends it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Session {
    /// User name.
    pub user: String,
    /// Full name.
    pub name: String,
    /// Role.
    pub role: Role,
    /// Commune name.
    pub commune: String,
    /// Province name.
    pub province: String,
    /// Its hamlets.
    pub hamlets: Vec<String>,
}

/// `search`: households by name, number, hamlet, birth year, identity number or telephone; with an empty text, the most recent ones. Answers [`SearchResult`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SearchRequest {
    /// What was typed, with or without tone marks.
    pub text: String,
}

/// Answer of `search`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SearchResult {
    /// Best first.
    pub hits: Vec<Hit>,
    /// Whether there are more than these.
    pub has_more: bool,
    /// How many households there are in all.
    pub n_households: usize,
}

/// One household found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Hit {
    /// Household id.
    pub household: String,
    /// Its number, `0042`.
    pub number: String,
    /// Name of the head.
    pub head: String,
    /// The person whose name matched, when it is not the head.
    pub person: Option<String>,
    /// Birth year of the matched person, or of the head where nobody was looked for, as text.
    pub birth_year: String,
    /// Hamlet.
    pub hamlet: String,
    /// Number of persons.
    pub n_persons: usize,
    /// Invented sample data.
    pub invented: bool,
    /// Nothing fits what was typed; this is near.
    pub is_near: bool,
}

/// `create_household`: answers [`CaseFile`] with the head as its only person.
#[derive(Clone, Debug, Deserialize, TS)]
pub struct CreateHouseholdRequest {
    /// Name of the head.
    pub head: String,
    /// Hamlet.
    pub hamlet: String,
    /// `vi` or `en`, for the titles of the basics; Vietnamese when left out.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<Language>,
}

/// `open_household`: answers [`CaseFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct HouseholdRequest {
    /// Household id.
    pub household: String,
    /// `vi` or `en`, for the titles of the basics; Vietnamese when left out.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<Language>,
}

/// A household as recorded.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CaseFile {
    /// Household id.
    pub household: String,
    /// Its number.
    pub number: String,
    /// Hamlet.
    pub hamlet: String,
    /// Invented sample data.
    pub invented: bool,
    /// The roster, head first.
    pub persons: Vec<RosterPerson>,
    /// When something was last saved, `14:02`.
    pub saved_at: Option<String>,
    /// The newest prints, newest first: dates and months.
    pub printed: Vec<Printed>,
    /// What was done to the roster beyond one person, newest first.
    pub acts: Vec<RosterActLine>,
    /// The household into which this one went, where it did.
    pub closed_into: Option<ClosedInto>,
}

/// A summary that was printed.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Printed {
    /// When, `2026-11-22 14:02`.
    pub at: String,
    /// The month judged.
    pub month: String,
    /// The short code on the paper.
    pub code: String,
}

/// A person of the roster.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RosterPerson {
    /// Person id.
    pub person: String,
    /// Name.
    pub name: String,
    /// Relation to the head.
    pub relation: Relation,
    /// Person ids of recorded parents in the household.
    pub parents: Vec<String>,
    /// Person id of the partner.
    pub partner: Option<String>,
    /// Day of death, when recorded.
    pub died_on: Option<String>,
    /// Numbers, telephone, presence and card.
    pub identity: Identity,
    /// Facts shown in the roster itself (birth date, sex), in the order of the rules.
    pub basics: Vec<Question>,
}

/// Relation to the head of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The head.
    Head,
    /// Wife or husband of the head.
    Spouse,
    /// Child of the head.
    Child,
    /// Parent of the head.
    Parent,
    /// Grandchild of the head.
    Grandchild,
    /// Grandparent of the head.
    Grandparent,
    /// Brother or sister of the head.
    Sibling,
    /// Somebody else.
    Other,
}

/// `save_person`: adds (without `person`) or changes a person. Answers [`CaseFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct SavePersonRequest {
    /// Household id.
    pub household: String,
    /// Person id; none to add.
    pub person: Option<String>,
    /// Name.
    pub name: String,
    /// Relation to the head.
    pub relation: Relation,
    /// Person ids of parents in the household. Left out when adding: inferred from the relation; when changing: as before.
    pub parents: Option<Vec<String>>,
    /// Person id of the partner. Left out, or `null` when adding: inferred from the relation. Left out when changing: as
    /// before; `null` when changing: nobody.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub partner: Partner,
    /// Day of death.
    pub died_on: Option<String>,
    /// Numbers, telephone and presence. Left out: as before.
    #[serde(default)]
    #[ts(optional)]
    pub identity: Option<Identity>,
    /// `vi` or `en`, for the titles of the basics; Vietnamese when left out.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<Language>,
}

/// What a request says of a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Partner {
    /// Nothing.
    #[default]
    LeftOut,
    /// `null`.
    Nobody,
    /// A person id.
    Person(String),
}

impl<'de> Deserialize<'de> for Partner {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Partner, D::Error> {
        let person: Option<String> = Option::deserialize(json)?;
        Ok(person.map_or(Partner::Nobody, Partner::Person))
    }
}

/// `remove_person`: takes a person off the roster, with a reason; `restore_person` undoes it. Both answer [`CaseFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RemovePersonRequest {
    /// Household id.
    pub household: String,
    /// Person id.
    pub person: String,
    /// Why: moved, entered twice, …
    pub reason: String,
    /// `vi` or `en`, for the titles of the basics; Vietnamese when left out.
    #[serde(default)]
    #[ts(optional)]
    pub language: Option<Language>,
}

/// `preview`: the summary as pages. Answers [`Preview`]. `print_summary` takes the same, appends the determination and answers [`PrintedFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct PrintRequest {
    /// Household id.
    pub household: String,
    /// Month judged.
    pub month: String,
    /// `vi` or `en`.
    pub language: Language,
    /// Whether the page says why for each programme that gives nothing this month.
    pub reasons: bool,
}

/// Pages to look at.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Preview {
    /// One SVG per page.
    pub pages: Vec<String>,
}

/// A printed summary.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PrintedFile {
    /// The PDF.
    pub file: OutFile,
    /// The short code on the paper.
    pub code: String,
}

/// A file for the user. An answer carries it in its field `file`: the window takes the bytes out, writes them where the user
/// says, and puts `saved_to` instead.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OutFile {
    /// Suggested file name; its ending says what it is.
    pub file_name: String,
    /// Such as `application/pdf`.
    pub media_type: String,
    /// Its bytes in base64.
    pub bytes: Option<String>,
    /// Where it was written; none when the user cancelled, or in a browser.
    pub saved_to: Option<String>,
}

impl OutFile {
    pub(crate) fn new(file_name: String, media_type: &str, bytes: &[u8]) -> OutFile {
        OutFile {
            file_name,
            media_type: media_type.to_owned(),
            bytes: Some(BASE64.encode(bytes)),
            saved_to: None,
        }
    }
}

/// Answer of a command that takes long: the work goes on beside the desk. `job` tells how far it is.
#[derive(Clone, Copy, Debug, Serialize, TS)]
pub struct JobStarted {
    /// The job.
    #[ts(type = "number")]
    pub job: u64,
}

/// `job`: how far a job is; fails with why the job failed. Answers [`JobReport`]. `stop_job` takes the same: work of which a
/// part is worth something then answers with that part, any other fails with `stopped`.
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct JobRequest {
    /// The job.
    #[ts(type = "number")]
    pub job: u64,
}

/// How far a job is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct JobReport {
    /// Steps done.
    #[ts(type = "number")]
    pub n_done: u64,
    /// Steps in all; 0 while this is not known.
    #[ts(type = "number")]
    pub n_in_all: u64,
    /// Its answer when it is done, told once.
    #[ts(type = "unknown")]
    pub answer: Option<Value>,
}

/// Why a command did nothing. Nothing was lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS, thiserror::Error)]
#[error("{code} {values:?} {problems:?}")]
pub struct Failure {
    /// What the screen acts on: `wrong_password`, `must_wait`, `mistyped_recovery_key`, `wrong_recovery_key`, `newer_database`, `damaged_database`, `not_signed_in`, `not_allowed`,
    /// `in_use`, `no_mark`, `already_set_up`, `not_a_backup`, `damaged_backup`, `last_supervisor`, `stopped`, `password_too_short`, `not_found`, `answer_not_understood`, `list_refused`, `bad_request`, `storage`, `print`.
    pub code: String,
    /// Values for the sentence.
    #[ts(type = "Record<string, string>")]
    pub values: BTreeMap<String, String>,
    /// Each mistake with its place.
    pub problems: Vec<Problem>,
}
