//! Releases, legal texts, dated amounts and papers.

use super::LANGUAGE;
use super::facts::declared_name;
use super::files::{
    Area, At, DatedValue, FillFile, InstrumentFile, InstrumentKind, Local, PaperFile, ParameterFile, ReleaseFile,
};
use super::parts::{is_instrument, readings};
use super::table::{Item, Table};
use jiff::civil::Date;

/// Units an amount or a number can have.
pub(super) const UNITS: [&str; 7] = ["persons", "years", "months", "VND", "VND per month", "m2", "number"];

/// `release.toml`.
pub(super) fn release(root: &mut Table<'_>) -> Option<ReleaseFile> {
    if !speaks_our_language(root) {
        return None;
    }
    let id = root.need("id").and_then(|item| item.name());
    let number = root.need("number").and_then(|item| item.count());
    let title = root.text("title");
    let extends = root.take("extends").and_then(|item| item.name());
    let area = if extends.is_some() {
        root.need_for("area", Some("an overlay says which place it is for"))
            .and_then(|item| item.table())
            .and_then(area)
    } else {
        root.refuse("area", "only an overlay, which `extends` other rules, is for a place");
        None
    };
    // What follows tells of the release, not of the law: whoever publishes and receives reads it.
    if let Some(item) = root.take("from") {
        item.date();
    }
    root.text_if("summary");
    if let Some(table) = root.take("restores").and_then(|item| item.table()) {
        restored(table);
    }
    // The digests belong to who publishes and who verifies a release.
    root.take("files").and_then(|item| item.table());
    root.finish();
    let id = id?;
    Some(ReleaseFile {
        id: id.value,
        number: number?,
        title,
        extends,
        area,
        span: id.span,
    })
}

/// An earlier release whose content comes back, and why.
fn restored(mut table: Table<'_>) {
    if let Some(item) = table.need("number") {
        item.count();
    }
    if let Some(item) = table.need("digest") {
        item.string();
    }
    table.text("why");
    table.close();
}

/// Who can be given the competence to set something.
pub(super) const LEVELS: [&str; 2] = ["province", "commune"];

fn area(mut table: Table<'_>) -> Option<Area> {
    let code = table.need("code").and_then(|item| item.string());
    let level = table.need("is").and_then(|item| item.one_of(&LEVELS));
    let title = table.languages("area");
    if let (Some(code), Some(level)) = (&code, &level) {
        let fits = match (level.value, code.value.split_once('/')) {
            ("province", None) => digits(&code.value, 2),
            ("commune", Some((province, commune))) => digits(province, 2) && digits(commune, 5),
            _ => false,
        };
        if !fits {
            let message = format!("`{}` is not the code of a {}", code.value, level.value);
            let hint = "codes are those of the official list: `01` for a province, `01/00004` for a commune of it";
            table.page.error("E0108", code.span, message, hint.to_owned());
        }
    }
    table.close();
    Some(Area {
        code: code?,
        level: level?.value.to_owned(),
        title,
    })
}

