//! Chance that comes out the same every time.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The chance of one household.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// Every household has a stream of its own, so that none depends on how many come before it.
    pub(crate) fn new(seed: u64, household: u32) -> Dice {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(u64::from(household));
        Dice(rng)
    }

    /// Returns a number below `n`; 0 when `n` is 0. The bias of the remainder is below one in a billion here.
    fn below(&mut self, n: usize) -> usize {
        let n = u64::try_from(n).unwrap_or(1).max(1);
        usize::try_from(self.0.next_u64() % n).unwrap_or_default()
    }

    /// Returns a number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = usize::try_from(high - low + 1).unwrap_or(1);
        low + i32::try_from(self.below(width)).unwrap_or_default()
    }

    /// Returns true in `per_thousand` of a thousand cases.
    pub(crate) fn chance(&mut self, per_thousand: usize) -> bool {
        self.below(1000) < per_thousand
    }

    /// Returns one of a list with its place.
    pub(crate) fn pick_at<T: Copy + Default>(&mut self, list: &[T]) -> (usize, T) {
        let at = self.below(list.len());
        (at, list.get(at).copied().unwrap_or_default())
    }

    /// Returns one of a list.
    pub(crate) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        self.pick_at(list).1
    }

    /// Returns one of a list by weight.
    pub(crate) fn weighted<T: Copy>(&mut self, first: T, others: &[(usize, T)], weight_of_first: usize) -> T {
        let total = weight_of_first + others.iter().map(|(weight, _)| weight).sum::<usize>();
        let mut left = self.below(total);
        for (weight, value) in others {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        first
    }
}
