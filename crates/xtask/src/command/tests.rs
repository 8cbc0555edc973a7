#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use super::*;

#[test]
fn the_closing_line_of_every_runner_is_kept() {
    for line in [
        "     Summary [   0.024s] 5 tests run: 5 passed, 0 skipped",
        "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 4.99s",
        " Test Files  3 passed (3)",
        "      Tests  41 passed (41)",
        "  12 passed (8.1s)",
        "  1 failed",
        "  2 skipped",
        "rules/vn: 51 files, 0 errors, 0 warnings",
        "403 passed, 0 failed",
        "coverage: groups 81 of 81 · criteria 577 of 577",
        "2393 mutants: 2242 killed by cases, 91 refused by checks",
    ] {
        assert!(sums_up(line), "this closes a run: {line}");
    }
}

#[test]
fn other_lines_are_not_kept() {
    for line in [
        "        PASS [   0.006s] (1/5) xtask::dependencies every_ranked_crate_exists",
        "    Starting 5 tests across 2 binaries",
        "passed (",
        "    ✓  1 journey.spec.ts:3:1 › signs in (1.2s)",
        "",
    ] {
        assert!(!sums_up(line), "this closes nothing: {line}");
    }
}

#[test]
fn colours_are_taken_off() {
    assert_eq!(
        without_colour("\u{1b}[32;1m 3 passed\u{1b}[39m (1s)\n"),
        " 3 passed (1s)"
    );
}

#[test]
fn a_wrapped_command_keeps_its_folder_and_environment() {
    let mut inner = program("printf", ["%s", "a b"], Path::new("/"));
    inner.env("COLOUR", "teal").env_remove("GONE");
    let outer = wrapped(&inner, ["env", "-i"]);
    assert_eq!(spoken(&outer), "env -i printf %s a b");
    assert_eq!(outer.get_current_dir(), Some(Path::new("/")));
    let environment: Vec<_> = outer.get_envs().collect();
    assert_eq!(
        environment,
        [
            (OsStr::new("COLOUR"), Some(OsStr::new("teal"))),
            (OsStr::new("GONE"), None)
        ]
    );
    assert_eq!(
        spoken(&wrapped(&inner, [])),
        "printf %s a b",
        "no wrapper changes nothing"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_failing_command_is_named_with_how_it_ended() {
    let error = run(&mut program("sh", ["-c", "exit 3"], Path::new("/"))).unwrap_err();
    assert_eq!(error.to_string(), "`sh -c exit 3` ended with code 3");
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_left_behind_does_not_hold_a_run_for_ever() {
    let started = Instant::now();
    let script = "sleep 30 & echo '  1 passed (1s)'";
    let mut lines = Vec::new();
    run_tests(&mut program("sh", ["-c", script], Path::new("/")), &mut lines).unwrap();
    assert_eq!(lines, ["  1 passed (1s)"]);
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "the run waited for a program that had nothing to do with it"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_failing_runner_is_quoted_all_the_same() {
    let script = "echo '  1 failed'; exit 1";
    let mut lines = Vec::new();
    run_tests(&mut program("sh", ["-c", script], Path::new("/")), &mut lines).unwrap_err();
    assert_eq!(lines, ["  1 failed"]);
}
