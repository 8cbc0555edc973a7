//! Whom a draft changes, over the whole roster, on both cores, by name.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::thread;
use std::time::Instant;

use ansinh_engine::Language;
use ansinh_engine::read::Scope;
use ansinh_engine::rules::{RuleSet, Type};
use ansinh_engine::value::Value;
use ansinh_store::{Commune, Household as Stored, Store};

use super::{away, compiled, id_of, whole_digest};
use crate::file::OpenFile;
use crate::impact::{Compared, Comparison, Side, age_band};
use crate::job::Progress;
use crate::screening::month_of;
use crate::session::Session;
use crate::wire::{
    Failure, Impact, ImpactAnswer, ImpactBy, ImpactChange, ImpactCost, ImpactCount, ImpactKind, ImpactRequest,
    JobStarted,
};

/// So many households are read at a time.
const PAGE: u32 = 500;

impl Session {
    /// Compares a draft with the rules in force over the roster. Stopped, it answers with what it has, marked partial.
    pub(crate) async fn draft_impact(&mut self, request: ImpactRequest) -> Result<JobStarted, Failure> {
        let month = month_of(&request.month)?;
        let id = id_of(&request.draft)?;
        let files = self.store.draft_files(id).await?;
        let stamp = self.stamp();
        let detail = request.month.clone();
        self.store
            .append_audit(&stamp, "compare draft", &id.to_string(), &detail)
            .await?;
        let (store, commune, old) = (Arc::clone(&self.store), self.commune.clone(), Arc::clone(&self.rules));
        let base_digest = whole_digest(&self.release.files);
        let n_households = store.counts().await?.n_households;
        let language = request.language;
        Ok(self.jobs.start(|progress| async move {
            let started = Instant::now();
            let draft_digest = whole_digest(&files);
            let new = away(move || Ok(Arc::clone(&compiled(files)?.rules))).await?;
            let comparison = Arc::new(Comparison::new(old, new, month));
            progress.expect(n_households);
            let mut sum = Sum::default();
            judge(&store, &commune, &comparison, language, &progress, &mut sum).await?;
            let impact = Impact {
                month: request.month,
                partial: progress.is_stopped() && sum.n_judged < n_households,
                n_households,
                n_judged: sum.n_judged,
                n_unchanged: sum.n_unchanged,
                millis: u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX),
                programmes: titles(&comparison, language),
                changes: sum.changes,
                counts: sum.counts.into_values().collect(),
                costs: costs(&sum.costs),
                base_digest,
                draft_digest,
            };
            Ok(impact)
        }))
    }
}

/// What was found so far.
#[derive(Default)]
struct Sum {
    n_judged: usize,
    n_unchanged: usize,
    changes: Vec<ImpactChange>,
    counts: BTreeMap<(ImpactBy, String), ImpactCount>,
    costs: Compared,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.n_judged += other.n_judged;
        self.n_unchanged += other.n_unchanged;
        self.changes.extend(other.changes);
        self.costs.add_costs(&other.costs);
        for (key, count) in other.counts {
            let sum = self.counts.entry(key).or_insert_with(|| ImpactCount {
                gains: 0,
                loses: 0,
                amount: 0,
                open: 0,
                failed: 0,
                ..count.clone()
            });
            sum.gains += count.gains;
            sum.loses += count.loses;
            sum.amount += count.amount;
            sum.open += count.open;
            sum.failed += count.failed;
        }
    }

    fn count(&mut self, by: ImpactBy, value: &str, kind: ImpactKind) {
        let count = self
            .counts
            .entry((by, value.to_owned()))
            .or_insert_with(|| ImpactCount {
                by,
                value: value.to_owned(),
                gains: 0,
                loses: 0,
                amount: 0,
                open: 0,
                failed: 0,
            });
        match kind {
            ImpactKind::Gains => count.gains += 1,
            ImpactKind::Loses => count.loses += 1,
            ImpactKind::Amount => count.amount += 1,
            ImpactKind::Open => count.open += 1,
            ImpactKind::Failed => count.failed += 1,
        }
    }
}

async fn judge(
    store: &Store,
    commune: &Commune,
    comparison: &Arc<Comparison>,
    language: Language,
    progress: &Progress,
    sum: &mut Sum,
) -> Result<(), Failure> {
    let mut last = None;
    loop {
        if progress.is_stopped() {
            return Ok(());
        }
        let page = store.load_households(last, PAGE).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = Some(end.id);
        let (comparison, commune, progress) = (Arc::clone(comparison), commune.clone(), progress.clone());
        let found = away(move || Ok(page_of(&page, &commune, &comparison, language, &progress))).await?;
        sum.add(found);
    }
}

