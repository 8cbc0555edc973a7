//! All programmes for a household in a month, what is chosen among them, and when that changes.

mod again;
mod bout;
mod choose;
mod presumed;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::calendar::{Month, after_months};
use crate::evaluate::{Judged, Level, Presumptions, Reach, Stop, Trace, Unknown};
use crate::exact::{self, Settled, WouldHave};
use crate::household::{Answers, Household, MOST_PERSONS};
use crate::read::Audience;
use crate::report::Answer;
use crate::rules::{FactId, RuleSet};

pub use again::assess_again;
pub(crate) use bout::{Days, Entry, Hole, Standing, standings};
pub use choose::{Benefit, Combined};
pub(crate) use unit::{Contests, Seat, Unit, units};

/// The result of all programmes for one household in one month.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The month judged.
    pub month: Month,
    /// One determination for each programme and subject, by programme, then in roster order.
    pub determinations: Vec<Determination>,
}

/// The answer of one programme for one subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Determination {
    /// Position of the programme.
    pub programme: usize,
    /// Position of the person; none for the household, and for a programme that covers nobody in this month.
    pub person: Option<usize>,
    /// The answer.
    pub answer: Answer,
    /// The evaluation it rests on.
    pub judged: Judged,
    /// That of the other day of the month, where either may be the one that pays.
    pub other_day: Option<Box<Judged>>,
    /// What is paid, or may be paid; for a benefit that gives way, what it would have paid.
    pub level: Option<Level>,
    /// True when the conditions end in this month, which is still paid.
    pub last_month: bool,
    /// What became of it beside others.
    pub combined: Combined,
    /// Facts that may settle it.
    pub asks: BTreeSet<Unknown>,
    /// Those to ask first.
    pub asks_first: BTreeSet<Unknown>,
    /// How likely it is, in thousandths, that one of them alone settles it.
    pub settles: BTreeMap<Unknown, u64>,
    /// Open facts that were looked at and make no difference, where the answer is settled all the same.
    pub whatever: BTreeSet<Unknown>,
    /// True when there were too many completions to judge them all: then the answer may be open, the range too wide and
    /// a fact among `asks` without need.
    pub may_matter: bool,
    /// Facts of which a value is presumed on which it rests.
    pub presumed: BTreeSet<Unknown>,
    /// The next day on which time alone changes answer or amount.
    pub next_change: Option<NextChange>,
}

/// What time alone will bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextChange {
    /// The first day.
    pub on: Date,
    /// The answer from then on.
    pub answer: Answer,
    /// The amount from then on.
    pub level: Option<Level>,
    /// Whether the right ends by a limit of ours alone, of who is asked: it is to be looked at again then.
    pub look_again: bool,
}

/// How much is computed, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Answers and amounts, for lists of many households: of the questions only those to begin with as Kleene's rules leave
    /// them, and not what rests on a presumption.
    Outcomes,
    /// Answers, amounts and questions.
    Answers,
    /// Also the next change of each that comes within [`SOON`] months.
    Soon,
    /// Also the next change of each within [`LIFETIME`] months.
    Calendar,
}

/// How far ahead a change by time alone is worth a line of its own: five years of months.
pub const SOON: i64 = 60;

/// Past so many months nobody of today lives.
const LIFETIME: i64 = 12 * 125;

/// Which questions are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    /// All that matter, and which come first.
    Everything,
    /// All that may matter, as Kleene's rules leave them.
    Possible,
    /// Of these those to begin with, whether they can matter or not.
    First,
    /// Only as far as they decide whether a person must decide.
    WhoDecides,
}

/// Assesses a household for a month.
///
/// Never fails as a whole: what cannot be computed is a determination that says so. A household of no or more than 30
/// persons gets *failed* everywhere.
pub fn assess(rules: &RuleSet, household: &Household, month: Month, depth: Depth) -> Assessment {
    let programmes: Vec<usize> = (0..rules.programmes.len()).collect();
    assess_these(rules, household, month, depth, programmes)
}

/// Assesses a household as [`assess`] does, but for these programmes, by position, and those they compete with.
pub fn assess_programmes(
    rules: &RuleSet,
    household: &Household,
    month: Month,
    depth: Depth,
    programmes: &[usize],
) -> Assessment {
    let contests = Contests::new(rules, household);
    let together: BTreeSet<usize> = programmes.iter().flat_map(|at| contests.together(*at)).collect();
    assess_these(rules, household, month, depth, together.into_iter().collect())
}

