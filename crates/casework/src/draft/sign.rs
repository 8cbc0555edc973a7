//! A draft becomes a release: what it changed is signed, and scheduled here.

use std::collections::BTreeMap;

use ansinh_engine::read::{Text, overlay_of};
use ansinh_release::Files;

use super::{id_of, whole_digest};
use crate::office::{needed, tidy};
use crate::releases::{ToSign, day_of};
use crate::session::Session;
use crate::wire::{Failure, SignDraftRequest, SignedRelease};

impl Session {
    /// Signs what a draft changed, and schedules it. Refuses a draft of other rules than those in force, one that changes nothing or
    /// both the national rules and those of the place, and one whose files as they are now did not pass every check.
    pub(crate) async fn sign_draft(&mut self, request: SignDraftRequest) -> Result<SignedRelease, Failure> {
        let id = id_of(&request.draft)?;
        let says = needed("$.says_vi", &request.says_vi)?;
        let says_en = tidy(&request.says_en);
        let from = day_of(&request.from)?;
        if !self.line(self.store.draft(id).await?).is_current {
            return Err(Failure::bad_request(
                "$.draft",
                "bộ đang dùng đã khác với bộ gốc của bản nháp: lập bản nháp mới từ bộ đang dùng",
                "the rules in force are no longer those the draft began with: begin a new draft with those in force",
            ));
        }
        let (base, files) = (self.store.draft_base(id).await?, self.store.draft_files(id).await?);
        let own = changed_part(&base, &files)?;
        if !self.green.contains(&whole_digest(&files)) {
            return Err(Failure::bad_request(
                "$.draft",
                "chạy “Kiểm tra” trước: bản nháp như lúc này phải không còn lỗi và mọi ca đều đạt",
                "run “Check” first: as it is now the draft must have no error and every case must pass",
            ));
        }
        let to_sign = ToSign {
            files: own,
            from,
            summary: Some(Text {
                en: if says_en.is_empty() { says.clone() } else { says_en },
                vi: says,
            }),
            restores: None,
            key: request.key,
            password: request.password,
        };
        self.sign_and_schedule(to_sign, request.language).await
    }
}

/// Returns the files of the one release that differs: the national rules, or those of the place by their own paths.
fn changed_part(base: &Files, files: &Files) -> Result<Files, Failure> {
    let (before, mut after) = (parts(base), parts(files));
    after.retain(|place, part| before.get(place) != Some(part));
    let mut changed = after.into_values();
    match (changed.next(), changed.next()) {
        (Some(part), None) => Ok(part),
        (None, _) => Err(Failure::bad_request(
            "$.draft",
            "bản nháp chưa thay đổi gì",
            "the draft changes nothing yet",
        )),
        (Some(_), Some(_)) => Err(Failure::bad_request(
            "$.draft",
            "bản nháp sửa cả quy tắc toàn quốc và quy tắc của tỉnh: mỗi bộ ký riêng, nên soạn thành hai bản nháp",
            "the draft changes the national rules and those of the province: each is signed for itself, so make two drafts of it",
        )),
    }
}

/// Files by the folder of their overlay, the national ones without; each by its own path.
fn parts(files: &Files) -> BTreeMap<Option<&str>, Files> {
    let mut parts: BTreeMap<Option<&str>, Files> = BTreeMap::new();
    for (path, bytes) in files {
        let (place, own) = overlay_of(path).map_or((None, path.as_str()), |(folder, own)| (Some(folder), own));
        parts.entry(place).or_default().push((own.to_owned(), bytes.clone()));
    }
    parts
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> Files {
        let owned = |&(path, text): &(&str, &str)| (path.to_owned(), text.as_bytes().to_vec());
        texts.iter().map(owned).collect()
    }

    #[test]
    fn one_release_is_signed_by_its_own_paths_and_never_two_at_once() {
        let base = files(&[("a.toml", "1"), ("overlays/vn-99/b.toml", "2")]);
        let national = files(&[("a.toml", "9"), ("overlays/vn-99/b.toml", "2")]);
        assert_eq!(changed_part(&base, &national).unwrap(), files(&[("a.toml", "9")]));
        let local = files(&[("a.toml", "1"), ("overlays/vn-99/b.toml", "9")]);
        assert_eq!(changed_part(&base, &local).unwrap(), files(&[("b.toml", "9")]));
        let both = files(&[("a.toml", "9"), ("overlays/vn-99/b.toml", "9")]);
        for refused in [&base, &both] {
            assert_eq!(changed_part(&base, refused).unwrap_err().code, "bad_request");
        }
    }
}
