//! What single cells say: days, relations, numbers, answers. What can be read in two ways is not read at all.

use ansinh_engine::report::Language;
use ansinh_engine::rules::{Fact, RuleSet, Type};
use ansinh_store::{Commune, folded_key};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::Trouble;
use super::sheet::Cell;
use crate::scan;
use crate::wire::Relation;

/// Nobody on a roster was born before.
const FIRST_YEAR: i16 = 1900;
/// A year that a spreadsheet was told to show as a day falls into these days: 1900 is 14/03/1905.
const YEARS_AS_DAYS: (Date, Date) = (jiff::civil::date(1905, 3, 14), jiff::civil::date(1905, 12, 31));

/// How the days of one column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayOrder {
    /// Nothing speaks against the day before the month.
    DayFirst,
    /// Some day of the column only makes sense with the month first: the others may mean either.
    Unsure,
}

/// Returns a text without tone marks, in small letters, with one space between words.
pub(super) fn folded(text: &str) -> String {
    folded_key(text).trim().to_owned()
}

/// Tells from all cells of a column how its days are written.
pub(super) fn order_of<'c>(cells: impl Iterator<Item = &'c Cell>) -> DayOrder {
    let is_month_first = |cell: &Cell| match cell {
        Cell::Text(text) => matches!(parts(text).as_slice(), [month, day, year]
            if year.len() == 4 && number(month).is_some_and(|n| (1..=12).contains(&n)) && number(day).is_some_and(|n| (13..=31).contains(&n))),
        Cell::Empty | Cell::Number(_) | Cell::Truth(_) | Cell::Day(_) | Cell::Error(_) => false,
    };
    if cells.into_iter().any(is_month_first) {
        DayOrder::Unsure
    } else {
        DayOrder::DayFirst
    }
}

/// Reads a day of birth, or the month or year where no more is known, into an answer.
pub(super) fn day(cell: &Cell, order: DayOrder, today: Date) -> Result<Json, Trouble> {
    let (text, is_about) = match cell {
        Cell::Day(day) if (YEARS_AS_DAYS.0..=YEARS_AS_DAYS.1).contains(day) => return Err(year_as_day()),
        Cell::Day(day) => return checked(*day, today),
        Cell::Number(number) => return year_alone(*number, today),
        Cell::Text(text) => about(text),
        Cell::Empty | Cell::Truth(_) | Cell::Error(_) => return Err(no_day()),
    };
    let parts = parts(&text);
    let words: Vec<&str> = parts.iter().map(String::as_str).collect();
    let read = |year: &str, month: &str, day: &str| -> Result<Json, Trouble> {
        let year = number(year).filter(|_| year.len() == 4).ok_or_else(no_day)?;
        match (number(month).ok_or_else(no_day)?, number(day).ok_or_else(no_day)?) {
            // As on cards: zeros stand for what is not known.
            (0, 0) => year_json(year, today),
            (month, 0) => month_json(year, month, today),
            (month, day) => {
                let parts = (i8::try_from(month), i8::try_from(day));
                let (Ok(month), Ok(day)) = parts else {
                    return Err(no_day());
                };
                checked(Date::new(year, month, day).map_err(|_| no_such_day())?, today)
            }
        }
    };
    let answer = match words.as_slice() {
        [year] if year.len() == 4 => year_json(number(year).ok_or_else(no_day)?, today)?,
        [year, month] if year.len() == 4 => month_json(
            number(year).ok_or_else(no_day)?,
            number(month).ok_or_else(no_day)?,
            today,
        )?,
        [month, year] if year.len() == 4 => month_json(
            number(year).ok_or_else(no_day)?,
            number(month).ok_or_else(no_day)?,
            today,
        )?,
        [year, month, day] if year.len() == 4 => read(year, month, day)?,
        [_, _, year] if year.len() == 2 => return Err(short_year()),
        [one, other, year] if year.len() == 4 => {
            let n = |part: &str| number(part).unwrap_or(0);
            let fits_both = (1..=12).contains(&n(one)) && (1..=12).contains(&n(other)) && n(one) != n(other);
            if n(other) > 12 || (order == DayOrder::Unsure && fits_both) {
                return Err(month_first());
            }
            read(year, other, one)?
        }
        _ => return Err(no_day()),
    };
    match (is_about, answer.as_str().and_then(number)) {
        (true, Some(year)) => Ok(json!({ "about": year })),
        (true, None) => Err(no_day()),
        (false, _) => Ok(answer),
    }
}

