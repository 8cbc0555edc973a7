//! `ansinh test`: the worked cases that stand beside the rules, and how much of the rules they test.

use ansinh_engine::Language;
use ansinh_engine::casebook::{CaseResult, run_case};
use ansinh_engine::coverage::Coverage;
use ansinh_engine::diagnostic::Span;
use ansinh_engine::read::overlay_of;
use ansinh_release::{Files, Layers, Release, ReleaseError};
use serde_json::{Value, json};

use crate::arguments::{DenyTest, Test};
use crate::check::place;
use crate::covered::{Covered, covered};
use crate::failure::{FOUND, Failure, GOOD};
use crate::input::layers;
use crate::mutants::mutate;
use crate::page::{Page, print};

pub(crate) fn test(asked: &Test) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let Layers { files, .. } = layers(&asked.folders)?;
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
    let rules = &release.rules;
    let mut coverage = Coverage::new(rules);
    let scope = Scope {
        programme: wanted.clone(),
        overlay: release.files.iter().any(|(path, _)| overlay_of(path).is_some()),
    };
    let cases = rules.cases.iter();
    let results: Vec<CaseResult> = cases
        .filter(|case| wanted.as_ref().is_none_or(|id| *id == case.programme))
        .map(|case| run_case(rules, case, |household, found| coverage.see(rules, household, found)))
        .collect();
    if asked.mutate && results.iter().all(|result| result.differences.is_empty()) {
        return mutate(&release, &scope, asked);
    }
    let covered = covered(&coverage, &release.files, &scope);
    let failed = results.iter().any(|result| !result.differences.is_empty());
    if asked.json {
        let report = json!({
            "cases": cases_as_json(&results, &release.files, language),
            "coverage": covered.as_json(),
        });
        let text = serde_json::to_string_pretty(&report).map_err(|error| Failure::internal(error.to_string()))?;
        print(&format!("{text}\n"))?;
    } else {
        shown(&results, &covered, asked, &release.files).show()?;
    }
    let denied = asked.deny == Some(DenyTest::Uncovered) && covered.n_missing() > 0;
    Ok(if failed || denied { FOUND } else { GOOD })
}

/// Which rule files are tested.
pub(crate) struct Scope {
    /// Only those of this programme.
    programme: Option<String>,
    /// Rules lie over the national ones, which have their own cases and are judged by those alone.
    overlay: bool,
}

impl Scope {
    /// Whether a file belongs to it.
    pub(crate) fn holds(&self, path: &str) -> bool {
        let over = overlay_of(path);
        let (_, own_path) = over.unwrap_or(("", path));
        let folder = self
            .programme
            .as_ref()
            .map(|id| format!("programmes/{}/", id.replace('_', "-")));
        over.is_some() == self.overlay && folder.is_none_or(|folder| own_path.starts_with(&folder))
    }
}

fn shown(results: &[CaseResult], covered: &Covered, asked: &Test, files: &Files) -> Page {
    let language = asked.spoken.language();
    let mut page = Page::new();
    let (passed, failed) = (language.pick("đạt", "pass"), language.pick("KHÔNG ĐẠT", "FAIL"));
    let (mut n_passed, mut n_failed) = (0, 0);
    let mut heading = "";
    for result in results {
        if heading != result.programme {
            heading = &result.programme;
            page.bold("", heading);
        }
        if result.differences.is_empty() {
            n_passed += 1;
            page.paragraph(&format!("  {passed}  "), "        ", &result.title);
            continue;
        }
        n_failed += 1;
        page.paragraph(&format!("  {failed}  "), "        ", &result.title);
        page.dim("        ", &where_is(result.span, files));
        for difference in &result.differences {
            let (word, line) = (language.pick("dòng", "line"), line_of(difference.span, files));
            let says = difference.sentence(language);
            page.paragraph("        • ", "          ", &format!("{word} {line} · {says}"));
        }
    }
    if asked.coverage {
        covered.list(&mut page, language);
    }
    page.raw(&format!("{}\n", covered.summary(language)));
    let summary = match language {
        Language::Vi => format!("{n_passed} đạt, {n_failed} không đạt"),
        Language::En => format!("{n_passed} passed, {n_failed} failed"),
    };
    page.paragraph("", "", &summary);
    page
}

fn cases_as_json(results: &[CaseResult], files: &Files, language: Language) -> Vec<Value> {
    let as_json = |result: &CaseResult| {
        let differences = result.differences.iter().map(|difference| {
            json!({
                "line": line_of(difference.span, files),
                "subject": difference.subject,
                "says": difference.sentence(language),
            })
        });
        json!({
            "programme": result.programme,
            "title": result.title,
            "path": path_of(result.span, files),
            "line": line_of(result.span, files),
            "passed": result.differences.is_empty(),
            "differences": differences.collect::<Vec<_>>(),
        })
    };
    results.iter().map(as_json).collect()
}

/// Returns the path of the file in which a place lies.
pub(crate) fn path_of(span: Span, files: &Files) -> &str {
    file_of(span, files).map_or("", |(path, _)| path)
}

/// Returns the line of a place, from 1.
pub(crate) fn line_of(span: Span, files: &Files) -> usize {
    let text = file_of(span, files).and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    place(text.unwrap_or_default(), span.start).0
}

/// Returns the text of a place.
pub(crate) fn text_at(span: Span, files: &Files) -> &str {
    let text = file_of(span, files).and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let byte = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
    text.and_then(|text| text.get(byte(span.start)..byte(span.end)))
        .unwrap_or_default()
}

/// Returns `path:line`.
pub(crate) fn where_is(span: Span, files: &Files) -> String {
    format!("{}:{}", path_of(span, files), line_of(span, files))
}

fn file_of(span: Span, files: &Files) -> Option<&(String, Vec<u8>)> {
    files.get(usize::try_from(span.file).ok()?)
}
