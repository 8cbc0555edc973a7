//! What differs between two releases, in words and in text.
//!
//! The words are those of the rules: titles, conditions as phrases, articles as they are cited. What does not change an answer
//! – a comment, the day somebody last compared a value with the law – shows in the text of the files alone. Nothing is judged here.

mod lines;
mod text;

use std::collections::BTreeSet;

use ansinh_engine::Language;
use ansinh_engine::rules::{Programme, RuleSet, Version};
use jiff::civil::Date;
use serde::Serialize;
use ts_rs::TS;

use crate::{Files, Release};
use lines::Line;
pub use text::{Hunk, TextLine, TextSide};

/// What differs between two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Differences {
    /// The language of the words.
    #[ts(as = "String")]
    pub language: Language,
    /// The release before.
    pub old: Compared,
    /// The release after.
    pub new: Compared,
    /// What differs in the rules: programmes first, then values, then what they rest on; each kind by its name and day.
    pub rules: Vec<Difference>,
    /// What differs in the files, by path.
    pub files: Vec<FileDifference>,
}

/// One of the two releases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Compared {
    /// `vn`, or a province's id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Its digest.
    pub digest: String,
}

/// What a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A version of a programme.
    Programme,
    /// A dated amount.
    Parameter,
    /// A legal text.
    Instrument,
    /// A derived quantity.
    Term,
    /// What can be known.
    Fact,
    /// A paper.
    Paper,
    /// A list of provinces.
    Provinces,
}

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Became {
    /// It stands in the new release alone.
    New,
    /// It stands in both, and says something else.
    Changed,
    /// It has an end in the new release which it did not have, or an earlier one.
    Ended,
    /// It stands in the old release alone.
    Removed,
}

/// A rule that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Difference {
    /// What it is.
    pub kind: RuleKind,
    /// Its name in the rule files.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day of the version of a programme, `2026-10-05`.
    pub from: Option<String>,
    /// What became of it.
    pub became: Became,
    /// One sentence: what it is and what became of it.
    pub says: String,
    /// Part by part. Of a new version of a programme: against the version before it; of a new programme: all of it.
    pub parts: Vec<PartDifference>,
}

/// One part of a rule that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PartDifference {
    /// Which part, in words: "đối tượng", "giá trị từ 05/10/2026".
    pub part: String,
    /// What stood there; none where it is new.
    pub before: Option<String>,
    /// What stands there; none where it is gone.
    pub after: Option<String>,
}

/// A file that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FileDifference {
    /// Its path.
    pub path: String,
    /// New, changed or removed.
    pub became: Became,
    /// The lines that differ, with some around them.
    pub hunks: Vec<Hunk>,
}

/// Compares two releases, in words and in text.
#[must_use]
pub fn differences(old: &Release, new: &Release, language: Language) -> Differences {
    Differences {
        language,
        old: compared(old, language),
        new: compared(new, language),
        rules: rules_that_differ(&old.rules, &new.rules, language),
        files: files_that_differ(&old.files, &new.files),
    }
}

fn compared(release: &Release, language: Language) -> Compared {
    Compared {
        id: release.id.clone(),
        number: release.number,
        title: language.of(&release.rules.title).to_owned(),
        digest: release.digest.clone(),
    }
}

/// Compares files, path by path.
#[must_use]
pub fn files_that_differ(old: &Files, new: &Files) -> Vec<FileDifference> {
    let paths: BTreeSet<&str> = old.iter().chain(new).map(|(path, _)| path.as_str()).collect();
    let bytes = |files: &'_ Files, path: &str| {
        let found = files.iter().find(|(known, _)| known == path);
        found.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
    };
    let mut all = Vec::new();
    for path in paths {
        let (before, after) = (bytes(old, path), bytes(new, path));
        let became = match (&before, &after) {
            (Some(before), Some(after)) if before == after => continue,
            (Some(_), Some(_)) => Became::Changed,
            (Some(_), None) => Became::Removed,
            (None, _) => Became::New,
        };
        all.push(FileDifference {
            path: path.to_owned(),
            became,
            hunks: text::hunks(&before.unwrap_or_default(), &after.unwrap_or_default()),
        });
    }
    all
}

