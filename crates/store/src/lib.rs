//! The encrypted database of one commune: who may open it, its households, persons, facts, determinations, the releases of
//! rules that came here, and the audit log.
//!
//! A folder holds two files. `ansinh.db` is SQLite encrypted with SQLCipher under a random data key; `keys.json` holds that
//! key wrapped once for each user (argon2id of the password) and once for the recovery key printed at set-up. A backup
//! needs both.
//!
//! This crate is the only one that knows SQL. It does not know the rules: a fact's answer and a determination are text and
//! bytes of its caller, kept as given. It does not decide who may do what (roles are enforced by its caller), it never
//! reads the clock for what it records, and it never changes or deletes a determination, a release or an audit entry.

mod act;
mod attempts;
mod audit;
mod backup;
mod commune;
mod determination;
mod dossier;
mod draft;
mod duplicate;
mod edge;
mod error;
mod fact;
mod files;
mod fold;
mod gap;
mod household;
mod id;
mod identity;
mod import;
mod insert;
mod keys;
mod lists;
mod near;
mod person;
mod recovery;
mod release;
mod release_key;
mod row;
#[cfg(test)]
mod sample;
mod schema;
mod screening;
mod search;
mod setting;
mod store;
mod user;

pub use act::{ActKind, BirthYearOf, Destination, Leaving, Place, RosterAct, SamePerson};
pub use audit::{AuditChain, AuditEntry, AuditFilter, AuditLine};
pub use backup::{BackupMemory, GoodBackup, Opening};
pub use commune::Commune;
pub use determination::{Determination, NewDetermination};
pub use dossier::{Dossier, DossierEvent, NewDossier, NewDossierEvent};
pub use draft::{Draft, DraftFiles, DraftMove, DraftStep};
pub use duplicate::{LookAlike, Wanted};
pub use edge::{Edge, EdgeKind, Ties};
pub use error::StoreError;
pub use fact::{BirthYear, Fact, NewFact, Source};
pub use fold::folded_key;
pub use gap::{GapFilter, GapLine, GapOrder, GapSum, KeptReason, NewReason};
pub use household::{Counts, Household, HouseholdDetails, HouseholdLine};
pub use id::{DeterminationId, DossierId, DraftId, HouseholdId, PersonId};
pub use identity::{Card, Identity, Presence};
pub use import::{ImportBatch, KnownPerson, NewImport, NewRoster, RememberedMapping};
pub use insert::{NewHousehold, NewMember};
pub use keys::KeyCost;
pub use lists::{Coverage, Listed, Page, Quality, ReleaseChange, Unfinished, Upcoming, UpcomingFilter};
pub use person::{Person, PersonDetails, Removal};
pub use recovery::RecoveryKey;
pub use release::{KeptRelease, NewRelease, ReleaseEvent, ReleaseState};
pub use release_key::{OwnKey, TrustedKey};
pub use screening::{Basis, Benefit, NewScreening, NewStanding, NewUpcoming, Screened, Traits};
pub use search::Found;
pub use store::{SetUp, Stamp, State, Store};
pub use user::{Account, KnownUser, MINIMUM_PASSWORD_LENGTH, NewUser, Role, User};
