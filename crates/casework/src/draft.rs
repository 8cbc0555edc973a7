//! Drafts of rules: begun with the rules in force, changed by form or as typed, checked, compared, thrown away.
//!
//! A draft answers nobody: whom it would change is told by [`impact`], and it is in force only once it is signed and published.

mod case;
mod check;
mod impact;
mod sign;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use ansinh_engine::format::format;
use ansinh_engine::read::{At, Citation, RuleFiles, Text};
use ansinh_engine::register::Register;
use ansinh_engine::report::Language;
use ansinh_release::diff::{Differences, ToldVersion, differences, told};
use ansinh_release::edit::{
    EditError, Edited, NewInstrument, NewValue, add_instrument, new_version, set_file, set_text, set_value, texts,
};
use ansinh_release::{Files, Release, ReleaseError};
use ansinh_store::{Draft, DraftId, DraftMove};
use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::clock;
use crate::failure::problem;
use crate::office::{needed, tidy};
use crate::session::Session;
use crate::wire::{
    DraftDone, DraftEdit, DraftFile, DraftFileRequest, DraftInstrument, DraftLine, DraftParameter, DraftProgramme,
    DraftProgrammeRequest, DraftRequest, DraftSentence, DraftText, DraftValue, DraftWay, EditDraftRequest, EditedDraft,
    Failure, MoveDraftRequest, NewDraftRequest, OpenDraft,
};

impl Session {
    pub(crate) async fn drafts(&self) -> Result<Vec<DraftLine>, Failure> {
        let drafts = self.store.drafts().await?;
        Ok(drafts.into_iter().map(|draft| self.line(draft)).collect())
    }

    pub(crate) async fn new_draft(&self, request: NewDraftRequest) -> Result<DraftLine, Failure> {
        let title = needed("$.title", &request.title)?;
        let digest = whole_digest(&self.release.files);
        let draft = self
            .store
            .create_draft(&title, &digest, &self.release.files, &self.stamp())
            .await?;
        Ok(self.line(draft))
    }

    pub(crate) async fn open_draft(&self, request: DraftRequest) -> Result<OpenDraft, Failure> {
        let id = id_of(&request.draft)?;
        let line = self.line(self.store.draft(id).await?);
        let base = self.store.draft_base(id).await?;
        let files = self.store.draft_files(id).await?;
        let steps = self.store.draft_steps(id).await?.into_iter().map(|step| DraftDone {
            what: step.what,
            path: step.path,
            at: clock::minute(step.made_at),
            by: step.made_by,
        });
        let (read, _) = ansinh_engine::read::read(&files);
        let contents = Contents {
            files: &files,
            read: &read,
            language: request.language,
        };
        Ok(OpenDraft {
            line,
            files: files_of(&files, &base),
            parameters: contents.parameters(),
            programmes: contents.programmes(),
            instruments: contents.instruments(),
            steps: steps.collect(),
        })
    }

    pub(crate) async fn draft_file(&self, request: DraftFileRequest) -> Result<DraftText, Failure> {
        let files = self.store.draft_files(id_of(&request.draft)?).await?;
        let found = files.iter().find(|(path, _)| *path == request.path);
        let (path, bytes) = found.ok_or_else(|| Failure::not_found("file", &request.path))?;
        let sentences = texts(&files, path)
            .unwrap_or_default()
            .into_iter()
            .map(|at| DraftSentence {
                place: at.place,
                line: at.line,
                vi: at.vi,
                en: at.en,
            });
        Ok(DraftText {
            path: path.clone(),
            text: String::from_utf8_lossy(bytes).into_owned(),
            sentences: sentences.collect(),
        })
    }

    pub(crate) async fn edit_draft(&self, request: EditDraftRequest) -> Result<EditedDraft, Failure> {
        let id = id_of(&request.draft)?;
        let files = self.store.draft_files(id).await?;
        let (what, edited) = edited(&files, request.edit, clock::today())?;
        self.step(id, what, &files, edited).await
    }

