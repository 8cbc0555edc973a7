//! Programmes that compete for the same persons, judged together for a month; one that competes with nothing stands alone.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::evaluate::{Evaluator, Frame, Judged, Level, Presumptions, Reach, Stop, Trace, Unknown};
use crate::exact::Firsts;
use crate::household::Household;
use crate::report::Answer;
use crate::rules::{FactId, RuleSet};
use crate::value::{Truth, Value};

use super::choose::{Candidate, Combined, choose};

/// One programme for one subject, as judged on the days that count for a month.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// Position of the programme.
    pub(crate) programme: usize,
    /// Position of the person; none for the household.
    pub(crate) person: Option<usize>,
    /// On the last day.
    pub(crate) at_end: Judged,
    /// On the first day, where what is met then is paid for the month.
    pub(crate) at_start: Option<Judged>,
}

/// What the days of a month say together.
pub(crate) struct Said<'e> {
    /// The day whose reasons count.
    pub(crate) judged: &'e Judged,
    /// The other one, where either may be the one that pays.
    pub(crate) other: Option<&'e Judged>,
    /// What is or may be paid.
    pub(crate) level: Option<Level>,
    /// The conditions end in this month, which is still paid.
    pub(crate) last_month: bool,
    /// When time alone could change it after the last day.
    pub(crate) flips: Option<Date>,
}

/// What becomes of an entry beside those it competes with.
#[derive(Clone, Debug)]
pub(crate) struct Standing {
    pub(crate) answer: Answer,
    pub(crate) level: Option<Level>,
    pub(crate) combined: Combined,
}

/// A household on the two days that count for a month; for a single day both are the same.
pub(crate) struct Days<'a> {
    pub(crate) rules: &'a RuleSet,
    pub(crate) last: Evaluator<'a>,
    pub(crate) first: Evaluator<'a>,
}

/// A value that a fact has in a month. A paper that runs out in the middle leaves it with one on each day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Hole {
    pub(crate) unknown: Unknown,
    pub(crate) when: When,
}

/// The days on which a hole has its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum When {
    Both,
    First,
    Last,
}

impl Entry {
    /// Returns what counts of the two days: the last; and where the law pays through the month of the loss, the first.
    pub(crate) fn said(&self) -> Said<'_> {
        let (end, start) = (&self.at_end, self.at_start.as_ref());
        let only = |judged| Said {
            judged,
            other: None,
            level: judged.level,
            last_month: false,
            flips: judged.flips,
        };
        let Some(start) = start.filter(|_| end.truth != Truth::Yes && end.stop.is_none()) else {
            return only(end);
        };
        if start.stop.is_some() || start.truth == Truth::No {
            // Of who died in the month only the first day can give reasons.
            let only_start = !end.is_subject && start.stop.is_none();
            return only(if only_start { start } else { end });
        }
        if end.truth == Truth::No {
            return Said {
                last_month: true,
                flips: end.flips,
                ..only(start)
            };
        }
        // Either day may be the one that pays; how much depends on which.
        if start.truth == Truth::Yes {
            let groups = end.groups.iter().filter(|group| group.truth != Truth::No);
            let lowest = groups.filter_map(|group| group.level).map(|level| level.low).min();
            let if_met = end.level.zip(lowest).map(|(level, low)| Level { low, ..level });
            return Said {
                judged: start,
                other: Some(end),
                level: join(start.level, if_met),
                last_month: false,
                flips: end.flips,
            };
        }
        Said {
            judged: end,
            other: Some(start),
            level: join(end.level, start.level),
            last_month: false,
            flips: end.flips,
        }
    }
}

fn join(a: Option<Level>, b: Option<Level>) -> Option<Level> {
    a.into_iter().chain(b).reduce(Level::join)
}

/// Returns the answer of a judgement before anything is chosen.
pub(crate) fn plain_answer(judged: &Judged) -> Answer {
    match (judged.version, judged.stop, judged.truth) {
        (None, _, _) | (_, Some(Stop::NoValue { .. }), _) => Answer::NotCovered,
        (_, Some(_), _) => Answer::Failed,
        (_, None, Truth::Yes) => Answer::Entitled,
        (_, None, Truth::No) => Answer::NotEntitled,
        (_, None, Truth::Open) => Answer::Open,
    }
}

/// Decides among entries that may not be combined. While an answer is open its amount begins at 0.
pub(crate) fn standings(rules: &RuleSet, entries: &[Entry]) -> Vec<Standing> {
    let mut competing = Vec::new();
    let mut candidates = Vec::new();
    let mut all = Vec::with_capacity(entries.len());
    for (at, entry) in entries.iter().enumerate() {
        let said = entry.said();
        let answer = plain_answer(said.judged);
        if entries.len() > 1 && matches!(answer, Answer::Entitled | Answer::Open) {
            let mut days = vec![said.judged];
            days.extend(said.other);
            let certain = answer == Answer::Entitled;
            if let Some(candidate) =
                Candidate::judged(rules, (entry.programme, entry.person), &days, said.level, certain)
            {
                competing.push(at);
                candidates.push(candidate);
            }
        }
        all.push(Standing {
            answer,
            level: said.level,
            combined: Combined::Alone,
        });
    }
    for (at, (combined, level)) in competing.into_iter().zip(choose(&candidates)) {
        let Some(standing) = all.get_mut(at) else {
            continue;
        };
        match &combined {
            Combined::Alone | Combined::Paid { .. } => {}
            Combined::GivesWay { .. } => standing.answer = Answer::NotEntitled,
            Combined::Undecided { .. } => standing.answer = Answer::Open,
        }
        standing.level = Some(level);
        standing.combined = combined;
    }
    for standing in &mut all {
        if standing.answer == Answer::Open {
            standing.level = standing.level.map(|level| Level { low: 0, ..level });
        }
    }
    all
}

