//! What somebody who publishes rules must know, beyond what compiling refuses: whether each group has exactly one level, what can
//! never apply, and which values are due for another look.
//!
//! Each question is a search for a household (`exact`): first the subject alone, then with relatives where a condition asks for
//! them, on every month's end at which a version or a value is new or old for the last time. A household that is found proves the
//! finding and is printed as a worked case. Where the search grows too long, a note says that nothing is decided.

mod case;
mod search;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Findings, Span};
use crate::evaluate::{Evaluator, Stop};
use crate::read::{self, ProgrammeFile, RuleFiles};
use crate::rules::{Case, NodeId, RuleSet};

use search::{Answer, Condition, Questions};

/// What came of a check.
#[derive(Debug)]
pub struct Checked {
    /// The rules, when no error was found.
    pub rules: Option<RuleSet>,
    /// All findings, by path and place.
    pub found: Vec<Diagnostic>,
    /// How often conditions were evaluated in the search for households.
    pub n_evaluations: usize,
}

/// Compiles rule files and checks all that can be checked; `today` decides which reviews are due.
#[must_use]
pub fn check(files: &[(String, Vec<u8>)], digest: &str, today: Option<Date>) -> Checked {
    let (rules, mut found) = crate::compile(files, digest);
    let Some(rules) = rules else {
        return Checked {
            rules,
            found,
            n_evaluations: 0,
        };
    };
    let (written, _) = read::read(files);
    let mut findings = Findings::new(files.iter().map(|(path, _)| path.as_str()));
    if let Some(today) = today {
        reviews(&written, today, &mut findings);
    }
    let mut n_evaluations = 0;
    for (programme, known) in rules.programmes.iter().enumerate() {
        for version in 0..known.versions.len() {
            let mut levels = Levels {
                files: &written,
                questions: Questions::new(&rules, programme, version),
                findings: &mut findings,
                programme,
                version,
            };
            levels.check();
            n_evaluations += levels.questions.n_evaluations;
        }
    }
    let refused = findings.any_error();
    for finding in findings.into_sorted() {
        // Versions that overlays divide share their places, and versions of one text share their faults.
        if !found
            .iter()
            .any(|known| known.code == finding.code && known.span == finding.span)
        {
            found.push(finding);
        }
    }
    found.sort_by(|a, b| (&a.path, a.span, a.code).cmp(&(&b.path, b.span, b.code)));
    Checked {
        rules: (!refused).then_some(rules),
        found,
        n_evaluations,
    }
}

/// Values still in force whose review is due.
fn reviews(files: &RuleFiles, today: Date, findings: &mut Findings) {
    for parameter in &files.parameters {
        let next = parameter
            .dated
            .iter()
            .skip(1)
            .map(|value| Some(value.from.value))
            .chain([None]);
        for (value, next) in parameter.dated.iter().zip(next) {
            let until = value.until.as_ref().map(|until| until.value).or(next);
            let holds = value.from.value <= today && until.is_none_or(|until| today < until);
            if let Some(review) = value.review.filter(|review| holds && *review <= today) {
                let message = format!("`{}` was to be looked at again by {review}", parameter.name.value);
                let hint = "compare it with the law, and write new days for `checked` and `review`".to_owned();
                findings.warning("W0604", value.is.span, message, hint);
            }
        }
    }
}

/// The groups and cases of one version.
struct Levels<'a> {
    files: &'a RuleFiles,
    questions: Questions,
    findings: &'a mut Findings,
    programme: usize,
    version: usize,
}

/// A coefficient, and when it is the one of its group.
struct Outcome {
    group: usize,
    path: Vec<String>,
    coefficient: rust_decimal::Decimal,
    /// With all that every group needs.
    when: Vec<Condition>,
    /// Without that.
    own: Vec<Condition>,
}

