//! The commune in figures: how many benefits are received and how many are not, what they cost, and how good the data are.

use std::collections::BTreeMap;

use ansinh_engine::read::Scope;
use ansinh_engine::register::{stage_words, stages};
use ansinh_engine::report::{Every, Language};
use ansinh_engine::rules::{RuleSet, Type};
use ansinh_store::Coverage;

use crate::clock;
use crate::lists::{every_of, title, version};
use crate::session::Session;
use crate::standing::{AGE_BANDS, basis};
use crate::wire::{Breakdown, BreakdownBy, CoverageLine, DataQuality, Failure, Overview, OverviewRequest};

impl Session {
    pub(crate) async fn overview(&self, request: OverviewRequest) -> Result<Overview, Failure> {
        let (language, rules) = (request.language, &*self.rules);
        let basis = basis(rules, clock::today());
        let rows = self.store.coverage().await?;
        let (screened, quality, counts) = (
            self.store.screened(&basis).await?,
            self.store.quality().await?,
            self.store.counts().await?,
        );
        let mut total = CoverageLine::default();
        rows.iter().for_each(|row| add(&mut total, row));
        let by = |by: BreakdownBy| Breakdown {
            by,
            lines: breakdown(rules, language, &rows, by, &self.commune.hamlets),
        };
        Ok(Overview {
            month: basis.month,
            total,
            breakdowns: vec![
                by(BreakdownBy::Stage),
                by(BreakdownBy::Age),
                by(BreakdownBy::Sex),
                by(BreakdownBy::Hamlet),
                by(BreakdownBy::EthnicGroup),
                by(BreakdownBy::Programme),
            ],
            quality: DataQuality {
                n_households: counts.n_households,
                n_persons: counts.n_persons,
                n_current: screened.n_current,
                n_never: screened.n_never,
                n_open: quality.n_open,
                n_missing: quality.n_missing,
                n_undated: quality.n_undated,
            },
        })
    }
}

fn breakdown(
    rules: &RuleSet,
    language: Language,
    rows: &[Coverage],
    by: BreakdownBy,
    hamlets: &[String],
) -> Vec<CoverageLine> {
    let mut groups: BTreeMap<(usize, String), CoverageLine> = BTreeMap::new();
    for row in rows {
        for (place, label) in groups_of(rules, language, row, by, hamlets) {
            let line = groups.entry((place, label.clone())).or_insert_with(|| CoverageLine {
                label,
                ..CoverageLine::default()
            });
            add(line, row);
        }
    }
    let mut lines: Vec<CoverageLine> = groups.into_values().collect();
    if by == BreakdownBy::Programme {
        lines.sort_by(|a, b| (b.n_gap, &a.label).cmp(&(a.n_gap, &b.label)));
    }
    lines
}

/// Returns under which lines a row counts, each with its place; what is not known comes last and has no label.
fn groups_of(
    rules: &RuleSet,
    language: Language,
    row: &Coverage,
    by: BreakdownBy,
    hamlets: &[String],
) -> Vec<(usize, String)> {
    let unknown = (usize::MAX, String::new());
    match by {
        BreakdownBy::Stage => {
            let of = version(rules, &row.programme).map_or(&[][..], |version| version.stages.as_slice());
            let known = stages()
                .iter()
                .enumerate()
                .filter(|(_, stage)| of.iter().any(|own| own == *stage));
            known
                .map(|(place, stage)| {
                    let (vi, en) = stage_words(stage);
                    (place, language.pick(vi, en).to_owned())
                })
                .collect()
        }
        BreakdownBy::Programme => vec![(0, title(rules, language, &row.programme))],
        BreakdownBy::Hamlet => {
            let place = hamlets.iter().position(|hamlet| *hamlet == row.hamlet);
            vec![(place.unwrap_or(hamlets.len()), row.hamlet.clone())]
        }
        BreakdownBy::Age if row.is_person => {
            let band = row.age_band.as_deref();
            let place = AGE_BANDS.iter().position(|(_, name)| Some(*name) == band);
            vec![place.map_or(unknown, |place| (place, band.unwrap_or_default().replace('-', "–")))]
        }
        BreakdownBy::Sex if row.is_person => {
            vec![choice(rules, language, "sex", row.sex.as_deref()).unwrap_or(unknown)]
        }
        BreakdownBy::Age | BreakdownBy::Sex => Vec::new(),
        BreakdownBy::EthnicGroup => {
            vec![choice(rules, language, "ethnic_group", row.ethnic_group.as_deref()).unwrap_or(unknown)]
        }
    }
}

/// Returns the place and the label of a choice.
fn choice(rules: &RuleSet, language: Language, fact: &str, value: Option<&str>) -> Option<(usize, String)> {
    let (_, fact) = rules.fact_named(Scope::Person, fact)?;
    let Type::Choice(list) = &fact.kind else { return None };
    let (place, (_, label)) = list
        .iter()
        .enumerate()
        .find(|(_, (name, _))| Some(name.as_str()) == value)?;
    Some((place, language.of(label).to_owned()))
}

fn add(line: &mut CoverageLine, row: &Coverage) {
    let received = row.standing == "receiving";
    let into = match (received, every_of(&row.every)) {
        (true, Every::Month) => Some(&mut line.paid_a_month),
        (true, Every::Year | Every::Once) => None,
        (false, Every::Month) => Some(&mut line.forgone_a_month),
        (false, Every::Year) => Some(&mut line.forgone_a_year),
        (false, Every::Once) => Some(&mut line.forgone_once),
    };
    if let Some(sum) = into {
        *sum = sum.saturating_add(row.low);
    }
    if received {
        line.n_received += row.n;
    } else {
        line.n_gap += row.n;
    }
}
