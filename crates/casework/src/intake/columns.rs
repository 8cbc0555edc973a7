//! What the columns of a list mean: proposed from their headers, said by hand, remembered for the next list.

use ansinh_engine::read::Scope;
use ansinh_engine::report::Language;
use ansinh_engine::rules::{FactId, RuleSet};
use serde::{Deserialize, Serialize};

use super::cells::folded;
use super::sheet::{Cell, Row, Sheet};
use crate::questions::{BIRTH_DATE, basics};
use crate::wire::{ColumnTarget, Failure, TableColumn, TargetGroup};

/// Headers stand in one of the first rows, below the title of the list.
const TITLE_ROWS: usize = 20;
const SAMPLES: usize = 3;

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target {
    Name,
    Relation,
    Number,
    Hamlet,
    IdNumber,
    OldIdNumber,
    Phone,
    /// A fact, and whether it is of the person of the row or of the household.
    Fact(Scope, FactId),
}

const ROSTER: [(Target, &str); 7] = [
    (Target::Name, "name"),
    (Target::Relation, "relation"),
    (Target::Number, "number"),
    (Target::Hamlet, "hamlet"),
    (Target::IdNumber, "id_number"),
    (Target::OldIdNumber, "old_id_number"),
    (Target::Phone, "phone"),
];

/// What headers call them, folded. A fact is also found by its title in either language.
const HEADERS: [(&str, &[&str]); 9] = [
    (
        "name",
        &[
            "ho va ten",
            "ho ten",
            "ten",
            "ho va ten thanh vien",
            "ho ten thanh vien",
            "ten thanh vien",
            "ho va chu dem va ten",
            "full name",
            "name",
        ],
    ),
    (
        "relation",
        &[
            "quan he voi chu ho",
            "quan he",
            "moi quan he",
            "moi quan he voi chu ho",
            "quan he chu ho",
            "qh voi chu ho",
            "relation",
            "relation to the head",
        ],
    ),
    (
        "number",
        &[
            "so ho",
            "ma ho",
            "ma so ho",
            "ma ho gia dinh",
            "ho so",
            "stt ho",
            "household number",
            "household",
        ],
    ),
    (
        "hamlet",
        &[
            "thon",
            "ap",
            "ban",
            "xom",
            "khu pho",
            "to dan pho",
            "thon to dan pho",
            "thon ap",
            "thon ban",
            "thon xom",
            "thon ap ban",
            "ten thon",
            "hamlet",
            "village",
        ],
    ),
    (
        "id_number",
        &[
            "so cccd",
            "cccd",
            "so can cuoc",
            "can cuoc",
            "so can cuoc cong dan",
            "can cuoc cong dan",
            "so dinh danh",
            "so dinh danh ca nhan",
            "ma dinh danh",
            "so cccd dinh danh",
            "so cccd cmnd",
            "cccd cmnd",
            "so the can cuoc",
            "id number",
            "identity number",
        ],
    ),
    (
        "old_id_number",
        &[
            "cmnd",
            "so cmnd",
            "so cmnd cu",
            "cmnd cu",
            "so chung minh nhan dan",
            "chung minh nhan dan",
            "older card number",
        ],
    ),
    (
        "phone",
        &[
            "so dien thoai",
            "dien thoai",
            "sdt",
            "so dt",
            "dt",
            "phone",
            "telephone",
        ],
    ),
    (
        "person.birth_date",
        &[
            "ngay sinh",
            "nam sinh",
            "ngay thang nam sinh",
            "ngay thang nam sinh dd mm yyyy",
            "sinh ngay",
            "sinh nam",
            "ngay sinh nam sinh",
            "date of birth",
            "birth date",
            "year of birth",
            "birth year",
        ],
    ),
    ("person.sex", &["gioi tinh", "nam nu", "gioi", "sex", "gender"]),
];

impl Target {
    pub(super) fn read(rules: &RuleSet, text: &str) -> Option<Target> {
        if let Some((target, _)) = ROSTER.iter().find(|(_, name)| *name == text) {
            return Some(*target);
        }
        let (scope, name) = text.split_once('.')?;
        let scope = match scope {
            "person" => Scope::Person,
            "household" => Scope::Household,
            _ => return None,
        };
        rules.fact_named(scope, name).map(|(id, _)| Target::Fact(scope, id))
    }
}

fn fact_value(scope: Scope, name: &str) -> String {
    match scope {
        Scope::Person => format!("person.{name}"),
        Scope::Household => format!("household.{name}"),
    }
}

/// Returns everything a column may mean.
pub(super) fn targets(rules: &RuleSet, language: Language) -> Vec<ColumnTarget> {
    let roster = ROSTER.iter().map(|(target, name)| ColumnTarget {
        value: (*name).to_owned(),
        label: String::new(),
        group: match target {
            Target::IdNumber | Target::OldIdNumber | Target::Phone => TargetGroup::Identity,
            Target::Name | Target::Relation | Target::Number | Target::Hamlet | Target::Fact(..) => TargetGroup::Roster,
        },
    });
    let basics = basics(rules);
    let is_basic = |name: &str| {
        let mut facts = basics.iter().filter_map(|id| rules.fact(*id));
        facts.any(|fact| fact.name == name)
    };
    let mut facts: Vec<_> = rules.facts.iter().collect();
    facts.sort_by_key(|fact| (fact.scope != Scope::Person, !is_basic(&fact.name)));
    let facts = facts.into_iter().map(|fact| ColumnTarget {
        value: fact_value(fact.scope, &fact.name),
        label: language.of(&fact.title).to_owned(),
        group: match fact.scope {
            Scope::Person => TargetGroup::Person,
            Scope::Household => TargetGroup::Household,
        },
    });
    roster.chain(facts).collect()
}