fn assess_these(
    rules: &RuleSet,
    household: &Household,
    month: Month,
    depth: Depth,
    programmes: Vec<usize>,
) -> Assessment {
    let (first, last) = (month.first_day(), month.last_day());
    let asking = match depth {
        Depth::Outcomes => Asking::First,
        Depth::Answers | Depth::Soon | Depth::Calendar => Asking::Everything,
    };
    let mut assessor = Assessor::new(rules, household, first, last, asking);
    assessor.programmes = programmes;
    let mut determinations = assessor.answers();
    if depth != Depth::Outcomes {
        presumed::name(&assessor, &mut determinations);
    }
    let until = match depth {
        Depth::Outcomes | Depth::Answers => return Assessment { month, determinations },
        Depth::Soon => Month::of(after_months(first, SOON)),
        Depth::Calendar => Month::of(after_months(first, LIFETIME)),
    };
    crate::lifecycle::next_changes(&assessor, month, until, &mut determinations);
    Assessment { month, determinations }
}

/// Returns every fact that a programme, by position, may look at, itself or through what it names, or one it competes with.
pub fn facts_behind(rules: &RuleSet, programme: usize) -> BTreeSet<FactId> {
    let contests = Contests::new(rules, &Household::default());
    let together = contests.together(programme);
    together.into_iter().flat_map(|at| rules.reads.facts_of(at)).collect()
}

/// Evaluations of a group spent on settling exactly what must be judged together for one subject; past it a determination
/// says so.
const MOST_EVALUATIONS: usize = 1_000;

/// The same where it is enough to know what may matter.
const FEW_EVALUATIONS: usize = 16;

/// Where several subjects compete with each other they get so many times as many at most.
const MOST_SHARES: usize = 4;

/// So many different states of a unit are remembered on the way through time.
const MOST_CONCLUDED: usize = 16;

/// Judges a stretch of days, a month or one day, by its last day and where the law says so by its first.
pub(crate) struct Assessor<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) household: &'a Household,
    pub(crate) days: Days<'a>,
    /// Which programmes are judged, by position.
    pub(crate) programmes: Vec<usize>,
    contests: Contests,
    asking: Asking,
}

/// What was concluded of a unit, and what the walks came across on the days that counted.
#[derive(Clone, Debug)]
pub(crate) struct Concluded {
    traces: [Trace; 2],
    /// True where the first day of the month counted besides the last, and the month before did not look the same.
    pub(crate) unsteady: bool,
    standings: Vec<(Benefit, Standing)>,
}

impl Concluded {
    fn of(traces: [Trace; 2], unsteady: bool, determinations: &[Determination]) -> Concluded {
        let standing = |d: &Determination| Standing {
            answer: d.answer,
            level: d.level,
            combined: d.combined.clone(),
        };
        let standings = determinations.iter().map(|d| ((d.programme, d.person), standing(d)));
        Concluded {
            traces,
            unsteady,
            standings: standings.collect(),
        }
    }

    /// Takes its place as the latest; of days that come back every year one is enough.
    pub(crate) fn remember(self, all: &mut Vec<Concluded>) {
        all.retain(|known| known.traces != self.traces);
        if all.len() >= MOST_CONCLUDED {
            all.remove(0);
        }
        all.push(self);
    }
}

