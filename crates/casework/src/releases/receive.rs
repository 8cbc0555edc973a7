//! A file comes: it is verified, looked at, and scheduled or refused. Until it is scheduled nothing is changed by it.

use std::sync::Arc;

use ansinh_release::diff::{Differences, differences};
use ansinh_release::{Earlier, PublicKey, Release, Verified, verify_package};
use ansinh_store::{KeptRelease, NewRelease, ReleaseState, TrustedKey};
use data_encoding::BASE64;

use super::in_force::{Layer, Layers};
use super::listing::new_line;
use crate::office::needed;
use crate::session::Session;
use crate::wire::{
    Failure, OutFile, ReadReleaseRequest, RefuseReleaseRequest, ReleaseChangesRequest, ReleaseFile, ReleaseFileRequest,
    ReleaseList, ReleasePreview, ReleasesRequest, ScheduleReleaseRequest, WithdrawReleaseRequest,
};

impl Session {
    pub(crate) async fn releases(&mut self, request: ReleasesRequest) -> Result<ReleaseList, Failure> {
        self.release_list(request.language).await
    }

    pub(crate) async fn read_release(&mut self, request: ReadReleaseRequest) -> Result<ReleasePreview, Failure> {
        let (verified, release) = self.accepted(&decoded(&request.bytes)?).await?;
        let keys = self.store.trusted_keys().await?;
        Ok(ReleasePreview {
            release: new_line(&verified, &keys, request.language),
            differences: compared(&self.release, &release, request.language).await?,
        })
    }

    pub(crate) async fn schedule_release(&mut self, request: ScheduleReleaseRequest) -> Result<ReleaseList, Failure> {
        self.schedule(decoded(&request.bytes)?).await?;
        self.release_list(request.language).await
    }

    /// Verifies a package once more, keeps it, and takes it if its day has come.
    pub(crate) async fn schedule(&mut self, bytes: Vec<u8>) -> Result<(), Failure> {
        let (verified, _) = self.accepted(&bytes).await?;
        let new = kept_as(&verified, bytes)?;
        let stamp = self.stamp();
        self.store
            .keep_release(&new, ReleaseState::Scheduled, "", &stamp)
            .await?;
        self.kept_up_on = None;
        self.keep_up().await
    }

    pub(crate) async fn refuse_release(&mut self, request: RefuseReleaseRequest) -> Result<ReleaseList, Failure> {
        let reason = needed("$.reason", &request.reason)?;
        let bytes = decoded(&request.bytes)?;
        // What cannot be verified is refused already, and says nothing that could be kept.
        let (verified, _) = self.accepted(&bytes).await?;
        let new = kept_as(&verified, bytes)?;
        self.store
            .keep_release(&new, ReleaseState::Refused, &reason, &self.stamp())
            .await?;
        self.release_list(request.language).await
    }

    pub(crate) async fn withdraw_release(&mut self, request: WithdrawReleaseRequest) -> Result<ReleaseList, Failure> {
        let reason = needed("$.reason", &request.reason)?;
        let kept = self.store.releases().await?;
        let is_meant =
            |release: &&KeptRelease| release.digest == request.digest && release.state() == ReleaseState::Scheduled;
        let found = kept.iter().find(is_meant);
        let release = found.ok_or_else(|| Failure::not_found("release", &request.digest))?;
        let decided = [(release.digest.clone(), ReleaseState::Withdrawn, reason)];
        self.store.decide_releases(&decided, &self.stamp()).await?;
        self.release_list(request.language).await
    }

    pub(crate) async fn release_changes(&mut self, request: ReleaseChangesRequest) -> Result<Differences, Failure> {
        let layer = self.layer_named(&request.digest).await?;
        let release = self.compiled(self.layers.with(layer)).await?;
        compared(&self.release, &release, request.language).await
    }

    pub(crate) async fn release_file(&mut self, request: ReleaseFileRequest) -> Result<ReleaseFile, Failure> {
        let bytes = self.store.release_bytes(&request.digest).await?;
        let bytes = bytes.ok_or_else(|| Failure::not_found("release", &request.digest))?;
        let layer = self.layer_named(&request.digest).await?;
        let stamp = self.stamp();
        self.store
            .append_audit(&stamp, "export release", &request.digest, "")
            .await?;
        Ok(ReleaseFile {
            file: package_file(&layer, &bytes),
        })
    }

