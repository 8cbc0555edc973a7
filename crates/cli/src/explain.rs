//! `ansinh explain`: why one programme answers what it answers.

use ansinh_engine::diagnostic::nearest;
use ansinh_engine::report::{Apply, Article, Criterion, GroupReport, Join, Language, Paper, Row, State, Step, report};
use ansinh_engine::{Depth, assess_programmes};

use crate::arguments::Explain;
use crate::failure::{Failure, GOOD};
use crate::input;
use crate::page::Page;
use crate::screen::{articles, disclaimer, read, top};
use crate::words::{change_by, day, standing, state};

pub(crate) fn explain(asked: &Explain) -> Result<u8, Failure> {
    let language = asked.asked.spoken.language();
    let (release, household) = read(&asked.asked, &asked.household)?;
    let programme = asked.programme.replace('-', "_");
    let Some((at, _)) = release.rules.programme_named(&programme) else {
        let ids: Vec<&str> = release.rules.programmes.iter().map(|p| p.id.as_str()).collect();
        let meant = nearest(&programme, ids.iter().copied()).map(|id| format!("; did you mean `{id}`?"));
        let (meant, list) = (meant.unwrap_or_default(), ids.join(", "));
        return Err(Failure::wrong_use(format!(
            "no programme `{programme}`{meant}\nprogrammes: {list}"
        )));
    };
    let ids: Vec<&str> = household.persons.iter().map(|person| person.id.as_str()).collect();
    if let Some(person) = asked.person.as_deref().filter(|person| !ids.contains(person)) {
        let list = ids.join(", ");
        return Err(Failure::wrong_use(format!(
            "no person `{person}` in this household\npersons: {list}"
        )));
    }
    let month = input::month(asked.asked.month);
    let assessment = assess_programmes(&release.rules, &household, month, Depth::Calendar, &[at]);
    let report = report(&release.rules, &household, &assessment, asked.asked.spoken.language());
    let of_programme = report.rows.iter().filter(|row| row.programme == programme);
    let rows: Vec<&Row> = of_programme
        .filter(|row| asked.person.is_none() || row.person.is_none() || row.person == asked.person)
        .collect();

    let mut page = Page::new();
    top(&mut page, &report, &household);
    if rows.is_empty() {
        page.gap();
        let vi = "Chính sách này không xét cho ai trong hộ vào tháng này.";
        page.paragraph(
            "",
            "",
            language.pick(vi, "This programme judges nobody of this household in this month."),
        );
    }
    for row in rows {
        Explained {
            page: &mut page,
            language,
        }
        .row(row);
    }
    disclaimer(&mut page, language);
    page.show()?;
    Ok(GOOD)
}

struct Explained<'p> {
    page: &'p mut Page,
    language: Language,
}

