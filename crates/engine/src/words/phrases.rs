//! Expressions of rules as phrases: "Tuổi từ 60 đến dưới 80".

use crate::evaluate::{Evaluator, Frame};
use crate::read::Text;
use crate::rules::{NodeId, Op, RuleSet, Type, Unit};
use crate::syntax::{Aggregate, Arithmetic, Comparison, Function, People};
use crate::value::{Truth, Value, bit};

use super::Language;

impl Language {
    /// Returns a condition or quantity of the rules in words.
    pub fn phrase(self, rules: &RuleSet, node: NodeId) -> String {
        let say = |node: &NodeId| self.phrase(rules, *node);
        match rules.op(node) {
            Op::Truth(true) => self.pick("luôn luôn", "always").to_owned(),
            Op::Truth(false) => self.pick("không bao giờ", "never").to_owned(),
            Op::Number(value, unit) => self.number(*value, *unit),
            Op::Date(day) => self.day(*day),
            Op::Choice(position, list) => list
                .get(*position)
                .map_or_else(String::new, |(_, l)| self.of(l).to_owned()),
            Op::Day => self.pick("ngày xét", "the day judged").to_owned(),
            Op::DiedOn(_) => self.pick("Ngày mất", "Day of death").to_owned(),
            Op::Coefficient => self.pick("hệ số", "coefficient").to_owned(),
            Op::Parameter(at) => rules
                .parameters
                .get(*at)
                .map_or_else(String::new, |p| self.of(&p.title).to_owned()),
            Op::Fact(..) | Op::Term(..) => {
                let title = self.title(rules, node);
                match self.is_condition(rules, node) {
                    true => format!("{title}: {}", self.pick("có", "yes")),
                    false => title,
                }
            }
            Op::Group {
                programme,
                version,
                group,
            } => {
                let version = rules.programmes.get(*programme).and_then(|p| p.versions.get(*version));
                let title = version.and_then(|v| v.groups.get(*group)).map(|g| self.of(&g.title));
                format!(
                    "{}: {}",
                    self.pick("thuộc đối tượng", "belongs to"),
                    title.unwrap_or_default()
                )
            }
            Op::Entitled(programme) => {
                let version = rules.programmes.get(*programme).and_then(|p| p.versions.last());
                let title = version.map(|v| self.of(&v.title)).unwrap_or_default();
                format!("{}: {title}", self.pick("đủ điều kiện", "entitled to"))
            }
            Op::Not(inner) => match rules.op(*inner) {
                Op::Fact(..) | Op::Term(..) => {
                    format!("{}: {}", self.title(rules, *inner), self.pick("không", "no"))
                }
                _ => format!("{} ({})", self.pick("không phải", "not"), say(inner)),
            },
            Op::Negate(inner) => format!("−{}", say(inner)),
            Op::And(parts) => self.all_of(&self.each_inside(rules, parts)),
            Op::Or(parts) => self.any_of(&self.each_inside(rules, parts)),
            Op::Compare(comparison, a, b) => self.comparison(rules, *comparison, *a, *b),
            Op::Between {
                value,
                low,
                high,
                inclusive,
            } => {
                let high = self.beside(rules, *value, *high);
                let (value, low) = (say(value), self.bare(rules, *low));
                match (self, inclusive) {
                    (Language::Vi, false) => format!("{value} từ {low} đến dưới {high}"),
                    (Language::Vi, true) => format!("{value} từ {low} đến {high}"),
                    (Language::En, false) => format!("{value} from {low} to under {high}"),
                    (Language::En, true) => format!("{value} from {low} to {high}"),
                }
            }
            Op::OneOf(inner, bits, list) => format!("{}: {}", say(inner), self.choices(*bits, list)),
            Op::Absent(inner, absent) => {
                let word = if *absent {
                    self.pick("không có", "none")
                } else {
                    self.pick("có", "there is one")
                };
                format!("{}: {word}", self.title(rules, *inner))
            }
            Op::Arithmetic(arithmetic, a, b) => format!("{} {} {}", say(a), sign(*arithmetic), say(b)),
            Op::If(condition, then, otherwise) => match self {
                Language::Vi => format!("{} nếu {}, nếu không thì {}", say(then), say(condition), say(otherwise)),
                Language::En => format!("{} if {}, otherwise {}", say(then), say(condition), say(otherwise)),
            },
            Op::Call(function, arguments) => {
                let arguments: Vec<String> = arguments.iter().map(say).collect();
                let arguments = self.all_of(&arguments);
                match (self, function) {
                    (Language::Vi, Function::YearsBetween) => format!("số năm tròn giữa {arguments}"),
                    (Language::En, Function::YearsBetween) => format!("completed years between {arguments}"),
                    (Language::Vi, Function::MonthsBetween) => format!("số tháng tròn giữa {arguments}"),
                    (Language::En, Function::MonthsBetween) => format!("completed months between {arguments}"),
                    (Language::Vi, Function::Min) => format!("số nhỏ nhất trong {arguments}"),
                    (Language::En, Function::Min) => format!("the lowest of {arguments}"),
                    (Language::Vi, Function::Max) => format!("số lớn nhất trong {arguments}"),
                    (Language::En, Function::Max) => format!("the highest of {arguments}"),
                }
            }
            Op::Aggregate {
                kind,
                people,
                of,
                filter,
            } => {
                let whose = self.people(*people);
                let filter = filter.map(|filter| lower_first(&self.inside(rules, filter)));
                let of = of.as_ref().map(say).unwrap_or_default();
                self.aggregate(*kind, whose, &of, filter.as_deref())
            }
            Op::Recode(inner, _) => say(inner),
        }
    }

