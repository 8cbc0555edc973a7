//! What a declaration of the rules says, line by line, so that two can be laid beside each other.

use ansinh_engine::Language;
use ansinh_engine::read::{At, Audience, Citation, Each, Scope, StartRule, Text};
use ansinh_engine::report::Every;
use ansinh_engine::rules::{Case, Dated, Group, NodeId, RuleSet, Type, Version};
use jiff::civil::Date;

use super::{Declared, PartDifference, ToldLine};
use crate::written::written;

/// One thing that a declaration says.
pub(super) struct Line {
    /// By what two are the same thing: the part of the rule and its name.
    key: (&'static str, String),
    /// Which part, in words.
    part: String,
    /// What it says.
    said: Said,
}

/// What stands in a place: in words, and by what it is compared. A title that changes is a change where it stands, not where
/// it is named.
#[derive(Clone, Debug, Default)]
struct Said {
    words: String,
    means: String,
}

impl From<String> for Said {
    fn from(words: String) -> Said {
        let means = words.clone();
        Said { words, means }
    }
}

/// Returns the lines that differ, in the order of the new ones; what is gone last.
pub(super) fn parts(old: &[Line], new: &[Line]) -> Vec<PartDifference> {
    let mut left: Vec<&Line> = old.iter().collect();
    let mut all = Vec::new();
    for line in new {
        let same = left.iter().position(|known| known.key == line.key);
        let before = same.map(|at| left.remove(at));
        if before.is_some_and(|before| before.said.means == line.said.means) {
            continue;
        }
        all.push(PartDifference {
            part: line.part.clone(),
            before: before.map(|before| before.said.words.clone()),
            after: Some(line.said.words.clone()),
        });
    }
    all.extend(left.into_iter().map(|line| PartDifference {
        part: line.part.clone(),
        before: Some(line.said.words.clone()),
        after: None,
    }));
    all
}

/// Returns lines as they are read, without comparing them with others.
pub(super) fn told(lines: Vec<Line>) -> Vec<ToldLine> {
    let told = lines.into_iter().map(|line| ToldLine {
        part: line.part,
        says: line.said.words,
    });
    told.collect()
}

/// Puts the lines of a declaration together.
struct Lines<'r> {
    rules: &'r RuleSet,
    language: Language,
    all: Vec<Line>,
}

