//! The commands by name, and who may give them.

use ansinh_store::Role;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::wire::Failure;

/// What can be asked of an office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Status,
    Provinces,
    SetUp,
    SignIn,
    Recover,
    SignOut,
    Search,
    CreateHousehold,
    OpenHousehold,
    SavePerson,
    ReadCard,
    ReadCardPicture,
    AcceptCard,
    FindDuplicates,
    ComparePersons,
    TellApart,
    MergePersons,
    MovePersons,
    SplitHousehold,
    MergeHouseholds,
    UndoAct,
    RemovePerson,
    RestorePerson,
    TryFact,
    SaveFact,
    Screen,
    Explain,
    Preview,
    PrintSummary,
    MakeDossier,
    Dossier,
    DossiersOf,
    Dossiers,
    StepDossier,
    TickPaper,
    UndoDossier,
    RosterScreening,
    StopScreening,
    ResumeScreening,
    BackupState,
    SaveBackupPlan,
    MakeBackup,
    ExportBackup,
    TryBackup,
    RestoreBackup,
    Users,
    AddUser,
    NewPassword,
    DeactivateUser,
    ReactivateUser,
    NewRecoveryKey,
    Audit,
    CheckAudit,
    ExportAudit,
    ChangePassword,
    PreviewPaper,
    PrintPaper,
    PreviewBatch,
    PrintBatch,
    HandedOver,
    CheckPaper,
    Releases,
    ReleaseChanges,
    ReadRelease,
    ScheduleRelease,
    RefuseRelease,
    WithdrawRelease,
    ReleaseFile,
    MakeKey,
    KeyFile,
    TrustKey,
    DistrustKey,
    RollBack,
    Today,
    LifeCycle,
    Gap,
    PreviewGapReasons,
    SetGapReasons,
    Overview,
    Drafts,
    NewDraft,
    OpenDraft,
    DraftFile,
    EditDraft,
    MoveDraft,
    RemoveDraft,
    LintDraft,
    CheckDraft,
    DraftDifferences,
    DraftProgramme,
    DraftArticle,
    DraftImpact,
    CaseOfHousehold,
    SignDraft,
    ReadTable,
    PreviewImport,
    ImportProblems,
    ImportRoster,
    Imports,
    UndoImport,
    Job,
    StopJob,
}

/// Who may give a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    /// Anybody at the computer.
    Anybody,
    /// Who is signed in and screens households.
    Screens,
    /// Who keeps the rules, the users and the data: the supervisor.
    Keeps,
}

