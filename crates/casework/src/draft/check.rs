//! What the checks say of a draft: findings with their place, worked cases, coverage.

use ansinh_engine::casebook::run_case;
use ansinh_engine::codes;
use ansinh_engine::coverage::Coverage;
use ansinh_engine::diagnostic::{Diagnostic, Severity, Span};
use ansinh_engine::read::overlay_of;
use ansinh_engine::report::Language;
use ansinh_engine::rules::RuleSet;
use ansinh_release::Files;

use super::{away, id_of, whole_digest};
use crate::clock;
use crate::job::Progress;
use crate::session::Session;
use crate::wire::{
    CaseDifference, DraftCases, DraftCheck, DraftFinding, DraftFindings, DraftRequest, DraftSeverity, FailedCase,
    Failure, JobStarted, UncoveredPart,
};

/// More findings than this help nobody: mend the first.
const MOST_FINDINGS: usize = 500;

impl Session {
    /// What reading and compiling finds, while somebody types.
    pub(crate) async fn lint_draft(&self, request: DraftRequest) -> Result<DraftFindings, Failure> {
        let files = self.store.draft_files(id_of(&request.draft)?).await?;
        away(move || {
            let (_, found) = ansinh_engine::compile(&files, "");
            Ok(findings(&found, &files, request.language))
        })
        .await
    }

    /// All checks, every worked case, and how much of the rules they test.
    pub(crate) async fn check_draft(&mut self, request: DraftRequest) -> Result<JobStarted, Failure> {
        let files = self.store.draft_files(id_of(&request.draft)?).await?;
        let (today, green) = (clock::today(), self.green.clone());
        Ok(self.jobs.start(|progress| {
            away(move || {
                let found = checked(&files, today, request.language, &progress);
                if found.is_green {
                    green.insert(whole_digest(&files));
                }
                Ok(found)
            })
        }))
    }
}

fn checked(files: &Files, today: jiff::civil::Date, language: Language, progress: &Progress) -> DraftCheck {
    let checked = ansinh_engine::check::check(files, "", Some(today));
    let found = findings(&checked.found, files, language);
    let cases = checked
        .rules
        .as_ref()
        .map(|rules| run(rules, files, language, progress));
    let partial = progress.is_stopped();
    DraftCheck {
        is_green: !partial && found.n_errors == 0 && cases.as_ref().is_some_and(|cases| cases.failed.is_empty()),
        found,
        cases,
        partial,
    }
}

fn run(rules: &RuleSet, files: &Files, language: Language, progress: &Progress) -> DraftCases {
    progress.expect(rules.cases.len());
    let mut coverage = Coverage::new(rules);
    let (mut n_passed, mut failed) = (0, Vec::new());
    for case in &rules.cases {
        if progress.is_stopped() {
            break;
        }
        let result = run_case(rules, case, |household, found| coverage.see(rules, household, found));
        progress.step();
        if result.differences.is_empty() {
            n_passed += 1;
            continue;
        }
        let (path, line) = line_of(files, result.span);
        let differences = result.differences.iter().map(|difference| CaseDifference {
            line: line_of(files, difference.span).1,
            says: difference.sentence(language),
        });
        failed.push(FailedCase {
            programme: result.programme,
            title: result.title,
            path,
            line,
            differences: differences.collect(),
        });
    }
    // The cases of the national rules are not run under an overlay, so only its own files are counted there.
    let has_overlay = files.iter().any(|(path, _)| overlay_of(path).is_some());
    let (mut n_parts, mut n_covered, mut missing) = (0, 0, Vec::new());
    for (span, _, sight) in coverage.parts() {
        let (path, line) = line_of(files, span);
        if overlay_of(&path).is_some() != has_overlay {
            continue;
        }
        n_parts += 1;
        if sight.is_covered() {
            n_covered += 1;
            continue;
        }
        let written = || {
            text_of(files, span.file)
                .get(span.start as usize..span.end as usize)
                .unwrap_or_default()
        };
        missing.push(UncoveredPart {
            path,
            line,
            text: sight.name.clone().unwrap_or_else(|| written().to_owned()),
        });
    }
    DraftCases {
        n_passed,
        failed,
        n_parts,
        n_covered,
        missing,
    }
}

fn findings(found: &[Diagnostic], files: &Files, language: Language) -> DraftFindings {
    let n = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let mut all: Vec<&Diagnostic> = found.iter().collect();
    all.sort_by_key(|finding| finding.severity);
    DraftFindings {
        findings: all
            .into_iter()
            .take(MOST_FINDINGS)
            .map(|one| finding(one, files, language))
            .collect(),
        n_errors: n(Severity::Error),
        n_warnings: n(Severity::Warning),
    }
}

fn finding(found: &Diagnostic, files: &Files, language: Language) -> DraftFinding {
    let text = files.iter().find(|(path, _)| *path == found.path);
    let text = text.map_or("", |(_, bytes)| std::str::from_utf8(bytes).unwrap_or_default());
    let (line, column) = place(text, found.span.start);
    let (end_line, end_column) = place(text, found.span.end);
    let meaning = codes::explain(found.code).map_or("", |code| code.vi);
    DraftFinding {
        code: found.code.to_owned(),
        severity: match found.severity {
            Severity::Error => DraftSeverity::Error,
            Severity::Warning => DraftSeverity::Warning,
            Severity::Note => DraftSeverity::Note,
        },
        path: found.path.clone(),
        line,
        column,
        end_line,
        end_column,
        message: match language {
            Language::Vi => vietnamese(meaning, &found.message),
            Language::En => found.message.clone(),
        },
        hint: found.hint.clone(),
        household: found.household.clone(),
    }
}

/// What the code means, and the author's own words out of the English message.
fn vietnamese(meaning: &str, message: &str) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in message.split('`').skip(1).step_by(2).filter(|word| !word.is_empty()) {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() {
        return meaning.to_owned();
    }
    format!("{meaning}: “{}”", words.join("”, “"))
}

/// The line of a byte from 1, and the column in UTF-16 units from 0, as editors count.
fn place(text: &str, byte: u32) -> (usize, usize) {
    let before = text.get(..byte as usize).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    (
        line,
        before.rsplit('\n').next().unwrap_or_default().encode_utf16().count(),
    )
}

/// Returns the path and line of a place.
pub(super) fn line_of(files: &Files, span: Span) -> (String, usize) {
    let path = files.get(span.file as usize).map_or("", |(path, _)| path);
    (path.to_owned(), place(text_of(files, span.file), span.start).0)
}

fn text_of(files: &Files, file: u32) -> &str {
    let found = files.get(file as usize);
    found.map_or("", |(_, bytes)| std::str::from_utf8(bytes).unwrap_or_default())
}