/// Returns what a version of a programme says.
pub(super) fn version(rules: &RuleSet, version: &Version, ends: Option<Date>, language: Language) -> Vec<Line> {
    let mut lines = Lines::new(rules, language);
    lines.say("title", ("tên gọi", "title"), lines.of(&version.title));
    lines.say("stages", ("giai đoạn", "stages of life"), version.stages.join(", "));
    lines.say(
        "for",
        ("dành cho", "for"),
        audience(version.audience, version.on_death, language),
    );
    lines.cites("cite", ("căn cứ", "resting on"), &version.cite);
    lines.say(
        "what",
        ("hình thức", "given as"),
        given(&version.what, version.every, language),
    );
    if let Some(amount) = version.amount {
        let said = lines.phrase(amount);
        lines.say("amount", ("mức chi trả", "amount"), said);
    }
    if let Some(label) = &version.label {
        lines.say("label", ("nội dung hỗ trợ", "what is given"), lines.of(label));
    }
    if let Some((cite, says)) = &version.limit {
        let text = lines.with_cite(lines.of(says), &plain(cite));
        lines.say("limit", ("giới hạn", "limit"), text);
    }
    if let Some(until) = ends {
        lines.say("until", ("hết áp dụng từ", "no longer from"), language.day(until));
    }
    for condition in &version.requires {
        let text = lines.condition(condition.title.as_ref(), condition.when, &condition.cite);
        lines.named("requires", &condition.name, ("điều kiện chung", "requirement"), text);
    }
    for group in &version.groups {
        lines.group(group);
    }
    if let Some(choose) = &version.choose {
        let each = match (language, choose.each.value) {
            (Language::Vi, Each::Person) => "mỗi người chỉ hưởng một",
            (Language::En, Each::Person) => "one for each person",
            (Language::Vi, Each::Couple) => "mỗi cặp vợ chồng chỉ hưởng một",
            (Language::En, Each::Couple) => "one for a couple",
            (Language::Vi, Each::Household) => "mỗi hộ chỉ hưởng một",
            (Language::En, Each::Household) => "one for a household",
        };
        let text = lines.with_cite(format!("{each} ({})", choose.across.value), &plain(&choose.cite));
        lines.say("choose", ("chỉ hưởng một", "may not be combined"), text);
        for kept in &choose.keep_both {
            let other = rules
                .programme_named(&kept.with.value)
                .and_then(|(_, other)| other.versions.last());
            let other = other.map_or_else(|| kept.with.value.clone(), |other| lines.of(&other.title));
            let groups: Vec<&str> = kept.groups.iter().map(|group| group.value.as_str()).collect();
            let text = if groups.is_empty() {
                other
            } else {
                format!("{other} [{}]", groups.join(", "))
            };
            let text = lines.with_cite(text, &plain(&kept.cite));
            lines.named(
                "keep_both",
                &kept.with.value,
                ("được hưởng đồng thời", "kept beside"),
                text,
            );
        }
    }
    if let Some(start) = &version.start {
        let text = lines.start(&start.general);
        lines.say("start", ("thời điểm hưởng", "paid from"), text);
        for (group, rule) in &start.except {
            let text = lines.start(rule);
            lines.named("start", &group.value, ("thời điểm hưởng", "paid from"), text);
        }
    }
    if let Some(cite) = &version.stops_after {
        let text = language.pick(
            "trả hết tháng không còn đủ điều kiện",
            "paid through the month in which the conditions end",
        );
        let text = lines.with_cite(text.to_owned(), cite);
        lines.say("stop", ("thời điểm thôi hưởng", "paid until"), text);
    }
    for pause in &version.pauses {
        let text = lines.condition(Some(&pause.title), pause.when, &pause.unless.cite);
        lines.named("pause", &pause.unless.name, ("tạm dừng", "pause"), text);
    }
    lines.apply(version);
    for left_out in &version.left_out {
        let cite = ids(&left_out.cite);
        let text = format!("{cite}: {}", language.of(&left_out.why));
        lines.named("left_out", &cite, ("chưa xét", "left out"), text);
    }
    for reading in &version.readings {
        let cite = ids(&reading.cite);
        let text = format!("{cite}: {}", language.of(&reading.says));
        lines.named("reading", &cite, ("cách hiểu", "reading"), text);
    }
    lines.all
}

/// Returns what each parameter says.
pub(super) fn parameters(rules: &RuleSet, language: Language) -> Vec<Declared> {
    let of = |parameter: &ansinh_engine::rules::Parameter| {
        let mut lines = Lines::new(rules, language);
        lines.say("title", ("tên gọi", "title"), lines.of(&parameter.title));
        for (at, value) in parameter.dated.iter().enumerate() {
            // Where the next value begins the end goes without saying.
            let next = parameter.dated.get(at + 1).map(|next| next.from);
            lines.value(value, value.until.filter(|until| Some(*until) != next), parameter.unit);
        }
        for reading in &parameter.local_readings {
            let cite = ids(&reading.cite);
            let text = lines.noted(&reading.cite, &reading.says);
            lines.named("reading", &cite, ("cách hiểu", "reading"), text);
        }
        Declared {
            id: parameter.name.clone(),
            title: lines.of(&parameter.title),
            lines: lines.all,
        }
    };
    rules.parameters.iter().map(of).collect()
}

/// Returns what each legal text says of itself.
pub(super) fn instruments(rules: &RuleSet, language: Language) -> Vec<Declared> {
    let of = |instrument: &ansinh_engine::read::InstrumentFile| {
        let mut lines = Lines::new(rules, language);
        let whole = Citation {
            instrument: instrument.id.value.clone(),
            place: ansinh_engine::read::Place::Whole,
        };
        let name = language.article(rules, &whole).text;
        lines.say("number", ("số, ký hiệu", "number"), name.clone());
        lines.say("title", ("trích yếu", "title"), lines.of(&instrument.title));
        lines.say("issued", ("ban hành", "issued"), language.day(instrument.issued));
        lines.say(
            "in_force",
            ("hiệu lực từ", "in force from"),
            language.day(instrument.in_force),
        );
        if let Some(ends) = instrument.ends {
            lines.say("ends", ("hết hiệu lực từ", "no longer from"), language.day(ends));
        }
        for other in &instrument.amends {
            lines.named("amends", &other.value, ("sửa đổi", "amends"), other.value.clone());
        }
        for other in &instrument.replaces {
            lines.named("replaces", &other.value, ("thay thế", "replaces"), other.value.clone());
        }
        Declared {
            id: instrument.id.value.clone(),
            title: format!("{name} – {}", language.of(&instrument.title)),
            lines: lines.all,
        }
    };
    rules.instruments.values().map(of).collect()
}

