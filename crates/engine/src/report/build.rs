//! From an assessment to its report.

use crate::assess::{Assessment, Combined, Determination, SOON};
use crate::calendar::{Month, after_months};
use crate::evaluate::{Evaluator, GroupOutcome, Unknown};
use crate::household::{Household, Person};
use crate::read::Citation;
use crate::rules::{RuleSet, Version};
use crate::value::{Range, Truth, Value};

use super::{Amount, Answer, Apply, Article, Change, Every, FactRef, Language, Member, Report, Row, Standing, Step};

/// How much of a row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Detail {
    /// What a list shows: who, how much, why in one sentence, papers, and what to do next.
    Line,
    /// Also the arithmetic, the articles and the notes.
    Page,
    /// Also the criteria, and what would change the answer.
    Whole,
}

/// Puts an assessment into words.
pub fn report(rules: &RuleSet, household: &Household, assessment: &Assessment, language: Language) -> Report {
    written(rules, household, assessment, language, Detail::Whole)
}

/// Puts an assessment into words as far as a page for the household shows it: of its rows groups and what would change the
/// answer are empty, which take the longest to find.
pub fn summary(rules: &RuleSet, household: &Household, assessment: &Assessment, language: Language) -> Report {
    written(rules, household, assessment, language, Detail::Page)
}

/// Puts an assessment into words as far as a list shows it: of its rows groups, arithmetic, articles, notes and what would
/// change the answer are empty.
pub fn lines(rules: &RuleSet, household: &Household, assessment: &Assessment, language: Language) -> Report {
    written(rules, household, assessment, language, Detail::Line)
}

/// Returns the rows that wait for a fact, by what is to be done first: in the order of the rows, those that wait for the same
/// together.
pub fn by_question(report: &Report) -> Vec<(&str, Vec<&Row>)> {
    let mut found: Vec<(&str, Vec<&Row>)> = Vec::new();
    for row in report.rows.iter().filter(|row| row.standing == Standing::NeedsFact) {
        match found.iter_mut().find(|(question, _)| *question == row.next_step) {
            Some((_, rows)) => rows.push(row),
            None => found.push((&row.next_step, vec![row])),
        }
    }
    found
}

/// Returns one row of the report whole: that of a programme for a person, or for the household.
pub fn row(
    rules: &RuleSet,
    household: &Household,
    assessment: &Assessment,
    language: Language,
    (programme, person): (&str, Option<&str>),
) -> Option<Row> {
    let is_it = |d: &&Determination| {
        let of = d.person.and_then(|at| household.persons.get(at));
        let known = rules.programmes.get(d.programme);
        known.is_some_and(|p| p.id == programme) && of.map(|p| p.id.as_str()) == person
    };
    let determination = assessment.determinations.iter().find(is_it)?;
    Some(Writer::new(rules, household, assessment, language).row(determination, Detail::Whole))
}

/// Returns where a determination of a month stands for the officer.
pub fn standing(rules: &RuleSet, household: &Household, month: Month, determination: &Determination) -> Standing {
    let programme = rules.programmes.get(determination.programme);
    let received = programme.and_then(|p| p.paid_now).is_some_and(|fact| {
        let person = determination.person.and_then(|at| household.persons.get(at));
        let answer = person.and_then(|p| p.facts.get(&fact));
        answer.is_some_and(|a| a.value == Value::Truth(Truth::Yes))
    });
    match determination.answer {
        Answer::Entitled if received => Standing::Receiving,
        Answer::Entitled => Standing::CanApply,
        Answer::Open | Answer::PersonDecides => Standing::NeedsFact,
        Answer::NotEntitled => {
            let horizon = after_months(month.first_day(), SOON);
            let later = determination.next_change.as_ref();
            match later.is_some_and(|change| change.answer == Answer::Entitled && change.on <= horizon) {
                true => Standing::Later,
                false => Standing::No,
            }
        }
        Answer::NotCovered | Answer::Failed => Standing::NotComputed,
    }
}

