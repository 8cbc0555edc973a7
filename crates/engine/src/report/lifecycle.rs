//! A calendar put into words: each day with what changes on it, for whom, and why.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::Combined;
use crate::evaluate::Evaluator;
use crate::household::Household;
use crate::lifecycle::{Calendar, Cause, Certainty, Changed, Outcome, What};
use crate::read::Citation;
use crate::rules::{FactId, RuleSet, Version};

use super::build::Writer;
use super::{Amount, Answer, Language, ReleaseTag, Step};

/// What time alone changes for a household, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarReport {
    /// The language of all texts: `vi` or `en`.
    pub language: Language,
    /// The month from which it is looked ahead, `2026-11`.
    pub from: String,
    /// The last month looked at, `2036-11`.
    pub until: String,
    /// The rules that answered.
    pub release: ReleaseTag,
    /// Name of the head, or of the first person.
    pub household: String,
    /// True when the household is invented sample data.
    pub invented: bool,
    /// What is or may be paid in the first month.
    pub now: Vec<CalendarLine>,
    /// The days on which something changes, in order.
    pub days: Vec<CalendarDay>,
    /// How many answers change from "not entitled" to "no rule" or back, which gives nobody anything: they are not in `days`.
    pub n_untold: usize,
}

/// What is paid to somebody in the first month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarLine {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// Who: the person's name, or "Cả hộ".
    pub who: String,
    /// The answer and the amount.
    pub state: CalendarState,
}

/// A day on which one or more answers change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarDay {
    /// The first day, `2027-03-12`.
    pub on: String,
    /// The day in words: "12/03/2027".
    pub day: String,
    /// What changes, by programme and person.
    pub changes: Vec<CalendarChange>,
}

/// An answer that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarChange {
    /// The programme's id.
    pub programme: String,
    /// Its title from then on.
    pub title: String,
    /// Person id; none for the household as a whole.
    pub person: Option<String>,
    /// Who: the person's name, or "Cả hộ".
    pub who: String,
    /// The first month judged otherwise, `2027-03`.
    pub month: String,
    /// What was said before; none when the person was not there to be judged.
    pub before: Option<CalendarState>,
    /// What is said from then on; none when the person is no longer there to be judged.
    pub after: Option<CalendarState>,
    /// What changes, in a sentence.
    pub text: String,
    /// Why, with the articles.
    pub why: Vec<Step>,
}

/// An answer with its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CalendarState {
    /// The answer.
    pub answer: Answer,
    /// The answer in words.
    pub answer_text: String,
    /// The amount or range; none for a card, or where nothing is paid.
    pub amount: Option<Amount>,
    /// What is given, in words; empty where nothing is.
    pub gives: String,
}

/// Puts a calendar into words.
pub fn calendar_report(
    rules: &RuleSet,
    household: &Household,
    calendar: &Calendar,
    language: Language,
) -> CalendarReport {
    let from = calendar.start.month;
    let writer = Writer {
        rules,
        household,
        month: from,
        language,
        evaluator: Evaluator::new(rules, household, from.last_day()),
    };
    let mut days: Vec<CalendarDay> = Vec::new();
    let (told, untold): (Vec<&Changed>, Vec<&Changed>) = calendar.changes.iter().partition(|changed| is_told(changed));
    for changed in told {
        let on = changed.on.to_string();
        if days.last().is_none_or(|day| day.on != on) {
            days.push(CalendarDay {
                on,
                day: language.day(changed.on),
                changes: Vec::new(),
            });
        }
        if let Some(day) = days.last_mut() {
            day.changes.push(writer.changed(changed));
        }
    }
    CalendarReport {
        language,
        from: from.to_string(),
        until: calendar.until.to_string(),
        release: rules.tag.clone(),
        household: household.head().to_owned(),
        invented: household.invented,
        now: writer.now(calendar),
        days,
        n_untold: untold.len(),
    }
}

/// Returns whether a change is more than that rules begin or end of which nobody has anything.
fn is_told(changed: &Changed) -> bool {
    let mut outcomes = [changed.before, changed.after].into_iter().flatten();
    outcomes.any(|outcome| !matches!(outcome.answer, Answer::NotEntitled | Answer::NotCovered))
}

