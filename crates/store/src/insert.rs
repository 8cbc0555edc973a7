//! New households with all their members and facts, one or hundreds, in one transaction.

use crate::fact::check;
use crate::household::number_taken;
use crate::row::time_text;
use crate::{
    BirthYear, EdgeKind, HouseholdId, NewFact, PersonDetails, PersonId, Stamp, Store, StoreError, audit, search,
};
use sqlx::sqlite::SqliteConnection;
use sqlx::{QueryBuilder, Sqlite};

/// A household to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHousehold {
    /// The number it is filed under; the next free one where none is given.
    pub number: Option<String>,
    /// Where it lives.
    pub hamlet: String,
    /// Whether it is a sample and no real household.
    pub invented: bool,
    /// Its members in their order.
    pub members: Vec<NewMember>,
    /// What is known of the household itself.
    pub facts: Vec<NewFact>,
}

/// A member of a household to be created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMember {
    /// Name, relation and death.
    pub details: PersonDetails,
    /// Their parents, by place in the list of members.
    pub parents: Vec<usize>,
    /// Their partner, by place in the list of members. It is enough that one of the two names the other.
    pub partner: Option<usize>,
    /// What is known of them.
    pub facts: Vec<NewFact>,
}

/// SQLite takes 32,766 values in one statement; the widest row here has nine.
const MOST_ROWS: usize = 2000;

struct PersonRow<'a> {
    id: String,
    household: &'a str,
    position: usize,
    member: &'a NewMember,
}

struct EdgeRow<'a> {
    household: &'a str,
    person: String,
    other: String,
    kind: EdgeKind,
}

struct FactRow<'a> {
    household: &'a str,
    person: Option<String>,
    fact: &'a NewFact,
}

impl Store {
    /// Creates a household.
    pub async fn create_household(&self, new: &NewHousehold, stamp: &Stamp) -> Result<HouseholdId, StoreError> {
        let mut tx = self.pool.begin().await?;
        let id = HouseholdId::new();
        insert(&mut tx, &[(id, new)], stamp).await?;
        audit::append(&mut tx, stamp, "create household", &id.to_string(), "").await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Creates many households, all or none, in the order given.
    pub async fn insert_households(&self, new: &[NewHousehold], stamp: &Stamp) -> Result<Vec<HouseholdId>, StoreError> {
        let households: Vec<(HouseholdId, &NewHousehold)> = new.iter().map(|new| (HouseholdId::new(), new)).collect();
        let mut tx = self.pool.begin().await?;
        insert(&mut tx, &households, stamp).await?;
        audit::append(&mut tx, stamp, "insert households", "", &new.len().to_string()).await?;
        tx.commit().await?;
        Ok(households.into_iter().map(|(id, _)| id).collect())
    }
}

pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    households: &[(HouseholdId, &NewHousehold)],
    stamp: &Stamp,
) -> Result<(), StoreError> {
    insert_unfound(connection, households, stamp).await?;
    for (id, _) in households {
        search::refresh(connection, *id).await?;
    }
    Ok(())
}

/// As [`insert`], without search keys: the caller makes them once all is written. Returns the members of each household.
pub(crate) async fn insert_unfound(
    connection: &mut SqliteConnection,
    households: &[(HouseholdId, &NewHousehold)],
    stamp: &Stamp,
) -> Result<Vec<Vec<String>>, StoreError> {
    for (_, new) in households {
        let facts = new.members.iter().flat_map(|member| &member.facts).chain(&new.facts);
        facts.into_iter().try_for_each(check)?;
    }
    insert_rows_of_households(connection, households, stamp).await?;

    let ids: Vec<String> = households.iter().map(|(id, _)| id.to_string()).collect();
    let (mut persons, mut edges, mut facts) = (Vec::new(), Vec::new(), Vec::new());
    let mut all = Vec::new();
    for (household, (_, new)) in ids.iter().zip(households) {
        let members: Vec<String> = new.members.iter().map(|_| PersonId::new().to_string()).collect();
        facts.extend(new.facts.iter().map(|fact| FactRow {
            household,
            person: None,
            fact,
        }));
        for (position, (id, member)) in members.iter().zip(&new.members).enumerate() {
            edges.extend(edges_of(household, position, member, &members)?);
            facts.extend(member.facts.iter().map(|fact| FactRow {
                household,
                person: Some(id.clone()),
                fact,
            }));
            persons.push(PersonRow {
                id: id.clone(),
                household,
                position,
                member,
            });
        }
        all.push(members);
    }
    insert_persons(connection, &persons).await?;
    insert_edges(connection, &edges).await?;
    insert_facts(connection, &facts, stamp).await?;
    Ok(all)
}

