//! Which programmes can answer otherwise under other rules, so that a comparison judges those alone.
//!
//! Each declaration is written out by the names in it, without titles and without what begins after the last day looked at. Where
//! the writing differs, everything that rests on it may answer otherwise; nothing else can.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use ansinh_engine::rules::{Case, Condition, NodeId, Programme, RuleSet};
use jiff::civil::Date;

use crate::written::{Named, written};

/// A declaration: what it says, and the names it uses.
#[derive(Debug, Default, PartialEq, Eq)]
struct Declaration {
    says: String,
    uses: BTreeSet<String>,
}

/// Returns the ids of the programmes that may answer otherwise under the new rules on a day up to `last`, with those that compete
/// with them.
#[must_use]
pub fn programmes_that_may_differ(old: &RuleSet, new: &RuleSet, last: Date) -> BTreeSet<String> {
    let (before, after) = (declarations(old, last), declarations(new, last));
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut touched: BTreeSet<String> = BTreeSet::new();
    for name in &names {
        if before.get(*name).map(|known| &known.says) != after.get(*name).map(|known| &known.says) {
            touched.insert((*name).clone());
        }
    }
    loop {
        let n = touched.len();
        for declarations in [&before, &after] {
            for (name, declaration) in declarations {
                let contests = || declaration.uses.iter().filter(|used| used.starts_with("contest "));
                if touched.contains(name) {
                    touched.extend(contests().cloned());
                } else if declaration.uses.iter().any(|used| touched.contains(used)) {
                    touched.insert(name.clone());
                }
            }
        }
        if touched.len() == n {
            break;
        }
    }
    touched
        .iter()
        .filter_map(|name| name.strip_prefix("programme "))
        .map(str::to_owned)
        .collect()
}

fn declarations(rules: &RuleSet, last: Date) -> BTreeMap<String, Declaration> {
    let mut all = BTreeMap::new();
    for parameter in &rules.parameters {
        let mut says = format!("{:?}", parameter.unit);
        for value in parameter.dated.iter().filter(|value| value.from <= last) {
            let until = value.until.filter(|until| *until <= last);
            let _ = write!(says, "|{} {until:?} {}", value.from, value.is.normalize());
        }
        let uses = BTreeSet::new();
        all.insert(format!("parameter {}", parameter.name), Declaration { says, uses });
    }
    for fact in &rules.facts {
        let assume = fact.assume.as_ref().map(|assume| &assume.is);
        let kind = match &fact.kind {
            ansinh_engine::rules::Type::Choice(list) => {
                let names: Vec<&str> = list.iter().map(|(name, _)| name.as_str()).collect();
                names.join(" ")
            }
            other => format!("{other:?}"),
        };
        let judged = fact.judged_by.is_some();
        let says = format!("{kind} {:?} {} {judged} {assume:?}", fact.range, fact.can_be_absent);
        let uses = BTreeSet::new();
        all.insert(fact_key(fact.scope, &fact.name), Declaration { says, uses });
    }
    for (at, term) in rules.terms.iter().enumerate() {
        let mut writer = Writer::new(rules);
        writer.node(term.is);
        all.insert(term_key(rules, at), writer.declaration);
    }
    for programme in &rules.programmes {
        all.insert(
            format!("programme {}", programme.id),
            of_programme(rules, programme, last),
        );
    }
    all
}

fn fact_key(scope: ansinh_engine::read::Scope, name: &str) -> String {
    format!("fact {scope:?} {name}")
}

fn term_key(rules: &RuleSet, at: usize) -> String {
    let term = rules.terms.get(at);
    term.map_or_else(String::new, |term| format!("term {:?} {}", term.scope, term.name))
}

fn of_programme(rules: &RuleSet, programme: &Programme, last: Date) -> Declaration {
    let mut writer = Writer::new(rules);
    for version in programme.versions.iter().filter(|version| version.from <= last) {
        let until = version.until.filter(|until| *until <= last);
        let stops = version.stops_after.is_some();
        writer.say(&format!(
            "version {} {until:?} {:?} {} {:?} {stops}",
            version.from, version.audience, version.on_death, version.every
        ));
        if let Some(amount) = version.amount {
            writer.node(amount);
        }
        version
            .requires
            .iter()
            .for_each(|condition| writer.condition(condition));
        for group in &version.groups {
            writer.say(&format!("group {}", group.name));
            writer.node(group.when);
            group.any.iter().for_each(|point| writer.condition(point));
            group.cases.iter().for_each(|case| writer.case(case));
        }
        if let Some(choose) = &version.choose {
            writer.say(&format!("choose {} {:?}", choose.across.value, choose.each.value));
            writer
                .declaration
                .uses
                .insert(format!("contest {}", choose.across.value));
            for kept in &choose.keep_both {
                let groups: Vec<&str> = kept.groups.iter().map(|group| group.value.as_str()).collect();
                writer.say(&format!("keep {} {groups:?}", kept.with.value));
            }
        }
        for pause in &version.pauses {
            writer.say("pause");
            writer.node(pause.when);
        }
    }
    writer.declaration
}

