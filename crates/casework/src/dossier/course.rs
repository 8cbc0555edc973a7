//! What the events of a dossier come to: its state, where its papers are, and its clock. Pure: the day and the calendar of
//! working days are given.

use ansinh_engine::rules::RuleSet;
use ansinh_store as store;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::dossier::content::{Content, damaged};
use crate::wire::{ClockState, DossierClock, DossierState, DossierStep, Failure, Happened, PaperState};

/// From how few working days on the end of a period is called near.
const SOON: u32 = 3;

/// What belongs to an event beside its kind and day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Detail {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) amount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) paper: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) now: Option<PaperState>,
}

/// An event as it was kept.
pub(crate) struct Event<'e> {
    pub(crate) stored: &'e store::DossierEvent,
    pub(crate) what: Happened,
    pub(crate) detail: Detail,
    pub(crate) undone: bool,
}

/// What the events come to.
pub(crate) struct Course<'e> {
    pub(crate) state: DossierState,
    /// Since when it is in this state.
    pub(crate) since: Date,
    /// Where each paper is, and since when somebody said so.
    pub(crate) papers: Vec<(PaperState, Option<Date>)>,
    /// When it was last handed in.
    pub(crate) handed_in_on: Option<Date>,
    pub(crate) decided_on: Option<Date>,
    /// The day of the newest step.
    pub(crate) last_step_on: Option<Date>,
    /// What was granted, and from which month.
    pub(crate) granted: Option<Detail>,
    pub(crate) events: Vec<Event<'e>>,
}

impl DossierState {
    pub(crate) const ALL: [DossierState; 7] = [
        DossierState::Preparing,
        DossierState::HandedIn,
        DossierState::Returned,
        DossierState::Granted,
        DossierState::Paid,
        DossierState::Refused,
        DossierState::Withdrawn,
    ];

    /// Returns the word by which it is kept.
    pub(crate) fn word(self) -> &'static str {
        match self {
            DossierState::Preparing => "preparing",
            DossierState::HandedIn => "handed_in",
            DossierState::Returned => "returned",
            DossierState::Granted => "granted",
            DossierState::Paid => "paid",
            DossierState::Refused => "refused",
            DossierState::Withdrawn => "withdrawn",
        }
    }

    /// Returns whether somebody still has to do something for it.
    pub(crate) fn is_open(self) -> bool {
        match self {
            DossierState::Preparing | DossierState::HandedIn | DossierState::Returned | DossierState::Granted => true,
            DossierState::Paid | DossierState::Refused | DossierState::Withdrawn => false,
        }
    }

    /// Returns what can happen next.
    pub(crate) fn next(self) -> &'static [DossierStep] {
        match self {
            DossierState::Preparing | DossierState::Returned => &[DossierStep::HandIn, DossierStep::Withdraw],
            DossierState::HandedIn => &[
                DossierStep::Grant,
                DossierStep::Return,
                DossierStep::Refuse,
                DossierStep::Withdraw,
            ],
            DossierState::Granted => &[DossierStep::Pay],
            DossierState::Paid | DossierState::Refused | DossierState::Withdrawn => &[],
        }
    }
}

impl DossierStep {
    /// Returns the state it leads to.
    pub(crate) fn leads_to(self) -> DossierState {
        match self {
            DossierStep::HandIn => DossierState::HandedIn,
            DossierStep::Return => DossierState::Returned,
            DossierStep::Grant => DossierState::Granted,
            DossierStep::Refuse => DossierState::Refused,
            DossierStep::Pay => DossierState::Paid,
            DossierStep::Withdraw => DossierState::Withdrawn,
        }
    }

    /// Returns whether it is not noted without a reason.
    pub(crate) fn needs_reason(self) -> bool {
        match self {
            DossierStep::Return | DossierStep::Refuse | DossierStep::Withdraw => true,
            DossierStep::HandIn | DossierStep::Grant | DossierStep::Pay => false,
        }
    }

    /// Returns the word by which it is kept.
    pub(crate) fn word(self) -> &'static str {
        match self {
            DossierStep::HandIn => "hand_in",
            DossierStep::Return => "return",
            DossierStep::Grant => "grant",
            DossierStep::Refuse => "refuse",
            DossierStep::Pay => "pay",
            DossierStep::Withdraw => "withdraw",
        }
    }
}

pub(crate) const PAPER: &str = "paper";
pub(crate) const UNDO: &str = "undo";

fn happened(kind: &str) -> Option<(Happened, Option<DossierStep>)> {
    Some(match kind {
        PAPER => (Happened::Paper, None),
        UNDO => (Happened::Undo, None),
        "hand_in" => (Happened::HandIn, Some(DossierStep::HandIn)),
        "return" => (Happened::Return, Some(DossierStep::Return)),
        "grant" => (Happened::Grant, Some(DossierStep::Grant)),
        "refuse" => (Happened::Refuse, Some(DossierStep::Refuse)),
        "pay" => (Happened::Pay, Some(DossierStep::Pay)),
        "withdraw" => (Happened::Withdraw, Some(DossierStep::Withdraw)),
        _ => return None,
    })
}

