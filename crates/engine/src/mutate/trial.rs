//! Tries mutants on worked cases.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Files, Mutant};
use crate::calendar::Month;
use crate::casebook::run_case;
use crate::compile::{compile, compile_read};
use crate::diagnostic::Findings;
use crate::read::{AcceptedMutant, Audience, CaseFile, RuleFiles, read_again};
use crate::rules::{Op, RuleSet};

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The checks of rule files refuse it.
    Refused,
    /// A worked case comes out otherwise: its position in [`RuleSet::cases`].
    Killed(usize),
    /// Nothing notices.
    Survived,
}

/// Rules and their worked cases, ready to try mutants on.
pub struct Trial<'a> {
    rules: &'a RuleSet,
    files: &'a Files,
    /// What was read of the files, without the cases, which do not change.
    read: RuleFiles,
}

impl<'a> Trial<'a> {
    /// Returns a trial of rules that were compiled from these files, and whose cases all pass.
    pub fn new(rules: &'a RuleSet, files: &'a Files) -> Trial<'a> {
        let (mut read, _) = crate::read::read(files);
        read.cases.clear();
        Trial { rules, files, read }
    }

    /// Returns every mutant, by file and place.
    pub fn mutants(&self) -> Vec<Mutant> {
        super::mutants(self.files, &self.read)
    }

    /// Returns the changes that are accepted though nothing notices them.
    pub fn accepted(&self) -> &[AcceptedMutant] {
        &self.read.accepted
    }

    /// Compiles a mutant and runs the cases that can see it, until one comes out otherwise.
    pub fn run(&self, mutant: &Mutant) -> Verdict {
        let Some(rules) = self.compiled(mutant) else {
            return Verdict::Refused;
        };
        for at in self.in_reach(mutant) {
            let Some(case) = self.rules.cases.get(at) else { continue };
            if !run_case(&rules, case, |_, _| {}).differences.is_empty() {
                return Verdict::Killed(at);
            }
        }
        Verdict::Survived
    }

    fn compiled(&self, mutant: &Mutant) -> Option<RuleSet> {
        let index = self.files.iter().position(|(path, _)| *path == mutant.path)?;
        let file = mutant.apply(self.files.get(index)?);
        if self.read.overlays.is_empty() {
            // Reading is most of the work, and only one file has changed.
            let mut findings = Findings::new(self.files.iter().map(|(path, _)| path.as_str()));
            let read = read_again(&self.read, index, &file, &mut findings);
            return compile_read(read, findings, "").0;
        }
        let mut files = self.files.clone();
        if let Some(place) = files.get_mut(index) {
            *place = file;
        }
        compile(&files, "").0
    }

    /// Returns the cases that a change can reach: of the programme itself, then of those that look at it.
    fn in_reach(&self, mutant: &Mutant) -> Vec<usize> {
        let cases = || self.rules.cases.iter().enumerate();
        let own = programme_of(&mutant.path).and_then(|id| self.rules.programme_named(&id));
        let Some((programme, known)) = own else {
            return cases().map(|(at, _)| at).collect();
        };
        let users = self.users(programme);
        let of = |id: &str| self.rules.programme_named(id).map(|(at, _)| at);
        let version = known
            .versions
            .iter()
            .find(|v| mutant.path.ends_with(&format!("/{}.toml", v.from)));
        // A death may be judged long before the month asked for.
        let dated = version.filter(|version| version.audience != Audience::Deceased);
        let in_time = |case: &CaseFile| dated.is_none_or(|version| may_see(case, version.from, version.until));
        let seen = |wanted: &dyn Fn(usize) -> bool| -> Vec<usize> {
            cases()
                .filter(|(_, case)| of(&case.programme).is_some_and(wanted) && in_time(case))
                .map(|(at, _)| at)
                .collect()
        };
        let mut reach = seen(&|at| at == programme);
        reach.extend(seen(&|at| at != programme && users.contains(&at)));
        reach
    }

    /// Returns the programmes whose answers can depend on one: those that ask for it, or compete with it.
    fn users(&self, programme: usize) -> BTreeSet<usize> {
        let mut users = BTreeSet::from([programme]);
        loop {
            let before = users.len();
            for (at, other) in self.rules.programmes.iter().enumerate() {
                let asks = other.versions.iter().any(|version| {
                    let mut nodes = version.requires.iter().map(|c| c.when).collect::<Vec<_>>();
                    nodes.extend(version.amount);
                    nodes.extend(version.pauses.iter().map(|pause| pause.when));
                    for group in &version.groups {
                        nodes.push(group.when);
                        nodes.extend(group.any.iter().map(|point| point.when));
                        nodes.extend(group.cases.iter().flat_map(|case| case.when));
                    }
                    let mut asks = false;
                    for node in nodes {
                        self.rules.walk(node, &mut |op| {
                            asks |= matches!(op, Op::Entitled(of) if users.contains(of));
                        });
                    }
                    asks
                });
                let word = |at: usize| Some(&self.rules.programmes.get(at)?.choose()?.across.value);
                let competes = word(at).is_some() && users.iter().any(|user| word(*user) == word(at));
                if asks || competes {
                    users.insert(at);
                }
            }
            if users.len() == before {
                return users;
            }
        }
    }
}

fn programme_of(path: &str) -> Option<String> {
    let (folder, _) = path.strip_prefix("programmes/")?.split_once('/')?;
    Some(folder.replace('-', "_"))
}

/// Whether a case can see a version: a month around its days, and all that comes where a case looks ahead.
fn may_see(case: &CaseFile, from: Date, until: Option<Date>) -> bool {
    let Some(month) = Month::parse(&case.month.value) else {
        return true;
    };
    let looks_ahead = case.expect.iter().any(|(_, expect)| expect.next_change.is_some());
    let begun = from.checked_sub(31.days()).is_ok_and(|first| first <= month.last_day());
    let ended = until
        .and_then(|until| until.checked_add(31.days()).ok())
        .is_some_and(|last| last < month.first_day());
    (begun || looks_ahead) && !ended
}
