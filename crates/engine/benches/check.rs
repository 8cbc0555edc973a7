//! How long a full check of the national rules takes: `cargo bench -p ansinh-engine --bench check`.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "../tests/national/mod.rs"]
mod national;

use jiff::civil::date;
use national::rule_files;

fn main() {
    let checked = ansinh_engine::check::check(&rule_files(), "", Some(date(2026, 11, 22)));
    println!(
        "{} findings, {} evaluations",
        checked.found.len(),
        checked.n_evaluations
    );
    divan::main();
}

#[divan::bench(sample_count = 10)]
fn check_everything(bencher: divan::Bencher<'_, '_>) {
    let files = rule_files();
    bencher.bench_local(|| ansinh_engine::check::check(&files, "", Some(date(2026, 11, 22))));
}