    /// Takes over a change of a draft, as a step that can be taken back; nothing where nothing changed.
    async fn step(&self, id: DraftId, what: &str, files: &Files, edited: Edited) -> Result<EditedDraft, Failure> {
        let bytes = edited
            .files
            .iter()
            .find(|(path, _)| *path == edited.path)
            .map(|(_, bytes)| bytes.as_slice());
        let before = files
            .iter()
            .find(|(path, _)| *path == edited.path)
            .map(|(_, bytes)| bytes.as_slice());
        let draft = if bytes == before {
            self.store.draft(id).await?
        } else {
            self.store
                .step_draft(id, what, &edited.path, bytes, &self.stamp())
                .await?
        };
        Ok(EditedDraft {
            line: self.line(draft),
            path: edited.path,
            at: edited.line,
        })
    }

    pub(crate) async fn move_draft(&self, request: MoveDraftRequest) -> Result<DraftLine, Failure> {
        let way = match request.way {
            DraftWay::Back => DraftMove::Back,
            DraftWay::Ahead => DraftMove::Ahead,
        };
        let draft = self
            .store
            .move_draft(id_of(&request.draft)?, way, &self.stamp())
            .await?;
        Ok(self.line(draft))
    }

    pub(crate) async fn remove_draft(&self, request: DraftRequest) -> Result<(), Failure> {
        Ok(self.store.remove_draft(id_of(&request.draft)?, &self.stamp()).await?)
    }

    /// What the draft changes against the rules it began as.
    pub(crate) async fn draft_differences(&self, request: DraftRequest) -> Result<Differences, Failure> {
        let id = id_of(&request.draft)?;
        let (base, files) = (self.store.draft_base(id).await?, self.store.draft_files(id).await?);
        away(move || Ok(differences(&compiled(base)?, &compiled(files)?, request.language))).await
    }

    /// A programme of the draft in words.
    pub(crate) async fn draft_programme(&self, request: DraftProgrammeRequest) -> Result<Vec<ToldVersion>, Failure> {
        let files = self.store.draft_files(id_of(&request.draft)?).await?;
        away(move || Ok(told(&compiled(files)?.rules, &request.programme, request.language))).await
    }

    /// What rests on an article, in the draft.
    pub(crate) async fn draft_article(
        &self,
        request: crate::wire::DraftArticleRequest,
    ) -> Result<crate::wire::DraftArticle, Failure> {
        let files = self.store.draft_files(id_of(&request.draft)?).await?;
        let (read, _) = ansinh_engine::read::read(&files);
        let register = Register::new(&read, &files);
        let report = register.article(&request.article, request.language).map_err(|error| {
            let (vi, en) = (error.sentence(Language::Vi), error.sentence(Language::En));
            Failure::bad_request("$.article", vi, en)
        })?;
        let place = |found: ansinh_engine::register::Resting| crate::wire::ArticlePlace {
            says: format!(
                "{} · {} · {}",
                found.kind.word(request.language),
                found.title,
                found.text
            ),
            citation: found.citation,
            path: found.path,
            line: found.line,
        };
        Ok(crate::wire::DraftArticle {
            text: report.text,
            title: report.title,
            inside: report.inside.into_iter().map(place).collect(),
            around: report.around.into_iter().map(place).collect(),
        })
    }

    fn line(&self, draft: Draft) -> DraftLine {
        DraftLine {
            is_current: draft.base_digest == whole_digest(&self.release.files),
            draft: draft.id.to_string(),
            title: draft.title,
            made_at: clock::minute(draft.made_at),
            made_by: draft.made_by,
            updated_at: clock::minute(draft.updated_at),
            updated_by: draft.updated_by,
            n_steps: draft.n_steps,
            n_ahead: draft.n_ahead,
        }
    }
}

/// The digests of files that passed every check in this sitting.
#[derive(Clone, Debug, Default)]
pub(crate) struct Green(Arc<Mutex<BTreeSet<String>>>);

impl Green {
    fn insert(&self, digest: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(digest);
    }

    fn contains(&self, digest: &str) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(digest)
    }
}

/// The digest of all files, those of overlays too.
fn whole_digest(files: &Files) -> String {
    ansinh_release::digest_of(files)
}

fn id_of(text: &str) -> Result<DraftId, Failure> {
    text.parse().map_err(|_| Failure::not_found("draft", text))
}

