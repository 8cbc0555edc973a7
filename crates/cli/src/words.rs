//! The few words that are the terminal's own. What a household gets, and why, is worded by the engine.

use ansinh_engine::Month;
use ansinh_engine::report::{ChangeBy, Language, Standing, State};
use jiff::civil::Date;

/// Returns the heading of a group of rows.
pub(crate) fn standing(standing: Standing, language: Language) -> &'static str {
    match standing {
        Standing::CanApply => language.pick("Có thể đề nghị ngay", "Can apply now"),
        Standing::Receiving => language.pick("Đang hưởng", "Receiving already"),
        Standing::NeedsFact => language.pick("Cần thêm thông tin", "More information needed"),
        Standing::Later => language.pick("Sẽ đủ điều kiện", "Will qualify on a date"),
        Standing::No => language.pick("Chưa đủ điều kiện", "Not entitled under these rules for this month"),
        Standing::NotComputed => language.pick("Chưa tính được", "Could not be computed"),
    }
}

/// Returns the sign and the word for the state of a criterion.
pub(crate) fn state(state: State, language: Language) -> (&'static str, &'static str) {
    match state {
        State::Yes => ("✓", language.pick("đạt", "holds")),
        State::No => ("✗", language.pick("không đạt", "does not hold")),
        State::Open => ("?", language.pick("chưa rõ", "not known")),
    }
}

/// Returns how a change would come about.
pub(crate) fn change_by(by: ChangeBy, language: Language) -> &'static str {
    match by {
        ChangeBy::Date => language.pick("Theo thời gian", "By a date"),
        ChangeBy::Paper => language.pick("Khi có giấy tờ khác", "By a paper"),
        ChangeBy::Correction => language.pick("Nếu thông tin đã ghi là sai", "By correcting a fact"),
        ChangeBy::Never => language.pick("Không thể thay đổi", "Never"),
        ChangeBy::FindOut => language.pick("Khi tìm hiểu thêm", "By finding out"),
    }
}

/// Returns a month of a report as people of the language write it.
pub(crate) fn month(month: &str, language: Language) -> String {
    Month::parse(month).map_or_else(|| month.to_owned(), |month| language.month(month))
}

/// Returns a day of a report as people of the language write it.
pub(crate) fn day(day: &str, language: Language) -> String {
    day.parse::<Date>()
        .map_or_else(|_| day.to_owned(), |day| language.day(day))
}
