//! What a screening leaves behind for the lists of the whole commune: where each benefit stands, and what time will bring.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::assess::SOON;
use ansinh_engine::calendar::{after_months, years_between};
use ansinh_engine::household::{Household, Person};
use ansinh_engine::lifecycle::{Calendar, Cause, Changed, What};
use ansinh_engine::read::Scope;
use ansinh_engine::report::{Answer, CalendarChange, Every, Language, Standing, calendar_report, standing};
use ansinh_engine::rules::{RuleSet, Type, Version};
use ansinh_engine::value::Value;
use ansinh_engine::{Assessment, Determination, Month, outlook};
use ansinh_store::{Basis, Benefit, NewScreening, NewStanding, NewUpcoming, PersonId, Traits};
use jiff::civil::Date;

use crate::file::OpenFile;

/// The calendar of the commune shows this month and a year of months after it.
pub(crate) const MONTHS_AHEAD: i64 = 12;

/// Bands of ages for statistics. They are ours and no law's: each begins with this age and has this name.
pub(crate) const AGE_BANDS: [(i64, &str); 5] = [(0, "0-5"), (6, "6-15"), (16, "16-59"), (60, "60-74"), (75, "75+")];

/// Returns by what the roster is screened on a day.
pub(crate) fn basis(rules: &RuleSet, today: Date) -> Basis {
    let over = rules.tag.overlays.iter().map(|overlay| overlay.digest.as_str());
    let digests: Vec<&str> = std::iter::once(rules.tag.digest.as_str()).chain(over).collect();
    Basis {
        month: Month::of(today).to_string(),
        release_digest: digests.join("+"),
    }
}

/// Returns what the screening on the desk leaves behind, where it is of this month.
pub(crate) fn of_desk(rules: &RuleSet, file: &OpenFile, today: Date) -> Option<NewScreening> {
    let outlook = file.outlook.as_ref()?;
    (outlook.month == Month::of(today)).then(|| left_behind(rules, file, outlook, today, None))
}

/// Screens a household for the lists: the month, and what time will bring.
pub(crate) fn screened(rules: &RuleSet, file: &OpenFile, today: Date) -> NewScreening {
    let month = Month::of(today);
    let after = |months| Month::of(after_months(month.first_day(), months));
    let found = outlook(rules, &file.household, month, after(MONTHS_AHEAD), after(SOON));
    let changes = upcoming(rules, file, &found);
    left_behind(rules, file, &found.start, today, Some(changes))
}

fn left_behind(
    rules: &RuleSet,
    file: &OpenFile,
    assessment: &Assessment,
    today: Date,
    changes: Option<Vec<NewUpcoming>>,
) -> NewScreening {
    let determinations = &assessment.determinations;
    let is_open = |d: &&Determination| matches!(d.answer, Answer::Open | Answer::PersonDecides);
    let missing: BTreeSet<_> = determinations
        .iter()
        .filter(is_open)
        .flat_map(|d| &d.asks_first)
        .collect();
    let persons = &file.household.persons;
    let undated = persons
        .iter()
        .filter(|person| person.died_on.is_none() && ages(rules, person, today).is_none());
    NewScreening {
        household: file.stored.id,
        household_at: file.stored.updated_at,
        basis: basis(rules, today),
        n_open: small(determinations.iter().filter(is_open).count()),
        n_missing: small(missing.len()),
        n_undated: small(undated.count()),
        today,
        standings: determinations
            .iter()
            .filter_map(|d| new_standing(rules, file, assessment.month, d))
            .collect(),
        changes,
    }
}

fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Nothing is kept of what somebody is not entitled to, nor where there is no rule.
fn new_standing(rules: &RuleSet, file: &OpenFile, month: Month, determination: &Determination) -> Option<NewStanding> {
    let standing = standing(rules, &file.household, month, determination);
    let is_kept = match standing {
        Standing::CanApply | Standing::Receiving | Standing::Later => true,
        Standing::NotComputed => determination.answer == Answer::Failed,
        Standing::NeedsFact => false,
        Standing::No => return None,
    };
    if standing == Standing::NotComputed && !is_kept {
        return None;
    }
    let programme = rules.programmes.get(determination.programme)?;
    let version = version_of(rules, determination)?;
    let has_level = version.amount.is_some() && determination.answer == Answer::Entitled;
    let level = determination.level.filter(|_| has_level);
    Some(NewStanding {
        benefit: (person_id(file, determination.person)?, programme.id.clone()),
        standing: word(standing).to_owned(),
        is_kept,
        level: level.map(|level| (level.low, level.high)),
        every: every_word(version.every).to_owned(),
        is_cash: version.what == "cash",
        is_asked: programme.paid_now.is_some(),
        next: determination
            .next_change
            .map(|next| (next.on, answer_word(next.answer).to_owned())),
        traits: traits(rules, &file.household, determination.person, month.last_day()),
    })
}

/// The version that answered, or the nearest.
fn version_of<'r>(rules: &'r RuleSet, determination: &Determination) -> Option<&'r Version> {
    let programme = rules.programmes.get(determination.programme)?;
    let answered = determination.judged.version.and_then(|at| programme.versions.get(at));
    answered.or(programme.versions.last())
}

/// Returns the id of a person of the roster; nobody for the household as a whole.
fn person_id(file: &OpenFile, at: Option<usize>) -> Option<Option<PersonId>> {
    match at {
        None => Some(None),
        Some(at) => file.roster.get(at).map(|id| Some(*id)),
    }
}

