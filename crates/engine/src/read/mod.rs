//! Reads a folder of rule files: bytes to [`RuleFiles`], with a finding for everything that has not the shape the language
//! demands.
//!
//! A file's path decides what it is: `overlays/FOLDER/PATH` is the file `PATH` of an overlay, which lies over the others.
//! Nothing is resolved here: names, types and the law's logic are checked later. What could
//! not be read is left out or stands as an empty text or [`crate::syntax::Node::Missing`], always with a finding beside it.

mod cases;
mod facts;
mod files;
mod holidays;
mod law;
mod page;
mod parts;
mod programmes;
mod provinces;
mod table;

pub use files::*;
pub(crate) use programmes::STAGES;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::DeTable;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::{Diagnostic, Findings, Span, did_you_mean};
use page::Page;
use table::Table;

/// The version of the rule language that is read.
pub const LANGUAGE: u32 = 1;

/// A rule file is at most so many bytes long.
pub const LARGEST_FILE: usize = 1024 * 1024;

/// Reads rule files given as path (with `/`) and bytes; findings come by path and place.
#[must_use]
pub fn read(files: &[(String, Vec<u8>)]) -> (RuleFiles, Vec<Diagnostic>) {
    let mut findings = Findings::new(files.iter().map(|(path, _)| path.as_str()));
    let rules = read_into(files, &mut findings);
    (rules, findings.into_sorted())
}

/// Reads rule files and adds what is wrong to `findings`, which must have been made for the same files.
pub fn read_into(files: &[(String, Vec<u8>)], findings: &mut Findings) -> RuleFiles {
    let mut rules = RuleFiles::default();
    let mut order: Vec<(usize, &(String, Vec<u8>))> = files.iter().enumerate().collect();
    // An overlay after what it lies over: a name declared twice is the overlay's mistake.
    order.sort_by_key(|(_, (path, _))| (overlay_of(path).map(|(folder, _)| folder), path));
    rules.layers = vec![None; files.len()];
    let mut previous: Option<&str> = None;
    for (index, (path, bytes)) in order {
        let start = Span::new(u32::try_from(index).unwrap_or(u32::MAX), 0, 0);
        if previous == Some(path.as_str()) {
            findings.error("E0109", start, format!("the file `{path}` is given twice"));
            continue;
        }
        previous = Some(path);
        read_one(index, path, bytes, &mut rules, findings);
    }
    if !rules.overlays.is_empty() {
        let cases = std::mem::take(&mut rules.cases);
        rules.cases = cases
            .into_iter()
            .filter(|case| rules.layer(case.span).is_some())
            .collect();
    }
    rules
}

/// Reads one file again, which holds parameters, terms or a programme, after it was changed.
///
/// Returns the rule files with it; `index` is its place among the files from which `before` was read, without overlays.
pub(crate) fn read_again(
    before: &RuleFiles,
    index: usize,
    (path, bytes): &(String, Vec<u8>),
    findings: &mut Findings,
) -> RuleFiles {
    let mut rules = before.clone();
    let is_other = |span: Span| usize::try_from(span.file) != Ok(index);
    rules.parameters.retain(|parameter| is_other(parameter.name.span));
    rules.terms.retain(|term| is_other(term.name.span));
    rules.programmes.retain(|programme| is_other(programme.span));
    read_one(index, path, bytes, &mut rules, findings);
    rules
}

fn read_one(index: usize, path: &str, bytes: &[u8], rules: &mut RuleFiles, findings: &mut Findings) {
    let start = Span::new(u32::try_from(index).unwrap_or(u32::MAX), 0, 0);
    let (layer, own_path) = match overlay_of(path) {
        Some((folder, own_path)) => (Some(rules.layer_named(folder, start)), own_path),
        None => (None, path),
    };
    if let Some(of) = rules.layers.get_mut(index) {
        *of = layer;
    }
    let Some(role) = role_of(own_path, path, start, findings) else {
        return;
    };
    let Some(text) = text_of(bytes, start, findings) else {
        return;
    };
    let Some(document) = document_of(text, start, findings) else {
        return;
    };
    let page = Page::new(start.file, text, findings);
    let mut root = Table::root(&page, document.get_ref());
    match role {
        Role::Release => {
            let release = law::release(&mut root);
            match layer {
                Some(at) => rules
                    .overlays
                    .get_mut(at)
                    .into_iter()
                    .for_each(|o| o.release.clone_from(&release)),
                None => rules.release = release,
            }
        }
        Role::Instruments => law::instruments(&mut root, &mut rules.instruments),
        Role::Parameters => {
            law::fills(&mut root, layer.is_some(), &mut rules.fills);
            law::parameters(&mut root, &mut rules.parameters);
        }
        Role::Papers => law::papers(&mut root, &mut rules.papers),
        Role::Facts => facts::facts(&mut root, &mut rules.facts),
        Role::Terms => facts::terms(&mut root, &mut rules.terms),
        Role::Provinces { .. } if layer.is_some() => {
            let hint = "an overlay is for one place, which its `release.toml` names".to_owned();
            findings.error_with("E0105", start, "the provinces are national", hint);
        }
        Role::Provinces { from } => rules.provinces.extend(provinces::provinces(&mut root, from)),
        Role::Holidays { .. } if layer.is_some() => {
            let hint = "public holidays are those of the whole country".to_owned();
            findings.error_with("E0105", start, "the holidays are national", hint);
        }
        Role::Holidays { year } => rules.holidays.extend(holidays::holidays(&mut root, year)),
        Role::Programme { folder, from } if layer.is_some() && root.has("adds_to") => {
            rules.additions.extend(programmes::addition(&mut root, folder, from));
        }
        Role::Programme { folder, from } => rules.programmes.extend(programmes::programme(&mut root, folder, from)),
        Role::Mutants => cases::mutants(&mut root, &mut rules.accepted),
        Role::Cases { folder } => cases::cases(&mut root, &folder.replace('-', "_"), &mut rules.cases),
    }
}

