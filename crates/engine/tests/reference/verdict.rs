//! All completions of a household in a month, and what they agree on.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::read::{Audience, KeepBoth, ProgrammeFile};
use jiff::civil::Date;
use rust_decimal::Decimal;

use super::home::Home;
use super::law::Law;
use super::points::Points;
use super::tree::{Asked, Tree};
use super::walk::{Outcome, World};

/// What one completion says of one programme for one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// Whether no version or value is missing.
    pub covered: bool,
    /// Whether the conditions are met, before *choose*.
    pub met: bool,
    /// Whether it is paid.
    pub paid: bool,
    /// What is paid; where another is paid instead, what it would have paid.
    pub amount: Option<Decimal>,
}

/// What all completions say of one programme for one subject.
#[derive(Clone, Debug, Default)]
pub struct Verdict {
    /// Whether a version or a value is missing: the answers of the completions.
    pub not_covered: BTreeSet<bool>,
    /// Whether it is paid: the answers of the completions.
    pub paid: BTreeSet<bool>,
    /// Amounts of the completions in which it is paid.
    pub amounts: BTreeSet<Decimal>,
    /// Amounts of the completions in which the conditions are met and another is paid instead.
    pub would_have: BTreeSet<Decimal>,
    /// Facts that are worth asking.
    pub asks: BTreeSet<Asked>,
    /// More completions than were looked at: nothing is said.
    pub too_many: bool,
}

impl Verdict {
    /// Whether every completion gives one answer.
    pub fn is_settled(&self) -> bool {
        self.paid.len() == 1
    }

    /// What is paid or may be paid; nothing where it is not paid in some completions, and what it would have paid where another
    /// is always paid instead.
    pub fn level(&self) -> Option<(Decimal, Decimal)> {
        let all: BTreeSet<Decimal> = self.amounts.union(&self.would_have).copied().collect();
        let (low, high) = (*all.first()?, *all.last()?);
        Some((if self.is_settled() { low } else { Decimal::ZERO }, high))
    }
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
            let world = World::new(law, home, points, days.1);
            let subjects: Vec<&str> = together
                .into_iter()
                .filter(|id| asked(&world, id, person, days))
                .collect();
            for (id, verdict) in subjects
                .iter()
                .zip(all_completions(&world, &subjects, person, days, most))
            {
                all.insert((id.to_string(), person), verdict);
            }
        }
    }
    all
}

/// Judges one programme for one subject in a month (or on a day: a month of one day), whether it is about the subject then or not.
pub fn verdict_in(
    law: &Law,
    home: &Home,
    points: &Points,
    (id, person): &Subject,
    days: (Date, Date),
    most: usize,
) -> Verdict {
    let sets = competing(law, days.1);
    let together = sets.iter().find(|set| set.contains(&id.as_str())).unwrap();
    let at = together.iter().position(|known| known == id).unwrap();
    let world = World::new(law, home, points, days.1);
    all_completions(&world, together, *person, days, most).swap_remove(at)
}

/// The verdicts on programmes that compete.
fn all_completions(
    world: &World<'_>,
    subjects: &[&str],
    person: Option<usize>,
    days: (Date, Date),
    most: usize,
) -> Vec<Verdict> {
    let mut tree = Tree::default();
    let mut n = 0;
    loop {
        let said = complete(world, subjects, person, days);
        tree.add(world.draws.borrow().path(), said);
        n += 1;
        if !world.draws.borrow_mut().next() {
            return (0..subjects.len()).map(|at| collected(&tree, at)).collect();
        }
        if n >= most {
            let too_many = Verdict {
                too_many: true,
                ..Verdict::default()
            };
            return vec![too_many; subjects.len()];
        }
    }
}

fn collected(tree: &Tree<Vec<Said>>, at: usize) -> Verdict {
    let mut verdict = Verdict::default();
    for said in tree.outcomes().map(|all| &all[at]) {
        verdict.not_covered.insert(!said.covered);
        verdict.paid.insert(said.paid);
        let amounts = if said.paid {
            &mut verdict.amounts
        } else {
            &mut verdict.would_have
        };
        amounts.extend(said.amount);
    }
    let several = tree.outcomes().any(|all| {
        let first = tree.outcomes().next().unwrap();
        all[at] != first[at]
    });
    if several {
        // What it would have paid is told, but settles nothing.
        verdict.asks = tree.asks(|all| {
            let said = &all[at];
            (said.covered, said.paid, said.amount.filter(|_| said.paid))
        });
    }
    verdict
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

fn complete(world: &World<'_>, subjects: &[&str], person: Option<usize>, days: (Date, Date)) -> Vec<Said> {
    let mut candidates = Vec::new();
    let mut all = Vec::new();
    for id in subjects {
        let outcome = in_month(world, id, person, days);
        let mut said = Said {
            covered: !matches!(outcome, Outcome::NotCovered),
            met: matches!(outcome, Outcome::Yes { .. }),
            paid: false,
            amount: None,
        };
        if let Outcome::Yes { groups, version } = outcome {
            said.amount = highest(&groups);
            if version.choose.is_some() && version.audience != Audience::Household {
                let id = id.to_string();
                candidates.push(Candidate { id, groups, version });
            } else {
                said.paid = true;
            }
        }
        all.push(said);
    }
    for (id, amount) in chosen(&candidates) {
        let at = subjects.iter().position(|known| *known == id).unwrap();
        (all[at].paid, all[at].amount) = (true, Some(amount));
    }
    all
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
    if matches!(outcome, Outcome::No) && after_the_loss && !world.is_paused(id, person, last) {
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
