//! One household judged by both evaluators, and what may differ.

use std::collections::{BTreeMap, BTreeSet};

use ansinh_engine::report::Answer;
use ansinh_engine::{Assessment, Depth, Determination, assess};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::book::{Book, When};
use super::samples::Holes;
use super::{Home, Verdict, verdicts};

/// Completions looked at for one subject; what needs more is left out and counted.
const MOST_COMPLETIONS: usize = 1500;

/// What was compared.
#[derive(Debug, Default)]
pub struct Tally {
    pub subjects: usize,
    pub settled: usize,
    left_out: usize,
    /// The engine says open where all completions agree.
    careful_answers: usize,
    /// The engine's range of amounts is wider than that of the completions.
    careful_amounts: usize,
    /// Random rule sets that the checker refuses.
    pub refused: usize,
}

impl Tally {
    /// Fails when more was left out, refused, or answered with more care than is stated (in percent).
    pub fn check(&self, left_out: usize, careful_answers: usize, careful_amounts: usize) {
        eprintln!("{self:?}");
        let share = |n: usize| n * 100 / self.subjects.max(1);
        assert!(
            share(self.left_out) < left_out,
            "too many completions in too many households: {self:?}"
        );
        assert!(
            share(self.careful_answers) < careful_answers,
            "open too often: {self:?}"
        );
        assert!(
            share(self.careful_amounts) < careful_amounts,
            "ranges too wide too often: {self:?}"
        );
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
    let expected = verdicts(
        &book.law,
        &Home::new(json),
        &book.points(when),
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
        differs(determination, verdict, holes, tally).map_err(|why| {
            context(&format!(
                "{subject:?}: {why}; {verdict:?}; engine {:?} {:?}",
                determination.answer, determination.level
            ))
        })?;
    }
    Ok(())
}

fn differs(engine: &Determination, verdict: &Verdict, holes: Holes, tally: &mut Tally) -> Result<(), String> {
    tally.subjects += 1;
    if verdict.too_many {
        tally.left_out += 1;
        return Ok(());
    }
    let not_covered = engine.answer == Answer::NotCovered;
    if verdict.not_covered == BTreeSet::from([!not_covered]) {
        return Err("whether it is covered".to_owned());
    }
    if verdict.not_covered.contains(&true) {
        return Ok(());
    }
    let settled = verdict.paid.len() == 1;
    tally.settled += usize::from(settled);
    let says = match engine.answer {
        Answer::Entitled => Some(true),
        Answer::NotEntitled => Some(false),
        Answer::Open | Answer::PersonDecides => None,
        other => return Err(format!("the engine says {other:?}")),
    };
    if let Some(says) = says {
        if !settled || !verdict.paid.contains(&says) {
            return Err("the engine settles what is not so".to_owned());
        }
    } else if settled {
        if holes == Holes::None {
            return Err("open though everything is known".to_owned());
        }
        tally.careful_answers += 1;
    }
    let (Some(low), Some(high)) = (verdict.amounts.first().copied(), verdict.amounts.last().copied()) else {
        let claims = engine.level.filter(|level| level.high != 0 && says == Some(true));
        return claims.map_or(Ok(()), |level| Err(format!("no completion pays {level:?}")));
    };
    let Some(level) = engine.level else {
        return Err("no amount".to_owned());
    };
    let (ours_low, ours_high) = (Decimal::from(level.low), Decimal::from(level.high));
    if low < ours_low || high > ours_high {
        return Err("an amount outside of the engine's range".to_owned());
    }
    let exact = low == ours_low && high == ours_high;
    if holes == Holes::None && !exact {
        return Err("another amount".to_owned());
    }
    tally.careful_amounts += usize::from(!exact);
    Ok(())
}