impl Levels<'_> {
    fn check(&mut self) {
        let Some(version) = self.questions.version().cloned() else {
            return;
        };
        for required in &version.requires {
            let message = format!("`{}` holds for everybody", required.name);
            let span = self.required(&required.name);
            self.always(&[], required.when, &message, span);
        }
        let mut outcomes = Vec::new();
        for (at, group) in version.groups.iter().enumerate() {
            let holds = self.questions.group(&version, group);
            let span = self.place(&group.name, &[]);
            self.never(&[holds], &format!("group `{}` can never hold", group.name), span);
            for point in &group.any {
                let needed: Vec<Condition> = version
                    .requires
                    .iter()
                    .map(|r| (r.when, true))
                    .chain([(group.when, true)])
                    .collect();
                let span = self.point(&group.name, &point.name);
                let message = format!("`{}` can never hold in group `{}`", point.name, group.name);
                if !self.never(&[needed.clone(), vec![(point.when, true)]].concat(), &message, span) {
                    let message = format!("`{}` holds for everybody in group `{}`", point.name, group.name);
                    self.always(&needed, point.when, &message, span);
                }
            }
            if group.cases.is_empty() {
                continue;
            }
            self.covered(&group.name, holds, &group.cases);
            for case in &group.cases {
                self.case(holds, &group.name, case);
            }
            let condition = self.questions.own(group);
            let own = group
                .cases
                .iter()
                .flat_map(|case| self.outcomes(at, holds, condition, case));
            let own: Vec<Outcome> = own.collect();
            self.agree(&group.name, &own);
            outcomes.extend(own);
        }
        self.highest(&outcomes);
    }

    /// Every member of a group has a level.
    fn covered(&mut self, group: &str, holds: Condition, cases: &[Case]) {
        let Some(whens) = cases.iter().map(|case| case.when).collect::<Option<Vec<NodeId>>>() else {
            return;
        };
        let mut wanted = vec![holds];
        wanted.extend(whens.iter().map(|when| (*when, false)));
        let span = self.place(group, &[]);
        let message = format!("somebody of group `{group}` has no case");
        let hint = "widen the `when` of a case, or add one".to_owned();
        self.shown("E0801", &wanted, Stop::NoCase, span, message, hint);
    }

    /// What always or never applies.
    fn case(&mut self, holds: Condition, group: &str, case: &Case) {
        let span = self.place(group, &[&case.name]);
        let mut before = vec![holds];
        if let Some(when) = case.when {
            let never = format!("case `{}` can never apply to group `{group}`", case.name);
            if self.never(&[holds, (when, true)], &never, span) {
                return;
            }
            let always = format!("case `{}` always applies to group `{group}`", case.name);
            self.always(&[holds], when, &always, span);
            before.push((when, true));
        }
        for except in &case.except {
            let Some(when) = except.when else { continue };
            let span = self.place(group, &[&case.name, &except.name]);
            let wanted = [before.clone(), vec![(when, true)]].concat();
            let never = format!("exception `{}` can never apply in case `{}`", except.name, case.name);
            if !self.never(&wanted, &never, span) {
                let always = format!("exception `{}` applies whenever case `{}` does", except.name, case.name);
                self.always(&before, when, &always, span);
            }
        }
    }

    /// Returns the coefficients a case can give, each with when it does.
    fn outcomes(&self, group: usize, holds: Condition, own: Condition, case: &Case) -> Vec<Outcome> {
        let general: Vec<Condition> = case.when.iter().map(|when| (*when, true)).collect();
        let excepted = case.except.iter().filter_map(|except| except.when);
        let not_excepted = excepted.map(|when| (when, false)).collect();
        let outcome = |path: Vec<String>, coefficient, more: Vec<Condition>| Outcome {
            group,
            path,
            coefficient,
            when: [vec![holds], general.clone(), more.clone()].concat(),
            own: [vec![own], general.clone(), more].concat(),
        };
        let mut outcomes = vec![outcome(vec![case.name.clone()], case.coefficient, not_excepted)];
        for except in &case.except {
            let path = vec![case.name.clone(), except.name.clone()];
            let more = except.when.iter().map(|when| (*when, true)).collect();
            outcomes.push(outcome(path, except.coefficient, more));
        }
        outcomes
    }

    /// Two cases, or two exceptions of one, that apply together give the same.
    fn agree(&mut self, group: &str, outcomes: &[Outcome]) {
        for (at, second) in outcomes.iter().enumerate() {
            for first in outcomes
                .iter()
                .take(at)
                .filter(|first| first.coefficient != second.coefficient)
            {
                let same_case = first.path.first() == second.path.first();
                // A case and its own exception never both count.
                if same_case && first.path.len() != second.path.len() {
                    continue;
                }
                let wanted = [first.when.clone(), second.when.clone()].concat();
                let parts: Vec<&str> = second.path.iter().map(String::as_str).collect();
                let span = self.place(group, &parts);
                let (a, b) = (first.path.join("."), second.path.join("."));
                let message = format!(
                    "`{a}` and `{b}` can apply together in group `{group}`, and give {} and {}",
                    first.coefficient, second.coefficient
                );
                let hint = "narrow one of them: no order decides between two answers".to_owned();
                let code = if same_case { "E0803" } else { "E0802" };
                self.shown(code, &wanted, Stop::TwoCases, span, message, hint);
            }
        }
    }

    /// A level below which a higher one of another group always stands is never paid.
    fn highest(&mut self, outcomes: &[Outcome]) {
        for outcome in outcomes {
            let higher = outcomes
                .iter()
                .filter(|other| other.group != outcome.group && other.coefficient > outcome.coefficient);
            let higher: Vec<Vec<Condition>> = higher.map(|other| other.own.clone()).collect();
            if higher.is_empty() {
                continue;
            }
            let mut wanted = outcome.when.clone();
            if self.questions.ask(&wanted).0 == Answer::Never {
                continue;
            }
            wanted.extend(higher.iter().map(|when| (self.questions.all(when), false)));
            if self.questions.ask(&wanted).0 == Answer::Never && self.questions.is_proved_never(&wanted) {
                let path: Vec<&str> = outcome.path.iter().map(String::as_str).collect();
                let group = self
                    .questions
                    .version()
                    .and_then(|v| v.groups.get(outcome.group))
                    .map(|g| g.name.clone());
                let group = group.unwrap_or_default();
                let message = format!(
                    "`{}` is never the highest: whoever has it in group `{group}` has more by another",
                    path.join(".")
                );
                let hint = "check the conditions of both; a level that is never paid may be a slip".to_owned();
                let span = self.place(&group, &path);
                self.findings.warning("W0607", span, message, hint);
            }
        }
    }

    /// Reports what no household shows; returns whether it was reported.
    fn never(&mut self, wanted: &[Condition], message: &str, span: Span) -> bool {
        match self.questions.ask(wanted).0 {
            Answer::Never if self.questions.is_proved_never(wanted) => {
                let hint = "one of its conditions excludes another".to_owned();
                self.findings.warning("W0605", span, message, hint);
                true
            }
            Answer::Never => {
                self.undecided(
                    span,
                    &format!("no household was found for which this applies: {message}?"),
                );
                true
            }
            Answer::TooDear => {
                self.undecided(span, &format!("not decided: {message}?"));
                false
            }
            Answer::Shown(_) => false,
        }
    }

    fn always(&mut self, before: &[Condition], when: NodeId, message: &str, span: Span) {
        let wanted = [before, &[(when, false)]].concat();
        if self.questions.ask(&wanted).0 == Answer::Never && self.questions.is_proved_never(&wanted) {
            let hint = "leave the condition out, or put it right".to_owned();
            self.findings.warning("W0606", span, message, hint);
        }
    }

    /// Reports what a household shows, once it is confirmed by judging that household.
    fn shown(
        &mut self,
        code: &'static str,
        wanted: &[Condition],
        stop: Stop,
        span: Span,
        message: String,
        hint: String,
    ) {
        let (answer, day) = self.questions.ask(wanted);
        match answer {
            Answer::Never => {}
            Answer::TooDear => self.undecided(span, &format!("not decided: {message}?")),
            Answer::Shown(shown) => {
                let rules = &self.questions.rules;
                let judged = Evaluator::new(rules, &shown, day).judge(self.programme, self.questions.subject());
                if judged.stop != Some(stop) || judged.version != Some(self.version) {
                    self.undecided(span, &format!("not decided: {message}?"));
                    return;
                }
                let case = case::written(rules, &shown, day, &message, self.questions.subject());
                self.findings.error_with(code, span, message, hint);
                self.findings.shown_by(case);
            }
        }
    }

    fn undecided(&mut self, span: Span, message: &str) {
        let hint = "show it with worked cases, or write the conditions more simply".to_owned();
        self.findings.note("N0901", span, message, hint);
    }

    /// Returns the place of a group, of a case of it, or of an exception in that.
    fn place(&self, group: &str, path: &[&str]) -> Span {
        let Some((id, from)) = self.questions.named() else {
            return Span::default();
        };
        let file = self
            .files
            .programmes
            .iter()
            .find(|file| file.id.value == id && file.from == from);
        let file = file.or_else(|| self.files.programmes.iter().find(|file| file.id.value == id));
        let cases = file
            .iter()
            .flat_map(|file| &file.cases)
            .chain(self.files.additions.iter().flat_map(|more| &more.cases));
        let groups = file
            .iter()
            .flat_map(|file| &file.groups)
            .chain(self.files.additions.iter().flat_map(|more| &more.groups));
        let case = path
            .first()
            .and_then(|name| cases.clone().find(|case| case.name.value == *name));
        let except = path
            .get(1)
            .and_then(|name| case?.except.iter().find(|except| except.name.value == *name));
        let group = groups
            .clone()
            .find(|known| known.name.value == group)
            .map(|group| group.name.span);
        except.or(case).map(|case| case.name.span).or(group).unwrap_or_default()
    }

    /// Returns the file of the version checked.
    fn file(&self) -> Option<&ProgrammeFile> {
        let (id, from) = self.questions.named()?;
        let mut files = self.files.programmes.iter();
        files.find(|file| file.id.value == id && file.from == from)
    }

    /// Returns the place of something that every group needs.
    fn required(&self, name: &str) -> Span {
        let mut requires = self.file().into_iter().flat_map(|file| &file.requires);
        let known = requires.find(|known| known.name.value == name);
        known.map(|known| known.name.span).unwrap_or_default()
    }

    fn point(&self, group: &str, point: &str) -> Span {
        let file = self.file();
        let groups = file.iter().flat_map(|file| &file.groups);
        let known = groups.clone().find(|known| known.name.value == group);
        let point = known.and_then(|group| group.any.iter().find(|known| known.name.value == point));
        point.map_or_else(|| self.place(group, &[]), |point| point.name.span)
    }
}

#[cfg(test)]
mod tests;
