//! Tables `release` and `release_event`: the releases of rules that came to this machine, as the bytes that came, and what
//! was decided about each.
//!
//! Append-only: triggers refuse a change or a deletion, and reading compares each digest. Whether a release is to be trusted,
//! and which of them is in force on a day, its caller decides.

use crate::row::{read, read_time, time_text};
use crate::{Stamp, Store, StoreError, audit};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnection;

/// How a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseState {
    /// It came, and nobody decided yet.
    Received,
    /// It comes in force on its day.
    Scheduled,
    /// Households are screened by it.
    InForce,
    /// A later one took its place.
    Superseded,
    /// It was scheduled and will not come in force.
    Withdrawn,
    /// Somebody refused it, and said why.
    Refused,
}

impl ReleaseState {
    const ALL: [(ReleaseState, &'static str); 6] = [
        (ReleaseState::Received, "received"),
        (ReleaseState::Scheduled, "scheduled"),
        (ReleaseState::InForce, "in_force"),
        (ReleaseState::Superseded, "superseded"),
        (ReleaseState::Withdrawn, "withdrawn"),
        (ReleaseState::Refused, "refused"),
    ];

    fn text(self) -> &'static str {
        let found = ReleaseState::ALL.iter().find(|(state, _)| *state == self);
        found.map_or("", |(_, text)| text)
    }

    fn read(text: &str) -> Result<ReleaseState, StoreError> {
        let found = ReleaseState::ALL.iter().find(|(_, known)| *known == text);
        found.map(|(state, _)| *state).ok_or(StoreError::DamagedDatabase)
    }
}

/// A release to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRelease {
    /// The digest that names it.
    pub digest: String,
    /// `vn`, or a province's id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// The first day on which it is in force.
    pub effective_on: Date,
    /// The number of the key that signed it.
    pub key: String,
    /// The file, as it came.
    pub bytes: Vec<u8>,
}

/// A release that is kept, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRelease {
    /// The digest that names it.
    pub digest: String,
    /// `vn`, or a province's id.
    pub id: String,
    /// Its number.
    pub number: u32,
    /// The first day on which it is in force.
    pub effective_on: Date,
    /// The number of the key that signed it.
    pub key: String,
    /// What was decided, oldest first; at least that it came.
    pub events: Vec<ReleaseEvent>,
}

impl KeptRelease {
    /// Returns how it stands.
    #[must_use]
    pub fn state(&self) -> ReleaseState {
        self.events.last().map_or(ReleaseState::Received, |event| event.state)
    }
}

/// Something decided about a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseEvent {
    /// How it stands since.
    pub state: ReleaseState,
    /// Why, where somebody said so.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    digest: String,
    release_id: String,
    number: i64,
    effective_on: String,
    key_id: String,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    digest: String,
    state: String,
    reason: String,
    at: String,
    by: String,
}

impl Store {
    /// Keeps a release for ever, as received and then in the state decided. One that is known already only gets the states.
    pub async fn keep_release(
        &self,
        new: &NewRelease,
        state: ReleaseState,
        reason: &str,
        stamp: &Stamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO release (digest, release_id, number, effective_on, key_id, bytes, bytes_digest, received_at, \
             received_by) SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM release WHERE digest = ?)",
        )
        .bind(&new.digest)
        .bind(&new.id)
        .bind(i64::from(new.number))
        .bind(new.effective_on.to_string())
        .bind(&new.key)
        .bind(&new.bytes)
        .bind(bytes_digest(&new.bytes))
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .bind(&new.digest)
        .execute(&mut *tx)
        .await?;
        append(&mut tx, &new.digest, ReleaseState::Received, "", stamp).await?;
        if state != ReleaseState::Received {
            append(&mut tx, &new.digest, state, reason, stamp).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Writes down how releases stand from now on, all of them or none.
    pub async fn decide_releases(
        &self,
        decided: &[(String, ReleaseState, String)],
        stamp: &Stamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        for (digest, state, reason) in decided {
            append(&mut tx, digest, *state, reason, stamp).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Returns the releases that came to this machine, by number and then as they came.
    pub async fn releases(&self) -> Result<Vec<KeptRelease>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT digest, release_id, number, effective_on, key_id FROM release ORDER BY number, received_at, digest",
        )
        .fetch_all(&self.pool)
        .await?;
        let events: Vec<EventRow> =
            sqlx::query_as("SELECT digest, state, reason, at, by FROM release_event ORDER BY id")
                .fetch_all(&self.pool)
                .await?;
        let mut kept = Vec::new();
        for row in rows {
            let own = events.iter().filter(|event| event.digest == row.digest);
            kept.push(KeptRelease {
                events: own.map(event).collect::<Result<_, _>>()?,
                id: row.release_id,
                number: u32::try_from(row.number).map_err(|_| StoreError::DamagedDatabase)?,
                effective_on: read(&row.effective_on)?,
                key: row.key_id,
                digest: row.digest,
            });
        }
        Ok(kept)
    }

    /// Returns the bytes of a release as they came; none of one that never came.
    pub async fn release_bytes(&self, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(Vec<u8>, String)> = sqlx::query_as("SELECT bytes, bytes_digest FROM release WHERE digest = ?")
            .bind(digest)
            .fetch_optional(&self.pool)
            .await?;
        match row {
            Some((bytes, digest)) if bytes_digest(&bytes) != digest => Err(StoreError::DamagedDatabase),
            row => Ok(row.map(|(bytes, _)| bytes)),
        }
    }
}

fn event(row: &EventRow) -> Result<ReleaseEvent, StoreError> {
    Ok(ReleaseEvent {
        state: ReleaseState::read(&row.state)?,
        reason: row.reason.clone(),
        at: read_time(&row.at)?,
        by: row.by.clone(),
    })
}

async fn append(
    connection: &mut SqliteConnection,
    digest: &str,
    state: ReleaseState,
    reason: &str,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO release_event (digest, state, reason, at, by) VALUES (?, ?, ?, ?, ?)")
        .bind(digest)
        .bind(state.text())
        .bind(reason)
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *connection)
        .await?;
    let action = format!("release {}", state.text().replace('_', " "));
    audit::append(connection, stamp, &action, digest, reason).await
}

fn bytes_digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests;
