//! Tables `dossier` and `dossier_event`: applications for one programme, and all that happened to each.
//!
//! What a dossier asks for and what an event says is JSON text of the caller, who also says to what state the events come.
//! Events are only added: one that was a mistake is named by a later event that undoes it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

use crate::error::is_foreign_key_violation;
use crate::row::{read, read_time, time_text};
use crate::{DossierId, HouseholdId, PersonId, Stamp, Store, StoreError, audit, household};

/// A dossier to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDossier {
    /// The household.
    pub household: HouseholdId,
    /// For whom; nobody where it is for the household.
    pub person: Option<PersonId>,
    /// The programme's id in the rules.
    pub programme: String,
    /// What it asks for and with which papers: JSON text.
    pub content: String,
    /// The day.
    pub made_on: Date,
    /// The state it begins with.
    pub state: String,
}

/// A dossier with all that happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dossier {
    /// Its identifier.
    pub id: DossierId,
    /// The household.
    pub household: HouseholdId,
    /// For whom; nobody where it is for the household.
    pub person: Option<PersonId>,
    /// The programme's id in the rules.
    pub programme: String,
    /// What it asks for and with which papers: JSON text.
    pub content: String,
    /// The day on which it was made.
    pub made_on: Date,
    /// When it was made.
    pub made_at: Timestamp,
    /// Who made it.
    pub made_by: String,
    /// What its events come to, in the caller's word.
    pub state: String,
    /// What happened to it, oldest first, with what was undone.
    pub events: Vec<DossierEvent>,
}

/// Something to be noted of a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDossierEvent {
    /// The caller's word for it, such as `handed_in`.
    pub kind: String,
    /// The day on which it happened.
    pub happened_on: Date,
    /// What else belongs to it: JSON text.
    pub content: String,
    /// The event it takes back.
    pub undoes: Option<i64>,
    /// What the events come to with it.
    pub state: String,
}

/// Something that happened to a dossier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierEvent {
    /// Its identifier: later events have higher ones.
    pub id: i64,
    /// The caller's word for it.
    pub kind: String,
    /// The day on which it happened.
    pub happened_on: Date,
    /// What else belongs to it: JSON text.
    pub content: String,
    /// The event it takes back.
    pub undoes: Option<i64>,
    /// When it was noted.
    pub recorded_at: Timestamp,
    /// Who noted it.
    pub recorded_by: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    household_id: String,
    person_id: Option<String>,
    programme: String,
    content: String,
    made_on: String,
    made_at: String,
    made_by: String,
    state: String,
}

#[derive(sqlx::FromRow)]
struct EventRow {
    id: i64,
    dossier_id: String,
    kind: String,
    happened_on: String,
    content: String,
    undoes: Option<i64>,
    recorded_at: String,
    recorded_by: String,
}

