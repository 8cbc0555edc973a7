//! Long work beside the desk: it goes on while other commands are answered, says how far it has come, and can be stopped.
//!
//! A command that would keep the desk waiting starts a job and answers [`JobStarted`] at once; the screen then asks `job`
//! until it is done. What a job answers is told once. Signing out stops every job and waits for it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use serde::Serialize;
use serde_json::Value;
use tokio::task::JoinHandle;

use crate::clock;
use crate::wire::{Failure, JobReport, JobStarted};

/// How far a job has come, and whether somebody wants it stopped. Given to the work; clones are the same job.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    steps: Arc<Steps>,
}

#[derive(Debug, Default)]
struct Steps {
    n_done: AtomicU64,
    n_in_all: AtomicU64,
    is_stopped: AtomicBool,
}

impl Progress {
    /// Says how many steps there are in all.
    pub(crate) fn expect(&self, n_in_all: usize) {
        let n_in_all = u64::try_from(n_in_all).unwrap_or(u64::MAX);
        self.steps.n_in_all.store(n_in_all, Ordering::Relaxed);
    }

    /// Says that one more step is done.
    pub(crate) fn step(&self) {
        self.steps.n_done.fetch_add(1, Ordering::Relaxed);
    }

    /// Whether somebody wants it stopped. Work looks at this between two steps.
    pub(crate) fn is_stopped(&self) -> bool {
        self.steps.is_stopped.load(Ordering::Relaxed)
    }

    /// Refuses to go on where somebody wants it stopped, for work of which a part is worth nothing.
    pub(crate) fn go_on(&self) -> Result<(), Failure> {
        if self.is_stopped() {
            Err(Failure::of("stopped"))
        } else {
            Ok(())
        }
    }
}

/// The jobs of one session.
#[derive(Debug, Default)]
pub(crate) struct Jobs {
    n_started: u64,
    running: BTreeMap<u64, Job>,
}

#[derive(Debug)]
struct Job {
    progress: Progress,
    work: JoinHandle<Result<Value, Failure>>,
}

impl Jobs {
    /// Starts work on another thread. What takes the processor for long belongs into `spawn_blocking` inside it.
    pub(crate) fn start<T, F>(&mut self, work: impl FnOnce(Progress) -> F) -> JobStarted
    where
        T: Serialize,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let progress = Progress::default();
        let work = work(progress.clone());
        let days = clock::days_ahead();
        let work = tokio::spawn(clock::ahead(days, async move {
            let answer = work.await?;
            serde_json::to_value(answer).map_err(|error| Failure::of("bad_request").with("detail", error))
        }));
        self.n_started += 1;
        self.running.insert(self.n_started, Job { progress, work });
        JobStarted { job: self.n_started }
    }

    /// Returns how far a job has come; when it is done, its answer or why it failed, once.
    pub(crate) async fn look(&mut self, id: u64) -> Result<JobReport, Failure> {
        let job = self.running.get(&id).ok_or_else(|| Failure::not_found("job", id))?;
        let steps = &job.progress.steps;
        let mut report = JobReport {
            n_done: steps.n_done.load(Ordering::Relaxed),
            n_in_all: steps.n_in_all.load(Ordering::Relaxed),
            answer: None,
        };
        if job.work.is_finished()
            && let Some(job) = self.running.remove(&id)
        {
            report.answer = Some(job.work.await.map_err(|error| Failure::work_lost(&error))??);
        }
        Ok(report)
    }

    /// Asks a job to stop. It answers, or fails with `stopped`, as soon as it notices.
    pub(crate) fn stop(&self, id: u64) -> Result<(), Failure> {
        let job = self.running.get(&id).ok_or_else(|| Failure::not_found("job", id))?;
        job.progress.steps.is_stopped.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Stops every job and waits until all have noticed.
    pub(crate) async fn end(&mut self) {
        for job in self.running.values() {
            job.progress.steps.is_stopped.store(true, Ordering::Relaxed);
        }
        for (_, job) in std::mem::take(&mut self.running) {
            // Whatever came of it, nobody is there to hear it.
            let _ = job.work.await;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use serde_json::json;

    use super::Jobs;
    use crate::wire::Failure;

    #[tokio::test]
    async fn a_job_says_how_far_it_is_and_answers_once() {
        let mut jobs = Jobs::default();
        let (go, wait) = tokio::sync::oneshot::channel::<()>();
        let started = jobs.start(|progress| async move {
            progress.expect(2);
            progress.step();
            let _ = wait.await;
            Ok(json!("done"))
        });
        tokio::task::yield_now().await;
        let report = jobs.look(started.job).await.unwrap();
        assert_eq!((report.n_done, report.n_in_all, report.answer), (1, 2, None));
        let _ = go.send(());
        tokio::task::yield_now().await;
        assert_eq!(jobs.look(started.job).await.unwrap().answer, Some(json!("done")));
        assert_eq!(jobs.look(started.job).await.unwrap_err().code, "not_found");
    }

    #[tokio::test]
    async fn a_job_that_is_stopped_says_so() {
        let mut jobs = Jobs::default();
        let started = jobs.start(|progress| async move {
            loop {
                progress.go_on()?;
                tokio::task::yield_now().await;
            }
            #[allow(unreachable_code)]
            Ok::<_, Failure>(())
        });
        jobs.stop(started.job).unwrap();
        tokio::task::yield_now().await;
        assert_eq!(jobs.look(started.job).await.unwrap_err().code, "stopped");
        jobs.end().await;
    }
}
