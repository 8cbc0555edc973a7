//! The whole roster, screened in the background: which households are stale is asked of the store again and again, a few of
//! them are screened at a time on every core, and what was found is kept.
//!
//! It begins when somebody signs in, stands aside while a command is answered, and can be stopped and resumed. What it did is
//! in the database, so that it goes on where it was. It begins anew when the month or the rules are others.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};

use ansinh_engine::rules::RuleSet;
use ansinh_store::{Basis, Commune, Household, HouseholdId, NewScreening, Stamp, Store};
use jiff::civil::Date;
use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Notify;

use tokio::task::{JoinHandle, block_in_place};

use crate::clock;
use crate::file::OpenFile;
use crate::session::Session;
use crate::standing::{basis, screened};
use crate::wire::{Failure, RosterScreening};

/// So many households for each core are screened between two looks at the database.
const BATCH: usize = 8;
/// So long after a command the officer is taken to be at work still.
const LINGER: Duration = Duration::from_millis(250);
/// So often it is looked whether the desk is free.
const LOOK: Duration = Duration::from_millis(10);

/// The screening of the roster, going on or waiting.
pub(crate) struct Watch {
    shared: Arc<Shared>,
    work: JoinHandle<()>,
}

struct Shared {
    basis: Basis,
    today: Date,
    rules: Arc<RuleSet>,
    commune: Commune,
    by: String,
    wake: Notify,
    is_ended: AtomicBool,
    is_stopped: AtomicBool,
    is_working: AtomicBool,
    failure: Mutex<Option<Failure>>,
    desk: Arc<DeskUse>,
}

/// Whether a command is being answered.
#[derive(Debug, Default)]
pub(crate) struct DeskUse {
    n_at_work: AtomicUsize,
    left_at: Mutex<Option<Instant>>,
}

/// The desk is in use while this lives.
pub(crate) struct AtWork {
    desk: Arc<DeskUse>,
}

impl DeskUse {
    pub(crate) fn begin(self: &Arc<Self>) -> AtWork {
        self.n_at_work.fetch_add(1, Ordering::Relaxed);
        AtWork { desk: Arc::clone(self) }
    }

    fn is_free(&self) -> bool {
        let left_at = *self.left_at.lock().unwrap_or_else(PoisonError::into_inner);
        self.n_at_work.load(Ordering::Relaxed) == 0 && left_at.is_none_or(|at| at.elapsed() >= LINGER)
    }
}

impl Drop for AtWork {
    fn drop(&mut self) {
        *self.desk.left_at.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        self.desk.n_at_work.fetch_sub(1, Ordering::Relaxed);
    }
}

/// An office that is dropped without being closed waits until the last step lets go of the database, where the runtime has a
/// thread to wait on.
impl Drop for Watch {
    fn drop(&mut self) {
        self.shared.end();
        if !self.work.is_finished()
            && let Ok(runtime) = Handle::try_current()
            && runtime.runtime_flavor() == RuntimeFlavor::MultiThread
        {
            // Whatever came of it, what is stale is found again.
            let _ = block_in_place(|| runtime.block_on(&mut self.work));
        }
    }
}

impl Shared {
    fn end(&self) {
        self.is_ended.store(true, Ordering::Relaxed);
        self.wake.notify_one();
    }

    fn goes_on(&self) -> bool {
        !self.is_ended.load(Ordering::Relaxed) && !self.is_stopped.load(Ordering::Relaxed)
    }

    fn fail(&self, failure: Option<Failure>) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

impl Session {
    /// Sees that the roster is being screened for this month by these rules. Called before every command.
    pub(crate) async fn keep_watch(&mut self) {
        let today = clock::today();
        let wanted = basis(&self.rules, today);
        let before = match self.watch.take() {
            Some(watch) if watch.shared.basis == wanted => {
                self.watch = Some(watch);
                return;
            }
            before => before,
        };
        let was_stopped = before
            .as_ref()
            .is_some_and(|watch| watch.shared.is_stopped.load(Ordering::Relaxed));
        if let Some(watch) = before {
            watch.end().await;
        }
        let shared = Arc::new(Shared {
            basis: wanted,
            today,
            rules: Arc::clone(&self.rules),
            commune: self.commune.clone(),
            by: self.user.user_name.clone(),
            wake: Notify::new(),
            is_ended: AtomicBool::new(false),
            is_stopped: AtomicBool::new(was_stopped),
            is_working: AtomicBool::new(!was_stopped),
            failure: Mutex::new(None),
            desk: Arc::clone(&self.desk_use),
        });
        let work = tokio::spawn(work(Arc::clone(&shared), Arc::downgrade(&self.store)));
        self.watch = Some(Watch { shared, work });
    }