/// Returns what statistics tell somebody apart by: for a household as a whole, the ethnic group of its head.
fn traits(rules: &RuleSet, household: &Household, person: Option<usize>, day: Date) -> Traits {
    let subject = person.and_then(|at| household.persons.get(at));
    let head = household.persons.iter().find(|person| person.relation == "head");
    Traits {
        sex: subject.and_then(|person| choice(rules, person, "sex")),
        age_band: subject.and_then(|person| age_band(rules, person, day)),
        ethnic_group: subject
            .or(head)
            .and_then(|person| choice(rules, person, "ethnic_group")),
    }
}

fn choice(rules: &RuleSet, person: &Person, name: &str) -> Option<String> {
    let (id, fact) = rules.fact_named(Scope::Person, name)?;
    let answer = person.facts.get(&id).filter(|answer| answer.value.is_settled())?;
    let (Value::Choice(chosen), Type::Choice(list)) = (answer.value, &fact.kind) else {
        return None;
    };
    let at = usize::try_from(chosen.bits.trailing_zeros()).ok()?;
    list.get(at).map(|(value, _)| value.clone())
}

/// Returns between which completed years somebody is on a day; none while the birth is not known at all.
fn ages(rules: &RuleSet, person: &Person, day: Date) -> Option<(i64, i64)> {
    let answer = person.facts.get(&rules.birth_date?)?;
    let Value::Date(range) = answer.value else { return None };
    let (low, high) = range.bounds.filter(|_| !answer.unsure)?;
    Some((years_between(high, day), years_between(low, day)))
}

/// A person of whom it is not known in which of two bands they are is in none.
fn age_band(rules: &RuleSet, person: &Person, day: Date) -> Option<String> {
    let (low, high) = ages(rules, person, day)?;
    let band = |age: i64| AGE_BANDS.iter().rev().find(|(from, _)| *from <= age);
    match (band(low), band(high)) {
        (Some(low), Some(high)) if low == high => Some(low.1.to_owned()),
        _ => None,
    }
}

fn upcoming(rules: &RuleSet, file: &OpenFile, calendar: &Calendar) -> Vec<NewUpcoming> {
    let [vi, en] = [Language::Vi, Language::En].map(|language| {
        let days = calendar_report(rules, &file.household, calendar, language)
            .days
            .into_iter();
        let changes = days.flat_map(|day| {
            let on = day.on;
            day.changes
                .into_iter()
                .map(move |change| ((on.clone(), change.programme.clone(), change.person.clone()), change))
        });
        changes.collect::<BTreeMap<_, CalendarChange>>()
    });
    let told = |changed: &Changed| {
        let kind = kind_of(changed)?;
        let programme = &rules.programmes.get(changed.programme)?.id;
        let person = changed.person.and_then(|at| file.household.persons.get(at));
        let key = (
            changed.on.to_string(),
            programme.clone(),
            person.map(|person| person.id.clone()),
        );
        let (vi, en) = (vi.get(&key)?, en.get(&key)?);
        let why = |change: &CalendarChange| {
            let steps: Vec<&str> = change.why.iter().map(|step| step.text.as_str()).collect();
            steps.join("; ")
        };
        let benefit: Benefit = (person_id(file, changed.person)?, programme.clone());
        Some(NewUpcoming {
            benefit,
            on: changed.on,
            kind: kind.to_owned(),
            cause: cause_of(rules, &changed.causes).to_owned(),
            text: [vi.text.clone(), en.text.clone()],
            why: [why(vi), why(en)],
        })
    };
    calendar.changes.iter().filter_map(told).collect()
}

/// What a change means for an officer. What was open and stays so, or turns into a no, is nothing to be told of.
fn kind_of(changed: &Changed) -> Option<&'static str> {
    let [was, is] = [changed.before, changed.after].map(|outcome| outcome.map(|outcome| outcome.answer));
    match (was, is) {
        (Some(Answer::Entitled), Some(Answer::Entitled)) => Some("amount"),
        (_, Some(Answer::Entitled)) => Some("gains"),
        (Some(Answer::Entitled), Some(Answer::Open | Answer::PersonDecides)) => Some("asks"),
        (Some(Answer::Entitled), _) => Some("ends"),
        (Some(Answer::Open | Answer::PersonDecides), Some(Answer::Open | Answer::PersonDecides)) => None,
        (_, Some(Answer::Open | Answer::PersonDecides)) => Some("asks"),
        (_, Some(Answer::NotEntitled | Answer::NotCovered | Answer::Failed) | None) => None,
    }
}

/// A paper that runs out is something to be done; next comes what happens to somebody, and the law last.
fn cause_of(rules: &RuleSet, causes: &[Cause]) -> &'static str {
    let words = causes.iter().map(|cause| match &cause.what {
        What::Paper { .. } => (0, "paper"),
        What::Born(_) => (1, "birth"),
        What::Complete { fact, .. } if rules.birth_date == Some(*fact) => (2, "age"),
        What::Complete { .. } | What::DayComes { .. } | What::Dies(_) => (3, "day"),
        What::Version { .. } | What::Parameter(_) => (4, "law"),
        What::NamedDay | What::LastMonth { .. } => (5, "day"),
    });
    words.min().map_or("day", |(_, word)| word)
}

/// Returns the word of a standing in the database.
pub(crate) fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::CanApply => "can_apply",
        Standing::Receiving => "receiving",
        Standing::NeedsFact => "needs_fact",
        Standing::Later => "later",
        Standing::No => "no",
        Standing::NotComputed => "not_computed",
    }
}

fn every_word(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Year => "year",
        Every::Once => "once",
    }
}

fn answer_word(answer: Answer) -> &'static str {
    match answer {
        Answer::Entitled => "entitled",
        Answer::NotEntitled => "not_entitled",
        Answer::Open => "open",
        Answer::PersonDecides => "person_decides",
        Answer::NotCovered => "not_covered",
        Answer::Failed => "failed",
    }
}

#[cfg(test)]
mod tests;
