//! What a dossier says that never changes: what it asks for, with which form and papers, as the rules said when it was made.
//! It is kept in both languages, because whoever reads it later may speak the other one.

use ansinh_engine::report::{Article, Language, Row};
use serde::{Deserialize, Serialize};

use crate::wire::Failure;

/// A dossier as it was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Content {
    /// The month judged.
    pub(crate) month: String,
    /// The digest of the release that judged it.
    pub(crate) release: String,
    /// Within how many working days it is decided.
    pub(crate) days: Option<u32>,
    /// The amount, where it is exact.
    pub(crate) amount: Option<i64>,
    /// Whether each paper had been seen.
    pub(crate) seen: Vec<bool>,
    vi: Said,
    en: Said,
}

/// What it says, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) title: String,
    pub(crate) who: String,
    pub(crate) form: String,
    pub(crate) at: String,
    pub(crate) decides: String,
    pub(crate) within: Option<String>,
    pub(crate) gives: String,
    pub(crate) starts: Option<String>,
    /// The articles of the procedure, each with its id.
    articles: Vec<(String, String)>,
    /// The articles that the answer rests on.
    grounds: Vec<(String, String)>,
    pub(crate) papers: Vec<SaidPaper>,
}

/// A paper, in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SaidPaper {
    pub(crate) title: String,
    pub(crate) from: String,
}

impl Content {
    /// Takes from the explanation of one row, in both languages, what is applied for.
    pub(crate) fn new(month: &str, release: &str, vi: &Row, en: &Row) -> Content {
        let exact = vi.amount.as_ref().filter(|amount| amount.low == amount.high);
        Content {
            month: month.to_owned(),
            release: release.to_owned(),
            days: vi.apply.as_ref().and_then(|apply| apply.days),
            amount: exact.map(|amount| amount.low).filter(|amount| *amount > 0),
            seen: vi.papers.iter().map(|paper| paper.seen).collect(),
            vi: Said::new(vi),
            en: Said::new(en),
        }
    }

    /// Reads what was kept.
    pub(crate) fn read(text: &str) -> Result<Content, Failure> {
        serde_json::from_str(text).map_err(|error| damaged(&error))
    }

    /// Returns what it says in a language.
    pub(crate) fn said(&self, language: Language) -> &Said {
        match language {
            Language::Vi => &self.vi,
            Language::En => &self.en,
        }
    }
}

impl Said {
    fn new(row: &Row) -> Said {
        let apply = row.apply.as_ref();
        let words = |of: fn(&ansinh_engine::report::Apply) -> &String| apply.map(of).cloned().unwrap_or_default();
        let articles = |all: &[Article]| all.iter().map(|a| (a.id.clone(), a.text.clone())).collect();
        Said {
            title: row.title.clone(),
            who: row.who.clone(),
            form: words(|apply| &apply.form),
            at: words(|apply| &apply.at),
            decides: words(|apply| &apply.decides),
            within: apply.and_then(|apply| apply.within.clone()),
            gives: row.gives.clone(),
            starts: row.starts.clone(),
            articles: apply.map(|apply| articles(&apply.articles)).unwrap_or_default(),
            grounds: articles(&row.articles),
            papers: row
                .papers
                .iter()
                .map(|paper| SaidPaper {
                    title: paper.title.clone(),
                    from: paper.from.clone(),
                })
                .collect(),
        }
    }

    /// Returns the articles of the procedure.
    pub(crate) fn articles(&self) -> Vec<Article> {
        let article = |(id, text): &(String, String)| Article {
            id: id.clone(),
            text: text.clone(),
        };
        self.articles.iter().map(article).collect()
    }

    /// Returns the articles that the answer rests on, in words.
    pub(crate) fn grounds(&self) -> Vec<&str> {
        self.grounds.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// What this program wrote and can no longer read was changed by somebody else.
pub(crate) fn damaged(error: &serde_json::Error) -> Failure {
    Failure::of("damaged_database")
        .with("part", "dossier")
        .with("detail", error)
}
