//! How much of the rules the worked cases test, file by file.

use ansinh_engine::Language;
use ansinh_engine::coverage::{Coverage, Part, Sight};
use ansinh_engine::diagnostic::Span;
use ansinh_release::Files;
use serde_json::{Value, json};

use crate::cases::{Scope, line_of, path_of, text_at};
use crate::page::Page;

/// The kinds of parts, in the order in which they are counted.
const PARTS: [Part; 4] = [Part::Group, Part::Criterion, Part::Case, Part::Threshold];

/// What worked cases saw, by rule file.
pub(crate) struct Covered {
    files: Vec<CoveredFile>,
}

struct CoveredFile {
    path: String,
    /// Covered and all, in the order of [`PARTS`].
    counts: [(usize, usize); 4],
    missing: Vec<Missing>,
}

struct Missing {
    line: usize,
    part: Part,
    text: String,
    sight: Sight,
}

/// Returns what was seen of every rule file that is tested.
pub(crate) fn covered(coverage: &Coverage, files: &Files, scope: &Scope) -> Covered {
    let mut covered: Vec<CoveredFile> = Vec::new();
    for (span, part, sight) in coverage.parts() {
        let path = path_of(span, files);
        if !scope.holds(path) {
            continue;
        }
        if covered.last().is_none_or(|file| file.path != path) {
            covered.push(CoveredFile {
                path: path.to_owned(),
                counts: Default::default(),
                missing: Vec::new(),
            });
        }
        if let Some(file) = covered.last_mut() {
            file.add(span, part, sight, files);
        }
    }
    Covered { files: covered }
}

impl CoveredFile {
    fn add(&mut self, span: Span, part: Part, sight: &Sight, files: &Files) {
        for (known, (n_covered, n)) in PARTS.iter().zip(&mut self.counts) {
            if *known == part {
                *n_covered += usize::from(sight.is_covered());
                *n += 1;
            }
        }
        if !sight.is_covered() {
            self.missing.push(Missing {
                line: line_of(span, files),
                part,
                text: sight.name.clone().unwrap_or_else(|| text_at(span, files).to_owned()),
                sight: sight.clone(),
            });
        }
    }
}

impl Covered {
    /// Returns how many parts are not covered.
    pub(crate) fn n_missing(&self) -> usize {
        self.files.iter().map(|file| file.missing.len()).sum()
    }

    /// Returns one line of counts over all files.
    pub(crate) fn summary(&self, language: Language) -> String {
        let mut all = [(0, 0); 4];
        for file in &self.files {
            for (sum, (n_covered, n)) in all.iter_mut().zip(file.counts) {
                *sum = (sum.0 + n_covered, sum.1 + n);
            }
        }
        format!("{}: {}", language.pick("độ phủ", "coverage"), counts(&all, language))
    }

    /// Lists every file, and what is missing in it.
    pub(crate) fn list(&self, page: &mut Page, language: Language) {
        page.heading(language.pick("Độ phủ theo tệp quy tắc", "Coverage by rule file"));
        for file in &self.files {
            page.bold("", &file.path);
            page.paragraph("  ", "  ", &counts(&file.counts, language));
            for missing in &file.missing {
                let (never, name) = (missing.never(language), part_name(missing.part, language));
                let line = format!("{}:{} · {name} `{}` · {never}", file.path, missing.line, missing.text);
                page.item(&line);
            }
        }
        page.gap();
    }

    pub(crate) fn as_json(&self) -> Value {
        let file = |file: &CoveredFile| {
            let counts = PARTS.iter().zip(&file.counts);
            let counts = counts
                .map(|(part, (n_covered, n))| (word(*part).to_owned(), json!({ "covered": n_covered, "all": n })));
            let missing = file.missing.iter().map(|missing| {
                json!({
                    "line": missing.line,
                    "part": word(missing.part),
                    "text": missing.text,
                    "seen_yes": missing.sight.yes,
                    "seen_no": missing.sight.no,
                })
            });
            json!({
                "path": file.path,
                "counts": counts.collect::<serde_json::Map<_, _>>(),
                "missing": missing.collect::<Vec<_>>(),
            })
        };
        json!({ "n_missing": self.n_missing(), "files": self.files.iter().map(file).collect::<Vec<_>>() })
    }
}

impl Missing {
    fn never(&self, language: Language) -> &'static str {
        let Sight { yes, no, .. } = self.sight;
        match (self.part, yes, no) {
            (Part::Threshold, false, false) => language.pick(
                "không ca nào đứng sát ngưỡng, cả hai phía",
                "no case stands next to it, on either side",
            ),
            (Part::Threshold, false, true) => language.pick(
                "không ca nào đứng sát ngưỡng ở phía đạt",
                "no case stands next to it where it holds",
            ),
            (Part::Threshold, true, _) => language.pick(
                "không ca nào đứng sát ngưỡng ở phía không đạt",
                "no case stands next to it where it fails",
            ),
            (_, false, false) => language.pick("chưa ca nào biết rõ", "no case knows it"),
            (_, false, true) => language.pick("chưa ca nào đạt", "no case in which it holds"),
            (_, true, _) => language.pick("chưa ca nào không đạt", "no case in which it fails"),
        }
    }
}

fn counts(counts: &[(usize, usize); 4], language: Language) -> String {
    let of = language.pick("trên", "of");
    let counted = PARTS.iter().zip(counts).filter(|(_, (_, n))| *n > 0);
    let counted = counted.map(|(part, (n_covered, n))| format!("{} {n_covered} {of} {n}", parts_name(*part, language)));
    counted.collect::<Vec<_>>().join(" · ")
}

fn part_name(part: Part, language: Language) -> &'static str {
    match part {
        Part::Group => language.pick("đối tượng", "group"),
        Part::Criterion => language.pick("điều kiện", "criterion"),
        Part::Case => language.pick("mức hưởng", "case"),
        Part::Threshold => language.pick("ngưỡng", "threshold"),
    }
}

fn parts_name(part: Part, language: Language) -> &'static str {
    match part {
        Part::Group => language.pick("đối tượng", "groups"),
        Part::Criterion => language.pick("điều kiện", "criteria"),
        Part::Case => language.pick("mức hưởng, ngoại lệ", "cases and exceptions"),
        Part::Threshold => language.pick("ngưỡng", "thresholds"),
    }
}

fn word(part: Part) -> &'static str {
    match part {
        Part::Group => "group",
        Part::Criterion => "criterion",
        Part::Case => "case",
        Part::Threshold => "threshold",
    }
}
