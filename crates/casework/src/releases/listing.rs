//! The releases and keys of this machine, as they are shown.

use ansinh_engine::read::Text;
use ansinh_engine::report::Language;
use ansinh_release::{Head, Verified};
use ansinh_store::{KeptRelease, ReleaseEvent, ReleaseState, TrustedKey};

use super::in_force::{Layer, Layers, name_of};
use crate::clock;
use crate::session::Session;
use crate::wire::{
    Failure, KeyLine, OwnKeyLine, ReleaseLine, ReleaseList, ReleaseStanding, ReleaseStep, RestoredLine, Signer,
};

impl Session {
    pub(crate) async fn release_list(&self, language: Language) -> Result<ReleaseList, Failure> {
        let keys = self.store.trusted_keys().await?;
        let built_in = Layers::built_in(&self.commune.province_code).map_err(|error| Failure::from(&error))?;
        let mut releases = Vec::new();
        for kept in self.store.releases().await? {
            let verified = self.verified(&kept.digest, &keys).await?;
            let head = verified.map(|verified| verified.head);
            releases.push(kept_line(&kept, head.as_ref(), &keys, language));
        }
        for layer in built_in.all() {
            let is_used = self
                .layers
                .layer(&layer.id)
                .is_some_and(|used| used.digest == layer.digest);
            let mut line = line_of(layer, Head::of(&layer.files).ok().as_ref(), language);
            if is_used {
                line.standing = ReleaseStanding::InForce;
            }
            releases.push(line);
        }
        // National rules first, then the newest number first.
        let national = built_in.national.id;
        releases.sort_by(|a, b| {
            let of_place = |line: &ReleaseLine| line.id != national;
            (of_place(a), b.number).cmp(&(of_place(b), a.number))
        });
        let own_keys = self.store.own_keys().await?;
        Ok(ReleaseList {
            releases,
            keys: keys.into_iter().map(key_line).collect(),
            own_keys: own_keys
                .into_iter()
                .map(|key| OwnKeyLine {
                    key: key.key,
                    public: key.public,
                    name: key.name,
                    made_at: clock::moment(key.made_at),
                })
                .collect(),
        })
    }
}

/// Returns a line for a release about which nothing was decided yet.
pub(super) fn new_line(verified: &Verified, keys: &[TrustedKey], language: Language) -> ReleaseLine {
    let mut line = line_of(&Layer::of(verified), Some(&verified.head), language);
    line.standing = ReleaseStanding::Received;
    line.effective_on = verified.head.from.map(|day| day.to_string());
    line.signer = Some(signer(&verified.key, keys));
    line
}

fn kept_line(kept: &KeptRelease, head: Option<&Head>, keys: &[TrustedKey], language: Language) -> ReleaseLine {
    let said = |text: &Text| language.of(text).to_owned();
    ReleaseLine {
        digest: kept.digest.clone(),
        id: kept.id.clone(),
        number: kept.number,
        title: head.map(|head| said(&head.title)).unwrap_or_default(),
        standing: kept.state().into(),
        effective_on: Some(kept.effective_on.to_string()),
        signer: Some(signer(&kept.key, keys)),
        summary: head.and_then(|head| head.summary.as_ref()).map(said),
        restores: head.and_then(|head| restored(head, language)),
        history: kept.events.iter().map(step).collect(),
    }
}

/// A release that came with the program, as long as nothing else is said of it.
fn line_of(layer: &Layer, head: Option<&Head>, language: Language) -> ReleaseLine {
    let said = |text: &Text| language.of(text).to_owned();
    ReleaseLine {
        digest: layer.digest.clone(),
        id: layer.id.clone(),
        number: layer.number,
        title: head.map(|head| said(&head.title)).unwrap_or_default(),
        standing: ReleaseStanding::Superseded,
        effective_on: None,
        signer: None,
        summary: head.and_then(|head| head.summary.as_ref()).map(said),
        restores: head.and_then(|head| restored(head, language)),
        history: Vec::new(),
    }
}

fn restored(head: &Head, language: Language) -> Option<RestoredLine> {
    head.restores.as_ref().map(|restored| RestoredLine {
        number: restored.number,
        why: language.of(&restored.why).to_owned(),
    })
}

fn signer(key: &str, keys: &[TrustedKey]) -> Signer {
    Signer {
        key: key.to_owned(),
        name: name_of(keys, key),
    }
}

fn step(event: &ReleaseEvent) -> ReleaseStep {
    ReleaseStep {
        standing: event.state.into(),
        reason: event.reason.clone(),
        at: clock::moment(event.at),
        by: event.by.clone(),
    }
}

fn key_line(key: TrustedKey) -> KeyLine {
    KeyLine {
        key: key.key,
        public: key.public,
        name: key.name,
        is_trusted: key.is_trusted,
        reason: key.reason,
        at: clock::moment(key.at),
        by: key.by,
    }
}

impl From<ReleaseState> for ReleaseStanding {
    fn from(state: ReleaseState) -> ReleaseStanding {
        match state {
            ReleaseState::Received => ReleaseStanding::Received,
            ReleaseState::Scheduled => ReleaseStanding::Scheduled,
            ReleaseState::InForce => ReleaseStanding::InForce,
            ReleaseState::Superseded => ReleaseStanding::Superseded,
            ReleaseState::Withdrawn => ReleaseStanding::Withdrawn,
            ReleaseState::Refused => ReleaseStanding::Refused,
        }
    }
}
