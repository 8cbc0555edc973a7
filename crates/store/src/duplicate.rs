//! Table `not_duplicate`, and whoever is recorded so much like somebody that both may be one person.
//!
//! This finds; whether two are the same is said by people, and once said it is not asked again.

use crate::fold::folded_key;
use crate::row::{read, time_text};
use crate::{HouseholdId, PersonId, Stamp, Store, StoreError, audit};
use sqlx::{QueryBuilder, Sqlite};

/// Whom one looks for. What is empty finds nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Identity numbers, this one and the one before it.
    pub numbers: Vec<String>,
    /// The name; found in any writing, together with the year of birth.
    pub name: String,
    /// The year of birth as lists show it.
    pub birth_year: String,
    /// The fact that says the day of birth.
    pub birth_fact: String,
    /// Who is not looked for, and whoever was said not to be the same person.
    pub besides: Option<PersonId>,
}

/// Somebody who may be the person looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookAlike {
    /// The household.
    pub household: HouseholdId,
    /// The number it is filed under.
    pub number: String,
    /// Where it lives.
    pub hamlet: String,
    /// The name of its head.
    pub head_name: Option<String>,
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The year of birth as lists show it.
    pub birth_year: Option<String>,
    /// The answer of the fact that says the day of birth.
    pub birth_answer: Option<String>,
    /// Whether a number is the same.
    pub has_number: bool,
}

#[derive(sqlx::FromRow)]
struct Row {
    household_id: String,
    number: String,
    hamlet: String,
    head_name: Option<String>,
    person_id: String,
    name: String,
    birth_year: Option<String>,
    birth_answer: Option<String>,
    has_number: bool,
}

const MOST: u32 = 20;

impl Store {
    /// Returns whoever on any roster has one of the numbers, or the name and the year of birth. Those with the number come first.
    pub async fn look_alikes(&self, wanted: &Wanted) -> Result<Vec<LookAlike>, StoreError> {
        let numbers: Vec<&String> = wanted.numbers.iter().filter(|number| !number.is_empty()).collect();
        let has_name = !wanted.name.trim().is_empty() && !wanted.birth_year.is_empty();
        if numbers.is_empty() && !has_name {
            return Ok(Vec::new());
        }
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "SELECT k.household_id, l.number, l.hamlet, l.head_name, p.id AS person_id, p.name, p.birth_year, \
             (SELECT f.answer FROM fact AS f WHERE f.household_id = p.household_id AND f.person_id = p.id AND f.name = ",
        );
        query.push_bind(wanted.birth_fact.clone());
        query.push(" ORDER BY f.id DESC LIMIT 1) AS birth_answer, (");
        has_number(&mut query, &numbers);
        query.push(
            ") AS has_number FROM search_key AS k JOIN person AS p ON p.id = k.person_id \
             JOIN household_line AS l ON l.id = k.household_id LEFT JOIN identity AS i ON i.person_id = p.id WHERE (",
        );
        has_number(&mut query, &numbers);
        if has_name {
            query
                .push(" OR (k.folded = ")
                .push_bind(folded_key(&wanted.name))
                .push(" AND k.birth_year = ")
                .push_bind(folded_key(&wanted.birth_year))
                .push(")");
        }
        query.push(")");
        if let Some(besides) = wanted.besides {
            let id = besides.to_string();
            query.push(" AND p.id <> ").push_bind(id.clone());
            query
                .push(" AND NOT EXISTS (SELECT 1 FROM not_duplicate AS n WHERE n.one_id = min(p.id, ")
                .push_bind(id.clone())
                .push(") AND n.other_id = max(p.id, ")
                .push_bind(id)
                .push("))");
        }
        query
            .push(" ORDER BY has_number DESC, l.number, p.position LIMIT ")
            .push_bind(MOST);
        let rows: Vec<Row> = query.build_query_as().fetch_all(&self.pool).await?;
        rows.into_iter().map(look_alike).collect()
    }

    /// Remembers that two persons are not the same.
    pub async fn tell_apart(&self, one: PersonId, other: PersonId, stamp: &Stamp) -> Result<(), StoreError> {
        if one == other {
            return Err(StoreError::TiedToSelf);
        }
        let (first, second) = (one.min(other), one.max(other));
        let mut tx = self.pool.begin().await?;
        sqlx::query(
            "INSERT INTO not_duplicate (one_id, other_id, decided_at, decided_by) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        )
        .bind(first.to_string())
        .bind(second.to_string())
        .bind(time_text(stamp.at))
        .bind(&stamp.by)
        .execute(&mut *tx)
        .await
        .map_err(|e| {
            if crate::error::is_foreign_key_violation(&e) {
                StoreError::NoSuchPerson { id: other }
            } else {
                e.into()
            }
        })?;
        audit::append(
            &mut tx,
            stamp,
            "not a duplicate",
            &first.to_string(),
            &second.to_string(),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Of the number now and of the one before it, either may be either.
fn has_number(query: &mut QueryBuilder<Sqlite>, numbers: &[&String]) {
    query.push("0");
    for number in numbers {
        query
            .push(" OR coalesce(i.id_number, '') = ")
            .push_bind((*number).clone())
            .push(" OR coalesce(i.old_id_number, '') = ")
            .push_bind((*number).clone());
    }
}

fn look_alike(row: Row) -> Result<LookAlike, StoreError> {
    Ok(LookAlike {
        household: read(&row.household_id)?,
        number: row.number,
        hamlet: row.hamlet,
        head_name: row.head_name,
        person: read(&row.person_id)?,
        name: row.name,
        birth_year: row.birth_year,
        birth_answer: row.birth_answer,
        has_number: row.has_number,
    })
}

#[cfg(test)]
mod tests;