/// `khoảng 1951` and `~1951` give the year alone, and that it is not certain.
fn about(text: &str) -> (String, bool) {
    let words = folded(text);
    let year = words
        .strip_prefix("khoang nam ")
        .or_else(|| words.strip_prefix("khoang "));
    match (year, text.strip_prefix('~')) {
        (Some(year), _) => (year.to_owned(), true),
        (None, Some(year)) => (year.trim().to_owned(), true),
        // A day with its time, as databases write it.
        (None, None) => match text.split_once([' ', 'T']) {
            Some((day, time)) if time.contains(':') => (day.to_owned(), false),
            _ => (text.to_owned(), false),
        },
    }
}

fn parts(text: &str) -> Vec<String> {
    let (day, _) = about(text);
    day.split(['/', '-', '.', ' '])
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn number(part: &str) -> Option<i16> {
    let is_number = (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| part.parse().ok()).flatten()
}

fn year_alone(number: f64, today: Date) -> Result<Json, Trouble> {
    let is_year = number.fract() == 0.0 && (f64::from(FIRST_YEAR)..=9999.0).contains(&number);
    if is_year {
        // Within the bounds above nothing is cut off.
        year_json(number as i16, today)
    } else {
        Err(plain_number())
    }
}

fn year_json(year: i16, today: Date) -> Result<Json, Trouble> {
    if (FIRST_YEAR..=today.year()).contains(&year) {
        Ok(json!(year.to_string()))
    } else {
        Err(far_year())
    }
}

fn month_json(year: i16, month: i16, today: Date) -> Result<Json, Trouble> {
    let month = i8::try_from(month).map_err(|_| no_such_day())?;
    let first = Date::new(year, month, 1).map_err(|_| no_such_day())?;
    checked(first, today)?;
    Ok(json!(format!("{year}-{month:02}")))
}

fn checked(day: Date, today: Date) -> Result<Json, Trouble> {
    if day.year() >= FIRST_YEAR && day <= today {
        Ok(json!(day.to_string()))
    } else {
        Err(far_year())
    }
}

/// Reads what somebody is to the head of the household.
pub(super) fn relation(text: &str) -> Result<Relation, Trouble> {
    // Without its mark this word means a father in the south, and a grandmother.
    let lower = text.to_lowercase();
    if lower.trim() == "bà" {
        return Ok(Relation::Grandparent);
    }
    let words = folded(text);
    let known = RELATIONS.iter().find(|(_, all)| all.contains(&words.as_str()));
    known
        .map(|(relation, _)| *relation)
        .ok_or_else(|| match words.as_str() {
            "chau" => unclear_grandchild(),
            _ => unknown_relation(),
        })
}

/// What lists call the relations, folded. A word that may mean two of them is not here.
const RELATIONS: [(Relation, &[&str]); 8] = [
    (Relation::Head, &["chu ho", "ch", "head", "head of household"]),
    (
        Relation::Spouse,
        &["vo", "chong", "vo chong", "vo hoac chong", "spouse", "wife", "husband"],
    ),
    (
        Relation::Child,
        &[
            "con",
            "con de",
            "con ruot",
            "con trai",
            "con gai",
            "con nuoi",
            "con de con nuoi",
            "child",
            "son",
            "daughter",
        ],
    ),
    (
        Relation::Parent,
        &[
            "cha",
            "bo",
            "me",
            "cha de",
            "bo de",
            "me de",
            "cha ruot",
            "bo ruot",
            "me ruot",
            "cha me",
            "bo me",
            "cha hoac me",
            "parent",
            "father",
            "mother",
        ],
    ),
    (
        Relation::Grandchild,
        &[
            "chau noi",
            "chau ngoai",
            "chau ruot noi",
            "chau ruot ngoai",
            "chau ong ba goi",
            "grandchild",
            "grandson",
            "granddaughter",
        ],
    ),
    (
        Relation::Grandparent,
        &[
            "ong",
            "ong noi",
            "ong ngoai",
            "ba noi",
            "ba ngoai",
            "ong ba",
            "ong hoac ba",
            "grandparent",
            "grandfather",
            "grandmother",
        ],
    ),
    (
        Relation::Sibling,
        &[
            "anh",
            "chi",
            "em",
            "anh trai",
            "chi gai",
            "em trai",
            "em gai",
            "anh ruot",
            "chi ruot",
            "em ruot",
            "anh chi em",
            "anh chi em ruot",
            "sibling",
            "brother",
            "sister",
        ],
    ),
    (
        Relation::Other,
        &[
            "khac",
            "nguoi khac",
            "con dau",
            "con re",
            "bo vo",
            "me vo",
            "cha vo",
            "bo chong",
            "me chong",
            "cha chong",
            "anh re",
            "em re",
            "chi dau",
            "em dau",
            "chau ho",
            "chau dau",
            "chau re",
            "chat",
            "chat noi",
            "chat ngoai",
            "co",
            "di",
            "bac",
            "cau",
            "mo",
            "thim",
            "nguoi o nho",
            "o nho",
            "quan he khac",
            "other",
        ],
    ),
];

/// Reads the name of a person.
pub(super) fn name(cell: &Cell) -> Result<String, Trouble> {
    let Cell::Text(text) = cell else { return Err(no_name()) };
    let fits = |c: char| {
        c.is_alphabetic()
            || c.is_ascii_digit()
            || unicode_normalization::char::is_combining_mark(c)
            || " .'’-()".contains(c)
    };
    if !text.chars().any(char::is_alphabetic) {
        Err(no_name())
    } else if text.chars().all(fits) {
        Ok(text.clone())
    } else {
        Err(odd_letters())
    }
}

/// Reads an identity number: twelve digits, nothing else is checked.
pub(super) fn id_number(cell: &Cell) -> Result<String, Trouble> {
    let text = digits_of(cell);
    if let Ok(number) = scan::id_number(&text) {
        return Ok(number);
    }
    let n_digits = text.chars().filter(char::is_ascii_digit).count();
    Err(match (cell, n_digits) {
        (Cell::Number(_), 9..=11) => lost_zeros(n_digits),
        (_, 9) => old_number(),
        _ => Trouble::new(
            format!("số căn cước có 12 chữ số, ở đây là {n_digits}"),
            format!("an identity number has 12 digits, this one has {n_digits}"),
            "Xem lại thẻ và sửa số trong tệp, hoặc để trống ô này.",
            "Look at the card and correct the number in the file, or leave the cell empty.",
        ),
    })
}

/// Returns a number as digits where it is one; a spreadsheet keeps long ones as numbers.
pub(super) fn digits_of(cell: &Cell) -> String {
    match cell {
        Cell::Number(number) if number.fract() == 0.0 && (0.0..1e15).contains(number) => format!("{number:.0}"),
        cell => cell.text(),
    }
}

/// Finds the hamlet of the commune that is meant, with or without the word for what kind of place it is.
pub(super) fn hamlet(text: &str, commune: &Commune) -> Result<String, Trouble> {
    let wanted = folded(text);
    let same = |form: fn(&str) -> &str| {
        let mut found = commune
            .hamlets
            .iter()
            .filter(|hamlet| form(&folded(hamlet)) == form(&wanted));
        match (found.next(), found.next()) {
            (Some(hamlet), None) => Some(hamlet.clone()),
            _ => None,
        }
    };
    let exact = commune
        .hamlets
        .iter()
        .find(|hamlet| hamlet.to_lowercase() == text.to_lowercase());
    if commune.hamlets.is_empty() {
        return Ok(text.to_owned());
    }
    exact
        .cloned()
        .or_else(|| same(|name| name))
        .or_else(|| same(bare))
        .ok_or_else(|| {
            let all = commune.hamlets.join(", ");
            Trouble::new(
                "xã này không có thôn, tổ dân phố tên như vậy",
                "the commune has no hamlet of this name",
                format!("Dùng một trong: {all}."),
                format!("Use one of: {all}."),
            )
        })
}

fn bare(name: &str) -> &str {
    const KINDS: [&str; 12] = [
        "to dan pho so ",
        "to dan pho ",
        "khu dan cu ",
        "khu pho ",
        "thon ",
        "tdp ",
        "ap ",
        "ban ",
        "xom ",
        "buon ",
        "lang ",
        "khoi ",
    ];
    KINDS.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name)
}