/// Compares a page of households, half of them on each of two threads.
fn page_of(
    page: &[Stored],
    commune: &Commune,
    comparison: &Comparison,
    language: Language,
    progress: &Progress,
) -> Sum {
    let (first, second) = page.split_at(page.len() / 2);
    let half = |households: &[Stored]| {
        let mut sum = Sum::default();
        for stored in households {
            if progress.is_stopped() {
                break;
            }
            household(stored, commune, comparison, language, &mut sum);
            progress.step();
        }
        sum
    };
    thread::scope(|scope| {
        let other = scope.spawn(|| half(second));
        let mut sum = half(first);
        match other.join() {
            Ok(found) => sum.add(found),
            Err(panic) => std::panic::resume_unwind(panic),
        }
        sum
    })
}

fn household(stored: &Stored, commune: &Commune, comparison: &Comparison, language: Language, sum: &mut Sum) {
    sum.n_judged += 1;
    if comparison.programmes.is_empty() {
        sum.n_unchanged += 1;
        return;
    }
    let before = OpenFile::new(&comparison.old, stored.clone(), commune).household;
    let after = OpenFile::new(&comparison.new, stored.clone(), commune).household;
    let compared = comparison.compare(&before, &after);
    sum.costs.add_costs(&compared);
    if compared.changed.is_empty() {
        sum.n_unchanged += 1;
    }
    let head = before
        .persons
        .first()
        .map(|person| person.name.clone())
        .unwrap_or_default();
    for changed in compared.changed {
        let title = comparison.title(&changed.programme, language);
        sum.count(ImpactBy::Programme, &title, changed.kind);
        sum.count(ImpactBy::Hamlet, &stored.hamlet, changed.kind);
        let person = changed
            .person
            .and_then(|at| after.persons.get(at).map(|person| (at, person)));
        let sex = person
            .and_then(|(at, _)| sex(&comparison.new, &after, at))
            .unwrap_or_default();
        sum.count(ImpactBy::Sex, &sex, changed.kind);
        let age = person.and_then(|(at, _)| age_band(&comparison.new, &after, at, comparison.month.last_day()));
        sum.count(
            ImpactBy::Age,
            &age.map(|age| format!("{age:03}")).unwrap_or_default(),
            changed.kind,
        );
        sum.changes.push(ImpactChange {
            kind: changed.kind,
            household: before.id.clone(),
            number: stored.number.clone(),
            head: head.clone(),
            hamlet: stored.hamlet.clone(),
            person: person.map(|(_, person)| person.id.clone()),
            name: person.map(|(_, person)| person.name.clone()),
            programme: changed.programme,
            title,
            before: answer(changed.before, language),
            after: answer(changed.after, language),
        });
    }
}

fn answer(side: Option<Side>, language: Language) -> ImpactAnswer {
    ImpactAnswer {
        answer: side.map(|side| side.answer),
        gives: side.and_then(|side| Some(language.level(side.level?, side.every))),
    }
}

/// The choice recorded as the person's sex, where it is known.
fn sex(rules: &RuleSet, household: &ansinh_engine::Household, person: usize) -> Option<String> {
    let (id, fact) = rules.fact_named(Scope::Person, "sex")?;
    let Type::Choice(list) = &fact.kind else { return None };
    let Value::Choice(choices) = household.persons.get(person)?.facts.get(&id)?.value else {
        return None;
    };
    let mut possible = (0..list.len()).filter(|at| choices.bits >> at & 1 == 1);
    let only = possible.next().filter(|_| possible.next().is_none())?;
    list.get(only).map(|(name, _)| name.clone())
}

fn titles(comparison: &Comparison, language: Language) -> Vec<String> {
    let all = comparison.programmes.iter();
    all.map(|programme| comparison.title(programme, language)).collect()
}

fn costs(sum: &Compared) -> Vec<ImpactCost> {
    let cost = |(every, amounts): (&ansinh_engine::report::Every, &[i64; 4])| {
        let [before_low, before_high, after_low, after_high] = *amounts;
        ImpactCost {
            every: *every,
            before_low,
            before_high,
            after_low,
            after_high,
        }
    };
    sum.costs.iter().map(cost).collect()
}
