//! The fonts hold every letter the page needs.
#![allow(clippy::unwrap_used)]

use super::*;

/// Every letter of Vietnamese, small.
const LETTERS: &str = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz";

/// What else stands in names, figures and sentences.
const SIGNS: &str = "0123456789 .,;:!?%&/()[]{}<>*#$@_-–—+=×−≥≤²·…'\"“”‘’";

#[test]
fn every_font_holds_every_letter() {
    assert_eq!(FONTS.len(), 3, "all three fonts are readable");
    let needed = LETTERS
        .chars()
        .chain(LETTERS.chars().flat_map(char::to_uppercase))
        .chain(SIGNS.chars());
    for letter in needed {
        for font in FONTS.iter() {
            let held = font.info().coverage.contains(u32::from(letter));
            assert!(held, "`{letter}` is missing in {:?}", font.info().variant);
        }
    }
}
