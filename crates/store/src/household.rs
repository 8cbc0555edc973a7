//! Table `household`: the case files of the commune, as lists and whole.

use crate::error::is_unique_violation;
use crate::row::{count, read, read_time, time_text};
use crate::{Edge, Fact, HouseholdId, Person, Stamp, Store, StoreError, audit, edge, fact, person, search};
use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

mod many;

pub(crate) use many::Ids;

/// A household with everything known of it now.
#[derive(Clone, Debug, PartialEq)]
pub struct Household {
    /// Its identifier.
    pub id: HouseholdId,
    /// The number it is filed under.
    pub number: String,
    /// Where it lives.
    pub hamlet: String,
    /// Whether it is a sample and no real household.
    pub invented: bool,
    /// When it was created.
    pub created_at: Timestamp,
    /// Who created it.
    pub created_by: String,
    /// When anything of it last changed.
    pub updated_at: Timestamp,
    /// Its members in their order, with those removed from the roster.
    pub persons: Vec<Person>,
    /// Parents and partners among its members. A couple stands in both directions.
    pub edges: Vec<Edge>,
    /// The newest answer of every fact that has one.
    pub facts: Vec<Fact>,
}

/// What an officer can say of a household itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdDetails {
    /// The number it is filed under.
    pub number: String,
    /// Where it lives.
    pub hamlet: String,
}

/// A household in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HouseholdLine {
    /// Its identifier.
    pub id: HouseholdId,
    /// The number it is filed under.
    pub number: String,
    /// Where it lives.
    pub hamlet: String,
    /// The name of the head, or of the first member where nobody has the relation `head`.
    pub head_name: Option<String>,
    /// The year of birth of that member, as lists show it.
    pub birth_year: Option<String>,
    /// How many members it has, without those removed.
    pub n_persons: usize,
    /// Whether it is a sample and no real household.
    pub invented: bool,
    /// When anything of it last changed.
    pub updated_at: Timestamp,
}

/// How much the database holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Households.
    pub n_households: usize,
    /// Of them, samples.
    pub n_invented: usize,
    /// Persons, without those removed.
    pub n_persons: usize,
    /// Stored determinations.
    pub n_determinations: usize,
}

#[derive(sqlx::FromRow)]
struct HouseholdRow {
    number: String,
    hamlet: String,
    invented: bool,
    created_at: String,
    created_by: String,
    updated_at: String,
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: String,
    number: String,
    hamlet: String,
    invented: bool,
    updated_at: String,
    head_name: Option<String>,
    birth_year: Option<String>,
    n_persons: i64,
}

/// The head is found as the view finds their name.
const LINES: &str = "SELECT l.*, (SELECT p.birth_year FROM person AS p WHERE p.household_id = l.id AND p.removed_at IS NULL \
                     ORDER BY p.relation <> 'head', p.position LIMIT 1) AS birth_year FROM household_line AS l";

