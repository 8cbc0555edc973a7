//! Facts and terms: what can be known and what is computed from it.

use rust_decimal::Decimal;
use toml::de::DeValue;

use super::files::{Assume, At, FactFile, FactKind, Scope, TermFile, TermKind, Text};
use super::law::UNITS;
use super::table::{Item, Table};
use crate::diagnostic::{Span, did_you_mean};
use crate::syntax::{Expr, Function, Node, RESERVED};
use crate::value::{Choices, Range, Truth, Value};

/// Words that have a meaning of their own where names stand.
const TAKEN: [&str; 7] = [
    "day",
    "died_on",
    "subject",
    "group",
    "entitled",
    "paid_now",
    "coefficient",
];

/// The key as a name that can be declared.
pub(super) fn declared_name(item: &Item<'_>) -> Option<At<String>> {
    let name = item.key_name()?;
    let word = name.value.as_str();
    let function = Function::ALL.iter().any(|function| function.name() == word);
    if RESERVED.contains(&word) || TAKEN.contains(&word) || function {
        let message = format!("`{word}` is a word of the rule language");
        item.page
            .error("E0114", name.span, message, "choose another name".to_owned());
        return None;
    }
    Some(name)
}

/// The tables under `[person.…]` and `[household.…]`.
fn scoped<'t>(root: &mut Table<'t>) -> Vec<(Scope, Item<'t>)> {
    let mut all = Vec::new();
    for (key, scope) in [("person", Scope::Person), ("household", Scope::Household)] {
        let table = root.take(key).and_then(|item| item.table());
        all.extend(
            table
                .map(|mut table| table.rest())
                .unwrap_or_default()
                .into_iter()
                .map(|item| (scope, item)),
        );
    }
    root.finish();
    all.sort_by_key(|(_, item)| item.key_span.start);
    all
}

/// `facts/*.toml`.
pub(super) fn facts(root: &mut Table<'_>, into: &mut Vec<FactFile>) {
    for (scope, item) in scoped(root) {
        let name = declared_name(&item);
        let Some(mut table) = item.table() else { continue };
        let title = table.text("title");
        let kind = kind(&mut table);
        let number = matches!(
            &kind,
            Some(At {
                value: Kind::Unit(_),
                ..
            })
        );
        let range = if number {
            table
                .need_for("range", Some("a number says between what it lies"))
                .and_then(|item| range(&item))
        } else {
            if kind.is_some() {
                table.refuse("range", "only a number has a range");
            }
            None
        };
        let ask = table.text("ask");
        let sensitive = table.take("sensitive").and_then(|item| item.truth()).unwrap_or(false);
        let why = if sensitive {
            table
                .need_for("why", Some("a sensitive question says why it is asked"))
                .map(|item| item.text())
        } else {
            table.text_if("why")
        };
        let proof = table.take("proof").map(|item| proof(&item));
        let judged_by = table.text_if("judged_by");
        let kept_for = table.text_if("kept_for");
        let assume = if item.key == "birth_date" {
            table.refuse("assume", "a birth date cannot be presumed");
            None
        } else {
            let kind = kind.as_ref().map(|kind| &kind.value);
            let assume = table.take("assume").and_then(|item| item.table());
            assume.and_then(|table| presumption(table, kind, range))
        };
        let can_be_absent = table
            .take("can_be_absent")
            .and_then(|item| item.truth())
            .unwrap_or(false);
        table.close();
        let (Some(name), Some(At { value: kind, span })) = (name, kind) else {
            continue;
        };
        let value = match kind {
            Kind::YesNo => FactKind::YesNo,
            Kind::Date => FactKind::Date,
            Kind::Choice(choices) => FactKind::Choice(choices),
            Kind::Unit(unit) => {
                let (low, high) = range.unwrap_or((Decimal::ZERO, Decimal::ZERO));
                FactKind::Number { unit, low, high }
            }
        };
        let kind = At { value, span };
        into.push(FactFile {
            scope,
            name,
            title,
            kind,
            ask,
            why,
            proof,
            judged_by,
            sensitive,
            can_be_absent,
            kept_for,
            assume,
        });
    }
}

