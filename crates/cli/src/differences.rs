//! `ansinh release diff`: what differs between two folders of rules, in words and in text.

use std::path::Path;

use ansinh_release::diff::{Became, Differences, FileDifference, TextSide, differences};
use ansinh_release::{Release, ReleaseError, read_layers};

use crate::arguments::Differ;
use crate::failure::{Failure, GOOD};
use crate::page::{Page, print};

pub(crate) fn differ(asked: &Differ) -> Result<u8, Failure> {
    let language = asked.spoken.language();
    let (old, new) = (release_in(&asked.old)?, release_in(&asked.new)?);
    let found = differences(&old, &new, language);
    if asked.json {
        let json = serde_json::to_string_pretty(&found).map_err(|error| Failure::internal(error.to_string()))?;
        print(&format!("{json}\n"))?;
        return Ok(GOOD);
    }
    page(&found, asked.text).show()?;
    Ok(GOOD)
}

/// Returns the rules of a folder, without their worked cases: they say the same, whatever cases there are.
pub(crate) fn release_in(folder: &Path) -> Result<Release, ReleaseError> {
    Release::compile_without_cases(read_layers(&[folder.to_path_buf()])?.files)
}

fn page(found: &Differences, with_text: bool) -> Page {
    let language = found.language;
    let mut page = Page::new();
    for (word, release) in [
        (language.pick("Trước", "Before"), &found.old),
        (language.pick("Sau", "After"), &found.new),
    ] {
        let digest = release.digest.get(..12).unwrap_or_default();
        let line = format!(
            "{word}: {} {} · {} · sha256:{digest}…",
            release.id, release.number, release.title
        );
        page.paragraph("", "  ", &line);
    }
    page.heading(language.pick("Quy tắc", "Rules"));
    if found.rules.is_empty() {
        let none = language.pick("Không quy tắc nào nói khác đi.", "No rule says anything else.");
        page.paragraph("  ", "  ", none);
    }
    for one in &found.rules {
        page.item(&one.says);
        for part in &one.parts {
            let text = match (&part.before, &part.after) {
                (Some(before), Some(after)) => format!("{}: {before} → {after}", part.part),
                (None, Some(after)) => format!("+ {}: {after}", part.part),
                (Some(before), None) => format!("− {}: {before}", part.part),
                (None, None) => part.part.clone(),
            };
            page.paragraph("      ", "        ", &text);
        }
        page.dim("      ", &one.id);
    }
    page.heading(language.pick("Tệp", "Files"));
    if found.files.is_empty() {
        page.paragraph("  ", "  ", language.pick("giống hệt nhau", "the same bytes"));
    }
    for file in &found.files {
        let word = match file.became {
            Became::New => language.pick("mới", "new"),
            Became::Changed | Became::Ended => language.pick("sửa", "changed"),
            Became::Removed => language.pick("bỏ", "removed"),
        };
        page.item(&format!("{} ({word})", file.path));
        if with_text {
            page.raw(&text_of(file));
        }
    }
    page
}

fn text_of(file: &FileDifference) -> String {
    let mut text = String::new();
    for hunk in &file.hunks {
        for line in &hunk.lines {
            let sign = match line.side {
                TextSide::Both => ' ',
                TextSide::Old => '-',
                TextSide::New => '+',
            };
            text.push_str(&format!("    {sign}{:>5} {}\n", line.number, line.text));
        }
        text.push('\n');
    }
    text
}
