//! What is missing, and what it could still bring.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::assess::{Assessment, Combined, Contests, Determination, Seat};
use crate::evaluate::{Level, Unknown};

use super::build::Writer;
use super::{Amount, Answer, Ask, Every, Language, Totals};

/// What competes together, and how often it pays.
type Contest = (Seat, Every);

impl Writer<'_> {
    pub(super) fn asks(&self, determination: &Determination, n_answers: usize) -> Vec<Ask> {
        let mut asks: Vec<&Unknown> = determination.asks.iter().collect();
        let settles = |unknown| determination.settles.get(unknown).copied().unwrap_or(0);
        asks.sort_by_key(|unknown| {
            let later = !determination.asks_first.contains(unknown);
            (
                self.is_sensitive(unknown),
                Reverse(settles(unknown)),
                later,
                self.n_papers(unknown),
                **unknown,
            )
        });
        asks.into_iter().map(|unknown| self.ask(unknown, n_answers)).collect()
    }

    fn is_sensitive(&self, unknown: &Unknown) -> bool {
        self.rules.fact(unknown.1).is_some_and(|f| f.sensitive)
    }

    /// Returns how many papers it takes to prove a fact; 0 where none is asked for.
    fn n_papers(&self, unknown: &Unknown) -> usize {
        let fact = self.rules.fact(unknown.1);
        fact.and_then(|f| f.proof.iter().map(Vec::len).min()).unwrap_or(0)
    }

    pub(super) fn ask(&self, unknown: &Unknown, n_answers: usize) -> Ask {
        let language = self.language;
        let fact = self.rules.fact(unknown.1);
        let answers = match unknown.0 {
            Some(at) => self.household.persons.get(at).map(|p| &p.facts),
            None => Some(&self.household.facts),
        };
        Ask {
            at: self.fact_ref(unknown),
            who: self.who(unknown.0),
            title: fact.map_or_else(String::new, |f| language.of(&f.title).to_owned()),
            question: fact.map_or_else(String::new, |f| language.of(&f.ask).to_owned()),
            unsure: answers.and_then(|a| a.get(&unknown.1)).is_some_and(|a| a.unsure),
            judged_by: fact
                .and_then(|f| f.judged_by.as_ref())
                .map(|t| language.of(t).to_owned()),
            sensitive: fact.is_some_and(|f| f.sensitive),
            n_answers,
        }
    }

    /// Returns every fact that may settle something: first the one that by itself settles most answers, then the one on
    /// which most depend, then the one that takes the fewest papers; sensitive ones last.
    pub(super) fn all_asks(&self, assessment: &Assessment) -> Vec<Ask> {
        let mut weights: BTreeMap<Unknown, (u64, usize)> = BTreeMap::new();
        for determination in &assessment.determinations {
            for unknown in &determination.asks {
                let (settles, n_answers) = weights.entry(*unknown).or_default();
                *settles += determination.settles.get(unknown).copied().unwrap_or(0);
                *n_answers += 1;
            }
        }
        let mut asks: Vec<(Unknown, (u64, usize))> = weights.into_iter().collect();
        asks.sort_by_key(|(unknown, (settles, n))| {
            (
                self.is_sensitive(unknown),
                Reverse(*settles),
                Reverse(*n),
                self.n_papers(unknown),
                *unknown,
            )
        });
        asks.iter().map(|(unknown, (_, n))| self.ask(unknown, *n)).collect()
    }

    /// Returns the sums of what is paid in cash. Of benefits that compete with each other, while it is undecided which is
    /// paid, the most that can be paid counts once.
    fn limited(&self, sum: i64) -> String {
        let sum = self.language.money(sum);
        match self.language {
            Language::Vi => format!("trong đó {sum} không trả cả năm: giới hạn ghi ở từng dòng"),
            Language::En => format!("of this {sum} are not paid all year round: each row says its limit"),
        }
    }

    pub(super) fn totals(&self, assessment: &Assessment) -> Totals {
        let seats = Contests::new(self.rules, self.household);
        let mut sums: BTreeMap<Every, Level> = BTreeMap::new();
        let mut contests: BTreeMap<Contest, (i64, Option<i64>)> = BTreeMap::new();
        let mut limited = 0_i64;
        for determination in &assessment.determinations {
            let counted = matches!(
                determination.answer,
                Answer::Entitled | Answer::Open | Answer::PersonDecides
            );
            let (Some(level), Some(version), true) = (determination.level, self.version(determination), counted) else {
                continue;
            };
            if version.what != "cash" {
                continue;
            }
            let sum = sums.entry(version.every).or_default();
            sum.low = sum.low.saturating_add(level.low);
            if version.every == Every::Month && version.limit.is_some() {
                limited = limited.saturating_add(level.low);
            }
            let seat = seats.seat(determination.programme, determination.person);
            match seat.filter(|_| version.choose.is_some()) {
                None => sum.high = sum.high.saturating_add(level.high),
                Some(seat) => {
                    let key = (seat, version.every);
                    let (high, most) = contests.entry(key).or_default();
                    *high = high.saturating_add(level.high);
                    if let Combined::Undecided { most: all, .. } = &determination.combined {
                        *most = Some(*all);
                    }
                }
            }
        }
        for ((_, every), (high, most)) in contests {
            let sum = sums.entry(every).or_default();
            sum.high = sum.high.saturating_add(most.unwrap_or(high));
        }
        let amount = |every| {
            let level = sums.get(&every).copied().unwrap_or_default();
            let text = self.language.level(level, every);
            Amount {
                low: level.low,
                high: level.high,
                every,
                text,
            }
        };
        let if_any = |every| Some(amount(every)).filter(|amount| amount.high > 0);
        Totals {
            month: amount(Every::Month),
            year: if_any(Every::Year),
            once: if_any(Every::Once),
            limited: (limited > 0).then(|| self.limited(limited)),
        }
    }
}