/// Returns what each term says.
pub(super) fn terms(rules: &RuleSet, language: Language) -> Vec<Declared> {
    let of = |term: &ansinh_engine::rules::Term| {
        let mut lines = Lines::new(rules, language);
        lines.say("title", ("tên gọi", "title"), lines.of(&term.title));
        let said = lines.phrase(term.is);
        lines.say("is", ("cách tính", "what it is"), said);
        lines.cites("cite", ("căn cứ", "resting on"), &term.cite);
        Declared {
            id: scoped(term.scope, &term.name),
            title: lines.of(&term.title),
            lines: lines.all,
        }
    };
    rules.terms.iter().map(of).collect()
}

/// Returns what each fact says.
pub(super) fn facts(rules: &RuleSet, language: Language) -> Vec<Declared> {
    let of = |fact: &ansinh_engine::rules::Fact| {
        let mut lines = Lines::new(rules, language);
        lines.say("title", ("tên gọi", "title"), lines.of(&fact.title));
        lines.say("ask", ("câu hỏi", "question"), lines.of(&fact.ask));
        if let Some(why) = &fact.why {
            lines.say("why", ("vì sao hỏi", "why we ask"), lines.of(why));
        }
        if let Type::Choice(choices) = &fact.kind {
            for (name, label) in choices.iter() {
                lines.named("choice", name, ("lựa chọn", "choice"), lines.of(label));
            }
        }
        if let Some((low, high)) = fact.range {
            let text = format!("{} – {}", language.grouped(low), language.grouped(high));
            lines.say("range", ("khoảng giá trị", "range"), text);
        }
        if !fact.proof.is_empty() {
            let sets = fact.proof.iter().map(|set| {
                let titles: Vec<String> = set.iter().map(|paper| lines.paper(paper)).collect();
                language.all_of(&titles)
            });
            let words = language.any_of(&sets.collect::<Vec<_>>());
            let means = format!("{:?}", fact.proof);
            lines.say("proof", ("giấy tờ chứng minh", "papers"), Said { words, means });
        }
        if let Some(judge) = &fact.judged_by {
            lines.say("judged_by", ("ai xác định", "decided by"), lines.of(judge));
        }
        if let Some(assume) = &fact.assume {
            let text = lines.with_cite(lines.of(&assume.says), &assume.cite);
            lines.say("assume", ("suy đoán", "presumption"), text);
        }
        for (key, is, words) in [
            ("sensitive", fact.sensitive, ("nhạy cảm", "sensitive")),
            ("absent", fact.can_be_absent, ("có thể không có", "can be absent")),
        ] {
            if is {
                lines.say(key, words, language.pick("có", "yes").to_owned());
            }
        }
        Declared {
            id: scoped(fact.scope, &fact.name),
            title: lines.of(&fact.title),
            lines: lines.all,
        }
    };
    rules.facts.iter().map(of).collect()
}

/// Returns what each paper says.
pub(super) fn papers(rules: &RuleSet, language: Language) -> Vec<Declared> {
    let of = |(name, paper): (&String, &ansinh_engine::read::PaperFile)| {
        let mut lines = Lines::new(rules, language);
        lines.say("title", ("tên gọi", "title"), lines.of(&paper.title));
        lines.say("from", ("nơi cấp", "issued by"), lines.of(&paper.from));
        Declared {
            id: name.clone(),
            title: lines.of(&paper.title),
            lines: lines.all,
        }
    };
    rules.papers.iter().map(of).collect()
}

/// Returns what each list of provinces says.
pub(super) fn provinces(rules: &RuleSet, language: Language) -> Vec<Declared> {
    let of = |list: &ansinh_engine::rules::Provinces| {
        let mut lines = Lines::new(rules, language);
        for province in &list.all {
            let text = format!("{} ({})", language.of(&province.name), province.before.join(", "));
            lines.named("province", &province.code, ("tỉnh", "province"), text);
        }
        Declared {
            id: list.from.to_string(),
            title: language.day(list.from),
            lines: lines.all,
        }
    };
    rules.provinces.iter().map(of).collect()
}