/// Compiles the rules of a draft, without its worked cases; where they do not compile, the check says why.
fn compiled(files: Files) -> Result<Release, Failure> {
    Release::compile_without_cases(files).map_err(|error| match error {
        ReleaseError::Rules(_) | ReleaseError::NoHead => Failure::of("draft_with_errors"),
        other => Failure::from(&other),
    })
}

/// Does work that takes the processor for long where it does not hold up other threads.
async fn away<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::work_lost(&error))?
}

fn files_of(files: &Files, base: &Files) -> Vec<DraftFile> {
    let file = |(path, bytes): &(String, Vec<u8>)| DraftFile {
        path: path.clone(),
        changed: !base.iter().any(|(known, before)| known == path && before == bytes),
    };
    files.iter().map(file).collect()
}

/// What of a draft can be changed by form.
struct Contents<'f> {
    files: &'f Files,
    read: &'f RuleFiles,
    language: Language,
}

impl Contents<'_> {
    fn place<T>(&self, at: &At<T>) -> (String, usize) {
        check::line_of(self.files, at.span)
    }

    fn parameters(&self) -> Vec<DraftParameter> {
        let today = clock::today();
        let cites = |cites: &[At<Citation>]| cites.iter().map(|cite| cite.value.to_string()).collect();
        let of = |parameter: &ansinh_engine::read::ParameterFile| {
            let values = parameter.dated.iter().map(|value| DraftValue {
                from: value.from.value.to_string(),
                until: value.until.as_ref().map(|until| until.value.to_string()),
                is: self.language.grouped(value.is.value),
                digits: value.is.value.normalize().to_string(),
                cite: cites(&value.cite),
                line: self.place(&value.from).1,
                in_force: value.from.value <= today,
            });
            DraftParameter {
                name: parameter.name.value.clone(),
                title: self.language.of(&parameter.title).to_owned(),
                unit: parameter.unit.value.clone(),
                path: self.place(&parameter.name).0,
                values: values.collect(),
            }
        };
        self.read.parameters.iter().map(of).collect()
    }

    fn programmes(&self) -> Vec<DraftProgramme> {
        let mut all: Vec<DraftProgramme> = Vec::new();
        for version in &self.read.programmes {
            let (path, _) = self.place(&version.id);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let title = self.language.of(&version.title);
            match all.iter_mut().find(|known| known.id == version.id.value) {
                Some(known) => {
                    known.versions.push(version.from.to_string());
                    title.clone_into(&mut known.title);
                }
                None => all.push(DraftProgramme {
                    id: version.id.value.clone(),
                    title: title.to_owned(),
                    folder: folder.to_owned(),
                    versions: vec![version.from.to_string()],
                }),
            }
        }
        all
    }

    fn instruments(&self) -> Vec<DraftInstrument> {
        let of = |instrument: &ansinh_engine::read::InstrumentFile| {
            let (path, line) = self.place(&instrument.id);
            DraftInstrument {
                id: instrument.id.value.clone(),
                number: instrument.number.clone(),
                title: self.language.of(&instrument.title).to_owned(),
                path,
                line,
            }
        };
        self.read.instruments.iter().map(of).collect()
    }
}

