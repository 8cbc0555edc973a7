//! Text laid out for a terminal: wrapped to its width, aligned by what letters take up there, coloured only on one.

use std::fmt::Write as _;
use std::io::{self, Write as _};

use ansinh_engine::report::State;
use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, Table, presets};
use unicode_width::UnicodeWidthStr;

use crate::failure::Failure;

/// The width where there is no terminal to ask.
const WIDTH: usize = 80;

/// Wider lines are hard to read.
const WIDEST: usize = 120;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// A page being written.
pub(crate) struct Page {
    text: String,
    width: usize,
}

impl Page {
    /// Returns an empty page as wide as the terminal, or 80 columns where there is none.
    pub(crate) fn new() -> Page {
        Page::as_wide(&Table::new())
    }

    /// Returns an empty page for standard error.
    pub(crate) fn on_stderr() -> Page {
        Page::as_wide(Table::new().use_stderr())
    }

    fn as_wide(table: &Table) -> Page {
        let width = table.width().map_or(WIDTH, usize::from);
        Page {
            text: String::new(),
            width: width.clamp(40, WIDEST),
        }
    }

    /// The width to lay out for.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Returns what was written.
    pub(crate) fn into_text(self) -> String {
        self.text
    }

    /// Writes everything to standard output.
    pub(crate) fn show(self) -> Result<(), Failure> {
        print(&self.text)
    }

    /// Adds text that is laid out already.
    pub(crate) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds an empty line.
    pub(crate) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Adds a heading with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.gap();
        self.styled(BOLD, "", text);
    }

    /// Adds text in bold.
    pub(crate) fn bold(&mut self, indent: &str, text: &str) {
        self.styled(BOLD, indent, text);
    }

    /// Adds text that matters less.
    pub(crate) fn dim(&mut self, indent: &str, text: &str) {
        self.styled(DIM, indent, text);
    }

    fn styled(&mut self, style: Style, indent: &str, text: &str) {
        for line in wrap(text, self.width.saturating_sub(indent.width())) {
            let _ = writeln!(self.text, "{indent}{style}{line}{style:#}");
        }
    }

    /// Adds wrapped text: `first` before its first line, `rest` before the others.
    pub(crate) fn paragraph(&mut self, first: &str, rest: &str, text: &str) {
        let indent = first.width().max(rest.width());
        for (at, line) in wrap(text, self.width.saturating_sub(indent)).iter().enumerate() {
            let _ = writeln!(self.text, "{}{line}", if at == 0 { first } else { rest });
        }
    }

    /// Adds an entry of a list.
    pub(crate) fn item(&mut self, text: &str) {
        self.paragraph("  • ", "    ", text);
    }

    /// Adds wrapped text behind the sign of its state; the text must say the state in words too.
    pub(crate) fn signed(&mut self, indent: &str, state: State, sign: &str, text: &str) {
        let style = match state {
            State::Yes => AnsiColor::Green.on_default(),
            State::No => AnsiColor::Red.on_default(),
            State::Open => AnsiColor::Yellow.on_default(),
        };
        let rest = format!("{indent}{}", " ".repeat(sign.width() + 1));
        for (at, line) in wrap(text, self.width.saturating_sub(rest.width())).iter().enumerate() {
            let _ = if at == 0 {
                writeln!(self.text, "{indent}{style}{sign}{style:#} {line}")
            } else {
                writeln!(self.text, "{rest}{line}")
            };
        }
    }

    /// Adds a table; cells are wrapped to the width of the page.
    pub(crate) fn table(&mut self, head: &[&str], rows: Vec<Vec<String>>) {
        let mut table = Table::new();
        table
            .load_style(presets::UTF8_FULL.with_solid_inner_borders())
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.width).unwrap_or(u16::MAX))
            .force_no_tty()
            .set_header(head);
        table.add_rows(rows);
        for line in table.lines() {
            let _ = writeln!(self.text, "{}", line.trim_end());
        }
    }
}

/// Writes text to standard output; colours are taken out where it is not a terminal.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    written(
        anstream::stdout()
            .lock()
            .write_all(text.as_bytes())
            .and_then(|()| anstream::stdout().flush()),
    )
}

/// Judges a write to standard output. A reader that went away has what it wanted: that is no failure.
pub(crate) fn written(result: io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::internal(format!("the output could not be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Breaks text into lines of at most `width` columns, at spaces; a longer word has a line of its own.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_letters_take_one_column_each() {
        let text = "Mức chuẩn trợ giúp xã hội là năm trăm bốn mươi nghìn đồng";
        for line in wrap(text, 20) {
            assert!(line.width() <= 20 && line.chars().count() == line.width(), "{line}");
        }
        assert_eq!(wrap(text, 20).join(" "), text);
    }

    #[test]
    fn a_long_word_is_not_cut() {
        assert_eq!(wrap("a 123456789 b", 4), ["a", "123456789", "b"]);
        assert_eq!(wrap("", 4), Vec::<String>::new());
    }
}
