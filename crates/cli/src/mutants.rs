//! `ansinh test --mutate`: rules changed in one place after another, and the changes that no worked case notices.

use std::io::{IsTerminal, Write as _};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ansinh_engine::Language;
use ansinh_engine::diagnostic::Span;
use ansinh_engine::mutate::{Mutant, Trial, Verdict};
use ansinh_engine::read::{AcceptedMutant, overlay_of, path_in_overlay};
use ansinh_release::Release;
use serde_json::{Value, json};

use crate::arguments::Test;
use crate::cases::{Scope, line_of, path_of, where_is};
use crate::failure::{FOUND, Failure, GOOD};
use crate::page::{Page, print};

/// A change and what became of it.
type Tried = (Mutant, Verdict);

/// An entry of `mutants.toml` for one file, and whether a survivor bears it out.
struct Acceptance<'a> {
    path: String,
    span: Span,
    entry: &'a AcceptedMutant,
    is_borne_out: bool,
}

/// What became of all of them.
struct Outcome<'a> {
    tried: &'a [Tried],
    survivors: Vec<&'a Mutant>,
    stale: Vec<&'a Acceptance<'a>>,
    n_accepted: usize,
}

pub(crate) fn mutate(release: &Release, scope: &Scope, asked: &Test) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let trial = Trial::new(&release.rules, &release.files);
    let mut all = trial.mutants();
    all.retain(|mutant| scope.holds(&mutant.path));
    let verdicts = tried(&trial, &all, language);
    let tried: Vec<Tried> = all.into_iter().zip(verdicts).collect();

    let mut acceptances: Vec<Acceptance<'_>> = Vec::new();
    for entry in trial.accepted() {
        for path in &entry.paths {
            // An overlay names its files as they lie in its own folder.
            let full = match overlay_of(path_of(path.span, &release.files)) {
                Some((folder, _)) => path_in_overlay(folder, &path.value),
                None => path.value.clone(),
            };
            if scope.holds(&full) {
                acceptances.push(Acceptance {
                    path: full,
                    span: path.span,
                    entry,
                    is_borne_out: false,
                });
            }
        }
    }
    let mut survivors = Vec::new();
    for (mutant, _) in tried.iter().filter(|(_, verdict)| *verdict == Verdict::Survived) {
        let fits = |a: &&mut Acceptance<'_>| {
            let (place, after) = (&a.entry.place.value, &a.entry.after.value);
            a.path == mutant.path && *place == mutant.place && *after == mutant.after
        };
        match acceptances.iter_mut().find(fits) {
            Some(acceptance) => acceptance.is_borne_out = true,
            None => survivors.push(mutant),
        }
    }
    let stale: Vec<&Acceptance<'_>> = acceptances.iter().filter(|a| !a.is_borne_out).collect();
    let outcome = Outcome {
        tried: &tried,
        survivors,
        n_accepted: acceptances.len() - stale.len(),
        stale,
    };
    if asked.json {
        let value = outcome.as_json(release, language);
        let text = serde_json::to_string_pretty(&value).map_err(|error| Failure::internal(error.to_string()))?;
        print(&format!("{text}\n"))?;
    } else {
        outcome.page(release, language).show()?;
    }
    let found = !outcome.survivors.is_empty() || !outcome.stale.is_empty();
    Ok(if found { FOUND } else { GOOD })
}

/// Tries every mutant, on as many threads as there are processors; the verdicts come in the order of the mutants.
fn tried(trial: &Trial<'_>, mutants: &[Mutant], language: Language) -> Vec<Verdict> {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(usize, Verdict)>> = Mutex::new(Vec::with_capacity(mutants.len()));
    let n_threads = thread::available_parallelism().map_or(1, usize::from);
    let shows = std::io::stderr().is_terminal();
    thread::scope(|scope| {
        for _ in 0..n_threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(mutant) = mutants.get(at) else { break };
                    if shows && at.is_multiple_of(20) {
                        progress(at, mutants.len(), language);
                    }
                    let verdict = trial.run(mutant);
                    if let Ok(mut found) = found.lock() {
                        found.push((at, verdict));
                    }
                }
            });
        }
    });
    if shows {
        // The line is overwritten by what follows.
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, verdict)| verdict).collect()
}

