//! Days, and who shares a sentence.
#![allow(clippy::unwrap_used)]

use super::*;

#[test]
fn a_day_is_read_as_written() {
    assert_eq!(day("2028-02-29").unwrap(), Date::constant(2028, 2, 29));
    for text in [
        "2026-02-29",
        "2100-02-29",
        "2026-1-1",
        "2026-11-31",
        "20260101",
        "2026-11-22T00:00",
        "",
    ] {
        assert!(day(text).is_err(), "`{text}` is no day");
    }
}
