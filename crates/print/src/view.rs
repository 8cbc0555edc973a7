//! What stands where on the page: rows sorted into the page's sections, and equal sentences said once.
//!
//! It only gathers and groups; every sentence comes finished from the report or from the fixed labels.

use ansinh_engine::Month;
use ansinh_engine::report::{Amount, Ask, Every, Language, Member, ReleaseTag, Report, Row, Standing, by_question};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

use self::claim::{Bring, Counter, bring, counters};
use crate::labels::{self, Labels};
use crate::mark::{Mark, mark};
use crate::{PrintError, Sheet};

mod claim;
mod clean;

/// Hexadecimal digits of the release's digest on the page: enough to tell two releases apart.
const DIGEST_DIGITS: usize = 16;

/// Reads a day written `2026-11-22`, and in no other way.
pub(crate) fn day(text: &str) -> Result<Date, PrintError> {
    let day: Option<Date> = text.parse().ok();
    day.filter(|day| day.to_string() == text)
        .ok_or_else(|| PrintError::Day { found: text.to_owned() })
}

/// Returns the page's whole content as JSON, each text made fit for paper.
pub(crate) fn content(sheet: &Sheet<'_>, printed_on: Date) -> Result<String, PrintError> {
    cleaned(&View::new(sheet, printed_on)?)
}

/// Returns content as JSON, each text made fit for paper.
pub(crate) fn cleaned(content: &impl Serialize) -> Result<String, PrintError> {
    let mut content = serde_json::to_value(content)?;
    clean::texts(&mut content);
    Ok(content.to_string())
}

/// The page, section by section.
#[derive(Debug, Serialize)]
struct View<'a> {
    language: &'static str,
    labels: &'static Labels,
    invented: bool,
    commune: &'a str,
    province: &'a str,
    hamlet: &'a str,
    officer: &'a str,
    number: &'a str,
    household: &'a str,
    month: String,
    printed_on: String,
    members: Vec<String>,
    totals: Vec<Total<'a>>,
    limited: &'a Option<String>,
    claims: Vec<Entry<'a>>,
    receiving: Vec<Entry<'a>>,
    open: Vec<Open<'a>>,
    later: Vec<Entry<'a>>,
    not_entitled: Vec<Reasons<'a>>,
    n_not_entitled: String,
    not_computed: Vec<Reasons<'a>>,
    bring: Vec<Bring<'a>>,
    apply: Vec<Counter<'a>>,
    release: String,
    digest: String,
    code: &'a str,
    mark: Mark,
}

/// What is to be asked first, and all that waits for it.
#[derive(Debug, Serialize)]
struct Open<'a> {
    question: &'a str,
    rows: Vec<Entry<'a>>,
}

/// A row of a table, and everybody for whom it reads the same.
#[derive(Debug, Serialize)]
struct Entry<'a> {
    who: Vec<&'a str>,
    #[serde(flatten)]
    said: Said<'a>,
}

/// What a row says of one programme.
#[derive(Debug, PartialEq, Serialize)]
struct Said<'a> {
    title: &'a str,
    gives: &'a str,
    /// The amount in words, unless what is given says it already.
    amount: Option<&'a str>,
    arithmetic: Vec<&'a str>,
    starts: Option<&'a str>,
    summary: &'a str,
    combination: Option<&'a str>,
    change: Option<&'a str>,
    articles: Vec<&'a str>,
    asks: Vec<Question<'a>>,
    /// Who decides the application.
    decides: Option<&'a str>,
}

/// A fact that decides, as the household reads it.
#[derive(Debug, PartialEq, Serialize)]
struct Question<'a> {
    title: &'a str,
    /// Whose fact it is, where it is somebody else's.
    who: Option<&'a str>,
    unsure: bool,
    judged_by: Option<&'a str>,
}

/// A programme that is not open to somebody now, with each reason said once.
#[derive(Debug, Serialize)]
struct Reasons<'a> {
    title: &'a str,
    reasons: Vec<Reason<'a>>,
}

/// A sum, and whether it hangs on something not known.
#[derive(Debug, Serialize)]
struct Total<'a> {
    label: &'static str,
    text: &'a str,
    open: bool,
}