/// Whether a text is so many digits.
pub(super) fn digits(text: &str, n: usize) -> bool {
    text.len() == n && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether the file is written for this version of the language; a file of another version is not read further.
pub(super) fn speaks_our_language(root: &mut Table<'_>) -> bool {
    let Some(item) = root.need("language") else { return true };
    let Some(number) = item.count() else { return true };
    if number != LANGUAGE {
        let message = format!("written for language {number}, this program knows {LANGUAGE}");
        let hint = (number > LANGUAGE).then(|| "a newer version of the program is needed".to_owned());
        item.page.error("E0104", item.span(), message, hint);
    }
    number == LANGUAGE
}

/// `instruments/*.toml`.
pub(super) fn instruments(root: &mut Table<'_>, into: &mut Vec<InstrumentFile>) {
    for item in root.rest() {
        if !is_instrument(item.key) {
            let hint = "an id is a letter, then letters, digits and `_`: `ND20`".to_owned();
            item.page.error(
                "E0114",
                item.key_span,
                format!("`{}` is not an id of an instrument", item.key),
                hint,
            );
        }
        let Some(mut table) = item.table() else { continue };
        let kind = table
            .need("kind")
            .and_then(|item| item.one_of(&["law", "decree", "circular", "decision", "resolution"]));
        let number = table
            .need("number")
            .and_then(|item| item.string())
            .map(|found| found.value);
        let title = table.text("title");
        let issued = table.need("issued").and_then(|item| item.date());
        let in_force = table.need("in_force").and_then(|item| item.date());
        let ends = table.take("ends").and_then(|item| item.date());
        if let (Some(first), Some(end)) = (&in_force, &ends) {
            follows(&item, first.value, end, "in_force");
        }
        let checked = table.take("checked").and_then(|item| item.date());
        if let (Some(issued), Some(checked)) = (&issued, &checked)
            && checked.value < issued.value
        {
            let message = format!(
                "`{}` was checked on {} and issued on {}",
                item.key, checked.value, issued.value
            );
            let hint = "`checked` is a day on which somebody had the text before them".to_owned();
            item.page.error("E0118", checked.span, message, hint);
        }
        into.push(InstrumentFile {
            id: At {
                value: item.key.to_owned(),
                span: item.key_span,
            },
            kind: match kind.map(|kind| kind.value) {
                Some("decree") => InstrumentKind::Decree,
                Some("circular") => InstrumentKind::Circular,
                Some("decision") => InstrumentKind::Decision,
                Some("resolution") => InstrumentKind::Resolution,
                _ => InstrumentKind::Law,
            },
            number: number.unwrap_or_default(),
            title,
            issued: issued.map_or(Date::MIN, |day| day.value),
            in_force: in_force.map_or(Date::MIN, |day| day.value),
            ends: ends.map(|day| day.value),
            amends: ids(&mut table, "amends"),
            replaces: ids(&mut table, "replaces"),
            checked,
        });
        table.close();
    }
}

fn ids(table: &mut Table<'_>, key: &'static str) -> Vec<At<String>> {
    let items = table.take(key).map(|item| item.list()).unwrap_or_default();
    items.iter().filter_map(Item::string).collect()
}

/// Reports an end that does not lie after the beginning.
fn follows(item: &Item<'_>, first: Date, end: &At<Date>, named: &str) {
    if end.value <= first {
        let message = format!("`{}` ends on {} and begins on {first}", item.key, end.value);
        item.page
            .error("E0118", end.span, message, format!("the end is a day after `{named}`"));
    }
}

/// `[local.NAME]` of an overlay's `parameters/*.toml`; in national files there is nothing to fill.
pub(super) fn fills(root: &mut Table<'_>, is_overlay: bool, into: &mut Vec<FillFile>) {
    if !is_overlay {
        root.refuse("local", "only an overlay fills slots of other rules");
        return;
    }
    let slots = root.take("local").and_then(|item| item.table());
    for item in slots.map(|mut table| table.rest()).unwrap_or_default() {
        let name = item.key_name();
        let Some(mut table) = item.table() else { continue };
        let dated = table.need("dated").map(|item| dated(&item)).unwrap_or_default();
        let readings = readings(&mut table);
        table.close();
        into.extend(name.map(|name| FillFile { name, dated, readings }));
    }
}

/// `parameters/*.toml`.
pub(super) fn parameters(root: &mut Table<'_>, into: &mut Vec<ParameterFile>) {
    for item in root.rest() {
        let name = declared_name(&item);
        let Some(mut table) = item.table() else { continue };
        let title = table.text("title");
        let unit = table.need("type").and_then(|item| item.one_of(&UNITS));
        let local = table.take("local").and_then(|item| item.table()).map(|mut table| {
            let local = Local {
                set_by: set_by(&mut table),
                bound: table
                    .need("bound")
                    .and_then(|item| item.one_of(&["at_least_national", "at_most_national"]))
                    .map_or(String::new(), |found| found.value.to_owned()),
                cite: table.cite(),
            };
            table.close();
            local
        });
        let dated = table.need("dated").map(|item| dated(&item)).unwrap_or_default();
        table.close();
        let (Some(name), Some(unit)) = (name, unit) else {
            continue;
        };
        into.push(ParameterFile {
            name,
            title,
            unit: At {
                value: unit.value.to_owned(),
                span: unit.span,
            },
            local,
            dated,
        });
    }
}

/// `set_by`: who has the competence.
pub(super) fn set_by(table: &mut Table<'_>) -> String {
    let found = table.need("set_by").and_then(|item| item.one_of(&LEVELS));
    found.map_or(String::new(), |found| found.value.to_owned())
}

fn dated(item: &Item<'_>) -> Vec<DatedValue> {
    let mut values: Vec<DatedValue> = Vec::new();
    let tables = item.tables();
    if tables.is_empty() {
        item.page.error("E0108", item.span(), "`dated` holds no value", None);
    }
    for mut table in tables {
        let from = table.need("from").and_then(|item| item.date());
        let is = table.need("is").and_then(|item| item.decimal());
        let cite = table.cite();
        let backdated = table.cite_if("backdated");
        let checked = table.take("checked").and_then(|item| item.date()).map(|day| day.value);
        let until = table.take("until").and_then(|item| item.date());
        let review = table.take("review").and_then(|item| item.date()).map(|day| day.value);
        table.close();
        let (Some(from), Some(is)) = (from, is) else { continue };
        if let Some(until) = &until {
            follows(item, from.value, until, "from");
        }
        if let Some(previous) = values.last() {
            if from.value <= previous.from.value {
                let message = format!("{} does not come after {}", from.value, previous.from.value);
                let hint = "values stand in the order of their days, one for each day".to_owned();
                item.page.error("E0118", from.span, message, hint);
            }
            if let Some(end) = previous.until.as_ref().filter(|end| end.value > from.value) {
                let message = format!(
                    "the value before holds until {} and the next begins on {}",
                    end.value, from.value
                );
                let hint = "without `until` a value holds until the next one begins".to_owned();
                item.page.error("E0118", end.span, message, hint);
            }
        }
        values.push(DatedValue {
            from,
            is,
            cite,
            backdated,
            checked,
            until,
            review,
        });
    }
    values
}

/// `papers/*.toml`.
pub(super) fn papers(root: &mut Table<'_>, into: &mut Vec<PaperFile>) {
    for item in root.rest() {
        let name = declared_name(&item);
        let Some(mut table) = item.table() else { continue };
        let title = table.text("title");
        let from = table.text("from");
        table.close();
        if let Some(name) = name {
            into.push(PaperFile { name, title, from });
        }
    }
}
