//! A paper held against what was kept of it: what its QR code says, or the short code somebody reads out.

use std::collections::BTreeMap;

use ansinh_store::Determination;

use crate::clock;
use crate::seal::{Said, code_of, digest_of_code};
use crate::session::Session;
use crate::wire::{CheckPaperRequest, Failure, KnownPrint, PaperCheck, Verdict};

impl Session {
    pub(crate) async fn check_paper(&self, request: CheckPaperRequest) -> Result<PaperCheck, Failure> {
        let text: String = request.text.split_whitespace().collect();
        let (verdict, known) = if let Some(said) = Said::read(&text) {
            let mut known = self.store.determinations_by_digest(&said.digest).await?;
            if known.is_empty() {
                // Somebody changed the long part and left what people read.
                known = self.store.determinations_by_digest(&code_digest(&said.code)).await?;
                let verdict = if known.is_empty() {
                    Verdict::NotFromHere
                } else {
                    Verdict::Altered
                };
                (verdict, known)
            } else if known.iter().any(|kept| said.is_of(kept)) {
                (Verdict::Genuine, known)
            } else {
                (Verdict::Altered, known)
            }
        } else if let Some(beginning) = digest_of_code(&text) {
            let known = self.store.determinations_by_digest(&beginning).await?;
            let verdict = if known.is_empty() {
                Verdict::NotFromHere
            } else {
                Verdict::CodeKnown
            };
            (verdict, known)
        } else {
            (Verdict::NotACode, Vec::new())
        };
        self.store
            .append_audit(&self.stamp(), "check paper", &format!("{verdict:?}"), "")
            .await?;
        Ok(PaperCheck {
            verdict,
            prints: self.prints(known).await?,
        })
    }

    async fn prints(&self, known: Vec<Determination>) -> Result<Vec<KnownPrint>, Failure> {
        let mut homes = BTreeMap::new();
        for kept in &known {
            if let std::collections::btree_map::Entry::Vacant(home) = homes.entry(kept.household) {
                let household = self.store.load_household(kept.household).await?;
                let mut members = household.persons.iter().filter(|person| person.removed.is_none());
                let head = members
                    .find(|person| person.details.relation == "head")
                    .map(|person| person.details.name.clone());
                home.insert((household.number.clone(), head.unwrap_or_default()));
            }
        }
        let print = |kept: Determination| {
            let (number, head) = homes.get(&kept.household).cloned().unwrap_or_default();
            KnownPrint {
                household: kept.household.to_string(),
                number,
                head,
                at: clock::moment(kept.made_at),
                by: kept.made_by,
                month: kept.month,
                code: code_of(&kept.digest),
                is_current: kept.release_digest == self.rules.tag.digest,
                release: kept.release_digest,
            }
        };
        Ok(known.into_iter().map(print).collect())
    }
}

fn code_digest(code: &str) -> String {
    digest_of_code(code).unwrap_or_default()
}