    /// Returns the parts of a list as they read inside a sentence. Beside one that is to be "no" every part says which it is.
    fn each_inside(self, rules: &RuleSet, parts: &[NodeId]) -> Vec<String> {
        let any_no = parts.iter().any(|part| matches!(rules.op(*part), Op::Not(_)));
        let say = |part: &NodeId| match any_no {
            true => self.phrase(rules, *part),
            false => self.inside(rules, *part),
        };
        let mut listed: Vec<String> = parts.iter().map(say).collect();
        for part in listed.iter_mut().skip(1) {
            *part = lower_first(part);
        }
        listed
    }

    /// Returns a condition as it reads inside a sentence: of one that is a fact or term, the title says it.
    fn inside(self, rules: &RuleSet, node: NodeId) -> String {
        if self.is_condition(rules, node) {
            self.title(rules, node)
        } else {
            self.phrase(rules, node)
        }
    }

    fn aggregate(self, kind: Aggregate, whose: &str, of: &str, filter: Option<&str>) -> String {
        let with = filter.map_or_else(String::new, |filter| match self {
            Language::Vi => format!(" mà {filter}"),
            Language::En => format!(" with {filter}"),
        });
        match (self, kind) {
            (Language::Vi, Aggregate::Any) => format!("Có {whose}{with}"),
            (Language::En, Aggregate::Any) => format!("At least one {whose}{with}"),
            (Language::Vi, Aggregate::None) => format!("Không có {whose}{with}"),
            (Language::En, Aggregate::None) => format!("No {whose}{with}"),
            (Language::Vi, Aggregate::All) => format!("Mọi {whose}: {}", filter.unwrap_or_default()),
            (Language::En, Aggregate::All) => format!("Every {whose}: {}", filter.unwrap_or_default()),
            (Language::Vi, Aggregate::Count) => format!("Số {whose}{with}"),
            (Language::En, Aggregate::Count) => format!("How many: {whose}{with}"),
            (Language::Vi, Aggregate::Sum) => format!("Tổng {of} của {whose}{with}"),
            (Language::En, Aggregate::Sum) => format!("Sum of {of} of {whose}{with}"),
            (Language::Vi, Aggregate::Highest) => format!("{of} cao nhất của {whose}{with}"),
            (Language::En, Aggregate::Highest) => format!("Highest {of} of {whose}{with}"),
            (Language::Vi, Aggregate::Lowest) => format!("{of} thấp nhất của {whose}{with}"),
            (Language::En, Aggregate::Lowest) => format!("Lowest {of} of {whose}{with}"),
        }
    }

