//! Completed years and months, counted on the parts of a date.

use jiff::civil::Date;

/// Completed months; negative and rounded down when `b` lies before `a`.
pub fn months_between(a: Date, b: Date) -> i64 {
    let months = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    months(b) - months(a) - i64::from(b.day() < a.day())
}

/// Completed years; who is born on 29 February completes one on 1 March in a common year.
pub fn years_between(a: Date, b: Date) -> i64 {
    let not_yet = (b.month(), b.day()) < (a.month(), a.day());
    i64::from(b.year()) - i64::from(a.year()) - i64::from(not_yet)
}

/// The last day from which `n` of what `between` counts are completed on `day`, and the day after it.
pub fn edge(between: fn(Date, Date) -> i64, months: i64, n: i64, day: Date) -> Option<(Date, Date)> {
    let index = i64::from(day.year()) * 12 + i64::from(day.month()) - 1 - months * n;
    let year = i16::try_from(index.div_euclid(12))
        .ok()
        .filter(|y| (1700..2400).contains(y))?;
    let mut last = Date::new(year, i8::try_from(index.rem_euclid(12) + 1).ok()?, 1).ok()?;
    while between(last, day) < n {
        last = last.yesterday().ok()?;
    }
    while between(last.tomorrow().ok()?, day) >= n {
        last = last.tomorrow().ok()?;
    }
    Some((last, last.tomorrow().ok()?))
}

/// The first and last day of a month.
pub fn month_days(year: i16, month: i8) -> (Date, Date) {
    let first = Date::new(year, month, 1).unwrap();
    let next = if month == 12 {
        Date::new(year + 1, 1, 1)
    } else {
        Date::new(year, month + 1, 1)
    };
    (first, next.unwrap().yesterday().unwrap())
}
