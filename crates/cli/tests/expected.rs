//! The text of the sample households, kept in `tests/expected` to be read by people and compared.
//!
//! After a change that is meant: `UPDATE_EXPECTED=1 cargo nextest run -p ansinh-cli`, then read the difference.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod common;

use common::{ansinh, household, same_as_kept};

/// Runs a command on a household and compares with the file of that name.
fn check(file: &str, words: &[&str]) {
    let outcome = ansinh(words);
    assert_eq!(outcome.code, 0, "{}", outcome.stderr);
    same_as_kept(file, &outcome.stdout);
}

fn screened(name: &str, month: &str) {
    for lang in ["vi", "en"] {
        let words = ["screen", &household(name), "--month", month, "--lang", lang];
        check(&format!("{name}.{month}.{lang}.txt"), &words);
    }
}

fn looked_ahead(name: &str, from: &str, years: &str) {
    for lang in ["vi", "en"] {
        let words = [
            "calendar",
            &household(name),
            "--from",
            from,
            "--years",
            years,
            "--lang",
            lang,
        ];
        check(&format!("{name}.calendar.{lang}.txt"), &words);
    }
}

fn explained(name: &str, programme: &str, person: &str, month: &str) {
    let words = [
        "explain",
        &household(name),
        programme,
        "--person",
        person,
        "--month",
        month,
    ];
    check(&format!("{name}.{month}.{programme}.txt"), &words);
}

#[test]
fn a_man_of_78_without_a_pension() {
    screened("a-man-of-78", "2025-12");
    screened("a-man-of-78", "2026-11");
    explained("a-man-of-78", "social_pension", "p1", "2026-11");
}

#[test]
fn a_girl_of_3_whose_parents_are_dead() {
    screened("b-orphan-girl", "2024-06");
    screened("b-orphan-girl", "2024-07");
    explained("b-orphan-girl", "monthly_social_allowance", "p2", "2024-07");
}

#[test]
fn a_disabled_woman_with_a_small_child() {
    screened("c-disabled-mother", "2026-11");
    let home = household("c-disabled-mother");
    for lang in ["vi", "en"] {
        let words = ["screen", &home, "--month", "2026-11", "--reasons", "--lang", lang];
        check(&format!("c-disabled-mother.2026-11.reasons.{lang}.txt"), &words);
    }
    explained("c-disabled-mother", "care_support", "p2", "2026-11");
}

#[test]
fn a_poor_widow_with_two_children() {
    screened("d-widowed-mother", "2026-11");
    explained("d-widowed-mother", "single_poor_parent", "p1", "2026-11");
}

#[test]
fn a_man_of_whom_only_about_1951_is_known() {
    screened("e-about-1951", "2026-11");
    explained("e-about-1951", "social_pension", "p1", "2026-11");
}

/// A household before, between and after the decrees of 2025 and 2026, and what changed on the way.
fn across_the_decrees(name: &str) {
    for month in ["2024-06", "2025-12", "2026-11"] {
        screened(name, month);
    }
    looked_ahead(name, "2024-06", "3");
}

#[test]
fn a_poor_family_of_seven_in_the_mountains() {
    across_the_decrees("g-minority-family-of-seven");
}

#[test]
fn a_near_poor_family_of_a_street_seller() {
    across_the_decrees("h-street-seller");
}

#[test]
fn a_well_off_farm_family_with_a_disabled_son() {
    across_the_decrees("i-farm-family");
}

#[test]
fn the_years_of_a_girl_who_grows_up_across_a_new_decree() {
    looked_ahead("b-orphan-girl", "2026-08", "12");
}

#[test]
fn the_years_of_two_born_on_29_february_and_of_a_paper_that_runs_out() {
    looked_ahead("f-leap-day", "2026-11", "10");
}

#[test]
fn the_years_of_a_man_of_whom_only_about_1951_is_known() {
    looked_ahead("e-about-1951", "2024-11", "10");
}
