//! Whole households, many at a time: one query for each table, however many there are.

use std::collections::BTreeMap;

use sqlx::sqlite::SqliteConnection;

use super::{Household, HouseholdRow, whole};
use crate::row::read;
use crate::{Edge, Fact, HouseholdId, Person, Store, StoreError, edge, fact, person};

/// A list of identifiers for `json_each`.
pub(crate) struct Ids(pub(crate) String);

impl Ids {
    pub(crate) fn of(households: &[HouseholdId]) -> Ids {
        let ids: Vec<String> = households.iter().map(|id| format!("\"{id}\"")).collect();
        Ids(format!("[{}]", ids.join(",")))
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    #[sqlx(flatten)]
    household: HouseholdRow,
}

impl Store {
    /// Returns whole households in the order of their identifiers, from the one after `after` on: a page of the roster.
    pub async fn load_households(&self, after: Option<HouseholdId>, limit: u32) -> Result<Vec<Household>, StoreError> {
        // One transaction: its parts belong to one moment.
        let mut tx = self.pool.begin().await?;
        let ids: Vec<String> = sqlx::query_scalar("SELECT id FROM household WHERE id > ? ORDER BY id LIMIT ?")
            .bind(after.map_or_else(String::new, |id| id.to_string()))
            .bind(limit)
            .fetch_all(&mut *tx)
            .await?;
        let ids: Vec<HouseholdId> = ids.iter().map(|id| read(id)).collect::<Result<_, _>>()?;
        load(&mut tx, &ids).await
    }

    /// Returns these households whole, in the order of their identifiers. One that is not there is left out.
    pub async fn load_these(&self, households: &[HouseholdId]) -> Result<Vec<Household>, StoreError> {
        let mut tx = self.pool.begin().await?;
        load(&mut tx, households).await
    }
}

async fn load(connection: &mut SqliteConnection, households: &[HouseholdId]) -> Result<Vec<Household>, StoreError> {
    let ids = Ids::of(households);
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, number, hamlet, invented, created_at, created_by, updated_at FROM household \
         WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
    )
    .bind(&ids.0)
    .fetch_all(&mut *connection)
    .await?;
    let mut persons: BTreeMap<HouseholdId, Vec<Person>> = together(person::of_households(connection, &ids).await?);
    let mut edges: BTreeMap<HouseholdId, Vec<Edge>> = together(edge::of_households(connection, &ids).await?);
    let mut facts: BTreeMap<HouseholdId, Vec<Fact>> = together(fact::of_households(connection, &ids).await?);
    rows.into_iter()
        .map(|row| {
            let id = read(&row.id)?;
            let parts = (
                persons.remove(&id).unwrap_or_default(),
                edges.remove(&id).unwrap_or_default(),
                facts.remove(&id).unwrap_or_default(),
            );
            whole(id, row.household, parts)
        })
        .collect()
}

fn together<T>(rows: Vec<(HouseholdId, T)>) -> BTreeMap<HouseholdId, Vec<T>> {
    let mut all: BTreeMap<HouseholdId, Vec<T>> = BTreeMap::new();
    for (household, row) in rows {
        all.entry(household).or_default().push(row);
    }
    all
}

#[cfg(test)]
mod tests;
