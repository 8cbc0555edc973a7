//! Table `user`: the names and roles of those whose passwords open the database.
//!
//! Their wrapped keys are in `keys.json`, beside the user name and role that the sign-in screen shows; their full names are
//! encrypted with everything else, and so is the role that counts.

use crate::row::{read_time, time_text};
use crate::{Stamp, Store, StoreError, audit};
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

/// Somebody who may open the database, or once could.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub user: User,
    /// When they were added.
    pub created_at: Timestamp,
    /// When they were deactivated; nothing while they may sign in.
    pub deactivated_at: Option<Timestamp>,
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

#[derive(sqlx::FromRow)]
struct AccountRow {
    user_name: String,
    full_name: String,
    role: String,
    created_at: String,
    deactivated_at: Option<String>,
}

impl Store {
    /// Returns everybody who may open the database, by user name.
    pub async fn accounts(&self) -> Result<Vec<User>, StoreError> {
        let all = self.accounts_ever().await?.into_iter();
        let active = all.filter(|account| account.deactivated_at.is_none());
        Ok(active.map(|account| account.user).collect())
    }

    /// Returns everybody who may open the database or once could, by user name.
    pub async fn accounts_ever(&self) -> Result<Vec<Account>, StoreError> {
        let rows: Vec<AccountRow> = sqlx::query_as(
            "SELECT user_name, full_name, role, created_at, deactivated_at FROM user ORDER BY user_name",
        )
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(account).collect()
    }

    /// Adds somebody who may open the database.
    ///
    /// Their key is written before they are: a power cut between the two leaves a key of nobody, which opens nothing for them
    /// and is overwritten when they are added again.
    pub async fn add_user(&self, new: &NewUser, stamp: &Stamp) -> Result<(), StoreError> {
        check_users(std::slice::from_ref(new))?;
        let user_name = tidy(&new.user_name);
        let mut tx = self.pool.begin().await?;
        let taken: Vec<String> = sqlx::query_scalar("SELECT user_name FROM user")
            .fetch_all(&mut *tx)
            .await?;
        if taken
            .iter()
            .any(|taken| taken.to_lowercase() == user_name.to_lowercase())
        {
            return Err(StoreError::UserNameTaken { user_name });
        }
        insert(&mut tx, new, stamp.at).await?;
        audit::append(&mut tx, stamp, "add user", &user_name, new.role.text()).await?;
        let known = KnownUser {
            user_name,
            role: new.role,
        };
        self.wrap_for(known, &new.password).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Gives a user a new password. What the old one opened is overwritten.
    pub async fn reset_password(&self, user_name: &str, new: &str, stamp: &Stamp) -> Result<(), StoreError> {
        check_password(new)?;
        let user = self.account(&tidy(user_name)).await?;
        self.rewrap(&user.user_name, new).await?;
        self.append_audit(stamp, "reset password", &user.user_name, "").await
    }

    /// Takes away somebody's way to sign in. Their name stays, because it stands in the audit log. The last supervisor stays.
    pub async fn deactivate_user(&self, user_name: &str, stamp: &Stamp) -> Result<(), StoreError> {
        let user = self.account(&tidy(user_name)).await?;
        let mut tx = self.pool.begin().await?;
        let n_others: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM user WHERE role = 'supervisor' AND deactivated_at IS NULL AND user_name <> ?",
        )
        .bind(&user.user_name)
        .fetch_one(&mut *tx)
        .await?;
        if n_others == 0 {
            return Err(StoreError::LastSupervisor);
        }
        sqlx::query("UPDATE user SET deactivated_at = ? WHERE user_name = ?")
            .bind(time_text(stamp.at))
            .bind(&user.user_name)
            .execute(&mut *tx)
            .await?;
        audit::append(&mut tx, stamp, "deactivate user", &user.user_name, "").await?;
        tx.commit().await?;
        // From here on the account is refused whatever its key opens.
        self.unwrap_from(&user.user_name)
    }

    /// Lets somebody sign in again, with a new password.
    pub async fn reactivate_user(&self, user_name: &str, password: &str, stamp: &Stamp) -> Result<(), StoreError> {
        check_password(password)?;
        let user_name = tidy(user_name);
        let all = self.accounts_ever().await?.into_iter();
        let found = all.into_iter().find(|account| account.user.user_name == user_name);
        let user = found.ok_or(StoreError::UnknownUser { user_name })?.user;
        let mut tx = self.pool.begin().await?;
        sqlx::query("UPDATE user SET deactivated_at = NULL WHERE user_name = ?")
            .bind(&user.user_name)
            .execute(&mut *tx)
            .await?;
        audit::append(&mut tx, stamp, "reactivate user", &user.user_name, "").await?;
        let known = KnownUser {
            user_name: user.user_name,
            role: user.role,
        };
        self.wrap_for(known, password).await?;
        tx.commit().await?;
        Ok(())
    }

    pub(crate) async fn account(&self, user_name: &str) -> Result<User, StoreError> {
        let row: Option<(String, String, String)> = sqlx::query_as(
            "SELECT user_name, full_name, role FROM user WHERE user_name = ? AND deactivated_at IS NULL",
        )
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

fn account(row: AccountRow) -> Result<Account, StoreError> {
    Ok(Account {
        user: user((row.user_name, row.full_name, row.role))?,
        created_at: read_time(&row.created_at)?,
        deactivated_at: row.deactivated_at.as_deref().map(read_time).transpose()?,
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

#[cfg(test)]
mod tests;
