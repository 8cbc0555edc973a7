//! Table `user`: the names and roles of those whose passwords open the database.
//!
//! Their wrapped keys are in `keys.json`, beside the user name and role that the sign-in screen shows; their full names are
//! encrypted with everything else, and so is the role that counts.

use crate::row::time_text;
use crate::{Stamp, Store, StoreError};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteConnection;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

/// How many characters a password has at least.
pub const MINIMUM_PASSWORD_LENGTH: usize = 8;

/// What somebody does in the commune.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Screens households.
    #[default]
    Officer,
    /// Keeps the rules.
    Supervisor,
}

impl Role {
    fn text(self) -> &'static str {
        match self {
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
        }
    }

    fn read(text: &str) -> Result<Self, StoreError> {
        match text {
            "officer" => Ok(Self::Officer),
            "supervisor" => Ok(Self::Supervisor),
            _ => Err(StoreError::DamagedDatabase),
        }
    }
}

/// Somebody who may open the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// What they type to sign in.
    pub user_name: String,
    /// What is printed on papers.
    pub full_name: String,
    /// What they do.
    pub role: Role,
}

/// What is known of a user before the database is opened. Anybody who can write in the folder could have changed it: it is
/// to be shown and decides nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownUser {
    /// What they type to sign in.
    pub user_name: String,
    /// What they do.
    pub role: Role,
}

/// Somebody who will be able to open the database. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct NewUser {
    /// What they type to sign in.
    pub user_name: String,
    /// What is printed on papers.
    pub full_name: String,
    /// What they do.
    pub role: Role,
    /// What they type to sign in.
    pub password: String,
}

impl Store {
    /// Returns everybody who may open the database, by user name.
    pub async fn accounts(&self) -> Result<Vec<User>, StoreError> {
        let rows: Vec<(String, String, String)> =
            sqlx::query_as("SELECT user_name, full_name, role FROM user ORDER BY user_name")
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(user).collect()
    }

    /// Gives a user a new password. What the old one opened is overwritten.
    pub async fn reset_password(&self, user_name: &str, new: &str, stamp: &Stamp) -> Result<(), StoreError> {
        check_password(new)?;
        let user_name = tidy(user_name);
        self.rewrap(&user_name, new).await?;
        self.append_audit(stamp, "reset password", &user_name, "").await
    }

    pub(crate) async fn account(&self, user_name: &str) -> Result<User, StoreError> {
        let row: Option<(String, String, String)> =
            sqlx::query_as("SELECT user_name, full_name, role FROM user WHERE user_name = ?")
                .bind(user_name)
                .fetch_optional(&self.pool)
                .await?;
        let row = row.ok_or_else(|| StoreError::UnknownUser {
            user_name: user_name.to_owned(),
        })?;
        user(row)
    }
}

fn user((user_name, full_name, role): (String, String, String)) -> Result<User, StoreError> {
    Ok(User {
        user_name,
        full_name,
        role: Role::read(&role)?,
    })
}

/// Returns a user name as it is stored and compared.
pub(crate) fn tidy(user_name: &str) -> String {
    user_name.trim().nfc().collect()
}

pub(crate) fn check_password(password: &str) -> Result<(), StoreError> {
    if password.nfc().count() < MINIMUM_PASSWORD_LENGTH {
        return Err(StoreError::PasswordTooShort {
            at_least: MINIMUM_PASSWORD_LENGTH,
        });
    }
    Ok(())
}

/// Checks the users of a set-up before anything is written.
pub(crate) fn check_users(users: &[NewUser]) -> Result<(), StoreError> {
    if users.is_empty() {
        return Err(StoreError::NoUsers);
    }
    let mut seen = BTreeSet::new();
    for user in users {
        let user_name = tidy(&user.user_name);
        if user_name.is_empty() {
            return Err(StoreError::UserNameEmpty);
        }
        if !seen.insert(user_name.to_lowercase()) {
            return Err(StoreError::UserNameTaken { user_name });
        }
        check_password(&user.password)?;
    }
    Ok(())
}

pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    user: &NewUser,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO user (user_name, full_name, role, created_at) VALUES (?, ?, ?, ?)")
        .bind(tidy(&user.user_name))
        .bind(&user.full_name)
        .bind(user.role.text())
        .bind(time_text(now))
        .execute(connection)
        .await?;
    Ok(())
}
