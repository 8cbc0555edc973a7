//! The lists of the whole commune, and the screening of the roster they are made from.

use serde::Serialize;
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
