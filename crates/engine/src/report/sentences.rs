//! The sentences of a row: its answer, why, what to do next, and what it is paid beside or instead of.

use crate::assess::{Benefit, Combined, Determination};
use crate::evaluate::Stop;
use crate::household::MOST_PERSONS;
use crate::rules::Version;
use crate::value::Truth;
use crate::words::phrases::lower_first;

use super::build::Writer;
use super::{Answer, Ask, Language, Row, Standing};

/// Of more missing facts than these a sentence says only how many; the questions name them all.
const MOST_TITLES: usize = 3;

impl Writer<'_> {
    pub(super) fn answer_text(&self, determination: &Determination) -> &'static str {
        let pick = |vi, en| self.language.pick(vi, en);
        match determination.answer {
            Answer::NotEntitled if !determination.judged.paused_by().is_empty() => {
                pick("Tạm dừng chi trả trong tháng này", "Paused for this month")
            }
            answer => self.plain_answer_text(answer),
        }
    }

    pub(super) fn plain_answer_text(&self, answer: Answer) -> &'static str {
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

    pub(super) fn summary(&mut self, determination: &Determination, version: Option<&Version>, asks: &[Ask]) -> String {
        let language = self.language;
        let who = match determination.person {
            Some(_) => self.who(determination.person),
            // Inside a sentence.
            None => lower_first(&self.who(None)),
        };
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
                let ends = determination.last_month
                    && determination
                        .next_change
                        .as_ref()
                        .is_some_and(|change| change.answer == Answer::NotEntitled && !change.look_again);
                let last = match (ends, language) {
                    (false, _) => String::new(),
                    (true, Language::Vi) => " Tháng này là tháng cuối.".to_owned(),
                    (true, Language::En) => " This month is the last.".to_owned(),
                };
                let whatever = self.whatever(determination, &who);
                match language {
                    Language::Vi => {
                        format!("Theo thông tin đã khai, {who} có thể đủ điều kiện: {title}.{last}{whatever}")
                    }
                    Language::En => format!("By what was said, {who} may be entitled: {title}.{last}{whatever}"),
                }
            }
            Answer::Open => {
                let titles = self.some_titles(asks, &who);
                match (language, determination.may_matter) {
                    (Language::Vi, false) => format!("Cần thêm: {titles}."),
                    (Language::En, false) => format!("Needed: {titles}."),
                    (Language::Vi, true) => format!("Có thể cần thêm: {titles}."),
                    (Language::En, true) => format!("May be needed: {titles}."),
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
                    let names = self.benefits(to, determination);
                    match language {
                        Language::Vi => {
                            format!("Không hưởng thêm, vì cùng loại chỉ hưởng một khoản cao nhất: {names}.")
                        }
                        Language::En => format!("Not paid beside it; only the highest is: {names}."),
                    }
                }
                _ if !determination.judged.paused_by().is_empty() => self.why_paused(determination),
                // No group fails by itself: every completion fails in one way or another.
                _ if determination.judged.truth == Truth::Open => {
                    let none = language.pick("Chưa thuộc nhóm nào.", "In none of the groups.");
                    format!("{none}{}", self.whatever(determination, &who))
                }
                _ => self.why_not(determination, version),
            },
            Answer::NotCovered => match determination.judged.stop {
                Some(Stop::NoValue { parameter }) => {
                    let name = self
                        .rules
                        .parameters
                        .get(parameter)
                        .map(|p| language.of(&p.title))
                        .unwrap_or_default();
                    match (self.day_of_death(determination), language) {
                        (Some(day), Language::Vi) => format!("Bộ quy tắc chưa có “{name}” cho ngày mất {day}."),
                        (Some(day), Language::En) => format!("The rules have no “{name}” for the day of death, {day}."),
                        (None, Language::Vi) => format!("Bộ quy tắc chưa có “{name}” cho tháng này."),
                        (None, Language::En) => format!("The rules have no “{name}” for this month."),
                    }
                }
                _ => match (self.day_of_death(determination), language) {
                    (Some(day), Language::Vi) => format!("Bộ quy tắc không có quy định cho ngày mất {day}."),
                    (Some(day), Language::En) => format!("The rules have nothing for the day of death, {day}."),
                    (None, _) => self.not_in_force(determination),
                },
            },
            Answer::Failed => match determination.judged.stop {
                Some(Stop::Overflow)
                    if self.household.persons.is_empty() || self.household.persons.len() > MOST_PERSONS =>
                {
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

    /// Returns since when a programme has ended, or from when it will be, as far as the rules say.
    fn not_in_force(&self, determination: &Determination) -> String {
        let language = self.language;
        let Some(programme) = self.rules.programmes.get(determination.programme) else {
            return String::new();
        };
        let day = determination.judged.day;
        let next = programme
            .versions
            .iter()
            .map(|version| version.from)
            .find(|from| *from > day);
        let ended = programme
            .versions
            .iter()
            .filter_map(|v| v.until)
            .filter(|until| *until <= day)
            .max();
        match (
            next.map(|day| language.day(day)),
            ended.map(|day| language.day(day)),
            language,
        ) {
            (Some(next), _, Language::Vi) => format!("Quy định có hiệu lực từ {next}."),
            (Some(next), _, Language::En) => format!("The rule is in force from {next}."),
            (None, Some(ended), Language::Vi) => format!("Chính sách đã hết hiệu lực từ {ended}."),
            (None, Some(ended), Language::En) => format!("The programme ended; there is nothing from {ended}."),
            (None, None, Language::Vi) => "Bộ quy tắc không có quy định cho tháng này.".to_owned(),
            (None, None, Language::En) => "The rules have nothing for this month.".to_owned(),
        }
    }

    /// Returns the titles of what is missing: the first few, and how many more there are.
    fn some_titles(&self, asks: &[Ask], who: &str) -> String {
        let titles: Vec<String> = asks.iter().map(|ask| self.ask_title(ask, who)).collect();
        let first = titles.get(..MOST_TITLES).unwrap_or(&titles).join("; ");
        match (titles.len().saturating_sub(MOST_TITLES), self.language) {
            (0, _) => first,
            (more, Language::Vi) => format!("{first} và {more} thông tin khác"),
            (more, Language::En) => format!("{first} and {more} more"),
        }
    }

    /// Returns the sentence that names what is not known and makes no difference; empty where all that counts is known.
    fn whatever(&self, determination: &Determination, who: &str) -> String {
        let asks: Vec<Ask> = determination
            .whatever
            .iter()
            .map(|unknown| self.ask(unknown, 0))
            .collect();
        let titles = lower_first(&self.some_titles(&asks, who));
        match (titles.is_empty(), self.language) {
            (true, _) => String::new(),
            (false, Language::Vi) => format!(" Dù chưa rõ {titles}, kết quả vẫn như vậy."),
            (false, Language::En) => format!(" Whatever is found out about {titles}, this stays."),
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
            .pick("một thông tin được hỏi riêng", "something to be asked in private")
    }

    pub(super) fn next_step(&self, row: &Row) -> String {
        let pick = |vi: &str, en: &str| self.language.pick(vi, en).to_owned();
        match row.standing {
            Standing::CanApply => match &row.apply {
                Some(apply) if !apply.form.is_empty() || !apply.at.is_empty() => {
                    let parts: Vec<&str> = [apply.form.as_str(), apply.at.as_str()]
                        .into_iter()
                        .filter(|p| !p.is_empty())
                        .collect();
                    let what = if apply.form.is_empty() {
                        pick("Nơi giải quyết", "Where")
                    } else {
                        pick("Nộp hồ sơ", "Apply")
                    };
                    format!("{what}: {}", parts.join(" – "))
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

    fn benefits(&self, list: &[Benefit], beside: &Determination) -> String {
        let names: Vec<String> = list.iter().map(|benefit| self.benefit(*benefit, beside)).collect();
        names.join(", ")
    }

    /// Returns the name of a benefit as it reads in somebody's row: of another subject, with who it is.
    fn benefit(&self, (programme, person): Benefit, beside: &Determination) -> String {
        let title = self.programme_title(programme);
        let who = match person {
            Some(_) => self.who(person),
            None => lower_first(&self.who(None)),
        };
        match (person == beside.person, self.language) {
            (true, _) => title,
            (false, Language::Vi) => format!("{title} của {who}"),
            (false, Language::En) => format!("{title} of {who}"),
        }
    }

    pub(super) fn combination(&self, determination: &Determination) -> Option<String> {
        let language = self.language;
        let names = |list: &[Benefit]| self.benefits(list, determination);
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
                for (benefit, level) in instead_of {
                    let title = self.benefit(*benefit, determination);
                    let would = language.level(*level, self.every(benefit.0));
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
                let would = determination
                    .level
                    .map(|l| language.level(l, self.every(determination.programme)))
                    .unwrap_or_default();
                Some(match language {
                    Language::Vi => format!("Nhường cho: {}. Riêng khoản này lẽ ra là {would}", names(to)),
                    Language::En => format!("Gives way to: {}. By itself this would be {would}", names(to)),
                })
            }
            Combined::Undecided { with, .. } => Some(match language {
                Language::Vi => format!("Chỉ hưởng một khoản, khoản cao nhất, cùng với: {}", names(with)),
                Language::En => format!("Only the highest is paid, among this and: {}", names(with)),
            }),
        }
    }
}
