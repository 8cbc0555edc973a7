//! Which release is in force: the one that came with the program, or a received one whose day has come and whose number is
//! higher. National rules and those of the place are releases of their own, and are looked at each by itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use ansinh_release::{
    Files, PublicKey, Release, ReleaseError, Verified, built_in_files, built_in_overlay, laid_over, verify_package,
};
use ansinh_store::{KeptRelease, ReleaseState, TrustedKey};
use jiff::civil::Date;

use crate::clock;
use crate::session::Session;
use crate::wire::Failure;

/// Compiled rules are kept while the program runs, so that a set is compiled once; the oldest gives way.
const MOST_COMPILED: usize = 6;

/// Sets of rules that were compiled, by the digests of what they are made of.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    compiled: Mutex<Compiled>,
}

#[derive(Debug, Default)]
struct Compiled {
    n_put: u64,
    releases: BTreeMap<String, (u64, Release)>,
}

impl Shelf {
    /// Returns the rules compiled of these layers. Takes long when it is the first time.
    pub(crate) fn release(&self, layers: &Layers) -> Result<Release, ReleaseError> {
        let key = layers.key();
        {
            let compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((_, release)) = compiled.releases.get(&key) {
                return Ok(release.clone());
            }
        }
        let release = layers.compile()?;
        self.put(layers, &release);
        Ok(release)
    }

    /// Puts rules on the shelf that were compiled of these layers.
    pub(crate) fn put(&self, layers: &Layers, release: &Release) {
        let key = layers.key();
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        compiled.n_put += 1;
        let put = compiled.n_put;
        compiled.releases.insert(key, (put, release.clone()));
        if compiled.releases.len() > MOST_COMPILED {
            let oldest = compiled.releases.iter().min_by_key(|(_, (put, _))| *put);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                compiled.releases.remove(&key);
            }
        }
    }
}

/// The rule files of one release, and what names them.
#[derive(Clone, Debug)]
pub(crate) struct Layer {
    /// `vn`, or a province's id.
    pub(crate) id: String,
    pub(crate) number: u32,
    pub(crate) digest: String,
    pub(crate) files: Arc<Files>,
}

impl Layer {
    pub(crate) fn of(verified: &Verified) -> Layer {
        Layer {
            id: verified.head.id.clone(),
            number: verified.head.number,
            digest: verified.digest.clone(),
            files: Arc::new(verified.files.clone()),
        }
    }

    fn of_files(files: Files) -> Result<Layer, ReleaseError> {
        let head = ansinh_release::Head::of(&files)?;
        Ok(Layer {
            id: head.id,
            number: head.number,
            digest: ansinh_release::digest_of(&files),
            files: Arc::new(files),
        })
    }
}

/// The national rules, with those of the place over them where there are any.
#[derive(Clone, Debug)]
pub(crate) struct Layers {
    pub(crate) national: Layer,
    pub(crate) local: Option<Layer>,
}

impl Layers {
    /// Returns those that came with the program.
    pub(crate) fn built_in(province: &str) -> Result<Layers, ReleaseError> {
        Ok(Layers {
            national: Layer::of_files(built_in_files())?,
            local: built_in_overlay(province)
                .map(|(_, files)| Layer::of_files(files))
                .transpose()?,
        })
    }

    /// Returns the layer of an id, where there is one.
    pub(crate) fn layer(&self, id: &str) -> Option<&Layer> {
        [Some(&self.national), self.local.as_ref()]
            .into_iter()
            .flatten()
            .find(|layer| layer.id == id)
    }

