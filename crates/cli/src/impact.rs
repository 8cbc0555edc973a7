//! `ansinh release impact`: whom other rules answer otherwise, and what that costs, over a file or folder of households.
//!
//! The casework compares, as it does for a draft; here households are read, shared out over the cores, and counted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ansinh_casework::impact::{Changed, Compared, Comparison, Side};
use ansinh_casework::wire::ImpactKind;
use ansinh_engine::household::read_household;
use ansinh_engine::report::Every;
use ansinh_engine::{Household, Language, Month, RuleSet};
use serde::Serialize;
use serde_json::Value;

use crate::arguments::ImpactOf;
use crate::begin::release_of;
use crate::failure::{Failure, GOOD};
use crate::input;
use crate::page::{Page, print};
use crate::signing::unreadable;

/// A file of households is at most so many bytes long: some ten communes.
const LARGEST_FILE: u64 = 512 * 1024 * 1024;

/// What was found, as `--json` prints it.
#[derive(Serialize)]
struct Found {
    language: Language,
    months: Vec<String>,
    n_households: usize,
    /// Households in which nothing is answered otherwise in any of the months.
    n_unchanged: usize,
    programmes: Vec<ProgrammeCount>,
    /// What the programmes compared pay: certain, and at most.
    costs: Vec<Cost>,
    changes: Vec<Change>,
}

/// Benefits of a programme that are answered otherwise, each counted once: in the first month in which it is.
#[derive(Clone, Default, Serialize)]
struct ProgrammeCount {
    programme: String,
    title: String,
    gains: usize,
    loses: usize,
    amount: usize,
    open: usize,
    failed: usize,
    /// Households in which the programme answers nothing otherwise.
    unchanged: usize,
}

#[derive(Serialize)]
struct Cost {
    month: String,
    every: Every,
    before_low: i64,
    before_high: i64,
    after_low: i64,
    after_high: i64,
}

#[derive(Clone, Serialize)]
struct Change {
    month: String,
    kind: ImpactKind,
    household: String,
    head: String,
    name: Option<String>,
    programme: String,
    before: Option<String>,
    after: Option<String>,
}

/// What one household came to: by month, in the order of the months.
#[derive(Default)]
struct Judged {
    changes: Vec<Change>,
    months: Vec<Compared>,
}

pub(crate) fn impact(asked: &ImpactOf) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let (old, new) = (
        release_of(&asked.old, &asked.keys)?,
        release_of(&asked.new, &asked.keys)?,
    );
    let months = months(input::month(asked.month), asked.months);
    let of = |month: &Month| Comparison::new(old.rules.clone(), new.rules.clone(), *month);
    let comparisons: Vec<Comparison> = months.iter().map(of).collect();
    let households = read(&asked.households)?;
    let judged = judge(&households, &old.rules, &new.rules, &comparisons, language)?;
    let found = added_up(judged, &comparisons, language);
    if asked.json {
        let json = serde_json::to_string_pretty(&found).map_err(|error| Failure::internal(error.to_string()))?;
        print(&format!("{json}\n"))?;
    } else {
        page(&found, asked.names).show()?;
    }
    Ok(GOOD)
}

fn months(first: Month, n: u8) -> Vec<Month> {
    let mut months = vec![first];
    while let Some(last) = months.last().filter(|_| months.len() < usize::from(n)) {
        let Ok(next) = last.last_day().tomorrow() else { break };
        months.push(Month::of(next));
    }
    months
}

