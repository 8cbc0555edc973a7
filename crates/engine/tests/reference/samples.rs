//! Random households and rule sets, made from a tape of numbers: the tape is what proptest draws and shrinks, and a tape
//! of zeros gives the plainest sample. Everything here is invented.

mod households;
mod rulebooks;

pub use households::{Holes, household};
pub use rulebooks::{basis, rulebook};

/// Numbers that decide; zeros when it has run out.
pub struct Tape<'a> {
    numbers: &'a [u16],
    at: usize,
}

impl<'a> Tape<'a> {
    pub fn new(numbers: &'a [u16]) -> Tape<'a> {
        Tape { numbers, at: 0 }
    }

    /// The last numbers, which what is drawn from the front seldom reaches.
    pub fn tail(&self) -> Tape<'a> {
        Tape::new(&self.numbers[self.numbers.len().saturating_sub(16)..])
    }

    /// One of 0 … n-1.
    pub fn below(&mut self, n: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(number) % n.max(1)
    }

    /// True in `percent` of 100 draws; false on a tape of zeros.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    /// One of a list.
    pub fn one<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }
}
