//! Who is signed in, with the database they opened and the household on their desk.

use std::collections::BTreeSet;
use std::sync::Arc;

use ansinh_engine::rules::RuleSet;
use ansinh_release::{Release, built_in_for};
use ansinh_store::{Commune, HouseholdId, Stamp, Store, User};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::clock;
use crate::draft::Green;
use crate::file::OpenFile;
use crate::job::Jobs;
use crate::papers::Outbox;
use crate::releases::{Layers, Shelf};
use crate::watch::{DeskUse, Watch};
use crate::wire::{self, Failure, Hit, SearchRequest, SearchResult};

const MOST_HITS: u32 = 50;
const MOST_RECENT: u32 = 10;

/// One person at work.
pub(crate) struct Session {
    /// The rules of `release`. They may be others after a command: work that goes on beside the desk takes a clone and keeps it.
    pub(crate) rules: Arc<RuleSet>,
    /// What is in force here today: the national rules, with those of the commune's province over them where there are any.
    pub(crate) release: Release,
    /// Shared with the jobs.
    pub(crate) store: Arc<Store>,
    pub(crate) jobs: Jobs,
    pub(crate) outbox: Outbox,
    pub(crate) user: User,
    pub(crate) commune: Commune,
    /// Whether whatever is entered here is sample data.
    pub(crate) invented: bool,
    /// What `release` was compiled of.
    pub(crate) layers: Layers,
    /// Who signed the national rules in force; none of those that came with the program.
    pub(crate) signed_by: Option<String>,
    /// The day for which `release` was chosen; none when it has to be chosen anew.
    pub(crate) kept_up_on: Option<Date>,
    pub(crate) shelf: Arc<Shelf>,
    /// The drafts that passed every check.
    pub(crate) green: Green,
    file: Option<OpenFile>,
    /// The screening of the roster beside the desk.
    pub(crate) watch: Option<Watch>,
    pub(crate) desk_use: Arc<DeskUse>,
    /// The households the log says were looked at in this sitting.
    viewed: BTreeSet<HouseholdId>,
    /// The newest entry of the log at sign-in, where the computer's clock was before it.
    clock_behind: Option<Timestamp>,
}

impl Session {
    pub(crate) async fn new(
        store: Store,
        user: User,
        invented: bool,
        n_wrong: u32,
        shelf: Arc<Shelf>,
    ) -> Result<Session, Failure> {
        let commune = store.commune().await?;
        let release = built_in_for(&commune.province_code).map_err(|error| Failure::from(&error))?;
        let layers = Layers::built_in(&commune.province_code).map_err(|error| Failure::from(&error))?;
        shelf.put(&layers, release);
        let mut session = Session {
            rules: Arc::clone(&release.rules),
            release: release.clone(),
            store: Arc::new(store),
            jobs: Jobs::default(),
            outbox: Outbox::default(),
            user,
            invented,
            commune,
            layers,
            signed_by: None,
            kept_up_on: None,
            shelf,
            green: Green::default(),
            file: None,
            watch: None,
            desk_use: Arc::default(),
            viewed: BTreeSet::new(),
            clock_behind: None,
        };
        session.keep_up().await?;
        session.note_sign_in(n_wrong).await?;
        session.keep_watch().await;
        Ok(session)
    }

    /// Stops what still runs and closes the database.
    pub(crate) async fn close(mut self) {
        self.jobs.end().await;
        if let Some(watch) = self.watch.take() {
            watch.end().await;
        }
        self.store.close().await;
    }

    /// Hands the desk to somebody else. The household stays open: the same commune sees the same.
    pub(crate) async fn hand_over(&mut self, user: User, n_wrong: u32) -> Result<(), Failure> {
        self.user = user;
        self.viewed.clear();
        self.note_sign_in(n_wrong).await
    }

    async fn note_sign_in(&mut self, n_wrong: u32) -> Result<(), Failure> {
        let stamp = self.stamp();
        let last = self.store.last_audit_at().await?;
        self.clock_behind = last.filter(|last| *last > stamp.at);
        if n_wrong > 0 {
            let n_wrong = n_wrong.to_string();
            self.store
                .append_audit(&stamp, "wrong password", &stamp.by, &n_wrong)
                .await?;
        }
        Ok(self.store.append_audit(&stamp, "sign in", &stamp.by, "").await?)
    }