impl<'a> Assessor<'a> {
    pub(crate) fn new(
        rules: &'a RuleSet,
        household: &'a Household,
        first: Date,
        last: Date,
        asking: Asking,
    ) -> Assessor<'a> {
        // Where nobody is asked to decide anything, no question can change an answer.
        let is_judged = |fact: &FactId| rules.fact(*fact).is_some_and(|f| f.judged_by.is_some());
        let may_decide = |facts: &Answers| facts.iter().any(|(fact, answer)| answer.unsure && is_judged(fact));
        let someone_decides = may_decide(&household.facts) || household.persons.iter().any(|p| may_decide(&p.facts));
        Assessor {
            rules,
            household,
            days: Days::new(rules, household, first, last),
            programmes: (0..rules.programmes.len()).collect(),
            contests: Contests::new(rules, household),
            asking: if someone_decides { Asking::Everything } else { asking },
        }
    }

    /// Judges with presumptions held or not.
    fn with(self, presumptions: Presumptions) -> Assessor<'a> {
        Assessor {
            days: self.days.with(presumptions),
            ..self
        }
    }

    /// Returns whether the household is of a size that is judged.
    pub(crate) fn is_in_range(&self) -> bool {
        (1..=MOST_PERSONS).contains(&self.household.persons.len())
    }

    /// Returns every determination with what became of it beside others.
    fn answers(&mut self) -> Vec<Determination> {
        let mut entries = Vec::new();
        for programme in self.programmes.clone() {
            self.entries(programme, &|_| true, &mut entries);
        }
        self.determine(entries)
    }

    /// Judges what must be judged together, and chooses among it. Where the walk comes across the same as on days before, the
    /// latest of which come last, what was concluded then is taken over: nothing has to be settled anew.
    pub(crate) fn of_unit(&mut self, unit: &Unit, before: &[Concluded]) -> (Vec<Determination>, Concluded) {
        let (entries, traces) = self.trace(unit);
        let is_new = before.last().is_none_or(|last| last.traces != traces);
        let unsteady = is_new && entries.iter().any(|entry| entry.at_start.is_some());
        let determinations = match before.iter().find(|before| before.traces == traces) {
            Some(before) => self.take_over(&entries, before),
            None => self.determine(entries),
        };
        let concluded = Concluded::of(traces, unsteady, &determinations);
        (determinations, concluded)
    }

    /// Returns the entries of a unit as Kleene's rules leave them, with what the walks came across.
    fn trace(&mut self, unit: &Unit) -> (Vec<Entry>, [Trace; 2]) {
        self.days.take_traces();
        let mut entries = Vec::new();
        for programme in &unit.programmes {
            self.entries(*programme, &|person| unit.persons.contains(&person), &mut entries);
        }
        (entries, self.days.take_traces())
    }

    /// Returns what was concluded of a unit on these days.
    pub(crate) fn concluded(&mut self, unit: &Unit, determinations: &[Determination]) -> Concluded {
        let (entries, traces) = self.trace(unit);
        let unsteady = entries.iter().any(|entry| entry.at_start.is_some());
        let own = |d: &&Determination| unit.programmes.contains(&d.programme) && unit.persons.contains(&d.person);
        let own: Vec<Determination> = determinations.iter().filter(own).cloned().collect();
        Concluded::of(traces, unsteady, &own)
    }

    fn take_over(&self, entries: &[Entry], before: &Concluded) -> Vec<Determination> {
        let standings = standings(self.rules, entries);
        let mut all = Vec::with_capacity(entries.len());
        for (entry, standing) in entries.iter().zip(standings) {
            let mut determination = Determination::new(entry, standing);
            let same = |(of, _): &&(Benefit, Standing)| *of == (entry.programme, entry.person);
            if let Some((_, known)) = before.standings.iter().find(same) {
                determination.answer = known.answer;
                determination.level = known.level;
                determination.combined = known.combined.clone();
            }
            all.push(determination);
        }
        all
    }

    /// Judges a programme for every subject that is wanted.
    fn entries(&mut self, at: usize, wanted: &dyn Fn(Option<usize>) -> bool, all: &mut Vec<Entry>) {
        let Some(programme) = self.rules.programmes.get(at) else {
            return;
        };
        let Days { first, last, .. } = &self.days;
        let in_force = programme.version_on(last.day);
        let subjects = match in_force {
            _ if programme.on_death() => self.subjects(Audience::Deceased, false),
            Some((_, version)) => {
                let at_start = programme.version_on(first.day);
                self.subjects(version.audience, at_start.is_some_and(|(_, v)| v.stops_after.is_some()))
            }
            None => Vec::new(),
        };
        if subjects.is_empty() && in_force.is_none() {
            all.push(self.nobody(at, None, None));
        }
        for person in subjects.into_iter().filter(|person| wanted(*person)) {
            all.push(if self.is_in_range() {
                self.days.judge(at, person)
            } else {
                self.nobody(at, person, Some(Stop::Overflow))
            });
        }
    }

    fn nobody(&mut self, programme: usize, person: Option<usize>, stop: Option<Stop>) -> Entry {
        Entry {
            programme,
            person,
            at_end: Judged {
                stop,
                ..self.days.last.judge(programme, None)
            },
            at_start: None,
        }
    }

    /// Returns whom a programme is about; where payment runs on through the month of the loss, that includes who died in it.
    fn subjects(&self, audience: Audience, runs_on: bool) -> Vec<Option<usize>> {
        if audience == Audience::Household {
            return vec![None];
        }
        let Days { first, last, .. } = &self.days;
        let is_subject =
            |at: &usize| last.is_subject(audience, Some(*at)).0 || (runs_on && first.is_subject(audience, Some(*at)).0);
        (0..self.household.persons.len()).filter(is_subject).map(Some).collect()
    }

    /// Makes determinations of entries, in their order.
    fn determine(&mut self, entries: Vec<Entry>) -> Vec<Determination> {
        let mut determinations = Vec::with_capacity(entries.len());
        for bout in bouts(&self.contests, entries) {
            let (places, entries): (Vec<usize>, Vec<Entry>) = bout.into_iter().unzip();
            determinations.extend(places.into_iter().zip(self.determine_together(&entries)));
        }
        determinations.sort_by_key(|(place, _)| *place);
        determinations.into_iter().map(|(_, d)| d).collect()
    }

    /// Makes the determinations of entries that compete with each other, or of one that competes with nothing.
    fn determine_together(&mut self, entries: &[Entry]) -> Vec<Determination> {
        let standings = standings(self.rules, entries);
        let settled = self.settled(entries).unwrap_or_else(|| vec![None; entries.len()]);
        let mut all = Vec::with_capacity(entries.len());
        for ((entry, standing), settled) in entries.iter().zip(standings).zip(settled) {
            let is_open = settled.is_some() || exact::is_open(&standing);
            let mut determination = Determination::new(entry, standing);
            if is_open && self.asking != Asking::WhoDecides {
                determination.asks_first = self.days.unknowns(entry, Reach::First);
            }
            if is_open && matches!(self.asking, Asking::Everything | Asking::Possible) {
                determination.asks = self.days.unknowns(entry, Reach::All);
                if matches!(determination.combined, Combined::Undecided { .. }) {
                    let others = entries.iter().flat_map(|other| self.days.unknowns(other, Reach::All));
                    determination.asks.extend(others);
                }
            }
            match settled {
                Some(settled) => determination.settle(settled),
                None => determination.may_matter = is_open,
            }
            if let (Answer::NotEntitled, Combined::GivesWay { .. }) = (determination.answer, &determination.combined) {
                match exact::would_have(&mut self.days, entry, &mut MOST_EVALUATIONS.clone()) {
                    Some(would_have) => determination.gives_way(would_have),
                    None => determination.may_matter = true,
                }
            }
            self.left_to_a_person(&mut determination);
            all.push(determination);
        }
        say_the_same(&mut all);
        all
    }

    /// Returns what all completions say of entries that compete with each other, by the way that serves best and if that
    /// takes too long by the other: so the answer does not depend on what is asked for. None when both take too long.
    fn settled(&mut self, entries: &[Entry]) -> Option<Vec<Option<Settled>>> {
        let persons: BTreeSet<Option<usize>> = entries.iter().map(|entry| entry.person).collect();
        let shares = persons.len().clamp(1, MOST_SHARES);
        let days = &mut self.days;
        let settle = |days: &mut Days<'_>| exact::settle(days, entries, &mut (MOST_EVALUATIONS * shares));
        let extremes = |days: &mut Days<'_>, most| exact::extremes(days, entries, &mut (most * shares));
        match self.asking {
            Asking::Everything => settle(days).or_else(|| extremes(days, MOST_EVALUATIONS)),
            Asking::Possible => extremes(days, FEW_EVALUATIONS),
            Asking::First | Asking::WhoDecides => extremes(days, MOST_EVALUATIONS).or_else(|| settle(days)),
        }
    }

    /// Where nothing but the decision of somebody can settle it, and nobody could say, a person must decide.
    fn left_to_a_person(&self, determination: &mut Determination) {
        let is_judged = |(person, fact): &Unknown| {
            let answers = match person {
                Some(at) => self.household.persons.get(*at).map(|p| &p.facts),
                None => Some(&self.household.facts),
            };
            let unsure = answers.and_then(|a| a.get(fact)).is_some_and(|answer| answer.unsure);
            unsure && self.rules.fact(*fact).is_some_and(|f| f.judged_by.is_some())
        };
        let asks = &determination.asks;
        if determination.answer == Answer::Open && !asks.is_empty() && asks.iter().all(is_judged) {
            determination.answer = Answer::PersonDecides;
        }
    }
}

