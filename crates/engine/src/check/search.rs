//! The search for a household: which days, which relatives, and at what cost it is given up.

use jiff::civil::Date;

use crate::evaluate::Frame;
use crate::exact::{Wanted, Witness, witness};
use crate::household::{self, Household, Person, Source};
use crate::read::Audience;
use crate::rules::{Group, NodeId, Op, RuleSet, Version};
use crate::value::{Range, Truth, Value};

/// So many evaluations answer a question on one day for one kind of household, or it stays undecided.
const MOST: usize = 3_000;

/// A condition, and whether it should hold.
pub(super) type Condition = (NodeId, bool);

/// What came of a question.
#[derive(Debug, PartialEq)]
pub(super) enum Answer {
    /// A household, with every fact that matters.
    Shown(Household),
    /// None of the households looked at.
    Never,
    /// Given up.
    TooDear,
}

/// Questions about the subjects of one version.
pub(super) struct Questions {
    /// The rules, with conditions joined for the search.
    pub rules: RuleSet,
    pub n_evaluations: usize,
    programme: usize,
    version: usize,
    days: Vec<Date>,
}

impl Questions {
    pub fn new(rules: &RuleSet, programme: usize, version: usize) -> Questions {
        let known = rules.programmes.get(programme).and_then(|p| p.versions.get(version));
        Questions {
            days: known.map(|version| days(rules, version)).unwrap_or_default(),
            rules: rules.clone(),
            n_evaluations: 0,
            programme,
            version,
        }
    }

    pub fn version(&self) -> Option<&Version> {
        self.rules.programmes.get(self.programme)?.versions.get(self.version)
    }

    /// Returns the programme's id and the first day of the version.
    pub fn named(&self) -> Option<(&str, Date)> {
        let programme = self.rules.programmes.get(self.programme)?;
        Some((programme.id.as_str(), programme.versions.get(self.version)?.from))
    }

    /// Returns the person judged, none for the household.
    pub fn subject(&self) -> Option<usize> {
        let household = self
            .version()
            .is_some_and(|version| version.audience == Audience::Household);
        (!household).then_some(0)
    }

    /// Returns one condition for all that a group needs.
    pub fn group(&mut self, version: &Version, group: &Group) -> Condition {
        let mut parts: Vec<NodeId> = version.requires.iter().map(|condition| condition.when).collect();
        parts.push(self.own(group).0);
        (self.push(Op::And(parts)), true)
    }

    /// Returns one condition for what a group needs besides what all need.
    pub fn own(&mut self, group: &Group) -> Condition {
        let mut parts = vec![group.when];
        if !group.any.is_empty() {
            let points = group.any.iter().map(|point| point.when).collect();
            parts.push(self.push(Op::Or(points)));
        }
        (self.push(Op::And(parts)), true)
    }

    /// Returns one condition for all of these.
    pub fn all(&mut self, conditions: &[Condition]) -> NodeId {
        let parts = conditions
            .iter()
            .map(|(node, holds)| if *holds { *node } else { self.push(Op::Not(*node)) })
            .collect();
        self.push(Op::And(parts))
    }

    fn push(&mut self, op: Op) -> NodeId {
        let id = NodeId(u32::try_from(self.rules.nodes.len()).unwrap_or(u32::MAX));
        self.rules.nodes.push(op);
        id
    }

    /// Searches for a household for whose subject all conditions come out as wanted; also returns the day.
    pub fn ask(&mut self, wanted: &[Condition]) -> (Answer, Date) {
        let frame = Frame::of(self.subject());
        let wanted_here: Vec<Wanted> = wanted
            .iter()
            .map(|(node, holds)| Wanted {
                node: *node,
                frame,
                holds: *holds,
            })
            .collect();
        let relatives = self.asks_for_relatives(wanted);
        let mut too_dear = false;
        let audience = self.version().map_or(Audience::Person, |version| version.audience);
        for day in self.days.clone() {
            for household in households(&self.rules, audience, relatives, day) {
                let found = witness(
                    &self.rules,
                    &household,
                    day,
                    &wanted_here,
                    MOST,
                    &mut self.n_evaluations,
                );
                match found {
                    Witness::Found(values) => return (Answer::Shown(filled(&self.rules, household, &values)), day),
                    Witness::None => {}
                    Witness::TooDear => too_dear = true,
                }
            }
        }
        let answer = if too_dear { Answer::TooDear } else { Answer::Never };
        (answer, self.days.first().copied().unwrap_or_default())
    }

    /// Whether no household at all can show this: what does not look at relatives excludes it already.
    pub fn is_proved_never(&mut self, wanted: &[Condition]) -> bool {
        let mut left = wanted.to_vec();
        let mut alone = Vec::new();
        while let Some((node, holds)) = left.pop() {
            match (self.rules.op(node), holds) {
                (Op::And(parts), true) => left.extend(parts.iter().map(|part| (*part, true))),
                (Op::Or(parts), false) => left.extend(parts.iter().map(|part| (*part, false))),
                (Op::Not(inner), holds) => left.push((*inner, !holds)),
                _ if self.asks_for_relatives(&[(node, holds)]) => {}
                _ => alone.push((node, holds)),
            }
        }
        self.ask(&alone).0 == Answer::Never
    }