fn progress(at: usize, n: usize, language: Language) {
    let word = language.pick("đột biến", "mutants");
    // Progress that cannot be shown is no reason to stop.
    let _ = write!(std::io::stderr(), "\r{at} / {n} {word}");
}

impl Outcome<'_> {
    fn count(&self, wanted: fn(&Verdict) -> bool) -> usize {
        self.tried.iter().filter(|(_, verdict)| wanted(verdict)).count()
    }

    fn n_killed(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Killed(_)))
    }

    fn n_refused(&self) -> usize {
        self.count(|verdict| *verdict == Verdict::Refused)
    }

    fn page(&self, release: &Release, language: Language) -> Page {
        let mut page = Page::new();
        if !self.survivors.is_empty() {
            let heading = language.pick("Thay đổi không ca nào nhận ra", "Changes that no case notices");
            page.bold("", heading);
        }
        for mutant in &self.survivors {
            page.item(&format!("{} · {}", where_is(mutant.span, &release.files), mutant.place));
            page.paragraph("      - ", "        ", &mutant.before);
            let left_out = language.pick("(bỏ đi)", "(left out)");
            let after = if mutant.after.is_empty() {
                left_out
            } else {
                &mutant.after
            };
            page.paragraph("      + ", "        ", after);
            page.paragraph("      ", "      ", mutant.meaning(language));
        }
        for stale in &self.stale {
            let says = language.pick(
                "mục này không còn đúng: thay đổi không còn hoặc đã có ca nhận ra",
                "this entry is stale: the change is not made any more, or a case notices it",
            );
            let (place, after) = (&stale.entry.place.value, &stale.entry.after.value);
            let line = where_is(stale.span, &release.files);
            page.item(&format!("{line} · {} · {place} · {after} · {says}", stale.path));
        }
        let (n, n_killed, n_refused) = (self.tried.len(), self.n_killed(), self.n_refused());
        let (n_survived, n_accepted, n_stale) = (self.survivors.len(), self.n_accepted, self.stale.len());
        let summary = match language {
            Language::Vi => format!(
                "{n} đột biến: {n_killed} bị ca mẫu nhận ra, {n_refused} bị kiểm tra từ chối, {n_accepted} được chấp nhận có lý do, \
                 {n_survived} còn sót, {n_stale} mục chấp nhận không còn đúng"
            ),
            Language::En => format!(
                "{n} mutants: {n_killed} killed by cases, {n_refused} refused by checks, {n_accepted} accepted with a reason, \
                 {n_survived} survived, {n_stale} stale acceptances"
            ),
        };
        page.raw(&format!("{summary}\n"));
        page
    }

    fn as_json(&self, release: &Release, language: Language) -> Value {
        let survivor = |mutant: &&Mutant| {
            json!({
                "path": mutant.path,
                "line": line_of(mutant.span, &release.files),
                "place": mutant.place,
                "before": mutant.before,
                "after": mutant.after,
                "means": mutant.meaning(language),
            })
        };
        let stale = |stale: &&Acceptance<'_>| {
            json!({
                "path": stale.path,
                "line": line_of(stale.span, &release.files),
                "place": stale.entry.place.value,
                "after": stale.entry.after.value,
            })
        };
        json!({
            "n_mutants": self.tried.len(),
            "n_killed": self.n_killed(),
            "n_refused": self.n_refused(),
            "n_accepted": self.n_accepted,
            "survivors": self.survivors.iter().map(survivor).collect::<Vec<_>>(),
            "stale": self.stale.iter().map(stale).collect::<Vec<_>>(),
        })
    }
}
