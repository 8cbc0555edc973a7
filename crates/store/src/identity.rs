//! Table `identity`: numbers, telephone and presence of a person, and the identity card that was seen.
//!
//! The number is kept as given; whoever calls has checked it. Whatever stands here is found only by who may search.

use crate::household::Ids;
use crate::person::household_of;
use crate::row::{read, read_day};
use crate::{HouseholdId, NewHousehold, PersonId, Stamp, Store, StoreError, audit, household, insert, search};
use jiff::civil::Date;
use sqlx::sqlite::SqliteConnection;
use std::collections::BTreeMap;

/// Who a person is beyond the rules.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    /// The number of the identity card; empty while it is not known.
    pub id_number: String,
    /// The number of the card before it; empty where there was none.
    pub old_id_number: String,
    /// The telephone; empty while it is not known.
    pub phone: String,
    /// Whether the person lives there now.
    pub presence: Presence,
    /// The identity card, where one was read.
    pub card: Option<Card>,
}

/// Whether a person lives in the household now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// At home.
    #[default]
    Here,
    /// Away, since a day where it is known.
    Away {
        /// The day.
        since: Option<Date>,
    },
}

/// An identity card as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Everything the mark on it said, as it came.
    pub text: String,
    /// The address as printed.
    pub address: String,
    /// When it was issued.
    pub issued_on: Option<Date>,
    /// When it was read here.
    pub seen_on: Date,
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: String,
    id_number: String,
    old_id_number: String,
    phone: String,
    is_away: bool,
    away_since: Option<String>,
    card_text: Option<String>,
    card_address: String,
    card_issued_on: Option<String>,
    card_seen_on: Option<String>,
}

impl Store {
    /// Saves who a person is, in place of what was known before. The audit log names what changed, never a value.
    pub async fn save_identity(&self, person: PersonId, identity: &Identity, stamp: &Stamp) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        let household = household_of(&mut tx, person).await?;
        household::touch(&mut tx, household, stamp).await?;
        write(&mut tx, person, identity, stamp).await?;
        search::refresh(&mut tx, household).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Creates a household together with the identity of its first member.
    pub async fn create_household_of(
        &self,
        new: &NewHousehold,
        first: &Identity,
        stamp: &Stamp,
    ) -> Result<HouseholdId, StoreError> {
        let mut tx = self.pool.begin().await?;
        let id = HouseholdId::new();
        insert::insert(&mut tx, &[(id, new)], stamp).await?;
        audit::append(&mut tx, stamp, "create household", &id.to_string(), "").await?;
        let member: Option<String> =
            sqlx::query_scalar("SELECT id FROM person WHERE household_id = ? ORDER BY position LIMIT 1")
                .bind(id.to_string())
                .fetch_optional(&mut *tx)
                .await?;
        if let Some(member) = member {
            write(&mut tx, read(&member)?, first, stamp).await?;
            search::refresh(&mut tx, id).await?;
        }
        tx.commit().await?;
        Ok(id)
    }
}

/// Writes an identity inside the transaction of its caller, who makes the search keys anew.
pub(crate) async fn write(
    connection: &mut SqliteConnection,
    person: PersonId,
    identity: &Identity,
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let before = of_person(connection, person).await?;
    let changed = changed(&before, identity);
    if changed.is_empty() {
        return Ok(());
    }
    let (is_away, away_since) = match identity.presence {
        Presence::Here => (false, None),
        Presence::Away { since } => (true, since),
    };
    let card = identity.card.as_ref();
    sqlx::query(
        "INSERT OR REPLACE INTO identity (person_id, id_number, old_id_number, phone, is_away, away_since, card_text, \
         card_address, card_issued_on, card_seen_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(person.to_string())
    .bind(&identity.id_number)
    .bind(&identity.old_id_number)
    .bind(&identity.phone)
    .bind(is_away)
    .bind(away_since.map(|day| day.to_string()))
    .bind(card.map(|card| card.text.as_str()))
    .bind(card.map_or("", |card| card.address.as_str()))
    .bind(card.and_then(|card| card.issued_on).map(|day| day.to_string()))
    .bind(card.map(|card| card.seen_on.to_string()))
    .execute(&mut *connection)
    .await?;
    audit::append(connection, stamp, "save identity", &person.to_string(), &changed).await
}

fn changed(before: &Identity, after: &Identity) -> String {
    let names = [
        ("id_number", before.id_number != after.id_number),
        ("old_id_number", before.old_id_number != after.old_id_number),
        ("phone", before.phone != after.phone),
        ("presence", before.presence != after.presence),
        ("card", before.card != after.card),
    ];
    let changed = names
        .iter()
        .filter(|(_, is_changed)| *is_changed)
        .map(|(name, _)| *name);
    changed.collect::<Vec<_>>().join(" ")
}

pub(crate) async fn of_person(connection: &mut SqliteConnection, person: PersonId) -> Result<Identity, StoreError> {
    let row: Option<Row> = sqlx::query_as("SELECT * FROM identity WHERE person_id = ?")
        .bind(person.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(row.map(identity).transpose()?.unwrap_or_default())
}

pub(crate) async fn of_household(
    connection: &mut SqliteConnection,
    household: HouseholdId,
) -> Result<BTreeMap<String, Identity>, StoreError> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT i.* FROM identity AS i JOIN person AS p ON p.id = i.person_id WHERE p.household_id = ?")
            .bind(household.to_string())
            .fetch_all(connection)
            .await?;
    by_person(rows)
}

/// As [`of_household`], of many.
pub(crate) async fn of_households(
    connection: &mut SqliteConnection,
    households: &Ids,
) -> Result<BTreeMap<String, Identity>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT i.* FROM identity AS i JOIN person AS p ON p.id = i.person_id \
         WHERE p.household_id IN (SELECT value FROM json_each(?))",
    )
    .bind(&households.0)
    .fetch_all(connection)
    .await?;
    by_person(rows)
}

fn by_person(rows: Vec<Row>) -> Result<BTreeMap<String, Identity>, StoreError> {
    rows.into_iter()
        .map(|row| Ok((row.person_id.clone(), identity(row)?)))
        .collect()
}

fn identity(row: Row) -> Result<Identity, StoreError> {
    let card = match (row.card_text, row.card_seen_on) {
        (Some(text), Some(seen_on)) => Some(Card {
            text,
            address: row.card_address,
            issued_on: read_day(row.card_issued_on.as_deref())?,
            seen_on: read(&seen_on)?,
        }),
        _ => None,
    };
    Ok(Identity {
        id_number: row.id_number,
        old_id_number: row.old_id_number,
        phone: row.phone,
        presence: if row.is_away {
            Presence::Away {
                since: read_day(row.away_since.as_deref())?,
            }
        } else {
            Presence::Here
        },
        card,
    })
}

#[cfg(test)]
mod tests;
