//! Typst, held on a short lead: one template at a time, one data file, three fonts, no clock and nothing else.
//!
//! Texts reach the template as JSON strings and are never read as markup. Whatever the template asks for beyond these
//! files is refused.

use std::sync::LazyLock;

use jiff::civil::Date;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::model::DocumentInfo;
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, hash128};
use typst::{Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, Timestamp};
use typst_svg::SvgOptions;

use crate::PrintError;

/// How many documents back a part of the layout may have been used last and still be kept: a batch stays small, and
/// what all pages share is laid out once.
const KEPT_DOCUMENTS: usize = 2;

/// The name under which the template asks for its data.
const CONTENT: &str = "content.json";

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [
        include_bytes!("../fonts/BeVietnamPro-Regular.ttf").as_slice(),
        include_bytes!("../fonts/BeVietnamPro-Bold.ttf").as_slice(),
        include_bytes!("../fonts/BeVietnamPro-Italic.ttf").as_slice(),
    ]
    .into_iter()
    .filter_map(|file| Font::new(Bytes::new(file), 0))
    .collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

static SUMMARY: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("summary.typ")));

static PAPERS: LazyLock<Source> = LazyLock::new(|| Source::detached(include_str!("papers.typ")));

/// Which template sets the content.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Template {
    /// The household summary.
    Summary,
    /// All other papers.
    Papers,
}

impl Template {
    fn source(self) -> &'static Source {
        match self {
            Template::Summary => &SUMMARY,
            Template::Papers => &PAPERS,
        }
    }
}

/// Returns a PDF whose date and identity come from the content alone.
pub(crate) fn pdf(template: Template, content: &str, printed_on: Date) -> Result<Vec<u8>, PrintError> {
    let options = options(content, printed_on);
    typeset(template, content, |document| {
        typst_pdf::pdf(document, &options).map_err(|problems| refusal(&problems))
    })
}

/// Returns one SVG image per page.
pub(crate) fn pages(template: Template, content: &str) -> Result<Vec<String>, PrintError> {
    let options = SvgOptions::default();
    typeset(template, content, |document| {
        Ok(document
            .pages()
            .iter()
            .map(|page| typst_svg::svg(page, &options))
            .collect())
    })
}

/// Pages of many documents on their way into one PDF.
#[derive(Default)]
pub(crate) struct Pages {
    all: Vec<typst_layout::Page>,
    /// Of everything that was laid out: the identity of the whole.
    digest: String,
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} pages", self.all.len())
    }
}

impl Pages {
    /// Lays content out behind what is there.
    pub(crate) fn add(&mut self, template: Template, content: &str) -> Result<(), PrintError> {
        let laid_out = typeset(template, content, |document| Ok(document.pages().to_vec()))?;
        self.all.extend(laid_out);
        self.digest = format!("{:x}", hash128(&(&self.digest, content)));
        Ok(())
    }

    pub(crate) fn n(&self) -> usize {
        self.all.len()
    }

    /// Returns one PDF. It is not tagged: each document was laid out by itself, and their places in the text are not told apart.
    pub(crate) fn pdf(self, title: &str, printed_on: Date) -> Result<Vec<u8>, PrintError> {
        let options = PdfOptions {
            tagged: false,
            ..options(&self.digest, printed_on)
        };
        let mut document = PagedDocument::new(self.all.into_iter().collect(), DocumentInfo::default());
        document.info_mut().title = Some(title.into());
        let exported = typst_pdf::pdf(&document, &options).map_err(|problems| refusal(&problems));
        comemo::evict(KEPT_DOCUMENTS);
        exported
    }
}

fn options(identity: &str, printed_on: Date) -> PdfOptions {
    let month_and_day = u8::try_from(printed_on.month())
        .ok()
        .zip(u8::try_from(printed_on.day()).ok());
    let day = month_and_day.and_then(|(month, day)| Datetime::from_ymd(printed_on.year().into(), month, day));
    PdfOptions {
        ident: Smart::Custom(identity.to_owned()),
        creator: Smart::Custom(Some("An Sinh".to_owned())),
        timestamp: day.map(Timestamp::new_utc),
        ..PdfOptions::default()
    }
}

/// Lays the content out, hands the document on, and lets go of what was remembered for it.
fn typeset<T>(
    template: Template,
    content: &str,
    export: impl FnOnce(&PagedDocument) -> Result<T, PrintError>,
) -> Result<T, PrintError> {
    let files = Files {
        template: template.source(),
        content: Bytes::from_string(content.to_owned()),
    };
    let exported = typst::compile::<PagedDocument>(&files)
        .output
        .map_err(|problems| refusal(&problems))
        .and_then(|document| export(&document));
    comemo::evict(KEPT_DOCUMENTS);
    exported
}

fn refusal(problems: &[SourceDiagnostic]) -> PrintError {
    PrintError::Typesetting {
        problems: problems.iter().map(|problem| problem.message.to_string()).collect(),
    }
}

/// All that the template can see.
struct Files {
    template: &'static Source,
    content: Bytes,
}

impl World for Files {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() {
            Ok(self.template.clone())
        } else {
            Err(refused(id))
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id.vpath().get_without_slash() == CONTENT {
            Ok(self.content.clone())
        } else {
            Err(refused(id))
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// The page knows no clock: its day is part of its content.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn refused(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

#[cfg(test)]
mod tests;