fn scoped(scope: Scope, name: &str) -> String {
    match scope {
        Scope::Person => format!("person.{name}"),
        Scope::Household => format!("household.{name}"),
    }
}

fn plain(cites: &[At<Citation>]) -> Vec<Citation> {
    cites.iter().map(|cite| cite.value.clone()).collect()
}

fn ids(cites: &[At<Citation>]) -> String {
    let ids = cites.iter().map(|cite| cite.value.to_string());
    ids.collect::<Vec<_>>().join(" ")
}

fn audience(audience: Audience, on_death: bool, language: Language) -> String {
    let who = match audience {
        Audience::Person => language.pick("từng người", "each person"),
        Audience::Household => language.pick("cả hộ", "the household"),
        Audience::Deceased => language.pick("người đã mất", "the deceased"),
    };
    let day = if on_death {
        language.pick(", xét vào ngày mất", ", judged on the day of death")
    } else {
        ""
    };
    format!("{who}{day}")
}

fn given(what: &str, every: Every, language: Language) -> String {
    let what = match what {
        "cash" => language.pick("tiền", "cash"),
        "card" => language.pick("thẻ", "a card"),
        "in_kind" => language.pick("hiện vật, dịch vụ", "in kind"),
        "loan" => language.pick("khoản vay", "a loan"),
        other => other,
    };
    let every = match every {
        Every::Month => language.pick("hằng tháng", "each month"),
        Every::Year => language.pick("hằng năm", "each year"),
        Every::Once => language.pick("một lần", "once"),
    };
    format!("{what}, {every}")
}