fn edited(files: &Files, edit: DraftEdit, today: Date) -> Result<(&'static str, Edited), Failure> {
    match edit {
        DraftEdit::Value {
            parameter,
            from,
            is,
            cite,
            until,
        } => {
            let new = NewValue {
                parameter,
                from: day("$.edit.from", &from)?,
                is: number("$.edit.is", &is)?,
                cite: cites("$.edit.cite", &cite)?,
                checked: Some(today),
                until: until.map(|until| day("$.edit.until", &until)).transpose()?,
            };
            Ok(("value", set_value(files, &new, today)?))
        }
        DraftEdit::Instrument {
            path,
            id,
            instrument,
            number,
            vi,
            en,
            issued,
            in_force,
            amends,
            replaces,
        } => {
            let new = NewInstrument {
                id: needed("$.edit.id", &id)?,
                kind: instrument,
                number: needed("$.edit.number", &number)?,
                title: text("$.edit", &vi, &en)?,
                issued: day("$.edit.issued", &issued)?,
                in_force: day("$.edit.in_force", &in_force)?,
                amends,
                replaces,
                checked: Some(today),
            };
            Ok(("instrument", add_instrument(files, &path, &new)?))
        }
        DraftEdit::Text { path, place, vi, en } => {
            let new = text("$.edit", &vi, &en)?;
            Ok(("text", set_text(files, &path, &place, &new)?))
        }
        DraftEdit::Version { folder, from } => {
            Ok(("version", new_version(files, &folder, day("$.edit.from", &from)?)?))
        }
        DraftEdit::File { path, text } => Ok(("file", set_file(files, &path, &text)?)),
        DraftEdit::Form { path } => {
            let found = files.iter().find(|(known, _)| *known == path);
            let (_, bytes) = found.ok_or_else(|| Failure::not_found("file", &path))?;
            let formed = std::str::from_utf8(bytes).ok().and_then(|text| format(&path, text));
            let formed = formed.ok_or_else(|| {
                let (vi, en) = ("tệp chưa phải là TOML đọc được", "the file is not TOML yet");
                Failure::bad_request("$.edit.path", vi, en)
            })?;
            Ok(("form", set_file(files, &path, &formed)?))
        }
        DraftEdit::Remove { path } => {
            let mut left = files.clone();
            left.retain(|(known, _)| *known != path);
            if left.len() == files.len() {
                return Err(Failure::not_found("file", &path));
            }
            let edited = Edited {
                files: left,
                path,
                line: 1,
            };
            Ok(("remove", edited))
        }
    }
}

fn day(path: &str, text: &str) -> Result<Date, Failure> {
    let day = text.trim().parse();
    day.map_err(|_| Failure::bad_request(path, "cần một ngày như 2027-01-01", "expected a day such as 2027-01-01"))
}

fn number(path: &str, text: &str) -> Result<Decimal, Failure> {
    let digits = text.trim().replace('_', "");
    let number = Decimal::from_str_exact(&digits);
    number.map_err(|_| {
        Failure::bad_request(
            path,
            "cần một số như 300000 hay 1.5",
            "expected a number such as 300000 or 1.5",
        )
    })
}

fn cites(path: &str, cites: &[String]) -> Result<Vec<String>, Failure> {
    let cites: Vec<String> = cites
        .iter()
        .map(|cite| tidy(cite))
        .filter(|cite| !cite.is_empty())
        .collect();
    if cites.is_empty() {
        return Err(Failure::bad_request(
            path,
            "cần ít nhất một căn cứ",
            "at least one citation is needed",
        ));
    }
    Ok(cites)
}

fn text(path: &str, vi: &str, en: &str) -> Result<Text, Failure> {
    Ok(Text {
        vi: needed(&format!("{path}.vi"), vi)?,
        en: needed(&format!("{path}.en"), en)?,
    })
}

impl From<EditError> for Failure {
    fn from(error: EditError) -> Failure {
        let en = error.to_string();
        let vi = match &error {
            EditError::NoFile { path } => format!("không có tệp {path}"),
            EditError::Unreadable { path, line, .. } => {
                format!("tệp {path} không đọc được ở dòng {line}; sửa lỗi đó trước")
            }
            EditError::Unknown { name } => format!("không có “{name}”"),
            EditError::Taken { name, path, line } => format!("“{name}” đã có trong {path}, dòng {line}"),
            EditError::InForce { from, path, line } => {
                let from = Language::Vi.day(*from);
                format!(
                    "mức từ {from} đã có hiệu lực ({path}, dòng {line}): thêm một mức từ ngày mới, không sửa mức cũ"
                )
            }
            EditError::TooEarly { newest } => {
                let newest = Language::Vi.day(*newest);
                format!("bản mới nhất áp dụng từ {newest}; bản mới phải bắt đầu sau ngày đó")
            }
            EditError::Name { name } => format!("tên “{name}” không dùng được ở đây"),
            EditError::TooLarge { path } => format!("tệp {path} sẽ quá lớn"),
        };
        Failure {
            problems: vec![problem("$.edit", vi, en)],
            ..Failure::of("edit_refused")
        }
    }
}
