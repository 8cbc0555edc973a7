//! Signing: rule files become a release in one file, which is scheduled here as any other file is that comes.

use ansinh_engine::read::Text;
use ansinh_engine::report::Language;
use ansinh_release::{Files, Head, Issue, KeyError, Restored, SigningKey, digest_of, issued, sign};
use jiff::civil::Date;
use std::sync::Arc;

use super::in_force::Layer;
use super::keys::composed;
use super::receive::package_file;
use crate::clock;
use crate::office::{needed, tidy};
use crate::session::Session;
use crate::wire::{Failure, OutFile, RollBackRequest, SignedRelease};

/// Rule files of one release to be signed. The number is the next one; everything else in their head is taken as it is.
pub(crate) struct ToSign {
    /// The files of one release: the national rules, or those of the place alone.
    pub(crate) files: Files,
    /// The first day on which it is in force: today or later.
    pub(crate) from: Date,
    /// What it changes, in words.
    pub(crate) summary: Option<Text>,
    /// What it brings back.
    pub(crate) restores: Option<Restored>,
    /// The number of the key that signs.
    pub(crate) key: String,
    /// The password of the key.
    pub(crate) password: String,
}

/// A release that was signed. Nothing was decided about it yet: see [`Session::schedule`].
struct SignedFiles {
    /// The package.
    pub(crate) bytes: Vec<u8>,
    /// The same, for the user.
    pub(crate) file: OutFile,
}

impl Session {
    /// Signs rule files, and puts them in line for their day.
    pub(crate) async fn sign_and_schedule(
        &mut self,
        asked: ToSign,
        language: Language,
    ) -> Result<SignedRelease, Failure> {
        let signed = self.sign_files(asked).await?;
        self.schedule(signed.bytes).await?;
        Ok(SignedRelease {
            file: signed.file,
            list: self.release_list(language).await?,
        })
    }

    /// Signs rule files with a key of this machine. Refuses rules that do not compile with what else is in force here.
    async fn sign_files(&self, asked: ToSign) -> Result<SignedFiles, Failure> {
        if asked.from < clock::today() {
            return Err(Failure::bad_request(
                "$.from",
                "chọn hôm nay hoặc một ngày sau",
                "choose today or a later day",
            ));
        }
        let head = Head::of(&asked.files).map_err(ansinh_release::PackageError::from)?;
        let issue = Issue {
            number: self.next_number(&head.id).await?,
            from: asked.from,
            summary: asked.summary,
            restores: asked.restores,
        };
        let files = issued(&asked.files, &issue).map_err(ansinh_release::PackageError::from)?;
        let layer = Layer {
            id: head.id,
            number: issue.number,
            digest: digest_of(&files),
            files: Arc::new(files.clone()),
        };
        self.compiled(self.layers.with(layer.clone())).await?;
        let own = self.store.own_keys().await?;
        let key = own.into_iter().find(|key| key.key == asked.key);
        let secret = key.ok_or_else(|| Failure::not_found("key", &asked.key))?.secret;
        let password = composed(&asked.password);
        let signed = tokio::task::spawn_blocking(move || {
            let key = SigningKey::open(&secret, &password)?;
            sign(&files, &key).map_err(Failure::from)
        });
        let bytes = signed.await.map_err(|error| Failure::work_lost(&error))??;
        let stamp = self.stamp();
        self.store
            .append_audit(&stamp, "sign release", &layer.digest, &asked.key)
            .await?;
        Ok(SignedFiles {
            file: package_file(&layer, &bytes),
            bytes,
        })
    }

    /// Returns the first number that no release of these rules has, whatever became of it.
    pub(crate) async fn next_number(&self, id: &str) -> Result<u32, Failure> {
        let kept = self.store.releases().await?;
        let kept = kept.into_iter().filter(|release| release.id == id);
        let used = kept.map(|release| release.number);
        let in_use = self.layers.layer(id).map(|layer| layer.number);
        Ok(used.chain(in_use).max().unwrap_or(0).saturating_add(1))
    }

    /// Signs a new release with the content of an earlier one, and schedules it here.
    pub(crate) async fn roll_back(&mut self, request: RollBackRequest) -> Result<SignedRelease, Failure> {
        let why_vi = needed("$.why_vi", &request.why_vi)?;
        let why_en = match tidy(&request.why_en) {
            empty if empty.is_empty() => why_vi.clone(),
            said => said,
        };
        let from = day_of(&request.from)?;
        let layer = self.layer_named(&request.digest).await?;
        let is_in_use = self.layers.all().any(|used| used.digest == layer.digest);
        if is_in_use {
            return Err(Failure::bad_request(
                "$.digest",
                "bộ quy tắc này đang có hiệu lực",
                "these rules are in force already",
            ));
        }
        let to_sign = ToSign {
            files: layer.files.to_vec(),
            from,
            summary: None,
            restores: Some(Restored {
                number: layer.number,
                digest: layer.digest,
                why: Text { vi: why_vi, en: why_en },
            }),
            key: request.key,
            password: request.password,
        };
        self.sign_and_schedule(to_sign, request.language).await
    }
}

/// Reads the first day of a release.
pub(crate) fn day_of(from: &str) -> Result<Date, Failure> {
    from.parse().map_err(|_| {
        Failure::bad_request(
            "$.from",
            "cần một ngày như 2026-12-01",
            "expected a day such as 2026-12-01",
        )
    })
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Failure {
        let refused = |why: &str| Failure::of("release_refused").with("why", why);
        match error {
            KeyError::NotPublic => refused("not_a_key"),
            KeyError::NotSecret => refused("not_a_secret_key"),
            KeyError::WrongPassword => refused("key_password"),
            KeyError::ShortPassword { at_least } => Failure::of("password_too_short").with("at_least", at_least),
            KeyError::NotMade => refused("key_not_made"),
        }
    }
}
