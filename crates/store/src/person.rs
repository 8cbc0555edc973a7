//! Table `person`: the members of households. Nobody is deleted: a removal has a reason and can be undone.

use crate::household::Ids;
use crate::row::{read, read_day, read_time, time_text};
use crate::{
    HouseholdId, Identity, PersonId, Stamp, Store, StoreError, Ties, audit, edge, household, identity, search,
};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::sqlite::SqliteConnection;

/// What an officer can say of a person on the roster itself. Everything else is a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonDetails {
    /// The full name.
    pub name: String,
    /// What the person is to the head; `head` for the head.
    pub relation: String,
    /// The day of death, where the person has died.
    pub died_on: Option<Date>,
}

/// A member of a household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The identifier.
    pub id: PersonId,
    /// Name, relation and death.
    pub details: PersonDetails,
    /// The place in the roster, from 0.
    pub position: u32,
    /// The year of birth as a list shows it, kept from the fact that says it.
    pub birth_year: Option<String>,
    /// Numbers, telephone, presence and card.
    pub identity: Identity,
    /// Set where the person was taken off the roster.
    pub removed: Option<Removal>,
}

/// When and why a person was taken off the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// When.
    pub at: Timestamp,
    /// Why, in the officer's words.
    pub reason: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    position: u32,
    name: String,
    relation: String,
    birth_year: Option<String>,
    died_on: Option<String>,
    removed_at: Option<String>,
    removed_reason: Option<String>,
}

#[derive(sqlx::FromRow)]
struct RowOf {
    household_id: String,
    #[sqlx(flatten)]
    row: Row,
}

impl Store {
    /// Adds a person at the end of a household's roster, with their relations, or nothing of it.
    pub async fn add_person(
        &self,
        household: HouseholdId,
        details: &PersonDetails,
        ties: &Ties,
        stamp: &Stamp,
    ) -> Result<PersonId, StoreError> {
        let id = PersonId::new();
        let mut tx = self.pool.begin().await?;
        household::touch(&mut tx, household, stamp).await?;
        sqlx::query(
            "INSERT INTO person (id, household_id, position, name, relation, died_on) \
             SELECT ?1, ?2, coalesce(max(position) + 1, 0), ?3, ?4, ?5 FROM person WHERE household_id = ?2",
        )
        .bind(id.to_string())
        .bind(household.to_string())
        .bind(&details.name)
        .bind(&details.relation)
        .bind(details.died_on.map(|day| day.to_string()))
        .execute(&mut *tx)
        .await?;
        search::refresh(&mut tx, household).await?;
        audit::append(&mut tx, stamp, "add person", &id.to_string(), "").await?;
        edge::write(&mut tx, household, id, ties, stamp).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Changes the name, relation and day of death of a person, and the relations that are said anew, or nothing of it.
    pub async fn update_person(
        &self,
        id: PersonId,
        details: &PersonDetails,
        ties: &Ties,
        stamp: &Stamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let household = household_of(&mut tx, id).await?;
        household::touch(&mut tx, household, stamp).await?;
        sqlx::query("UPDATE person SET name = ?, relation = ?, died_on = ? WHERE id = ?")
            .bind(&details.name)
            .bind(&details.relation)
            .bind(details.died_on.map(|day| day.to_string()))
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
        search::refresh(&mut tx, household).await?;
        audit::append(&mut tx, stamp, "update person", &id.to_string(), "").await?;
        edge::write(&mut tx, household, id, ties, stamp).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes a person off the roster. Facts and relations stay, so that it can be undone.
    pub async fn remove_person(&self, id: PersonId, reason: &str, stamp: &Stamp) -> Result<(), StoreError> {
        let removal = Removal {
            at: stamp.at,
            reason: reason.to_owned(),
        };
        self.set_removal(id, Some(removal), stamp).await
    }

    /// Puts a removed person back where they were.
    pub async fn restore_person(&self, id: PersonId, stamp: &Stamp) -> Result<(), StoreError> {
        self.set_removal(id, None, stamp).await
    }

    async fn set_removal(&self, id: PersonId, removal: Option<Removal>, stamp: &Stamp) -> Result<(), StoreError> {
        let (action, at, reason) = match removal {
            Some(removal) => ("remove person", Some(time_text(removal.at)), Some(removal.reason)),
            None => ("restore person", None, None),
        };
        let mut tx = self.pool.begin().await?;
        let household = household_of(&mut tx, id).await?;
        household::touch(&mut tx, household, stamp).await?;
        sqlx::query("UPDATE person SET removed_at = ?, removed_reason = ? WHERE id = ?")
            .bind(at)
            .bind(&reason)
            .bind(id.to_string())
            .execute(&mut *tx)
            .await?;
        search::refresh(&mut tx, household).await?;
        audit::append(&mut tx, stamp, action, &id.to_string(), &reason.unwrap_or_default()).await?;
        tx.commit().await?;
        Ok(())
    }
}

pub(crate) async fn of_household(
    connection: &mut SqliteConnection,
    household: HouseholdId,
) -> Result<Vec<Person>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, position, name, relation, birth_year, died_on, removed_at, removed_reason \
         FROM person WHERE household_id = ? ORDER BY position",
    )
    .bind(household.to_string())
    .fetch_all(&mut *connection)
    .await?;
    let mut identities = identity::of_household(connection, household).await?;
    rows.into_iter()
        .map(|row| {
            let identity = identities.remove(&row.id).unwrap_or_default();
            person(row, identity)
        })
        .collect()
}

/// As [`of_household`], of many, each with its household.
pub(crate) async fn of_households(
    connection: &mut SqliteConnection,
    households: &Ids,
) -> Result<Vec<(HouseholdId, Person)>, StoreError> {
    let rows: Vec<RowOf> = sqlx::query_as(
        "SELECT household_id, id, position, name, relation, birth_year, died_on, removed_at, removed_reason \
         FROM person WHERE household_id IN (SELECT value FROM json_each(?)) ORDER BY household_id, position",
    )
    .bind(&households.0)
    .fetch_all(&mut *connection)
    .await?;
    let mut identities = identity::of_households(connection, households).await?;
    rows.into_iter()
        .map(|row| {
            let identity = identities.remove(&row.row.id).unwrap_or_default();
            Ok((read(&row.household_id)?, person(row.row, identity)?))
        })
        .collect()
}

fn person(row: Row, identity: Identity) -> Result<Person, StoreError> {
    let removed = match (row.removed_at, row.removed_reason) {
        (Some(at), Some(reason)) => Some(Removal {
            at: read_time(&at)?,
            reason,
        }),
        _ => None,
    };
    Ok(Person {
        id: read(&row.id)?,
        details: PersonDetails {
            name: row.name,
            relation: row.relation,
            died_on: read_day(row.died_on.as_deref())?,
        },
        position: row.position,
        birth_year: row.birth_year,
        identity,
        removed,
    })
}

pub(crate) async fn household_of(connection: &mut SqliteConnection, id: PersonId) -> Result<HouseholdId, StoreError> {
    let household: Option<String> = sqlx::query_scalar("SELECT household_id FROM person WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    read(&household.ok_or(StoreError::NoSuchPerson { id })?)
}
