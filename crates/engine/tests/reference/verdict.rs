//! All completions of a household in a month, and what they agree on.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::read::{Each, KeepBoth, ProgrammeFile};
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
        let may_be_paid = self.paid.contains(&true);
        let all = if may_be_paid { &self.amounts } else { &self.would_have };
        let (low, high) = (*all.first()?, *all.last()?);
        Some((if self.is_settled() { low } else { Decimal::ZERO }, high))
    }
}

/// A programme and its subject; none is the household.
pub type Subject = (String, Option<usize>);

/// A programme that competes, and one of the groups by which it can be paid.
struct Candidate<'a> {
    subject: Subject,
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
    for mut together in competing(law, home, days.1) {
        let world = World::new(law, home, points, days.1);
        together.retain(|(id, person)| asked(&world, id, *person, days));
        if !together.is_empty() {
            let verdicts = all_completions(&world, &together, days, most);
            all.extend(together.into_iter().zip(verdicts));
        }
    }
    all
}

/// Judges one programme for one subject in a month (or on a day: a month of one day), whether it is about the subject then or not.
pub fn verdict_in(
    law: &Law,
    home: &Home,
    points: &Points,
    subject: &Subject,
    days: (Date, Date),
    most: usize,
) -> Verdict {
    let mut sets = competing(law, home, days.1).into_iter();
    let mut together = sets.find(|set| set.contains(subject)).unwrap();
    let world = World::new(law, home, points, days.1);
    // Nobody gives way to who is not there.
    together.retain(|other| other == subject || asked(&world, &other.0, other.1, days));
    let at = together.iter().position(|known| known == subject).unwrap();
    all_completions(&world, &together, days, most).swap_remove(at)
}

/// The verdicts on what competes.
fn all_completions(world: &World<'_>, subjects: &[Subject], days: (Date, Date), most: usize) -> Vec<Verdict> {
    let mut tree = Tree::default();
    let mut n = 0;
    loop {
        let said = complete(world, subjects, days);
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

/// The word for which they compete and who does so; or else the programme and its subject.
type Together<'l> = (Option<&'l str>, &'l str, BTreeSet<Option<usize>>);

/// What competes stands together, every other programme and subject alone.
fn competing(law: &Law, home: &Home, day: Date) -> Vec<Vec<Subject>> {
    let mut sets: BTreeMap<Together<'_>, Vec<Subject>> = BTreeMap::new();
    for id in law.programmes.keys() {
        let choose = law.version(id, day).and_then(|version| version.choose.as_ref());
        for person in (0..home.persons.len()).map(Some).chain([None]) {
            let key = match choose {
                Some(choose) => (
                    Some(choose.across.value.as_str()),
                    "",
                    company(home, choose.each.value, person),
                ),
                None => (None, id.as_str(), BTreeSet::from([person])),
            };
            sets.entry(key).or_default().push((id.clone(), person));
        }
    }
    sets.into_values().collect()
}

/// The subjects for whom together one set is paid.
fn company(home: &Home, each: Each, subject: Option<usize>) -> BTreeSet<Option<usize>> {
    let everybody = 0..home.persons.len();
    match (each, subject) {
        (Each::Household, _) => everybody.map(Some).chain([None]).collect(),
        (Each::Couple, Some(_)) => {
            let partner = |a: usize, b: usize| home.persons[a].partner == Some(b);
            let mut company = BTreeSet::from([subject]);
            loop {
                let joined = |i: &usize| {
                    let own = company.iter().flatten();
                    own.into_iter().any(|own| partner(*i, *own) || partner(*own, *i))
                };
                let next: Vec<Option<usize>> = everybody.clone().filter(joined).map(Some).collect();
                let n = company.len();
                company.extend(next);
                if company.len() == n {
                    return company;
                }
            }
        }
        (Each::Couple, None) | (Each::Person, _) => BTreeSet::from([subject]),
    }
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

fn complete(world: &World<'_>, subjects: &[Subject], days: (Date, Date)) -> Vec<Said> {
    let mut candidates = Vec::new();
    let mut all = Vec::new();
    for subject in subjects {
        let outcome = in_month(world, &subject.0, subject.1, days);
        let mut said = Said {
            covered: !matches!(outcome, Outcome::NotCovered),
            met: matches!(outcome, Outcome::Yes { .. }),
            paid: false,
            amount: None,
        };
        if let Outcome::Yes { groups, version } = outcome {
            said.amount = highest(&groups);
            if version.choose.is_some() {
                let subject = subject.clone();
                candidates.push(Candidate {
                    subject,
                    groups,
                    version,
                });
            } else {
                said.paid = true;
            }
        }
        all.push(said);
    }
    for (subject, amount) in chosen(&candidates) {
        let at = subjects.iter().position(|known| *known == subject).unwrap();
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

/// The lawful combination that pays most, each by one of the groups that hold; of several that with the first programmes by
/// id, and the first subjects.
fn chosen(candidates: &[Candidate<'_>]) -> Vec<(Subject, Decimal)> {
    type Part<'c> = (&'c Candidate<'c>, &'c str, Decimal);
    let kept = |(a, group, _): &Part<'_>, (b, _, _): &Part<'_>| {
        let choose = a.version.choose.as_ref().unwrap();
        let named = |keep: &KeepBoth| keep.groups.is_empty() || keep.groups.iter().any(|name| name.value == *group);
        choose
            .keep_both
            .iter()
            .any(|keep| keep.with.value == b.subject.0 && named(keep))
    };
    let mut sets: Vec<Vec<Part<'_>>> = vec![Vec::new()];
    for candidate in candidates {
        let groups = candidate.groups.iter();
        let options = groups.map(|(group, amount)| (candidate, group.as_str(), amount.unwrap()));
        let options: Vec<Part<'_>> = options.collect();
        let mut more = Vec::new();
        for set in &sets {
            for option in &options {
                if set.iter().all(|other| kept(option, other) || kept(other, option)) {
                    more.push([set.as_slice(), &[*option]].concat());
                }
            }
        }
        sets.extend(more);
    }
    let sum = |set: &[Part<'_>]| -> Decimal { set.iter().map(|(_, _, amount)| *amount).sum() };
    let subjects = |set: &[Part<'_>]| -> Vec<Subject> { set.iter().map(|(c, _, _)| c.subject.clone()).collect() };
    let better = |a: &&Vec<Part<'_>>, b: &&Vec<Part<'_>>| sum(a).cmp(&sum(b)).then(subjects(b).cmp(&subjects(a)));
    // The last of equals that is met is taken: the first by group.
    let best = sets.iter().rev().filter(|set| !set.is_empty()).max_by(better);
    let paid = best.into_iter().flatten();
    paid.map(|(candidate, _, amount)| (candidate.subject.clone(), *amount))
        .collect()
}