impl Store {
    /// Returns a household with everything known of it now.
    pub async fn load_household(&self, id: HouseholdId) -> Result<Household, StoreError> {
        // One transaction: its parts belong to one moment.
        let mut tx = self.pool.begin().await?;
        let row: Option<HouseholdRow> = sqlx::query_as(
            "SELECT number, hamlet, invented, created_at, created_by, updated_at FROM household WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(&mut *tx)
        .await?;
        let row = row.ok_or(StoreError::NoSuchHousehold { id })?;
        let parts = (
            person::of_household(&mut tx, id).await?,
            edge::of_household(&mut tx, id).await?,
            fact::of_household(&mut tx, id).await?,
        );
        whole(id, row, parts)
    }

    /// Changes the number and hamlet of a household.
    pub async fn update_household(
        &self,
        id: HouseholdId,
        details: &HouseholdDetails,
        stamp: &Stamp,
    ) -> Result<(), StoreError> {
        let mut tx = self.pool.begin().await?;
        touch(&mut tx, id, stamp).await?;
        sqlx::query("UPDATE household SET number = ?, hamlet = ? WHERE id = ?")
            .bind(&details.number)
            .bind(&details.hamlet)
            .bind(id.to_string())
            .execute(&mut *tx)
            .await
            .map_err(|e| number_taken(e, &details.number))?;
        search::refresh(&mut tx, id).await?;
        audit::append(&mut tx, stamp, "update household", &id.to_string(), &details.number).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns the household that is filed under a number, which need not have the zeros it begins with.
    pub async fn household_numbered(&self, number: &str) -> Result<Option<HouseholdId>, StoreError> {
        let id: Option<String> = sqlx::query_scalar(
            "SELECT id FROM household WHERE number = ?1 OR ltrim(number, '0') = ltrim(?1, '0') ORDER BY number <> ?1 LIMIT 1",
        )
        .bind(number)
        .fetch_optional(&self.pool)
        .await?;
        id.as_deref().map(read).transpose()
    }

    /// Returns every household, by number.
    pub async fn households(&self) -> Result<Vec<HouseholdLine>, StoreError> {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(LINES);
        query.push(" ORDER BY number");
        let rows: Vec<LineRow> = query.build_query_as().fetch_all(&self.pool).await?;
        rows.into_iter().map(line).collect()
    }

    /// Returns the households changed last, newest first.
    pub async fn recent(&self, limit: u32) -> Result<Vec<HouseholdLine>, StoreError> {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(LINES);
        query.push(" ORDER BY updated_at DESC, id DESC LIMIT ").push_bind(limit);
        let rows: Vec<LineRow> = query.build_query_as().fetch_all(&self.pool).await?;
        rows.into_iter().map(line).collect()
    }

    /// Counts what the database holds.
    pub async fn counts(&self) -> Result<Counts, StoreError> {
        let (n_households, n_invented, n_persons, n_determinations): (i64, i64, i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM household WHERE closed_into IS NULL), (SELECT count(*) FROM household WHERE invented AND closed_into IS NULL), \
             (SELECT count(*) FROM person WHERE removed_at IS NULL), (SELECT count(*) FROM determination)",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(Counts {
            n_households: count(n_households),
            n_invented: count(n_invented),
            n_persons: count(n_persons),
            n_determinations: count(n_determinations),
        })
    }
}

fn whole(
    id: HouseholdId,
    row: HouseholdRow,
    (persons, edges, facts): (Vec<Person>, Vec<Edge>, Vec<Fact>),
) -> Result<Household, StoreError> {
    Ok(Household {
        id,
        number: row.number,
        hamlet: row.hamlet,
        invented: row.invented,
        created_at: read_time(&row.created_at)?,
        created_by: row.created_by,
        updated_at: read_time(&row.updated_at)?,
        persons,
        edges,
        facts,
    })
}

fn line(row: LineRow) -> Result<HouseholdLine, StoreError> {
    Ok(HouseholdLine {
        id: read(&row.id)?,
        number: row.number,
        hamlet: row.hamlet,
        head_name: row.head_name,
        birth_year: row.birth_year,
        n_persons: count(row.n_persons),
        invented: row.invented,
        updated_at: read_time(&row.updated_at)?,
    })
}

/// Notes that a household changed. Every change of a household comes through here, and so finds out that it exists.
pub(crate) async fn touch(connection: &mut SqliteConnection, id: HouseholdId, stamp: &Stamp) -> Result<(), StoreError> {
    let touched = sqlx::query("UPDATE household SET updated_at = ? WHERE id = ?")
        .bind(time_text(stamp.at))
        .bind(id.to_string())
        .execute(connection)
        .await?;
    match touched.rows_affected() {
        0 => Err(StoreError::NoSuchHousehold { id }),
        _ => Ok(()),
    }
}

pub(crate) fn number_taken(error: sqlx::Error, number: &str) -> StoreError {
    if is_unique_violation(&error) {
        StoreError::NumberTaken {
            number: number.to_owned(),
        }
    } else {
        error.into()
    }
}

#[cfg(test)]
mod tests;
