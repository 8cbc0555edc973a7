//! A process that is killed in the middle of saving loses nothing it was told is saved.
//!
//! This shows what a crash of the app does. A power cut also tests the disk; against it stand `synchronous=FULL` and a
//! file system that keeps its word.

#![allow(clippy::unwrap_used)]

use crate::sample::{household, reopen, said, set_up, stamp};
use crate::{AuditChain, HouseholdId};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

const FOLDER: &str = "ANSINH_TEST_KILL_FOLDER";
const HOUSEHOLD: &str = "ANSINH_TEST_KILL_HOUSEHOLD";
const FIRST: &str = "ANSINH_TEST_KILL_FIRST";
const SAVED: &str = "saved:";

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_process_loses_nothing_it_said_was_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (store, _, _) = set_up(folder.path()).await;
    let new = household("Thôn Đông", &[("Hoàng Văn Trầm", "1951")]);
    let id = store.create_household(&new, &stamp()).await.unwrap();
    store.close().await;

    let mut last = 0;
    for n_saved in [1, 40, 83] {
        last = save_until_killed(folder.path().into(), id, last + 1, n_saved);
        let store = reopen(folder.path()).await;
        let history = store.fact_history(id, None, "counter").await.unwrap();
        let mut answers: Vec<u32> = history
            .iter()
            .map(|fact| fact.answer.as_ref().unwrap().parse().unwrap())
            .collect();
        answers.reverse();
        let newest = *answers.last().unwrap();
        assert!(newest >= last, "{last} was said to be saved, {newest} is the newest");
        assert_eq!(
            answers,
            (1..=newest).collect::<Vec<_>>(),
            "each is there once, in order"
        );
        assert!(matches!(
            store.check_audit_chain().await.unwrap(),
            AuditChain::Whole { .. }
        ));
        last = newest;
        store.close().await;
    }
}

/// Runs [`saving_child`] in a process of its own and kills it. Returns the last number it said was saved.
fn save_until_killed(folder: PathBuf, household: HouseholdId, first: u32, n_saved: usize) -> u32 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "store::tests::kill::saving_child",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(FOLDER, folder)
        .env(HOUSEHOLD, household.to_string())
        .env(FIRST, first.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let number = |line: std::io::Result<String>| {
        let line = line.unwrap();
        line.split_once(SAVED).map(|(_, number)| number.parse::<u32>().unwrap())
    };
    let mut saved: Vec<u32> = lines.by_ref().filter_map(number).take(n_saved).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    // What it still said before it died counts too.
    saved.extend(lines.filter_map(number));
    assert!(
        saved.len() >= n_saved,
        "the child ended by itself after {} facts",
        saved.len()
    );
    saved.into_iter().max().unwrap()
}

/// Does nothing among the other tests; in the process started above it saves facts until it is killed.
#[tokio::test(flavor = "multi_thread")]
async fn saving_child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let household: HouseholdId = std::env::var(HOUSEHOLD).unwrap().parse().unwrap();
    let first: u32 = std::env::var(FIRST).unwrap().parse().unwrap();
    let store = reopen(&PathBuf::from(folder)).await;
    for n in first.. {
        store
            .save_fact(household, None, &said("counter", &n.to_string()), &stamp())
            .await
            .unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "{SAVED}{n}").unwrap();
        out.flush().unwrap();
    }
}
