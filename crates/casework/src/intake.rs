//! A list of households comes in as a file: read, its columns understood, previewed with everything that is wrong, and only
//! then made into households, all or none. It can be taken back while nobody has worked with them.
//!
//! Nothing of a list is kept before it is confirmed: the screen sends the file with every step.

use std::sync::Arc;

use ansinh_engine::report::Language;
use ansinh_engine::rules::RuleSet;
use ansinh_store::{Commune, ImportBatch, NewImport, RememberedMapping, Stamp, Store};
use data_encoding::BASE64;
use jiff::civil::Date;

use crate::clock;
use crate::failure::problem;
use crate::job::Progress;
use crate::questions::BIRTH_DATE;
use crate::session::Session;
use crate::table;
use crate::wire::{
    Failure, ImportLine, ImportPreview, ImportRosterRequest, Imported, JobStarted, OutFile, PreviewImportRequest,
    ProblemsFile, ReadTableRequest, TableReading, UndoImportRequest,
};

mod cells;
mod columns;
mod plan;
mod sheet;

use columns::{Mapping, Remembered, headers_key};
use plan::{Ground, Plan, plan};
use sheet::{Row, Sheet};

/// What is wrong, in both languages, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Trouble {
    vi: String,
    en: String,
    way_vi: String,
    way_en: String,
}

impl Trouble {
    fn new(
        vi: impl Into<String>,
        en: impl Into<String>,
        way_vi: impl Into<String>,
        way_en: impl Into<String>,
    ) -> Trouble {
        Trouble {
            vi: vi.into(),
            en: en.into(),
            way_vi: way_vi.into(),
            way_en: way_en.into(),
        }
    }
}

/// Refuses a whole file.
fn refused(trouble: Trouble) -> Failure {
    let vi = format!("{}. {}", trouble.vi, trouble.way_vi);
    let en = format!("{}. {}", trouble.en, trouble.way_en);
    Failure {
        problems: vec![problem("$.bytes", vi, en)],
        ..Failure::of("list_refused")
    }
}

/// Everything a list is read with, apart from the list: work beside the desk takes it along.
struct Office {
    rules: Arc<RuleSet>,
    store: Arc<Store>,
    commune: Commune,
    invented: bool,
    today: Date,
    stamp: Stamp,
}

impl Session {
    fn intake(&self) -> Office {
        Office {
            rules: Arc::clone(&self.rules),
            store: Arc::clone(&self.store),
            commune: self.commune.clone(),
            invented: self.invented,
            today: clock::today(),
            stamp: self.stamp(),
        }
    }

    pub(crate) fn read_table(&mut self, request: ReadTableRequest) -> JobStarted {
        let office = self.intake();
        self.jobs.start(|_| async move { office.reading(request).await })
    }

    pub(crate) fn preview_import(&mut self, request: PreviewImportRequest) -> JobStarted {
        let office = self.intake();
        self.jobs.start(|progress| async move {
            Ok::<ImportPreview, _>(office.plan(&request, &progress).await?.plan.preview())
        })
    }

    pub(crate) fn import_problems(&mut self, request: PreviewImportRequest) -> JobStarted {
        let office = self.intake();
        self.jobs.start(|progress| async move {
            let planned = office.plan(&request, &progress).await?;
            let n_problems = planned.plan.problems.len();
            let rows = planned.plan.problems.into_iter().map(|problem| {
                let weight = if problem.leaves_out {
                    "hộ bị để lại"
                } else {
                    "cần xem"
                };
                let row = problem.row.to_string();
                let column = problem.column.unwrap_or_default();
                vec![row, column, problem.said, weight.to_owned(), problem.vi, problem.way_vi]
            });
            let header = ["Dòng", "Cột", "Đang ghi", "Mức", "Vấn đề", "Cách sửa"];
            let bytes = table::csv(&header, rows)?;
            Ok(ProblemsFile {
                file: OutFile::new(format!("loi-danh-sach-{}.csv", office.today), "text/csv", &bytes),
                n_problems,
            })
        })
    }

    pub(crate) fn import_roster(&mut self, request: ImportRosterRequest) -> JobStarted {
        let office = self.intake();
        self.jobs
            .start(|progress| async move { office.import(request, progress).await })
    }

    pub(crate) async fn imports(&self) -> Result<Vec<ImportLine>, Failure> {
        let batches = self.store.imports().await?;
        Ok(batches.into_iter().map(line).collect())
    }

    /// The household on the desk may be one of those that go: it is put away first.
    pub(crate) fn undo_import(&mut self, request: UndoImportRequest) -> JobStarted {
        self.forget_file();
        let (store, stamp) = (Arc::clone(&self.store), self.stamp());
        self.jobs.start(|_| async move {
            store.undo_import(request.import, &stamp).await?;
            let batches = store.imports().await?;
            Ok(batches.into_iter().map(line).collect::<Vec<ImportLine>>())
        })
    }
}

/// A list that was planned, with what is needed to remember it.
struct Planned {
    plan: Plan,
    headers: String,
}

