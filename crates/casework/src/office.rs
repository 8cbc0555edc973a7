//! One desk: commands come in by name, one after the other, and each is answered or fails with a code.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use ansinh_engine::rules::Province;
use ansinh_release::{Release, built_in, provinces_with_rules};
use ansinh_store::{Commune, KeyCost, KnownUser, NewUser, RecoveryKey, Role, SetUp, Stamp, State, Store, User};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::sync::Mutex;
use unicode_normalization::UnicodeNormalization;

use crate::backup;
use crate::clock;
use crate::command::{Command, arguments};
use crate::releases::Shelf;
use crate::sample;
use crate::session::Session;
use crate::wire::{self, Failure, Gate, RecoverRequest, SetUpDone, SetUpRequest, SignInRequest, Status, UserName};

/// How an office is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// An invented commune, made when it is not there yet. Never together with a folder of real data.
    pub sample: bool,
}

/// A folder of data, and whoever is at work with it.
pub struct Office {
    folder: PathBuf,
    options: Options,
    release: &'static Release,
    desk: Mutex<Desk>,
    shelf: Arc<Shelf>,
    /// How far its clock was turned.
    days_ahead: AtomicI64,
}

/// What changes while an office is open. Commands take it in turn.
struct Desk {
    /// The sample commune was looked for, and made where it was missing.
    is_ready: bool,
    /// Who can sign in, once somebody said so.
    users: Vec<UserName>,
    session: Option<Session>,
}

impl Office {
    /// Opens an office on a folder, which need not exist yet. Nothing is read or written before the first command.
    ///
    /// # Errors
    /// Fails when the rules built into this program do not compile.
    pub fn start(folder: PathBuf, options: Options) -> Result<Office, Failure> {
        let release = built_in().map_err(|error| Failure::from(&error))?;
        Ok(Office {
            folder,
            options,
            release,
            shelf: Arc::default(),
            days_ahead: AtomicI64::new(0),
            desk: Mutex::new(Desk {
                is_ready: !options.sample,
                users: Vec::new(),
                session: None,
            }),
        })
    }

    /// Answers one command, documented at its request in [`crate::wire`].
    ///
    /// # Errors
    /// A failure has a code the screen acts on; what was saved before stays saved.
    pub async fn call(&self, name: &str, args: Value) -> Result<Value, Failure> {
        let days = self.days_ahead.load(Ordering::Relaxed);
        clock::ahead(days, self.answer(name, args)).await
    }

    /// Turns the clock of this office so many days ahead of the computer's, to see what a day will bring. For tests and
    /// demonstrations: what is written down then bears the day that was turned to.
    pub fn turn_clock(&self, days_ahead: i64) {
        self.days_ahead.store(days_ahead, Ordering::Relaxed);
    }

    async fn answer(&self, name: &str, args: Value) -> Result<Value, Failure> {
        let command = Command::named(name)?;
        let mut desk = self.desk.lock().await;
        self.make_ready(&mut desk).await?;
        command
            .right()
            .check(desk.session.as_ref().map(|session| session.user.role))?;
        match command {
            Command::Status => {
                if let Some(session) = &mut desk.session {
                    // What failed is told by the next command at work: how things stand is told all the same.
                    let _ = session.keep_up().await;
                }
                answer(self.status(&desk))
            }
            Command::Provinces => answer(self.provinces(arguments(args)?)),
            Command::SetUp => answer(self.set_up(&mut desk, arguments(args)?).await?),
            Command::SignIn => answer(self.sign_in(&mut desk, arguments(args)?).await?),
            Command::Recover => answer(self.recover(&mut desk, arguments(args)?).await?),
            Command::RestoreBackup => {
                if desk.session.is_some() {
                    return Err(Failure::of("in_use"));
                }
                let restored = backup::restore(&self.folder, arguments(args)?).await?;
                desk.users.clear();
                answer(restored)
            }
            Command::SignOut => {
                if let Some(session) = desk.session.take() {
                    session.back_up_at_the_end().await;
                    session.close().await;
                }
                Ok(json!({}))
            }
            command => {
                let session = desk.session.as_mut().ok_or_else(Failure::not_signed_in)?;
                session.keep_up().await?;
                session.keep_watch().await;
                if command.looks_at_lists() {
                    return at_work(session, command, args).await;
                }
                let in_use = session.desk_use.begin();
                let answer = at_work(session, command, args).await;
                drop(in_use);
                session.wake_watch();
                let answer = answer?;
                if command.changes_users() {
                    desk.users = users_of(&session.store).await?;
                }
                Ok(answer)
            }
        }
    }