/// `assume = { is, cite, says }`: a value of the fact's type, and the law that presumes it.
fn presumption(mut table: Table<'_>, kind: Option<&Kind>, range: Option<(Decimal, Decimal)>) -> Option<Assume> {
    let is = table.need("is").zip(kind);
    let is = is.and_then(|(item, kind)| presumed(&item, kind, range));
    let cite = table.cite();
    let says = table.text("says");
    table.close();
    Some(Assume { is: is?, cite, says })
}

fn presumed(item: &Item<'_>, kind: &Kind, range: Option<(Decimal, Decimal)>) -> Option<Value> {
    match kind {
        Kind::YesNo => Some(Value::Truth(Truth::known(item.truth()?))),
        Kind::Date => Some(Value::Date(Range::known(item.date()?.value))),
        Kind::Choice(choices) => {
            let found = item.string()?;
            let position = choices.iter().position(|(name, _)| *name == found.value);
            if position.is_none() {
                let hint = did_you_mean(&found.value, choices.iter().map(|(name, _)| name.as_str()));
                let message = format!("`{}` is not one of the choices", found.value);
                item.page.error("E0108", found.span, message, hint);
            }
            Some(Value::Choice(Choices::only(position?)))
        }
        Kind::Unit(_) => {
            let found = item.decimal()?;
            let (low, high) = range?;
            if !(low..=high).contains(&found.value) {
                let message = format!("`{}` lies outside the range of {low} to {high}", item.raw());
                item.page.error("E0108", found.span, message, None);
                return None;
            }
            Some(Value::Number(Range::known(found.value)))
        }
    }
}

/// `terms/*.toml`.
pub(super) fn terms(root: &mut Table<'_>, into: &mut Vec<TermFile>) {
    for (scope, item) in scoped(root) {
        let name = declared_name(&item);
        let Some(mut table) = item.table() else { continue };
        let title = table.text("title");
        let kind = kind(&mut table);
        let is = table.expr("is");
        let cite = table.cite_if("cite");
        let reading = table.text_if("reading");
        let asks_fewer = table.take("asks_fewer").and_then(|item| item.truth()).unwrap_or(false);
        table.close();
        let (Some(name), Some(At { value: kind, span })) = (name, kind) else {
            continue;
        };
        let value = match kind {
            Kind::YesNo => TermKind::YesNo,
            Kind::Date => TermKind::Date,
            Kind::Choice(choices) => TermKind::Choice(choices),
            Kind::Unit(unit) => TermKind::Number(unit),
        };
        into.push(TermFile {
            scope,
            name,
            title,
            kind: At { value, span },
            is,
            cite,
            reading,
            asks_fewer,
        });
    }
}

/// A declared type.
enum Kind {
    YesNo,
    Date,
    Choice(Vec<(String, Text)>),
    Unit(String),
}

/// `type`, with `labels` where it is a list of choices.
fn kind(table: &mut Table<'_>) -> Option<At<Kind>> {
    let Some(item) = table.need("type") else {
        table.take("labels");
        return None;
    };
    let span = item.span();
    if matches!(item.value(), DeValue::Array(_)) {
        let choices = choices(&item, table);
        return Some(At {
            value: Kind::Choice(choices),
            span,
        });
    }
    table.refuse("labels", "only choices have labels");
    if !matches!(item.value(), DeValue::String(_)) {
        item.wrong(
            "a type",
            "`\"yes or no\"`, `\"date\"`, a unit, or a list of choices".to_owned(),
        );
        return None;
    }
    let found = item.string()?;
    let value = match found.value.as_str() {
        "yes or no" => Kind::YesNo,
        "date" => Kind::Date,
        unit if UNITS.contains(&unit) => Kind::Unit(unit.to_owned()),
        other => {
            let known = ["yes or no", "date"].into_iter().chain(UNITS);
            let hint = did_you_mean(other, known).unwrap_or_else(|| {
                format!(
                    "types are `yes or no`, `date`, `{}`, or a list of choices",
                    UNITS.join("`, `")
                )
            });
            item.page
                .error("E0108", found.span, format!("`{other}` is not a type"), hint);
            return None;
        }
    };
    Some(At { value, span })
}

