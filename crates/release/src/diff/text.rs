//! The lines of a file that differ.

use serde::Serialize;
use ts_rs::TS;

/// So many equal lines are shown around what differs.
const AROUND: usize = 2;

/// Past so many pairs of lines what lies between equal ends is shown as taken out and put in.
const MOST_PAIRS: usize = 4_000_000;

/// Lines that differ, with some around them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Hunk {
    /// In order.
    pub lines: Vec<TextLine>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct TextLine {
    /// Where it stands.
    pub side: TextSide,
    /// Its number in the file in which it stands, from 1; of a line in both, in the new one.
    pub number: usize,
    /// Its text.
    pub text: String,
}

/// In which of the two files a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TextSide {
    /// In both.
    Both,
    /// In the old one alone.
    Old,
    /// In the new one alone.
    New,
}

/// Returns what differs between two texts, line by line.
pub(super) fn hunks(old: &str, new: &str) -> Vec<Hunk> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let lines = compare(&old, &new);
    let differs: Vec<usize> = (0..lines.len())
        .filter(|at| lines.get(*at).is_some_and(|line| line.side != TextSide::Both))
        .collect();
    let mut stretches: Vec<(usize, usize)> = Vec::new();
    for at in differs {
        let (first, last) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(lines.len()));
        match stretches.last_mut() {
            Some((_, end)) if *end >= first => *end = last,
            _ => stretches.push((first, last)),
        }
    }
    let hunk = |(first, last): (usize, usize)| Hunk {
        lines: lines.get(first..last).unwrap_or_default().to_vec(),
    };
    stretches.into_iter().map(hunk).collect()
}

fn compare(old: &[&str], new: &[&str]) -> Vec<TextLine> {
    let n_start = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (
        old.get(n_start..).unwrap_or_default(),
        new.get(n_start..).unwrap_or_default(),
    );
    let n_end = old_rest
        .iter()
        .rev()
        .zip(new_rest.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let old_middle = old_rest.get(..old_rest.len() - n_end).unwrap_or_default();
    let new_middle = new_rest.get(..new_rest.len() - n_end).unwrap_or_default();
    let line = |side, number: usize, text: &str| TextLine {
        side,
        number: number + 1,
        text: text.to_owned(),
    };
    let mut all: Vec<TextLine> = Vec::new();
    for (at, text) in new.iter().take(n_start).enumerate() {
        all.push(line(TextSide::Both, at, text));
    }
    let (mut a, mut b) = (0, 0);
    for (kept_a, kept_b) in kept(old_middle, new_middle)
        .into_iter()
        .chain([(old_middle.len(), new_middle.len())])
    {
        for at in a..kept_a {
            all.extend(old_middle.get(at).map(|text| line(TextSide::Old, n_start + at, text)));
        }
        for at in b..kept_b {
            all.extend(new_middle.get(at).map(|text| line(TextSide::New, n_start + at, text)));
        }
        all.extend(
            new_middle
                .get(kept_b)
                .map(|text| line(TextSide::Both, n_start + kept_b, text)),
        );
        (a, b) = (kept_a + 1, kept_b + 1);
    }
    for (at, text) in new.iter().enumerate().skip(new.len() - n_end) {
        all.push(line(TextSide::Both, at, text));
    }
    all
}

/// Returns a longest common subsequence, as pairs of positions.
fn kept(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return Vec::new();
    }
    let width = new.len() + 1;
    let mut longest = vec![0_u32; (old.len() + 1) * width];
    let of = |longest: &[u32], a: usize, b: usize| longest.get(a * width + b).copied().unwrap_or(0);
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            let best = if old.get(a) == new.get(b) {
                of(&longest, a + 1, b + 1) + 1
            } else {
                of(&longest, a + 1, b).max(of(&longest, a, b + 1))
            };
            if let Some(place) = longest.get_mut(a * width + b) {
                *place = best;
            }
        }
    }
    let (mut a, mut b) = (0, 0);
    let mut pairs = Vec::new();
    while a < old.len() && b < new.len() {
        if old.get(a) == new.get(b) {
            pairs.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if of(&longest, a + 1, b) >= of(&longest, a, b + 1) {
            a += 1;
        } else {
            b += 1;
        }
    }
    pairs
}
