//! Who may be entitled and does not receive, by name, and why not.

use std::collections::BTreeMap;

use ansinh_engine::evaluate::Level;
use ansinh_engine::report::{Amount, Every, Language};
use ansinh_store::{GapFilter, GapLine as Found, GapOrder, GapSum, NewReason};

use crate::clock;
use crate::failure::problem;
use crate::lists::{PAGE, every_of, gives, listed, programme_counts, title};
use crate::office::tidy;
use crate::session::Session;
use crate::wire::{
    BenefitRef, Failure, Gap, GapLine, GapPlan, GapPlanLine, GapReason, GapReasonsRequest, GapRequest, ReasonCount,
    ReasonFilter,
};

impl Session {
    pub(crate) async fn gap(&self, request: GapRequest) -> Result<Gap, Failure> {
        let (language, rules) = (request.language, &self.rules);
        let filter = GapFilter {
            hamlet: request.hamlet,
            programme: request.programme,
            reason: request.reason.map(|reason| filter_word(reason).to_owned()),
            with_unasked: request.with_unasked,
        };
        let found = self.store.gap(&filter, GapOrder::Amount, PAGE, request.offset).await?;
        let any_programme = GapFilter {
            programme: None,
            ..filter.clone()
        };
        let by_programme = self.store.gap_sums(&any_programme).await?;
        let any_reason = GapFilter {
            reason: None,
            ..filter.clone()
        };
        let by_reason = self.store.gap_sums(&any_reason).await?;
        let wanted = |sum: &&GapSum| {
            filter
                .programme
                .as_ref()
                .is_none_or(|programme| sum.programme == *programme)
        };
        let amount = |every: Every| {
            let mut level = Level { low: 0, high: 0 };
            for sum in by_programme
                .iter()
                .filter(wanted)
                .filter(|sum| every_of(&sum.every) == every)
            {
                level.low = level.low.saturating_add(sum.level.0);
                level.high = level.high.saturating_add(sum.level.1);
            }
            Amount {
                low: level.low,
                high: level.high,
                every,
                text: language.level(level, every),
            }
        };
        let some = |amount: Amount| Some(amount).filter(|amount| amount.high > 0);
        Ok(Gap {
            n_in_all: found.n_in_all,
            lines: found.lines.iter().map(|line| self.gap_line(line, language)).collect(),
            month: amount(Every::Month),
            year: some(amount(Every::Year)),
            once: some(amount(Every::Once)),
            reasons: counted(&by_reason, |sum| reason_of(&sum.reason))
                .into_iter()
                .map(|(reason, n)| ReasonCount { reason, n })
                .collect(),
            programmes: programme_counts(rules, language, counted(&by_programme, |sum| sum.programme.clone())),
        })
    }

    fn gap_line(&self, line: &Found, language: Language) -> GapLine {
        let reason = line.reason.as_ref();
        GapLine {
            of: listed(language, &line.of),
            title: title(&self.rules, language, &line.programme),
            programme: line.programme.clone(),
            gives: gives(&self.rules, language, &line.programme, line.level),
            found_on: line.found_on.clone(),
            reason: match reason {
                Some(reason) => reason_of(&reason.reason),
                None => line.is_applied_for.then_some(GapReason::InProcess),
            },
            note: reason.map_or_else(String::new, |reason| reason.note.clone()),
            said_at: reason
                .and_then(|reason| reason.at.parse().ok())
                .map_or_else(String::new, clock::moment),
            said_by: reason.map_or_else(String::new, |reason| reason.by.clone()),
        }
    }

    pub(crate) async fn preview_gap_reasons(&self, request: &GapReasonsRequest) -> Result<GapPlan, Failure> {
        Ok(self.gap_plan(request).await?.0)
    }

    pub(crate) async fn set_gap_reasons(&self, request: &GapReasonsRequest) -> Result<GapPlan, Failure> {
        let (plan, reasons) = self.gap_plan(request).await?;
        self.store.add_gap_reasons(&reasons, &self.stamp()).await?;
        Ok(plan)
    }

    /// Only what is in the gap now gets a reason.
    async fn gap_plan(&self, request: &GapReasonsRequest) -> Result<(GapPlan, Vec<NewReason>), Failure> {
        let note = tidy(&request.note);
        if request.reason == Some(GapReason::Other) && note.is_empty() {
            return Err(Failure {
                problems: vec![problem(
                    "$.note",
                    "ghi rõ lý do khác là gì",
                    "say what the other reason is",
                )],
                ..Failure::of("bad_request")
            });
        }
        let any = GapFilter {
            with_unasked: true,
            ..GapFilter::default()
        };
        let all = self.store.gap(&any, GapOrder::Amount, u32::MAX, 0).await?;
        let asked = |line: &&Found| request.benefits.contains(&benefit_of(line));
        let found: Vec<&Found> = all.lines.iter().filter(asked).collect();
        let word = request.reason.map(|reason| reason_word(reason).to_owned());
        let new = found.iter().map(|line| NewReason {
            household: line.of.household,
            benefit: (line.of.person, line.programme.clone()),
            reason: word.clone(),
            note: note.clone(),
        });
        let plan = GapPlan {
            n_gone: request.benefits.len().saturating_sub(found.len()),
            lines: found
                .iter()
                .map(|line| GapPlanLine {
                    of: listed(request.language, &line.of),
                    title: title(&self.rules, request.language, &line.programme),
                    before: line.reason.as_ref().and_then(|reason| reason_of(&reason.reason)),
                    after: request.reason,
                })
                .collect(),
        };
        Ok((plan, new.collect()))
    }
}

fn benefit_of(line: &Found) -> BenefitRef {
    BenefitRef {
        household: line.of.household.to_string(),
        person: line.of.person.map(|person| person.to_string()),
        programme: line.programme.clone(),
    }
}

fn counted<K: Ord>(sums: &[GapSum], key: impl Fn(&GapSum) -> K) -> Vec<(K, usize)> {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    for sum in sums {
        *counts.entry(key(sum)).or_default() += sum.n;
    }
    counts.into_iter().collect()
}

const REASONS: [(GapReason, &str); 6] = [
    (GapReason::NotTold, "not_told"),
    (GapReason::Refuses, "refuses"),
    (GapReason::PapersMissing, "papers_missing"),
    (GapReason::InProcess, "in_process"),
    (GapReason::Moved, "moved"),
    (GapReason::Other, "other"),
];

fn reason_word(reason: GapReason) -> &'static str {
    match reason {
        GapReason::NotTold => "not_told",
        GapReason::Refuses => "refuses",
        GapReason::PapersMissing => "papers_missing",
        GapReason::InProcess => "in_process",
        GapReason::Moved => "moved",
        GapReason::Other => "other",
    }
}

fn reason_of(word: &str) -> Option<GapReason> {
    REASONS
        .iter()
        .find(|(_, known)| *known == word)
        .map(|(reason, _)| *reason)
}

fn filter_word(filter: ReasonFilter) -> &'static str {
    match filter {
        ReasonFilter::None => "",
        ReasonFilter::NotTold => "not_told",
        ReasonFilter::Refuses => "refuses",
        ReasonFilter::PapersMissing => "papers_missing",
        ReasonFilter::InProcess => "in_process",
        ReasonFilter::Moved => "moved",
        ReasonFilter::Other => "other",
    }
}
