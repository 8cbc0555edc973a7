//! Releases of rules: what is in force, what came, who is trusted, and rolling back.

use ansinh_engine::report::Language;
use ansinh_release::diff::Differences;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::OutFile;

/// `releases`: what is in force, what came and what was decided. Answers [`ReleaseList`].
#[derive(Clone, Copy, Debug, Deserialize, TS)]
pub struct ReleasesRequest {
    /// In which language.
    pub language: Language,
}

/// The releases this machine knows, and the keys.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleaseList {
    /// Newest number first; the national ones before those of the place.
    pub releases: Vec<ReleaseLine>,
    /// Every key that was ever trusted here.
    pub keys: Vec<KeyLine>,
    /// The keys that sign here.
    pub own_keys: Vec<OwnKeyLine>,
}

/// How a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseStanding {
    /// It came, and nobody decided yet.
    Received,
    /// It comes in force on its day.
    Scheduled,
    /// Households are screened by it.
    InForce,
    /// A later one took its place.
    Superseded,
    /// It was scheduled and will not come in force.
    Withdrawn,
    /// It was refused.
    Refused,
}

/// One release.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleaseLine {
    /// The digest that names it.
    pub digest: String,
    /// `vn`, or a province's id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub standing: ReleaseStanding,
    /// The first day on which it is in force; none of one that came with the program.
    pub effective_on: Option<String>,
    /// Who signed it; none of one that came with the program.
    pub signer: Option<Signer>,
    /// What it changes, as its signer wrote it.
    pub summary: Option<String>,
    /// What it brings back.
    pub restores: Option<RestoredLine>,
    /// What was decided here, oldest first.
    pub history: Vec<ReleaseStep>,
}

/// Who signed a release.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Signer {
    /// The number of the key.
    pub key: String,
    /// Whose it is, as somebody here wrote it.
    pub name: String,
}

/// An earlier release whose content comes back.
#[derive(Clone, Debug, Serialize, TS)]
pub struct RestoredLine {
    /// Its number.
    pub number: u32,
    /// Why.
    pub why: String,
}

/// Something decided about a release.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleaseStep {
    /// How it stands since.
    pub standing: ReleaseStanding,
    /// Why, where somebody said so.
    pub reason: String,
    /// When, `2026-11-22 14:02`.
    pub at: String,
    /// Who: the user name.
    pub by: String,
}

/// A key that was ever trusted here.
#[derive(Clone, Debug, Serialize, TS)]
pub struct KeyLine {
    /// Its number.
    pub key: String,
    /// The key, in one line.
    pub public: String,
    /// Whose it is.
    pub name: String,
    /// Whether its releases are accepted.
    pub is_trusted: bool,
    /// Why, where somebody said so.
    pub reason: String,
    /// Since when, `2026-11-22 14:02`.
    pub at: String,
    /// Who said so: the user name.
    pub by: String,
}

/// A key that signs here.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OwnKeyLine {
    /// Its number.
    pub key: String,
    /// The public half, in one line.
    pub public: String,
    /// Whose it is.
    pub name: String,
    /// When it was made, `2026-11-22 14:02`.
    pub made_at: String,
}

/// `read_release`: verifies a file and says what it would change. Nothing is kept. Answers [`ReleasePreview`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReadReleaseRequest {
    /// The file, in base64.
    pub bytes: String,
    /// In which language.
    pub language: Language,
}

/// A release that was verified.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleasePreview {
    /// What it is; nothing was decided yet.
    pub release: ReleaseLine,
    /// What differs from what is in force today.
    pub differences: Differences,
}

/// `schedule_release`: a file is verified again, kept, and comes in force on its day. Answers [`ReleaseList`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ScheduleReleaseRequest {
    /// The file, in base64.
    pub bytes: String,
    /// In which language.
    pub language: Language,
}

/// `refuse_release`: a verified file is kept as refused. Answers [`ReleaseList`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct RefuseReleaseRequest {
    /// The file, in base64.
    pub bytes: String,
    /// Why.
    pub reason: String,
    /// In which language.
    pub language: Language,
}

/// `withdraw_release`: a scheduled release will not come in force. Answers [`ReleaseList`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct WithdrawReleaseRequest {
    /// The digest that names it.
    pub digest: String,
    /// Why.
    pub reason: String,
    /// In which language.
    pub language: Language,
}

/// `release_changes`: what a release differs in from what is in force today. Answers [`Differences`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReleaseChangesRequest {
    /// The digest that names it.
    pub digest: String,
    /// In which language.
    pub language: Language,
}

/// `release_file`: the file of a release, to be passed on. Answers [`ReleaseFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct ReleaseFileRequest {
    /// The digest that names it.
    pub digest: String,
}

/// A release or a public key as a file.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ReleaseFile {
    /// The file.
    pub file: OutFile,
}

/// `make_key`: makes a key that signs here, and trusts it. Answers [`ReleaseList`].
#[derive(Clone, Deserialize, TS)]
pub struct MakeKeyRequest {
    /// Whose it is.
    pub name: String,
    /// Its own password, at least eight characters.
    pub password: String,
    /// In which language.
    pub language: Language,
}

/// `key_file`: the public half of a key, to be given to others. Answers [`ReleaseFile`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct KeyFileRequest {
    /// Its number.
    pub key: String,
}

/// `trust_key`: releases signed with a key are accepted from now on. Answers [`ReleaseList`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct TrustKeyRequest {
    /// The public key: its line, or its whole file.
    pub public: String,
    /// Whose it is.
    pub name: String,
    /// In which language.
    pub language: Language,
}

/// `distrust_key`: releases signed with a key are refused from now on, and what is scheduled of it is withdrawn. Answers
/// [`ReleaseList`].
#[derive(Clone, Debug, Deserialize, TS)]
pub struct DistrustKeyRequest {
    /// Its number.
    pub key: String,
    /// Why.
    pub reason: String,
    /// In which language.
    pub language: Language,
}

/// `roll_back`: signs a new release that brings back the content of an earlier one, and schedules it here. Answers
/// [`SignedRelease`].
#[derive(Clone, Deserialize, TS)]
pub struct RollBackRequest {
    /// The digest of the release whose content comes back.
    pub digest: String,
    /// The first day on which it is in force: today or later.
    pub from: String,
    /// Why, in Vietnamese.
    pub why_vi: String,
    /// Why, in English; left empty, the Vietnamese words stand for it.
    pub why_en: String,
    /// The number of the key that signs.
    pub key: String,
    /// The password of the key.
    pub password: String,
    /// In which language.
    pub language: Language,
}

/// `sign_draft`: signs what a draft changed as a new release, and schedules it here. Answers [`SignedRelease`].
#[derive(Clone, Deserialize, TS)]
pub struct SignDraftRequest {
    /// The draft.
    pub draft: String,
    /// The first day on which it is in force: today or later.
    pub from: String,
    /// What it changes, in Vietnamese.
    pub says_vi: String,
    /// What it changes, in English; left empty, the Vietnamese words stand for it.
    pub says_en: String,
    /// The number of the key that signs.
    pub key: String,
    /// The password of the key.
    pub password: String,
    /// In which language.
    pub language: Language,
}

/// Answer of `roll_back` and `sign_draft`.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SignedRelease {
    /// The new release, to be passed on.
    pub file: OutFile,
    /// How things stand now.
    pub list: ReleaseList,
}