impl Explained<'_> {
    fn say<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        self.language.pick(vi, en)
    }

    fn heading(&mut self, vi: &str, en: &str) {
        self.page.heading(self.language.pick(vi, en));
    }

    fn row(&mut self, row: &Row) {
        self.page.heading(&"─".repeat(self.page.width()));
        self.page.bold("", &format!("{} · {}", row.title, row.who));
        let standing = standing(row.standing, self.language);
        if standing == row.answer_text {
            self.page.paragraph("", "  ", standing);
        } else {
            self.page
                .paragraph("", "  ", &format!("{standing}: {}", row.answer_text));
        }
        if row.summary != row.answer_text {
            self.page.paragraph("", "  ", &row.summary);
        }
        let rule_from = row.rule_from.as_deref().map(|from| day(from, self.language));
        let lines = [
            (self.say("Được gì", "Gives"), Some(row.gives.as_str())),
            (self.say("Từ khi nào", "From when"), row.starts.as_deref()),
            (self.say("Việc cần làm", "Next step"), Some(row.next_step.as_str())),
            (
                self.say("Sắp tới", "Next change"),
                row.next_change.as_ref().map(|change| change.text.as_str()),
            ),
            (
                self.say("Hưởng cùng chính sách khác", "Beside others"),
                row.combination.as_deref(),
            ),
            (
                self.say("Quy định áp dụng từ", "Rule in force from"),
                rule_from.as_deref(),
            ),
        ];
        for (label, text) in lines {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                self.page.paragraph("", "  ", &format!("{label}: {text}"));
            }
        }
        self.articles("  ", &row.articles);

        if !row.groups.is_empty() {
            self.heading("Vì sao", "Why");
            row.groups.iter().for_each(|group| self.group(group));
        }
        if !row.arithmetic.is_empty() {
            self.heading("Cách tính", "Arithmetic");
            row.arithmetic.iter().for_each(|step| self.step(step));
        }
        if !row.asks.is_empty() {
            self.heading("Còn cần biết", "What has to be known");
            for ask in &row.asks {
                self.page.item(&format!("{}: {}", ask.who, ask.question));
            }
        }
        if !row.presumed.is_empty() {
            self.heading("Luật coi là vậy khi chưa biết", "Presumed by law while not known");
            for presumed in &row.presumed {
                self.step(&Step {
                    text: presumed.text.clone(),
                    articles: presumed.articles.clone(),
                });
            }
        }
        if !row.papers.is_empty() {
            self.heading("Giấy tờ", "Papers");
            row.papers.iter().for_each(|paper| self.paper(paper));
        }
        if !row.would_change.is_empty() {
            self.heading("Điều gì sẽ làm đổi kết quả", "What would change the answer");
            for change in &row.would_change {
                let by = change_by(change.by, self.language);
                self.page.item(&format!("{by}: {}", change.text));
            }
        }
        if let Some(apply) = &row.apply {
            self.apply(apply);
        }
        if !row.notes.is_empty() {
            self.heading(
                "Ghi chú: điều chưa đưa vào quy tắc, cách hiểu luật",
                "Notes: what is not encoded, how the law is read",
            );
            row.notes.iter().for_each(|note| self.step(note));
        }
    }

    fn group(&mut self, group: &GroupReport) {
        let (sign, _) = state(group.state, self.language);
        let word = match group.state {
            State::Yes => self.say("thuộc nhóm này", "in this group"),
            State::No => self.say("không thuộc nhóm này", "not in this group"),
            State::Open => self.say("chưa rõ có thuộc nhóm này không", "not known whether in this group"),
        };
        self.page
            .signed("", group.state, sign, &format!("{} [{word}]", group.title));
        self.articles("    ", &group.articles);
        group
            .criteria
            .iter()
            .for_each(|criterion| self.criterion(criterion, "  ", group.state));
    }

    /// What does not decide the state above it is told in one line: its parts would only hide what decides.
    fn criterion(&mut self, criterion: &Criterion, indent: &str, above: State) {
        let decides = criterion.state == above;
        let parts = if decides { criterion.parts.as_slice() } else { &[] };
        let (sign, word) = state(criterion.state, self.language);
        let mut text = format!("{} [{word}]", criterion.text);
        if !parts.is_empty() {
            let join = match criterion.join {
                Join::All => self.say("cần đủ", "all are needed"),
                Join::Any => self.say("chỉ cần một", "one is enough"),
            };
            text = format!("{text}; {join}:");
        }
        self.page.signed(indent, criterion.state, sign, &text);
        let below = format!("{indent}  ");
        let known = match (criterion.value.as_str(), criterion.source.as_str()) {
            ("", "") => String::new(),
            (value, "") => format!("{}: {value}", self.say("giá trị", "value")),
            (value, source) => format!("{}: {value} ({source})", self.say("giá trị", "value")),
        };
        if !known.is_empty() {
            self.page.paragraph(&below, &below, &known);
        }
        self.articles(&below, &criterion.articles);
        parts
            .iter()
            .for_each(|part| self.criterion(part, &below, criterion.state));
    }

    fn articles(&mut self, indent: &str, list: &[Article]) {
        for text in articles(list) {
            self.page
                .paragraph(&format!("{indent}§ "), &format!("{indent}  "), text);
        }
    }

    fn step(&mut self, step: &Step) {
        self.page.item(&step.text);
        self.articles("    ", &step.articles);
    }

    fn paper(&mut self, paper: &Paper) {
        let seen = match paper.seen {
            true => self.say("[đã xem]", "[seen]"),
            false => self.say("[chưa thấy]", "[not seen]"),
        };
        let mut text = format!("{seen} {}", paper.title);
        if !paper.from.is_empty() {
            text = format!("{text}; {} {}", self.say("nơi cấp:", "issued by"), paper.from);
        }
        if !paper.proves.is_empty() {
            text = format!("{text}; {} {}", self.say("chứng minh:", "proves:"), paper.proves);
        }
        self.page.item(&text);
    }

    fn apply(&mut self, apply: &Apply) {
        self.heading("Cách đề nghị", "How to apply");
        let days = apply.days.map(|n| match (self.language, n) {
            (Language::Vi, n) => format!("{n} ngày làm việc"),
            (Language::En, 1) => "1 working day".to_owned(),
            (Language::En, n) => format!("{n} working days"),
        });
        let lines = [
            (self.say("Mẫu đơn", "Form"), apply.form.as_str()),
            (self.say("Nơi nộp", "Where"), &apply.at),
            (self.say("Ai quyết định", "Who decides"), &apply.decides),
            (
                self.say("Có kết quả trong", "Decided within"),
                days.as_deref().unwrap_or_default(),
            ),
            (
                self.say("Hạn nộp", "Apply by"),
                apply.within.as_deref().unwrap_or_default(),
            ),
        ];
        for (label, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
            self.page.item(&format!("{label}: {text}"));
        }
        self.articles("    ", &apply.articles);
    }
}