    /// Returns when something was last written down, where the computer's clock said an earlier time at sign-in: ages and
    /// deadlines depend on it.
    pub(crate) fn clock_behind(&self) -> Option<String> {
        self.clock_behind.map(clock::moment)
    }

    /// Notes in the log that a household was looked at, once in a sitting.
    pub(crate) async fn note_view(&mut self, household: HouseholdId) -> Result<(), Failure> {
        if self.viewed.insert(household) {
            let stamp = self.stamp();
            self.store
                .append_audit(&stamp, "view household", &household.to_string(), "")
                .await?;
        }
        Ok(())
    }

    pub(crate) fn stamp(&self) -> Stamp {
        Stamp {
            by: self.user.user_name.clone(),
            at: clock::now(),
        }
    }

    pub(crate) fn wire(&self) -> wire::Session {
        wire::Session {
            user: self.user.user_name.clone(),
            name: self.user.full_name.clone(),
            role: self.user.role.into(),
            commune: self.commune.commune.clone(),
            province: self.commune.province.clone(),
            hamlets: self.commune.hamlets.clone(),
        }
    }

    /// Returns the household, from memory when it is the one on the desk.
    pub(crate) async fn open(&mut self, household: &str) -> Result<&mut OpenFile, Failure> {
        let missing = || Failure::not_found("household", household);
        let id: HouseholdId = household.parse().map_err(|_| missing())?;
        if self.file.as_ref().is_none_or(|file| file.stored.id != id) {
            self.load(id).await?;
        }
        self.file.as_mut().ok_or_else(missing)
    }

    /// Returns the household on the desk.
    pub(crate) fn file(&self) -> Option<&OpenFile> {
        self.file.as_ref()
    }

    /// Puts the household away: it is read anew, by whatever rules are then in force.
    pub(crate) fn forget_file(&mut self) {
        self.file = None;
    }

    /// Reads a household anew, after more of it changed than one answer.
    pub(crate) async fn load(&mut self, id: HouseholdId) -> Result<(), Failure> {
        self.file = None;
        let stored = self.store.load_household(id).await?;
        self.file = Some(OpenFile::new(&self.rules, stored, &self.commune));
        Ok(())
    }

    pub(crate) async fn search(&self, request: SearchRequest) -> Result<SearchResult, Failure> {
        let mut hits: Vec<Hit> = if request.text.trim().is_empty() {
            let recent = self.store.recent(MOST_RECENT).await?;
            recent.into_iter().map(recent_hit).collect()
        } else {
            // One more than is shown tells whether there are more.
            let found = self.store.search(&request.text, MOST_HITS + 1).await?;
            found.into_iter().map(found_hit).collect()
        };
        let most = usize::try_from(MOST_HITS).unwrap_or(usize::MAX);
        let has_more = hits.len() > most;
        hits.truncate(most);
        Ok(SearchResult {
            hits,
            has_more,
            n_households: self.store.counts().await?.n_households,
        })
    }
}

fn recent_hit(line: ansinh_store::HouseholdLine) -> Hit {
    Hit {
        household: line.id.to_string(),
        number: line.number,
        head: line.head_name.unwrap_or_default(),
        person: None,
        birth_year: line.birth_year.unwrap_or_default(),
        hamlet: line.hamlet,
        n_persons: line.n_persons,
        invented: line.invented,
        is_near: false,
    }
}

fn found_hit(found: ansinh_store::Found) -> Hit {
    let head = found.head_name.unwrap_or_default();
    Hit {
        household: found.household.to_string(),
        number: found.number,
        person: found.person_name.filter(|name| *name != head),
        head,
        birth_year: found.birth_year.unwrap_or_default(),
        hamlet: found.hamlet,
        n_persons: found.n_persons,
        invented: found.invented,
        is_near: found.is_near,
    }
}

impl From<ansinh_store::Role> for wire::Role {
    fn from(role: ansinh_store::Role) -> wire::Role {
        match role {
            ansinh_store::Role::Officer => wire::Role::Officer,
            ansinh_store::Role::Supervisor => wire::Role::Supervisor,
        }
    }
}
