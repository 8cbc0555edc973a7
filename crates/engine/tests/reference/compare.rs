//! One household judged by both evaluators, and what may differ.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::assess::Combined;
use ansinh_engine::evaluate::Unknown;
use ansinh_engine::report::Answer;
use ansinh_engine::{Assessment, Depth, Determination, assess};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::book::{Book, When};
use super::samples::Holes;
use super::{Asked, Home, Verdict, verdicts};

/// Completions looked at for one subject; what needs more is left out and counted.
const MOST_COMPLETIONS: usize = 1500;

/// What was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub subjects: usize,
    pub settled: usize,
    left_out: usize,
    /// The engine does not claim to be exact, and may be more careful than the completions.
    not_exact: usize,
    /// The engine says open where all completions agree.
    careful_answers: usize,
    /// The engine's range of amounts is wider than that of the completions.
    careful_amounts: usize,
    /// The engine's questions are others.
    careful_asks: usize,
    /// Random rule sets that the checker refuses.
    pub refused: usize,
}

impl Tally {
    /// Fails when more was left out, not exact, or answered with more care than is stated (in percent).
    pub fn check(&self, left_out: usize, not_exact: usize, careful: usize) {
        eprintln!("{self:?}");
        let share = |n: usize| n * 100 / self.subjects.max(1);
        assert!(
            share(self.left_out) < left_out,
            "too many completions in too many households: {self:?}"
        );
        assert!(share(self.not_exact) < not_exact, "not exact too often: {self:?}");
        let more = self.careful_answers.max(self.careful_amounts).max(self.careful_asks);
        assert!(share(more) < careful, "too careful too often: {self:?}");
    }
}

/// Determinations by programme and person.
pub fn by_subject<'a>(book: &Book, assessment: &'a Assessment) -> BTreeMap<(String, Option<usize>), &'a Determination> {
    let key = |d: &Determination| (book.rules.programmes[d.programme].id.clone(), d.person);
    assessment.determinations.iter().map(|d| (key(d), d)).collect()
}

/// Compares both evaluators on one household and says where they differ.
pub fn compare(book: &Book, json: &Json, when: When, holes: Holes, tally: &mut Tally) -> Result<(), String> {
    let assessment = assess(&book.rules, &book.read(json), when.month, Depth::Answers);
    let engine = by_subject(book, &assessment);
    let home = Home::new(json);
    let expected = verdicts(
        &book.law,
        &home,
        &home.points(&book.law, when.days),
        when.days,
        MOST_COMPLETIONS,
    );
    let context = |what: &str| format!("{what}\n{} {json:#}", when.month);
    let (ours, theirs): (Vec<_>, Vec<_>) = (engine.keys().collect(), expected.keys().collect());
    if ours != theirs {
        return Err(context(&format!("subjects: engine {ours:?}, reference {theirs:?}")));
    }
    for (subject, verdict) in &expected {
        let determination = engine[subject];
        differs(book, determination, verdict, holes, tally).map_err(|why| {
            context(&format!(
                "{subject:?}: {why}; {verdict:?}; engine {:?} {:?}",
                determination.answer, determination.level
            ))
        })?;
    }
    Ok(())
}

/// Whether the engine says that answer, range and questions are exactly those of the completions.
fn is_exact(engine: &Determination) -> bool {
    !engine.may_matter
}

fn differs(
    book: &Book,
    engine: &Determination,
    verdict: &Verdict,
    holes: Holes,
    tally: &mut Tally,
) -> Result<(), String> {
    tally.subjects += 1;
    if verdict.too_many {
        tally.left_out += 1;
        return Ok(());
    }
    let exact = holes == Holes::None || is_exact(engine);
    tally.not_exact += usize::from(!exact);
    let not_covered = engine.answer == Answer::NotCovered;
    if verdict.not_covered == BTreeSet::from([!not_covered]) {
        return Err("whether it is covered".to_owned());
    }
    if verdict.not_covered.contains(&true) {
        return Ok(());
    }
    tally.settled += usize::from(verdict.is_settled());
    let careful = |count: &mut usize, what: &str| {
        *count += 1;
        if exact { Err(what.to_owned()) } else { Ok(()) }
    };
    let says = match engine.answer {
        Answer::Entitled => Some(true),
        Answer::NotEntitled => Some(false),
        Answer::Open | Answer::PersonDecides => None,
        other => return Err(format!("the engine says {other:?}")),
    };
    match says {
        Some(says) if verdict.paid != BTreeSet::from([says]) => {
            return Err("the engine settles what is not so".to_owned());
        }
        None if verdict.is_settled() => careful(&mut tally.careful_answers, "open where all completions agree")?,
        _ => {}
    }
    match (
        verdict.level(),
        engine
            .level
            .map(|level| (Decimal::from(level.low), Decimal::from(level.high))),
    ) {
        (None, None) => {}
        (None, Some((_, high))) if says == Some(true) && !high.is_zero() => return Err("no completion pays".to_owned()),
        (None, Some(_)) => {}
        (Some(_), None) => return Err("no amount".to_owned()),
        (Some((low, high)), Some((ours_low, ours_high))) => {
            if low < ours_low || high > ours_high {
                return Err("an amount outside of the engine's range".to_owned());
            }
            if (low, high) != (ours_low, ours_high) {
                careful(&mut tally.careful_amounts, "a range too wide")?;
            }
        }
    }
    // A benefit gives way where it is never paid, and its own conditions are met in some completion.
    let gives_way = matches!(engine.combined, Combined::GivesWay { .. });
    if gives_way && verdict.paid.contains(&true) {
        return Err("it is paid in some completion".to_owned());
    }
    if says == Some(false) && gives_way == verdict.would_have.is_empty() {
        careful(&mut tally.careful_amounts, "whether another is paid instead")?;
    }
    let asks: BTreeSet<Asked> = engine.asks.iter().map(|unknown| asked(book, unknown)).collect();
    if asks != verdict.asks {
        let what = format!("the engine asks {asks:?}");
        careful(&mut tally.careful_asks, &what)?;
    }
    Ok(())
}

fn asked(book: &Book, (person, fact): &Unknown) -> Asked {
    (*person, book.rules.fact(*fact).unwrap().name.clone())
}