fn choices(item: &Item<'_>, table: &mut Table<'_>) -> Vec<(String, Text)> {
    let mut names: Vec<At<String>> = Vec::new();
    for choice in item.list() {
        let Some(name) = choice.name() else { continue };
        if RESERVED.contains(&name.value.as_str()) {
            let message = format!("`{}` is a word of the rule language", name.value);
            choice
                .page
                .error("E0114", name.span, message, "choose another name".to_owned());
        } else if names.iter().any(|known| known.value == name.value) {
            choice.page.error(
                "E0109",
                name.span,
                format!("the choice `{}` stands twice", name.value),
                None,
            );
        } else {
            names.push(name);
        }
    }
    if item.list().len() < 2 {
        item.page
            .error("E0108", item.span(), "a list of choices has two or more", None);
    }
    let Some(labels) = table.need_for("labels", Some("each choice has a label")) else {
        return Vec::new();
    };
    let Some(mut labels) = labels.table() else {
        return Vec::new();
    };
    let given = labels.rest();
    for label in &given {
        if !names.iter().any(|name| name.value == label.key) {
            let hint = did_you_mean(label.key, names.iter().map(|name| name.value.as_str()));
            label.page.error(
                "E0103",
                label.key_span,
                format!("`{}` is not one of the choices", label.key),
                hint,
            );
        }
    }
    let labelled = |name: At<String>| {
        let text = given.iter().find(|label| label.key == name.value).map(Item::text);
        if text.is_none() {
            let hint = format!("labels.{} = {{ vi = \"…\", en = \"…\" }}", name.value);
            item.page.error(
                "E0102",
                name.span,
                format!("the choice `{}` has no label", name.value),
                hint,
            );
        }
        (name.value, text.unwrap_or_default())
    };
    names.into_iter().map(labelled).collect()
}

/// `[low, high]`
fn range(item: &Item<'_>) -> Option<(Decimal, Decimal)> {
    let bounds: Vec<Option<At<Decimal>>> = item.list().iter().map(Item::decimal).collect();
    let [low, high] = bounds.as_slice() else {
        if matches!(item.value(), DeValue::Array(_)) {
            item.page.error(
                "E0108",
                item.span(),
                "a range has two numbers",
                "range = [lowest, highest]".to_owned(),
            );
        }
        return None;
    };
    let (low, high) = (low.as_ref()?, high.as_ref()?);
    if low.value > high.value {
        item.page.error(
            "E0108",
            item.span(),
            format!("the range begins at {} and ends at {}", low.value, high.value),
            None,
        );
    }
    Some((low.value, high.value))
}

/// Papers joined by `or`, `and` and parentheses.
fn proof(item: &Item<'_>) -> Expr {
    let expr = item.expr();
    only_papers(item, &expr);
    expr
}

fn only_papers(item: &Item<'_>, expr: &Expr) {
    let refuse = |span: Span, hint: &str| {
        item.page
            .error("E0213", span, format!("`{expr}` is not a paper"), hint.to_owned());
    };
    match &expr.node {
        Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| only_papers(item, part)),
        Node::Name(parts) if parts.len() == 1 => {}
        Node::Missing => {}
        Node::Name(_)
        | Node::Truth(_)
        | Node::Number(_)
        | Node::Date(_)
        | Node::Not(_)
        | Node::Negate(_)
        | Node::Compare(..)
        | Node::OneOf(..)
        | Node::Between { .. }
        | Node::Absent(..)
        | Node::Arithmetic(..)
        | Node::If(..)
        | Node::Call(..)
        | Node::Aggregate { .. } => refuse(expr.span, "a proof names papers, joined by `or`, `and` and parentheses"),
    }
}
