//! Parts that many files have: texts in both languages, citations, expressions.

use toml::de::DeValue;

use super::files::{At, Citation, Place, Reading, Text};
use super::table::{Item, Table};
use crate::syntax::{Expr, Node};

impl Item<'_> {
    /// A text in both languages; what is missing is reported and left empty.
    pub(super) fn text(&self) -> Text {
        if !matches!(self.value(), DeValue::Table(_)) {
            self.wrong(
                "a text in both languages",
                format!("{} = {{ vi = \"…\", en = \"…\" }}", self.key),
            );
            return Text::default();
        }
        let Some(mut table) = self.table() else {
            return Text::default();
        };
        let text = table.languages(self.key);
        table.close();
        text
    }

    /// One citation or a list of them.
    pub(super) fn citations(&self) -> Vec<At<Citation>> {
        let items = self.one_or_more();
        if items.is_empty() {
            self.page
                .error("E0108", self.span(), format!("`{}` names no citation", self.key), None);
        }
        items.iter().filter_map(Self::citation).collect()
    }

    fn citation(&self) -> Option<At<Citation>> {
        let found = self.string()?;
        match citation_of(&found.value) {
            Ok(value) => Some(At {
                value,
                span: found.span,
            }),
            Err(hint) => {
                self.page.error(
                    "E0116",
                    found.span,
                    format!("`{}` is not a citation", found.value),
                    hint,
                );
                None
            }
        }
    }

    /// An expression; one that is not there at all is [`Node::Missing`] in the caller.
    pub(super) fn expr(&self) -> Expr {
        let missing = |span| Expr {
            node: Node::Missing,
            span,
        };
        match self.value() {
            DeValue::String(_) => match self.string() {
                Some(text) => self.page.expr(&text.value, text.span),
                None => missing(self.span()),
            },
            DeValue::Boolean(_) | DeValue::Integer(_) | DeValue::Float(_) => {
                self.wrong(
                    "an expression",
                    format!("write it in quotation marks: `\"{}\"`", self.raw()),
                );
                missing(self.span())
            }
            _ => {
                self.wrong("an expression", "an expression stands in quotation marks".to_owned());
                missing(self.span())
            }
        }
    }
}

impl Table<'_> {
    /// A text that must be there.
    pub(super) fn text(&mut self, key: &'static str) -> Text {
        self.need(key).map(|item| item.text()).unwrap_or_default()
    }

    /// A text that may be left out.
    pub(super) fn text_if(&mut self, key: &'static str) -> Option<Text> {
        self.take(key).map(|item| item.text())
    }

    /// `cite`, which must be there.
    pub(super) fn cite(&mut self) -> Vec<At<Citation>> {
        self.need("cite").map(|item| item.citations()).unwrap_or_default()
    }

    /// Citations that may be left out.
    pub(super) fn cite_if(&mut self, key: &'static str) -> Vec<At<Citation>> {
        self.take(key).map(|item| item.citations()).unwrap_or_default()
    }

    /// An expression that must be there.
    pub(super) fn expr(&mut self, key: &'static str) -> Expr {
        let span = self.span;
        self.need(key).map_or(
            Expr {
                node: Node::Missing,
                span,
            },
            |item| item.expr(),
        )
    }

    /// The keys `vi` and `en` of this table.
    pub(super) fn languages(&mut self, named: &str) -> Text {
        let vi = self.language("vi", "Vietnamese", named);
        let en = self.language("en", "English", named);
        Text { vi, en }
    }

    fn language(&mut self, key: &'static str, language: &str, named: &str) -> String {
        let Some(item) = self.take(key) else {
            let hint = format!("add `{key} = \"…\"`");
            self.page.error(
                "E0106",
                self.span,
                format!("the {language} text of `{named}` is missing"),
                hint,
            );
            return String::new();
        };
        let Some(found) = item.string() else {
            return String::new();
        };
        if found.value.trim().is_empty() {
            self.page.error(
                "E0106",
                item.span(),
                format!("the {language} text of `{named}` is empty"),
                None,
            );
        }
        found.value
    }
}

/// `[[reading]]`: how we read the law, kept apart from its words.
pub(super) fn readings(table: &mut Table<'_>) -> Vec<Reading> {
    let tables = table.take("reading").map(|item| item.tables()).unwrap_or_default();
    let mut readings = Vec::new();
    for mut table in tables {
        readings.push(Reading {
            cite: table.cite(),
            says: table.text("says"),
            mark: owned(table.need("mark").and_then(|item| item.one_of(&["I", "M", "C"]))),
        });
        table.close();
    }
    readings
}

/// A word, or nothing at no place where it was reported.
pub(super) fn owned(found: Option<At<&'static str>>) -> At<String> {
    found.map_or(
        At {
            value: String::new(),
            span: Default::default(),
        },
        |found| At {
            value: found.value.to_owned(),
            span: found.span,
        },
    )
}

/// Takes `ND20 Đ6.1.e` apart, or says how it should be written.
pub(super) fn citation_of(text: &str) -> Result<Citation, String> {
    let general = || "write `ND20`, `ND20 Đ5`, `ND20 Đ5.6`, `ND20 Đ6.1.e` or `ND20 Mẫu 1đ`".to_owned();
    let words: Vec<&str> = text.split(' ').collect();
    let (instrument, place) = match words.as_slice() {
        [instrument] => (*instrument, Place::Whole),
        [instrument, "Mẫu", form] if is_part(form) => (*instrument, Place::Form((*form).to_owned())),
        [instrument, article] => {
            let Some(numbers) = article.strip_prefix('Đ') else {
                // The Icelandic Ð and the plain D look like the letter that is meant.
                let plain = article.trim_start_matches(['D', 'Ð', 'đ', 'd', 'ð', '.']);
                let meant = plain != *article && plain.starts_with(|c: char| c.is_ascii_digit());
                return Err(if meant {
                    format!("an article is written `Đ{plain}`, with the letter Đ")
                } else {
                    general()
                });
            };
            let parts: Vec<String> = numbers.split('.').map(str::to_owned).collect();
            let numbered = numbers.starts_with(|c: char| c.is_ascii_digit());
            if parts.len() > 3 || !numbered || !parts.iter().all(|part| is_part(part)) {
                return Err("article, clause, point: `Đ6.1.e`".to_owned());
            }
            (*instrument, Place::Article(parts))
        }
        _ => return Err(general()),
    };
    if !is_instrument(instrument) {
        return Err(general());
    }
    Ok(Citation {
        instrument: instrument.to_owned(),
        place,
    })
}

fn is_part(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 4 && text.chars().all(char::is_alphanumeric)
}

/// Whether a text can be the id of an instrument: a letter, then letters, digits and `_`, all ASCII.
pub(super) fn is_instrument(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}