impl Store {
    /// Makes a dossier.
    pub async fn make_dossier(&self, new: &NewDossier, stamp: &Stamp) -> Result<DossierId, StoreError> {
        let id = DossierId::new();
        let mut tx = self.pool.begin().await?;
        household::touch(&mut tx, new.household, stamp).await?;
        sqlx::query(
            "INSERT INTO dossier (id, household_id, person_id, programme, content, made_on, made_at, made_by, state) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(id.to_string())
        .bind(new.household.to_string())
        .bind(new.person.map(|person| person.to_string()))
        .bind(&new.programme)
        .bind(&new.content)
        .bind(new.made_on.to_string())
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .bind(&new.state)
        .execute(&mut *tx)
        .await
        .map_err(|error| match new.person {
            Some(id) if is_foreign_key_violation(&error) => StoreError::NoSuchPerson { id },
            _ => error.into(),
        })?;
        let detail = format!("{id} {}", new.programme);
        audit::append(&mut tx, stamp, "make dossier", &new.household.to_string(), &detail).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Notes something of a dossier.
    pub async fn append_dossier_event(
        &self,
        dossier: DossierId,
        event: &NewDossierEvent,
        stamp: &Stamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let of: Option<(String,)> = sqlx::query_as("UPDATE dossier SET state = ? WHERE id = ? RETURNING household_id")
            .bind(&event.state)
            .bind(dossier.to_string())
            .fetch_optional(&mut *tx)
            .await?;
        let (of,) = of.ok_or(StoreError::NoSuchDossier { id: dossier })?;
        household::touch(&mut tx, read(&of)?, stamp).await?;
        sqlx::query(
            "INSERT INTO dossier_event (dossier_id, kind, happened_on, content, undoes, recorded_at, recorded_by) \
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(dossier.to_string())
        .bind(&event.kind)
        .bind(event.happened_on.to_string())
        .bind(&event.content)
        .bind(event.undoes)
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *tx)
        .await?;
        let detail = format!("{dossier} {}", event.kind);
        audit::append(&mut tx, stamp, "note in dossier", &of, &detail).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns a dossier with all that happened to it.
    pub async fn dossier(&self, id: DossierId) -> Result<Dossier, StoreError> {
        let found = self
            .dossiers_where(|query| {
                query.push("WHERE id = ").push_bind(id.to_string());
            })
            .await?;
        found.into_iter().next().ok_or(StoreError::NoSuchDossier { id })
    }

    /// Returns the dossiers of a household, newest first.
    pub async fn dossiers_of(&self, household: HouseholdId) -> Result<Vec<Dossier>, StoreError> {
        self.dossiers_where(|query| {
            query.push("WHERE household_id = ").push_bind(household.to_string());
        })
        .await
    }

    /// Returns the dossiers of the commune that are in one of these states, newest first.
    pub async fn dossiers_in(&self, states: &[&str]) -> Result<Vec<Dossier>, StoreError> {
        self.dossiers_where(|query| {
            query.push("WHERE state IN (");
            let mut list = query.separated(", ");
            for state in states {
                list.push_bind((*state).to_owned());
            }
            query.push(")");
        })
        .await
    }

    /// Returns every dossier of the commune, newest first.
    pub async fn dossiers(&self) -> Result<Vec<Dossier>, StoreError> {
        self.dossiers_where(|_| ()).await
    }

    async fn dossiers_where(&self, which: impl Fn(&mut QueryBuilder<Sqlite>)) -> Result<Vec<Dossier>, StoreError> {
        // One transaction: a dossier and its events belong to one moment.
        let mut tx = self.pool.begin().await?;
        let mut query = QueryBuilder::new("SELECT * FROM dossier ");
        which(&mut query);
        query.push(" ORDER BY id DESC");
        let rows: Vec<Row> = query.build_query_as().fetch_all(&mut *tx).await?;
        let mut events = events_where(&mut tx, &which).await?;
        rows.into_iter()
            .map(|row| {
                let of = events.remove(&row.id).unwrap_or_default();
                dossier(row, of)
            })
            .collect()
    }
}

async fn events_where(
    connection: &mut SqliteConnection,
    which: &impl Fn(&mut QueryBuilder<Sqlite>),
) -> Result<BTreeMap<String, Vec<DossierEvent>>, StoreError> {
    let mut query = QueryBuilder::new("SELECT * FROM dossier_event WHERE dossier_id IN (SELECT id FROM dossier ");
    which(&mut query);
    query.push(") ORDER BY id");
    let rows: Vec<EventRow> = query.build_query_as().fetch_all(connection).await?;
    let mut all: BTreeMap<String, Vec<DossierEvent>> = BTreeMap::new();
    for row in rows {
        let event = DossierEvent {
            id: row.id,
            kind: row.kind,
            happened_on: read(&row.happened_on)?,
            content: row.content,
            undoes: row.undoes,
            recorded_at: read_time(&row.recorded_at)?,
            recorded_by: row.recorded_by,
        };
        all.entry(row.dossier_id).or_default().push(event);
    }
    Ok(all)
}

fn dossier(row: Row, events: Vec<DossierEvent>) -> Result<Dossier, StoreError> {
    Ok(Dossier {
        id: read(&row.id)?,
        household: read(&row.household_id)?,
        person: row.person_id.as_deref().map(read).transpose()?,
        programme: row.programme,
        content: row.content,
        made_on: read(&row.made_on)?,
        made_at: read_time(&row.made_at)?,
        made_by: row.made_by,
        state: row.state,
        events,
    })
}

#[cfg(test)]
mod tests;
