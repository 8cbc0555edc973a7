//! Versions of programmes.

use jiff::civil::Date;

use super::files::{
    AdditionFile, Apply, At, Audience, Case, Choose, Condition, Each, Group, KeepBoth, LeftOut, Open, Pause, Pays,
    ProgrammeFile, Start, StartRule, Stop,
};
use super::law::{set_by, speaks_our_language};
use super::parts::{owned, readings};
use super::table::{Item, Table};
use crate::report::Every;

/// The stages of life, and other times of need, in the order in which they are shown.
pub(crate) const STAGES: [&str; 12] = [
    "pregnancy",
    "early_years",
    "childhood",
    "school",
    "working_age",
    "disability",
    "poverty",
    "old_age",
    "death",
    "farming",
    "housing",
    "emergency",
];

/// `programmes/FOLDER/FROM.toml`.
pub(super) fn programme(root: &mut Table<'_>, folder: &str, from: Date) -> Option<ProgrammeFile> {
    if !speaks_our_language(root) {
        return None;
    }
    let id = root.need("id").and_then(|item| item.name());
    if let Some(id) = &id {
        same_as_folder(root, id, folder);
    }
    let span = id.as_ref().map_or(root.span, |id| id.span);
    let backdated = root.cite_if("backdated");
    let title = root.text("title");
    let stages = root.need("stages").map(|item| stages(&item)).unwrap_or_default();
    let audience = root
        .need("for")
        .and_then(|item| item.one_of(&["person", "household", "deceased"]));
    let cite = root.cite();
    let receives = root.text_if("receives");
    let open = root.take("local_groups").and_then(|item| item.table()).map(open);
    let ends = root.take("ends").and_then(|item| item.date());
    if let Some(ends) = ends.as_ref().filter(|ends| ends.value <= from) {
        let message = format!("the version ends on {} and begins on {from}", ends.value);
        root.page.error("E0118", ends.span, message, None);
    }
    let on_death = audience.as_ref().is_some_and(|audience| audience.value == "deceased");
    let judge_on = if on_death {
        root.take("judge_on").and_then(|item| item.one_of(&["died_on"]))
    } else {
        root.refuse(
            "judge_on",
            "only a programme for the deceased is judged on the day of death",
        );
        None
    };
    let left_out = tables(root, "left_out").into_iter().map(left_out).collect();
    let readings = readings(root);
    let pays = root.need("pays").and_then(|item| item.table()).map(pays);
    let requires = root
        .take("requires")
        .map(|item| named(&item, condition))
        .unwrap_or_default();
    let groups = root.need("group").map(|item| named(&item, group)).unwrap_or_default();
    let cases = root
        .take("case")
        .map(|item| named(&item, |name, table| case(name, table, Rank::Case)))
        .unwrap_or_default();
    let choose = root.take("choose").and_then(|item| item.table()).and_then(choose);
    let start = root.take("start").and_then(|item| item.table()).map(start);
    let stop = if judge_on.is_some() {
        root.refuse("stop", "what is judged on the day of death has no first day");
        None
    } else {
        root.take("stop").and_then(|item| item.table()).map(stop)
    };
    let pauses = root.take("pause").map(|item| named(&item, pause)).unwrap_or_default();
    let apply = root.take("apply").and_then(|item| item.table()).map(apply);
    root.finish();
    Some(ProgrammeFile {
        id: id?,
        from,
        backdated,
        title,
        stages,
        audience: match audience?.value {
            "household" => Audience::Household,
            "deceased" => Audience::Deceased,
            _ => Audience::Person,
        },
        cite,
        receives,
        ends: ends.map(|day| day.value),
        judge_on: judge_on.map(|found| found.span),
        open,
        left_out,
        readings,
        pays: pays?,
        requires,
        groups,
        cases,
        choose,
        start,
        stop,
        pauses,
        apply,
        span,
    })
}

fn same_as_folder(root: &Table<'_>, id: &At<String>, folder: &str) {
    let wanted = folder.replace('-', "_");
    if id.value != wanted || folder.contains('_') {
        let message = format!("the id `{}` does not fit the folder `{folder}`", id.value);
        let hint = format!("the folder of `{}` is `{}`", id.value, id.value.replace('_', "-"));
        root.page.error("E0115", id.span, message, hint);
    }
}

fn stages(item: &Item<'_>) -> Vec<At<String>> {
    let mut stages: Vec<At<String>> = Vec::new();
    for stage in item.list() {
        let Some(found) = stage.one_of(&STAGES) else { continue };
        if stages.iter().any(|known| known.value == found.value) {
            stage.page.error(
                "E0109",
                found.span,
                format!("the stage `{}` stands twice", found.value),
                None,
            );
            continue;
        }
        stages.push(At {
            value: found.value.to_owned(),
            span: found.span,
        });
    }
    stages
}

