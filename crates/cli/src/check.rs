//! `ansinh check`: findings in rule files, each at its place in the text, with a way out.

mod explain;
mod json;

use std::fmt;

use ansinh_casework::today;
use ansinh_engine::diagnostic::{Diagnostic, Severity};
use ansinh_engine::read::overlay_of;
use ansinh_release::{Files, Layers, Mismatch, ReleaseError, verify_files};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};
use serde_json::Value;

use crate::arguments::{Check, Deny};
use crate::failure::{FOUND, Failure, GOOD};
use crate::input::layers;
use crate::page::{Page, print};

pub(crate) fn check(asked: &Check) -> Result<u8, Failure> {
    if let Some(code) = &asked.explain {
        return explain::explain(code);
    }
    let layers = layers(&asked.folders)?;
    let files = &layers.files;
    let today = asked.today.unwrap_or_else(today);
    let found = ansinh_engine::check::check(files, "", Some(today)).found;
    let stale = match verify_files(files) {
        Ok(()) => Vec::new(),
        Err(ReleaseError::Digests(mismatches)) => mismatches,
        // Without a readable `[files]` every file is one that is not listed.
        Err(ReleaseError::Head) => vec![Mismatch::NotListed { path: "*".into() }],
        Err(error) => return Err(error.into()),
    };
    let n = |severity| found.iter().filter(|finding| finding.severity == severity).count();
    let (n_errors, n_notes) = (n(Severity::Error), n(Severity::Note));
    let n_warnings = n(Severity::Warning) + usize::from(!stale.is_empty());
    if asked.json {
        let all: Vec<Value> = found.iter().map(|finding| json::finding(finding, &layers)).collect();
        let text = serde_json::to_string_pretty(&all).map_err(|error| Failure::internal(error.to_string()))?;
        print(&format!("{text}\n"))?;
    } else {
        shown(&found, &stale, &layers, [n_errors, n_warnings, n_notes]).show()?;
    }
    let denied = asked.deny == Some(Deny::Warnings) && n_warnings > 0;
    Ok(if n_errors > 0 || denied { FOUND } else { GOOD })
}

fn shown(
    found: &[Diagnostic],
    stale: &[Mismatch],
    layers: &Layers,
    [n_errors, n_warnings, n_notes]: [usize; 3],
) -> Page {
    let mut page = Page::new();
    let mut text = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode())
        .with_width(page.width())
        .with_links(false)
        .with_context_lines(1);
    for finding in found {
        let shown = Shown::new(finding, layers);
        if handler.render_report(&mut text, &shown).is_err() {
            text.push_str(&format!("{finding}\n"));
        }
        if let Some(household) = &finding.household {
            text.push_str("  a household that shows it, as a worked case:\n\n");
            for line in household.lines() {
                text.push_str(&format!("    {line}\n"));
            }
            text.push('\n');
        }
    }
    page.raw(&text);
    if !stale.is_empty() {
        page.paragraph("warning: ", "  ", "[files] of release.toml does not fit the files");
        for mismatch in stale.iter().take(10) {
            page.item(&mismatch.to_string());
        }
        if stale.len() > 10 {
            page.item(&format!("and {} more", stale.len() - 10));
        }
        for name in stale_folders(stale, layers) {
            page.paragraph("  help: ", "  ", &format!("ansinh release digest {name} --write"));
        }
    }
    let base = layers
        .base
        .as_deref()
        .map_or("the rules built in".into(), |folder| folder.display().to_string());
    let over = layers.overlays.iter().map(|(_, folder)| folder.display().to_string());
    let what = [base].into_iter().chain(over).collect::<Vec<_>>().join(" + ");
    let (n_files, errors, warnings) = (
        layers.files.len(),
        count(n_errors, "error"),
        count(n_warnings, "warning"),
    );
    let notes = if n_notes == 0 {
        String::new()
    } else {
        format!(", {}", count(n_notes, "note"))
    };
    page.paragraph("", "", &format!("{what}: {n_files} files, {errors}, {warnings}{notes}"));
    page
}

/// Returns the folders whose lists of digests have to be written again.
fn stale_folders(stale: &[Mismatch], layers: &Layers) -> Vec<String> {
    let mut folders: Vec<String> = Vec::new();
    for mismatch in stale {
        let folder = match overlay_of(mismatch.path()) {
            Some((name, _)) => layers
                .overlays
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, folder)| folder.clone()),
            None => layers.base.clone(),
        };
        let name = folder.map_or("DIR".into(), |folder| folder.display().to_string());
        if !folders.contains(&name) {
            folders.push(name);
        }
    }
    folders
}

fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// Returns line and column of a byte, both from 1.
pub(crate) fn place(text: &str, byte: u32) -> (usize, usize) {
    let before = text.get(..usize::try_from(byte).unwrap_or(usize::MAX)).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Returns the text of a file, or what of it is text.
pub(crate) fn text_of<'f>(path: &str, files: &'f Files) -> &'f str {
    let bytes = files
        .iter()
        .find(|(known, _)| known == path)
        .map_or(&[][..], |(_, bytes)| bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => bytes
            .get(..error.valid_up_to())
            .and_then(|b| std::str::from_utf8(b).ok())
            .unwrap_or_default(),
    }
}

/// A finding as the renderer wants it.
#[derive(Debug)]
struct Shown<'f> {
    finding: &'f Diagnostic,
    source: NamedSource<String>,
    label: LabeledSpan,
}

impl<'f> Shown<'f> {
    fn new(finding: &'f Diagnostic, layers: &Layers) -> Shown<'f> {
        let text = text_of(&finding.path, &layers.files);
        let byte = |at: u32| usize::try_from(at).unwrap_or(usize::MAX).min(text.len());
        let (start, end) = (byte(finding.span.start), byte(finding.span.end));
        let name = layers.place_of(&finding.path).display().to_string();
        Shown {
            finding,
            source: NamedSource::new(name, text.to_owned()),
            label: LabeledSpan::underline(start..end.max(start)),
        }
    }
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        write!(f, "{severity}: {}", self.finding.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl miette::Diagnostic for Shown<'_> {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Some(Box::new(self.finding.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.finding.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.finding
            .hint
            .as_ref()
            .map(|hint| Box::new(hint) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(std::iter::once(self.label.clone())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a = 1\ntên = \"Hà Nội\" x";
        let at = u32::try_from(text.find('x').unwrap_or_default()).unwrap_or_default();
        assert_eq!(place(text, at), (2, 16));
        assert_eq!(place(text, 0), (1, 1));
        assert_eq!(place(text, u32::MAX), (2, 17));
    }
}
