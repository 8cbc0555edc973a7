//! All programmes for a household in a month, what is chosen among them, and when that changes.

mod choose;
mod presumed;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::calendar::Month;
use crate::evaluate::{Evaluator, Judged, Level, Presumptions, Reach, Stop, Unknown};
use crate::household::{Household, MOST_PERSONS};
use crate::read::Audience;
use crate::report::Answer;
use crate::rules::{Programme, RuleSet};
use crate::value::Truth;

pub use choose::Combined;
use choose::{Candidate, choose};

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

/// An answer and what it pays.
type Outcome = (Answer, Option<Level>);

/// More changes in a row than any life brings: a circle of days would be an error of the rules.
const MOST_FLIPS: usize = 400;

/// Assesses a household for a month.
///
/// Never fails as a whole: what cannot be computed is a determination that says so. A household of no or more than 30
/// persons gets *failed* everywhere.
pub fn assess(rules: &RuleSet, household: &Household, month: Month, depth: Depth) -> Assessment {
    let mut assessor = Assessor::new(rules, household, month, Presumptions::Held);
    let mut determinations = assessor.answers();
    presumed::name(&assessor, &mut determinations);
    if depth == Depth::Calendar {
        assessor.next_changes(&mut determinations);
    }
    Assessment { month, determinations }
}