/// Reads the answer of a fact; nothing where the cell says nothing.
pub(super) fn answer(rules: &RuleSet, fact: &Fact, cell: &Cell, order: DayOrder, today: Date) -> Result<Json, Trouble> {
    let text = cell.text();
    let words = folded(&text);
    if fact.can_be_absent && fact.kind != Type::Truth && ["khong", "khong co", "none"].contains(&words.as_str()) {
        let chosen = choice(&fact.kind, &text).is_some();
        if !chosen {
            return Ok(json!({ "absent": true }));
        }
    }
    match &fact.kind {
        _ if matches!(cell, Cell::Error(_)) => Err(error_cell()),
        Type::Date
            if rules
                .birth_date
                .and_then(|id| rules.fact(id))
                .is_some_and(|birth| birth.name == fact.name) =>
        {
            day(cell, order, today)
        }
        // Days of papers may lie ahead.
        Type::Date => day(cell, order, Date::MAX),
        Type::Truth => truth(cell, &text, &words)
            .map(Json::Bool)
            .ok_or_else(|| not_understood("“có” hoặc “không”", "“có” (yes) or “không” (no)")),
        Type::Choice(list) => choice(&fact.kind, &text).map(|value| json!(value)).ok_or_else(|| {
            let labels = |language: Language| {
                let all: Vec<&str> = list.iter().map(|(_, label)| language.of(label)).collect();
                all.join("; ")
            };
            not_understood(&labels(Language::Vi), &labels(Language::En))
        }),
        Type::Number(unit) => amount(cell, &text, unit.vnd != 0)
            .map(|n| json!(n.to_string()))
            .ok_or_else(|| not_understood("một con số", "a number")),
    }
}

