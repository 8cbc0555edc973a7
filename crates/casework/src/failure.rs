//! Why a command did nothing: from the errors of the crates below to the codes a screen acts on.

use std::collections::BTreeMap;

use ansinh_print::PrintError;
use ansinh_release::ReleaseError;
use ansinh_store::StoreError;

use crate::wire::{Failure, Problem};

impl Failure {
    pub(crate) fn of(code: &str) -> Failure {
        Failure {
            code: code.to_owned(),
            values: BTreeMap::new(),
            problems: Vec::new(),
        }
    }

    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Failure {
        self.values.insert(name.to_owned(), value.to_string());
        self
    }

    pub(crate) fn not_signed_in() -> Failure {
        Failure::of("not_signed_in")
    }

    pub(crate) fn not_found(what: &str, id: impl ToString) -> Failure {
        Failure::of("not_found").with("what", what).with("id", id)
    }

    /// A request that a screen should not have sent, with the place in it.
    pub(crate) fn bad_request(path: &str, vi: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure {
            problems: vec![problem(path, vi, en)],
            ..Failure::of("bad_request")
        }
    }

    pub(crate) fn answer_not_understood(problems: Vec<Problem>) -> Failure {
        Failure {
            problems,
            ..Failure::of("answer_not_understood")
        }
    }

    /// Work that was given to another thread and did not come back.
    pub(crate) fn work_lost(error: &tokio::task::JoinError) -> Failure {
        Failure::of("storage").with("detail", error)
    }
}

pub(crate) fn problem(path: &str, vi: impl Into<String>, en: impl Into<String>) -> Problem {
    Problem {
        path: path.to_owned(),
        vi: vi.into(),
        en: en.into(),
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        let detail = error.to_string();
        let storage = |kind: &str| Failure::of("storage").with("kind", kind).with("detail", &detail);
        match error {
            StoreError::AlreadySetUp => Failure::of("already_set_up"),
            StoreError::PasswordTooShort { at_least } => Failure::of("password_too_short").with("at_least", at_least),
            // Whoever tries names learns nothing from the difference.
            StoreError::WrongPassword | StoreError::UnknownUser { .. } => Failure::of("wrong_password"),
            StoreError::NotABackup => Failure::of("not_a_backup"),
            StoreError::DamagedBackup => Failure::of("damaged_backup"),
            StoreError::NotASupervisor => Failure::of("not_allowed"),
            StoreError::MustWait { seconds } => Failure::of("must_wait").with("seconds", seconds),
            StoreError::LastSupervisor => Failure::of("last_supervisor"),
            StoreError::MistypedRecoveryKey => Failure::of("mistyped_recovery_key"),
            StoreError::WrongRecoveryKey => Failure::of("wrong_recovery_key"),
            StoreError::DamagedKeys => damaged("keys", &detail),
            StoreError::DatabaseMissing => damaged("missing", &detail),
            StoreError::DamagedDatabase => damaged("database", &detail),
            StoreError::AlteredDetermination { .. } => damaged("determination", &detail),
            StoreError::NewerKeys { found, supported } => newer(found, supported),
            StoreError::NewerSchema { found, supported } => newer(found, supported),
            StoreError::OpenElsewhere => Failure::of("in_use"),
            StoreError::NoSuchHousehold { id } => Failure::not_found("household", id),
            StoreError::NoSuchPerson { id } => Failure::not_found("person", id),
            StoreError::NoSuchDraft { id } => Failure::not_found("draft", id),
            StoreError::NoSuchDossier { id } => Failure::not_found("dossier", id),
            StoreError::NoSuchAct { id } => Failure::not_found("act", id),
            StoreError::NotOneHead => Failure::bad_request(
                "$.new_head",
                "mỗi hộ có đúng một chủ hộ",
                "a household has exactly one head",
            ),
            StoreError::BuiltUpon => Failure::bad_request(
                "$.act",
                "đã có thay đổi sau đó: hoàn tác các thay đổi sau trước",
                "later changes rest on it: take those back first",
            ),
            StoreError::NoUsers => Failure::bad_request("$", "chưa có người dùng nào", detail),
            StoreError::UserNameEmpty => Failure::bad_request("$", "tên đăng nhập còn trống", detail),
            StoreError::UserNameTaken { user_name } => Failure::bad_request(
                "$",
                format!("hai người không thể dùng chung tên đăng nhập “{user_name}”"),
                detail,
            ),
            StoreError::TiedToSelf => {
                Failure::bad_request("$", "một người không thể là cha mẹ, vợ chồng của chính mình", detail)
            }
            StoreError::NoSuchMember { .. } => {
                Failure::bad_request("$", "cha mẹ, vợ chồng phải là người khác trong hộ", detail)
            }
            StoreError::NumberTaken { number } => {
                Failure::bad_request("$", format!("số hộ {number} đã được dùng"), detail)
            }
            StoreError::AnswerNotJson { .. } => Failure::bad_request("$", "câu trả lời không phải JSON", detail),
            StoreError::NotAMonth { .. } => Failure::bad_request("$.month", "cần một tháng như 2026-11", detail),
            StoreError::NotSetUp => storage("not_set_up"),
            StoreError::DiskFull => storage("disk_full"),
            StoreError::Migration { .. } => storage("migration"),
            StoreError::File { .. } => storage("file"),
            StoreError::NoRandomness => storage("no_randomness"),
            StoreError::Database { .. } => storage("database"),
        }
    }
}

fn damaged(part: &str, detail: &str) -> Failure {
    Failure::of("damaged_database")
        .with("part", part)
        .with("detail", detail)
}

fn newer(found: impl ToString, supported: impl ToString) -> Failure {
    Failure::of("newer_database")
        .with("found", found)
        .with("supported", supported)
}

impl From<PrintError> for Failure {
    fn from(error: PrintError) -> Failure {
        let kind = match error {
            PrintError::Day { .. } => "day",
            PrintError::MarkTooLong { .. } => "mark",
            PrintError::Content(_) => "content",
            PrintError::Typesetting { .. } => "typesetting",
        };
        Failure::of("print").with("kind", kind).with("detail", error)
    }
}

impl From<&ReleaseError> for Failure {
    fn from(error: &ReleaseError) -> Failure {
        Failure::of("storage").with("kind", "rules").with("detail", error)
    }
}

#[cfg(test)]
mod tests {
    use ansinh_store::StoreError;

    use crate::wire::Failure;

    #[test]
    fn a_screen_can_tell_what_happened_to_the_database() {
        let newer = Failure::from(StoreError::NewerSchema { found: 9, supported: 1 });
        assert_eq!(
            newer,
            Failure::of("newer_database").with("found", 9).with("supported", 1)
        );
        let codes = [
            (StoreError::DamagedDatabase, "damaged_database"),
            (StoreError::DamagedKeys, "damaged_database"),
            (StoreError::DatabaseMissing, "damaged_database"),
            (StoreError::OpenElsewhere, "in_use"),
            (StoreError::DiskFull, "storage"),
            (StoreError::AlreadySetUp, "already_set_up"),
            (StoreError::MistypedRecoveryKey, "mistyped_recovery_key"),
            (StoreError::WrongRecoveryKey, "wrong_recovery_key"),
        ];
        for (error, code) in codes {
            let said = error.to_string();
            assert_eq!(Failure::from(error).code, code, "{said}");
        }
    }
}