    /// Looks again for households that are stale, after a command that may have changed some.
    pub(crate) fn wake_watch(&self) {
        if let Some(watch) = &self.watch {
            watch.shared.wake.notify_one();
        }
    }

    pub(crate) async fn roster_screening(&self) -> Result<RosterScreening, Failure> {
        let basis = basis(&self.rules, clock::today());
        let counts = self.store.screened(&basis).await?;
        let shared = self.watch.as_ref().map(|watch| &watch.shared);
        let is = |flag: fn(&Shared) -> &AtomicBool| shared.is_some_and(|shared| flag(shared).load(Ordering::Relaxed));
        let failure = shared.and_then(|shared| {
            let failure = shared.failure.lock().unwrap_or_else(PoisonError::into_inner);
            failure.clone()
        });
        Ok(RosterScreening {
            month: basis.month,
            n_households: counts.n_households,
            n_current: counts.n_current,
            n_never: counts.n_never,
            working: is(|shared| &shared.is_working) && !is(|shared| &shared.is_stopped),
            stopped: is(|shared| &shared.is_stopped),
            failure,
        })
    }

    pub(crate) async fn stop_screening(&self) -> Result<RosterScreening, Failure> {
        if let Some(watch) = &self.watch {
            watch.shared.is_stopped.store(true, Ordering::Relaxed);
        }
        self.roster_screening().await
    }

    pub(crate) async fn resume_screening(&self) -> Result<RosterScreening, Failure> {
        if let Some(watch) = &self.watch {
            watch.shared.fail(None);
            watch.shared.is_working.store(true, Ordering::Relaxed);
            watch.shared.is_stopped.store(false, Ordering::Relaxed);
            watch.shared.wake.notify_one();
        }
        self.roster_screening().await
    }
}

impl Watch {
    /// Stops for good, and waits until what was begun is kept.
    pub(crate) async fn end(mut self) {
        self.shared.end();
        // Whatever came of it, what is stale is found again.
        let _ = (&mut self.work).await;
    }
}

async fn work(shared: Arc<Shared>, store: Weak<Store>) {
    let mut before: Vec<HouseholdId> = Vec::new();
    while !shared.is_ended.load(Ordering::Relaxed) {
        if shared.goes_on() {
            shared.is_working.store(true, Ordering::Relaxed);
            let Some(store) = store.upgrade() else { return };
            match batch(&shared, &store, &before).await {
                // What is stale after it was screened would be so for ever.
                Ok(ids) if !ids.is_empty() && ids != before => {
                    before = ids;
                    continue;
                }
                Ok(_) => {}
                Err(failure) => {
                    shared.fail(Some(failure));
                    shared.is_stopped.store(true, Ordering::Relaxed);
                }
            }
        }
        before.clear();
        shared.is_working.store(false, Ordering::Relaxed);
        shared.wake.notified().await;
    }
}

/// Screens some of the stale households. Returns which were stale; nothing is done for the same as before.
async fn batch(shared: &Arc<Shared>, store: &Store, before: &[HouseholdId]) -> Result<Vec<HouseholdId>, Failure> {
    let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
    let limit = u32::try_from(n_cores * BATCH).unwrap_or(1);
    let ids = store.stale_households(&shared.basis, limit).await?;
    if ids.is_empty() || ids == before {
        return Ok(ids);
    }
    let households = store.load_these(&ids).await?;
    let on_threads = Arc::clone(shared);
    let found = tokio::task::spawn_blocking(move || screen_all(&on_threads, households, n_cores)).await;
    let found = found.map_err(|error| Failure::work_lost(&error))?;
    let stamp = Stamp {
        by: shared.by.clone(),
        at: clock::now(),
    };
    store.save_screenings(&found, &stamp).await?;
    Ok(ids)
}

/// Screens households on so many threads, until it is to stop.
fn screen_all(shared: &Shared, households: Vec<Household>, n_threads: usize) -> Vec<NewScreening> {
    let todo = Mutex::new(households.into_iter());
    let next = || todo.lock().unwrap_or_else(PoisonError::into_inner).next();
    let found = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                while let Some(stored) = wait_for_the_desk(shared).then(next).flatten() {
                    let file = OpenFile::new(&shared.rules, stored, &shared.commune);
                    let screening = screened(&shared.rules, &file, shared.today);
                    found.lock().unwrap_or_else(PoisonError::into_inner).push(screening);
                }
            });
        }
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Waits while somebody is at work at the desk. Returns whether to go on then.
fn wait_for_the_desk(shared: &Shared) -> bool {
    while shared.goes_on() && !shared.desk.is_free() {
        std::thread::sleep(LOOK);
    }
    shared.goes_on()
}