async fn insert_rows_of_households(
    connection: &mut SqliteConnection,
    households: &[(HouseholdId, &NewHousehold)],
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let now = time_text(stamp.at);
    let last: Option<i64> = sqlx::query_scalar("SELECT max(CAST(number AS INTEGER)) FROM household")
        .fetch_one(&mut *connection)
        .await?;
    let mut next = last.unwrap_or(0);
    for (id, new) in households {
        let number = new.number.clone().unwrap_or_else(|| {
            next += 1;
            format!("{next:05}")
        });
        sqlx::query(
            "INSERT INTO household (id, number, hamlet, invented, created_at, created_by, updated_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5)",
        )
        .bind(id.to_string())
        .bind(&number)
        .bind(&new.hamlet)
        .bind(new.invented)
        .bind(&now)
        .bind(&stamp.by)
        .execute(&mut *connection)
        .await
        .map_err(|e| number_taken(e, &number))?;
    }
    Ok(())
}

fn edges_of<'a>(
    household: &'a str,
    place: usize,
    member: &NewMember,
    members: &[String],
) -> Result<Vec<EdgeRow<'a>>, StoreError> {
    let id = |other: usize| {
        members
            .get(other)
            .filter(|_| other != place)
            .cloned()
            .ok_or(StoreError::NoSuchMember { member: place, other })
    };
    let edge = |person, other, kind| EdgeRow {
        household,
        person,
        other,
        kind,
    };
    // The member's own place is looked up apart: only the other end must be somebody else.
    let own = members.get(place).cloned().unwrap_or_default();
    let mut edges = Vec::new();
    for parent in &member.parents {
        edges.push(edge(own.clone(), id(*parent)?, EdgeKind::Parent));
    }
    if let Some(partner) = member.partner {
        edges.push(edge(own.clone(), id(partner)?, EdgeKind::Partner));
        edges.push(edge(id(partner)?, own, EdgeKind::Partner));
    }
    Ok(edges)
}

async fn insert_persons(connection: &mut SqliteConnection, rows: &[PersonRow<'_>]) -> Result<(), StoreError> {
    for rows in rows.chunks(MOST_ROWS) {
        let mut query: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT INTO person (id, household_id, position, name, relation, birth_year, died_on) ");
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(row.id.clone())
                .push_bind(row.household.to_owned())
                .push_bind(i64::try_from(row.position).unwrap_or(i64::MAX))
                .push_bind(row.member.details.name.clone())
                .push_bind(row.member.details.relation.clone())
                .push_bind(birth_year(row.member))
                .push_bind(row.member.details.died_on.map(|day| day.to_string()));
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

fn birth_year(member: &NewMember) -> Option<String> {
    let said = member.facts.iter().rev().find_map(|fact| match &fact.birth_year {
        BirthYear::Unchanged => None,
        BirthYear::Is(year) => Some(year.clone()),
    });
    said.flatten()
}

async fn insert_edges(connection: &mut SqliteConnection, rows: &[EdgeRow<'_>]) -> Result<(), StoreError> {
    for rows in rows.chunks(MOST_ROWS) {
        // A couple of whom both name the other is one couple.
        let mut query: QueryBuilder<Sqlite> =
            QueryBuilder::new("INSERT OR IGNORE INTO edge (household_id, person_id, other_id, kind) ");
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(row.household.to_owned())
                .push_bind(row.person.clone())
                .push_bind(row.other.clone())
                .push_bind(row.kind.text());
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}

async fn insert_facts(
    connection: &mut SqliteConnection,
    rows: &[FactRow<'_>],
    stamp: &Stamp,
) -> Result<(), StoreError> {
    let now = time_text(stamp.at);
    for rows in rows.chunks(MOST_ROWS) {
        let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
            "INSERT INTO fact (household_id, person_id, name, answer, source, paper, paper_on, recorded_at, recorded_by) ",
        );
        query.push_values(rows, |mut values, row| {
            values
                .push_bind(row.household.to_owned())
                .push_bind(row.person.clone())
                .push_bind(row.fact.name.clone())
                .push_bind(row.fact.answer.clone())
                .push_bind(row.fact.source.kind.clone())
                .push_bind(row.fact.source.paper.clone())
                .push_bind(row.fact.source.paper_on.map(|day| day.to_string()))
                .push_bind(now.clone())
                .push_bind(stamp.by.clone());
        });
        query.build().persistent(false).execute(&mut *connection).await?;
    }
    Ok(())
}
