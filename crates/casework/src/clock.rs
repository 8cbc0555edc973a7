//! The computer's clock, read in Viet Nam's time. Nothing below this crate looks at it.
//!
//! The law's days are counted in Viet Nam, whatever zone the computer is set to, and whether it knows one at all. The country
//! has one zone and no summer time.

use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp, Zoned};

tokio::task_local! {
    /// How many days the clock of the office that does this work was turned ahead.
    static AHEAD: i64;
}

/// Does work by a clock that was turned so many days ahead of the computer's.
pub(crate) async fn ahead<F: Future>(days: i64, work: F) -> F::Output {
    AHEAD.scope(days, work).await
}

/// Returns by how many days the clock of this work was turned.
pub(crate) fn days_ahead() -> i64 {
    AHEAD.try_with(|days| *days).unwrap_or(0)
}

/// Returns the moment it is.
pub(crate) fn now() -> Timestamp {
    // A day has 24 hours here: there is no summer time.
    let ahead = SignedDuration::from_hours(days_ahead().saturating_mul(24));
    Timestamp::now().saturating_add(ahead).unwrap_or(Timestamp::MAX)
}

/// Returns today in Viet Nam.
pub fn today() -> Date {
    here(now()).date()
}

/// Returns a moment as `2026-11-22 14:02`.
pub(crate) fn moment(at: Timestamp) -> String {
    here(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Returns a moment as `14:02`; with its day in front when that is not today.
pub(crate) fn minute(at: Timestamp) -> String {
    if here(at).date() == today() {
        here(at).strftime("%H:%M").to_string()
    } else {
        moment(at)
    }
}

/// Returns a moment as `14:02:31`; with its day in front when that is not today.
pub(crate) fn second(at: Timestamp) -> String {
    let at = here(at);
    if at.date() == today() {
        at.strftime("%H:%M:%S").to_string()
    } else {
        at.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// Returns a moment as `2026-11-22 14:02:31`.
pub(crate) fn whole_moment(at: Timestamp) -> String {
    here(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Returns the day of a moment here.
pub(crate) fn day_of(at: Timestamp) -> Date {
    here(at).date()
}

/// Returns when a day begins here.
pub(crate) fn beginning_of(day: Date) -> Option<Timestamp> {
    let zone = TimeZone::fixed(offset(7));
    Some(day.to_zoned(zone).ok()?.timestamp())
}

fn here(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::fixed(offset(7)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_day_begins_when_it_begins_in_viet_nam() {
        let day = |at: &str| here(at.parse().unwrap()).date().to_string();
        assert_eq!(day("2025-11-21T16:59:59Z"), "2025-11-21");
        assert_eq!(day("2025-11-21T17:00:00Z"), "2025-11-22");
        let at = "2025-11-21T23:30:05Z".parse().unwrap();
        assert_eq!(moment(at), "2025-11-22 06:30");
        assert_eq!(
            (minute(at).as_str(), second(at).as_str()),
            ("2025-11-22 06:30", "2025-11-22 06:30:05")
        );
    }
}