impl<'a> Total<'a> {
    fn new(amount: &'a Amount, labels: &'static Labels) -> Total<'a> {
        Total {
            label: match amount.every {
                Every::Month => labels.monthly_total,
                Every::Year => labels.yearly_total,
                Every::Once => labels.once_total,
            },
            text: &amount.text,
            open: amount.high > amount.low,
        }
    }
}

/// One reason, and whom it concerns.
#[derive(Debug, Serialize)]
struct Reason<'a> {
    who: Vec<&'a str>,
    text: &'a str,
}

impl<'a> View<'a> {
    fn new(sheet: &Sheet<'a>, printed_on: Date) -> Result<Self, PrintError> {
        let report = sheet.report;
        let language = report.language;
        let totals = &report.totals;
        Ok(Self {
            language: language.code(),
            labels: labels::labels(language),
            invented: report.invented,
            commune: sheet.commune,
            province: sheet.province,
            hamlet: sheet.hamlet,
            officer: sheet.officer,
            number: sheet.household_number,
            household: &report.household,
            month: Month::parse(&report.month).map_or_else(|| report.month.clone(), |month| language.month(month)),
            printed_on: language.day(printed_on),
            totals: std::iter::once(&totals.month)
                .chain(&totals.year)
                .chain(&totals.once)
                .map(|amount| Total::new(amount, labels::labels(language)))
                .collect(),
            limited: &totals.limited,
            claims: entries(report, Standing::CanApply),
            receiving: entries(report, Standing::Receiving),
            open: open(report),
            later: entries(report, Standing::Later),
            not_entitled: if sheet.reasons {
                reasons(report, Standing::No)
            } else {
                Vec::new()
            },
            n_not_entitled: n_not_entitled(report, sheet.reasons),
            not_computed: reasons(report, Standing::NotComputed),
            bring: bring(report),
            apply: counters(report),
            release: releases(language, &report.release),
            digest: digests(&report.release),
            code: sheet.code,
            mark: mark(sheet.verify)?,
            members: report.members.iter().map(member).collect(),
        })
    }
}

/// Returns name and number of the rules, and of what lies over them.
pub(crate) fn releases(language: Language, tag: &ReleaseTag) -> String {
    let mut all = vec![labels::release(language, &tag.id, tag.number)];
    let overlays = tag.overlays.iter();
    all.extend(overlays.map(|overlay| labels::release(language, &overlay.id, overlay.number)));
    all.join(" + ")
}

/// Returns the first digits of their digests, in the same order.
fn digests(tag: &ReleaseTag) -> String {
    let digests = std::iter::once(&tag.digest).chain(tag.overlays.iter().map(|overlay| &overlay.digest));
    let short = digests.map(|digest| digest.chars().take(DIGEST_DIGITS).collect::<String>());
    short.collect::<Vec<_>>().join(" + ")
}

/// Returns a member's name, with the birth date as far as it is known.
fn member(member: &Member) -> String {
    match member.born.as_str() {
        "" => member.name.clone(),
        born => format!("{} ({born})", member.name),
    }
}

fn standing(report: &Report, standing: Standing) -> impl Iterator<Item = &Row> {
    report.rows.iter().filter(move |row| row.standing == standing)
}

/// Returns the rows of one standing; persons whose row reads the same share it.
fn entries(report: &Report, of: Standing) -> Vec<Entry<'_>> {
    gathered(standing(report, of), report.language)
}

/// Returns what waits for a fact, by what is to be asked first.
fn open(report: &Report) -> Vec<Open<'_>> {
    let mut groups = Vec::new();
    for (question, rows) in by_question(report) {
        groups.push(Open {
            question,
            rows: gathered(rows.into_iter(), report.language),
        });
    }
    groups
}

/// Returns the sentence that says how many programmes give nothing this month; empty where the page says why.
fn n_not_entitled(report: &Report, reasons: bool) -> String {
    let programmes: BTreeSet<&str> = standing(report, Standing::No)
        .map(|row| row.programme.as_str())
        .collect();
    if reasons || programmes.is_empty() {
        return String::new();
    }
    labels::not_entitled(report.language, programmes.len())
}

