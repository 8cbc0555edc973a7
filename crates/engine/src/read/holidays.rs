//! The days of one year on which public offices are closed, and those on which they work instead (LANGUAGE.md §10).

use jiff::civil::{Date, Weekday};

use super::files::{At, HolidayFile, HolidaysFile};
use super::law::speaks_our_language;
use super::parts::readings;
use super::table::{Item, Table};

/// `holidays/YEAR.toml`.
pub(super) fn holidays(root: &mut Table<'_>, year: i16) -> Option<HolidaysFile> {
    if !speaks_our_language(root) {
        return None;
    }
    let title = root.text("title");
    let cite = root.cite();
    let readings = readings(root);
    let rest = root.need("rest").map(|item| item.one_or_more()).unwrap_or_default();
    let rest = rest.iter().filter_map(weekday).collect();
    let worked = root.take("worked").map(|item| days(&item, year)).unwrap_or_default();
    let tables = root.need("holiday").map(|item| item.tables()).unwrap_or_default();
    let holidays = tables.into_iter().map(|table| holiday(table, year)).collect();
    root.finish();
    Some(HolidaysFile {
        year,
        title,
        cite,
        readings,
        rest,
        worked,
        holidays,
    })
}

fn holiday(mut table: Table<'_>, year: i16) -> HolidayFile {
    let name = table.text("name");
    let days = table.need("days").map(|item| days(&item, year)).unwrap_or_default();
    table.close();
    HolidayFile { name, days }
}

fn days(item: &Item<'_>, year: i16) -> Vec<At<Date>> {
    let all = item.list();
    let days = all.iter().filter_map(Item::date);
    let in_the_year = |day: &At<Date>| {
        let is_in = day.value.year() == year;
        if !is_in {
            let message = format!("`{}` is not a day of {year}", day.value);
            let hint = "the file is named by the year of its days: `2026.toml`".to_owned();
            item.page.error("E0108", day.span, message, hint);
        }
        is_in
    };
    days.filter(in_the_year).collect()
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

fn weekday(item: &Item<'_>) -> Option<Weekday> {
    let word = item.one_of(&WEEKDAYS.map(|(word, _)| word))?;
    WEEKDAYS
        .iter()
        .find(|(known, _)| *known == word.value)
        .map(|(_, day)| *day)
}
