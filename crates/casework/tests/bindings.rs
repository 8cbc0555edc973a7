//! The TypeScript of everything that travels. `UPDATE_BINDINGS=1 cargo nextest run -p ansinh-casework bindings` writes it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ansinh_casework::wire;
use ts_rs::{Config, TS};

macro_rules! export {
    ($config:expr, $($name:ident)*) => {
        $(wire::$name::export_all($config).unwrap();)*
    };
}

/// Every request and every answer; what they hold comes with them.
fn export(folder: &Path) {
    let config = Config::new().with_out_dir(folder);
    export!(&config,
        Status ProvincesRequest ProvinceChoice SetUpRequest SetUpDone SignInRequest RecoverRequest Session SearchRequest SearchResult CreateHouseholdRequest
        HouseholdRequest CaseFile SavePersonRequest RemovePersonRequest SaveFactRequest ScreenRequest Screening ExplainRequest Row
        PrintRequest Preview PrintedFile OutFile MakeDossierRequest DossierRequest DossiersOfRequest DossiersRequest StepDossierRequest TickPaperRequest
        ReleasesRequest ReleaseList ReadReleaseRequest ReleasePreview ScheduleReleaseRequest RefuseReleaseRequest
        WithdrawReleaseRequest ReleaseChangesRequest ReleaseFileRequest ReleaseFile MakeKeyRequest KeyFileRequest TrustKeyRequest
        DistrustKeyRequest RollBackRequest SignDraftRequest SignedRelease
        RosterScreening TodayRequest Today LifeCycleRequest LifeCycle GapRequest Gap GapReasonsRequest GapPlan OverviewRequest Overview
        RosterScreening
        FindDuplicatesRequest Duplicate ComparePersonsRequest Comparison TellApartRequest MergePersonsRequest MovePersonsRequest
        SplitHouseholdRequest MergeHouseholdsRequest RosterChanged UndoActRequest
        ReadCardRequest ReadPictureRequest CardReading AcceptCardRequest CardAccepted
        Dossier DossierList HouseholdDossiers Accounts AddUserRequest NewPasswordRequest DeactivateUserRequest ChangePasswordRequest NewRecoveryKeyRequest AuditRequest AuditPage AuditCheck AuditFile
        PaperRequest PaperFile HandedOverRequest BatchRequest BatchPreview
        CheckPaperRequest PaperCheck
        BackupState BackupPlanRequest GoodBackup BackupExport TryBackupRequest RestoreBackupRequest Restored
        ReadTableRequest TableReading PreviewImportRequest ImportPreview ProblemsFile ImportRosterRequest Imported ImportLine UndoImportRequest
        JobStarted JobRequest JobReport Failure
        NewDraftRequest DraftRequest DraftFileRequest DraftProgrammeRequest EditDraftRequest MoveDraftRequest CaseOfHouseholdRequest ImpactRequest DraftArticleRequest
        DraftLine OpenDraft DraftText EditedDraft DraftFindings DraftCheck Differences ToldVersion Impact DraftArticle JobStarted JobRequest JobReport Failure
    );
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let typescript = entries.filter(|entry| entry.path().extension().is_some_and(|ext| ext == "ts"));
    typescript
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn the_interface_has_the_types_that_travel() {
    let there = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/host/generated"));
    let fresh = tempfile::tempdir().unwrap();
    export(fresh.path());
    let wanted = files(fresh.path());
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        fs::create_dir_all(&there).unwrap();
        for name in files(&there).keys().filter(|name| !wanted.contains_key(*name)) {
            fs::remove_file(there.join(name)).unwrap();
        }
        for (name, text) in &wanted {
            fs::write(there.join(name), text).unwrap();
        }
    }
    let found = files(&there);
    let stale: Vec<&String> = wanted
        .keys()
        .chain(found.keys())
        .filter(|name| wanted.get(*name) != found.get(*name))
        .collect();
    assert!(stale.is_empty(), "out of date: {stale:?}; run with UPDATE_BINDINGS=1");
}
