//! The computer's clock, in the time zone it is set to. Nothing below this crate looks at it.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Returns the moment it is.
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// Returns today: `2026-11-22`.
pub(crate) fn today() -> String {
    here(now()).date().to_string()
}

/// Returns a moment as `2026-11-22 14:02`.
pub(crate) fn moment(at: Timestamp) -> String {
    here(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Returns a moment as `14:02`; with its day in front when that is not today.
pub(crate) fn minute(at: Timestamp) -> String {
    let (at, now) = (here(at), here(now()));
    if at.date() == now.date() {
        at.strftime("%H:%M").to_string()
    } else {
        at.strftime("%Y-%m-%d %H:%M").to_string()
    }
}

/// Returns a moment as `14:02:31`; with its day in front when that is not today.
pub(crate) fn second(at: Timestamp) -> String {
    let (at, now) = (here(at), here(now()));
    if at.date() == now.date() {
        at.strftime("%H:%M:%S").to_string()
    } else {
        at.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

fn here(at: Timestamp) -> Zoned {
    at.to_zoned(TimeZone::system())
}
