//! From an assessment to its report.

use std::collections::BTreeMap;

use crate::assess::{Assessment, Combined, Determination};
use crate::calendar::{Month, after_months};
use crate::evaluate::{Evaluator, Frame, GroupOutcome, Stop, Unknown};
use crate::household::{Household, Person};
use crate::read::Citation;
use crate::rules::{NodeId, Op, RuleSet, Version};
use crate::syntax::Arithmetic;
use crate::value::{Range, Truth, Value};
use crate::words::phrases::sign;

use super::{
    Amount, Answer, Apply, Article, Ask, Change, FactRef, Language, Member, Report, Row, Standing, Step, Totals,
};

/// How far ahead a change by time alone is worth a row of its own: five years of months.
const SOON: i64 = 60;

/// Puts an assessment into words.
pub fn report(rules: &RuleSet, household: &Household, assessment: &Assessment, language: Language) -> Report {
    let mut writer = Writer {
        rules,
        household,
        month: assessment.month,
        language,
        evaluator: Evaluator::new(rules, household, assessment.month.last_day()),
    };
    let mut rows: Vec<(usize, Row)> = assessment
        .determinations
        .iter()
        .enumerate()
        .map(|(at, d)| (at, writer.row(d)))
        .collect();
    rows.sort_by_key(|(at, row)| (row.standing, *at));
    Report {
        language,
        month: assessment.month.to_string(),
        release: rules.tag.clone(),
        household: household.head().to_owned(),
        members: household
            .persons
            .iter()
            .map(|person| member(rules, person, language))
            .collect(),
        invented: household.invented,
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        totals: writer.totals(assessment),
        asks: writer.all_asks(assessment),
    }
}

/// Writes one report.
pub(super) struct Writer<'a> {
    pub rules: &'a RuleSet,
    pub household: &'a Household,
    pub month: Month,
    pub language: Language,
    /// On the day of the determination being written.
    pub evaluator: Evaluator<'a>,
}

