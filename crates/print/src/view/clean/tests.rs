//! What is seen stays; what is not seen cannot deceive.

use super::*;

fn check(text: &str, expected: &str) {
    let mut content = Value::String(text.to_owned());
    texts(&mut content);
    assert_eq!(content, Value::String(expected.to_owned()));
}

#[test]
fn a_text_becomes_one_line() {
    check("một\nhai\t ba\u{0}", "một hai ba");
}

#[test]
fn marks_that_turn_the_reading_direction_go() {
    check("An\u{202e}ab\u{2066}", "Anab");
}

#[test]
fn markup_stays_as_it_is() {
    check(
        r##"#import "x": * $a$ \ \u{41} <b> @c `d` //e"##,
        r##"#import "x": * $a$ \ \u{41} <b> @c `d` //e"##,
    );
}

#[test]
fn a_long_word_may_be_broken_and_loses_nothing() {
    let word = "ặ".repeat(50);
    let broken = clean(&word);
    assert!(
        broken.split(BREAK).all(|piece| piece.chars().count() <= PIECE),
        "every piece fits a narrow column"
    );
    assert_eq!(broken.replace(BREAK, ""), word);
}
