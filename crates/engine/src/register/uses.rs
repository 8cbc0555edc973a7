//! Every place in rule files that cites a legal text.

use jiff::civil::Date;
use serde::Serialize;

use super::{Register, end_of_value, end_of_version, parameter_named};
use crate::diagnostic::Span;
use crate::read::{AdditionFile, At, Case, Citation, Condition, Group, KeepBoth, LeftOut, Reading, RuleFiles, Text};
use crate::words::Language;

/// What a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A programme.
    Programme,
    /// A parameter.
    Parameter,
    /// A fact.
    Fact,
    /// A term.
    Term,
    /// The list of provinces.
    Provinces,
    /// The holidays of a year.
    Holidays,
}

impl Kind {
    /// Returns its word.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            Kind::Programme => language.pick("chính sách", "programme"),
            Kind::Parameter => language.pick("mức", "parameter"),
            Kind::Fact => language.pick("thông tin", "fact"),
            Kind::Term => language.pick("đại lượng", "term"),
            Kind::Provinces => language.pick("danh sách tỉnh", "provinces"),
            Kind::Holidays => language.pick("ngày nghỉ lễ", "holidays"),
        }
    }
}

/// Which part of a rule cites a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RulePart {
    /// The version of a programme as a whole, or the term as a whole.
    Whole,
    /// That a beginning may lie before the text was in force.
    Backdated,
    /// Who may set it, or add groups to it.
    Competence,
    /// How long or how often at most.
    Limit,
    /// A condition that every group needs.
    Requires,
    /// A group.
    Group,
    /// One of several alternatives of a group.
    Point,
    /// How much.
    Case,
    /// A carve-out of a case.
    Exception,
    /// What may not be combined.
    Choose,
    /// What may be kept beside.
    KeepBoth,
    /// From when it is paid.
    Start,
    /// Until when it is paid.
    Stop,
    /// A time in which nothing is paid.
    Pause,
    /// How to claim.
    Apply,
    /// The form.
    Form,
    /// How the law is read.
    Reading,
    /// What is knowingly not encoded.
    LeftOut,
    /// A dated value.
    Value,
    /// What is presumed of a fact.
    Presumption,
}

impl RulePart {
    /// Returns its word.
    #[must_use]
    pub fn word(self, language: Language) -> &'static str {
        match self {
            RulePart::Whole => language.pick("toàn bộ", "as a whole"),
            RulePart::Backdated => language.pick("áp dụng hồi tố", "backdated"),
            RulePart::Competence => language.pick("thẩm quyền", "competence"),
            RulePart::Limit => language.pick("giới hạn", "limit"),
            RulePart::Requires => language.pick("điều kiện chung", "requirement"),
            RulePart::Group => language.pick("đối tượng", "group"),
            RulePart::Point => language.pick("điểm", "point"),
            RulePart::Case => language.pick("mức hưởng", "case"),
            RulePart::Exception => language.pick("ngoại lệ", "exception"),
            RulePart::Choose => language.pick("chỉ hưởng một", "contest"),
            RulePart::KeepBoth => language.pick("được hưởng đồng thời", "kept beside"),
            RulePart::Start => language.pick("thời điểm hưởng", "start"),
            RulePart::Stop => language.pick("thời điểm thôi hưởng", "stop"),
            RulePart::Pause => language.pick("tạm dừng", "pause"),
            RulePart::Apply => language.pick("thủ tục", "how to claim"),
            RulePart::Form => language.pick("mẫu đơn", "form"),
            RulePart::Reading => language.pick("cách hiểu", "reading"),
            RulePart::LeftOut => language.pick("chưa xét", "left out"),
            RulePart::Value => language.pick("giá trị", "value"),
            RulePart::Presumption => language.pick("suy đoán", "presumption"),
        }
    }
}

/// A citation in a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use<'f> {
    /// What is cited.
    pub citation: &'f Citation,
    /// Where it is written.
    pub span: Span,
    /// What the rule is.
    pub kind: Kind,
    /// The rule's name.
    pub id: &'f str,
    /// The rule's title.
    pub title: &'f Text,
    /// The first day of the version or value; none where the rule has no days.
    pub from: Option<Date>,
    /// The first day on which it holds no longer.
    pub until: Option<Date>,
    /// Which part of it.
    pub part: RulePart,
    /// The name of the part; empty where it has none.
    pub name: &'f str,
    /// The part in words: its title, the reading, why it is left out.
    pub text: Option<&'f Text>,
}

