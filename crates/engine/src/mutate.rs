//! Mutants: rules changed in one small place, to find out whether a worked case would notice.
//!
//! A mutant is made in the text of a rule file and compiled like any other, so that what is tried is what a slip of the pen
//! would do. LANGUAGE.md §9 lists the changes. What only words, papers and procedure say is left alone: no case can see it.

mod expressions;
mod trial;

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::Span;
use crate::read::{
    At, Case, Condition, DatedValue, Group, KeepBoth, ParameterFile, ProgrammeFile, RuleFiles, TermFile, TermKind,
};
use crate::syntax::Expr;
use crate::words::Language;

use expressions::{Asked, changed};
pub use trial::{Trial, Verdict};

/// Rule files: path with `/` and bytes.
pub type Files = Vec<(String, Vec<u8>)>;

/// What was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A number by 1, or a day by a day.
    Constant,
    /// Whether a bound belongs: `<` and `<=`, `>` and `>=`, `..<` and `..=`.
    Bound,
    /// A condition turned round.
    Negation,
    /// `and` and `or`.
    Joint,
    /// One of several conditions that must hold left out.
    Conjunct,
    /// One of several conditions of which one must hold left out.
    Disjunct,
    /// A choice left out of a list.
    Choice,
    /// `any` and `all`.
    People,
    /// Everybody counted, whatever the condition.
    Filter,
    /// One branch of an `if` taken always.
    Branch,
    /// `+` and `-`.
    Sign,
    /// `min` and `max`, `highest` and `lowest`.
    Extreme,
    /// A factor left out.
    Factor,
    /// A coefficient by 0.1.
    Coefficient,
    /// The value of a parameter by 1.
    Parameter,
    /// The first day, or the first day no longer, by a day.
    Day,
    /// A condition of `requires` left out.
    Requirement,
    /// A point of a group left out.
    Point,
    /// An exception left out.
    Exception,
    /// A lawful combination left out.
    KeepBoth,
    /// The choice among competing programmes left out.
    Choose,
    /// Payment through the month of the loss left out.
    Stop,
    /// A pause left out.
    Pause,
    /// Judging on the day of death left out.
    JudgeOn,
}

/// A rule changed in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The file.
    pub path: String,
    /// The place in it.
    pub span: Span,
    /// What it is in the file: `group.disabled.when`.
    pub place: String,
    /// What was changed.
    pub kind: Kind,
    /// The text before.
    pub before: String,
    /// The text after; empty where it was left out.
    pub after: String,
    edit: Edit,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Edit {
    /// Bytes from, bytes to, and what stands there instead.
    Text(usize, usize, String),
    /// The version is in force from another day.
    Rename(String),
}

impl Mutant {
    /// Returns the file with the change made, under its path then.
    fn apply(&self, (path, bytes): &(String, Vec<u8>)) -> (String, Vec<u8>) {
        match &self.edit {
            Edit::Text(from, to, text) if from <= to && *to <= bytes.len() => {
                let mut bytes = bytes.clone();
                bytes.splice(*from..*to, text.bytes());
                (path.clone(), bytes)
            }
            Edit::Text(..) => (path.clone(), bytes.clone()),
            Edit::Rename(other) => (other.clone(), bytes.clone()),
        }
    }

