//! All programmes for a household in a month, what is chosen among them, and when that changes.

mod choose;
mod presumed;
mod unit;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::calendar::Month;
use crate::evaluate::{Evaluator, Judged, Level, Presumptions, Reach, Stop, Unknown};
use crate::household::{Answers, Household, MOST_PERSONS};
use crate::read::Audience;
use crate::report::Answer;
use crate::rules::{FactId, Programme, RuleSet};
use crate::value::Truth;

pub use choose::Combined;
use choose::{Candidate, choose};
pub(crate) use unit::{Unit, contests, units};

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
}

/// How much is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Answers, amounts and questions.
    Answers,
    /// Also the next change of each.
    Calendar,
}

/// Which questions are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asking {
    /// All, and which come first.
    Everything,
    /// Only as far as they decide whether a person must decide.
    WhoDecides,
}

/// Assesses a household for a month.
///
/// Never fails as a whole: what cannot be computed is a determination that says so. A household of no or more than 30
/// persons gets *failed* everywhere.
pub fn assess(rules: &RuleSet, household: &Household, month: Month, depth: Depth) -> Assessment {
    let (first, last) = (month.first_day(), month.last_day());
    let mut assessor = Assessor::new(rules, household, first, last, Asking::Everything);
    let mut determinations = assessor.answers();
    presumed::name(&assessor, &mut determinations);
    if depth == Depth::Calendar {
        crate::lifecycle::next_changes(&mut assessor, month, &mut determinations);
    }
    Assessment { month, determinations }
}

/// Judges a stretch of days, a month or one day, by its last day and where the law says so by its first.
pub(crate) struct Assessor<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) household: &'a Household,
    pub(crate) last: Evaluator<'a>,
    pub(crate) first: Evaluator<'a>,
    asking: Asking,
}

/// What was judged of a month.
struct OfMonth {
    judged: Judged,
    /// Paid for the last time.
    last_month: bool,
    /// That of the other day, where either may be the one that pays.
    other_day: Option<Judged>,
}

