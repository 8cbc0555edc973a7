//! Programmes: versions, groups, cases, and what competes with what.

use std::sync::Arc;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::did_you_mean;
use crate::read::{self, At, Audience, Citation, ProgrammeFile, Scope, Text};
use crate::report::Every;
use crate::rules::{Case, Condition, Fact, Group, NodeId, Op, Pause, Programme, Type, Unit, Version};
use crate::words::phrases::lower_first;

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
            // The versions of a programme come from one hand.
            let again = files
                .programmes
                .iter()
                .map(|p| &p.id)
                .filter(|other| other.value == id.value);
            for again in again.filter(|again| files.layer(again.span) != files.layer(id.span)) {
                self.declared_twice("", again, Some(id.span), None);
            }
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
                    assume: None,
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
            let other = |file: &&&ProgrammeFile| file.judge_on.is_none();
            if let (Some(span), Some(other)) = (files.iter().find_map(|f| f.judge_on), files.iter().find(other)) {
                let message = format!(
                    "`{id}` is judged on the day of death here, and not in the version of {}",
                    other.from
                );
                let hint = "`judge_on` stands in every version of a programme, or in none".to_owned();
                self.error("E0119", span, message, Some(hint));
            }
            for (version_at, file) in files.iter().enumerate() {
                let next = files.get(version_at + 1).map(|next| next.from);
                if let (Some(next), Some(ends)) = (next, file.ends) {
                    let message = format!("this version ends on {ends}, and another one begins on {next}");
                    let hint = "only the last version may end".to_owned();
                    self.error("E0402", file.span, message, Some(hint));
                }
                let version = self.version(at, version_at, file, next.or(file.ends));
                if let Some(programme) = self.rules.programmes.get_mut(at) {
                    programme.versions.push(version);
                }
            }
        }
    }

    fn version(&mut self, programme: usize, at: usize, file: &ProgrammeFile, until: Option<Date>) -> Version {
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
        let (amount, levels) = self.amount(file, &place);
        if file.groups.is_empty() {
            self.error("E0501", file.span, "this programme names no group", None);
        }
        self.case_owners(file);
        let cases = self.cases(file, levels, &place);
        let groups = file
            .groups
            .iter()
            .map(|group| self.group(group, file, levels, &cases, &place))
            .collect();
        self.keep_both(file);
        self.procedure(file);
        Version {
            from: file.from,
            until,
            title: file.title.clone(),
            stages: file.stages.iter().map(|stage| stage.value.clone()).collect(),
            audience: file.audience,
            on_death: file.judge_on.is_some(),
            cite: cites(&file.cite),
            what: file.pays.what.value.clone(),
            every: file.pays.every,
            limit: file.pays.limit.clone(),
            amount,
            label: file.pays.label.clone(),
            requires,
            groups,
            choose: file.choose.clone(),
            start: file.start.clone(),
            stops_after: file.stop.as_ref().map(|stop| cites(&stop.cite)),
            pauses: file.pauses.iter().map(|pause| self.pause(pause, &place)).collect(),
            apply: file.apply.clone(),
            left_out: file.left_out.clone(),
            readings: file.readings.clone(),
        }
    }

    fn named_condition(&mut self, file: &read::Condition, place: &Place) -> Arc<Condition> {
        Arc::new(Condition {
            name: file.name.value.clone(),
            title: file.title.clone(),
            when: self.condition(&file.when, place),
            cite: cites(&file.cite),
        })
    }

    fn pause(&mut self, file: &read::Pause, place: &Place) -> Pause {
        let when = self.condition(&file.when, place);
        let title = Text {
            vi: format!("Không bị tạm dừng: {}", lower_first(&file.title.vi)),
            en: format!("Not paused: {}", lower_first(&file.title.en)),
        };
        Pause {
            title: file.title.clone(),
            when,
            unless: Arc::new(Condition {
                name: file.name.value.clone(),
                title: Some(title),
                when: self.push(Op::Not(when)),
                cite: cites(&file.cite),
            }),
        }
    }

    /// Compiles the amount, and says whether it needs the coefficient of a case.
    fn amount(&mut self, file: &ProgrammeFile, place: &Place) -> (Option<NodeId>, Levels) {
        let Some(written) = &file.pays.amount else {
            return (None, Levels::Unused);
        };
        match &file.pays.rounding {
            None => {
                let hint = "write `rounding = \"exact\"`".to_owned();
                let message = "the rounding of the amount is not declared";
                self.error("E0505", file.pays.span, message, Some(hint));
            }
            Some(rounding) if rounding.value != "exact" => {
                let message = format!("`{}` is not a rounding", rounding.value);
                self.error("E0505", rounding.span, message, Some("it is `exact`".to_owned()));
            }
            Some(_) => {}
        }
        let unit = Unit {
            vnd: 1,
            month: if file.pays.every == Every::Month { -1 } else { 0 },
            ..Unit::default()
        };
        let before = self.n_mistakes;
        let amount = self.expression(written, &Type::Number(unit), &place.of_amount());
        let mut used = false;
        self.rules.walk(amount, &mut |op| used |= matches!(op, Op::Coefficient));
        let levels = match (used, self.n_mistakes == before) {
            (true, _) => Levels::Used,
            (false, true) => Levels::Unused,
            (false, false) => Levels::Unclear,
        };
        (Some(amount), levels)
    }

    /// Every case belongs to a declared group.
    fn case_owners(&mut self, file: &ProgrammeFile) {
        for owner in file.cases.iter().flat_map(|case| &case.of) {
            self.group_named(file, owner);
        }
    }

    pub(super) fn group_named(&mut self, file: &ProgrammeFile, name: &At<String>) {
        let mut names = file.groups.iter().map(|group| group.name.value.as_str());
        if !names.clone().any(|known| known == name.value) {
            let hint = did_you_mean(&name.value, &mut names);
            self.error(
                "E0502",
                name.span,
                format!("no group `{}` in this file", name.value),
                hint,
            );
        }
    }

    /// Compiles the cases; each has a coefficient exactly where one is used, and says when it applies where it is not alone.
    fn cases(&mut self, file: &ProgrammeFile, levels: Levels, place: &Place) -> Vec<Case> {
        if levels == Levels::Unused
            && let Some(case) = file.cases.first()
        {
            let message = "the amount uses no coefficient, so a case has no effect";
            let hint = "use `coefficient` in `pays.amount`, or leave the cases out".to_owned();
            self.error("E0503", case.name.span, message, Some(hint));
        }
        for case in file.cases.iter().filter(|case| case.when.is_none()) {
            let beside = |owner: &&At<String>| {
                let has = |case: &&read::Case| case.of.iter().any(|of| of.value == owner.value);
                file.cases.iter().filter(has).count() > 1
            };
            if levels == Levels::Used
                && let Some(owner) = case.of.iter().find(beside)
            {
                let message = format!(
                    "`{}` does not say when it applies, and group `{}` has several cases",
                    case.name.value, owner.value
                );
                self.error("E0503", case.name.span, message, Some("add `when = \"…\"`".to_owned()));
            }
        }
        file.cases.iter().map(|case| self.case(case, levels, place)).collect()
    }

    fn group(
        &mut self,
        file: &read::Group,
        whole: &ProgrammeFile,
        levels: Levels,
        cases: &[Case],
        place: &Place,
    ) -> Group {
        let name = &file.name.value;
        let when = self.condition(&file.when, place);
        let any = file
            .any
            .iter()
            .map(|point| self.named_condition(point, place))
            .collect();
        let written = whole.cases.iter().zip(cases);
        let own = written.filter(|(case, _)| case.of.iter().any(|owner| owner.value == *name));
        let own: Vec<Case> = own.map(|(_, compiled)| compiled.clone()).collect();
        // A case of a group that is not declared may be meant for this one.
        let mut owners = whole.cases.iter().flat_map(|case| &case.of);
        let stray = owners.any(|owner| !whole.groups.iter().any(|group| group.name.value == owner.value));
        if levels == Levels::Used && own.is_empty() && !stray {
            let hint = format!("add `[case.…]` with `of = \"{name}\"`");
            self.error(
                "E0501",
                file.name.span,
                format!("group `{name}` has no case"),
                Some(hint),
            );
        }
        Group {
            name: name.clone(),
            title: file.title.clone(),
            when,
            any,
            cite: cites(&file.cite),
            cases: if levels == Levels::Used { own } else { Vec::new() },
        }
    }

    fn case(&mut self, file: &read::Case, levels: Levels, place: &Place) -> Case {
        let when = file.when.as_ref().map(|when| self.condition(when, place));
        if levels == Levels::Used && file.coefficient.is_none() {
            let message = format!("`{}` gives no coefficient", file.name.value);
            self.error("E0503", file.name.span, message, None);
        }
        for except in &file.except {
            if let (Some(general), Some(own)) = (&file.coefficient, &except.coefficient)
                && general.value == own.value
            {
                let message = format!(
                    "the exception `{}` changes nothing: `{}` gives {} anyway",
                    except.name.value, file.name.value, general.value
                );
                self.error("E0503", own.span, message, None);
            }
        }
        Case {
            name: file.name.value.clone(),
            place: file.name.span,
            when,
            coefficient: file.coefficient.as_ref().map_or(Decimal::ZERO, |given| given.value),
            cite: cites(&file.cite),
            except: file
                .except
                .iter()
                .map(|except| self.case(except, levels, place))
                .collect(),
        }
    }

    fn procedure(&mut self, file: &ProgrammeFile) {
        for paper in file.apply.iter().flat_map(|apply| &apply.papers) {
            self.paper(&paper.value, paper.span);
        }
        let Some(start) = &file.start else { return };
        let rules = std::iter::once(&start.general).chain(start.except.iter().map(|(_, rule)| rule));
        for fact in rules.filter_map(|rule| rule.fact.as_ref()) {
            self.date_fact(fact, file.audience);
        }
        for (group, _) in &start.except {
            self.group_named(file, group);
        }
    }

    /// The month of a paper is that of a date known of the subject.
    fn date_fact(&mut self, name: &At<String>, audience: Audience) {
        let fact = match self.names.get(&name.value) {
            Some(Meaning::Fact(id)) => self.rules.fact(*id),
            Some(Meaning::Ambiguous) => return,
            Some(Meaning::Parameter(_) | Meaning::Term(_) | Meaning::Programme(_)) | None => None,
        };
        let Some(fact) = fact else {
            let dates = self.rules.facts.iter().filter(|fact| fact.kind == Type::Date);
            let hint = did_you_mean(&name.value, dates.map(|fact| fact.name.as_str()));
            self.error("E0304", name.span, format!("no fact `{}`", name.value), hint);
            return;
        };
        if fact.kind != Type::Date {
            let message = format!("the fact `{}` is not a date", name.value);
            self.error("E0302", name.span, message, None);
        } else if audience == Audience::Household && fact.scope == Scope::Person {
            let message = format!(
                "`{}` is a fact of a person, and this is paid to the household",
                name.value
            );
            self.error("E0304", name.span, message, None);
        }
    }
}

/// Whether the amount needs the coefficient of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Levels {
    Used,
    Unused,
    /// The amount has a mistake in it, so that nobody can say.
    Unclear,
}