impl<'r> Lines<'r> {
    fn new(rules: &'r RuleSet, language: Language) -> Lines<'r> {
        Lines {
            rules,
            language,
            all: Vec::new(),
        }
    }

    fn of(&self, text: &Text) -> String {
        self.language.of(text).to_owned()
    }

    fn say(&mut self, key: &'static str, (vi, en): (&str, &str), said: impl Into<Said>) {
        self.all.push(Line {
            key: (key, String::new()),
            part: self.language.pick(vi, en).to_owned(),
            said: said.into(),
        });
    }

    fn named(&mut self, key: &'static str, name: &str, (vi, en): (&str, &str), said: impl Into<Said>) {
        self.all.push(Line {
            key: (key, name.to_owned()),
            part: self.language.pick(vi, en).to_owned(),
            said: said.into(),
        });
    }

    fn cites(&mut self, key: &'static str, words: (&str, &str), cites: &[Citation]) {
        let text = self.with_cite(Said::default(), cites);
        self.say(key, words, text);
    }

    fn articles(&self, cites: &[Citation]) -> String {
        let articles = cites.iter().map(|cite| self.language.article(self.rules, cite).text);
        articles.collect::<Vec<_>>().join("; ")
    }

    /// A remark on articles: what is left out, how they are read.
    fn noted(&self, cites: &[At<Citation>], says: &Text) -> Said {
        let says = self.language.of(says);
        Said {
            words: format!("{}: {says}", self.articles(&plain(cites))),
            means: says.to_owned(),
        }
    }

    fn with_cite(&self, said: impl Into<Said>, cites: &[Citation]) -> Said {
        let said = said.into();
        if cites.is_empty() {
            return said;
        }
        let articles = self.articles(cites);
        let words = if said.words.is_empty() {
            articles
        } else {
            format!("{} ({articles})", said.words)
        };
        let ids: Vec<String> = cites.iter().map(Citation::to_string).collect();
        Said {
            words,
            means: format!("{} {}", said.means, ids.join(" ")),
        }
    }

    /// An expression: as a phrase, compared by the names in it.
    fn phrase(&self, node: NodeId) -> Said {
        Said {
            words: self.language.phrase(self.rules, node),
            means: written(self.rules, node, &mut Vec::new()),
        }
    }

    fn condition(&self, title: Option<&Text>, when: NodeId, cites: &[Citation]) -> Said {
        let phrase = self.phrase(when);
        let said = match title {
            Some(title) if self.language.of(title) != phrase.words => Said {
                words: format!("{}: {}", self.language.of(title), phrase.words),
                means: format!("{}: {}", self.language.of(title), phrase.means),
            },
            _ => phrase,
        };
        self.with_cite(said, cites)
    }

    fn group(&mut self, group: &Group) {
        let text = self.condition(Some(&group.title), group.when, &group.cite);
        self.named("group", &group.name, ("đối tượng", "group"), text);
        for point in &group.any {
            let text = self.condition(point.title.as_ref(), point.when, &point.cite);
            let name = format!("{}/{}", group.name, point.name);
            self.named("point", &name, ("điểm", "point"), text);
        }
        for case in &group.cases {
            self.case("case", ("mức hưởng", "case"), &group.name, &self.of(&group.title), case);
        }
    }

    fn case(&mut self, key: &'static str, words: (&str, &str), within: &str, title: &str, case: &Case) {
        let coefficient = self.language.grouped(case.coefficient);
        let coefficient = format!("{} {coefficient}", self.language.pick("hệ số", "coefficient"));
        let said = match case.when.map(|when| self.phrase(when)) {
            Some(when) => Said {
                words: format!("{title}; {}: {coefficient}", when.words),
                means: format!("{}: {coefficient}", when.means),
            },
            None => Said {
                words: format!("{title}: {coefficient}"),
                means: coefficient,
            },
        };
        let said = self.with_cite(said, &case.cite);
        let name = format!("{within}/{}", case.name);
        self.named(key, &name, words, said);
        for except in &case.except {
            self.case("except", ("ngoại lệ", "exception"), &name, title, except);
        }
    }

    fn value(&mut self, value: &Dated, ends: Option<Date>, unit: ansinh_engine::rules::Unit) {
        let language = self.language;
        let figure = language.number(value.is, unit);
        let text = match ends {
            Some(until) => format!(
                "{figure}, {} {}",
                language.pick("đến trước", "until"),
                language.day(until)
            ),
            None => figure,
        };
        let text = self.with_cite(text, &value.cite);
        let from = language.day(value.from);
        self.all.push(Line {
            key: ("value", value.from.to_string()),
            part: match language {
                Language::Vi => format!("giá trị từ {from}"),
                Language::En => format!("value from {from}"),
            },
            said: text,
        });
    }

    fn start(&self, rule: &StartRule) -> Said {
        let says = match &rule.fact {
            Some(fact) => {
                let title = self.rules.facts.iter().find(|known| known.name == fact.value);
                let title = title.map_or_else(|| fact.value.clone(), |fact| self.of(&fact.title));
                match self.language {
                    Language::Vi => format!("tháng của: {title}"),
                    Language::En => format!("the month of: {title}"),
                }
            }
            None => self
                .language
                .pick("tháng ra quyết định", "the month of the decision")
                .to_owned(),
        };
        self.with_cite(says, &plain(&rule.cite))
    }

    fn paper(&self, name: &str) -> String {
        let known = self.rules.papers.get(name);
        known.map_or_else(|| name.to_owned(), |paper| self.of(&paper.title))
    }

    fn apply(&mut self, version: &Version) {
        let Some(apply) = &version.apply else { return };
        if let Some((cite, title)) = &apply.form {
            let text = self.with_cite(self.of(title), &plain(cite));
            self.say("form", ("mẫu đơn", "form"), text);
        }
        for paper in &apply.papers {
            let (words, means) = (self.paper(&paper.value), paper.value.clone());
            self.named(
                "paper",
                &paper.value,
                ("giấy tờ phải nộp", "paper handed in"),
                Said { words, means },
            );
        }
        for (key, text, words) in [
            ("at", &apply.at, ("nơi nộp", "where to apply")),
            ("decides", &apply.decides, ("ai quyết định", "who decides")),
            ("within", &apply.within, ("thời hạn nộp", "when to apply")),
        ] {
            if let Some(text) = text {
                self.say(key, words, self.of(text));
            }
        }
        if let Some(days) = apply.days {
            let text = format!("{days} {}", self.language.pick("ngày làm việc", "working days"));
            self.say("days", ("thời hạn giải quyết", "decided within"), text);
        }
        self.cites("apply", ("thủ tục theo", "procedure by"), &plain(&apply.cite));
    }
}
