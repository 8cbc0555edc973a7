//! An expression of the plan by the names of what it uses: equal in two rule sets exactly where it says the same.

use std::fmt::Write as _;

use ansinh_engine::rules::{NodeId, Op, RuleSet};

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    /// A parameter.
    Parameter(String),
    /// A term, by its position in its rule set.
    Term(usize),
    /// A fact, by its position in its rule set.
    Fact(usize),
    /// The answer, or a group, of another programme.
    Programme(String),
}

/// Returns an expression as text, and adds what it names to `used`.
pub(crate) fn written(rules: &RuleSet, node: NodeId, used: &mut Vec<Named>) -> String {
    let mut text = String::new();
    write(rules, node, &mut text, used);
    text
}

fn write(rules: &RuleSet, node: NodeId, out: &mut String, used: &mut Vec<Named>) {
    let list = |out: &mut String, used: &mut Vec<Named>, word: &str, parts: &[NodeId]| {
        let _ = write!(out, "{word}(");
        for part in parts {
            write(rules, *part, out, used);
            out.push(',');
        }
        out.push(')');
    };
    match rules.op(node) {
        Op::Truth(truth) => drop(write!(out, "{truth}")),
        Op::Number(value, unit) => drop(write!(out, "{} {unit:?}", value.normalize())),
        Op::Date(day) => drop(write!(out, "{day}")),
        Op::Choice(at, list) => out.push_str(list.get(*at).map_or("?", |(name, _)| name)),
        Op::Day => out.push_str("day"),
        Op::DiedOn(who) => drop(write!(out, "died_on {who:?}")),
        Op::Coefficient => out.push_str("coefficient"),
        Op::Fact(id, who) => {
            let name = rules.fact(*id).map_or("?", |fact| fact.name.as_str());
            let _ = write!(out, "fact {name} {who:?}");
            used.push(Named::Fact(id.0 as usize));
        }
        Op::Parameter(at) => {
            let name = rules.parameters.get(*at).map_or("?", |known| known.name.as_str());
            let _ = write!(out, "parameter {name}");
            used.push(Named::Parameter(name.to_owned()));
        }
        Op::Term(at, who) => {
            let name = rules.terms.get(*at).map_or("?", |term| term.name.as_str());
            let _ = write!(out, "term {name} {who:?}");
            used.push(Named::Term(*at));
        }
        Op::Group {
            programme,
            version,
            group,
        } => {
            let other = rules.programmes.get(*programme);
            let id = other.map_or("?", |other| other.id.as_str());
            let version = other.and_then(|other| other.versions.get(*version));
            let group = version.and_then(|version| version.groups.get(*group));
            let _ = write!(out, "group {id} {}", group.map_or("?", |group| group.name.as_str()));
            used.push(Named::Programme(id.to_owned()));
        }
        Op::Entitled(programme) => {
            let id = rules.programmes.get(*programme).map_or("?", |other| other.id.as_str());
            let _ = write!(out, "entitled {id}");
            used.push(Named::Programme(id.to_owned()));
        }
        Op::Not(part) => list(out, used, "not", &[*part]),
        Op::Negate(part) => list(out, used, "minus", &[*part]),
        Op::And(parts) => list(out, used, "and", parts),
        Op::Or(parts) => list(out, used, "or", parts),
        Op::Compare(comparison, a, b) => list(out, used, comparison.sign(), &[*a, *b]),
        Op::OneOf(part, bits, choices) => {
            for (at, (name, _)) in choices.iter().enumerate() {
                if bits >> at & 1 == 1 {
                    let _ = write!(out, "{name}|");
                }
            }
            list(out, used, "one of", &[*part]);
        }
        Op::Between {
            value,
            low,
            high,
            inclusive,
        } => list(
            out,
            used,
            if *inclusive { "..=" } else { "..<" },
            &[*value, *low, *high],
        ),
        Op::Absent(part, absent) => list(out, used, if *absent { "absent" } else { "there" }, &[*part]),
        Op::Arithmetic(arithmetic, a, b) => list(out, used, arithmetic.sign(), &[*a, *b]),
        Op::If(condition, then, otherwise) => list(out, used, "if", &[*condition, *then, *otherwise]),
        Op::Call(function, arguments) => list(out, used, function.name(), arguments),
        Op::Aggregate {
            kind,
            people,
            of,
            filter,
        } => {
            let _ = write!(out, "{} {} ", kind.name(), people.name());
            let parts: Vec<NodeId> = of.iter().chain(filter).copied().collect();
            list(out, used, if of.is_some() { "of" } else { "where" }, &parts);
        }
        Op::Recode(part, places) => {
            let _ = write!(out, "{places:?}");
            list(out, used, "recode", &[*part]);
        }
    }
}
