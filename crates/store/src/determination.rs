//! Table `determination`: what the rules answered, kept as the bytes they gave, with the digest of the release that gave them.
//!
//! Append-only: triggers refuse a change or a deletion, and reading compares each digest.

use crate::row::{read, read_time, time_text};
use crate::{DeterminationId, HouseholdId, Stamp, Store, StoreError, audit, household};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// A determination to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDetermination {
    /// The household screened.
    pub household: HouseholdId,
    /// The month judged, as `YYYY-MM`.
    pub month: String,
    /// The digest of the release that made it.
    pub release_digest: String,
    /// The determination itself, as its maker writes it.
    pub bytes: Vec<u8>,
    /// The maker's word for why it was kept, such as `printed`.
    pub purpose: String,
}

/// A determination as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Determination {
    /// Its identifier.
    pub id: DeterminationId,
    /// The household screened.
    pub household: HouseholdId,
    /// The month judged, as `YYYY-MM`.
    pub month: String,
    /// The digest of the release that made it.
    pub release_digest: String,
    /// The determination itself.
    pub bytes: Vec<u8>,
    /// The SHA-256 of the bytes, in hexadecimal.
    pub digest: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
    /// Why it was kept.
    pub purpose: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    household_id: String,
    month: String,
    release_digest: String,
    bytes: Vec<u8>,
    digest: String,
    made_at: String,
    made_by: String,
    purpose: String,
}

impl Store {
    /// Keeps a determination for ever. Returns it with its identifier and digest.
    pub async fn append_determination(
        &self,
        new: NewDetermination,
        stamp: &Stamp,
    ) -> Result<Determination, StoreError> {
        check_month(&new.month)?;
        let made = Determination {
            id: DeterminationId::new(),
            household: new.household,
            month: new.month,
            release_digest: new.release_digest,
            digest: digest(&new.bytes),
            bytes: new.bytes,
            made_at: stamp.at,
            made_by: stamp.by.clone(),
            purpose: new.purpose,
        };
        let mut tx = self.pool.begin().await?;
        household::touch(&mut tx, made.household, stamp).await?;
        sqlx::query(
            "INSERT INTO determination (id, household_id, month, release_digest, bytes, digest, made_at, made_by, purpose) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(made.id.to_string())
        .bind(made.household.to_string())
        .bind(&made.month)
        .bind(&made.release_digest)
        .bind(&made.bytes)
        .bind(&made.digest)
        .bind(time_text(made.made_at))
        .bind(&made.made_by)
        .bind(&made.purpose)
        .execute(&mut *tx)
        .await?;
        let detail = format!("{} {}", made.id, made.digest);
        audit::append(
            &mut tx,
            stamp,
            "append determination",
            &made.household.to_string(),
            &detail,
        )
        .await?;
        tx.commit().await?;
        Ok(made)
    }

    /// Returns the determinations of a household, newest first.
    pub async fn determinations(&self, household: HouseholdId) -> Result<Vec<Determination>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM determination WHERE household_id = ? ORDER BY made_at DESC, id DESC")
                .bind(household.to_string())
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(determination).collect()
    }

    /// Returns the determinations whose digest begins like this, newest first. What is no beginning of a digest begins none.
    pub async fn determinations_by_digest(&self, beginning: &str) -> Result<Vec<Determination>, StoreError> {
        let is_digest = |letter: u8| letter.is_ascii_digit() || (b'a'..=b'f').contains(&letter);
        if beginning.is_empty() || !beginning.bytes().all(is_digest) {
            return Ok(Vec::new());
        }
        // `g` comes after every letter of a digest.
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM determination WHERE digest >= ?1 AND digest < ?1 || 'g' ORDER BY made_at DESC, id DESC",
        )
        .bind(beginning)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(determination).collect()
    }
}

fn determination(row: Row) -> Result<Determination, StoreError> {
    let id = read(&row.id)?;
    if digest(&row.bytes) != row.digest {
        return Err(StoreError::AlteredDetermination { id });
    }
    Ok(Determination {
        id,
        household: read(&row.household_id)?,
        month: row.month,
        release_digest: row.release_digest,
        bytes: row.bytes,
        digest: row.digest,
        made_at: read_time(&row.made_at)?,
        made_by: row.made_by,
        purpose: row.purpose,
    })
}

fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

fn check_month(month: &str) -> Result<(), StoreError> {
    // A month is the month of one of its days.
    if month.len() == 7 && format!("{month}-01").parse::<jiff::civil::Date>().is_ok() {
        Ok(())
    } else {
        Err(StoreError::NotAMonth {
            month: month.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests;
