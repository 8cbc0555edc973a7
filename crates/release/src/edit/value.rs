//! A dated value among those of its parameter, and how values are written.

use ansinh_engine::read::Text;
use jiff::civil::Date;
use rust_decimal::Decimal;
use toml::de::DeValue;

use super::{EditError, Found, NewValue};

/// Returns the text of a file with a dated value at its place.
pub(super) fn put(
    path: &str,
    text: &str,
    parameter: &Found<'_, '_>,
    new: &NewValue,
    today: Date,
) -> Result<String, EditError> {
    let unknown = || EditError::Unknown {
        name: format!("{}.dated", new.parameter),
    };
    let dated = parameter.get("dated").ok_or_else(unknown)?;
    let entries = dated.entries().ok_or_else(unknown)?;
    let mut after = text.to_owned();
    if let Some(same) = entries.iter().find(|entry| day_of(entry) == Some(new.from)) {
        if new.from <= today {
            return Err(EditError::InForce {
                from: new.from,
                path: path.to_owned(),
                line: same.line(text),
            });
        }
        correct(&mut after, same, new);
        return Ok(after);
    }
    let entry = written(new);
    let later = entries
        .iter()
        .find(|entry| day_of(entry).is_some_and(|day| day > new.from));
    let before = entries
        .iter()
        .rev()
        .find(|entry| day_of(entry).is_some_and(|day| day < new.from));
    let list = text.get(dated.span.clone()).unwrap_or_default();
    let is_open = list.contains('\n');
    match (later, before) {
        (Some(later), _) if is_open => after.insert_str(later.span.start, &format!("{entry},\n  ")),
        (Some(later), _) => after.insert_str(later.span.start, &format!("{entry}, ")),
        (None, Some(last)) => {
            // Behind the last value comes perhaps a comma and a comment, which belong to it.
            let rest = text.get(last.span.end..dated.span.end).unwrap_or_default();
            let n_comma = rest
                .find(',')
                .filter(|at| rest.get(..*at).is_some_and(|before| before.trim().is_empty()));
            let end_of_line = rest.find('\n').filter(|_| is_open);
            match end_of_line {
                Some(end) => {
                    after.insert_str(last.span.end + end, &format!("\n  {entry},"));
                    if n_comma.is_none() {
                        after.insert(last.span.end, ',');
                    }
                }
                None => after.insert_str(last.span.end, &format!(", {entry}")),
            }
        }
        (None, None) => after.replace_range(dated.span.clone(), &format!("[\n  {entry},\n]")),
    }
    Ok(after)
}

fn day_of(entry: &Found<'_, '_>) -> Option<Date> {
    match entry.get("from")?.value {
        DeValue::Datetime(day) => day.to_string().parse().ok(),
        _ => None,
    }
}

/// Puts the new words in the place of the old ones; keys of which nothing is said stay.
fn correct(text: &mut String, entry: &Found<'_, '_>, new: &NewValue) {
    let mut wanted = vec![("is", number(new.is)), ("cite", cites(&new.cite))];
    wanted.extend(new.checked.map(|day| ("checked", day.to_string())));
    wanted.extend(new.until.map(|day| ("until", day.to_string())));
    let mut cuts = Vec::new();
    let mut end = entry.span.start;
    let mut added = String::new();
    for key in ["from", "is", "cite", "backdated", "checked", "until", "review"] {
        let known = entry.get(key);
        end = known.as_ref().map_or(end, |known| end.max(known.span.end));
        let Some((_, value)) = wanted.iter().find(|(wanted, _)| *wanted == key) else {
            continue;
        };
        match known {
            Some(known) => cuts.push((known.span, value.clone())),
            None => added.push_str(&format!(", {key} = {value}")),
        }
    }
    cuts.push((end..end, added));
    cuts.sort_by_key(|(span, _)| std::cmp::Reverse((span.start, span.end)));
    for (span, with) in cuts {
        text.replace_range(span, &with);
    }
}

fn written(new: &NewValue) -> String {
    let mut entry = format!(
        "{{ from = {}, is = {}, cite = {}",
        new.from,
        number(new.is),
        cites(&new.cite)
    );
    for (key, day) in [("checked", new.checked), ("until", new.until)] {
        if let Some(day) = day {
            entry.push_str(&format!(", {key} = {day}"));
        }
    }
    entry.push_str(" }");
    entry
}

fn cites(cites: &[String]) -> String {
    match cites {
        [one] => quoted(one),
        all => list(&all.iter().map(|cite| quoted(cite)).collect::<Vec<_>>()),
    }
}

/// A number with `_` between its thousands, as rule files write them.
fn number(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A text in both languages.
pub(super) fn text(text: &Text) -> String {
    format!("{{ vi = {}, en = {} }}", quoted(&text.vi), quoted(&text.en))
}

/// A list on one line.
pub(super) fn list(items: &[String]) -> String {
    format!("[{}]", items.join(", "))
}

/// A string in quotation marks, with what must be escaped escaped.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}