/// Writes a declaration out.
struct Writer<'r> {
    rules: &'r RuleSet,
    declaration: Declaration,
}

impl<'r> Writer<'r> {
    fn new(rules: &'r RuleSet) -> Writer<'r> {
        Writer {
            rules,
            declaration: Declaration::default(),
        }
    }

    fn say(&mut self, text: &str) {
        self.declaration.says.push_str(text);
        self.declaration.says.push('\n');
    }

    fn node(&mut self, node: NodeId) {
        let mut used = Vec::new();
        let text = written(self.rules, node, &mut used);
        self.say(&text);
        for name in used {
            let key = match name {
                Named::Parameter(name) => format!("parameter {name}"),
                Named::Term(at) => term_key(self.rules, at),
                Named::Fact(at) => match self.rules.facts.get(at) {
                    Some(fact) => fact_key(fact.scope, &fact.name),
                    None => continue,
                },
                Named::Programme(id) => format!("programme {id}"),
            };
            self.declaration.uses.insert(key);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.say(&format!("condition {}", condition.name));
        self.node(condition.when);
    }

    fn case(&mut self, case: &Case) {
        self.say(&format!("case {} {}", case.name, case.coefficient.normalize()));
        if let Some(when) = case.when {
            self.node(when);
        }
        case.except.iter().for_each(|except| self.case(except));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

    use jiff::civil::date;
    use rust_decimal::Decimal;

    use super::*;
    use crate::edit::{NewValue, set_value};
    use crate::{Files, built_in_files};

    fn compiled(files: &Files) -> RuleSet {
        let rules: Files = files
            .iter()
            .filter(|(path, _)| !path.ends_with("cases.toml"))
            .cloned()
            .collect();
        let (rules, found) = ansinh_engine::compile(&rules, "");
        rules.unwrap_or_else(|| panic!("{found:?}"))
    }

    #[test]
    fn only_what_rests_on_a_value_may_differ_and_only_from_its_day() {
        let files = built_in_files();
        let old = compiled(&files);
        let new = NewValue {
            parameter: "social_pension_level".into(),
            from: date(2027, 1, 1),
            is: Decimal::from(600_000),
            cite: vec!["ND335 Đ31".into()],
            checked: None,
            until: None,
        };
        let new = compiled(&set_value(&files, &new, date(2026, 11, 23)).unwrap().files);
        let before = programmes_that_may_differ(&old, &new, date(2026, 12, 31));
        assert!(before.is_empty(), "{before:?}");
        let after = programmes_that_may_differ(&old, &new, date(2027, 1, 31));
        assert!(after.contains("social_pension"), "{after:?}");
        assert!(after.len() < old.programmes.len() / 2, "{after:?}");
        assert!(!after.contains("tuition_exemption"), "{after:?}");
    }

    #[test]
    fn who_competes_with_what_differs_may_differ_too() {
        let files = built_in_files();
        let old = compiled(&files);
        let in_contest = |id: &str| {
            let (_, programme) = old.programme_named(id).unwrap();
            programme
                .versions
                .last()
                .unwrap()
                .choose
                .as_ref()
                .map(|choose| choose.across.value.clone())
        };
        let new = NewValue {
            parameter: "standard_level".into(),
            from: date(2027, 1, 1),
            is: Decimal::from(600_000),
            cite: vec!["ND335 Đ4.2".into()],
            checked: None,
            until: None,
        };
        let new = compiled(&set_value(&files, &new, date(2026, 11, 23)).unwrap().files);
        let touched = programmes_that_may_differ(&old, &new, date(2027, 1, 31));
        let contests: BTreeSet<String> = touched.iter().filter_map(|id| in_contest(id)).collect();
        assert!(!contests.is_empty());
        for programme in &old.programmes {
            if in_contest(&programme.id).is_some_and(|contest| contests.contains(&contest)) {
                assert!(touched.contains(&programme.id), "{}", programme.id);
            }
        }
    }
}