fn tables<'t>(root: &mut Table<'t>, key: &'static str) -> Vec<Table<'t>> {
    root.take(key).map(|item| item.tables()).unwrap_or_default()
}

fn open(mut table: Table<'_>) -> Open {
    let open = Open {
        set_by: set_by(&mut table),
        cite: table.cite(),
    };
    table.close();
    open
}

/// `programmes/FOLDER/FROM.toml` of an overlay that adds groups to a national programme.
pub(super) fn addition(root: &mut Table<'_>, folder: &str, from: Date) -> Option<AdditionFile> {
    if !speaks_our_language(root) {
        return None;
    }
    let programme = root.need("adds_to").and_then(|item| item.name());
    if let Some(programme) = &programme {
        same_as_folder(root, programme, folder);
    }
    let backdated = root.cite_if("backdated");
    let cite = root.cite();
    let ends = root.take("ends").and_then(|item| item.date());
    if let Some(ends) = ends.as_ref().filter(|ends| ends.value <= from) {
        let message = format!("the groups end on {} and begin on {from}", ends.value);
        root.page.error("E0118", ends.span, message, None);
    }
    let left_out = tables(root, "left_out").into_iter().map(left_out).collect();
    let readings = readings(root);
    let groups = root.need("group").map(|item| named(&item, group)).unwrap_or_default();
    let cases = root
        .take("case")
        .map(|item| named(&item, |name, table| case(name, table, Rank::Case)))
        .unwrap_or_default();
    let keep_both = keep_both(root);
    root.finish();
    Some(AdditionFile {
        programme: programme?,
        from,
        ends,
        backdated,
        cite,
        left_out,
        readings,
        groups,
        cases,
        keep_both,
    })
}

/// The tables under a key, by their names, in the order of the file.
fn named<'t, T>(item: &Item<'t>, read: impl Fn(At<String>, Table<'t>) -> T) -> Vec<T> {
    let Some(mut table) = item.table() else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for item in table.rest() {
        let name = item.key_name();
        let Some(table) = item.table() else { continue };
        // Read in any case, to report what is wrong inside.
        let fallback = At {
            value: item.key.to_owned(),
            span: item.key_span,
        };
        all.push(read(name.unwrap_or(fallback), table));
    }
    all
}

fn left_out(mut table: Table<'_>) -> LeftOut {
    let left_out = LeftOut {
        cite: table.cite(),
        why: table.text("why"),
    };
    table.close();
    left_out
}

fn pays(mut table: Table<'_>) -> Pays {
    let span = table.span;
    let what = table
        .need("what")
        .and_then(|item| item.one_of(&["cash", "card", "in_kind", "loan"]));
    let every = table
        .need("every")
        .and_then(|item| item.one_of(&["month", "year", "once"]))
        .map(|found| match found.value {
            "year" => Every::Year,
            "once" => Every::Once,
            _ => Every::Month,
        })
        .unwrap_or_default();
    let limit = table.take("limit").and_then(|item| item.table()).map(|mut limit| {
        let cite = limit.cite();
        let text = limit.languages("limit");
        limit.close();
        (cite, text)
    });
    let rounding = table.take("rounding").and_then(|item| item.string());
    let (amount, label) = match what.as_ref().map(|what| what.value) {
        Some("card") => {
            table.refuse("amount", "a card has no amount");
            (
                None,
                table
                    .need_for("label", Some("a card says what it is"))
                    .map(|item| item.text()),
            )
        }
        Some("in_kind") => {
            let amount = table.take("amount").map(|item| item.expr());
            (
                amount,
                table
                    .need_for("label", Some("what is given is said in words"))
                    .map(|item| item.text()),
            )
        }
        Some("loan") => (
            table
                .need_for("amount", Some("the most that is lent"))
                .map(|item| item.expr()),
            table
                .need_for("label", Some("a loan says what it is for, and its interest"))
                .map(|item| item.text()),
        ),
        Some(_) => (
            table
                .need_for("amount", Some("cash has an amount"))
                .map(|item| item.expr()),
            table.text_if("label"),
        ),
        None => (table.take("amount").map(|item| item.expr()), table.text_if("label")),
    };
    table.close();
    Pays {
        what: owned(what),
        every,
        limit,
        amount,
        rounding,
        label,
        span,
    }
}

