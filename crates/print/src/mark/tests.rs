//! The runs are the modules, none lost and none added.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use super::*;

#[test]
fn runs_cover_exactly_the_dark_modules() {
    let text = "ansinh:1:K7QF-2M9D:2026-11:vn/3";
    let drawn = mark(text).unwrap();
    let mut modules = vec![Color::Light; drawn.side * drawn.side];
    for run in &drawn.runs {
        for x in run.x..run.x + run.n {
            assert_eq!(
                modules[run.y * drawn.side + x],
                Color::Light,
                "no module is drawn twice"
            );
            modules[run.y * drawn.side + x] = Color::Dark;
        }
    }
    let code = QrCode::with_error_correction_level(text, EcLevel::M).unwrap();
    assert_eq!(modules, code.to_colors(), "what is drawn is the code and nothing else");
}

#[test]
fn a_text_too_long_for_a_code_is_refused() {
    assert!(matches!(
        mark(&"x".repeat(4000)),
        Err(PrintError::MarkTooLong { n_bytes: 4000 })
    ));
}
