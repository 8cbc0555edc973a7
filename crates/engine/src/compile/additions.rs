//! Groups that an overlay adds to a national programme: its versions are divided where the groups begin and end, so that
//! everything behind sees whole versions only.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::{Findings, did_you_mean};
use crate::read::{AdditionFile, At, ProgrammeFile, RuleFiles};

use super::overlays::{cites_own_text, id_of, level_of};

/// Checks the additions and divides the versions they touch.
///
/// Returns the programmes as they are written, when something was divided: what they cite is looked up once, on their own day.
pub(super) fn merge(files: &mut RuleFiles, findings: &mut Findings) -> Option<Vec<ProgrammeFile>> {
    if files.additions.is_empty() {
        return None;
    }
    let mut accepted: Vec<(AdditionFile, Option<Date>)> = Vec::new();
    for addition in &files.additions {
        let end = end_of(files, addition);
        let mut checked = Checked {
            files,
            addition,
            end,
            layer: files.layer(addition.programme.span).unwrap_or_default(),
            findings,
            is_good: true,
        };
        checked.all(&accepted);
        if checked.is_good {
            accepted.push((addition.clone(), end));
        }
    }
    let written = files.programmes.clone();
    files.programmes = written
        .iter()
        .flat_map(|version| divided(&written, version, &accepted))
        .collect();
    Some(written)
}

/// Returns the first day on which a file of additions holds no longer: its own end, or the next file of the same overlay.
fn end_of(files: &RuleFiles, addition: &AdditionFile) -> Option<Date> {
    let own = |other: &&AdditionFile| {
        other.programme.value == addition.programme.value
            && files.layer(other.programme.span) == files.layer(addition.programme.span)
            && other.from > addition.from
    };
    let later = files.additions.iter().filter(own).map(|other| other.from);
    later.chain(addition.ends.as_ref().map(|ends| ends.value)).min()
}

/// Returns the versions of a national programme, by date.
fn versions<'f>(programmes: &'f [ProgrammeFile], id: &str) -> Vec<&'f ProgrammeFile> {
    let mut versions: Vec<&ProgrammeFile> = programmes.iter().filter(|version| version.id.value == id).collect();
    versions.sort_by_key(|version| version.from);
    versions
}

/// Returns the first day on which a version holds no longer.
fn until(versions: &[&ProgrammeFile], version: &ProgrammeFile) -> Option<Date> {
    let next = versions
        .iter()
        .map(|other| other.from)
        .find(|from| *from > version.from);
    next.or(version.ends)
}

fn divided(
    written: &[ProgrammeFile],
    version: &ProgrammeFile,
    accepted: &[(AdditionFile, Option<Date>)],
) -> Vec<ProgrammeFile> {
    let versions = versions(written, &version.id.value);
    let end = until(&versions, version);
    let inside = |day: &Date| *day > version.from && end.is_none_or(|end| *day < end);
    let own = || {
        accepted
            .iter()
            .filter(|(addition, _)| addition.programme.value == version.id.value)
    };
    let mut days: BTreeSet<Date> = own()
        .flat_map(|(addition, end)| [Some(addition.from), *end])
        .flatten()
        .filter(inside)
        .collect();
    days.insert(version.from);
    let last = days.last().copied();
    let mut pieces = Vec::new();
    for day in days {
        let mut piece = version.clone();
        piece.from = day;
        piece.ends = version.ends.filter(|_| Some(day) == last);
        let holds =
            |addition: &AdditionFile, end: &Option<Date>| addition.from <= day && end.is_none_or(|end| day < end);
        for (addition, _) in own().filter(|(addition, end)| holds(addition, end)) {
            piece.cite.extend_from_slice(&addition.cite);
            piece.left_out.extend_from_slice(&addition.left_out);
            piece.readings.extend_from_slice(&addition.readings);
            piece.groups.extend_from_slice(&addition.groups);
            piece.cases.extend_from_slice(&addition.cases);
            if let Some(choose) = &mut piece.choose {
                choose.keep_both.extend_from_slice(&addition.keep_both);
            }
        }
        pieces.push(piece);
    }
    pieces
}

struct Checked<'a> {
    files: &'a RuleFiles,
    addition: &'a AdditionFile,
    end: Option<Date>,
    layer: usize,
    findings: &'a mut Findings,
    is_good: bool,
}