    /// Closes the office, as when its window is closed.
    pub async fn close(self) {
        if let Some(session) = self.desk.into_inner().session {
            session.close().await;
        }
    }

    async fn make_ready(&self, desk: &mut Desk) -> Result<(), Failure> {
        if !desk.is_ready {
            sample::set_up(&self.folder, &self.release.rules).await?;
            desk.users = sample::users();
            desk.is_ready = true;
        }
        Ok(())
    }

    fn status(&self, desk: &Desk) -> Status {
        let gate = match (&desk.session, Store::state(&self.folder)) {
            (Some(_), _) => Gate::Open,
            (None, State::Present) => Gate::Locked,
            (None, State::Missing) => Gate::SetUp,
        };
        Status {
            gate,
            users: self.users(desk),
            session: desk.session.as_ref().map(Session::wire),
            release: desk
                .session
                .as_ref()
                .map_or(&self.release.rules, |session| &session.rules)
                .tag
                .clone(),
            signed_by: desk.session.as_ref().and_then(|session| session.signed_by.clone()),
            sample: self.options.sample.then(sample::access),
            today: clock::today().to_string(),
            backup: desk.session.as_ref().map(Session::backup_hint),
            clock_behind: desk.session.as_ref().and_then(Session::clock_behind),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        }
    }

    /// Before anybody opened the database, `keys.json` alone says who can sign in: a user name stands for the full name. Keys
    /// that cannot be read are told at sign-in.
    fn users(&self, desk: &Desk) -> Vec<UserName> {
        if !desk.users.is_empty() {
            return desk.users.clone();
        }
        let known = Store::users(&self.folder).unwrap_or_default();
        let shown = |user: KnownUser| UserName {
            name: user.user_name.clone(),
            user: user.user_name,
            role: user.role.into(),
        };
        known.into_iter().map(shown).collect()
    }

    fn provinces(&self, request: wire::ProvincesRequest) -> Vec<wire::ProvinceChoice> {
        let with_rules = provinces_with_rules();
        let all = self.release.rules.provinces_on(clock::today()).iter();
        let choice = |province: &Province| wire::ProvinceChoice {
            code: province.code.clone(),
            name: request.language.of(&province.name).to_owned(),
            before: province.before.clone(),
            has_rules: with_rules.contains(&province.code),
        };
        all.map(choice).collect()
    }

    async fn set_up(&self, desk: &mut Desk, request: SetUpRequest) -> Result<SetUpDone, Failure> {
        let all = self.release.rules.provinces_on(clock::today());
        let province = all
            .iter()
            .find(|province| province.code == request.province)
            .ok_or_else(|| {
                let vi = "chọn một tỉnh hoặc thành phố trong danh sách";
                Failure::bad_request("$.province", vi, "choose a province or city of the list")
            })?;
        let commune = Commune {
            province: official_name(province),
            province_code: province.code.clone(),
            commune: needed("$.commune", &request.commune)?,
            hamlets: request
                .hamlets
                .iter()
                .map(|name| tidy(name))
                .filter(|name| !name.is_empty())
                .collect(),
        };
        let users = vec![
            new_user("$.supervisor", request.supervisor, Role::Supervisor)?,
            new_user("$.officer", request.officer, Role::Officer)?,
        ];
        let set_up = SetUp {
            commune,
            users,
            cost: KeyCost::Full,
            now: clock::now(),
        };
        let (store, _, recovery) = Store::set_up(&self.folder, set_up).await?;
        desk.users = users_of(&store).await?;
        store.close().await;
        Ok(SetUpDone {
            recovery_key: recovery.to_string(),
        })
    }

