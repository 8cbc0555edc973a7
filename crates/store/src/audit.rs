//! Table `audit`: who did what and when, each entry sealed with a digest of itself and the entry before it.
//!
//! Triggers refuse a change or a deletion; [`Store::check_audit_chain`] finds one that went round them. The chain cannot
//! show that its last entries were cut off by somebody who holds the data key.

use crate::row::{read_time, time_text};
use crate::{Stamp, Store, StoreError};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnection;

/// One entry of the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its place in the log, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// The user name.
    pub by: String,
    /// What was done.
    pub action: String,
    /// To whom or what: an identifier or a name.
    pub subject: String,
    /// What else belongs to it, such as a reason.
    pub detail: String,
}

/// What checking the audit log found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditChain {
    /// Every entry is as it was written.
    Whole {
        /// How many entries there are.
        n_entries: usize,
    },
    /// An entry was changed, removed or slipped in.
    Broken {
        /// The first place where the log is not as it was written.
        at: i64,
    },
}

#[derive(sqlx::FromRow)]
struct Row {
    seq: i64,
    at: String,
    by: String,
    action: String,
    subject: String,
    detail: String,
    previous: String,
    hash: String,
}

impl Row {
    /// Each text is preceded by its length, so that no two entries give the same bytes.
    fn digest(&self) -> String {
        let mut sha = Sha256::new_with_prefix(b"ansinh audit 1");
        sha.update(self.seq.to_be_bytes());
        for text in [
            &self.at,
            &self.by,
            &self.action,
            &self.subject,
            &self.detail,
            &self.previous,
        ] {
            sha.update((text.len() as u64).to_be_bytes());
            sha.update(text.as_bytes());
        }
        HEXLOWER.encode(&sha.finalize())
    }
}

impl Store {
    /// Adds an entry for something done outside the store, such as a page printed or a file exported.
    pub async fn append_audit(
        &self,
        stamp: &Stamp,
        action: &str,
        subject: &str,
        detail: &str,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        append(&mut tx, stamp, action, subject, detail).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns the newest entries, newest first.
    pub async fn audit(&self, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as("SELECT * FROM audit ORDER BY seq DESC LIMIT ?")
            .bind(limit)
            .fetch_all(&self.pool)
            .await?;
        rows.into_iter().map(entry).collect()
    }

    /// Walks the whole log and tells whether it is as it was written.
    pub async fn check_audit_chain(&self) -> Result<AuditChain, StoreError> {
        let rows: Vec<Row> = sqlx::query_as("SELECT * FROM audit ORDER BY seq")
            .fetch_all(&self.pool)
            .await?;
        let mut previous = String::new();
        for (expected, row) in (1..).zip(&rows) {
            if row.seq != expected || row.previous != previous || row.hash != row.digest() {
                return Ok(AuditChain::Broken { at: expected });
            }
            previous.clone_from(&row.hash);
        }
        Ok(AuditChain::Whole { n_entries: rows.len() })
    }
}

fn entry(row: Row) -> Result<AuditEntry, StoreError> {
    Ok(AuditEntry {
        seq: row.seq,
        at: read_time(&row.at)?,
        by: row.by,
        action: row.action,
        subject: row.subject,
        detail: row.detail,
    })
}

/// Adds an entry inside the transaction of what it tells, so that neither stands without the other.
pub(crate) async fn append(
    connection: &mut SqliteConnection,
    stamp: &Stamp,
    action: &str,
    subject: &str,
    detail: &str,
) -> Result<(), StoreError> {
    let last: Option<(i64, String)> = sqlx::query_as("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
        .fetch_optional(&mut *connection)
        .await?;
    let (seq, previous) = last.unwrap_or_default();
    let mut row = Row {
        seq: seq + 1,
        at: time_text(stamp.at),
        by: stamp.by.clone(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        detail: detail.to_owned(),
        previous,
        hash: String::new(),
    };
    row.hash = row.digest();
    sqlx::query(
        "INSERT INTO audit (seq, at, by, action, subject, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.seq)
    .bind(row.at)
    .bind(row.by)
    .bind(row.action)
    .bind(row.subject)
    .bind(row.detail)
    .bind(row.previous)
    .bind(row.hash)
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
