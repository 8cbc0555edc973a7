//! All completions of a household in a month, and what they agree on.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::read::{Audience, KeepBoth, ProgrammeFile};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::home::Home;
use super::law::Law;
use super::points::Points;
use super::walk::{Draws, Outcome, World};

/// What all completions say of one programme for one subject.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Whether a version or a value is missing: the answers of the completions.
    pub not_covered: BTreeSet<bool>,
    /// Whether it is paid: the answers of the completions.
    pub paid: BTreeSet<bool>,
    /// Whether the conditions are met, before *choose*.
    pub met: BTreeSet<bool>,
    /// Amounts of the completions in which the conditions are met.
    pub amounts: BTreeSet<Decimal>,
    /// More completions than were looked at: nothing is said.
    pub too_many: bool,
}

/// A programme and its subject; none is the household.
pub type Subject = (String, Option<usize>);

/// A programme that competes, and one of the groups by which it can be paid.
struct Candidate<'a> {
    id: String,
    groups: Vec<(String, Option<Decimal>)>,
    version: &'a ProgrammeFile,
}

/// Judges every programme for every subject; what takes more than `most` completions is left out.
pub fn verdicts(
    law: &Law,
    home: &Home,
    points: &Points,
    days: (Date, Date),
    most: usize,
) -> BTreeMap<Subject, Verdict> {
    let mut all = BTreeMap::new();
    let people = (0..home.persons.len()).map(Some).chain([None]);
    for person in people {
        for together in competing(law, days.1) {
            let world = World {
                law,
                home,
                points,
                last: days.1,
                draws: RefCell::new(Draws::default()),
            };
            let mut found: BTreeMap<Subject, Verdict> = BTreeMap::new();
            for id in together.iter().filter(|id| asked(&world, id, person, days)) {
                found.insert((id.to_string(), person), Verdict::default());
            }
            if found.is_empty() {
                continue;
            }
            let mut n = 0;
            loop {
                complete(&world, person, days, &mut found);
                n += 1;
                if !world.draws.borrow_mut().next() {
                    break;
                }
                if n >= most {
                    found.values_mut().for_each(|verdict| verdict.too_many = true);
                    break;
                }
            }
            all.extend(found);
        }
    }
    all
}

/// Programmes that compete stand together, every other alone.
fn competing(law: &Law, day: Date) -> Vec<Vec<&str>> {
    let mut sets: BTreeMap<(Option<&str>, &str), Vec<&str>> = BTreeMap::new();
    for id in law.programmes.keys() {
        let across = law
            .version(id, day)
            .and_then(|version| version.choose.as_ref())
            .map(|c| c.across.value.as_str());
        sets.entry((across, if across.is_some() { "" } else { id }))
            .or_default()
            .push(id);
    }
    sets.into_values().collect()
}

/// Whether a programme has an answer for a subject in the month: one of the last day, or with [stop] of the first.
fn asked(world: &World<'_>, id: &str, person: Option<usize>, (first, last): (Date, Date)) -> bool {
    let version = world.law.version(id, last);
    if world.law.on_death(id) {
        let mut persons = 0..world.home.persons.len();
        return match person {
            Some(i) => world.home.is_dead(i, last),
            None => version.is_none() && !persons.any(|i| world.home.is_dead(i, last)),
        };
    }
    let before = world.law.version(id, first).filter(|version| version.stop.is_some());
    version.map_or(person.is_none(), |version| {
        world.is_subject(version.audience, person, last)
            || before.is_some_and(|version| world.is_subject(version.audience, person, first))
    })
}

fn complete(world: &World<'_>, person: Option<usize>, days: (Date, Date), found: &mut BTreeMap<Subject, Verdict>) {
    let mut candidates = Vec::new();
    let mut alone = BTreeSet::new();
    for ((id, _), verdict) in found.iter_mut() {
        let outcome = in_month(world, id, person, days);
        verdict.not_covered.insert(matches!(outcome, Outcome::NotCovered));
        verdict.met.insert(matches!(outcome, Outcome::Yes { .. }));
        let Outcome::Yes { groups, version } = outcome else {
            continue;
        };
        if version.choose.is_some() && version.audience != Audience::Household {
            candidates.push(Candidate {
                id: id.clone(),
                groups,
                version,
            });
        } else {
            alone.insert(id.clone());
            verdict.amounts.extend(highest(&groups));
        }
    }
    let paid = chosen(&candidates);
    for ((id, _), verdict) in found.iter_mut() {
        let amount = paid.iter().find(|(paid, _)| paid == id).map(|(_, amount)| *amount);
        let would_have = candidates
            .iter()
            .find(|candidate| candidate.id == *id)
            .and_then(|c| highest(&c.groups));
        verdict.amounts.extend(amount.or(would_have));
        verdict.paid.insert(alone.contains(id) || amount.is_some());
    }
}

fn highest(groups: &[(String, Option<Decimal>)]) -> Option<Decimal> {
    groups.iter().filter_map(|(_, amount)| *amount).max()
}

/// The answer of a month: of its last day, or of its first where payment ends after the loss.
fn in_month<'a>(world: &World<'a>, id: &str, person: Option<usize>, (first, last): (Date, Date)) -> Outcome<'a> {
    let outcome = world.judge(id, person, last);
    let after_the_loss = world
        .law
        .version(id, first)
        .is_some_and(|version| version.stop.is_some());
    if matches!(outcome, Outcome::No) && after_the_loss {
        let before = world.judge(id, person, first);
        if matches!(before, Outcome::Yes { .. }) {
            return before;
        }
    }
    outcome
}

/// The lawful combination that pays most, each programme by one of the groups that hold; the first by id of several.
fn chosen(candidates: &[Candidate<'_>]) -> Vec<(String, Decimal)> {
    let mut best: (Decimal, Vec<&str>, Vec<(String, Decimal)>) = Default::default();
    let mut sets: Vec<Vec<(&Candidate<'_>, &str, Decimal)>> = vec![Vec::new()];
    for candidate in candidates {
        let options = candidate
            .groups
            .iter()
            .map(|(group, amount)| (candidate, group.as_str(), amount.unwrap()));
        let options: Vec<_> = options.collect();
        let more = sets
            .iter()
            .flat_map(|set| options.iter().map(move |option| [set.as_slice(), &[*option]].concat()));
        sets.extend(more.collect::<Vec<_>>());
    }
    for set in sets {
        let kept = |a: &Candidate<'_>, group: &str, b: &Candidate<'_>| {
            let choose = a.version.choose.as_ref().unwrap();
            let named = |keep: &KeepBoth| keep.groups.is_empty() || keep.groups.iter().any(|name| name.value == group);
            choose
                .keep_both
                .iter()
                .any(|keep| keep.with.value == b.id && named(keep))
        };
        let lawful = |a: usize, b: usize| kept(set[a].0, set[a].1, set[b].0) || kept(set[b].0, set[b].1, set[a].0);
        if !(0..set.len()).all(|a| (0..a).all(|b| lawful(a, b))) {
            continue;
        }
        let sum: Decimal = set.iter().map(|(_, _, amount)| *amount).sum();
        let ids: Vec<&str> = set.iter().map(|(candidate, _, _)| candidate.id.as_str()).collect();
        if best.1.is_empty() || sum > best.0 || (sum == best.0 && ids < best.1) {
            best = (
                sum,
                ids,
                set.iter()
                    .map(|(candidate, _, amount)| (candidate.id.clone(), *amount))
                    .collect(),
            );
        }
    }
    best.2
}