impl RuleFiles {
    /// Returns the position of the overlay in that folder, which its first file makes known.
    fn layer_named(&mut self, folder: &str, span: Span) -> usize {
        let known = self.overlays.iter().position(|overlay| overlay.folder == folder);
        known.unwrap_or_else(|| {
            self.overlays.push(OverlayFile {
                folder: folder.to_owned(),
                release: None,
                span,
            });
            self.overlays.len() - 1
        })
    }
}

/// The folder of the files that lie over the others.
const OVERLAYS: &str = "overlays";

/// Returns the folder of the overlay a file belongs to, and its path in it; none for a file of the national rules.
#[must_use]
pub fn overlay_of(path: &str) -> Option<(&str, &str)> {
    let (folder, own_path) = path.strip_prefix(OVERLAYS)?.strip_prefix('/')?.split_once('/')?;
    (!folder.is_empty() && !own_path.is_empty()).then_some((folder, own_path))
}

/// Returns the path that makes a file one of the overlay in that folder.
#[must_use]
pub fn path_in_overlay(folder: &str, own_path: &str) -> String {
    format!("{OVERLAYS}/{folder}/{own_path}")
}

/// What a file holds, by its path.
enum Role<'p> {
    Release,
    Mutants,
    Instruments,
    Parameters,
    Papers,
    Facts,
    Terms,
    Programme { folder: &'p str, from: Date },
    Provinces { from: Date },
    Holidays { year: i16 },
    Cases { folder: &'p str },
}

const FOLDERS: [&str; 8] = [
    "instruments",
    "parameters",
    "papers",
    "facts",
    "terms",
    "programmes",
    "provinces",
    "holidays",
];

fn role_of<'p>(own_path: &'p str, path: &str, start: Span, findings: &mut Findings) -> Option<Role<'p>> {
    let parts: Vec<&str> = own_path.split('/').collect();
    let role = match parts.as_slice() {
        ["release.toml"] => Some(Role::Release),
        ["mutants.toml"] => Some(Role::Mutants),
        ["provinces", file] if is_toml(file) => {
            let from = day_of(file, start, findings)?;
            Some(Role::Provinces { from })
        }
        ["holidays", file] if is_toml(file) => {
            let year = year_of(file, start, findings)?;
            Some(Role::Holidays { year })
        }
        [folder, file] if is_toml(file) => match *folder {
            "instruments" => Some(Role::Instruments),
            "parameters" => Some(Role::Parameters),
            "papers" => Some(Role::Papers),
            "facts" => Some(Role::Facts),
            "terms" => Some(Role::Terms),
            _ => None,
        },
        ["programmes", folder, "cases.toml"] => Some(Role::Cases { folder }),
        ["programmes", folder, file] if is_toml(file) => {
            let from = day_of(file, start, findings)?;
            Some(Role::Programme { folder, from })
        }
        _ => None,
    };
    if role.is_none() {
        let folder = parts.first().copied().unwrap_or_default();
        let hint = match parts.last() {
            Some(file) if !is_toml(file) => "a folder of rules holds `.toml` files only".to_owned(),
            _ => did_you_mean(folder, FOLDERS)
                .filter(|_| !FOLDERS.contains(&folder))
                .unwrap_or_else(|| {
                    "rule files are `release.toml`, `instruments/*.toml`, `parameters/*.toml`, `papers/*.toml`, \
                 `facts/*.toml`, `terms/*.toml`, `provinces/DATE.toml`, `holidays/YEAR.toml`, \
                 `programmes/NAME/DATE.toml` and `programmes/NAME/cases.toml`"
                        .to_owned()
                }),
        };
        findings.error_with("E0105", start, format!("`{path}` is no place for a rule file"), hint);
    }
    role
}