/// A rule that rests on a legal text, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resting {
    /// The file, by its path in the folder of rules.
    pub path: String,
    /// The line of the citation, from 1.
    pub line: usize,
    /// The citation as written.
    pub citation: String,
    /// What the rule is.
    pub kind: Kind,
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The first day of the version or value.
    pub from: Option<String>,
    /// The first day on which it holds no longer.
    pub until: Option<String>,
    /// Which part of it.
    pub part: RulePart,
    /// The name of the part; empty where it has none.
    pub name: String,
    /// The part in words; empty where it has none.
    pub text: String,
}

impl Register<'_> {
    pub(super) fn resting(&self, of: &Use<'_>, language: Language) -> Resting {
        let (path, line) = self.place(of.span);
        Resting {
            path,
            line,
            citation: of.citation.to_string(),
            kind: of.kind,
            id: of.id.to_owned(),
            title: language.of(of.title).to_owned(),
            from: of.from.map(|day| day.to_string()),
            until: of.until.map(|day| day.to_string()),
            part: of.part,
            name: of.name.to_owned(),
            text: of.text.map(|text| language.of(text).to_owned()).unwrap_or_default(),
        }
    }
}

/// Returns every citation of the rule files, by file and place.
pub(super) fn uses(rules: &RuleFiles) -> Vec<Use<'_>> {
    let mut all = Vec::new();
    parameters(rules, &mut all);
    facts_and_terms(rules, &mut all);
    for version in &rules.programmes {
        let mut of = Gatherer {
            kind: Kind::Programme,
            id: &version.id.value,
            title: &version.title,
            from: Some(version.from),
            until: end_of_version(rules, version),
            into: &mut all,
        };
        of.add(&version.cite, RulePart::Whole, "", None);
        of.add(&version.backdated, RulePart::Backdated, "", None);
        if let Some(open) = &version.open {
            of.add(&open.cite, RulePart::Competence, "", None);
        }
        if let Some((cite, text)) = &version.pays.limit {
            of.add(cite, RulePart::Limit, "", Some(text));
        }
        of.left_out(&version.left_out);
        of.readings(&version.readings);
        of.conditions(&version.requires, RulePart::Requires);
        of.groups(&version.groups);
        of.cases(&version.cases, RulePart::Case);
        if let Some(choose) = &version.choose {
            of.add(&choose.cite, RulePart::Choose, "", None);
            of.keep_both(&choose.keep_both);
        }
        if let Some(start) = &version.start {
            of.add(&start.general.cite, RulePart::Start, "", None);
            for (group, rule) in &start.except {
                of.add(&rule.cite, RulePart::Start, &group.value, None);
            }
        }
        if let Some(stop) = &version.stop {
            of.add(&stop.cite, RulePart::Stop, "", None);
        }
        for pause in &version.pauses {
            of.add(&pause.cite, RulePart::Pause, &pause.name.value, Some(&pause.title));
        }
        if let Some(apply) = &version.apply {
            of.add(&apply.cite, RulePart::Apply, "", None);
            if let Some((cite, text)) = &apply.form {
                of.add(cite, RulePart::Form, "", Some(text));
            }
        }
    }
    for provinces in &rules.provinces {
        let later = rules.provinces.iter().map(|other| other.from);
        let mut of = Gatherer {
            kind: Kind::Provinces,
            id: "provinces",
            title: &provinces.title,
            from: Some(provinces.from),
            until: later.filter(|from| *from > provinces.from).min(),
            into: &mut all,
        };
        of.add(&provinces.cite, RulePart::Whole, "", None);
        of.readings(&provinces.readings);
    }
    for holidays in &rules.holidays {
        let mut of = Gatherer {
            kind: Kind::Holidays,
            id: "holidays",
            title: &holidays.title,
            from: Date::new(holidays.year, 1, 1).ok(),
            until: holidays.year.checked_add(1).and_then(|year| Date::new(year, 1, 1).ok()),
            into: &mut all,
        };
        of.add(&holidays.cite, RulePart::Whole, "", None);
        of.readings(&holidays.readings);
    }
    for addition in &rules.additions {
        local_groups(rules, addition, &mut all);
    }
    all.sort_by_key(|found| found.span);
    all
}

