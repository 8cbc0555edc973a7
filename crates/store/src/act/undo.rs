//! Takes an act back, step by step in reverse. What was recorded since of somebody who moved goes back with them.

use super::{check_heads, copy_identity, copy_row, identity_text, newest, set_closed};
use crate::row::{read, time_text};
use crate::{HouseholdId, Stamp, Store, StoreError, audit, household, search};
use sqlx::sqlite::SqliteConnection;

#[derive(sqlx::FromRow)]
struct Step {
    what: String,
    subject: String,
    other: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Act {
    kind: String,
    from_id: String,
    to_id: String,
    last_fact: i64,
    is_undone: bool,
}

impl Store {
    /// Takes an act back, as a whole or not at all. One on which later ones were built is not taken back before them.
    pub async fn undo_act(&self, id: i64, stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let act: Option<Act> = sqlx::query_as(
            "SELECT kind, from_id, to_id, last_fact, undone_at IS NOT NULL AS is_undone FROM roster_act WHERE id = ?",
        )
        .bind(id)
        .fetch_optional(&mut *tx)
        .await?;
        let act = act.filter(|act| !act.is_undone).ok_or(StoreError::NoSuchAct { id })?;
        if is_built_upon(&mut tx, id).await? {
            return Err(StoreError::BuiltUpon);
        }
        let (from, to): (HouseholdId, HouseholdId) = (read(&act.from_id)?, read(&act.to_id)?);
        household::touch(&mut tx, from, stamp).await?;
        household::touch(&mut tx, to, stamp).await?;
        let steps: Vec<Step> = sqlx::query_as(
            "SELECT what, subject, other, before, after FROM roster_step WHERE act_id = ? ORDER BY n DESC",
        )
        .bind(id)
        .fetch_all(&mut *tx)
        .await?;
        for step in &steps {
            take_back(&mut tx, &act, step, stamp).await?;
        }
        sqlx::query("UPDATE roster_act SET undone_at = ?, undone_by = ? WHERE id = ?")
            .bind(time_text(stamp.at))
            .bind(&stamp.by)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        for household in [from, to] {
            check_heads(&mut tx, household).await.map_err(|error| match error {
                StoreError::NotOneHead => StoreError::BuiltUpon,
                error => error,
            })?;
            search::refresh(&mut tx, household).await?;
        }
        audit::append(&mut tx, stamp, "take back", &act.from_id, &act.kind).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Whoever came has gone on since, was taken off, or somebody else joined the household that was made.
async fn is_built_upon(connection: &mut SqliteConnection, id: i64) -> Result<bool, StoreError> {
    let is_built_upon: bool = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM roster_step AS s JOIN person AS p ON p.id = s.subject \
             WHERE s.act_id = ?1 AND s.what = 'came' AND p.removed_at IS NOT NULL) \
         OR EXISTS (SELECT 1 FROM roster_step AS s JOIN person AS p ON p.id = s.other \
             WHERE s.act_id = ?1 AND s.what = 'left' AND p.removed_at IS NOT NULL) \
         OR EXISTS (SELECT 1 FROM roster_step AS s JOIN person AS p ON p.household_id = s.subject \
             WHERE s.act_id = ?1 AND s.what = 'opened' AND p.removed_at IS NULL AND p.id NOT IN \
             (SELECT subject FROM roster_step WHERE act_id = ?1 AND what = 'came')) \
         OR EXISTS (SELECT 1 FROM roster_act AS a JOIN household AS h ON h.id = a.from_id OR h.id = a.to_id \
             WHERE a.id = ?1 AND h.closed_into IS NOT NULL AND h.id NOT IN \
             (SELECT subject FROM roster_step WHERE act_id = ?1 AND what = 'closed'))",
    )
    .bind(id)
    .fetch_one(connection)
    .await?;
    Ok(is_built_upon)
}

async fn take_back(connection: &mut SqliteConnection, act: &Act, step: &Step, stamp: &Stamp) -> Result<(), StoreError> {
    let other = step.other.as_deref().unwrap_or_default();
    match step.what.as_str() {
        "left" => {
            sqlx::query("UPDATE person SET removed_at = NULL, removed_reason = NULL WHERE id = ?")
                .bind(&step.subject)
                .execute(connection)
                .await?;
        }
        "came" => bring_back(connection, act, &step.subject, other, stamp).await?,
        "relation" => {
            sqlx::query("UPDATE person SET relation = ? WHERE id = ? AND relation = ?")
                .bind(&step.before)
                .bind(&step.subject)
                .bind(&step.after)
                .execute(connection)
                .await?;
        }
        "name" => {
            sqlx::query(
                "UPDATE person SET name = json_extract(?1, '$[0]'), birth_year = json_extract(?1, '$[1]') \
                 WHERE id = ?2 AND json_array(name, birth_year) = ?3",
            )
            .bind(&step.before)
            .bind(&step.subject)
            .bind(&step.after)
            .execute(connection)
            .await?;
        }
        "identity" => {
            // Somebody corrected it since: what is newer stays.
            if identity_text(connection, &step.subject).await? == step.after {
                restore_identity(connection, &step.subject, step.before.as_deref()).await?;
            }
        }
        "fact" => restore_fact(connection, act, step, stamp).await?,
        "edge" => {
            sqlx::query("DELETE FROM edge WHERE person_id = ? AND other_id = ? AND kind = ?")
                .bind(&step.subject)
                .bind(other)
                .bind(&step.after)
                .execute(connection)
                .await?;
        }
        "opened" => set_closed(connection, &step.subject, Some(&act.from_id)).await?,
        "closed" => set_closed(connection, &step.subject, None).await?,
        _ => return Err(StoreError::DamagedDatabase),
    }
    Ok(())
}

async fn bring_back(
    connection: &mut SqliteConnection,
    act: &Act,
    new: &str,
    old: &str,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO fact (household_id, person_id, name, answer, source, paper, paper_on, recorded_at, recorded_by) \
         SELECT ?1, ?2, name, answer, source, paper, paper_on, recorded_at, recorded_by FROM fact WHERE id IN \
         (SELECT max(id) FROM fact WHERE person_id = ?3 AND id > ?4 GROUP BY name) ORDER BY id",
    )
    .bind(&act.from_id)
    .bind(old)
    .bind(new)
    .bind(act.last_fact)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE person SET (name, birth_year, died_on) = (SELECT name, birth_year, died_on FROM person WHERE id = ?) \
         WHERE id = ?",
    )
    .bind(new)
    .bind(old)
    .execute(&mut *connection)
    .await?;
    copy_identity(connection, new, old).await?;
    sqlx::query("UPDATE person SET removed_at = ?, removed_reason = 'taken back' WHERE id = ?")
        .bind(time_text(stamp.at))
        .bind(new)
        .execute(connection)
        .await?;
    Ok(())
}

