//! Contests: whose benefits compete with each other, and what may be kept beside what.
//!
//! Refused is what cannot be compared or chosen among: programmes that disagree on who competes, benefits given unlike often,
//! subjects that belong to nobody of the contest, and more combinations than anybody has patience for.

use std::collections::BTreeSet;

use crate::diagnostic::{Span, did_you_mean};
use crate::household::MOST_PERSONS;
use crate::read::{Audience, Choose, Each, ProgrammeFile};
use crate::report::Every;
use crate::rules::{Programme, Version};

use super::Compiler;

/// So many sets of one contest can be compared with each other in a moment, and no law comes near.
const MOST_SETS: u64 = 4_000;

/// A version that competes.
#[derive(Clone, Copy)]
struct Competitor<'r> {
    programme: &'r Programme,
    version: &'r Version,
    choose: &'r Choose,
}

/// A finding that is told when the rules are no longer looked at.
type Told = (&'static str, Span, String, Option<String>);

impl Compiler<'_> {
    /// What is kept beside a programme competes with it, and its groups are there.
    pub(super) fn keep_both(&mut self, file: &ProgrammeFile) {
        let Some(choose) = &file.choose else { return };
        for keep in &choose.keep_both {
            for group in &keep.groups {
                self.group_named(file, group);
            }
            let (with, across) = (&keep.with, &choose.across.value);
            let versions = || {
                self.files
                    .programmes
                    .iter()
                    .filter(|other| other.id.value == with.value)
            };
            // Where several persons compete it may be paid to one of them beside another.
            let message = if with.value == file.id.value && choose.each.value == Each::Person {
                format!("`{}` is kept beside itself", with.value)
            } else if versions().next().is_none() {
                format!("unknown programme `{}`", with.value)
            } else if !versions().any(|other| other.choose.as_ref().is_some_and(|c| c.across.value == *across)) {
                format!("`{}` does not compete in `{across}`", with.value)
            } else {
                continue;
            };
            let others = self.files.programmes.iter().map(|other| other.id.value.as_str());
            let hint = did_you_mean(
                &with.value,
                others.filter(|id| *id != file.id.value && *id != with.value),
            );
            self.error("E0504", with.span, message, hint);
        }
    }

    /// Checks that the programmes of each contest fit together.
    pub(super) fn contests(&mut self) {
        let mut words: Vec<(&str, Vec<Competitor<'_>>)> = Vec::new();
        let mut told: Vec<Told> = Vec::new();
        for programme in &self.rules.programmes {
            let competing = programme.versions.iter().filter_map(|version| {
                Some(Competitor {
                    programme,
                    version,
                    choose: version.choose.as_ref()?,
                })
            });
            let mut first = None;
            for own in competing {
                let word = own.choose.across.value.as_str();
                if *first.get_or_insert(word) != word {
                    let message = format!("`{}` competes in another version elsewhere than here", programme.id);
                    let hint = "a programme competes in one contest, in all its versions".to_owned();
                    told.push(("E0507", own.choose.across.span, message, Some(hint)));
                }
                told.extend(misplaced(own));
                match words.iter_mut().find(|(known, _)| *known == word) {
                    Some((_, all)) => all.push(own),
                    None => words.push((word, vec![own])),
                }
            }
        }
        for (word, all) in &words {
            for (at, own) in all.iter().enumerate() {
                let before = all.iter().take(at);
                told.extend(unlike(word, *own, before));
            }
            let sets = n_sets(all);
            if let Some(first) = all.first().filter(|_| sets > MOST_SETS) {
                let message =
                    format!("`{word}` allows more than {MOST_SETS} sets of benefits for a household of thirty");
                let hint = "fewer programmes of one contest that are kept beside each other".to_owned();
                told.push(("E0311", first.choose.across.span, message, Some(hint)));
            }
        }
        // A version that overlays divide has one place in one file.
        let mut known = BTreeSet::new();
        told.retain(|(code, span, ..)| known.insert((*code, *span)));
        for (code, span, message, hint) in told {
            self.error(code, span, message, hint);
        }
    }
}

/// Says when the subject of a programme can be in no contest of its kind.
fn misplaced(own: Competitor<'_>) -> Option<Told> {
    let each = &own.choose.each;
    let (message, hint) = match (own.version.audience, each.value) {
        (Audience::Household, Each::Person | Each::Couple) => (
            "a benefit of the household competes with no person's",
            "`each = \"household\"`: those of all members and of the household compete",
        ),
        (Audience::Deceased, Each::Couple | Each::Household) => (
            "who died is of no couple and no member of a household",
            "`each = \"person\"`: what is due to one person competes",
        ),
        _ => return None,
    };
    Some(("E0504", each.span, message.to_owned(), Some(hint.to_owned())))
}

/// Says in what a version differs from one of the same contest that it cannot.
fn unlike<'r>(
    word: &str,
    own: Competitor<'_>,
    before: impl Iterator<Item = &'r Competitor<'r>> + Clone,
) -> Option<Told> {
    let (each, id) = (&own.choose.each, &own.programme.id);
    let first = before.clone().next();
    if let Some(other) = first.filter(|first| first.choose.each.value != each.value) {
        let (mine, theirs) = (each.value.name(), other.choose.each.value.name());
        let message = format!(
            "`{id}` competes for each {mine}, `{}` for each {theirs}",
            other.programme.id
        );
        let hint = format!("all programmes of `{word}` say the same `each`");
        return Some(("E0507", each.span, message, Some(hint)));
    }
    let meets = |other: &&Competitor<'_>| {
        let ends_before = |a: &Version, b: &Version| a.until.is_some_and(|until| until <= b.from);
        !ends_before(own.version, other.version) && !ends_before(other.version, own.version)
    };
    let every = own.version.every;
    let other = before
        .clone()
        .filter(meets)
        .find(|other| other.version.every != every)?;
    let (mine, theirs) = (often(every), often(other.version.every));
    let message = format!(
        "`{id}` is given {mine}, and `{}`, with which it competes, {theirs}",
        other.programme.id
    );
    let hint = "what is given unlike often cannot be compared: let them compete elsewhere".to_owned();
    Some(("E0507", own.choose.across.span, message, Some(hint)))
}