    /// Whether a condition looks at other persons than the subject.
    fn asks_for_relatives(&self, wanted: &[Condition]) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        let mut left: Vec<NodeId> = wanted.iter().map(|(node, _)| *node).collect();
        let mut found = false;
        while let Some(node) = left.pop() {
            if !seen.insert(node) {
                continue;
            }
            self.rules.walk_terms(node, &mut |op| match op {
                Op::Aggregate { .. } => found = true,
                Op::Group {
                    programme,
                    version,
                    group,
                } => {
                    let version = self
                        .rules
                        .programmes
                        .get(*programme)
                        .and_then(|p| p.versions.get(*version));
                    let group = version.and_then(|version| version.groups.get(*group));
                    left.extend(
                        version
                            .iter()
                            .flat_map(|version| version.requires.iter().map(|c| c.when)),
                    );
                    left.extend(
                        group
                            .iter()
                            .flat_map(|group| std::iter::once(group.when).chain(group.any.iter().map(|p| p.when))),
                    );
                }
                Op::Entitled(programme) => {
                    let versions = self
                        .rules
                        .programmes
                        .get(*programme)
                        .into_iter()
                        .flat_map(|p| &p.versions);
                    left.extend(versions.flat_map(Version::expressions));
                }
                _ => {}
            });
        }
        found
    }
}

/// Returns the ends of months on which a version, or a value it uses, is new or old for the last time.
fn days(rules: &RuleSet, version: &Version) -> Vec<Date> {
    let inside = |day: &Date| version.from <= *day && version.until.is_none_or(|until| *day < until);
    let before = |day: Date| day.first_of_month().yesterday().unwrap_or(day);
    let mut days = vec![version.from.last_of_month()];
    days.extend(version.until.map(before));
    for at in rules.parameters_of(version) {
        let parameter = rules.parameters.get(at);
        for value in parameter.into_iter().flat_map(|parameter| &parameter.dated) {
            for change in [Some(value.from), value.until].into_iter().flatten() {
                days.extend([before(change), change.last_of_month()]);
            }
        }
    }
    days.retain(inside);
    days.sort_unstable();
    days.dedup();
    if days.is_empty() { vec![version.from] } else { days }
}

/// Returns the households looked at: the subject alone, then with others.
fn households(rules: &RuleSet, audience: Audience, relatives: bool, day: Date) -> Vec<Household> {
    let person = |id: &str| {
        let mut person = Person {
            id: id.to_owned(),
            name: id.to_owned(),
            ..Person::default()
        };
        // Whoever is judged was born.
        if let Some(birth) = rules.birth_date {
            let born = Range::between(jiff::civil::date(1900, 1, 1), day);
            let answer = household::Answer {
                value: Value::Date(born),
                unsure: false,
                source: Source::Said,
            };
            person.facts.insert(birth, answer);
        }
        person
    };
    let mut subject = person("subject");
    if audience == Audience::Deceased {
        subject.died_on = Some(day);
    }
    let child = |id: &str, parents: &[usize]| Person {
        parents: parents.to_vec(),
        ..person(id)
    };
    let with_partner = Person {
        partner: Some(1),
        ..subject.clone()
    };
    let partner = Person {
        partner: Some(0),
        ..person("partner")
    };
    let with_parents = Person {
        parents: vec![1, 2],
        ..subject.clone()
    };
    let mut rosters = vec![vec![subject.clone()]];
    if relatives {
        rosters.push(vec![subject.clone(), child("child", &[0])]);
        rosters.push(vec![with_partner.clone(), partner.clone()]);
        rosters.push(vec![subject.clone(), person("other")]);
        rosters.push(vec![
            Person {
                parents: vec![1],
                ..subject.clone()
            },
            person("parent"),
        ]);
        rosters.push(vec![with_parents, person("father"), person("mother")]);
        rosters.push(vec![with_partner, partner, child("child", &[0, 1])]);
        rosters.push(vec![subject, child("child", &[0]), child("second", &[0])]);
    }
    let household = |persons| Household {
        id: "case".to_owned(),
        persons,
        ..Household::default()
    };
    rosters.into_iter().map(household).collect()
}

/// Returns the household with the values found; of several that will do, one.
fn filled(rules: &RuleSet, household: Household, values: &[(crate::evaluate::Unknown, Value)]) -> Household {
    let mut household = household;
    let born = rules.birth_date;
    let known: Vec<_> = household
        .persons
        .iter()
        .map(|person| born.and_then(|id| person.facts.get(&id)).map(|a| a.value))
        .collect();
    for (at, value) in known.into_iter().enumerate() {
        if let (Some(id), Some(value)) = (born, value) {
            put(&mut household, (Some(at), id), one(value));
        }
    }
    // Later values are narrower.
    for (unknown, value) in values {
        put(&mut household, *unknown, one(*value));
    }
    household
}

fn put(household: &mut Household, (person, fact): crate::evaluate::Unknown, value: Value) {
    let answers = match person {
        Some(at) => household.persons.get_mut(at).map(|person| &mut person.facts),
        None => Some(&mut household.facts),
    };
    if let Some(answers) = answers {
        let source = Source::Said;
        answers.insert(
            fact,
            household::Answer {
                value,
                unsure: false,
                source,
            },
        );
    }
}

/// Returns one value of several.
fn one(value: Value) -> Value {
    match value {
        Value::Truth(Truth::Open) => Value::Truth(Truth::No),
        Value::Number(Range {
            bounds: Some((low, _)), ..
        }) => Value::Number(Range::known(low)),
        Value::Date(Range {
            bounds: Some((_, high)),
            ..
        }) => Value::Date(Range::known(high)),
        other => other,
    }
}