/// Returns what a header seems to mean.
fn meant(rules: &RuleSet, header: &str) -> Option<String> {
    let words = folded(header);
    if words.is_empty() {
        return None;
    }
    let known = HEADERS.iter().find(|(_, headers)| headers.contains(&words.as_str()));
    let by_title = || {
        let mut facts = rules.facts.iter();
        facts.find(|fact| folded(&fact.title.vi) == words || folded(&fact.title.en) == words)
    };
    known
        .map(|(value, _)| (*value).to_owned())
        .or_else(|| by_title().map(|fact| fact_value(fact.scope, &fact.name)))
        .filter(|value| Target::read(rules, value).is_some())
}

/// Returns the place of the row with the headers: of the first rows, the one of which most is understood.
pub(super) fn header_at(rules: &RuleSet, sheet: &Sheet, row: Option<usize>) -> usize {
    if let Some(row) = row {
        let at = sheet.rows.iter().position(|known| known.number == row);
        return at.unwrap_or_default();
    }
    let n_meant = |row: &Row| {
        row.cells
            .iter()
            .filter(|cell| meant(rules, &cell.text()).is_some())
            .count()
    };
    let first = sheet.rows.iter().take(TITLE_ROWS).enumerate();
    let best = first.max_by_key(|(at, row)| (n_meant(row), std::cmp::Reverse(*at)));
    best.map_or(0, |(at, _)| at)
}

/// Returns the headers as they are compared with those of the next list.
pub(super) fn headers_key(headers: &Row) -> String {
    let words: Vec<String> = headers.cells.iter().map(|cell| folded(&cell.text())).collect();
    words.join("\n")
}

/// What is remembered of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub(super) mapping: Vec<Option<String>>,
    pub(super) hamlet: Option<String>,
}

/// Returns the columns with what they seem to mean, or are remembered to mean.
pub(super) fn columns(
    rules: &RuleSet,
    headers: &Row,
    below: &[Row],
    remembered: Option<&Remembered>,
) -> Vec<TableColumn> {
    let widest = below.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    let mut taken: Vec<String> = Vec::new();
    let mut columns = Vec::new();
    for at in 0..widest.max(headers.cells.len()) {
        let header = headers.cell(at).text();
        let proposed = match remembered {
            Some(remembered) => remembered.mapping.get(at).cloned().flatten(),
            None => meant(rules, &header),
        };
        // The first column that means something is taken to be it.
        let target = proposed.filter(|value| !taken.contains(value) && Target::read(rules, value).is_some());
        taken.extend(target.clone());
        let values = below.iter().map(|row| row.cell(at)).filter(|cell| !cell.is_empty());
        columns.push(TableColumn {
            letter: letter(at),
            header,
            samples: values.take(SAMPLES).map(Cell::text).collect(),
            target,
        });
    }
    columns
}

/// Returns how a spreadsheet names a column: `A`, …, `Z`, `AA`.
pub(super) fn letter(at: usize) -> String {
    let last = char::from(b'A' + u8::try_from(at % 26).unwrap_or_default());
    match at / 26 {
        0 => last.to_string(),
        rest => letter(rest - 1) + &last.to_string(),
    }
}

/// What each column means, read once more: it was said by somebody.
#[derive(Clone, Debug)]
pub(super) struct Mapping {
    columns: Vec<(usize, Target)>,
}

impl Mapping {
    pub(super) fn read(rules: &RuleSet, mapping: &[Option<String>]) -> Result<Mapping, Failure> {
        let mut columns: Vec<(usize, Target)> = Vec::new();
        for (at, value) in mapping.iter().enumerate() {
            let Some(value) = value else { continue };
            let path = format!("$.mapping[{at}]");
            let target = Target::read(rules, value).ok_or_else(|| {
                Failure::bad_request(
                    &path,
                    "cột này được gán thông tin không có trong bộ quy tắc",
                    format!("nothing is called “{value}”"),
                )
            })?;
            if columns.iter().any(|(_, known)| *known == target) {
                return Err(Failure::bad_request(
                    &path,
                    format!("cột {} được gán trùng với một cột trước", letter(at)),
                    format!("column {} means the same as one before it", letter(at)),
                ));
            }
            columns.push((at, target));
        }
        let mapping = Mapping { columns };
        if mapping.column(Target::Name).is_none() {
            return Err(Failure::bad_request(
                "$.mapping",
                "chưa có cột nào là “Họ và tên”",
                "no column is the name",
            ));
        }
        if mapping.column(Target::Relation).is_none() {
            let vi = "chưa có cột nào là “Quan hệ với chủ hộ”: không biết ai là chủ hộ";
            return Err(Failure::bad_request(
                "$.mapping",
                vi,
                "no column is the relation: nobody is the head",
            ));
        }
        Ok(mapping)
    }

    pub(super) fn column(&self, target: Target) -> Option<usize> {
        self.columns
            .iter()
            .find(|(_, known)| *known == target)
            .map(|(at, _)| *at)
    }

    pub(super) fn facts(&self, wanted: Scope) -> impl Iterator<Item = (usize, FactId)> {
        self.columns.iter().filter_map(move |(at, target)| match target {
            Target::Fact(scope, id) if *scope == wanted => Some((*at, *id)),
            _ => None,
        })
    }

    pub(super) fn birth(&self, rules: &RuleSet) -> Option<usize> {
        let (id, _) = rules.fact_named(Scope::Person, BIRTH_DATE)?;
        self.column(Target::Fact(Scope::Person, id))
    }

    /// Whether the row says anything the mapping asks for.
    pub(super) fn says_something(&self, row: &Row) -> bool {
        self.columns.iter().any(|(at, _)| !row.cell(*at).is_empty())
    }
}