fn truth(cell: &Cell, text: &str, words: &str) -> Option<bool> {
    match cell {
        Cell::Truth(truth) => return Some(*truth),
        Cell::Number(number) if *number == 1.0 => return Some(true),
        Cell::Number(number) if *number == 0.0 => return Some(false),
        Cell::Number(_) | Cell::Empty | Cell::Text(_) | Cell::Day(_) | Cell::Error(_) => {}
    }
    match words {
        "co" | "x" | "dung" | "yes" | "true" | "1" => Some(true),
        "khong" | "khong co" | "sai" | "no" | "false" | "0" => Some(false),
        _ => ["✓", "✔", "☑"].contains(&text).then_some(true),
    }
}

/// Returns the value of the choice with this label. Tone marks decide where several labels differ in them alone.
fn choice<'k>(kind: &'k Type, text: &str) -> Option<&'k str> {
    let Type::Choice(list) = kind else { return None };
    let labels = || {
        list.iter().flat_map(|(value, label)| {
            [
                (value, label.vi.as_str()),
                (value, label.en.as_str()),
                (value, value.as_str()),
            ]
        })
    };
    let exact = labels().find(|(_, label)| label.to_lowercase() == text.to_lowercase());
    let mut same: Vec<&String> = labels()
        .filter(|(_, label)| folded(label) == folded(text))
        .map(|(value, _)| value)
        .collect();
    same.dedup();
    match (exact, same.as_slice()) {
        (Some((value, _)), _) => Some(value),
        (None, [value]) => Some(value),
        _ => None,
    }
}

