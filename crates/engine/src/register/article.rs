//! Every rule that rests on an article, or on something inside it.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::{Register, Resting};
use crate::read::{Citation, InstrumentFile, Place};
use crate::words::Language;

/// What rests on an article, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArticleReport {
    /// The language of all texts.
    pub language: Language,
    /// The article as rule files write it: `ND335 Đ5.1`.
    pub citation: String,
    /// The article in words.
    pub text: String,
    /// The title of the instrument.
    pub title: String,
    /// What cites it or something inside it, by file and line.
    pub inside: Vec<Resting>,
    /// What cites what it is part of: the article of a clause, or the instrument as a whole.
    pub around: Vec<Resting>,
}

/// Why a text names no article of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ArticleError {
    /// No instrument of the files is named.
    NoInstrument,
    /// The number belongs to several.
    SeveralInstruments {
        /// As asked.
        number: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// A word that is neither an instrument of the files nor a part of a citation.
    Word {
        /// The word.
        word: String,
    },
    /// A clause without its article, or a point without its clause.
    Incomplete,
}

impl ArticleError {
    /// Returns it as a sentence, with a way out.
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        let wrong = match (self, language) {
            (Self::NoInstrument, Language::Vi) => "chưa nêu văn bản nào có trong bộ quy tắc".to_owned(),
            (Self::NoInstrument, Language::En) => "no instrument of these rules is named".to_owned(),
            (Self::SeveralInstruments { number, ids }, _) => {
                let may_be = language.pick("có thể là", "may be");
                format!("`{number}` {may_be} {}", language.any_of(ids))
            }
            (Self::Word { word }, Language::Vi) => {
                format!("`{word}` không phải văn bản đã khai báo hay phần của viện dẫn")
            }
            (Self::Word { word }, Language::En) => {
                format!("`{word}` is no instrument of these rules and no part of a citation")
            }
            (Self::Incomplete, Language::Vi) => "nêu khoản mà thiếu điều, hoặc điểm mà thiếu khoản".to_owned(),
            (Self::Incomplete, Language::En) => {
                "a clause goes with its article, and a point with its clause".to_owned()
            }
        };
        let way_out = language.pick(
            "viết `ND20 Đ6.1.e` hoặc `điểm e khoản 1 Điều 6 Nghị định 20/2021/NĐ-CP`",
            "write `ND20 Đ6.1.e` or `article 6(1)(e) of Decree 20/2021`",
        );
        format!("{wrong}; {way_out}")
    }
}

impl Register<'_> {
    /// Returns what rests on an article named as in rule files (`ND335 Đ5.1`) or in words (`khoản 1 Điều 5 Nghị định
    /// 335/2026/NĐ-CP`, `article 5(1) of Decree 335/2026`).
    ///
    /// # Errors
    /// [`ArticleError`] when the text names no instrument of the files, or no place.
    pub fn article(&self, text: &str, language: Language) -> Result<ArticleReport, ArticleError> {
        let sought = citation_in(text, &self.rules.instruments)?;
        let (mut inside, mut around) = (Vec::new(), Vec::new());
        for found in &self.uses {
            if lies_in(found.citation, &sought) {
                inside.push(self.resting(found, language));
            } else if lies_in(&sought, found.citation) {
                around.push(self.resting(found, language));
            }
        }
        let instrument = self.instrument(&sought.instrument);
        Ok(ArticleReport {
            language,
            citation: sought.to_string(),
            text: instrument.map_or_else(String::new, |known| language.cited(known, &sought.place)),
            title: instrument.map_or_else(String::new, |known| language.of(&known.title).to_owned()),
            inside,
            around,
        })
    }
}

/// Whether the first names the second or something inside it.
fn lies_in(inner: &Citation, outer: &Citation) -> bool {
    inner.instrument == outer.instrument
        && match (&inner.place, &outer.place) {
            (_, Place::Whole) => true,
            (Place::Article(inner), Place::Article(outer)) => {
                inner.len() >= outer.len() && inner.iter().zip(outer).all(|(a, b)| same_letters(a, b))
            }
            (Place::Form(inner), Place::Form(outer)) => same_letters(inner, outer),
            (Place::Whole | Place::Article(_) | Place::Form(_), _) => false,
        }
}

fn same_letters(a: &str, b: &str) -> bool {
    a.to_lowercase() == b.to_lowercase()
}

/// Words that stand between the parts of a citation and name none.
const BETWEEN: &[&str] = &[
    "luật",
    "nghị",
    "định",
    "thông",
    "tư",
    "quyết",
    "của",
    "số",
    "luat",
    "nghi",
    "dinh",
    "thong",
    "tu",
    "quyet",
    "cua",
    "so",
    "nđ",
    "nd",
    "tt",
    "qđ",
    "qd",
    "nq",
    "law",
    "decree",
    "circular",
    "decision",
    "resolution",
    "of",
    "the",
    "no.",
];