impl<'a> Days<'a> {
    /// Returns the household on the first and the last day that count.
    pub(crate) fn new(rules: &'a RuleSet, household: &'a Household, first: Date, last: Date) -> Self {
        Days {
            rules,
            last: Evaluator::new(rules, household, last),
            first: Evaluator::new(rules, household, first),
        }
    }

    /// Returns what the walks on both days came across, and begins anew.
    pub(crate) fn take_traces(&mut self) -> [Trace; 2] {
        [self.first.take_trace(), self.last.take_trace()]
    }

    /// Judges with presumptions held or not.
    pub(crate) fn with(self, presumptions: Presumptions) -> Self {
        Days {
            rules: self.rules,
            last: self.last.with(presumptions),
            first: self.first.with(presumptions),
        }
    }

    /// Judges a programme for a person (or the household).
    pub(crate) fn judge(&mut self, programme: usize, person: Option<usize>) -> Entry {
        let at_end = self.last.judge(programme, person);
        let known = self.rules.programmes.get(programme).filter(|p| !p.on_death());
        let at_first = known.and_then(|p| p.version_on(self.first.day));
        let runs_on = at_first.is_some_and(|(_, version)| version.stops_after.is_some());
        let one_day = self.first.day == self.last.day;
        let both = runs_on && !one_day && at_end.truth != Truth::Yes && at_end.stop.is_none();
        let mut at_start = both.then(|| self.first.judge(programme, person));
        // A pause is no loss: while it holds at the end of the month the first day counts for nothing.
        if let Some(start) = &mut at_start {
            start.unless_paused(&at_end.pauses);
        }
        Entry {
            programme,
            person,
            at_end,
            at_start,
        }
    }

    /// Judges again what was open, after facts were narrowed. Also returns how many groups were looked at.
    fn again(&mut self, entry: &Entry) -> (Entry, usize) {
        let (at_end, n) = self.last.judge_again(&entry.at_end, entry.programme, entry.person);
        let mut groups = n;
        let at_start = entry.at_start.as_ref().map(|start| {
            let (mut start, n) = self.first.judge_again(start, entry.programme, entry.person);
            groups += n;
            start.unless_paused(&at_end.pauses);
            start
        });
        let again = Entry {
            at_end,
            at_start,
            ..*entry
        };
        (again, groups)
    }

    /// Judges entries again, after facts were narrowed; none when that takes more than `left` evaluations of a group, which
    /// counts down.
    pub(crate) fn all_again(&mut self, entries: &[Entry], left: &mut usize) -> Option<Vec<Entry>> {
        let mut again = Vec::with_capacity(entries.len());
        for entry in entries {
            let (entry, n) = self.again(entry);
            *left = left.checked_sub(n + 1)?;
            again.push(entry);
        }
        Some(again)
    }

    /// Returns the facts that may settle what an entry itself says.
    pub(crate) fn unknowns(&mut self, entry: &Entry, reach: Reach) -> BTreeSet<Unknown> {
        let said = entry.said();
        let mut found = BTreeSet::new();
        let days: Vec<&Judged> = std::iter::once(said.judged).chain(said.other).collect();
        for judged in days {
            if judged.stop.is_none() && judged.truth != Truth::No {
                let evaluator = if judged.day == self.last.day {
                    &mut self.last
                } else {
                    &mut self.first
                };
                found.extend(evaluator.unknowns(judged, entry.programme, entry.person, reach));
            }
        }
        if let Some(start) = entry.at_start.as_ref().filter(|start| start.truth != Truth::No) {
            // What is due for the first day also rests on no pause at the end.
            let frame = Frame::of(entry.person);
            for unless in entry.at_end.pauses.iter().filter(|_| start.stop.is_none()) {
                if reach == Reach::All || found.is_empty() {
                    self.last.of_node(unless.node, frame, reach, &mut found);
                }
            }
        }
        found
    }

    /// Returns the holes of a fact: one, or one for each day where a paper runs out between them.
    pub(crate) fn holes(&self, unknown: Unknown) -> Vec<Hole> {
        let hole = |when| Hole { unknown, when };
        let apart = self.first.is_recorded(unknown) != self.last.is_recorded(unknown);
        if apart {
            vec![hole(When::First), hole(When::Last)]
        } else {
            vec![hole(When::Both)]
        }
    }

    /// Returns what is known of a hole.
    pub(crate) fn known_of(&self, hole: Hole) -> Value {
        match hole.when {
            When::First => self.first.known_of(hole.unknown),
            When::Both | When::Last => self.last.known_of(hole.unknown),
        }
    }

    /// Takes a hole to have one of fewer values, until [`Days::widen`] is called with what this returns.
    pub(crate) fn narrow(&mut self, hole: Hole, value: Value) -> [usize; 2] {
        let marks = [self.first.narrowed().len(), self.last.narrowed().len()];
        if hole.when != When::Last {
            self.first.narrow(hole.unknown, value);
        }
        if hole.when != When::First {
            self.last.narrow(hole.unknown, value);
        }
        marks
    }

    /// Takes back every narrowing since.
    pub(crate) fn widen(&mut self, [first, last]: [usize; 2]) {
        self.first.widen(first);
        self.last.widen(last);
    }

    /// Returns where a programme, or one that it competes with, tells the values of a fact apart on the days that count.
    pub(crate) fn firsts(&self, programme: usize, fact: FactId) -> Firsts {
        let days = [self.first.day, self.last.day];
        self.rules.cuts.firsts(self.rules, Some(programme), fact, &days)
    }
}
