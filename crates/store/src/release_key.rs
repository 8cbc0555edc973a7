//! Tables `trusted_key` and `signing_key`: whose releases this machine accepts, and the keys that sign here.
//!
//! Append-only. A key is text of its caller; the secret half came here wrapped with a password, and is never unwrapped here.

use crate::row::{read_time, time_text};
use crate::{Stamp, Store, StoreError, audit};
use jiff::Timestamp;

/// A key and whether it is trusted here: the newest word about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    /// Its number.
    pub key: String,
    /// The key, in one line.
    pub public: String,
    /// Whose it is, as somebody here wrote it.
    pub name: String,
    /// Whether its releases are accepted.
    pub is_trusted: bool,
    /// Why, where somebody said so.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

/// A key that signs here. It has no `Debug`: it holds a secret, though a wrapped one.
#[derive(Clone, PartialEq, Eq)]
pub struct OwnKey {
    /// Its number.
    pub key: String,
    /// The public half, in one line.
    pub public: String,
    /// The secret half, as minisign wraps it.
    pub secret: String,
    /// Whose it is.
    pub name: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
}

#[derive(sqlx::FromRow)]
struct TrustedRow {
    key_id: String,
    public: String,
    name: String,
    trusted: bool,
    reason: String,
    at: String,
    by: String,
}

#[derive(sqlx::FromRow)]
struct OwnRow {
    key_id: String,
    public: String,
    secret: String,
    name: String,
    made_at: String,
    made_by: String,
}

impl Store {
    /// Writes down whether a key is trusted from now on. Moment and user come from the stamp.
    pub async fn say_of_key(&self, key: &TrustedKey, stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO trusted_key (key_id, public, name, trusted, reason, at, by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&key.key)
        .bind(&key.public)
        .bind(&key.name)
        .bind(key.is_trusted)
        .bind(&key.reason)
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *tx)
        .await?;
        let action = if key.is_trusted { "trust key" } else { "distrust key" };
        audit::append(&mut tx, stamp, action, &key.key, &key.reason).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns every key that was ever trusted here, by the day on which that was first said; each as it stands.
    pub async fn trusted_keys(&self) -> Result<Vec<TrustedKey>, StoreError> {
        let rows: Vec<TrustedRow> = sqlx::query_as(
            "SELECT t.* FROM trusted_key AS t WHERE t.id = (SELECT max(n.id) FROM trusted_key AS n WHERE n.key_id = t.key_id) \
             ORDER BY (SELECT min(f.id) FROM trusted_key AS f WHERE f.key_id = t.key_id)",
        )
        .fetch_all(&self.pool)
        .await?;
        let trusted = |row: TrustedRow| {
            Ok(TrustedKey {
                key: row.key_id,
                public: row.public,
                name: row.name,
                is_trusted: row.trusted,
                reason: row.reason,
                at: read_time(&row.at)?,
                by: row.by,
            })
        };
        rows.into_iter().map(trusted).collect()
    }

    /// Keeps a key that signs here. Moment and user come from the stamp.
    pub async fn keep_own_key(&self, key: &OwnKey, stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO signing_key (key_id, public, secret, name, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&key.key)
        .bind(&key.public)
        .bind(&key.secret)
        .bind(&key.name)
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *tx)
        .await?;
        audit::append(&mut tx, stamp, "make signing key", &key.key, &key.name).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns the keys that sign here, oldest first.
    pub async fn own_keys(&self) -> Result<Vec<OwnKey>, StoreError> {
        let rows: Vec<OwnRow> = sqlx::query_as("SELECT * FROM signing_key ORDER BY made_at, key_id")
            .fetch_all(&self.pool)
            .await?;
        let own = |row: OwnRow| {
            Ok(OwnKey {
                key: row.key_id,
                public: row.public,
                secret: row.secret,
                name: row.name,
                made_at: read_time(&row.made_at)?,
                made_by: row.made_by,
            })
        };
        rows.into_iter().map(own).collect()
    }
}
