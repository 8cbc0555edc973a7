//! The days on which public offices are closed.

use std::collections::BTreeSet;

use crate::rules::Holidays;

use super::Compiler;

impl Compiler<'_> {
    /// Takes over the calendars: a day stands once in its year, and is either worked or not.
    pub(super) fn holidays(&mut self) {
        let files = self.files;
        for file in &files.holidays {
            let mut seen = BTreeSet::new();
            let off = file.holidays.iter().flat_map(|holiday| &holiday.days);
            for day in off.chain(&file.worked) {
                if !seen.insert(day.value) {
                    let message = format!("the day {} stands twice", day.value);
                    let hint = "a day is worked or it is not, and for one reason".to_owned();
                    self.error("E0109", day.span, message, Some(hint));
                }
            }
            for day in &file.worked {
                if !file.rest.contains(&day.value.weekday()) {
                    let message = format!("{} is worked anyway", day.value);
                    let hint = "`worked` names days of rest on which offices work instead".to_owned();
                    self.error("E0108", day.span, message, Some(hint));
                }
            }
            let names = file
                .holidays
                .iter()
                .flat_map(|holiday| holiday.days.iter().map(|day| (day.value, holiday.name.clone())));
            let calendar = Holidays {
                rest: file.rest.clone(),
                worked: file.worked.iter().map(|day| day.value).collect(),
                off: names.collect(),
            };
            self.rules.holidays.insert(file.year, calendar);
        }
    }
}