fn written(
    rules: &RuleSet,
    household: &Household,
    assessment: &Assessment,
    language: Language,
    detail: Detail,
) -> Report {
    let mut writer = Writer::new(rules, household, assessment, language);
    let mut rows: Vec<(usize, Row)> = assessment
        .determinations
        .iter()
        .enumerate()
        .map(|(at, d)| (at, writer.row(d, detail)))
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
    fn new(rules: &'a RuleSet, household: &'a Household, assessment: &Assessment, language: Language) -> Writer<'a> {
        Writer {
            rules,
            household,
            month: assessment.month,
            language,
            evaluator: Evaluator::new(rules, household, assessment.month.last_day()),
        }
    }

    /// Returns the version that answered; where none is in force, the nearest one, for its title.
    pub(super) fn version(&self, determination: &Determination) -> Option<&'a Version> {
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

    /// Returns how often a programme gives something in the month.
    pub(super) fn every(&self, programme: usize) -> Every {
        let programme = self.rules.programmes.get(programme);
        let version = programme.and_then(|p| {
            p.version_on(self.month.last_day())
                .map(|(_, v)| v)
                .or(p.versions.last())
        });
        version.map(|v| v.every).unwrap_or_default()
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

    fn row(&mut self, determination: &Determination, detail: Detail) -> Row {
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
                every: version.every,
                text: language.level(level, version.every),
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
        let limit = version.and_then(|v| v.limit.as_ref()).filter(|_| !gives.is_empty());
        let gives = limit.map_or_else(
            || gives.clone(),
            |(_, limit)| format!("{gives}, {}", language.of(limit)),
        );
        let asks = self.asks(determination, 1);
        let apply = if payable {
            version.and_then(|v| self.apply(v))
        } else {
            None
        };
        let next_change = determination
            .next_change
            .as_ref()
            // A limit of ours that is far away is nothing to tell a family.
            .filter(|change| !change.look_again || change.on <= after_months(self.month.first_day(), SOON))
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
            answer_text: self.answer_text(determination).to_owned(),
            summary: self.summary(determination, version, &asks) + &self.presumed_in_summary(determination),
            amount,
            gives,
            starts: version
                .filter(|_| payable && standing != Standing::Receiving)
                .and_then(|v| self.starts(determination, v, paying)),
            next_step: String::new(),
            next_change,
            rule_from: determination.judged.version.and(version).map(|v| v.from.to_string()),
            groups: Vec::new(),
            arithmetic: Vec::new(),
            articles: Vec::new(),
            asks,
            presumed: self.presumed(determination),
            papers: match (paying, version) {
                (Some(group), Some(version)) if payable => self.papers(determination, group, version),
                _ => Vec::new(),
            },
            would_change: Vec::new(),
            apply,
            combination: self.combination(determination),
            notes: Vec::new(),
        };
        row.next_step = self.next_step(&row);
        if detail == Detail::Line {
            return row;
        }
        if let Some(version) = version {
            row.articles = self.row_articles(determination, version);
            row.notes = [
                self.local_readings(determination, version),
                self.notes(determination, version),
            ]
            .concat();
            if let Some(group) = paying.filter(|_| shown) {
                row.arithmetic = self.arithmetic(group, version, determination);
            }
        }
        if detail == Detail::Whole {
            row.would_change = self.would_change(determination, version, row.next_change.as_ref());
            row.groups = version.map_or_else(Vec::new, |version| self.groups(determination, version));
        }
        row
    }

    fn standing(&self, determination: &Determination) -> Standing {
        standing(self.rules, self.household, self.month, determination)
    }

    fn change(
        &self,
        determination: &Determination,
        change: &crate::assess::NextChange,
        version: Option<&Version>,
    ) -> Change {
        let language = self.language;
        let day = language.day(change.on);
        let every = version.map(|v| v.every).unwrap_or_default();
        let level = change
            .level
            .filter(|l| l.high > 0)
            .map(|l| format!(" – {}", language.level(l, every)))
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
            (Language::Vi, Answer::NotEntitled) if determination.answer == Answer::NotCovered => {
                format!("Có quy định từ {day}")
            }
            (Language::En, Answer::NotEntitled) if determination.answer == Answer::NotCovered => {
                format!("A rule begins to hold on {day}")
            }
            (Language::Vi, Answer::NotEntitled) if change.look_again => format!("Cần xem lại từ {day}"),
            (Language::En, Answer::NotEntitled) if change.look_again => format!("To be looked at again from {day}"),
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

    /// Returns the day of death in words, where it is the day judged whatever the month.
    pub(super) fn day_of_death(&self, determination: &Determination) -> Option<String> {
        let programme = self.rules.programmes.get(determination.programme)?;
        let judged_on = determination.person.map(|_| determination.judged.day)?;
        programme.on_death().then(|| self.language.day(judged_on))
    }

    fn notes(&self, determination: &Determination, version: &Version) -> Vec<Step> {
        let language = self.language;
        let step = |label: &str, text: &str, cites: Vec<Citation>| Step {
            text: format!("{label}: {text}"),
            articles: self.articles(&cites),
        };
        let cites = |list: &[crate::read::At<Citation>]| list.iter().map(|c| c.value.clone()).collect();
        let read = language.pick("Cách hiểu", "Our reading");
        let left = language.pick("Chưa xét ở đây", "Not covered here");
        let most = language.pick("Giới hạn", "Limit");
        let limit = version
            .limit
            .as_ref()
            .map(|(cite, says)| step(most, language.of(says), cites(cite)));
        let readings = version
            .readings
            .iter()
            .map(|r| step(read, language.of(&r.says), cites(&r.cite)));
        let left_out = version
            .left_out
            .iter()
            .map(|l| step(left, language.of(&l.why), cites(&l.cite)));
        let on_death = self.day_of_death(determination).map(|day| Step {
            text: match language {
                Language::Vi => format!("Xét theo quy định, mức và tuổi của ngày mất: {day}"),
                Language::En => format!("Judged by the law, level and age of the day of death: {day}"),
            },
            articles: Vec::new(),
        });
        on_death
            .into_iter()
            .chain(limit)
            .chain(readings)
            .chain(left_out)
            .collect()
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
