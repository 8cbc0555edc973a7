//! What a place may set: national and local values on one line of time, and the bound between them.
//!
//! A value changes on few days. Both lines are looked at on each day on which either changes, so nothing between two such
//! days can escape, however far apart they lie.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_decimal::Decimal;

/// How far a place may go from the national value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// As high as the national value, or higher.
    AtLeastNational,
    /// As low as the national value, or lower.
    AtMostNational,
}

/// A value in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// First day.
    pub from: Date,
    /// First day no longer; none where nothing ends it.
    pub until: Option<Date>,
    /// The value.
    pub is: Decimal,
}

/// A stretch of time in which neither line changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First day.
    pub from: Date,
    /// First day no longer; none where nothing ends it.
    pub until: Option<Date>,
    /// The national value, by position.
    pub national: Option<usize>,
    /// The local value, by position.
    pub local: Option<usize>,
}

/// The first day on which a local value cannot stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The local value, by position.
    pub local: usize,
    /// The day.
    pub day: Date,
    /// The national value of the day, by position; none where there is nothing to compare with.
    pub national: Option<usize>,
}

impl Bound {
    /// Reads a bound as written in rule files.
    #[must_use]
    pub fn parse(text: &str) -> Option<Bound> {
        match text {
            "at_least_national" => Some(Bound::AtLeastNational),
            "at_most_national" => Some(Bound::AtMostNational),
            _ => None,
        }
    }

    /// Whether a local value may stand beside a national one.
    #[must_use]
    pub fn allows(self, local: Decimal, national: Decimal) -> bool {
        match self {
            Bound::AtLeastNational => local >= national,
            Bound::AtMostNational => local <= national,
        }
    }
}

/// Closes each stretch on the first day of the next: a value holds until another begins.
#[must_use]
pub fn closed(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    let next: Vec<Option<Date>> = stretches.iter().skip(1).map(|later| Some(later.from)).collect();
    for (stretch, next) in stretches.iter_mut().zip(next) {
        stretch.until = stretch.until.into_iter().chain(next).min();
    }
    stretches
}

/// Returns the position of the stretch in which a day lies; the latest begun, where several do.
fn on(stretches: &[Stretch], day: Date) -> Option<usize> {
    let holds = |stretch: &Stretch| stretch.from <= day && stretch.until.is_none_or(|until| day < until);
    let holding = stretches.iter().enumerate().filter(|(_, stretch)| holds(stretch));
    holding.max_by_key(|(_, stretch)| stretch.from).map(|(at, _)| at)
}

/// Divides the time of two lines into pieces in which neither changes, in the order of time, without those of no value.
#[must_use]
pub fn pieces(national: &[Stretch], local: &[Stretch]) -> Vec<Piece> {
    let both = || national.iter().chain(local);
    let days: BTreeSet<Date> = both().flat_map(|s| [Some(s.from), s.until]).flatten().collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for day in days {
        let (national, local) = (on(national, day), on(local, day));
        if let Some(last) = pieces.last_mut()
            && last.until.is_none()
        {
            if (last.national, last.local) == (national, local) {
                continue;
            }
            last.until = Some(day);
        }
        if national.is_some() || local.is_some() {
            pieces.push(Piece {
                from: day,
                until: None,
                national,
                local,
            });
        }
    }
    pieces
}

/// Returns the first breach of each local value, in the order of time.
#[must_use]
pub fn breaches(bound: Bound, national: &[Stretch], local: &[Stretch]) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = Vec::new();
    for piece in pieces(national, local) {
        let Some(at) = piece.local else { continue };
        let is = |stretches: &[Stretch], at: usize| stretches.get(at).map(|stretch| stretch.is);
        let allowed = match (is(local, at), piece.national.and_then(|at| is(national, at))) {
            (Some(local), Some(national)) => bound.allows(local, national),
            _ => false,
        };
        if !allowed && !breaches.iter().any(|known| known.local == at) {
            breaches.push(Breach {
                local: at,
                day: piece.from,
                national: piece.national,
            });
        }
    }
    breaches
}

/// Returns the first day on which two lines both have a value.
#[must_use]
pub fn first_common_day(one: &[Stretch], other: &[Stretch]) -> Option<Date> {
    let both = |piece: &Piece| piece.national.is_some() && piece.local.is_some();
    pieces(one, other).into_iter().find(both).map(|piece| piece.from)
}