/// Returns the citation that a text means, written as in rule files or in words of either language.
///
/// An instrument is named by its id or its number, with or without the letters behind its year. Points keep their letters: `d` is
/// not `đ`.
///
/// # Errors
/// [`ArticleError`] when it names no instrument among those given, or no place.
pub fn citation_in(text: &str, instruments: &[InstrumentFile]) -> Result<Citation, ArticleError> {
    let written: String = text.nfc().collect::<String>().to_lowercase();
    // `5(1)(a)` is `5 1 a`.
    let spaced = written.replace(['(', ')', ',', ';'], " ");
    let mut instrument: Option<&InstrumentFile> = None;
    let [mut article, mut clause, mut point, mut form]: [Option<String>; 4] = Default::default();
    let mut next = Next::Nothing;
    for word in spaced.split_whitespace() {
        match word {
            "điều" | "dieu" | "article" | "articles" | "art." | "art" => next = Next::Article,
            "khoản" | "khoan" | "clause" => next = Next::Clause,
            "điểm" | "diem" | "point" => next = Next::Point,
            "mẫu" | "mau" | "form" => next = Next::Form,
            _ => {
                if let Some(found) = named(word, instruments)? {
                    instrument = Some(found);
                    next = Next::Nothing;
                } else if let Some(parts) = numbered(word, next) {
                    let mut parts = parts.into_iter();
                    [article, clause, point] = [parts.next(), parts.next(), parts.next()];
                    next = Next::Nothing;
                } else if next != Next::Nothing && is_part(word, next) {
                    let slot = match next {
                        Next::Article | Next::Nothing => &mut article,
                        Next::Clause => &mut clause,
                        Next::Point => &mut point,
                        Next::Form => &mut form,
                    };
                    *slot = Some(word.to_owned());
                    // In `5(1)(a)` the smaller parts follow without their words.
                    next = match next {
                        Next::Article if clause.is_none() => Next::Clause,
                        Next::Clause if article.is_some() && point.is_none() => Next::Point,
                        Next::Article | Next::Clause | Next::Point | Next::Form | Next::Nothing => Next::Nothing,
                    };
                } else if !BETWEEN.contains(&word) {
                    return Err(ArticleError::Word { word: word.to_owned() });
                }
            }
        }
    }
    let Some(instrument) = instrument else {
        return Err(ArticleError::NoInstrument);
    };
    let place = match (form, article, clause, point) {
        (Some(form), None, None, None) => Place::Form(form),
        (None, None, None, None) => Place::Whole,
        (None, Some(article), None, None) => Place::Article(vec![article]),
        (None, Some(article), Some(clause), None) => Place::Article(vec![article, clause]),
        (None, Some(article), Some(clause), Some(point)) => Place::Article(vec![article, clause, point]),
        _ => return Err(ArticleError::Incomplete),
    };
    Ok(Citation {
        instrument: instrument.id.value.clone(),
        place,
    })
}

/// Which part of a citation the next word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Nothing,
    Article,
    Clause,
    Point,
    Form,
}

fn is_part(word: &str, next: Next) -> bool {
    let short = word.chars().count() <= 4 && word.chars().all(char::is_alphanumeric);
    short
        && match next {
            Next::Article | Next::Clause => word.starts_with(|c: char| c.is_ascii_digit()),
            Next::Point | Next::Form | Next::Nothing => !word.is_empty() && !BETWEEN.contains(&word),
        }
}

/// Takes `đ5.1.a` apart; in place of `đ` also the letters that look like it, and behind the word *article* none.
fn numbered(word: &str, next: Next) -> Option<Vec<String>> {
    let numbers = match word.strip_prefix(['đ', 'd', 'ð']) {
        Some(numbers) => numbers.trim_start_matches('.'),
        None if next == Next::Article && word.contains('.') => word,
        None => return None,
    };
    let parts: Vec<String> = numbers.split('.').map(str::to_owned).collect();
    let numbered = numbers.starts_with(|c: char| c.is_ascii_digit());
    let fits = numbered && parts.len() <= 3 && parts.iter().all(|part| is_part(part, Next::Form));
    fits.then_some(parts)
}

/// Returns the instrument of that id or number; of a number the beginning up to a `/` is enough.
fn named<'i>(word: &str, instruments: &'i [InstrumentFile]) -> Result<Option<&'i InstrumentFile>, ArticleError> {
    let plain = |text: &str| text.to_lowercase().replace('đ', "d");
    let sought = plain(word);
    // A bare `1` is a clause, whatever a text may have for a number.
    let is_number = word.contains('/');
    let exact =
        |known: &&InstrumentFile| plain(&known.id.value) == sought || is_number && plain(&known.number) == sought;
    if let Some(found) = instruments.iter().find(exact) {
        return Ok(Some(found));
    }
    if !is_number {
        return Ok(None);
    }
    let begins = |known: &&InstrumentFile| plain(&known.number).starts_with(&format!("{sought}/"));
    let found: Vec<&InstrumentFile> = instruments.iter().filter(begins).collect();
    match found.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        several => Err(ArticleError::SeveralInstruments {
            number: word.to_owned(),
            ids: several.iter().map(|known| known.id.value.clone()).collect(),
        }),
    }
}