/// Reads households: a file with a JSON array, or a folder of household files; each with what names it in a message.
fn read(source: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>, Failure> {
    if !source.is_dir() {
        let bytes = bytes(source)?;
        let all: Vec<Value> = serde_json::from_slice(&bytes).map_err(|error| {
            let text =
                "expected a JSON array of households, as `ansinh sample` prints it, or a folder of household files";
            Failure::unreadable(format!("{}: {text} ({error})", source.display()))
        })?;
        let named =
            |(at, household): (usize, Value)| (source.join(format!("[{at}]")), household.to_string().into_bytes());
        return Ok(all.into_iter().enumerate().map(named).collect());
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(source).map_err(|error| unreadable(source, &error))? {
        let file = entry.map_err(|error| unreadable(source, &error))?.path();
        if file.extension().is_some_and(|ending| ending == "json") {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        let text = "no household file (.json) is in this folder; `ansinh sample --out DIR` makes some";
        return Err(Failure::unreadable(format!("{}: {text}", source.display())));
    }
    files
        .into_iter()
        .map(|file| Ok((file.clone(), bytes(&file)?)))
        .collect()
}

fn bytes(file: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = File::open(file).and_then(|open| open.take(LARGEST_FILE).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(file, &error))?;
    Ok(bytes)
}

/// Judges all households over all cores, in the order in which they came.
fn judge(
    households: &[(PathBuf, Vec<u8>)],
    old: &RuleSet,
    new: &RuleSet,
    comparisons: &[Comparison],
    language: Language,
) -> Result<Vec<Judged>, Failure> {
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let (next, is_watched) = (AtomicUsize::new(0), std::io::stderr().is_terminal());
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((file, bytes)) = households.get(at) else { break };
            let read =
                |rules| read_household(rules, bytes).map_err(|problems| Failure::problems(file, &problems, language));
            let judged = read(old).and_then(|before| Ok(one(&before, &read(new)?, comparisons, language)));
            if is_watched {
                // When nobody can be told how far it is, it goes on.
                let _ = write!(std::io::stderr(), "\r{}/{}", at + 1, households.len());
            }
            done.push((at, judged));
        }
        done
    };
    let mut all = thread::scope(|scope| {
        let threads: Vec<_> = (0..n_threads).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for thread in threads {
            match thread.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    if is_watched {
        let _ = writeln!(std::io::stderr());
    }
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, judged)| judged).collect()
}

fn one(before: &Household, after: &Household, comparisons: &[Comparison], language: Language) -> Judged {
    let (mut judged, mut seen) = (Judged::default(), BTreeSet::new());
    let name = |at: usize| after.persons.get(at).map(|person| person.name.clone());
    let gives = |side: Option<Side>| side.and_then(|side| Some(language.level(side.level?, side.every)));
    for comparison in comparisons {
        let mut compared = comparison.compare(before, after);
        for Changed {
            kind,
            programme,
            person,
            before: was,
            after: is,
        } in std::mem::take(&mut compared.changed)
        {
            // A benefit is counted in the first month in which it is answered otherwise.
            if seen.insert((programme.clone(), person)) {
                judged.changes.push(Change {
                    month: comparison.month.to_string(),
                    kind,
                    household: after.id.clone(),
                    head: name_of_head(after),
                    name: person.and_then(name),
                    programme,
                    before: gives(was),
                    after: gives(is),
                });
            }
        }
        judged.months.push(compared);
    }
    judged
}

fn name_of_head(household: &Household) -> String {
    household
        .persons
        .first()
        .map(|person| person.name.clone())
        .unwrap_or_default()
}

fn added_up(judged: Vec<Judged>, comparisons: &[Comparison], language: Language) -> Found {
    let n_households = judged.len();
    let mut counts: BTreeMap<String, ProgrammeCount> = BTreeMap::new();
    for comparison in comparisons {
        for programme in &comparison.programmes {
            counts.entry(programme.clone()).or_insert_with(|| ProgrammeCount {
                programme: programme.clone(),
                title: comparison.title(programme, language),
                unchanged: n_households,
                ..ProgrammeCount::default()
            });
        }
    }
    let mut sums: Vec<Compared> = comparisons.iter().map(|_| Compared::default()).collect();
    let (mut changes, mut n_unchanged) = (Vec::new(), 0);
    for household in judged {
        n_unchanged += usize::from(household.changes.is_empty());
        for (sum, month) in sums.iter_mut().zip(&household.months) {
            sum.add_costs(month);
        }
        for (programme, count) in &mut counts {
            let mut kinds = household
                .changes
                .iter()
                .filter(|change| change.programme == *programme)
                .peekable();
            count.unchanged -= usize::from(kinds.peek().is_some());
            for change in kinds {
                match change.kind {
                    ImpactKind::Gains => count.gains += 1,
                    ImpactKind::Loses => count.loses += 1,
                    ImpactKind::Amount => count.amount += 1,
                    ImpactKind::Open => count.open += 1,
                    ImpactKind::Failed => count.failed += 1,
                }
            }
        }
        changes.extend(household.changes);
    }
    let mut costs = Vec::new();
    for (sum, comparison) in sums.iter().zip(comparisons) {
        costs.extend(costs_of(sum, comparison.month.to_string()));
    }
    Found {
        language,
        months: comparisons
            .iter()
            .map(|comparison| comparison.month.to_string())
            .collect(),
        n_households,
        n_unchanged,
        programmes: counts.into_values().collect(),
        costs,
        changes,
    }
}

fn costs_of(sum: &Compared, month: String) -> impl Iterator<Item = Cost> {
    sum.costs
        .iter()
        .map(move |(every, [before_low, before_high, after_low, after_high])| Cost {
            month: month.clone(),
            every: *every,
            before_low: *before_low,
            before_high: *before_high,
            after_low: *after_low,
            after_high: *after_high,
        })
}

fn page(found: &Found, with_names: bool) -> Page {
    let language = found.language;
    let mut page = Page::new();
    let month = |month: &String| crate::words::month(month, language);
    let (first, last) = (found.months.first().map(month), found.months.last().map(month));
    let span = match (first, last) {
        (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
        (first, _) => first.unwrap_or_default(),
    };
    let (n, same) = (found.n_households, found.n_unchanged);
    let (vi, en) = (
        format!("{span}: {n} hộ, {same} hộ không đổi, {} hộ có thay đổi", n - same),
        format!("{span}: {n} households, {same} unchanged, {} changed", n - same),
    );
    page.paragraph("", "  ", language.pick(&vi, &en));
    if found.programmes.is_empty() {
        let none = language.pick(
            "Không chính sách nào có thể trả lời khác đi.",
            "No programme can answer otherwise.",
        );
        page.paragraph("", "  ", none);
        return page;
    }
    page.heading(language.pick("Theo chính sách", "By programme"));
    for one in &found.programmes {
        page.item(&one.title);
        let mut parts = Vec::new();
        for (n, vi, en) in [
            (one.gains, "được thêm", "gain"),
            (one.loses, "mất", "lose"),
            (one.amount, "đổi mức", "another amount"),
            (one.open, "cần thêm thông tin", "need a fact"),
            (one.failed, "không tính được", "could not be computed"),
        ] {
            if n > 0 {
                parts.push(format!("{n} {}", language.pick(vi, en)));
            }
        }
        parts.push(format!(
            "{} {}",
            one.unchanged,
            language.pick("hộ không đổi", "households unchanged")
        ));
        page.paragraph("      ", "      ", &parts.join(" · "));
    }
    costs_on(&mut page, found);
    if with_names {
        page.heading(language.pick("Từng người", "By name"));
        for change in &found.changes {
            let title = found.programmes.iter().find(|one| one.programme == change.programme);
            let nothing = || language.pick("không", "nothing").to_owned();
            let (was, is) = (
                change.before.clone().unwrap_or_else(nothing),
                change.after.clone().unwrap_or_else(nothing),
            );
            let who = change.name.as_ref().unwrap_or(&change.head);
            page.item(&format!(
                "{who} · {} · {}",
                kind(change.kind, language),
                title.map_or("", |one| &one.title)
            ));
            page.paragraph("      ", "      ", &format!("{was} → {is}"));
            page.dim("      ", &format!("{} · {}", change.household, month(&change.month)));
        }
    }
    page
}

fn costs_on(page: &mut Page, found: &Found) {
    let language = found.language;
    page.heading(language.pick("Chi phí của các chính sách này", "Cost of these programmes"));
    let amount = |low, high| {
        let (low, high) = (language.money(low), language.money(high));
        if low == high { low } else { format!("{low} – {high}") }
    };
    let row = |what: String, [a, b, c, d]: [i64; 4]| vec![what, amount(a, b), amount(c, d)];
    let mut rows = Vec::new();
    for cost in &found.costs {
        let every = match cost.every {
            Every::Month => language.pick("mỗi tháng", "monthly"),
            Every::Year => language.pick("mỗi năm", "yearly"),
            Every::Once => language.pick("một lần", "once"),
        };
        let month = crate::words::month(&cost.month, language);
        let sums = [cost.before_low, cost.before_high, cost.after_low, cost.after_high];
        rows.push(row(format!("{}, {every}", month), sums));
    }
    // What is given each month: over the months asked, and for one month alone over a year like it.
    let monthly = found.costs.iter().filter(|cost| cost.every == Every::Month);
    let times = if found.months.len() == 1 { 12 } else { 1 };
    let total = monthly.fold([0_i64; 4], |[a, b, c, d], cost| {
        let more = |sum: i64, amount: i64| sum.saturating_add(amount.saturating_mul(times));
        let (before, after) = ((cost.before_low, cost.before_high), (cost.after_low, cost.after_high));
        [more(a, before.0), more(b, before.1), more(c, after.0), more(d, after.1)]
    });
    let n = if found.months.len() == 1 {
        12
    } else {
        found.months.len()
    };
    let (vi, en) = (
        format!("{n} tháng, phần hằng tháng"),
        format!("{n} months, what is monthly"),
    );
    rows.push(row(language.pick(&vi, &en).to_owned(), total));
    page.table(
        &["", language.pick("trước", "before"), language.pick("sau", "after")],
        rows,
    );
    let note = language.pick(
        "Khoảng: phần chắc chắn – nhiều nhất, khi còn điều chưa rõ.",
        "A range: what is certain – at most, where facts are not known.",
    );
    page.dim("", note);
}

fn kind(kind: ImpactKind, language: Language) -> &'static str {
    match kind {
        ImpactKind::Gains => language.pick("được thêm", "gains"),
        ImpactKind::Loses => language.pick("mất", "loses"),
        ImpactKind::Amount => language.pick("đổi mức", "another amount"),
        ImpactKind::Open => language.pick("cần thêm thông tin", "needs a fact"),
        ImpactKind::Failed => language.pick("không tính được", "could not be computed"),
    }
}