impl Determination {
    fn new(entry: &Entry, standing: Standing) -> Determination {
        let said = entry.said();
        Determination {
            programme: entry.programme,
            person: entry.person,
            answer: standing.answer,
            judged: Judged {
                flips: said.flips,
                ..said.judged.clone()
            },
            other_day: said.other.cloned().map(Box::new),
            level: standing.level,
            last_month: said.last_month,
            combined: standing.combined,
            asks: BTreeSet::new(),
            asks_first: BTreeSet::new(),
            settles: BTreeMap::new(),
            whatever: BTreeSet::new(),
            may_matter: false,
            presumed: BTreeSet::new(),
            next_change: None,
        }
    }

    /// Takes over what it would have paid. Where its own conditions are never met it gives way to nothing.
    fn gives_way(&mut self, would_have: WouldHave) {
        match would_have {
            WouldHave::Paid(level) => self.level = level.or(self.level),
            WouldHave::Nothing => (self.combined, self.level) = (Combined::Alone, None),
        }
    }

    /// Takes over what all completions say.
    fn settle(&mut self, settled: Settled) {
        let is_whole = settled.is_whole();
        self.answer = settled.answer;
        if settled.answer != Answer::Open {
            self.combined = settled.combined.unwrap_or_default();
        }
        let gives_way = matches!(self.combined, Combined::GivesWay { .. });
        if settled.level.is_some() || (settled.answer == Answer::NotEntitled && !gives_way) {
            self.level = settled.level;
        }
        let Some(facts) = settled.facts else {
            self.may_matter = !self.asks.is_empty();
            if is_whole {
                self.asks.clear();
                self.asks_first.clear();
            }
            return;
        };
        self.asks_first.retain(|unknown| facts.asks.contains_key(unknown));
        self.asks = facts.asks.keys().copied().collect();
        if self.asks_first.is_empty() {
            self.asks_first.clone_from(&self.asks);
        }
        self.settles = facts.asks;
        if settled.answer != Answer::Open {
            self.whatever = facts.whatever;
        }
    }
}

