//! How times, days and identifiers are written in columns and read back.

use crate::StoreError;
use jiff::Timestamp;
use jiff::civil::Date;
use std::str::FromStr;

/// Always six decimals, so that the order of the texts is the order of the times.
pub(crate) fn time_text(at: Timestamp) -> String {
    format!("{at:.6}")
}

pub(crate) fn read_time(text: &str) -> Result<Timestamp, StoreError> {
    read(text)
}

pub(crate) fn read_day(text: Option<&str>) -> Result<Option<Date>, StoreError> {
    text.map(read).transpose()
}

/// A column this crate wrote and can no longer read was changed by somebody else.
pub(crate) fn read<T: FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::DamagedDatabase)
}

pub(crate) fn count(n: i64) -> usize {
    usize::try_from(n).unwrap_or(0)
}
