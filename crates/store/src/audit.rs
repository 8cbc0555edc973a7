//! Table `audit`: who did what and when, each entry sealed with a digest of itself and the entry before it.
//!
//! Triggers refuse a change or a deletion; [`Store::check_audit_chain`] finds one that went round them. The chain cannot
//! show that its last entries were cut off by somebody who holds the data key.

use crate::row::{read, read_time, time_text};
use crate::{HouseholdId, PersonId, Stamp, Store, StoreError};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

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

/// Which entries are asked for. What is left out restricts nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// The user name.
    pub by: Option<String>,
    /// What was done; any of these.
    pub actions: Vec<String>,
    /// What concerns a household: itself, its members, its dossiers.
    pub household: Option<HouseholdId>,
    /// What concerns a person.
    pub person: Option<PersonId>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// Older than this entry, for the next page.
    pub before: Option<i64>,
}

/// An entry with whom or what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// The entry.
    pub entry: AuditEntry,
    /// The household concerned.
    pub household: Option<HouseholdId>,
    /// Its number.
    pub number: Option<String>,
    /// The name of the person concerned, as it is now.
    pub person: Option<String>,
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

#[derive(sqlx::FromRow)]
struct LineRow {
    #[sqlx(flatten)]
    row: Row,
    household_id: Option<String>,
    number: Option<String>,
    name: Option<String>,
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

    /// Returns the newest entries that fit, newest first, with whom they are about.
    pub async fn audit_lines(&self, filter: &AuditFilter, limit: u32) -> Result<Vec<AuditLine>, StoreError> {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT a.seq, a.at, a.by, a.action, a.subject, a.detail, a.previous, a.hash, h.id AS household_id, h.number, p.name \
             FROM audit AS a LEFT JOIN person AS p ON p.id = a.subject LEFT JOIN dossier AS d ON d.id = a.subject \
             LEFT JOIN household AS h ON h.id = coalesce(p.household_id, d.household_id, a.subject) WHERE TRUE",
        );
        if let Some(by) = &filter.by {
            query.push(" AND a.by = ").push_bind(by.clone());
        }
        if !filter.actions.is_empty() {
            query.push(" AND a.action IN (");
            let mut actions = query.separated(", ");
            for action in &filter.actions {
                actions.push_bind(action.clone());
            }
            query.push(")");
        }
        if let Some(household) = filter.household {
            let id = household.to_string();
            query.push(" AND a.subject IN (SELECT ").push_bind(id.clone());
            query
                .push(" UNION ALL SELECT id FROM person WHERE household_id = ")
                .push_bind(id.clone());
            query
                .push(" UNION ALL SELECT id FROM dossier WHERE household_id = ")
                .push_bind(id)
                .push(")");
        }
        if let Some(person) = filter.person {
            let id = person.to_string();
            query.push(" AND a.subject IN (SELECT ").push_bind(id.clone());
            query
                .push(" UNION ALL SELECT id FROM dossier WHERE person_id = ")
                .push_bind(id)
                .push(")");
        }
        if let Some(from) = filter.from {
            query.push(" AND a.at >= ").push_bind(time_text(from));
        }
        if let Some(until) = filter.until {
            query.push(" AND a.at < ").push_bind(time_text(until));
        }
        if let Some(before) = filter.before {
            query.push(" AND a.seq < ").push_bind(before);
        }
        query.push(" ORDER BY a.seq DESC LIMIT ").push_bind(limit);
        let rows: Vec<LineRow> = query.build_query_as().fetch_all(&self.pool).await?;
        rows.into_iter().map(line).collect()
    }

    /// Returns everything that was ever done, as the words that stand in the log.
    pub async fn audit_actions(&self) -> Result<Vec<String>, StoreError> {
        let actions = sqlx::query_scalar("SELECT DISTINCT action FROM audit ORDER BY action");
        Ok(actions.fetch_all(&self.pool).await?)
    }

    /// Returns when the newest entry was written by the computer's clock of then; nothing in an empty log.
    pub async fn last_audit_at(&self) -> Result<Option<Timestamp>, StoreError> {
        // The newest by the clock, not by the place: a clock that was set back once is noticed until it has caught up.
        let at: Option<String> = sqlx::query_scalar("SELECT max(at) FROM audit")
            .fetch_one(&self.pool)
            .await?;
        at.as_deref().map(read_time).transpose()
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

fn line(row: LineRow) -> Result<AuditLine, StoreError> {
    Ok(AuditLine {
        entry: entry(row.row)?,
        household: row.household_id.as_deref().map(read).transpose()?,
        number: row.number,
        person: row.name,
    })
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
