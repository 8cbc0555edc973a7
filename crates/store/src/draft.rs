//! Tables `draft`, `draft_step`, `draft_file`: rule files being written, with every step, so that each can be taken back.
//!
//! What stands in the files is not looked at. A draft is not in force and answers nothing.

use crate::row::{count, read, read_time, time_text};
use crate::{DraftId, Stamp, Store, StoreError, audit};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

/// A draft, without its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its identifier.
    pub id: DraftId,
    /// What it is for.
    pub title: String,
    /// The digest of the rules it began as.
    pub base_digest: String,
    /// When it was begun.
    pub made_at: Timestamp,
    /// Who began it.
    pub made_by: String,
    /// When something in it last changed.
    pub updated_at: Timestamp,
    /// Who changed it.
    pub updated_by: String,
    /// How many steps it is away from what it began as.
    pub n_steps: usize,
    /// How many steps were taken back and can be done again.
    pub n_ahead: usize,
}

/// One step of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftStep {
    /// Its number, from 1.
    pub step: usize,
    /// The maker's word for it.
    pub what: String,
    /// The file that it changed.
    pub path: String,
    /// When.
    pub made_at: Timestamp,
    /// Who.
    pub made_by: String,
}

/// Rule files: path and bytes, by path.
pub type DraftFiles = Vec<(String, Vec<u8>)>;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    title: String,
    base_digest: String,
    made_at: String,
    made_by: String,
    updated_at: String,
    updated_by: String,
    head: i64,
    last: i64,
}

const ALL: &str = "SELECT d.*, coalesce((SELECT max(step) FROM draft_step WHERE draft_id = d.id), 0) AS last FROM draft d \
                   ORDER BY updated_at DESC, id DESC";
const ONE: &str = "SELECT d.*, coalesce((SELECT max(step) FROM draft_step WHERE draft_id = d.id), 0) AS last FROM draft d \
                   WHERE d.id = ?";

