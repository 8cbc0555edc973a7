//! `ansinh test`: the worked cases that stand beside the rules.

use ansinh_engine::casebook::run_cases;
use ansinh_release::{Layers, Release, ReleaseError};

use crate::arguments::Test;
use crate::check::{place, text_of};
use crate::failure::{FOUND, Failure, GOOD};
use crate::input::layers;
use crate::page::Page;

pub(crate) fn test(asked: &Test) -> Result<u8, Failure> {
    let Layers { files, .. } = layers(&asked.folders)?;
    let mut page = Page::new();
    let release = match Release::compile(files) {
        Ok(release) => release,
        // Findings, not something unreadable: `ansinh check` shows them in full.
        Err(error @ ReleaseError::Rules(_)) => {
            return Ok(Failure::from(error).found().tell());
        }
        Err(error) => return Err(error.into()),
    };
    let wanted = asked.programme.as_ref().map(|id| id.replace('-', "_"));
    if let Some(id) = &wanted
        && release.rules.programme_named(id).is_none()
    {
        return Err(Failure::wrong_use(format!("no programme `{id}`")));
    }
    let (mut n_passed, mut n_failed) = (0, 0);
    let mut heading = String::new();
    for result in run_cases(&release.rules) {
        if wanted.as_ref().is_some_and(|id| *id != result.programme) {
            continue;
        }
        if heading != result.programme {
            heading.clone_from(&result.programme);
            page.bold("", &heading);
        }
        if result.differences.is_empty() {
            n_passed += 1;
            page.paragraph("  pass  ", "        ", &result.title);
        } else {
            n_failed += 1;
            page.paragraph("  FAIL  ", "        ", &result.title);
            let file = usize::try_from(result.span.file)
                .ok()
                .and_then(|at| release.files.get(at));
            if let Some((path, _)) = file {
                let (line, _) = place(text_of(path, &release.files), result.span.start);
                page.dim("        ", &format!("{path}:{line}"));
            }
            for difference in &result.differences {
                page.paragraph("        • ", "          ", difference);
            }
        }
    }
    page.paragraph("", "", &format!("{n_passed} passed, {n_failed} failed"));
    page.show()?;
    Ok(if n_failed > 0 { FOUND } else { GOOD })
}