fn parameters<'f>(rules: &'f RuleFiles, all: &mut Vec<Use<'f>>) {
    for parameter in &rules.parameters {
        let mut of = Gatherer {
            kind: Kind::Parameter,
            id: &parameter.name.value,
            title: &parameter.title,
            from: None,
            until: None,
            into: all,
        };
        if let Some(local) = &parameter.local {
            of.add(&local.cite, RulePart::Competence, "", None);
        }
        of.values(&parameter.dated);
    }
    for fill in &rules.fills {
        // A slot that nobody declares is a finding of the checker.
        let Some(parameter) = parameter_named(rules, &fill.name.value) else {
            continue;
        };
        let mut of = Gatherer {
            kind: Kind::Parameter,
            id: &fill.name.value,
            title: &parameter.title,
            from: None,
            until: None,
            into: all,
        };
        of.readings(&fill.readings);
        of.values(&fill.dated);
    }
}

fn facts_and_terms<'f>(rules: &'f RuleFiles, all: &mut Vec<Use<'f>>) {
    for fact in &rules.facts {
        let mut of = Gatherer {
            kind: Kind::Fact,
            id: &fact.name.value,
            title: &fact.title,
            from: None,
            until: None,
            into: all,
        };
        if let Some(assume) = &fact.assume {
            of.add(&assume.cite, RulePart::Presumption, "", Some(&assume.says));
        }
    }
    for term in &rules.terms {
        let mut of = Gatherer {
            kind: Kind::Term,
            id: &term.name.value,
            title: &term.title,
            from: None,
            until: None,
            into: all,
        };
        of.add(&term.cite, RulePart::Whole, "", term.reading.as_ref());
    }
}

fn local_groups<'f>(rules: &'f RuleFiles, addition: &'f AdditionFile, all: &mut Vec<Use<'f>>) {
    let id = &addition.programme.value;
    let Some(programme) = rules.programmes.iter().rev().find(|version| version.id.value == *id) else {
        return;
    };
    let mut of = Gatherer {
        kind: Kind::Programme,
        id,
        title: &programme.title,
        from: Some(addition.from),
        until: addition.ends.as_ref().map(|ends| ends.value),
        into: all,
    };
    of.add(&addition.cite, RulePart::Whole, "", None);
    of.add(&addition.backdated, RulePart::Backdated, "", None);
    of.left_out(&addition.left_out);
    of.readings(&addition.readings);
    of.groups(&addition.groups);
    of.cases(&addition.cases, RulePart::Case);
    of.keep_both(&addition.keep_both);
}

/// The citations of one rule, being gathered.
struct Gatherer<'f, 'a> {
    kind: Kind,
    id: &'f str,
    title: &'f Text,
    from: Option<Date>,
    until: Option<Date>,
    into: &'a mut Vec<Use<'f>>,
}

impl<'f> Gatherer<'f, '_> {
    fn add(&mut self, cites: &'f [At<Citation>], part: RulePart, name: &'f str, text: Option<&'f Text>) {
        for cite in cites {
            self.into.push(Use {
                citation: &cite.value,
                span: cite.span,
                kind: self.kind,
                id: self.id,
                title: self.title,
                from: self.from,
                until: self.until,
                part,
                name,
                text,
            });
        }
    }

    fn values(&mut self, dated: &'f [crate::read::DatedValue]) {
        for (at, value) in dated.iter().enumerate() {
            self.from = Some(value.from.value);
            self.until = end_of_value(dated, at);
            self.add(&value.cite, RulePart::Value, "", None);
            self.add(&value.backdated, RulePart::Backdated, "", None);
        }
        (self.from, self.until) = (None, None);
    }

    fn left_out(&mut self, list: &'f [LeftOut]) {
        for left_out in list {
            self.add(&left_out.cite, RulePart::LeftOut, "", Some(&left_out.why));
        }
    }

    fn readings(&mut self, list: &'f [Reading]) {
        for reading in list {
            self.add(&reading.cite, RulePart::Reading, "", Some(&reading.says));
        }
    }

    fn conditions(&mut self, list: &'f [Condition], part: RulePart) {
        for condition in list {
            self.add(&condition.cite, part, &condition.name.value, condition.title.as_ref());
        }
    }

    fn groups(&mut self, list: &'f [Group]) {
        for group in list {
            self.add(&group.cite, RulePart::Group, &group.name.value, Some(&group.title));
            self.conditions(&group.any, RulePart::Point);
        }
    }

    fn cases(&mut self, list: &'f [Case], part: RulePart) {
        for case in list {
            self.add(&case.cite, part, &case.name.value, None);
            self.cases(&case.except, RulePart::Exception);
        }
    }

    fn keep_both(&mut self, list: &'f [KeepBoth]) {
        for keep in list {
            self.add(&keep.cite, RulePart::KeepBoth, &keep.with.value, None);
        }
    }
}