impl Office {
    async fn reading(&self, request: ReadTableRequest) -> Result<TableReading, Failure> {
        let bytes = bytes_of(&request.bytes)?;
        let (rules, wanted) = (Arc::clone(&self.rules), request.header_row);
        let (sheet, at) = apart(move || {
            let sheet = sheet::read(&bytes, request.sheet.as_deref())?;
            let at = columns::header_at(&rules, &sheet, wanted);
            Ok((sheet, at))
        })
        .await?;
        let (headers, below) = split(&sheet, at)?;
        let key = headers_key(headers);
        let remembered = self.store.remembered_mapping(&key).await?;
        let remembered = remembered.and_then(|text| serde_json::from_str::<Remembered>(&text).ok());
        let language: Language = request.language;
        Ok(TableReading {
            columns: columns::columns(&self.rules, headers, below, remembered.as_ref()),
            targets: columns::targets(&self.rules, language),
            header_row: headers.number,
            n_rows: below.len(),
            remembered: remembered.is_some(),
            hamlet: remembered.and_then(|remembered| remembered.hamlet),
            sheets: sheet.names,
            sheet: sheet.name,
        })
    }

    async fn plan(&self, request: &PreviewImportRequest, progress: &Progress) -> Result<Planned, Failure> {
        let bytes = bytes_of(&request.bytes)?;
        let mapping = Mapping::read(&self.rules, &request.mapping)?;
        let known = self.store.known_persons(BIRTH_DATE).await?;
        let taken = self.store.household_numbers().await?;
        let hamlet = request.hamlet.as_deref().filter(|hamlet| !hamlet.is_empty());
        let hamlet = hamlet
            .map(|hamlet| {
                cells::hamlet(hamlet, &self.commune)
                    .map_err(|trouble| Failure::bad_request("$.hamlet", trouble.vi, trouble.en))
            })
            .transpose()?;
        let (rules, commune, progress) = (Arc::clone(&self.rules), self.commune.clone(), progress.clone());
        let (invented, today, with_look_alikes) = (self.invented, self.today, request.with_look_alikes);
        let (name, header_row) = (request.sheet.clone(), request.header_row);
        apart(move || {
            let sheet = sheet::read(&bytes, Some(&name).filter(|name| !name.is_empty()).map(String::as_str))?;
            let at = columns::header_at(&rules, &sheet, Some(header_row));
            let (headers, below) = split(&sheet, at)?;
            progress.expect(below.len());
            let ground = Ground {
                rules: &rules,
                commune: &commune,
                today,
                invented,
                known: &known,
                taken: &taken,
                headers,
                mapping: &mapping,
                hamlet: hamlet.as_deref(),
                with_look_alikes,
            };
            Ok(Planned {
                plan: plan(&ground, below, &progress)?,
                headers: headers_key(headers),
            })
        })
        .await
    }

    async fn import(&self, request: ImportRosterRequest, progress: Progress) -> Result<Imported, Failure> {
        let Planned { plan, headers } = self.plan(&request.list, &progress).await?;
        if plan.rosters.is_empty() {
            let vi = "không có hộ nào để nhập";
            return Err(Failure::bad_request("$.list", vi, "there is no household to bring in"));
        }
        if plan.digest() != request.digest {
            let vi = "dữ liệu trong máy đã thay đổi từ lúc xem trước; hãy xem trước lại";
            return Err(Failure::bad_request(
                "$.digest",
                vi,
                "something changed since the preview; look at it again",
            ));
        }
        let remembered = Remembered {
            mapping: request.list.mapping,
            hamlet: request.list.hamlet,
        };
        let n_persons = plan.n_persons();
        let import = NewImport {
            file_name: bare_name(&request.file_name),
            n_rows: plan.n_rows,
            n_left_out: plan.n_rows - n_persons,
            mapping: RememberedMapping {
                headers,
                mapping: serde_json::to_string(&remembered)
                    .map_err(|error| Failure::of("bad_request").with("detail", error))?,
            },
        };
        progress.expect(plan.n_rows + plan.rosters.len());
        let goes_on = || {
            progress.step();
            !progress.is_stopped()
        };
        let id = self
            .store
            .import_households(&import, &plan.rosters, &self.stamp, &goes_on)
            .await?;
        Ok(Imported {
            import: id.ok_or_else(|| Failure::of("stopped"))?,
            n_households: plan.rosters.len(),
            n_persons,
        })
    }
}

/// Does what takes the processor for long on a thread of its own. A file on which a reader breaks is a file that cannot be read.
async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T, Failure> + Send + 'static) -> Result<T, Failure> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) if error.is_panic() => Err(sheet::damaged()),
        Err(error) => Err(Failure::work_lost(&error)),
    }
}

fn bytes_of(text: &str) -> Result<Vec<u8>, Failure> {
    BASE64
        .decode(text.as_bytes())
        .map_err(|_| Failure::bad_request("$.bytes", "tệp không đọc được", "the file is not in base64"))
}

fn split(sheet: &Sheet, at: usize) -> Result<(&Row, &[Row]), Failure> {
    let (headers, below) = sheet
        .rows
        .get(at..)
        .and_then(<[Row]>::split_first)
        .ok_or_else(|| Failure::not_found("row", at))?;
    Ok((headers, below))
}

/// A browser tells no folder, and what else comes must tell none either.
fn bare_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    crate::office::tidy(name).chars().take(120).collect()
}

fn line(batch: ImportBatch) -> ImportLine {
    ImportLine {
        import: batch.id,
        file_name: batch.file_name,
        at: clock::moment(batch.imported_at),
        by: batch.imported_by,
        n_rows: batch.n_rows,
        n_left_out: batch.n_left_out,
        n_households: batch.n_households,
        n_changed: batch.n_changed,
        undone_at: batch.undone_at.map(clock::moment),
    }
}