struct Assessor<'a> {
    rules: &'a RuleSet,
    household: &'a Household,
    month: Month,
    last: Evaluator<'a>,
    first: Evaluator<'a>,
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
    fn new(rules: &'a RuleSet, household: &'a Household, month: Month, presumptions: Presumptions) -> Assessor<'a> {
        let on = |day| Evaluator::new(rules, household, day).with(presumptions);
        Assessor {
            rules,
            household,
            month,
            last: on(month.last_day()),
            first: on(month.first_day()),
        }
    }

    /// Returns every determination with what became of it beside others.
    fn answers(&mut self) -> Vec<Determination> {
        let mut determinations = self.determinations();
        self.combine(&mut determinations);
        determinations
    }

    fn determinations(&mut self) -> Vec<Determination> {
        let in_range = (1..=MOST_PERSONS).contains(&self.household.persons.len());
        let mut all = Vec::new();
        for (programme, known) in self.rules.programmes.iter().enumerate() {
            let day = self.month.last_day();
            let subjects = match known.version_on(day) {
                _ if known.on_death() => self.subjects(Audience::Deceased, false),
                Some((_, version)) => {
                    let at_start = known.version_on(self.month.first_day());
                    self.subjects(version.audience, at_start.is_some_and(|(_, v)| v.stops_after.is_some()))
                }
                None => Vec::new(),
            };
            if subjects.is_empty() && known.version_on(day).is_none() {
                let judged = self.last.judge(programme, None);
                all.push(self.determination(programme, None, OfMonth::new(judged, false, None)));
            }
            for person in subjects {
                if in_range {
                    let of_month = self.judge(programme, person);
                    all.push(self.determination(programme, person, of_month));
                } else {
                    let mut judged = self.last.judge(programme, None);
                    judged.stop = Some(Stop::Overflow);
                    all.push(self.determination(programme, person, OfMonth::new(judged, false, None)));
                }
            }
        }
        all
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
        let mut at_start = self.first.judge(programme, person);
        // A pause is no loss: while it holds at the end of the month the first day counts for nothing.
        at_start.unless_paused(&at_end.pauses);
        let version = self.rules.programmes.get(programme).zip(at_start.version);
        let runs_on = version
            .and_then(|(p, v)| p.versions.get(v))
            .is_some_and(|v| v.stops_after.is_some());
        if !runs_on || at_start.stop.is_some() || at_start.truth == Truth::No {
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
            return OfMonth::new(at_start, true, Some(at_end));
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
        if judged.stop.is_none() && judged.truth != Truth::No {
            let evaluator = if last_month { &mut self.first } else { &mut self.last };
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

    fn next_changes(&self, determinations: &mut [Determination]) {
        let contests = contests(self.rules);
        for at in 0..determinations.len() {
            let Some(determination) = determinations.get(at) else {
                continue;
            };
            let alone = vec![determination.programme];
            let contest = contests
                .iter()
                .find(|c| c.contains(&determination.programme))
                .unwrap_or(&alone);
            let next = self.next_change(determination, contest);
            if let Some(determination) = determinations.get_mut(at) {
                determination.next_change = next;
            }
        }
    }

    fn next_change(&self, determination: &Determination, contest: &[usize]) -> Option<NextChange> {
        let own = contest.iter().position(|p| *p == determination.programme)?;
        let mut day = self.month.last_day();
        let (before, mut flips) = self.on(day, determination.person, contest);
        let before = *before.get(own)?;
        if determination.last_month {
            let (answer, level) = before;
            return Some(NextChange {
                on: self.month.next().first_day(),
                answer,
                level,
            });
        }
        for _ in 0..MOST_FLIPS {
            day = flips.filter(|next| *next > day)?;
            let (after, next) = self.on(day, determination.person, contest);
            flips = next;
            let (answer, level) = *after.get(own)?;
            if (answer, level) != before {
                let loses = before.0 == Answer::Entitled && answer == Answer::NotEntitled;
                let programme = self.rules.programmes.get(determination.programme);
                let version = programme.and_then(|p| p.version_on(before_day(day)));
                let runs_on = loses && version.is_some_and(|(_, v)| v.stops_after.is_some());
                let runs_on = runs_on && !self.is_paused(day, determination);
                let on = if runs_on && day != day.first_of_month() {
                    Month::of(day).next().first_day()
                } else {
                    day
                };
                return Some(NextChange { on, answer, level });
            }
        }
        None
    }

    fn is_paused(&self, day: Date, determination: &Determination) -> bool {
        let judged = self
            .last
            .on_day(day)
            .judge(determination.programme, determination.person);
        !judged.paused_by().is_empty()
    }

    /// Returns answers and levels of a contest on a day, and the next day on which any of them could change.
    fn on(&self, day: Date, person: Option<usize>, contest: &[usize]) -> (Vec<Outcome>, Option<Date>) {
        let mut evaluator = Evaluator::new(self.rules, self.household, day);
        let mut flips = None;
        let mut candidates = Vec::new();
        let mut found = Vec::new();
        let mut results: Vec<Outcome> = Vec::new();
        for programme in contest {
            let judged = evaluator.judge(*programme, person);
            flips = crate::evaluate::earlier(flips, judged.flips);
            let answer = plain_answer(&judged);
            let certain = judged.truth == Truth::Yes;
            if let Some(candidate) = Candidate::judged(self.rules, *programme, &[&judged], judged.level, certain) {
                found.push(results.len());
                candidates.push(candidate);
            }
            results.push((answer, judged.level));
        }
        for (at, (combined, level)) in found.into_iter().zip(choose(&candidates)) {
            if let Some(result) = results.get_mut(at) {
                match combined {
                    Combined::GivesWay { .. } => *result = (Answer::NotEntitled, None),
                    Combined::Undecided { .. } => *result = (Answer::Open, Some(Level { low: 0, ..level })),
                    Combined::Alone | Combined::Paid { .. } => result.1 = Some(level),
                }
            }
        }
        for result in &mut results {
            if result.0 == Answer::NotEntitled {
                result.1 = None;
            }
        }
        (results, flips)
    }
}

fn before_day(day: Date) -> Date {
    day.yesterday().unwrap_or(day)
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

/// Returns the sets of programmes that compete: all that name the same word in `across`.
fn contests(rules: &RuleSet) -> Vec<Vec<usize>> {
    let mut words: Vec<&str> = Vec::new();
    let mut contests: Vec<Vec<usize>> = Vec::new();
    for (at, programme) in rules.programmes.iter().enumerate() {
        let Some(choose) = programme.versions.iter().find_map(|v| v.choose.as_ref()) else {
            continue;
        };
        let word = choose.across.value.as_str();
        match words.iter().position(|w| *w == word) {
            Some(place) => {
                if let Some(contest) = contests.get_mut(place) {
                    contest.push(at);
                }
            }
            None => {
                words.push(word);
                contests.push(vec![at]);
            }
        }
    }
    contests
}