    /// Returns these with another layer in the place of the one it follows.
    pub(crate) fn with(&self, layer: Layer) -> Layers {
        let mut layers = self.clone();
        if layer.id == layers.national.id {
            layers.national = layer;
        } else {
            layers.local = Some(layer);
        }
        layers
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Layer> {
        std::iter::once(&self.national).chain(self.local.as_ref())
    }

    fn key(&self) -> String {
        let digests: Vec<&str> = self.all().map(|layer| layer.digest.as_str()).collect();
        digests.join(" ")
    }

    fn compile(&self) -> Result<Release, ReleaseError> {
        let over = self.local.iter();
        let over = over.map(|layer| (layer.id.replace('_', "-"), layer.files.to_vec()));
        Release::compile_without_cases(laid_over(self.national.files.to_vec(), over.collect())?)
    }
}

impl Session {
    /// Takes the rules that are in force today. Done at sign-in, at the first command of a day, and after a decision.
    pub(crate) async fn keep_up(&mut self) -> Result<(), Failure> {
        let today = clock::today();
        if self.kept_up_on == Some(today) {
            return Ok(());
        }
        let kept = self.store.releases().await?;
        let keys = self.store.trusted_keys().await?;
        let built_in = Layers::built_in(&self.commune.province_code).map_err(|error| Failure::from(&error))?;
        let mut attempts = vec![built_in.clone()];
        for release in due(&kept, &built_in, today) {
            // The newest is tried first; what cannot be used leaves what is under it in force.
            if let Some(layer) = self.layer_of(release, &keys).await? {
                let over: Vec<Layers> = attempts.iter().map(|layers| layers.with(layer.clone())).collect();
                attempts.splice(0..0, over);
            }
        }
        let shelf = Arc::clone(&self.shelf);
        let found = tokio::task::spawn_blocking(move || {
            let mut failed = None;
            for layers in attempts {
                match shelf.release(&layers) {
                    Ok(release) => return Ok((layers, release)),
                    Err(error) => failed = Some(error),
                }
            }
            Err(failed.map_or_else(|| Failure::of("storage"), |error| Failure::from(&error)))
        });
        let (layers, release) = found.await.map_err(|error| Failure::work_lost(&error))??;
        let decided = decisions(&kept, &layers, today);
        if !decided.is_empty() {
            self.store.decide_releases(&decided, &self.stamp()).await?;
        }
        if self.release.rules.tag != release.rules.tag {
            self.forget_file();
        }
        let signer = kept.iter().find(|release| release.digest == layers.national.digest);
        self.signed_by = signer.map(|release| name_of(&keys, &release.key));
        self.rules = Arc::clone(&release.rules);
        self.release = release;
        self.layers = layers;
        self.kept_up_on = Some(today);
        Ok(())
    }

    /// Reads and verifies a kept release. Whether its key is trusted was decided when it came.
    pub(crate) async fn verified(&self, digest: &str, keys: &[TrustedKey]) -> Result<Option<Verified>, Failure> {
        let Some(bytes) = self.store.release_bytes(digest).await? else {
            return Ok(None);
        };
        let keys: Vec<PublicKey> = keys
            .iter()
            .filter_map(|key| PublicKey::read(&key.public).ok())
            .collect();
        Ok(verify_package(&bytes, &keys).ok())
    }

    async fn layer_of(&self, release: &KeptRelease, keys: &[TrustedKey]) -> Result<Option<Layer>, Failure> {
        let verified = self.verified(&release.digest, keys).await?;
        Ok(verified.as_ref().map(Layer::of))
    }
}

/// Returns whose a key is, as somebody here wrote it.
pub(crate) fn name_of(keys: &[TrustedKey], key: &str) -> String {
    let found = keys.iter().find(|known| known.key == key);
    found.map_or_else(|| key.to_owned(), |known| known.name.clone())
}

/// Returns the releases whose day has come and whose number lies above that of the program's own: lowest number first.
fn due<'k>(kept: &'k [KeptRelease], built_in: &Layers, today: Date) -> Vec<&'k KeptRelease> {
    let mut due: Vec<&KeptRelease> = kept
        .iter()
        .filter(|release| is_alive(release) && release.effective_on <= today)
        .filter(|release| {
            let own = built_in.layer(&release.id);
            own.is_none_or(|own| release.number > own.number)
        })
        .collect();
    due.sort_by_key(|release| release.number);
    // Of the two newest of a kind: the one to use, and the one to fall back to.
    let newest = |release: &&KeptRelease| {
        let above = due
            .iter()
            .filter(|other| other.id == release.id && other.number > release.number);
        above.count() < 2
    };
    due.iter().copied().filter(newest).collect()
}

fn is_alive(release: &KeptRelease) -> bool {
    matches!(release.state(), ReleaseState::Scheduled | ReleaseState::InForce)
}

/// What the day has brought: who came in force, and whose place was taken.
fn decisions(kept: &[KeptRelease], layers: &Layers, today: Date) -> Vec<(String, ReleaseState, String)> {
    let mut decided = Vec::new();
    for release in kept.iter().filter(|release| is_alive(release)) {
        let Some(layer) = layers.layer(&release.id) else {
            continue;
        };
        let state = if layer.digest == release.digest {
            ReleaseState::InForce
        } else if release.number < layer.number && release.effective_on <= today {
            ReleaseState::Superseded
        } else {
            continue;
        };
        if release.state() != state {
            decided.push((release.digest.clone(), state, String::new()));
        }
    }
    decided
}