impl OfMonth {
    fn new(judged: Judged, last_month: bool, other_day: Option<Judged>) -> OfMonth {
        OfMonth {
            judged,
            last_month,
            other_day,
        }
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
            last: Evaluator::new(rules, household, last),
            first: Evaluator::new(rules, household, first),
            asking: if someone_decides { Asking::Everything } else { asking },
        }
    }

    /// Judges with presumptions held or not.
    fn with(self, presumptions: Presumptions) -> Assessor<'a> {
        Assessor {
            last: self.last.with(presumptions),
            first: self.first.with(presumptions),
            ..self
        }
    }

    /// Returns every determination with what became of it beside others.
    fn answers(&mut self) -> Vec<Determination> {
        let mut determinations = self.determinations();
        self.combine(&mut determinations);
        determinations
    }

    /// Returns whether the household is of a size that is judged.
    pub(crate) fn is_in_range(&self) -> bool {
        (1..=MOST_PERSONS).contains(&self.household.persons.len())
    }

    fn determinations(&mut self) -> Vec<Determination> {
        let mut all = Vec::new();
        for programme in 0..self.rules.programmes.len() {
            self.of_programme(programme, &|_| true, &mut all);
        }
        all
    }

    /// Judges what must be judged together, and chooses among it.
    pub(crate) fn of_unit(&mut self, unit: &Unit) -> Vec<Determination> {
        let mut all = Vec::new();
        for programme in &unit.programmes {
            self.of_programme(*programme, &|person| unit.persons.contains(&person), &mut all);
        }
        self.combine(&mut all);
        all
    }

    fn of_programme(&mut self, at: usize, wanted: &dyn Fn(Option<usize>) -> bool, all: &mut Vec<Determination>) {
        let Some(programme) = self.rules.programmes.get(at) else {
            return;
        };
        let in_force = programme.version_on(self.last.day);
        let subjects = match in_force {
            _ if programme.on_death() => self.subjects(Audience::Deceased, false),
            Some((_, version)) => {
                let at_start = programme.version_on(self.first.day);
                self.subjects(version.audience, at_start.is_some_and(|(_, v)| v.stops_after.is_some()))
            }
            None => Vec::new(),
        };
        if subjects.is_empty() && in_force.is_none() {
            let judged = self.last.judge(at, None);
            all.push(self.determination(at, None, OfMonth::new(judged, false, None)));
        }
        for person in subjects.into_iter().filter(|person| wanted(*person)) {
            if self.is_in_range() {
                let of_month = self.judge(at, person);
                all.push(self.determination(at, person, of_month));
            } else {
                let mut judged = self.last.judge(at, None);
                judged.stop = Some(Stop::Overflow);
                all.push(self.determination(at, person, OfMonth::new(judged, false, None)));
            }
        }
    }

    /// Returns whom a programme is about; where payment runs on through the month of the loss, that includes who died in it.
    fn subjects(&self, audience: Audience, runs_on: bool) -> Vec<Option<usize>> {
        if audience == Audience::Household {
            return vec![None];
        }
        let is_subject = |at: &usize| {
            self.last.is_subject(audience, Some(*at)).0 || (runs_on && self.first.is_subject(audience, Some(*at)).0)
        };
        (0..self.household.persons.len()).filter(is_subject).map(Some).collect()
    }

    /// Judges the month: on its last day, and where the law pays through the month of the loss, on its first day too.
    fn judge(&mut self, programme: usize, person: Option<usize>) -> OfMonth {
        let mut at_end = self.last.judge(programme, person);
        let on_death = self.rules.programmes.get(programme).is_some_and(Programme::on_death);
        if at_end.truth == Truth::Yes || at_end.stop.is_some() || on_death {
            return OfMonth::new(at_end, false, None);
        }
        let at_start = self
            .rules
            .programmes
            .get(programme)
            .and_then(|p| p.version_on(self.first.day));
        if at_start.is_none_or(|(_, version)| version.stops_after.is_none()) {
            return OfMonth::new(at_end, false, None);
        }
        let mut at_start = self.first.judge(programme, person);
        // A pause is no loss: while it holds at the end of the month the first day counts for nothing.
        at_start.unless_paused(&at_end.pauses);
        if at_start.stop.is_some() || at_start.truth == Truth::No {
            // Of who died in the month only the first day can give reasons.
            let only_start = at_end.groups.is_empty() && at_start.stop.is_none();
            return OfMonth::new(if only_start { at_start } else { at_end }, false, None);
        }
        if at_end.truth == Truth::No {
            at_start.flips = at_end.flips;
            return OfMonth::new(at_start, true, None);
        }
        // Either day may be the one that pays; how much depends on which.
        if at_start.truth == Truth::Yes {
            let groups = at_end.groups.iter().filter(|group| group.truth != Truth::No);
            let lowest = groups.filter_map(|group| group.level).map(|level| level.low).min();
            let if_met = at_end.level.zip(lowest).map(|(level, low)| Level { low, ..level });
            at_start.level = join(at_start.level, if_met);
            at_start.flips = at_end.flips;
            return OfMonth::new(at_start, false, Some(at_end));
        }
        at_end.level = join(at_end.level, at_start.level);
        OfMonth::new(at_end, false, Some(at_start))
    }

    fn determination(&mut self, programme: usize, person: Option<usize>, of_month: OfMonth) -> Determination {
        let OfMonth {
            judged,
            last_month,
            other_day,
        } = of_month;
        let answer = plain_answer(&judged);
        let (mut asks, mut asks_first) = (BTreeSet::new(), BTreeSet::new());
        if judged.stop.is_none() && judged.truth != Truth::No && self.asking == Asking::Everything {
            let by_first = judged.day == self.first.day;
            let evaluator = if by_first { &mut self.first } else { &mut self.last };
            asks = evaluator.unknowns(&judged, programme, Reach::All);
            asks_first = evaluator.unknowns(&judged, programme, Reach::First);
        }
        let level = judged.level;
        Determination {
            programme,
            person,
            answer,
            judged,
            other_day: other_day.map(Box::new),
            level,
            last_month,
            combined: Combined::Alone,
            asks,
            asks_first,
            presumed: BTreeSet::new(),
            next_change: None,
        }
    }

    /// Decides among programmes that may not be combined, and who must decide what stays open.
    fn combine(&self, determinations: &mut [Determination]) {
        for contest in contests(self.rules) {
            let persons: BTreeSet<usize> = determinations.iter().filter_map(|d| d.person).collect();
            for person in persons {
                let mut chosen = Vec::new();
                let mut candidates = Vec::new();
                for (at, determination) in determinations.iter().enumerate() {
                    let competes = determination.person == Some(person)
                        && contest.contains(&determination.programme)
                        && matches!(determination.answer, Answer::Entitled | Answer::Open);
                    if competes && let Some(candidate) = Candidate::of(self.rules, determination) {
                        chosen.push(at);
                        candidates.push(candidate);
                    }
                }
                let outcome = choose(&candidates);
                let all_asks: BTreeSet<Unknown> = chosen
                    .iter()
                    .filter_map(|at| determinations.get(*at))
                    .flat_map(|d| d.asks.iter().copied())
                    .collect();
                for (at, (combined, level)) in chosen.into_iter().zip(outcome) {
                    let Some(determination) = determinations.get_mut(at) else {
                        continue;
                    };
                    match &combined {
                        Combined::Alone | Combined::Paid { .. } => {}
                        Combined::GivesWay { .. } => {
                            determination.answer = Answer::NotEntitled;
                            determination.asks.clear();
                            determination.asks_first.clear();
                        }
                        Combined::Undecided { .. } => {
                            determination.answer = Answer::Open;
                            determination.asks.extend(all_asks.iter().copied());
                        }
                    }
                    determination.level = Some(level);
                    determination.combined = combined;
                }
            }
        }
        for determination in determinations {
            if determination.answer == Answer::Open {
                let judged_low = determination.level.map(|level| Level { low: 0, ..level });
                determination.level = judged_low;
                let is_judged = |(person, fact): &Unknown| {
                    let answers = match person {
                        Some(at) => self.household.persons.get(*at).map(|p| &p.facts),
                        None => Some(&self.household.facts),
                    };
                    let unsure = answers.and_then(|a| a.get(fact)).is_some_and(|answer| answer.unsure);
                    unsure && self.rules.fact(*fact).is_some_and(|f| f.judged_by.is_some())
                };
                if !determination.asks.is_empty() && determination.asks.iter().all(is_judged) {
                    determination.answer = Answer::PersonDecides;
                }
            }
        }
    }
}

fn join(a: Option<Level>, b: Option<Level>) -> Option<Level> {
    a.into_iter().chain(b).reduce(Level::join)
}

fn plain_answer(judged: &Judged) -> Answer {
    match (judged.version, judged.stop, judged.truth) {
        (None, _, _) | (_, Some(Stop::NoValue { .. }), _) => Answer::NotCovered,
        (_, Some(_), _) => Answer::Failed,
        (_, None, Truth::Yes) => Answer::Entitled,
        (_, None, Truth::No) => Answer::NotEntitled,
        (_, None, Truth::Open) => Answer::Open,
    }
}
