//! `ansinh sample`: an invented commune, as household files.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use ansinh_casework::sample as commune;
use ansinh_engine::household::Problem;
use serde_json::Value;

use crate::arguments::Sample;
use crate::failure::{Failure, GOOD};
use crate::input;
use crate::page::written;

pub(crate) fn sample(asked: &Sample) -> Result<u8, Failure> {
    let rules = &input::release(None, &[])?.rules;
    // The rules built in know every invented fact: a test holds them to it.
    let strange = |problems: Vec<Problem>| {
        let said: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.path, p.en)).collect();
        Failure::internal(said.join("\n"))
    };
    let households = commune(rules, asked.households, asked.seed).map_err(strange)?;
    match &asked.out {
        Some(folder) => to_folder(folder, &households)?,
        None => written(to_array(&mut BufWriter::new(io::stdout().lock()), &households))?,
    }
    Ok(GOOD)
}

/// One household to a line, so that two communes can be compared line by line.
fn to_array(out: &mut impl Write, households: &[Value]) -> io::Result<()> {
    for (at, household) in households.iter().enumerate() {
        write!(out, "{}\n{household}", if at == 0 { "[" } else { "," })?;
    }
    writeln!(out, "\n]")?;
    out.flush()
}

fn to_folder(folder: &Path, households: &[Value]) -> Result<(), Failure> {
    let failed = |path: &Path, error: io::Error| Failure::unreadable(format!("{}: {error}", path.display()));
    fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
    let width = households.len().to_string().len().max(4);
    for (at, household) in households.iter().enumerate() {
        let path = folder.join(format!("{:0width$}.json", at + 1));
        let text = serde_json::to_string_pretty(household).map_err(|error| Failure::internal(error.to_string()))?;
        fs::write(&path, text + "\n").map_err(|error| failed(&path, error))?;
    }
    written(writeln!(
        io::stdout(),
        "{}: {} households, all invented",
        folder.display(),
        households.len()
    ))
}
