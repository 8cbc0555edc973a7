//! Whose releases are accepted here, and the keys that sign here.

use ansinh_release::{KeyError, PublicKey, new_key};
use ansinh_store::{OwnKey, ReleaseState, TrustedKey};
use unicode_normalization::UnicodeNormalization;

use crate::office::needed;
use crate::session::Session;
use crate::wire::{
    DistrustKeyRequest, Failure, KeyFileRequest, MakeKeyRequest, OutFile, ReleaseFile, ReleaseList, TrustKeyRequest,
};

impl Session {
    /// A key made here is trusted here: what its holder signs is to come in force in their own commune too.
    pub(crate) async fn make_key(&mut self, request: MakeKeyRequest) -> Result<ReleaseList, Failure> {
        let name = needed("$.name", &request.name)?;
        let password = composed(&request.password);
        let made = tokio::task::spawn_blocking(move || new_key(&password)).await;
        let made = made.map_err(|error| Failure::work_lost(&error))??;
        let stamp = self.stamp();
        let own = OwnKey {
            key: made.public.id(),
            public: made.public.line(),
            secret: made.secret,
            name: name.clone(),
            made_at: stamp.at,
            made_by: stamp.by.clone(),
        };
        self.store.keep_own_key(&own, &stamp).await?;
        self.say_of_key(&made.public, name).await?;
        self.release_list(request.language).await
    }

    pub(crate) async fn trust_key(&mut self, request: TrustKeyRequest) -> Result<ReleaseList, Failure> {
        let name = needed("$.name", &request.name)?;
        let public = PublicKey::read(&request.public)?;
        self.say_of_key(&public, name).await?;
        self.release_list(request.language).await
    }

    async fn say_of_key(&self, public: &PublicKey, name: String) -> Result<(), Failure> {
        let known = self.store.trusted_keys().await?;
        // Two keys of one number are a trick: the number alone stands in a package.
        if known
            .iter()
            .any(|key| key.key == public.id() && key.public != public.line())
        {
            return Err(KeyError::NotPublic.into());
        }
        let stamp = self.stamp();
        let key = TrustedKey {
            key: public.id(),
            public: public.line(),
            name,
            is_trusted: true,
            reason: String::new(),
            at: stamp.at,
            by: stamp.by.clone(),
        };
        Ok(self.store.say_of_key(&key, &stamp).await?)
    }

    /// What is in force stays until it is rolled back; what is only scheduled does not come.
    pub(crate) async fn distrust_key(&mut self, request: DistrustKeyRequest) -> Result<ReleaseList, Failure> {
        let reason = needed("$.reason", &request.reason)?;
        let known = self.store.trusted_keys().await?;
        let key = known.into_iter().find(|key| key.key == request.key && key.is_trusted);
        let key = key.ok_or_else(|| Failure::not_found("key", &request.key))?;
        let kept = self.store.releases().await?;
        let waiting = kept
            .into_iter()
            .filter(|release| release.key == request.key && release.state() == ReleaseState::Scheduled);
        let decided: Vec<_> = waiting
            .map(|release| (release.digest, ReleaseState::Withdrawn, reason.clone()))
            .collect();
        let stamp = self.stamp();
        self.store.decide_releases(&decided, &stamp).await?;
        let distrusted = TrustedKey {
            is_trusted: false,
            reason,
            ..key
        };
        self.store.say_of_key(&distrusted, &stamp).await?;
        self.release_list(request.language).await
    }

    pub(crate) async fn key_file(&mut self, request: KeyFileRequest) -> Result<ReleaseFile, Failure> {
        let known = self.store.trusted_keys().await?;
        let key = known.into_iter().find(|key| key.key == request.key);
        let key = key.ok_or_else(|| Failure::not_found("key", &request.key))?;
        let text = PublicKey::read(&key.public)?.file();
        Ok(ReleaseFile {
            file: OutFile::new(format!("{}.pub", key.key), "text/plain", text.as_bytes()),
        })
    }
}

/// A password typed in another way is the same password.
pub(super) fn composed(password: &str) -> String {
    password.nfc().collect()
}