/// Compares the rules of two releases, in words.
#[must_use]
pub fn rules_that_differ(old: &RuleSet, new: &RuleSet, language: Language) -> Vec<Difference> {
    let mut all = programmes(old, new, language);
    for (kind, before, after) in [
        (
            RuleKind::Parameter,
            lines::parameters(old, language),
            lines::parameters(new, language),
        ),
        (
            RuleKind::Instrument,
            lines::instruments(old, language),
            lines::instruments(new, language),
        ),
        (RuleKind::Term, lines::terms(old, language), lines::terms(new, language)),
        (RuleKind::Fact, lines::facts(old, language), lines::facts(new, language)),
        (
            RuleKind::Paper,
            lines::papers(old, language),
            lines::papers(new, language),
        ),
        (
            RuleKind::Provinces,
            lines::provinces(old, language),
            lines::provinces(new, language),
        ),
    ] {
        all.extend(declared(kind, &before, &after, language));
    }
    all
}

/// A version of a programme in words: who, how much, what else, on which articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ToldVersion {
    /// Its title.
    pub title: String,
    /// The first day, `2026-10-05`.
    pub from: String,
    /// The first day no longer; none where nothing ends it.
    pub until: Option<String>,
    /// What it says, part by part.
    pub lines: Vec<ToldLine>,
}

/// One thing that a version says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ToldLine {
    /// Which part, in words: "đối tượng", "giấy tờ phải nộp".
    pub part: String,
    /// What it says, with its articles.
    pub says: String,
}

/// Tells a programme in words, version by version, the newest first; nothing where there is no such programme.
#[must_use]
pub fn told(rules: &RuleSet, programme: &str, language: Language) -> Vec<ToldVersion> {
    let found = rules.programme_named(programme).map(|(_, programme)| programme);
    let of = |(version, ends): &Dated<'_>| ToldVersion {
        title: language.of(&version.title).to_owned(),
        from: version.from.to_string(),
        until: version.until.map(|until| until.to_string()),
        lines: lines::told(lines::version(rules, version, *ends, language)),
    };
    versions(found).iter().rev().map(of).collect()
}

/// A declaration: its name, its title, and what it says line by line.
pub(crate) struct Declared {
    id: String,
    title: String,
    lines: Vec<Line>,
}

fn declared(kind: RuleKind, old: &[Declared], new: &[Declared], language: Language) -> Vec<Difference> {
    let ids: BTreeSet<&str> = old.iter().chain(new).map(|known| known.id.as_str()).collect();
    let mut all = Vec::new();
    for id in ids {
        let find = |list: &'_ [Declared]| list.iter().position(|known| known.id == id);
        let before = find(old).and_then(|at| old.get(at));
        let after = find(new).and_then(|at| new.get(at));
        let Some(either) = after.or(before) else { continue };
        let parts = lines::parts(
            before.map_or(&[], |known| &known.lines),
            after.map_or(&[], |known| &known.lines),
        );
        let became = match (before, after) {
            (Some(_), Some(_)) if parts.is_empty() => continue,
            (Some(_), Some(_)) => Became::Changed,
            (None, _) => Became::New,
            (Some(_), None) => Became::Removed,
        };
        all.push(Difference {
            kind,
            id: id.to_owned(),
            title: either.title.clone(),
            from: None,
            became,
            says: sentence(kind, &either.title, became, None, language),
            parts,
        });
    }
    all
}

fn programmes(old: &RuleSet, new: &RuleSet, language: Language) -> Vec<Difference> {
    let ids: BTreeSet<&str> = [old, new]
        .iter()
        .flat_map(|rules| &rules.programmes)
        .map(|programme| programme.id.as_str())
        .collect();
    let mut all = Vec::new();
    for id in ids {
        let before = old.programme_named(id).map(|(_, programme)| programme);
        let after = new.programme_named(id).map(|(_, programme)| programme);
        let (before, after) = (versions(before), versions(after));
        let days: BTreeSet<_> = before.iter().chain(&after).map(|(version, _)| version.from).collect();
        for from in days {
            let on = |list: &'_ [Dated<'_>]| list.iter().position(|(version, _)| version.from == from);
            let was = on(&before).and_then(|at| before.get(at));
            let is = on(&after).and_then(|at| after.get(at));
            let Some((either, _)) = is.or(was) else { continue };
            // A new version is read against the one that it follows.
            let compared_with = match (was, is) {
                (None, Some(_)) => after
                    .iter()
                    .rev()
                    .find(|(version, _)| version.from < from)
                    .map(|of| (new, of)),
                _ => was.map(|of| (old, of)),
            };
            let parts = lines::parts(
                &compared_with.map_or_else(Vec::new, |(rules, (version, ends))| {
                    lines::version(rules, version, *ends, language)
                }),
                &is.map_or_else(Vec::new, |(version, ends)| {
                    lines::version(new, version, *ends, language)
                }),
            );
            let became = match (was, is) {
                (Some(_), Some(_)) if parts.is_empty() => continue,
                (Some(was), Some(is)) if ends_sooner(was.1, is.1) => Became::Ended,
                (Some(_), Some(_)) => Became::Changed,
                (None, _) => Became::New,
                (Some(_), None) => Became::Removed,
            };
            let title = language.of(&either.title).to_owned();
            let end = is.and_then(|(_, ends)| *ends);
            let days = Days {
                from: language.day(from),
                until: end.map(|end| language.day(end)),
                follows: compared_with.map(|(_, (version, _))| language.day(version.from)),
                is_first: after.first().is_none_or(|(first, _)| first.from == from),
            };
            all.push(Difference {
                kind: RuleKind::Programme,
                id: id.to_owned(),
                says: sentence(RuleKind::Programme, &title, became, Some(&days), language),
                title,
                from: Some(from.to_string()),
                became,
                parts,
            });
        }
    }
    all
}