impl Store {
    /// Begins a draft with these files.
    pub async fn create_draft(
        &self,
        title: &str,
        base_digest: &str,
        files: &[(String, Vec<u8>)],
        stamp: &Stamp,
    ) -> Result<Draft, StoreError> {
        let id = DraftId::new();
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO draft (id, title, base_digest, made_at, made_by, updated_at, updated_by) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.to_string())
        .bind(title)
        .bind(base_digest)
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *tx)
        .await?;
        for (path, bytes) in files {
            write_file(&mut tx, id, 0, path, Some(bytes)).await?;
        }
        audit::append(&mut tx, stamp, "begin draft", &id.to_string(), title).await?;
        tx.commit().await?;
        self.draft(id).await
    }

    /// Returns all drafts, the one changed last first.
    pub async fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(ALL).fetch_all(&self.pool).await?;
        rows.into_iter().map(draft).collect()
    }

    /// Returns a draft.
    pub async fn draft(&self, id: DraftId) -> Result<Draft, StoreError> {
        let row: Option<Row> = sqlx::query_as(ONE)
            .bind(id.to_string())
            .fetch_optional(&self.pool)
            .await?;
        draft(row.ok_or(StoreError::NoSuchDraft { id })?)
    }

    /// Returns the files of a draft as they stand, by path.
    pub async fn draft_files(&self, id: DraftId) -> Result<DraftFiles, StoreError> {
        let draft = self.draft(id).await?;
        self.files_at(id, draft.n_steps).await
    }

    /// Returns the files that a draft began as, by path.
    pub async fn draft_base(&self, id: DraftId) -> Result<DraftFiles, StoreError> {
        self.draft(id).await?;
        self.files_at(id, 0).await
    }

    async fn files_at(&self, id: DraftId, step: usize) -> Result<DraftFiles, StoreError> {
        let rows: Vec<(String, Option<Vec<u8>>)> = sqlx::query_as(
            "SELECT path, bytes FROM draft_file f WHERE draft_id = ?1 AND step = \
             (SELECT max(step) FROM draft_file WHERE draft_id = ?1 AND path = f.path AND step <= ?2) ORDER BY path",
        )
        .bind(id.to_string())
        .bind(i64::try_from(step).unwrap_or(i64::MAX))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .into_iter()
            .filter_map(|(path, bytes)| Some((path, bytes?)))
            .collect())
    }

    /// Takes a step in a draft: a file gets these bytes, or none and is gone. Steps that were taken back are forgotten.
    pub async fn step_draft(
        &self,
        id: DraftId,
        what: &str,
        path: &str,
        bytes: Option<&[u8]>,
        stamp: &Stamp,
    ) -> Result<Draft, StoreError> {
        let mut tx = self.pool.begin().await?;
        let head: Option<i64> = sqlx::query_scalar("SELECT head FROM draft WHERE id = ?")
            .bind(id.to_string())
            .fetch_optional(&mut *tx)
            .await?;
        let head = head.ok_or(StoreError::NoSuchDraft { id })?;
        for table in [
            "DELETE FROM draft_step WHERE draft_id = ? AND step > ?",
            "DELETE FROM draft_file WHERE draft_id = ? AND step > ?",
        ] {
            sqlx::query(table)
                .bind(id.to_string())
                .bind(head)
                .execute(&mut *tx)
                .await?;
        }
        let step = head + 1;
        sqlx::query("INSERT INTO draft_step (draft_id, step, what, path, made_at, made_by) VALUES (?, ?, ?, ?, ?, ?)")
            .bind(id.to_string())
            .bind(step)
            .bind(what)
            .bind(path)
            .bind(time_text(stamp.at))
            .bind(&stamp.by)
            .execute(&mut *tx)
            .await?;
        write_file(&mut tx, id, step, path, bytes).await?;
        move_head(&mut tx, id, step, stamp).await?;
        audit::append(
            &mut tx,
            stamp,
            "change draft",
            &id.to_string(),
            &format!("{what} {path}"),
        )
        .await?;
        tx.commit().await?;
        self.draft(id).await
    }

    /// Takes the last step back, or does again what was taken back last. Where there is nothing to do, nothing happens.
    pub async fn move_draft(&self, id: DraftId, by: DraftMove, stamp: &Stamp) -> Result<Draft, StoreError> {
        let now = self.draft(id).await?;
        let head = match by {
            DraftMove::Back if now.n_steps > 0 => now.n_steps - 1,
            DraftMove::Ahead if now.n_ahead > 0 => now.n_steps + 1,
            DraftMove::Back | DraftMove::Ahead => return Ok(now),
        };
        let mut tx = self.pool.begin().await?;
        move_head(&mut tx, id, i64::try_from(head).unwrap_or(i64::MAX), stamp).await?;
        let action = match by {
            DraftMove::Back => "take back in draft",
            DraftMove::Ahead => "do again in draft",
        };
        audit::append(&mut tx, stamp, action, &id.to_string(), "").await?;
        tx.commit().await?;
        self.draft(id).await
    }

    /// Returns the steps of a draft up to where it stands, newest first.
    pub async fn draft_steps(&self, id: DraftId) -> Result<Vec<DraftStep>, StoreError> {
        let rows: Vec<(i64, String, String, String, String)> = sqlx::query_as(
            "SELECT step, what, path, made_at, made_by FROM draft_step WHERE draft_id = ?1 AND step <= \
             (SELECT head FROM draft WHERE id = ?1) ORDER BY step DESC",
        )
        .bind(id.to_string())
        .fetch_all(&self.pool)
        .await?;
        let step = |(step, what, path, made_at, made_by): (i64, String, String, String, String)| {
            Ok(DraftStep {
                step: count(step),
                what,
                path,
                made_at: read_time(&made_at)?,
                made_by,
            })
        };
        rows.into_iter().map(step).collect()
    }

    /// Throws a draft away, with its files and steps.
    pub async fn remove_draft(&self, id: DraftId, stamp: &Stamp) -> Result<(), StoreError> {
        let draft = self.draft(id).await?;
        let mut tx = self.pool.begin().await?;
        sqlx::query("DELETE FROM draft WHERE id = ?")
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
        audit::append(&mut tx, stamp, "throw draft away", &id.to_string(), &draft.title).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Which way a draft goes along its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftMove {
    /// Takes a step back.
    Back,
    /// Does again what was taken back.
    Ahead,
}

async fn write_file(
    connection: &mut SqliteConnection,
    id: DraftId,
    step: i64,
    path: &str,
    bytes: Option<&[u8]>,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO draft_file (draft_id, step, path, bytes) VALUES (?, ?, ?, ?)")
        .bind(id.to_string())
        .bind(step)
        .bind(path)
        .bind(bytes)
        .execute(connection)
        .await?;
    Ok(())
}

async fn move_head(connection: &mut SqliteConnection, id: DraftId, head: i64, stamp: &Stamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE draft SET head = ?, updated_at = ?, updated_by = ? WHERE id = ?")
        .bind(head)
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

fn draft(row: Row) -> Result<Draft, StoreError> {
    Ok(Draft {
        id: read(&row.id)?,
        title: row.title,
        base_digest: row.base_digest,
        made_at: read_time(&row.made_at)?,
        made_by: row.made_by,
        updated_at: read_time(&row.updated_at)?,
        updated_by: row.updated_by,
        n_steps: count(row.head),
        n_ahead: count(row.last - row.head),
    })
}

#[cfg(test)]
mod tests;