fn often(every: Every) -> &'static str {
    match every {
        Every::Month => "every month",
        Every::Year => "every year",
        Every::Once => "once",
    }
}

/// What can be chosen of one programme: the choices by which it can be in a set, for a household of thirty.
struct Choices<'r> {
    id: &'r str,
    kept_with: BTreeSet<&'r str>,
    n: u64,
}

/// Returns how many sets of benefits a contest allows at most, counted no further than needed.
fn n_sets(all: &[Competitor<'_>]) -> u64 {
    let mut programmes: Vec<Choices<'_>> = Vec::new();
    for own in all {
        let id = own.programme.id.as_str();
        let kept: BTreeSet<&str> = own
            .choose
            .keep_both
            .iter()
            .map(|keep| keep.with.value.as_str())
            .collect();
        let n = choices(*own, kept.contains(id));
        match programmes.iter_mut().find(|known| known.id == id) {
            Some(known) => {
                known.kept_with.extend(kept);
                known.n = known.n.max(n);
            }
            None => programmes.push(Choices { id, kept_with: kept, n }),
        }
    }
    let (mut n_sets, mut left) = (0_u64, Vec::new());
    left.extend((0..programmes.len()).map(|at| vec![at]));
    // Every set of programmes that are kept beside each other, each grown from one that ends before.
    while let Some(set) = left.pop() {
        let members: Vec<&Choices<'_>> = set.iter().filter_map(|at| programmes.get(*at)).collect();
        let product = members.iter().fold(1_u64, |product, own| product.saturating_mul(own.n));
        n_sets = n_sets.saturating_add(product);
        if n_sets > MOST_SETS {
            break;
        }
        let next = set.last().map_or(0, |last| last + 1);
        for (at, other) in programmes.iter().enumerate().skip(next) {
            let beside = |own: &&Choices<'_>| own.kept_with.contains(other.id) || other.kept_with.contains(own.id);
            if members.iter().all(beside) {
                left.push(set.iter().copied().chain([at]).collect());
            }
        }
    }
    n_sets
}

/// Returns in how many ways a programme can be part of a set: for one of its subjects by one of its ways, or where it is
/// kept beside itself, for any of them.
fn choices(own: Competitor<'_>, beside_itself: bool) -> u64 {
    let n_persons = match (own.version.audience, own.choose.each.value) {
        (Audience::Household, _) | (_, Each::Person) => 1,
        (_, Each::Couple) => 2,
        (_, Each::Household) => MOST_PERSONS,
    };
    let keeps = |group: &str| -> Vec<&str> {
        let named = own
            .choose
            .keep_both
            .iter()
            .filter(|keep| keep.groups.is_empty() || keep.groups.iter().any(|name| name.value == group));
        named.map(|keep| keep.with.value.as_str()).collect()
    };
    let ways: BTreeSet<Vec<&str>> = own.version.groups.iter().map(|group| keeps(&group.name)).collect();
    let ways = ways.len() as u64;
    if beside_itself {
        let none_too = (0..n_persons).fold(1_u64, |all, _| all.saturating_mul(ways.saturating_add(1)));
        none_too.saturating_sub(1)
    } else {
        ways.saturating_mul(n_persons as u64)
    }
}
