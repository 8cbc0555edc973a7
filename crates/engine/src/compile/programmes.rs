//! Programmes: versions, groups, cases, and what competes with what.

use rust_decimal::Decimal;

use crate::diagnostic::{Span, did_you_mean};
use crate::read::{self, At, Audience, Citation, ProgrammeFile, Scope, Text};
use crate::rules::{Case, Condition, Fact, Group, Op, Programme, Type, Unit, Version};

use super::expressions::Place;
use super::{Compiler, Meaning};

/// Returns the citations without their places.
fn cites(list: &[At<Citation>]) -> Vec<Citation> {
    list.iter().map(|cite| cite.value.clone()).collect()
}

impl Compiler<'_> {
    /// Declares programmes, and the fact `paid_now.ID` of those that ask for it.
    pub(super) fn declare_programmes(&mut self) {
        let files = self.files;
        let mut ids: Vec<&At<String>> = files.programmes.iter().map(|p| &p.id).collect();
        ids.sort_by(|a, b| a.value.cmp(&b.value));
        ids.dedup_by(|a, b| a.value == b.value);
        for (at, id) in ids.into_iter().enumerate() {
            self.name(id, Meaning::Programme(at));
            let versions = files.programmes.iter().filter(|p| p.id.value == id.value);
            let asked = versions
                .filter_map(|p| p.receives.as_ref().map(|ask| (p, ask)))
                .next_back();
            let paid_now = asked.map(|(programme, ask)| {
                let name = At {
                    value: format!("paid_now.{}", id.value),
                    span: id.span,
                };
                let title = Text {
                    vi: format!("Đang hưởng: {}", programme.title.vi),
                    en: format!("Receiving now: {}", programme.title.en),
                };
                let fact = Fact {
                    scope: Scope::Person,
                    name: name.value.clone(),
                    title,
                    kind: Type::Truth,
                    range: None,
                    ask: ask.clone(),
                    why: None,
                    proof: Vec::new(),
                    judged_by: None,
                    sensitive: false,
                    can_be_absent: false,
                };
                self.add_fact(&name, fact)
            });
            self.rules.programmes.push(Programme {
                id: id.value.clone(),
                versions: Vec::new(),
                paid_now,
            });
        }
    }

    /// Compiles every version.
    pub(super) fn programmes(&mut self) {
        for at in 0..self.rules.programmes.len() {
            let Some(id) = self.rules.programmes.get(at).map(|p| p.id.clone()) else {
                continue;
            };
            let mut files: Vec<&ProgrammeFile> = self.files.programmes.iter().filter(|p| p.id.value == id).collect();
            files.sort_by_key(|file| file.from);
            for (version_at, file) in files.iter().enumerate() {
                let next = files.get(version_at + 1).map(|next| next.from);
                if next.is_some() && file.ends.is_some() {
                    let hint = "only the last version may end".to_owned();
                    self.error("E0402", file.span, "a later version follows this end", Some(hint));
                }
                let version = self.version(at, version_at, file, next.or(file.ends));
                if let Some(programme) = self.rules.programmes.get_mut(at) {
                    programme.versions.push(version);
                }
            }
            for pair in files.windows(2) {
                if let [earlier, later] = pair
                    && earlier.from == later.from
                {
                    self.error("E0402", later.span, "two versions start on one day", None);
                }
            }
        }
    }

    fn version(
        &mut self,
        programme: usize,
        at: usize,
        file: &ProgrammeFile,
        until: Option<jiff::civil::Date>,
    ) -> Version {
        let names = file.groups.iter().map(|group| group.name.value.clone()).collect();
        let mut place = match file.audience {
            Audience::Person | Audience::Deceased => Place::person(),
            Audience::Household => Place::household(),
        };
        place.version = Some((programme, at, names));
        let requires = file
            .requires
            .iter()
            .map(|condition| self.named_condition(condition, &place))
            .collect();
        let amount = file.pays.amount.as_ref().map(|amount| {
            let unit = Unit {
                vnd: 1,
                month: if file.pays.monthly { -1 } else { 0 },
                ..Unit::default()
            };
            self.expression(amount, &Type::Number(unit), &place.of_amount())
        });
        if file.pays.what.value == "cash" && amount.is_none() {
            self.error("E0503", file.pays.span, "cash is paid, but no amount is given", None);
        }
        let mut uses_coefficient = false;
        if let Some(amount) = amount {
            self.rules
                .walk(amount, &mut |op| uses_coefficient |= matches!(op, Op::Coefficient));
            if file.pays.rounding.is_none() {
                let hint = "write `rounding = \"exact\"`".to_owned();
                self.error(
                    "E0505",
                    file.pays.span,
                    "the rounding of the amount is not declared",
                    Some(hint),
                );
            }
        }
        if file.groups.is_empty() {
            self.error("E0501", file.span, "this programme names no group", None);
        }
        self.case_owners(file, uses_coefficient);
        let groups = file
            .groups
            .iter()
            .map(|group| self.group(group, file, uses_coefficient, &place))
            .collect();
        self.choose(file);
        self.procedure(file);
        Version {
            from: file.from,
            until,
            title: file.title.clone(),
            stages: file.stages.iter().map(|stage| stage.value.clone()).collect(),
            audience: file.audience,
            cite: cites(&file.cite),
            what: file.pays.what.value.clone(),
            monthly: file.pays.monthly,
            amount,
            label: file.pays.label.clone(),
            requires,
            groups,
            choose: file.choose.clone(),
            start: file.start.clone(),
            stops_after: file.stop.as_ref().map(|stop| cites(&stop.cite)),
            apply: file.apply.clone(),
            left_out: file.left_out.clone(),
            readings: file.readings.clone(),
        }
    }

    fn named_condition(&mut self, file: &read::Condition, place: &Place) -> Condition {
        Condition {
            name: file.name.value.clone(),
            title: file.title.clone(),
            when: self.condition(&file.when, place),
            cite: cites(&file.cite),
        }
    }

    /// Every case belongs to a declared group, and has a coefficient exactly where one is used.
    fn case_owners(&mut self, file: &ProgrammeFile, uses_coefficient: bool) {
        if !uses_coefficient && let Some(case) = file.cases.first() {
            let hint = "use `coefficient` in `pays.amount`, or leave the cases out".to_owned();
            self.error(
                "E0503",
                case.name.span,
                "the amount uses no coefficient, so a case has no effect",
                Some(hint),
            );
        }
        for case in &file.cases {
            for owner in &case.of {
                if !file.groups.iter().any(|group| group.name.value == owner.value) {
                    let hint = did_you_mean(&owner.value, file.groups.iter().map(|g| g.name.value.as_str()));
                    self.error(
                        "E0502",
                        owner.span,
                        format!("no group `{}` in this file", owner.value),
                        hint,
                    );
                }
            }
        }
    }

    fn group(&mut self, file: &read::Group, whole: &ProgrammeFile, uses_coefficient: bool, place: &Place) -> Group {
        let when = self.condition(&file.when, place);
        let any = file
            .any
            .iter()
            .map(|point| self.named_condition(point, place))
            .collect();
        let mut cases = Vec::new();
        if uses_coefficient {
            for case in &whole.cases {
                if case.of.iter().any(|owner| owner.value == file.name.value) {
                    cases.push(self.case(case, place));
                }
            }
            if cases.is_empty() {
                let message = format!("group `{}` has no case", file.name.value);
                let hint = format!("add `[case.…]` with `of = \"{}\"`", file.name.value);
                self.error("E0501", file.name.span, message, Some(hint));
            }
        }
        Group {
            name: file.name.value.clone(),
            title: file.title.clone(),
            when,
            any,
            cite: cites(&file.cite),
            cases,
        }
    }

    fn case(&mut self, file: &read::Case, place: &Place) -> Case {
        let when = file.when.as_ref().map(|when| self.condition(when, place));
        let coefficient = match &file.coefficient {
            Some(coefficient) => coefficient.value,
            None => {
                let message = format!("`{}` gives no coefficient", file.name.value);
                self.error("E0503", file.name.span, message, None);
                Decimal::ZERO
            }
        };
        Case {
            name: file.name.value.clone(),
            when,
            coefficient,
            cite: cites(&file.cite),
            except: file.except.iter().map(|except| self.case(except, place)).collect(),
        }
    }

    fn choose(&mut self, file: &ProgrammeFile) {
        let Some(choose) = &file.choose else { return };
        if file.audience == Audience::Household {
            let message = "a benefit of the household competes with nobody's";
            self.error("E0504", choose.across.span, message, None);
        }
        for keep in &choose.keep_both {
            let partner = self
                .files
                .programmes
                .iter()
                .find(|other| other.id.value == keep.with.value);
            let competes = partner
                .and_then(|partner| partner.choose.as_ref())
                .is_some_and(|other| other.across.value == choose.across.value);
            if !competes {
                let message = format!("`{}` does not compete in `{}`", keep.with.value, choose.across.value);
                self.error("E0504", keep.with.span, message, None);
            }
            for group in &keep.groups {
                if !file.groups.iter().any(|g| g.name.value == group.value) {
                    self.error(
                        "E0502",
                        group.span,
                        format!("no group `{}` in this file", group.value),
                        None,
                    );
                }
            }
        }
    }

    fn procedure(&mut self, file: &ProgrammeFile) {
        if let Some(apply) = &file.apply {
            for paper in &apply.papers {
                self.paper(&paper.value, paper.span);
            }
        }
        if let Some(start) = &file.start {
            let rules = std::iter::once(&start.general).chain(start.except.iter().map(|(_, rule)| rule));
            for fact in rules.filter_map(|rule| rule.fact.as_ref()) {
                let is_date = match self.names.get(&fact.value) {
                    Some(Meaning::Fact(id)) => self.rules.fact(*id).is_some_and(|f| f.kind == Type::Date),
                    _ => false,
                };
                if !is_date {
                    self.error("E0304", fact.span, format!("`{}` is no date fact", fact.value), None);
                }
            }
            for (group, _) in &start.except {
                if !file.groups.iter().any(|g| g.name.value == group.value) {
                    self.error(
                        "E0502",
                        group.span,
                        format!("no group `{}` in this file", group.value),
                        None,
                    );
                }
            }
        }
    }

    fn paper(&mut self, name: &str, span: Span) {
        if !self.rules.papers.contains_key(name) {
            let hint = did_you_mean(name, self.rules.papers.keys().map(String::as_str));
            self.error("E0305", span, format!("unknown paper `{name}`"), hint);
        }
    }
}