    /// Returns the files of a release that is known here, the program's own too.
    pub(crate) async fn layer_named(&self, digest: &str) -> Result<Layer, Failure> {
        let built_in = Layers::built_in(&self.commune.province_code).map_err(|error| Failure::from(&error))?;
        if let Some(layer) = built_in.all().find(|layer| layer.digest == digest) {
            return Ok(layer.clone());
        }
        let keys = self.store.trusted_keys().await?;
        let verified = self.verified(digest, &keys).await?;
        let verified = verified.ok_or_else(|| Failure::not_found("release", digest))?;
        Ok(Layer::of(&verified))
    }

    /// Verifies a package against the keys trusted here, its number against those before it, and compiles it with what else
    /// is in force.
    async fn accepted(&self, bytes: &[u8]) -> Result<(Verified, Release), Failure> {
        let trusted = self.store.trusted_keys().await?;
        let bytes = bytes.to_vec();
        let keys: Vec<PublicKey> = trusted.iter().filter(|key| key.is_trusted).filter_map(public).collect();
        let verified = tokio::task::spawn_blocking(move || verify_package(&bytes, &keys))
            .await
            .map_err(|error| Failure::work_lost(&error))??;
        let is_for_here = match &verified.head.area {
            None => verified.head.id == self.layers.national.id,
            Some(area) => *area == self.commune.province_code,
        };
        if !is_for_here {
            let refused = Failure::of("release_refused").with("why", "elsewhere");
            return Err(refused.with("id", &verified.head.id));
        }
        verified.follows(&self.earlier(&verified.head.id).await?)?;
        let release = self.compiled(self.layers.with(Layer::of(&verified))).await?;
        Ok((verified, release))
    }

    /// Returns what a new release of these rules must follow: the program's own, and all that were not turned away.
    async fn earlier(&self, id: &str) -> Result<Vec<Earlier>, Failure> {
        let built_in = Layers::built_in(&self.commune.province_code).map_err(|error| Failure::from(&error))?;
        let own = built_in.layer(id).map(|layer| (layer.number, layer.digest.clone()));
        let kept = self.store.releases().await?;
        let turned_away = |release: &KeptRelease| match release.state() {
            ReleaseState::Received | ReleaseState::Withdrawn | ReleaseState::Refused => true,
            ReleaseState::Scheduled | ReleaseState::InForce | ReleaseState::Superseded => false,
        };
        let known = kept
            .into_iter()
            .filter(|release| release.id == id && !turned_away(release));
        let known = known.map(|release| (release.number, release.digest));
        let all = own.into_iter().chain(known);
        Ok(all.map(|(number, digest)| Earlier { number, digest }).collect())
    }

    pub(crate) async fn compiled(&self, layers: Layers) -> Result<Release, Failure> {
        let shelf = Arc::clone(&self.shelf);
        let compiled = tokio::task::spawn_blocking(move || shelf.release(&layers)).await;
        let compiled = compiled.map_err(|error| Failure::work_lost(&error))?;
        Ok(compiled.map_err(ansinh_release::PackageError::from)?)
    }
}

async fn compared(
    old: &Release,
    new: &Release,
    language: ansinh_engine::report::Language,
) -> Result<Differences, Failure> {
    let (old, new) = (old.clone(), new.clone());
    let found = tokio::task::spawn_blocking(move || differences(&old, &new, language)).await;
    found.map_err(|error| Failure::work_lost(&error))
}

fn kept_as(verified: &Verified, bytes: Vec<u8>) -> Result<NewRelease, Failure> {
    Ok(NewRelease {
        digest: verified.digest.clone(),
        id: verified.head.id.clone(),
        number: verified.head.number,
        effective_on: verified.head.from.ok_or(ansinh_release::PackageError::NoDay)?,
        key: verified.key.clone(),
        bytes,
    })
}

fn public(key: &TrustedKey) -> Option<PublicKey> {
    PublicKey::read(&key.public).ok()
}

fn decoded(bytes: &str) -> Result<Vec<u8>, Failure> {
    BASE64
        .decode(bytes.as_bytes())
        .map_err(|_| Failure::bad_request("$.bytes", "cần mã base64", "expected base64"))
}

/// Returns a package as a file, named by what is in it.
pub(super) fn package_file(layer: &Layer, bytes: &[u8]) -> OutFile {
    let name = format!(
        "{}-{}.{}",
        layer.id.replace('_', "-"),
        layer.number,
        ansinh_release::PACKAGE_ENDING
    );
    OutFile::new(name, "application/octet-stream", bytes)
}
