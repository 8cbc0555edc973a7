//! Why an answer changes on a day: what is not the same on that day as on its eve.
//!
//! The plan is gone through on both days at once, into what differs only, down to what time itself has moved: an amount,
//! an age, a paper, a version of the rule. A change of facts by people is not looked for: there is none.

use jiff::civil::Date;

use crate::assess::Combined;
use crate::evaluate::{Evaluator, Frame, Judged, Stop};
use crate::household::{Household, Source};
use crate::rules::{FactId, NodeId, Op, RuleSet, Version, Who};
use crate::syntax::Function;
use crate::value::{Range, Truth, Value};

use super::walk::Found;

/// Why something changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The day on which it happens.
    pub on: Date,
    /// The other programme, for the same subject or that person, to which it happens; none for the one that changes.
    pub through: Option<(usize, Option<usize>)>,
    /// What.
    pub what: What,
    /// Whether it matters only by a limit that is ours, of who is asked, and not by the law.
    pub by_our_limit: bool,
}

/// What happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Another version of the rule is in force, or none any more.
    Version {
        /// Position of the programme.
        programme: usize,
        /// Position of the version; none where nothing follows.
        version: Option<usize>,
    },
    /// An amount set by date changes: position of the parameter.
    Parameter(usize),
    /// So many years or months since a day are complete.
    Complete {
        /// Whose day; none for the household's.
        person: Option<usize>,
        /// The fact that holds the day.
        fact: FactId,
        /// How many.
        count: i64,
        /// Years, or else months.
        years: bool,
        /// How certain that is, where the day is not known exactly.
        how: Certainty,
    },
    /// A day comes that a fact holds.
    DayComes {
        /// Whose.
        person: Option<usize>,
        /// The fact.
        fact: FactId,
    },
    /// A day comes that the rule itself names.
    NamedDay,
    /// A paper has run out on the day before.
    Paper {
        /// Whose fact it proved.
        person: Option<usize>,
        /// The fact.
        fact: FactId,
        /// The paper's name in the rule files.
        paper: String,
        /// The last day for which it holds.
        until: Date,
    },
    /// A person is born.
    Born(usize),
    /// A person dies.
    Dies(usize),
    /// The month in which the conditions ended was the last to be paid.
    LastMonth {
        /// Position of the programme.
        programme: usize,
        /// Position of the version that says so.
        version: usize,
    },
}

/// How certain a count of years or months is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The day is known.
    Known,
    /// It is complete from now on at the earliest.
    AtTheEarliest,
    /// It is complete from now on at the latest.
    AtTheLatest,
}

/// More flips than these between two months would be an error of the rules.
const MOST_FLIPS: usize = 70;

/// Returns why a change comes, by day.
pub(super) fn causes(rules: &RuleSet, household: &Household, found: &Found) -> Vec<Cause> {
    let changed = &found.changed;
    let (from, to) = found.between;
    let mut search = Search {
        rules,
        household,
        through: None,
        within_our_limit: false,
        deep: false,
        causes: Vec::new(),
    };
    search.between(changed.programme, changed.person, from, to);
    if search.causes.is_empty() {
        // What looks equally open on both days can be settled on one of them.
        search.deep = true;
        search.between(changed.programme, changed.person, from, to);
        search.deep = false;
    }
    let ran_on = from == from.first_of_month() && to > from.last_of_month();
    let was_paid = changed.before.is_some_and(|before| super::pays(before.answer));
    let in_month_before = |cause: &Cause| cause.on < changed.month.first_day();
    if ran_on && was_paid && search.causes.iter().any(in_month_before) && changed.on == changed.month.first_day() {
        let programme = rules.programmes.get(changed.programme);
        if let Some((version, _)) = programme.and_then(|p| p.version_on(from)) {
            let programme = changed.programme;
            search.add(changed.on, What::LastMonth { programme, version });
        }
    }
    // Beside others it may be one of them that changes.
    let beside_others = changed.combined != Combined::Alone || search.causes.is_empty();
    if beside_others {
        let start = from.first_of_month().max(from);
        for (programme, person) in found.unit.pairs() {
            if (programme, person) != (changed.programme, changed.person) {
                search.through = Some((programme, person));
                search.between(programme, person, start, changed.month.last_day());
            }
        }
    }
    let mut causes = search.causes;
    causes.sort_by_key(|cause| cause.on);
    // What happens to both is told once.
    let told: Vec<(Date, What)> = causes
        .iter()
        .filter(|cause| cause.through.is_none())
        .map(|cause| (cause.on, cause.what.clone()))
        .collect();
    let is_new = |cause: &Cause| !told.iter().any(|(on, what)| (on, what) == (&cause.on, &cause.what));
    causes.retain(|cause| cause.through.is_none() || is_new(cause));
    causes
}