/// What gives way says the same on both sides.
fn say_the_same(together: &mut [Determination]) {
    let loser = |d: &Determination| matches!(d.combined, Combined::GivesWay { .. });
    let would: Vec<(Benefit, Option<Level>)> = together
        .iter()
        .filter(|d| d.answer == Answer::NotEntitled)
        .map(|d| ((d.programme, d.person), d.level.filter(|_| loser(d))))
        .collect();
    for determination in together {
        if let Combined::Paid { instead_of, .. } = &mut determination.combined {
            let known = |of: &Benefit| would.iter().find(|(benefit, _)| benefit == of);
            instead_of.retain(|(of, _)| known(of).is_none_or(|(_, level)| level.is_some()));
            for (of, level) in instead_of {
                *level = known(of).and_then(|(_, level)| *level).unwrap_or(*level);
            }
        }
    }
}

/// An entry with its place in the whole.
type Placed = (usize, Entry);

/// Puts the entries that compete with each other together, in order of their first; one that competes with nothing
/// stands alone. Each keeps its place in the whole.
fn bouts(contests: &Contests, entries: Vec<Entry>) -> Vec<Vec<Placed>> {
    let mut keys: Vec<Option<Seat>> = Vec::new();
    let mut bouts: Vec<Vec<Placed>> = Vec::new();
    for (place, entry) in entries.into_iter().enumerate() {
        let key = contests.seat(entry.programme, entry.person);
        let known = keys.iter().position(|known| key.is_some() && *known == key);
        if let Some(bout) = known.and_then(|at| bouts.get_mut(at)) {
            bout.push((place, entry));
        } else {
            keys.push(key);
            bouts.push(vec![(place, entry)]);
        }
    }
    bouts
}