/// Returns rows as entries; persons whose row reads the same share one.
fn gathered<'a>(rows: impl Iterator<Item = &'a Row>, language: Language) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    for row in rows {
        let said = said(row, language);
        match entries.iter_mut().find(|entry| entry.said == said) {
            Some(entry) => entry.who.push(&row.who),
            None => entries.push(Entry {
                who: vec![&row.who],
                said,
            }),
        }
    }
    entries
}

fn said(row: &Row, language: Language) -> Said<'_> {
    let amount = row.amount.as_ref().map(|amount| amount.text.as_str());
    Said {
        title: title(row),
        gives: &row.gives,
        amount: amount.filter(|amount| !row.gives.contains(amount)),
        // Where nothing is multiplied the last step is the level itself, which already stands above it.
        arithmetic: row
            .arithmetic
            .iter()
            .map(|step| step.text.as_str())
            .filter(|step| *step != row.gives && Some(*step) != amount)
            .collect(),
        starts: row.starts.as_deref(),
        summary: &row.summary,
        combination: row.combination.as_deref(),
        change: row.next_change.as_ref().map(|change| change.text.as_str()),
        articles: row.articles.iter().map(|article| article.text.as_str()).collect(),
        asks: row
            .asks
            .iter()
            .map(|ask| question(ask, row, language))
            .filter(|question| question.adds_to(&row.summary))
            .collect(),
        decides: row.apply.as_ref().map(|apply| apply.decides.as_str()),
    }
}

/// Returns the programme's title, or its id where no version is in force that could title it.
fn title(row: &Row) -> &str {
    if row.title.is_empty() {
        &row.programme
    } else {
        &row.title
    }
}

/// Returns what has to be known. Of a sensitive fact neither its name nor who decides it: others may see the page.
fn question<'a>(ask: &'a Ask, row: &Row, language: Language) -> Question<'a> {
    if ask.sensitive {
        return Question {
            title: labels::private(language),
            who: None,
            unsure: false,
            judged_by: None,
        };
    }
    Question {
        title: &ask.title,
        who: (ask.at.person.is_some() && ask.at.person != row.person).then_some(&ask.who),
        unsure: ask.unsure,
        judged_by: ask.judged_by.as_deref(),
    }
}

impl Question<'_> {
    /// Whether it says something that the summary has not said already.
    fn adds_to(&self, summary: &str) -> bool {
        self.unsure || self.judged_by.is_some() || !summary.to_lowercase().contains(&self.title.to_lowercase())
    }
}

/// Returns the rows of one standing by programme, each reason once; "every member" stands for a full roster.
fn reasons(report: &Report, of: Standing) -> Vec<Reasons<'_>> {
    let mut programmes: Vec<(&str, Reasons<'_>)> = Vec::new();
    for row in standing(report, of) {
        if !programmes.iter().any(|(programme, _)| *programme == row.programme) {
            programmes.push((
                &row.programme,
                Reasons {
                    title: title(row),
                    reasons: Vec::new(),
                },
            ));
        }
        for (_, Reasons { reasons, .. }) in programmes
            .iter_mut()
            .filter(|(programme, _)| *programme == row.programme)
        {
            // What gives way to another programme says so, and what it would have paid.
            let text = row.combination.as_deref().unwrap_or(&row.summary);
            match reasons.iter_mut().find(|reason| reason.text == text) {
                Some(reason) => reason.who.push(&row.who),
                None => reasons.push(Reason {
                    who: vec![&row.who],
                    text,
                }),
            }
        }
    }
    let mut reasons: Vec<Reasons<'_>> = programmes.into_iter().map(|(_, reasons)| reasons).collect();
    for reason in reasons.iter_mut().flat_map(|programme| &mut programme.reasons) {
        if reason.who.len() > 1 && reason.who.len() == report.members.len() {
            reason.who = vec![labels::everybody(report.language)];
        }
    }
    reasons
}

#[cfg(test)]
mod tests;
