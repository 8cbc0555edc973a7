//! What comes off a page, read back with the poppler tools.

use std::path::Path;
use std::process::Command;

/// Runs one of the poppler tools and returns what it wrote.
pub fn poppler(tool: &str, arguments: &[&str], file: &Path) -> Vec<u8> {
    let run = Command::new(tool).args(arguments).arg(file).arg("-").output();
    let run = run.unwrap_or_else(|error| panic!("{tool} of poppler-utils is needed: {error}"));
    assert!(run.status.success(), "{tool}: {}", String::from_utf8_lossy(&run.stderr));
    run.stdout
}

pub fn with_file<T>(bytes: &[u8], read: impl FnOnce(&Path) -> T) -> T {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("summary.pdf");
    std::fs::write(&file, bytes).unwrap();
    read(&file)
}

/// Returns all letters of the PDF without spaces and line ends, which depend on the layout.
pub fn letters(bytes: &[u8]) -> String {
    let text = with_file(bytes, |file| poppler("pdftotext", &["-raw"], file));
    squeeze(&String::from_utf8(text).unwrap())
}

pub fn squeeze(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}')
        .collect()
}
