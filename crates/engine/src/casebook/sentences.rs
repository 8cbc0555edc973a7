//! Differences in words, for whoever writes rules.
//!
//! Answers, reasons and facts stay as they are written in rule files, since that is where they are looked for.

use super::{Change, Difference, Differs};
use crate::words::Language;

impl Difference {
    /// Returns what was expected and what was found, with the subject before it.
    pub fn sentence(&self, language: Language) -> String {
        let sentence = self.what.sentence(language);
        match &self.subject {
            Some(subject) => format!("{subject}: {sentence}"),
            None => sentence,
        }
    }
}

impl Differs {
    fn sentence(&self, language: Language) -> String {
        let (expects, found_is) = (
            language.pick("ca mẫu chờ", "expected"),
            language.pick("kết quả là", "found"),
        );
        match self {
            Differs::Household(problem) => {
                format!("{}: {}", problem.path, language.pick(&problem.vi, &problem.en))
            }
            Differs::Nothing => language
                .pick("không có kết luận nào", "nothing was determined")
                .to_owned(),
            Differs::Answer { expected, found } => {
                let what = language.pick("kết luận", "answer");
                format!("{what}: {expects} {expected}, {found_is} {found}")
            }
            Differs::Amount { expected, found } => {
                let what = language.pick("mức hưởng", "amount");
                let shown = found.map_or_else(|| nothing(language), |found| amount(found, language));
                let apart = apart(*expected, found.unwrap_or_default(), language);
                format!(
                    "{what}: {expects} {}, {found_is} {shown}{apart}",
                    amount(*expected, language)
                )
            }
            Differs::Reasons { missing, found } => {
                let what = language.pick("lý do", "reasons");
                listed(what, missing, found, language)
            }
            Differs::Asks { missing, found } => {
                let what = language.pick("cần hỏi", "asks");
                listed(what, missing, found, language)
            }
            Differs::NextChange { expected, found } => {
                let what = language.pick("thay đổi kế tiếp", "next change");
                let shown = |change: &Option<Change>| {
                    change
                        .as_ref()
                        .map_or_else(|| nothing(language), |change| self::change(change, language))
                };
                format!("{what}: {expects} {}, {found_is} {}", shown(expected), shown(found))
            }
        }
    }
}

fn nothing(language: Language) -> String {
    language.pick("không có", "nothing").to_owned()
}

fn amount((low, high): (i64, i64), language: Language) -> String {
    if low == high {
        return language.money(low);
    }
    let to = language.pick("đến", "to");
    format!("{} {to} {}", language.money(low), language.money(high))
}

/// Returns how far an amount is off, where it is one amount and not a range.
fn apart(expected: (i64, i64), found: (i64, i64), language: Language) -> String {
    if expected.0 != expected.1 || found.0 != found.1 {
        return String::new();
    }
    let more = found.0.saturating_sub(expected.0);
    let (word, by) = if more < 0 {
        (language.pick("thiếu", "short by"), more.saturating_neg())
    } else {
        (language.pick("thừa", "over by"), more)
    };
    format!(" ({word} {})", language.money(by))
}

fn listed(what: &str, missing: &[String], found: &[String], language: Language) -> String {
    let list = |names: &[String]| {
        if names.is_empty() {
            nothing(language)
        } else {
            names.join(", ")
        }
    };
    let found_is = language.pick("kết quả có", "found");
    if missing.is_empty() {
        return format!("{what}: {found_is} {}", list(found));
    }
    let lacks = language.pick("thiếu", "missing");
    format!("{what}: {lacks} {}; {found_is} {}", list(missing), list(found))
}

fn change(change: &Change, language: Language) -> String {
    let paid = change.amount.map(|paid| format!(", {}", amount(paid, language)));
    format!("{} {}{}", change.on, change.answer, paid.unwrap_or_default())
}
