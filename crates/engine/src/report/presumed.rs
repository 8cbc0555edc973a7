//! What the law presumes, in words: every answer that rests on it says so.

use crate::assess::Determination;
use crate::evaluate::Unknown;

use super::build::Writer;
use super::{Language, Presumed};

impl Writer<'_> {
    /// Returns the presumptions on which a determination rests, sensitive facts last.
    pub(super) fn presumed(&self, determination: &Determination) -> Vec<Presumed> {
        let mut facts: Vec<&Unknown> = determination.presumed.iter().collect();
        facts.sort_by_key(|(_, fact)| self.rules.fact(*fact).is_some_and(|f| f.sensitive));
        facts
            .into_iter()
            .filter_map(|unknown| self.presumption(unknown))
            .collect()
    }

    fn presumption(&self, unknown: &Unknown) -> Option<Presumed> {
        let language = self.language;
        let fact = self.rules.fact(unknown.1)?;
        let presumption = fact.assume.as_ref()?;
        let (title, who) = (language.of(&fact.title), self.who(unknown.0));
        let value = language.typed(Some(&fact.kind), presumption.is);
        let says = language.of(&presumption.says);
        let text = match language {
            Language::Vi => format!("“{title}” của {who} được coi là “{value}” khi chưa biết: {says}"),
            Language::En => format!("“{title}” of {who} is taken to be “{value}” while it is not known: {says}"),
        };
        Some(Presumed {
            at: self.fact_ref(unknown),
            value,
            text,
            articles: self.articles(&presumption.cite),
        })
    }

    /// Returns the sentence that goes with the summary, on screen, terminal and paper alike; a sensitive fact is not named.
    pub(super) fn presumed_in_summary(&self, determination: &Determination) -> String {
        let language = self.language;
        let mut parts: Vec<String> = Vec::new();
        for unknown in &determination.presumed {
            let Some(fact) = self.rules.fact(unknown.1) else {
                continue;
            };
            let Some(presumption) = &fact.assume else { continue };
            let part = if fact.sensitive {
                self.private().to_owned()
            } else {
                let value = language.typed(Some(&fact.kind), presumption.is);
                format!(
                    "{}: {value} ({})",
                    language.of(&fact.title),
                    language.of(&presumption.says)
                )
            };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        match (parts.is_empty(), language) {
            (true, _) => String::new(),
            (false, Language::Vi) => format!(" Khi chưa biết, luật coi là: {}.", parts.join("; ")),
            (false, Language::En) => format!(" Presumed by law while not known: {}.", parts.join("; ")),
        }
    }
}