    async fn sign_in(&self, desk: &mut Desk, request: SignInRequest) -> Result<wire::Session, Failure> {
        let (user, password) = (tidy(&request.user), request.password);
        if let Some(session) = &mut desk.session {
            let (user, n_wrong) = session.store.sign_in_counted(&user, &password, clock::now()).await?;
            session.hand_over(user, n_wrong).await?;
            return Ok(session.wire());
        }
        let opened = Store::open_counted(&self.folder, &user, &password, clock::now()).await;
        let (store, user, n_wrong) = opened.map_err(|error| self.with_last_backup(error.into()))?;
        self.begin(desk, store, user, n_wrong).await
    }

    /// Whoever has the paper with the recovery key may give any user a new password: it is kept where only the commune's
    /// office can reach it, and the audit log says that it was used.
    async fn recover(&self, desk: &mut Desk, request: RecoverRequest) -> Result<wire::Session, Failure> {
        let recovery: RecoveryKey = request.recovery_key.parse()?;
        let store = Store::open_with_recovery(&self.folder, &recovery).await?;
        match renewed(&store, &tidy(&request.user), &request.password).await {
            Ok(user) => self.begin(desk, store, user, 0).await,
            Err(failure) => {
                store.close().await;
                Err(failure)
            }
        }
    }

    /// Whoever stands before data that do not open is told of the last backup that did.
    fn with_last_backup(&self, failure: Failure) -> Failure {
        match backup::last_good(&self.folder) {
            Some((at, path)) if failure.code == "damaged_database" => {
                failure.with("backup_at", at).with("backup_path", path)
            }
            _ => failure,
        }
    }

    async fn begin(&self, desk: &mut Desk, store: Store, user: User, n_wrong: u32) -> Result<wire::Session, Failure> {
        desk.users = users_of(&store).await?;
        let shelf = Arc::clone(&self.shelf);
        let mut session = Session::new(store, user, self.options.sample, n_wrong, shelf).await?;
        session.back_up_today();
        Ok(desk.session.insert(session).wire())
    }
}

/// Returns how a province is written on papers.
fn official_name(province: &Province) -> String {
    let is = if province.is_city { "Thành phố" } else { "Tỉnh" };
    format!("{is} {}", province.name.vi)
}

/// Gives a user of a database that the recovery key opened a new password. What the audit log has of it stands under the
/// name of that user: nobody else is known to be there.
async fn renewed(store: &Store, user_name: &str, password: &str) -> Result<User, Failure> {
    let accounts = store.accounts().await?;
    let user = accounts
        .into_iter()
        .find(|user| user.user_name == user_name)
        .ok_or_else(|| {
            Failure::bad_request(
                "$.user",
                format!("không có ai dùng tên đăng nhập “{user_name}”"),
                format!("nobody has the user name “{user_name}”"),
            )
        })?;
    let stamp = Stamp {
        by: user.user_name.clone(),
        at: clock::now(),
    };
    store.reset_password(&user.user_name, password, &stamp).await?;
    store
        .append_audit(&stamp, "use recovery key", &user.user_name, "")
        .await?;
    Ok(user)
}