    /// Returns what it would mean that no case notices the change.
    pub fn meaning(&self, language: Language) -> &'static str {
        let (vi, en) = match self.kind {
            Kind::Constant => (
                "Con số hay ngày này lệch 1 mà không ca nào nhận ra.",
                "This number or day could be off by one unnoticed.",
            ),
            Kind::Bound => ("Không ca nào đứng đúng ngưỡng.", "No case stands exactly on the bound."),
            Kind::Negation => (
                "Điều kiện này đảo ngược mà không ca nào nhận ra.",
                "This condition could be turned round unnoticed.",
            ),
            Kind::Joint => (
                "“và” thành “hoặc” (hay ngược lại) mà không ca nào nhận ra.",
                "“and” could be “or”, or the other way, unnoticed.",
            ),
            Kind::Conjunct => (
                "Không có điều kiện này, kết quả của mọi ca vẫn như cũ.",
                "Without this condition every case comes out the same.",
            ),
            Kind::Disjunct => (
                "Không ca nào đạt chỉ nhờ riêng điều kiện này.",
                "No case holds by this condition alone.",
            ),
            Kind::Choice => ("Không ca nào dùng đến lựa chọn này.", "No case rests on this choice."),
            Kind::People => (
                "“có người” thành “mọi người” mà không ca nào nhận ra.",
                "“any” could be “all”, or the other way, unnoticed.",
            ),
            Kind::Filter => (
                "Đếm tất cả mọi người, kết quả của mọi ca vẫn như cũ.",
                "With everybody counted every case comes out the same.",
            ),
            Kind::Branch => (
                "Chỉ dùng một nhánh, kết quả của mọi ca vẫn như cũ.",
                "With one branch alone every case comes out the same.",
            ),
            Kind::Sign => (
                "Cộng thành trừ (hay ngược lại) mà không ca nào nhận ra.",
                "A sum could be a difference, or the other way, unnoticed.",
            ),
            Kind::Extreme => (
                "Cao nhất thành thấp nhất (hay ngược lại) mà không ca nào nhận ra.",
                "The highest could be the lowest, or the other way, unnoticed.",
            ),
            Kind::Factor => (
                "Không có thừa số này, số tiền của mọi ca vẫn như cũ.",
                "Without this factor every case pays the same.",
            ),
            Kind::Coefficient => (
                "Hệ số sai 0,1 mà không ca nào nhận ra.",
                "The coefficient could be off by 0.1 unnoticed.",
            ),
            Kind::Parameter => (
                "Mức sai 1 đơn vị mà không ca nào nhận ra.",
                "The value could be off by one unnoticed.",
            ),
            Kind::Day => (
                "Ngày áp dụng lệch một ngày mà không ca nào nhận ra.",
                "The day could be off by one unnoticed.",
            ),
            Kind::Requirement => (
                "Không có điều kiện chung này, kết quả của mọi ca vẫn như cũ.",
                "Without this requirement every case comes out the same.",
            ),
            Kind::Point => (
                "Không ca nào đạt chỉ nhờ riêng điểm này.",
                "No case holds by this point alone.",
            ),
            Kind::Exception => (
                "Không có ngoại lệ này, số tiền của mọi ca vẫn như cũ.",
                "Without this exception every case pays the same.",
            ),
            Kind::KeepBoth => (
                "Không ca nào được hưởng cả hai khoản nhờ quy định này.",
                "No case is paid both by this rule.",
            ),
            Kind::Choose => (
                "Không ca nào cho thấy chỉ được hưởng một khoản.",
                "No case shows that only one is paid.",
            ),
            Kind::JudgeOn => (
                "Không ca nào cho thấy phải xét theo ngày mất.",
                "No case shows that the day of death is what counts.",
            ),
            Kind::Pause => (
                "Không có ca nào bị tạm dừng vì lý do này.",
                "No case is paused by this.",
            ),
            Kind::Stop => (
                "Không ca nào được trả hết tháng mất điều kiện.",
                "No case is paid through the month of the loss.",
            ),
        };
        language.pick(vi, en)
    }
}

fn mutants(files: &Files, rules: &RuleFiles) -> Vec<Mutant> {
    let mut maker = Maker {
        files,
        found: Vec::new(),
    };
    for parameter in &rules.parameters {
        maker.parameter(parameter);
    }
    for term in &rules.terms {
        maker.term(term);
    }
    for programme in &rules.programmes {
        maker.programme(programme);
    }
    for fill in &rules.fills {
        maker.dated(&fill.name.value, &fill.dated);
    }
    for addition in &rules.additions {
        maker.who(&addition.groups, &addition.cases);
        maker.keep_both("keep_both", &addition.keep_both);
    }
    let mut found = maker.found;
    found.sort_by(|a, b| (&a.path, a.span, &a.place).cmp(&(&b.path, b.span, &b.place)));
    found
}

struct Maker<'a> {
    files: &'a Files,
    found: Vec<Mutant>,
}

