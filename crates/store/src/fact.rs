//! Table `fact`: what was said or shown of a household or a person, with its source, its time and who wrote it down.
//!
//! An answer is JSON text of the caller; this crate does not know what it means. Rows are only added: the newest of a name
//! counts, and a fact taken back is a newest row without an answer.

use crate::error::is_foreign_key_violation;
use crate::household::Ids;
use crate::row::{read, read_day, read_time, time_text};
use crate::{HouseholdId, PersonId, Stamp, Store, StoreError, audit, household, search};
use jiff::Timestamp;
use jiff::civil::Date;
use sqlx::sqlite::SqliteConnection;

/// Where an answer comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The caller's word for it, such as `said` or `paper`.
    pub kind: String,
    /// The paper, where one was seen.
    pub paper: Option<String>,
    /// The date on the paper.
    pub paper_on: Option<Date>,
}

/// What a fact says of the year of birth that lists show and searches find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BirthYear {
    /// The fact says nothing of it.
    Unchanged,
    /// It is this, or no longer known.
    Is(Option<String>),
}

/// A fact to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFact {
    /// Its name in the rules.
    pub name: String,
    /// The answer as JSON text; nothing takes the fact back.
    pub answer: Option<String>,
    /// Where the answer comes from.
    pub source: Source,
    /// What it says of the person's year of birth. Of a household's fact it is not read.
    pub birth_year: BirthYear,
}

/// A fact as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Whom it is about; nobody for a fact of the household.
    pub person: Option<PersonId>,
    /// Its name in the rules.
    pub name: String,
    /// The answer as JSON text; nothing where the fact was taken back, which only a history shows.
    pub answer: Option<String>,
    /// Where the answer comes from.
    pub source: Source,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// Who wrote it down.
    pub recorded_by: String,
}

#[derive(sqlx::FromRow)]
struct Row {
    person_id: Option<String>,
    name: String,
    answer: Option<String>,
    source: String,
    paper: Option<String>,
    paper_on: Option<String>,
    recorded_at: String,
    recorded_by: String,
}

#[derive(sqlx::FromRow)]
struct RowOf {
    household_id: String,
    #[sqlx(flatten)]
    row: Row,
}

impl Store {
    /// Saves one fact, in one transaction: when this returns, a power cut does not lose it.
    pub async fn save_fact(
        &self,
        household: HouseholdId,
        person: Option<PersonId>,
        fact: &NewFact,
        stamp: &Stamp,
    ) -> Result<(), StoreError> {
        check(fact)?;
        let mut tx = self.pool.begin().await?;
        household::touch(&mut tx, household, stamp).await?;
        sqlx::query(
            "INSERT INTO fact (household_id, person_id, name, answer, source, paper, paper_on, recorded_at, recorded_by) \
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(household.to_string())
        .bind(person.map(|id| id.to_string()))
        .bind(&fact.name)
        .bind(&fact.answer)
        .bind(&fact.source.kind)
        .bind(&fact.source.paper)
        .bind(fact.source.paper_on.map(|day| day.to_string()))
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *tx)
        .await
        .map_err(|e| match person {
            Some(id) if is_foreign_key_violation(&e) => StoreError::NoSuchPerson { id },
            _ => e.into(),
        })?;
        if let (BirthYear::Is(birth_year), Some(person)) = (&fact.birth_year, person) {
            sqlx::query("UPDATE person SET birth_year = ? WHERE id = ?")
                .bind(birth_year)
                .bind(person.to_string())
                .execute(&mut *tx)
                .await?;
            search::refresh(&mut tx, household).await?;
        }
        let action = match fact.answer {
            Some(_) => "save fact",
            None => "take back fact",
        };
        let subject = person.map_or_else(|| household.to_string(), |id| id.to_string());
        audit::append(&mut tx, stamp, action, &subject, &fact.name).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Returns every answer a fact ever had, newest first, with the times it was taken back.
    pub async fn fact_history(
        &self,
        household: HouseholdId,
        person: Option<PersonId>,
        name: &str,
    ) -> Result<Vec<Fact>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT person_id, name, answer, source, paper, paper_on, recorded_at, recorded_by FROM fact \
             WHERE household_id = ? AND person_id IS ? AND name = ? ORDER BY id DESC",
        )
        .bind(household.to_string())
        .bind(person.map(|id| id.to_string()))
        .bind(name)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(fact).collect()
    }
}

pub(crate) fn check(fact: &NewFact) -> Result<(), StoreError> {
    let is_json = fact
        .answer
        .as_deref()
        .is_none_or(|answer| serde_json::from_str::<serde::de::IgnoredAny>(answer).is_ok());
    if is_json {
        Ok(())
    } else {
        Err(StoreError::AnswerNotJson {
            name: fact.name.clone(),
        })
    }
}

/// The facts of the household come first, then those of each person in roster order, by name.
pub(crate) async fn of_household(
    connection: &mut SqliteConnection,
    household: HouseholdId,
) -> Result<Vec<Fact>, StoreError> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT f.person_id, f.name, f.answer, f.source, f.paper, f.paper_on, f.recorded_at, f.recorded_by \
         FROM fact AS f LEFT JOIN person AS p ON p.id = f.person_id \
         WHERE f.id IN (SELECT max(id) FROM fact WHERE household_id = ?1 GROUP BY person_id, name) \
         AND f.answer IS NOT NULL ORDER BY coalesce(p.position, -1), f.name",
    )
    .bind(household.to_string())
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(fact).collect()
}

/// As [`of_household`], of many, each with its household.
pub(crate) async fn of_households(
    connection: &mut SqliteConnection,
    households: &Ids,
) -> Result<Vec<(HouseholdId, Fact)>, StoreError> {
    let rows: Vec<RowOf> = sqlx::query_as(
        "SELECT f.household_id, f.person_id, f.name, f.answer, f.source, f.paper, f.paper_on, f.recorded_at, f.recorded_by \
         FROM fact AS f LEFT JOIN person AS p ON p.id = f.person_id \
         WHERE f.id IN (SELECT max(id) FROM fact WHERE household_id IN (SELECT value FROM json_each(?1)) \
         GROUP BY household_id, person_id, name) \
         AND f.answer IS NOT NULL ORDER BY f.household_id, coalesce(p.position, -1), f.name",
    )
    .bind(&households.0)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| Ok((read(&row.household_id)?, fact(row.row)?)))
        .collect()
}

fn fact(row: Row) -> Result<Fact, StoreError> {
    Ok(Fact {
        person: row.person_id.as_deref().map(read).transpose()?,
        name: row.name,
        answer: row.answer,
        source: Source {
            kind: row.source,
            paper: row.paper,
            paper_on: read_day(row.paper_on.as_deref())?,
        },
        recorded_at: read_time(&row.recorded_at)?,
        recorded_by: row.recorded_by,
    })
}