fn day_of(file: &str, start: Span, findings: &mut Findings) -> Option<Date> {
    let day = file.trim_end_matches(".toml");
    let from = day.parse::<Date>().ok().filter(|_| day.len() == 10);
    if from.is_none() {
        let hint = "a version is named by the day from which it holds: `2021-07-01.toml`".to_owned();
        findings.error_with("E0115", start, format!("`{file}` is not a day"), hint);
    }
    from
}

fn year_of(file: &str, start: Span, findings: &mut Findings) -> Option<i16> {
    let name = file.trim_end_matches(".toml");
    let year = name.parse().ok().filter(|_| name.len() == 4 && law::digits(name, 4));
    if year.is_none() {
        let hint = "a file of holidays is named by its year: `2026.toml`".to_owned();
        findings.error_with("E0115", start, format!("`{file}` is not a year"), hint);
    }
    year
}

fn is_toml(file: &str) -> bool {
    file.len() > ".toml".len() && file.ends_with(".toml")
}

fn text_of<'b>(bytes: &'b [u8], start: Span, findings: &mut Findings) -> Option<&'b str> {
    if bytes.len() > LARGEST_FILE {
        let message = format!("the file has {} bytes; at most {LARGEST_FILE} are read", bytes.len());
        findings.error_with("E0112", start, message, "divide it into several files".to_owned());
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let hint = "save the file as UTF-8".to_owned();
            findings.error_with(
                "E0110",
                Span::new(start.file, at, at + 1),
                "the file is not UTF-8",
                hint,
            );
            return None;
        }
    };
    if !is_nfc(text) {
        let place = first_decomposed(text);
        let shown: String = text.get(place.clone()).unwrap_or_default().nfc().collect();
        let message = format!("`{shown}` is written as several characters (not NFC)");
        let hint = "save the file with composed letters (Unicode NFC)".to_owned();
        findings.error_with("E0111", Span::new(start.file, place.start, place.end), message, hint);
    }
    Some(text)
}

/// The first letter that NFC writes differently, with the marks that follow it.
fn first_decomposed(text: &str) -> std::ops::Range<usize> {
    let mut composed = text.nfc();
    let differing = text.char_indices().find(|(_, letter)| composed.next() != Some(*letter));
    let start = differing.map_or(0, |(at, _)| at);
    let rest = text.get(start..).unwrap_or_default();
    let next = rest
        .char_indices()
        .skip(1)
        .find(|(_, letter)| !unicode_normalization::char::is_combining_mark(*letter));
    start..start + next.map_or(rest.len(), |(at, _)| at)
}

/// The tables of a file, unless its TOML is broken: then only that is reported, since all else would be guesswork.
fn document_of<'t>(text: &'t str, start: Span, findings: &mut Findings) -> Option<Spanned<DeTable<'t>>> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut broken = false;
    let mut told_line = None;
    for error in errors {
        let range = error.span().unwrap_or(0..0);
        let (range_start, range_end) = (range.start.min(text.len()), range.end.min(text.len()));
        let span = Span::new(start.file, range_start, range_end);
        let shown = text.get(range_start..range_end).unwrap_or_default();
        if error.message().starts_with("duplicate key") {
            let hint = "each key stands once".to_owned();
            findings.error_with("E0109", span, format!("duplicate key `{shown}`"), hint);
            continue;
        }
        broken = true;
        // One slip often breaks the rest of its line: the first finding of a line tells it.
        let line = text.get(..range_start).unwrap_or_default().matches('\n').count();
        if told_line == Some(line) {
            continue;
        }
        told_line = Some(line);
        if error.message().contains("recurs") {
            findings.error("E0113", span, "tables are nested too deep");
            break;
        }
        findings.error_with(
            "E0101",
            span,
            format!("not TOML: {}", error.message()),
            toml_hint(shown, text, range_start),
        );
    }
    (!broken).then_some(document)
}

/// What probably went wrong where TOML was broken.
fn toml_hint(shown: &str, text: &str, at: usize) -> Option<String> {
    let line_start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text.get(line_start..)?.lines().next()?;
    if shown.contains(['“', '”', '„']) || line.contains(['“', '”', '„']) {
        return Some("texts stand in straight quotation marks: `\"…\"`".to_owned());
    }
    let value = line
        .split_once('=')
        .map(|(_, value)| value.split('#').next().unwrap_or(value).trim())
        .unwrap_or_default();
    if value.starts_with(|c: char| c.is_alphabetic()) && !value.contains('"') {
        return Some("texts and expressions stand in quotation marks: `\"…\"`".to_owned());
    }
    None
}