impl Maker<'_> {
    fn file(&self, span: Span) -> Option<(&str, &str)> {
        let (path, bytes) = self.files.get(usize::try_from(span.file).ok()?)?;
        Some((path, std::str::from_utf8(bytes).ok()?))
    }

    /// A stretch of the file that says something else.
    fn replace(&mut self, kind: Kind, place: &str, span: Span, before: String, after: String) {
        let (from, to) = (at(span.start), at(span.end));
        let Some((path, _)) = self.file(span) else { return };
        let mutant = Mutant {
            path: path.to_owned(),
            span,
            place: place.to_owned(),
            kind,
            before,
            edit: Edit::Text(from, to, after.clone()),
            after,
        };
        self.found.push(mutant);
    }

    fn expression(&mut self, place: &str, expr: &Expr, asked: Asked) {
        for (kind, other) in changed(expr, asked) {
            let (before, after) = (expr.to_string(), other.to_string());
            // Two changes can come to the same.
            let twice = |m: &Mutant| m.span == expr.span && m.after == after;
            if before != after && !self.found.iter().rev().take_while(|m| m.span == expr.span).any(twice) {
                self.replace(kind, place, expr.span, before, after);
            }
        }
    }

    fn number(&mut self, kind: Kind, place: &str, value: &At<Decimal>, by: Decimal) {
        for other in [value.value + by, value.value - by] {
            self.replace(kind, place, value.span, value.value.to_string(), other.to_string());
        }
    }

    fn day(&mut self, place: &str, day: &At<Date>) {
        for other in shifted(day.value) {
            self.replace(Kind::Day, place, day.span, day.value.to_string(), other.to_string());
        }
    }

    /// The table whose head stands on the line of a name, left out.
    fn without_table(&mut self, kind: Kind, place: &str, span: Span) {
        let Some((path, text)) = self.file(span) else { return };
        let Some((from, to)) = table_at(text, at(span.start)) else {
            return;
        };
        let before = text
            .get(from..to)
            .and_then(|table| table.lines().next())
            .unwrap_or_default();
        let mutant = Mutant {
            path: path.to_owned(),
            span,
            place: place.to_owned(),
            kind,
            before: before.to_owned(),
            after: String::new(),
            edit: Edit::Text(from, to, String::new()),
        };
        self.found.push(mutant);
    }

    /// The line on which something stands, left out.
    fn without_line(&mut self, kind: Kind, place: &str, span: Span) {
        let Some((_, text)) = self.file(span) else { return };
        let before = text.get(..at(span.start)).unwrap_or_default();
        let from = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text
            .get(from..)
            .and_then(|rest| rest.lines().next())
            .unwrap_or_default()
            .to_owned();
        let span = Span::new(span.file, from, from + line.len());
        self.replace(kind, place, span, line, String::new());
    }

    fn parameter(&mut self, parameter: &ParameterFile) {
        self.dated(&parameter.name.value, &parameter.dated);
    }

    fn dated(&mut self, name: &str, values: &[DatedValue]) {
        for dated in values {
            let place = format!("{name}.{}", dated.from.value);
            self.number(Kind::Parameter, &format!("{place}.is"), &dated.is, Decimal::ONE);
            self.day(&format!("{place}.from"), &dated.from);
            if let Some(until) = &dated.until {
                self.day(&format!("{place}.until"), until);
            }
        }
    }

    fn term(&mut self, term: &TermFile) {
        let asked = match term.kind.value {
            TermKind::YesNo => Asked::Truth,
            TermKind::Choice(_) | TermKind::Date | TermKind::Number(_) => Asked::Value,
        };
        self.expression(&term.name.value, &term.is, asked);
    }

    fn programme(&mut self, file: &ProgrammeFile) {
        self.version_day(file);
        if let Some(span) = file.judge_on {
            self.without_line(Kind::JudgeOn, "judge_on", span);
        }
        if let Some(amount) = &file.pays.amount {
            self.expression("pays.amount", amount, Asked::Value);
        }
        for condition in &file.requires {
            self.condition("requires", condition, Kind::Requirement);
        }
        self.who(&file.groups, &file.cases);
        if let Some(choose) = &file.choose {
            self.without_table(Kind::Choose, "choose", choose.across.span);
            self.keep_both("choose.keep_both", &choose.keep_both);
        }
        for pause in &file.pauses {
            let place = format!("pause.{}", pause.name.value);
            self.without_table(Kind::Pause, &place, pause.name.span);
            self.expression(&format!("{place}.when"), &pause.when, Asked::Truth);
        }
        if let Some(cite) = file.stop.as_ref().and_then(|stop| stop.cite.first()) {
            self.without_table(Kind::Stop, "stop", cite.span);
        }
    }

    fn who(&mut self, groups: &[Group], cases: &[Case]) {
        for group in groups {
            let place = format!("group.{}", group.name.value);
            self.expression(&format!("{place}.when"), &group.when, Asked::Truth);
            for point in &group.any {
                self.condition(&format!("{place}.any"), point, Kind::Point);
            }
        }
        for case in cases {
            self.case(&format!("case.{}", case.name.value), case);
        }
    }

    fn keep_both(&mut self, of: &str, kept: &[KeepBoth]) {
        for (nth, keep) in kept.iter().enumerate() {
            let place = format!("{of}.{}", keep.with.value);
            self.without_inline_table(&format!("{place}.{nth}"), keep.with.span);
            self.list(&format!("{place}.{nth}.groups"), &keep.groups);
        }
    }

    fn condition(&mut self, of: &str, condition: &Condition, dropped: Kind) {
        let place = format!("{of}.{}", condition.name.value);
        self.without_table(dropped, &place, condition.name.span);
        self.expression(&format!("{place}.when"), &condition.when, Asked::Truth);
    }

    fn case(&mut self, place: &str, case: &Case) {
        if let Some(when) = &case.when {
            self.expression(&format!("{place}.when"), when, Asked::Truth);
        }
        if let Some(coefficient) = &case.coefficient {
            self.number(
                Kind::Coefficient,
                &format!("{place}.coefficient"),
                coefficient,
                Decimal::new(1, 1),
            );
        }
        for except in &case.except {
            let place = format!("{place}.except.{}", except.name.value);
            self.without_table(Kind::Exception, &place, except.name.span);
            self.case(&place, except);
        }
    }

    /// The file of a version is named by its first day.
    fn version_day(&mut self, file: &ProgrammeFile) {
        let Some((path, _)) = self.file(file.span) else { return };
        let path = path.to_owned();
        for other in shifted(file.from) {
            let renamed = path.replace(&format!("/{}.toml", file.from), &format!("/{other}.toml"));
            self.found.push(Mutant {
                path: path.clone(),
                span: file.span,
                place: "from".to_owned(),
                kind: Kind::Day,
                before: file.from.to_string(),
                after: other.to_string(),
                edit: Edit::Rename(renamed),
            });
        }
    }

    /// An inline table of a list left out, with the comma that parts it from the next.
    fn without_inline_table(&mut self, place: &str, span: Span) {
        let Some((_, text)) = self.file(span) else { return };
        let inside = at(span.start);
        let (Some(open), Some(close)) = (
            text.get(..inside).and_then(|before| before.rfind('{')),
            text.get(inside..)
                .and_then(|after| after.find('}'))
                .map(|at| inside + at + 1),
        ) else {
            return;
        };
        let rest = text.get(close..).unwrap_or_default();
        let comma = rest.len() - rest.trim_start_matches([',', ' ']).len();
        let before = text.get(open..close).unwrap_or_default().to_owned();
        let span = Span::new(span.file, open, close + comma);
        self.replace(Kind::KeepBoth, place, span, before, String::new());
    }

    /// A list of names with one of them left out; an empty list would mean any.
    fn list(&mut self, place: &str, names: &[At<String>]) {
        let (Some(first), Some(last)) = (names.first(), names.last()) else {
            return;
        };
        let Some((_, text)) = self.file(first.span) else { return };
        let open = text.get(..at(first.span.start)).and_then(|before| before.rfind('['));
        let close = text.get(at(last.span.end)..).and_then(|after| after.find(']'));
        let (Some(open), Some(close)) = (open, close) else {
            return;
        };
        let span = Span::new(first.span.file, open, at(last.span.end) + close + 1);
        let written = |names: &[&At<String>]| {
            let quoted: Vec<String> = names.iter().map(|name| format!("\"{}\"", name.value)).collect();
            format!("[{}]", quoted.join(", "))
        };
        let before = written(&names.iter().collect::<Vec<_>>());
        for left_out in 0..names.len() {
            let fewer: Vec<&At<String>> = (names.iter().enumerate())
                .filter(|(nth, _)| *nth != left_out)
                .map(|(_, name)| name)
                .collect();
            self.replace(Kind::KeepBoth, place, span, before.clone(), written(&fewer));
        }
    }
}

fn shifted(day: Date) -> impl Iterator<Item = Date> {
    [1.day(), -1.day()]
        .into_iter()
        .filter_map(move |by| day.checked_add(by).ok())
}

fn at(byte: u32) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// Returns the bytes of the table in which a byte stands: from its head to the next one.
fn table_at(text: &str, byte: usize) -> Option<(usize, usize)> {
    let is_head = |line: &str| line.starts_with('[');
    let mut start = None;
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        if is_head(line) {
            match start {
                Some(start) if from > byte => return Some((start, from)),
                _ => start = Some(from),
            }
        }
        from += line.len();
    }
    start.map(|start| (start, text.len()))
}

#[cfg(test)]
mod tests;