    fn people(self, people: People) -> &'static str {
        match people {
            People::Members => self.pick("thành viên của hộ", "member of the household"),
            People::Others => self.pick("người khác trong hộ", "other member of the household"),
            People::Children => self.pick("con", "child of this person"),
            People::Parents => self.pick("cha hoặc mẹ trong hộ", "parent in the household"),
            People::Partner => self.pick("vợ hoặc chồng trong hộ", "partner in the household"),
        }
    }

    /// Returns the title of a fact or term; of anything else, the phrase.
    pub fn title(self, rules: &RuleSet, node: NodeId) -> String {
        let title = match rules.op(node) {
            Op::Fact(fact, _) => rules.fact(*fact).map(|fact| &fact.title),
            Op::Term(at, _) => rules.terms.get(*at).map(|term| &term.title),
            Op::Recode(inner, _) => return self.title(rules, *inner),
            _ => return self.phrase(rules, node),
        };
        title.map_or_else(String::new, |title| self.of(title).to_owned())
    }

    fn is_condition(self, rules: &RuleSet, node: NodeId) -> bool {
        match rules.op(node) {
            Op::Fact(fact, _) => rules.fact(*fact).is_some_and(|fact| fact.kind == Type::Truth),
            Op::Term(at, _) => rules.terms.get(*at).is_some_and(|term| term.kind == Type::Truth),
            _ => false,
        }
    }

    /// Returns a number as it reads beside a title that already says its unit: "Tuổi dưới 16".
    fn beside(self, rules: &RuleSet, title: NodeId, number: NodeId) -> String {
        let title = self.title(rules, title).to_lowercase();
        let unit = self.pick("tuổi", "age");
        match rules.op(number) {
            Op::Number(_, Unit { year: 1, .. }) if title.split_whitespace().any(|word| word == unit) => {
                self.bare(rules, number)
            }
            _ => self.phrase(rules, number),
        }
    }

    /// Returns a number without its unit, for the lower end of a range.
    fn bare(self, rules: &RuleSet, node: NodeId) -> String {
        match rules.op(node) {
            Op::Number(value, _) => self.grouped(*value),
            _ => self.phrase(rules, node),
        }
    }

    fn comparison(self, rules: &RuleSet, comparison: Comparison, a: NodeId, b: NodeId) -> String {
        let (left, right) = (self.title(rules, a), self.beside(rules, a, b));
        if matches!(rules.op(b), Op::Choice(..)) || matches!(rules.op(a), Op::Choice(..)) {
            return match (self, comparison) {
                (Language::Vi, Comparison::NotEqual) => format!("{left} không phải: {right}"),
                (Language::En, Comparison::NotEqual) => format!("{left} is not: {right}"),
                _ => format!("{left}: {right}"),
            };
        }
        let is_day = matches!(rules.op(b), Op::Date(_) | Op::Day);
        match (self, comparison) {
            (Language::Vi, Comparison::AtLeast) if is_day => format!("{left} từ {right} trở đi"),
            (Language::Vi, Comparison::More) if is_day => format!("{left} sau {right}"),
            (Language::Vi, Comparison::Less) if is_day => format!("{left} trước {right}"),
            (Language::Vi, Comparison::AtMost) if is_day => format!("{left} đến hết {right}"),
            (Language::En, Comparison::AtLeast) if is_day => format!("{left} on or after {right}"),
            (Language::En, Comparison::More) if is_day => format!("{left} after {right}"),
            (Language::En, Comparison::Less) if is_day => format!("{left} before {right}"),
            (Language::En, Comparison::AtMost) if is_day => format!("{left} on or before {right}"),
            (Language::Vi, Comparison::AtLeast) => format!("{left} từ {right} trở lên"),
            (Language::Vi, Comparison::More) => format!("{left} trên {right}"),
            (Language::Vi, Comparison::Less) => format!("{left} dưới {right}"),
            (Language::Vi, Comparison::AtMost) => format!("{left} không quá {right}"),
            (Language::Vi, Comparison::Equal) => format!("{left} bằng {right}"),
            (Language::Vi, Comparison::NotEqual) => format!("{left} khác {right}"),
            (Language::En, Comparison::AtLeast) => format!("{left} at least {right}"),
            (Language::En, Comparison::More) => format!("{left} over {right}"),
            (Language::En, Comparison::Less) => format!("{left} under {right}"),
            (Language::En, Comparison::AtMost) => format!("{left} at most {right}"),
            (Language::En, Comparison::Equal) => format!("{left} equal to {right}"),
            (Language::En, Comparison::NotEqual) => format!("{left} other than {right}"),
        }
    }

    fn choices(self, bits: u64, list: &[(String, Text)]) -> String {
        let labels = list.iter().enumerate().filter(|(at, _)| bits & bit(*at) != 0);
        let labels: Vec<String> = labels.map(|(_, (_, label))| self.of(label).to_owned()).collect();
        self.any_of(&labels)
    }

    /// Returns the value that a condition looked at, in words: "78 tuổi", "Nghèo", the names of the persons counted.
    pub fn looked_at(self, evaluator: &mut Evaluator<'_>, node: NodeId, frame: Frame) -> String {
        let rules = evaluator.rules;
        match rules.op(node) {
            Op::Compare(_, a, b) => {
                let value = if matches!(rules.op(*a), Op::Choice(..)) { *b } else { *a };
                self.value_of(evaluator, value, frame)
            }
            Op::Between { value, .. } => self.value_of(evaluator, *value, frame),
            Op::OneOf(inner, ..) | Op::Absent(inner, _) | Op::Not(inner) => self.looked_at(evaluator, *inner, frame),
            Op::Aggregate {
                kind: Aggregate::Any | Aggregate::None | Aggregate::All,
                people,
                filter,
                ..
            } => {
                let (persons, _) = evaluator.people(*people, frame.subject);
                let mut names = Vec::new();
                for at in persons {
                    let inside = Frame { me: Some(at), ..frame };
                    let counted = match filter {
                        Some(filter) => matches!(evaluator.truth(*filter, inside), Ok((Truth::Yes, _))),
                        None => true,
                    };
                    if counted && let Some(person) = evaluator.household.persons.get(at) {
                        names.push(person.name.clone());
                    }
                }
                if names.is_empty() {
                    self.pick("không ai", "nobody").to_owned()
                } else {
                    self.all_of(&names)
                }
            }
            _ => self.value_of(evaluator, node, frame),
        }
    }

    /// Returns what is known of an expression, in words.
    pub fn value_of(self, evaluator: &mut Evaluator<'_>, node: NodeId, frame: Frame) -> String {
        let rules = evaluator.rules;
        let unknown = || self.pick("chưa biết", "not known").to_owned();
        let Ok(seen) = evaluator.value(node, frame) else {
            return unknown();
        };
        if let Op::Fact(id, who) = rules.op(node) {
            let person = evaluator.whose(*who, frame);
            let answers = match person {
                Some(at) => evaluator.household.persons.get(at).map(|p| &p.facts),
                None => Some(&evaluator.household.facts),
            };
            match answers.and_then(|answers| answers.get(id)) {
                _ if evaluator.is_presumed((person, *id)) => {}
                None => return self.pick("chưa hỏi", "not asked").to_owned(),
                Some(answer) if answer.unsure => {
                    return self.pick("đã hỏi, chưa rõ", "asked, not known").to_owned();
                }
                Some(_) => {}
            }
        }
        self.value(rules, node, seen.value)
    }

    /// Returns a value in words, with the labels and units of the expression it came from.
    pub fn value(self, rules: &RuleSet, node: NodeId, value: Value) -> String {
        let kind = match rules.op(node) {
            Op::Fact(id, _) => rules.fact(*id).map(|fact| fact.kind.clone()),
            Op::Term(at, _) => rules.terms.get(*at).map(|term| term.kind.clone()),
            Op::Parameter(at) => rules.parameters.get(*at).map(|p| Type::Number(p.unit)),
            Op::Recode(inner, _) => return self.value(rules, *inner, value),
            _ => None,
        };
        self.typed(kind.as_ref(), value)
    }

    /// Returns a value of a type in words.
    pub fn typed(self, kind: Option<&Type>, value: Value) -> String {
        match (value, kind) {
            (Value::Truth(Truth::Yes), _) => self.pick("có", "yes").to_owned(),
            (Value::Truth(Truth::No), _) => self.pick("không", "no").to_owned(),
            (Value::Truth(Truth::Open), _) => self.pick("chưa biết", "not known").to_owned(),
            (Value::Choice(set), Some(Type::Choice(list))) => {
                if set.bits == 0 {
                    self.pick("không có", "none").to_owned()
                } else if list.len() > 2 && set.bits.count_ones() as usize == list.len() {
                    self.pick("chưa biết", "not known").to_owned()
                } else {
                    self.choices(set.bits, list)
                }
            }
            (Value::Choice(_), _) => self.pick("chưa biết", "not known").to_owned(),
            (Value::Number(range), Some(Type::Number(unit))) => self.numbers(range, *unit),
            (Value::Number(range), _) => self.numbers(range, Unit::default()),
            (Value::Date(range), _) => self.days(range),
        }
    }
}

/// Returns a phrase as it stands inside a sentence; abbreviations keep their capitals.
pub(crate) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let second_is_upper = text.chars().nth(1).is_some_and(char::is_uppercase);
    match letters.next() {
        Some(first) if !second_is_upper => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}

/// Returns the sign of an operation as it is read on paper.
pub(crate) fn sign(arithmetic: Arithmetic) -> &'static str {
    match arithmetic {
        Arithmetic::Add => "+",
        Arithmetic::Subtract => "−",
        Arithmetic::Multiply => "×",
        Arithmetic::Divide => ":",
    }
}
