//! How far two words are from each other in slips of the hand: a letter too many, one missing, one for another, two swapped.

/// Returns the number of slips between two words, where it is at most `most`.
pub(crate) fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    // Three rows of the table: the one before the last, the last, and the one being filled.
    let mut last_but_one: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    let mut before = None;
    for (n, letter) in one.iter().enumerate() {
        let mut row = vec![n + 1];
        for (m, wanted) in other.iter().enumerate() {
            let at = |row: &[usize], m: usize| row.get(m).copied().unwrap_or(usize::MAX - 1);
            let mut best = at(&last, m) + usize::from(letter != wanted);
            best = best.min(at(&last, m + 1) + 1).min(at(&row, m) + 1);
            let swapped = m > 0 && before == Some(wanted) && other.get(m - 1) == Some(letter);
            if swapped {
                best = best.min(at(&last_but_one, m - 1) + 1);
            }
            row.push(best);
        }
        if row.iter().all(|slips| *slips > most) {
            return None;
        }
        before = Some(letter);
        last_but_one = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|slips| *slips <= most)
}

/// Returns how many slips are forgiven in a word: none in a short one, where every slip makes another name.
pub(crate) fn forgiven(word: &[char]) -> usize {
    match word.len() {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn slips_of_the_hand_are_counted() {
        let cases = [
            ("nguyen", "nguyen", Some(0)),
            ("nguyen", "ngyuen", Some(1)),
            ("nguyen", "nguyn", Some(1)),
            ("nguyen", "nguuyen", Some(1)),
            ("nguyen", "nguyem", Some(1)),
            ("nguyen", "ngyem", Some(2)),
            ("nguyen", "tran", None),
            ("an", "", Some(2)),
        ];
        for (one, other, wanted) in cases {
            let letters = |word: &str| word.chars().collect::<Vec<char>>();
            assert_eq!(distance(&letters(one), &letters(other), 2), wanted, "{one} {other}");
            assert_eq!(distance(&letters(other), &letters(one), 2), wanted, "{other} {one}");
        }
    }
}
