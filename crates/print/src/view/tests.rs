//! Days, and who shares a sentence.
#![allow(clippy::unwrap_used)]

use ansinh_engine::report::OverlayTag;

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

#[test]
fn the_page_names_the_rules_and_what_lies_over_them() {
    let overlay = OverlayTag {
        id: "vn_99".into(),
        number: 2,
        digest: "fedcba9876543210ffff".into(),
    };
    let mut tag = ReleaseTag {
        id: "vn".into(),
        number: 3,
        digest: "0123456789abcdefffff".into(),
        overlays: Vec::new(),
    };
    assert_eq!(releases(Language::Vi, &tag), "vn số 3");
    assert_eq!(digests(&tag), "0123456789abcdef");
    tag.overlays.push(overlay);
    assert_eq!(releases(Language::En, &tag), "vn no. 3 + vn_99 no. 2");
    assert_eq!(digests(&tag), "0123456789abcdef + fedcba9876543210");
}
