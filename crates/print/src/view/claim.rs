//! What a claim takes: the papers of each person, and the counters to go to. Only what can be claimed now.

use ansinh_engine::Language;
use ansinh_engine::report::{Apply, Paper, Report, Row, Standing};
use serde::Serialize;

use super::{standing, title};
use crate::labels;

/// The papers of one person.
#[derive(Debug, Serialize)]
pub(super) struct Bring<'a> {
    who: &'a str,
    papers: Vec<Needed<'a>>,
}

/// One paper, and all that it proves.
#[derive(Debug, Serialize)]
struct Needed<'a> {
    title: &'a str,
    from: &'a str,
    proves: Vec<&'a str>,
    seen: bool,
    #[serde(skip)]
    id: &'a str,
}

/// Where programmes are claimed.
#[derive(Debug, Serialize)]
pub(super) struct Counter<'a> {
    at: &'a str,
    claims: Vec<Claim<'a>>,
}

/// How some programmes are claimed.
#[derive(Debug, Serialize)]
struct Claim<'a> {
    titles: Vec<&'a str>,
    form: &'a str,
    decides: &'a str,
    days: Option<String>,
    within: Option<&'a str>,
    articles: Vec<&'a str>,
    #[serde(skip)]
    apply: &'a Apply,
}

/// Returns the papers by person, each once, those still to find first.
pub(super) fn bring(report: &Report) -> Vec<Bring<'_>> {
    let mut people: Vec<(Option<&str>, Bring<'_>)> = Vec::new();
    for row in standing(report, Standing::CanApply).filter(|row| !row.papers.is_empty()) {
        let person = row.person.as_deref();
        if !people.iter().any(|(known, _)| *known == person) {
            people.push((
                person,
                Bring {
                    who: &row.who,
                    papers: Vec::new(),
                },
            ));
        }
        for (_, bring) in people.iter_mut().filter(|(known, _)| *known == person) {
            row.papers.iter().for_each(|paper| bring.add(paper));
        }
    }
    let mut people: Vec<Bring<'_>> = people.into_iter().map(|(_, bring)| bring).collect();
    people
        .iter_mut()
        .for_each(|bring| bring.papers.sort_by_key(|paper| paper.seen));
    people
}

impl<'a> Bring<'a> {
    /// Adds a paper, or to a paper already listed what else it proves; it counts as seen when it was seen for all.
    fn add(&mut self, paper: &'a Paper) {
        let same = |known: &&mut Needed<'_>| known.id == paper.id && known.title == paper.title;
        match self.papers.iter_mut().find(same) {
            Some(known) => {
                known.seen &= paper.seen;
                if !known.proves.contains(&paper.proves.as_str()) {
                    known.proves.push(&paper.proves);
                }
            }
            None => self.papers.push(Needed {
                title: &paper.title,
                from: &paper.from,
                proves: vec![&paper.proves],
                seen: paper.seen,
                id: &paper.id,
            }),
        }
    }
}

/// Returns the counters; programmes claimed in the same way share a line.
pub(super) fn counters(report: &Report) -> Vec<Counter<'_>> {
    let mut counters: Vec<Counter<'_>> = Vec::new();
    for row in standing(report, Standing::CanApply) {
        let Some(apply) = &row.apply else { continue };
        let here = |counter: &&mut Counter<'_>| counter.at == apply.at;
        match counters.iter_mut().find(here) {
            Some(counter) => counter.add(row, apply, report.language),
            None => {
                let mut counter = Counter {
                    at: &apply.at,
                    claims: Vec::new(),
                };
                counter.add(row, apply, report.language);
                counters.push(counter);
            }
        }
    }
    counters
}

impl<'a> Counter<'a> {
    fn add(&mut self, row: &'a Row, apply: &'a Apply, language: Language) {
        match self.claims.iter_mut().find(|claim| claim.apply == apply) {
            Some(claim) if claim.titles.contains(&title(row)) => {}
            Some(claim) => claim.titles.push(title(row)),
            None => self.claims.push(Claim {
                titles: vec![title(row)],
                form: &apply.form,
                decides: &apply.decides,
                days: apply.days.map(|n| labels::working_days(language, n)),
                within: apply.within.as_deref(),
                articles: apply.articles.iter().map(|article| article.text.as_str()).collect(),
                apply,
            }),
        }
    }
}

#[cfg(test)]
mod tests;