fn condition(name: At<String>, mut table: Table<'_>) -> Condition {
    let condition = Condition {
        name,
        title: table.text_if("title"),
        when: table.expr("when"),
        cite: table.cite(),
    };
    table.close();
    condition
}

fn group(name: At<String>, mut table: Table<'_>) -> Group {
    let title = table.text("title");
    let when = table.expr("when");
    let any = table
        .take("any")
        .map(|item| named(&item, condition))
        .unwrap_or_default();
    let cite = table.cite();
    table.close();
    Group {
        name,
        title,
        when,
        any,
        cite,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    Case,
    Exception,
}

fn case(name: At<String>, mut table: Table<'_>, rank: Rank) -> Case {
    let (of, when, except) = match rank {
        Rank::Case => {
            let of = table.need("of").map(|item| item.names()).unwrap_or_default();
            let when = table.take("when").map(|item| item.expr());
            let read = |name, table| case(name, table, Rank::Exception);
            (
                of,
                when,
                table.take("except").map(|item| named(&item, read)).unwrap_or_default(),
            )
        }
        Rank::Exception => {
            table.refuse("of", "an exception belongs to its case");
            table.refuse("except", "an exception has no exceptions");
            (Vec::new(), table.need("when").map(|item| item.expr()), Vec::new())
        }
    };
    let coefficient = table.take("coefficient").and_then(|item| item.decimal());
    let cite = table.cite();
    table.close();
    Case {
        name,
        of,
        when,
        coefficient,
        cite,
        except,
    }
}

fn choose(mut table: Table<'_>) -> Option<Choose> {
    table.need("highest").and_then(|item| item.one_of(&["pays"]));
    let each = table.need("each");
    let each = each.and_then(|item| item.one_of(&["person", "couple", "household"]));
    let across = table.need("across").and_then(|item| item.name());
    let cite = table.cite();
    let keep_both = keep_both(&mut table);
    table.close();
    let each = each?;
    Some(Choose {
        across: across?,
        each: At {
            span: each.span,
            value: match each.value {
                "couple" => Each::Couple,
                "household" => Each::Household,
                _ => Each::Person,
            },
        },
        cite,
        keep_both,
    })
}

fn keep_both(table: &mut Table<'_>) -> Vec<KeepBoth> {
    let mut all = Vec::new();
    for mut kept in tables(table, "keep_both") {
        let with = kept.need("with").and_then(|item| item.name());
        let groups = kept.take("groups").map(|item| item.names()).unwrap_or_default();
        let cite = kept.cite();
        kept.close();
        all.extend(with.map(|with| KeepBoth { with, groups, cite }));
    }
    all
}

fn start(mut table: Table<'_>) -> Start {
    let general = start_rule(&mut table);
    let except = table.take("except").map(|item| {
        named(&item, |name, mut table| {
            let rule = start_rule(&mut table);
            table.close();
            (name, rule)
        })
    });
    table.close();
    Start {
        general,
        except: except.unwrap_or_default(),
    }
}

fn start_rule(table: &mut Table<'_>) -> StartRule {
    let month = table
        .need("month")
        .and_then(|item| item.one_of(&["of the decision", "of the paper"]));
    let fact = match month.map(|month| month.value) {
        Some("of the paper") => table
            .need_for("fact", Some("the day of the paper is a fact"))
            .and_then(|item| item.name()),
        Some(_) => {
            table.refuse("fact", "the month of the decision needs no fact");
            None
        }
        None => table.take("fact").and_then(|item| item.name()),
    };
    StartRule {
        fact,
        cite: table.cite(),
    }
}

fn stop(mut table: Table<'_>) -> Stop {
    table.need("month").and_then(|item| item.one_of(&["after the loss"]));
    let cite = table.cite();
    table.close();
    Stop { cite }
}

fn pause(name: At<String>, mut table: Table<'_>) -> Pause {
    let pause = Pause {
        name,
        title: table.text("title"),
        when: table.expr("when"),
        cite: table.cite(),
    };
    table.close();
    pause
}

fn apply(mut table: Table<'_>) -> Apply {
    let form = table.take("form").and_then(|item| item.table()).map(|mut form| {
        let cite = form.cite();
        let text = form.languages("form");
        form.close();
        (cite, text)
    });
    let apply = Apply {
        form,
        papers: table
            .take("papers")
            .map(|item| item.list())
            .unwrap_or_default()
            .iter()
            .filter_map(Item::name)
            .collect(),
        at: table.text_if("at"),
        decides: table.text_if("decides"),
        days: table.take("days").and_then(|item| item.count()),
        within: table.text_if("within"),
        cite: table.cite(),
    };
    table.close();
    apply
}