impl Writer<'_> {
    fn now(&self, calendar: &Calendar) -> Vec<CalendarLine> {
        let paid = |answer| matches!(answer, Answer::Entitled | Answer::Open | Answer::PersonDecides);
        let all = calendar.start.determinations.iter();
        all.filter(|d| paid(d.answer))
            .map(|d| {
                let version = self.version(d);
                let outcome = Outcome {
                    answer: d.answer,
                    level: d.level,
                };
                CalendarLine {
                    programme: self.programme_id(d.programme),
                    title: self.title(version),
                    person: self.person_id(d.person),
                    who: self.who(d.person),
                    state: self.state(outcome, version),
                }
            })
            .collect()
    }

    fn programme_id(&self, at: usize) -> String {
        self.rules.programmes.get(at).map_or_else(String::new, |p| p.id.clone())
    }

    fn person_id(&self, at: Option<usize>) -> Option<String> {
        let person = at.and_then(|at| self.household.persons.get(at));
        person.map(|person| person.id.clone())
    }

    fn title(&self, version: Option<&Version>) -> String {
        version.map_or_else(String::new, |v| self.language.of(&v.title).to_owned())
    }

    /// Returns the version in force on a day, or the nearest.
    fn version_on(&self, programme: usize, day: Date) -> Option<&Version> {
        let programme = self.rules.programmes.get(programme)?;
        let before = programme.versions.iter().rev().find(|version| version.from <= day);
        before.or(programme.versions.first())
    }

    fn state(&self, outcome: Outcome, version: Option<&Version>) -> CalendarState {
        let language = self.language;
        let pays = matches!(outcome.answer, Answer::Entitled | Answer::Open | Answer::PersonDecides);
        let every = version.map(|v| v.every).unwrap_or_default();
        let has_amount = version.is_some_and(|v| v.amount.is_some());
        let amount = outcome.level.filter(|_| pays && has_amount).map(|level| Amount {
            low: level.low,
            high: level.high,
            every,
            text: language.level(level, every),
        });
        let gives = match (&amount, version.and_then(|v| v.label.as_ref())) {
            (Some(amount), Some(label)) => format!("{}: {}", language.of(label), amount.text),
            (Some(amount), None) => amount.text.clone(),
            (None, Some(label)) if pays => language.of(label).to_owned(),
            (None, _) => String::new(),
        };
        CalendarState {
            answer: outcome.answer,
            answer_text: self.plain_answer_text(outcome.answer).to_owned(),
            amount,
            gives,
        }
    }

    fn changed(&self, changed: &Changed) -> CalendarChange {
        let eve = changed.on.yesterday().unwrap_or(changed.on);
        let old = self.version_on(changed.programme, eve);
        let new = self.version_on(changed.programme, changed.month.last_day());
        let before = changed.before.map(|outcome| self.state(outcome, old));
        let after = changed.after.map(|outcome| self.state(outcome, new));
        CalendarChange {
            programme: self.programme_id(changed.programme),
            title: self.title(new),
            person: self.person_id(changed.person),
            who: self.who(changed.person),
            month: changed.month.to_string(),
            text: self.what_changes(changed, before.as_ref(), after.as_ref()),
            before,
            after,
            why: changed.causes.iter().map(|cause| self.why(changed, cause)).collect(),
        }
    }

    fn what_changes(&self, changed: &Changed, before: Option<&CalendarState>, after: Option<&CalendarState>) -> String {
        let pick = |vi: &str, en: &str| self.language.pick(vi, en).to_owned();
        let gives = |state: Option<&CalendarState>| state.map(|s| s.gives.clone()).unwrap_or_default();
        let with = |what: String, gives: String| match gives.is_empty() {
            true => what,
            false => format!("{what}: {gives}"),
        };
        let [was, is] = [before, after].map(|state| state.map_or(Answer::NotEntitled, |s| s.answer));
        let from_to = format!("{} → {}", gives(before), gives(after));
        let gives_way = matches!(changed.combined, Combined::GivesWay { .. });
        match (was, is) {
            (Answer::Entitled, Answer::Entitled) => with(pick("Mức thay đổi", "The amount changes"), from_to),
            (Answer::Open | Answer::PersonDecides, Answer::Open | Answer::PersonDecides) if was == is => {
                with(pick("Mức có thể hưởng thay đổi", "What may be paid changes"), from_to)
            }
            (_, Answer::Entitled) => with(pick("Có thể đủ điều kiện", "May be entitled"), gives(after)),
            (_, Answer::Open) => with(pick("Cần thêm thông tin", "More information is needed"), gives(after)),
            (_, Answer::PersonDecides) => with(pick("Chờ xác định", "A person must decide first"), gives(after)),
            (Answer::Entitled, Answer::NotEntitled) if changed.paused => {
                with(pick("Tạm dừng chi trả", "Paused"), gives(before))
            }
            (Answer::Entitled, Answer::NotEntitled) if gives_way => with(
                pick(
                    "Không hưởng nữa, vì hưởng mức cao hơn",
                    "No longer paid, as a higher one is",
                ),
                gives(before),
            ),
            (Answer::Entitled, Answer::NotEntitled) if changed.is_to_be_looked_at_again() => {
                with(pick("Cần xem lại", "To be looked at again"), gives(before))
            }
            (Answer::Entitled, Answer::NotEntitled) => with(pick("Hết điều kiện", "Ends"), gives(before)),
            (Answer::NotCovered, Answer::NotEntitled) => pick(
                "Bắt đầu có quy định; chưa đủ điều kiện",
                "A rule begins to hold; not entitled under it",
            ),
            (_, Answer::NotEntitled) => pick("Chưa đủ điều kiện", "Not entitled under these rules"),
            (_, Answer::NotCovered) => with(
                pick(
                    "Không còn quy định trong bộ quy tắc",
                    "The rules have nothing from then on",
                ),
                gives(before),
            ),
            (_, Answer::Failed) => pick("Không tính được", "Could not be computed"),
        }
    }

    fn why(&self, changed: &Changed, cause: &Cause) -> Step {
        let language = self.language;
        let (mut text, cites) = self.happens(cause);
        if cause.by_our_limit && changed.is_an_end() {
            text += language.pick(
                " (giới hạn của chương trình để bớt câu hỏi, không phải của luật)",
                " (a limit of this program, to ask fewer questions; not of the law)",
            );
        }
        if cause.on != changed.on {
            text = format!("{}: {text}", language.day(cause.on));
        }
        if let Some((programme, person)) = cause.through {
            let title = self.programme_title(programme);
            let name = match person == changed.person {
                true => title,
                false => format!("{title}, {}", self.who(person)),
            };
            text = match language {
                Language::Vi => format!("{text} (ảnh hưởng đến {name}; chỉ hưởng mức cao nhất)"),
                Language::En => format!("{text} (bears on {name}; only the highest is paid)"),
            };
        }
        Step {
            text,
            articles: self.articles(&cites),
        }
    }

    /// Returns what happens in words, and where it stands in the law.
    fn happens(&self, cause: &Cause) -> (String, Vec<Citation>) {
        let language = self.language;
        match &cause.what {
            What::Version { programme, version } => self.version_comes(*programme, *version),
            What::Parameter(at) => self.amount_changes(*at, cause.on),
            What::Complete {
                person,
                fact,
                count,
                years,
                how,
            } => (self.complete(*person, *fact, (*count, *years), *how), Vec::new()),
            What::DayComes { person, fact } => {
                let title = self.fact_title(*person, *fact);
                let text = match language {
                    Language::Vi => format!("đến ngày: {title}"),
                    Language::En => format!("the day comes: {title}"),
                };
                (text, Vec::new())
            }
            What::NamedDay => {
                let text = language.pick("đến ngày nêu trong quy định", "the day comes that the rule names");
                (text.to_owned(), Vec::new())
            }
            What::Paper {
                person,
                fact,
                paper,
                until,
            } => {
                let paper = self
                    .rules
                    .papers
                    .get(paper)
                    .map(|p| language.of(&p.title))
                    .unwrap_or_default();
                let (title, day) = (self.fact_title(*person, *fact), language.day(*until));
                let hidden = self.rules.fact(*fact).is_some_and(|f| f.sensitive);
                let text = match (language, hidden) {
                    (Language::Vi, false) => format!("{paper} chỉ có giá trị đến hết {day}; cần xem lại: {title}"),
                    (Language::En, false) => format!("{paper} holds until {day}; to be seen again: {title}"),
                    (Language::Vi, true) => format!("một giấy tờ chỉ có giá trị đến hết {day}; cần xem lại: {title}"),
                    (Language::En, true) => format!("a paper holds until {day}; to be seen again: {title}"),
                };
                (text, Vec::new())
            }
            What::Born(at) => {
                let who = self.who(Some(*at));
                let text = match language {
                    Language::Vi => format!("{who} ra đời"),
                    Language::En => format!("{who} is born"),
                };
                (text, Vec::new())
            }
            What::Dies(at) => {
                let who = self.who(Some(*at));
                let text = match language {
                    Language::Vi => format!("{who} qua đời"),
                    Language::En => format!("{who} dies"),
                };
                (text, Vec::new())
            }
            What::LastMonth { programme, version } => {
                let programme = self.rules.programmes.get(*programme);
                let cites = programme.and_then(|p| p.versions.get(*version)?.stops_after.clone());
                let text = language.pick(
                    "tháng hết điều kiện vẫn được trả đủ",
                    "the month in which it ends is still paid",
                );
                (text.to_owned(), cites.unwrap_or_default())
            }
        }
    }

    fn version_comes(&self, programme: usize, version: Option<usize>) -> (String, Vec<Citation>) {
        let language = self.language;
        let title = self.programme_title(programme);
        let known = self.rules.programmes.get(programme);
        let (text, cites) = match version.and_then(|at| known.and_then(|p| p.versions.get(at))) {
            Some(version)
                if version.from == known.and_then(|p| p.versions.first()).map_or(version.from, |v| v.from) =>
            {
                (
                    language.pick("quy định bắt đầu có hiệu lực", "the rule comes into force"),
                    version.cite.clone(),
                )
            }
            Some(version) => (
                language.pick("quy định mới có hiệu lực", "a new rule is in force"),
                version.cite.clone(),
            ),
            None => (language.pick("quy định hết hiệu lực", "the rule ends"), Vec::new()),
        };
        (format!("{text}: {title}"), cites)
    }

    fn amount_changes(&self, at: usize, on: Date) -> (String, Vec<Citation>) {
        let language = self.language;
        let Some(parameter) = self.rules.parameters.get(at) else {
            return (String::new(), Vec::new());
        };
        let eve = on.yesterday().unwrap_or(on);
        let value = |day| parameter.on(day).map(|dated| language.number(dated.is, parameter.unit));
        let none = || language.pick("chưa có", "none").to_owned();
        let text = format!(
            "{}: {} → {}",
            language.of(&parameter.title),
            value(eve).unwrap_or_else(none),
            value(on).unwrap_or_else(none)
        );
        (
            text,
            parameter.on(on).map(|dated| dated.cite.clone()).unwrap_or_default(),
        )
    }

    fn complete(&self, person: Option<usize>, fact: FactId, (count, years): (i64, bool), how: Certainty) -> String {
        let language = self.language;
        let who = self.who(person);
        if self.rules.birth_date == Some(fact) {
            let age = match (language, years) {
                (Language::Vi, true) => format!("tròn {count} tuổi"),
                (Language::Vi, false) => format!("tròn {count} tháng tuổi"),
                (Language::En, true) => format!("{count} years old"),
                (Language::En, false) => format!("{count} months old"),
            };
            return match (language, how) {
                (Language::Vi, Certainty::Known) => format!("{who} {age}"),
                (Language::Vi, Certainty::AtTheEarliest) => format!("{who} sớm nhất từ ngày này {age}"),
                (Language::Vi, Certainty::AtTheLatest) => format!("{who} chắc chắn đã {age}"),
                (Language::En, Certainty::Known) => format!("{who} is {age}"),
                (Language::En, Certainty::AtTheEarliest) => format!("{who} may be {age} from this day"),
                (Language::En, Certainty::AtTheLatest) => format!("{who} is certainly {age}"),
            };
        }
        let title = self.fact_title(person, fact);
        let unit = match years {
            true => language.pick("năm", "years"),
            false => language.pick("tháng", "months"),
        };
        let from = match how {
            Certainty::Known => "",
            Certainty::AtTheEarliest => language.pick(" sớm nhất", " at the earliest"),
            Certainty::AtTheLatest => language.pick(" chậm nhất", " at the latest"),
        };
        match language {
            Language::Vi => format!("đủ {count} {unit}{from} kể từ: {title}"),
            Language::En => format!("{count} {unit}{from} since: {title}"),
        }
    }

    /// Returns the title of a fact and whose it is; of a sensitive one, not its name.
    fn fact_title(&self, person: Option<usize>, fact: FactId) -> String {
        let Some(known) = self.rules.fact(fact) else {
            return String::new();
        };
        if known.sensitive {
            return self.private().to_owned();
        }
        let title = self.language.of(&known.title);
        match person {
            Some(_) => format!("{title} ({})", self.who(person)),
            None => title.to_owned(),
        }
    }
}
