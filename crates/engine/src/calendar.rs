//! Civil days and months: completed years and months, and the days on which they change.
//!
//! A person born on 29 February completes a year on 1 March of a common year, and a month counted from the 31st
//! completes on the 1st after a shorter month (LANGUAGE.md §6, *Dates*).

use std::fmt;

use jiff::civil::Date;

/// A calendar month, the unit in which benefits are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Date,
}

impl Month {
    /// Reads `2026-11`; none for anything else.
    pub fn parse(text: &str) -> Option<Month> {
        let (year, month) = text.split_once('-')?;
        if year.len() != 4 || month.len() != 2 {
            return None;
        }
        let first = Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()?;
        (1900..=2200).contains(&first.year()).then_some(Month { first })
    }

    /// Returns the month a day lies in.
    pub fn of(day: Date) -> Month {
        Month {
            first: day.first_of_month(),
        }
    }

    /// Returns its first day.
    pub fn first_day(self) -> Date {
        self.first
    }

    /// Returns its last day.
    pub fn last_day(self) -> Date {
        self.first.last_of_month()
    }

    /// Returns the month after it.
    pub fn next(self) -> Month {
        Month {
            first: next_day(self.last_day()),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.first.year(), self.first.month())
    }
}

/// Returns the day after, or the same day at the end of time.
pub fn next_day(day: Date) -> Date {
    day.tomorrow().unwrap_or(day)
}

/// Returns the day on which `n` months from `from` are complete.
pub fn after_months(from: Date, n: i64) -> Date {
    let index = (i64::from(from.year()) * 12 + i64::from(from.month()) - 1).saturating_add(n);
    let year = i16::try_from(index.div_euclid(12).clamp(-9998, 9998)).unwrap_or(9998);
    let month = i8::try_from(index.rem_euclid(12) + 1).unwrap_or(12);
    Date::new(year, month, from.day())
        .unwrap_or_else(|_| Date::new(year, month, 1).map_or(from, |first| next_day(first.last_of_month())))
}

/// Returns the day on which `n` years from `from` are complete.
pub fn after_years(from: Date, n: i64) -> Date {
    after_months(from, n.saturating_mul(12))
}

/// Returns the completed months from `from` to `to`; negative, rounded down, when `to` is earlier.
pub fn months_between(from: Date, to: Date) -> i64 {
    let n = (i64::from(to.year()) - i64::from(from.year())) * 12 + i64::from(to.month()) - i64::from(from.month());
    if after_months(from, n) > to { n - 1 } else { n }
}

/// Returns the completed years from `from` to `to`; negative, rounded down, when `to` is earlier.
pub fn years_between(from: Date, to: Date) -> i64 {
    let n = i64::from(to.year()) - i64::from(from.year());
    if after_years(from, n) > to { n - 1 } else { n }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn beyond_the_calendar_time_stands_still() {
        let day = date(2026, 11, 22);
        for n in [i64::MAX, i64::MAX - 1, 9_000_000_000] {
            assert_eq!(after_years(day, n).year(), 9998);
            assert_eq!(after_months(day, n).year(), 9998);
            assert_eq!(after_years(day, -n).year(), -9998);
            assert_eq!(after_months(day, i64::MIN).year(), -9998);
        }
        assert_eq!(next_day(date(9999, 12, 31)), date(9999, 12, 31));
    }

    #[test]
    fn a_year_is_complete_on_the_birthday_and_not_before() {
        assert_eq!(years_between(date(1951, 3, 12), date(2026, 3, 11)), 74);
        assert_eq!(years_between(date(1951, 3, 12), date(2026, 3, 12)), 75);
        assert_eq!(years_between(date(2026, 3, 12), date(2026, 3, 11)), -1);
    }

    #[test]
    fn the_29th_of_february_counts_on_the_1st_of_march() {
        assert_eq!(years_between(date(2008, 2, 29), date(2024, 2, 28)), 15);
        assert_eq!(years_between(date(2008, 2, 29), date(2024, 2, 29)), 16);
        assert_eq!(years_between(date(2008, 2, 29), date(2026, 2, 28)), 17);
        assert_eq!(years_between(date(2008, 2, 29), date(2026, 3, 1)), 18);
    }

    #[test]
    fn months_from_the_31st_are_complete_on_the_1st() {
        assert_eq!(months_between(date(2025, 1, 31), date(2025, 2, 28)), 0);
        assert_eq!(months_between(date(2025, 1, 31), date(2025, 3, 1)), 1);
        assert_eq!(months_between(date(2023, 11, 30), date(2026, 11, 29)), 35);
        assert_eq!(months_between(date(2023, 11, 30), date(2026, 11, 30)), 36);
    }

    #[test]
    fn only_year_and_month_make_a_month() {
        assert_eq!(
            Month::parse("2026-11").map(|m| m.to_string()).as_deref(),
            Some("2026-11")
        );
        for wrong in ["2026-13", "2026-1", "26-11", "2026", "2026-11-01", "0001-01"] {
            assert_eq!(Month::parse(wrong), None, "{wrong} is no month");
        }
    }
}