impl Command {
    pub(crate) const ALL: &[(&'static str, Command)] = &[
        ("status", Command::Status),
        ("provinces", Command::Provinces),
        ("set_up", Command::SetUp),
        ("sign_in", Command::SignIn),
        ("recover", Command::Recover),
        ("sign_out", Command::SignOut),
        ("search", Command::Search),
        ("create_household", Command::CreateHousehold),
        ("open_household", Command::OpenHousehold),
        ("save_person", Command::SavePerson),
        ("read_card", Command::ReadCard),
        ("read_card_picture", Command::ReadCardPicture),
        ("accept_card", Command::AcceptCard),
        ("find_duplicates", Command::FindDuplicates),
        ("compare_persons", Command::ComparePersons),
        ("tell_apart", Command::TellApart),
        ("merge_persons", Command::MergePersons),
        ("move_persons", Command::MovePersons),
        ("split_household", Command::SplitHousehold),
        ("merge_households", Command::MergeHouseholds),
        ("undo_act", Command::UndoAct),
        ("remove_person", Command::RemovePerson),
        ("restore_person", Command::RestorePerson),
        ("try_fact", Command::TryFact),
        ("save_fact", Command::SaveFact),
        ("screen", Command::Screen),
        ("explain", Command::Explain),
        ("preview", Command::Preview),
        ("print_summary", Command::PrintSummary),
        ("make_dossier", Command::MakeDossier),
        ("dossier", Command::Dossier),
        ("dossiers_of", Command::DossiersOf),
        ("dossiers", Command::Dossiers),
        ("step_dossier", Command::StepDossier),
        ("tick_paper", Command::TickPaper),
        ("undo_dossier", Command::UndoDossier),
        ("roster_screening", Command::RosterScreening),
        ("stop_screening", Command::StopScreening),
        ("resume_screening", Command::ResumeScreening),
        ("backup_state", Command::BackupState),
        ("save_backup_plan", Command::SaveBackupPlan),
        ("make_backup", Command::MakeBackup),
        ("export_backup", Command::ExportBackup),
        ("try_backup", Command::TryBackup),
        ("restore_backup", Command::RestoreBackup),
        ("users", Command::Users),
        ("add_user", Command::AddUser),
        ("new_password", Command::NewPassword),
        ("deactivate_user", Command::DeactivateUser),
        ("reactivate_user", Command::ReactivateUser),
        ("new_recovery_key", Command::NewRecoveryKey),
        ("audit", Command::Audit),
        ("check_audit", Command::CheckAudit),
        ("export_audit", Command::ExportAudit),
        ("change_password", Command::ChangePassword),
        ("preview_paper", Command::PreviewPaper),
        ("print_paper", Command::PrintPaper),
        ("preview_batch", Command::PreviewBatch),
        ("print_batch", Command::PrintBatch),
        ("handed_over", Command::HandedOver),
        ("check_paper", Command::CheckPaper),
        ("releases", Command::Releases),
        ("release_changes", Command::ReleaseChanges),
        ("read_release", Command::ReadRelease),
        ("schedule_release", Command::ScheduleRelease),
        ("refuse_release", Command::RefuseRelease),
        ("withdraw_release", Command::WithdrawRelease),
        ("release_file", Command::ReleaseFile),
        ("make_key", Command::MakeKey),
        ("key_file", Command::KeyFile),
        ("trust_key", Command::TrustKey),
        ("distrust_key", Command::DistrustKey),
        ("roll_back", Command::RollBack),
        ("today", Command::Today),
        ("life_cycle", Command::LifeCycle),
        ("gap", Command::Gap),
        ("preview_gap_reasons", Command::PreviewGapReasons),
        ("set_gap_reasons", Command::SetGapReasons),
        ("overview", Command::Overview),
        ("drafts", Command::Drafts),
        ("new_draft", Command::NewDraft),
        ("open_draft", Command::OpenDraft),
        ("draft_file", Command::DraftFile),
        ("edit_draft", Command::EditDraft),
        ("move_draft", Command::MoveDraft),
        ("remove_draft", Command::RemoveDraft),
        ("lint_draft", Command::LintDraft),
        ("check_draft", Command::CheckDraft),
        ("draft_differences", Command::DraftDifferences),
        ("draft_programme", Command::DraftProgramme),
        ("draft_article", Command::DraftArticle),
        ("draft_impact", Command::DraftImpact),
        ("case_of_household", Command::CaseOfHousehold),
        ("sign_draft", Command::SignDraft),
        ("read_table", Command::ReadTable),
        ("preview_import", Command::PreviewImport),
        ("import_problems", Command::ImportProblems),
        ("import_roster", Command::ImportRoster),
        ("imports", Command::Imports),
        ("undo_import", Command::UndoImport),
        ("job", Command::Job),
        ("stop_job", Command::StopJob),
    ];

    /// Returns the command of that name.
    pub(crate) fn named(name: &str) -> Result<Command, Failure> {
        let found = Command::ALL.iter().copied().find(|(known, _)| *known == name);
        found.map(|(_, command)| command).ok_or_else(|| {
            Failure::bad_request(
                "$",
                format!("không có lệnh “{name}”"),
                format!("there is no command “{name}”"),
            )
        })
    }

    /// Whether it only looks at what the screening of the roster found: it does not stand aside for such a command.
    pub(crate) fn looks_at_lists(self) -> bool {
        matches!(
            self,
            Command::RosterScreening | Command::Today | Command::LifeCycle | Command::Gap | Command::Overview
        )
    }

    /// Whether others may be able to sign in after it.
    pub(crate) fn changes_users(self) -> bool {
        matches!(
            self,
            Command::AddUser | Command::DeactivateUser | Command::ReactivateUser
        )
    }

    pub(crate) fn right(self) -> Right {
        match self {
            Command::Status
            | Command::Provinces
            | Command::SetUp
            | Command::SignIn
            | Command::Recover
            | Command::RestoreBackup
            | Command::SignOut => Right::Anybody,
            Command::Search
            | Command::CreateHousehold
            | Command::OpenHousehold
            | Command::SavePerson
            | Command::ReadCard
            | Command::ReadCardPicture
            | Command::AcceptCard
            | Command::FindDuplicates
            | Command::ComparePersons
            | Command::TellApart
            | Command::MergePersons
            | Command::MovePersons
            | Command::SplitHousehold
            | Command::MergeHouseholds
            | Command::UndoAct
            | Command::RemovePerson
            | Command::RestorePerson
            | Command::TryFact
            | Command::SaveFact
            | Command::Screen
            | Command::Explain
            | Command::Preview
            | Command::PrintSummary
            | Command::MakeDossier
            | Command::Dossier
            | Command::DossiersOf
            | Command::Dossiers
            | Command::StepDossier
            | Command::TickPaper
            | Command::UndoDossier
            | Command::RosterScreening
            | Command::StopScreening
            | Command::ResumeScreening
            | Command::ChangePassword
            | Command::PreviewPaper
            | Command::PrintPaper
            | Command::PreviewBatch
            | Command::PrintBatch
            | Command::HandedOver
            | Command::CheckPaper
            | Command::Releases
            | Command::ReleaseChanges
            | Command::Today
            | Command::LifeCycle
            | Command::Gap
            | Command::PreviewGapReasons
            | Command::SetGapReasons
            | Command::Overview
            | Command::ReadTable
            | Command::PreviewImport
            | Command::ImportProblems
            | Command::ImportRoster
            | Command::Imports
            | Command::UndoImport
            | Command::Job
            | Command::StopJob => Right::Screens,
            Command::Users
            | Command::BackupState
            | Command::SaveBackupPlan
            | Command::MakeBackup
            | Command::ExportBackup
            | Command::TryBackup
            | Command::AddUser
            | Command::NewPassword
            | Command::DeactivateUser
            | Command::ReactivateUser
            | Command::NewRecoveryKey
            | Command::Audit
            | Command::CheckAudit
            | Command::ExportAudit
            | Command::ReadRelease
            | Command::ScheduleRelease
            | Command::RefuseRelease
            | Command::WithdrawRelease
            | Command::ReleaseFile
            | Command::MakeKey
            | Command::KeyFile
            | Command::TrustKey
            | Command::DistrustKey
            | Command::RollBack => Right::Keeps,
            Command::Drafts
            | Command::NewDraft
            | Command::OpenDraft
            | Command::DraftFile
            | Command::EditDraft
            | Command::MoveDraft
            | Command::RemoveDraft
            | Command::LintDraft
            | Command::CheckDraft
            | Command::DraftDifferences
            | Command::DraftProgramme
            | Command::DraftArticle
            | Command::DraftImpact
            | Command::CaseOfHousehold
            | Command::SignDraft => Right::Keeps,
        }
    }
}

impl Right {
    /// Refuses whoever may not: nobody signed in, or a role without this right.
    pub(crate) fn check(self, role: Option<Role>) -> Result<(), Failure> {
        match (self, role) {
            (Right::Anybody, _) => Ok(()),
            (Right::Screens, Some(Role::Officer | Role::Supervisor)) => Ok(()),
            (Right::Keeps, Some(Role::Supervisor)) => Ok(()),
            (Right::Keeps, Some(Role::Officer)) => Err(Failure::of("not_allowed")),
            (Right::Screens | Right::Keeps, None) => Err(Failure::not_signed_in()),
        }
    }
}

/// Reads the arguments of a command; a mistake is told with its path.
pub(crate) fn arguments<T: DeserializeOwned>(args: Value) -> Result<T, Failure> {
    serde_path_to_error::deserialize(args).map_err(|error| {
        let path = match error.path().to_string() {
            here if here == "." => "$".to_owned(),
            path => format!("$.{path}"),
        };
        let said = error.into_inner().to_string();
        Failure::bad_request(&path, format!("yêu cầu không đúng dạng: {said}"), said)
    })
}