impl Checked<'_> {
    fn error(&mut self, code: &'static str, at: &At<String>, message: String, hint: Option<String>) {
        self.is_good = false;
        self.findings.error_with(code, at.span, message, hint);
    }

    fn all(&mut self, accepted: &[(AdditionFile, Option<Date>)]) {
        let (files, addition, end) = (self.files, self.addition, self.end);
        let (programme, id) = (&addition.programme, id_of(files, self.layer));
        let national: Vec<&ProgrammeFile> = versions(&files.programmes, &programme.value)
            .into_iter()
            .filter(|version| files.layer(version.id.span).is_none())
            .collect();
        let (Some(first), Some(last)) = (national.first(), national.last()) else {
            let ids = files.programmes.iter().filter(|p| files.layer(p.id.span).is_none());
            let hint = did_you_mean(&programme.value, ids.map(|p| p.id.value.as_str()));
            self.error(
                "E0709",
                programme,
                format!("no national programme `{}`", programme.value),
                hint,
            );
            return;
        };
        if addition.from < first.from {
            let message = format!(
                "`{id}` adds groups from {}, and `{}` begins on {}",
                addition.from, programme.value, first.from
            );
            self.error("E0709", programme, message, None);
        }
        if let Some(ends) = last.ends.filter(|ends| end.is_none_or(|end| end > *ends)) {
            let message = format!("`{id}` adds groups beyond {ends}, when `{}` ends", programme.value);
            self.error("E0709", programme, message, Some(format!("`ends = {ends}`")));
        }
        let touched: Vec<&ProgrammeFile> = national
            .iter()
            .filter(|version| end.is_none_or(|end| version.from < end))
            .filter(|version| until(&national, version).is_none_or(|until| addition.from < until))
            .copied()
            .collect();
        self.competence(&touched);
        self.names(&touched, accepted);
        for group in &addition.groups {
            self.own_text(&group.name, &group.cite);
        }
        for case in &addition.cases {
            self.own_text(&case.name, &case.cite);
        }
        for keep in &addition.keep_both {
            if keep.groups.is_empty() {
                let message = format!("`{}` may be kept beside which groups of `{id}`?", keep.with.value);
                self.error("E0709", &keep.with, message, Some("`groups = [\"…\"]`".to_owned()));
            }
            if touched.iter().any(|version| version.choose.is_none()) {
                let message = format!("`{}` competes with nothing", programme.value);
                self.error("E0709", &keep.with, message, None);
            }
        }
    }

    /// The programme is open to groups of a place like this one, on every day.
    fn competence(&mut self, touched: &[&ProgrammeFile]) {
        let (programme, id) = (&self.addition.programme, id_of(self.files, self.layer));
        let level = level_of(self.files, self.layer);
        for version in touched {
            match &version.open {
                None => {
                    let message = format!(
                        "`{}` in its version of {} is closed: the national rules let nobody add groups",
                        programme.value, version.from
                    );
                    let hint = "a programme of its own can join the same `across`".to_owned();
                    self.error("E0702", programme, message, Some(hint));
                }
                Some(open) if open.set_by != level => {
                    let message = format!(
                        "groups of `{}` are set by a {}, and `{id}` is of a {level}",
                        programme.value, open.set_by
                    );
                    self.error("E0703", programme, message, None);
                }
                Some(_) => continue,
            }
            return;
        }
    }

    /// Groups and cases are new, and cases belong to them alone.
    fn names(&mut self, touched: &[&ProgrammeFile], accepted: &[(AdditionFile, Option<Date>)]) {
        let addition = self.addition;
        let id = id_of(self.files, self.layer);
        let same_days = |(other, end): &&(AdditionFile, Option<Date>)| {
            other.programme.value == addition.programme.value
                && end.is_none_or(|end| addition.from < end)
                && self.end.is_none_or(|end| other.from < end)
        };
        let others: Vec<&AdditionFile> = accepted.iter().filter(same_days).map(|(other, _)| other).collect();
        let of_country = |wanted: &At<String>, names: &dyn Fn(&ProgrammeFile) -> Vec<String>| {
            touched.iter().any(|version| names(version).contains(&wanted.value))
        };
        let groups = |version: &ProgrammeFile| version.groups.iter().map(|g| g.name.value.clone()).collect::<Vec<_>>();
        let cases = |version: &ProgrammeFile| version.cases.iter().map(|c| c.name.value.clone()).collect::<Vec<_>>();
        let group_names: Vec<&At<String>> = addition.groups.iter().map(|group| &group.name).collect();
        for name in &group_names {
            if of_country(name, &groups) {
                let message = format!("the group `{}` is national: `{id}` cannot declare it again", name.value);
                self.error("E0701", name, message, None);
            } else if others
                .iter()
                .any(|o| o.groups.iter().any(|g| g.name.value == name.value))
            {
                let message = format!("group `{}` is declared twice", name.value);
                self.error("E0301", name, message, None);
            }
        }
        for case in &addition.cases {
            if of_country(&case.name, &cases) {
                let message = format!(
                    "the case `{}` is national: `{id}` cannot declare it again",
                    case.name.value
                );
                self.error("E0701", &case.name, message, None);
            } else if others
                .iter()
                .any(|o| o.cases.iter().any(|c| c.name.value == case.name.value))
            {
                let message = format!("case `{}` is declared twice", case.name.value);
                self.error("E0301", &case.name, message, None);
            }
        }
        let kept = addition.keep_both.iter().flat_map(|keep| &keep.groups);
        for owner in addition.cases.iter().flat_map(|case| &case.of).chain(kept) {
            let own = group_names.iter().any(|name| name.value == owner.value);
            if !own && of_country(owner, &groups) {
                let message = format!(
                    "the group `{}` is national: `{id}` cannot change what it is paid",
                    owner.value
                );
                let hint = "raise the level in its slot, or add a group that is paid more".to_owned();
                self.error("E0701", owner, message, Some(hint));
            }
        }
    }

    fn own_text(&mut self, name: &At<String>, cites: &[At<crate::read::Citation>]) {
        if !cites_own_text(self.files, self.layer, cites) {
            let id = id_of(self.files, self.layer);
            let message = format!("`{}` names no text of `{id}` that sets it", name.value);
            let hint = "cite the local resolution, declared in `instruments/` of the overlay".to_owned();
            self.error("E0707", name, message, Some(hint));
        }
    }
}