impl<'a> Writer<'a> {
    /// Returns the version that answered; where none is in force, the nearest one, for its title.
    fn version(&self, determination: &Determination) -> Option<&'a Version> {
        let programme = self.rules.programmes.get(determination.programme)?;
        match determination.judged.version {
            Some(at) => programme.versions.get(at),
            None => programme
                .versions
                .iter()
                .rev()
                .find(|v| v.from <= self.month.last_day())
                .or(programme.versions.first()),
        }
    }

    pub(super) fn programme_title(&self, programme: usize) -> String {
        let programme = self.rules.programmes.get(programme);
        let day = self.month.last_day();
        let version = programme.and_then(|p| p.version_on(day).map(|(_, v)| v).or(p.versions.last()));
        version.map_or_else(String::new, |v| self.language.of(&v.title).to_owned())
    }

    pub(super) fn who(&self, person: Option<usize>) -> String {
        match person.and_then(|at| self.household.persons.get(at)) {
            Some(person) => person.name.clone(),
            None => self.language.pick("Cả hộ", "The household").to_owned(),
        }
    }

    pub(super) fn fact_ref(&self, (person, fact): &Unknown) -> FactRef {
        FactRef {
            person: person
                .and_then(|at| self.household.persons.get(at))
                .map(|p| p.id.clone()),
            fact: self.rules.fact(*fact).map_or_else(String::new, |f| f.name.clone()),
        }
    }

    pub(super) fn articles(&self, cites: &[Citation]) -> Vec<Article> {
        let mut articles: Vec<Article> = Vec::new();
        for cite in cites {
            let article = self.language.article(self.rules, cite);
            if !articles.contains(&article) {
                articles.push(article);
            }
        }
        articles
    }

    fn row(&mut self, determination: &Determination) -> Row {
        let language = self.language;
        self.evaluator = Evaluator::new(self.rules, self.household, determination.judged.day);
        let version = self.version(determination);
        let person = determination.person.and_then(|at| self.household.persons.get(at));
        let standing = self.standing(determination);
        let payable = matches!(
            determination.answer,
            Answer::Entitled | Answer::Open | Answer::PersonDecides
        );
        let shown = payable || matches!(determination.combined, Combined::GivesWay { .. });
        let amount = match (determination.level, version) {
            (Some(level), Some(version)) if shown && version.amount.is_some() => Some(Amount {
                low: level.low,
                high: level.high,
                monthly: version.monthly,
                text: language.level(level, version.monthly),
            }),
            _ => None,
        };
        let paying = determination
            .judged
            .paying
            .and_then(|at| determination.judged.groups.get(at));
        let gives = match (&amount, version.and_then(|v| v.label.as_ref())) {
            (Some(amount), Some(label)) => format!("{}: {}", language.of(label), amount.text),
            (Some(amount), None) => amount.text.clone(),
            (None, Some(label)) if payable => language.of(label).to_owned(),
            _ => String::new(),
        };
        let asks = self.asks(determination, 1);
        let apply = if payable {
            version.and_then(|v| self.apply(v))
        } else {
            None
        };
        let next_change = determination
            .next_change
            .as_ref()
            .map(|change| self.change(determination, change, version));
        let mut row = Row {
            programme: self
                .rules
                .programmes
                .get(determination.programme)
                .map_or_else(String::new, |p| p.id.clone()),
            title: version.map_or_else(String::new, |v| language.of(&v.title).to_owned()),
            person: person.map(|p| p.id.clone()),
            who: self.who(determination.person),
            standing,
            answer: determination.answer,
            answer_text: self.answer_text(determination.answer).to_owned(),
            summary: self.summary(determination, version, &asks),
            amount,
            gives,
            starts: version
                .filter(|_| payable && standing != Standing::Receiving)
                .and_then(|v| self.starts(determination, v, paying)),
            next_step: String::new(),
            next_change,
            rule_from: determination.judged.version.and(version).map(|v| v.from.to_string()),
            groups: version.map(|v| self.groups(determination, v)).unwrap_or_default(),
            arithmetic: match (paying, version) {
                (Some(group), Some(version)) if shown => self.arithmetic(group, version, determination),
                _ => Vec::new(),
            },
            articles: version.map(|v| self.row_articles(determination, v)).unwrap_or_default(),
            asks,
            papers: match (paying, version) {
                (Some(group), Some(version)) if payable => self.papers(determination, group, version),
                _ => Vec::new(),
            },
            would_change: Vec::new(),
            apply,
            combination: self.combination(determination),
            notes: version.map(|v| self.notes(v)).unwrap_or_default(),
        };
        row.would_change = self.would_change(determination, version, row.next_change.as_ref());
        row.next_step = self.next_step(&row);
        row
    }

    fn standing(&self, determination: &Determination) -> Standing {
        let programme = self.rules.programmes.get(determination.programme);
        let received = programme.and_then(|p| p.paid_now).is_some_and(|fact| {
            let person = determination.person.and_then(|at| self.household.persons.get(at));
            let answer = person.and_then(|p| p.facts.get(&fact));
            answer.is_some_and(|a| a.value == Value::Truth(Truth::Yes))
        });
        match determination.answer {
            Answer::Entitled if received => Standing::Receiving,
            Answer::Entitled => Standing::CanApply,
            Answer::Open | Answer::PersonDecides => Standing::NeedsFact,
            Answer::NotEntitled => {
                let horizon = after_months(self.month.first_day(), SOON);
                let later = determination.next_change.as_ref();
                match later.is_some_and(|change| change.answer == Answer::Entitled && change.on <= horizon) {
                    true => Standing::Later,
                    false => Standing::No,
                }
            }
            Answer::NotCovered | Answer::Failed => Standing::NotComputed,
        }
    }

    fn answer_text(&self, answer: Answer) -> &'static str {
        let pick = |vi, en| self.language.pick(vi, en);
        match answer {
            Answer::Entitled => pick("Có thể đủ điều kiện", "May be entitled"),
            Answer::NotEntitled => pick("Chưa đủ điều kiện", "Not entitled under these rules for this month"),
            Answer::Open => pick("Cần thêm thông tin", "More information is needed"),
            Answer::PersonDecides => pick("Chờ người có thẩm quyền xác định", "A person must decide first"),
            Answer::NotCovered => pick("Chưa có quy định cho tháng này", "No rule for this month"),
            Answer::Failed => pick("Không tính được", "Could not be computed"),
        }
    }

    fn summary(&mut self, determination: &Determination, version: Option<&Version>, asks: &[Ask]) -> String {
        let language = self.language;
        let who = self.who(determination.person);
        let group = determination
            .judged
            .paying
            .and_then(|at| determination.judged.groups.get(at));
        let title = group
            .zip(version)
            .and_then(|(g, v)| v.groups.get(g.group))
            .map(|g| language.of(&g.title));
        let title = title.unwrap_or_default();
        match determination.answer {
            Answer::Entitled => {
                let last = match (determination.last_month, language) {
                    (false, _) => String::new(),
                    (true, Language::Vi) => " Tháng này là tháng cuối.".to_owned(),
                    (true, Language::En) => " This month is the last.".to_owned(),
                };
                match language {
                    Language::Vi => format!("Theo thông tin đã khai, {who} có thể đủ điều kiện: {title}.{last}"),
                    Language::En => format!("By what was said, {who} may be entitled: {title}.{last}"),
                }
            }
            Answer::Open => {
                let titles: Vec<String> = asks.iter().map(|ask| self.ask_title(ask, &who)).collect();
                match language {
                    Language::Vi => format!("Cần thêm: {}.", titles.join("; ")),
                    Language::En => format!("Needed: {}.", titles.join("; ")),
                }
            }
            Answer::PersonDecides => {
                let deciders: Vec<String> = asks.iter().filter_map(|ask| ask.judged_by.clone()).collect();
                match language {
                    Language::Vi => format!("Cần được xác định trước bởi: {}.", deciders.join("; ")),
                    Language::En => format!("To be decided first by: {}.", deciders.join("; ")),
                }
            }
            Answer::NotEntitled => match &determination.combined {
                Combined::GivesWay { to, .. } => {
                    let names: Vec<String> = to.iter().map(|p| self.programme_title(*p)).collect();
                    match language {
                        Language::Vi => format!("Không hưởng thêm, vì chỉ hưởng mức cao nhất: {}.", names.join(", ")),
                        Language::En => format!("Not paid beside it; only the highest is: {}.", names.join(", ")),
                    }
                }
                _ => self.why_not(determination, version),
            },
            Answer::NotCovered => match determination.judged.stop {
                Some(Stop::NoValue { parameter, .. }) => {
                    let name = self
                        .rules
                        .parameters
                        .get(parameter)
                        .map(|p| language.of(&p.title))
                        .unwrap_or_default();
                    match language {
                        Language::Vi => format!("Bộ quy tắc chưa có “{name}” cho tháng này."),
                        Language::En => format!("The rules have no “{name}” for this month."),
                    }
                }
                _ => language
                    .pick(
                        "Bộ quy tắc không có quy định cho tháng này.",
                        "The rules have nothing for this month.",
                    )
                    .to_owned(),
            },
            Answer::Failed => match determination.judged.stop {
                Some(Stop::Overflow) if self.household.persons.is_empty() || self.household.persons.len() > 30 => {
                    language
                        .pick("Hộ phải có từ 1 đến 30 người.", "A household has 1 to 30 persons.")
                        .to_owned()
                }
                _ => language
                    .pick(
                        "Quy tắc này gặp lỗi khi tính; xin báo người phụ trách.",
                        "This rule failed while computing; please tell the supervisor.",
                    )
                    .to_owned(),
            },
        }
    }

    /// Returns the title of what is missing, with the name where it is somebody else's; of a sensitive fact, not its name.
    fn ask_title(&self, ask: &Ask, who: &str) -> String {
        let title = if ask.sensitive {
            self.private()
        } else {
            ask.title.as_str()
        };
        match ask.who == who || ask.at.person.is_none() {
            true => title.to_owned(),
            false => format!("{title} ({})", ask.who),
        }
    }

    /// Returns what stands for a sensitive fact wherever others may read along.
    pub(super) fn private(&self) -> &'static str {
        self.language
            .pick("một thông tin cần hỏi riêng", "something to be asked in private")
    }

    fn next_step(&self, row: &Row) -> String {
        let pick = |vi: &str, en: &str| self.language.pick(vi, en).to_owned();
        match row.standing {
            Standing::CanApply => match &row.apply {
                Some(apply) if !apply.form.is_empty() || !apply.at.is_empty() => {
                    let parts: Vec<&str> = [apply.form.as_str(), apply.at.as_str()]
                        .into_iter()
                        .filter(|p| !p.is_empty())
                        .collect();
                    format!("{}: {}", pick("Nộp hồ sơ", "Apply"), parts.join(" – "))
                }
                _ => pick("Nộp hồ sơ đề nghị", "Apply"),
            },
            Standing::Receiving => pick(
                "Đang hưởng: đối chiếu mức đang nhận",
                "Being paid: compare with the amount received",
            ),
            Standing::NeedsFact => match row.asks.first() {
                Some(ask) if row.answer == Answer::PersonDecides => {
                    let decider = ask.judged_by.clone().unwrap_or_default();
                    format!("{}: {decider}", pick("Đề nghị xác định", "Ask for a decision"))
                }
                Some(ask) => format!("{}: {}", pick("Hỏi", "Ask"), self.ask_title(ask, &row.who)),
                None => String::new(),
            },
            Standing::Later => row
                .next_change
                .as_ref()
                .map(|change| change.text.clone())
                .unwrap_or_default(),
            Standing::No | Standing::NotComputed => String::new(),
        }
    }

    fn change(
        &self,
        determination: &Determination,
        change: &crate::assess::NextChange,
        version: Option<&Version>,
    ) -> Change {
        let language = self.language;
        let day = language.day(change.on);
        let monthly = version.is_none_or(|v| v.monthly);
        let level = change
            .level
            .filter(|l| l.high > 0)
            .map(|l| format!(" – {}", language.level(l, monthly)))
            .unwrap_or_default();
        let text = match (language, change.answer) {
            (Language::Vi, Answer::Entitled) if determination.answer == Answer::Entitled => {
                format!("Mức thay đổi từ {day}{level}")
            }
            (Language::En, Answer::Entitled) if determination.answer == Answer::Entitled => {
                format!("The amount changes on {day}{level}")
            }
            (Language::Vi, Answer::Entitled) => format!("Sẽ đủ điều kiện từ {day}{level}"),
            (Language::En, Answer::Entitled) => format!("Will be entitled from {day}{level}"),
            (Language::Vi, Answer::NotEntitled) => format!("Hết điều kiện từ {day}"),
            (Language::En, Answer::NotEntitled) => format!("Ends on {day}"),
            (Language::Vi, Answer::Open | Answer::PersonDecides) => format!("Cần xem lại từ {day}{level}"),
            (Language::En, Answer::Open | Answer::PersonDecides) => format!("To be looked at again from {day}{level}"),
            (Language::Vi, Answer::NotCovered | Answer::Failed) => format!("Quy định kết thúc từ {day}"),
            (Language::En, Answer::NotCovered | Answer::Failed) => format!("The rule ends on {day}"),
        };
        Change {
            on: change.on.to_string(),
            text,
            answer: change.answer,
        }
    }

    fn starts(
        &mut self,
        determination: &Determination,
        version: &Version,
        paying: Option<&GroupOutcome>,
    ) -> Option<String> {
        let language = self.language;
        let start = version.start.as_ref()?;
        let group = paying
            .and_then(|g| version.groups.get(g.group))
            .map(|g| g.name.as_str());
        let rule = start.except.iter().find(|(name, _)| Some(name.value.as_str()) == group);
        let rule = rule.map_or(&start.general, |(_, rule)| rule);
        let Some(fact) = &rule.fact else {
            let month = language.month(self.month);
            return Some(match language {
                Language::Vi => format!("từ tháng ký quyết định (sớm nhất {month})"),
                Language::En => format!("from the month of the decision ({month} at the earliest)"),
            });
        };
        let (id, known) = self.rules.fact_named(crate::read::Scope::Person, &fact.value)?;
        let answer = determination
            .person
            .and_then(|at| self.household.persons.get(at))
            .and_then(|p| p.facts.get(&id));
        let title = language.of(&known.title);
        Some(match (answer.map(|a| a.value), language) {
            (
                Some(Value::Date(Range {
                    bounds: Some((low, high)),
                    ..
                })),
                _,
            ) if Month::of(low) == Month::of(high) => {
                let month = language.month(Month::of(low));
                match language {
                    Language::Vi => format!("từ {month} ({title})"),
                    Language::En => format!("from {month} ({title})"),
                }
            }
            (_, Language::Vi) => format!("từ tháng của: {title}"),
            (_, Language::En) => format!("from the month of: {title}"),
        })
    }

    fn apply(&self, version: &Version) -> Option<Apply> {
        let language = self.language;
        let apply = version.apply.as_ref()?;
        let text = |text: &Option<crate::read::Text>| text.as_ref().map(|t| language.of(t).to_owned());
        let form = apply.form.as_ref().map_or_else(String::new, |(cites, title)| {
            let articles: Vec<String> = cites
                .iter()
                .map(|c| language.article(self.rules, &c.value).text)
                .collect();
            if articles.is_empty() {
                language.of(title).to_owned()
            } else {
                format!("{} ({})", language.of(title), articles.join("; "))
            }
        });
        let cites: Vec<Citation> = apply.cite.iter().map(|c| c.value.clone()).collect();
        Some(Apply {
            form,
            at: text(&apply.at).unwrap_or_default(),
            decides: text(&apply.decides).unwrap_or_default(),
            days: apply.days,
            within: text(&apply.within),
            articles: self.articles(&cites),
        })
    }

    fn arithmetic(&mut self, group: &GroupOutcome, version: &Version, determination: &Determination) -> Vec<Step> {
        let Some(amount) = version.amount else {
            return Vec::new();
        };
        let language = self.language;
        let frame = Frame {
            coefficient: group.coefficient,
            ..Frame::of(determination.person)
        };
        let mut steps = Vec::new();
        self.parts_of_amount(amount, frame, group, version, &mut steps);
        if let Some(level) = group.level {
            let formula = self.formula(amount, frame);
            let result = language.level(level, version.monthly);
            let text = if formula == result || steps.len() < 2 {
                result
            } else {
                format!("{formula} = {result}")
            };
            steps.push(Step {
                text,
                articles: Vec::new(),
            });
        }
        steps
    }

    /// Explains each quantity an amount is made of.
    fn parts_of_amount(
        &mut self,
        node: NodeId,
        frame: Frame,
        group: &GroupOutcome,
        version: &Version,
        steps: &mut Vec<Step>,
    ) {
        let language = self.language;
        match self.rules.op(node) {
            Op::Parameter(at) => {
                let Some(parameter) = self.rules.parameters.get(*at) else {
                    return;
                };
                let Some(dated) = parameter.on(self.evaluator.day) else {
                    return;
                };
                let value = language.number(dated.is, parameter.unit);
                let from = language.day(dated.from);
                let text = match language {
                    Language::Vi => format!("{}: {value} (từ {from})", language.of(&parameter.title)),
                    Language::En => format!("{}: {value} (since {from})", language.of(&parameter.title)),
                };
                steps.push(Step {
                    text,
                    articles: self.articles(&dated.cite),
                });
            }
            Op::Coefficient => {
                let value = group
                    .coefficient
                    .map(|range| language.numbers(range, crate::rules::Unit::default()));
                let known = version.groups.get(group.group);
                let mut why = Vec::new();
                let mut cites = Vec::new();
                for case in group.cases.iter().filter(|case| case.truth != Truth::No) {
                    why.extend(case.when.map(|when| language.phrase(self.rules, when)));
                    if let Some(cite) = known.and_then(|k| cite_of(&k.cases, &case.path)) {
                        cites = cite;
                    }
                }
                let why = if why.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", why.join("; "))
                };
                let text = format!(
                    "{}: {}{why}",
                    language.pick("Hệ số", "Coefficient"),
                    value.unwrap_or_default()
                );
                steps.push(Step {
                    text,
                    articles: self.articles(&cites),
                });
            }
            Op::Fact(..) | Op::Term(..) | Op::Aggregate { .. } => {
                let value = language.value_of(&mut self.evaluator, node, frame);
                let text = format!("{}: {value}", language.title(self.rules, node));
                steps.push(Step {
                    text,
                    articles: Vec::new(),
                });
            }
            Op::If(condition, then, otherwise) => match self.evaluator.truth(*condition, frame) {
                Ok((Truth::Yes, _)) => self.parts_of_amount(*then, frame, group, version, steps),
                Ok((Truth::No, _)) => self.parts_of_amount(*otherwise, frame, group, version, steps),
                _ => {
                    self.parts_of_amount(*then, frame, group, version, steps);
                    self.parts_of_amount(*otherwise, frame, group, version, steps);
                }
            },
            op => {
                for child in op.children() {
                    self.parts_of_amount(child, frame, group, version, steps);
                }
            }
        }
    }

    /// Returns the amount with its figures: `540.000 × 2,5`.
    fn formula(&mut self, node: NodeId, frame: Frame) -> String {
        match self.rules.op(node) {
            Op::Arithmetic(arithmetic, a, b) => {
                let sides = [*a, *b].map(|side| {
                    let inner = self.formula(side, frame);
                    let sum = matches!(
                        self.rules.op(side),
                        Op::Arithmetic(Arithmetic::Add | Arithmetic::Subtract, ..)
                    );
                    if sum && matches!(arithmetic, Arithmetic::Multiply | Arithmetic::Divide) {
                        format!("({inner})")
                    } else {
                        inner
                    }
                });
                sides.join(&format!(" {} ", sign(*arithmetic)))
            }
            Op::If(condition, then, otherwise) => match self.evaluator.truth(*condition, frame) {
                Ok((Truth::Yes, _)) => self.formula(*then, frame),
                Ok((Truth::No, _)) => self.formula(*otherwise, frame),
                _ => self.figure(node, frame),
            },
            _ => self.figure(node, frame),
        }
    }

    fn figure(&mut self, node: NodeId, frame: Frame) -> String {
        match self.evaluator.value(node, frame).map(|seen| seen.value) {
            Ok(Value::Number(range)) => match range.bounds {
                Some((low, high)) if low == high => self.language.grouped(low),
                Some((low, high)) => format!("({} – {})", self.language.grouped(low), self.language.grouped(high)),
                None => String::new(),
            },
            _ => String::new(),
        }
    }

    fn combination(&self, determination: &Determination) -> Option<String> {
        let language = self.language;
        let names = |list: &[usize]| {
            list.iter()
                .map(|p| self.programme_title(*p))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match &determination.combined {
            Combined::Alone => None,
            Combined::Paid {
                beside,
                instead_of,
                tie,
            } => {
                let mut parts = Vec::new();
                if !beside.is_empty() {
                    parts.push(format!(
                        "{}: {}",
                        language.pick("Được hưởng cùng với", "Paid together with"),
                        names(beside)
                    ));
                }
                for (programme, level) in instead_of {
                    let title = self.programme_title(*programme);
                    let would = language.level(*level, true);
                    parts.push(match (language, tie) {
                        (Language::Vi, false) => format!("Cao hơn {title} ({would}), nên hưởng khoản này"),
                        (Language::En, false) => format!("Higher than {title} ({would}), so this is paid"),
                        (Language::Vi, true) => format!("Bằng {title} ({would}); chỉ hưởng một khoản"),
                        (Language::En, true) => format!("Equal to {title} ({would}); only one is paid"),
                    });
                }
                (!parts.is_empty()).then(|| parts.join(". "))
            }
            Combined::GivesWay { to, .. } => {
                let would = determination.level.map(|l| language.level(l, true)).unwrap_or_default();
                Some(match language {
                    Language::Vi => format!("Nhường cho: {}. Riêng khoản này lẽ ra là {would}", names(to)),
                    Language::En => format!("Gives way to: {}. By itself this would be {would}", names(to)),
                })
            }
            Combined::Undecided { with } => Some(match language {
                Language::Vi => format!("Chỉ hưởng một khoản, khoản cao nhất, cùng với: {}", names(with)),
                Language::En => format!("Only the highest is paid, among this and: {}", names(with)),
            }),
        }
    }

    fn notes(&self, version: &Version) -> Vec<Step> {
        let language = self.language;
        let step = |label: &str, text: &str, cites: Vec<Citation>| Step {
            text: format!("{label}: {text}"),
            articles: self.articles(&cites),
        };
        let cites = |list: &[crate::read::At<Citation>]| list.iter().map(|c| c.value.clone()).collect();
        let read = language.pick("Cách hiểu", "Our reading");
        let left = language.pick("Chưa xét ở đây", "Not covered here");
        let readings = version
            .readings
            .iter()
            .map(|r| step(read, language.of(&r.says), cites(&r.cite)));
        let left_out = version
            .left_out
            .iter()
            .map(|l| step(left, language.of(&l.why), cites(&l.cite)));
        readings.chain(left_out).collect()
    }

    pub(super) fn asks(&self, determination: &Determination, n_answers: usize) -> Vec<Ask> {
        let mut asks: Vec<&Unknown> = determination.asks.iter().collect();
        let sensitive = |unknown: &Unknown| self.rules.fact(unknown.1).is_some_and(|f| f.sensitive);
        asks.sort_by_key(|unknown| (sensitive(unknown), !determination.asks_first.contains(unknown)));
        asks.into_iter().map(|unknown| self.ask(unknown, n_answers)).collect()
    }

    fn ask(&self, unknown: &Unknown, n_answers: usize) -> Ask {
        let language = self.language;
        let fact = self.rules.fact(unknown.1);
        let answers = match unknown.0 {
            Some(at) => self.household.persons.get(at).map(|p| &p.facts),
            None => Some(&self.household.facts),
        };
        Ask {
            at: self.fact_ref(unknown),
            who: self.who(unknown.0),
            title: fact.map_or_else(String::new, |f| language.of(&f.title).to_owned()),
            question: fact.map_or_else(String::new, |f| language.of(&f.ask).to_owned()),
            unsure: answers.and_then(|a| a.get(&unknown.1)).is_some_and(|a| a.unsure),
            judged_by: fact
                .and_then(|f| f.judged_by.as_ref())
                .map(|t| language.of(t).to_owned()),
            sensitive: fact.is_some_and(|f| f.sensitive),
            n_answers,
        }
    }

    /// Returns every fact that may settle something: the one on which most depends first, sensitive ones last.
    fn all_asks(&self, assessment: &Assessment) -> Vec<Ask> {
        let mut counts: BTreeMap<Unknown, usize> = BTreeMap::new();
        for unknown in assessment.determinations.iter().flat_map(|d| d.asks.iter()) {
            *counts.entry(*unknown).or_default() += 1;
        }
        let mut asks: Vec<(Unknown, usize)> = counts.into_iter().collect();
        let sensitive = |unknown: &Unknown| self.rules.fact(unknown.1).is_some_and(|f| f.sensitive);
        asks.sort_by_key(|(unknown, n)| (sensitive(unknown), std::cmp::Reverse(*n), *unknown));
        asks.iter().map(|(unknown, n)| self.ask(unknown, *n)).collect()
    }

    fn totals(&self, assessment: &Assessment) -> Totals {
        let mut totals = Totals::default();
        for determination in &assessment.determinations {
            let counted = matches!(
                determination.answer,
                Answer::Entitled | Answer::Open | Answer::PersonDecides
            );
            let (Some(level), true) = (determination.level, counted) else {
                continue;
            };
            if self.version(determination).is_none_or(|v| v.monthly) {
                totals.month_low = totals.month_low.saturating_add(level.low);
                totals.month_high = totals.month_high.saturating_add(level.high);
            } else {
                totals.once_low = totals.once_low.saturating_add(level.low);
                totals.once_high = totals.once_high.saturating_add(level.high);
            }
        }
        let month = crate::evaluate::Level {
            low: totals.month_low,
            high: totals.month_high,
        };
        totals.text = self.language.level(month, true);
        totals
    }
}

fn member(rules: &RuleSet, person: &Person, language: Language) -> Member {
    let born = rules.birth_date.and_then(|fact| person.facts.get(&fact));
    let born = match born.map(|answer| (answer.unsure, answer.value)) {
        Some((false, Value::Date(range))) => language.days(range),
        _ => String::new(),
    };
    Member {
        person: person.id.clone(),
        name: person.name.clone(),
        born,
    }
}

/// Returns the articles of the case or exception of that path.
fn cite_of(cases: &[crate::rules::Case], path: &[String]) -> Option<Vec<Citation>> {
    let (first, rest) = path.split_first()?;
    let case = cases.iter().find(|case| case.name == *first)?;
    if rest.is_empty() {
        Some(case.cite.clone())
    } else {
        cite_of(&case.except, rest)
    }
}
