//! A right that is paused, in words: nothing is paid now, and payment resumes when the pause ends.

use std::collections::BTreeSet;

use crate::assess::Determination;
use crate::evaluate::Behind;
use crate::rules::Pause;
use crate::value::Truth;

use super::build::Writer;
use super::{ChangeBy, Language, WouldChange};

impl<'a> Writer<'a> {
    /// Returns the pauses that hold and are why nothing is paid.
    fn paused_by(&self, determination: &Determination) -> Vec<&'a Pause> {
        let holding: Vec<_> = determination
            .judged
            .paused_by()
            .iter()
            .map(|unless| unless.node)
            .collect();
        let pauses = self.version(determination).map(|version| version.pauses.as_slice());
        let pauses = pauses.unwrap_or_default().iter();
        pauses.filter(|pause| holding.contains(&pause.unless.when)).collect()
    }

    /// Returns one sentence: what pauses payment, and that it resumes.
    pub(super) fn why_paused(&self, determination: &Determination) -> String {
        let language = self.language;
        let pauses = self.paused_by(determination).into_iter();
        let titles: Vec<String> = pauses.map(|pause| self.title_of(pause)).collect();
        let titles = language.all_of(&titles);
        let right = match (determination.judged.right, language) {
            (Truth::Yes, Language::Vi) => " Quyền hưởng vẫn còn.",
            (Truth::Yes, Language::En) => " The right remains.",
            (Truth::Open | Truth::No, _) => "",
        };
        match language {
            Language::Vi => format!("Tạm dừng chi trả: {titles}. Được chi trả lại khi hết tạm dừng.{right}"),
            Language::En => format!("Nothing is paid meanwhile: {titles}. Payment resumes when this ends.{right}"),
        }
    }

    fn title_of(&self, pause: &Pause) -> String {
        match self.is_private(pause.when) {
            true => self.private().to_owned(),
            false => self.language.of(&pause.title).to_owned(),
        }
    }

    /// Returns what would resume payment: the end of each pause.
    pub(super) fn would_resume(&mut self, determination: &Determination) -> Vec<WouldChange> {
        let frame = crate::evaluate::Frame::of(determination.person);
        let mut changes = Vec::new();
        for pause in self.paused_by(determination) {
            let mut facts = BTreeSet::new();
            self.evaluator.facts_of(pause.when, frame, Behind::State, &mut facts);
            let title = self.language.of(&pause.title);
            changes.push(WouldChange {
                by: ChangeBy::Correction,
                text: match self.language {
                    Language::Vi => format!("Khi hết tạm dừng “{title}” thì được chi trả lại"),
                    Language::En => format!("Payment resumes when “{title}” ends"),
                },
                on: None,
                facts: facts.iter().map(|unknown| self.fact_ref(unknown)).collect(),
            });
        }
        changes
    }
}