/// A version with the day from which nothing holds any more; none where another version follows on that day.
type Dated<'r> = (&'r Version, Option<Date>);

fn versions(programme: Option<&Programme>) -> Vec<Dated<'_>> {
    let all = programme.map_or(&[][..], |known| &known.versions);
    let ends = |at: usize, version: &Version| {
        let next = all.get(at + 1).map(|next| next.from);
        version.until.filter(|until| Some(*until) != next)
    };
    all.iter()
        .enumerate()
        .map(|(at, version)| (version, ends(at, version)))
        .collect()
}

fn ends_sooner(was: Option<Date>, is: Option<Date>) -> bool {
    match (was, is) {
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after < before,
        (_, None) => false,
    }
}

/// The days of a version in words.
struct Days {
    from: String,
    until: Option<String>,
    follows: Option<String>,
    is_first: bool,
}

fn sentence(kind: RuleKind, title: &str, became: Became, days: Option<&Days>, language: Language) -> String {
    if let Some(days) = days {
        return of_version(title, became, days, language);
    }
    let what = kind.word(language);
    match (language, became) {
        (Language::Vi, Became::New) => format!("Thêm {what}: {title}."),
        (Language::En, Became::New) => format!("New {what}: {title}."),
        (Language::Vi, Became::Changed | Became::Ended) => format!("Sửa {what}: {title}."),
        (Language::En, Became::Changed | Became::Ended) => format!("Changed {what}: {title}."),
        (Language::Vi, Became::Removed) => format!("Bỏ {what}: {title}."),
        (Language::En, Became::Removed) => format!("Removed {what}: {title}."),
    }
}

fn of_version(title: &str, became: Became, days: &Days, language: Language) -> String {
    let from = &days.from;
    match (language, became, &days.follows) {
        (Language::Vi, Became::New, Some(before)) if !days.is_first => {
            format!("{title}: bản mới áp dụng từ {from}, tiếp theo bản từ {before}.")
        }
        (Language::En, Became::New, Some(before)) if !days.is_first => {
            format!("{title}: a new version from {from}, following that of {before}.")
        }
        (Language::Vi, Became::New, _) => format!("Chính sách mới: {title}, áp dụng từ {from}."),
        (Language::En, Became::New, _) => format!("New programme: {title}, from {from}."),
        (Language::Vi, Became::Ended, _) => match &days.until {
            Some(until) => format!("{title}: hết áp dụng từ {until}."),
            None => format!("{title}: sửa bản áp dụng từ {from}."),
        },
        (Language::En, Became::Ended, _) => match &days.until {
            Some(until) => format!("{title}: no longer from {until}."),
            None => format!("{title}: the version from {from} is changed."),
        },
        (Language::Vi, Became::Changed, _) => format!("{title}: sửa bản áp dụng từ {from}."),
        (Language::En, Became::Changed, _) => format!("{title}: the version from {from} is changed."),
        (Language::Vi, Became::Removed, _) => format!("{title}: bỏ bản áp dụng từ {from}."),
        (Language::En, Became::Removed, _) => format!("{title}: the version from {from} is removed."),
    }
}

impl RuleKind {
    /// Returns its word.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            RuleKind::Programme => language.pick("chính sách", "programme"),
            RuleKind::Parameter => language.pick("mức", "parameter"),
            RuleKind::Instrument => language.pick("văn bản", "instrument"),
            RuleKind::Term => language.pick("đại lượng", "term"),
            RuleKind::Fact => language.pick("thông tin", "fact"),
            RuleKind::Paper => language.pick("giấy tờ", "paper"),
            RuleKind::Provinces => language.pick("danh sách tỉnh", "list of provinces"),
        }
    }
}

#[cfg(test)]
mod tests;