struct Search<'a> {
    rules: &'a RuleSet,
    household: &'a Household,
    through: Option<(usize, Option<usize>)>,
    /// Whether what is looked at stands in a term of which the limits are ours.
    within_our_limit: bool,
    /// Whether to look also into what is open on both days.
    deep: bool,
    causes: Vec<Cause>,
}

/// A day and its eve, and what is evaluated on each.
struct Days<'a> {
    eve: Evaluator<'a>,
    day: Evaluator<'a>,
}

impl<'a> Search<'a> {
    fn add(&mut self, on: Date, what: What) {
        let cause = Cause {
            on,
            through: self.through,
            what,
            by_our_limit: self.within_our_limit,
        };
        if !self.causes.contains(&cause) {
            self.causes.push(cause);
        }
    }

    fn days(&self, on: Date) -> Days<'a> {
        Days {
            eve: Evaluator::new(self.rules, self.household, on.yesterday().unwrap_or(on)),
            day: Evaluator::new(self.rules, self.household, on),
        }
    }

    /// Looks at every day after `from` up to `to` on which a programme can change for a subject.
    fn between(&mut self, programme: usize, person: Option<usize>, from: Date, to: Date) {
        let mut day = from;
        for _ in 0..MOST_FLIPS {
            let judged = Evaluator::new(self.rules, self.household, day).judge(programme, person);
            match judged.flips {
                Some(next) if next > day && next <= to => {
                    let mut days = self.days(next);
                    self.judged(&mut days, programme, person);
                    day = next;
                }
                _ => return,
            }
        }
    }

    /// What differs in one programme for one subject.
    fn judged(&mut self, days: &mut Days<'a>, programme: usize, person: Option<usize>) {
        let on = days.day.day;
        let (eve, day) = (days.eve.judge(programme, person), days.day.judge(programme, person));
        let Some(known) = self.rules.programmes.get(programme) else {
            return;
        };
        if eve.version != day.version {
            let version = day.version;
            self.add(on, What::Version { programme, version });
            let version = version.and_then(|at| known.versions.get(at));
            for node in version.into_iter().flat_map(Version::expressions) {
                self.parameters(node, on);
            }
            return;
        }
        let Some(version) = eve.version.and_then(|at| known.versions.get(at)) else {
            return;
        };
        if let Some(at) = person {
            self.life(at, days);
        }
        if eve.stop != day.stop {
            for judged in [&eve, &day] {
                if let Some(Stop::NoValue { parameter }) = judged.stop {
                    self.add(on, What::Parameter(parameter));
                }
            }
        }
        self.groups(days, version, (&eve, &day), Frame::of(person));
    }

    fn groups(&mut self, days: &mut Days<'a>, version: &Version, (eve, day): (&Judged, &Judged), frame: Frame) {
        for before in &eve.groups {
            let after = day.groups.iter().find(|after| after.group == before.group);
            let Some((after, group)) = after.zip(version.groups.get(before.group)) else {
                continue;
            };
            if before.truth != after.truth || self.deep && before.truth == Truth::Open {
                let conditions = version
                    .requires
                    .iter()
                    .chain(&group.any)
                    .map(|condition| condition.when);
                let pauses = version.pauses.iter().map(|pause| pause.unless.when);
                for node in conditions.chain([group.when]).chain(pauses) {
                    self.node(days, node, frame);
                }
            }
            if before.truth != Truth::No && after.truth != Truth::No && before.level != after.level {
                for case in &group.cases {
                    let exceptions = case.except.iter().filter_map(|except| except.when);
                    for node in case.when.into_iter().chain(exceptions) {
                        self.node(days, node, frame);
                    }
                }
                if let Some(amount) = version.amount {
                    // Any coefficient shows what else has changed in the amount.
                    let coefficient = Some(Range::known(1.into()));
                    self.node(days, amount, Frame { coefficient, ..frame });
                }
            }
        }
    }

    /// The parameters in an expression that have another value than on the eve.
    fn parameters(&mut self, node: NodeId, on: Date) {
        let rules = self.rules;
        let eve = on.yesterday().unwrap_or(on);
        let mut found = Vec::new();
        rules.walk(node, &mut |op| {
            if let Op::Parameter(at) = op {
                found.push(*at);
            }
        });
        for at in found {
            let value = |day| rules.parameters.get(at).and_then(|p| p.on(day)).map(|dated| dated.is);
            if value(eve) != value(on) {
                self.add(on, What::Parameter(at));
            }
        }
    }

    /// Whether a person is born, dies, or cannot be placed any more for want of a paper.
    fn life(&mut self, at: usize, days: &mut Days<'a>) {
        let on = days.day.day;
        if days.eve.lives(at).0 == days.day.lives(at).0 {
            return;
        }
        let died = self.household.persons.get(at).and_then(|person| person.died_on);
        self.add(
            on,
            if died == Some(on) {
                What::Dies(at)
            } else {
                What::Born(at)
            },
        );
    }

    /// What differs in an expression.
    fn node(&mut self, days: &mut Days<'a>, node: NodeId, frame: Frame) {
        let rules = self.rules;
        let on = days.day.day;
        let (eve, day) = (days.eve.value(node, frame), days.day.value(node, frame));
        let same = match (&eve, &day) {
            (Ok(eve), Ok(day)) => eve.value == day.value && (!self.deep || eve.value.is_settled()),
            (eve, day) => eve.is_err() && day.is_err(),
        };
        if same {
            return;
        }
        let person = |who: &Who| days.day.whose(*who, frame);
        match rules.op(node) {
            Op::Parameter(at) => self.add(on, What::Parameter(*at)),
            Op::Fact(fact, who) => self.paper(on, person(who), *fact),
            Op::DiedOn(who) => {
                if let Some(at) = person(who) {
                    self.life(at, days);
                }
            }
            Op::Term(at, who) => {
                let frame = Frame::of(person(who));
                if let Some(term) = rules.terms.get(*at) {
                    let outside = self.within_our_limit;
                    self.within_our_limit |= term.asks_fewer;
                    self.node(days, term.is, frame);
                    self.within_our_limit = outside;
                }
            }
            Op::Group {
                programme,
                version,
                group,
            } => {
                let version = rules.programmes.get(*programme).and_then(|p| p.versions.get(*version));
                let found = version.and_then(|v| Some((v, v.groups.get(*group)?)));
                if let Some((version, group)) = found {
                    let conditions = version
                        .requires
                        .iter()
                        .chain(&group.any)
                        .map(|condition| condition.when);
                    for inner in conditions.chain([group.when]) {
                        self.node(days, inner, Frame::of(frame.me));
                    }
                }
            }
            Op::Entitled(programme) => self.judged(days, *programme, frame.me),
            Op::Call(function @ (Function::YearsBetween | Function::MonthsBetween), arguments) => {
                let counted =
                    |evaluator: &mut Evaluator<'_>, from: NodeId| evaluator.value(from, frame).map(|s| s.value);
                if let [from, to] = arguments.as_slice()
                    && matches!(rules.op(*to), Op::Day)
                    && let (Ok(eve), Ok(day)) = (&eve, &day)
                    && counted(&mut days.eve, *from) == counted(&mut days.day, *from)
                {
                    let years = *function == Function::YearsBetween;
                    match self.fact_in(*from, frame, days) {
                        Some((person, fact)) => self.complete(on, person, fact, years, (eve.value, day.value)),
                        // Counted from a day that the rule names, as where a year or a month begins.
                        None => self.add(on, What::NamedDay),
                    }
                } else {
                    arguments.iter().for_each(|inner| self.node(days, *inner, frame));
                }
            }
            Op::Compare(_, a, b) => match (rules.op(*a), rules.op(*b)) {
                (Op::Day, _) => self.day_comes(days, *b, frame),
                (_, Op::Day) => self.day_comes(days, *a, frame),
                _ => [a, b].into_iter().for_each(|inner| self.node(days, *inner, frame)),
            },
            Op::Between { value, low, high, .. } if matches!(rules.op(*value), Op::Day) => {
                [low, high]
                    .into_iter()
                    .for_each(|inner| self.day_comes(days, *inner, frame));
            }
            Op::Aggregate { people, of, filter, .. } => {
                let (before, _) = days.eve.people(*people, frame.subject);
                let (after, _) = days.day.people(*people, frame.subject);
                for at in before.iter().chain(&after) {
                    if before.contains(at) != after.contains(at) {
                        self.life(*at, days);
                        continue;
                    }
                    let inside = Frame { me: Some(*at), ..frame };
                    for inner in filter.iter().chain(of) {
                        self.node(days, *inner, inside);
                    }
                }
            }
            op => op
                .children()
                .into_iter()
                .for_each(|inner| self.node(days, inner, frame)),
        }
    }

    /// Returns the fact that an expression is, behind terms.
    fn fact_in(&self, node: NodeId, frame: Frame, days: &Days<'a>) -> Option<(Option<usize>, FactId)> {
        match self.rules.op(node) {
            Op::Fact(fact, who) => Some((days.day.whose(*who, frame), *fact)),
            Op::Term(at, who) => {
                let frame = Frame::of(days.day.whose(*who, frame));
                self.fact_in(self.rules.terms.get(*at)?.is, frame, days)
            }
            _ => None,
        }
    }

    fn day_comes(&mut self, days: &mut Days<'a>, other: NodeId, frame: Frame) {
        let on = days.day.day;
        let n_causes = self.causes.len();
        self.node(days, other, frame);
        if self.causes.len() > n_causes {
            return;
        }
        match self.fact_in(other, frame, days) {
            Some((person, fact)) => self.add(on, What::DayComes { person, fact }),
            None => self.add(on, What::NamedDay),
        }
    }

    fn complete(&mut self, on: Date, person: Option<usize>, fact: FactId, years: bool, (eve, day): (Value, Value)) {
        let (Value::Number(eve), Value::Number(day)) = (eve, day) else {
            return;
        };
        let (Some((before_low, before_high)), Some((low, high))) = (eve.bounds, day.bounds) else {
            return;
        };
        let (count, how) = if low == high && before_low == before_high {
            (low, Certainty::Known)
        } else if high != before_high {
            (high, Certainty::AtTheEarliest)
        } else {
            (low, Certainty::AtTheLatest)
        };
        if let Ok(count) = i64::try_from(count) {
            let what = What::Complete {
                person,
                fact,
                count,
                years,
                how,
            };
            self.add(on, what);
        }
    }

    fn paper(&mut self, on: Date, person: Option<usize>, fact: FactId) {
        let answers = match person {
            Some(at) => self.household.persons.get(at).map(|p| &p.facts),
            None => Some(&self.household.facts),
        };
        let answer = answers.and_then(|answers| answers.get(&fact));
        if let Some(Source::Paper {
            paper,
            until: Some(until),
            ..
        }) = answer.map(|answer| &answer.source)
            && until.tomorrow().is_ok_and(|day| day == on)
        {
            let (paper, until) = (paper.clone(), *until);
            let what = What::Paper {
                person,
                fact,
                paper,
                until,
            };
            self.add(on, what);
        }
    }
}
