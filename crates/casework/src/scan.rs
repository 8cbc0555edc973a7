//! What the mark of an identity card says: fields between `|`, more or fewer of them, as they came through a scanner that
//! types like a keyboard, or out of a picture.
//!
//! Nothing is refused and nothing is lost: what is not understood stays beside the text it came with, and advice says where
//! an input method seems to have rewritten what the scanner typed. That a number has twelve digits is the only hard check.

use ansinh_engine::rules::Province;
use ansinh_store::folded_key;
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use crate::failure::problem;
use crate::wire::{CardField, Problem};

/// How many digits an identity number has.
const N_DIGITS: usize = 12;
/// What comes after so many fields stands in the last one: no card has them.
const MOST_FIELDS: usize = 24;

/// What was read, with the text it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    /// As it came.
    pub(crate) raw: String,
    /// In the order of the text.
    pub(crate) fields: Vec<Field>,
    /// Where an input method or the scanner seems to have changed the text.
    pub(crate) advice: Vec<Problem>,
}

/// One field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: CardField,
    /// The text, composed.
    pub(crate) text: String,
    /// What is understood of it (a day as `1951-03-12`, a sex as `male`), or why nothing is. Nothing and no problem where the
    /// field is empty.
    pub(crate) value: Result<Option<String>, Problem>,
}

/// Reads the text of a card.
pub(crate) fn read(raw: &str) -> Reading {
    let text: String = raw.nfc().collect();
    let (text, mut advice) = match undoubled(&text) {
        Some(once) => (once, vec![doubled()]),
        None => (text, Vec::new()),
    };
    let fields = match separator(&text) {
        Some(mark) => {
            if mark != '|' {
                advice.push(other_separator(mark));
            }
            let pieces: Vec<&str> = text.splitn(MOST_FIELDS, mark).collect();
            named(&pieces)
        }
        None => whole(&text, &mut advice),
    };
    advice.extend(damage(&text, &fields));
    Reading {
        raw: raw.to_owned(),
        fields,
        advice,
    }
}

/// The bar, or whatever stands in its place right after the number and comes back often enough.
fn separator(text: &str) -> Option<char> {
    if text.contains('|') {
        return Some('|');
    }
    let after: Vec<char> = text.trim_start().chars().take(N_DIGITS + 1).collect();
    let (mark, number) = after.split_last()?;
    let is_number = number.len() == N_DIGITS && number.iter().all(char::is_ascii_digit);
    let is_mark = !mark.is_alphanumeric() && !mark.is_whitespace() && !",.-".contains(*mark) || *mark == '\t';
    (is_number && is_mark && text.matches(*mark).count() >= 4).then_some(*mark)
}

/// Gives the pieces their names by place; where the old number was left out altogether, by shape.
fn named(pieces: &[&str]) -> Vec<Field> {
    use CardField::{Address, BirthDate, FullName, IdNumber, IssuedOn, OldIdNumber, Sex};
    let has_old_number = pieces
        .get(1)
        .is_none_or(|piece| piece.trim().is_empty() || piece.chars().any(|c| c.is_ascii_digit()));
    let order: &[CardField] = if has_old_number {
        &[IdNumber, OldIdNumber, FullName, BirthDate, Sex, Address, IssuedOn]
    } else {
        &[IdNumber, FullName, BirthDate, Sex, Address, IssuedOn]
    };
    let name = |at: usize| order.get(at).copied().unwrap_or(CardField::Extra);
    let pieces = pieces.iter().enumerate();
    pieces.map(|(at, piece)| field(name(at), piece)).collect()
}

/// A text without separators: the number it begins with, where there is one, and the rest as it is.
fn whole(text: &str, advice: &mut Vec<Problem>) -> Vec<Field> {
    let tidy = text.trim();
    let n_digits = tidy.chars().take_while(char::is_ascii_digit).count();
    if n_digits >= N_DIGITS {
        if n_digits > N_DIGITS || tidy.chars().count() > N_DIGITS {
            advice.push(no_separator());
        }
        let (number, rest) = tidy.split_at(N_DIGITS);
        let mut fields = vec![field(CardField::IdNumber, number)];
        if !rest.is_empty() {
            fields.push(field(CardField::Extra, rest));
        }
        return fields;
    }
    advice.push(not_a_card());
    vec![field(CardField::Extra, text)]
}

fn field(name: CardField, piece: &str) -> Field {
    let text = piece.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    let value = if text.is_empty() {
        match name {
            CardField::IdNumber => Err(number_problem()),
            _ => Ok(None),
        }
    } else {
        understood(name, text).map(Some)
    };
    Field {
        name,
        text: text.to_owned(),
        value,
    }
}