async fn restore_identity(
    connection: &mut SqliteConnection,
    person: &str,
    before: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM identity WHERE person_id = ?")
        .bind(person)
        .execute(&mut *connection)
        .await?;
    if let Some(before) = before {
        sqlx::query(
            "INSERT INTO identity (person_id, id_number, old_id_number, phone, is_away, away_since, card_text, card_address, \
             card_issued_on, card_seen_on) SELECT ?1, json_extract(?2, '$[0]'), json_extract(?2, '$[1]'), \
             json_extract(?2, '$[2]'), json_extract(?2, '$[3]'), json_extract(?2, '$[4]'), json_extract(?2, '$[5]'), \
             json_extract(?2, '$[6]'), json_extract(?2, '$[7]'), json_extract(?2, '$[8]')",
        )
        .bind(person)
        .bind(before)
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// The answer of before is the newest again, or the fact is not asked; one that is newer than the act stays.
async fn restore_fact(
    connection: &mut SqliteConnection,
    act: &Act,
    step: &Step,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let household: HouseholdId = read(&act.to_id)?;
    let person = (step.subject != act.to_id).then(|| read(&step.subject)).transpose()?;
    let name = step.other.as_deref().unwrap_or_default();
    let now = newest(connection, (household, person), name).await?;
    if now.map(|id| id.to_string()) != step.after {
        return Ok(());
    }
    match &step.before {
        Some(before) => {
            copy_row(connection, read(before)?, (household, person), stamp).await?;
        }
        None => {
            sqlx::query(
                "INSERT INTO fact (household_id, person_id, name, answer, source, recorded_at, recorded_by) \
                 VALUES (?, ?, ?, NULL, 'said', ?, ?)",
            )
            .bind(household.to_string())
            .bind(person.map(|id| id.to_string()))
            .bind(name)
            .bind(time_text(stamp.at))
            .bind(&stamp.by)
            .execute(connection)
            .await?;
        }
    }
    Ok(())
}