async fn at_work(session: &mut Session, command: Command, args: Value) -> Result<Value, Failure> {
    match command {
        Command::Status
        | Command::Provinces
        | Command::SetUp
        | Command::SignIn
        | Command::Recover
        | Command::RestoreBackup
        | Command::SignOut => Err(Failure::of("bad_request")),
        Command::Search => answer(session.search(arguments(args)?).await?),
        Command::CreateHousehold => answer(session.create_household(arguments(args)?).await?),
        Command::OpenHousehold => answer(session.open_household(arguments(args)?).await?),
        Command::ReadCard => answer(session.read_card(arguments(args)?).await?),
        Command::ReadCardPicture => answer(session.read_card_picture(arguments(args)?).await?),
        Command::FindDuplicates => answer(session.find_duplicates(arguments(args)?).await?),
        Command::ComparePersons => answer(session.compare_persons(arguments(args)?).await?),
        Command::TellApart => answer(session.tell_apart(arguments(args)?).await?),
        Command::MergePersons => answer(session.merge_persons(arguments(args)?).await?),
        Command::MovePersons => answer(session.move_persons(arguments(args)?).await?),
        Command::SplitHousehold => answer(session.split_household(arguments(args)?).await?),
        Command::MergeHouseholds => answer(session.merge_households(arguments(args)?).await?),
        Command::UndoAct => answer(session.undo_act(arguments(args)?).await?),
        Command::AcceptCard => answer(session.accept_card(arguments(args)?).await?),
        Command::SavePerson => answer(session.save_person(arguments(args)?).await?),
        Command::RemovePerson => answer(session.remove_person(arguments(args)?).await?),
        Command::RestorePerson => answer(session.restore_person(arguments(args)?).await?),
        Command::TryFact => answer(session.try_fact(arguments(args)?).await?),
        Command::SaveFact => answer(session.save_fact(arguments(args)?).await?),
        Command::Screen => answer(session.screen(arguments(args)?).await?),
        Command::Explain => answer(session.explain(arguments(args)?).await?),
        Command::Preview => answer(session.preview(arguments(args)?).await?),
        Command::PrintSummary => answer(session.print_summary(arguments(args)?).await?),
        Command::MakeDossier => answer(session.make_dossier(arguments(args)?).await?),
        Command::Dossier => answer(session.dossier(arguments(args)?).await?),
        Command::DossiersOf => answer(session.dossiers_of(arguments(args)?).await?),
        Command::Dossiers => answer(session.dossiers(arguments(args)?).await?),
        Command::StepDossier => answer(session.step_dossier(arguments(args)?).await?),
        Command::TickPaper => answer(session.tick_paper(arguments(args)?).await?),
        Command::UndoDossier => answer(session.undo_dossier(arguments(args)?).await?),
        Command::RosterScreening => answer(session.roster_screening().await?),
        Command::StopScreening => answer(session.stop_screening().await?),
        Command::ResumeScreening => answer(session.resume_screening().await?),
        Command::BackupState => answer(session.backup_state()),
        Command::SaveBackupPlan => answer(session.save_backup_plan(arguments(args)?).await?),
        Command::MakeBackup => answer(session.make_backup()?),
        Command::ExportBackup => answer(session.export_backup()),
        Command::TryBackup => answer(session.try_backup(arguments(args)?)),
        Command::Users => answer(session.users().await?),
        Command::AddUser => answer(session.add_user(arguments(args)?).await?),
        Command::NewPassword => answer(session.new_password(arguments(args)?).await?),
        Command::DeactivateUser => answer(session.deactivate_user(arguments(args)?).await?),
        Command::ReactivateUser => answer(session.reactivate_user(arguments(args)?).await?),
        Command::ChangePassword => {
            session.change_password(arguments(args)?).await?;
            Ok(json!({}))
        }
        Command::NewRecoveryKey => answer(session.new_recovery_key(arguments(args)?).await?),
        Command::Audit => answer(session.audit(arguments(args)?).await?),
        Command::CheckAudit => answer(session.check_audit()),
        Command::ExportAudit => answer(session.export_audit(arguments(args)?).await?),
        Command::PreviewPaper => answer(session.preview_paper(arguments(args)?).await?),
        Command::PrintPaper => answer(session.print_paper(arguments(args)?).await?),
        Command::PreviewBatch => answer(session.preview_batch(arguments(args)?).await?),
        Command::PrintBatch => answer(session.print_batch(arguments(args)?).await?),
        Command::HandedOver => answer(session.handed_over(arguments(args)?).await?),
        Command::CheckPaper => answer(session.check_paper(arguments(args)?).await?),
        Command::Releases => answer(session.releases(arguments(args)?).await?),
        Command::ReleaseChanges => answer(session.release_changes(arguments(args)?).await?),
        Command::ReadRelease => answer(session.read_release(arguments(args)?).await?),
        Command::ScheduleRelease => answer(session.schedule_release(arguments(args)?).await?),
        Command::RefuseRelease => answer(session.refuse_release(arguments(args)?).await?),
        Command::WithdrawRelease => answer(session.withdraw_release(arguments(args)?).await?),
        Command::ReleaseFile => answer(session.release_file(arguments(args)?).await?),
        Command::MakeKey => answer(session.make_key(arguments(args)?).await?),
        Command::KeyFile => answer(session.key_file(arguments(args)?).await?),
        Command::TrustKey => answer(session.trust_key(arguments(args)?).await?),
        Command::DistrustKey => answer(session.distrust_key(arguments(args)?).await?),
        Command::RollBack => answer(session.roll_back(arguments(args)?).await?),
        Command::Today => answer(session.today(arguments(args)?).await?),
        Command::LifeCycle => answer(session.life_cycle(arguments(args)?).await?),
        Command::Gap => answer(session.gap(arguments(args)?).await?),
        Command::PreviewGapReasons => answer(session.preview_gap_reasons(&arguments(args)?).await?),
        Command::SetGapReasons => answer(session.set_gap_reasons(&arguments(args)?).await?),
        Command::Overview => answer(session.overview(arguments(args)?).await?),
        Command::Drafts => answer(session.drafts().await?),
        Command::NewDraft => answer(session.new_draft(arguments(args)?).await?),
        Command::OpenDraft => answer(session.open_draft(arguments(args)?).await?),
        Command::DraftFile => answer(session.draft_file(arguments(args)?).await?),
        Command::EditDraft => answer(session.edit_draft(arguments(args)?).await?),
        Command::MoveDraft => answer(session.move_draft(arguments(args)?).await?),
        Command::RemoveDraft => answer(session.remove_draft(arguments(args)?).await?),
        Command::LintDraft => answer(session.lint_draft(arguments(args)?).await?),
        Command::CheckDraft => answer(session.check_draft(arguments(args)?).await?),
        Command::DraftDifferences => answer(session.draft_differences(arguments(args)?).await?),
        Command::DraftProgramme => answer(session.draft_programme(arguments(args)?).await?),
        Command::DraftArticle => answer(session.draft_article(arguments(args)?).await?),
        Command::CaseOfHousehold => answer(session.case_of_household(arguments(args)?).await?),
        Command::DraftImpact => answer(session.draft_impact(arguments(args)?).await?),
        Command::SignDraft => answer(session.sign_draft(arguments(args)?).await?),
        Command::ReadTable => answer(session.read_table(arguments(args)?)),
        Command::PreviewImport => answer(session.preview_import(arguments(args)?)),
        Command::ImportProblems => answer(session.import_problems(arguments(args)?)),
        Command::ImportRoster => answer(session.import_roster(arguments(args)?)),
        Command::Imports => answer(session.imports().await?),
        Command::UndoImport => answer(session.undo_import(arguments(args)?)),
        Command::Job => answer(session.jobs.look(arguments::<wire::JobRequest>(args)?.job).await?),
        Command::StopJob => answer(session.jobs.stop(arguments::<wire::JobRequest>(args)?.job)?),
    }
}

fn answer(answer: impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(answer).map_err(|error| Failure::of("bad_request").with("detail", error))
}

async fn users_of(store: &Store) -> Result<Vec<UserName>, Failure> {
    let accounts = store.accounts().await?;
    Ok(accounts
        .into_iter()
        .map(|user| UserName {
            user: user.user_name,
            name: user.full_name,
            role: user.role.into(),
        })
        .collect())
}

fn new_user(path: &str, user: wire::NewUser, role: Role) -> Result<NewUser, Failure> {
    Ok(NewUser {
        user_name: needed(&format!("{path}.user"), &user.user)?,
        full_name: needed(&format!("{path}.name"), &user.name)?,
        role,
        password: user.password,
    })
}

/// Returns a text as it is kept: composed, without spaces around it.
pub(crate) fn tidy(text: &str) -> String {
    text.trim().nfc().collect()
}

/// Returns a text that must say something.
pub(crate) fn needed(path: &str, text: &str) -> Result<String, Failure> {
    let text = tidy(text);
    if text.is_empty() {
        Err(Failure::bad_request(path, "còn trống", "must not be empty"))
    } else {
        Ok(text)
    }
}