/// Returns what a field says, in the form in which it is kept. Of a field that somebody typed it is asked again.
pub(crate) fn understood(name: CardField, text: &str) -> Result<String, Problem> {
    match name {
        CardField::IdNumber => id_number(text),
        CardField::BirthDate => day_of_birth(text),
        CardField::IssuedOn => whole_day(text).map(|day| day.to_string()).ok_or_else(day_problem),
        CardField::Sex => sex(text),
        CardField::FullName if text.chars().any(|c| c.is_ascii_digit() || c == '|') => Err(name_problem()),
        CardField::FullName | CardField::Address => Ok(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        CardField::OldIdNumber | CardField::Extra => Ok(text.to_owned()),
    }
}

/// Reads an identity number: twelve digits, with whatever spaces and points between them.
pub(crate) fn id_number(text: &str) -> Result<String, Problem> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    if digits.len() == N_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(digits)
    } else {
        Err(number_problem())
    }
}

/// Reads `12031951`, `12/03/1951` and a day already in its kept form.
fn whole_day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse::<Date>() {
        return Some(day);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let others = text.chars().filter(|c| !c.is_ascii_digit());
    if digits.len() != 8 || !others.clone().all(|c| "/-. ".contains(c)) {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let (day, month) = (i8::try_from(number(0, 2)?).ok()?, i8::try_from(number(2, 4)?).ok()?);
    Date::new(number(4, 8)?, month, day)
        .ok()
        .filter(|day| day.year() >= 1900)
}

/// A day of birth may lack its day, or its month too: such cards carry zeros, or the year alone.
fn day_of_birth(text: &str) -> Result<String, Problem> {
    if let Some(day) = whole_day(text) {
        return Ok(day.to_string());
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let has_others = text.chars().any(|c| !c.is_ascii_digit() && !"/-. ".contains(c));
    let kept_form = text.len() == 7 && text.as_bytes().get(4) == Some(&b'-');
    let digits = match digits.len() {
        6 if kept_form => format!(
            "{}{}",
            digits.get(4..6).unwrap_or_default(),
            digits.get(0..4).unwrap_or_default()
        ),
        8 => digits.strip_prefix("00").unwrap_or_default().to_owned(),
        _ => digits,
    };
    let (month, year) = match digits.len() {
        4 => ("00", digits.as_str()),
        6 => digits.split_at(2),
        _ => return Err(day_problem()),
    };
    let is_year = year.starts_with("19") || year.starts_with("20");
    match month.parse::<u8>() {
        _ if has_others || !is_year => Err(day_problem()),
        Ok(0) => Ok(year.to_owned()),
        Ok(1..=12) => Ok(format!("{year}-{month}")),
        _ => Err(day_problem()),
    }
}

fn sex(text: &str) -> Result<String, Problem> {
    match folded_key(text).trim() {
        "nam" | "male" | "m" => Ok("male".to_owned()),
        "nu" | "female" | "f" => Ok("female".to_owned()),
        _ => Err(problem("$", "chưa hiểu giới tính này", "this sex is not understood")),
    }
}

/// A scanner and an input method together may type every letter twice.
fn undoubled(text: &str) -> Option<String> {
    let letters: Vec<char> = text.trim().chars().collect();
    let pairs = letters.chunks(2);
    let is_doubled = letters.len() >= 2 * N_DIGITS && letters.chunks(2).all(|pair| matches!(pair, [a, b] if a == b));
    is_doubled.then(|| pairs.filter_map(|pair| pair.first()).collect())
}

/// Looks for what input methods leave behind.
fn damage(text: &str, fields: &[Field]) -> Vec<Problem> {
    let mut found = Vec::new();
    let of = |name: CardField| fields.iter().find(|field| field.name == name);
    let is_mixed =
        |field: &Field| field.text.chars().any(|c| c.is_ascii_digit()) && field.text.chars().any(char::is_alphabetic);
    let numeric = [CardField::IdNumber, CardField::BirthDate, CardField::IssuedOn];
    if numeric.into_iter().filter_map(of).any(is_mixed) {
        found.push(letters_in_numbers());
    }
    let name = of(CardField::FullName).map_or("", |field| field.text.as_str());
    if has_typed_tones(name) {
        found.push(typed_tones());
    }
    if text.contains('\u{fffd}') || name.contains('?') {
        found.push(lost_letters());
    }
    // After composition a tone mark that stands alone is one too many.
    if name
        .chars()
        .any(|c| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'))
    {
        found.push(two_tones());
    }
    if let (Some(number), Some(birth)) = (of(CardField::IdNumber), of(CardField::BirthDate))
        && let (Ok(Some(number)), Ok(Some(birth))) = (&number.value, &birth.value)
        && !agrees(number, birth)
    {
        found.push(number_and_birth());
    }
    found
}

/// Telex keeps its keys (`Nguyeenx`), VNI its digits (`Nguye6n4`), when they come too fast.
fn has_typed_tones(name: &str) -> bool {
    name.split_whitespace().any(|word| {
        let word = word.to_lowercase();
        let is_plain = word.chars().all(|c| c.is_ascii_alphanumeric());
        let has_telex = word.len() > 2
            && (["aa", "ee", "dd", "aw", "ow", "uw"]
                .iter()
                .any(|keys| word.contains(keys))
                || word.ends_with(['f', 'j', 's', 'x', 'z']));
        let has_vni = word.chars().any(char::is_alphabetic) && word.chars().any(|c| c.is_ascii_digit());
        is_plain && (has_telex || has_vni)
    })
}

/// The fourth digit tells the century of birth, the next two its year.
fn agrees(number: &str, birth: &str) -> bool {
    let digit = |at: usize| number.get(at..=at).and_then(|digit| digit.parse::<u16>().ok());
    let (Some(century), Some(tens), Some(ones)) = (digit(3), digit(4), digit(5)) else {
        return true;
    };
    let year = 1900 + century / 2 * 100 + tens * 10 + ones;
    birth.get(..4).is_none_or(|born| born == year.to_string())
}

/// Returns the province of today in which the place of a printed address lies now, with the name that stands there. The last
/// part of an address is its province; names of today and those before them are known.
pub(crate) fn province_of<'a>(address: &str, provinces: &'a [Province]) -> Option<(String, &'a Province)> {
    let last = address.rsplit(',').map(str::trim).find(|part| !part.is_empty())?;
    let key = folded_key(last);
    let named = |name: &str| {
        let name = folded_key(name);
        key == name || key.ends_with(&name)
    };
    // The longest name that fits: one may end like another.
    let mut best: Option<(String, &Province)> = None;
    for province in provinces {
        for name in province.before.iter().chain(std::iter::once(&province.name.vi)) {
            let is_longer = best.as_ref().is_none_or(|(found, _)| found.len() < name.len());
            if is_longer && named(name) {
                best = Some((name.clone(), province));
            }
        }
    }
    best
}

fn number_problem() -> Problem {
    let vi = "số định danh phải đủ 12 chữ số";
    problem("$", vi, "an identity number has exactly 12 digits")
}

fn day_problem() -> Problem {
    let vi = "chưa hiểu ngày này; cần dạng ngày, tháng, năm như 12031951";
    problem(
        "$",
        vi,
        "this day is not understood; expected day, month, year such as 12031951",
    )
}

fn name_problem() -> Problem {
    problem("$", "họ tên không có chữ số", "a name has no digits")
}

fn doubled() -> Problem {
    let vi = "mỗi chữ đến hai lần, đã bỏ chữ lặp; tắt bộ gõ tiếng Việt rồi quét lại cho chắc";
    problem(
        "$",
        vi,
        "every letter came twice and was taken once; switch the input method off and scan again to be sure",
    )
}

fn other_separator(mark: char) -> Problem {
    problem(
        "$",
        format!("dấu “|” đến thành “{mark}”; vẫn đọc được, nhưng nên chỉnh bàn phím của máy quét"),
        format!("“|” came as “{mark}”; it was read all the same, but the scanner's keyboard should be set right"),
    )
}

fn no_separator() -> Problem {
    let vi = "không có dấu “|” giữa các mục: bộ gõ tiếng Việt đã nuốt mất; tắt bộ gõ (chuyển sang E) rồi quét lại, hoặc nhập tay";
    let en = "there is no “|” between the fields: an input method swallowed it; switch it off and scan again, or type by hand";
    problem("$", vi, en)
}

fn not_a_card() -> Problem {
    let vi = "không giống mã của thẻ căn cước; chữ vừa quét được giữ ở dưới";
    problem(
        "$",
        vi,
        "this does not look like the mark of an identity card; the text is kept below",
    )
}

fn letters_in_numbers() -> Problem {
    let vi = "có chữ lẫn vào số hoặc ngày: bộ gõ tiếng Việt đang bật; tắt bộ gõ rồi quét lại, hoặc nhập tay";
    let en = "letters stand in a number or a day: an input method is on; switch it off and scan again, or type by hand";
    problem("$", vi, en)
}

fn typed_tones() -> Problem {
    let vi = "họ tên còn phím bỏ dấu (Telex hoặc VNI): tắt bộ gõ rồi quét lại, hoặc sửa tên";
    let en = "the name still holds keys of an input method (Telex or VNI): switch it off and scan again, or correct the name";
    problem("$", vi, en)
}

fn lost_letters() -> Problem {
    let vi = "có chữ bị mất dấu hoặc thành “?”: máy quét chưa gửi được tiếng Việt; sửa tên theo thẻ hoặc dùng ảnh";
    let en = "letters were lost or became “?”: the scanner does not send Vietnamese; correct the name by the card or use a picture";
    problem("$", vi, en)
}

fn two_tones() -> Problem {
    let vi = "một chữ có hai dấu: bộ gõ đã thêm dấu; tắt bộ gõ rồi quét lại";
    problem(
        "$",
        vi,
        "a letter has two tone marks: an input method added one; switch it off and scan again",
    )
}

fn number_and_birth() -> Problem {
    let vi = "số định danh và năm sinh không khớp nhau; đối chiếu lại với thẻ";
    problem(
        "$",
        vi,
        "the number and the year of birth do not agree; compare with the card",
    )
}

#[cfg(test)]
mod tests;