/// Reads a number. `1.500.000` is written in groups; `1.500` alone may be either, except in đồng, of which there are no parts.
fn amount(cell: &Cell, text: &str, is_money: bool) -> Option<Decimal> {
    if let Cell::Number(number) = cell {
        return number.to_string().parse().ok();
    }
    let text = text.trim().trim_end_matches(['đ', '₫']).trim();
    let text: String = text
        .strip_suffix("đồng")
        .unwrap_or(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let groups: Vec<&str> = text.split(['.', ',']).collect();
    let is_digits = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    if !groups.iter().all(is_digits) {
        return None;
    }
    let in_groups = first.len() <= 3 && rest.iter().all(|part| part.len() == 3);
    match rest {
        [] => text.parse().ok(),
        [_] if in_groups && !is_money => None,
        _ if in_groups => groups.concat().parse().ok(),
        [part] if !is_money => format!("{first}.{part}").parse().ok(),
        _ => None,
    }
}

pub(super) fn no_name() -> Trouble {
    Trouble::new(
        "thiếu họ và tên",
        "the name is missing",
        "Ghi họ và tên, hoặc xóa dòng này nếu không phải một người.",
        "Write the name, or remove the row if it is nobody.",
    )
}

fn odd_letters() -> Trouble {
    Trouble::new(
        "họ tên có ký tự lạ, có thể gõ bằng phông chữ cũ (TCVN3, VNI)",
        "the name has odd characters; it may be typed in an old font (TCVN3, VNI)",
        "Chuyển tệp sang Unicode hoặc gõ lại tên.",
        "Convert the file to Unicode, or type the name again.",
    )
}

fn no_day() -> Trouble {
    Trouble::new(
        "không đọc được thành ngày",
        "this cannot be read as a day",
        "Ghi như 12/03/1951; chỉ biết tháng thì 03/1951, chỉ biết năm thì 1951.",
        "Write it like 12/03/1951; 03/1951 or 1951 where no more is known.",
    )
}

fn no_such_day() -> Trouble {
    Trouble::new(
        "không có ngày này trong lịch",
        "there is no such day",
        "Xem lại giấy tờ và sửa ngày; nếu không rõ, chỉ ghi năm.",
        "Look at the papers and correct it; where it is not known, write the year alone.",
    )
}

fn far_year() -> Trouble {
    Trouble::new(
        "ngày sinh ở tương lai hoặc trước năm 1900",
        "the day of birth is in the future or before 1900",
        "Sửa lại ngày hoặc năm sinh.",
        "Correct the day or the year.",
    )
}

fn short_year() -> Trouble {
    Trouble::new(
        "năm chỉ có hai chữ số nên có thể hiểu hai cách",
        "the year has two digits and may mean either century",
        "Ghi đủ bốn chữ số của năm.",
        "Write all four digits of the year.",
    )
}

fn month_first() -> Trouble {
    Trouble::new(
        "cột này có ngày ghi tháng trước ngày, nên ngày này có thể hiểu hai cách",
        "this column has days with the month first, so that this one may mean either",
        "Trong tệp, đổi cả cột về dạng ngày/tháng/năm.",
        "In the file, write the whole column as day/month/year.",
    )
}

fn year_as_day() -> Trouble {
    Trouble::new(
        "ô này có vẻ là một năm nhưng được định dạng là ngày",
        "this looks like a year that is shown as a day",
        "Trong Excel, đổi định dạng ô thành Văn bản rồi ghi lại năm hoặc ngày.",
        "In Excel, make the cell text, then write the year or the day again.",
    )
}

fn plain_number() -> Trouble {
    Trouble::new(
        "đây là một con số, không phải ngày",
        "this is a number, not a day",
        "Trong Excel, đổi định dạng cột thành Ngày (dd/mm/yyyy) rồi lưu lại.",
        "In Excel, format the column as a date (dd/mm/yyyy) and save it again.",
    )
}

fn unknown_relation() -> Trouble {
    Trouble::new(
        "chưa hiểu quan hệ với chủ hộ",
        "the relation to the head is not understood",
        "Dùng: Chủ hộ, Vợ, Chồng, Con, Cha, Mẹ, Ông, Bà, Cháu nội, Cháu ngoại, Anh, Chị, Em hoặc Khác.",
        "Use: head, spouse, child, parent, grandparent, grandchild, sibling or other.",
    )
}

fn unclear_grandchild() -> Trouble {
    Trouble::new(
        "“cháu” có thể là cháu của ông bà hoặc cháu họ",
        "“cháu” may be a grandchild or a nephew or niece",
        "Ghi rõ: Cháu nội, Cháu ngoại hoặc Cháu họ.",
        "Say which: Cháu nội or Cháu ngoại (grandchild), Cháu họ (nephew or niece).",
    )
}

fn lost_zeros(n_digits: usize) -> Trouble {
    Trouble::new(
        format!("số căn cước chỉ còn {n_digits} chữ số: Excel đã bỏ số 0 ở đầu"),
        format!("the identity number has only {n_digits} digits: Excel dropped the zeros in front"),
        "Trong Excel, đổi cột này thành Văn bản và gõ lại đủ 12 chữ số.",
        "In Excel, make the column text and type all 12 digits again.",
    )
}

fn old_number() -> Trouble {
    Trouble::new(
        "đây là số chứng minh nhân dân cũ (9 chữ số)",
        "this is the number of an older card (9 digits)",
        "Đưa sang cột riêng và chọn “Số CMND cũ” cho cột đó.",
        "Put it into a column of its own and choose “Older card number” for it.",
    )
}

fn error_cell() -> Trouble {
    Trouble::new(
        "ô này là một lỗi của bảng tính",
        "this cell is an error of the spreadsheet",
        "Sửa công thức trong tệp, hoặc để trống ô này.",
        "Correct the formula in the file, or leave the cell empty.",
    )
}

fn not_understood(vi: &str, en: &str) -> Trouble {
    Trouble::new(
        "chưa hiểu nên bỏ trống thông tin này",
        "not understood, so this fact is left open",
        format!("Dùng: {vi}; hoặc hỏi lại khi phỏng vấn."),
        format!("Use: {en}; or ask in the interview."),
    )
}