impl<'e> Course<'e> {
    /// Walks the events from the day the dossier was made.
    pub(crate) fn new(content: &Content, dossier: &'e store::Dossier) -> Result<Course<'e>, Failure> {
        Course::with(content, dossier, None)
    }

    /// Walks them as if this one had been taken back too.
    pub(crate) fn without(content: &Content, dossier: &'e store::Dossier, event: i64) -> Result<Course<'e>, Failure> {
        Course::with(content, dossier, Some(event))
    }

    fn with(content: &Content, dossier: &'e store::Dossier, without: Option<i64>) -> Result<Course<'e>, Failure> {
        let is_undone = |id: i64| without == Some(id) || dossier.events.iter().any(|event| event.undoes == Some(id));
        let mut course = Course {
            state: DossierState::Preparing,
            since: dossier.made_on,
            papers: content.seen.iter().map(|seen| first_state(*seen)).collect(),
            handed_in_on: None,
            decided_on: None,
            last_step_on: None,
            granted: None,
            events: Vec::with_capacity(dossier.events.len()),
        };
        for stored in &dossier.events {
            // An event of a newer program is not known here: it is refused before the database is opened.
            let Some((what, step)) = happened(&stored.kind) else {
                continue;
            };
            let detail: Detail = serde_json::from_str(&stored.content).map_err(|error| damaged(&error))?;
            let undone = is_undone(stored.id);
            if !undone {
                course.take(step, &detail, stored.happened_on);
            }
            course.events.push(Event {
                stored,
                what,
                detail,
                undone,
            });
        }
        Ok(course)
    }

    fn take(&mut self, step: Option<DossierStep>, detail: &Detail, on: Date) {
        if let (Some(paper), Some(now)) = (detail.paper, detail.now)
            && let Some(known) = self.papers.get_mut(paper)
        {
            *known = (now, Some(on));
        }
        let Some(step) = step else {
            return;
        };
        self.state = step.leads_to();
        self.since = on;
        self.last_step_on = Some(on);
        match step {
            DossierStep::HandIn => {
                self.handed_in_on = Some(on);
                for paper in &mut self.papers {
                    if paper.0 == PaperState::Have {
                        *paper = (PaperState::HandedIn, Some(on));
                    }
                }
            }
            DossierStep::Grant => {
                self.decided_on = Some(on);
                self.granted = Some(detail.clone());
            }
            DossierStep::Refuse => self.decided_on = Some(on),
            DossierStep::Return | DossierStep::Pay | DossierStep::Withdraw => {}
        }
    }

    /// Returns the newest event that still counts.
    pub(crate) fn newest(&self) -> Option<&Event<'e>> {
        let mut events = self.events.iter().rev();
        events.find(|event| !event.undone && event.what != Happened::Undo)
    }

    /// Returns how many papers are there.
    pub(crate) fn n_ready(&self) -> usize {
        let ready = |paper: &&(PaperState, Option<Date>)| paper.0 != PaperState::Missing;
        self.papers.iter().filter(ready).count()
    }

    /// Returns the clock as it stands on a day. The law counts from the day on which the whole dossier was received, so handing
    /// in what was returned begins it anew.
    pub(crate) fn clock(&self, rules: &RuleSet, days: Option<u32>, today: Date) -> DossierClock {
        let due = self
            .handed_in_on
            .zip(days)
            .and_then(|(from, n)| rules.working_days_after(from, n));
        let plain = |state| DossierClock {
            state,
            days,
            due: None,
            working_days: None,
        };
        let with = |state, due: Date, working_days| DossierClock {
            state,
            days,
            due: Some(due.to_string()),
            working_days,
        };
        match self.state {
            DossierState::Preparing => plain(ClockState::NotBegun),
            DossierState::Returned => plain(ClockState::Stopped),
            DossierState::Withdrawn => plain(ClockState::Over),
            DossierState::HandedIn => match (days, due) {
                (None, _) => plain(ClockState::NoPeriod),
                (Some(_), None) => plain(ClockState::NoCalendar),
                (Some(_), Some(due)) if due < today => {
                    with(ClockState::Overdue, due, rules.working_days_between(due, today))
                }
                (Some(_), Some(due)) => {
                    let left = rules.working_days_between(today, due);
                    let state = match left {
                        Some(left) if left <= SOON => ClockState::DueSoon,
                        _ => ClockState::Running,
                    };
                    with(state, due, left)
                }
            },
            DossierState::Granted | DossierState::Paid | DossierState::Refused => match (due, self.decided_on) {
                (Some(due), Some(on)) if on <= due => with(ClockState::InTime, due, None),
                (Some(due), Some(on)) => with(ClockState::Late, due, rules.working_days_between(due, on)),
                _ => plain(ClockState::Over),
            },
        }
    }
}

fn first_state(seen: bool) -> (PaperState, Option<Date>) {
    let state = if seen { PaperState::Have } else { PaperState::Missing };
    (state, None)
}
